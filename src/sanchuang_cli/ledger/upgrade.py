"""Brings an older ledger up to this version's schema: a backup first, then one transaction, wholly or not at all.

What an older ledger knows enters the chain as taken over. The chain protects it from that day on, not before.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, select, text, update

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger import chain
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.chain import DIFFERENT, SAME, UPGRADED, Deed, Done
from sanchuang_cli.ledger.copying import copy_file
from sanchuang_cli.ledger.file import Ledger, as_place, present, version_of
from sanchuang_cli.ledger.history import PROPOSED, SENT
from sanchuang_cli.ledger.proof import proved_within
from sanchuang_cli.ledger.settled import hold
from sanchuang_cli.ledger.tables import CHAINED, OLDER, VERSION, entry, income, meta, settled
from sanchuang_cli.ledger.tables import chain as chain_table
from sanchuang_cli.report.files import folder_made_whole


def upgrade(where: LedgerPlace | Path, deed: Deed) -> tuple[Path, str]:
    """Upgrade a ledger. Gives the folder of the backup and the new head. Raises UserError; then nothing has changed."""
    ledger = present(as_place(where))
    version, place = version_of(ledger), ledger.place
    if version == VERSION:
        raise UserError(f"台账 {place} 已经是第 {VERSION} 版格式，没有改动。")
    if version not in _STEPS or not place.file:  # the first ledger on a server was of version 4
        raise UserError(
            f"台账 {place} 是第 {version} 版格式，本程序不会升级，没有改动。请换用相应版本的程序。"
        )
    backup = _free(ledger.path.with_name(f"{place.name}.第{version}版备份"))
    with ledger.writing() as connection:
        _backed_up(ledger, backup)
        for step in OLDER[OLDER.index(version) :]:
            _STEPS[step](connection, deed)
        proof = proved_within(ledger, connection)
        if proof.troubles:
            lines = [f"旧台账有 {len(proof.troubles)} 处不对，没有升级，台账没有改动：", *proof.troubles]
            raise UserError("\n  ".join(lines))
    return backup, proof.history.head


def _free(folder: Path) -> Path:
    """The folder's name, with a number when an earlier backup has it."""
    names = (folder.with_name(f"{folder.name}-{n}") if n > 1 else folder for n in count(1))
    return next(name for name in names if not name.exists())


def _backed_up(ledger: Ledger, folder: Path) -> None:
    try:
        with folder_made_whole(folder) as unfinished:
            copy_file(ledger, unfinished)
    except OSError as trouble:
        raise UserError(f"升级前的备份 {folder} 做不了：{reason(trouble)}。台账没有改动。") from None


def _from_2(connection: Connection, deed: Deed) -> None:
    """From version 2, which had sealed entries, but events and joined persons that nothing protected."""
    chain_table.create(connection)
    connection.execute(update(meta).where(meta.c.name == "schema").values(value="3"))
    _first_record(connection, deed)
    for row in _rows(connection, "SELECT * FROM joined ORDER BY at, person, number"):
        what = DIFFERENT if row["person"] == row["same_as"] else SAME
        _taken_over(connection, Done(what, more={"number": row["number"]}), row)
    batches = {row["id"]: dict(row) for row in _rows(connection, "SELECT * FROM batch")}
    for row in _rows(connection, "SELECT * FROM event ORDER BY id"):
        _taken_over(connection, _of_event(row, batches[row["batch"]]), row)
    hold(connection, connection.execute(select(settled.c.programme).distinct()).scalars())
    connection.execute(text("DROP TABLE event"))
    connection.execute(text("DROP TABLE joined"))


def _first_record(connection: Connection, deed: Deed) -> None:
    """Record all rows but those of batches, which the records of their events say."""
    names = [name for name in CHAINED if name != "batch"]
    rows = {name: [dict(row) for row in _rows(connection, f"SELECT * FROM {name}")] for name in names}  # noqa: S608 - names of ours
    last = connection.execute(select(entry.c.id, entry.c.hash).order_by(entry.c.id.desc()).limit(1)).first()
    more = {"ledger": secrets.token_hex(8), "from": "2", "entries": 0, "seal": ""}
    more |= {"entries": last.id, "seal": last.hash} if last else {}
    chain.take_over(connection, Done(UPGRADED, new=rows, more=more), deed)


def _of_event(row: RowMapping, of_batch: dict[str, Any]) -> Done:
    """The record of an event. The first one of a batch says its row, the one that sent it says the bank's files."""
    state = {"id": row["batch"], "state": row["state"]}
    if row["state"] == PROPOSED:
        return Done(PROPOSED, row["batch"], new={"batch": [of_batch | state | {"bank": ""}]})
    bank = {"bank": of_batch["bank"]} if row["state"] == SENT else {}
    return Done(row["state"], row["batch"], changed={"batch": [state | bank]})


def _taken_over(connection: Connection, record: Done, row: RowMapping) -> None:
    deed = Deed(row.get("who", ""), row["note"], row["at"], "", row.get("file_sha256", ""))
    record = replace(record, more={**record.more, "taken_over": True})
    chain.take_over(connection, record, deed)


def _rows(connection: Connection, query: str) -> Sequence[RowMapping]:
    return connection.execute(text(query)).mappings().all()


def _from_3(connection: Connection, deed: Deed) -> None:
    """From version 3, which knew no income."""
    income.create(connection)
    settings = {"meta": [{"name": "schema", "value": "4"}]}
    chain.add(connection, Done(UPGRADED, changed=settings, more={"from": "3"}), deed)


_STEPS: dict[str, Callable[[Connection, Deed], None]] = {"2": _from_2, "3": _from_3}
assert tuple(_STEPS) == OLDER
