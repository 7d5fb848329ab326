"""Declares the tables of a ledger and all their columns, in SQL that any database understands.

A key is person × programme × benefit × month × component. What was paid for it is the sum of its entries.
"""

from sqlalchemy import Column, ForeignKey, Index, MetaData, Table, UniqueConstraint

from sanchuang_cli.ledger.databases import TEXT, WHOLE

VERSION = "4"
"""The version of this schema. `ledger upgrade` brings an older ledger up to it; any other ledger is refused."""

OLDER = ("2", "3")
"""Versions that `ledger upgrade` brings up to this one."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("same_as", TEXT, ForeignKey("person.id"), nullable=False),
    Column("name", TEXT, nullable=False),
    Column("birth", TEXT, nullable=False),
    Column("account", TEXT, nullable=False),
    Column("bank", TEXT, nullable=False),
    Column("township", TEXT, nullable=False),
    Column("village", TEXT, nullable=False),
    Index("person_by_name", "name", "birth"),
)
"""same_as: the person that this one turned out to be, for most the person itself. The rest is as the last batch had it."""

identity = Table(
    "identity",
    metadata,
    Column("number", TEXT, primary_key=True),
    Column("person", TEXT, ForeignKey("person.id"), nullable=False, index=True),
)

used_account = Table(
    "used_account",
    metadata,
    Column("number", TEXT, primary_key=True),
    Column("person", TEXT, ForeignKey("person.id"), primary_key=True),
)
"""Every account that a person's money was ever to go to: a new identity number with one of them is no new payee."""

run = Table(
    "run",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("programme", TEXT, nullable=False),
    Column("period", TEXT, nullable=False),
    Column("policy", TEXT, nullable=False),
    Column("policy_sha256", TEXT, nullable=False),
    Column("documents", TEXT, nullable=False),
    Column("inputs", TEXT, nullable=False),
)
"""id: the hash of the rest. documents: JSON, by the day of their edition. inputs: JSON, pairs of file and hash."""

batch = Table(
    "batch",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    Column("purpose", TEXT, nullable=False),
    Column("programme", TEXT, nullable=False),
    Column("period", TEXT, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("state", TEXT, nullable=False, index=True),
    Column("run", TEXT, ForeignKey("run.id"), nullable=False),
    Column("origin", WHOLE, ForeignKey("batch.id")),
    Column("copy", TEXT, nullable=False),
    Column("copy_sha256", TEXT, nullable=False),
    Column("lines_sha256", TEXT, nullable=False),
    Column("bank", TEXT, nullable=False),
)
"""copy: the workbook's name in the ledger's folder. bank: JSON, the folder of the bank's files and their hashes."""

chain = Table(
    "chain",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    Column("what", TEXT, nullable=False),
    Column("batch", WHOLE, index=True),
    Column("who", TEXT, nullable=False),
    Column("login", TEXT, nullable=False),
    Column("note", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("says", TEXT, nullable=False),
    Column("hash", TEXT, nullable=False),
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
        Column("person", TEXT, ForeignKey("person.id"), nullable=False),
        Column("programme", TEXT, nullable=False),
        Column("benefit", TEXT, nullable=False),
        Column("month", TEXT, nullable=False),
        Column("component", TEXT, nullable=False),
    ]


KEY = ("person", "programme", "benefit", "month", "component")

line = Table(
    "line",
    metadata,
    Column("batch", WHOLE, ForeignKey("batch.id"), primary_key=True),
    Column("position", WHOLE, primary_key=True, autoincrement=False),
    *_key(),
    Column("kind", TEXT, nullable=False),
    Column("fen", WHOLE, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("edition", TEXT, nullable=False),
    Column("place", TEXT, nullable=False),
    Column("identity", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("account", TEXT, nullable=False),
    Column("bank", TEXT, nullable=False),
    Column("township", TEXT, nullable=False),
    Column("village", TEXT, nullable=False),
    UniqueConstraint("batch", *KEY),
)
"""What a batch is about to post, as it was proposed. kind: that of the entry it becomes."""

settled = Table(
    "settled",
    metadata,
    Column("person", TEXT, ForeignKey("person.id"), primary_key=True),
    Column("programme", TEXT, primary_key=True),
    Column("sign", TEXT, nullable=False),
    Column("through", TEXT, nullable=False),
    Column("items", WHOLE, nullable=False),
)
"""A memory that saves work: outcome.Settled of each person. Without it every open month is judged again."""

held = Table(
    "held",
    metadata,
    *[Column(column.name, TEXT, primary_key=True) for column in _key()],
    Column("batch", WHOLE, ForeignKey("batch.id"), nullable=False, index=True),
)
"""Keys that an open batch has reserved: no other batch can have them."""

entry = Table(
    "entry",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    *_key(),
    Column("kind", TEXT, nullable=False),
    Column("fen", WHOLE, nullable=False),
    Column("batch", WHOLE, ForeignKey("batch.id"), nullable=False),
    Column("run", TEXT, ForeignKey("run.id"), nullable=False),
    Column("edition", TEXT, nullable=False),
    Column("place", TEXT, nullable=False),
    Column("hash", TEXT, nullable=False),
    UniqueConstraint(*KEY, "batch", "kind"),
    Index("entry_by_month", "programme", "month"),
    Index("entry_by_batch", "batch"),
)
"""id: counted from 1 without a gap. hash: over the entry and the hash of the one before."""

income = Table(
    "income",
    metadata,
    Column("id", WHOLE, primary_key=True, autoincrement=False),
    Column("programme", TEXT, nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("township", TEXT, nullable=False),
    Column("branch", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("identity", TEXT, nullable=False),
    Column("month", TEXT, nullable=False),
    Column("ticket", TEXT, nullable=False),
    Column("fen", WHOLE, nullable=False),
    Column("result", TEXT, nullable=False),
    Column("place", TEXT, nullable=False),
    Column("hash", TEXT, nullable=False),
    Index("income_by_ticket", "programme", "ticket"),
)
"""What came in, went up and came back: it pays nobody, and no sum of payments looks at it. id and hash as those of an entry.
kind: see domain.dues.income. month: a month, a quarter (2026Q1) or a year. result: the digest of the approved result that says it."""
