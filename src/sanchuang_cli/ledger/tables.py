"""Declares the tables of a ledger and all their columns, in SQL that any database understands.

A key is person × programme × benefit × month × component. What was paid for it is the sum of its entries.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint

VERSION = "4"
"""The version of this schema. `ledger upgrade` brings an older ledger up to it; any other ledger is refused."""

OLDER = ("2", "3")
"""Versions that `ledger upgrade` brings up to this one."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", String, primary_key=True),
    Column("same_as", String, ForeignKey("person.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("birth", String, nullable=False),
    Column("account", String, nullable=False),
    Column("bank", String, nullable=False),
    Column("township", String, nullable=False),
    Column("village", String, nullable=False),
    Index("person_by_name", "name", "birth"),
)
"""same_as: the person that this one turned out to be, for most the person itself. The rest is as the last batch had it."""

identity = Table(
    "identity",
    metadata,
    Column("number", String, primary_key=True),
    Column("person", String, ForeignKey("person.id"), nullable=False, index=True),
)

used_account = Table(
    "used_account",
    metadata,
    Column("number", String, primary_key=True),
    Column("person", String, ForeignKey("person.id"), primary_key=True),
)
"""Every account that a person's money was ever to go to: a new identity number with one of them is no new payee."""

run = Table(
    "run",
    metadata,
    Column("id", String, primary_key=True),
    Column("programme", String, nullable=False),
    Column("period", String, nullable=False),
    Column("policy", String, nullable=False),
    Column("policy_sha256", String, nullable=False),
    Column("documents", String, nullable=False),
    Column("inputs", String, nullable=False),
)
"""id: the hash of the rest. documents: JSON, by the day of their edition. inputs: JSON, pairs of file and hash."""

batch = Table(
    "batch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("purpose", String, nullable=False),
    Column("programme", String, nullable=False),
    Column("period", String, nullable=False),
    Column("title", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("run", String, ForeignKey("run.id"), nullable=False),
    Column("origin", Integer, ForeignKey("batch.id")),
    Column("copy", String, nullable=False),
    Column("copy_sha256", String, nullable=False),
    Column("lines_sha256", String, nullable=False),
    Column("bank", String, nullable=False),
)
"""copy: the workbook's name in the ledger's folder. bank: JSON, the folder of the bank's files and their hashes."""

chain = Table(
    "chain",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("what", String, nullable=False),
    Column("batch", Integer, index=True),
    Column("who", String, nullable=False),
    Column("login", String, nullable=False),
    Column("note", String, nullable=False),
    Column("at", String, nullable=False),
    Column("says", String, nullable=False),
    Column("hash", String, nullable=False),
)
"""Everything that was done, by whom and why. id: counted from 1 without a gap. batch: none when it is about the ledger.
says: JSON, all that was written with the record. hash: over the record and the hash of the one before."""

CHAINED = ("meta", "run", "batch", "person", "identity", "used_account")
"""Tables that must be what the records of the chain say, row by row.

The others are protected otherwise: `line` by its batch's digest, `settled` by a digest in the chain, `entry` and `income` by
their own seals, the last of which stands in the chain. `held` follows from the lines of open batches.
"""


def _key() -> list[Column[str]]:
    return [
        Column("person", String, ForeignKey("person.id"), nullable=False),
        Column("programme", String, nullable=False),
        Column("benefit", String, nullable=False),
        Column("month", String, nullable=False),
        Column("component", String, nullable=False),
    ]


KEY = ("person", "programme", "benefit", "month", "component")

line = Table(
    "line",
    metadata,
    Column("batch", Integer, ForeignKey("batch.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_key(),
    Column("kind", String, nullable=False),
    Column("fen", Integer, nullable=False),
    Column("reason", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("place", String, nullable=False),
    Column("identity", String, nullable=False),
    Column("name", String, nullable=False),
    Column("account", String, nullable=False),
    Column("bank", String, nullable=False),
    Column("township", String, nullable=False),
    Column("village", String, nullable=False),
    UniqueConstraint("batch", *KEY),
)
"""What a batch is about to post, as it was proposed. kind: that of the entry it becomes."""

settled = Table(
    "settled",
    metadata,
    Column("person", String, ForeignKey("person.id"), primary_key=True),
    Column("programme", String, primary_key=True),
    Column("sign", String, nullable=False),
    Column("through", String, nullable=False),
    Column("items", Integer, nullable=False),
)
"""A memory that saves work: outcome.Settled of each person. Without it every open month is judged again."""

held = Table(
    "held",
    metadata,
    *[Column(column.name, String, primary_key=True) for column in _key()],
    Column("batch", Integer, ForeignKey("batch.id"), nullable=False, index=True),
)
"""Keys that an open batch has reserved: no other batch can have them."""

entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_key(),
    Column("kind", String, nullable=False),
    Column("fen", Integer, nullable=False),
    Column("batch", Integer, ForeignKey("batch.id"), nullable=False),
    Column("run", String, ForeignKey("run.id"), nullable=False),
    Column("edition", String, nullable=False),
    Column("place", String, nullable=False),
    Column("hash", String, nullable=False),
    UniqueConstraint(*KEY, "batch", "kind"),
    Index("entry_by_month", "programme", "month"),
    Index("entry_by_batch", "batch"),
)
"""id: counted from 1 without a gap. hash: over the entry and the hash of the one before."""

income = Table(
    "income",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("programme", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("township", String, nullable=False),
    Column("branch", String, nullable=False),
    Column("name", String, nullable=False),
    Column("identity", String, nullable=False),
    Column("month", String, nullable=False),
    Column("ticket", String, nullable=False),
    Column("fen", Integer, nullable=False),
    Column("result", String, nullable=False),
    Column("place", String, nullable=False),
    Column("hash", String, nullable=False),
    Index("income_by_ticket", "programme", "ticket"),
)
"""What came in, went up and came back: it pays nobody, and no sum of payments looks at it. id and hash as those of an entry.
kind: see domain.dues.income. month: a month, a quarter (2026Q1) or a year. result: the digest of the approved result that says it."""
