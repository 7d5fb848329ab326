"""Each way in which a document sets a sum: what it comes to, in the words of `explain`, and the cells that were read."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.programmes.pay import PROGRAMME
from tests.programmes.cadres import (
    appraisal,
    cadre,
    editions,
    occasion,
    rosters,
    shipped,
    village,
    wages,
    with_policy,
)

Row = tuple[str, str | None, str, str | None, str]


def explained(*cadres: Any, month: str = "2026-03", by: Any = None, **serving: Any) -> dict[str, Row]:
    """Of the first cadre by item: whether it holds, what is said, the cells of the row and of others, and the clause."""
    given = rosters(cadres, month=month, **serving)
    subject, *_ = PROGRAMME.explain(given, by or shipped(), occasion(month)).subjects
    (table,) = subject.pages()
    names = ("holds", "said", "cell", "basis")
    rows = [(row[0], *(row[table.index(name)] for name in names)) for row in table.rows]
    return {str(item): (item, holds, said, cell, basis) for item, holds, said, cell, basis in rows}


def of(**keys: Any) -> Any:
    """A document of one part."""
    return with_policy(parts=[{"item": "base", "clause": "条", "per": "month", **keys}])


def served(since: str = "cadre", **keys: Any) -> Any:
    return of(service={"since": since, **keys})


POST, PLACE = "E4（职务）", "E4（职务）、B4（村）；名册.xlsx Village A4（乡镇）、B4（村）、C4"
TURNS = {"yuan": 100, "each": "term"}
PEOPLE = [{"to": 1400, "yuan": 100}, {"yuan": 200}]
WAYS: list[tuple[dict[str, Any], Any, dict[str, Any], str, str]] = [
    ({}, of(yuan=2000), {}, "2000 元", POST),
    ({"post": "副主任"}, of(yuan=2000), {}, "2000 元 × 副主任 70% = 1400 元", POST),
    ({"post": "副主任"}, of(yuan=2000, shared=False), {}, "2000 元", POST),
    ({"post": "副主任"}, of(posts={"书记": 1200, "副主任": 800}, only=["书记", "副主任"]), {}, "副主任 800 元", POST),
    ({"post": "副主任"}, of(classes={"大": 300, "小": 260}), {"kind": "大型村"}, "大类村 300 元 × 副主任 70% = 210 元", f"{PLACE}（村类型）"),
    ({}, of(classes={"大": 300, "小": 260}), {"kind": " 小村"}, "小类村 260 元", f"{PLACE}（村类型）"),
    ({}, of(population=PEOPLE), {"people": 1400}, "人口 1400，1400 人以下：100 元", f"{PLACE}（人口）"),
    ({}, of(population=PEOPLE), {"people": 1401}, "人口 1401，最高一档：200 元", f"{PLACE}（人口）"),
    ({"post": "副主任"}, of(per="year", income={"multiple": 2, "figures": {2025: 20_000}}), {}, "2025 年收入 20000 × 2 元 × 副主任 70% = 28000 元；按月：⌊3/12⌋ − ⌊2/12⌋ = 2333.34 元", POST),
    ({}, of(income={"multiple": 2, "figures": {2025: 15_000}, "floor": 40_000}), {}, "2025 年收入 15000 × 2 = 30000，低于 40000，按 40000 元", POST),
    ({}, of(income={"multiple": 2, "figures": {2025: 20_000}, "floor": 40_000, "ceiling": 40_000}), {}, "2025 年收入 20000 × 2 元", POST),
    ({}, of(income={"multiple": 2, "figures": {2025: 30_000}, "ceiling": 50_000}), {}, "2025 年收入 30000 × 2 = 60000，高于 50000，按 50000 元", POST),
    ({"cadre_since": "2016-03-01"}, served(yuan=20), {}, "2016-03-01 起任职，至 2026-03-01 满 10 年 × 20 = 200 元", "E4（职务）、I4（任村干部起始）"),
    ({"started": "2016-03-02"}, served(yuan=20), {}, "2016-03-02 起任职，至 2026-03-01 满 9 年 × 20 = 180 元", "E4（职务）、F4（任职起始）"),
    ({"post": "副主任", "chief_since": "2016-03-01"}, served("chief", yuan=20, at_most=100), {}, "2016-03-01 起任职，至 2026-03-01 满 10 年 × 20 = 200 元，至多 100 元 × 副主任 70% = 70 元", "E4（职务）、I4（任主职起始）"),
    ({"chief_since": "2016-03-01"}, served("chief", yuan=20, at_most=200), {}, "2016-03-01 起任职，至 2026-03-01 满 10 年 × 20 = 200 元", "E4（职务）、I4（任主职起始）"),
    ({"chief_since": "2008-03-01"}, served("chief", elections=[date(2008, 3, 1), date(2011, 3, 1), date(2026, 3, 1)], **TURNS), {}, "2008-03-01 起任职，至 2026-03 连任 2 届 × 100 = 200 元", "E4（职务）、I4（任主职起始）"),
    ({"chief_since": "2008-03-01"}, served("chief", elections=[date(2008, 3, 1), date(2011, 3, 1), date(2026, 3, 2)], first_counts=True, **TURNS), {}, "2008-03-01 起任职，至 2026-03 任 2 届 × 100 = 200 元", "E4（职务）、I4（任主职起始）"),
    ({"cadre_since": "2016-03-01"}, served(bands=[{"from_years": 0, "yuan": 10}, {"from_years": 10, "yuan": 50}]), {}, "2016-03-01 起任职，至 2026-03-01 满 10 年：50 元", "E4（职务）、I4（任村干部起始）"),
    ({}, of(per="year", yuan=1000), {}, "1000 元；按月：⌊3/12⌋ − ⌊2/12⌋ = 83.34 元", POST),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "by", "here", "said", "cells"), WAYS)
def test_a_standard_says_its_arithmetic_and_the_cells_it_read(
    fields: dict[str, Any], by: Any, here: dict[str, Any], said: str, cells: str
) -> None:
    villages = [village("第1村", **here)] if here else []
    found = explained(cadre(1, **fields), by=by, villages=villages)
    item = "2026-03 基本报酬标准"
    assert found[item] == (item, None, said, f"名册.xlsx Cadre {cells}", "条")


STEPS = [{"to": 100_000, "every": 10_000, "yuan": 200}, {"every": 20_000, "yuan": 200}]


@pytest.mark.parametrize(
    ("post", "shared", "income", "said"),
    [
        ("书记", True, 9_999.99, "净收入 9999.99 元：0 = 0 元"),
        ("书记", True, 100_000, "净收入 100000 元：10 × 200 = 2000 元"),
        (
            "副主任",
            True,
            125_000.5,
            "净收入 125000.5 元：10 × 200 + 1 × 200 = 2200 元 × 副主任 70% = 1540 元",
        ),
        ("副主任", False, 119_999, "净收入 119999 元：10 × 200 = 2000 元"),
    ],
)
def test_a_reward_says_the_steps_of_the_income_that_it_counts(
    post: str, shared: bool, income: float, said: str
) -> None:
    by = with_policy(
        reward={"clause": "奖励", "month": 2, "steps": STEPS, "shared": shared}, performance=None
    )
    here = [village("第1村", income=income)]
    found = explained(cadre(1, post=post), month="2026-02", by=by, villages=here)
    _, _, words, cells, clause = found["2025 年集体经济奖励基数"]
    assert words == f"{said}，计 12 个月"
    assert (cells, clause) == (f"名册.xlsx Cadre {PLACE}（净收入）", "奖励")


@pytest.mark.parametrize(
    ("rule", "graded", "said", "cell"),
    [
        ({}, {"grade": "良好"}, "良好 100%", "D4（等次）"),
        (
            {"grades": (), "scores": [{"at_least": 60, "percent": 80}, {"at_least": 0, "percent": 0}]},
            {"grade": "", "score": Fraction("79.5")},
            "79.5 分 80%",
            "E4（考核得分）",
        ),
        (
            {"negative": ["信访失职"]},
            {"negative": "信访失职"},
            "负面情形“信访失职”",
            "D4（等次）、E4（负面情形）",
        ),
        ({"negative": ["信访失职"]}, {"negative": "无"}, "良好 100%", "D4（等次）、E4（负面情形）"),
    ],
    ids=["grade", "score", "negative list", "nothing negative"],
)
def test_the_coefficient_of_a_year_says_by_which_cells(
    rule: dict[str, Any], graded: dict[str, Any], said: str, cell: str
) -> None:
    by = with_policy(performance={"clause": "绩效", "shares": None, **rule})
    found = explained(cadre(1), month="2026-02", by=by, appraisals=[appraisal(1, **graded)])
    _, _, words, cells, clause = found["2025 年绩效系数"]
    whose = "名册.xlsx Cadre D4（身份证号）；名册.xlsx Appraisal A4（姓名）、B4（身份证号）、C4（年度）、"
    assert (words, cells, clause) == (said, f"{whose}{cell}", "绩效")


SPELL, REST = "F4（任职起始）", "I4（停职起）"
CONDITIONS: list[tuple[dict[str, Any], dict[str, Any], tuple[str, str | None, str, str | None]]] = [
    ({}, {}, ("在任", "是", "任职 2021-01-10至今", SPELL)),
    ({"ended": "2026-03-01"}, {}, ("在任", "是", "任职 2021-01-10至2026-03-01", f"{SPELL}、I4（任职终止）")),
    ({"ended": "2026-02-28"}, {}, ("在任", "否", "任职 2021-01-10至2026-02-28，2026年3月不在任", f"{SPELL}、I4（任职终止）")),
    ({"started": "2026-03-31"}, {}, ("在任", "是", "任职 2026-03-31至今", SPELL)),
    ({"started": "2026-03-02"}, {"months": {"joining": "next"}}, ("在任", "否", "任职 2026-03-02至今，到任的当月不计", SPELL)),
    ({"started": "2026-03-01"}, {"months": {"joining": "next"}}, ("在任", "是", "任职 2026-03-01至今", SPELL)),
    ({"suspended_from": "2026-03-01"}, {}, ("停职", "是", "停职 2026-03-01至今", REST)),
    ({"suspended_from": "2026-03-02"}, {}, ("在任", "是", "任职 2021-01-10至今", SPELL)),
    ({"suspended_from": "2026-03-01", "suspended_to": "2026-03-31"}, {"suspension": {"pays": "nothing"}}, ("停职", "否", "停职 2026-03-01至2026-03-31", f"{REST}、J4（停职止）")),
    ({"suspended_from": "2026-03-01", "suspended_to": "2026-03-30"}, {"suspension": {"pays": "nothing"}}, ("在任", "是", "任职 2021-01-10至今", SPELL)),
    ({"kind": "选派"}, {}, ("身份类别", "否", "身份类别“选派”", "I4（身份类别）")),
    ({"kind": "村干部"}, {}, ("身份类别", "是", "身份类别“村干部”", "I4（身份类别）")),
    ({}, {}, ("身份类别", "是", "本村（没有填）", None)),
    ({"post": "村支书"}, {}, ("职务", "是", "职务“村支书”在政策所列的职务之内", POST)),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "blocks", "told"), CONDITIONS)
def test_a_condition_says_whether_it_holds_with_its_cells_and_clause(
    fields: dict[str, Any], blocks: dict[str, Any], told: tuple[str, str | None, str, str | None]
) -> None:
    by = with_policy(**blocks)
    edition, (item, holds, said, cells) = by.editions[0], told
    clauses = {
        "在任": edition.months.clause,
        "停职": edition.suspension.clause,
        "身份类别": edition.outsiders.clause,
        "职务": edition.title,
    }
    where = cells and f"名册.xlsx Cadre {cells}"
    assert explained(cadre(1, **fields), by=by)[item] == (item, holds, said, where, clauses[item])


@pytest.mark.parametrize(
    ("joining", "started", "ended", "fen"),
    [
        ("whole", "2026-06-16", None, 85_500_00),
        ("whole", "2026-01-01", "2026-06-10", 85_500_00),
        ("next", "2026-06-01", "2026-06-10", 85_500_00),
        ("days", "2026-06-16", None, 45_500_00),
        ("days", "2026-01-01", "2026-06-10", 26_666_67),
        ("thirtieths", "2026-06-22", "2026-06-30", 29_500_00),
    ],
)
def test_a_raise_within_the_month_counts_by_the_days_that_are_paid(
    joining: str, started: str, ended: str | None, fen: int
) -> None:
    """80,000.00 yuan, from the 22nd of June 98,333.33: of whole months all days count, else those in office."""

    def standing(yuan: str, since: str) -> Any:
        part = {"item": "base", "clause": "月薪", "per": "month", "yuan": Fraction(yuan)}
        return with_policy(parts=[part], effective=since, months={"joining": joining, "raised": "days"})

    by = editions(standing("80000", "2020-01-01"), standing("98333.33", "2026-06-22"))
    (one,) = wages(cadre(1, started=started, ended=ended), month="2026-06", by=by)
    assert one.fen == fen
