"""What cannot be true together, judged once: to the day, as exactly as a date is known, and never of a blank."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain import contradictions
from sanchuang_cli.domain.contradictions import repeated, shared
from sanchuang_cli.period import VagueDate
from tests.programmes.people import day, identity


@pytest.mark.parametrize(
    ("joined", "born", "code"),
    [
        ("1949-12-31", "1950-01-01", "joined-before-birth"),
        ("1949", "1949-06-01", "joined-too-young"),
        ("1968-05-31", "1950-06-01", "joined-too-young"),
        ("1968-06-01", "1950-06-01", None),
        ("1968-06", "1950-06-30", None),
        ("1968-05", "1950-06-01", "joined-too-young"),
        ("1956-09-30", "1940-01-01", None),
        ("1956-10-01", "1940-01-01", "joined-too-young"),
        ("1951-12-31", "1940-01-01", "joined-too-young"),
        ("1952-01-01", "1940-12-31", None),
        ("1974-02-28", "1956-02-29", None),
        ("1974-02-27", "1956-02-29", "joined-too-young"),
    ],
)
def test_joining_before_birth_as_a_child_or_before_eighteen_since_there_is_such_a_rule(
    joined: str, born: str, code: str | None
) -> None:
    found = contradictions.joined(day(joined), day(born))
    assert (found and found.code) == code


@given(st.dates(date(1930, 1, 1), date(2000, 1, 1)), st.dates(date(1930, 1, 1), date(2020, 1, 1)))
def test_who_may_join_on_a_day_may_join_on_any_later_one_under_the_same_rule(
    born: date, joined: date
) -> None:
    birth = VagueDate.on(born)
    later = date(min(joined.year + 5, 2025), joined.month, 1)
    if contradictions.joined(VagueDate.on(joined), birth) is None and later > joined:
        same_rule = (joined >= contradictions.AGE_RULE_SINCE) == (later >= contradictions.AGE_RULE_SINCE)
        assert contradictions.joined(VagueDate.on(later), birth) is None or not same_rule


@pytest.mark.parametrize(("start", "wrong"), [("1961-12", True), ("1962-01", False), ("1962", False)])
def test_nobody_holds_a_post_before_the_year_of_the_twelfth_birthday(start: str, wrong: bool) -> None:
    assert (contradictions.started(day(start), day("1950-06-01")) is not None) is wrong


@pytest.mark.parametrize(
    ("died", "code"),
    [
        ("1949-12", "died-before-birth"),
        ("1950-01", None),
        ("2026-06-30", None),
        ("2026-07-01", "died-in-future"),
    ],
)
def test_a_death_lies_between_birth_and_today(died: str, code: str | None) -> None:
    found = contradictions.died(day(died), day("1950-01-15"), date(2026, 6, 30))
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("what", "said", "born", "told"),
    [
        ("joined", "1949", "1950-01-01", ("joined-before-birth", "早于出生（1950-01-01）")),
        ("joined", "1968-05", "1950-06-01", ("joined-too-young", "时不满 18 周岁（1950-06-01 出生）")),
        ("joined", "1951", "1940", ("joined-too-young", "时不满 12 岁（1940年 出生）")),
        ("started", "1951", "1940-03", ("served-too-young", "时不满 12 岁（1940-03 出生）")),
        ("died", "1949", "1950-01", ("died-before-birth", "早于出生（1950-01）")),
        ("died", "2027", "1950-01", ("died-in-future", "还没有到")),
    ],
)
def test_a_contradiction_says_with_what(what: str, said: str, born: str, told: tuple[str, str]) -> None:
    until = (date(2026, 6, 30),) if what == "died" else ()
    assert getattr(contradictions, what)(day(said), day(born), *until) == told


def test_sex_and_birth_are_held_against_the_number_as_exactly_as_they_are_known() -> None:
    number = identity("1950-03-15", "女")
    assert contradictions.sex("男", number) == "女"
    assert contradictions.sex("女", number) is None
    assert contradictions.sex("", number) is None
    assert contradictions.born(day("1950-03"), number) is None
    assert contradictions.born(day("1950-04"), number) == date(1950, 3, 15)


def test_rows_with_one_key_are_found_and_blanks_are_no_key() -> None:
    rows = [("甲", "1"), ("乙", "2"), ("丙", "1"), ("丁", ""), ("戊", ""), ("己", None), ("庚", None)]
    assert repeated(rows, lambda row: row[1]) == [[("甲", "1"), ("丙", "1")]]


def test_an_account_is_shared_where_two_names_stand_beside_it() -> None:
    rows = [
        ("甲", "1"),
        ("甲", "1"),
        ("乙", "2"),
        ("丙", "2"),
        ("丁", ""),
        ("戊", ""),
        ("", "3"),
        ("己", "3"),
    ]
    assert list(shared(rows, lambda row: row[1], lambda row: row[0])) == [[("乙", "2"), ("丙", "2")]]
