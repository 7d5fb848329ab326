"""What the ledger holds for the months that a comparison looks at: posted, reserved, and not yet told by the bank.

Reads only as much as the months and people that were judged ask for: a ledger may be old, a run should not feel it.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.entries import Key, Sum, posted
from sanchuang_cli.ledger.persons import Register
from sanchuang_cli.ledger.settled import settled_months
from sanchuang_cli.ledger.tables import KEY, batch, entry, held, line, person
from sanchuang_cli.outcome import Claimant, Settled
from sanchuang_cli.period import Month, Period

_MANY = 4
"""Where more than one person in so many is looked up, all months are read at once."""


class Known(NamedTuple):
    """posted, held: by key; held with what its batch is going to post, and the batch. months_of: the keys of each
    person. settled: by person."""

    connection: Connection
    programme: str
    register: Register
    posted: dict[Key, Sum]
    held: dict[Key, tuple[int, int]]
    keys_of: dict[str, set[Key]]
    settled: dict[str, Settled]

    def unsettled(self, key: Key) -> int | None:
        """The last batch that paid this key and of which the bank may still send something back."""
        of_key = (entry.c[name] == value for name, value in zip(KEY[1:], key[1:], strict=True))
        found = (
            select(func.max(entry.c.batch))
            .join(batch, batch.c.id == entry.c.batch)
            .where(
                entry.c.person.in_(self.register.ids({key.person})), batch.c.state.in_(("sent", "returned"))
            )
            .where(*of_key)
        )
        number: int | None = self.connection.execute(found).scalar()
        return number


def known(connection: Connection, programme: str, claimants: Iterable[Claimant], months: Period) -> Known:
    """What bears on these claimants. Raises UserError where what they were judged from is no longer settled."""
    register, settled = Register(connection), settled_months(connection, programme)
    first, last = months.start, Month.of(months.last)
    later: Month | None = None
    whole: set[str] = set()
    for claimant in claimants:
        who = register.by_number.get(claimant.payee.key, "")
        if claimant.since is None:
            whole.add(who)
            continue
        one = settled.get(who)
        if one is None or one.sign != claimant.sign or one.through.plus(1) < claimant.since:
            raise UserError("计算的时候，另一个程序改动了台账，本次什么都没有记。请重新运行。")
        later = min(later or claimant.since, claimant.since)
    sums = _sums(connection, programme, register, whole, (first, later or first, last))
    reserved = _held(connection, programme, str(first), str(last))
    keys_of: dict[str, set[Key]] = defaultdict(set)
    for key in (*sums, *reserved):
        keys_of[key.person].add(key)
    return Known(connection, programme, register, sums, reserved, keys_of, settled)


def _sums(
    connection: Connection,
    programme: str,
    register: Register,
    whole: set[str],
    at: tuple[Month, Month, Month],
) -> dict[Key, Sum]:
    """Everybody's sums from the month `later` on, and from the first those of the people `whole`."""
    first, later, last = at
    if len(whole) * _MANY > len(register.by_number):
        return posted(connection, programme, str(first), str(last))
    sums = posted(connection, programme, str(later), str(last))
    if first < later and (ids := register.ids(whole)):
        sums |= posted(connection, programme, str(first), str(later.plus(-1)), ids)
    return sums


def _held(connection: Connection, programme: str, first: str, last: str) -> dict[Key, tuple[int, int]]:
    of_line = [line.c[name] == held.c[name] for name in KEY]
    found = (
        select(person.c.same_as, held.c.benefit, held.c.month, held.c.component, line.c.fen, held.c.batch)
        .join(person, person.c.id == held.c.person)
        .join(
            line,
            (line.c.batch == held.c.batch) & of_line[0] & of_line[1] & of_line[2] & of_line[3] & of_line[4],
        )
        .where(held.c.programme == programme, held.c.month.between(first, last))
    )
    return {
        Key(who, programme, benefit, month, component): (fen, number)
        for who, benefit, month, component, fen, number in connection.execute(found)
    }
