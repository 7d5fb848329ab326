"""Whom the money of a known payee goes to: never to another's account, and told where it is not the last one's."""

from pathlib import Path

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.outcome import Claimant
from tests.ledger.county import MAKER, account, claimant, entitled, number, propose, returned, send, sound
from tests.ledger.test_returns import WHY, july

pytestmark = pytest.mark.usefixtures("database")

BOTH = {"2026-07": 100_00, "2026-08": 100_00}
AUGUST = {"2026-08": 100_00}


def proposed(ledger: Ledger, *people: Claimant) -> tuple[list[str], dict[str, list[str]]]:
    """Whom August pays, and the findings about accounts: the names by their code."""
    compared = propose(ledger, "2026-08", entitled(*people)).comparison
    told: dict[str, list[str]] = {}
    for one in compared.findings:
        if one.code != "ledger.absent":
            told.setdefault(one.code, []).append(one.message.partition("：")[0])
    return [change.payee.name for change in compared.pay], told


def test_a_column_of_accounts_that_slipped_by_a_row_pays_nobody(tmp_path: Path) -> None:
    ledger, _ = july(tmp_path)
    slipped = [claimant(who, BOTH, account=account((who + 1) % 4)) for who in range(4)]
    names = [f"村民{who}" for who in range(4)]
    assert proposed(ledger, *slipped) == ([], {"ledger.account-of-another": names})


def test_nobody_is_paid_to_the_account_of_somebody_who_left_the_roster(tmp_path: Path) -> None:
    ledger, _ = july(tmp_path)
    people = [claimant(0, BOTH, account=account(3)), claimant(1, BOTH), claimant(2, BOTH)]
    assert proposed(ledger, *people) == (["村民1", "村民2"], {"ledger.account-of-another": ["村民0"]})


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"account": account(0, 5)}, "账号与上次（批次 1）不同"),
        ({"name": "村民甲"}, "户名与上次（批次 1）不同"),
        ({"account": account(0, 5), "name": "村民甲"}, "户名、账号与上次（批次 1）不同"),
    ],
)
def test_a_name_or_account_that_is_not_that_of_the_last_payment_is_told_until_it_was_sent(
    tmp_path: Path, facts: dict[str, str], what: str
) -> None:
    ledger, _ = july(tmp_path)
    people = [claimant(0, BOTH, **facts), claimant(1, BOTH)]
    for _ in range(2):  # a batch that was cancelled pays nobody
        made = propose(ledger, "2026-08", entitled(*people))
        (said,) = [one for one in made.comparison.findings if one.code == "ledger.changed"]
        assert what in said.message and account(0) not in said.message and account(0, 5) not in said.message
        batches.cancel(ledger, made.batches["payment"], MAKER)
    send(ledger, propose(ledger, "2026-08", entitled(*people)).batches["payment"], tmp_path / "august")
    september = [claimant(0, {**BOTH, "2026-09": 100_00}, **facts)]
    again = propose(ledger, "2026-09", entitled(*september)).comparison
    assert not [one for one in again.findings if one.code == "ledger.changed"]


def test_those_who_share_an_account_and_were_told_to_be_two_go_on_being_paid(tmp_path: Path) -> None:
    ledger, _ = july(tmp_path)
    with ledger.writing() as connection:
        Register(connection).part(number(9), WHY)
    wife = claimant(9, AUGUST, account=account(0))
    assert proposed(ledger, wife) == (["村民9"], {})
    for at in range(2):
        send(ledger, 2 + at, tmp_path / str(at))
        month = f"2026-{9 + at:02d}"
        both = [claimant(0, {"2026-07": 100_00, month: 100_00})]
        both.append(claimant(9, AUGUST | {month: 100_00}, account=account(0)))
        assert len(propose(ledger, month, entitled(*both)).comparison.pay) >= 2
    sound(ledger)


def test_a_known_payee_may_have_anothers_account_once_somebody_has_said_so(tmp_path: Path) -> None:
    ledger, _ = july(tmp_path)
    husband = claimant(0, BOTH, account=account(1))
    assert proposed(ledger, husband)[0] == []
    with ledger.writing() as connection:
        Register(connection).share(number(0), account(1), WHY)
    assert proposed(ledger, husband) == (["村民0"], {"ledger.changed": ["村民0"]})
    sound(ledger)
    for who, card in ((0, account(1)), (2, account(2, 7)), (8, account(1))):
        with ledger.writing() as connection, pytest.raises(UserError, match="不用登记"):
            Register(connection).share(number(who), card, WHY)


def test_a_batch_that_sends_again_to_the_account_that_bounced_is_told_of_the_rosters_new_one(
    tmp_path: Path,
) -> None:
    ledger, batch = july(tmp_path)
    returned(ledger, batch, [("村民0", account(0), 100_00)])
    returned(ledger, batch, [("村民1", account(1), 100_00)], account(1, 5))
    roster = [claimant(0, BOTH, account=account(0, 9)), claimant(1, BOTH), claimant(2, BOTH)]
    (said,) = [
        one
        for one in propose(ledger, "2026-08", entitled(*roster)).comparison.findings
        if one.code == "ledger.other-account"
    ]
    assert "村民0：批次 2 发到账号" in said.message and "sanchuang batch cancel 2" in said.mend
