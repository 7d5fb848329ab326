"""The worked cases about admitting a party member, each by its id."""

from datetime import date

import pytest

from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.domain.process.verdict import StepState
from sanchuang_cli.finding import Severity
from tests.domain.process.development import (
    TIMETABLE,
    earliest,
    editions,
    node,
    process,
    record,
)
from tests.domain.process.stepping import EXACT, LONG_AFTER, check, step


@pytest.mark.parametrize(
    ("applied", "state", "days"),
    [("2012-06-02", StepState.EARLY, (1, 1)), ("2012-06-03", StepState.KEPT, (0, 0))],
)
def test_D_01_eighteen_years_on_the_birthday(applied: str, state: StepState, days: tuple[int, int]) -> None:
    (one,) = step("申请", 出生="1994-06-03", 申请=applied).checks
    assert (one.state, one.days, one.opens) == (state, days, EXACT(date(2012, 6, 3)))


@pytest.mark.parametrize(("talk", "state"), [("2025-02-28", StepState.KEPT), ("2025-03-01", StepState.LATE)])
def test_D_03_a_month_from_the_last_of_january(talk: str, state: StepState) -> None:
    judged = step("谈话", 申请="2025-01-31", 谈话=talk)
    assert judged.state is state
    assert check(judged, "deadline").closes == EXACT(date(2025, 2, 28))


@pytest.mark.parametrize(
    ("month_end", "first"), [("last_day", date(2025, 2, 28)), ("next_day", date(2025, 3, 1))]
)
def test_D_05_a_year_from_the_29th_of_february(month_end: str, first: date) -> None:
    nodes = [
        node("积极分子"),
        node("发展对象", limits=(earliest("积极分子", "第十三条", years=1, month_end=month_end),)),
    ]
    table = Timetable([(date(2014, 5, 28), process(nodes))])
    assert check(
        step("发展对象", 积极分子="2024-02-29", 发展对象="2025-02-28", table=table), "earliest"
    ).opens == EXACT(first)
    early = (
        step("发展对象", 积极分子="2024-02-29", 发展对象="2025-02-28", table=table).state is StepState.EARLY
    )
    assert early == (month_end == "next_day")


@pytest.mark.parametrize(
    ("first_day", "day", "other"), [("counted", 22, 25), ("not-counted", 25, 22)], ids=["counted", "not"]
)
def test_D_07_five_working_days_both_ways(first_day: str, day: int, other: int) -> None:
    judged = step("公示止", 公示起="2026-05-18", table=Timetable(editions(first_day)))
    assert judged.derived
    assert judged.day == EXACT(date(2026, 5, day))
    assert check(judged, "falls").other == EXACT(date(2026, 5, other))


@pytest.mark.parametrize(
    ("listed", "state", "between"),
    [
        ("2026-05-22", StepState.EARLY, False),
        ("2026-05-23", StepState.KEPT, True),
        ("2026-05-26", StepState.KEPT, False),
    ],
)
def test_D_07_listed_on_the_last_day_or_between_the_two_ends(
    listed: str, state: StepState, between: bool
) -> None:
    """On the last day of the notice it is too early; after it by one count and not by the other, it is told."""
    one = check(step("发展对象", 公示起="2026-05-18", 发展对象=listed), "earliest", "公示止")
    assert (one.state, one.between) == (state, between)
    assert one.severity is (
        Severity.ERROR if state is StepState.EARLY else Severity.WARNING if between else None
    )


@pytest.mark.parametrize(("first_day", "day"), [("counted", 25), ("not-counted", 26)])
def test_D_09_the_dragon_boat_holiday_of_2012(first_day: str, day: int) -> None:
    """A local rule of that time: five working days."""
    fall = {"after": "公示起", "clause": "本地", "length": {"working_days": 5, "first_day": first_day}}
    table = Timetable([(date(1990, 8, 1), process([node("公示起"), node("公示止", falls=[fall])]))])
    assert step("公示止", 公示起="2012-06-18", table=table).day == EXACT(date(2012, 6, day))


@pytest.mark.parametrize(
    ("listed", "severity"), [("2014-10-20", Severity.WARNING), ("2026-10-20", Severity.ERROR)]
)
def test_D_10_listed_without_a_notice_weighs_by_the_rules_of_that_day(
    listed: str, severity: Severity
) -> None:
    judged = step("公示起", 积极分子="2013-09-01", 公示起="", 发展对象=listed)
    assert judged.state is StepState.MISSING
    assert judged.checks[0].severity is severity


def test_D_13_the_branch_meeting_within_a_month_of_the_review() -> None:
    judged = step("支部大会", 预审="2026-06-30", 支部大会="2026-08-05")
    one = check(judged, "deadline")
    assert (one.state, one.closes, one.days) == (StepState.LATE, EXACT(date(2026, 7, 30)), (6, 6))
    assert one.severity is Severity.ERROR
    before = check(step("支部大会", 预审="2025-06-30", 支部大会="2025-08-05"), "deadline")
    assert (before.state, before.severity) == (StepState.LATE, Severity.WARNING)


@pytest.mark.parametrize(("met", "state"), [("2024-05-15", StepState.EARLY), ("2024-05-16", StepState.KEPT)])
def test_D_19_probation_runs_from_the_branch_meeting(met: str, state: StepState) -> None:
    dates = {"支部大会": "2023-05-16", "党委审批": "2023-06-20", "转正大会": met}
    assert step("预备期止", dates).day == EXACT(date(2024, 5, 16))
    assert check(step("转正大会", dates), "earliest").state is state


@pytest.mark.parametrize(
    ("months", "state", "ends"),
    [
        (5, StepState.EARLY, date(2024, 10, 16)),
        (6, StepState.KEPT, date(2024, 11, 16)),
        (8, StepState.KEPT, date(2025, 1, 16)),
        (12, StepState.KEPT, date(2025, 5, 16)),
        (13, StepState.LATE, date(2025, 6, 16)),
    ],
)
def test_D_20_an_extension_of_half_a_year_to_a_year(months: int, state: StepState, ends: date) -> None:
    judged = step("预备期止", 支部大会="2023-05-16", 延长月数=f"{months}月")
    window = check(judged, "window")
    assert judged.day == EXACT(ends)
    assert (window.opens, window.closes) == (EXACT(date(2024, 11, 16)), EXACT(date(2025, 5, 16)))
    assert judged.state is window.state is state


APPROVAL = {"支部大会": "2024-11-30", "党委审批": ""}


def test_D_21_approval_within_three_months_at_most_six_with_the_clamp() -> None:
    one = check(step("党委审批", APPROVAL, date(2025, 2, 28)), "deadline")
    assert (one.state, one.closes, one.last) == (
        StepState.NOT_DUE,
        EXACT(date(2025, 2, 28)),
        EXACT(date(2025, 5, 30)),
    )


@pytest.mark.parametrize(
    ("approved", "state", "days", "severity"),
    [
        ("2025-02-28", StepState.KEPT, (0, 0), None),
        ("2025-03-10", StepState.STRETCHED, (10, 10), Severity.WARNING),
        ("2025-05-30", StepState.STRETCHED, (91, 91), Severity.WARNING),
        ("2025-05-31", StepState.LATE, (1, 1), Severity.ERROR),
    ],
)
def test_D_22_late_within_six_months_is_a_warning(
    approved: str, state: StepState, days: tuple[int, int], severity: Severity | None
) -> None:
    one = check(step("党委审批", APPROVAL | {"党委审批": approved}), "deadline")
    assert (one.state, one.days, one.severity) == (state, days, severity)


def test_D_23_the_oath_within_a_month_with_the_clamp_is_what_is_normal() -> None:
    one = check(step("宣誓", 党委审批="2026-08-31", 宣誓="2026-10-01"), "deadline")
    assert (one.closes, one.state, one.severity) == (
        EXACT(date(2026, 9, 30)),
        StepState.LATE,
        Severity.WARNING,
    )
    assert step("宣誓", 党委审批="2026-03-31", 宣誓="2026-05-10").state is StepState.KEPT


@pytest.mark.parametrize(
    ("joined", "full", "state"),
    [
        ("1971-07-01", "1971-07-01", StepState.KEPT),
        ("1977-08-18", "1977-10-01", StepState.KEPT),
        ("1977-08-19", "1977-10-01", StepState.EARLY),
        ("1969-03-31", "1969-04-01", StepState.EARLY),
    ],
)
def test_D_25_nobody_was_on_probation_from_1969_to_1977(joined: str, full: str, state: StepState) -> None:
    judged = TIMETABLE.judged(record(支部大会=joined, 转正大会=full, 归档="1980-01-01"), LONG_AFTER)
    assert judged["转正大会"].state is state
    assert judged["预备期止"].day == (None if state is StepState.KEPT else judged["预备期止"].day)


def test_D_25_the_transfer_may_be_blank_for_those() -> None:
    judged = TIMETABLE.judged(record(支部大会="1971-07-01", 转正大会="", 归档="1980-01-01"), LONG_AFTER)
    assert judged["转正大会"].state is StepState.UNBOUND


def test_D_27_N_37D_full_member_from_the_end_of_probation_whenever_that_was_approved() -> None:
    """Party age runs from that day too, so two years on 2026-07-01; when, is all that this package tells."""
    dates = {"支部大会": "2023-05-16", "转正大会": "2024-05-30", "转正审批": "2024-06-20"}
    judged = TIMETABLE.judged(record(dates), LONG_AFTER)
    assert judged["预备期止"].day == EXACT(date(2024, 5, 16))
    assert {judged[name].state for name in dates} == {StepState.KEPT}


N_31D = {
    "申请": "2026-01-31",
    "谈话": "2026-03-05",
    "积极分子": "2026-03-01",
    "公示起": "2027-02-22",
    "发展对象": "2027-02-20",
    "预审": "2027-03-31",
    "支部大会": "2027-05-02",
    "党委审批": "2027-11-03",
    "转正申请": "2028-04-01",
    "转正大会": "2028-05-03",
    "转正审批": "2028-08-04",
}


def test_N_31D_the_eight_dates() -> None:
    judged = TIMETABLE.judged(record(N_31D), LONG_AFTER)
    approval = check(judged["党委审批"], "deadline")
    found = (
        check(judged["谈话"], "deadline").closes,
        check(judged["发展对象"], "earliest", "积极分子").opens,
        judged["公示止"].day,
        check(judged["支部大会"], "deadline").closes,
        approval.closes,
        approval.last,
        judged["预备期止"].day,
        check(judged["转正审批"], "deadline").closes,
    )
    assert [str(day) for day in found] == [
        *("2026-02-28", "2027-03-01", "2027-02-26", "2027-04-30"),
        *("2027-08-02", "2027-11-02", "2028-05-02", "2028-08-03"),
    ]


def test_N_31D_what_is_wrong_with_it_and_nothing_else() -> None:
    """Eight findings of ten: that its training was too short is no date, and that the calendar of 2027 is missing
    stands on two checks here, one of them of the eight."""
    judged = TIMETABLE.judged(record(N_31D), LONG_AFTER)
    found = [
        (name, one.kind, one.after, one.state, one.days[0])
        for name, step in judged.items()
        for one in step.checks
        if one.severity
    ]
    assert sorted(found) == sorted(
        [
            ("谈话", "deadline", "申请", StepState.LATE, 5),
            ("积极分子", "order", "谈话", StepState.ORDER, 4),
            ("发展对象", "earliest", "积极分子", StepState.EARLY, 9),
            ("发展对象", "earliest", "公示止", StepState.EARLY, 7),
            ("支部大会", "deadline", "预审", StepState.LATE, 2),
            ("党委审批", "deadline", "支部大会", StepState.LATE, 1),
            ("转正申请", "earliest", "预备期止", StepState.EARLY, 31),
            ("转正审批", "deadline", "转正大会", StepState.LATE, 1),
        ]
    )
    provisional = {name for name, step in judged.items() if step.provisional}
    assert provisional == {"公示止", "发展对象"}
    assert check(judged["公示止"], "falls").guessed == (2027,)


@pytest.mark.parametrize("first_day", ["counted", "not-counted"])
def test_N_33D_the_labour_holiday_of_2026_by_both_counts(first_day: str) -> None:
    """Posted on 1 May, a day off: so both counts end on the same day. Before 11 May, so a local rule."""
    fall = {"after": "公示起", "clause": "本地", "length": {"working_days": 5, "first_day": first_day}}
    table = Timetable([(date(2014, 5, 28), process([node("公示起"), node("公示止", falls=[fall])]))])
    judged = step("公示止", 公示起="2026-05-01", table=table)
    assert judged.day == check(judged, "falls").other == EXACT(date(2026, 5, 11))
    assert not judged.provisional


def test_N_35D_beyond_the_holiday_calendar_the_end_is_provisional() -> None:
    judged = step("公示止", 公示起="2027-02-22")
    assert judged.day == EXACT(date(2027, 2, 26))
    assert judged.provisional
    assert "2027年放假安排未公布，暂定" in str(check(judged, "falls"))


def test_N_35D_a_policy_that_lists_the_days_off_makes_it_certain() -> None:
    nodes = [
        node("公示起"),
        node(
            "公示止",
            falls=[
                {
                    "after": "公示起",
                    "clause": "第十三条",
                    "length": {"working_days": 5, "first_day": "counted"},
                }
            ],
        ),
    ]
    table = Timetable([(date(2026, 5, 11), process(nodes, holidays=[date(2027, 2, 24)]))])
    judged = step("公示止", 公示起="2027-02-22", table=table)
    assert judged.day == EXACT(date(2027, 3, 1))
    assert not judged.provisional
