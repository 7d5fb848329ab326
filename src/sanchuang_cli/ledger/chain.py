"""The chain: everything that was ever done on a ledger, record after record, each sealed with the hash of the one before.

The only place where a row of the tables CHAINED is written: together with the record that says it. So what stands in
them can be held against the chain, row by row, and an edit behind our back is found however much was done since.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, insert, select, update

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.tables import CHAINED, chain, metadata

OPENED, UPGRADED, SAME, DIFFERENT, MEMORY, RULE, ADDED, REVOKED, REPLACED, UNMASKED, STATED, VOUCHED = (
    "opened",
    "upgraded",
    "same",
    "different",
    "settled",
    "rule",
    "approver-added",
    "approver-revoked",
    "approver-replaced",
    "unmasked",
    "result-proposed",
    "result-approved",
)
"""What concerns the ledger; what concerns a batch is the state that it came to."""
ABOUT_APPROVAL = (RULE, ADDED, REVOKED, REPLACED)

Values = Mapping[str, Any]
"""A row by column, with its key at least."""


@dataclass(frozen=True)
class Said:
    """Who does something, why, when (the clock is the command line's), and under which login of the operating system."""

    who: str
    note: str
    at: str
    login: str
    file_sha256: str = ""


NOBODY = Said("", "", "", "")
"""Of records that say what followed from another."""


@dataclass(frozen=True)
class Done:
    """What was done. new, changed: rows by the name of their table. more: what else there is to say."""

    what: str
    batch: int | None = None
    new: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    changed: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    more: Values = field(default_factory=dict)


class Link(NamedTuple):
    """A record as it stands in the chain."""

    id: int
    what: str
    batch: int | None
    who: str
    login: str
    note: str
    at: str
    says: str
    hash: str

    @property
    def said(self) -> dict[str, Any]:
        """new, changed and more, as they were written."""
        read: dict[str, Any] = json.loads(self.says)
        return read

    @property
    def more(self) -> dict[str, Any]:
        found: dict[str, Any] = self.said.get("more", {})
        return found


class Broken(UserError):
    """The chain does not hold together."""


def add(connection: Connection, record: Done, said: Said) -> str:
    """Write a record and its rows. Gives its hash, which is the new head."""
    assert record.new.keys() | record.changed.keys() <= set(CHAINED)
    sealed = take_over(connection, record, said)
    for name in CHAINED:
        if rows := record.new.get(name):
            connection.execute(insert(metadata.tables[name]), [dict(row) for row in rows])
        for row in record.changed.get(name, ()):
            _change(connection, metadata.tables[name], row)
    return sealed


def take_over(connection: Connection, record: Done, said: Said) -> str:
    """Write a record whose rows stand in their tables already. Gives its hash, which is the new head."""
    last = connection.execute(select(chain.c.id, chain.c.hash).order_by(chain.c.id.desc()).limit(1)).first()
    more = {**record.more, **({"file_sha256": said.file_sha256} if said.file_sha256 else {})}
    parts = {"new": record.new, "changed": record.changed, "more": more}
    says = plain_json({name: part for name, part in parts.items() if part})
    content = (record.what, record.batch, said.who, said.login, said.note, said.at, says)
    number = last.id + 1 if last else 1
    link = Link(number, *content, _seal(last.hash if last else "", (number, *content)))
    connection.execute(insert(chain).values(**link._asdict()))
    return link.hash


def _seal(before: str, values: Sequence[Any]) -> str:
    """The hash of a record without its own, after the hash of the one before."""
    return hashlib.sha256((before + plain_json(values)).encode()).hexdigest()


def plain_json(value: object) -> str:
    """The one form in which anything is hashed: no blanks, characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=repr)


def _change(connection: Connection, table: Table, row: Values) -> None:
    key = [column.name for column in table.primary_key]
    which = [table.c[column] == row[column] for column in key]
    values = {column: value for column, value in row.items() if column not in key}
    changed = connection.execute(update(table).where(*which).values(values))
    assert changed.rowcount == 1, f"no such row of {table.name}"


def links(connection: Connection) -> Iterator[Link]:
    """Every record from the first, as long as they follow from one another. Raises Broken."""
    before, expected = "", 1
    for row in connection.execute(select(chain).order_by(chain.c.id)):
        link = Link(*row)
        if link.id != expected:
            raise Broken(f"台账链的第 {expected} 条不见了，请运行 sanchuang ledger verify。")
        if _seal(before, link[:-1]) != link.hash:
            raise Broken(f"台账链的第 {link.id} 条与它的校验值不符，记下后被人改过。")
        yield link
        before, expected = link.hash, expected + 1
    if expected == 1:
        raise Broken("台账链是空的，记录被人删去了。")


def head(connection: Connection) -> str:
    """The hash of the last record: it stands for all of the ledger."""
    return str(connection.execute(select(chain.c.hash).order_by(chain.c.id.desc()).limit(1)).scalar() or "")


def of_batch(connection: Connection, number: int) -> list[Link]:
    """All that was done with a batch, oldest first. It is not checked here."""
    rows = connection.execute(select(chain).where(chain.c.batch == number).order_by(chain.c.id))
    return [Link(*row) for row in rows]
