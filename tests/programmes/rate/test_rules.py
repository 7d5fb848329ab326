"""Each switch of a rating policy, and what the pages promise."""

from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.exact_numbers import cut
from sanchuang_cli.finding import Severity
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.programmes.rate import PROGRAMME
from sanchuang_cli.record import Roster
from tests.compared.rate import as_record
from tests.oracle.organisations import organisations
from tests.programmes.ratings import (
    codes,
    column,
    grades,
    last_year,
    organisation,
    outcome,
    policies,
    scores,
    stars,
    table,
)


def test_a_total_just_under_90_is_never_shown_as_90() -> None:
    result = outcome(organisation(more=scores(Fraction("89.999"))))
    total = column(result, "分类定级汇总表", "total")[0]
    assert (str(cut(total)), grades(result)) == ("89.99", ["较好"])


def test_self_assessed_scores_count_with_a_warning_where_nothing_else_is_given() -> None:
    result = outcome(organisation(more=scores(None) | scores(91, column="自评分")))
    assert column(result, "分类定级汇总表", "total") == [91]
    assert codes(result.findings).count("rate.other-score-used") == 5


def test_the_committees_score_counts_before_the_own_one() -> None:
    result = outcome(organisation(more=scores(70) | scores(91, column="自评分")))
    assert column(result, "分类定级汇总表", "total") == [70]


INDICATORS: dict[str, Any] = {
    "班子配备健全": True,
    "按期换届": False,
    "书记履职评价": Fraction(25),
    "班子集中学习次数": 10,
}


def test_indicators_win_over_the_goods_own_column_and_a_difference_is_a_finding() -> None:
    result = outcome(organisation(more=scores(90) | INDICATORS))
    goods = [row for row in table(result, "得分明细").rows if row[3] == "小计"]
    assert goods[0][5] == 20 + 0 + 25 + 25
    assert "rate.good-not-sum" in codes(result.findings)


def test_a_blank_among_filled_indicators_sets_the_row_aside() -> None:
    result = outcome(organisation(more=scores(90) | INDICATORS | {"书记履职评价": None}))
    assert (result.tally.read, result.tally.set_aside) == (1, 1)
    assert [f.severity for f in result.findings if f.code == "rate.indicator-blank"] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        ({"缺开三会一课次数": 3, "制度执行评价": Fraction(40)}, 94),
        ({"缺开三会一课次数": 100, "制度执行评价": Fraction(40)}, 40),  # 扣完为止
        ({"党务不公开": True, "未开展民主评议": True, "制度执行评价": Fraction(40)}, 93),
    ],
)
def test_deductions_stop_when_nothing_is_left(cells: dict[str, Any], points: int) -> None:
    result = outcome(organisation(more=scores(90) | cells))
    assert column(result, "分类定级汇总表", "good2") == [points]


@pytest.mark.parametrize(
    ("income", "points"), [(0, 70), (Fraction("2.99"), 70), (3, 80), (5, 90), (10, 100), (99, 100)]
)
def test_bands_of_an_indicator_are_half_open(income: Any, points: int) -> None:
    cells = {"集体经济收入（万元）": Fraction(income), "村级重点工作完成评价": Fraction(60)}
    assert column(outcome(organisation(more=scores(90) | cells)), "分类定级汇总表", "good3") == [points]


def test_a_ratio_is_exact_and_a_bonus_never_lifts_a_good_over_its_full_score() -> None:
    third = {
        "参训党员数": 10,
        "应训党员数": 30,
        "民主评议合格党员数": 30,
        "民主评议参评党员数": 30,
        "党员作用发挥": Fraction(40),
    }
    plain = outcome(organisation(more=scores(90) | third))
    lifted = outcome(organisation(more=scores(90) | third | {"参训党员数": 30, "本年发展党员数": 3}))
    assert column(plain, "分类定级汇总表", "good1") == [80]
    assert column(lifted, "分类定级汇总表", "good1") == [100]


def test_other_types_are_scored_by_their_own_sheet() -> None:
    cells = {
        "集体经济收入（万元）": Fraction(0),
        "村级重点工作完成评价": Fraction(0),
        "中心工作完成评价": Fraction(88),
    }
    result = outcome(organisation(more=scores(90) | cells, type="机关"))
    assert column(result, "分类定级汇总表", "good3") == [88]


def test_a_veto_leaves_no_star_and_at_most_average_but_the_score_stays() -> None:
    result = outcome(organisation(more=scores(95), veto="安全生产责任事故"))
    assert (stars(result), grades(result)) == ([0], ["一般"])
    assert column(result, "分类定级汇总表", "total") == [95]
    assert column(result, "分类定级汇总表", "veto") == ["安全生产责任事故"]


def test_a_veto_does_not_lift_a_poor_grade() -> None:
    assert grades(outcome(organisation(more=scores(50), veto="安全生产责任事故"))) == ["差"]


@pytest.mark.parametrize("nothing", ["", "无", "没有", "/", "—", None])
def test_words_for_none_are_no_veto(nothing: str | None) -> None:
    assert stars(outcome(organisation(more=scores(95), veto=nothing))) == [5]


def test_from_a_veto_that_the_policy_does_not_list_nothing_is_concluded() -> None:
    result = outcome(organisation(more=scores(95), veto="书记被诫勉"))
    assert (stars(result), result.tally.set_aside) == ([], 1)
    assert "rate.veto-not-listed" in codes(result.findings)


@pytest.mark.parametrize(
    ("last", "earned", "left"), [(4, 95, [3]), (2, 95, [1]), (0, 95, [0]), (None, 95, []), (5, 70, [0])]
)
def test_m4_a_veto_leaves_one_star_below_last_year_and_never_more_than_earned(
    last: int | None, earned: int, left: list[int]
) -> None:
    """Whoever has no stars of last year on record waits until somebody says how many there were."""
    one = organisation(more=scores(earned), veto="安全生产责任事故", last_stars=last)
    assert stars(outcome(one, pack="m4-shengzhou-2016")) == left


@pytest.mark.parametrize(("total", "expected"), [(95, 5), (90, 4), (85, 3), (80, 2), (Fraction("79.99"), 0)])
def test_m1_stars_go_by_bands_of_the_total(total: Any, expected: int) -> None:
    assert stars(outcome(organisation(more=scores(total)), pack="m1-badong-2010")) == [expected]


def test_m3_drops_a_tie_across_the_line_whole() -> None:
    best = [organisation(n, more=scores(96 if n <= 2 else 70)) for n in range(1, 21)]
    tied = [organisation(n, more=scores(96 if n <= 3 else 70)) for n in range(1, 21)]
    assert stars(outcome(*best, pack="m3-quota"))[:3] == [5, 5, 0]
    assert stars(outcome(*tied, pack="m3-quota"))[:4] == [4, 4, 4, 0]


def test_the_seven_items_of_2012_give_a_grade_and_no_stars() -> None:
    items = {
        "党组织带头人": 15,
        "工作思路": 10,
        "工作制度": 10,
        "活动阵地": 10,
        "保障机制": 10,
        "工作业绩": 15,
        "群众评价": 25,
    }
    more = {f"评定分/{item}": Fraction(points) for item, points in items.items()}
    faults = {"无活动场所": True}
    result = outcome(organisation(more=more | faults), pack="seven-items-2012", on=date(2012, 6, 2))
    assert column(result, "分类定级汇总表", "total") == [85]
    assert (grades(result), stars(result)) == (["较好"], [None])


def test_last_years_stars_come_from_the_signed_workbook_before_the_column() -> None:
    one = organisation(more=scores(95), last_stars=4)
    result = outcome(one, previous=(last_year(stars=2, grade="一般"),))
    assert stars(result) == [3]
    assert "rate.last-year-differs" in codes(result.findings)


def test_two_years_stars_are_compared_over_those_that_have_both() -> None:
    result = outcome(
        organisation(1, more=scores(95), last_stars=4),
        organisation(2, more=scores(95), last_stars=5),
        organisation(3, more=scores(50), last_stars=1),
        organisation(4, more=scores(95)),
    )
    page = table(result, "两年星级对比")
    assert [row[:3] for row in page.rows] == [
        ("五星", 1, 2), ("四星", 1, 0), ("三星", 0, 0), ("二星", 0, 0), ("一星", 1, 0), ("无星", 0, 1)
    ]  # fmt: skip
    assert page.notes == ("只计两年都有星级的 3 个；另有 1 个上年没有星级记录，未计。",)
    assert page.chart is not None
    assert page.chart.values == ("before", "now")


def test_where_no_years_stars_can_be_compared_there_is_no_such_page() -> None:
    assert "两年星级对比" not in [page.name for page in outcome(organisation(1)).tables]


def test_an_organisation_that_is_gone_since_last_year_is_told() -> None:
    result = outcome(organisation(1), previous=(last_year(1, stars=3), last_year(2, stars=3)))
    gone = [f for f in result.findings if f.code == "rate.gone-since-last-year"]
    assert len(gone) == 1
    assert "第2村党支部" in gone[0].message


def test_an_organisation_whose_row_is_set_aside_is_not_gone_since_last_year() -> None:
    aside = organisation(2).row
    rosters: Rosters = {
        "organisations": Roster((organisation(1),), set_aside=(aside,)),
        "previous": Roster((last_year(2, stars=3), last_year(3, stars=3))),
    }
    result = PROGRAMME.run(rosters, policies(), Occasion(Period.year(2026), date(2026, 6, 2)))
    gone = [f for f in result.findings if f.code == "rate.gone-since-last-year"]
    assert [(f.message, f.place.book, f.place.row, f.place.heading) for f in gone] == [
        ("上年汇总表有青禾镇“第3村党支部”，今年名册里没有", "上年.xlsx", 6, "name")
    ]


def test_two_years_without_the_leaderships_star_proposes_a_new_secretary() -> None:
    missed = {
        f"五项得分/{good}": Fraction(79)
        for good in ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
    }
    result = outcome(organisation(more=scores(70)), previous=(last_year(stars=1, more=missed),))
    assert column(result, "书记调整建议", "reasons") == ["领导班子连续两年未得星（本年 70.00 分）"]
    assert not column(outcome(organisation(more=scores(70))), "书记调整建议", "reasons")


def test_an_honour_outside_the_period_does_not_free_from_the_ladder() -> None:
    old = organisation(
        more=scores(95), last_stars=1, honour="省级", honoured=VagueDate.on(date(2025, 12, 31))
    )
    county = organisation(
        more=scores(95), last_stars=1, honour="县级", honoured=VagueDate.on(date(2026, 1, 31))
    )
    assert (stars(outcome(old)), stars(outcome(county))) == ([2], [2])


def test_the_same_township_and_name_twice_sets_both_aside_with_both_places() -> None:
    twins = (organisation(1), organisation(2, name="第1村党支部"), organisation(3))
    result = outcome(*twins)
    assert (result.tally.set_aside, len(stars(result))) == (2, 1)
    assert [f.place.row for f in result.findings if f.code == "rate.listed-twice"] == [4, 5]


def test_a_missing_score_sets_the_row_aside_and_never_counts_as_zero() -> None:
    result = outcome(organisation(more=scores(90, 90, 90, 90, None)))
    assert (result.tally.set_aside, stars(result)) == (1, [])
    assert "rate.no-score" in codes(result.findings)


def test_satisfaction_goes_by_the_ballots_and_a_wrong_printed_rate_is_told() -> None:
    result = outcome(organisation(stated_satisfaction=Fraction(89, 100)))
    assert column(result, "分类定级汇总表", "satisfaction") == [Fraction(95, 100)]
    assert "rate.satisfaction-differs" in codes(result.findings)


def test_without_a_satisfaction_figure_there_is_a_warning_and_no_gate() -> None:
    result = outcome(organisation(more=scores(95), ballots_valid=None, ballots_satisfied=None))
    assert grades(result) == ["好"]
    assert "rate.no-satisfaction" in codes(result.findings)


def test_the_lowest_fill_the_rectification_list_ties_included_and_too_many_warns() -> None:
    county = [organisation(n, more=scores(60 if n <= 3 else 85)) for n in range(1, 21)]
    result = outcome(*county)
    assert column(result, "后进整顿台账", "name") == [f"第{n}村党支部" for n in (1, 2, 3)]
    assert "rate.many-to-rectify" in codes(result.findings)


def test_one_alone_of_a_few_is_neither_beyond_a_quota_nor_too_many_to_rectify() -> None:
    """Nine have one whole place neither of 10 per cent nor of 5; two of them are told of."""
    best = [organisation(n, more=scores(95)) for n in (1, 2)]
    few = [organisation(n, more=scores(85, 85, 85, 70, 60 + n)) for n in range(3, 11)]
    told = {"rate.over-quota", "rate.many-to-rectify"}
    one = outcome(best[0], *few)
    assert stars(one).count(5) == len(column(one, "后进整顿台账", "name")) == 1
    assert told.isdisjoint(codes(one.findings))
    assert told & set(codes(outcome(*best, *few[1:]).findings)) == {"rate.over-quota"}


def test_every_row_of_the_distribution_sums_to_its_total_and_to_100_per_cent() -> None:
    drawn = organisations(Random(7), 300)
    result = outcome(*(as_record(n, one) for n, one in enumerate(drawn)))
    page = table(result, "等次分布统计表")
    shares = [page.index(c.name) for c in page.columns if c.name.startswith("share")]
    counts = [page.index(c.name) for c in page.columns if c.name.startswith("grade")]
    stars_at = [page.index(c.name) for c in page.columns if c.name.startswith("stars")]
    assert len(page.rows) > 10
    for row in page.rows:
        assert sum(row[i] for i in shares) == 1
        assert sum(row[i] for i in counts) == sum(row[i] for i in stars_at) == row[page.index("rated")]


@given(st.integers())
def test_the_order_of_rows_changes_no_verdict(seed: int) -> None:
    random = Random(seed)
    drawn = [as_record(n, one) for n, one in enumerate(organisations(random, 40))]
    shuffled = random.sample(drawn, len(drawn))

    def verdicts(rows: list[Any]) -> set[tuple[Any, ...]]:
        result = outcome(*rows)
        names = ("township", "name", "total", "stars", "grade")
        return set(zip(*(column(result, "分类定级汇总表", name) for name in names), strict=True))

    assert verdicts(drawn) == verdicts(shuffled)


@given(
    st.integers(),
    st.sampled_from([None, "m1-badong-2010", "m3-quota", "m4-shengzhou-2016"]),
)
def test_nobody_is_lost_and_whoever_is_set_aside_has_an_error(seed: int, pack: str | None) -> None:
    random = Random(seed)
    drawn = [as_record(n, one) for n, one in enumerate(organisations(random, 30))]
    result = outcome(*drawn, pack=pack)
    assert result.tally.read == len(drawn) == len(stars(result)) + result.tally.set_aside
    set_aside = {f.place.row for f in result.findings if f.severity is Severity.ERROR}
    assert len(set_aside) == result.tally.set_aside


def test_every_doubt_can_be_met_and_is_in_the_list() -> None:
    from pathlib import Path

    from sanchuang_cli import doubles
    from sanchuang_cli.domain import rating
    from sanchuang_cli.domain.rating.doubts import DOUBTS
    from sanchuang_cli.programmes import rate

    folders = [Path(str(package.__file__)).parent for package in (rate, rating)]
    sources = [path for folder in folders for path in folder.glob("*.py") if path.name != "doubts.py"]
    sources.append(Path(doubles.__file__))  # where a row that stands twice is found
    text = "".join(path.read_text("utf-8") for path in sources)
    assert [code for code in DOUBTS if f'"{code}"' not in text] == []
