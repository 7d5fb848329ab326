"""Turns spells of service into months, years and terms. Pure arithmetic on dates and months; it reads no roster or policy.

A stretch of time counts once, however many posts were held in it. Everything is exact: months are whole numbers, or
Fractions where a post counts at a discount or days are counted.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sanchuang_cli.domain.months import complete_month, number
from sanchuang_cli.period import Month

MonthRule = Literal["both_ends", "end_excluded", "days"]
Accumulate = Literal["union", "continuous", "longest"]
Months = int | Fraction
_YEAR = 12


class Served(Struct, frozen=True, order=True, gc=False):
    """Service from unit `start` up to, not including, `end`. Units are months, or days (date.toordinal)."""

    start: int
    end: int
    post: int = 0


class Piece(Struct, frozen=True, gc=False):
    """Service that counts `weight` times."""

    start: int
    end: int
    weight: Months = 1


Run = tuple[Piece, ...]
"""Pieces of one continuous stretch, in order."""


def runs(
    served: Sequence[Served], weights: Sequence[Months], bridge: int = 0, bridged: bool = False
) -> list[Run]:
    """Continuous stretches. `weights` by post; where posts overlap the heavier one counts, once.

    A gap of at most `bridge` units does not break a stretch; it is itself counted only when `bridged`.
    """
    cuts = sorted({cut for spell in served for cut in (spell.start, spell.end)})
    stretches: list[list[Piece]] = []
    for start, end in pairwise(cuts):
        weight = max((weights[s.post] for s in served if s.start <= start and end <= s.end), default=0)
        if not weight:
            continue
        if not stretches or start - stretches[-1][-1].end > bridge:
            stretches.append([])
        elif bridged and start > stretches[-1][-1].end:
            stretches[-1].append(Piece(stretches[-1][-1].end, start, stretches[-1][-1].weight))
        stretches[-1].append(Piece(start, end, weight))
    return [tuple(pieces) for pieces in stretches]


def merged(served: Sequence[Served]) -> list[Run]:
    """The same as `runs`, but faster, for posts that all count alike and gaps that all break. Each stretch is one piece."""
    pieces: list[Piece] = []
    for spell in sorted(served):
        if spell.end <= spell.start:
            continue
        if not pieces or spell.start > pieces[-1].end:
            pieces.append(Piece(spell.start, spell.end))
        elif spell.end > pieces[-1].end:
            pieces[-1] = Piece(pieces[-1].start, spell.end)
    return [(piece,) for piece in pieces]


def without_last_month(stretches: Iterable[Run]) -> list[Run]:
    """The same stretches where the month in which a stretch ends is not counted."""
    return [(*run[:-1], replace(run[-1], end=run[-1].end - 1)) for run in stretches]


def within(run: Run, start: int, end: int) -> Months:
    """How much of a stretch lies from unit `start` up to, not including, `end`."""
    return sum((max(0, min(one.end, end) - max(one.start, start)) * one.weight for one in run), 0)


def accumulated(stretches: Sequence[Run], how: Accumulate, lengths: Sequence[Months]) -> list[Run]:
    """The stretches that count: all, the longest (the later of equals), or the one that ends last."""
    if how == "union" or len(stretches) <= 1:
        return list(stretches)
    if how == "continuous":
        return [stretches[-1]]
    return [stretches[max(range(len(stretches)), key=lambda i: (lengths[i], i))]]


def months_of_days(run: Run, days_in_month: int) -> Months:
    """Length of a stretch whose units are days: whole months, and what is left over as parts of `days_in_month`."""
    total = Fraction(0)
    for piece in run:
        whole, left = _months_and_days(date.fromordinal(piece.start), date.fromordinal(piece.end))
        total += (whole + Fraction(left, days_in_month)) * piece.weight
    return total


def _months_and_days(start: date, end: date) -> tuple[int, int]:
    whole = number(end) - number(start)
    if end.day < start.day:
        whole -= 1
    anchor = Month.at(number(start) + whole)
    reached = min(start.day, anchor.last.day)
    return whole, end.toordinal() - anchor.first.toordinal() - reached + 1


def years(months: Months, step: int = _YEAR, up_from: int = 0) -> Months:
    """Years in full steps of so many months. What is left over is one more step from `up_from` months on, 0: never."""
    whole = int((months + (step - up_from if up_from else 0)) // step) * step
    return Fraction(whole, _YEAR) if whole % _YEAR else whole // _YEAR


def calendar_years(stretches: Iterable[Run], day_units: bool) -> int:
    """Year of leaving less year of starting, stretch by stretch."""
    if day_units:
        return sum(
            date.fromordinal(run[-1].end - 1).year - date.fromordinal(run[0].start).year for run in stretches
        )
    return sum((run[-1].end - 1) // _YEAR - run[0].start // _YEAR for run in stretches)


class TermLength(NamedTuple):
    """Terms last `months` from `since` on."""

    since: date
    months: int


def terms(
    stretches: Iterable[Run], lengths: Sequence[TermLength], parts_join: bool, begun: bool = False
) -> int:
    """Full terms served, months as units. A month is a 36th of a term while terms last 36 months, and so on.

    parts_join: parts of terms of different lengths add up to full ones; otherwise each length is counted apart. begun:
    a term that has been begun counts as a full one.
    """
    whole = ceil if begun else floor
    starts = [complete_month(length.since) for length in lengths]
    served = [Fraction(0)] * len(lengths)
    for run in stretches:
        for piece in run:
            for i, start in enumerate(starts):
                following = starts[i + 1] if i + 1 < len(starts) else piece.end
                overlap = min(piece.end, following) - max(piece.start, start if i else piece.start)
                served[i] += max(0, overlap) * piece.weight
    shares = [months / length.months for months, length in zip(served, lengths, strict=True)]
    return whole(sum(shares)) if parts_join else sum(whole(share) for share in shares)


_STATED = re.compile(r"(?:(\d+(?:\.\d+)?)(?:周年|整年|年|岁)?)?(?:零|又)?(?:(\d+)个?月)?")


def stated_months(text: str) -> int | None:
    """Months in a statement such as 12, 12年, 12年零3个月, 12.5年; None when it says nothing of the kind."""
    match = _STATED.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    if not match or not any(match.groups()):
        return None
    months = Fraction(match[1] or 0) * _YEAR + int(match[2] or 0)
    return int(months) if months.denominator == 1 else None
