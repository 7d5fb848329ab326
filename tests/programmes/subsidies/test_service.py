"""Spells of service to months, years and terms: how they are read, counted, and said."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.blocks import Service
from sanchuang_cli.domain.entitlement.service import History, Length, Posts, joined
from sanchuang_cli.domain.months import EVER, NEVER, number
from sanchuang_cli.domain.tenure import Piece, Served
from sanchuang_cli.domain.verdict import Clause, Step
from tests.programmes.people import CADRE, TWENTY, cadre, member, run, served, yuan_of

THREE = [
    {"name": "书记", "words": ["支书", "村书记"]},
    {"name": "主任"},
    {"name": "会计", "words": ["会计/文书"]},
]
HALVES = [{"name": "书记"}, {"name": "主任"}, {"name": "会计", "discount": "1/2"}]
TERM = {"since": date(1949, 10, 1), "months": 36}
LATER = {"since": date(2018, 7, 1), "months": 60}


def at(text: str) -> int:
    """2026-04 as a month's number."""
    return number(date.fromisoformat(f"{text}-01"))


UNTIL = at("2026-06")


def posts(**fields: Any) -> Posts:
    whole = {
        "clause": "甲条",
        "posts": THREE,
        "accumulate": "union",
        "rounding": "full_years",
        "rate_post": "on_leaving",
        **fields,
    }
    return Posts(Service.model_validate(whole))


def history(rules: Posts, spells: str, post: str = "", village: str = "河西村") -> History:
    return rules.history(served(spells), post, village, UNTIL)


def counted(spells: str, post: int = 0, **fields: Any) -> Length:
    rules = posts(**fields)
    return rules.length(history(rules, spells), post)


def told(clause: Clause | None) -> tuple[str, str, tuple[str, ...], int, int, str]:
    """All of a clause, its words put together."""
    assert clause
    return clause.name, clause.citation, clause.columns, clause.first, clause.last, str(clause.said)


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
    assert found == History(
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
        ("1990-01…1999-12 、", "", (), ("（未写职务）",)),
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
    assert nothing == History((), None, False, (), ("组长",))


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
    assert rules.from_statement(144, "书记兼组长", at("2000-06")) == History(
        (), at("2000-06"), False, (0,), ("组长",), (), 144
    )
    assert rules.from_statement(144, "主任兼书记", None) == History((), None, True, (1,), (), (), 144)
    assert rules.from_statement(144, "组长", None).candidates == ()


# ---------------------------------------------------------------- lengths and the words of the sums


def lines(length: Length) -> list[str]:
    return [str(step) for step in length.steps]


TEN_AND_FIVE = "1980-01…1989-12 书记; 1995-01…1999-12 书记"


@pytest.mark.parametrize(
    ("rounding", "spells", "months", "units", "told"),
    [
        ({"rounding": "full_years"}, "1990-01…1998-11 书记", 107, 8, ["任职（累计）：107 个月", "认定年限：⌊107 ÷ 12⌋ = 8 年"]),
        ({"rounding": "full_years"}, "1990-01…1998-12 书记", 108, 9, ["任职（累计）：108 个月", "认定年限：⌊108 ÷ 12⌋ = 9 年"]),
        ({"rounding": "full_years"}, TEN_AND_FIVE, 180, 15, ["任职（累计）：120 + 60 = 180 个月", "认定年限：⌊180 ÷ 12⌋ = 15 年"]),
        ({"rounding": "full_years", "accumulate": "longest"}, TEN_AND_FIVE, 120, 10, ["任职（最长连续）：120 个月", "认定年限：⌊120 ÷ 12⌋ = 10 年"]),
        ({"rounding": "full_years", "accumulate": "continuous"}, TEN_AND_FIVE, 60, 5, ["任职（离任前连续）：60 个月", "认定年限：⌊60 ÷ 12⌋ = 5 年"]),
        ({"rounding": "half_up", "half_up_from": 6}, "1990-01…1998-05 书记", 101, 8, ["任职（累计）：101 个月", "认定年限：⌊(101 + 12 − 6) ÷ 12⌋ = 8 年"]),
        ({"rounding": "half_up", "half_up_from": 6}, "1990-01…1998-06 书记", 102, 9, ["任职（累计）：102 个月", "认定年限：⌊(102 + 12 − 6) ÷ 12⌋ = 9 年"]),
        ({"rounding": "pro_rata"}, "1990-01…1998-06 书记", 102, Fraction(17, 2), ["任职（累计）：102 个月", "认定年限：102 ÷ 12 = 8.5 年"]),
        ({"rounding": "year_difference"}, "1990-06…1998-12 书记", 103, 8, ["任职（累计）：103 个月", "认定年限（止年减起年）：8 年"]),
        ({"rounding": "year_difference"}, "1990-12…1999-01 书记", 98, 9, ["任职（累计）：98 个月", "认定年限（止年减起年）：9 年"]),
        ({"rounding": "year_difference"}, "1980-06…1990-01 书记; 1995-01…1999-12 书记", 176, 14, ["任职（累计）：116 + 60 = 176 个月", "认定年限（止年减起年）：14 年"]),
        ({"rounding": "terms", "terms": [TERM]}, "1990-01…1998-11 书记", 107, 2, ["任职（累计）：107 个月", "认定届数：⌊107 ÷ 36⌋ = 2 届"]),
        ({"rounding": "terms", "terms": [TERM]}, "1990-01…1998-12 书记", 108, 3, ["任职（累计）：108 个月", "认定届数：⌊108 ÷ 36⌋ = 3 届"]),
        ({"rounding": "terms", "terms": [TERM, LATER]}, "2015-07…2023-06 书记", 96, 2, ["任职（累计）：96 个月", "认定届数（1949年起每届36个月 + 2018年起每届60个月）：2 届"]),
        ({"rounding": "terms", "terms": [TERM, LATER]}, "2016-07…2020-02 书记", 44, 1, ["任职（累计）：44 个月", "认定届数（1949年起每届36个月 + 2018年起每届60个月）：1 届"]),
        ({"rounding": "terms", "terms": [TERM, LATER], "parts_of_terms": "apart"}, "2016-07…2020-02 书记", 44, 0, ["任职（累计）：44 个月", "认定届数（1949年起每届36个月 + 2018年起每届60个月）：0 届"]),
    ],
)  # fmt: skip
def test_how_long_it_is_and_how_that_is_said(
    rounding: dict[str, Any], spells: str, months: int, units: Any, told: list[str]
) -> None:
    length = counted(spells, **rounding)
    assert (length.months, length.units, lines(length)) == (months, units, told)
    assert length.counted == str(months)


def test_the_steps_of_a_length_are_these() -> None:
    assert counted(TEN_AND_FIVE).steps == (
        Step("任职（累计）", "120 + 60", "180", "个月"),
        Step("认定年限", "⌊180 ÷ 12⌋", "15", "年"),
    )
    assert counted(TWENTY, rounding="terms", terms=[TERM]).steps == (
        Step("任职（累计）", "240", "240", "个月"),
        Step("认定届数", "⌊240 ÷ 36⌋", "6", "届"),
    )


def test_two_people_with_as_many_months_share_a_length_but_not_years_by_the_calendar() -> None:
    rules = posts()
    one, other = (history(rules, spells) for spells in ("1990-01…1998-12 书记", "1991-01…1999-12 主任"))
    assert rules.length(one, 0) is rules.length(other, 1)
    assert rules.length(history(rules, "1990-01…1998-11 书记"), 0).units == 8
    years = posts(rounding="year_difference")
    assert [
        years.length(history(years, spells), 0).units
        for spells in ("1990-01…1998-12 书记", "1990-12…1999-11 书记")
    ] == [8, 9]
    terms = posts(rounding="terms", terms=[TERM, LATER])
    assert [
        terms.length(history(terms, spells), 0).units
        for spells in ("2012-07…2017-06 书记", "2018-07…2023-06 书记")
    ] == [1, 1]
    assert [
        terms.length(history(terms, spells), 0).units
        for spells in ("2015-07…2018-06 书记", "2018-07…2021-06 书记")
    ] == [1, 0]


@pytest.mark.parametrize(
    ("rounding", "units", "told"),
    [
        ({"rounding": "full_years"}, 11, ["任职（累计）：143 个月", "认定年限：⌊143 ÷ 12⌋ = 11 年"]),
        (
            {"rounding": "half_up", "half_up_from": 11},
            12,
            ["任职（累计）：143 个月", "认定年限：⌊(143 + 12 − 11) ÷ 12⌋ = 12 年"],
        ),
        (
            {"rounding": "pro_rata"},
            Fraction(143, 12),
            ["任职（累计）：143 个月", "认定年限：143 ÷ 12 = 143/12 年"],
        ),
        ({"rounding": "year_difference"}, 11, ["任职（累计）：143 个月", "认定年限（止年减起年）：11 年"]),
        (
            {"rounding": "terms", "terms": [TERM]},
            3,
            ["任职（累计）：143 个月", "认定届数：⌊143 ÷ 36⌋ = 3 届"],
        ),
        (
            {"rounding": "terms", "terms": [TERM, LATER]},
            2,
            ["任职（累计）：143 个月", "认定届数：⌊143 ÷ 60⌋ = 2 届"],
        ),
    ],
)
def test_a_stated_length_is_rounded_as_the_document_says(
    rounding: dict[str, Any], units: Any, told: list[str]
) -> None:
    rules = posts(**rounding)
    length = rules.length(rules.from_statement(143, "书记", None), 0)
    assert (length.months, length.units, lines(length)) == (143, units, told)


def test_a_stated_length_is_the_same_for_each_post() -> None:
    rules = posts(rate_post="each_post")
    length = rules.length(rules.from_statement(143, "主任", None), 1)
    assert (length.months, length.units) == (143, 11)


@pytest.mark.parametrize(
    ("post", "spells", "months", "sum_"),
    [
        (0, "1980-01…1983-12 书记; 1984-01…1989-12 会计", 84, "84"),
        (1, "1980-01…1983-12 书记; 1984-01…1989-12 会计", 84, "84"),
        (2, "1980-01…1983-12 书记; 1984-01…1989-12 会计", 120, "120"),
        (0, "1980-01…1983-12 书记; 1985-01…1989-12 会计", 78, "48 + 30"),
        (0, "1980-01…1980-12 会计; 1980-07…1980-12 书记", 9, "9"),
        (0, "1980-01…1980-05 会计", Fraction(5, 2), "5/2"),
        (2, "1980-01…1980-05 会计", 5, "5"),
        (0, "1980-01…1983-12 主任", 48, "48"),
    ],
)
def test_service_in_a_lower_post_counts_its_share_for_a_higher_one(
    post: int, spells: str, months: Any, sum_: str
) -> None:
    length = counted(spells, post, posts=HALVES)
    assert length.months == months
    assert length.steps[0] == Step("任职（累计）", sum_, str(months), "个月")


@pytest.mark.parametrize(
    ("post", "months", "sum_"),
    [(0, 72, "72"), (1, 48, "120 − 72"), (2, 48, "168 − 120")],
)
def test_where_each_post_counts_apart_months_of_a_higher_one_are_taken_off(
    post: int, months: int, sum_: str
) -> None:
    spells = "1984-01…1989-12 书记; 1982-01…1987-12 主任; 1980-01…1981-12 主任; 1978-01…1981-12 会计; 1990-01…1991-12 会计"
    length = counted(spells, post, rate_post="each_post")
    assert (length.months, length.units) == (months, months // 12)
    assert lines(length) == [
        f"任职（累计）：{sum_} = {months} 个月" if " " in sum_ else f"任职（累计）：{sum_} 个月",
        f"认定年限：⌊{months} ÷ 12⌋ = {months // 12} 年",
    ]


@pytest.mark.parametrize(
    ("switches", "spells", "months"),
    [
        ({}, "1985-01…1989-12 书记; 1990-07…1995-06 书记", 120),
        ({"gap_months": 6, "gaps": "counted"}, "1985-01…1989-12 书记; 1990-07…1995-06 书记", 126),
        ({"gap_months": 6, "gaps": "not_counted"}, "1985-01…1989-12 书记; 1990-07…1995-06 书记", 120),
        ({"gap_months": 5, "gaps": "counted"}, "1985-01…1989-12 书记; 1990-07…1995-06 书记", 120),
        ({"months": "end_excluded"}, "1985-01…1989-12 书记; 1990-07…1995-06 书记", 118),
        ({"months": "end_excluded"}, "1985-01…1989-12 书记", 59),
        ({"months": "end_excluded"}, "1985-01…1989-12 书记; 1990-01…1990-12 主任", 71),
        ({"months": "end_excluded", "gap_months": 6}, "1985-01…1989-12 书记; 1990-07…1995-06 书记", 119),
        ({"accumulate": "longest", "gap_months": 6}, "1985-01…1989-12 书记; 1990-07…1995-06 书记", 120),
        ({"accumulate": "longest"}, "1985-01…1989-12 书记; 1990-07…1995-06 书记", 60),
    ],
)  # fmt: skip
def test_gaps_and_last_months_count_as_the_document_says(
    switches: dict[str, Any], spells: str, months: int
) -> None:
    assert counted(spells, **switches).months == months


@pytest.mark.parametrize(
    ("switches", "spells", "months", "shown"),
    [
        ({"days_in_month": 30}, "1990-01-01…1990-12-31 书记", 12, "12"),
        ({"days_in_month": 30}, "1990-01-10…1990-03-09 书记", 2, "2"),
        ({"days_in_month": 30}, "1990-01-10…1990-03-19 书记", Fraction(7, 3), "7/3"),
        ({"days_in_month": 20}, "1990-01-10…1990-03-19 书记", Fraction(5, 2), "5/2"),
        (
            {"days_in_month": 30},
            "1990-01-01…1990-01-31 书记; 1991-01-01…1991-01-15 书记",
            Fraction(3, 2),
            "3/2",
        ),
        (
            {"days_in_month": 30, "gap_months": 2, "gaps": "counted"},
            "1990-01-01…1990-01-31 书记; 1990-04-01…1990-04-30 书记",
            4,
            "4",
        ),
        (
            {"days_in_month": 29, "gap_months": 2, "gaps": "counted"},
            "1990-01-01…1990-01-31 书记; 1990-04-01…1990-04-30 书记",
            2,
            "2",
        ),
    ],
)
def test_days_make_months_and_parts_of_them(
    switches: dict[str, Any], spells: str, months: Any, shown: str
) -> None:
    length = counted(spells, months="days", **switches)
    assert (length.months, length.counted, length.steps[0].result) == (months, shown, shown)


def test_years_by_the_calendar_are_those_of_the_days_where_days_count() -> None:
    days: dict[str, Any] = {"months": "days", "days_in_month": 30, "rounding": "year_difference"}
    assert counted("1990-12-31…1999-01-01 书记", **days).units == 9
    assert counted("1990-12-31…1998-12-31 书记", **days).units == 8


def test_lengths_of_several_posts_are_added_and_keep_their_steps() -> None:
    first, second = counted("1980-01…1985-06 书记"), counted("1990-01…1991-08 书记")
    assert joined([first]) is first
    both = joined([first, second])
    assert both == Length(66 + 20, 5 + 1, (*first.steps, *second.steps))


def test_months_are_written_whole_where_they_are_whole() -> None:
    shown = [Length(months, 0, ()).counted for months in (12, Fraction(12), Fraction(25, 2))]
    assert shown == ["12", "12", "25/2"]


# ---------------------------------------------------------------- long enough


LIMBS = [{"count": "longest", "at_least_months": 72}, {"count": "union", "at_least_months": 108}]
LAST = {"count": "continuous", "at_least_months": 60}
AS_HEAD = {"count": "union", "at_least_months": 36, "posts": ["书记", "主任"]}


def threshold(spells: str, ways: Sequence[dict[str, Any]], **fields: Any) -> Clause | None:
    rules = posts(ways=ways, **fields)
    return rules.threshold(history(rules, spells))


@pytest.mark.parametrize(
    ("spells", "ways", "holds", "seen"),
    [
        ("1990-01…1995-12 书记", LIMBS, True, "最长连续 72 个月 ≥ 72；累计 72 个月 ＜ 108"),
        ("1990-01…1995-11 书记", LIMBS, False, "最长连续 71 个月 ＜ 72；累计 71 个月 ＜ 108"),
        ("1990-01…1998-12 书记", LIMBS, True, "最长连续 108 个月 ≥ 72；累计 108 个月 ≥ 108"),
        (
            "1980-01…1984-06 书记; 1990-01…1994-06 会计",
            LIMBS,
            True,
            "最长连续 54 个月 ＜ 72；累计 108 个月 ≥ 108",
        ),
        (
            "1980-01…1984-06 书记; 1990-01…1994-05 会计",
            LIMBS,
            False,
            "最长连续 54 个月 ＜ 72；累计 107 个月 ＜ 108",
        ),
        ("1980-01…1989-12 书记; 1995-01…1999-12 书记", [LAST], True, "离任前连续 60 个月 ≥ 60"),
        ("1980-01…1989-12 书记; 1995-01…1999-11 书记", [LAST], False, "离任前连续 59 个月 ＜ 60"),
        ("1980-01…1982-12 书记", [AS_HEAD], True, "累计（书记、主任） 36 个月 ≥ 36"),
        ("1980-01…1981-12 书记; 1990-01…1990-12 主任", [AS_HEAD], True, "累计（书记、主任） 36 个月 ≥ 36"),
        ("1980-01…1989-12 会计", [AS_HEAD], False, "累计（书记、主任） 0 个月 ＜ 36"),
        ("1980-01…1982-11 书记; 1990-01…1999-12 会计", [AS_HEAD], False, "累计（书记、主任） 35 个月 ＜ 36"),
        (
            "1980-01…1981-12 主任; 1985-01…1990-12 会计",
            [AS_HEAD, LIMBS[0]],
            True,
            "累计（书记、主任） 24 个月 ＜ 36；最长连续 72 个月 ≥ 72",
        ),
        ("1980-01…1989-12 组长", LIMBS, False, "最长连续 0 个月 ＜ 72；累计 0 个月 ＜ 108"),
    ],
)
def test_one_of_the_documents_ways_of_long_service_is_enough(
    spells: str, ways: Sequence[dict[str, Any]], holds: bool, seen: str
) -> None:
    edges = (EVER, NEVER) if holds else (NEVER, EVER)
    assert told(threshold(spells, ways)) == ("任职年限", "甲条", ("spells", "post"), *edges, seen)


def test_without_ways_there_is_no_threshold() -> None:
    assert threshold("1990-01…1990-01 书记", []) is None


@pytest.mark.parametrize(
    ("months", "holds", "seen"),
    [
        (107, False, "最长连续 0 个月 ＜ 72；累计 107 个月 ＜ 108"),
        (108, True, "最长连续 0 个月 ＜ 72；累计 108 个月 ≥ 108"),
    ],
)
def test_a_stated_length_says_nothing_of_stretches(months: int, holds: bool, seen: str) -> None:
    rules = posts(ways=LIMBS)
    clause = rules.threshold(rules.from_statement(months, "书记", None))
    assert told(clause)[3:] == ((EVER, NEVER) if holds else (NEVER, EVER)) + (seen,)


def test_people_who_served_as_long_share_a_clause_and_others_do_not() -> None:
    rules = posts(ways=LIMBS)
    first = rules.threshold(history(rules, "1990-01…1995-12 书记"))
    assert rules.threshold(history(rules, "1991-01…1996-12 会计")) is first
    assert str(told(rules.threshold(history(rules, "1990-01…1995-11 书记")))[-1]).endswith("71 个月 ＜ 108")


@pytest.mark.parametrize(("end", "holds"), [("1995-12-30", False), ("1995-12-31", True)])
def test_by_days_six_years_are_complete_on_their_last_day(end: str, holds: bool) -> None:
    clause = threshold(f"1990-01-01…{end} 书记", LIMBS[:1], months="days", days_in_month=31)
    assert clause
    assert (clause.first <= clause.last) is holds
    shown = "72 个月 ≥" if holds else "2231/31 个月 ＜"
    assert str(clause.said) == f"最长连续 {shown} 72"


def test_posts_at_a_discount_count_whole_towards_the_threshold() -> None:
    clause = threshold("1990-01…1995-12 会计", LIMBS[:1], posts=HALVES)
    assert str(told(clause)[-1]) == "最长连续 72 个月 ≥ 72"


# ---------------------------------------------------------------- having left


def left(spells: str, **fields: Any) -> Clause | None:
    rules = posts(**fields)
    return rules.left(history(rules, spells), 0)


@pytest.mark.parametrize(
    ("leaving", "first"),
    [
        ("month_of", "2026-04"),
        ("month_after", "2026-05"),
        ("next_quarter", "2026-07"),
        ("next_half_year", "2026-07"),
        ("next_year", "2027-01"),
    ],
)
def test_having_left_holds_from_the_month_that_the_document_makes_of_the_end(
    leaving: str, first: str
) -> None:
    clause = left("1990-01…2026-04 书记", leaving=leaving)
    assert told(clause) == (
        "已离任",
        "甲条",
        ("spells", "left"),
        at(first),
        NEVER,
        f"2026-04离任，自{first}起",
    )


def test_having_left_need_not_be_where_the_document_does_not_ask() -> None:
    assert left("1990-01… 书记", leaving="not_required") is None
    assert left("1990-01…2026-04 书记", leaving="not_required") is None


@pytest.mark.parametrize(
    ("spells", "seen"),
    [
        ("1990-01… 书记", "仍在任"),
        ("1980-01…1989-12 书记; 1990-01… 主任", "仍在任"),
        ("1990-01… 组长", "没有计入的任职"),
        ("1990-01…1999-12 组长", "没有计入的任职"),
    ],
)
def test_who_still_serves_or_never_served_has_not_left(spells: str, seen: str) -> None:
    assert told(left(spells)) == ("已离任", "甲条", ("spells", "left"), NEVER, EVER, seen)


@pytest.mark.parametrize(
    ("end", "before", "seen"),
    [
        ("2008-12", date(2009, 1, 1), None),
        ("2009-01", date(2009, 1, 1), "2009-01离任，应在 2009-01-01 前"),
        ("2009-01", date(2009, 1, 2), None),
        ("2009-02", date(2009, 1, 2), "2009-02离任，应在 2009-01-02 前"),
    ],
)
def test_who_left_too_late_never_qualifies(end: str, before: date, seen: str | None) -> None:
    clause = left(f"1990-01…{end} 书记", left_before=before)
    if seen:
        assert told(clause) == ("已离任", "甲条", ("spells", "left"), NEVER, EVER, seen)
    else:
        assert told(clause)[3:5] == (at(end) + 1, NEVER)


def test_people_who_left_in_one_month_share_a_clause_and_others_do_not() -> None:
    rules = posts()
    first = rules.left(history(rules, "1990-01…1995-12 书记"), 0)
    assert rules.left(history(rules, "1980-01…1995-12 会计"), 0) is first
    assert told(rules.left(history(rules, "1980-01…1996-01 会计"), 0))[3] == at("1996-02")


# ---------------------------------------------------------------- in a run


def test_what_is_short_of_the_lowest_tier_says_how_many_terms_count() -> None:
    service = {"rounding": "terms", "terms": [TERM], "ways": []}
    policy = cadre(service=service, amount={"tier": [{"at_least": 3, "rate": 100}]})
    short = run(member(spells="1990-01…1998-11 书记"), period="2026-04", policy=policy)
    (clause,) = short.refused[0].refused()[CADRE]
    assert told(clause)[:3] == ("未达最低档", "标准表（句容2018）", ("spells",))
    assert str(clause.said) == "认定 2 届，不在任何一档；最低一档为书记 满3届以上"
    enough = run(member(spells="1990-01…1998-12 书记"), period="2026-04", policy=policy)
    assert yuan_of(enough) == 100


def test_posts_that_are_not_listed_are_named_to_the_clerk() -> None:
    result = run(member(spells=f"{TWENTY}; 2000-01…2001-12 组长"), period="2026-04")
    (found,) = [one for one in result.findings if one.code == "subsidies.unlisted-post"]
    assert "组长" in found.message
    assert found.place.heading == "任职经历"
