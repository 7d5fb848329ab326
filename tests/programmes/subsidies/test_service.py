"""Spells of service to months, years and terms: how they are read, counted, and said."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.service import ServiceHistory
from sanchuang_cli.domain.entitlement.tenure import Piece, Served
from sanchuang_cli.period import VagueDate
from tests.programmes.subsidies.serving import UNTIL, at, history, posts

# ---------------------------------------------------------------- posts as they are written


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("书记", ((0,), ())),
        ("支书", ((0,), ())),
        (" 书 记 ", ((0,), ())),
        ("主任", ((1,), ())),
        ("会计/文书", ((2,), ())),
        ("会计／文书", ((2,), ())),
        ("河西村书记", ((0,), ())),
        ("河西村支书兼主任", ((0, 1), ())),
        ("村书记", ((0,), ())),
        ("主任兼书记", ((1, 0), ())),
        ("主任、会计", ((1, 2), ())),
        ("主任，会计", ((1, 2), ())),
        ("主任,会计", ((1, 2), ())),
        ("主任；会计", ((1, 2), ())),
        ("主任;会计", ((1, 2), ())),
        ("主任/会计", ((1, 2), ())),
        ("主任+会计", ((1, 2), ())),
        ("主任、、会计、", ((1, 2), ())),
        ("主任、 、会计", ((1, 2), ())),
        ("书记兼民兵连长", ((0,), ("民兵连长",))),
        ("妇女主任、 民兵 连长", ((), ("妇女主任", "民兵连长"))),
        ("", ((), ())),
        ("书记河西村", ((), ("书记河西村",))),
    ],
)
def test_a_cell_names_listed_posts_and_others(
    written: str, known: tuple[tuple[int, ...], tuple[str, ...]]
) -> None:
    rules = posts()
    assert rules.ranks(written, "河西村") == known
    assert rules.ranks(written, "河西村") == known


def test_the_name_of_another_village_is_no_part_of_a_post() -> None:
    assert posts().ranks("河东村书记", "河西村") == ((), ("河东村书记",))
    assert posts().ranks("河西村书记") == ((), ("河西村书记",))


def test_a_cell_is_remembered_with_its_village() -> None:
    rules = posts()
    assert history(rules, "1990-01…1990-12 河西村书记").candidates == (0,)
    assert history(rules, "1990-01…1990-12 河西村书记", village="河东村").candidates == ()
    assert history(rules, "1990-01…1990-12 河西村书记").candidates == (0,)


# ---------------------------------------------------------------- histories


def test_a_history_has_its_service_in_months_and_its_end() -> None:
    found = history(posts(), "1990-01…1995-06 书记; 1996-03…1999-12 主任")
    assert found == ServiceHistory(
        served=(
            Served(at("1990-01"), at("1995-07"), 0),
            Served(at("1996-03"), at("2000-01"), 1),
        ),
        ends=at("1999-12"),
        serving=False,
        candidates=(1,),
        unlisted=(),
        stretches=(
            (Piece(at("1990-01"), at("1995-07"), 1),),
            (Piece(at("1996-03"), at("2000-01"), 1),),
        ),
        stated=None,
    )


def test_days_are_counted_from_the_first_to_the_last_of_them() -> None:
    rules = posts(months="days", days_in_month=30)
    found = history(rules, "1990-01-05…1990-02-10 书记; 2026-05-02… 主任")
    assert found.served == (
        Served(date(1990, 1, 5).toordinal(), date(1990, 2, 11).toordinal(), 0),
        Served(date(2026, 5, 2).toordinal(), date(2026, 7, 1).toordinal(), 1),
    )
    assert (found.ends, found.serving) == (None, True)


@pytest.mark.parametrize(
    ("switches", "first", "after"),
    [
        ({}, at("1990-01"), at("1999-02")),
        ({"leaving": "not_required"}, at("1990-01"), at("1999-02")),
        ({"months": "days", "days_in_month": 30}, date(1990, 1, 1).toordinal(), date(1999, 1, 2).toordinal()),
    ],
)
def test_of_a_vague_date_the_earliest_day_counts_at_both_ends(
    switches: dict[str, Any], first: int, after: int
) -> None:
    found = history(posts(**switches), "1990…1999 书记")
    assert (found.served, found.ends) == ((Served(first, after, 0),), at("1999-01"))


def test_who_still_serves_has_served_up_to_the_month_that_is_given() -> None:
    found = history(posts(), "2020-01… 书记")
    assert found.served == (Served(at("2020-01"), UNTIL + 1, 0),)
    assert (found.ends, found.serving, found.candidates) == (None, True, (0,))


@pytest.mark.parametrize(
    "spells", ["2020-01… 书记; 1990-01…1999-12 主任", "1990-01…1999-12 主任; 2020-01… 书记"]
)
def test_a_spell_without_an_end_is_the_last_one_wherever_it_stands(spells: str) -> None:
    found = history(posts(), spells)
    assert (found.ends, found.serving, found.candidates) == (None, True, (0,))


@pytest.mark.parametrize(
    ("spells", "post", "candidates", "unlisted"),
    [
        ("1990-01…1999-12", "书记", (0,), ()),
        ("1990-01…1994-12 会计; 1995-01…1999-12", "主任", (1,), ()),
        ("1990-01…1999-12 会计", "书记", (2,), ()),
        ("1990-01…1999-12", "", (), ("（未写职务）",)),
        ("1990-01…1999-12 、", "", (), ("、",)),
        ("1990-01…1999-12", "组长", (), ("组长",)),
        ("1980-01…1989-12 组长; 1990-01…1999-12 书记", "", (0,), ("组长",)),
        ("1980-01…1989-12 书记; 1990-01…1999-12 组长", "", (0,), ("组长",)),
        ("1980-01…1989-12 书记兼组长; 1990-01…1999-12 连长、社长", "", (0,), ("组长", "连长", "社长")),
    ],
)
def test_a_spell_without_a_post_goes_by_the_post_on_leaving(
    spells: str, post: str, candidates: tuple[int, ...], unlisted: tuple[str, ...]
) -> None:
    found = history(posts(), spells, post)
    assert (found.candidates, found.unlisted) == (candidates, unlisted)


def test_service_in_posts_that_are_not_listed_neither_counts_nor_ends_anything() -> None:
    rules = posts()
    assert history(rules, "1980-01…1989-12 书记; 1990-01…1999-12 组长").ends == at("1989-12")
    assert history(rules, "1980-01…1989-12 书记; 1990-01… 组长").serving is False
    nothing = history(rules, "1990-01…1999-12 组长")
    assert nothing == ServiceHistory((), None, False, (), ("组长",))


@pytest.mark.parametrize(
    ("rate_post", "candidates"),
    [("on_leaving", (1,)), ("highest", (0,)), ("best_tier", (0, 1, 2)), ("each_post", (0, 1, 2))],
)
def test_which_posts_rates_may_be_paid(rate_post: str, candidates: tuple[int, ...]) -> None:
    spells = "1990-01…1995-12 会计; 1980-01…1989-12 书记; 1996-01…1999-12 主任"
    assert history(posts(rate_post=rate_post), spells).candidates == candidates


@pytest.mark.parametrize(
    ("spells", "candidates"),
    [
        ("1990-01…1999-12 会计; 1995-01…1999-12 主任", (1, 2)),
        ("1990-01…1999-12 会计; 1995-01…1999-11 主任", (2,)),
        ("1990-01…1999-12 会计; 1995-01…2000-01 主任", (1,)),
        ("1990-01…1999-12 会计兼主任", (1, 2)),
        ("1980-01…1989-12 书记; 1990-01…1999-12 会计兼主任", (1, 2)),
        ("1990-01…1994-12 主任; 1996-01…1999-12 主任; 1995-01…1999-12 主任", (1,)),
        ("1990-01…1999-12 会计; 1980-01…1989-12 书记", (2,)),
    ],
)
def test_posts_that_end_in_one_month_are_all_those_on_leaving(
    spells: str, candidates: tuple[int, ...]
) -> None:
    assert history(posts(), spells).candidates == candidates


def test_a_statement_makes_a_history_of_which_only_the_length_is_known() -> None:
    rules = posts()
    assert rules.from_statement(144, "书记兼组长", VagueDate.within(2000, 6)) == ServiceHistory(
        (), at("2000-06"), False, (0,), ("组长",), (), 144
    )
    assert rules.from_statement(144, "主任兼书记", None) == ServiceHistory((), None, True, (1,), (), (), 144)
    assert rules.from_statement(144, "组长", None).candidates == ()
