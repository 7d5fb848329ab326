"""Finds the people whom the ledger paid, or is about to pay, and whom a run does not mention, and who may have come in their
place. Reads only.

Each of them is named with the batch that is to pay them or paid them last, and the number of their line in its list.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from sqlalchemy import func, select

from sanchuang_cli.domain.same_person import Homes
from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.ledger.disagreeing import ASIDE, GONE, Disagreement, how_to_mend
from sanchuang_cli.ledger.disagreeing import listed as listed_in
from sanchuang_cli.ledger.entries import AT_ONCE, OPENING, PAID, REISSUED, posted
from sanchuang_cli.ledger.held import KnownEntries
from sanchuang_cli.ledger.payee_ids import SAME_OR_NOT, doubted
from sanchuang_cli.ledger.tables import entry
from sanchuang_cli.money import yuan
from sanchuang_cli.outcome import Claimant
from sanchuang_cli.period import Month, Period

_VANISHED = (
    "ledger.absent",
    "本次名册里没有，或号码读不出来",
    "离世、迁出的请在名册里保留一行并填明日期；号码有误的请改正。",
)
_GONE = (
    "ledger.absent",
    "本次名册里没有",
    "撤并了的请在名册里保留一行并注明；改了名称、代码的：sanchuang ledger same 旧代码 新代码 --note 依据。",
)
"""_GONE is said of an organisation, _VANISHED of a person."""
_NAMESAKE = (
    "台账上同村（或没写村）有同名的人，号码不同，本次名册里没有，其中有的月份已发给那个号码或已列入批次"
)
_PAID, _OVER, _STILL = "台账上已有发放", "台账上多扣了 {} 元，应补还", "已列入批次 {}，还没有送银行"
"""_PAID is said of whoever was paid, _OVER of whoever had more taken than was paid, _STILL of whoever an open batch is going to
pay."""
_DOUBTFUL = ("ledger.doubtful", "本次因疑点没有认定", "请先改正名册里这一行的疑点。")


def namesakes(
    book: KnownEntries, claimants: Sequence[Claimant], listed: frozenset[str], months: Period
) -> dict[int, Finding]:
    """A finding, by position, for each new number that asks for a month of which somebody who vanished has been paid, or will
    be, with the same name in the same village. They are not paid: number, birth date and account may all have been corrected.

    Who asks for other months cannot be paid twice, and while the namesake is still on the roster they are two people.
    """
    register = book.register
    number_of = register.by_number
    new = {i: one.payee for i, one in enumerate(claimants) if one.due and one.payee.key not in number_of}
    here = {number_of.get(key, "") for key in (*listed, *(one.payee.key for one in claimants))}
    gone: Homes[str] = Homes()
    for who in register.people - here - register.organisations if new else ():
        for id_ in register.ids({who}):
            name, _, _, _, township, village = register.facts[id_]
            gone.add(name, township, village, who)
    alike = {i: gone.namesakes(one.name, one.township, one.village) for i, one in new.items()}
    ids = register.ids(set(chain.from_iterable(alike.values())))
    paid = posted(book.connection, book.programme, str(months.start), str(Month.of(months.last)), ids)
    fen = [(key, total.fen) for key, total in paid.items()] + [
        (key, reserved.fen) for key, reserved in book.held.items()
    ]
    has = {(key.person, key.benefit, key.month) for key, own in fen if own > 0}
    return {
        i: doubted(new[i], "known-home", _NAMESAKE, SAME_OR_NOT[False])
        for i, others in alike.items()
        if any((who, due.benefit, str(due.month)) in has for who in others for due in claimants[i].due)
    }


def absent(book: KnownEntries, seen: set[str], listed: frozenset[str], months: Period) -> Iterator[Finding]:
    """A finding for each payee who was paid for an open month, or will be by an open batch, and whom this run does not mention.

    Nothing is asked back from them, and the batch is left as it is. Those whose number is `listed` stand on the roster but were set aside: they are
    doubtful. The others vanished.
    """
    doubtful = {book.register.by_number.get(number, "") for number in listed}
    ids = book.register.ids(book.register.people - seen)
    paid: dict[str, int] = defaultdict(int)
    for key, total in posted(
        book.connection, book.programme, str(months.start), str(Month.of(months.last)), ids
    ).items():
        paid[key.person] += total.fen
    planned = _planned(book, seen)
    gone = sorted({who for who, fen in paid.items() if fen} | set(planned))
    at = _last_paid(book, set(gone) - set(planned)) | places(book, planned)
    for who in gone:
        name, _, _, _, township, village = book.register.facts[who]
        batch, number = at[who]
        vanished = who not in doubtful
        missing = _GONE if who in book.register.organisations else _VANISHED
        code, why, mend = missing if vanished else _DOUBTFUL
        stands = _OVER.format(yuan(-paid[who])) if paid[who] < 0 else _PAID
        stands = _STILL.format(batch) if who in planned else stands
        yield Finding(
            code,
            Severity.WARNING,
            f"{village} {name}：{stands}，{why}；没有重算，也不追缴",
            Place(f"台账批次 {batch}", township, heading=f"清单序号 {number}"),
            mend=f"{mend}{how_to_mend(batch) if who in planned else ''}",
            vanished=vanished,
        )


def left_in(book: KnownEntries, seen: set[str], listed: frozenset[str]) -> Iterator[Disagreement]:
    """Whom open batches still pay although this run does not mention them."""
    doubtful = {book.register.by_number.get(number, "") for number in listed}
    for who, batch in _planned(book, seen).items():
        yield Disagreement(batch, who, ASIDE if who in doubtful else GONE)


def _planned(book: KnownEntries, seen: set[str]) -> dict[str, int]:
    """The newest open batch that pays each person who is not among the `seen`."""
    return {
        key.person: reserved.batch
        for key, reserved in sorted(book.held.items(), key=lambda each: each[1].batch)
        if reserved.fen > 0 and key.person not in seen
    }


def _last_paid(book: KnownEntries, people: Collection[str]) -> dict[str, tuple[int, int]]:
    """The last batch that paid each person, and the number of their line in its list."""
    who_of = {id_: who for who in people for id_ in book.register.ids({who})}
    last: dict[str, int] = {}
    ids = sorted(who_of)
    for at in range(0, len(ids), AT_ONCE):
        batches = (
            select(entry.c.person, func.max(entry.c.batch))
            .where(entry.c.person.in_(ids[at : at + AT_ONCE]), entry.c.programme == book.programme)
            .where(entry.c.kind.in_((PAID, REISSUED, OPENING)))
            .group_by(entry.c.person)
        )
        for id_, batch in book.connection.execute(batches):
            last[who_of[id_]] = max(batch, last.get(who_of[id_], 0))
    return places(book, last)


def places(book: KnownEntries, batch_of: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """The batch of each person, and the number of their line in its list."""
    who_of = {id_: who for who in batch_of for id_ in book.register.ids({who})}
    return {
        who_of[id_]: (batch, number)
        for batch in sorted(set(batch_of.values()))
        for number, id_ in enumerate(listed_in(book, batch), 1)
        if id_ in who_of and batch_of[who_of[id_]] == batch
    }
