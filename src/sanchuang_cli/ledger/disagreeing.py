"""Tells where a batch that has not gone to the bank yet is not what the rosters say now. Reads only.

Such a batch is left as it is: whoever signs it must know of it first, and can have it cancelled and proposed anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import select

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.entries import Key
from sanchuang_cli.ledger.held import KnownEntries, Reserved
from sanchuang_cli.ledger.pages import LedgerLine, by_person, called
from sanchuang_cli.ledger.tables import line
from sanchuang_cli.outcome import Payee

GONE, ASIDE, OTHER_SUM, OTHER_ACCOUNT = "名册里没有的", "待核实的", "数额不同的", "账号不同的"


class Disagreement(NamedTuple):
    """Somebody whom an open batch pays otherwise than the rosters say. what: one of the words above, for a person to read."""

    batch: int
    person: str
    what: str


ByBatch = Mapping[int, Mapping[str, list[int]]]
"""By the number of the batch and by what disagrees, the numbers of the lines on its list."""


def by_batch(book: KnownEntries, found: Iterable[Disagreement]) -> ByBatch:
    """Where on the lists of their batches these people stand."""
    what_of: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in found:
        what_of[one.batch][one.what] |= book.register.ids({one.person})
    told: dict[int, dict[str, list[int]]] = {}
    for batch, of_batch in sorted(what_of.items()):
        ids = listed(book, batch)
        told[batch] = {
            what: [number for number, id_ in enumerate(ids, 1) if id_ in people]
            for what, people in of_batch.items()
        }
    return told


def listed(book: KnownEntries, batch: int) -> list[str]:
    """The ids of the persons of a batch, in the order of its list."""
    columns = [line.c[name] for name in LedgerLine._fields]
    rows = book.connection.execute(select(*columns).where(line.c.batch == batch).order_by(line.c.position))
    return [lines[0].person for lines in by_person(LedgerLine(*row) for row in rows)]


def with_another_sum(payee: Payee, key: Key, batch: int) -> Finding:
    """The finding about a key for which a batch has another sum than is due now."""
    return Finding(
        "ledger.reserved",
        Severity.WARNING,
        f"{payee.name}：{called(key.benefit, key.component)} {key.month} 已在批次 {batch} 里，现在算得的数不同；该批次了结后再比较",
        payee.place,
        mend=how_to_mend(batch),
    )


def with_another_account(payee: Payee, reserved: Reserved) -> Finding:
    """The finding about a payee whom a batch pays to another account than the roster has now."""
    then, now = (
        mask(Kind.ACCOUNT, account) if account else "空白" for account in (reserved.account, payee.account)
    )
    return Finding(
        "ledger.other-account",
        Severity.WARNING,
        f"{payee.name}：批次 {reserved.batch} 发到账号 {then}，名册里现在是 {now}；批次没有跟着改",
        payee.place,
        mend=how_to_mend(reserved.batch),
    )


def how_to_mend(batch: int) -> str:
    """What to do about a batch that may not be as it should be."""
    return f"批次 {batch} 不对的，先用 sanchuang batch cancel {batch} --note 原因 取消，再重新提请；对的，照常送出。"
