"""Periods, months and vague dates."""

import pickle
from copy import copy
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.finding import UserError
from sanchuang_cli.period import Month, Period, VagueDate

MONTHS = st.builds(Month, st.integers(1, 9998), st.integers(1, 12))
PERIODS = st.one_of(
    st.builds(lambda y: Period(Month(y, 1), 12), st.integers(1, 9998)),
    st.builds(lambda y, n: Period(Month(y, 6 * n + 1), 6), st.integers(1, 9998), st.integers(0, 1)),
    st.builds(lambda y, n: Period(Month(y, 3 * n + 1), 3), st.integers(1, 9998), st.integers(0, 3)),
    st.builds(lambda m: Period(m, 1), MONTHS),
)


@given(PERIODS)
def test_a_period_is_read_as_it_is_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("written", "first", "last", "title"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        ("2026q2", date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
        ("２０２６Ｑ２", date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
    ],
)
def test_a_periods_days_and_title(written: str, first: date, last: date, title: str) -> None:
    period = Period.parse(written)
    assert (period.first, period.last, period.title) == (first, last, title)


@pytest.mark.parametrize(
    "written", ["", "26", "2026-13", "2026-4", "2026Q5", "2026H3", "0000", "2026 年", "-2026"]
)
def test_anything_else_is_refused_with_the_ways_to_write_it(written: str) -> None:
    with pytest.raises(UserError, match="2026Q2"):
        Period.parse(written)


@given(PERIODS)
def test_months_of_a_period_follow_one_another_and_end_it(period: Period) -> None:
    months = period.each_month()
    assert len(months) == period.months
    assert all(later - earlier == 1 for earlier, later in pairwise(months))
    assert (months[0].first, months[-1].last) == (period.first, period.last)


@given(st.builds(Month, st.integers(1000, 9000), st.integers(1, 12)), st.integers(-9000, 9000))
def test_adding_months_and_counting_them_are_inverse(month: Month, n: int) -> None:
    assert month.plus(n) - month == n
    assert Month.of(month.plus(n).first) == month.plus(n)


@given(st.builds(Month, st.integers(1, 9999), st.integers(1, 12)))
def test_a_month_is_a_number_that_prints_itself(month: Month) -> None:
    assert (Month(month.year, month.month), Month.at(int(month))) == (month, month)
    assert f"{month}" == str(month) == f"{month.year:04d}-{month.month:02d}"
    assert pickle.loads(pickle.dumps(month)) == copy(month) == month and {month: 1}[int(month)] == 1  # type: ignore[index]


def test_a_vague_date_says_how_much_of_it_is_known() -> None:
    assert [
        str(d) for d in (VagueDate.on(date(2012, 6, 2)), VagueDate.within(2012, 6), VagueDate.within(2012))
    ] == [
        "2012-06-02",
        "2012-06",
        "2012年",
    ]
    assert VagueDate.within(2012, 6).month == Month(2012, 6)
    assert VagueDate.within(2012).month is None
    assert VagueDate.within(2012) == (date(2012, 1, 1), date(2012, 12, 31))
    assert VagueDate.within(2012, 2) == (date(2012, 2, 1), date(2012, 2, 29))


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.one_of(st.integers(0, 70), st.integers(71, 1500)))
def test_a_month_or_a_year_stands_for_the_whole_of_it_alone(first: date, more: int) -> None:
    last = first + timedelta(more)
    words = {
        (first, first): first.isoformat(),
        VagueDate.within(first.year, first.month): f"{first:%Y-%m}",
        VagueDate.within(first.year): f"{first.year}年",
    }
    said = words.get((first, last), f"{first}至{last}之间")
    assert str(VagueDate(first, last)) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 10, 31), date(2026, 11, 29), "2026-10-31至2026-11-29之间"),
        (date(2026, 5, 5), date(2026, 5, 20), "2026-05-05至2026-05-20之间"),
        (date(2026, 1, 1), date(2026, 12, 30), "2026-01-01至2026-12-30之间"),
        (date(2026, 2, 1), date(2026, 2, 28), "2026-02"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (date(2025, 12, 31), date(2026, 12, 31), "2025-12-31至2026-12-31之间"),
    ],
)
def test_any_other_time_is_said_by_its_first_and_last_day(first: date, last: date, said: str) -> None:
    assert str(VagueDate(first, last)) == said


def test_every_month_has_a_title() -> None:
    assert [Period.parse(f"2026-{n:02d}").title for n in (1, 9, 12)] == [
        "2026年1月",
        "2026年9月",
        "2026年12月",
    ]


@given(PERIODS)
def test_the_period_before_is_as_long_and_ends_where_this_one_starts(period: Period) -> None:
    if period.start.year > 1:
        before = period.before()
        assert before.months == period.months
        assert before.start.plus(before.months) == period.start


def test_a_year_is_its_twelve_months() -> None:
    assert Period.year(2026) == Period.parse("2026")


@pytest.mark.parametrize(
    "written", ["2026", *(f"2026H{n}" for n in (1, 2)), *(f"2026Q{n}" for n in (1, 2, 3, 4)), "2026-12"]
)
def test_a_period_is_written_as_it_was_read(written: str) -> None:
    assert str(Period.parse(written)) == written


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_that_no_year_has_is_none(month: int) -> None:
    with pytest.raises(ValueError, match="no month"):
        Month(2026, month)
