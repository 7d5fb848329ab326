"""Writes and reads the chain: a record of everything that was ever done on a ledger, each sealed with the hash of the one before.

Only this module writes rows of the tables CHAINED, always together with the record that says so. So these tables can be
compared with the chain row by row, and an edit from outside is found however much was done after it.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, insert, select, update

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import databases
from sanchuang_cli.ledger.tables import CHAINED, chain, metadata

(
    OPENED,
    UPGRADED,
    SAME,
    DIFFERENT,
    MEMORY,
    RULE,
    ADDED,
    REVOKED,
    REPLACED,
    UNMASKED,
    STATED,
    VOUCHED,
    BOOKED,
    NOT_BACK,
) = (
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
    "income-booked",
    "return-undone",
)
"""What records say was done. All others about a batch say the state that it came to."""
ABOUT_APPROVAL = (RULE, ADDED, REVOKED, REPLACED)

Values = Mapping[str, Any]
"""Values by column: a row, or the columns that change with its primary key."""


@dataclass(frozen=True)
class Deed:
    """Who does something, why, when, and at which login. at: the time in ISO format, from the clock of the command line.
    login: number and name at the operating system. file_sha256: of a file that was taken over."""

    who: str
    note: str
    at: str
    login: str
    file_sha256: str = ""


NOBODY = Deed("", "", "", "")
"""Nobody does by hand what follows from another record."""


@dataclass(frozen=True)
class Done:
    """A record before it is written. new, changed: rows by the name of their table. more: what else there is to say."""

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
        """What was written with the record: new, changed and more."""
        read: dict[str, Any] = json.loads(self.says)
        return read

    @property
    def more(self) -> dict[str, Any]:
        """What the record says beside its rows."""
        more: dict[str, Any] = self.said.get("more", {})
        return more


class Broken(UserError):
    """A record of the chain is missing or was edited."""


def add(connection: Connection, record: Done, deed: Deed) -> str:
    """Write a record and its rows. Gives its hash, the new head of the chain."""
    assert record.new.keys() | record.changed.keys() <= set(CHAINED)
    sealed = take_over(connection, record, deed)
    # In the order of CHAINED, because rows of later tables refer to rows of earlier ones.
    for name in CHAINED:
        if rows := record.new.get(name):
            connection.execute(insert(metadata.tables[name]), [dict(row) for row in rows])
        for row in record.changed.get(name, ()):
            _change(connection, metadata.tables[name], row)
    return sealed


def take_over(connection: Connection, record: Done, deed: Deed) -> str:
    """Write a record whose rows already stand in their tables, as in an upgrade. Gives its hash, the new head."""
    last = connection.execute(select(chain.c.id, chain.c.hash).order_by(chain.c.id.desc()).limit(1)).first()
    more = {**record.more, **({"file_sha256": deed.file_sha256} if deed.file_sha256 else {})}
    parts = {"new": record.new, "changed": record.changed, "more": more}
    says = plain_json({name: part for name, part in parts.items() if part})
    content = (
        record.what,
        record.batch,
        deed.who,
        databases.login(connection, deed.login),
        deed.note,
        deed.at,
        says,
    )
    number = last.id + 1 if last else 1
    link = Link(number, *content, _seal(last.hash if last else "", (number, *content)))
    connection.execute(insert(chain).values(**link._asdict()))
    return link.hash


def _seal(before: str, values: Sequence[Any]) -> str:
    """The hash over the hash of the record before and the values of this one."""
    return hashlib.sha256((before + plain_json(values)).encode()).hexdigest()


plain_json: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=repr
).encode
"""The form in which everything is hashed and signed: JSON without blanks, characters as they are.

It must never change: every hash of every ledger depends on it.
"""


def _change(connection: Connection, table: Table, row: Values) -> None:
    key = [column.name for column in table.primary_key]
    which = [table.c[column] == row[column] for column in key]
    values = {column: value for column, value in row.items() if column not in key}
    changed = connection.execute(update(table).where(*which).values(values))
    assert changed.rowcount == 1, f"no such row of {table.name}"


def links(connection: Connection) -> Iterator[Link]:
    """Every record from the first on. Raises Broken at the first one that does not follow from the one before."""
    before, expected = "", 1
    for row in connection.execute(select(chain).order_by(chain.c.id)):
        link = Link._make(row)
        if link.id != expected:
            raise Broken(f"台账链的第 {expected} 条不见了，请运行 sanchuang ledger verify。")
        if _seal(before, link[:-1]) != link.hash:
            raise Broken(f"台账链的第 {link.id} 条与它的校验值不符，记下后被人改过。")
        yield link
        before, expected = link.hash, expected + 1
    if expected == 1:
        raise Broken("台账链是空的，记录被人删去了。")


def head(connection: Connection) -> str:
    """The hash of the last record, which stands for the whole ledger (台账校验码)."""
    return str(connection.execute(select(chain.c.hash).order_by(chain.c.id.desc()).limit(1)).scalar() or "")


def of_batch(connection: Connection, number: int) -> list[Link]:
    """The records of a batch, oldest first. They are not checked here."""
    rows = connection.execute(select(chain).where(chain.c.batch == number).order_by(chain.c.id))
    return [Link(*row) for row in rows]
