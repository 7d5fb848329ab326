"""What stands on the pages of 在职报酬 beside the sums: classes of villages, years and grades, who bears the money, what is posted."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.programmes.pay import PROGRAMME
from tests.programmes.cadres import (
    appraisal,
    cadre,
    column,
    editions,
    occasion,
    outcome,
    page,
    rosters,
    shipped,
    village,
    wages,
    with_policy,
)

ROLL, PERFORMED, TOWNSHIPS = "报酬发放表", "绩效考核兑现表", "分乡镇汇总表"
BASE = {"item": "base", "clause": "基本", "per": "month"}


def test_the_roll_has_the_class_of_the_village_where_the_standard_goes_by_it() -> None:
    by = with_policy(parts=[{**BASE, "classes": {"大": 300, "小": 260}}])
    kinds = [village("第1村", kind="大型村"), village("第2村", kind="小")]
    run = outcome(cadre(1), cadre(2), by=by, villages=kinds)
    assert column(run, ROLL, "class") == ["大型村", "小"]
    assert column(outcome(cadre(1), villages=kinds), ROLL, "class") == [None]
    bands = with_policy(parts=[{**BASE, "population": [{"yuan": 100}]}])
    people = [village("第1村", kind="大型村", people=900), village("第2村", people=900)]
    assert column(outcome(cadre(1), cadre(2), by=bands, villages=people), ROLL, "class") == ["大型村", None]


def test_performance_shows_year_grade_months_basis_and_what_waits_why() -> None:
    people = cadre(1), cadre(2, post="副主任", started="2025-04-01"), cadre(3)
    graded = [appraisal(1, "优秀"), appraisal(2, "良好")]
    run = outcome(*people, month="2026-02", appraisals=graded)
    names = ("post_paid", "year", "score", "grade", "coefficient", "served", "basis", "due", "known")
    lines = list(zip(*(column(run, PERFORMED, name) for name in names), strict=True))
    assert lines == [
        ("书记", 2025, None, "优秀", Fraction(7, 5), 12, 15_456_00, 21_638_40, "优秀 140%"),
        ("副主任", 2025, None, "良好", 1, 9, 8_114_40, 8_114_40, "良好 100%"),
        ("书记", 2025, None, "", None, 12, 15_456_00, 0, "2025 年度考核表里没有"),
    ]
    assert column(run, ROLL, "waits") == [None, None, "绩效待定"]
    assert PERFORMED not in [table.name for table in outcome(*people).tables]


def test_a_score_is_shown_where_performance_goes_by_scores() -> None:
    scores = [{"at_least": 60, "percent": 80}, {"at_least": 0, "percent": 0}]
    by = with_policy(performance={"grades": (), "scores": scores, "shares": None})
    given = [appraisal(1, "好", score=Fraction("79.5"))]
    run = outcome(cadre(1), month="2026-02", by=by, appraisals=given)
    assert [column(run, PERFORMED, name) for name in ("score", "grade", "stars")] == [
        [Fraction("79.5")],
        ["好"],
        [None],
    ]


def test_the_summary_has_people_by_part_each_component_paid_and_what_each_payer_bears() -> None:
    shares = [{"who": "省", "percent": 60}, {"who": "县", "percent": 40}]
    by = with_policy(funding={"clause": "分担", "shares": shares}, dual={"clause": "兼", "percent": 130})
    people = [
        cadre(1, post="书记兼会计"),
        cadre(2, township="望河乡"),
        cadre(3, township="望河乡", suspended_from="2026-02-01"),
        cadre(4, township="望河乡", ended="2026-01-31"),
    ]
    table = page(outcome(*people, by=by), TOWNSHIPS)
    assert [one.title for one in table.columns] == [
        *("序号", "乡镇", "发放", "只发基本", "不发", "金额", "基本报酬", "兼职加发"),
        *("经费分担/省", "经费分担/县"),
    ]
    assert [list(row[2:]) for row in table.rows] == [
        [1, 1, 1, 4_000_00, 4_000_00, 0, 2_400_00, 1_600_00],
        [1, 0, 0, 2_600_00, 2_000_00, 600_00, 1_560_00, 1_040_00],
    ]


def test_a_notice_cites_the_clause_of_each_part_of_performance_and_of_rewards() -> None:
    reward = {"clause": "奖励", "month": 2, "steps": [{"every": 10_000, "yuan": 1000}]}
    by = with_policy(
        parts=[{**BASE, "yuan": 2000}, {**BASE, "item": "duty", "clause": "岗位", "yuan": 100}],
        performance={"clause": "绩效"},
        reward=reward,
    )
    (notice,) = outcome(cadre(1), cadre(2, ended="2026-01-31"), by=by).notices()
    assert notice.standard == "基本；岗位；绩效；奖励"
    assert [row[notice.table.index("name")] for row in notice.table.rows] == ["李秀英"]
    (plain,) = outcome(cadre(1), by=with_policy(parts=[{**BASE, "yuan": 1}], performance=None)).notices()
    assert plain.standard == "基本"


@pytest.mark.parametrize(("percent", "leave"), [(20, 0), ("12.5", 1500)])
def test_the_ledger_is_told_how_much_is_taken_at_a_time(percent: Any, leave: int) -> None:
    by = with_policy(clawback={"percent": percent, "leave": leave})
    assert PROGRAMME.owes
    owed = PROGRAMME.owes(PROGRAMME.judge, rosters([cadre(1)]), by, occasion("2026-03"), {})
    assert owed.instalments
    assert (owed.instalments.share, owed.instalments.leave) == (Fraction(percent) / 100, leave * 100)
    assert owed.deduct


def test_rewards_are_cut_village_by_village_and_year_by_year() -> None:
    """Two villages pass their caps, a third does not."""
    reward = {"clause": "奖励", "month": 2, "steps": [{"every": 10_000, "yuan": 1000}], "at_most": 5}
    by = with_policy(reward=reward, performance=None)
    incomes = {"甲村": 70_000, "乙村": 30_000, "丙村": 9_999}
    people = [cadre(n, village=name) for n, name in enumerate(incomes, 1)]
    people.append(cadre(4, village="甲村", post="会计"))
    rows = [village(name, income=income) for name, income in incomes.items()]
    given = wages(*people, month="2026-02", by=by, villages=rows)
    rewards = [one.component("reward") for one in given]
    assert (rewards[0] + rewards[3], rewards[1], rewards[2]) == (3_500_00, 1_500_00, 0)
    assert rewards[0] > rewards[3] > 0
    cut = {one.record.village: [year.cut for year in one.years] for one in given[:3]}
    assert cut == {"甲村": [True], "乙村": [True], "丙村": [False]}
    at_the_cap = with_policy(reward={**reward, "at_most": 10}, performance=None)
    (lone,) = wages(people[1], month="2026-02", by=at_the_cap, villages=rows)
    assert (lone.component("reward"), [year.cut for year in lone.years]) == (3_000_00, [False])


def test_the_first_page_says_the_sums_and_by_which_reasons_they_differ() -> None:
    last = outcome(cadre(1), month="2026-03", by=shipped())
    run = outcome(cadre(1), cadre(2, started="2026-04-01"), month="2026-04", last=last)
    table = page(run, "与上月对比")
    lines: list[Any] = [
        dict(zip((one.name for one in table.columns), row, strict=True)) for row in table.rows
    ]
    blocks = {one.block: one for one in run.front}
    assert blocks["合计"].pages == (TOWNSHIPS,)
    figures = blocks["与上月比"].figures
    assert blocks["与上月比"].pages == ("与上月对比",)
    assert [one.item for one in figures] == [
        *("新任", "离任", "职务变动", "调标", "年限", "等次", "停职", "待核实", "更正")
    ]
    told = {
        one.item: [one.fen(line) for line in lines if one.when and one.fen and one.when(line)]
        for one in figures
    }
    assert {item: fen for item, fen in told.items() if fen} == {"新任": [2000_00]}


@pytest.mark.parametrize(
    ("fields", "blocks", "fen", "withheld"),
    [
        ({}, {}, 2000_00, 0),
        ({"started": "2026-03-17"}, {"months": {"joining": "days"}}, 967_74, 1032_26),
        ({"started": "2026-03-17"}, {"months": {"joining": "next"}}, 0, 0),
        ({"suspended_from": "2026-03-01"}, {"suspension": {"pays": "nothing"}}, 0, 2000_00),
        ({"suspended_from": "2026-03-01"}, {}, 2000_00, 0),
        ({"post": "书记兼会计"}, {"dual": {"clause": "兼", "percent": 130}}, 2600_00, 0),
    ],
    ids=["whole", "by days", "from the next month", "suspended", "suspended with base", "two posts"],
)
def test_what_a_whole_month_would_be_more_is_said_beside_what_is_paid(
    fields: dict[str, Any], blocks: dict[str, Any], fen: int, withheld: int
) -> None:
    (one,) = wages(cadre(1, **fields), by=with_policy(**blocks))
    assert (one.fen, one.withheld) == (fen, withheld)
    if fen:
        run = outcome(cadre(1, **fields), by=with_policy(**blocks))
        assert column(run, ROLL, "withheld") == [withheld]


def test_of_a_month_under_two_documents_nothing_is_said_to_be_withheld() -> None:
    """No one standard is that of the whole month."""
    later = with_policy(effective="2026-03-11", months={"raised": "days", "joining": "days"})
    by = editions(with_policy(), later)
    (one,) = wages(cadre(1, started="2026-03-02"), by=by)
    assert one.withheld == 0 and len(one.months[0].pieces) == 2
