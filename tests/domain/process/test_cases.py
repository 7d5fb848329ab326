"""The worked cases about other dated steps than those of admitting a party member, each by its id."""

from datetime import date

import pytest

from sanchuang_cli.domain.process.lengths import Length
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.domain.process.turns import Every, in_turn
from sanchuang_cli.domain.process.verdict import StepState
from tests.domain.process.development import (
    deadline,
    node,
    process,
    record,
    vague,
)
from tests.domain.process.stepping import EXACT, only, step


def test_G_15_a_post_vacant_for_more_than_three_months() -> None:
    nodes = [node("出缺"), node("补齐", limits=(deadline("出缺", "S29", months=3),))]
    table = Timetable([(date(2012, 1, 1), process(nodes))])
    dates = {"出缺": "2012-02-20", "补齐": ""}
    assert step("补齐", dates, date(2012, 5, 20), table).state is StepState.NOT_DUE
    late = step("补齐", dates, date(2012, 6, 2), table)
    assert (late.state, late.checks[0].days) == (StepState.OVERDUE, (13, 13))


@pytest.mark.parametrize(("last", "year"), [("2024-05-10", 2026), ("2024", 2026), ("2025-11", 2027)])
def test_B_16_a_check_up_every_second_year_in_that_year(last: str, year: int) -> None:
    window = {
        "kind": "window",
        "after": "上次体检",
        "clause": "S80",
        "opens": {"years": 2, "rounded": "year_start"},
        "closes": {"years": 2, "rounded": "year_end"},
    }
    table = Timetable([(date(2012, 1, 1), process([node("上次体检"), node("体检", limits=(window,))]))])
    dates = {"上次体检": last, "体检": ""}
    one = step("体检", dates, date(2026, 6, 30), table)
    assert one.state is (StepState.NOT_DUE if year == 2026 else StepState.TOO_SOON)
    assert (one.checks[0].opens, one.checks[0].closes) == (EXACT(date(year, 1, 1)), EXACT(date(year, 12, 31)))


MONTHLY = Every(name="联系", clause="间隔不得超过一个月", within=Length(months=1))


def test_N_101V_contact_at_least_once_a_month() -> None:
    days = [vague(day) for day in ("2026-03-10", "2026-01-05", "2026-02-04")]
    checks, due = in_turn(MONTHLY, None, days, date(2026, 3, 31))
    assert [(one.state, str(one.closes), one.days) for one in checks[1:]] == [
        (StepState.KEPT, "2026-02-05", (0, 0)),
        (StepState.LATE, "2026-03-04", (6, 6)),
    ]
    assert checks[0].state is StepState.UNBOUND
    assert due and (str(due.day), due.state, due.left(date(2026, 3, 31))) == (
        "2026-04-10",
        StepState.NOT_DUE,
        (10, 10),
    )


POSTED = {"after": "公示起", "clause": "第十三条", "length": {"days": 5, "first_day": "counted"}}
TERMS = Timetable(
    [
        (
            since,
            process(
                [
                    node("本届起"),
                    node("本届止", falls=[{"after": "本届起", "clause": "S39", "length": length}]),
                ]
            ),
        )
        for since, length in (
            (date(1949, 10, 1), {"years": 3, "day_before": True}),
            (date(2018, 7, 12), {"years": 5, "day_before": True}),
        )
    ]
)


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        ("2015-01-01", date(2017, 12, 31)),
        ("2018-07-11", date(2021, 7, 10)),
        ("2018-07-12", date(2023, 7, 11)),
        ("2021-03-01", date(2026, 2, 28)),
    ],
)
def test_T_11_a_term_of_office_is_as_long_as_when_it_began(began: str, ends: date) -> None:
    assert step("本届止", table=TERMS, 本届起=began).day == EXACT(ends)


@pytest.mark.parametrize(
    ("began", "ends", "state", "days"),
    [
        ("2018-07-11", "2021-07-10", StepState.KEPT, (0, 0)),
        ("2018-07-11", "2023-07-10", StepState.LATE, (730, 730)),
        ("2018-07-12", "2021-07-11", StepState.EARLY, (730, 730)),
        ("2018-07-12", "2023-07-11", StepState.KEPT, (0, 0)),
        ("2018-07", "2023-07-11", StepState.UNCLEAR, (0, 0)),
    ],
)
def test_T_11_a_stated_end_is_held_against_the_rules_under_which_the_term_began(
    began: str, ends: str, state: StepState, days: tuple[int, int]
) -> None:
    found = step("本届止", table=TERMS, 本届起=began, 本届止=ends)
    assert (found.state, found.derived, only(found, "falls").days) == (state, False, days)


def test_the_sum_of_a_stated_end_is_said_once() -> None:
    found = step("本届止", table=TERMS, 本届起="2018-07-12", 本届止="2021-07-11")
    assert only(found, "falls").sums == "2018-07-12 + 5年，到前一日为止 = 2023-07-11"


def test_a_stated_end_of_what_began_before_there_was_such_a_rule_is_held_against_none() -> None:
    old, new = (
        [node("公示起"), node("公示止", planned=True)],
        [node("公示起"), node("公示止", falls=[POSTED])],
    )
    table = Timetable([(date(2014, 5, 28), process(old)), (date(2026, 5, 11), process(new))])
    assert step("公示止", table=table, 公示起="2026-05-08", 公示止="2026-05-12").state is StepState.KEPT
    assert step("公示止", table=table, 公示起="2026-05-11", 公示止="2026-05-12").state is StepState.EARLY


def test_N_93L_a_loan_is_due_by_the_months_that_its_record_says() -> None:
    falls = {"after": "发放日", "clause": "合同", "length": {"months_in": "期限月", "plus": ["延长月数"]}}
    nodes = [
        node("发放日"),
        node("到期日", falls=[falls]),
        node("结清", limits=(deadline("到期日", "合同", days=0),)),
    ]
    table = Timetable([(date(2014, 1, 1), process(nodes, numbers=["期限月", "延长月数"]))])
    lent = {"发放日": "2014-08-31", "期限月": "6月", "结清": ""}
    judged = table.judged(record(lent), date(2015, 3, 30))
    assert judged["到期日"].day == EXACT(date(2015, 2, 28))
    assert judged["结清"].checks[0].days == (30, 30)
    longer = table.judged(record(lent, 延长月数="2月"), date(2015, 3, 30))
    assert longer["到期日"].day == EXACT(date(2015, 4, 30))
    unknown = table.judged(record(发放日="2014-08-31", 结清=""), date(2015, 3, 30))
    assert unknown["结清"].state is StepState.UNCLEAR
