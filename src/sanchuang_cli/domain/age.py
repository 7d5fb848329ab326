"""Works out from which month a person is old enough, in the three ways that documents use. It may look at
dates only."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sanchuang_cli.domain.months import EVER, NEVER, When, effect, months_after, number

AgeMode = Literal["birthday", "year_difference", "as_of"]
"""The way in which a document counts an age; OldEnough says what each means."""
LeapDay = Literal["february", "march"]
"""In a year without 29 February, the birthday of people born on that day: 28 February or 1 March."""

_YEAR = 12
_LEAP_DAY = 2, 29
"""The only birthday that may fall into another month than its own."""


def birthday(born: date, years: int, leap_day: LeapDay) -> date:
    """Return the day on which somebody is `years` old. For a birth on 29 February, `leap_day` says which day
    counts in other years."""
    return months_after(born, _YEAR * years, "last_day" if leap_day == "february" else "next_day")


def full_years(born: date, on: date) -> int:
    """Return the age on a day, counting the birthday itself. A birthday on 29 February is 28 February in
    other years."""
    years = on.year - born.year
    return years if on >= birthday(born, years, "february") else years - 1


@dataclass(frozen=True)
class OldEnough:
    """The age rule of a document, by its mode.

    birthday: from the month of the birthday, or from a later month as `first` says. year_difference: from
    January of the year in which the year minus the year of birth reaches `years`. as_of: people who have the
    age on that day are old enough in every month, and others never.
    """

    mode: AgeMode
    first: When
    leap_day: LeapDay
    as_of: date | None = None

    def month(self, born: date, years: int) -> int:
        """Return the first month in which the person is old enough; NEVER if there is none."""
        if self.mode == "year_difference":
            return number(date(born.year + years, 1, 1))
        if self.mode == "birthday" and (born.month, born.day) != _LEAP_DAY:
            return effect(number(born) + _YEAR * years, self.first)
        reached = birthday(born, years, self.leap_day)
        if self.mode == "as_of":
            assert self.as_of
            return EVER if reached <= self.as_of else NEVER
        return effect(number(reached), self.first)
