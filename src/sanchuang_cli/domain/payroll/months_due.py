"""Works out what is due to each person for each month, for the ledger to compare with what was paid; it knows no ledger
itself.

It judges rosters and returns claims; it is the only place where decisions become claims, and people who are set aside get
none. To save time, a person who is settled up to some month, and whose record and policy have not changed since, is judged
from the next month on. This is safe because what is due for a month does not depend on the months around it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Set
from functools import cache, partial
from operator import attrgetter

from sanchuang_cli import __version__
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.policy import Entitlements
from sanchuang_cli.domain.pays import person
from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import Finding
from sanchuang_cli.outcome import Claimant, Due, Entitled, Occasion, Rosters, Settled
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import PREVIOUS, Judgement
from sanchuang_cli.record import Roster

_BLANK: tuple[object, ...] = (None, "", (), {})

Judge = Callable[[Rosters, Occasion], tuple[tuple[Decision, ...], tuple[Finding, ...]]]
"""Judges rosters for a period: the decisions on everybody who is not set aside, and all findings."""


def entitled(
    judgement: Judgement,
    rosters: Rosters,
    policy: PolicyFile[Entitlements],
    occasion: Occasion,
    settled: Mapping[str, Settled],
) -> Entitled:
    """Everybody who is judged, with what is due in the months of the occasion's period, however long it is."""
    current = {name: roster for name, roster in rosters.items() if name != PREVIOUS}
    signs = _signs(current, policy)
    since = _since(signs, settled, occasion.period)
    judge = partial(_judged, judgement, policy)
    by_first: list[tuple[Decision, Month | None]]
    if since is None:
        decisions, findings = judge(current, occasion)
        by_first = [(decision, None) for decision in decisions]
    else:
        settled_now = {
            identity for identity, sign in signs.items() if _is_settled(settled.get(identity), sign, since)
        }
        by_first, findings = _judged_in_two(judge, current, occasion, since, settled_now)
    edition = cache(lambda at: policy.on(at.first).effective.isoformat())
    claimants = []
    for decision, first in by_first:
        due = _dues(decision, first or occasion.period.start, edition)
        sign = signs[decision.record.identity]
        died = str(decision.record.died_on or "")
        claimants.append(Claimant(person(decision.record), due, first, sign, died=died))
    last = occasion.period.last
    return Entitled(
        tuple(claimants),
        findings,
        policy.on(last).overpaid == "deduct",
        Month.of(last).plus(-_reach(policy)),
        frozenset(signs),
    )


def _judged_in_two(
    judge: Judge, rosters: Rosters, occasion: Occasion, since: Month, settled: Set[str]
) -> tuple[list[tuple[Decision, Month | None]], tuple[Finding, ...]]:
    """Those who are settled judged from the month `since` on, the others for the whole period; each with the first month.

    Everybody is judged for the rest of the period first: only with all rows at hand are doubles and shared accounts seen.
    """
    rest = Occasion(Period(since, Month.of(occasion.period.last) - since + 1), occasion.on)
    decisions, findings = judge(rosters, rest)
    members: Roster[Member] = rosters["members"]
    others = Roster(tuple(member for member in members.records if member.identity not in settled))
    again, further = judge({**rosters, "members": others}, occasion)
    standing = {id(decision.record.row) for decision in decisions}
    by_first: list[tuple[Decision, Month | None]] = [
        (decision, since) for decision in decisions if decision.record.identity in settled
    ]
    by_first += [(decision, None) for decision in again if id(decision.record.row) in standing]
    known = set(findings)
    return by_first, (*findings, *(finding for finding in further if finding not in known))


def _judged(
    judgement: Judgement, policy: PolicyFile[Entitlements], rosters: Rosters, occasion: Occasion
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """The decisions on everybody who is not set aside, and all findings."""
    whole = judgement(rosters, policy, occasion)
    return whole.more.standing, whole.findings


def _reach(policy: PolicyFile[Entitlements]) -> int:
    """For how many months before it an approval pays arrears: until it comes, what is due for them can still change."""
    return max(
        benefit.payable.retroactive_limit for edition in policy.editions for benefit in edition.benefit
    )


def _signs(rosters: Rosters, policy: PolicyFile[Entitlements]) -> dict[str, str]:
    """By identity number: a hash of everything that a judgement is made from; "" for a number that is on two rows."""
    members: Roster[Member] = rosters["members"]
    rows = Counter(member.identity for member in members.records)
    served: dict[str, list[object]] = defaultdict(list)
    for line in rosters["spells"].records if "spells" in rosters else ():
        served[line.identity].append((line.start, line.end, line.post))
    names = tuple(name for name in Member.__struct_fields__ if name != "row")
    values_of = attrgetter(*names)
    begin = hashlib.blake2b(f"{__version__}\n{policy.sha256}\n".encode(), digest_size=16)
    signs = {}
    for member in members.records:
        # Most fields are blank: leaving them out makes this several times faster.
        filled = [pair for pair in zip(names, values_of(member), strict=True) if pair[1] not in _BLANK]
        sign = begin.copy()
        beside = member.row.remarks, member.row.beside
        sign.update(repr((filled, member.row.unread, beside, served.get(member.identity))).encode())
        signs[member.identity] = sign.hexdigest() if rows[member.identity] == 1 else ""
    return signs


def _since(signs: Mapping[str, str], settled: Mapping[str, Settled], period: Period) -> Month | None:
    """The month from which it is enough to judge most of the people who are settled; None where that saves nothing."""
    firsts = Counter(
        settled[identity].through.plus(1)
        for identity, sign in signs.items()
        if identity in settled and settled[identity].sign == sign
    )
    last = Month.of(period.last)
    usable = {first: people for first, people in firsts.items() if period.start < first <= last}
    return max(usable, key=lambda first: (usable[first], first)) if usable else None


def _is_settled(entry: Settled | None, sign: str, since: Month) -> bool:
    """Whether the ledger has settled the same record up to the month before `since`."""
    return entry is not None and entry.sign == sign and entry.through.plus(1) == since


def _dues(decision: Decision, first: Month, edition: Callable[[Month], str]) -> tuple[Due, ...]:
    """What is due from the month `first` on. edition: the day of force of the edition that rules a month."""
    dues = []
    wholes = {verdict.benefit.name: verdict.benefit.part_of for verdict in decision.verdicts}
    for payment in sorted(decision.payments):
        at = Month.at(payment.month)
        if at >= first:
            whole = wholes.get(payment.benefit, "")
            benefit, component = (whole, payment.benefit) if whole else (payment.benefit, "")
            dues.append(Due(benefit, component, at, payment.fen, edition(at)))
    return tuple(dues)
