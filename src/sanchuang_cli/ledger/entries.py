"""Writes entries and adds them up. Entries are added once, never changed, and each is sealed with the hash of the last.

No other module writes an entry, and no batch posts a key twice. What a batch takes back never makes the sum of a key negative.
What the bank sends back may, where it was deducted or asked back before: then the payee is owed it again.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, case, func, select

from sanchuang_cli.ledger.sealed import append
from sanchuang_cli.ledger.settled import forget_touched
from sanchuang_cli.ledger.tables import KEY, batch, entry, line, person

PAID, RETURNED, REISSUED, RECOVERED, OPENING = "paid", "returned", "reissued", "recovered", "opening"
ARRIVED = "arrived"
"""Takes back an entry of RETURNED that was wrong: the payment had arrived."""
TITLES = {
    PAID: "发放",
    RETURNED: "退票",
    REISSUED: "重发",
    RECOVERED: "追回",
    OPENING: "期初",
    ARRIVED: "撤销退票",
}
IS_OF_RETURNS = entry.c.kind.like(f"{RETURNED}%") | entry.c.kind.like(f"{ARRIVED}%")
"""Entries about what came back of a batch. All others are the batch's own lines."""
AT_ONCE = 500
"""How many ids one query names: a database takes only so many values."""


class Key(NamedTuple):
    """What is paid or not: one component of a person's benefit in one month. person: the id; month: 2026-07."""

    person: str
    programme: str
    benefit: str
    month: str
    component: str


class NewEntry(NamedTuple):
    """An entry that is about to be written. fen: the change, negative where money came back."""

    key: Key
    kind: str
    fen: int
    edition: str
    place: str


def nth(kind: str, time: int) -> str:
    """The kind of an entry that a batch has for the `time`th time: a batch has a kind only once for a key."""
    return kind if time == 1 else f"{kind}-{time}"


def parted(kind: str) -> tuple[str, int]:
    """A kind without its number, and the number."""
    plain, _, time = kind.partition("-")
    return plain, int(time or 1)


class Turns(NamedTuple):
    """How often a person's payment of a batch was booked as returned, and how often that was taken back."""

    returned: int
    arrived: int

    @property
    def is_back(self) -> bool:
        """Whether the payment counts as returned now."""
        return self.returned > self.arrived


NEVER_BACK = Turns(0, 0)


def turns_of(connection: Connection, number: int) -> dict[str, Turns]:
    """Of each person of whom anything of batch `number` ever came back."""
    kinds = select(entry.c.person, entry.c.kind).where(entry.c.batch == number, IS_OF_RETURNS).distinct()
    turns: dict[str, Turns] = {}
    for who, kind in connection.execute(kinds):
        plain, time = parted(kind)
        before = turns.get(who, NEVER_BACK)
        turns[who] = (
            before._replace(returned=max(time, before.returned))
            if plain == RETURNED
            else before._replace(arrived=max(time, before.arrived))
        )
    return turns


class Sum(NamedTuple):
    """What was paid for a key. edition: the last one that it was paid under. entries: how many there are. taken: the fen
    that were taken back, below zero; they are in `fen`."""

    fen: int
    edition: str
    entries: int
    taken: int = 0


def posted(
    connection: Connection,
    programme: str,
    first: str = "",
    last: str = "9999-12",
    people: Collection[str] | None = None,
) -> dict[Key, Sum]:
    """The sum of every key that has an entry in the months from `first` to `last`.

    Persons who were joined count as one. people: the ids to look at; None for everybody.
    """
    if people is not None:
        totals: dict[Key, Sum] = {}
        ids = sorted(people)
        for at in range(0, len(ids), AT_ONCE):
            totals |= _posted(connection, programme, first, last, entry.c.person.in_(ids[at : at + AT_ONCE]))
        return totals
    return _posted(connection, programme, first, last)


def paid_months(connection: Connection, programme: str, months: Collection[str]) -> set[str]:
    """Those of the months for which anybody was paid anything, by the ledger or before it began."""
    query = select(entry.c.month).distinct().where(entry.c.programme == programme, entry.c.month.in_(months))
    return {month for (month,) in connection.execute(query)} if months else set()


def _posted(
    connection: Connection, programme: str, first: str, last: str, *which: ColumnElement[bool]
) -> dict[Key, Sum]:
    query = (
        select(
            person.c.same_as,
            entry.c.benefit,
            entry.c.month,
            entry.c.component,
            func.sum(entry.c.fen),
            func.max(entry.c.edition),
            func.count(),
            func.sum(case((entry.c.kind == RECOVERED, entry.c.fen), else_=0)),
        )
        .join(person, person.c.id == entry.c.person)
        .where(entry.c.programme == programme, entry.c.month >= first, entry.c.month <= last, *which)
        .group_by(person.c.same_as, entry.c.benefit, entry.c.month, entry.c.component)
    )
    return {
        Key(who, programme, benefit, month, component): Sum(fen, edition, count, taken)
        for who, benefit, month, component, fen, edition, count, taken in connection.execute(query)
    }


def post(connection: Connection, number: int, run: str, postings: Iterable[NewEntry]) -> dict[str, Any]:
    """Add the entries of batch `number`. Gives number and seal of the last entry, for the chain.

    Raises AssertionError, a fault of this program, when it takes back more than was paid. Then nothing is written.
    """
    rows = [_row(posting, number, run) for posting in postings]
    last = append(connection, entry, rows)
    if rows:
        forget_touched(connection, entry, entry.c.id > last.number - len(rows))
        _refuse_negative(connection, number, rows)
    return {"entries": last.number, "seal": last.seal}


def _row(posting: NewEntry, number: int, run: str) -> dict[str, Any]:
    facts = {"kind": posting.kind, "fen": posting.fen, "batch": number, "run": run}
    return {**posting.key._asdict(), **facts, "edition": posting.edition, "place": posting.place}


def _refuse_negative(connection: Connection, number: int, rows: Sequence[dict[str, Any]]) -> None:
    """Raises AssertionError when a sum is below zero of which these rows take something back, not those about returns."""
    taken = [row for row in rows if row["fen"] < 0 and parted(row["kind"])[0] not in (RETURNED, ARRIVED)]
    first = first_ids(connection) if taken else {}
    keys = {Key(first[row["person"]], *(row[name] for name in KEY[1:])) for row in taken}
    for programme, month in sorted({(key.programme, key.month) for key in keys}):
        sums = posted(connection, programme, month, month)
        below = [key for key in keys & sums.keys() if sums[key].fen < 0]
        assert not below, f"批次 {number} 会使 {len(below)} 项已发合计小于零"


def first_ids(connection: Connection) -> dict[str, str]:
    """The id that each id of a payee counts as: its own, or the one that it was joined with."""
    return {row.id: row.same_as for row in connection.execute(select(person.c.id, person.c.same_as))}


def overdrawn(connection: Connection, people: Collection[str] | None = None) -> Counter[str]:
    """By programme, how many keys have a sum below zero that what the bank sent back does not explain. people: the ids to
    look at; None for everybody."""
    which = [entry.c.person.in_(sorted(people))] if people is not None else []
    back = case((IS_OF_RETURNS & (entry.c.fen < 0), entry.c.fen), else_=0)
    below = (
        select(entry.c.programme)
        .join(person, person.c.id == entry.c.person)
        .where(*which)
        .group_by(person.c.same_as, *(entry.c[name] for name in KEY[1:]))
        .having(func.sum(entry.c.fen) < func.sum(back))
    )
    return Counter(connection.execute(below).scalars())


def flaws(connection: Connection) -> Iterator[str]:
    """What is wrong with the sums of the entries, in Chinese."""
    sums = select(entry.c.batch, func.sum(entry.c.fen)).where(~IS_OF_RETURNS).group_by(entry.c.batch)
    # Returns are left out: a batch was to post its lines, and what came back later is no part of that.
    by_batch: dict[int, int] = {row[0]: row[1] for row in connection.execute(sums)}
    lines = select(line.c.batch, func.sum(line.c.fen)).group_by(line.c.batch)
    planned: dict[int, int] = {row[0]: row[1] for row in connection.execute(lines)}
    states = {row.id: row.state for row in connection.execute(select(batch.c.id, batch.c.state))}
    for number, state in states.items():
        expected = 0 if state in ("proposed", "approved", "cancelled") else planned.get(number, 0)
        if by_batch.get(number, 0) != expected:
            yield f"批次 {number}：分录合计 {by_batch.get(number, 0)} 分，批次应为 {expected} 分"
    twice = select(func.count()).select_from(entry).group_by(
        *(entry.c[name] for name in KEY), entry.c.batch, entry.c.kind
    ).having(func.count() > 1)  # fmt: skip
    if count := len(connection.execute(twice).all()):
        yield f"有 {count} 项在同一批次里记了两次"
    for programme, below in sorted(overdrawn(connection).items()):
        yield f"{programme}：有 {below} 项已发合计小于零"


def of_batch(connection: Connection, number: int) -> list[Row[Any]]:
    """The entries of a batch, in their order."""
    return list(connection.execute(select(entry).where(entry.c.batch == number).order_by(entry.c.id)))
