"""Says what of a decision `policy diff` sets beside that by another document. It reads decisions and judges nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sanchuang_cli.contrast import Compares
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.rules import BenefitVerdict
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.judging import Reason
from sanchuang_cli.period import Month


def sums(decision: Decision) -> Mapping[tuple[str, int], int]:
    """Fen by benefit and month, arrears among them."""
    found: dict[tuple[str, int], int] = defaultdict(int)
    for payment in decision.payments:
        found[payment.benefit, payment.month] += payment.fen
    return found


def _latest(decision: Decision) -> Mapping[str, BenefitVerdict]:
    """By benefit, the verdict on its last months."""
    return {verdict.benefit.name: verdict for verdict in decision.verdicts}


def tier(decision: Decision) -> str:
    """The tiers by which somebody is paid: benefit and label; "" where nothing is paid."""
    paid = {payment.benefit for payment in decision.payments}
    tiers = (
        f"{name} {verdict.shown[max(verdict.shown)].label}"
        for name, verdict in _latest(decision).items()
        if name in paid and verdict.shown
    )
    return "、".join(tiers)


def reasons(decision: Decision) -> Iterator[Reason]:
    """Of every benefit that concerns somebody, those that are paid first: its clauses, the arithmetic and the notes."""
    latest = _latest(decision)
    paid = {payment.benefit for payment in decision.payments}
    for name, verdict in sorted(latest.items(), key=lambda own: own[0] not in paid):
        yield Reason(name, "涉及", verdict.benefit.clause)
        for clause in verdict.clauses:
            what = f"{name}·{clause.name}"
            yield Reason(
                what, str(clause.said), clause.citation, _holds(clause, verdict.asked), clause.columns
            )
        if verdict.shown:
            amount = verdict.benefit.amount_in_force(Month.at(max(verdict.shown)).first)
            said = "；".join(map(str, verdict.steps))
            yield Reason(f"{name}·标准", said, amount.clause if amount else verdict.benefit.clause)
        for note in decision.notes.get(name, ()):
            yield Reason(f"{name}·说明", note.text, note.clause)


def _holds(clause: Clause, months: range) -> bool | None:
    """None where it holds in some of the months only."""
    if not clause.holds(months):
        return False
    return True if clause.first <= months.start and clause.last >= months[-1] else None


COMPARES = Compares(sums=sums, tier=tier, reasons=reasons)
