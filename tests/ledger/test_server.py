"""A ledger on a server: two desks, who may do what, and what happens when the server or the connection goes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Connection

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches, databases, file
from sanchuang_cli.ledger.address import LedgerServer
from sanchuang_cli.ledger.authority import _is_same
from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.proof import troubles
from sanchuang_cli.ledger.tables import entry
from sanchuang_cli.period import Month
from tests import postgres
from tests.counts import FULL
from tests.ledger import county
from tests.ledger.county import CHECKER, MAKER, claimant, entitled, number, paid, propose, sound

JULY = {"2026-07": 100_00}
WHOLE = entitled(claimant(1, JULY), claimant(2, {"2026-07": 50_01}))


class Desks:
    """Two desks on one database, each with a role and a folder of its own."""

    def __init__(self, cluster: postgres.Cluster, home: Path) -> None:
        self.cluster, self.home, self.database = cluster, home, cluster.database()

    @contextmanager
    def at(self, role: str, new: bool = False) -> Iterator[Ledger]:
        """The ledger as that desk opens it."""
        with pytest.MonkeyPatch.context() as there:
            there.setenv("HOME", str(self.home / role))
            place = self.cluster.server(self.database, role)
            yield county.new_at(place) if new else file.opened(place)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    made = Desks(postgres.cluster(), tmp_path)
    with made.at("maker", new=True):
        return made


def test_what_one_desk_proposes_another_approves_and_sends_with_the_same_workbook(
    desks: Desks, tmp_path: Path
) -> None:
    with desks.at("maker") as ledger:
        batch = propose(ledger, "2026-07", WHOLE).batches["payment"]
        proposed = batches.paper_to_sign(ledger, batch)
    with desks.at("checker") as ledger:
        here = batches.paper_to_sign(ledger, batch)
        assert here != proposed and here.read_bytes() == proposed.read_bytes()
        assert here.stat().st_mode & 0o777 == 0o400 and here.parent.stat().st_mode & 0o777 == 0o700
        batches.approve(ledger, batch, CHECKER)
        sent = county.sent(ledger, batch, tmp_path / "out")
    with desks.at("maker") as ledger:
        again = county.sent(ledger, batch, tmp_path / "again")
        assert [path.read_bytes() for path in again] == [path.read_bytes() for path in sent]
        assert paid(ledger) == {(number(1), "2026-07"): 100_00, (number(2), "2026-07"): 50_01}
        sound(ledger)


def test_whoever_the_server_let_in_as_the_proposer_cannot_approve_under_any_name_or_number(
    desks: Desks,
) -> None:
    with desks.at("maker") as ledger:
        batch = propose(ledger, "2026-07", WHOLE).batches["payment"]
        with pytest.raises(UserError, match="登录名 postgresql:maker 1001 zhangsan 提请的"):
            batches.approve(ledger, batch, CHECKER)
    with desks.at("checker") as ledger:  # the same number on another machine is another person
        batches.approve(ledger, batch, replace(CHECKER, login=MAKER.login))
        sound(ledger)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1001 zhangsan", "postgresql:maker 1001 zhangsan", True),
        ("1001 zhangsan", "postgresql:maker 1002 lisi", False),
        ("postgresql:maker 1001 zhangsan", "postgresql:maker 1002 lisi", True),
        ("postgresql:maker 1001 zhangsan", "postgresql:checker 1001 zhangsan", False),
        ("1001 zhangsan", "1001", True),
        ("", "", False),
        ("", "postgresql:maker 1001", False),
    ],
)
def test_logins_of_before_and_after_a_move_to_a_server_are_compared_by_the_number(
    one: str, other: str, same: bool
) -> None:
    assert _is_same(one, other) is _is_same(other, one) is same


def test_a_copy_changed_in_the_database_is_not_sent_and_one_changed_on_a_desk_is_fetched_again(
    desks: Desks, tmp_path: Path
) -> None:
    with desks.at("maker") as ledger:
        batch = propose(ledger, "2026-07", WHOLE).batches["payment"]
        path = batches.paper_to_sign(ledger, batch)
        whole = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(b"other")
        assert batches.paper_to_sign(ledger, batch).read_bytes() == whole
        desks.cluster.sql("update kept_file set content = 'other'", database=desks.database)
        with pytest.raises(UserError, match="被人改过"):
            batches.paper_to_sign(ledger, batch)
        assert any("被人改过" in trouble for trouble in troubles(ledger))
    with desks.at("checker") as ledger, pytest.raises(UserError, match="被人改过"):
        batches.approve(ledger, batch, CHECKER)
    desks.cluster.sql("delete from kept_file", database=desks.database)
    with desks.at("checker") as ledger, pytest.raises(UserError, match="不见了"):
        batches.approve(ledger, batch, CHECKER)


def test_a_stranger_reads_nothing_and_an_empty_database_is_told_from_a_ledger(desks: Desks) -> None:
    with pytest.raises(UserError, match=r"没有用台账 .* 的权限"):
        file.opened(desks.cluster.server(desks.database, "stranger"))
    empty = desks.cluster.server(desks.cluster.database())
    with pytest.raises(UserError, match="没有台账。请核对"):
        file.opened(empty)
    assert not file.stands(empty)
    with pytest.raises(UserError, match="的权限"):
        county.new_at(replace(empty, user="stranger"))
    with pytest.raises(UserError, match="已经有台账"), desks.at("maker", new=True):
        pass


@pytest.mark.installed
def test_a_database_that_cannot_hold_chinese_gets_no_ledger() -> None:
    cluster = postgres.cluster()
    cluster.sql(
        "create database old owner desks template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'"
    )
    with pytest.raises(UserError, match="编码是 SQL_ASCII"):
        county.new_at(cluster.server("old"))
    assert cluster.sql("select count(*) from pg_tables where schemaname = 'public'", database="old") == [(0,)]


@pytest.mark.installed
def test_two_desks_that_make_the_ledger_at_once_make_one() -> None:
    cluster = postgres.cluster()
    place = cluster.server(cluster.database())
    children = []
    for month in (5, 6):
        child = os.fork()
        if child == 0:
            code = 3
            with suppress(UserError):
                file.create(place, Month(2026, month), None, MAKER)
                code = 0
            os._exit(code)
        children.append(child)
    assert sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children) == [0, 3]
    sound(file.opened(place))


def test_a_reader_sees_one_state_and_a_second_writer_waits(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(databases._SESSION, "lock_timeout", "200ms")
    with desks.at("maker") as ledger, ledger.reading() as connection:
        assert posted(connection, "subsidies") == {}
        batch = propose(ledger, "2026-07", WHOLE).batches["payment"]
        with pytest.raises(UserError, match="没有批次"):
            batches.batch_numbered(connection, batch)
        with ledger.writing(), desks.at("checker") as other:
            with other.reading() as beside:
                assert batches.batch_numbered(beside, batch)
            with pytest.raises(UserError, match="正由另一个程序写入"):
                batches.approve(other, batch, CHECKER)


def test_sums_beyond_thirty_two_bits_come_out_to_the_fen(desks: Desks, tmp_path: Path) -> None:
    much = 9_000_000_000_01
    with desks.at("maker") as ledger:
        due = entitled(claimant(1, {"2026-07": much}), claimant(2, {"2026-07": much}))
        batch = propose(ledger, "2026-07", due).batches["payment"]
        with desks.at("checker") as other:
            batches.approve(other, batch, CHECKER)
        county.sent(ledger, batch, tmp_path / "out")
        with ledger.reading() as connection:
            total = connection.execute(select(func.sum(entry.c.fen))).scalar_one()
        assert (total, type(total)) == (2 * much, int)
        assert set(paid(ledger).values()) == {much}
        sound(ledger)


@contextmanager
def every(what: str, does: Any) -> Iterator[None]:
    event.listen(Connection, what, does)
    try:
        yield
    finally:
        event.remove(Connection, what, does)


def cut(desks: Desks) -> None:
    """The connections of all desks are cut, as by a cable or a restart."""
    desks.cluster.sql(
        f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{desks.database}'"
    )


def test_a_connection_lost_at_the_commit_is_told_as_in_doubt_and_doing_it_again_pays_once(
    desks: Desks,
) -> None:
    def at_the_commit(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            cut(desks)

    with desks.at("maker") as ledger:
        with every("commit", at_the_commit), pytest.raises(UserError, match="记上没有还不知道"):
            propose(ledger, "2026-07", WHOLE)
        sound(ledger)
        assert propose(ledger, "2026-07", WHOLE).batches == {"payment": 1}
        assert propose(ledger, "2026-07", WHOLE).batches == {}
        sound(ledger)


def test_a_connection_lost_before_changes_nothing_and_says_so(desks: Desks) -> None:
    with desks.at("maker") as ledger:
        before, statements = county.content(ledger), 0

        def at_the_tenth(*_: object) -> None:
            nonlocal statements
            statements += 1
            if statements == 10:
                cut(desks)

        with every("before_cursor_execute", at_the_tenth), pytest.raises(UserError, match="没有改动"):
            propose(ledger, "2026-07", WHOLE)
        assert county.content(ledger) == before


@pytest.mark.installed
def test_a_server_killed_at_any_statement_is_before_or_after(tmp_path: Path) -> None:
    """The server itself dies, as in a power failure; then it starts again and the step is repeated."""
    postgres.cluster()  # skips where there is none
    cluster = postgres.started(fsync="on")
    for write in range(3, 200, 3 if FULL else 17):
        desks = Desks(cluster, tmp_path / str(write))
        statements = 0

        def dies(*_: object, at: int = write) -> None:
            nonlocal statements
            statements += 1
            if statements == at:
                cluster.stop()

        with desks.at("maker", new=True) as ledger:
            with every("after_cursor_execute", dies), suppress(UserError):
                propose(ledger, "2026-07", WHOLE)
            died = statements >= write
            if died:
                cluster.start()
            sound(ledger)
            propose(ledger, "2026-07", WHOLE)
            with ledger.reading() as connection:
                assert len(batches.lines_of(connection, 1)) == 2
            assert propose(ledger, "2026-07", WHOLE).batches == {}
            sound(ledger)
        if not died:
            assert write > 20, "the step was over before the server died"
            return
    raise AssertionError("never finished")


def test_settings_of_a_server_that_may_lose_what_was_committed_are_named(desks: Desks) -> None:
    assert isinstance(desks.cluster.server(desks.database), LedgerServer)
    with desks.at("maker") as ledger, ledger.reading() as connection:
        assert databases.unsafe_settings(connection) == ["fsync = off"]
