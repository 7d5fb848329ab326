"""A year of `sanchuang run` with the ledger in a file and on a server: the same ledger row by row, the same files byte by byte.

On the server the proposer and the approver sit at two desks, each with a role and a folder of their own.
"""

import itertools
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.cli import spoken
from sanchuang_cli.ledger import copying, databases
from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.proof import troubles
from tests import postgres
from tests.cli.test_year import Office, two_editions
from tests.command import SAMPLES, Ran, login_of, typed
from tests.counts import FULL

PEOPLE, MONTHS = 80, range(1, 13) if FULL else range(5, 8)
"""Months in which the clerks work; the county lives through those before too. From July a new document is in force."""
KEYS = {
    "meta": "name", "run": "id", "batch": "id", "person": "id", "identity": "number", "used_account": "number, person",
    "chain": "id", "line": "batch, position", "settled": "person, programme", "entry": "id", "income": "id",
    "held": "person, programme, benefit, month, component",
}  # fmt: skip
"""Every table of a ledger, and its key."""
Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def same_in_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is another in each run of the command: the clock, and the numbers that are drawn."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2026, 8, 1, 9)

    monkeypatch.setattr(spoken, "datetime", Clock)


def drawn() -> Callable[[int], str]:
    """In place of secrets.token_hex."""
    numbers = itertools.count(1)
    return lambda size: f"{next(numbers):0{2 * size}x}"


prepared = databases._no_implicit_transactions


def in_reverse(raw: Any, record: object) -> None:
    """Rows that no query puts in order come the other way round, so that whatever relies on their order differs."""
    prepared(raw, record)
    raw.execute("PRAGMA reverse_unordered_selects = ON")


def lived(office: Office) -> None:
    """What test_year does."""
    corrected: dict[int, tuple[str, str]] = {}
    for month in range(1, MONTHS[0]):
        office.year.live_through(month)
    for month in MONTHS:
        if month == 7:
            two_editions(Path("政策/subsidies.toml"))
        office.year.live_through(month)
        office.joins(corrected)
        corrected = dict(office.year.corrected)
        office.works(month)
    assert office.came_back and office.recovered


def in_an_office(
    name: str, places: dict[str, LedgerPlace], monkeypatch: pytest.MonkeyPatch, run: Callable[..., Ran]
) -> Office:
    """A working folder. places: of the ledger, as each role calls it."""
    from year import Year

    def at_a_desk(*words: object) -> Ran:
        role = "checker" if login_of(words).endswith("lisi") else "maker"
        monkeypatch.setenv("SANCHUANG_LEDGER", str(places[role]))
        monkeypatch.setenv("HOME", str(Path(f"../{role}").resolve()))
        return run(*words)

    maker = places["maker"]
    asked = () if maker.file else ("--ledger", str(maker))
    assert run("init", name, "--paid-through", "2025-12", *asked).code == 0
    monkeypatch.chdir(name)
    return Office(at_a_desk, Year(PEOPLE), ledger=maker)


def rows_of_file(path: Path) -> Rows:
    with closing(sqlite3.connect(path)) as raw:
        return {
            name: raw.execute(f"select * from {name} order by {key}").fetchall() for name, key in KEYS.items()
        }


def rows_on_server(cluster: postgres.Cluster, database: str) -> Rows:
    def by_bytes(key: str) -> str:
        return ", ".join(f'"{word}"::text collate "C"' for word in key.split(", "))

    order = {
        name: key if key in ("id", "batch, position") and name != "run" else by_bytes(key)
        for name, key in KEYS.items()
    }
    order |= {"person": by_bytes("id")}
    return {
        name: list(cluster.sql(f"select * from {name} order by {key}", database=database))
        for name, key in order.items()
    }


def files_in(*folders: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ran]]:
    monkeypatch.syspath_prepend(SAMPLES)
    yield typed(monkeypatch, capsys)


@pytest.mark.installed
def test_a_year_is_the_same_ledger_and_the_same_files_in_a_file_and_on_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Ran]
) -> None:
    cluster = postgres.cluster()
    database = cluster.database()
    on_server: dict[str, LedgerPlace] = {role: cluster.server(database, role) for role in postgres.ROLES}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(secrets, "token_hex", drawn())
    lived(in_an_office("server", on_server, monkeypatch, run))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(secrets, "token_hex", drawn())
    roles = {"1001 zhangsan": "maker", "1002 lisi": "checker"}
    # In a file the login has no role: here it is put before it, so that nothing at all differs.
    monkeypatch.setattr(databases, "login", lambda _, own: own and f"postgresql:{roles[own]} {own}")
    monkeypatch.setattr(databases, "_no_implicit_transactions", in_reverse)
    in_file = LedgerFile(Path("台账.db"))
    lived(in_an_office("file", dict.fromkeys(postgres.ROLES, in_file), monkeypatch, run))

    monkeypatch.chdir(tmp_path)
    ledger = LedgerFile(tmp_path / "file" / "台账.db")
    of_file, of_server = rows_of_file(ledger.path), rows_on_server(cluster, database)
    for name in KEYS:
        assert of_server[name] == of_file[name], name
    assert len(of_file["entry"]) > 100 and len(of_file["batch"]) > len(MONTHS)
    for folder in ("结果", "银行"):
        written = files_in(tmp_path / "file" / folder)
        assert written and files_in(tmp_path / "server" / folder) == written
    stored = cluster.sql("select name, content from kept_file", database=database)
    assert set(stored) == set(files_in(ledger.folder).items())
    monkeypatch.setenv("HOME", str(tmp_path / "maker"))
    for name in ("balance", "batches"):
        words = ("ledger", "balance", "--by", "township,month") if name == "balance" else ("batch", "list")
        assert run(*words, "--ledger", on_server["maker"]).out == run(*words, "--ledger", ledger).out
    for place, out in ((on_server["maker"], "a.csv"), (ledger, "b.csv")):
        assert run("ledger", "export", "--ledger", place, "--out", out).code == 0
    assert Path("a.csv").read_bytes() == Path("b.csv").read_bytes()
    moved_there_and_back(ledger, cluster, tmp_path, monkeypatch)


def moved_there_and_back(
    ledger: LedgerFile, cluster: postgres.Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The year's book moved to another database and from there into another file is what it was."""
    there = cluster.server(cluster.database())
    monkeypatch.setenv("HOME", str(folder / "third"))
    copying.copy(opened(ledger), there)
    assert rows_on_server(cluster, there.database) == rows_of_file(ledger.path)
    back = LedgerFile(folder / "back.db")
    proof = copying.copy(opened(there), back)
    assert rows_of_file(back.path) == rows_of_file(ledger.path)
    assert files_in(back.folder) == files_in(ledger.folder)
    assert not troubles(opened(back), proof.history.head)
