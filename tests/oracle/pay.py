"""A second opinion on the pay of cadres in office, from the words of the rules alone: day by day, in fractions.

Imports nothing from the package. Where the rules leave a corner open, this is the plain reading it takes:

- A month is looked at day by day. On a day somebody holds every post of whose rows the first and last day enclose it. The
  month counts whole if any day does (whole), if the first day does (next); else day by day, out of the days that the month
  has (days) or out of thirty (thirtieths), where a month from its first to its last day is one and no month more than one.
- In a month that counts whole, the post worth most is paid, once; by days, on each day the post worth most on that day. Of
  posts worth the same, that of the earlier row.
- What a post is worth is the sum of its parts. Each of them is rounded by itself, half up, once for all days of a month for
  which it is paid in one row, also where a higher post lies between them; a yearly part is cut into months first: ⌊k·A/12⌋ − ⌊(k−1)·A/12⌋ fen.
- A document in force from a day within a month rules from the next month, or from that day on where it says so.
- A calendar month wholly within a suspension leaves the base, or nothing, and is no month of performance.
- Performance: for each month of the year the yearly basis of the post worth most in basis, times what counts of the month,
  over twelve; all months together, times the coefficient, rounded half up once.
- Who is paid elsewhere gets the allowance alone.
- Two posts at once add so much of the base of the higher, before that is rounded: of a month that counts whole all of it if they are held at once on
  any day, by days for those days of the higher on which another is held too.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

Dues = dict[tuple[str, tuple[int, int]], int]
"""Fen by component and month."""
BASE, DUAL, ALLOWANCE, PERFORMANCE, REWARD = "基本报酬", "兼职加发", "选派补助", "绩效", "集体经济奖励"


@dataclass(frozen=True)
class Row:
    """A time in office. posts: in the order of the cell; suspended: first and last day, None where it goes on."""

    posts: tuple[str, ...]
    start: date
    end: date | None = None
    suspended: tuple[date, date | None] | None = None


@dataclass(frozen=True)
class Person:
    """classed, people, income: of the village. since: the day from which years count. grade: the coefficient of the year before, None
    where it is not known. outside: whether paid elsewhere."""

    rows: tuple[Row, ...]
    classed: str = ""
    people: int = 0
    income: Fraction = Fraction(0)
    since: date | None = None
    grade: Fraction | None = None
    outside: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the pay. how, figures: flat (yuan), post (yuan by post), class (yuan by class), people (tops and yuan), income
    (multiple, floor, ceiling, figures by year), years (yuan a year, most), bands (years and yuan), terms (yuan, elections),
    steps (of the village's income: top, every, yuan). yearly: whether the sum is a year's."""

    name: str
    how: str
    figures: tuple[Any, ...]
    yearly: bool = False
    shared: bool = True


@dataclass(frozen=True)
class Rules:
    """One document. percent: by post. performance, reward: the yearly basis, and the month of the next year in which they are
    paid; a reward is what the last document of the year says."""

    since: date
    percent: Mapping[str, Fraction]
    parts: tuple[Part, ...]
    midmonth: str
    by_days: bool
    suspended_base: bool
    dual: Fraction
    allowance: Fraction
    performance: Part | None
    reward: Part | None = None
    paid_in: int = 2


def half_up(yuan: Fraction) -> int:
    return floor(yuan * 100 + Fraction(1, 2))


def due(person: Person, documents: Sequence[Rules], months: Sequence[tuple[int, int]]) -> Dues:
    """What falls to each of the months."""
    found: Dues = {}
    for month in months:
        for name, fen in of_month(person, documents, month).items():
            found[name, month] = fen
        rules = in_force(documents, date(month[0] - 1, 12, 31))
        if rules and rules.paid_in == month[1] and not person.outside:
            if rules.performance and person.grade is not None:
                found[PERFORMANCE, month] = of_year(person, documents, month[0] - 1, person.grade)
            if rules.reward:
                found[REWARD, month] = of_year(person, documents, month[0] - 1, Fraction(1), rules.reward)
    return {key: fen for key, fen in found.items() if fen}


def in_force(documents: Sequence[Rules], day: date) -> Rules | None:
    begun = [one for one in documents if one.since <= day]
    return begun[-1] if begun else None


def days_of(month: tuple[int, int]) -> list[date]:
    return [date(*month, 1) + timedelta(days=n) for n in range(monthrange(*month)[1])]


def holds(row: Row, day: date) -> bool:
    return row.start <= day and (row.end is None or day <= row.end)


def rests(row: Row, days: Sequence[date]) -> bool:
    if row.suspended is None:
        return False
    first, last = row.suspended
    return all(first <= day and (last is None or day <= last) for day in days)


def worth(rules: Rules, part: Part, post: str, person: Person, month: tuple[int, int]) -> Fraction:
    """A part of one post for a whole month or year, in yuan."""
    figures = part.figures
    if part.how == "flat":
        yuan = Fraction(str(figures[0]))
    elif part.how == "post":
        return Fraction(str(dict(figures)[post]))
    elif part.how == "class":
        yuan = Fraction(str(dict(figures)[person.classed]))
    elif part.how == "people":
        yuan = next(Fraction(str(sum_)) for top, sum_ in figures if top is None or person.people <= top)
    elif part.how == "income":
        multiple, least, most, by_year = figures
        income = Fraction(str(by_year[month[0] - 1]))
        yuan = min(max(Fraction(str(multiple)) * income, Fraction(str(least))), Fraction(str(most)))
    elif part.how == "steps":
        yuan, reached = Fraction(0), Fraction(0)
        for top, every, each in figures:
            upto = person.income if top is None else min(person.income, Fraction(str(top)))
            while reached + Fraction(str(every)) <= upto:
                yuan, reached = yuan + Fraction(str(each)), reached + Fraction(str(every))
            reached = max(reached, upto)
    elif part.how == "terms":
        assert person.since
        held = [day for day in figures[1] if person.since < day <= date(*month, 1)]
        yuan = Fraction(str(figures[0])) * len(held)
    else:
        assert person.since
        first = date(*month, 1)
        years = first.year - person.since.year
        while (
            years > 0
            and (person.since.month, person.since.day) > (first.month, first.day)
            and years == first.year - person.since.year
        ):
            years -= 1
        if part.how == "bands":
            yuan = Fraction(str([sum_ for least, sum_ in figures if least <= years][-1]))
        else:
            yuan = min(Fraction(str(figures[0])) * years, Fraction(str(figures[1])))
    return yuan * rules.percent[post] if part.shared else yuan


def monthly(rules: Rules, part: Part, post: str, person: Person, month: tuple[int, int]) -> Fraction:
    yuan = worth(rules, part, post, person, month)
    if not part.yearly:
        return yuan
    k = month[1]
    return Fraction(floor(yuan * 100 * k / 12) - floor(yuan * 100 * (k - 1) / 12), 100)


def total(rules: Rules, post: str, person: Person, month: tuple[int, int]) -> Fraction:
    return sum((monthly(rules, part, post, person, month) for part in rules.parts), Fraction(0))


def best(posts: Sequence[str], rules: Rules, person: Person, month: tuple[int, int]) -> str:
    return max(posts, key=lambda post: total(rules, post, person, month))


def counted(midmonth: str, days: Sequence[date], month: tuple[int, int], left: Fraction) -> Fraction:
    """How much of a month so many days are; of a month of which so much is left."""
    every = days_of(month)
    if midmonth == "whole" or len(days) == len(every):
        return Fraction(1)
    if midmonth == "next":
        return Fraction(1 if every[0] in days else 0)
    if midmonth == "days":
        return Fraction(len(days), len(every))
    return min(Fraction(len(days), 30), left)


def of_month(person: Person, documents: Sequence[Rules], month: tuple[int, int]) -> dict[str, int]:
    every = days_of(month)
    rules = in_force(documents, every[0])
    assert rules
    held = [(row, [day for day in every if holds(row, day)]) for row in person.rows]
    held = [(row, days) for row, days in held if days]
    if person.outside:
        return outside(rules, held, month)
    found: dict[str, int] = {}
    worths = {id(row): total(rules, best(row.posts, rules, person, month), person, month) for row, _ in held}
    left, taken = Fraction(1), set[date]()
    counts = [(row, days) for row, days in held if counted(rules.midmonth, days, month, Fraction(1))]
    by_days = rules.midmonth in ("days", "thirtieths")
    for row, days in sorted(counts, key=lambda one: (-worths[id(one[0])], -len(one[1]))):
        own = [day for day in days if day not in taken]
        if not own:
            continue
        share = counted(rules.midmonth, own, month, left)
        left -= share
        post = best(row.posts, rules, person, month)
        others = [
            one for one, _ in counts if best(one.posts, rules, person, month) != post and at_once(row, one)
        ]
        twice = [day for day in own if any(holds(one, day) for one in others)]
        if len(row.posts) > 1:
            two = Fraction(1)
        else:
            two = Fraction(len(twice), len(own)) if by_days else Fraction(bool(twice))
        for name, fen in paid(person, row, documents, month, own, share, two).items():
            found[name] = found.get(name, 0) + fen
        if not by_days:
            return found
        taken |= set(days)
    return found


def at_once(row: Row, other: Row) -> bool:
    """Whether two rows have more than a day in common: on the day of a handover nobody holds two posts."""
    return all(one.end is None or another.start < one.end for one, another in ((row, other), (other, row)))


def outside(rules: Rules, held: Sequence[tuple[Row, list[date]]], month: tuple[int, int]) -> dict[str, int]:
    """The allowance, for whatever days somebody is in office: the days of each row by themselves, the longest row first."""
    counts = [(row, days) for row, days in held if counted(rules.midmonth, days, month, Fraction(1))]
    fen, left, taken = 0, Fraction(1), set[date]()
    for _, days in sorted(counts, key=lambda one: -len(one[1])):
        if rules.midmonth in ("whole", "next"):
            return {ALLOWANCE: half_up(rules.allowance)}
        if own := [day for day in days if day not in taken]:
            share = counted(rules.midmonth, own, month, left)
            left -= share
            fen += half_up(rules.allowance * share)
        taken |= set(days)
    return {ALLOWANCE: fen}


def paid(
    person: Person,
    row: Row,
    documents: Sequence[Rules],
    month: tuple[int, int],
    days: Sequence[date],
    share: Fraction,
    two: Fraction,
) -> dict[str, int]:
    """What days of a month in one row pay, by part."""
    every = days_of(month)
    first = in_force(documents, every[0])
    assert first
    post = best(row.posts, first, person, month)
    basis = days if first.midmonth in ("days", "thirtieths") else every
    ruling = []
    for day in basis:
        rules = first
        for later in documents:
            if every[0] < later.since <= day and later.by_days:
                rules = later
        ruling.append(rules)
    yuan: dict[str, Fraction] = {}
    for rules in documents:
        days_ruled = sum(one is rules for one in ruling)
        for part in rules.parts if days_ruled else ():
            amount = monthly(rules, part, post, person, month) * share * days_ruled / len(basis)
            yuan[part.name] = yuan.get(part.name, Fraction(0)) + amount
    fen = {name: half_up(amount) for name, amount in yuan.items()}
    if rests(row, every):
        return {BASE: fen.get(BASE, 0)} if first.suspended_base else {}
    if two and first.dual > 1 and share:
        fen[DUAL] = half_up(yuan.get(BASE, Fraction(0)) * (first.dual - 1) * two)
    return fen


def of_year(
    person: Person, documents: Sequence[Rules], year: int, coefficient: Fraction, reward: Part | None = None
) -> int:
    """Performance of a year; with `reward`, the reward."""
    whole = Fraction(0)
    for number in range(1, 13):
        month = (year, number)
        every = days_of(month)
        rules = in_force(documents, every[0])
        part = reward or (rules.performance if rules else None)
        if rules is None or part is None:
            continue
        held = [
            (max(worth(rules, part, post, person, month) for post in row.posts), days)
            for row in person.rows
            if (days := [day for day in every if holds(row, day)]) and not rests(row, every)
        ]
        held = [one for one in held if counted(rules.midmonth, one[1], month, Fraction(1))]
        if rules.midmonth in ("whole", "next"):
            whole += max((basis for basis, _ in held), default=Fraction(0))
            continue
        left, taken = Fraction(1), set[date]()
        for basis, days in sorted(held, key=lambda one: (-one[0], -len(one[1]))):
            if own := [day for day in days if day not in taken]:
                share = counted(rules.midmonth, own, month, left)
                left -= share
                whole += basis * share
            taken |= set(days)
    return half_up(whole / 12 * coefficient)
