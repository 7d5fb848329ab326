"""Two numbers become one payee where they are alike, or where somebody answers for it; and two again where that was wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from sanchuang_cli.domain.payees import organisation
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches, sending
from sanchuang_cli.ledger.chain import links
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.listing import acts_page
from sanchuang_cli.ledger.payee_ids import Register
from tests.ledger import county
from tests.ledger.county import (
    CHECKER,
    MAKER,
    account,
    claimant,
    entitled,
    number,
    paid,
    propose,
    send,
    sound,
)
from tests.programmes.people import identity

pytestmark = pytest.mark.usefixtures("database")

JULY = {"2026-07": 100_00}
WHY = replace(MAKER, note="派出所证明")
SAME_BIRTH = identity("1931-03-15", "男", 400)
"""Another number with the birthday and the sex of person 1."""
WOMAN = identity("1931-03-15", "女", 401)
BORN_LATER = identity("1931-09-09", "男", 402)


@contextmanager
def register(ledger: Ledger) -> Iterator[Register]:
    with ledger.writing() as connection:
        yield Register(connection)


def paid_to(ledger: Ledger, tmp_path: Path, period: str, *people: object) -> int:
    batch = propose(ledger, period, entitled(*people)).batches["payment"]  # type: ignore[arg-type]
    send(ledger, batch, tmp_path / f"{period}-{batch}")
    batches.confirm(ledger, batch, MAKER)
    return batch


def two_paid(tmp_path: Path) -> Ledger:
    """Persons 1 and 2, both paid for July."""
    ledger = county.new(tmp_path)
    paid_to(ledger, tmp_path, "2026-07", claimant(1, JULY), claimant(2, JULY))
    return ledger


@pytest.mark.parametrize(
    ("new", "reason"),
    [(WOMAN, "性别不同"), (BORN_LATER, "出生日期不同"), (number(2), "姓名不同.*2026-07 两个都发过")],
)
def test_numbers_that_are_not_alike_are_not_joined_unless_somebody_answers_for_it(
    tmp_path: Path, new: str, reason: str
) -> None:
    ledger = two_paid(tmp_path)
    before = county.content(ledger)
    with pytest.raises(UserError, match=f"{reason}.*--sure"), register(ledger) as payees:
        payees.join(number(1), new, WHY)
    assert county.content(ledger) == before
    with register(ledger) as payees:
        payees.join(number(1), new, WHY, sure=True)
    sound(ledger)


def test_organisations_are_alike_whatever_they_are_called_unless_both_were_paid(tmp_path: Path) -> None:
    ledger = county.new(tmp_path)
    old, new = (organisation(county=code) for code in ("01", "02"))
    with register(ledger) as payees:
        for key in (old, new):
            payees.part(key, WHY)
    paid_to(ledger, tmp_path, "2026-07", claimant(1, JULY, key=old, name="甲社"))
    paid_to(ledger, tmp_path, "2026-08", claimant(2, {"2026-08": 100_00}, key=new, name="乙社"))
    with register(ledger) as payees:
        payees.join(old, new, WHY)
    with register(ledger) as payees:
        assert payees.part(new, WHY)
    paid_to(ledger, tmp_path, "2026-09", claimant(2, JULY | {"2026-08": 100_00}, key=new, name="乙社"))
    with pytest.raises(UserError, match="2026-07 两个都发过"), register(ledger) as payees:
        payees.join(old, new, WHY)


def test_two_who_were_joined_by_mistake_are_two_again_and_the_chain_says_both(tmp_path: Path) -> None:
    ledger = two_paid(tmp_path)
    before = paid(ledger)
    with register(ledger) as payees:
        payees.join(number(1), number(2), WHY, sure=True)
    assert paid(ledger)[number(1), "2026-07"] == 200_00
    with register(ledger) as payees:
        assert payees.part(number(2), replace(MAKER, note="是两个人"))
    assert paid(ledger) == before
    with ledger.reading() as connection:
        acts = [(link.what, link.note) for link in links(connection) if link.what in ("same", "different")]
    assert acts == [("same", "派出所证明"), ("different", "是两个人")]
    assert "登记为另一个人（撤销合并）" in str(acts_page(ledger).rows)
    both = {"2026-07": 100_00, "2026-08": 100_00}
    owed = propose(ledger, "2026-08", entitled(claimant(1, both), claimant(2, both))).comparison
    assert [(change.payee.name, change.month) for change in owed.pay] == [
        ("村民1", "2026-08"),
        ("村民2", "2026-08"),
    ]
    sound(ledger)
    with pytest.raises(UserError, match="没有并到别的号码名下"), register(ledger) as payees:
        payees.part(number(2), WHY)


def test_of_several_joinings_the_last_is_taken_back_first(tmp_path: Path) -> None:
    ledger = two_paid(tmp_path)
    paid_to(ledger, tmp_path, "2026-08", claimant(3, {"2026-08": 100_00}))
    before = paid(ledger)
    with register(ledger) as payees:
        payees.join(number(2), number(3), WHY, sure=True)
    with register(ledger) as payees:
        payees.join(number(1), number(2), WHY, sure=True)
    with register(ledger) as payees:
        payees.part(number(3), WHY)
    assert paid(ledger)[number(2), "2026-08"] == 100_00 and (number(1), "2026-08") not in paid(ledger)
    with register(ledger) as payees:
        payees.part(number(3), WHY)
    assert paid(ledger) == before
    sound(ledger)


def test_a_new_number_that_was_given_to_the_wrong_person_is_free_again(tmp_path: Path) -> None:
    ledger = two_paid(tmp_path)
    with register(ledger) as payees:
        payees.join(number(1), SAME_BIRTH, WHY)
    with register(ledger) as payees:
        payees.part(SAME_BIRTH, WHY)
    new = claimant(1, JULY, key=SAME_BIRTH, name="同日生", account=account(9))
    assert [change.fen for change in propose(ledger, "2026-07", entitled(new)).comparison.pay] == [100_00]
    sound(ledger)


def test_a_joining_that_was_already_paid_or_asked_back_upon_stands(tmp_path: Path) -> None:
    ledger = two_paid(tmp_path)
    with register(ledger) as payees:
        payees.join(number(1), SAME_BIRTH, WHY)
        payees.join(number(1), number(2), WHY, sure=True)
    both = {"2026-07": 200_00, "2026-08": 100_00}
    of_new = paid_to(ledger, tmp_path, "2026-08", claimant(1, both, key=SAME_BIRTH))
    with pytest.raises(UserError, match=f"批次 {of_new} 已按同一个收款人发放"), register(ledger) as payees:
        payees.part(SAME_BIRTH, WHY)
    claim = propose(ledger, "2026-08", entitled(claimant(1, JULY | {"2026-08": 100_00}))).batches["recovery"]
    with pytest.raises(UserError, match=f"未了结的批次 {claim} 里。请先取消"), register(ledger) as payees:
        payees.part(number(2), WHY)
    batches.approve(ledger, claim, CHECKER)
    sending.recovered(ledger, claim, MAKER)
    assert paid(ledger)[number(1), "2026-07"] == 100_00
    with register(ledger) as payees:
        payees.part(number(2), WHY)
    sound(ledger)
