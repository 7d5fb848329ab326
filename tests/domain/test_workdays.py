"""Terms in working days, on cases with public holidays worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.workdays import Term, last_day, unannounced, worked

DAYS = st.dates(date(2004, 1, 5), date(2026, 11, 1))


@pytest.mark.parametrize(("counts", "last"), [(True, date(2026, 5, 22)), (False, date(2026, 5, 25))])
def test_D_07_five_working_days_from_monday_18_may_2026(counts: bool, last: date) -> None:
    assert last_day(date(2026, 5, 18), 5, first_counts=counts) == last


@pytest.mark.parametrize(("counts", "last"), [(True, date(2012, 6, 25)), (False, date(2012, 6, 26))])
def test_D_09_the_dragon_boat_holiday_of_2012_is_passed_over(counts: bool, last: date) -> None:
    assert last_day(date(2012, 6, 18), 5, first_counts=counts) == last


def test_a_weekend_day_worked_in_exchange_for_a_holiday_counts() -> None:
    # 2026-02-14 is a Saturday that is worked for the Spring Festival
    assert worked(date(2026, 2, 14))
    assert last_day(date(2026, 2, 13), 1, first_counts=False) == date(2026, 2, 14)


def test_days_that_the_policy_lists_win_over_the_calendar() -> None:
    monday, saturday = date(2026, 5, 18), date(2026, 5, 23)
    assert not worked(monday, holidays=[monday])
    assert worked(saturday, workdays=[saturday])
    assert last_day(date(2026, 5, 22), 1, first_counts=False, workdays=[saturday]) == saturday
    assert last_day(date(2026, 5, 22), 1, first_counts=False, holidays=[date(2026, 5, 25)]) == date(
        2026, 5, 26
    )


def test_beyond_the_calendar_weekends_alone_are_off_and_the_year_is_named() -> None:
    assert last_day(date(2035, 9, 28), 5, first_counts=False) == date(2035, 10, 5)
    assert unannounced(date(2026, 12, 29), date(2035, 1, 5)) == list(range(2027, 2036))
    assert unannounced(date(2035, 9, 28), date(2035, 10, 5), [date(2035, 10, 1)]) == []


def test_a_listed_holiday_beyond_the_calendar_moves_the_end() -> None:
    week = [date(2035, 10, n) for n in range(1, 6)]
    assert last_day(date(2035, 9, 28), 5, first_counts=False, holidays=week) == date(2035, 10, 12)


@given(DAYS, st.integers(1, 30), st.booleans())
def test_a_term_ends_on_a_worked_day_with_exactly_its_days_worked(
    first: date, days: int, counts: bool
) -> None:
    last = last_day(first, days, first_counts=counts)
    start = first if counts else first + timedelta(1)
    span = [start + timedelta(n) for n in range((last - start).days + 1)]
    assert worked(last)
    assert sum(map(worked, span)) == days


FRIDAY = date(2026, 5, 22)


@pytest.mark.parametrize(
    ("days", "working", "first_counts", "end"),
    [
        (1, False, True, FRIDAY),
        (1, False, False, date(2026, 5, 23)),
        (5, False, True, date(2026, 5, 26)),
        (5, False, False, date(2026, 5, 27)),
        (1, True, True, FRIDAY),
        (1, True, False, date(2026, 5, 25)),
        (5, True, True, date(2026, 5, 28)),
        (5, True, False, date(2026, 5, 29)),
    ],
)
def test_a_term_ends_on_its_last_day_whether_or_not_the_first_counts(
    days: int, working: bool, first_counts: bool, end: date
) -> None:
    term = Term(days, working, first_counts)
    assert term.end(FRIDAY) == end
    assert term.counted_otherwise == Term(days, working, not first_counts)


def test_days_of_the_policy_move_the_end_of_a_term_of_working_days_alone() -> None:
    off, on = (date(2026, 5, 25),), (date(2026, 5, 23),)
    assert Term(2, True, True, holidays=off).end(FRIDAY) == date(2026, 5, 26)
    assert Term(2, True, True, workdays=on).end(FRIDAY) == date(2026, 5, 23)
    assert Term(2, False, True, holidays=off, workdays=on).end(FRIDAY) == date(2026, 5, 23)


def test_a_term_that_reaches_into_years_without_a_calendar_says_which() -> None:
    last = date(2099, 12, 31)
    assert Term(30, True, True).guessed(last) == (2099, 2100)
    assert Term(1, True, True).guessed(last) == (2099,)
    assert Term(30, False, True).guessed(last) == ()
    assert Term(30, True, True, holidays=(date(2100, 1, 1),)).guessed(last) == (2099,)
    assert Term(30, True, True, workdays=(date(2099, 1, 3),)).guessed(last) == (2100,)
    assert Term(5, True, True).guessed(FRIDAY) == ()


@pytest.mark.parametrize("working", [True, False])
def test_a_term_that_would_end_beyond_all_calendars_ends_with_them(working: bool) -> None:
    assert Term(5, working, False).end(date(9999, 12, 30)) == date.max
