"""The ledger's side of a reconciliation has every fen of its entries, except the opening balance, batch by batch."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from sanchuang_cli.ledger import file
from sanchuang_cli.ledger.reconciliation import Reconciliation, reconcile
from sanchuang_cli.ledger.reconciliation_pages import pages
from sanchuang_cli.ledger.reconciling import OUT
from sanchuang_cli.ledger.statement import Statement
from sanchuang_cli.ledger.upgrade import upgrade
from sanchuang_cli.period import Period
from tests.ledger.county import MAKER
from tests.ledger.test_upgrade import KEPT, unpacked


def against_nothing(path: Path) -> Reconciliation:
    return reconcile(file.opened(path), Statement(), Period.parse("2026"), 15)


@pytest.mark.parametrize(("version", "name"), KEPT)
def test_transfers_and_returns_are_what_the_entries_of_their_batches_say(
    version: str, name: str, tmp_path: Path
) -> None:
    path = unpacked(version, name, tmp_path)
    upgrade(path, MAKER)
    with closing(sqlite3.connect(path)) as raw:
        entries = raw.execute(
            "select batch, sum(fen) from entry where kind <> 'opening' group by batch"
        ).fetchall()
    reconciliation = against_nothing(path)
    sums: Counter[int] = Counter()
    for transfer in (transfer for group in reconciliation.groups for transfer in group.booked):
        sums[transfer.batch] += transfer.fen if transfer.way == OUT else -transfer.fen
    assert {batch: fen for batch, fen in sums.items() if fen} == {batch: fen for batch, fen in entries if fen}


@pytest.mark.parametrize(("version", "name"), KEPT)
def test_pages_add_up_whatever_stands_in_the_ledger(version: str, name: str, tmp_path: Path) -> None:
    path = unpacked(version, name, tmp_path)
    upgrade(path, MAKER)
    reconciliation = against_nothing(path)
    months, lines, by_benefit, *_ = pages(reconciliation, (), path.name)
    paid, back = (sum(row[at] for row in months.rows) for at in (2, 3))
    assert [sum(row[at] for row in by_benefit.rows) for at in (2, 5, 6)] == [paid, back, paid - back]
    assert sum(row[-2] for row in lines.rows) == paid - back
