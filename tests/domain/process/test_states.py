"""What may come of a step: each state, and why nobody can tell; and what falls due."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.domain.process.verdict import StepState, Why
from sanchuang_cli.finding import Severity
from tests.domain.process.development import (
    TIMETABLE,
    deadline,
    earliest,
    node,
    process,
    record,
)
from tests.domain.process.stepping import ON, judged, only


@pytest.mark.parametrize(
    ("on", "state", "days"),
    [
        (date(2026, 2, 28), StepState.NOT_DUE, (0, 0)),
        (date(2026, 3, 1), StepState.OVERDUE, (1, 1)),
        (date(2026, 3, 31), StepState.OVERDUE, (31, 31)),
    ],
)
def test_what_is_not_done_is_overdue_from_the_day_after_the_last(
    on: date, state: StepState, days: tuple[int, int]
) -> None:
    one = judged("谈话", on, 申请="2026-01-31", 谈话="")
    assert (one.state, one.checks[0].days, one.done) == (state, days, False)


@pytest.mark.parametrize(
    ("on", "state", "due"),
    [
        (date(2025, 2, 28), StepState.NOT_DUE, "2025-02-28"),
        (date(2025, 3, 1), StepState.STRETCHED, "2025-05-30"),
        (date(2025, 5, 30), StepState.STRETCHED, "2025-05-30"),
        (date(2025, 5, 31), StepState.OVERDUE, "2025-05-30"),
    ],
)
def test_when_the_normal_time_has_passed_the_last_day_allowed_is_the_next_deadline(
    on: date, state: StepState, due: str
) -> None:
    items = TIMETABLE.deadlines(record(支部大会="2024-11-30", 党委审批=""), on)
    (approval,) = (one for one in items if one.step == "党委审批")
    assert (approval.state, str(approval.day), str(approval.last)) == (state, due, "2025-05-30")


def test_what_may_not_be_done_yet_and_what_may_be_done_at_any_time() -> None:
    assert judged("发展对象", 积极分子="2026-01-31", 发展对象="").state is StepState.TOO_SOON
    assert judged("发展对象", date(2027, 1, 31), 积极分子="2026-01-31", 发展对象="").state is StepState.OPEN
    assert judged("积极分子", 谈话="2026-02-01", 积极分子="").state is StepState.OPEN


def test_what_waits_for_a_step_that_is_not_done() -> None:
    assert judged("积极分子", 申请="2026-05-20", 谈话="", 积极分子="").state is StepState.WAITING
    assert judged("发展对象", 积极分子="", 发展对象="").state is StepState.WAITING


def test_a_blank_before_a_step_that_is_done_is_missing_and_never_due() -> None:
    one = judged("谈话", 申请="2025-01-31", 谈话="", 积极分子="2025-06-01")
    assert (one.state, one.checks[0].severity) == (StepState.MISSING, Severity.WARNING)
    items = TIMETABLE.deadlines(record(申请="2025-01-31", 谈话="", 积极分子="2025-06-01"), ON)
    assert "谈话" not in {item.step for item in items}


def test_what_was_not_asked_for_in_its_time_is_not_missing() -> None:
    without: dict[str, Any] = {"公示起": "", "积极分子": "1975-01-01", "发展对象": "1976-02-01"}
    assert judged("公示起", **without).state is StepState.UNBOUND
    assert judged("公示起", **without | {"发展对象": "1991-02-01"}).state is StepState.MISSING
    table = Timetable(
        [(date(1990, 8, 1), process([node("甲"), node("丙", "甲")])), (date(2026, 5, 11), process([node("甲"), node("乙", "甲"), node("丙", "乙")]))]
    )  # fmt: skip
    found = table.judged(record(甲="2000-01-01", 乙="", 丙="2001-01-01"), ON)
    assert found["乙"].state is StepState.UNBOUND


def test_a_roster_without_the_column_is_told_of_no_step() -> None:
    one = judged("谈话", 申请="2026-01-31", 积极分子="2026-05-01")
    assert (one.state, one.checks, one.why) == (StepState.NOT_KEPT, (), Why.NOT_KEPT)
    assert only(judged("支部大会", 支部大会="2026-06-01", 申请="2026-06-02"), "order").after == "申请"


def test_the_conclusion_of_a_person_is_inferred_from_nothing() -> None:
    """What was done after it says that its day is missing, and no more."""
    assert judged("政审", 发展对象="2026-05-20", 政审="").state is StepState.BY_HAND
    later = judged("政审", 发展对象="2025-05-20", 政审="", 预审="2025-08-01", 支部大会="2025-08-20")
    assert (later.state, later.day, later.done) == (StepState.MISSING, None, False)
    assert judged("政审", 发展对象="", 政审="").state is StepState.WAITING
    assert judged("支部大会", 预审="2026-05-20", 支部大会="").state is StepState.NOT_DUE


def test_a_base_that_is_exempt_on_some_of_its_days_is_clear_only_where_the_limit_is_kept_on_the_others() -> (
    None
):
    """Admitted in August 1977: before the 19th nobody was on probation."""
    limit = earliest("甲", "第一条", years=1) | {
        "exempt": [{"first": date(1969, 4, 1), "last": date(1977, 8, 18)}]
    }
    table = Timetable([(date(1921, 7, 1), process([node("甲"), node("乙", limits=(limit,))]))])
    states = [
        table.judged(record(甲="1977-08", 乙=day), ON)["乙"].checks[0].state
        for day in ("1978-08-31", "1978-08-30", "1977-09-01")
    ]
    assert states == [StepState.KEPT, StepState.UNCLEAR, StepState.UNCLEAR]
    assert table.judged(record(甲="1977-07", 乙="1977-07"), ON)["乙"].state is StepState.KEPT


def test_two_steps_on_one_day_are_in_order() -> None:
    assert judged("积极分子", 谈话="2026-03-10", 积极分子="2026-03-10").checks == ()


def test_a_conclusion_that_is_overdue_is_told_and_not_made() -> None:
    one = judged("支部大会", 预审="2026-03-31", 支部大会="")
    assert (one.state, one.checks[0].days) == (StepState.OVERDUE, (33, 33))


@pytest.mark.parametrize(
    ("applied", "talk", "state"),
    [
        ("2025-01", "2025-02-01", StepState.KEPT),
        ("2025-01-31", "2025-02", StepState.KEPT),
        ("2025-01", "2025-02", StepState.UNCLEAR),
        ("2025-01", "2025-02-28", StepState.UNCLEAR),
        ("2025-01", "2025-03-01", StepState.LATE),
        ("2025", "2025-12-31", StepState.UNCLEAR),
        ("2025", "2026-01-31", StepState.UNCLEAR),
        ("2025", "2026-02-01", StepState.LATE),
        ("2024", "2025", StepState.UNCLEAR),
        ("2023", "2025", StepState.LATE),
    ],
)
def test_a_vague_date_is_judged_where_every_day_of_it_says_the_same(
    applied: str, talk: str, state: StepState
) -> None:
    one = only(judged("谈话", 申请=applied, 谈话=talk), "deadline")
    assert one.state is state
    assert (one.why is Why.VAGUE) == (state is StepState.UNCLEAR)


def test_how_late_a_vague_deed_is_at_least_and_at_most() -> None:
    one = only(judged("谈话", 申请="2025-01", 谈话="2025-04"), "deadline")
    assert (one.state, one.days) == (StepState.LATE, (32, 88))
    assert "超期 32 至 88 天" in str(one)


def test_a_month_that_runs_is_vague_only_up_to_the_day_of_judgement() -> None:
    assert judged("谈话", 申请="2026-05-03", 谈话="2026-06").state is StepState.KEPT
    assert judged("谈话", date(2026, 6, 30), 申请="2026-05-03", 谈话="2026-06").state is StepState.UNCLEAR


def test_a_deed_after_the_day_of_judgement_and_a_cell_that_cannot_be_read_tell_nothing() -> None:
    ahead = judged("谈话", 申请="2026-05-20", 谈话="2026-06-03")
    assert (ahead.state, ahead.why, ahead.day) == (StepState.UNCLEAR, Why.AHEAD, None)
    unread = judged("谈话", 申请="2026-05-20", 谈话="?")
    assert (unread.state, unread.why) == (StepState.UNCLEAR, Why.UNREAD)
    base = only(judged("谈话", 申请="?", 谈话="2026-05-20"), "deadline")
    assert (base.state, base.why, base.severity) == (StepState.UNCLEAR, Why.UNREAD, Severity.WARNING)


def test_without_the_day_it_runs_from_a_limit_tells_nothing_and_the_gap_is_told_once() -> None:
    found = TIMETABLE.judged(record(申请="", 谈话="2026-05-20"), ON)
    assert found["申请"].state is StepState.MISSING
    assert [one.severity for one in found["谈话"].checks] == [None]
    assert found["谈话"].state is StepState.UNCLEAR


def test_a_day_that_was_worked_out_must_be_the_one_that_is_stated() -> None:
    right = judged("预备期止", 支部大会="2025-03-01", 预备期止="2026-03-01")
    wrong = judged("预备期止", 支部大会="2025-03-01", 党委审批="2025-04-01", 预备期止="2026-04-01")
    assert (right.state, right.done) == (StepState.KEPT, True)
    assert (wrong.state, only(wrong, "falls").days) == (StepState.LATE, (31, 31))


def test_a_posting_may_be_longer_and_not_shorter() -> None:
    assert judged("公示止", 公示起="2026-05-18", 公示止="2026-05-29").state is StepState.KEPT
    short = judged("公示止", 公示起="2026-05-18", 公示止="2026-05-20")
    assert (short.state, only(short, "falls").days) == (StepState.EARLY, (2, 2))
    listed = judged("发展对象", 公示起="2026-05-18", 公示止="2026-05-29", 发展对象="2026-05-29")
    assert listed.state is StepState.EARLY


def test_each_step_is_judged_by_the_rules_of_its_own_day() -> None:
    """Under the rules of 1990 nothing limited the talk; those of 2014 are in force from 28 May."""
    assert judged("谈话", 申请="2014-01-01", 谈话="2014-05-27").state is StepState.KEPT
    assert judged("谈话", 申请="2014-01-01", 谈话="2014-05-28").state is StepState.LATE
    assert judged("谈话", 申请="2014-01-01", 谈话="2014-05").state is StepState.UNCLEAR
    assert judged("谈话", 申请="2014-05-01", 谈话="2014-05").state is StepState.KEPT
    assert judged("申请", 出生="1900-01-01", 申请="1920-01-01").state is StepState.UNBOUND


def test_the_first_day_of_the_first_edition_is_under_it_and_the_eve_is_not() -> None:
    limit = deadline("甲", "第一条", days=1)
    table = Timetable([(date(2014, 5, 28), process([node("甲"), node("乙", limits=(limit,))]))])
    states = [
        table.judged(record(甲="2014-05-01", 乙=day), ON)["乙"].state
        for day in ("2014-05-27", "2014-05-28", "2014-05", "2014-06")
    ]
    assert states == [StepState.UNBOUND, StepState.LATE, StepState.UNCLEAR, StepState.LATE]
    partly = table.judged(record(甲="2014-05"), ON)["甲"]
    assert partly.state is StepState.KEPT
