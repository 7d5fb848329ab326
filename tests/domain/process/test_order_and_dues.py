"""What falls out of order or due: windows, vague days, repeated steps, and several editions."""

from datetime import date

import pytest

from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.domain.process.turns import in_turn
from sanchuang_cli.domain.process.verdict import StepState, Why
from sanchuang_cli.finding import Severity
from sanchuang_cli.period import VagueDate
from tests.domain.process.development import (
    STEPS,
    TIMETABLE,
    Block,
    deadline,
    earliest,
    node,
    process,
    record,
    vague,
)
from tests.domain.process.stepping import ON, judged, only
from tests.domain.process.test_cases import MONTHLY


def test_a_day_that_falls_by_itself_cites_the_clause_in_force_when_it_began() -> None:
    terms = [
        (
            since,
            process(
                [node("起"), node("止", falls=[{"after": "起", "clause": clause, "length": {"years": 3}}])]
            ),
        )
        for since, clause in ((date(1990, 1, 1), "旧"), (date(2018, 7, 12), "新"))
    ]
    for began, clause in (("2015-01-01", "旧"), ("2020-01-01", "新")):
        found = Timetable(terms).judged(record(起=began), ON)["止"]
        assert only(found, "falls").clause == clause


def test_an_order_that_may_be_the_right_one_is_no_finding() -> None:
    one = judged("积极分子", 谈话="2026-03", 积极分子="2026-03-10")
    assert (one.state, only(one, "order").state, only(one, "order").severity) == (
        StepState.KEPT,
        StepState.UNCLEAR,
        None,
    )
    wrong = only(judged("积极分子", 谈话="2026-03", 积极分子="2026-02-10"), "order")
    assert (wrong.state, wrong.days, wrong.severity) == (StepState.ORDER, (19, 49), Severity.ERROR)


def test_out_of_order_is_told_past_a_blank_and_once_where_a_limit_tells_it() -> None:
    assert (
        only(judged("积极分子", 申请="2026-03-01", 谈话="", 积极分子="2026-02-01"), "order").after == "申请"
    )
    early = judged("发展对象", 积极分子="2026-03-01", 发展对象="2026-02-01")
    assert {one.kind for one in early.checks if one.severity} == {"earliest"}


def test_a_window_is_open_on_both_its_days() -> None:
    window = {
        "kind": "window",
        "after": "甲",
        "clause": "第一条",
        "opens": {"months": 6},
        "closes": {"years": 1},
    }
    table = Timetable([(date(2000, 1, 1), process([node("甲"), node("乙", limits=(window,))]))])
    states = [
        table.judged(record(甲="2024-08-31", 乙=day), ON)["乙"].state
        for day in ("2025-02-27", "2025-02-28", "2025-08-31", "2025-09-01")
    ]
    assert states == [StepState.EARLY, StepState.KEPT, StepState.KEPT, StepState.LATE]


def test_what_falls_due_the_earliest_first() -> None:
    dates = dict.fromkeys(STEPS, "") | {
        "申请": "2025-01-31", "谈话": "2025-02-20", "积极分子": "2025-03-01", "公示起": "2026-03-09",
        "发展对象": "2026-03-20", "备案": "2026-03-20", "政审": "2026-03-25", "培训止": "2026-04-01",
        "预审": "2026-04-20", "支部大会": "2026-05-04",
    }  # fmt: skip
    items = TIMETABLE.deadlines(record(dates), ON)
    found = [(item.step, str(item.day), item.state, item.left(ON)) for item in items]
    assert str(items[-1].opens) == "2027-05-04"
    assert found == [
        ("党委审批", "2026-08-04", StepState.NOT_DUE, (63, 63)),
        ("预备期止", "2027-05-04", StepState.NOT_DUE, (336, 336)),
        ("转正大会", "2027-08-04", StepState.NOT_DUE, (428, 428)),
    ]


def test_the_example_of_the_page_of_what_is_due() -> None:
    """As of 2026-06-02: a contract that ends that day, a talk due 05-28, loans due 07-02 and 07-03, a visit by 09-01."""
    nodes = [
        node("合同止", planned=True),
        node("申请"),
        node("谈话", limits=(deadline("申请", "第七条", months=1),)),
        node("最近走访"),
        node("下次走访", limits=(deadline("最近走访", "S195d", months=3),)),
        node("发放日"),
        node("到期日", falls=[{"after": "发放日", "clause": "合同", "length": {"months": 12}}]),
    ]
    table = Timetable([(date(2000, 1, 1), process(nodes))])

    def left(step: str, **dates: str) -> int:
        (item,) = (one for one in table.deadlines(record(dates), ON) if one.step == step)
        return item.left(ON)[0]

    assert left("合同止", 合同止="2026-06-02") == 0
    assert left("谈话", 申请="2026-04-28", 谈话="") == -5
    assert left("到期日", 发放日="2025-07-02") == 30
    assert left("到期日", 发放日="2025-07-03") == 31
    assert left("下次走访", 最近走访="2026-06-01", 下次走访="") == 91
    assert not table.deadlines(record(合同止="2026-06-01"), ON)


def test_a_day_too_vague_to_tell_whether_it_is_overdue_is_listed_as_such() -> None:
    (item,) = TIMETABLE.deadlines(record(申请="2026-05", 谈话=""), date(2026, 6, 10))
    assert (item.state, item.left(date(2026, 6, 10))) == (StepState.UNCLEAR, (-9, 20))


def test_what_is_done_late_is_not_due() -> None:
    assert not TIMETABLE.deadlines(record(申请="2026-01-31", 谈话="2026-04-01"), ON)


def test_a_check_says_what_how_late_from_what_and_by_which_clause() -> None:
    late = only(judged("谈话", 申请="2026-01-31", 谈话="2026-03-05"), "deadline")
    assert str(late) == "超期 5 天：不迟于 2026-02-28（从“申请”起算；2014年细则第七条）"
    assert late.reads == ("谈话", "申请")
    special = only(judged("党委审批", 支部大会="2024-11-30", 党委审批="2025-03-10"), "deadline")
    assert "超过一般期限 10 天：不迟于 2025-02-28，特殊情况不迟于 2025-05-30" in str(special)
    order = only(judged("积极分子", 谈话="2026-03-05", 积极分子="2026-03-01"), "order")
    assert str(order) == "次序颠倒 4 天：应不早于 2026-03-05（在“谈话”之后；2014年细则第八条）"
    missing = judged("谈话", 申请="2025-01-31", 谈话="", 积极分子="2025-06-01").checks[0]
    assert str(missing) == "缺日期：后面的一步已经办了（“积极分子”；2014年细则第七条）"
    both = only(judged("公示止", 公示起="2026-05-18"), "falls")
    assert "另一种算法为 2026-05-25" in str(both)


@pytest.mark.parametrize(
    ("on", "state"), [(date(2026, 4, 10), StepState.NOT_DUE), (date(2026, 4, 11), StepState.OVERDUE)]
)
def test_what_is_done_again_and_again_falls_due_after_the_last_time(on: date, state: StepState) -> None:
    days = [vague("2026-03-10"), vague("2026-12-01")]
    checks, due = in_turn(MONTHLY, vague("2026-02-01"), days, on)
    assert [one.state for one in checks] == [StepState.LATE]
    assert due and (str(due.day), due.state) == ("2026-04-10", state)


def test_what_was_never_done_is_owed_from_the_day_it_was_agreed() -> None:
    checks, due = in_turn(MONTHLY, vague("2026-01-31"), [], ON)
    assert (checks, due and str(due.day)) == ([], "2026-02-28")
    assert in_turn(MONTHLY, None, [], ON) == ([], None)


def test_between_is_told_where_a_deadline_in_working_days_is_kept_by_one_count_alone() -> None:
    limit = deadline("甲", "第一条", working_days=5, first_day="not-counted")
    table = Timetable([(date(2026, 1, 1), process([node("甲"), node("乙", limits=(limit,))]))])
    one = table.judged(record(甲="2026-05-18", 乙="2026-05-25"), ON)["乙"].checks[0]
    assert (one.state, one.between, one.other) == (StepState.KEPT, True, VagueDate.on(date(2026, 5, 22)))
    assert not table.judged(record(甲="2026-05-18", 乙="2026-05-22"), ON)["乙"].checks[0].between


def two(*limits: Block, since: date = date(2014, 5, 28)) -> Timetable:
    """An edition without limits, and one in which 乙 has these."""
    plain = process([node("甲"), node("乙", "甲")], numbers=["延长月数"])
    return Timetable(
        [
            (date(1990, 1, 1), plain),
            (since, process([node("甲"), node("乙", "甲", limits=limits)], numbers=["延长月数"])),
        ]
    )


@pytest.mark.parametrize(
    ("first", "then", "state"),
    [
        ("2014-05-01", "2014-05", StepState.KEPT),
        ("2014-04-01", "2014-05", StepState.UNCLEAR),
        ("2014-05-01", "2014", StepState.UNCLEAR),
        ("2014-01-01", "2014-06", StepState.LATE),
    ],
)
def test_a_step_that_may_have_been_done_under_either_of_two_editions(
    first: str, then: str, state: StepState
) -> None:
    table = two(deadline("甲", "第一条", months=1))
    one = table.judged(record(甲=first, 乙=then), ON)["乙"]
    assert one.checks[0].state is one.state is state


def test_under_two_editions_with_one_limit_what_both_say_is_told_from_the_least_to_the_most() -> None:
    limits = (deadline("甲", "旧", months=1), deadline("甲", "新", months=2))
    table = Timetable(
        [(since, process([node("甲"), node("乙", limits=(one,))])) for since, one in zip((date(1990, 1, 1), date(2014, 5, 28)), limits, strict=True)]
    )  # fmt: skip
    one = table.judged(record(甲="2013-01-31", 乙="2014-05"), ON)["乙"].checks[0]
    assert (one.state, one.closes) == (StepState.LATE, VagueDate(date(2013, 2, 28), date(2013, 3, 31)))
    assert one.days == (
        (date(2014, 5, 28) - date(2013, 3, 31)).days,
        (date(2014, 5, 27) - date(2013, 2, 28)).days,
    )


def test_of_several_limits_the_first_falls_due_and_the_last_opens() -> None:
    limits = (
        deadline("甲", "第一条", months=3),
        deadline("乙", "第二条", months=1),
        earliest("甲", "第三条", days=10),
        earliest("乙", "第四条", days=20),
    )
    table = Timetable([(date(1990, 1, 1), process([node("甲"), node("乙"), node("丙", limits=limits)]))])
    (due,) = table.deadlines(record(甲="2026-05-01", 乙="2026-05-10", 丙=""), ON)
    assert (str(due.day), due.after, due.clause, str(due.opens)) == (
        "2026-06-10",
        "乙",
        "第二条",
        "2026-05-30",
    )


def test_the_day_of_a_posting_falls_due_with_its_clause_also_on_that_day() -> None:
    (due,) = (one for one in TIMETABLE.deadlines(record(公示起="2026-05-18"), date(2026, 5, 22)))
    assert (due.step, due.state, due.after, due.clause, due.ends) == (
        "公示止",
        StepState.NOT_DUE,
        "公示起",
        "2026年细则第十三条",
        True,
    )
    (guessed,) = TIMETABLE.deadlines(record(公示起="2027-02-22"), date(2027, 2, 1)) or (None,)
    assert guessed is None
    (coming,) = TIMETABLE.deadlines(record(公示起="2027-02-22"), date(2027, 2, 24))
    assert coming.provisional
    (vaguely,) = TIMETABLE.deadlines(record(预备期止="2026-06"), ON)
    assert vaguely.state is StepState.UNCLEAR


def test_a_day_that_follows_from_a_vague_one_is_as_vague() -> None:
    one = judged("预备期止", date(2030, 1, 1), 支部大会="2025-02")
    assert one.day == VagueDate(date(2026, 2, 1), date(2026, 2, 28))
    partly = judged("预备期止", date(2030, 1, 1), 支部大会="1977-08")
    assert (partly.day, partly.why, partly.state) == (None, Why.VAGUE, StepState.UNCLEAR)


def test_a_day_that_follows_from_one_under_two_editions_is_any_of_both() -> None:
    terms = Timetable(
        [(since, process([node("起"), node("止", falls=[{"after": "起", "clause": "", "length": {"years": years}}])])) for since, years in ((date(1990, 1, 1), 3), (date(2018, 7, 12), 5))]
    )  # fmt: skip
    assert terms.judged(record(起="2018-07"), ON)["止"].day == VagueDate(date(2021, 7, 1), date(2023, 7, 31))
    assert terms.judged(record(起="1989-12"), ON)["止"].state is StepState.UNBOUND


def test_a_number_that_cannot_be_read_or_is_below_nought_leaves_the_day_unknown() -> None:
    for months in ("?", "-1月"):
        one = judged("预备期止", 支部大会="2025-03-01", 延长月数=months)
        assert (one.day, one.why) == (None, Why.UNREAD)
    late = judged("转正大会", 支部大会="2025-03-01", 延长月数="?", 转正大会="2026-04-01")
    assert late.state is StepState.UNCLEAR


def test_a_limit_that_holds_unless_something_is_given() -> None:
    limit = deadline("甲", "第一条", months=1) | {"unless": "延长月数"}
    table = two(limit)
    assert table.judged(record(甲="2026-01-01", 乙="2026-03-01"), ON)["乙"].state is StepState.LATE
    assert (
        table.judged(record(甲="2026-01-01", 乙="2026-03-01", 延长月数="6月"), ON)["乙"].state
        is StepState.KEPT
    )
    assert (
        table.judged(record(甲="2026-01-01", 乙="2026-03-01", 延长月数="?"), ON)["乙"].state
        is StepState.UNCLEAR
    )
