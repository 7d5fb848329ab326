"""Counts months in office: which days of a month somebody holds a post, and how much of the month that is by the declared
rule.
"""

from collections.abc import Collection, Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import groupby, product
from typing import NamedTuple

from sanchuang_cli.domain.wages.policy import MidMonth
from sanchuang_cli.period import Month, VagueDate

ONE, NONE = Fraction(1), Fraction(0)
_THIRTY = 30


@cache
def bounds(month: Month) -> tuple[date, date]:
    """The first and the last day of a month; every row asks for those of the same few months."""
    return month.first, month.last


class Stretch(NamedTuple):
    """Days of a month in office, as runs without a gap: the first and the last day of each."""

    month: Month
    runs: tuple[tuple[int, int], ...]

    @classmethod
    def all(cls, month: Month) -> "Stretch":
        """All days of a month."""
        return cls(month, ((1, bounds(month)[1].day),))

    @property
    def whole(self) -> bool:
        """Whether these are all days of the month."""
        return self.runs == ((1, bounds(self.month)[1].day),)

    @property
    def days(self) -> set[int]:
        """Each of these days."""
        return {day for first, last in self.runs for day in range(first, last + 1)}

    def without(self, taken: Collection[int]) -> "Stretch":
        """The days that are left where some are taken."""
        left = groupby(enumerate(sorted(self.days.difference(taken))), key=lambda of: of[1] - of[0])
        runs = ([day for _, day in run] for _, run in left)
        return self._replace(runs=tuple((run[0], run[-1]) for run in runs))


class Times(NamedTuple):
    """One reading of a row's dates. held, suspended: first and last day; None: it goes on."""

    held: tuple[date, date | None]
    suspended: tuple[date, date | None] | None

    def stretch(self, month: Month) -> Stretch | None:
        """The days of a month in office; None where there is none."""
        start, end = self.held
        first, last = bounds(month)
        if start > last or (end and end < first):
            return None
        return Stretch(month, ((max(start, first).day, (min(end, last) if end else last).day),))

    def rests(self, month: Month) -> bool:
        """Whether the whole calendar month lies in a suspension."""
        if self.suspended is None:
            return False
        start, end = self.suspended
        first, last = bounds(month)
        return start <= first and (end is None or last <= end)


def share(stretch: Stretch, rule: MidMonth) -> Fraction:
    """How much of the month these days are."""
    if stretch.whole or rule == "whole":
        return ONE
    if rule == "next":
        return ONE if stretch.runs[0][0] == 1 else NONE
    days = len(stretch.days)
    return (
        Fraction(days, bounds(stretch.month)[1].day) if rule == "days" else min(ONE, Fraction(days, _THIRTY))
    )


def readings(
    held: tuple[VagueDate, VagueDate | None], suspended: tuple[VagueDate, VagueDate | None] | None
) -> Iterator[Times]:
    """The extreme readings of dates that may be known by month or year alone; one where all are exact."""
    rests = [None] if suspended is None else _stretches(*suspended)
    yield from (Times(times, rest) for times in _stretches(*held) for rest in rests)


def _stretches(start: VagueDate, end: VagueDate | None) -> list[tuple[date, date | None]]:
    """The extreme pairs of days, the second not before the first. Of two days the wrong way round each may have been the other
    at the utmost, if it can have been that day."""
    found: dict[tuple[date, date | None], None] = {}
    for first, last in product(dict.fromkeys(start), (None,) if end is None else dict.fromkeys(end)):
        if last is None or first <= last:
            found[first, last] = None
            continue
        found |= {(day, day): None for day in (last, first) if _can_be(start, day) and _can_be(end, day)}
    return list(found)


def _can_be(when: VagueDate | None, day: date) -> bool:
    return when is not None and when.earliest <= day <= when.latest


def full_years(since: date, month: Month) -> int:
    """Full years from a day to the first of a month."""
    on, _ = bounds(month)
    return max(0, on.year - since.year - ((on.month, on.day) < (since.month, since.day)))
