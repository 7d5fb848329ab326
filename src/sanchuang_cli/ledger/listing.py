"""What the ledger says when it is asked: batches, sums, what waits for whom; and whether all of it holds together.

Reads only; identity numbers stand in its tables whole, and the terminal masks them by their kind.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.ledger.batches import (
    APPROVED,
    BACK,
    OPEN,
    PROPOSED,
    SENT,
    STATES,
    checked_lines,
    events,
    found,
    state_of,
)
from sanchuang_cli.ledger.book import Ledger
from sanchuang_cli.ledger.entries import flaws
from sanchuang_cli.ledger.pages import PURPOSES, RECOVERY, list_page
from sanchuang_cli.ledger.settled import wrong_counts
from sanchuang_cli.ledger.tables import batch, entry, event, held, identity, joined, line, person
from sanchuang_cli.table import Column, Table

BY = {
    "township": ("乡镇", person.c.township),
    "benefit": ("补贴项目", entry.c.benefit),
    "month": ("月份", entry.c.month),
}


def troubles(ledger: Ledger) -> list[str]:
    """Everything that is wrong with a ledger and what is kept beside it, in Chinese."""
    first = str(ledger.settled().plus(1)) if ledger.looks_back() else ""
    with ledger.reading() as connection:
        found_ = list(flaws(connection))
        found_ += wrong_counts(connection, first) if first else ()
        for one in connection.execute(select(batch).order_by(batch.c.id)).all():
            try:
                checked_lines(ledger, connection, one)
            except UserError as trouble:
                found_.append(str(trouble))
        found_ += _wrongly_held(connection)
    return found_


def _wrongly_held(connection: Connection) -> Iterator[str]:
    """Keys are reserved by open batches and by no other."""
    kept: dict[int, int] = dict(
        connection.execute(select(held.c.batch, func.count()).group_by(held.c.batch)).all()
    )
    lines: dict[int, int] = dict(
        connection.execute(select(line.c.batch, func.count()).group_by(line.c.batch)).all()
    )
    for number, state in connection.execute(select(batch.c.id, batch.c.state)):
        expected = lines.get(number, 0) if state in OPEN else 0
        if kept.get(number, 0) != expected:
            yield f"批次 {number}（{STATES[state]}）占用 {kept.get(number, 0)} 项，应占用 {expected} 项"


def batches_page(ledger: Ledger) -> Table:
    """All batches, the newest first."""
    columns = (
        Column("number", "批次", Kind.COUNT),
        Column("title", "名称"),
        Column("purpose", "用途"),
        Column("state", "状态"),
        Column("persons", "人数", Kind.COUNT),
        Column("amount", "金额", Kind.MONEY),
        Column("origin", "原批次", Kind.COUNT),
    )
    sums = select(line.c.batch, func.count(line.c.person.distinct()), func.sum(line.c.fen)).group_by(
        line.c.batch
    )
    with ledger.reading() as connection:
        of = {number: (persons, fen) for number, persons, fen in connection.execute(sums)}
        rows = [
            (
                b.id,
                b.title,
                PURPOSES[b.purpose],
                state_of(b.purpose, b.state),
                *of.get(b.id, (0, 0)),
                b.origin,
            )
            for b in connection.execute(select(batch).order_by(batch.c.id.desc()))
        ]
    return Table("批次", "台账批次", columns, rows, unit="元")


def batch_pages(ledger: Ledger, number: int) -> tuple[Table, Table]:
    """The list of a batch, and what was done with it."""
    with ledger.reading() as connection:
        one = found(connection, number)
        lines = checked_lines(ledger, connection, one)
        rows = [(e.at, state_of(one.purpose, e.state), e.who, e.note) for e in events(connection, number)]
    columns = (
        Column("at", "时间"),
        Column("state", "状态"),
        Column("who", "经办人"),
        Column("note", "说明", wide=True),
    )
    title = f"{one.title}（批次 {number}，{state_of(one.purpose, one.state)}）"
    return list_page(one.purpose, title, lines), Table("经过", f"批次 {number} 的经过", columns, rows)


def balance_page(ledger: Ledger, by: list[str]) -> Table:
    """What was paid, summed by township, benefit or month. Raises UserError."""
    if unknown := [word for word in by if word not in BY]:
        raise UserError(f"--by 不认识“{'、'.join(unknown)}”。可用的有：{'、'.join(BY)}。")
    parts = [BY[word][1] for word in by]
    same = person.alias("same")
    parts = [same.c.township if part is person.c.township else part for part in parts]
    sums: Any = (
        select(*parts, func.count(same.c.id.distinct()), func.sum(entry.c.fen))
        .select_from(
            entry.join(person, person.c.id == entry.c.person).join(same, same.c.id == person.c.same_as)
        )
        .group_by(*parts)
        .order_by(*parts)
    )
    with ledger.reading() as connection:
        rows = [tuple(row) for row in connection.execute(sums) if row[-1] is not None]
    columns = (
        *(Column(word, BY[word][0]) for word in by),
        Column("persons", "人数", Kind.COUNT),
        Column("amount", "已发金额", Kind.MONEY, total=True),
    )
    return Table("结余", "台账已发合计", columns, rows, grand_total=True, unit="元")


def stand(ledger: Ledger) -> list[int]:
    """Numbers that change whenever anything in the ledger does."""
    with ledger.reading() as connection:
        last = [select(func.coalesce(func.max(one.c.id), 0)) for one in (entry, event, batch)]
        counts = [select(func.count()).select_from(one) for one in (joined, identity)]
        return [int(connection.execute(one).scalar_one()) for one in (*last, *counts)]


class Open(NamedTuple):
    """A batch that waits for somebody: since when it is in its state, and what is to be done with it."""

    number: int
    title: str
    state: str
    since: datetime
    persons: int
    fen: int
    next: str


def open_batches(ledger: Ledger) -> list[Open]:
    """Batches that are not done with, the oldest first."""
    came = (
        select(batch.c.id, batch.c.title, batch.c.state, batch.c.purpose, func.max(event.c.at))
        .join(event, event.c.batch == batch.c.id)
        .where(batch.c.state.in_(_NEXT))
        .group_by(batch.c.id, batch.c.title, batch.c.state, batch.c.purpose)
        .order_by(batch.c.id)
    )
    sums = (
        select(line.c.batch, func.count(line.c.person.distinct()), func.sum(line.c.fen))
        .join(batch, batch.c.id == line.c.batch)
        .where(batch.c.state.in_(_NEXT))
        .group_by(line.c.batch)
    )
    with ledger.reading() as connection:
        of = {number: (persons, fen) for number, persons, fen in connection.execute(sums)}
        return [
            Open(number, title, state, datetime.fromisoformat(at), *of[number], _next(state, purpose))
            for number, title, state, purpose, at in connection.execute(came)
        ]


_NEXT = {PROPOSED: "approve", APPROVED: "send", SENT: "paid", BACK: "paid"}


def _next(state: str, purpose: str) -> str:
    return "recovered" if (state, purpose) == (APPROVED, RECOVERY) else _NEXT[state]
