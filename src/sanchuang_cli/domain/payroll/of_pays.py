"""What people sign beside the pages of a programme whose own rule says the sums: `papers=papers_of(PAYS)` declares it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sanchuang_cli.domain import payees
from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.payroll.receipts import Receipt, receipts
from sanchuang_cli.domain.payroll.request import Fund, Request
from sanchuang_cli.domain.pays import Pays, by_project, verdicts
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Due, Payee
from sanchuang_cli.papers import Line, Papers, Whom


class Paid(NamedTuple):
    """Who gets what, from which row."""

    payee: Payee
    due: tuple[Due, ...]
    line: Line

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.due)

    @property
    def by_hand(self) -> bool:
        return bool(flaw(self.payee.account))


def papers_of(pays: Pays) -> Callable[[Whole, Whom], Papers]:
    """Lists for people who are paid by hand, by themselves those without a valid account; and the letter that asks for the
    money. Organisations sign no list."""

    def papers(whole: Whole, whom: Whom) -> Papers:
        paid = list(_paid(pays, whole))
        matter = "、".join(dict.fromkeys(due.benefit for one in paid for due in one.due))
        lists = receipts(whole, matter, _receipts(paid, whom))
        return Papers(receipts=tuple(lists), request=_request(whole, matter, paid).letter(whole))

    return papers


def _paid(pays: Pays, whole: Whole) -> Iterator[Paid]:
    for one in verdicts(whole):
        if due := tuple(pays.due(one)):
            yield Paid(pays.payee(one.record), due, one.record.row.line)


def _receipts(paid: list[Paid], whom: Whom) -> Iterator[Receipt]:
    for one in paid:
        person = not payees.is_organisation(one.payee.key)
        if person and whom.chosen(one.line, lambda one=one: one.by_hand):  # type: ignore[misc]
            months = sorted({due.month for due in one.due})
            yield Receipt(one.payee, tuple(by_project(one.due)), tuple(months), one.fen)


def _request(whole: Whole, matter: str, paid: list[Paid]) -> Request:
    funds: dict[str, dict[str, int]] = {}
    without: dict[str, int] = defaultdict(int)
    for one in paid:
        for project, fen in by_project(one.due).items():
            own = funds.setdefault(project, {})
            own[one.payee.key] = own.get(one.payee.key, 0) + fen
        if one.by_hand:
            without[one.payee.key] += one.fen
    edition: Any = whole.at.policy
    return Request(
        matter=matter,
        noun="",
        basis=f"《{edition.title}》（{edition.document}）",
        funds=tuple(Fund(name, len(own), sum(own.values())) for name, own in funds.items()),
        people=len({one.payee.key for one in paid}),
        by_hand=(len(without), sum(without.values())),
    )
