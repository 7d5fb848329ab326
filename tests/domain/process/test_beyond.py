"""A blank step whose last day was over before another step may be done at all: forgotten in the roster, and not due."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.process.beyond import beyond
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.domain.process.verdict import StepState
from sanchuang_cli.finding import Severity
from tests.domain.process.development import (
    NATIONAL,
    TIMETABLE,
    deadline,
    earliest,
    node,
    process,
    record,
)

ON = date(2026, 11, 28)
MET = {"支部大会": "2022-09-01", "宣誓": "", "组织部备案": ""}


@pytest.mark.parametrize(
    ("meeting", "transfer"), [("1970-05-01", "1971-05-01"), ("2022-09-01", "2024-01-05")]
)
@pytest.mark.parametrize("step", ["转正申请", "转正大会", "转正审批", "归档"])
def test_an_approval_before_an_admission_in_full_is_forgotten_and_not_overdue(
    meeting: str, transfer: str, step: str
) -> None:
    dates = MET | {"支部大会": meeting, "党委审批": "", step: transfer}
    found = TIMETABLE.judged(record(dates), ON)["党委审批"]
    (told,) = found.checks
    assert (found.state, told.after, told.severity) == (StepState.MISSING, step, Severity.WARNING)
    assert "党委审批" not in {due.step for due in TIMETABLE.deadlines(record(dates), ON)}


@pytest.mark.parametrize("step", ["", "转入", "预备期止"])
def test_an_approval_before_nothing_that_comes_later_by_the_rules_is_overdue(step: str) -> None:
    dates = MET | {"党委审批": ""} | ({step: "2024-01-05"} if step else {})
    assert TIMETABLE.judged(record(dates), ON)["党委审批"].state is StepState.OVERDUE


def test_an_oath_is_forgotten_before_an_admission_in_full_and_runs_before_a_registration() -> None:
    dates = MET | {"党委审批": "2022-10-01"}
    assert TIMETABLE.judged(record(dates), ON)["宣誓"].state is StepState.OVERDUE
    assert (
        TIMETABLE.judged(record(dates | {"组织部备案": "2024-01-05"}), ON)["宣誓"].state is StepState.OVERDUE
    )
    assert TIMETABLE.judged(record(dates | {"转正大会": "2024-01-05"}), ON)["宣誓"].state is StepState.MISSING


@pytest.mark.parametrize(
    ("approved", "applied", "state"),
    [
        ("", "2026-02-01", StepState.OVERDUE),
        ("", "2026-07-05", StepState.OVERDUE),
        ("", "2026-07-06", StepState.MISSING),
        ("", "2026", StepState.MISSING),
    ],
)
def test_a_step_that_was_done_too_early_shows_nothing_of_what_was_not_yet_late(
    approved: str, applied: str, state: StepState
) -> None:
    """Whoever writes a day before the rules allow it may have written it into the wrong cell."""
    dates = MET | {"支部大会": "2026-01-05", "党委审批": approved, "转正申请": applied}
    assert TIMETABLE.judged(record(dates), ON)["党委审批"].state is state
    listed = "党委审批" in {due.step for due in TIMETABLE.deadlines(record(dates), ON)}
    assert listed is (state is StepState.OVERDUE)


def test_an_oath_after_a_late_approval_still_runs() -> None:
    dates = MET | {"支部大会": "2025-09-01", "党委审批": "2026-11-10", "转正申请": "2026-09-02"}
    assert TIMETABLE.judged(record(dates), ON)["宣誓"].state is StepState.NOT_DUE


def test_an_oath_waits_for_an_approval_that_is_not_forgotten() -> None:
    dates = MET | {"支部大会": "2026-01-05", "党委审批": "", "转正申请": "2026-02-01"}
    assert TIMETABLE.judged(record(dates), ON)["宣誓"].state is StepState.WAITING
    assert (
        TIMETABLE.judged(record(dates | {"转正申请": "2027-01-05"}), date(2027, 2, 1))["宣誓"].state
        is StepState.MISSING
    )


def test_who_stands_after_whom_in_a_countys_own_document_is_held_against_nothing_more() -> None:
    assert Timetable(NATIONAL, NATIONAL).steps == TIMETABLE.steps


def late(**within: Any) -> dict[str, Any]:
    return node("乙", limits=(deadline("甲", "第一条", **within),))


@pytest.mark.parametrize(
    ("steps", "after"),
    [
        ([late(months=1), node("丙", limits=(earliest("甲", "", months=2),))], {"丙"}),
        ([late(days=28), node("丙", limits=(earliest("甲", "", months=1),))], set()),
        ([late(days=26), node("丙", limits=(earliest("甲", "", months=1),))], {"丙"}),
        ([late(days=10), node("丙", limits=(earliest("甲", "", days=11),))], set()),
        ([late(days=10), node("丙", limits=(earliest("甲", "", days=12),))], {"丙"}),
        ([late(months=1), node("丙", "甲", limits=(earliest("丁", "", months=2),)), node("丁", "甲")], {"丙"}),
        ([late(months=1), node("丁", limits=(earliest("甲", "", months=2),)), node("丙", "丁")], {"丙", "丁"}),
        ([late(months=1), node("丙", "甲")], set()),
        ([late(months=1), node("丁"), node("丙", limits=(earliest("丁", "", months=9),))], set()),
        ([late(working_days=3, first_day="counted"), node("丙", limits=(earliest("甲", "", months=9),))], set()),
        ([late(months=1, plus=["延长月数"]), node("丙", limits=(earliest("甲", "", months=9),))], set()),
        ([late(months=1, rounded="year_end"), node("丙", limits=(earliest("甲", "", months=9),))], set()),
        ([late(months=1), node("丙", limits=(earliest("甲", "", months=9, rounded="year_start"),))], set()),
        ([late(months=1), node("丙", limits=(earliest("甲", "", months=9) | {"when": "丁"},)), node("丁")], set()),
        (
            [node("乙", limits=(deadline("甲", "", months=1) | {"unless": "丁"},)), node("丁"),
             node("丙", limits=(earliest("甲", "", months=9),))],
            set(),
        ),
        (
            [node("乙", limits=(deadline("甲", "", months=1) | {"at_most": {"months": 9}},)),
             node("丙", limits=(earliest("甲", "", months=2),))],
            set(),
        ),
        (
            [node("乙", limits=({"kind": "window", "after": "甲", "clause": "", "opens": {"days": 1}, "closes": {"days": 9}},)),
             node("丙", limits=(earliest("甲", "", months=1),))],
            {"丙"},
        ),
    ],
)  # fmt: skip
def test_only_what_the_lengths_leave_no_doubt_of_comes_later(
    steps: list[dict[str, Any]], after: set[str]
) -> None:
    nodes = {one.name: one for one in process([node("甲"), *steps]).nodes}
    assert beyond(nodes)["乙"] == after
