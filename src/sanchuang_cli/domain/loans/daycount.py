"""Works out where a day lies in time, in years, by each way of counting days: a stretch of days is the difference of two
places.
"""

from calendar import isleap
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from sanchuang_cli.domain.months import months_after

DayCount = Literal["365", "360", "actual", "30/360", "term"]
"""365, 360: each day is that part of a year. actual: a day of a leap year is 1/366 of a year, another one 1/365. 30/360: a
month has thirty days, so that of 31 one bears nothing. term: the months of the term are so many twelfths of a year, spread
evenly over its days, and days after it weigh the same."""

_YEAR, _MONTHS, _MONTH, _BANKERS = 365, 12, 30, 360
_LEAP = 366


class LoanTerm(NamedTuple):
    """From the day of lending, so many months. The last day is always counted from the day of lending."""

    lent: date
    months: int

    @property
    def due(self) -> date:
        """The last day of the term."""
        return months_after(self.lent, self.months)

    def longer(self, months: int) -> "LoanTerm":
        """The same loan with so many months more."""
        return LoanTerm(self.lent, self.months + months)


def place(count: DayCount, day: date, term: LoanTerm) -> Fraction:
    """The years from a fixed day to the beginning of `day`. term: of the loan that is counted for, by which `term` counts."""
    if count == "actual":
        first = date(day.year, 1, 1)
        return day.year + Fraction((day - first).days, _LEAP if isleap(day.year) else _YEAR)
    if count == "30/360":
        return Fraction(_BANKERS * day.year + _MONTH * day.month + min(day.day, _MONTH), _BANKERS)
    days = (day - term.lent).days
    if count == "term":
        return Fraction(days * term.months, _MONTHS * (term.due - term.lent).days)
    return Fraction(days, int(count))
