"""Months before and after all others, and when an event takes effect. A month is a number: see period.Month."""

from datetime import date
from typing import Literal

EVER = -1
"""A month before every month."""
NEVER = 12 * 10_000
"""A month after every month."""

When = Literal["month_of", "month_after", "next_quarter", "next_half_year", "next_year"]
"""From which month something that happens in a month has effect."""

_YEAR = 12
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
