"""Reads from the ledger what it has for the months and people of a comparison: what is posted, reserved and settled.

It reads no more than was judged, so that an old and long ledger does not slow a run down.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, select

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.entries import Key, Sum, posted
from sanchuang_cli.ledger.pages import RECOVERY
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.settled import settled_months
from sanchuang_cli.ledger.tables import KEY, batch, entry, held, line, person
from sanchuang_cli.outcome import Claimant, Settled
from sanchuang_cli.period import Month, Period

_MANY = 4
"""When more than one person in four needs all months, all months of everybody are read at once: one query is faster."""


class Reserved(NamedTuple):
    """What an open batch is going to post for a key. account: where it pays it, "" where it is asked back. bounced: the account from
    which it came back before, "" where it did not."""

    fen: int
    batch: int
    account: str = ""
    bounced: str = ""

    def agrees_with(self, account: str) -> bool:
        """Whether a roster with this account does not contradict where the batch pays: one that still has the account from which the
        money came back does not, where the bank's list has mended it."""
        return not self.account or account in (self.account, self.bounced)


class KnownEntries(NamedTuple):
    """posted, held: by key. keys_of: the keys of each person. settled: what need not be judged again, by person."""

    connection: Connection
    programme: str
    register: Register
    posted: dict[Key, Sum]
    held: dict[Key, Reserved]
    keys_of: dict[str, set[Key]]
    settled: dict[str, Settled]

    def unsettled(self, key: Key) -> int | None:
        """The last batch that paid this key and is not closed yet, so that the money may still come back. None: there is none."""
        of_key = (entry.c[name] == value for name, value in zip(KEY[1:], key[1:], strict=True))
        query = (
            select(func.max(entry.c.batch))
            .join(batch, batch.c.id == entry.c.batch)
            .where(
                entry.c.person.in_(self.register.ids({key.person})), batch.c.state.in_(("sent", "returned"))
            )
            .where(*of_key)
        )
        number: int | None = self.connection.execute(query).scalar()
        return number


def known(
    connection: Connection, programme: str, claimants: Iterable[Claimant], months: Period
) -> KnownEntries:
    """What the ledger has for these claimants.

    Raises UserError when another process changed the ledger in the meantime: a claimant was judged only from a month on
    (`since`), and the months before are no longer settled.
    """
    register, settled = Register(connection), settled_months(connection, programme)
    first, last = months.start, Month.of(months.last)
    later: Month | None = None
    from_start: set[str] = set()
    for claimant in claimants:
        who = register.by_number.get(claimant.payee.key, "")
        if claimant.since is None:
            from_start.add(who)
            continue
        remembered = settled.get(who)
        if (
            remembered is None
            or remembered.sign != claimant.sign
            or remembered.through.plus(1) < claimant.since
        ):
            raise UserError("计算的时候，另一个程序改动了台账，本次什么都没有记。请重新运行。")
        later = min(later or claimant.since, claimant.since)
    sums = _sums(connection, programme, register, from_start, (first, later or first, last))
    of_batches = reserved(connection, programme, str(first), str(last))
    keys_of: dict[str, set[Key]] = defaultdict(set)
    for key in (*sums, *of_batches):
        keys_of[key.person].add(key)
    return KnownEntries(connection, programme, register, sums, of_batches, keys_of, settled)


def _sums(
    connection: Connection,
    programme: str,
    register: Register,
    from_start: set[str],
    at: tuple[Month, Month, Month],
) -> dict[Key, Sum]:
    """Everybody's sums from the month `later` on, and those of the people `from_start` from the first month on."""
    first, later, last = at
    if len(from_start) * _MANY > len(register.by_number):
        return posted(connection, programme, str(first), str(last))
    sums = posted(connection, programme, str(later), str(last))
    if first < later and (ids := register.ids(from_start)):
        sums |= posted(connection, programme, str(first), str(later.plus(-1)), ids)
    return sums


def reserved(connection: Connection, programme: str, first: str, last: str) -> dict[Key, Reserved]:
    """What open batches are going to post for these months, by key."""
    of_line, before = [line.c[name] == held.c[name] for name in KEY], line.alias()
    same = [before.c[name] == line.c[name] for name in KEY[1:]]
    query = (
        select(
            person.c.same_as,
            held.c.benefit,
            held.c.month,
            held.c.component,
            line.c.fen,
            held.c.batch,
            case((batch.c.purpose != RECOVERY, line.c.account), else_=""),
            func.coalesce(before.c.account, ""),
        )
        .join(person, person.c.id == held.c.person)
        .join(batch, batch.c.id == held.c.batch)
        .join(
            line,
            (line.c.batch == held.c.batch) & of_line[0] & of_line[1] & of_line[2] & of_line[3] & of_line[4],
        )
        .outerjoin(
            before, (before.c.batch == batch.c.origin) & (before.c.identity == line.c.identity) & and_(*same)
        )
        .where(held.c.programme == programme, held.c.month >= first, held.c.month <= last)
    )
    return {
        Key(who, programme, benefit, month, component): Reserved(*held_there)
        for who, benefit, month, component, *held_there in connection.execute(query)
    }
