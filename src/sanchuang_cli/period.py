"""Holds calendar values: the period of a run, months, dates that are known only vaguely, and spells of
service.

No clock is read here, and no record is looked at.
"""

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from sanchuang_cli.finding import UserError

_YEAR = 12
_TO_THE_MONTH = 7
"""Characters of 1985-06-30 that say its month."""


class Month(int):
    """A calendar month.

    As a number it is the months since the year 0, so that rules can compare, subtract and count months.
    Printed it is 2026-07. Raises ValueError for a month that no year has.
    """

    __slots__ = ()

    def __new__(cls, year: int, month: int) -> Self:
        if not 1 <= month <= _YEAR:
            raise ValueError(f"no month {month}")
        return cls.at(year * _YEAR + month - 1)

    @classmethod
    def at(cls, number: int) -> Self:
        """Return the month with a number; 2012-06 is 24149."""
        return int.__new__(cls, number)

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month of a day."""
        return cls.at(day.year * _YEAR + day.month - 1)

    def __reduce__(self) -> tuple[Any, ...]:
        return Month.at, (int(self),)

    @property
    def year(self) -> int:
        """The year."""
        return self // _YEAR

    @property
    def month(self) -> int:
        """The month of the year, from 1 to 12."""
        return self % _YEAR + 1

    def plus(self, months: int) -> "Month":
        """Return the month so many months later."""
        return Month.at(self + months)

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __repr__(self) -> str:
        return f"Month({self.year}, {self.month})"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class VagueDate(NamedTuple):
    """A day that lies somewhere from `earliest` to `latest`. Both are the same if it is known exactly."""

    earliest: date
    latest: date

    @classmethod
    def on(cls, day: date) -> Self:
        """Return a day that is known exactly."""
        return cls(day, day)

    @classmethod
    def within(cls, year: int, month: int = 0) -> Self:
        """Return a day of which only the month or only the year is known."""
        first, last = Month(year, month or 1), Month(year, month or 12)
        return cls(first.first, last.last)

    @property
    def exact(self) -> bool:
        """Whether the day is known exactly."""
        return self.earliest == self.latest

    @property
    def month(self) -> Month | None:
        """The month in which it certainly lies; None if that is not certain."""
        first, last = Month.of(self.earliest), Month.of(self.latest)
        return first if first == last else None

    @property
    def months(self) -> Iterator[Month]:
        """The months in which it may lie."""
        return (Month.at(one) for one in range(Month.of(self.earliest), Month.of(self.latest) + 1))

    def __str__(self) -> str:
        """As exact as it is known: a year or a month stands for the whole of it alone, any other range is said day by day."""
        first, last = self
        if first == last:
            return first.isoformat()
        if self == VagueDate.within(first.year):
            return f"{first.year}年"
        if self == VagueDate.within(first.year, first.month):
            return first.isoformat()[:_TO_THE_MONTH]
        return f"{first.isoformat()}至{last.isoformat()}之间"


class Spell(NamedTuple):
    """A stretch of service from `start` to `end` (None if it still goes on), in the `post` as written."""

    start: VagueDate
    end: VagueDate | None
    post: str = ""

    @property
    def earliest_end(self) -> date | None:
        """The first day on which it may have ended, None if it still goes on. That is not before the day on which it began,
        unless it is written so: from 2018-08 to 2018 it ended in August at the earliest."""
        if self.end is None:
            return None
        first, last = self.end
        began = self.start[0]
        return first if began <= first or last < began else began


_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:(?P<half>H[12])|(?P<quarter>Q[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.IGNORECASE
)


@dataclass(frozen=True, order=True)
class Period:
    """The month, quarter, half-year or year of a run: `months` months from `start`."""

    start: Month
    months: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 2026, 2026H1, 2026Q2 or 2026-04. Raises UserError."""
        match = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text.strip()))
        if not match or match["year"] == "0000":
            raise UserError(
                f"期间“{text}”看不懂。请写成 2026（年）、2026H1（半年）、2026Q2（季度）或 2026-04（月）。"
            )
        year = int(match["year"])
        if match["half"]:
            return cls(Month(year, 6 * int(match["half"][1]) - 5), 6)
        if match["quarter"]:
            return cls(Month(year, 3 * int(match["quarter"][1]) - 2), 3)
        if match["month"]:
            return cls(Month(year, int(match["month"])), 1)
        return cls(Month(year, 1), 12)

    @classmethod
    def year(cls, year: int) -> Self:
        """Return the period that is a year."""
        return cls(Month(year, 1), 12)

    @property
    def first(self) -> date:
        """The first day of the period."""
        return self.start.first

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.start.plus(self.months - 1).last

    def each_month(self) -> list[Month]:
        """Return the months of the period in order."""
        return [self.start.plus(n) for n in range(self.months)]

    def __contains__(self, month: Month) -> bool:
        return self.start <= month < self.start.plus(self.months)

    def within(self, other: "Period") -> "Period":
        """Its months that lie in the other, too; there must be some."""
        first = max(self.start, other.start)
        end = min(self.start.plus(self.months), other.start.plus(other.months))
        assert first < end, f"{self} and {other} have no month in common"
        return Period(first, end - first)

    def before(self) -> "Period":
        """The period of the same length that ends where this one starts."""
        return Period(self.start.plus(-self.months), self.months)

    def __str__(self) -> str:
        """Return it as it is written on the command line."""
        year, month = self.start.year, self.start.month
        return {
            12: f"{year:04d}",
            6: f"{year:04d}H{month // 6 + 1}",
            3: f"{year:04d}Q{month // 3 + 1}",
            1: str(self.start),
        }[self.months]

    @property
    def title(self) -> str:
        """As it stands in a page's title: 2026年第二季度. Months that are no such part of a year (those that a ledger still
        reviews) are named by the first and the last."""
        year, month = self.start.year, self.start.month
        titles = {
            12: f"{year}年",
            6: f"{year}年{'上' if month == 1 else '下'}半年",
            3: f"{year}年第{'一二三四'[(month - 1) // 3]}季度",
            1: f"{year}年{month}月",
        }
        return titles.get(self.months) or f"{self.start}至{self.start.plus(self.months - 1)}"


_BILL_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def bill_date(day: date) -> str:
    """Write a date in words as bills need it: 贰零壹贰年零壹月壹拾伍日.

    The rules for filling in bills (1997) put 零 before the months 1, 2 and 10, and before the days 1 to 10,
    20 and 30, so that nobody can add a figure in front.
    """
    year = "".join(_BILL_DIGITS[int(digit)] for digit in str(day.year))
    month = ("零" if day.month in (1, 2, 10) else "") + _below_hundred(day.month)
    guarded = day.day < 10 or day.day % 10 == 0
    return f"{year}年{month}月{'零' if guarded else ''}{_below_hundred(day.day)}日"


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (f"{_BILL_DIGITS[tens]}拾" if tens else "") + (_BILL_DIGITS[ones] if ones else "")
