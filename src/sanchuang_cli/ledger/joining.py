"""Says why two keys are hardly one payee's, and takes the joining of two payees back (撤销合并).

Nothing is deleted: a record of the chain says that they are two again, who says so and why. What was paid to either of them
while they were one stays where it was booked, so a joining that something was already paid or asked back upon stands.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from sanchuang_cli.domain.identity import sex
from sanchuang_cli.domain.payees import is_organisation
from sanchuang_cli.domain.same_person import born
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.chain import SAME, links
from sanchuang_cli.ledger.entries import overdrawn
from sanchuang_cli.ledger.tables import batch, entry, identity, line, person


def refuse_unlike(
    connection: Connection, keys: tuple[str, str], names: tuple[str, str], ids: tuple[set[str], set[str]]
) -> None:
    """Raises UserError where two keys are hardly one payee's. names: "" for one that the ledger does not know. ids: all of each
    payee."""
    reasons: list[str] = []
    if not is_organisation(keys[0]):
        if all(names) and names[0] != names[1]:
            reasons.append(f"姓名不同（{names[0]}、{names[1]}）")
        reasons += [
            what for what, of in (("出生日期不同", born), ("性别不同", sex)) if of(keys[0]) != of(keys[1])
        ]
    both = sorted(_paid_months(connection, ids[0]) & _paid_months(connection, ids[1]))
    if both:
        reasons.append(f"{both[0]}{f' 等 {len(both)} 个月' if len(both) > 1 else ''} 两个都发过")
    if reasons:
        raise UserError(
            f"这两个号码多半不是一个收款人的：{'，'.join(reasons)}；没有合并。请核对号码；"
            "查明确是同一个的，加上 --sure，并用 --note 写明依据。"
        )


def _paid_months(connection: Connection, ids: Collection[str]) -> set[str]:
    """The months for which anything is paid to this payee."""
    query = (
        select(entry.c.month)
        .where(entry.c.person.in_(sorted(ids)))
        .group_by(entry.c.programme, entry.c.benefit, entry.c.month)
        .having(func.sum(entry.c.fen) > 0)
    )
    return {month for (month,) in connection.execute(query)} if ids else set()


def _numbers(rows: Mapping[str, Any]) -> list[str]:
    """The numbers among the rows of a record."""
    return [row["number"] for row in rows.get("identity", ())]


class Parting(NamedTuple):
    """How a joining is taken back. moved: the ids that become a payee of their own again, with the id that stood for each; none
    where the joining only gave a new number to somebody who was known."""

    moved: dict[str, str]
    numbers: list[str]


def parting(connection: Connection, number: str) -> Parting | None:
    """How the last joining of this number is taken back; None where it never was joined, or no more is."""
    own = connection.execute(select(identity.c.person).where(identity.c.number == number)).scalar_one()
    same: dict[str, str] = {}
    joinings: list[dict[str, str]] = []
    for link in links(connection):
        new, changed = (link.said.get(part, {}) for part in ("new", "changed"))
        moved = {row["id"]: row["same_as"] for row in changed.get("person", ()) if "same_as" in row}
        if link.what == SAME and own in moved:
            joinings.append({id_: same[id_] for id_ in moved})
        elif link.what == SAME and number in _numbers(new):
            joinings.append({})
        elif joinings and (own in moved or number in _numbers(changed)):
            joinings.pop()  # it was taken back
        same |= {row["id"]: row["same_as"] for row in new.get("person", ())} | moved
    if not joinings:
        return None
    moved = joinings[-1]
    of = select(identity.c.number).where(identity.c.person.in_(sorted(moved)))
    return Parting(moved, sorted(connection.execute(of).scalars()) if moved else [number])


def refuse_used(connection: Connection, parted: Parting, stay: Collection[str]) -> None:
    """Raises UserError where something was booked for these numbers as the joined payee's. stay: the ids that remain theirs."""
    used = (
        select(line.c.batch)
        .join(batch, batch.c.id == line.c.batch)
        .where(line.c.person.in_(sorted(stay)), line.c.identity.in_(parted.numbers))
        .where(batch.c.state != "cancelled")
        .distinct()
    )
    if batches := sorted(connection.execute(used).scalars()):
        numbers = "、".join(map(str, batches))
        raise UserError(
            f"合并以后，批次 {numbers} 已按同一个收款人发放，不能撤销合并，没有改动。请查明后另行收付。"
        )


def refuse_owing(connection: Connection, people: Collection[str]) -> None:
    """Raises UserError where one of two who were parted would have had more taken back than was paid to them."""
    if overdrawn(connection, set(_all_ids(connection, people))):
        raise UserError(
            "合并以后，已把两个人的发放合在一起追缴或抵扣，不能撤销合并，没有改动。请查明后另行收付。"
        )


def _all_ids(connection: Connection, people: Collection[str]) -> Iterator[str]:
    yield from connection.execute(select(person.c.id).where(person.c.same_as.in_(sorted(people)))).scalars()
