"""The rules of 教育培训 about members and branches: parts of a year, tests, terms, what is carried on, rates and places."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.period import VagueDate
from tests.programmes.trainees import (
    Sheet,
    column,
    default,
    enough,
    lines,
    name,
    outcome,
    pack,
    register,
    told,
    trainee,
    with_keys,
)

SECRETARY: dict[str, Any] = {"role": "书记", "appointed": "2020-03-01"}


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({}, "达标"),
        ({"joined": "2026-01-01"}, "达标"),
        ({"joined": "2026-01-02"}, "不考核"),
        ({"joined": "2025"}, "达标"),
        ({"joined": "2026-03"}, "不考核"),
        ({"came": "2026-05-01"}, "不考核"),
        ({"left": "2026-12-30"}, "不考核"),
        ({"left": "2025-06-30"}, "不考核"),
        ({"left": "2026-12-31"}, "达标"),
        ({"appointed": "2026-05-01"}, "达标"),
        ({"role": "领导", "appointed": "2026-05-01"}, "不考核"),
        ({"role": "领导", "appointed": "2026-01-01"}, "达标"),
        ({"relieved": "2026-05-01"}, "不考核"),
        ({"relieved": "2025-05-01"}, "达标"),
        ({"exempt": "青发〔2026〕3号"}, "免训"),
        ({"exempt": "青发〔2026〕3号", "joined": "2026-05-01"}, "免训"),
        ({"exempt": "青发〔2026〕3号", "joined": "2026"}, "免训"),
        ({"exempt": "无"}, "达标"),
    ],
)
def test_whoever_was_there_for_a_part_of_the_year_is_not_judged(fields: dict[str, Any], part: str) -> None:
    run = outcome(trainee(**fields), sheets=[enough()])
    assert (register(run, "part"), register(run, "total")) == ([part], [32])


@pytest.mark.parametrize("fields", [{"joined": "2026"}, {"joined": "2026-01"}, {"left": "2026"}, {"left": "2026-12"}, {"relieved": "2026-12"}])  # fmt: skip
def test_a_day_that_leaves_it_open_sets_the_row_aside(fields: dict[str, Any]) -> None:
    run = outcome(trainee(**fields), trainee(2), sheets=[enough()], on=date(2027, 1, 31))
    assert told(run) == ["year-vague"]
    assert (run.tally.set_aside, column(run, "学时登记册", "name")) == (1, [name(2)])


def test_56_hours_do_not_make_up_for_a_course() -> None:
    study = Sheet().days(7, 1, "天", method="自学")
    course = Sheet("党校").add(1, "小时", "2026-05-05", method="集中培训")
    run = outcome(trainee(**SECRETARY), sheets=[study])
    assert (register(run, "part"), column(run, "未达标名单", "also")) == (["未达标"], ["集中培训 1 次"])
    assert register(outcome(trainee(**SECRETARY), sheets=[study, course]), "part") == ["达标"]


def test_a_course_without_any_hours_is_no_course() -> None:
    sheet = Sheet().days(7, 1, "天", method="自学").add(0, "天", "2026-05-05", method="集中培训")
    assert register(outcome(trainee(**SECRETARY), sheets=[sheet]), "part") == ["未达标"]


def test_a_course_over_new_year_is_a_course_of_the_year_in_which_it_begins() -> None:
    sheet = Sheet().days(7, 1, "天", 5).days(7, 1, "天", 5, 2025)
    sheet.add(2, "天", "2025-12-31", end="2026-01-01", method="集中培训")
    for year, part in ((2025, "达标"), (2026, "未达标")):
        assert register(outcome(trainee(**SECRETARY), sheets=[sheet], year=year), "part") == [part]


@pytest.mark.parametrize(
    ("score", "grade", "part"),
    [
        (0, "不合格", "未达标"),
        ("59.9", "不合格", "未达标"),
        (60, "合格", "达标"),
        ("60.5", "良好", "达标"),
        ("84.5", "良好", "达标"),
        (85, "优秀", "达标"),
        (100, "优秀", "达标"),
    ],
)
def test_a_test_by_its_grade(score: Any, grade: str, part: str) -> None:
    test = Sheet("网络").add(1, "门", "2026-06-01", course="党章", method="测试", score=score)
    run = outcome(trainee(), sheets=[enough(), test])
    assert (column(run, "考试成绩", "grade"), register(run, "part")) == ([grade], [part])
    assert (column(run, "未达标名单", "also") == ["“党章”补考"]) is (part == "未达标")


def test_a_test_without_a_score_is_told_where_the_document_grades_tests() -> None:
    """Its hours count, as the document has them; whether it was passed nobody has looked at."""
    test = Sheet("网络").add(1, "门", "2026-06-01", course="党章", method="测试")
    run = outcome(trainee(), sheets=[enough(), test])
    assert (told(run), register(run, "part")) == (["score-missing"], ["达标"])
    other = Sheet("党校").add(1, "门", "2026-06-01", course="党章", method="测试", score=88)
    assert "score-missing" not in told(outcome(trainee(), sheets=[enough(), test, other]))
    assert told(outcome(trainee(), sheets=[enough(), test], by=with_keys(tests=None))) == []
    before = Sheet("网络").add(1, "门", "2025-06-01", course="党章", method="测试")
    assert told(outcome(trainee(), sheets=[enough(), before])) == []


@pytest.mark.parametrize(
    ("again", "scores", "part"),
    [
        ("last", (50, 70), "达标"),
        ("last", (70, 50), "未达标"),
        ("best", (70, 50), "达标"),
        ("best", (50, 55), "未达标"),
        ("each", (50, 70), "未达标"),
        ("each", (60, 70), "达标"),
    ],
)
def test_which_attempt_counts(again: str, scores: tuple[int, int], part: str) -> None:
    sheet = Sheet("网络")
    for month, score in zip(("06", "09"), scores, strict=True):
        sheet.add(1, "门", f"2026-{month}-01", course="党章", method="测试", score=score)
    tests = default().editions[-1].tests
    assert tests
    policy = with_keys(tests=tests.model_dump() | {"again": again})
    assert register(outcome(trainee(), sheets=[enough(), sheet], by=policy), "part") == [part]


def test_a_test_of_another_year_and_one_of_another_course_stand_by_themselves() -> None:
    sheet = Sheet("网络").add(1, "门", "2025-06-01", course="党章", method="测试", score=20)
    sheet.add(1, "门", "2026-06-01", course="党史", method="测试", score=59)
    sheet.add(1, "门", "2026-07-01", course="党纪", method="测试", score=90)
    run = outcome(trainee(), sheets=[enough(), sheet])
    assert (column(run, "考试成绩", "course"), register(run, "part")) == (["党史", "党纪"], ["未达标"])


@pytest.mark.parametrize(
    ("day", "on", "counts"),
    [
        ("2025-12-31", date(2026, 12, 31), False),
        ("2026-01-01", date(2026, 12, 31), True),
        ("2026-12-31", date(2026, 12, 31), True),
        ("2027-01-01", date(2027, 1, 31), False),
        ("2026-06-01", date(2026, 6, 1), True),
        ("2026-06-02", date(2026, 6, 1), False),
    ],
)
def test_a_test_counts_in_its_year_from_the_first_day_to_the_last(day: str, on: date, counts: bool) -> None:
    sheet = Sheet("网络").add(1, "门", day, course="党章", method="测试", score=90)
    run = outcome(trainee(), sheets=[sheet], on=on)
    assert column(run, "考试成绩", "course") == ["党章"] * counts


def test_a_poor_review_has_the_consequence_that_the_document_names_and_no_other() -> None:
    people = (trainee(1, review="较差", reported="2026-12-01"), trainee(2, review="合格"))
    run = outcome(*people, sheets=[enough(1), enough(2)])
    assert sorted(column(run, "述学评学考学", "proposal")) == ["", "评学较差：不得评先评优，不得提拔使用"]
    assert register(run, "part") == ["达标", "达标"]


def test_whoever_has_to_be_reviewed_and_is_not_is_told() -> None:
    review = default().editions[-1].review
    assert review
    policy = with_keys(review=review.model_dump() | {"roles": ["领导"]})
    people = (
        trainee(1, role="领导"),
        trainee(2, role="领导", review="优秀", reported="2026-12-01"),
        trainee(3),
    )
    run = outcome(*people, sheets=[Sheet()], by=policy)
    assert told(run) == ["not-reviewed"]


@pytest.mark.parametrize(
    ("course", "codes", "state"),
    [
        (None, ["term-missed"], ["逾期"]),
        ("2026-09-03", [], []),
        ("2026-09-04", ["term-late"], []),
        ("2026-03-02", ["term-missed"], ["逾期"]),
    ],
    ids=["none", "on the last day", "a day late", "before the appointment"],
)
def test_a_new_secretary_is_at_a_course_within_half_a_year(
    course: str | None, codes: list[str], state: list[str]
) -> None:
    sheet = Sheet().add(1, "天", course, method="集中培训") if course else Sheet()
    run = outcome(trainee(role="书记", appointed="2026-03-03"), sheets=[sheet])
    assert (told(run), column(run, "期限", "state")) == (codes, state)
    assert register(run, "part") == ["不考核"]


def test_a_term_that_is_open_is_due_and_told_only_when_it_is_over() -> None:
    who = trainee(role="书记", appointed="2026-10-31")
    run = outcome(who, sheets=[Sheet()])
    assert (told(run), column(run, "期限", "left")) == ([], [120])
    later = outcome(who, sheets=[Sheet()], on=date(2027, 5, 1))
    assert (told(later), column(later, "期限", "left")) == (["term-missed"], [-1])


def test_a_course_of_last_year_is_known_from_last_years_result() -> None:
    who = trainee(role="书记", appointed="2025-10-10")
    held = outcome(who, sheets=[Sheet().add(1, "天", "2025-11-05", method="集中培训")], year=2025)
    assert "term-missed" in told(outcome(who, sheets=[Sheet()]))
    assert told(outcome(who, sheets=[Sheet()], last=lines(held))) == []


def test_terms_that_ended_before_the_year_are_not_looked_at_again() -> None:
    assert told(outcome(trainee(role="书记", appointed="2025-06-30"), sheets=[Sheet()])) == []
    assert told(outcome(trainee(role="书记", appointed="2025-07-01"), sheets=[Sheet()])) == ["term-missed"]


@pytest.mark.parametrize(("course", "what"), [("2026-02-01", ["转正第一年培训"]), ("2026-07-01", []), (None, ["预备期培训", "转正第一年培训"])])  # fmt: skip
def test_a_course_during_probation_and_one_in_the_year_after(course: str | None, what: list[str]) -> None:
    """Joined on 15 June 2025: probation to 15 June 2026, the year after it to 15 June 2027."""
    sheet = Sheet().add(1, "天", course, method="集中培训") if course else Sheet()
    run = outcome(trainee(joined="2025-06-15"), sheets=[sheet, enough()], on=date(2026, 12, 31))
    assert column(run, "期限", "what") == what
    assert told(run) == {0: ["term-late"], 1: [], 2: ["term-missed"]}[len(what)]


def test_a_rotation_is_due_so_many_months_after_the_last_course() -> None:
    rotation = {"name": "五年轮训", "clause": "五年一次", "roles": ["书记"], "since": "course", "months": 60}
    last = [{"identity": trainee().identity, "last_course": VagueDate.on(date(2022, 4, 9))}]
    who = trainee(**SECRETARY)
    run = outcome(who, sheets=[Sheet()], last=last, by=with_keys(terms=[rotation]))
    assert [column(run, "期限", field) for field in ("what", "left")] == [["五年轮训"], [99]]
    again = Sheet().add(1, "天", "2026-04-09", method="集中培训")
    run = outcome(who, sheets=[again], last=last, by=with_keys(terms=[rotation]))
    assert [str(day) for day in column(run, "期限", "latest")] == ["2031-04-09"]


def test_during_the_year_what_is_lacking_is_due_at_its_end_and_nothing_is_proposed() -> None:
    run = outcome(trainee(), sheets=[Sheet().add(1, "天", "2026-03-02")], on=date(2026, 6, 30))
    assert [column(run, "期限", field) for field in ("what", "left", "note")] == [
        ["补足学时"],
        [184],
        ["差 24 学时"],
    ]
    assert not [table for table in run.tables if table.name == "问责建议"]
    over = outcome(trainee(), sheets=[Sheet().add(1, "天", "2026-03-02")])
    assert column(over, "问责建议", "proposal") == ["约谈"]
    assert column(over, "期限", "what") == []


def test_hours_since_the_records_begin_come_from_last_year_or_from_the_sheets() -> None:
    sheet = Sheet().add(1, "天", "2024-03-02").add(10, "小时", "2025-03-02").add(3, "小时", "2026-03-02")
    assert register(outcome(trainee(), sheets=[sheet]), "ever") == [19]
    last = [{"identity": trainee().identity, "ever": Fraction(40)}]
    assert register(outcome(trainee(), sheets=[sheet], last=last), "ever") == [43]
    assert register(outcome(trainee(2), sheets=[sheet], last=last), "ever") == [0]


@pytest.mark.parametrize(
    ("own", "carried", "at_most", "over"),
    [(60, 0, None, 4), (60, 4, None, 8), (56, 4, None, 4), (50, 4, None, 0), (53, 4, None, 1), (2, 60, None, 2), (60, 0, 3, 3)],
)  # fmt: skip
def test_what_came_from_last_year_is_used_first_and_goes_no_further(
    own: int, carried: int, at_most: int | None, over: int
) -> None:
    policy = with_keys(pack("party-school-days"), carried={"clause": "结转", "at_most": at_most})
    last = [{"identity": trainee().identity, "over": Fraction(carried)}]
    sheet = Sheet().days(own // 2, 2, "小时").add(own % 2, "小时", "2026-12-01")
    run = outcome(trainee(), sheets=[sheet], by=policy, last=last)
    assert (register(run, "total"), register(run, "over")) == ([own + carried], [over])


def test_without_last_years_result_it_is_told_that_nothing_was_carried_over() -> None:
    assert told(outcome(trainee(), sheets=[Sheet()], by=pack("party-school-days"))) == ["not-carried"]
    assert told(outcome(trainee(), sheets=[Sheet()])) == []


def branches(*rates: tuple[int, int]) -> Any:
    """A branch for each pair: so many who met the standard, and so many who did not."""
    people, sheets, number = [], [], 0
    for at, (met, short) in enumerate(rates):
        for n in range(met + short):
            number += 1
            branch = f"{'甲乙丙丁戊己庚'[at]}村党支部"
            people.append(trainee(number, branch=branch))
            sheets += [enough(number, branch)] if n < met else []
    return outcome(*people, sheets=[*sheets, Sheet()])


def test_rates_places_and_ties_by_name() -> None:
    run = branches((9, 1), (1, 1), (5, 5), (10, 0))
    page = "支部完成率"
    assert column(run, page, "branch") == ["丁村党支部", "甲村党支部", "丙村党支部", "乙村党支部"]
    assert column(run, page, "place") == [1, 2, 3, 3]
    assert column(run, page, "tie") == ["", "", "与乙村党支部并列", "与丙村党支部并列"]
    assert column(run, page, "rate") == [1, Fraction(9, 10), Fraction(1, 2), Fraction(1, 2)]


def test_places_are_one_two_two_four_and_many_ties_are_counted() -> None:
    assert column(branches((2, 0), (1, 1), (1, 1), (0, 1)), "支部完成率", "place") == [1, 2, 2, 4]
    assert column(branches(*[(1, 0)] * 5), "支部完成率", "tie") == ["与另 4 个支部并列"] * 5


@pytest.mark.parametrize(
    ("met", "short", "proposal"),
    [(9, 1, []), (89, 11, ["限期整改"]), (8, 2, ["限期整改"]), (79, 21, ["通报"]), (6, 4, ["通报"]), (59, 41, ["约谈"]), (0, 1, ["约谈"])],
)  # fmt: skip
def test_what_is_proposed_by_the_rate(met: int, short: int, proposal: list[str]) -> None:
    assert column(branches((met, short)), "问责建议", "proposal") == proposal


def test_nothing_is_proposed_that_a_waiting_row_could_still_change() -> None:
    people = [trainee(n) for n in range(1, 6)]
    sheets = [enough(n) for n in range(1, 4)]
    assert column(outcome(*people, sheets=sheets), "问责建议", "proposal") == ["通报"]
    waits = [trainee(n, joined="2026") for n in range(6, 12)]
    run = outcome(*people, *waits, sheets=sheets, on=date(2027, 1, 5))
    assert (column(run, "问责建议", "proposal"), column(run, "问责建议", "waiting")) == (["限期整改"], [6])
    many = outcome(
        *people, *(trainee(n, joined="2026") for n in range(6, 40)), sheets=sheets, on=date(2027, 1, 5)
    )
    assert column(many, "问责建议", "proposal") == []
    assert column(many, "支部完成率", "waiting") == [34]


def test_a_branch_without_anybody_to_judge_has_no_rate_and_no_place() -> None:
    run = outcome(
        trainee(1, exempt="某发1号"), trainee(2, branch="东湾村党支部"), sheets=[enough(2, "东湾村党支部")]
    )
    assert column(run, "支部完成率", "rate") == [1, None]
    assert column(run, "支部完成率", "place") == [1, None]
