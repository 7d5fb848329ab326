"""Copies a whole ledger to another place, from a file to a server or back, and proves that both are equal before it is done.

The ledger that is copied from is only read. A backup is a copy in a new folder: of a file its bytes, sound or not; of a server's
database such a copy in a file.
"""

import os
import shutil
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger import chain
from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace
from sanchuang_cli.ledger.batches import names_of_copies
from sanchuang_cli.ledger.databases import SQLite
from sanchuang_cli.ledger.file import Ledger, made_whole
from sanchuang_cli.ledger.proof import Proof, proved_within
from sanchuang_cli.ledger.tables import batch, metadata, person
from sanchuang_cli.report.files import folder_made_whole

_OWNER_ONLY = 0o600
HEAD_FILE = "台账校验码.txt"
_AT_ONCE = 1000
"""How many rows are read and written together."""


def copy(source: Ledger, to: LedgerPlace) -> Proof:
    """Copy a ledger to a place that has none, with all batches and the bank's files. Gives the proof of the copy.

    Raises UserError where the ledger does not verify, where something stands at the place already, or where the copy is not
    equal; then nothing is left of it.
    """
    if to.file and to.folder.exists():
        raise UserError(f"{to.folder} 已经有了，没有改动它。请先把它移开，或换一个名字。")
    with source.writing() as connection:  # nobody else writes meanwhile
        _refuse_unsound(source, connection, "没有复制")
        with made_whole(to) as (made, into):
            for table in metadata.sorted_tables:
                _filled(connection, into, table)
            _copy_files(source, connection, made, into)
            if wrong := list(differences(connection, into)):
                raise UserError("\n  ".join(["复制出来的与原来的不同，没有留下：", *wrong]))
            return _refuse_unsound(made, into, "复制出来的没有留下")


def _refuse_unsound(ledger: Ledger, connection: Connection, so: str) -> Proof:
    proof = proved_within(ledger, connection)
    if proof.troubles:
        raise UserError("\n  ".join([f"台账有 {len(proof.troubles)} 处不对，{so}：", *proof.troubles]))
    return proof


def _filled(connection: Connection, into: Connection, table: Table) -> None:
    # A person may be the same as one with a later id: those who are themselves come first.
    first = [person.c.same_as != person.c.id] if table is person else []
    rows = connection.execute(select(table).order_by(*first, *table.primary_key)).mappings()
    for some in rows.partitions(_AT_ONCE):
        into.execute(insert(table), [dict(row) for row in some])


def _copy_files(source: Ledger, connection: Connection, made: Ledger, into: Connection) -> None:
    """Copy what the batches name, and nothing that a killed run left behind."""
    for row in connection.execute(select(batch).order_by(batch.c.id)):
        for name, digest in names_of_copies(row):
            made.copies.put(into, name, source.copies.kept(connection, name, digest).read_bytes())


def differences(one: Connection, other: Connection) -> Iterator[str]:
    """Where two ledgers are not equal, in Chinese: every table, row by row, in the order of its key."""
    for table in metadata.sorted_tables:
        rows = zip_longest(_rows(one, table), _rows(other, table))
        if count := sum(first != second for first, second in rows):
            yield f"{table.name} 有 {count} 行不同"


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    for row in connection.execute(select(table).order_by(*table.primary_key)):
        yield tuple(row)


def copy_file(ledger: Ledger, folder: Path) -> None:
    """Copy the file of a ledger and the folder beside it. The caller makes sure that nobody writes."""
    copy_alone(ledger, folder / ledger.path.name)
    shutil.copytree(ledger.folder, folder / ledger.folder.name)


def copy_alone(ledger: Ledger, target: Path) -> None:
    """Copy one state of a ledger into a file that is not there yet; of one on a server, its copies of batches too."""
    if not ledger.place.file:
        copy(ledger, LedgerFile(target))
        return
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    SQLite(ledger.path).copy_to(target)


def backup(ledger: Ledger, folder: Path) -> str:
    """Copy a ledger and its copies into a new folder, wholly or not at all, whatever database it is in.

    Gives the head of the chain, which is also written into the backup. Raises UserError.
    """
    if folder.exists():
        raise UserError(f"备份文件夹 {folder} 已经有了，没有改动它。请换一个新的名字。")
    name = ledger.place.name if ledger.place.file else f"{ledger.place.name}.db"
    try:
        with folder_made_whole(folder) as unfinished:
            if ledger.place.file:
                with ledger.writing() as connection:  # nobody else writes meanwhile
                    copy_file(ledger, unfinished)
                    head = chain.head(connection)
            else:
                head = copy(ledger, LedgerFile(unfinished / name)).history.head
            (unfinished / HEAD_FILE).write_text(f"{name} 备份时的台账校验码：\n{head}\n", "utf-8")
        return head
    except OSError as trouble:
        raise UserError(f"备份文件夹 {folder} 建不了：{reason(trouble)}。请换一个新的名字。") from None
