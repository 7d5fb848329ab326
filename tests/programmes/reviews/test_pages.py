"""What stands on pages of reviews: in which order, under which names, and what the list of papers due says."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.outcome import Outcome
from tests.programmes.reviewed import (
    NAMES,
    column,
    default,
    did,
    member,
    outcome,
    pledge,
    probationer,
    with_keys,
)

ZHANG, LI, WANG, ZHAO = NAMES[:4]
WORST: dict[str, Any] = {"grade": "不合格", "votes": (0, 1, 2, 7)}


def headed(run: Outcome, page: str) -> list[tuple[str, str]]:
    """The names and the headings of a page's columns."""
    (table,) = (table for table in run.tables if table.name == page)
    return [(one.name, one.title) for one in table.columns]


def test_pledges_stand_by_township_branch_name_and_row_those_of_nobody_among_them() -> None:
    """In the order of the characters: 乙 before 甲, 张 before 李 before 王 before 钟."""
    at = {ZHANG: "甲党支部", LI: "甲党支部", WANG: "乙党支部", "钟无此": "甲党支部"}
    people = [member(n, branch=at[name]) for n, name in enumerate((ZHANG, LI, WANG), 1)]
    away = member(4, township="望河乡", branch="甲党支部")
    rows = [
        pledge(9, ZHANG, "护渠", branch=at[ZHANG]),
        pledge(2, WANG, "帮扶", branch=at[WANG]),
        pledge(3, LI, "护渠", branch=at[LI]),
        pledge(4, LI, "帮扶", branch=at[LI]),
        pledge(5, "钟无此", "护渠", branch=at["钟无此"]),
        pledge(6, "钟无此", "帮扶", branch=at["钟无此"]),
        pledge(7, ZHAO, "护渠", branch="甲党支部", township="望河乡"),
    ]
    run = outcome(*people, away, pledges=[rows[3], *rows[:3], rows[5], rows[4], rows[6]])
    names = ("township", "branch", "name", "what")
    said = list(zip(*(column(run, "承诺台账", name) for name in names), strict=True))
    assert said == [
        ("望河乡", "甲党支部", ZHAO, "护渠"), ("青禾镇", "乙党支部", WANG, "帮扶"), ("青禾镇", "甲党支部", ZHANG, "护渠"),
        ("青禾镇", "甲党支部", LI, "护渠"), ("青禾镇", "甲党支部", LI, "帮扶"), ("青禾镇", "甲党支部", "钟无此", "护渠"),
        ("青禾镇", "甲党支部", "钟无此", "帮扶"),
    ]  # fmt: skip


def test_those_who_wait_stand_by_township_and_branch_then_by_place() -> None:
    votes = {1: (5, 5, 0, 0), 2: (9, 1, 0, 0), 3: (8, 2, 0, 0)}
    many = [member(n, "优秀", cast) for n, cast in votes.items()]
    run = outcome(
        *many, member(4, ""), member(5, "", branch="东湾村党支部"), member(6, "", township="望河乡")
    )
    lines = [column(run, "待定", name) for name in ("township", "branch", "name", "place")]
    assert [*zip(*lines, strict=True)] == [
        ("望河乡", "河西村党支部", NAMES[5], None), ("青禾镇", "东湾村党支部", NAMES[4], None), ("青禾镇", "河西村党支部", ZHAO, None),
        ("青禾镇", "河西村党支部", LI, 1), ("青禾镇", "河西村党支部", WANG, 2), ("青禾镇", "河西村党支部", ZHANG, 3),
    ]  # fmt: skip


def test_sums_by_township_and_branch_have_these_names() -> None:
    run = outcome(member(1, "优秀", (9, 1, 0, 0)), member(2), member(3, ""), probationer(4), member(5))
    assert headed(run, "分乡镇汇总表")[2:] == [
        ("reviewed", "评定对象"), ("grade0", "优秀"), ("grade1", "合格"), ("grade2", "基本合格"), ("grade3", "不合格"), ("pending", "待定"),
        ("ungraded", "不定等次"),
    ]  # fmt: skip
    sums = [column(run, "分乡镇汇总表", name) for name, _ in headed(run, "分乡镇汇总表")[2:]]
    assert sums == [[4], [1], [2], [0], [0], [1], [1]]
    counts = {name: column(run, "支部汇总", name) for name, _ in headed(run, "支部汇总")[3:]}
    assert counts == {
        "full": [4], "most": [1], "named": [1], "grade0": [1], "grade1": [2], "grade2": [0], "grade3": [0], "pending": [1], "aside": [0],
        "ungraded": [1], "made": [0], "kept": [0], "rate": ["—"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("on", "state", "left"), [(date(2025, 12, 31), "待交", 0), (date(2026, 1, 1), "逾期未交", -1)]
)
def test_a_paper_is_overdue_on_the_day_after_its_last(on: date, state: str, left: int) -> None:
    run = outcome(member(1, **WORST, decided="2025-12-01"), on=on, year=2025)
    (line,) = zip(*(column(run, "期限", name) for name in ("what", "state", "left", "responsible", "basis")), strict=True)  # fmt: skip
    rule = default().editions[-1].disposal
    assert line == (rule.paper, state, left, rule.by, rule.clause)


def test_papers_are_due_the_earliest_first() -> None:
    days = {1: "2025-12-20", 2: "2025-11-20", 3: "2025-12-05"}
    run = outcome(*(member(n, **WORST, decided=day) for n, day in days.items()))
    assert column(run, "期限", "name") == [LI, WANG, ZHANG]


def test_last_year_is_unknown_only_where_neither_the_row_nor_a_result_says_it() -> None:
    who = member(1, **WORST)
    last = [{"identity": who.identity, "grade": "合格"}]
    assert column(outcome(who), "不合格处置表", "last") == ["没有上期结果"]
    assert column(outcome(member(1, **WORST, last="合格")), "不合格处置表", "last") == ["合格"]
    assert column(outcome(who, last=last), "不合格处置表", "last") == ["合格"]
    assert column(outcome(who, last=[]), "不合格处置表", "last") == [None]
    assert column(outcome(who), "不合格处置表", "paper") == ["不合格党员处置意见"]


def test_points_have_a_page_where_anybody_has_some() -> None:
    run = outcome(member(1), member(2), points=[did(1, ZHANG, "学习", 3, 2)])
    said = [column(run, "积分", name) for name in ("name", "points", "score", "over", "short")]
    assert said == [[ZHANG], [6], [None], [None], [None]]
    assert not column(outcome(member(1)), "积分", "name")


def test_a_grade_of_another_time_has_a_column_that_is_left_out_where_nobody_has_it() -> None:
    tolerant = with_keys(grades={"names": ("优秀", "合格", "不合格"), "tolerated": ("基本合格",), "may_be_blank": ("基本合格",)})  # fmt: skip
    run = outcome(member(1, "基本合格", (0, 6, 4, 0)), by=tolerant)
    shown = {table.name: table for table in run.tables}
    empty = {
        page: [one.title for one in shown[page].columns if one.if_any] for page in ("测评汇总", "支部汇总")
    }
    assert empty == {"测评汇总": ["基本合格票"], "支部汇总": ["基本合格", "待核实"]}
    assert column(run, "支部汇总", "grade3") == [1]


def test_why_fewer_wait_in_the_branches_than_on_the_list_is_said_there() -> None:
    def notes(*people: Any) -> tuple[str, ...]:
        (table,) = (one for one in outcome(*people).tables if one.name == "支部汇总")
        return tuple(note for note in table.notes if "只数正式党员" in note)

    twice = [member(1), member(1, branch="东湾村党支部"), member(2)]
    assert notes(*twice) == ()
    more = "“待核实”一栏只数正式党员，一人几行的只数一次；待核实名单比这一栏的合计多 1 行，是别的人员和重复的行。"
    assert notes(probationer(3, "优秀"), *twice) == (more,)
