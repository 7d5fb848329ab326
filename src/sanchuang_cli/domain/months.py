"""Counts months as plain numbers, and tells from which month an event has effect. It may use dates only.

A month as a number can be compared quickly and counted on; period.Month is the form that can print itself.
"""

from datetime import date
from fractions import Fraction
from typing import Literal

from sanchuang_cli.period import Month

EVER = -1
"""A month before every month."""
NEVER = 12 * 10_000
"""A month after every month."""

When = Literal["month_of", "month_after", "next_quarter", "next_half_year", "next_year"]
"""From which month an event has effect, counted from the month in which it happens."""

MonthEnd = Literal["last_day", "next_day"]
"""Which day is used when a month lacks the day: the last day of that month, or the day after it."""

_YEAR = 12
_IN_EVERY = 28
"""The last day that every month has."""
_BLOCK = {"month_after": 1, "next_quarter": 3, "next_half_year": 6, "next_year": _YEAR}


def number(day: date) -> int:
    """Return the month of a day as a plain number. Months are compared millions of times, so they must be
    cheap."""
    return day.year * _YEAR + day.month - 1


def effect(number: int, when: When) -> int:
    """Return the first month in which an event of month `number` has effect."""
    if when == "month_of":
        return number
    block = _BLOCK[when]
    return (number // block + 1) * block


def part_of_year(fen: Fraction | int, month: Month) -> int:
    """Return the fen of a yearly sum that fall to a month: what a twelfth for each month comes to by then, cut to whole fen,
    less what it came to before. Twelve of them are the whole."""
    return int(fen * month.month // _YEAR) - int(fen * (month.month - 1) // _YEAR)


def complete_month(day: date) -> int:
    """Return the first month that lies wholly on or after `day`. A month belongs to the rule in force on its
    first day."""
    return number(day) + (day.day > 1)


def months_after(day: date, months: int, month_end: MonthEnd = "last_day") -> date:
    """Return the same day `months` months later, or the day used instead: 31 January and a month is 28
    February, or 1 March."""
    reached = Month.of(day).plus(months)
    if day.day <= _IN_EVERY or day.day <= reached.last.day:
        return reached.first.replace(day=day.day)
    return reached.last if month_end == "last_day" else reached.plus(1).first
