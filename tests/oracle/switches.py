"""The switches that random documents of both kinds share, each read in its plain words."""

from fractions import Fraction
from typing import Protocol

from tests.oracle.people import later
from tests.oracle.persons import YM, Aside, Person, after

WHEN = ("month_of", "month_after", "next_quarter", "next_half_year", "next_year")

BLANKS = ("", "", "refuse", "accept", "set_aside")
"""What a blank means where a condition stands within an amount; "" where the document does not say: then it is a no."""


def cared_for(person: Person, column: str, blank: str) -> bool:
    """Whether somebody is, by a column of words or one of yes and no, or by `veteran` for 优抚对象."""
    said = person.veteran if column == "优抚对象" else person.extra.get(column)
    if said is None or said in ("", "无"):
        if blank == "set_aside":
            raise Aside
        return blank == "accept"
    if isinstance(said, bool):
        return said
    words = said.split("、")
    if not all(word in ("孤老", "残疾", "一般") for word in words):
        raise Aside
    return "一般" not in words


def honoured(person: Person) -> bool:
    """Whether something stands in 省部级表彰; nought is nothing."""
    return bool(person.extra.get("省部级表彰"))


def cared_and_honoured(person: Person, column: str, blank: str, also: str) -> bool:
    """also: "all" where both must hold, "any" where one is enough and settles it, "" where only the first is asked."""
    if also == "any":
        return honoured(person) or cared_for(person, column, blank)
    cared = cared_for(person, column, blank)
    return cared and honoured(person) if also else cared


def effect(event: YM, when: str) -> YM:
    """The first month in which it has effect."""
    if when == "month_of":
        return event
    block = {"month_after": 1, "next_quarter": 3, "next_half_year": 6, "next_year": 12}[when]
    month = after(event)
    while (month[1] - 1) % block:
        month = after(month)
    return month


class Rounding(Protocol):
    """After which steps sums are rounded, and how."""

    @property
    def round(self) -> str: ...
    @property
    def round_to(self) -> str: ...
    @property
    def round_at(self) -> tuple[str, ...]: ...


def rounded_at(step: str, rules: Rounding, yuan: Fraction) -> Fraction:
    return rounded(yuan, rules.round, rules.round_to) if step in rules.round_at else yuan


def rounded(yuan: Fraction, how: str, to: str) -> Fraction:
    unit = {"fen": Fraction(1, 100), "jiao": Fraction(1, 10), "yuan": Fraction(1)}[to]
    whole, rest = divmod(yuan, unit)
    up = {"down": False, "half_up": rest * 2 >= unit, "up": rest > 0}[how]
    return (whole + up) * unit


class Times(Protocol):
    """What says when somebody is old enough, and when payment stops and pauses."""

    @property
    def male(self) -> int: ...
    @property
    def female(self) -> int: ...
    @property
    def age_mode(self) -> str: ...
    @property
    def age_first(self) -> str: ...
    @property
    def leap_day(self) -> str: ...
    @property
    def death_stops(self) -> str: ...
    @property
    def suspends(self) -> str: ...
    @property
    def resumes(self) -> str: ...


def old_enough(rules: Times, person: Person, month: YM) -> bool:
    years = rules.male if person.sex == "男" else rules.female
    if rules.age_mode == "year_difference":
        return month[0] - person.born.year >= years
    return month >= effect(birthday(person, years, rules.leap_day), rules.age_first)


def birthday(person: Person, years: int, leap_day: str) -> YM:
    """The month in which somebody is so many years old."""
    day = (person.born.year + years, person.born.month)
    leap = day[0] % 4 == 0 and (day[0] % 100 != 0 or day[0] % 400 == 0)
    if (person.born.month, person.born.day) == (2, 29) and not leap and leap_day == "march":
        day = later(day, 1)
    return day


def in_time(rules: Times, person: Person, month: YM) -> bool:
    """Old enough, alive, not suspended."""
    if not old_enough(rules, person, month):
        return False
    if person.died_on and month >= effect(person.died_on, rules.death_stops):
        return False
    began, ended = person.suspended_from, person.suspended_to
    if began is None or month < effect(began, rules.suspends):
        return True
    return ended is not None and month >= effect(ended, rules.resumes)
