"""Tables of which rows are added once and never changed: entries of payments, and income. Each row is sealed with the hash
of the one before; the last seal stands in the chain.

The columns of such a table are its id, counted from 1 without a gap, what a row says, and its `hash`, in this order.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, insert, select

from sanchuang_cli.ledger.chain import plain_json


class LastRow(NamedTuple):
    """Number and seal of the last row of a table; 0 and "" while it has none."""

    number: int
    seal: str


NONE_YET = LastRow(0, "")


def append(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> LastRow:
    """Add rows, which have neither id nor hash yet. Gives the last one."""
    newest = select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)
    last = connection.execute(newest).first()
    number, seal = (last.id, last.hash) if last else NONE_YET
    sealed: list[dict[str, Any]] = []
    for row in rows:
        number += 1
        whole = {"id": number, **row}
        whole["hash"] = seal = _seal(seal, [whole[name] for name in _columns(table)])
        sealed.append(whole)
    if sealed:
        connection.execute(insert(table), sealed)
    return LastRow(number, seal)


def broken(connection: Connection, table: Table, last: LastRow, called: str) -> Iterator[str]:
    """Where rows do not follow from one another, or do not end with the row and the seal that the chain names, in Chinese.
    called: what a row is."""
    seal, expected = "", 1
    for number, *said, sealed in connection.execute(select(table).order_by(table.c.id)):
        if number != expected:
            yield f"{called} {expected} 不见了"
            return
        seal = _seal(seal, [number, *said])
        if seal != sealed:
            yield f"{called} {number} 与它的校验值不符，记账后被人改过"
            return
        expected += 1
    if (expected - 1, seal) != last:
        yield f"{called}到第 {expected - 1} 条为止，台账链记的是到第 {last.number} 条"


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name != "hash"]


def _seal(before: str, values: Sequence[Any]) -> str:
    return hashlib.sha256((before + plain_json(values)).encode()).hexdigest()
