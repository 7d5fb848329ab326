"""Who is paid what under each benefit: the lines that all pages of money are made of, put together once.

The only place where a person's payments are grouped by benefit.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.born import Born
from sanchuang_cli.domain.entitlement.decisions import Decision, Note, Payment
from sanchuang_cli.domain.entitlement.rules import Verdict
from sanchuang_cli.domain.entitlement.tariff import Standard
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.period import Period

_OF_DEATH = frozenset({"died_on", "health"})


class Line(NamedTuple):
    """One person's payments of one benefit, in the order of months.

    verdict: the latest by which a month has a standard. notes: on the benefit. standard: that month's, None where only
    earlier months are made good. arrears: the part of `fen` that falls to months before the period. state: 新增, 在享,
    停发, 死亡. over: the clauses that hold no longer in the last month. last: the period's last month. months: those of
    the period in which the standard was due, and withheld (扣发): what of it was kept back.
    """

    record: Member
    verdict: Verdict
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
        """What it is called."""
        return self.verdict.benefit.name


def lines_by_benefit(
    paid: Iterable[Decision], benefits: Sequence[str], period: Period, previous: Iterable[Paid] | None
) -> dict[str, list[Line]]:
    """The lines of each benefit, people in the order of `paid`. previous: the last period's lines, None: unknown."""
    known = None if previous is None else {(line.identity, line.benefit) for line in previous}
    start, last = period.start, number(period.last)
    found: dict[str, list[Line]] = {name: [] for name in benefits}
    for decision in paid:
        latest = {verdict.benefit.name: verdict for verdict in decision.verdicts}
        pricing = {verdict.benefit.name: verdict for verdict in decision.verdicts if verdict.standards}
        for name, payments in _by_benefit(decision.payments):
            before = None if known is None else (decision.record.identity, name) in known
            own, verdict = tuple(payments), pricing.get(name, latest[name])
            over = _ending(latest[name])
            assert decision.born, "whoever is paid has an age"
            line = Line(
                decision.record,
                verdict,
                own,
                decision.born,
                decision.notes.get(name, ()),
                verdict.standards[max(verdict.standards)] if verdict.standards else None,
                sum([payment.fen for payment in own]),
                sum([payment.fen for payment in own if payment.arrears]),
                _state(verdict, over, before, start),
                over,
                last,
                *_counted(decision, name, own),
            )
            found.setdefault(name, []).append(line)
    return found


def _by_benefit(payments: Iterable[Payment]) -> Iterable[tuple[str, Iterable[Payment]]]:
    """In the order of months; most people are paid one benefit."""
    own = sorted(payments)
    if own[0].benefit == own[-1].benefit:
        return ((own[0].benefit, own),)
    return groupby(own, lambda payment: payment.benefit)


def _counted(decision: Decision, benefit: str, own: Sequence[Payment]) -> tuple[int, int]:
    """Months of the period in which the standard was due, whether paid or withheld; and fen withheld."""
    withholding = [v for v in decision.verdicts if v.withheld and v.benefit.name == benefit]
    if not withholding:
        return sum([not payment.arrears for payment in own]), 0
    kept = [(at, fen) for verdict in withholding for at, fen in verdict.withheld if at in verdict.asked]
    months = {at for at, _ in kept} | {payment.month for payment in own if not payment.arrears}
    return len(months), sum(fen for _, fen in kept)


def _ending(verdict: Verdict) -> list[Clause]:
    """The clauses that hold no longer in the last month of the period."""
    end = verdict.asked.stop - 1
    return [clause for clause in verdict.clauses if clause.last < end]


def of_death(clauses: Iterable[Clause]) -> bool:
    """Whether one of them says that somebody is alive."""
    return any(not _OF_DEATH.isdisjoint(clause.columns) for clause in clauses)


def _state(verdict: Verdict, over: Sequence[Clause], before: bool | None, start: int) -> str:
    """在享, 新增, or that the payment ends in this period. over: the clauses that hold no longer. before: whether the last
    pages had it; None: unknown."""
    if over:
        return "死亡" if of_death(over) else "停发"
    new = verdict.first >= start if before is None else not before
    return "新增" if new else "在享"
