"""Money that comes back from the bank after some of it was deducted or asked back: it is owed to the person again."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from sanchuang_cli.ledger import batches, sending
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.outcome import Entitled
from tests.counts import FULL
from tests.ledger.county import (
    CHECKER,
    MAKER,
    account,
    claimant,
    entitled,
    number,
    paid,
    propose,
    returned,
    send,
    sound,
)
from tests.ledger.test_any_sequence import PHASES, Payments
from tests.ledger.test_returns import arrived, july, row


def deducted(tmp_path: Path) -> tuple[Ledger, Entitled]:
    """July paid 100 yuan, but 60 were due; 40 of them were deducted from August's 100. And what is due."""
    ledger, _ = july(tmp_path, 1)
    batches.confirm(ledger, 1, MAKER)
    due = entitled(claimant(0, {"2026-07": 60_00, "2026-08": 100_00}), deduct=True)
    batch = propose(ledger, "2026-08", due).batches["payment"]
    send(ledger, batch, tmp_path / "august")
    assert paid(ledger) == {(number(0), "2026-07"): 60_00, (number(0), "2026-08"): 100_00}
    return ledger, due


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("again", ["sent", "cancelled"])
def test_what_was_deducted_of_a_payment_that_then_comes_back_is_owed_to_the_person_again(
    tmp_path: Path, again: str
) -> None:
    ledger, due = deducted(tmp_path)
    made = returned(ledger, 1, [("村民0", account(0), 100_00)])
    assert (made.fen, made.owed_again) == (100_00, 40_00)
    assert paid(ledger) == {(number(0), "2026-07"): -40_00, (number(0), "2026-08"): 100_00}
    sound(ledger)
    (paper,) = ledger.folder.glob(f"{made.reissue:06d}-*")
    told = paper.read_text("utf-8").partition("台账疑点")[2].partition("来源")[0]
    assert "村民0" in told and "多扣了 40.00 元" in told
    if again == "cancelled":
        batches.cancel(ledger, made.reissue, MAKER)
        (owed,) = propose(ledger, "2026-08", due).comparison.pay
        assert (owed.fen, owed.reason) == (100_00, "补发：退票或追回后应发")
    send(ledger, made.reissue + (again == "cancelled"), tmp_path / "again")
    assert paid(ledger) == {(number(0), "2026-07"): 60_00, (number(0), "2026-08"): 100_00}
    assert propose(ledger, "2026-08", due).batches == {}
    sound(ledger)


def given_back(tmp_path: Path) -> Ledger:
    """July was paid, though nothing was due, and the person gave all of it back."""
    ledger, batch = july(tmp_path, 1)
    batches.confirm(ledger, batch, MAKER)
    claim = propose(ledger, "2026-07", entitled(claimant(0, {}))).batches["recovery"]
    batches.approve(ledger, claim, CHECKER)
    sending.recovered(ledger, claim, MAKER)
    return ledger


@pytest.mark.usefixtures("database")
def test_what_the_person_paid_back_of_a_payment_that_then_comes_back_is_owed_to_the_person_again(
    tmp_path: Path,
) -> None:
    ledger = given_back(tmp_path)
    made = returned(ledger, 1, [("村民0", account(0), 100_00)])
    assert made.owed_again == 100_00 and paid(ledger) == {(number(0), "2026-07"): -100_00}
    sound(ledger)
    send(ledger, made.reissue, tmp_path / "again")
    assert paid(ledger) == {}
    sound(ledger)


@pytest.mark.usefixtures("database")
def test_a_deduction_that_came_back_is_not_sent_again_where_its_payment_came_back_too(tmp_path: Path) -> None:
    ledger, due = deducted(tmp_path)
    batches.cancel(ledger, returned(ledger, 1, [("村民0", account(0), 100_00)]).reissue, MAKER)
    made = returned(ledger, 2, [("村民0", account(0), 60_00)])
    assert (made.persons, made.reissue, made.waiting) == (1, 0, 1)
    assert paid(ledger) == {}
    owed = propose(ledger, "2026-08", due).comparison.pay
    assert [(change.month, change.fen) for change in owed] == [("2026-07", 60_00), ("2026-08", 100_00)]
    sound(ledger)


@pytest.mark.usefixtures("database")
def test_a_return_may_be_taken_back_though_its_deduction_was_made_again_elsewhere(tmp_path: Path) -> None:
    """August's payment did arrive, less 40 yuan; in between, all of July was asked back."""
    ledger, _ = deducted(tmp_path)
    batches.cancel(ledger, returned(ledger, 2, [("村民0", account(0), 60_00)]).reissue, MAKER)
    batches.confirm(ledger, 2, MAKER)
    claim = propose(ledger, "2026-08", entitled(claimant(0, {}), deduct=True)).batches["recovery"]
    batches.approve(ledger, claim, CHECKER)
    sending.recovered(ledger, claim, MAKER)
    assert arrived(ledger, 2, structs.replace(row(0, "成功"), amount=60_00)).persons == 1
    assert paid(ledger) == {(number(0), "2026-07"): -40_00, (number(0), "2026-08"): 100_00}
    sound(ledger)


@pytest.mark.usefixtures("database")
def test_whoever_is_on_no_roster_any_more_and_gave_back_too_much_is_told_as_that(tmp_path: Path) -> None:
    ledger = given_back(tmp_path)
    batches.cancel(ledger, returned(ledger, 1, [("村民0", account(0), 100_00)]).reissue, MAKER)
    (told,) = propose(ledger, "2026-07", entitled(claimant(1, {"2026-07": 1_00}))).comparison.findings
    assert told.message.startswith("河西村 村民0：台账上多扣了 100.00 元，应补还，本次名册里没有")


CORRECTED = st.tuples(st.sampled_from((0, 2)), st.sampled_from([0, 50_00, 60_01]), st.integers(0, 2))
BACK = st.tuples(st.sampled_from([Payments.the_bank_sends_back, Payments.it_had_arrived]), st.integers(0, 99))
ROUNDS = st.lists(st.tuples(st.lists(CORRECTED, max_size=3), st.lists(BACK, max_size=3)), min_size=2, max_size=5)  # fmt: skip


@given(st.booleans(), ROUNDS)
@settings(max_examples=200 if FULL else 8, deadline=None, phases=PHASES)
def test_paid_less_what_came_back_is_what_the_ledger_says_however_late_it_came(
    deduct: bool, rounds: list[tuple[Any, Any]]
) -> None:
    """Each round some months are corrected, another month falls due, all is paid, and then something comes back of any batch."""
    payments = Payments()
    try:
        payments.policy(deduct)
        payments.left_out = {1, 3, 4}
        for corrected, back in rounds:
            payments.all_that_is_owed_is_paid_at_once()
            payments.a_month_passes()
            for correction in corrected:
                payments.a_month_is_corrected(*correction)
            payments.all_that_is_owed_is_paid_at_once()
            for comes_back, at in back:
                comes_back(payments, at)
                payments.entries_are_what_the_bank_moved()
                payments.the_ledger_is_sound()
    finally:
        payments.teardown()
