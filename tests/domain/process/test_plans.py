"""Pages that count units: how many of each did a step in the period against its plan, and which had nobody for years."""

from datetime import date
from operator import attrgetter
from typing import Any

import pytest

from sanchuang_cli.domain.process.plans import Plans, within
from sanchuang_cli.page import Page
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.development import PROGRAMME
from sanchuang_cli.table import Table
from tests.domain.process.development import vague
from tests.programmes.candidates import candidate, plan, whole

ON = date(2026, 11, 28)
PLANS = Plans(attrgetter("admitted"), lambda policy: 2, ("发展对象", "预备党员"), "register")


def admitted(number: int, day: str, branch: str, **cells: Any) -> Any:
    return candidate(number, 支部=branch, 支部大会=day, 党委审批=day, **cells)


def drawn(page: Page, *people: Any, plans: Any = ()) -> Table:
    (table,) = page.tables(whole(*people, plans=plans, on=ON), PROGRAMME.paper)
    return table


def lines(table: Table) -> list[tuple[Any, ...]]:
    return [tuple(row[1:]) for row in table.rows]


def test_a_plan_stands_against_those_who_did_it_in_the_year_and_those_on_the_way_beside_them() -> None:
    people = (
        admitted(1, "2026-01-01", "甲村党支部"),
        admitted(2, "2026-11-28", "甲村党支部"),
        admitted(3, "2025-12-31", "甲村党支部"),
        candidate(4, 支部="甲村党支部", 发展对象="2026-05-01"),
        candidate(5, 支部="丙村党支部", 发展对象="2026-05-01"),
    )
    plans = [plan(1, "甲村党支部", 3), plan(2, "乙村党支部", 1), plan(3, "甲村党支部", 1, "望河乡")]
    page = PLANS.against_plan("计划", "计划完成", "已办")
    table = drawn(page, *people, plans=plans)
    assert [(one.name, one.title, one.total) for one in table.columns] == [
        ("number", "序号", False), ("township", "乡镇", False), ("branch", "支部", False), ("planned", "年度计划", True), ("done", "已办", True),
        ("left", "差额", True), ("part0", "发展对象", True), ("part1", "预备党员", True),
    ]  # fmt: skip
    assert lines(table) == [
        ("望河乡", "甲村党支部", 1, 0, 1, 0, 0), ("青禾镇", "乙村党支部", 1, 0, 1, 0, 0), ("青禾镇", "甲村党支部", 3, 2, 1, 1, 3),
    ]  # fmt: skip
    assert (table.name, table.title, table.group) == ("计划", "2026年计划完成", "township")
    assert table.notes == ("差额是年度计划减去已办，负数是超过计划。",)
    assert not [*page.tables(whole(*people, on=ON), PROGRAMME.paper)], "nobody has a plan"


@pytest.mark.parametrize(
    ("last", "founded", "listed"),
    [
        ("2024-11-28", "", []),
        ("2024-11-27", "", ["2024-11-27"]),
        ("2024-11", "", []),
        ("2024-10", "", ["2024-10"]),
        ("", "", [None]),
        ("", "2024-11-28", [None]),
        ("", "2024-11-29", []),
        ("", "2024-11", []),
        ("2020-01-01", "2024-11-29", []),
    ],
)
def test_a_unit_is_idle_that_had_nobody_for_two_years_and_is_older_than_that(
    last: str, founded: str, listed: list[Any]
) -> None:
    people = [admitted(1, last, "甲村党支部")] if last else []
    table = drawn(
        PLANS.idle("空", "空着", "最近"), *people, plans=[plan(1, "甲村党支部", 1, founded=founded)]
    )
    assert [row[table.index("last")] for row in table.rows] == listed
    assert [(one.name, one.title) for one in table.columns][3:] == [
        ("last", "最近"), ("part0", "发展对象"), ("part1", "预备党员"), ("waiting", "待核实"),
    ]  # fmt: skip


def test_of_several_days_the_latest_counts_and_rows_set_aside_are_counted_beside() -> None:
    people = [
        admitted(1, "2020-05-01", "甲村党支部"),
        admitted(2, "2021-05", "甲村党支部"),
        admitted(3, "2019-05-01", "甲村党支部"),
    ]
    aside = (
        candidate(4, 支部="甲村党支部", 申请="1980-01-01"),
        candidate(5, 支部="乙村党支部", 申请="1980-01-01"),
    )
    table = drawn(PLANS.idle("空", "空着", "最近"), *people, *aside)
    assert lines(table) == [("青禾镇", "甲村党支部", "2021-05", 0, 3, 1)]


@pytest.mark.parametrize(
    ("day", "lies"),
    [("2026-01-01", True), ("2026-12-31", True), ("2025-12-31", False), ("2027-01-01", False), ("2026-05", True), ("2026", True), ("", False)],
)  # fmt: skip
def test_a_day_lies_in_a_period_where_all_of_its_days_do(day: str, lies: bool) -> None:
    assert within(vague(day) if day else None, Period.year(2026)) is lies
