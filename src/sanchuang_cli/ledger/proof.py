"""Checks a whole ledger: its chain, every table beside the chain, and the copies in the folder. Reads only.

Three edits cannot be seen without a head that somebody has on paper: a tail that was cut off cleanly, an older file that
was put back, and hashes that were all worked out again. With a head all three are seen. What lies before a signature is
protected by the signature, too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, func, select

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.batches import OPEN, checked_lines, names_of_copies
from sanchuang_cli.ledger.chain import Broken, links
from sanchuang_cli.ledger.entries import flaws
from sanchuang_cli.ledger.file import Ledger, month_of
from sanchuang_cli.ledger.history import LedgerHistory
from sanchuang_cli.ledger.sealed import broken
from sanchuang_cli.ledger.settled import remembered, rows_digest, wrong_counts
from sanchuang_cli.ledger.tables import CHAINED, KEY, batch, entry, held, income, line, metadata, settled

LEAST = 16
"""How many digits of a head must be given; the paper has all 64."""
_TITLES = {
    "meta": "台账设置",
    "run": "运行",
    "batch": "批次",
    "person": "人员",
    "identity": "身份证号",
    "used_account": "用过的账号",
}


@dataclass
class Proof:
    """What was checked. troubles: what is wrong, in Chinese. fen: the sum of all entries. income: fen by its kind. reached:
    the record that the given head belongs to, 0 without one."""

    history: LedgerHistory
    troubles: list[str] = field(default_factory=list)
    entries: int = 0
    fen: int = 0
    income: dict[str, int] = field(default_factory=dict)
    batches: int = 0
    reached: int = 0


def troubles(ledger: Ledger, head: str = "") -> list[str]:
    """Everything that is wrong with a ledger and the files beside it, in Chinese."""
    return proved(ledger, head).troubles


def proved(ledger: Ledger, head: str = "") -> Proof:
    """Check the whole ledger. head: of the chain as it once was, from paper."""
    with ledger.reading() as connection:
        return proved_within(ledger, connection, head)


def proved_within(ledger: Ledger, connection: Connection, head: str = "") -> Proof:
    """Check the ledger as a transaction sees it."""
    proof = Proof(LedgerHistory())
    _read(connection, proof)
    for name in CHAINED:
        rows = connection.execute(select(metadata.tables[name]))
        if wrong := proof.history.agrees(name, rows):
            proof.troubles.append(f"{_TITLES[name]}（{name}）有 {wrong} 行与台账链所记的不同")
    for check in _CHECKS:
        proof.troubles += check(connection, proof.history)
    if not proof.troubles:  # these checks rely on what was checked before
        proof.troubles += _of_batches(ledger, connection)
        proof.troubles += flaws(connection)
        proof.troubles += _counts(connection, proof.history)
        sums = select(func.count(), func.coalesce(func.sum(entry.c.fen), 0))
        proof.entries, proof.fen = connection.execute(sums).one()
        by_kind = select(income.c.kind, func.sum(income.c.fen)).group_by(income.c.kind)
        proof.income = {str(kind): int(fen) for kind, fen in connection.execute(by_kind)}
        proof.batches = len(proof.history.states)
    _reach(proof, head.strip().lower())
    return proof


def _read(connection: Connection, proof: Proof) -> None:
    """Read the chain, as far as its hashes agree."""
    try:
        for link in links(connection):
            proof.history.take(link)
    except Broken as broken:
        proof.troubles.append(str(broken))
    for of_batch in proof.history.flaws.values():
        proof.troubles += of_batch


def _reach(proof: Proof, head: str) -> None:
    """Look up which record the given head belongs to."""
    if not head:
        return
    standing = [number for known, number in proof.history.hashes.items() if known.startswith(head)]
    proof.reached = standing[0] if len(standing) == 1 and len(head) >= LEAST else 0
    if len(head) < LEAST:
        proof.troubles.append(f"--head 的校验码太短，至少写 {LEAST} 位，现为 {len(head)} 位")
    elif not proof.reached:
        proof.troubles.append(
            f"台账链里没有校验码 {head}：那以前的记录改过，或后面的被删去，或换回了旧的台账文件"
        )


def _entries(connection: Connection, history: LedgerHistory) -> Iterator[str]:
    yield from broken(connection, entry, history.entries, "分录")
    yield from broken(connection, income, history.income, "收入")


def _memory(connection: Connection, history: LedgerHistory) -> Iterator[str]:
    programmes = set(connection.execute(select(settled.c.programme).distinct()).scalars())
    for programme in sorted(programmes | set(history.memory), key=str):
        if rows_digest(remembered(connection, programme)) != history.memory.get(programme, ""):
            yield f"{programme} 已结清月份的记录（settled）与台账链所记的不同"


def _left(more: Select[Any], less: Select[Any]) -> Select[Any]:
    """By batch, how many rows of `more` are not in `less`."""
    rest = more.except_(less).subquery()
    number = rest.c.batch
    return select(number, func.count()).group_by(number).order_by(number)


_OPEN = select(batch.c.id).where(batch.c.state.in_(OPEN))
_DUE = select(line.c.batch, *(line.c[name] for name in KEY)).where(line.c.batch.in_(_OPEN))
_HELD = select(held.c.batch, *(held.c[name] for name in KEY))
_UNLIKE = (("没有占用", _left(_DUE, _HELD)), ("不该占用的占用了", _left(_HELD, _DUE)))


def _held(connection: Connection, history: LedgerHistory) -> Iterator[str]:
    """Each line of an open batch reserves its key, and nothing else does."""
    for what, unlike in _UNLIKE:
        for number, count in connection.execute(unlike):
            yield f"批次 {number}：{what} {count} 项"


def _strays(connection: Connection, history: LedgerHistory) -> Iterator[str]:
    known = select(batch.c.id)
    count = connection.execute(
        select(func.count()).select_from(line).where(line.c.batch.not_in(known))
    ).scalar()
    if count:
        yield f"有 {count} 行明细不属于任何批次"


Check = Callable[[Connection, LedgerHistory], Iterator[str]]
_CHECKS: tuple[Check, ...] = (_entries, _memory, _held, _strays)


def _of_batches(ledger: Ledger, connection: Connection) -> Iterator[str]:
    """Lines, workbooks and the bank's files of every batch."""
    for batch_row in connection.execute(select(batch).order_by(batch.c.id)).all():
        try:
            checked_lines(ledger, connection, batch_row)
            for name, digest in names_of_copies(batch_row)[1:]:
                ledger.copies.kept(connection, name, digest)
        except UserError as trouble:
            yield str(trouble)


def _counts(connection: Connection, history: LedgerHistory) -> Iterator[str]:
    values = {key[0]: row["value"] for key, row in history.tables["meta"].items()}
    if not values["reach"]:
        yield from wrong_counts(connection, str(month_of(values["paid-through"]).plus(1)))
