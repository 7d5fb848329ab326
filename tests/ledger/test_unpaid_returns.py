"""Money that came back and was not paid again is named on every comparison, whatever roster, year or reach."""

from dataclasses import replace
from pathlib import Path

import pytest

from sanchuang_cli.ledger import batches, file
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.listing import closed_line
from sanchuang_cli.ledger.unpaid_returns import unpaid_returns
from sanchuang_cli.outcome import Entitled
from sanchuang_cli.period import Period
from tests.ledger import county
from tests.ledger.county import MAKER, account, claimant, entitled, propose, returned, send, sound
from tests.ledger.test_returns import JULY, july

pytestmark = pytest.mark.usefixtures("database")


def came_back(tmp_path: Path) -> Ledger:
    """A ledger of which July of 村民0 came back, and its reissue was cancelled."""
    ledger, batch = july(tmp_path, 3)
    made = returned(ledger, batch, [("村民0", account(0), 100_00)])
    assert named(ledger, "2026-08", entitled(claimant(1, JULY))) == [], "an open batch is about to pay it"
    batches.cancel(ledger, made.reissue, MAKER)
    return ledger


def named(ledger: Ledger, period: str, of: Entitled) -> list[str]:
    findings = propose(ledger, period, of).comparison.findings
    return [one.message for one in findings if one.code == "ledger.unpaid-return"]


def test_whoever_is_gone_from_the_roster_is_named_every_time(tmp_path: Path) -> None:
    ledger = came_back(tmp_path)
    others = entitled(claimant(1, JULY), claimant(2, JULY))
    for month in ("2026-07", "2026-08", "2026-09", "2027-01"):
        (said,) = named(ledger, month, others)
        assert "村民0：2026-07 的 100.00 元由银行退回，没有再发" in said and "本次没有算这个人" in said
    assert closed(ledger) == (
        "批次 1：已发放 2 人，200.00 元；退回 1 人，100.00 元。其中 1 人 100.00 元没有再发，也不在未了结的批次里。"
    )


def closed(ledger: Ledger) -> str:
    batches.confirm(ledger, 1, MAKER)
    return closed_line(ledger, 1)


def test_what_came_back_in_a_year_that_is_over_is_named(tmp_path: Path) -> None:
    ledger = came_back(tmp_path)
    everybody = replace(entitled(*(claimant(who, {}) for who in range(3))), yearly=True)
    (said,) = named(ledger, "2027", everybody)
    assert "村民0" in said and "本次不看那几个月" in said


def test_what_came_back_before_the_reach_of_the_ledger_is_named(tmp_path: Path) -> None:
    ledger = file.create(county.new_place(tmp_path), Period.parse("2026-06").start, 2, MAKER)
    send(
        ledger, propose(ledger, "2026-07", entitled(claimant(0, JULY))).batches["payment"], tmp_path / "july"
    )
    batches.cancel(ledger, returned(ledger, 1, [("村民0", account(0), 100_00)]).reissue, MAKER)
    assert named(ledger, "2026-09", entitled(claimant(0, JULY))) == []
    batches.cancel(ledger, 3, MAKER)
    (said,) = named(ledger, "2026-10", entitled(claimant(0, {})))
    assert "村民0：2026-07" in said


def test_whoever_is_judged_or_was_paid_again_is_not_named(tmp_path: Path) -> None:
    ledger = came_back(tmp_path)
    assert named(ledger, "2026-07", entitled(claimant(0, {}))) == [], "nothing is due any more"
    batch = propose(ledger, "2026-07", entitled(claimant(0, JULY))).batches["payment"]
    assert named(ledger, "2026-08", entitled(claimant(1, JULY))) == []
    send(ledger, batch, tmp_path / "again")
    with ledger.reading() as connection:
        assert unpaid_returns(connection) == {}
    assert named(ledger, "2026-08", entitled(claimant(1, JULY))) == []
    assert closed(ledger).endswith("退回 1 人，100.00 元。")
    sound(ledger)


def test_what_arrived_after_all_is_not_named(tmp_path: Path) -> None:
    ledger = came_back(tmp_path)
    county.arrived(ledger, 1, [("村民0", account(0), 100_00)])
    assert named(ledger, "2026-08", entitled(claimant(1, JULY))) == []
