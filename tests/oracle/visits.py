"""A second opinion on visits: due days by walking the calendar, counts by sets, and sums of a holiday from the words of the document.

A visit is a tuple of plain values: day, whom, visitor, kind, way. Spring Festival is looked up in a table of the days that the
State Council announced.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

DAY = timedelta(days=1)
SPRING = {
    day.year: day
    for day in (
        date(2014, 1, 31), date(2015, 2, 19), date(2016, 2, 8), date(2017, 1, 28), date(2018, 2, 16), date(2019, 2, 5),
        date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29),
        date(2026, 2, 17), date(2027, 2, 6),
    )
}  # fmt: skip
HIGH, LOW = ("建国前老党员", "因公殉职家属", "荣誉获得者"), ("生活困难党员", "老党员", "离任书记")
MUST = frozenset(HIGH)


class Seen(NamedTuple):
    """A row of the log. at: its place among all rows, by which the first is the first."""

    day: date
    whom: str
    visitor: str
    kind: str
    way: str
    at: int


class Told(NamedTuple):
    """What comes of a pair: how often visited and contacted, the last day, the next due day, days late by now, late visits."""

    visits: int
    contacts: int
    last: date | None
    due: date
    over: int
    late: tuple[tuple[date, date, int], ...]


def month_later(day: date) -> date:
    """A month on: the same day of the next month, or its last day where it has none."""
    step = day.replace(day=1) + timedelta(days=32)
    first = step.replace(day=1)
    end = (first + timedelta(days=32)).replace(day=1) - DAY
    return min(first + timedelta(days=day.day - 1), end)


def once(rows: Iterable[Seen]) -> dict[tuple[date, str, str], Seen]:
    """By day, visitor and whom, the row that counts."""
    kept: dict[tuple[date, str, str], Seen] = {}
    for row in sorted(rows, key=lambda one: one.at):
        kept.setdefault((row.day, row.visitor, row.whom), row)
    return kept


def of_pair(rows: Sequence[Seen], since: date, year: int, on: date, helper: str) -> Told:
    """What comes of the visits to one person, who is paired with a helper since a day, or since the helper's first visit."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = [row for row in rows if first <= row.day <= last]
    before = {row.day for row in rows if since <= row.day < first}
    start = max(since, max(before) if before else first)
    by_helper = sorted(row.day for row in inside if row.visitor == helper)
    if by_helper and by_helper[0] < start and since > first:
        start = by_helper[0]
    seen = {row.day for row in inside}
    late = []
    anchor, day = start, min([start, *seen])
    while day <= max([start, *seen]):  # day by day, as a clerk with a calendar would
        if day in seen:
            if day > month_later(anchor):
                late.append((day, month_later(anchor), (day - month_later(anchor)).days))
            anchor = max(anchor, day)
        day += DAY
    due = month_later(anchor)
    ways = Counter(row.way for row in inside)
    days = seen | before
    return Told(
        ways["走访"], ways["联系"], max(days) if days else None, due, max(0, (on - due).days), tuple(late)
    )


class Given(NamedTuple):
    """A row of recipients. amount: fen, None where it is not stated. day: None for whoever was not visited."""

    town: str
    classes: tuple[str, ...]
    amount: int | None
    item: str
    pieces: int | None
    source: str
    day: date | None
    born: date = date(1930, 6, 15)


def aside(who: Given, year: int) -> list[str]:
    """Why a row waits: a class that its birth contradicts, or a gift that was for the festival of another year."""
    odd = []
    for one in who.classes if standard(who.classes) else ():
        of_age = who.born.replace(year=who.born.year + 18)
        if (one == "建国前老党员" and who.born.year > 1937) or (one in LOW and of_age > SPRING[year]):
            odd.append("not-of-class")
    spring, following = SPRING[year], SPRING[year + 1]
    if who.day and standard(who.classes):
        early = who.day < spring.replace(year=year - 1, month=spring.month + 9) and who.day.year < year
        late = who.day >= following.replace(year=year, month=following.month + 9) and who.day.year > year
        odd += ["other-holiday"] * (early or late)
    return odd


def young(who: Given, year: int) -> bool:
    """Whether somebody is an adult, but young for an old member."""
    sixty, of_age = (who.born.replace(year=who.born.year + age) for age in (60, 18))
    return "老党员" in who.classes and of_age <= SPRING[year] < sixty


def standard(classes: Sequence[str]) -> int:
    """Fen, by the highest class."""
    if set(classes) & set(HIGH):
        return 100_000
    return 50_000 if set(classes) & set(LOW) else 0


def part(who: Given) -> str:
    if not standard(who.classes):
        return "不属对象"
    return "已慰问" if who.day else "未慰问"


def fen(who: Given) -> int:
    """What stands on the list."""
    if part(who) == "已慰问" and who.amount is not None:
        return who.amount
    return standard(who.classes)


def warned(who: Given, year: int, on: date) -> list[str]:
    """What is odd about a row that is not set aside."""
    odd = []
    spring, kind = SPRING[year], part(who)
    if kind == "不属对象":
        return []
    odd += ["young-for-class"] * young(who, year)
    if who.amount is not None and who.amount != standard(who.classes):
        odd.append("not-standard")
    if who.day and who.day >= spring:
        odd.append("after-holiday")
    if kind == "已慰问" and fen(who) and not who.source:
        odd.append("source-blank")
    if kind == "未慰问" and MUST & set(who.classes) and on >= spring:
        odd.append("must-visit")
    return odd


def handed(people: Iterable[Given]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Fen by source, and pieces by item."""
    money: dict[str, int] = defaultdict(int)
    goods: dict[str, int] = defaultdict(int)
    for who in people:
        if part(who) == "已慰问":
            money[who.source] += fen(who)
            if who.item:
                goods[who.item] += 1 if who.pieces is None else who.pieces
    return {source: sum_ for source, sum_ in money.items() if sum_}, dict(goods)


def pots(amount: int, heads: Mapping[str, int]) -> dict[str, int]:
    """A sum by largest remainder: the larger township first where remainders are the same, then as they come."""
    total = sum(heads.values())
    exact = {town: Fraction(amount * number, total) for town, number in heads.items()}
    got = {town: quota.numerator // quota.denominator for town, quota in exact.items()}
    order = sorted(heads, key=lambda town: (got[town] - exact[town], -heads[town], list(heads).index(town)))
    for town in order[: amount - sum(got.values())]:
        got[town] += 1
    return got
