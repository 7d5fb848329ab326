"""Months as numbers, from when an event has effect, from which month somebody is old enough."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.age import OldEnough, birthday
from sanchuang_cli.domain.months import EVER, NEVER, When, complete_month, effect, number, part_of_year
from sanchuang_cli.period import Month


def at(year: int, month_: int) -> int:
    return number(date(year, month_, 1))


def test_a_months_number_and_the_month_are_inverse_and_follow_one_another() -> None:
    assert number(date(2012, 6, 30)) == number(date(2012, 6, 1)) == 24149
    assert Month.at(24149) == Month(2012, 6)
    assert [Month.at(at(2011, 12) + n) for n in range(3)] == [Month(2011, 12), Month(2012, 1), Month(2012, 2)]
    assert EVER < at(1, 1) < at(9999, 12) < NEVER


@pytest.mark.parametrize(
    ("when", "firsts"),
    [
        ("month_of", {(2012, 3): (2012, 3), (2012, 12): (2012, 12)}),
        ("month_after", {(2012, 3): (2012, 4), (2012, 12): (2013, 1)}),
        (
            "next_quarter",
            {(2012, 1): (2012, 4), (2012, 3): (2012, 4), (2012, 4): (2012, 7), (2012, 12): (2013, 1)},
        ),
        ("next_half_year", {(2012, 1): (2012, 7), (2012, 6): (2012, 7), (2012, 7): (2013, 1)}),
        ("next_year", {(2012, 1): (2013, 1), (2012, 12): (2013, 1)}),
    ],
)
def test_an_event_has_effect_from_the_first_month_of_what_comes_next(
    when: When, firsts: dict[tuple[int, int], tuple[int, int]]
) -> None:
    assert {event: effect(at(*event), when) for event in firsts} == {
        event: Month(*first) for event, first in firsts.items()
    }


def test_a_month_belongs_to_what_is_in_force_on_its_first_day() -> None:
    assert complete_month(date(2018, 7, 1)) == Month(2018, 7)
    assert complete_month(date(2018, 7, 2)) == Month(2018, 8)


def test_T_15_a_birthday_on_29_february_is_then_or_as_the_document_says() -> None:
    assert birthday(date(1948, 2, 29), 60, "march") == date(2008, 2, 29)
    assert birthday(date(1956, 2, 29), 55, "february") == date(2011, 2, 28)
    assert birthday(date(1956, 2, 29), 55, "march") == date(2011, 3, 1)


@pytest.mark.parametrize(
    ("rule", "born", "first"),
    [
        (OldEnough("birthday", "month_after", "february"), date(1952, 6, 2), (2012, 7)),
        (OldEnough("birthday", "month_of", "february"), date(1952, 6, 2), (2012, 6)),
        (OldEnough("birthday", "next_year", "february"), date(1952, 6, 2), (2013, 1)),
        (OldEnough("birthday", "month_after", "february"), date(1952, 2, 29), (2012, 3)),
        (OldEnough("year_difference", "month_after", "february"), date(1952, 11, 20), (2012, 1)),
    ],
)
def test_the_month_from_which_somebody_is_sixty(rule: OldEnough, born: date, first: tuple[int, int]) -> None:
    assert rule.month(born, 60) == Month(*first)


def test_as_of_a_day_it_holds_for_ever_or_never() -> None:
    rule = OldEnough("as_of", "month_after", "february", date(2008, 12, 31))
    assert rule.month(date(1948, 12, 31), 60) == EVER
    assert rule.month(date(1949, 1, 1), 60) == NEVER


@given(st.integers(0, 10**9))
def test_twelve_parts_of_a_year_are_the_whole_and_none_is_a_fen_from_a_twelfth(fen: int) -> None:
    parts = [part_of_year(fen, Month(2026, month)) for month in range(1, 13)]
    assert sum(parts) == fen
    assert all(abs(12 * part - fen) < 12 for part in parts)
