"""Works out from which month a person is old enough, in the three ways that documents use. Dates in, months out."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sanchuang_cli.domain.months import EVER, NEVER, When, effect, months_after, number

AgeMode = Literal["birthday", "year_difference", "as_of"]
LeapDay = Literal["february", "march"]

_YEAR = 12
_LEAP_DAY = 2, 29
"""The only birthday that may fall into another month than its own."""


def birthday(born: date, years: int, leap_day: LeapDay) -> date:
    """The day on which `years` are complete; somebody born on 29 February has it then, or as `leap_day` says."""
    return months_after(born, _YEAR * years, "last_day" if leap_day == "february" else "next_day")


def full_years(born: date, on: date) -> int:
    """Age on a day: the birthday counts; that of 29 February is 28 February in other years."""
    years = on.year - born.year
    return years if on >= birthday(born, years, "february") else years - 1


@dataclass(frozen=True)
class OldEnough:
    """The age rule of a document, by its mode.

    birthday: from the month of the birthday, or a later one as `first` says. year_difference: from January of the year in
    which the year less the year of birth reaches `years`. as_of: always, for people who had that age on that day.
    """

    mode: AgeMode
    first: When
    leap_day: LeapDay
    as_of: date | None = None

    def month(self, born: date, years: int) -> int:
        """The first month in which the age rule holds; NEVER when it cannot come to hold."""
        if self.mode == "year_difference":
            return number(date(born.year + years, 1, 1))
        if self.mode == "birthday" and (born.month, born.day) != _LEAP_DAY:
            return effect(number(born) + _YEAR * years, self.first)
        reached = birthday(born, years, self.leap_day)
        if self.mode == "as_of":
            assert self.as_of
            return EVER if reached <= self.as_of else NEVER
        return effect(number(reached), self.first)
