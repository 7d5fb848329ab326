"""Months before and after all others, and when an event takes effect. A month is a number: see period.Month."""

from datetime import date
from typing import Literal

from sanchuang_cli.period import Month

EVER = -1
"""A month before every month."""
NEVER = 12 * 10_000
"""A month after every month."""

When = Literal["month_of", "month_after", "next_quarter", "next_half_year", "next_year"]
"""From which month something that happens in a month has effect."""

MonthEnd = Literal["last_day", "next_day"]
"""What stands for a day that its month lacks: the month's last day, or the day after it."""

_YEAR = 12
_IN_EVERY = 28
"""The last day that every month has."""
_BLOCK = {"month_after": 1, "next_quarter": 3, "next_half_year": 6, "next_year": _YEAR}


def number(day: date) -> int:
    """The month of a day as a plain number: what is compared a million times need not be able to print itself."""
    return day.year * _YEAR + day.month - 1


def effect(number: int, when: When) -> int:
    """The first month in which an event of month `number` has effect."""
    if when == "month_of":
        return number
    block = _BLOCK[when]
    return (number // block + 1) * block


def complete_month(day: date) -> int:
    """The first month that lies wholly on or after `day`: a month belongs to the rule in force on its first day."""
    return number(day) + (day.day > 1)


def months_after(day: date, months: int, month_end: MonthEnd = "last_day") -> date:
    """The same day `months` months later, or what stands for it: 31 January and a month is 28 February, or 1 March."""
    reached = Month.of(day).plus(months)
    if day.day <= _IN_EVERY or day.day <= reached.last.day:
        return reached.first.replace(day=day.day)
    return reached.last if month_end == "last_day" else reached.plus(1).first
