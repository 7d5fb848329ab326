"""Rules of 创业扶助基金 about loans that run, and what cannot be in their books."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.record import Row, Source
from tests.programmes.borrowers import (
    applicant,
    codes,
    event,
    judged,
    lending,
    lendings,
    loan,
    policies,
    switched,
)

# --- loans


def test_a_rate_above_a_fifth_over_the_base_is_a_warning_and_the_subsidy_goes_by_the_base() -> None:
    whole = judged((), [loan(rate=4.35), loan(2, rate=3.6)])
    (warned,) = [one for one in whole.findings if one.code == "fund.rate-over"]
    assert warned.place.row == 4
    assert {one.subsidy for one in whole.of((), "loans")} == {1_500_00}


@pytest.mark.parametrize(
    ("days", "grade"),
    [(0, "正常"), (1, "关注"), (29, "关注"), (30, "次级"), (60, "可疑"), (89, "可疑"), (90, "损失")],
)
def test_the_class_of_a_loan_goes_by_the_days_since_it_was_due(days: int, grade: str) -> None:
    due = date(2026, 1, 1)
    found = lending(period="2026", on=date.fromordinal(due.toordinal() + days))
    assert (found.overdue, found.grade) == (days, grade)


def test_overdue_days_are_those_of_any_day_though_the_books_go_on() -> None:
    events = [event(1, "2026-03-01", "结清")]
    found = lending(*events, period="2025-12", on=date(2026, 2, 10))
    assert (found.overdue, found.part) == (40, "逾期")
    assert lending(*events, period="2026-02", on=date(2026, 3, 1)).part == "已结清"


def test_a_reversal_takes_an_event_back_and_nothing_is_written_over() -> None:
    paid = event(1, "2025-07-01", "还本", 20_000)
    back = event(1, "2025-07-09", "冲正", of_day="2025-07-01")
    assert lending(paid, back, on=date(2025, 12, 31)).account.balance == 50_000_00
    assert lending(paid, back, period="2025-06", on=date(2025, 7, 8)).account.balance == 30_000_00


def test_two_mistakes_can_be_reversed_on_one_day() -> None:
    wrong = [event(1, "2025-07-01", "还本", 20_000), event(1, "2025-08-01", "还本", 10_000)]
    back = [event(1, "2025-08-09", "冲正", of_day=day) for day in ("2025-07-01", "2025-08-01")]
    assert lending(*wrong, *back, on=date(2025, 12, 31)).account.balance == 50_000_00


def test_an_open_write_off_takes_what_is_left_and_a_part_leaves_the_rest_out() -> None:
    whole, part = event(1, "2025-07-01", "核销"), event(1, "2025-07-01", "核销", 20_000)
    assert lending(whole).part == "已核销"
    found = lending(part, event(1, "2025-07-01", "还本", 5_000))
    assert (found.account.balance, found.account.written_off, found.account.repaid) == (
        25_000_00,
        20_000_00,
        5_000_00,
    )


def test_a_loan_keeps_to_the_edition_of_the_day_on_which_it_was_lent() -> None:
    first = policies().editions[0]
    later = first.model_copy(update={"effective": date(2025, 6, 1), "subsidy": None})
    both = type(policies())("试.toml", "0" * 64, (first, later))
    whole = judged((), [loan(1), loan(2, lent="2025-06-01")], by=both)
    assert [one.subsidy for one in whole.of((), "loans")] == [1_500_00, 0]
    assert [dict(one.shares) for one in whole.of((), "loans")] == [{"县": 1_500_00}, {}]


def test_a_subsidy_share_and_a_most_of_a_loan_hold_at_once() -> None:
    rule = {"percent": 50, "most": 600}
    assert lending(by=switched(subsidy={"percent": 50})).subsidy == 750_00
    assert lending(by=switched(subsidy=rule)).subsidy == 600_00
    halves = [lending(by=switched(subsidy=rule), period=period).subsidy for period in ("2025H1", "2025H2")]
    assert halves == [371_92, 228_08]


def test_the_subsidy_is_split_between_levels_and_nothing_is_lost() -> None:
    shares = [{"who": who, "percent": percent} for who, percent in (("省", 75), ("市", 10), ("县", 15))]
    found = lending(by=switched(subsidy={"funding": {"clause": "分担", "shares": shares}}))
    assert sum(found.shares.values()) == found.subsidy == 1_500_00
    assert abs(found.shares["省"] - 1_125_00) <= 12 and abs(found.shares["县"] - 225_00) <= 12


def test_whoever_has_another_subsidy_gets_none_here() -> None:
    assert lending(of=loan(other=True)).subsidy == 0


# --- bad input, told with its place, and nothing paid on it

BAD = [
    ([event(1, "2025-05-01", "还本", 60_000)], "over-balance"),
    ([event(1, "2024-12-31", "还本", 1_000)], "before-lent"),
    ([event(1, "2025-05-01", "结清"), event(1, "2025-06-01", "还本", 1_000)], "after-end"),
    ([event(1, "2026-01-02", "展期", months=6)], "extended-late"),
    ([event(1, "2025-05-01", "还本")], "incomplete"),
    ([event(1, "2025-05-01", "展期")], "incomplete"),
    ([event(1, "2025-05-01", "核销", 0)], "incomplete"),
    ([event(1, "2025-05-01", "冲正", of_day="2025-04-01", of_kind="还本")], "reversal"),
    ([event(1, "2025-05-01", "结清", 50_500)], "settled-differs"),
    ([event(1, "2025-05-01", "冲正", of_day="2025-04-01")], "reversal"),
    ([event(1, "2025-05-01", "还本", 1_000), event(1, "2025-05-01", "付息", 10), event(1, "2025-05-09", "冲正", of_day="2025-05-01")], "reversal"),
    ([event(1, "2025-05-01", "结清"), event(1, "2025-05-01", "核销")], "settled-differs"),
    ([event(1, "2025-05", "还本", 1_000)], "day-vague"),
    ([event(1, "2026-02-01", "还本", 1_000)], "event-later"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "code"), BAD, ids=[f"{n}-{code}" for n, (_, code) in enumerate(BAD)])
def test_an_event_that_cannot_be_sets_its_loan_aside_and_both_places_are_told(events: Any, code: str) -> None:
    whole = judged((), [loan(1), loan(2)], events, period="2026", on=date(2026, 1, 10))
    assert [one.record.loan_number for one in whole.of((), "loans")] == ["L2"]
    (told,) = [one for one in whole.findings if one.code == f"fund.{code}"]
    assert told.place.sheet == "LoanEvent" and told.mend and told.place.row == events[-1].row.number
    assert [one.place.sheet for one in whole.findings if one.code == "fund.events-wrong"] == ["Loan"]


def test_a_reversal_that_may_mean_two_events_takes_the_one_that_it_names() -> None:
    both = [event(1, "2025-05-01", "还本", 1_000), event(1, "2025-05-01", "付息", 10)]
    found = lending(*both, event(1, "2025-05-09", "冲正", of_day="2025-05-01", of_kind="付息"))
    assert (found.account.balance, found.account.interest_paid) == (49_000_00, 0)


@pytest.mark.parametrize(
    ("fields", "code", "heading", "said"),
    [
        ({"lent": "2011-12-31"}, "edition-none", "发放日", "早于最早的一版（2012-01-01 起施行）"),
        ({"principal": 0}, "incomplete", "本金", "本金或期限是 0"),
        ({"months": 0}, "incomplete", "期限月", "本金或期限是 0"),
    ],
)
def test_a_loan_that_no_rule_can_be_put_to_is_set_aside_at_its_cell(
    fields: dict[str, Any], code: str, heading: str, said: str
) -> None:
    whole = judged((), [loan(**fields), loan(2)], [event(2, "2025-05-01", "付息", 10)])
    assert [one.record.loan_number for one in whole.of((), "loans")] == ["L2"]
    (told,) = [one for one in whole.findings if one.code == f"fund.{code}"]
    assert said in told.message and told.place.heading == heading


@pytest.mark.parametrize(("approved", "warned"), [(49_999_99, True), (50_000_00, False), (None, False)])
def test_more_lent_than_was_approved_is_told_and_the_loan_stands(approved: int | None, warned: bool) -> None:
    whole = judged((), [loan(approved=approved)])
    told = [one.message for one in whole.findings if one.code == "fund.principal-over"]
    assert bool(told) is warned and len(whole.of((), "loans")) == 1
    assert not told or "本金 50000.00 元，批准额 49999.99 元" in told[0]


def test_a_roster_that_may_have_been_forgotten_is_asked_for_and_sets_nobody_aside() -> None:
    assert codes(judged([applicant()])) == ["loans-none"]
    whole = judged((), [loan(rate=3.6, account="9999990000000000011")])
    assert "events-none" in codes(whole) and not whole.tally.set_aside
    assert "events-none" not in codes(judged((), [loan()], [event(1, "2025-05-01", "付息", 10)]))
    contrary = [event(1, "2025-05-01", "付息", fen) for fen in (10, 20)]
    assert "events-none" not in codes(judged((), [loan()], contrary)), "they were given, and are set aside"


def test_an_event_of_no_loan_is_told_and_sets_no_loan_aside() -> None:
    whole = judged((), [loan(1)], [event(9, "2025-05-01", "结清")])
    assert codes(whole) == ["account", "event-unknown", "rate-over"] and not whole.tally.set_aside


def test_two_loans_under_one_number_are_both_set_aside() -> None:
    whole = judged((), [loan(1), loan(2, loan_number="L1")])
    assert whole.tally.set_aside == 2 and "listed-twice" in codes(whole)


@pytest.mark.parametrize(("rate", "why"), [(0.5, "厘"), (36, "厘")])
def test_a_rate_that_no_loan_of_a_year_has_is_set_aside(rate: float, why: str) -> None:
    whole = judged((), [loan(rate=rate)])
    (told,) = [one for one in whole.findings if one.code == "fund.rate-odd"]
    assert why in told.message and "4.35%" in told.mend and whole.tally.set_aside == 1


def test_a_loan_without_a_rate_is_set_aside() -> None:
    assert judged((), [loan(unread=["rate"])]).tally.set_aside == 1


def test_without_the_countys_base_rate_nothing_is_subsidised_and_the_key_is_named() -> None:
    whole = judged((), [loan()], by=switched(interest={"base": []}))
    (told,) = [one for one in whole.findings if one.code == "fund.base-unknown"]
    assert "interest.base" in told.message and whole.tally.set_aside == 1


def test_without_the_countys_fund_nobody_is_proposed_and_the_key_is_named() -> None:
    whole = judged([applicant(), applicant(2, own=0)], by=switched(pool={"total": []}))
    (told,) = [one for one in whole.findings if one.code == "fund.pool-unknown"]
    assert "pool.total" in told.message and whole.tally.set_aside == 1


def test_without_the_countys_limit_whoever_meets_the_conditions_waits_and_the_key_is_named() -> None:
    whole = judged([applicant(), applicant(2, own=0)], by=switched(limit={"most": []}))
    (told,) = [one for one in whole.findings if one.code == "fund.limit-unknown"]
    assert "甲1" in told.message and "limit.most" in told.message and whole.tally.set_aside == 1
    (refused,) = whole.of()
    assert "政策没有填（limit.most）" in [reason.said for reason in refused.reasons if reason.what == "限额"]


@pytest.mark.parametrize("written", ["", "230299************"])
def test_a_loan_whose_borrower_cannot_be_told_may_be_anybodys_of_the_name(written: str) -> None:
    who = applicant(name="周勇")
    columns = {"identity": (1, "身份证号"), "name": (2, "姓名")}
    unread = Row(Source("基金.xlsx", "Loan", columns), 9, (written, "周勇"))
    whole = judged([who, applicant(2)], [loan(1)], unread=[unread])
    assert codes(whole).count("loan-unsure") == 1 and codes(whole).count("pool-unknown") == 1


@pytest.mark.parametrize("order", [(5, 6), (6, 5)])
def test_of_several_loans_set_aside_the_first_that_may_be_the_households_is_named(
    order: tuple[int, int],
) -> None:
    """One is the spouse's by the number, one anybody's of the name."""
    who = applicant(name="周勇", spouse=applicant(3).identity)
    columns = {"identity": (1, "身份证号"), "name": (2, "姓名")}
    of_spouse, of_name, of_another = (
        Row(Source("基金.xlsx", "Loan", columns), line, written)
        for line, written in zip(
            (*order, 4), ((who.spouse, "李梅"), ("", "周勇"), ("", "周勇民")), strict=True
        )
    )
    unread = sorted((of_spouse, of_name, of_another), key=lambda row: row.line)
    whole = judged([who], [loan(1)], unread=unread)
    (told,) = [one for one in whole.findings if one.code == "fund.loan-unsure"]
    assert "第5行" in told.message


def test_while_the_principal_of_a_loan_cannot_be_read_nobody_is_proposed() -> None:
    whole = judged([applicant()], [loan(1)], unread=[loan(2).row])
    assert codes(whole).count("pool-unknown") == 1 and not whole.of()


def test_a_policy_says_what_cannot_be_meant() -> None:
    with pytest.raises(ValueError, match="合计应为 100"):
        switched(scores={"items": [{"column": "分", "most": 99}]})
    with pytest.raises(ValueError, match="从少到多"):
        switched(ladder={"steps": [{"days": 30, "grade": "次级"}, {"days": 1, "grade": "关注"}]})
    with pytest.raises(ValueError, match="先后排列"):
        switched(
            pool={
                "total": [
                    {"effective": date(2025, 1, 1), "yuan": 1},
                    {"effective": date(2024, 1, 1), "yuan": Decimal(2)},
                ]
            }
        )


def test_on_the_day_of_lending_a_loan_has_borne_a_day() -> None:
    found = lending(of=loan(lent="2025-12-31"))
    assert (found.days, found.interest, found.accrued, found.subsidy) == (1, 596, 596, 411)


@pytest.mark.parametrize(
    ("back", "days"),
    [("2025-05-31", 0), ("2025-06-01", 0), ("2025-06-02", 1), ("2025-06-30", 29), ("2025-07-01", 30)],
)
def test_the_days_of_a_period_that_bore_interest_end_before_the_day_of_repayment(
    back: str, days: int
) -> None:
    found = lending(event(1, back, "结清"), period="2025-06", on=date(2025, 12, 31))
    first = date(2025, 6, 1)
    assert (found.days, found.span) == (days, (first, date(2025, 6, days)) if days else None)
    assert bool(found.interest) is bool(days)


def test_of_a_period_that_is_not_over_the_days_up_to_the_day_of_judgement_count() -> None:
    found = lending(period="2025", on=date(2025, 6, 10), of=loan(lent="2025-06-01"))
    assert (found.span, found.days, found.interest, found.accrued) == (
        (date(2025, 6, 1), date(2025, 6, 10)), 10, 5_959, 5_959,
    )  # fmt: skip
    later = lending(period="2025Q4", on=date(2025, 10, 1), of=loan(lent="2025-06-01"))
    assert (later.days, later.interest) == (1, 596)
    assert (later.owed, later.before + later.subsidy) == (later.subsidy_through(date(2025, 10, 1)),) * 2


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({}, "余额至多 50000.00 元，年利率 3%，到 2026-01-01 前一天为止：以前各期 0.00 元，本期 1500.00 元"),
        ({"principal_most": None}, "年利率 3%，到 2026-01-01 前一天为止：以前各期 0.00 元，本期 1500.00 元"),
        ({"percent": 50, "base_times": None}, "余额至多 50000.00 元，年利率 4.35%，贴 50%，到 2026-01-01 前一天为止：以前各期 0.00 元，本期 1087.50 元"),
    ],
)  # fmt: skip
def test_how_a_subsidy_is_counted_is_said_with_what_limits_it(says: dict[str, Any], said: str) -> None:
    (reason,) = (one for one in lending(by=switched(subsidy=says)).reasons if one.what == "贴息")
    assert reason.said == said


@pytest.mark.parametrize(
    ("on", "day", "codes_of_it", "balance"),
    [
        (date(2025, 12, 31), "2025-12-31", [], 0),
        (date(2025, 12, 31), "2026-01-01", [], 50_000_00),
        (date(2025, 12, 30), "2025-12-31", ["event-later"], None),
        (date(2025, 12, 30), "2025-12-30", [], 0),
    ],
)
def test_an_event_after_the_day_of_judgement_is_a_slip_only_while_the_period_lasts(
    on: date, day: str, codes_of_it: list[str], balance: int | None
) -> None:
    whole = judged((), [loan()], [event(1, day, "结清")], on=on)
    assert [code for code in codes(whole) if code == "event-later"] == codes_of_it
    assert [one.account.balance for one in lendings(whole).values()] == ([] if balance is None else [balance])


def test_an_event_that_cannot_be_read_spoils_its_loan_and_no_other() -> None:
    good = event(1, "2025-05-01", "还本", 10_000)
    bad = structs.replace(good, row=structs.replace(good.row, unread=("amount",)), amount=None)
    whole = judged((), [loan(1), loan(2)], [bad])
    assert list(lendings(whole)) == [loan(2).loan_number]
    (wrong,) = (one for one in whole.findings if one.code == "fund.events-wrong")
    assert str(bad.row.place()) in wrong.message and "unread" in codes(whole)
