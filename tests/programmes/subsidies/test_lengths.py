"""How long service is, and how its length is said."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.service import CountedService, joined
from sanchuang_cli.domain.verdict import Step
from tests.programmes.people import TWENTY
from tests.programmes.subsidies.serving import HALVES, TERM, history, posts

LATER = {"since": date(2018, 7, 1), "months": 60}


def counted(spells: str, post: int = 0, **fields: Any) -> CountedService:
    rules = posts(**fields)
    return rules.length(history(rules, spells), post)


# ---------------------------------------------------------------- lengths and the words of the sums


def lines(length: CountedService) -> list[str]:
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
        (
            {"rounding": "terms", "terms": [TERM], "begun_terms": "counted"},
            4,
            ["任职（累计）：143 个月", "认定届数：(−⌊−143 ÷ 36⌋) = 4 届"],
        ),
        (
            {"rounding": "terms", "terms": [TERM, LATER], "begun_terms": "counted"},
            3,
            ["任职（累计）：143 个月", "认定届数：(−⌊−143 ÷ 60⌋) = 3 届"],
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
    assert both == CountedService(66 + 20, 5 + 1, (*first.steps, *second.steps))


def test_months_are_written_whole_where_they_are_whole() -> None:
    shown = [CountedService(months, 0, ()).counted for months in (12, Fraction(12), Fraction(25, 2))]
    assert shown == ["12", "12", "25/2"]


@pytest.mark.parametrize(
    ("second", "months"), [("1999-12", 121), ("2000-01", 121), ("2000-02", 60), ("2000-03", 59)]
)
def test_a_month_between_two_spells_ends_what_is_continuous(second: str, months: int) -> None:
    """Both ends count; the first spell lasts until 1999-12."""
    spells = f"1995-01…1999-12 书记; {second}…2005-01 主任"
    length = counted(spells, accumulate="continuous", rounding="full_years")
    assert length.steps[0].result == str(months)
