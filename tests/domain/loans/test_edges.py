"""The rules of loans at their edges: a day, a fen or a month on either side."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.funding import Funding, Share
from sanchuang_cli.domain.loans.account import Account, AccountEvent, LoanTerms, replayed
from sanchuang_cli.domain.loans.daycount import DayCount, LoanTerm, place
from sanchuang_cli.domain.loans.granting import (
    SAME_HOUSEHOLD,
    TIED,
    TOWNSHIP_FULL,
    WAITS_FOR_MONEY,
    Caps,
    LendingPot,
    LoanCandidate,
    LoanLimit,
    granted,
    pot_of,
)
from sanchuang_cli.domain.loans.interest import Bearing, between, earned, schedule
from sanchuang_cli.domain.loans.rules import (
    FundFigure,
    Guarantee,
    Interest,
    InterestSubsidy,
    LadderStep,
    LoanPool,
    OverdueLadder,
    RateFigure,
)

LENT, DUE = date(2025, 1, 1), date(2026, 1, 1)
TERMS = LoanTerms(50_000_00, Fraction(435, 10_000), LoanTerm(LENT, 12))
BEARING = Bearing(TERMS.rate, "365")
FUNDING = Funding(clause="县", shares=(Share(who="县", percent=Fraction(100)),))


def day(text: str) -> date:
    return date.fromisoformat(text)


def lent(*events: tuple[str, str, int | None], on: str = "2026-12-31", months: int | None = None) -> Account:
    """A loan of a year, of 50,000 yuan; months: of an extension."""
    found = replayed(TERMS, [AccountEvent(day(at), kind, fen, months if kind == "展期" else None) for at, kind, fen in events], day(on))  # fmt: skip
    assert isinstance(found, Account), found
    return found


@pytest.mark.parametrize(
    ("count", "first", "last", "years"),
    [
        ("365", "2024-01-31", "2024-03-01", Fraction(30, 365)),
        ("360", "2024-01-31", "2024-03-01", Fraction(30, 360)),
        ("actual", "2024-01-31", "2024-03-01", Fraction(30, 366)),
        ("actual", "2023-12-31", "2024-01-02", Fraction(1, 365) + Fraction(1, 366)),
        ("30/360", "2024-01-31", "2024-03-01", Fraction(31, 360)),
        ("30/360", "2024-01-30", "2024-01-31", Fraction(0)),
        ("30/360", "2023-12-30", "2024-01-30", Fraction(30, 360)),
        ("term", "2025-01-01", "2025-07-01", Fraction(181, 365)),
        ("term", "2025-01-01", "2027-01-01", Fraction(2)),
    ],
)
def test_how_long_a_stretch_is_by_each_count_of_days(
    count: DayCount, first: str, last: str, years: Fraction
) -> None:
    assert place(count, day(last), TERMS.term) - place(count, day(first), TERMS.term) == years


def test_a_term_of_half_a_year_is_half_a_year_however_many_days_it_has() -> None:
    term = LoanTerm(day("2025-08-31"), 6)
    assert term.due == day("2026-02-28")
    assert place("term", term.due, term) - place("term", term.lent, term) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("on", "balance", "overdue"),
    [("2024-12-31", 0, 0), ("2025-01-01", 50_000_00, 0), ("2026-01-01", 50_000_00, 0), ("2026-01-02", 50_000_00, 1)],
)  # fmt: skip
def test_a_loan_is_out_from_the_day_of_lending_and_overdue_from_the_day_after_it_is_due(
    on: str, balance: int, overdue: int
) -> None:
    found = lent(on=on)
    assert (found.balance, found.overdue(day(on)), found.due) == (balance, overdue, DUE)


@pytest.mark.parametrize(
    ("events", "on_time"),
    [
        ([("2026-01-01", "结清", None)], True),
        ([("2026-01-02", "结清", None)], False),
        ([("2025-06-01", "还本", 50_000_00)], True),
        ([("2025-06-01", "还本", 49_999_99)], False),
        ([("2025-06-01", "核销", 1), ("2025-06-02", "结清", None)], False),
        ([("2025-12-01", "展期", None), ("2026-01-02", "结清", None)], False),
    ],
)
def test_on_time_is_who_gave_all_of_it_back_by_the_first_day_on_which_it_was_due(
    events: list[tuple[str, str, int | None]], on_time: bool
) -> None:
    assert lent(*events, months=6).on_time is on_time


def test_an_extension_on_the_last_day_counts_from_the_day_of_lending_and_two_add_up() -> None:
    once = lent(("2026-01-01", "展期", None), months=1)
    assert (once.due, once.first_due, once.overdue(day("2026-02-02"))) == (day("2026-02-01"), DUE, 1)
    assert lent(("2026-01-01", "展期", None), ("2026-02-01", "展期", None), months=1).due == day("2026-03-01")


def test_what_is_given_back_on_the_day_of_lending_bore_nothing() -> None:
    found = lent(("2025-01-01", "还本", 10_000_00))
    assert found.balances == ((LENT, 40_000_00),)
    assert earned(found, BEARING, day("2025-12-31")) == 40_000_00 * 435 // 10_000
    gone = lent(("2025-01-01", "结清", 50_000_00))
    assert (gone.ended, earned(gone, BEARING, DUE), schedule(gone, BEARING, 3)) == (LENT, 0, [])


def test_of_one_day_repayment_write_off_and_the_rest_are_told_apart() -> None:
    found = lent(
        ("2025-06-01", "还本", 10_000_00), ("2025-06-01", "核销", None), ("2025-06-01", "付息", 7), ("2025-06-02", "付息", 8)
    )  # fmt: skip
    assert (found.repaid, found.written_off, found.interest_paid, found.balance) == (
        10_000_00,
        40_000_00,
        15,
        0,
    )
    some = lent(("2025-06-01", "核销", 1), ("2025-06-01", "结清", 49_999_99))
    assert (some.repaid, some.written_off) == (49_999_99, 1)


@pytest.mark.parametrize(
    ("bearing", "through", "fen"),
    [
        ({}, "2024-12-31", 0),
        ({}, "2025-01-01", 5_96),
        ({}, "2025-12-31", 2_175_00),
        ({"until": day("2025-12-31")}, "2025-12-31", 2_169_04),
        ({"principal_most": 20_000_00}, "2025-12-31", 870_00),
        ({"principal_most": 60_000_00}, "2025-12-31", 2_175_00),
        ({"share": Fraction(1, 3)}, "2025-12-31", 725_00),
        ({"most": 2_174_99}, "2025-12-31", 2_174_99),
        ({"most": 2_175_01}, "2025-12-31", 2_175_00),
    ],
)
def test_what_a_loan_has_earned_by_the_end_of_a_day(bearing: dict[str, Any], through: str, fen: int) -> None:
    assert earned(lent(), BEARING._replace(**bearing), day(through)) == fen


def test_between_two_days_both_count_and_nothing_where_they_are_the_wrong_way_round() -> None:
    found = lent()
    assert between(found, BEARING, LENT, LENT) == 5_96
    assert between(found, BEARING, day("2025-01-02"), LENT) == 0


@pytest.mark.parametrize(
    ("every", "days"),
    [(0, ["2026-01-01"]), (12, ["2026-01-01"]), (6, ["2025-07-01", "2026-01-01"]), (5, ["2025-06-01", "2025-11-01", "2026-01-01"])],
)  # fmt: skip
def test_interest_falls_due_every_so_many_months_and_with_the_principal(every: int, days: list[str]) -> None:
    plan = schedule(lent(("2025-02-01", "还本", 20_000_00)), BEARING, every)
    assert [str(one.day) for one in plan] == days
    assert [one.principal for one in plan] == [0] * (len(days) - 1) + [30_000_00]
    assert sum(one.interest for one in plan) == round((50_000_00 * 31 + 30_000_00 * 334) * 0.0435 / 365)


def test_the_figure_of_the_day_is_the_last_that_has_begun() -> None:
    rates = tuple(
        RateFigure(effective=day(on), percent=Fraction(of))
        for on, of in (("2024-01-01", 3), ("2025-01-01", 4))
    )
    rule = Interest(clause="利率", base=rates, day_count="365")
    assert [rule.base_on(day(on)) for on in ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01")] == [
        None, Fraction(3, 100), Fraction(3, 100), Fraction(4, 100),
    ]  # fmt: skip
    funds = tuple(
        FundFigure(effective=day(on), yuan=Fraction(of)) for on, of in (("2024-01-01", 3), ("2025-01-01", 4))
    )
    pool = LoanPool(clause="池", total=funds)
    assert [pool.fund_on(day(on)) for on in ("2023-12-31", "2024-01-01", "2025-01-01")] == [None, 300, 400]


@pytest.mark.parametrize("order", [("2025-01-01", "2024-01-01"), ("2024-01-01", "2024-01-01")])
def test_figures_that_do_not_follow_one_another_are_refused(order: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="按 effective 先后排列，不重复"):
        LoanPool(clause="池", total=tuple(FundFigure(effective=day(on), yuan=Fraction(1)) for on in order))
    with pytest.raises(ValueError, match="按 effective 先后排列，不重复"):
        Interest(
            clause="利率",
            day_count="365",
            base=tuple(RateFigure(effective=day(on), percent=Fraction(1)) for on in order),
        )


@pytest.mark.parametrize(
    ("percent", "sensible"), [("0.99", False), ("1", True), ("24", True), ("24.01", False)]
)
def test_a_rate_of_a_year_lies_between_the_two_that_the_document_says(percent: str, sensible: bool) -> None:
    assert Interest(clause="利率", day_count="365").sensible(Fraction(percent) / 100) is sensible


def test_a_class_begins_on_its_day_and_ends_before_the_next() -> None:
    steps = tuple(LadderStep(days=days, grade=f"{days}") for days in (1, 30, 90))
    ladder = OverdueLadder(clause="档", steps=steps)
    found = [ladder.step(days) for days in (0, 1, 29, 30, 89, 90, 999)]
    assert [one and one.grade for one in found] == [None, "1", "1", "30", "30", "90", "90"]
    with pytest.raises(ValueError, match="从少到多"):
        OverdueLadder(clause="档", steps=steps[::-1])


def test_the_fund_is_called_from_its_day_on_for_principal_and_interest_to_the_day_it_was_due() -> None:
    rule = Guarantee(clause="代偿", days=30, percent=Fraction(70))
    found = lent(("2025-06-01", "付息", 175_00))
    assert rule.call(found, BEARING, day("2026-01-30")) == 0
    assert rule.call(found, BEARING, day("2026-01-31")) == 36_400_00, "70 % of 50,000 and of 2,000 unpaid"
    assert rule.call(lent(("2025-06-01", "付息", 9_999_00)), BEARING, day("2026-06-01")) == 35_000_00
    assert rule.call(lent(("2026-02-01", "结清", None)), BEARING, day("2026-06-01")) == 0


@pytest.mark.parametrize(
    ("says", "rate", "until", "most"),
    [
        ({}, "4.35", "2026-01-01", None),
        ({"base_times": Fraction(1)}, "4", "2026-01-01", None),
        ({"base_times": Fraction(2)}, "4.35", "2026-01-01", None),
        ({"months_most": 6}, "4.35", "2025-07-01", None),
        ({"months_most": 24, "most": Fraction(10)}, "4.35", "2026-01-01", 10_00),
    ],
)
def test_how_a_loan_bears_subsidy(says: dict[str, Any], rate: str, until: str, most: int | None) -> None:
    interest = Interest(
        clause="利率", base=(RateFigure(effective=LENT, percent=Fraction(4)),), day_count="360"
    )
    rule = InterestSubsidy(
        clause="贴息", percent=Fraction(50), principal_most=Fraction(3), funding=FUNDING, **says
    )
    account = lent(("2025-06-01", "展期", None), months=6)
    assert rule.bearing(account, interest) == Bearing(
        Fraction(rate) / 100, "360", 300, Fraction(1, 2), day(until), most
    )


@pytest.mark.parametrize(
    ("back", "through", "fen"),
    [("2025-12-31", "2025-12-30", 0), ("2025-12-31", "2025-12-31", 2_169_04), ("2026-01-02", "2026-06-01", 0)],
)  # fmt: skip
def test_a_subsidy_for_who_is_on_time_is_due_on_the_day_on_which_it_all_came_back(
    back: str, through: str, fen: int
) -> None:
    rule = InterestSubsidy(clause="贴息", percent=Fraction(100), paid="on_time", funding=FUNDING)
    assert rule.due(lent((back, "结清", None)), BEARING, day(through)) == fen


@pytest.mark.parametrize(
    ("earlier", "households", "fen"), [(0, 9, 5_000_00), (1, 9, 9_000_00), (2, 9, 9_000_00), (1, 10, 10_000_00), (5, 99, 10_000_00), (0, 0, 0)]
)  # fmt: skip
def test_the_limit_of_the_next_loan(earlier: int, households: int, fen: int) -> None:
    rule = LoanLimit(clause="限额", most=(Fraction(5_000), Fraction(10_000)), per_household=Fraction(1_000))
    assert rule.of(earlier, households) == fen


def test_a_limit_that_the_county_has_not_said_is_none() -> None:
    assert LoanLimit(clause="限额", most=()).of(0, 9) is None
    assert LoanLimit(clause="限额", most=(Fraction(1),)).of(3, 0) == 100


@pytest.mark.parametrize(
    ("free", "lent_before", "fen"), [(500, 0, 500), (500, 600, 400), (500, 1_000, 0), (500, 1_001, 0)]
)
def test_a_year_has_a_cap_beside_the_pool(free: int, lent_before: int, fen: int) -> None:
    assert pot_of(free, None, lent_before) == LendingPot(free)
    year = Caps(clause="总量", year=Fraction(10))
    assert pot_of(free, year, lent_before) == LendingPot(fen)
    towns = Caps(clause="总量", township=Fraction(7), township_loans=2)
    assert pot_of(free, towns, lent_before) == LendingPot(free, 700, 2)


def asking(rank: int, fen: int, township: str = "甲", *people: str) -> LoanCandidate:
    return LoanCandidate((rank,), fen, township, frozenset(people))


@pytest.mark.parametrize(
    ("candidates", "pot", "why"),
    [
        ([asking(1, 60), asking(2, 40)], LendingPot(100), ["", ""]),
        ([asking(1, 60), asking(2, 41), asking(3, 1)], LendingPot(100), ["", WAITS_FOR_MONEY, WAITS_FOR_MONEY]),
        ([asking(1, 60), asking(2, 40), asking(2, 40)], LendingPot(100), ["", TIED, TIED]),
        ([asking(1, 60), asking(2, 41), asking(2, 41)], LendingPot(100), ["", WAITS_FOR_MONEY, WAITS_FOR_MONEY]),
        ([asking(2, 5), asking(1, 60), asking(1, 60)], LendingPot(100), [WAITS_FOR_MONEY, TIED, TIED]),
        ([asking(1, 60), asking(2, 50), asking(3, 40), asking(4, 9, "乙")], LendingPot(999, 100), ["", TOWNSHIP_FULL, TOWNSHIP_FULL, ""]),
        ([asking(1, 60), asking(2, 40), asking(2, 40)], LendingPot(999, 100), ["", TIED, TIED]),
        ([asking(1, 1), asking(2, 1), asking(3, 1)], LendingPot(999, None, 2), ["", "", TOWNSHIP_FULL]),
        ([asking(1, 1), asking(2, 1), asking(2, 1)], LendingPot(999, None, 2), ["", TIED, TIED]),
        ([asking(1, 1), asking(2, 1), asking(2, 1, "乙")], LendingPot(999, None, 1), ["", TOWNSHIP_FULL, ""]),
        ([asking(1, 1, "甲", "夫", "妻"), asking(2, 1, "甲", "妻", "夫")], LendingPot(9), ["", SAME_HOUSEHOLD]),
        ([asking(1, 1, "甲", "夫", "妻"), asking(1, 1, "甲", "妻"), asking(1, 1, "甲", "别人")], LendingPot(9), [TIED, TIED, ""]),
        ([asking(1, 9, "甲", "夫"), asking(2, 10, "甲", "夫"), asking(3, 1)], LendingPot(10), ["", SAME_HOUSEHOLD, ""]),
    ],
)  # fmt: skip
def test_who_is_lent_to_from_the_top_and_why_the_others_wait(
    candidates: list[LoanCandidate], pot: LendingPot, why: list[str]
) -> None:
    assert granted(candidates, pot) == why
