"""`ledger upgrade` over a kept ledger of every earlier version: money and states stay, whole or not at all.

The ledgers lie in kept/, made by the code of their day (kept/make.py): a new one, one of a year of runs, and one with
batches in every state.
"""

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from sanchuang_cli.domain.payees import organisation
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches, file, income, listing, unpaid_results
from sanchuang_cli.ledger.proof import proved, troubles
from sanchuang_cli.ledger.tables import OLDER, VERSION
from sanchuang_cli.ledger.upgrade import upgrade
from tests.counts import FULL
from tests.ledger import county
from tests.ledger.county import CHECKER, MAKER, account, claimant, entitled, in_parts, propose, returned
from tests.ledger.kept.make import HERE, NAMES
from tests.ledger.test_crashes import every_write, killed_at
from tests.ledger.test_results import STARS
from tests.ledger.test_tampering import DUES

KEPT = [(version, name) for version in OLDER for name in NAMES]
MONEY = {
    "sums": "select person, programme, benefit, month, component, sum(fen), count(*) from entry group by 1,2,3,4,5",
    "entries": "select * from entry order by id",
    "batches": "select * from batch order by id",
    "lines": "select * from line order by batch, position",
    "reserved": "select * from held order by 1,2,3,4,5",
    "persons": "select * from person order by id",
    "numbers": "select * from identity order by number",
    "accounts": "select * from used_account order by number, person",
    "settled": "select * from settled order by person, programme",
    "settings": "select * from meta where name <> 'schema' order by name",
}


def unpacked(version: str, name: str, folder: Path) -> Path:
    """The kept ledger's file, in a folder of its own."""
    with ZipFile(HERE / f"version-{version}.zip") as packed:
        packed.extractall(
            folder, [name_in_zip for name_in_zip in packed.namelist() if name_in_zip.startswith(f"{name}/")]
        )
    path = folder / name / "county.db"
    path.with_name("county.db.batches").mkdir(exist_ok=True)
    return path


def money(path: Path) -> dict[str, list[Any]]:
    """All that a ledger says of money and states, read without this program."""
    with closing(sqlite3.connect(path)) as raw:
        return {what: raw.execute(query).fetchall() for what, query in MONEY.items()}


def version(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("select value from meta where name = 'schema'").fetchone()[0])


@pytest.fixture(params=KEPT, ids=lambda kept: f"version {kept[0]}, {kept[1]}")
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    version_, name = request.param
    yield unpacked(version_, name, tmp_path)


def test_there_is_a_kept_ledger_of_every_earlier_version() -> None:
    assert {path.stem for path in HERE.glob("*.zip")} >= {f"version-{version}" for version in OLDER}


def test_money_and_states_are_the_same_before_and_after(old: Path) -> None:
    before = money(old)
    backup, head = upgrade(old, MAKER)
    assert money(old) == before
    assert version(old) == VERSION
    proof = proved(file.opened(old), head)
    assert proof.troubles == []
    assert proof.fen == sum(row[5] for row in before["sums"])
    assert money(backup / "county.db") == before and version(backup / "county.db") in OLDER


def test_the_backup_is_the_ledger_of_before_and_can_be_put_back(old: Path) -> None:
    before = money(old)
    backup, _ = upgrade(old, MAKER)
    shutil.copy(backup / "county.db", old)
    again, _ = upgrade(old, MAKER)
    assert again != backup and money(old) == before


def test_old_events_are_in_the_chain_as_taken_over(tmp_path: Path) -> None:
    path = unpacked("2", "open", tmp_path)
    with closing(sqlite3.connect(path)) as raw:
        events = raw.execute("select batch, state, who, note, at from event order by id").fetchall()
    upgrade(path, MAKER)
    rows = [row for row in listing.acts_page(file.opened(path)).rows if row[2]]
    assert [(row[2], row[4], row[6], row[1]) for row in rows] == [
        (n, who, note, at) for n, _, who, note, at in events
    ]
    assert all("升级时接收" in row[3] for row in rows)
    assert f"其中 {len(events)} 条是升级时接收的" in "\n".join(listing.checked(proved(file.opened(path))))


@pytest.mark.parametrize("version_", OLDER)
def test_work_goes_on_after_the_upgrade(version_: str, tmp_path: Path) -> None:
    """What was approved can be sent, what was proposed approved, what was sent comes back, and nobody is paid twice."""
    path = unpacked(version_, "open", tmp_path)
    upgrade(path, MAKER)
    ledger = file.opened(path)
    county.sent(ledger, 6, tmp_path / "a")
    county.send(ledger, 7, tmp_path / "b")
    assert returned(ledger, 4, [("村民2", account(2), 100_00)]).persons == 1
    batches.confirm(ledger, 4, MAKER)
    months = {f"2026-{month:02d}": 100_00 for month in range(7, 13)}
    again = propose(ledger, "2026-12", entitled(*(claimant(who, months) for who in (2, 3, 4))))
    paid = {(change.payee.name, change.month) for change in again.comparison.pay}
    assert paid == {("村民2", "2026-12"), ("村民4", "2026-12")}, "the rest is paid, reserved or sent again"
    county.sound(ledger)


@pytest.mark.parametrize("version_", OLDER)
def test_an_older_ledger_pays_organisations_and_components_approves_results_and_books_income(
    version_: str, tmp_path: Path
) -> None:
    path = unpacked(version_, "open", tmp_path)
    upgrade(path, MAKER)
    ledger = file.opened(path)
    key = organisation(township="青禾镇", name="河西村合作社")
    village = in_parts(claimant(42, {"2026-12": 300_00}, key=key, name="河西村合作社"))
    number = propose(ledger, "2026-12", entitled(village)).batches["payment"]
    county.send(ledger, number, tmp_path / "out")
    assert county.paid(ledger)[key, "2026-12"] == 300_00
    unpaid_results.propose(ledger, STARS, MAKER)
    unpaid_results.approve(ledger, STARS, CHECKER)
    assert unpaid_results.standing(ledger, [STARS])[0].approved
    assert len(income.book(ledger, STARS, [DUES], MAKER).added) == 1
    county.sound(ledger)


def test_a_chain_that_there_was_goes_on_and_no_record_of_it_is_another(tmp_path: Path) -> None:
    path = unpacked("3", "open", tmp_path)
    query = "select * from chain order by id"
    with closing(sqlite3.connect(path)) as raw:
        before = raw.execute(query).fetchall()
    upgrade(path, MAKER)
    with closing(sqlite3.connect(path)) as raw:
        after = raw.execute(query).fetchall()
    assert after[:-1] == before and after[-1][1] == "upgraded"
    assert "升级时接收" not in "\n".join(listing.checked(proved(file.opened(path))))


def test_other_commands_leave_an_old_ledger_as_it_is_and_say_what_to_do(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(UserError, match="sanchuang ledger upgrade"):
        file.opened(old)
    assert old.read_bytes() == before


def test_an_upgraded_ledger_is_not_upgraded_again(old: Path) -> None:
    upgrade(old, MAKER)
    before = old.read_bytes()
    with pytest.raises(UserError, match="已经是第"):
        upgrade(old, MAKER)
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("update batch set state = 'approved' where id = 7", "批次"),
        ("update entry set fen = fen + 1 where id = 2", "分录 2"),
        ("update line set fen = fen + 1 where batch = 6", "明细与提请时不同"),
    ],
)
def test_an_old_ledger_that_does_not_hold_together_is_not_upgraded(
    tmp_path: Path, statement: str, message: str
) -> None:
    path = unpacked("2", "open", tmp_path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(statement)
    before = money(path)
    with pytest.raises(UserError, match="没有升级") as trouble:
        upgrade(path, MAKER)
    assert message in str(trouble.value)
    assert (money(path), version(path)) == (before, "2")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is tried with fork, which this system lacks")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_an_upgrade_killed_at_any_write_is_whole_or_not_there(tmp_path: Path) -> None:
    for write in every_write(4):
        path = unpacked("2", "open", tmp_path / str(write))
        before = money(path)
        killed = killed_at(write, lambda path=path: upgrade(path, MAKER))  # type: ignore[misc]
        assert money(path) == before
        if version(path) != VERSION:
            upgrade(path, MAKER)
        assert (money(path), troubles(file.opened(path))) == (before, [])
        assert not [left for left in path.parent.iterdir() if "sanchuang-tmp" in left.name]
        if not killed:
            assert write > 20, "the upgrade was over before it wrote anything"
            return
    raise AssertionError("never finished")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is tried with fork, which this system lacks")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_an_upgrade_killed_at_any_moment_is_whole_or_not_there(tmp_path: Path) -> None:
    """By the clock, so that the database's own writes are among what is cut short."""
    for moment in range(100 if FULL else 6):
        path = unpacked("2", "year", tmp_path / str(moment))
        before = money(path)
        child = os.fork()
        if child == 0:
            try:
                upgrade(path, MAKER)
            finally:
                os._exit(0)
        time.sleep(0.02 * (moment % 20))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if version(path) != VERSION:
            upgrade(path, MAKER)
        assert (money(path), troubles(file.opened(path))) == (before, [])


def test_a_backup_that_cannot_be_made_leaves_the_ledger_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unpacked("2", "year", tmp_path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copytree", full)
    with pytest.raises(UserError, match="磁盘空间不够"):
        upgrade(path, CHECKER)
    assert path.read_bytes() == before
    assert [left.name for left in path.parent.iterdir() if "备份" in left.name] == []
