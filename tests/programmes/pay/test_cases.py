"""Cases of the pay of cadres in office that the domain lists print, by their numbers, under each switch."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.wages.policy import PrintedSum
from sanchuang_cli.join import Partner
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.pay import PROGRAMME
from sanchuang_cli.record import Origin, Roster, Row, Source
from tests.programmes.cadres import (
    appraisal,
    cadre,
    column,
    editions,
    occasion,
    outcome,
    page,
    paid,
    rosters,
    shipped,
    told,
    village,
    wages,
    whole,
    with_policy,
    year_fen,
)

CHIEF = [{"name": "书记", "percent": 100}, {"name": "副书记", "percent": 70}]


def joining(rule: str, **blocks: Any) -> Any:
    return with_policy(months={"joining": rule}, **blocks)


def test_the_printed_example_of_march_2026_pays_5_400_00() -> None:
    """Section 1, point 5."""
    found = outcome(
        cadre(1),
        cadre(2, post="副主任"),
        cadre(3, started="2026-03-16"),
        cadre(4, ended="2026-02-27"),
        cadre(5, kind="选派"),
    )
    assert column(found, "报酬发放表", "fen") == [200000, 140000, 200000]
    assert column(found, "未列入名单", "name") == ["陈永福", "刘玉梅"]
    assert column(found, "分乡镇汇总表", "fen") == [540000]
    assert str(found.tally) == "读取 5 = 发放 3 + 只发基本 0 + 不发 2 + 待核实 0"


def test_the_printed_example_of_2025_is_performance_paid_in_february_2026() -> None:
    """Section 1, point 5: nine months of a deputy, graded 良好."""
    found = outcome(
        cadre(1),
        cadre(2, post="副主任", started="2025-04-01"),
        month="2026-02",
        appraisals=[appraisal(1, "优秀"), appraisal(2, "良好")],
    )
    assert column(found, "绩效考核兑现表", "due") == [2163840, 811440]
    assert column(found, "绩效考核兑现表", "served") == [12, 9]
    assert column(found, "报酬发放表", "performance") == [2163840, 811440]


def test_b01_macheng_pays_39_456_a_year_or_3_288_a_month_on_average() -> None:
    for pack in (None, "macheng"):
        by = shipped(pack)
        grade = "良好" if pack is None else "合格"
        (base,) = paid(cadre(1), month="2026", by=by)
        (one,) = wages(cadre(1), month="2026-02", by=by, appraisals=[appraisal(1, grade)])
        assert (base, one.component("performance")) == (24_000, 15_456_00)
        assert base + one.component("performance") / 100 == 39_456 == 3_288 * 12


def test_b02_eight_months_of_base_are_16_000_and_the_budget_for_452_is_17_834_112() -> None:
    by = shipped("macheng")
    eight = [paid(cadre(1), month=f"2026-{month:02}", by=by)[0] for month in range(1, 9)]
    assert sum(eight) == 16_000
    year = paid(cadre(1), month="2026", by=by)[0] + 15_456
    assert 452 * year == 17_834_112


def test_b03_danfeng_pays_by_the_size_of_the_village_and_deputies_85_per_cent() -> None:
    kinds = [village(f"第{n}村", kind=kind) for n, kind in enumerate(("大", "中", "小"), 1)]
    by = shipped("danfeng-2011")
    assert paid(cadre(1), cadre(2), cadre(3), by=by, villages=kinds) == [300, 280, 260]
    deputies = [cadre(n, post="副书记") for n in (1, 2, 3)]
    assert paid(*deputies, by=by, villages=kinds) == [255, 238, 221]


def test_b05_hubei_pays_at_least_40_000_and_deputies_28_000() -> None:
    by = shipped("hubei-2021")
    assert paid(cadre(1), month="2021", by=by) == [40_000]
    assert paid(cadre(1, post="副书记"), month="2021", by=by) == [28_000]
    assert paid(cadre(1, started="2015-01-01"), month="2021", by=by_income(Fraction(5, 2))) == [42_000]


def by_income(multiple: Fraction, figure: int = 16_800, **bounds: int) -> Any:
    income = {"multiple": multiple, "floor": 40_000, "figures": {2020: figure}} | bounds
    return with_policy(parts=[{"item": "base", "clause": "按收入", "per": "year", "income": income}])


@pytest.mark.parametrize(
    ("figure", "yuan"),
    [(16_800, 40_000), (20_000, 40_000), (21_000, 42_000), (15_000, 40_000), (30_000, 50_000)],
)
def test_an_income_is_multiplied_then_kept_between_floor_and_ceiling(figure: int, yuan: int) -> None:
    by = by_income(Fraction(2), figure, ceiling=50_000)
    assert paid(cadre(1, started="2015-01-01"), month="2021", by=by) == [yuan]


def test_b07_qingfeng_pays_14_000_10_000_7_000_and_nothing_by_grade() -> None:
    by = with_policy("qingfeng", performance={"shares": None})
    grades = ("优秀", "良好", "一般", "X")
    people = [cadre(n) for n in range(1, 5)]
    graded = [appraisal(n, grade) for n, grade in enumerate(grades, 1)]
    assert paid(*people, month="2026-02", by=by, appraisals=graded) == [14_000, 10_000, 7_000, 0]


def test_qingfeng_lets_performance_wait_until_the_grades_are_within_3_5_2() -> None:
    people = [cadre(n) for n in range(1, 11)]
    for best, waits in ((3, False), (4, True)):
        graded = [appraisal(n, "优秀" if n <= best else "良好" if n <= 8 else "一般") for n in range(1, 11)]
        given = wages(*people, month="2026-02", by=shipped("qingfeng"), appraisals=graded)
        assert [bool(one.waits) for one in given] == [waits] * 10
        assert [one.fen == 0 for one in given] == [waits] * 10
        found = outcome(*people, month="2026-02", by=shipped("qingfeng"), appraisals=graded)
        assert ("grades-over" in told(found)) is waits


def starred(stars: dict[int, int], by: Any, year: int = 2025) -> list[int]:
    """Fen of secretaries whose branches have so many stars in a result of rate."""
    columns = {"township": (2, "乡镇"), "党组织名称": (3, "党组织名称"), "星级": (9, "星级")}
    source = Source("星级.xlsx", "分类定级汇总表", columns)
    partners = tuple(
        Partner(
            row=Row(source, 4 + n, ()),
            township="青禾镇",
            more={"党组织名称": f"第{n}村党支部", "星级": count},
        )
        for n, count in stars.items()
    )
    people = [cadre(n, branch=f"第{n}村党支部") for n in stars]
    given = {
        **rosters(people),
        "stars": Roster(partners, origin=Origin("星级.xlsx", Period.year(year), "", {})),
    }
    own = {one.record.identity: one for one in PROGRAMME.judge(given, by, occasion("2026-02")).of()}
    return [own[one.identity].fen for one in people]


def test_b09_qingshan_raises_cuts_and_cancels_by_stars() -> None:
    def by(yuan: float) -> Any:
        return with_policy("qingshan", performance={"yuan": Fraction(str(yuan))})

    raised = starred({n: 8 + n % 2 for n in range(1, 21)}, by(2268))
    assert sum(raised) - 20 * 226800 == 907200
    halved = starred({n: 4 + n % 2 for n in range(1, 19)}, by(1610))
    assert 18 * 161000 - sum(halved) == 1449000
    cancelled = starred({n: n % 4 for n in range(1, 9)}, by(2215.50))
    assert (sum(cancelled), 8 * 221550) == (0, 1772400)
    assert 907200 - 1449000 - 1772400 == -2314200
    assert starred({1: 6, 2: 7}, by(2268)) == [226800, 226800]


def test_stars_of_another_year_or_of_a_branch_that_is_not_in_the_result_let_performance_wait() -> None:
    by = shipped("qingshan")
    assert starred({1: 8}, by, year=2024) == [0]
    found = whole(cadre(1, branch="别的支部"), month="2026-02", by=by)
    assert found.of()[0].waits and found.of()[0].fen == 0


@pytest.mark.parametrize(("first", "yuan"), [(False, 1_700), (True, 1_800)])
def test_b10_sinan_adds_100_for_each_re_election(first: bool, yuan: int) -> None:
    """In the third consecutive term; whether the first term counts is a switch."""
    edition = shipped("sinan-2015").editions[0].model_dump()
    edition["parts"][1]["service"]["first_counts"] = first
    by = with_policy("sinan-2015", parts=edition["parts"])
    third = cadre(1, chief_since="2008-03-01", started="2014-02-01")
    assert paid(third, month="2015-03", by=by) == [yuan]


@pytest.mark.parametrize(
    ("people", "cadre_since", "chief_since", "yuan"),
    [
        (1850, "2013-12-20", "2019-12-20", 11_240),  # N-01B
        (1400, "2021-12-20", "2021-12-20", 10_480),  # N-03B
        (1401, "2021-12-20", "2021-12-20", 10_680),
        (1801, "2021-12-20", "2020-12-20", 10_880 + 200),
    ],
)
def test_n01b_n03b_four_yearly_parts_come_to_the_whole_in_twelve_months(
    people: int, cadre_since: str, chief_since: str, yuan: int
) -> None:
    """12 and 6 years, 4 and 4 years, served before 2026 began; bands are closed."""
    here = village("第1村", people=people)
    since = {"cadre_since": cadre_since, "chief_since": chief_since}
    assert year_fen(1, shipped("annual-parts"), village_of=here, **since) == yuan * 100


@pytest.mark.parametrize(
    ("income", "yuan"), [(80_000, 1_600), (100_000, 2_000), (120_000, 2_200), (79_999, 1_400)]
)
def test_n05b_a_reward_by_the_net_income_of_the_village_is_marginal_above_100_000(
    income: int, yuan: int
) -> None:
    here = village("第1村", income=income)
    assert paid(cadre(1), month="2026-02", by=shipped("net-income"), villages=[here]) == [yuan]


def test_n07b_a_years_figure_among_round_sums_is_told() -> None:
    printed = PrintedSum(clause="一等奖12024元", figures=(10000, 8000, 1000, 800, 12024))
    assert "12024" in printed.flaw
    assert not PrintedSum(clause="一等奖", figures=(10000, 8000, 1000, 800, 12000)).flaw


def test_n09b_the_first_printed_pair_contradicts_itself_and_the_second_holds() -> None:
    first = {"clause": "平均月工资394元, 平均年工资4750元", "terms": [394], "times": 12, "value": 4750}
    second = {"clause": "最高819, 最低137, 相差682", "terms": [819, -137], "value": 682}
    (told_once,) = with_policy(printed_sums=[first, second]).editions[0].spelt_out()
    assert "4728" in told_once and "4750" in told_once


def test_n11b_a_raise_within_the_month_is_shared_out_by_days_or_waits_for_the_next_month() -> None:
    def of(yuan: str, since: str, raised: str) -> Any:
        part = {"item": "base", "clause": "月薪", "per": "month", "yuan": Fraction(yuan)}
        return with_policy(parts=[part], effective=since, months={"joining": "whole", "raised": raised})

    for raised, fen in (("days", 8_550_000), ("month", 8_000_000)):
        by = editions(of("80000", "2020-01-01", "month"), of("98333.33", "2026-06-22", raised))
        (one,) = wages(cadre(1), month="2026-06", by=by)
        assert one.fen == fen


@pytest.mark.parametrize(
    ("rule", "yuan"), [("whole", 3288), ("next", 0), ("days", 1697.03), ("thirtieths", 1753.60)]
)
def test_n13b_the_month_of_joining_counts_as_the_policy_says(rule: str, yuan: float) -> None:
    by = joining(rule, parts=[{"item": "base", "clause": "月", "per": "month", "yuan": 3288}])
    assert paid(cadre(1, started="2026-03-16"), by=by) == [yuan]
    assert paid(cadre(1, started="2026-03-01"), by=by) == [3288]


@pytest.mark.parametrize(
    ("rule", "yuan"), [("whole", 2000), ("next", 2000), ("days", 645.16), ("thirtieths", 666.67)]
)
def test_the_month_of_leaving_counts_as_the_policy_says(rule: str, yuan: float) -> None:
    assert paid(cadre(1, ended="2026-03-10"), by=joining(rule)) == [yuan]


def test_a_month_wholly_in_a_suspension_leaves_the_base_or_nothing_and_no_performance_month() -> None:
    rests = cadre(1, suspended_from="2025-03-01", suspended_to="2025-04-30")
    graded = [appraisal(1, "良好")]
    (one,) = wages(rests, month="2025-04")
    assert (one.part, one.fen) == ("只发基本", 200000)
    assert wages(rests, month="2025-05")[0].part == "发放"
    (year,) = wages(rests, month="2026-02", appraisals=graded)
    assert year.component("performance") == 15_456_00 * 10 // 12
    nothing = with_policy(suspension={"pays": "nothing"})
    (one,) = wages(rests, month="2025-04", by=nothing)
    assert (one.part, one.fen) == ("不发", 0)
    half = cadre(1, suspended_from="2025-03-02", suspended_to="2025-04-30")
    assert wages(half, month="2025-03")[0].part == "发放"
    lasts = cadre(1, suspended_from="2025-03-01")
    assert wages(lasts, month="2026-03")[0].part == "只发基本"


def test_selected_officials_get_an_allowance_where_the_policy_gives_one() -> None:
    by = with_policy(outsiders={"allowance": 300})
    (one,) = wages(cadre(1, kind="公务员"), by=by)
    assert (one.part, one.component("allowance"), one.component("base")) == ("发放", 300_00, 0)


def test_selected_officials_with_two_overlapping_posts_are_paid_nothing_by_days_either() -> None:
    two = (
        cadre(1, kind="选派", ended="2026-03-20"),
        cadre(1, kind="选派", post="委员", started="2026-03-10", line=99),
    )
    assert paid(*two, by=joining("days")) == paid(*two) == [0, 0]
    assert sum(paid(*two, by=joining("days", outsiders={"allowance": 310}))) == 310


@pytest.mark.parametrize(("percent", "yuan"), [(None, 2000), (100, 2000), (130, 2600)])
def test_two_posts_in_one_month_are_paid_once_by_the_higher_with_the_factor(
    percent: int | None, yuan: int
) -> None:
    by = with_policy(dual={"clause": "一肩挑", "percent": percent} if percent else None)
    assert paid(cadre(1, post="书记兼会计"), by=by) == [yuan]
    two = cadre(1), cadre(1, post="会计", line=99, started="2022-01-01")
    assert paid(*two, by=by) == [yuan, 0]


def test_whoever_changes_posts_within_a_month_is_paid_the_higher_once_or_each_by_days() -> None:
    moves = cadre(1, post="副主任", ended="2026-03-10"), cadre(1, started="2026-03-11", line=99)
    assert paid(*moves) == [0, 2000]
    by_days = paid(*moves, by=joining("days"))
    assert by_days == [float(round(Fraction(1400 * 10, 31), 2)), float(round(Fraction(2000 * 21, 31), 2))]
    thirtieths = paid(*moves, by=joining("thirtieths"))
    assert thirtieths == [round(1400 * 9 / 30, 2), round(2000 * 21 / 30, 2)]
    page_of = page(outcome(*moves), "未列入名单")
    assert [row[page_of.index("why")] for row in page_of.rows] == ["本人另一行的职务报酬更高，只发一份"]


def test_performance_of_a_year_in_two_posts_goes_by_the_months_of_each() -> None:
    moves = cadre(1, post="副主任", ended="2025-06-30"), cadre(1, started="2025-07-01", line=99)
    first, second = wages(*moves, month="2026-02", appraisals=[appraisal(1, "优秀")])
    exact = (Fraction(15456 * 7, 10) * 6 + 15456 * 6) / 12 * Fraction(7, 5) * 100
    assert first.component("performance") == 0
    assert Fraction(second.component("performance")) == exact


def test_performance_by_score_and_by_a_negative_list() -> None:
    scores = [
        {"at_least": 90, "percent": 120},
        {"at_least": 60, "percent": 80},
        {"at_least": 0, "percent": 0},
    ]
    by = with_policy(performance={"grades": (), "scores": scores, "shares": None, "negative": ["信访失职"]})
    people = [cadre(n) for n in range(1, 6)]
    graded = [
        appraisal(1, "", score=Fraction(90)),
        appraisal(2, "", score=Fraction("89.9")),
        appraisal(3, "", score=Fraction("59.99")),
        appraisal(4, "", score=Fraction(95), negative="信访失职"),
        appraisal(5, "", score=Fraction(95), negative="别的事"),
    ]
    given = wages(*people, month="2026-02", by=by, appraisals=graded)
    rates = [Fraction(one.component("performance"), 15_456_00) for one in given]
    assert rates == [Fraction(12, 10), Fraction(8, 10), 0, 0, 0]
    assert [bool(one.waits) for one in given] == [False] * 4 + [True]
