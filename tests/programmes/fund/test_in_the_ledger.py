"""Loans in the ledger: each is owed, paid and taken back by its own number; one that is left off the roster is left as it is."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as changed

from sanchuang_cli.domain.loans.rosters import Loan, LoanEvent
from sanchuang_cli.finding import Severity
from sanchuang_cli.ledger import batches
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.pages import LedgerLine, bank_page, list_page
from sanchuang_cli.outcome import Entitled, Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.programmes.fund import PAYS, PROGRAMME
from tests.ledger import county
from tests.programmes.borrowers import asked, event, loan

CARD = county.account(1)
FIRST, SECOND = loan(1, account=CARD), loan(2, account=CARD, identity=loan(1).identity, name="乙1")
SETTLED = event(1, "2025-07-01", "结清")
HALF, YEAR = ("2025H1", date(2025, 6, 30)), ("2025", date(2025, 12, 31))


def owed(
    loans: tuple[Loan, ...],
    events: tuple[LoanEvent, ...] = (),
    when: tuple[str, date] = YEAR,
    pays: Any = PAYS,
) -> Entitled:
    rosters, by, _ = asked((), loans, events)
    months = Period.parse(when[0])
    found: Entitled = pays.owes(PROGRAMME.judge, rosters, by, Occasion(months, when[1]), {})
    return found


def begun(folder: Path, pays: Any = PAYS) -> Ledger:
    """A ledger that has paid the half of the year for both loans."""
    ledger = county.new(folder, "2024-12")
    made = county.propose(ledger, HALF[0], owed((FIRST, SECOND), when=HALF, pays=pays))
    county.send(ledger, made.batches["payment"], folder / "bank")
    batches.confirm(ledger, made.batches["payment"], county.MAKER)
    return ledger


OLD = replace(PAYS, item=None)
"""As the ledger was told before loans were told apart."""


def test_each_loan_is_owed_by_its_own_number() -> None:
    (claimant,) = owed((FIRST, SECOND), when=HALF).claimants
    assert {due.component for due in claimant.due} == {"编号 L1", "编号 L2"}
    assert claimant.items == {"编号 L1", "编号 L2"}


@pytest.mark.parametrize("pays", [PAYS, OLD])
def test_of_a_settled_loan_that_is_left_off_nothing_is_asked_back_and_it_is_told(
    tmp_path: Path, pays: Any
) -> None:
    ledger = begun(tmp_path, pays)
    made = county.propose(ledger, YEAR[0], owed((SECOND,)))
    assert not made.comparison.claim
    months = [(one.month, one.component) for one in made.comparison.pay]
    assert months == [(f"2025-{month:02d}", "编号 L2") for month in range(7, 13)]
    (told,) = [one for one in made.comparison.findings if one.code == "ledger.left-off"]
    assert "乙1" in told.message and "没有重算，也不追缴" in told.message
    assert ("编号 L1" in told.message) is (pays is PAYS)


@pytest.mark.parametrize("pays", [PAYS, OLD])
def test_of_a_settled_loan_that_stays_listed_what_was_paid_is_right(tmp_path: Path, pays: Any) -> None:
    ledger = begun(tmp_path, pays)
    made = county.propose(ledger, YEAR[0], owed((FIRST, SECOND), (SETTLED,)))
    assert not made.comparison.claim and not made.comparison.findings
    assert {one.component for one in made.comparison.pay} == {"编号 L2"}


def test_what_a_loan_was_paid_too_much_is_asked_back_by_its_number(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    made = county.propose(ledger, HALF[0], owed((changed(FIRST, other=True), SECOND), when=HALF))
    assert {(one.component, one.reason) for one in made.comparison.claim} == {
        ("编号 L1", "编号 L1：更正后应少发")
    }
    assert len(made.comparison.claim) == 6 and not made.comparison.findings


def test_a_loan_whose_number_was_corrected_is_not_paid_twice(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    made = county.propose(ledger, YEAR[0], owed((changed(FIRST, loan_number="L9"), SECOND)))
    assert not made.comparison.claim
    paid = {(one.component, one.month) for one in made.comparison.pay}
    assert paid == {(f"编号 {name}", f"2025-{month:02d}") for name in ("L9", "L2") for month in range(7, 13)}
    (left, unsure) = made.comparison.findings
    assert (left.code, unsure.code) == ("ledger.left-off", "ledger.item-unsure")
    assert "编号 L1" in left.message and "编号 L9" in unsure.message


def _later(*loans: Loan) -> Entitled:
    """What is due from the beginning of the year to the end of September."""
    rosters, by, _ = asked((), loans)
    months = replace(Period.parse("2025"), months=9)
    found: Entitled = PAYS.owes(PROGRAMME.judge, rosters, by, Occasion(months, date(2025, 9, 30)), {})
    return found


@pytest.mark.parametrize("last", ["L9", "L1"])
def test_a_loan_whose_number_was_corrected_is_never_paid_twice_whatever_was_paid_for_it_since(
    tmp_path: Path, last: str
) -> None:
    """Its number on the roster is L1, then L9, then L9 or L1 again."""
    ledger = begun(tmp_path)
    made = county.propose(ledger, "2025Q3", _later(changed(FIRST, loan_number="L9"), SECOND))
    county.send(ledger, made.batches["payment"], tmp_path / "second")
    batches.confirm(ledger, made.batches["payment"], county.MAKER)
    made = county.propose(ledger, YEAR[0], owed((changed(FIRST, loan_number=last), SECOND)))
    assert not made.comparison.claim
    months = {one.month for one in made.comparison.pay if one.component == f"编号 {last}"}
    assert months == {"2025-10", "2025-11", "2025-12"}
    (told,) = [one for one in made.comparison.findings if one.code == "ledger.item-unsure"]
    assert "编号 L1" in told.message and "编号 L9" in told.message


def test_a_loan_whose_number_was_corrected_while_a_batch_is_open_is_in_one_batch(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2024-12")
    county.propose(ledger, HALF[0], owed((FIRST,), when=HALF))
    made = county.propose(ledger, HALF[0], owed((changed(FIRST, loan_number="L9"),), when=HALF))
    assert not made.comparison.pay
    assert [one.code for one in made.comparison.findings if one.severity is Severity.ERROR] == [
        "ledger.item-unsure"
    ]


def test_a_loan_that_was_paid_beside_another_is_another(tmp_path: Path) -> None:
    """Its principal was wrong, and the other is settled and left off."""
    ledger = county.new(tmp_path, "2024-12")
    made = county.propose(ledger, HALF[0], owed((FIRST, changed(SECOND, principal=4_000_000)), when=HALF))
    county.send(ledger, made.batches["payment"], tmp_path / "bank")
    made = county.propose(ledger, HALF[0], owed((SECOND,), when=HALF))
    assert {(one.component, one.reason) for one in made.comparison.pay} == {("编号 L2", "补发：更正后应多发")}
    assert [one.code for one in made.comparison.findings] == ["ledger.left-off"]


def test_the_numbers_of_loans_may_be_written_wide_or_with_spaces() -> None:
    (claimant,) = owed((changed(FIRST, loan_number="Ｌ１ "),), when=HALF).claimants
    assert claimant.items == {"编号 L1"}


def test_a_loan_that_is_reported_late_is_paid_for_months_that_an_old_ledger_has(tmp_path: Path) -> None:
    ledger = county.new(tmp_path, "2024-12")
    first = county.propose(ledger, HALF[0], owed((FIRST,), when=HALF, pays=OLD))
    county.send(ledger, first.batches["payment"], tmp_path / "bank")
    made = county.propose(ledger, HALF[0], owed((FIRST, SECOND), when=HALF))
    assert {one.component for one in made.comparison.pay} == {""}
    assert sum(one.fen for one in made.comparison.pay) == sum(one.fen for one in first.comparison.pay)
    assert not made.comparison.claim


def test_of_a_borrower_of_whom_a_row_could_not_be_used_nothing_is_compared_however_the_number_is_typed() -> (
    None
):
    unread = loan(2, identity=f"{SECOND.identity[:6]} {SECOND.identity[6:]}").row
    rosters, by, occasion = asked((), (FIRST,), unread=[unread])
    assert not PAYS.owes(PROGRAMME.judge, rosters, by, occasion, {}).claimants


def test_the_list_that_is_signed_and_the_banks_have_one_sum_a_person() -> None:
    lines = [
        LedgerLine("a", FIRST.identity, "乙1", CARD, "", "青禾镇", "河西村", "创业贷款贴息", "2025-06", component, "paid", 100, "本期", "", "")
        for component in ("编号 L1", "编号 L2")
    ]  # fmt: skip
    listed, bank = list_page("payment", "贴息", lines), bank_page("贴息", lines)
    assert not [column for column in listed.columns if column.title.startswith("其中")]
    assert bank and [row[bank.index("remark")] for row in bank.rows] == ["创业贷款贴息"]
