"""Makes receipts and the letter for money, for a programme whose own rule says the sums. It takes them from its verdicts.

A programme declares it by `papers=papers_of(PAYS)`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from sanchuang_cli.domain import payees
from sanchuang_cli.domain.payroll.receipts import Receipt, receipts
from sanchuang_cli.domain.payroll.request import Fund, Request
from sanchuang_cli.domain.payroll.wording import all_bases
from sanchuang_cli.domain.pays import PaidSum, Pays, by_project
from sanchuang_cli.judging import Whole
from sanchuang_cli.papers import Papers, WrittenFor


def papers_of(pays: Pays) -> Callable[[Whole, WrittenFor], Papers]:
    """The papers of a programme: lists to sign for people without a valid account, or those chosen; and the letter that
    asks for the money. Organisations sign no list."""

    def papers(whole: Whole, whom: WrittenFor) -> Papers:
        paid = pays.paid(whole)
        matter = "、".join(dict.fromkeys(due.benefit for payment in paid for due in payment.due))
        lists = receipts(whole, matter, _receipts(paid, whom))
        return Papers(receipts=tuple(lists), request=_request(whole, matter, paid).letter(whole))

    return papers


def _receipts(paid: list[PaidSum], whom: WrittenFor) -> Iterator[Receipt]:
    for payment in paid:
        if payees.is_organisation(payment.payee.key):
            continue
        if any(whom.chosen(line, payment.by_hand) for line in payment.lines):
            months = sorted({due.month for due in payment.due})
            yield Receipt(payment.payee, tuple(by_project(payment.due)), tuple(months), payment.fen)


def _request(whole: Whole, matter: str, paid: list[PaidSum]) -> Request:
    by_payee: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_hand: dict[str, int] = defaultdict(int)
    for payment in paid:
        for project, fen in by_project(payment.due).items():
            by_payee[project][payment.payee.key] += fen
        if payment.by_hand():
            by_hand[payment.payee.key] += payment.fen
    items = Counter(key for sums in by_payee.values() for key in sums)
    return Request(
        matter=matter,
        noun="",
        basis=all_bases(whole.at),
        funds=tuple(Fund(name, len(sums), sum(sums.values())) for name, sums in by_payee.items()),
        people=len(items),
        several=sum(count > 1 for count in items.values()),
        by_hand=(len(by_hand), sum(by_hand.values())),
    )
