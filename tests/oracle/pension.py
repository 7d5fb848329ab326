"""A second opinion on pension contributions: by walking the months of a year one by one, in exact fractions of a yuan.

A person is a dict of plain values; a document is a Rule. Nothing is cut or rounded but where the words of the document say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

Month = tuple[int, int]
Person = Mapping[str, Any]
THIRD, ALL = Fraction(1, 3), Fraction(1)
OWN_HONOURS = {"市": 6, "省": 12, "国家": 36}
VILLAGE_HONOURS = ("县级先进党组织", "市", "省", "国家")


@dataclass(frozen=True)
class Rule:
    """percents, sums: of each payer, in order, the person first; base: yuan of a year; by_grade: the person chooses the base,
    help ends at `cap`, and the person bears the rest. helped: kinds of insurance. village: who bears the part of the first payer
    where the village has no income; county: who relieves of honours, None where nobody does."""

    payers: tuple[str, ...]
    percents: tuple[int, ...]
    sums: tuple[int, ...] = ()
    base: Fraction = Fraction(0)
    by_grade: bool = False
    cap: int = 10**6
    helped: tuple[str, ...] = ("城乡居民", "灵活就业")
    sides: bool = True
    village: str = ""
    county: str = ""
    continues: bool = False
    sanctions: bool = False
    waits: bool = False
    back_years: int = 0
    back_from: Month = (0, 0)
    honours: Mapping[str, int] = field(default_factory=dict)


def half_up(yuan: Fraction) -> Fraction:
    return Fraction(floor(yuan * 100 + Fraction(1, 2)), 100)


def handed_out(yuan: Fraction, weights: Sequence[Fraction]) -> list[Fraction]:
    """A sum in whole fen in proportion: everybody gets whole fen below, and the fen that are left go one by one to the largest
    remainder, then to the larger weight, then to the first."""
    total = sum(weights)
    if not total:
        return [Fraction(0)] * len(weights)
    exact = [yuan * 100 * weight / total for weight in weights]
    parts = [Fraction(floor(part)) for part in exact]
    wanting = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], -weights[i], i))
    for i in wanting[: int(yuan * 100 - sum(parts))]:
        parts[i] += 1
    return [part / 100 for part in parts]


def of_year(rule: Rule, person: Person) -> list[Fraction]:
    """What everybody bears of a plain year, the person first."""
    percents = [Fraction(percent) for percent in rule.percents]
    if rule.by_grade:
        grade = Fraction(person["grade"])
        helped = half_up(min(grade, Fraction(rule.cap)) * sum(percents[1:]) / 100)
        parts = handed_out(helped, percents[1:])
        parts = [part + fixed for part, fixed in zip(parts, rule.sums or [0] * len(parts), strict=True)]
        if sum(parts) > grade:
            parts = handed_out(grade, parts)
        return [grade - sum(parts), *parts]
    if rule.sides:
        own = half_up(rule.base * percents[0] / 100)
        parts = handed_out(half_up(rule.base * sum(percents[1:]) / 100), percents[1:])
    else:
        own, *parts = handed_out(half_up(rule.base * sum(percents) / 100), percents)
    parts = [part + fixed for part, fixed in zip(parts, rule.sums or [0] * len(parts), strict=True)]
    if rule.village and not person["income"]:
        parts[rule.payers.index(rule.village)] += parts[0]
        parts[0] = Fraction(0)
    return [own, *parts]


def taken_over(person: Person, month: Month, rule: Rule) -> Fraction:
    """The share of the person's own part that the county bears in a month."""
    if not rule.county:
        return Fraction(0)
    for honours, share in ((person["honours"], ALL), (person["village_honours"], THIRD)):
        for level, on in honours:
            length = OWN_HONOURS[level] if share == ALL else 36
            since = 12 * (month[0] - on.year - 1) + month[1] - 1
            if 0 <= since < length:
                return share
    return Fraction(0)


def later(month: Month, day: date | None) -> bool:
    """Whether a month comes after the one of a day."""
    return day is not None and month > (day.year, day.month)


def stands(person: Person, month: Month, on: date, rule: Rule) -> str:
    """How a month counts: helped, alone or not at all."""
    start, born = person["started"], person["born"]
    if person["insurance"] not in rule.helped or start > on or month < (start.year, start.month):
        return ""
    if month > (born.year + 60, born.month) or later(month, person["died"]):
        return ""
    since = person["insured_since"]
    if since and month < (since.year, since.month):
        back = max(rule.back_from, (born.year + 60 - rule.back_years, born.month))
        if not rule.back_years or month < back:
            return ""
    if rule.sanctions and later(month, person["sentenced"]):
        return ""
    if later(month, person["ended"]):
        return "alone" if person["continued"] and rule.continues else ""
    return "alone" if rule.sanctions and later(month, person["disciplined"]) else "helped"


def fen(yearly: Fraction, number: int) -> int:
    """Of a yearly sum in yuan the fen of a month of the year."""
    return floor(yearly * 100 * number / 12) - floor(yearly * 100 * (number - 1) / 12)


def borne(person: Person, months: Sequence[Month], on: date, rule: Rule) -> dict[str, Any]:
    """What everybody bears of the months, in fen, and the part."""
    year = months[0][0]
    everything = [(month, stands(person, month, on, rule)) for month in ((year, n) for n in range(1, 13))]
    lines = {month: _month(person, month, how, rule) for month, how in everything if how}
    by_the_day = sum(line[0] for month, line in lines.items() if month <= (on.year, on.month))
    sums, waiting, upto, hows = [0] * (len(rule.payers) + 1), 0, 0, set()
    for month, how in everything:
        if not how:
            continue
        line = lines[month]
        upto += line[0]
        short = person["paid"] is not None and rule.waits and person["paid"] < max(upto, by_the_day)
        if month not in months:
            continue
        sums[0] += line[0]
        if how == "helped" and short:
            waiting += sum(line[1:])
            hows.add("waiting")
            continue
        hows.add(how)
        sums = [sums[0], *(one + part for one, part in zip(sums[1:], line[1:], strict=True))]
    words = (("helped", "补贴"), ("waiting", "待缴费"), ("alone", "自费"))
    part = next((word for how, word in words if how in hows), "不补")
    return {"sums": sums, "waiting": waiting, "part": part}


def _month(person: Person, month: Month, how: str, rule: Rule) -> list[int]:
    own, *parts = of_year(rule, person)
    share = taken_over(person, month, rule)
    if how == "alone":  # the fen that fall to the month are added up, so that no fen of the year is lost
        return [sum(fen(part, month[1]) for part in (own, *parts)), *([0] * len(parts))]
    if share:
        moved, own = handed_out(own, [share, 1 - share])
        parts[rule.payers.index(rule.county)] += moved
    return [fen(part, month[1]) for part in (own, *parts)]


def months_missing(person: Person, on: date, needed: int = 180) -> int:
    """How many months will be missing at sixty, if every month to come is paid."""
    count, year, month = person["months_paid"], on.year, on.month
    while (year, month) < (person["born"].year + 60, person["born"].month):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        count += 1
    return max(0, needed - int(count))
