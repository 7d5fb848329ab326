"""What stands on the pages of 创业扶助基金, on its forms and notices, and what the bank and the ledger get."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sanchuang_cli.outcome import Due, Occasion, Outcome
from sanchuang_cli.papers import WrittenFor
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programmes.fund import PAYS, PROGRAMME
from sanchuang_cli.record import Roster
from sanchuang_cli.table import Table
from tests.programmes.borrowers import applicant, changed, event, loan, outcome, policies
from tests.programmes.people import identity

CARD, OTHER_CARD = "9999990000000000011", "9999990000000000029"


def page(found: Outcome, name: str) -> Table:
    return next(one for one in found.tables if one.name == name)


def column(found: Outcome, sheet: str, name: str) -> list[Any]:
    table = page(found, sheet)
    return [row[table.index(name)] for row in table.rows]


def entitled(*loans: Any, events: Any = (), period: str = "2025", on: date = date(2025, 12, 31)) -> Any:
    rosters: dict[str, Roster[Any]] = {
        "applications": Roster(()), "loans": Roster(tuple(loans)), "events": Roster(tuple(events)),
    }  # fmt: skip
    return PROGRAMME.entitled(rosters, policies(), Occasion(Period.parse(period), on), {})


def test_the_lines_of_the_pool_add_up() -> None:
    loans = [
        loan(1),
        loan(2, 80_000, lent="2025-06-01"),
        loan(3, 30_000, lent="2024-06-01"),
        loan(4, lent="2025-01"),
    ]
    events = [event(1, "2025-07-01", "还本", 20_000), event(3, "2025-05-01", "核销", 10_000)]
    found = outcome([applicant(1), applicant(2, 信用分=11)], loans, events)
    fen = dict(zip(column(found, "资金池表", "line"), column(found, "资金池表", "fen"), strict=True))
    of = {number: fen[f"({number})"] for number in range(1, 14)}
    assert of[3] == of[1] - of[2] == 2_990_000_00
    assert (of[4], of[5], of[6]) == (110_000_00, 20_000_00, 50_000_00)
    assert of[8] == of[3] - of[4] - of[5] - of[6] + of[7] and of[7] == 0
    assert of[9] == 120_000_00 and of[10] == of[8] - of[9]
    assert of[13] == of[11] - of[12] - of[2] == of[4] + of[5]


def test_a_pool_that_is_overdrawn_says_by_how_much_and_lends_nothing() -> None:
    small = changed(
        lambda edition: edition["pool"].update(total=[{"effective": date(2012, 1, 1), "yuan": 40_000}])
    )
    found = outcome([applicant()], [loan()], by=small)
    fen = column(found, "资金池表", "fen")
    assert (fen[6], fen[7], fen[8], fen[9]) == (10_000_00, 0, 0, 0)
    assert column(found, "评审表", "why") == ["可贷资金不够，排在后面"]


@pytest.mark.parametrize(
    ("on", "left", "window"),
    [(date(2026, 1, 1), 0, "30天内"), (date(2026, 1, 2), -1, "逾期"), (date(2025, 12, 2), 30, "30天内"),
     (date(2025, 12, 1), 31, "60天内"), (date(2025, 11, 2), 60, "60天内"), (date(2025, 10, 3), 90, "90天内")],
)  # fmt: skip
def test_what_falls_due_is_listed_from_ninety_days_before(on: date, left: int, window: str) -> None:
    found = outcome((), [loan()], period=f"{on:%Y-%m}", on=on)
    lines = list(zip(*(column(found, "期限", name) for name in ("what", "left", "state")), strict=True))
    assert (f"还本 {loan().loan_number}", left, window) in lines


def test_ninety_one_days_before_nobody_is_told_yet_and_after_it_came_back_nothing_is_listed() -> None:
    """A later day may be asked about this result, so the day stands there all the same."""
    early = outcome((), [loan()], period="2025-10", on=date(2025, 10, 2))
    assert (column(early, "期限", "left")[-1], column(early, "期限", "state")[-1]) == (91, None)
    assert not page(outcome((), [loan()], [event(1, "2025-12-30", "结清")]), "期限").rows


def test_two_loans_of_one_borrower_have_deadlines_that_are_told_apart_and_a_late_one_says_what_to_do() -> (
    None
):
    second = loan(2, lent="2026-01-01")
    found = outcome((), [loan(), second], period="2026-02", on=date(2026, 2, 20))
    whats = column(found, "期限", "what")
    assert len(set(whats)) == len(whats) and {loan().loan_number, second.loan_number} <= {
        what.rpartition(" ")[2] for what in whats
    }
    late = [at for at, state in enumerate(column(found, "期限", "state")) if state == "逾期"]
    assert late and all(column(found, "期限", "note")[at] for at in late)
    assert {column(found, "期限", "basis")[at] for at in late} == {policies().editions[-1].ladder.clause}
    assert set(column(found, "期限", "responsible")) == {"借款人"}


def test_a_plan_has_the_interest_of_each_quarter_and_the_principal_at_the_end() -> None:
    found = outcome((), [loan()])
    assert column(found, "还款计划", "day") == [
        date(2025, 4, 1),
        date(2025, 7, 1),
        date(2025, 10, 1),
        date(2026, 1, 1),
    ]
    assert column(found, "还款计划", "principal") == [0, 0, 0, 50_000_00]
    assert sum(column(found, "还款计划", "interest")) == 2_175_00


def test_the_ledger_page_has_the_columns_that_a_county_keeps() -> None:
    titles = [one.title for one in page(outcome((), [loan()]), "贷款台账").columns]
    assert {
        "编号", "姓名", "身份证号", "支部", "项目", "申请额", "批准额", "发放日", "期限月", "到期日", "年利率", "贴息比例",
        "应贴息", "担保人", "已还本金", "余额", "逾期天数", "五级分类",
    } <= set(titles)  # fmt: skip


def test_a_loan_that_is_not_lent_yet_counts_nowhere() -> None:
    found = outcome((), [loan(1), loan(2, lent="2025-07-01")], period="2025H1", on=date(2025, 6, 30))
    assert column(found, "贷款台账", "part") == ["在贷", "未发放"]
    assert column(found, "贷款台账", "balance") == [50_000_00, 0]
    assert column(found, "分乡镇汇总表（贷款台账）", "balance") == [50_000_00]


def test_each_proposal_has_a_form_of_a_page_with_conditions_points_and_what_is_proposed() -> None:
    found = outcome([applicant(1, score_note="带动 6 户脱贫"), applicant(2, own=0)])
    (form,) = found.papers(WrittenFor()).forms
    words = {box.column.title: box.words for row in form.rows for box in row}
    assert form.name == "甲1" and words["核定意见"] == "拟批 60000.00 元，第 1 名"
    assert "自有资金：符合。40000.00 元" in words["条件核查"]
    assert words["评分"].startswith("项目前景分 25（满分 30）、")
    assert words["评分"].endswith("理由：带动 6 户脱贫")
    assert len(found.papers(WrittenFor(everybody=True)).forms) == 2


def test_notices_name_who_is_proposed_and_who_is_subsidised_and_nothing_private() -> None:
    first, second = outcome([applicant()], [loan(project="养鸡")]).notices()
    assert [one.title for one in first.table.columns] == [
        "序号",
        "乡镇",
        "村",
        "姓名",
        "性别",
        "项目",
        "拟批额",
    ]
    assert [one.title for one in second.table.columns][-2:] == ["项目", "贴息金额"]
    assert second.table.rows[0][-1] == 1_500_00


def test_the_bank_pays_somebody_with_two_loans_once() -> None:
    both = [
        loan(1, account=CARD),
        loan(2, lent="2025-07-01", account=CARD, identity=loan(1).identity, name="乙1"),
    ]
    (sent,) = outcome((), both).payments()
    assert [(row[sent.index("name")], row[sent.index("amount")]) for row in sent.rows] == [
        ("乙1", 1_500_00 + 756_16)
    ]


def test_of_somebody_with_two_accounts_no_loan_is_subsidised() -> None:
    both = [loan(1, account=CARD), loan(2, account=OTHER_CARD, identity=loan(1).identity, name="乙1")]
    run = outcome((), both)
    assert (run.payments(), run.tally.set_aside) == ((), 2)


def test_the_ledger_gets_each_month_of_each_loan_of_a_person_once_and_no_applicant() -> None:
    found = entitled(loan(1), loan(2, lent="2025-07-01", identity=loan(1).identity, name="乙1"))
    (claimant,) = found.claimants
    months = {
        name: [str(due.month) for due in claimant.due if due.component == name] for name in claimant.items
    }
    assert months == {
        "编号 L1": [f"2025-{n:02d}" for n in range(1, 13)],
        "编号 L2": [f"2025-{n:02d}" for n in range(7, 13)],
    }
    assert sum(due.fen for due in claimant.due) == 1_500_00 + 756_16


def test_nobody_of_whom_a_loan_is_set_aside_is_a_claimant_but_everybody_is_listed() -> None:
    wrong = loan(2, identity=loan(1).identity, name="乙1", lent="2025-07")
    found = entitled(loan(1), wrong, loan(3))
    assert [one.payee.name for one in found.claimants] == ["乙3"]
    assert found.listed == {loan(1).identity, loan(3).identity}


def test_what_falls_to_a_month_is_the_same_whatever_the_period_and_the_later_day() -> None:
    events = [event(1, "2025-07-10", "还本", 20_000)]
    by_period = {
        period: {str(due.month): due.fen for one in entitled(loan(1), events=events, period=period, on=on).claimants for due in one.due}
        for period, on in (("2025", date(2025, 12, 31)), ("2025H1", date(2025, 6, 30)), ("2025Q2", date(2025, 12, 31)))
    }  # fmt: skip
    whole = by_period.pop("2025")
    for months in by_period.values():
        assert months and months.items() <= whole.items()


def test_a_person_is_paid_from_the_row_that_has_an_account() -> None:
    both = [loan(1), loan(2, account=CARD, identity=loan(1).identity, name="乙1")]
    (sent,) = outcome((), both).payments()
    assert [row[sent.index("account")] for row in sent.rows] == [CARD]
    assert PAYS.of == "loans" and identity("1975-02-03", number=1) == loan(1).identity


def test_explain_cites_the_events_that_a_balance_rests_on() -> None:
    rosters: dict[str, Roster[Any]] = {
        "applications": Roster(()), "loans": Roster((loan(1),)), "events": Roster((event(1, "2025-07-01", "还本", 20_000),)),
    }  # fmt: skip
    (subject,) = PROGRAMME.explain(
        rosters, policies(), Occasion(Period.year(2025), date(2025, 12, 31))
    ).subjects
    (table,) = subject.pages()
    lines = {row[0]: row for row in table.rows}
    assert "LoanEvent" in lines["余额"][3] and "余额 30000.00 元" in lines["余额"][2]
    assert "首次到期 2026-01-01" in lines["到期"][2]


def test_a_loan_that_is_not_lent_yet_falls_due_on_no_day_and_has_no_plan() -> None:
    found = outcome((), [loan(1, lent="2025-07-01")], period="2025H1", on=date(2025, 6, 30))
    assert not page(found, "期限").rows and not page(found, "还款计划").rows


def test_a_township_has_the_sums_of_its_loans_and_nothing_where_nothing_is_subsidised() -> None:
    found = outcome(
        (), [loan(1), loan(2, township="望河乡", other=True), loan(3, township="望河乡", lent="2024-01-01")]
    )
    names = ("township", *(f"part{at}" for at in range(5)), "balance", "subsidy", "payer0")
    lines = zip(*(column(found, "分乡镇汇总表（贷款台账）", name) for name in names), strict=True)
    assert list(lines) == [
        ("望河乡", 1, 1, 0, 0, 0, 100_000_00, 0, 0),
        ("青禾镇", 1, 0, 0, 0, 0, 50_000_00, 1_500_00, 1_500_00),
    ]


def test_each_payer_bears_what_the_edition_of_a_loan_says_and_nothing_of_the_other_loans() -> None:
    """Of a loan of 2024 the county bears the subsidy, of one of early 2025 the province, of one since June nobody."""
    province = [{"who": "省", "percent": 100}]
    (other,) = changed(lambda edition: edition["subsidy"]["funding"].update(shares=province)).editions
    blocks: tuple[tuple[date, dict[str, Any]], ...] = (
        (date(2024, 1, 1), {}),
        (date(2025, 1, 1), {"subsidy": other.subsidy}),
        (date(2025, 6, 1), {"subsidy": None}),
    )
    by = policies()
    by = replace(
        by,
        editions=tuple(by.editions[0].model_copy(update={"effective": day} | block) for day, block in blocks),
    )
    found = outcome((), [loan(1, lent="2024-12-31"), loan(2), loan(3, lent="2025-06-01")], by=by)
    sums = [column(found, "分乡镇汇总表（贷款台账）", name) for name in ("subsidy", "payer0", "payer1")]
    of_county = 1_500_00 * 364 // 365  # its first day lies in the year before
    assert sums == [[of_county + 1_500_00], [of_county], [1_500_00]]


def test_what_is_owed_is_the_difference_of_two_cumulative_sums_under_the_edition_of_the_loan() -> None:
    (claimant,) = entitled(loan(1), period="2025Q1", on=date(2025, 3, 31)).claimants
    assert claimant.due == tuple(
        Due("创业贷款贴息", "编号 L1", Month(2025, month), fen, "2012-01-01")
        for month, fen in ((1, 127_40), (2, 115_07), (3, 127_39))
    )


def test_a_fund_that_a_bank_levers_is_levered_after_what_is_lost() -> None:
    def levered(edition: dict[str, Any]) -> None:
        edition["pool"] |= {"leverage": 5, "total": [{"effective": date(2012, 1, 1), "yuan": 30_000}]}

    loans = [
        loan(1),
        loan(2, 80_000, lent="2024-06-01"),
        loan(3, 30_000.5, lent="2025"),
        loan(4, lent="2026-01-01"),
    ]
    events = [
        event(1, "2025-07-01", "还本", 20_000),
        event(2, "2025-03-01", "核销", 10_000),
        event(1, "2025-07-02", "核销"),
    ]
    found = outcome([applicant(asked=10_000)], loans, events, by=changed(levered))
    names = ("line", "item", "many", "fen", "how")
    assert list(zip(*(column(found, "资金池表", name) for name in names), strict=True)) == [
        ("(1)", "基金总额", None, 30_000_00, ""),
        ("(2)", "已核销", 2, 40_000_00, ""),
        ("(3)", "可放贷总额", None, 0, "((1)−(2))×5，不低于 0"),
        ("(4)", "未到期的余额", 0, 0, ""),
        ("(5)", "逾期的余额", 1, 70_000_00, ""),
        ("(6)", "待核实的贷款，按本金", 1, 30_000_50, ""),
        ("(7)", "超出可放贷总额", None, 100_000_50, "(4)+(5)+(6)−(3)，不低于 0"),
        ("(8)", "可贷资金", None, 0, "(3)−(4)−(5)−(6)+(7)"),
        ("(9)", "本次拟批", 0, 0, ""),
        ("(10)", "批后可贷资金", None, 0, "(8)−(9)"),
        ("(11)", "累计发放", 2, 130_000_00, ""),
        ("(12)", "累计收回本金", None, 20_000_00, ""),
        ("(13)", "在贷余额", 1, 70_000_00, "(11)−(12)−(2)，等于 (4)+(5)"),
    ]


def test_while_the_county_has_not_said_its_fund_the_lines_that_need_it_are_blank() -> None:
    empty = changed(lambda edition: edition["pool"].update(total=[]))
    fen = column(outcome((), [loan(1), loan(2, unread=("principal",))], by=empty), "资金池表", "fen")
    assert fen == [None, 0, None, 50_000_00, 0, 50_000_00, None, None, 0, None, 50_000_00, 0, 50_000_00]


def test_a_form_says_what_is_proposed_of_who_waits_and_of_who_does_not_meet_the_conditions() -> None:
    small = changed(
        lambda edition: edition["pool"].update(total=[{"effective": date(2012, 1, 1), "yuan": 60_000}])
    )
    asking = [applicant(1), applicant(2, 信用分=11), applicant(3, own=0, households=0)]
    forms = outcome(asking, by=small).papers(WrittenFor(everybody=True)).forms
    words = {
        form.name: box.words
        for form in forms
        for row in form.rows
        for box in row
        if box.column.title == "核定意见"
    }
    assert words == {
        "甲1": "拟批 60000.00 元，第 1 名",
        "甲2": "候补 60000.00 元，第 2 名（可贷资金不够，排在后面）",
        "甲3": "不符合：自有资金、带动户数",
    }


def test_without_a_score_sheet_those_who_lead_more_households_come_first_and_then_the_earlier() -> None:
    plain = changed(lambda edition: edition.pop("scores"))
    asking = [applicant(1), applicant(2, households=9), applicant(3, day="2025-10-07"), applicant(4)]
    found = outcome(asking, by=plain)
    lines = zip(
        *(column(found, "评审表", name) for name in ("name", "score", "place", "granted")), strict=True
    )
    assert sorted(lines) == [
        ("甲1", None, 3, 6_000_000), ("甲2", None, 1, 6_000_000), ("甲3", None, 2, 6_000_000), ("甲4", None, 3, 6_000_000),
    ]  # fmt: skip


def test_who_has_no_account_signs_for_the_subsidy_and_those_in_chosen_rows_do() -> None:
    with_card, without = loan(1, account=CARD), loan(2)
    found = outcome([applicant(7), applicant(8, own=0)], [with_card, without])

    def signing(whom: WrittenFor) -> tuple[list[str], list[str]]:
        papers = found.papers(whom)
        signed = [row[table.index("name")] for _, table in papers.receipts for row in table.rows]
        return signed, [form.name for form in papers.forms]

    assert signing(WrittenFor()) == (["乙2"], ["甲7"])
    assert signing(WrittenFor(everybody=True)) == (["乙1", "乙2"], ["甲7", "甲8"])
    assert signing(WrittenFor(lines=[with_card.row.line])) == (["乙1"], [])
    assert signing(WrittenFor(lines=[applicant(8).row.line])) == ([], ["甲8"])
    letter = found.papers(WrittenFor()).request
    assert letter is not None and "3000.00" in str(letter).replace(",", "")
