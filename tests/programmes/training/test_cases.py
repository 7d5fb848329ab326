"""Cases of 教育培训 that the domain list prints, by their numbers, and the rules of hours one by one."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.training import PROGRAMME
from tests.programmes.trainees import (
    Sheet,
    asked,
    column,
    default,
    hours,
    lines,
    name,
    outcome,
    pack,
    register,
    told,
    trainee,
    with_keys,
)

LEADER: dict[str, Any] = {"kind": "机关", "role": "领导"}


def two_thousand_twelve(**who: Any) -> Any:
    """14 hours of a villager, 22 of somebody in an agency, 40 of a leader."""
    village = Sheet().add(1, "天", "2012-03-01").add(1, "半天", "2012-03-02").add(2, "小时", "2012-03-03")
    agency = Sheet("机关").add(2, "天", "2012-04-09", 2, end="2012-04-10").add(6, "学时", "2012-05-02", 2)
    leader = Sheet("党校").add(5, "天", "2012-06-04", 3, end="2012-06-08", method="集中培训")
    people = trainee(1), trainee(2, kind="机关"), trainee(3, **LEADER)
    return outcome(*people, sheets=[village, agency, leader], year=2012)


def test_h03_2012_by_class() -> None:
    run = two_thousand_twelve()
    assert register(run, "total") == [14, 22, 40]
    assert register(run, "required") == [16, 24, 40]
    assert register(run, "part") == ["未达标", "未达标", "达标"]


def test_the_printed_example_of_the_defaults_says_that_one_day_is_enough() -> None:
    run = two_thousand_twelve()
    assert column(run, "未达标名单", "lacking") == [2, 2]
    assert column(run, "未达标名单", "need0") == [1, 1]


def test_h05_two_days_three_half_days_and_five_hours() -> None:
    sheet = Sheet().days(2, 1, "天", 1).days(3, 1, "半天", 2).days(5, 1, "小时", 3)
    assert hours(sheet) == 33


@pytest.mark.parametrize(("tests", "total", "part"), [(8, 49, "未达标"), (10, 50, "达标")])
def test_n71h_long_middle_and_short_courses_and_tests(tests: int, total: int, part: str) -> None:
    sheet = Sheet().days(20, 1, "门", 1, method="长课").days(30, 1, "门", 2, method="中课")
    sheet.days(40, 1, "门", 4, method="短课").days(tests, 1, "门", 6, method="测试")
    run = outcome(trainee(), sheets=[sheet], by=pack("online-courses"))
    assert (register(run, "total"), register(run, "part")) == ([total], [part])


def test_n71h_all_on_one_day_is_as_much_where_no_day_has_a_limit() -> None:
    sheet = Sheet().add(20, "门", "2026-12-31", method="长课").add(30, "门", "2026-12-31", method="中课")
    sheet.add(40, "门", "2026-12-31", method="短课").add(10, "门", "2026-12-31", method="测试")
    assert hours(sheet, by=pack("online-courses")) == 50


def test_n73h_sixty_of_fifty_six_and_four_go_on_to_next_year() -> None:
    sheet = Sheet().add(6, "天", "2026-03-02", end="2026-03-07", method="集中培训")
    sheet.days(8, 1, "次", 5, method="中心组学习")
    run = outcome(trainee(), sheets=[sheet], by=pack("party-school-days"), last=[])
    assert [register(run, name) for name in ("total", "part", "over")] == [[60], ["达标"], [4]]
    assert column(run, "期限", "what") == ["结转学时到期"]
    assert column(run, "期限", "note") == ["4 学时（选修），过期不再计"]
    next_year = outcome(trainee(), sheets=[Sheet()], year=2027, by=pack("party-school-days"), last=lines(run))
    assert [register(next_year, name) for name in ("carried", "total", "over")] == [[4], [4], [0]]


@pytest.mark.parametrize(
    ("who", "required"),
    [
        ({"kind": "村社区"}, {2012: 16, 2015: None, 2019: 32, 2026: 32}),
        ({"kind": "学校"}, {2012: 16, 2013: 16, 2014: None, 2018: None}),
        ({"kind": "机关"}, {2009: 24, 2012: 24, 2026: 32}),
        (LEADER, {2012: 40, 2016: None, 2026: 32}),
        ({"kind": "村社区", "role": "领导"}, {2012: 40}),
        ({"kind": "两新", "role": "书记"}, {2012: 24, 2026: 56}),
        ({"kind": "两新"}, {2012: None, 2026: 32}),
        ({"kind": "两新", "role": "委员"}, {2012: None, 2026: 56}),
        ({"kind": "村社区", "role": "书记"}, {2012: 16, 2026: 56}),
    ],
    ids=["village", "school", "agency", "leader", "village leader", "secretary of a company", "company", "its committee", "village secretary"],
)  # fmt: skip
def test_the_standard_by_year_and_class(who: dict[str, Any], required: dict[int, int | None]) -> None:
    for year, asked_for in required.items():
        run = outcome(trainee(**who), sheets=[Sheet()], year=year)
        assert register(run, "required") == [asked_for], year
        assert register(run, "part") == ["不考核" if asked_for is None else "未达标"], year


def test_before_2009_there_is_no_document() -> None:
    with pytest.raises(UserError):
        outcome(trainee(), sheets=[Sheet()], year=2008)


@pytest.mark.parametrize("period", ["2026Q2", "2026-04"])
def test_hours_are_asked_for_whole_years(period: str) -> None:
    rosters, _ = asked(trainee(), sheets=[Sheet()])
    with pytest.raises(UserError, match="--period 2026"):
        PROGRAMME.run(rosters, default(), Occasion(Period.parse(period), date(2026, 6, 30)))


@pytest.mark.parametrize(
    ("amount", "unit", "method", "counted"),
    [
        (1, "天", "自学", 8),
        ("0.5", "天", "自学", 4),
        (1, "半天", "自学", 4),
        (3, "小时", "自学", 3),
        (3, "学时", "远程", 3),
        (14, "分钟", "远程", 0),
        (15, "分钟", "远程", Fraction(1, 4)),
        (59, "分钟", "远程", Fraction(3, 4)),
        (60, "分钟", "远程", 1),
        (1, "门", "长课", 1),
        (1, "门", "中课", Fraction(1, 2)),
        (1, "门", "短课", Fraction(1, 4)),
        (1, "门", "测试", Fraction(1, 2)),
    ],
)
def test_one_unit_in_hours(amount: Any, unit: str, method: str, counted: Any) -> None:
    assert hours(Sheet().add(amount, unit, "2026-03-02", method=method)) == counted


def test_minutes_are_floored_row_by_row() -> None:
    assert hours(Sheet().days(4, 14, "分钟")) == 0
    assert hours(Sheet().add(56, "分钟", "2026-01-01")) == Fraction(3, 4)


@pytest.mark.parametrize(("at_most", "total"), [(None, 12), (8, 8), (12, 12), (0, 0)])
def test_a_cap_on_one_method(at_most: int | None, total: int) -> None:
    methods = [
        {**each.model_dump(), "at_most": at_most if each.name == "自学" else None}
        for each in default().editions[-1].methods
    ]
    sheet = Sheet().days(3, 4, "小时", method="自学")
    assert hours(sheet, by=with_keys(methods=methods)) == total


def test_eight_hours_of_a_day_count_over_all_sheets_and_the_method_that_stands_last_is_cut() -> None:
    school = Sheet("党校").add(1, "半天", "2026-03-02", method="集中培训")
    town = Sheet("乡镇").add(6, "小时", "2026-03-02", method="自学")
    run = outcome(trainee(), sheets=[town, school])
    assert (register(run, "hours0"), register(run, "hours3"), register(run, "total")) == ([4], [4], [8])
    assert told(run) == ["over-day"]
    assert "10 学时，按 8 学时计" in run.findings[0].message
    assert hours(Sheet().add(1, "半天", "2026-03-02").add(1, "半天", "2026-03-02")) == 8


def test_a_day_of_another_document_has_another_limit() -> None:
    table = default().editions[-1].hours.model_dump()
    sheet = Sheet().add(10, "小时", "2026-03-02")
    assert hours(sheet, by=with_keys(hours=table | {"day_at_most": None})) == 10
    assert hours(sheet, by=with_keys(hours=table | {"day_at_most": 6})) == 6


def test_a_course_over_new_year_is_split_by_equal_shares_of_days() -> None:
    sheet = Sheet().add(5, "天", "2025-12-30", end="2026-01-03", method="集中培训")
    assert hours(sheet, year=2025) == 16
    assert hours(sheet, year=2026) == 24
    uneven = Sheet().add(10, "小时", "2025-12-31", end="2026-01-06")
    assert hours(uneven, year=2025) == Fraction(10, 7)
    assert hours(uneven, year=2026) == Fraction(60, 7)


def test_a_course_over_new_year_without_an_end_is_told_and_counts_in_neither_year() -> None:
    sheet = Sheet().add(3, "天", "2025-12-30").add(2, "天", "2025-12-30", 2)
    for year, codes in (
        (2025, ["over-day", "end-missing", "rows-wait"]),
        (2026, ["over-day", "end-missing", "rows-wait"]),
    ):
        run = outcome(trainee(1), trainee(2), sheets=[sheet], year=year)
        assert sorted(told(run)) == sorted(codes)
        assert register(run, "total") == ([0, 8] if year == 2025 else [0, 0])
    (missing,) = [finding for finding in run.findings if finding.code == "training.end-missing"]
    assert "请填“止”" in missing.mend and missing.place.heading == "日期"
    assert hours(Sheet().add(1, "天", "2025-12-31"), year=2025) == 8


def test_days_that_have_not_come_do_not_count_yet() -> None:
    sheet = Sheet().add(4, "天", "2026-06-29", end="2026-07-02", method="集中培训")
    assert hours(sheet, on=date(2026, 6, 30)) == 16
    assert hours(sheet, on=date(2026, 7, 2)) == 32


def test_the_same_hour_on_two_sheets_counts_once_and_only_the_second_row_is_told() -> None:
    town = Sheet("乡镇").add(1, "天", "2026-03-02", course="书记班")
    school = Sheet("党校").add(8, "学时", "2026-03-02", course="书记 班")
    run = outcome(trainee(), sheets=[town, school])
    assert (register(run, "total"), told(run)) == ([8], ["twice"])
    assert "只计一次" in run.findings[0].message


def test_a_day_of_a_longer_course_on_another_sheet_counts_once() -> None:
    school = Sheet("党校").add(3, "天", "2026-03-02", end="2026-03-04", course="书记班")
    town = (
        Sheet("乡镇").add(1, "天", "2026-03-03", course="书记班").add(1, "天", "2026-03-05", course="书记班")
    )
    run = outcome(trainee(), sheets=[town, school])
    assert (register(run, "total"), told(run)) == ([32], ["twice"])


@pytest.mark.parametrize(
    "other",
    [{"amount": 4, "unit": "小时"}, {"amount": 1, "unit": "天", "method": "自学"}, {"amount": 1, "unit": "天", "score": 70}],
    ids=["amount", "method", "score"],
)  # fmt: skip
def test_two_rows_that_differ_about_one_course_and_day_both_wait(other: dict[str, Any]) -> None:
    town = Sheet("乡镇").add(1, "天", "2026-03-02", course="书记班", score=80).add(2, "小时", "2026-03-09")
    school = Sheet("党校").add(other.pop("amount"), other.pop("unit"), "2026-03-02", course="书记班", **other)
    run = outcome(trainee(), sheets=[town, school])
    assert (register(run, "total"), register(run, "waiting")) == ([2], [2])
    assert sorted(told(run)) == ["rows-wait", "twice-differs", "twice-differs"]


def test_a_blank_score_agrees_with_a_written_one() -> None:
    town = Sheet("乡镇").add(1, "门", "2026-03-02", course="党章", method="测试")
    school = Sheet("党校").add(1, "门", "2026-03-02", course="党章", method="测试", score=88)
    run = outcome(trainee(), sheets=[town, school])
    assert (register(run, "total"), column(run, "考试成绩", "score")) == ([Fraction(1, 2)], [88])


def test_attendance_of_somebody_not_on_the_list_is_kept_apart_and_told_once() -> None:
    sheet = Sheet().days(2, 1, "天", who=7).add(1, "天", "2026-05-05")
    run = outcome(trainee(), sheets=[sheet])
    assert (register(run, "total"), told(run)) == ([8], ["person-unknown"])
    assert column(run, "名册外学时", "name") == [name(7)] * 2
    assert column(run, "名册外学时", "hours") == [8, 8]
    assert "等 2 行" in run.findings[0].message


def test_branch_and_name_say_who_it_is_where_only_one_person_has_them() -> None:
    sheet = Sheet().add(1, "天", "2026-05-05", identity="")
    assert hours(sheet) == 8
    two = outcome(trainee(1), trainee(2, name=name(1)), sheets=[sheet])
    assert (register(two, "total"), told(two)) == ([0, 0], ["person-unknown"])
    apart = outcome(trainee(1), trainee(2, name=name(1), branch="东湾村党支部"), sheets=[sheet])
    assert sorted(register(apart, "total")) == [0, 8]


def test_a_township_on_the_sheet_tells_namesakes_of_two_townships_apart() -> None:
    people = trainee(1), trainee(2, name=name(1), township="望河乡")
    unsaid = Sheet().add(1, "天", "2026-05-05", identity="")
    assert told(outcome(*people, sheets=[unsaid])) == ["person-unknown"]
    said = Sheet().add(1, "天", "2026-05-05", identity="", township="望河乡")
    assert register(outcome(*people, sheets=[said]), "total") == [0, 8]


def test_a_number_with_another_name_is_nobodys_hours() -> None:
    run = outcome(trainee(1), sheets=[Sheet().add(1, "天", "2026-05-05", name=name(2))])
    assert (register(run, "total"), register(run, "waiting")) == ([0], [1])
    assert sorted(told(run)) == ["name-differs", "rows-wait"]


@pytest.mark.parametrize(
    ("days", "total", "code"),
    [
        ({"day": "2026-03-02"}, 8, None),
        ({"begins": "2026-03-02"}, 8, None),
        ({"begins": "2026-03-02", "end": "2026-03-04"}, 16, None),
        ({"day": "2026-03-03", "begins": "2026-03-02", "end": "2026-03-04"}, 16, None),
        ({"day": "2026-03-05", "begins": "2026-03-02", "end": "2026-03-04"}, 0, "days-odd"),
        ({"begins": "2026-03-04", "end": "2026-03-02"}, 0, "days-odd"),
        ({"begins": "2026-03-02", "end": "2027-03-03"}, 0, "days-odd"),
        ({"begins": "2026-03-02", "end": "2027-03-02"}, Fraction(16 * 305, 366), None),
        ({"day": "2026-03"}, 16, None),
        ({"begins": "2026-03", "end": "2026-03-20"}, 16, None),
        ({"begins": "2026-12", "end": "2027-01-02"}, 0, "days-vague"),
        ({"day": "2008-03-02"}, 0, "before-rules"),
        ({}, 0, "day-missing"),
    ],
)
def test_the_days_of_a_row(days: dict[str, str], total: Any, code: str | None) -> None:
    """Two days of study; on a single day eight hours count."""
    fields: dict[str, Any] = {"day": None, "begins": None, **days}
    sheet = Sheet().add(2, "天", "2026-01-01", **fields)
    run = outcome(trainee(), sheets=[sheet], on=date(2027, 12, 31))
    assert register(run, "total") == [total]
    assert code is None or code in told(run)


def test_a_month_and_a_day_in_it_may_be_the_same_hours_so_neither_counts() -> None:
    town = Sheet("乡镇").add(1, "天", "2026-03", course="书记班").add(1, "天", "2026-04", course="书记班")
    school = (
        Sheet("党校").add(1, "天", "2026-03-02", course="书记班").add(1, "天", "2026-03-03", course="党课")
    )
    run = outcome(trainee(), sheets=[town, school])
    assert (register(run, "total"), register(run, "waiting")) == ([16], [2])
    assert sorted(told(run)) == ["days-vague", "days-vague", "rows-wait"]


def test_two_loose_stretches_of_one_course_are_told_once_at_each_of_their_rows() -> None:
    loose: dict[str, Any] = {"day": None, "begins": "2026-02", "end": "2026-04"}
    sheet = Sheet().add(1, "天", "2026-03", course="书记班").add(1, "天", "2026-02", course="书记班", **loose)
    run = outcome(trainee(), sheets=[sheet])
    assert sorted(told(run)) == ["days-vague", "days-vague", "rows-wait"]
