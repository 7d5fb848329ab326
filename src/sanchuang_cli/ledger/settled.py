"""Remembers which months of a person need not be judged again. Writes the table `settled`, and no other module does.

Promise: whatever posts or reserves a settled month, or joins two persons, makes it forgotten in the same transaction.
Another record or policy has another sign, so it does not count as settled. A digest of the table stands in the chain,
because a month that an outsider marks as settled would never be judged.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.chain import MEMORY, NOBODY, Done, Link, add, plain_json
from sanchuang_cli.ledger.file import month_of
from sanchuang_cli.ledger.tables import KEY, chain, entry, identity, person, settled
from sanchuang_cli.outcome import Settled


def settled_months(connection: Connection, programme: str) -> dict[str, Settled]:
    """What is remembered, by person. Raises UserError when the table is not what the chain says."""
    rows = remembered(connection, programme)
    if rows_digest(rows) != _in_the_chain(connection, programme):
        raise UserError(
            f"台账里 {programme} 已结清月份的记录被人改过，不能据此计算。请运行 sanchuang ledger verify。"
        )
    return {who: Settled(sign, month_of(through), items) for who, _, sign, through, items in rows}


def remembered(connection: Connection, programme: str) -> list[tuple[Any, ...]]:
    """The rows of a programme, in the order of the digest."""
    query = select(settled).where(settled.c.programme == programme).order_by(settled.c.person)
    return [tuple(row) for row in connection.execute(query)]


def rows_digest(rows: Iterable[tuple[Any, ...]]) -> str:
    """The digest of the rows; "" when there are none."""
    values = [list(row) for row in rows]
    return hashlib.sha256(plain_json(values).encode()).hexdigest() if values else ""


def _in_the_chain(connection: Connection, programme: str) -> str:
    newest = select(chain).where(chain.c.what == MEMORY).order_by(chain.c.id.desc())
    for row in connection.execute(newest):
        more = Link(*row).more
        if more["programme"] == programme:
            return str(more["digest"])
    return ""


def hold(connection: Connection, programmes: Iterable[str]) -> None:
    """Write the digest of what is remembered now into the chain."""
    for programme in sorted(set(programmes)):
        digest = rows_digest(remembered(connection, programme))
        add(connection, Done(MEMORY, more={"programme": programme, "digest": digest}), NOBODY)


def by_number(connection: Connection, programme: str) -> dict[str, Settled]:
    """What is remembered, by identity number: under each number of a person."""
    known = settled_months(connection, programme)
    numbers = select(identity.c.number, person.c.same_as).join(person, person.c.id == identity.c.person)
    return {number: known[who] for number, who in connection.execute(numbers) if who in known}


def remember(connection: Connection, programme: str, newly_settled: Mapping[str, Settled]) -> None:
    """Write what a comparison found settled, as far as that is new."""
    known = settled_months(connection, programme)
    changed: list[dict[str, Any]] = []
    added: list[dict[str, Any]] = []
    for who, now in newly_settled.items():
        old = known.get(who)
        if old is None:
            added.append(_row(programme, who, now))
        elif old.sign != now.sign or old.through < now.through:
            changed.append({f"new_{name}": value for name, value in _row(programme, who, now).items()})
    if added:
        connection.execute(insert(settled), added)
    if changed:
        # SQLAlchemy keeps the plain names of columns for itself, so the new values have names of their own.
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("sign", "through", "items")}
        of = (settled.c.person == bindparam("new_person")) & (
            settled.c.programme == bindparam("new_programme")
        )
        connection.execute(update(settled).where(of).values(values), changed)
    if added or changed:
        hold(connection, [programme])


def wrong_counts(connection: Connection, first: str) -> Iterator[str]:
    """People whose settled months have another number of items than entries, in Chinese. first: the first open month."""
    known = {
        (row.person, row.programme): (row.through, row.items) for row in connection.execute(select(settled))
    }
    keys = (
        select(person.c.same_as, *(entry.c[name] for name in KEY[1:]))
        .join(person, person.c.id == entry.c.person)
        .where(entry.c.month >= first)
        .distinct()
    )
    counted: Counter[tuple[str, str]] = Counter()
    for who, programme, _, month, _ in connection.execute(keys) if known else ():
        through, _ = known.get((who, programme), ("", 0))
        counted[who, programme] += month <= through
    for who, (through, items) in known.items():
        if counted[who] != items:
            yield f"人员 {who[0]}：{through} 及以前记为结清 {items} 项，分录有 {counted[who]} 项"


def _row(programme: str, who: str, now: Settled) -> dict[str, Any]:
    return {
        "person": who,
        "programme": programme,
        "sign": now.sign,
        "through": str(now.through),
        "items": now.items,
    }


def _as_remembered(connection: Connection, programmes: Iterable[str]) -> None:
    """Raises UserError when the table is not what the chain says. The next digest must not cover an edit."""
    for programme in programmes:
        settled_months(connection, programme)


def forget_touched(connection: Connection, touched: Table, *which: ColumnElement[bool]) -> None:
    """Forget everybody who has a settled month among these rows of `touched`, which are entries or lines of batches."""
    hit = (
        select(settled.c.person, settled.c.programme)
        .join(person, person.c.same_as == settled.c.person)
        .join(touched, touched.c.person == person.c.id)
        .where(touched.c.programme == settled.c.programme, touched.c.month <= settled.c.through, *which)
    )
    rows = [{"who": who, "of": programme} for who, programme in connection.execute(hit.distinct())]
    if rows:
        programmes = {row["of"] for row in rows}
        _as_remembered(connection, programmes)
        gone = (settled.c.person == bindparam("who")) & (settled.c.programme == bindparam("of"))
        connection.execute(delete(settled).where(gone), rows)
        hold(connection, programmes)


def forget_people(connection: Connection, people: Iterable[str]) -> None:
    """Forget these people in all programmes."""
    which = settled.c.person.in_(list(people))
    programmes = set(connection.execute(select(settled.c.programme).where(which).distinct()).scalars())
    _as_remembered(connection, programmes)
    connection.execute(delete(settled).where(which))
    hold(connection, programmes)
