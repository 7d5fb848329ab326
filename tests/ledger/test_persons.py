"""One person stays one payee, whatever number, name or account they come with."""

from dataclasses import replace
from pathlib import Path

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches, sending
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.payee_ids import Register, normal
from sanchuang_cli.outcome import Claimant, Entitled
from tests.ledger import county
from tests.ledger.county import (
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
from tests.programmes.people import identity

pytestmark = pytest.mark.usefixtures("database")

JULY = {"2026-07": 100_00}
OTHER = identity("1931-03-15", "男", 400)  # the birthday of person 1 under another number


def started(folder: Path) -> Ledger:
    """A ledger on which person 1 has been paid July."""
    ledger = county.new(folder)
    send(ledger, propose(ledger, "2026-07", entitled(claimant(1, JULY))).batches["payment"], folder / "out")
    return ledger


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"account": account(9)}, "ledger.known-birth"),
        ({"name": "改了名", "account": account(1)}, "ledger.known-account"),
    ],
)
def test_a_new_number_that_looks_like_a_known_person_is_not_paid(
    tmp_path: Path, facts: dict[str, str], code: str
) -> None:
    ledger = started(tmp_path)
    made = propose(ledger, "2026-07", entitled(claimant(1, JULY, key=OTHER, **facts)))
    assert made.batches == {}
    assert code in [finding.code for finding in made.comparison.findings]
    assert OTHER not in str(made.comparison.findings)


STRANGE = identity("1931-09-09", "男", 401)
"""A number that has nothing in common with anybody's."""
PAST = {"2026-07": 100_00, "2026-08": 100_00}


def codes(made: batches.Proposed) -> list[str]:
    return [finding.code for finding in made.comparison.findings]


@pytest.mark.parametrize("village", ["河西村", ""])
def test_who_comes_with_another_number_birthday_and_account_is_not_paid_again_for_a_month(
    tmp_path: Path, village: str
) -> None:
    """Of the one who was paid nothing is left on the roster; the name is the same, and so may be the village."""
    ledger = started(tmp_path)
    new = claimant(1, PAST, key=STRANGE, account=account(9), village=village)
    made = propose(ledger, "2026-08", entitled(new, claimant(2, JULY)))
    assert made.batches == {"payment": 2}
    assert [change.payee.name for change in made.comparison.pay] == ["村民2"]
    assert codes(made) == ["ledger.known-home", "ledger.absent"]
    assert STRANGE not in str(made.comparison.findings)


def test_when_the_papers_have_come_only_what_was_not_paid_follows(tmp_path: Path) -> None:
    ledger = started(tmp_path)
    with ledger.writing() as connection:
        Register(connection).join(number(1), STRANGE, replace(MAKER, note="派出所证明"), sure=True)
    new = claimant(1, PAST, key=STRANGE, account=account(9))
    made = propose(ledger, "2026-08", entitled(new))
    assert [(change.month, change.fen) for change in made.comparison.pay] == [("2026-08", 100_00)]


@pytest.mark.parametrize(
    ("due", "beside", "facts"),
    [
        ({"2026-08": 100_00}, (), {}),
        (PAST, (claimant(1, JULY),), {}),
        (PAST, (), {"village": "河东村"}),
        (PAST, (), {"name": "另一人"}),
    ],
    ids=["other months", "the other is there", "other village", "other name"],
)
def test_a_namesake_who_cannot_be_the_one_that_was_paid_is_paid(
    tmp_path: Path, due: dict[str, int], beside: tuple[Claimant, ...], facts: dict[str, str]
) -> None:
    ledger = started(tmp_path)
    new = claimant(1, due, **({"key": STRANGE, "account": account(9)} | facts))
    made = propose(ledger, "2026-08", entitled(new, *beside))
    assert made.batches == {"payment": 2}
    assert "ledger.known-home" not in codes(made)


def test_a_namesake_of_somebody_whose_row_is_set_aside_is_paid(tmp_path: Path) -> None:
    """Who is doubtful has not gone."""
    ledger = started(tmp_path)
    new = claimant(1, PAST, key=STRANGE, account=account(9))
    made = propose(ledger, "2026-08", Entitled((new,), (), False, listed=frozenset({number(1)})))
    assert made.batches == {"payment": 2}


def test_who_has_returned_everything_is_no_second_payee(tmp_path: Path) -> None:
    ledger = started(tmp_path)
    batches.confirm(ledger, 1, MAKER)
    back = propose(ledger, "2026-08", entitled(claimant(1, {}))).batches["recovery"]
    batches.approve(ledger, back, county.CHECKER)
    sending.recovered(ledger, back, MAKER)
    made = propose(ledger, "2026-08", entitled(claimant(1, PAST, key=STRANGE, account=account(9))))
    assert "ledger.known-home" not in codes(made)


def test_a_new_number_with_an_account_that_the_person_once_had_is_not_paid(tmp_path: Path) -> None:
    ledger = started(tmp_path)
    back = returned(ledger, 1, [("村民1", account(1), 100_00)], new_account=account(1, 7))
    batches.cancel(ledger, back.reissue, county.MAKER)
    moved = claimant(1, JULY, account=account(1, 8))
    send(ledger, propose(ledger, "2026-07", entitled(moved)).batches["payment"], tmp_path / "b")
    for change in (0, 7, 8):
        new = claimant(1, JULY, key=OTHER, name="改了名", account=account(1, change))
        made = propose(ledger, "2026-07", entitled(new))
        assert (made.batches, [f.code for f in made.comparison.findings][:1]) == (
            {},
            ["ledger.known-account"],
        )


def test_joined_numbers_are_one_payee(tmp_path: Path) -> None:
    ledger = started(tmp_path)
    with ledger.writing() as connection:
        Register(connection).join(number(1), OTHER, replace(MAKER, note="派出所证明"))
    made = propose(ledger, "2026-07", entitled(claimant(1, JULY, key=OTHER)))
    assert (made.batches, made.comparison.unchanged) == ({}, 1)
    both = propose(ledger, "2026-07", entitled(claimant(1, JULY), claimant(1, JULY, key=OTHER)))
    assert [finding.code for finding in both.comparison.findings] == ["ledger.twice"] * 2


def test_two_numbers_that_were_both_paid_become_one_person_with_both_sums(tmp_path: Path) -> None:
    ledger = started(tmp_path)
    with ledger.writing() as connection:
        Register(connection).part(OTHER, replace(MAKER, note="以为是两个人"))
    second = claimant(1, JULY, key=OTHER, account=account(9))
    send(ledger, propose(ledger, "2026-07", entitled(second)).batches["payment"], tmp_path / "b")
    with ledger.writing() as connection:
        Register(connection).join(number(1), OTHER, replace(MAKER, note="是一个人"), sure=True)
    assert paid(ledger) == {(number(1), "2026-07"): 200_00, (OTHER, "2026-07"): 200_00}
    sound(ledger)


def test_numbers_in_an_open_batch_are_not_joined(tmp_path: Path) -> None:
    ledger = started(tmp_path)
    with ledger.writing() as connection:
        Register(connection).part(OTHER, replace(MAKER, note="两个人"))
    propose(ledger, "2026-07", entitled(claimant(1, JULY, key=OTHER, account=account(9))))
    with pytest.raises(UserError, match="批次 2"), ledger.writing() as connection:
        Register(connection).join(number(1), OTHER, replace(MAKER, note="一个人"))


def test_a_person_said_to_be_another_is_paid(tmp_path: Path) -> None:
    ledger = started(tmp_path)
    with ledger.writing() as connection:
        Register(connection).part(OTHER, replace(MAKER, note="同名同日生"))
    made = propose(ledger, "2026-07", entitled(claimant(1, JULY, key=OTHER, account=account(9))))
    assert made.batches == {"payment": 2}


def test_a_15_digit_number_is_known_by_its_18_digits() -> None:
    assert normal("230299310315201") == normal("230299310315201 ")
    assert len(normal("230299310315201")) == 18
    with pytest.raises(UserError, match="核对"):
        normal("12345")
