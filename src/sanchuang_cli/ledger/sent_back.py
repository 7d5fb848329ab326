"""Finds people whose account somebody must look at before they are paid: it is another payee's, or not that of the last payment, or
the bank last sent their money back from it. Reads only."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.entries import RETURNED
from sanchuang_cli.ledger.held import KnownEntries
from sanchuang_cli.ledger.history import BACK, SENT, SETTLED
from sanchuang_cli.ledger.pages import IMPORT, PAYMENT, REISSUE
from sanchuang_cli.ledger.tables import batch, entry, line
from sanchuang_cli.outcome import Payee


def sent_back(book: KnownEntries, payees: Iterable[Payee]) -> Iterator[Finding]:
    """A warning for each payee whose account is the one that a payment last came back from, of whatever programme."""
    last = _last_returned(book)
    for payee in payees:
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


def of_another(payee: Payee) -> Finding:
    """The finding on a known payee whose account is known as another's. They are not paid."""
    return Finding(
        "ledger.account-of-another",
        Severity.ERROR,
        f"{payee.name}：账号 {mask(Kind.ACCOUNT, payee.account)} 在台账上是另一个收款人的，以前没有发给过这个人，不列入批次、待核实",
        payee.place,
        "各人发到各人的账号",
        "账号写错、错行的请改正名册；确是同用一个账号的：sanchuang ledger different 号码 --account 账号 --note 依据。",
    )


def changed(book: KnownEntries, payees: Sequence[Payee]) -> Iterator[Finding]:
    """A warning for each payee whose name or account is not that of the last payment that was sent in this programme."""
    last = _last_sent(book, payees)
    for payee in payees:
        number, name, account = last.get(book.register.by_number.get(payee.key, ""), (0, "", ""))
        now, then = (payee.name, payee.account), (name, account)
        if number and now != then:
            what = "、".join(word for word, a, b in zip(("户名", "账号"), now, then, strict=True) if a != b)
            yield Finding(
                "ledger.changed",
                Severity.WARNING,
                f"{payee.name}：{what}与上次（批次 {number}）不同：上次发给 {name} {mask(Kind.ACCOUNT, account)}，这次发给 "
                f"{payee.name} {mask(Kind.ACCOUNT, payee.account)}",
                payee.place,
                "付给谁变了，审批前要核实",
                "请与收款人核实；不对的取消批次，改好名册再提请。",
            )


def _last_sent(book: KnownEntries, payees: Sequence[Payee]) -> dict[str, tuple[int, str, str]]:
    """Of each person the last batch that paid them something, with name and account. The newest batches are read first, and no more
    of them than are needed."""
    who_of, last = _people(book), dict[str, tuple[int, str, str]]()
    wanted = {book.register.by_number.get(payee.key, "") for payee in payees} - {""}
    of_programme = (
        select(batch.c.id)
        .where(batch.c.programme == book.programme, batch.c.state.in_((SENT, BACK, SETTLED)))
        .where(batch.c.purpose.in_((PAYMENT, REISSUE, IMPORT)))
        .order_by(batch.c.id.desc())
    )
    for number in book.connection.execute(of_programme).scalars().all():
        if not wanted:
            break
        lines = select(line.c.person, line.c.name, line.c.account).where(line.c.batch == number).distinct()
        for id_, name, account in book.connection.execute(lines):
            if account and (who := who_of[id_]) in wanted:
                last[who] = number, name, account
        wanted -= last.keys()
    return last


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
