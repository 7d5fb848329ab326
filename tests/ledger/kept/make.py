"""Ledgers as this version of the schema writes them, for the tests of `ledger upgrade` of the versions to come.

`python -m tests.ledger.kept.make` writes version-N.zip beside this file, the same bytes each time. Make it before the
schema is changed, and never again: afterwards it is what an office of that day has. Everybody in it is made up. Copies
of batches are plain text, so that a year of them stays small; the ledger only knows their hashes.
"""

import importlib
import random
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch
from zipfile import ZIP_LZMA, ZipFile, ZipInfo

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.with_ledger import proposed
from sanchuang_cli.ledger import batches, file, sending
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.opening import PaidRow, take_over
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.return_list import ReturnRow
from sanchuang_cli.ledger.returns import take_back
from sanchuang_cli.ledger.tables import VERSION
from sanchuang_cli.outcome import Entitled
from sanchuang_cli.period import Month
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.record import Row, Source
from tests.command import SAMPLES
from tests.ledger import county, plain
from tests.ledger.county import CHECKER, MAKER, ON, account, claimant, entitled, propose, returned

HERE = Path(__file__).parent
PEOPLE = 60
NAMES = ("new", "year", "open")


def make_new(folder: Path) -> Ledger:
    """Nothing has been paid yet."""
    return county.new(folder)


def make_open(folder: Path) -> Ledger:
    """A batch in each state: 期初, paid, partly returned with its 退票重发, sent, approved, proposed, cancelled, and one
    that asks money back."""
    ledger = county.new(folder)
    take_over(ledger, "subsidies", [opening_row()], "[]", MAKER)
    months = [f"2026-{month:02d}" for month in range(7, 13)]

    def up_to(month: str, *people: int) -> Entitled:
        return entitled(*(claimant(who, {m: 100_00 for m in months if m <= month}) for who in people))

    for number, month in enumerate(months[:3], 2):
        propose(ledger, month, up_to(month, 1, 2, 3))
        county.send(ledger, number, folder / "out")
    batches.confirm(ledger, 2, MAKER)
    returned(ledger, 3, [("村民1", account(1), 100_00)], account(1, 7))
    propose(ledger, months[3], up_to(months[3], 1, 2, 3))
    batches.approve(ledger, 6, CHECKER)
    propose(ledger, months[4], up_to(months[4], 2, 3, 4))
    propose(ledger, months[5], up_to(months[5], 4, 5))
    batches.cancel(ledger, 8, MAKER)
    less = claimant(3, {m: 60_00 if m == "2026-07" else 100_00 for m in months})
    propose(ledger, months[5], entitled(less))
    return ledger


def opening_row() -> PaidRow:
    row = Row(Source("已发.xlsx", "花名册", {}), 4, ())
    return PaidRow(row=row, township="青禾镇", village="河西村", name="村民9", identity=county.number(9),
                   benefit=county.BENEFIT, months="2026-05至2026-06", account=account(9), amount=200_00)  # fmt: skip


def make_year(folder: Path) -> Ledger:
    """Twelve monthly runs over the people of data/samples/year.py, with what the bank sent back and was asked back."""
    sys.path.insert(0, str(SAMPLES))
    year, ledger = (
        importlib.import_module("year").Year(PEOPLE),
        file.create(folder / "county.db", Month(2025, 12), None, MAKER),
    )
    roster, listed = folder / "名册.xlsx", next(one for one in PROGRAMMES if one.name == "subsidies")
    joined: Iterable[tuple[str, str]] = ()
    for month in range(1, 13):
        year.live_through(month)
        papers_come(ledger, joined)
        joined = list(year.corrected.values())
        roster.write_bytes(year.book())
        period = f"2026-{month:02d}"
        asked = Asked(books=[str(roster)], period=period, on=f"{period}-28", quiet=True, ledger=ledger.place)
        _, made = proposed(listed, asked, MAKER)
        for purpose, number in made.batches.items():
            batches.approve(ledger, number, CHECKER)
            if purpose == "recovery":
                sending.recovered(ledger, number, MAKER)
            else:
                pays(ledger, number, year, folder)
    return ledger


def papers_come(ledger: Ledger, joined: Iterable[tuple[str, str]]) -> None:
    with ledger.writing() as connection:
        register = Register(connection)
        for old, new in joined:
            if old in register.by_number:
                register.join(old, new, replace(MAKER, note="派出所证明"))


def pays(ledger: Ledger, number: int, year: object, folder: Path) -> None:
    """Send, take back what the bank could not pay, send that again, and be done with both."""
    files, _ = sending.send(ledger, number, plain.CSV, folder / "out", MAKER, ON)
    holders = {one.account: one.identity for one in year.reported.values()}  # type: ignore[attr-defined]
    transfers = plain.transfers(files)
    bad = year.comes_back({holders[card] for card, _, _ in transfers})  # type: ignore[attr-defined]
    rows = [
        ReturnRow(row=Row(Source("退票.xlsx", "Sheet1", {}), i, ()), name=name, account=card, amount=fen,
                  reason="账户已销户", new_account=bad[holders[card]])
        for i, (card, name, fen) in enumerate(transfers, 2) if holders[card] in bad
    ]  # fmt: skip
    if rows and (again := take_back(ledger, number, rows, MAKER).reissue):
        batches.approve(ledger, again, CHECKER)
        sending.send(ledger, again, plain.CSV, folder / "out", MAKER, ON)
        batches.confirm(ledger, again, MAKER)
    batches.confirm(ledger, number, MAKER)


def main() -> None:
    """The ledgers of this version in one file, with fixed dates and ids that a seed gives."""
    dice = random.Random(VERSION)
    target = HERE / f"version-{VERSION}.zip"
    with (
        plain.workbooks(),
        patch("secrets.token_hex", lambda size: dice.randbytes(size).hex()),
        tempfile.TemporaryDirectory() as home,
        ZipFile(target, "x", ZIP_LZMA) as packed,
    ):
        for name in NAMES:
            folder = Path(home) / name
            folder.mkdir()
            ledger = globals()[f"make_{name}"](folder)
            for path in sorted([ledger.path, *ledger.folder.rglob("*")]):
                if path.is_file():
                    packed.writestr(ZipInfo(str(path.relative_to(home))), path.read_bytes(), ZIP_LZMA)
    sys.stdout.write(f"{target.name}: {target.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
