"""The cases of 发展党员 that the domain lists print, by their numbers, and under the switches of a policy."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.process.verdict import Check, StepState
from sanchuang_cli.finding import Severity
from sanchuang_cli.programmes.development.judging import Admission
from tests.programmes.candidates import (
    candidate,
    changed,
    day,
    lines,
    of_rows,
    only,
    outcome,
    told,
    whole,
)

LATER = date(2030, 1, 1)
NEXT_DAY = ("wait = { years = 1 } }", 'wait = { years = 1, month_end = "next_day" } }')
NOT_COUNTED = ('first_day = "counted"', 'first_day = "not-counted"')


def check(verdict: Admission, step: str, kind: str, after: str = "") -> Check:
    (found,) = (one for one in verdict.steps[step].checks if one.kind == kind and after in ("", one.after))
    return found


def codes(**cells: Any) -> list[str]:
    on = cells.pop("on", LATER)
    return told(outcome(candidate(**cells), on=on))


@pytest.mark.parametrize(("applied", "said"), [("2012-06-02", ["early"]), ("2012-06-03", [])])
def test_D_01_eighteen_on_the_day_of_the_application(applied: str, said: list[str]) -> None:
    assert codes(born="19940603", 申请=applied) == said


@pytest.mark.parametrize(("talk", "said"), [("2025-02-28", []), ("2025-03-01", ["late"])])
def test_D_03_a_talk_within_a_month_of_the_last_of_january(talk: str, said: list[str]) -> None:
    assert codes(申请="2025-01-31", 谈话=talk) == said


@pytest.mark.parametrize(
    ("listed", "clamped", "strict"),
    [("2025-02-27", ["early"], ["early"]), ("2025-02-28", [], ["early"]), ("2025-03-01", [], [])],
)
def test_D_05_a_year_from_the_29th_of_february_by_both_switches(
    listed: str, clamped: list[str], strict: list[str]
) -> None:
    one = candidate(积极分子="2024-02-29", 发展对象=listed)
    assert told(outcome(one, on=LATER)) == clamped
    assert told(outcome(one, on=LATER, by=changed(NEXT_DAY))) == strict


@pytest.mark.parametrize(
    ("listed", "counted", "not_counted"),
    [
        ("2026-05-22", ["early"], ["early"]),
        ("2026-05-23", ["between"], ["early"]),
        ("2026-05-25", ["between"], ["early"]),
        ("2026-05-26", [], []),
    ],
)
def test_D_07_five_working_days_by_both_switches_and_a_warning_between_them(
    listed: str, counted: list[str], not_counted: list[str]
) -> None:
    one = candidate(公示起="2026-05-18", 发展对象=listed)
    assert told(outcome(one, on=LATER)) == counted
    assert told(outcome(one, on=LATER, by=changed(NOT_COUNTED))) == not_counted
    by = {
        ends: only(one, on=LATER, by=switch).steps["公示止"].day
        for ends, switch in (("2026-05-22", None), ("2026-05-25", changed(NOT_COUNTED)))
    }
    assert by == {ends: day(ends) for ends in by}


LOCAL_2012 = (
    '{ name = "公示止", clause = "本地做法：公示", after = ["公示起"], planned = true, optional = true },',
    '{ name = "公示止", clause = "本地", after = ["公示起"], falls = [{ after = "公示起", clause = "本地", level = "local", '
    'length = { working_days = 5, first_day = "counted" }, longer = true }] },',
)


def test_D_09_the_dragon_boat_holiday_of_2012_where_a_county_counts_working_days() -> None:
    by = changed(LOCAL_2012)
    ends = check(only(candidate(公示起="2012-06-18", 公示止=None), on=LATER, by=by), "公示止", "falls")
    assert (ends.closes, ends.other) == (day("2012-06-25"), day("2012-06-26"))


@pytest.mark.parametrize(
    ("listed", "weight"), [("2014-10-20", Severity.WARNING), ("2026-10-20", Severity.ERROR)]
)
def test_D_10_listed_without_a_notice_is_a_warning_before_2026(listed: str, weight: Severity) -> None:
    found = whole(candidate(公示起=None, 积极分子="2013-09-01", 发展对象=listed), on=LATER)
    assert [(one.code, one.severity) for one in of_rows(found)] == [("development.missing", weight)]


@pytest.mark.parametrize(
    ("days", "hours", "said"),
    [(2.5, 20, ["short"]), (3, 20, []), (2.5, 24, []), (3, None, []), (None, 24, []), (None, 20, ["short-unclear"])],
)  # fmt: skip
def test_D_11_three_days_or_24_hours(days: float | None, hours: int | None, said: list[str]) -> None:
    assert codes(培训止="2024-06-01", 培训天数=days, 培训学时=hours) == said


@pytest.mark.parametrize(
    ("trained", "days", "hours", "said"),
    [("2014-05-27", 4, 39, ["short"]), ("2014-05-27", 5, 0, []), ("2014-05-27", 0, 40, []), ("2014-05-28", 3, 0, []), ("1989-01-01", 1, 1, [])],
)  # fmt: skip
def test_D_11_training_is_judged_by_the_rules_of_its_last_day(
    trained: str, days: int, hours: int, said: list[str]
) -> None:
    assert codes(born="19600101", 培训止=trained, 培训天数=days, 培训学时=hours) == said


@pytest.mark.parametrize(
    ("met", "reviewed", "weight"),
    [("2026-08-05", "2026-06-30", Severity.ERROR), ("2025-08-05", "2025-06-30", Severity.WARNING)],
)
def test_D_13_the_meeting_within_a_month_of_the_review(met: str, reviewed: str, weight: Severity) -> None:
    found = whole(candidate(预审=reviewed, 支部大会=met), on=date(2026, 9, 1))
    assert [(one.code, one.severity) for one in of_rows(found)] == [("development.late", weight)]
    late = check(found.of()[0], "支部大会", "deadline")
    assert (late.closes, late.days) == (day(f"{met[:4]}-07-30"), (6, 6))


VOTED: dict[str, Any] = {"支部大会": "2026-06-01", "应到": 25, "反对": 0, "弃权": None}


@pytest.mark.parametrize(
    ("present", "yes", "written", "said"),
    [(12, 12, None, "到会人数不足"), (13, 12, 1, ""), (13, 12, None, "未通过"), (13, 13, None, ""), (20, 12, None, "未通过")],
    ids=["D-15", "D-17", "D-17 without the opinion", "13 of 25", "N-39D"],
)  # fmt: skip
def test_D_15_D_17_N_39D_more_than_half_of_those_entitled_must_come_and_be_in_favour(
    present: int, yes: int, written: int | None, said: str
) -> None:
    found = whole(candidate(**VOTED, 实到=present, 赞成=yes, 书面赞成=written))
    assert told(found) == (["vote"] if said else [])
    assert all(said in one.message and one.severity is Severity.ERROR for one in of_rows(found))
    (verdict,) = found.of()
    assert verdict.part == "申请人", "no vote moves anybody"


def test_D_15_the_vote_on_full_membership_has_the_same_majority() -> None:
    votes = {"转正应到": 25, "转正实到": 13, "转正赞成": 12, "转正反对": 1}
    cells: dict[str, Any] = {"支部大会": "2023-05-16", "转正大会": "2024-05-16", **votes}
    assert codes(**cells) == ["vote"]
    assert codes(**cells | {"转正书面赞成": 1}) == []


@pytest.mark.parametrize(
    ("column", "met", "said"),
    [
        ("转正大会", "2024-05-15", ["early"]),
        ("转正大会", "2024-05-16", []),
        ("转正申请", "2024-05-15", ["early"]),
    ],
)
def test_D_19_probation_is_a_year_from_the_meeting(column: str, met: str, said: list[str]) -> None:
    cells: dict[str, Any] = {"支部大会": "2023-05-16", "党委审批": "2023-06-20", column: met}
    assert codes(on=date(2024, 6, 1), **cells) == said
    assert only(candidate(**cells), on=LATER).steps["预备期止"].day == day("2024-05-16")


@pytest.mark.parametrize(
    ("months", "ends", "said"),
    [(5, "2024-10-16", ["early"]), (6, "2024-11-16", []), (8, "2025-01-16", []), (12, "2025-05-16", []), (13, "2025-06-16", ["late"])],
)  # fmt: skip
def test_D_20_an_extension_of_six_to_twelve_months(months: int, ends: str, said: list[str]) -> None:
    cells: dict[str, Any] = {"支部大会": "2023-05-16", "党委审批": "2023-06-20", "延长月数": months}
    verdict = only(candidate(**cells), on=LATER)
    assert verdict.steps["预备期止"].day == day(ends)
    assert told(outcome(candidate(**cells), on=LATER)) == said


@pytest.mark.parametrize(
    ("approved", "said", "weight"),
    [
        ("2025-02-28", [], None),
        ("2025-03-10", ["stretched"], Severity.WARNING),
        ("2025-05-30", ["stretched"], Severity.WARNING),
        ("2025-05-31", ["late"], Severity.ERROR),
    ],
)
def test_D_21_D_22_approval_within_three_months_and_at_most_six(
    approved: str, said: list[str], weight: Severity | None
) -> None:
    found = whole(candidate(支部大会="2024-11-30", 党委审批=approved), on=date(2025, 6, 1))
    assert told(found) == said
    assert {one.severity for one in of_rows(found)} == ({weight} if weight else set())


def test_D_21_what_stands_next_has_the_third_month_as_its_latest_day_and_then_the_sixth() -> None:
    one = candidate(发展对象="2024-01-01", 支部大会="2024-11-30", 党委审批=None)
    for on, latest in (
        ("2025-02-28", "2025-02-28"),
        ("2025-03-01", "2025-05-30"),
        ("2025-06-01", "2025-05-30"),
    ):
        (line,) = lines(outcome(one, on=date.fromisoformat(on)), "期限")[:1]
        assert (line["事项"], line["最迟"], line["特殊情况最迟"]) == ("党委审批", latest, "2025-05-30")


@pytest.mark.parametrize(
    ("approved", "sworn", "said"),
    [
        ("2026-08-31", "2026-09-30", []),
        ("2026-08-31", "2026-10-01", ["late"]),
        ("2026-03-01", "2026-05-10", []),
    ],
)
def test_D_23_the_oath_within_a_month_is_what_is_normal_since_2026(
    approved: str, sworn: str, said: list[str]
) -> None:
    found = whole(candidate(党委审批=approved, 宣誓=sworn), on=date(2026, 10, 2))
    assert told(found) == said
    assert all(one.severity is Severity.WARNING for one in of_rows(found))


@pytest.mark.parametrize(
    ("joined", "full", "said"),
    [
        ("1971-07-01", "1971-07-01", []),
        ("1971-07-01", None, []),
        ("1969-04-01", "1969-04-01", []),
        ("1977-08-18", "1977-08-18", []),
        ("1977-08-19", "1977-08-19", ["early", "early"]),
        ("1969-03-31", "1969-04-01", ["early", "early"]),
    ],
)
def test_D_25_nobody_was_on_probation_from_1969_to_1977(
    joined: str, full: str | None, said: list[str]
) -> None:
    steps = dict.fromkeys(("转正申请", "转正大会", "转正审批"), full)
    cells: dict[str, Any] = {"支部大会": joined, "党委审批": joined, **steps, "归档": "1980-01-01"}
    found = whole(candidate(born="19400101", **cells))
    assert told(found) == said
    (verdict,) = found.of()
    assert verdict.part == "正式党员"
    if not said:
        assert verdict.full == day(joined), "membership age runs from the day of joining"


def test_D_27_N_37D_membership_runs_from_the_end_of_probation_whenever_that_was_approved() -> None:
    cells: dict[str, Any] = {
        "支部大会": "2023-05-16",
        "党委审批": "2023-06-20",
        "转正大会": "2024-05-30",
        "转正审批": "2024-06-20",
    }
    verdict = only(candidate(**cells), on=date(2026, 7, 1))
    assert (verdict.part, verdict.full, verdict.years) == ("正式党员", day("2024-05-16"), 2)
    assert verdict.steps["转正大会"].state is StepState.KEPT
    extended = only(candidate(**cells | {"延长月数": 6, "转正大会": "2024-11-30", "转正审批": "2024-12-20"}))
    assert extended.full == day("2024-11-16")


N_31D: dict[str, Any] = {
    "申请": "2026-01-31", "谈话": "2026-03-05", "积极分子": "2026-03-01", "公示起": "2027-02-22", "发展对象": "2027-02-20",
    "培训天数": 2, "培训学时": 12, "预审": "2027-03-31", "支部大会": "2027-05-02", "党委审批": "2027-11-03",
    "转正申请": "2028-04-01", "转正大会": "2028-05-03", "转正审批": "2028-08-04",
}  # fmt: skip


def test_N_31D_exactly_its_eight_dates() -> None:
    verdict = only(candidate(**N_31D), on=LATER)
    approval = check(verdict, "党委审批", "deadline")
    found = (
        check(verdict, "谈话", "deadline").closes,
        check(verdict, "发展对象", "earliest", "积极分子").opens,
        verdict.steps["公示止"].day,
        check(verdict, "支部大会", "deadline").closes,
        approval.closes,
        approval.last,
        verdict.steps["预备期止"].day,
        check(verdict, "转正审批", "deadline").closes,
    )
    assert [str(one) for one in found] == [
        *("2026-02-28", "2027-03-01", "2027-02-26", "2027-04-30"),
        *("2027-08-02", "2027-11-02", "2028-05-02", "2028-08-03"),
    ]


def test_N_31D_exactly_its_ten_findings_and_one_on_the_sheet_of_what_it_has_no_columns_for() -> None:
    found = outcome(candidate(**N_31D), on=LATER)
    table = [(line["步骤"], line["轻重"], line["差几天"]) for line in lines(found, "存在问题")]
    assert sorted(table, key=str) == sorted(
        [
            ("谈话", "错误", 5),
            ("积极分子", "错误", 4),
            ("发展对象", "错误", 9),
            ("发展对象", "错误", 7),
            ("支部大会", "错误", 2),
            ("党委审批", "错误", 1),
            ("转正申请", "错误", 31),
            ("转正审批", "错误", 1),
            ("公示止", "警告", None),
            ("集中培训", "错误", None),
        ],
        key=str,
    )
    assert len(of_rows(found)) == 10
    (absent,) = (one for one in found.findings if not one.place.row)
    assert (absent.code, absent.severity) == ("development.no-column", Severity.NOTE)
    assert found.tally.set_aside == 0 and only(candidate(**N_31D), on=LATER).part == "正式党员"


def test_N_33D_the_labour_holiday_of_2026_by_both_switches() -> None:
    """Posted on 1 May, a day off, so that both counts end on the same day; before 11 May it is a county's own rule."""
    for by in (changed(LOCAL_2012), changed(LOCAL_2012, NOT_COUNTED)):
        ends = check(only(candidate(公示起="2026-05-01"), on=LATER, by=by), "公示止", "falls")
        assert (ends.closes, ends.provisional) == (day("2026-05-11"), False)


def test_N_35D_past_the_holiday_calendar_the_end_is_provisional_and_told() -> None:
    found = outcome(candidate(公示起="2027-02-22", 发展对象=None), on=date(2027, 2, 23))
    assert told(found) == ["calendar"]
    (line,) = (one for one in lines(found, "期限") if one["事项"] == "公示止")
    assert (line["最迟"], line["备注"]) == ("2027-02-26", "2027年放假安排未公布，暂定")


def test_N_35D_days_off_that_a_policy_lists_make_it_certain() -> None:
    later = ('numbers = ["延长月数"]', 'holidays = [2027-02-24]\nnumbers = ["延长月数"]')
    verdict = only(candidate(公示起="2027-02-22"), on=LATER, by=changed(later))
    assert (verdict.steps["公示止"].day, verdict.troubles) == (day("2027-03-01"), ())
