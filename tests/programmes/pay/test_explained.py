"""What `explain` says of a cadre's sums: each with its arithmetic and clause, also of what waits, rests or was cut."""

from typing import Any

from sanchuang_cli.programmes.pay import PROGRAMME
from tests.programmes.cadres import (
    appraisal,
    cadre,
    occasion,
    outcome,
    rosters,
    shipped,
    village,
    with_policy,
)

REWARD = {"clause": "奖励", "month": 2, "steps": [{"every": 10_000, "yuan": 1000}], "at_most": 20}


def said(*cadres: Any, month: str = "2026-03", by: Any = None, **serving: Any) -> dict[str, str]:
    """Of the first cadre, what stands beside each item."""
    return {item: said for item, (said, _) in lines(*cadres, month=month, by=by, **serving).items()}


def lines(*cadres: Any, month: str = "2026-03", by: Any = None, **serving: Any) -> dict[str, tuple[str, str]]:
    """The same with the clause."""
    given = rosters(cadres, month=month, **serving)
    subject, *_ = PROGRAMME.explain(given, by or shipped(), occasion(month)).subjects
    (table,) = subject.pages()
    return {
        str(row[0]): (str(row[table.index("said")]), str(row[table.index("basis")])) for row in table.rows
    }


def test_what_a_second_post_adds_is_said_with_its_per_cent() -> None:
    by = with_policy(dual={"clause": "一肩挑", "percent": 130})
    found = lines(cadre(1, post="书记兼会计"), by=by)
    assert found["2026-03 兼职加发"] == ("兼职按 130%，另加 600.00 元", "一肩挑")
    months = by.editions[0].months.clause
    assert found["2026-03 基本报酬"] == ("1 日至 31 日在任，计 1 个月：2000.00 元", months)
    assert "2026-03 兼职加发" not in said(cadre(1, post="书记兼会计"))


def test_a_month_in_suspension_says_that_only_the_base_or_nothing_is_paid() -> None:
    rests = cadre(1, suspended_from="2026-01-01")
    assert said(rests)["2026-03 停职"] == "整月停职，只发基本报酬"
    nothing = said(rests, by=with_policy(suspension={"pays": "nothing"}))
    assert nothing["2026-03 停职"] == "整月停职，不发"
    assert "2026-03 基本报酬" not in nothing
    assert "2026-03 停职" not in said(cadre(1))


def test_performance_that_waits_says_why_and_that_nothing_is_paid() -> None:
    waits = said(cadre(1), month="2026-02")
    assert waits["2025 年绩效系数"] == "2025 年度考核表里没有"
    assert waits["2025 年绩效"] == "等着，不发"
    graded = said(cadre(1), month="2026-02", appraisals=[appraisal(1, "优秀")])
    assert graded["2025 年绩效系数"] == "优秀 140%"
    assert graded["2025 年绩效"] == "15456 × 1.4 = 21638.40 元，2026-02 发"


def test_a_reward_has_no_coefficient_and_says_where_the_village_passed_its_cap() -> None:
    by = with_policy(reward=REWARD, performance=None)
    people = [cadre(1, village="河西村"), cadre(2, village="河西村", post="副主任")]
    within = said(people[0], month="2026-02", by=by, villages=[village("河西村", income=30_000)])
    assert within["2025 年集体经济奖励"] == "3000 × 1 = 3000.00 元，2026-02 发"
    assert "2025 年集体经济奖励系数" not in within
    rich = [village("河西村", income=30_000)]
    tight = with_policy(reward={**REWARD, "at_most": 10}, performance=None)
    cut = said(*people, month="2026-02", by=tight, villages=rich)
    page = outcome(*people, month="2026-02", by=tight, villages=rich)
    (roll,) = [one for one in page.tables if one.name == "报酬发放表"]
    paid = [row[roll.index("reward")] for row in roll.rows]
    assert sum(paid) == 3_000_00 and paid[0] < 3_000_00
    assert cut["2025 年集体经济奖励"] == f"本村合计超过限额，按比例减为 {paid[0] / 100:.2f} 元，2026-02 发"
