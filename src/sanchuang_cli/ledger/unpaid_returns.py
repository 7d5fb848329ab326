"""Finds money that the bank sent back and that was neither paid again nor is in an open batch. Reads only.

A comparison owes it again to whoever is on the roster, in the months that it looks at. All others are named here, every time, so that
nobody's money is forgotten because a roster, a year or the reach of the ledger does not go so far.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, select

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.ledger.absent import places
from sanchuang_cli.ledger.entries import ARRIVED, IS_OF_RETURNS, RETURNED, Key, first_ids, parted, posted
from sanchuang_cli.ledger.held import KnownEntries
from sanchuang_cli.ledger.tables import entry, held
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month, Period


def unpaid_returns(connection: Connection) -> dict[Key, tuple[int, int]]:
    """What came back and was not paid again, by key: the batch that it came back of last, and fen."""
    who = select(entry.c.person).where(IS_OF_RETURNS)
    first = first_ids(connection)
    owed, of_batch = Counter[Key](), dict[Key, int]()
    for row in connection.execute(select(entry).where(entry.c.person.in_(who)).order_by(entry.c.id)):
        key = Key(first[row.person], row.programme, row.benefit, row.month, row.component)
        if parted(row.kind)[0] in (RETURNED, ARRIVED):
            owed[key] -= row.fen
            of_batch[key] = row.batch
        elif row.fen > 0:
            owed[key] = max(0, owed[key] - row.fen)
    reserved = {Key(first[row.person], *row[1:]) for row in connection.execute(select(*_HELD))}
    return {key: (of_batch[key], fen) for key, fen in owed.items() if fen > 0 and key not in reserved}


_HELD = (held.c.person, held.c.programme, held.c.benefit, held.c.month, held.c.component)


def not_looked_at(book: KnownEntries, seen: Collection[str], months: Period) -> Iterator[Finding]:
    """A finding for each person of this programme whose money came back in a month that this run does not look at, or who is not in it.
    Of whom more was taken than was paid, `absent` tells already."""
    first, last = str(months.start), str(Month.of(months.last))
    left: dict[str, dict[Key, tuple[int, int]]] = defaultdict(dict)
    for key, stands in unpaid_returns(book.connection).items():
        if key.programme == book.programme and not (key.person in seen and first <= key.month <= last):
            left[key.person][key] = stands
    sums = Counter[str]()
    for key, total in posted(book.connection, book.programme, first, last, book.register.ids(left)).items():
        sums[key.person] += total.fen
    for who in [who for who in left if who not in seen and sums[who] < 0]:
        del left[who]
    at = places(book, {who: max(batch for batch, _ in keys.values()) for who, keys in left.items()})
    for who, keys in sorted(left.items()):
        yield _told(book, who, keys, at.get(who, (0, 0)), here=who in seen)


def _told(
    book: KnownEntries, who: str, keys: Mapping[Key, tuple[int, int]], at: tuple[int, int], *, here: bool
) -> Finding:
    name, _, _, _, township, village = book.register.facts[who]
    of = sorted({key.month for key in keys})
    span = of[0] if len(of) == 1 else f"{of[0]} 至 {of[-1]}"
    fen = sum(fen for _, fen in keys.values())
    why = "本次不看那几个月" if here else "本次没有算这个人"
    again = f"用当时的期间（如 --period {of[0]}）再提请一次。"
    return Finding(
        "ledger.unpaid-return",
        Severity.WARNING,
        f"{village} {name}：{span} 的 {yuan(fen)} 元由银行退回，没有再发，也不在未了结的批次里；{why}",
        Place(f"台账批次 {at[0]}", township, heading=f"清单序号 {at[1]}"),
        "退回来的款要发到本人，或查明不再发",
        again
        if here
        else f"还应发的，请在名册里保留这一行、改好账号，{again}不再发的，保留一行并写明原因、日期。",
    )
