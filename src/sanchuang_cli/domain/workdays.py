"""Counts terms in days: which days are worked, and on which day a term ends.

The public holidays are those that the State Council announced, as chinesecalendar lists them. In years that it does not
know, every Monday to Friday counts as worked, and `unannounced` names those years.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

_SATURDAY = 5


@dataclass(frozen=True)
class Term:
    """So many days from a day on, as notices and limits count them.

    working: only days on which offices work count. first_counts: the day itself is the first. holidays, workdays: as of
    `worked`.
    """

    days: int
    working: bool
    first_counts: bool
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()

    def end(self, since: date) -> date:
        """The last day of a term that begins on `since`, `date.max` where it would lie beyond."""
        return _end(self, since)

    def guessed(self, since: date) -> tuple[int, ...]:
        """The years into which it reaches whose holidays are not announced, so that its end is provisional."""
        if not self.working:
            return ()
        return tuple(unannounced(since, self.end(since), self.holidays + self.workdays))

    @property
    def counted_otherwise(self) -> "Term":
        """The same term, with the first day counted where this one does not count it, and not where it does."""
        return replace(self, first_counts=not self.first_counts)


@lru_cache(maxsize=65536)  # many records have their days in common, and a calendar is slow to ask
def _end(term: Term, since: date) -> date:
    try:
        if not term.working:
            return since + timedelta(term.days - term.first_counts)
        listed = {"holidays": term.holidays, "workdays": term.workdays}
        return last_day(since, term.days, first_counts=term.first_counts, **listed)
    except OverflowError:
        return date.max


def worked(day: date, holidays: Collection[date] = (), workdays: Collection[date] = ()) -> bool:
    """Whether offices work on a day. holidays, workdays: days that are off or worked whatever the calendar says."""
    if day in holidays or day in workdays:
        return day in workdays
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY


def last_day(
    first: date,
    days: int,
    *,
    first_counts: bool,
    holidays: Collection[date] = (),
    workdays: Collection[date] = (),
) -> date:
    """The last day of a term of `days` working days that begins on `first`."""
    day, left = first, days
    if not first_counts:
        day += timedelta(1)
    while True:
        left -= worked(day, holidays, workdays)
        if not left:
            return day
        day += timedelta(1)


def unannounced(first: date, last: date, listed: Collection[date] = ()) -> list[int]:
    """The years from `first` to `last` for which the calendar has no holidays and `listed` has no day."""
    given = {day.year for day in listed}
    return [year for year in range(first.year, last.year + 1) if year not in given and not _known(year)]


def _known(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
