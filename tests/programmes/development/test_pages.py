"""Pages and notices of the register of admissions: what a county is told of its branches, and what is published."""

from typing import Any

import pytest

from tests.programmes.candidates import (
    candidate,
    lines,
    outcome,
    page,
    plan,
)
from tests.programmes.development.test_rules import stages

ADMITTED: dict[str, Any] = {"支部大会": "2026-03-01", "党委审批": "2026-04-01"}


def test_the_calendar_runs_by_branch_and_from_the_earliest_day() -> None:
    people = [
        candidate(1, 支部="乙村党支部", 申请="2026-11-20", 谈话=None),
        candidate(2, 支部="甲村党支部", 申请="2026-11-21", 谈话=None),
        candidate(3, 支部="甲村党支部", 申请="2026-11-01", 谈话=None),
    ]
    days = [(line["支部"], line["最迟"]) for line in lines(outcome(*people), "期限")]
    assert days == [("乙村党支部", "2026-12-20"), ("甲村党支部", "2026-12-01"), ("甲村党支部", "2026-12-21")]


def test_plan_against_done_counts_who_was_admitted_in_the_year() -> None:
    people = [
        candidate(1, **ADMITTED),
        candidate(2, 支部大会="2026-03-01"),
        candidate(3, 支部大会="2025-12-31", 党委审批="2026-02-01"),
    ]
    found = outcome(*people, plans=[plan(1, "向阳村党支部", 3), plan(2, "东湾村党支部", 1)])
    done = [
        (line["支部"], line["年度计划"], line["已发展"], line["差额"])
        for line in lines(found, "计划完成情况")
    ]
    assert done == [("东湾村党支部", 1, 0, 1), ("向阳村党支部", 3, 1, 2)]
    assert not [table for table in outcome(*people).tables if table.name == "计划完成情况"]


@pytest.mark.parametrize(
    ("met", "listed"), [("2024-11-27", True), ("2024-11-28", False), ("2024", False), (None, True)]
)
def test_a_branch_that_admitted_nobody_for_two_years_is_listed(met: str | None, listed: bool) -> None:
    found = outcome(
        candidate(支部大会=met, 党委审批=met), plans=[plan(1, "新村党支部", 1, founded="2025-01-01")]
    )
    assert [line["支部"] for line in lines(found, "两年未发展支部")] == ["向阳村党支部"] * listed


def test_rows_that_wait_are_counted_beside_an_idle_branch() -> None:
    found = outcome(candidate(1, 申请="2020-01-02"), candidate(2, 申请="1980-01-01"))
    (line,) = lines(found, "两年未发展支部")
    assert (line["支部"], line["待核实"]) == ("向阳村党支部", 1)


def test_the_structure_of_those_admitted_by_age_sex_nation_schooling_and_work() -> None:
    people = [
        candidate(1, born="19910302", sex="女", 民族="满族", 学历="本科", 职业="农民", **ADMITTED),
        candidate(2, born="19900228", 民族="汉族", 学历="初中", 职业="教师", **ADMITTED),
        candidate(3, born="19900302", 民族="汉族", 学历="大学", 职业="牧民", **ADMITTED),
        candidate(4, 民族="汉族", 学历="大本", 职业="农民", **ADMITTED),
        candidate(5, 民族="满族", 学历="本科", 职业="农民", 申请="2026-01-02"),
    ]
    found = outcome(*people)
    (line,) = lines(found, "结构分析")
    figures = {key: line[key] for key in line if key not in ("序号", "乡镇")}
    assert figures == {
        "新发展党员": 4, "35岁及以下": 2, "女": 1, "少数民族": 1, "大专以上": 2, "农牧渔民": 3, "情况不详": 1,
    }  # fmt: skip
    (note,) = next(table for table in found.tables if table.name == "结构分析").notes
    assert "女 25.0%" in note and "农牧渔民 75.0%" in note


def test_notices_are_of_those_whom_the_register_names_and_say_nothing_of_their_numbers() -> None:
    people = [
        candidate(1, 申请="2025-01-02", 积极分子="2025-06-01", 职业="农民", 拟公示="发展对象"),
        candidate(2, 申请="2025-01-02", 积极分子="2025-06-01"),
        candidate(3, **stages("转正大会"), 拟公示="转正"),
    ]
    first, second = outcome(*people).notices()
    assert (first.name, second.name) == ("发展对象公示", "转正公示")
    shown = [column.title for column in first.table.columns if not column.private]
    assert shown == ["序号", "乡镇", "支部", "姓名", "性别", "出生年月", "职业", "申请", "积极分子"]
    assert [row[3] for row in first.table.rows] == [people[0].name]


def test_what_is_wrong_with_somebody_and_the_month_of_birth_are_never_published_but_on_a_notice() -> None:
    found = outcome(candidate(1, 申请="2025-01-02", 积极分子="2025-06-01", 拟公示="发展对象"))
    wrong = {column.name: column.private for column in page(found, "存在问题").columns}
    assert all(wrong[name] for name in ("weight", "step", "read", "limit", "days", "said", "basis", "delay"))
    assert next(column for column in page(found, "发展党员台账").columns if column.name == "born").private
    assert not next(column for column in found.notices()[0].table.columns if column.name == "born").private
