"""Terms in days: which days are worked, and on which a term ends.

The public holidays are those the State Council announced, as chinesecalendar lists them; in years that it does not
know every Monday to Friday counts as worked, and `unannounced` names those years.
"""

from collections.abc import Collection
from datetime import date, timedelta

import chinese_calendar

_SATURDAY = 5


def worked(day: date, holidays: Collection[date] = (), workdays: Collection[date] = ()) -> bool:
    """Whether offices work on `day`. holidays, workdays: days that are off or worked whatever the calendar says."""
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
    """The day on which a term of `days` working days ends that begins on `first`."""
    day, left = first, days
    if not first_counts:
        day += timedelta(1)
    while True:
        left -= worked(day, holidays, workdays)
        if not left:
            return day
        day += timedelta(1)


def unannounced(first: date, last: date, listed: Collection[date] = ()) -> list[int]:
    """Years from `first` to `last` whose holidays neither the calendar nor the days `listed` tell."""
    told = {day.year for day in listed}
    return [year for year in range(first.year, last.year + 1) if year not in told and not _known(year)]


def _known(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
