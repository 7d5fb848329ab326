"""Finds people who would be paid to an account from which the bank last sent their money back. Reads only."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.entries import RETURNED
from sanchuang_cli.ledger.held import KnownEntries
from sanchuang_cli.ledger.history import BACK, SENT, SETTLED
from sanchuang_cli.ledger.tables import batch, entry, line
from sanchuang_cli.outcome import Payee


def sent_back(book: KnownEntries, payees: Iterable[Payee]) -> Iterator[Finding]:
    """A warning for each payee whose account is the one that a payment last came back from, of whatever programme."""
    last = _last_returned(book)
    for payee in dict.fromkeys(payees):
        who = book.register.by_number.get(payee.key, "")
        if number := last.get((who, payee.account)):
            yield Finding(
                "ledger.sent-back",
                Severity.WARNING,
                f"{payee.name}：账号 {mask(Kind.ACCOUNT, payee.account)} 的款在批次 {number} 退回过，以后没有再发成，这次仍发到这个账号",
                payee.place,
                "银行退回的，改好账号再发",
                "请核实并改正名册的账号，再提请；银行那边已经办好的，不用改。",
            )


def _last_returned(book: KnownEntries) -> dict[tuple[str, str], int]:
    """By person and account, the batch of which the money came back, where no later batch paid to that account."""
    came_back = select(entry.c.batch, entry.c.person).where(entry.c.kind == RETURNED).distinct()
    returned = {tuple(row) for row in book.connection.execute(came_back)}
    if not returned:
        return {}
    who_of, everybody = _people(book), select(entry.c.person).where(entry.c.kind == RETURNED)
    sent = (
        select(line.c.batch, line.c.person, line.c.account)
        .join(batch, batch.c.id == line.c.batch)
        .where(line.c.person.in_(everybody), batch.c.state.in_((SENT, BACK, SETTLED)))
        .distinct()
        .order_by(line.c.batch)
    )
    last: dict[tuple[str, str], int] = {}
    for number, person, account in book.connection.execute(sent):
        key = who_of[person], account
        if (number, person) in returned:
            last[key] = number
        else:
            last.pop(key, None)
    return last


def _people(book: KnownEntries) -> dict[str, str]:
    """Each id with the person that it is one of."""
    return {id_: who for who in book.register.people for id_ in book.register.ids({who})}
