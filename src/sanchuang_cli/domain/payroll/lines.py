"""Groups payments into lines, one person's payments of one benefit, as every page of money shows them.

It reads decisions and the lines of the last period. It is the only place where payments are grouped by benefit.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.decisions import Decision, Note, Payment
from sanchuang_cli.domain.entitlement.rules import BenefitVerdict
from sanchuang_cli.domain.entitlement.tariff import Standard
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.period import Period

_OF_DEATH = frozenset({"died_on", "health"})
"""The fields of the roster that say whether somebody is alive."""


class PaymentLine(NamedTuple):
    """One person's payments of one benefit, in the order of months.

    verdict: the latest one that sets a standard. notes: those on the benefit. standard: the one of the latest month, None
    where only earlier months are paid. fen: all payments. arrears: the part of `fen` for months before the period.
    state: 新增, 在享, 停发 or 死亡. over: the clauses that no longer hold in the last month. last: the last month of the
    period. months: how many months of the period have a standard. withheld (扣发): what was kept back of those months.
    """

    record: Member
    verdict: BenefitVerdict
    payments: tuple[Payment, ...]
    born: Born
    notes: Sequence[Note]
    standard: Standard | None
    fen: int
    arrears: int
    state: str
    over: Sequence[Clause]
    last: int
    months: int
    withheld: int

    @property
    def benefit(self) -> str:
        """The name of the benefit."""
        return self.verdict.benefit.name


def lines_by_benefit(
    paid: Iterable[Decision], benefits: Sequence[str], period: Period, previous: Iterable[Paid] | None
) -> dict[str, list[PaymentLine]]:
    """The lines of each benefit, people in the order of `paid`. previous: the lines of the last period, None when there
    is no result of it."""
    known = None if previous is None else {(line.identity, line.benefit) for line in previous}
    lines: dict[str, list[PaymentLine]] = {name: [] for name in benefits}
    for decision in paid:
        for name, payments in _by_benefit(decision.payments):
            before = None if known is None else (decision.record.identity, name) in known
            lines.setdefault(name, []).append(_line(decision, name, tuple(payments), period, before))
    return lines


def _by_benefit(payments: Iterable[Payment]) -> Iterable[tuple[str, Iterable[Payment]]]:
    """Payments by benefit, in the order of months."""
    in_order = sorted(payments)
    # Most people are paid one benefit, and grouping costs time in a large county.
    if in_order[0].benefit == in_order[-1].benefit:
        return ((in_order[0].benefit, in_order),)
    return groupby(in_order, lambda payment: payment.benefit)


def _line(
    decision: Decision, benefit: str, payments: tuple[Payment, ...], period: Period, before: bool | None
) -> PaymentLine:
    """before: whether the last period paid this; None when that is not known."""
    verdicts = [verdict for verdict in decision.verdicts if verdict.benefit.name == benefit]
    latest = verdicts[-1]
    # A later edition may pay nothing any more: the standard on the line is then the one of the edition before it.
    priced = latest
    if not latest.standards:
        priced = next((verdict for verdict in reversed(verdicts) if verdict.standards), latest)
    over = _ending(latest)
    assert decision.born, "everybody who is paid has an age"
    months, withheld = _months_and_withheld(verdicts, payments)
    made_good = any(payment.arrears for payment in payments)
    return PaymentLine(
        decision.record,
        priced,
        payments,
        decision.born,
        decision.notes.get(benefit, ()),
        priced.standards[max(priced.standards)] if priced.standards else None,
        sum([payment.fen for payment in payments]),
        sum([payment.fen for payment in payments if payment.arrears]),
        _state(over, not before if before is not None else made_good or priced.first >= period.start),
        over,
        period.start + period.months - 1,
        months,
        withheld,
    )


def _months_and_withheld(verdicts: Iterable[BenefitVerdict], payments: Sequence[Payment]) -> tuple[int, int]:
    """How many months of the period have a standard, paid or withheld; and the fen that are withheld."""
    withheld = [(at, fen) for verdict in verdicts for at, fen in verdict.withheld if at in verdict.asked]
    months = {payment.month for payment in payments if not payment.arrears}
    if not withheld:
        return len(months), 0
    return len(months.union(at for at, _ in withheld)), sum([fen for _, fen in withheld])


def _ending(verdict: BenefitVerdict) -> list[Clause]:
    """The clauses that no longer hold in the last month of the period."""
    end = verdict.asked.stop - 1
    return [clause for clause in verdict.clauses if clause.last < end]


def of_death(clauses: Iterable[Clause]) -> bool:
    """Whether one of the clauses asks if the person is alive."""
    return any(not _OF_DEATH.isdisjoint(clause.columns) for clause in clauses)


def _state(over: Sequence[Clause], new: bool) -> str:
    """在享, 新增, or how the payment ends in this period. new: the last period did not pay it; where that is not known, it
    begins in this period, or months before are made good, which only an approval in it does."""
    if over:
        return "死亡" if of_death(over) else "停发"
    return "新增" if new else "在享"
