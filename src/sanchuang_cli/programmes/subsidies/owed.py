"""What is due to each person month by month, for the ledger to hold against what was paid.

The only place where decisions become the ledger's lines; it says of nobody who is set aside.
"""

from sanchuang_cli.domain.months import month
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Claimant, Due, Entitled, Occasion, Rosters
from sanchuang_cli.programmes.subsidies.assessment import assessed
from sanchuang_cli.programmes.subsidies.decisions import Decision
from sanchuang_cli.programmes.subsidies.policy import Subsidies


def entitled(rosters: Rosters, policy: PolicyFile[Subsidies], occasion: Occasion) -> Entitled:
    """Everybody judged, with what is due in the months of the occasion's period, however long it is."""
    own = {name: roster for name, roster in rosters.items() if name != "previous"}
    assessment = assessed(own, policy, occasion)
    first = occasion.period.start
    editions: dict[int, str] = {}
    claimants = []
    for decision in assessment.judged:
        due = []
        for payment in sorted(decision.payments):
            at = month(payment.month)
            if at < first:
                continue
            if payment.month not in editions:
                editions[payment.month] = policy.on(at.first).effective.isoformat()
            due.append(Due(payment.benefit, "", at, payment.fen, editions[payment.month]))
        claimants.append(_claimant(decision, tuple(due)))
    deduct = policy.on(occasion.period.last).overpaid == "deduct"
    return Entitled(tuple(claimants), assessment.findings, deduct)


def _claimant(decision: Decision, due: tuple[Due, ...]) -> Claimant:
    record = decision.record
    return Claimant(
        record.identity,
        record.name,
        record.account,
        record.bank,
        record.township,
        record.village,
        record.row.place(),
        due,
    )
