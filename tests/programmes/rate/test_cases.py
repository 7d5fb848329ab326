"""Worked cases of part G, by id: published figures and rules, one answer each."""

from datetime import date
from fractions import Fraction

import pytest

from sanchuang_cli.period import VagueDate
from sanchuang_cli.summary import percentages
from tests.programmes.ratings import ON, codes, column, grades, organisation, outcome, scores, stars


@pytest.mark.parametrize(
    ("total", "grade"),
    [("90", "好"), ("89.9", "较好"), ("80", "较好"), ("79.9", "一般"), ("60", "一般"), ("59.9", "差")],
)
def test_G_01_the_grade_bands_are_half_open(total: str, grade: str) -> None:
    assert grades(outcome(organisation(more=scores(Fraction(total))))) == [grade]


@pytest.mark.parametrize(("satisfied", "grade"), [(900, "好"), (899, "一般")])
def test_G_03_satisfaction_below_90_per_cent_bars_the_two_best_grades(satisfied: int, grade: str) -> None:
    one = organisation(more=scores(92), ballots_valid=1000, ballots_satisfied=satisfied)
    assert grades(outcome(one)) == [grade]


def test_G_05_each_good_that_reaches_80_earns_its_star() -> None:
    one = organisation(more=scores(86, 81, Fraction("79.5"), 90, 83))
    assert stars(outcome(one)) == [4]


def test_G_06_a_year_lifts_by_one_star_at_most() -> None:
    one = organisation(more=scores(86, 81, Fraction("79.5"), 90, 83), last_stars=2)
    assert stars(outcome(one)) == [3]


def test_G_07_a_municipal_honour_frees_from_the_ladder() -> None:
    won = VagueDate.on(date(2026, 3, 8))
    one = organisation(
        more=scores(86, 81, Fraction("79.5"), 90, 83), last_stars=2, honour="市级", honoured=won
    )
    assert stars(outcome(one)) == [4]


def test_G_09_an_organisation_under_a_year_old_is_scored_but_not_graded() -> None:
    result = outcome(organisation(founded=VagueDate.on(date(2025, 8, 2))))
    assert (grades(result), stars(result)) == ([None], [None])
    assert column(result, "分类定级汇总表", "total") == [85]
    assert dict(result.tally.parts) == {"参评定级": 0, "只评分不定级（成立不满 1 年）": 1}


def test_G_11_published_percentages_of_533_sum_to_100() -> None:
    assert percentages([54, 323, 107, 49]) == [Fraction(n, 1000) for n in (101, 606, 201, 92)]


def test_G_13_quotas_of_533_are_53_106_and_26() -> None:
    five, four, one = (
        [organisation(n, more=scores(*goods)) for n in range(1, 534)]
        for goods in ([90] * 5, [70, 90, 90, 90, 90], [90, 70, 70, 70, 70])
    )
    for organisations, allowed in ((five, 53), (four, 106), (one, 26)):
        over = [f.message for f in outcome(*organisations).findings if f.code == "rate.over-quota"]
        assert len(over) == 1
        assert f"名额 {allowed} 个（参评 533 个）" in over[0]


def test_G_15_a_post_vacant_over_three_months_is_on_the_rectification_list() -> None:
    vacant = {"书记空缺起始日期": VagueDate.on(date(2012, 2, 20))}
    result = outcome(organisation(more=scores(95) | vacant), on=date(2012, 6, 2))
    reasons = column(result, "后进整顿台账", "reasons")
    assert len(reasons) == 1
    assert reasons[0].startswith("书记空缺三个月以上（自 2012-02-20）")


def test_G_16_two_years_without_candidates_is_on_the_list_for_villages_only() -> None:
    years = scores(95) | {"连续未发展党员年数": 2}
    listed = outcome(organisation(1, more=years), organisation(2, more=years, type="机关"))
    assert column(listed, "后进整顿台账", "name") == ["第1村党支部"]


@pytest.mark.parametrize(("satisfied", "hit"), [(599, True), (600, False)])
def test_G_17_satisfaction_below_60_per_cent_is_on_the_list(satisfied: int, hit: bool) -> None:
    one = organisation(more=scores(95), ballots_valid=1000, ballots_satisfied=satisfied)
    result = outcome(one)
    assert ("群众满意率低于 60%" in column(result, "后进整顿台账", "reasons")[0]) is hit


def test_the_day_three_months_are_full_is_not_over_three_months() -> None:
    vacant = {"书记空缺起始日期": VagueDate.on(date(2026, 3, 2))}
    result = outcome(organisation(more=scores(95) | vacant), on=ON)
    assert "书记空缺" not in str(column(result, "后进整顿台账", "reasons"))
    assert "rate.date-vague" not in codes(result.findings)
