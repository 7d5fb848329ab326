"""A second opinion on a year's hours, minute by minute and day by day, from the words of the documents.

A row of attendance is a dict of plain values: course, method, start and end (ordinals; end 0 where none is written), amount
(a Fraction), unit, score. A member is a dict: kind, role, joined, came, left,
appointed, relieved (ordinals, 0 where blank). Hours are kept in
sixtieths of an hour as Fractions, so that no arithmetic is shared with the package.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

MINUTES = {"天": 480, "半天": 240, "小时": 60, "学时": 60, "分钟": 1}
OF_A_COURSE = {"长课": 60, "中课": 30, "短课": 15, "测试": 30}
ORDER = ("集中培训", "三会一课", "远程", "自学", "长课", "中课", "短课", "测试")
MOST = 480
"""Minutes of one day that count."""
Row = Mapping[str, Any]


def minutes(row: Row) -> Fraction | None:
    """The minutes of a row; None where nothing says how many."""
    if row["amount"] < 0:
        return None
    amount: Fraction = row["amount"]
    if row["unit"] == "门":
        each = OF_A_COURSE.get(row["method"])
        return None if each is None else amount * each
    whole = amount * MINUTES[row["unit"]]
    if row["unit"] != "分钟":
        return whole
    quarters = whole / 15
    return Fraction(quarters.numerator // quarters.denominator * 15)


def daily(row: Row) -> dict[int, Fraction] | None:
    """Minutes by day; None where the row counts nowhere."""
    whole = minutes(row)
    if whole is None or row["start"] < date(2009, 1, 1).toordinal():
        return None
    if not row["end"]:
        days = 1
        while whole > MOST * days:
            days += 1
        last = date.fromordinal(row["start"] + days - 1)
        if last.year != date.fromordinal(row["start"]).year:
            return None
        return {row["start"]: whole}
    count = row["end"] - row["start"] + 1
    if not 1 <= count <= 366:
        return None
    return {row["start"] + n: whole / count for n in range(count)}


def sound(rows: Sequence[Row]) -> list[tuple[Row, dict[int, Fraction]]]:
    """The rows that count, those about one course and day that say the same among them."""
    given = [(row, days) for row in rows if (days := daily(row)) is not None]
    bad = set()
    for i, (row, days) in enumerate(given):
        for j, (other, theirs) in enumerate(given):
            if i != j and row["course"] == other["course"]:
                both = days.keys() & theirs.keys()
                same = row["method"] == other["method"] and all(days[day] == theirs[day] for day in both)
                scores = None in (row["score"], other["score"]) or row["score"] == other["score"]
                if both and not (same and scores):
                    bad |= {i, j}
    return [pair for i, pair in enumerate(given) if i not in bad]


def by_method(rows: Sequence[Row], year: int, until: int) -> dict[str, Fraction]:
    """Minutes of a year by method: each course and day once, no day with more than eight hours."""
    once: dict[tuple[int, str], tuple[str, Fraction]] = {}
    for row, days in sound(rows):
        for day, part in days.items():
            once[day, row["course"]] = (row["method"], part)
    sums = dict.fromkeys(ORDER, Fraction(0))
    for day in {day for day, _ in once}:
        if day > until or date.fromordinal(day).year != year:
            continue
        left = Fraction(MOST)
        for method in ORDER:
            here = [part for (at, _), (how, part) in once.items() if at == day and how == method]
            taken = min(left, sum(here, Fraction(0)))
            sums[method] += taken
            left -= taken
    return sums


def required(kind: str, role: str, year: int) -> tuple[int, int] | None:
    """Hours and courses that are asked of a class in a year."""
    if year >= 2019:
        return (56, 1) if role in ("书记", "委员") else (32, 0)
    if year >= 2014:
        return None
    if role == "领导":
        return 40, 0
    if kind == "机关" or (kind == "两新" and role == "书记"):
        return 24, 0
    return None if kind == "两新" else (16, 0)


def fails(rows: Sequence[Row], year: int) -> bool:
    """Whether the last attempt at some test of the year has less than sixty."""
    attempts: dict[str, tuple[int, Fraction]] = {}
    for row, _ in sound(rows):
        of_year = row["score"] is not None and date.fromordinal(row["start"]).year == year
        course = row["course"].removesuffix("补考")
        when = row["start"] * 2 + row["course"].endswith("补考")
        if of_year and when > attempts.get(course, (0,))[0]:
            attempts[course] = when, row["score"]
    return any(score < 60 for _, score in attempts.values())


def judged(who: Mapping[str, Any], rows: Sequence[Row], year: int) -> tuple[Fraction, str, Fraction]:
    """The year's hours, where the member stands, and the hours that are lacking."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    hours = sum(by_method(rows, year, last).values(), Fraction(0)) / 60
    asked = required(who["kind"], who["role"], year)
    lacking = max(Fraction(0), asked[0] - hours) if asked else Fraction(0)
    away = who["left"] and who["left"] < last and who["came"] < who["left"]
    parts = [who["joined"] > first, who["came"] > first, away]
    relieved = who["relieved"]
    if who["role"] != "普通":
        parts.append(who["appointed"] > first)
        relieved = 0 if who["appointed"] >= relieved else relieved
        if relieved and relieved < first:
            return hours, "待核实", lacking
    parts.append(first <= relieved < last)
    if asked is None or any(parts):
        return hours, "不考核", lacking
    starts = {
        (row["course"], row["start"])
        for row, days in sound(rows)
        if row["method"] == "集中培训" and first <= row["start"] <= last and any(days.values())
    }
    short = lacking or (asked[1] and not starts) or fails(rows, year)
    return hours, "未达标" if short else "达标", lacking
