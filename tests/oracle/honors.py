"""A second opinion on honours, written from the words of the domain list: nothing of it is the programme's.

Places by the methods of `sharing`; who gets them by asking of each name how many may come before it; and whether a list could
have had its shares by trying, name by name, every number of front-line people and leaders that a township can send.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle import sharing

PROPOSED, OVER, LACKING, UNKNOWN, OPEN, UNFIT, ASIDE = (
    "拟表彰",
    "超额",
    "待补",
    "待核",
    "待定",
    "不符合",
    "待核实",
)


@dataclass(frozen=True)
class Row:
    """One line. opinions: True clear, False an objection, None blank. said: what the other result has; None: nothing."""

    honour: int
    town: int
    who: str
    number: str
    front: bool | None
    leader: bool | None
    order: int | None
    opinions: tuple[bool | None, ...]
    said: str | int | None


@dataclass(frozen=True)
class Honour:
    """of_branches: by what it is shared out. share or number: how many places. needs: a grade, or at least so many stars."""

    of_branches: bool
    share: Fraction | None
    number: int | None
    needs: str | int | None
    front: Fraction | None
    leaders: Fraction | None


@dataclass(frozen=True)
class County:
    honours: tuple[Honour, ...]
    towns: tuple[tuple[int, int], ...]
    method: str
    tie: str
    candidates: Fraction


@dataclass(frozen=True)
class Line:
    """What is printed of an honour in a township."""

    places: int
    undecided: bool
    candidates: int


@dataclass(frozen=True)
class Opinion:
    parts: tuple[str, ...]
    lines: dict[tuple[int, int], Line]
    missed: dict[int, bool]
    """Honours whose list misses a share, and whether another choice would have had both."""


def opinion(county: County, rows: Sequence[Row]) -> Opinion:
    lines = {
        (honour, town): line
        for honour in range(len(county.honours))
        for town, line in enumerate(shared(county, county.honours[honour]))
    }
    parts = [alone(county, row) for row in rows]
    for at in repeated(rows):
        parts[at] = ASIDE
    for key, line in lines.items():
        honour = county.honours[key[0]]
        hopeless = not sum(town[honour.of_branches] for town in county.towns) and bool(honour.number)
        field = [at for at, row in enumerate(rows) if (row.honour, row.town) == key and parts[at] == PROPOSED]
        came = list(placed([rows[at].order for at in field], line))
        for at, part in zip(field, came, strict=True):
            parts[at] = OPEN if hopeless else part
    return Opinion(tuple(parts), lines, dict(missed(county, rows, parts)))


def shared(county: County, honour: Honour) -> Iterator[Line]:
    weights = [town[honour.of_branches] for town in county.towns]
    total = honour.number if honour.share is None else sum(weights) * honour.share // 1
    if not sum(weights) or not total:
        yield from (Line(0, False, 0) for _ in weights)
        return
    if county.method == "largest_remainder":
        parts, tied = sharing.largest_remainder(int(total), weights, county.tie)
    else:
        parts, tied = sharing.floor_first(int(total), weights), set()
    for town, part in enumerate(parts):
        most = part + (town in tied)
        yield Line(
            part, town in tied, -(-most * county.candidates.numerator // county.candidates.denominator)
        )


def alone(county: County, row: Row) -> str:
    """Everything but the place; "PROPOSED" stands for whoever may have one."""
    honour = county.honours[row.honour]
    if (honour.front is not None and row.front is None) or (
        honour.leaders is not None and row.leader is None
    ):
        return ASIDE
    wrong = honour.needs is not None and row.said is not None and not good(honour.needs, row.said)
    if wrong or False in row.opinions:
        return UNFIT
    if None in row.opinions:
        return LACKING
    return UNKNOWN if honour.needs is not None and row.said is None else PROPOSED


def good(needs: str | int, said: str | int) -> bool:
    return said >= needs if isinstance(needs, int) and isinstance(said, int) else said == needs


def repeated(rows: Sequence[Row]) -> set[int]:
    """Lines about the same person or organisation for the same honour."""
    found = set()
    numbers = Counter((row.honour, row.number) for row in rows if row.number)
    for at, row in enumerate(rows):
        namesakes = [
            other
            for other in rows
            if other is not row
            and (other.honour, other.town, other.who) == (row.honour, row.town, row.who)
            and not (row.number and other.number)
        ]
        if namesakes or (row.number and numbers[row.honour, row.number] > 1):
            found.add(at)
    return found


def placed(orders: Sequence[int | None], line: Line) -> Iterator[str]:
    """In if even at worst there is a place, out if even at best there is none."""
    most = line.places + line.undecided
    for at, own in enumerate(orders):
        others = [order for i, order in enumerate(orders) if i != at]
        if own is None:
            at_worst, at_best = len(others), 0
        else:
            at_worst = sum(order is None or order <= own for order in others)
            at_best = sum(order is not None and order < own for order in others)
        yield PROPOSED if at_worst < line.places else OVER if at_best >= most else OPEN


def missed(county: County, rows: Sequence[Row], parts: Sequence[str]) -> Iterator[tuple[int, bool]]:
    for number, honour in enumerate(county.honours):
        if honour.front is None and honour.leaders is None:
            continue
        able = [
            (row, part)
            for row, part in zip(rows, parts, strict=True)
            if row.honour == number and part in (PROPOSED, OVER, OPEN)
        ]
        names = [row for row, part in able if part == PROPOSED]

        def meets(front: int, leaders: int, honour: Honour = honour, many: int = len(names)) -> bool:
            enough = honour.front is None or front >= honour.front * many
            return enough and (honour.leaders is None or leaders <= honour.leaders * many)

        if meets(sum(bool(row.front) for row in names), sum(bool(row.leader) for row in names)):
            continue
        totals = {(0, 0)}
        for town in range(len(county.towns)):
            here = [(row, part) for row, part in able if row.town == town]
            many = sum(part == PROPOSED for _, part in here)
            sends = {(0, 0, 0)}
            for row, _ in here:
                sends |= {(n + 1, f + bool(row.front), b + bool(row.leader)) for n, f, b in sends}
            own = {(front, leaders) for n, front, leaders in sends if n == many}
            totals = {(f + front, b + leaders) for f, b in totals for front, leaders in own}
        yield number, any(meets(front, leaders) for front, leaders in totals)
