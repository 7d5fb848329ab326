"""`ledger copy`: a moved book is equal in every row and every copy, or it is not there. It may be moved between any two places."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import approving, batches, copying, file
from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace, LedgerServer
from sanchuang_cli.ledger.copies import Copies
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.proof import proved, troubles
from sanchuang_cli.ledger.tables import batch, metadata
from tests import postgres
from tests.counts import FULL
from tests.ledger import county
from tests.ledger.county import CHECKER, MAKER, account, claimant, entitled, number, propose, send
from tests.ledger.test_crashes import killed_at

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]
STEP = 1 if FULL else 47
Target = Callable[[], LedgerPlace]


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.installed)])
def target(request: pytest.FixtureRequest, tmp_path: Path, database: str) -> Target:
    """A place that has no ledger yet."""
    if request.param == "file":
        return lambda: LedgerFile(tmp_path / f"copy{os.urandom(4).hex()}.db")
    cluster = postgres.cluster()
    return lambda: cluster.server(cluster.database())


@pytest.fixture(scope="module")
def books() -> dict[str, LedgerPlace]:
    """By database, the book that was made for the first test that asked."""
    return {}


@pytest.fixture
def ledger(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, database: str, books: dict[str, LedgerPlace]
) -> Ledger:
    """A book in which something of everything stands."""
    if database not in books:
        books[database] = lived(tmp_path_factory.mktemp("book")).place
    book = books[database]
    if isinstance(book, LedgerServer):
        cluster = postgres.cluster()
        return file.opened(cluster.server(cluster.database(like=book.database)))
    place = county.new_place(tmp_path)
    assert book.file and place.file
    shutil.copy(book.file, place.file)
    shutil.copytree(book.folder, place.folder)
    return file.opened(place)


def lived(tmp_path: Path) -> Ledger:
    """A book in which something of everything stands: sent, returned, joined, proposed, cancelled."""
    made = county.new(tmp_path)
    due = {"2026-07": 100_00}
    first = propose(made, "2026-07", entitled(claimant(1, due), claimant(2, due))).batches["payment"]
    send(made, first, tmp_path / "out")
    county.returned(made, first, [("村民1", account(1), 100_00)])
    with made.writing() as connection:
        Register(connection).part(number(9), replace(MAKER, note="另一个人"))
        Register(connection).join(number(2), number(9), replace(MAKER, note="换证"), sure=True)
    due["2026-08"] = 120_01
    second = propose(made, "2026-08", entitled(claimant(2, due), claimant(3, due))).batches["payment"]
    batches.cancel(made, second, MAKER)
    propose(made, "2026-08", entitled(claimant(2, due), claimant(3, due)))
    approving.state_rule(made, "one-login", replace(MAKER, note="县字2号"))
    return made


def copies(ledger: Ledger) -> dict[str, bytes]:
    with ledger.reading() as connection:
        rows = connection.execute(select(batch)).all()
        named = [pair for row in rows for pair in batches.names_of_copies(row)]
        return {name: ledger.copies.kept(connection, name, digest).read_bytes() for name, digest in named}


def rows(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    with ledger.reading() as connection:
        names = sorted(metadata.tables)
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f"select * from {name}")), key=repr)
            for name in names
        }


def test_a_copy_is_equal_and_goes_on_as_the_book_would(
    ledger: Ledger, target: Target, tmp_path: Path
) -> None:
    place, before = target(), county.content(ledger)
    proof = copying.copy(ledger, place)
    copy = file.opened(place)
    assert rows(copy) == rows(ledger) and copies(copy) == copies(ledger)
    assert proof.history.head == proved(ledger).history.head and troubles(copy, proof.history.head) == []
    assert county.content(ledger) == before
    (again,) = [row for row in rows(copy)["batch"] if row[5] == "proposed" and row[1] == "reissue"]
    batches.approve(copy, again[0], CHECKER)
    county.sent(copy, again[0], tmp_path / "again")
    assert troubles(copy) == []


def test_nothing_is_written_where_something_stands(ledger: Ledger, target: Target, tmp_path: Path) -> None:
    place = target()
    other = county.new_at(place)
    before = county.content(other)
    with pytest.raises(UserError, match="已经有"):
        copying.copy(ledger, place)
    assert county.content(other) == before
    beside = LedgerFile(tmp_path / "new.db")
    beside.folder.mkdir()
    with pytest.raises(UserError, match="已经有了"):
        copying.copy(ledger, beside)
    assert not beside.path.exists()


def test_a_book_that_does_not_verify_is_not_moved(ledger: Ledger, target: Target) -> None:
    with ledger.writing() as connection:
        connection.exec_driver_sql("update entry set fen = fen + 1 where id = 1")
    place = target()
    with pytest.raises(UserError, match="没有复制"):
        copying.copy(ledger, place)
    assert not file.stands(place)


@pytest.mark.parametrize("what", ["a row is lost", "a cell is another", "a copy is another"])
def test_a_copy_that_is_not_equal_is_found_and_nothing_is_left(
    what: str, ledger: Ledger, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = copying._filled
    place = target()

    def wrong(connection: Connection, into: Connection, table: Table) -> None:
        filled(connection, into, table)
        if table.name == "held" and what == "a row is lost":
            into.exec_driver_sql("delete from held where month = '2026-08'")
        if table.name == "line" and what == "a cell is another":
            into.exec_driver_sql("update line set place = '别处' where position = 1")

    monkeypatch.setattr(copying, "_filled", wrong)
    if what == "a copy is another":
        put = Copies.put
        monkeypatch.setattr(
            Copies, "put", lambda of, into, name, content: put(of, into, name, content + b" ")
        )
    with pytest.raises(UserError, match=r"不同|被人改过"):
        copying.copy(ledger, place)
    assert not file.stands(place)
    assert not (place.file and place.folder.exists())


def test_a_copy_killed_at_any_write_is_there_whole_or_not_and_is_made_the_next_time(
    ledger: Ledger, target: Target
) -> None:
    before = county.content(ledger)
    for write in range(1, 10_000, STEP):
        place = target()
        killed = killed_at(write, lambda place=place: copying.copy(ledger, place))  # type: ignore[misc]
        if not file.stands(place):
            if place.file and place.folder.exists():  # told, and moved away by hand
                with pytest.raises(UserError, match="先把它移开"):
                    copying.copy(ledger, place)
                place.folder.rename(place.folder.with_suffix(".old"))
            copying.copy(ledger, place)
        assert rows(file.opened(place)) == rows(ledger) and troubles(file.opened(place)) == []
        assert county.content(ledger) == before
        if not killed:
            assert write > 20, "it was over before it wrote anything"
            return
    raise AssertionError("never finished")


def test_a_backup_of_a_server_is_a_file_that_goes_on(ledger: Ledger, tmp_path: Path) -> None:
    head = copying.backup(ledger, tmp_path / "备份")
    (path,) = (tmp_path / "备份").glob("*.db")
    assert rows(file.opened(path)) == rows(ledger) and copies(file.opened(path)) == copies(ledger)
    assert head in (tmp_path / "备份" / copying.HEAD_FILE).read_text("utf-8")
    assert troubles(file.opened(path), head) == []
