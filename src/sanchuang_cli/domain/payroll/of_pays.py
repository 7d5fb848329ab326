"""Receipts and the letter for money, for a programme whose own rule says the sums. Makes papers from its verdicts.

A programme declares it by `papers=papers_of(PAYS)`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sanchuang_cli.domain import payees
from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.payroll.receipts import Receipt, receipts
from sanchuang_cli.domain.payroll.request import Fund, Request
from sanchuang_cli.domain.payroll.wording import basis_text
from sanchuang_cli.domain.pays import Pays, by_project
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Due, Payee
from sanchuang_cli.papers import Line, Papers, WrittenFor


class PaidSum(NamedTuple):
    """What one payee gets, and the row that says so."""

    payee: Payee
    due: tuple[Due, ...]
    line: Line

    @property
    def fen(self) -> int:
        """The whole sum."""
        return sum(due.fen for due in self.due)

    def by_hand(self) -> bool:
        """Whether the bank cannot pay it."""
        return bool(flaw(self.payee.account))


def papers_of(pays: Pays) -> Callable[[Whole, WrittenFor], Papers]:
    """The papers of a programme: lists to sign for people without a valid account, or those chosen; and the letter that
    asks for the money. Organisations sign no list."""

    def papers(whole: Whole, whom: WrittenFor) -> Papers:
        paid = list(_paid(pays, whole))
        matter = "、".join(dict.fromkeys(due.benefit for payment in paid for due in payment.due))
        lists = receipts(whole, matter, _receipts(paid, whom))
        return Papers(receipts=tuple(lists), request=_request(whole, matter, paid).letter(whole))

    return papers


def _paid(pays: Pays, whole: Whole) -> Iterator[PaidSum]:
    for paid in pays.of_each(whole):
        if paid.due:
            yield PaidSum(paid.payee, paid.due, paid.record.row.line)


def _receipts(paid: list[PaidSum], whom: WrittenFor) -> Iterator[Receipt]:
    for payment in paid:
        if payees.is_organisation(payment.payee.key):
            continue
        if whom.chosen(payment.line, payment.by_hand):
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
    return Request(
        matter=matter,
        noun="",
        basis=basis_text(whole.at.policy),
        funds=tuple(Fund(name, len(sums), sum(sums.values())) for name, sums in by_payee.items()),
        people=len({payment.payee.key for payment in paid}),
        by_hand=(len(by_hand), sum(by_hand.values())),
    )
