"""What is due to each person month by month, for the ledger to hold against what was paid.

The only place where decisions become the ledger's lines; it says of nobody who is set aside. Whoever is settled up to
some month, and whose record and policy say the same as then, is judged from the month after it: what a month is due
does not depend on the months around it.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import cache
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


def entitled(
    judgement: Judgement,
    rosters: Rosters,
    policy: PolicyFile[Entitlements],
    occasion: Occasion,
    settled: Mapping[str, Settled],
) -> Entitled:
    """Everybody judged, with what is due in the months of the occasion's period, however long it is."""
    own = {name: roster for name, roster in rosters.items() if name != PREVIOUS}
    signs = _signs(own, policy)
    since, listed = _since(signs, settled, occasion.period), frozenset(signs)
    deduct = policy.on(occasion.period.last).overpaid == "deduct"
    last = Month.of(occasion.period.last)
    firm = last.plus(-_reach(policy))
    edition = cache(lambda at: policy.on(at.first).effective.isoformat())

    def judged(decision: Decision, first: Month | None) -> Claimant:
        due = _dues(decision, first or occasion.period.start, edition)
        return _claimant(decision, due, first, signs[decision.record.identity])

    if since is None:
        decisions, findings = _judged(judgement, own, policy, occasion)
        return Entitled(tuple(judged(one, None) for one in decisions), findings, deduct, firm, listed)
    rest = Occasion(Period(since, last - since + 1), occasion.on)
    everybody, findings = _judged(judgement, own, policy, rest)
    late = {who for who, sign in signs.items() if _is_settled(settled.get(who), sign, since)}
    members: Roster[Member] = own["members"]
    others = Roster(tuple(one for one in members.records if one.identity not in late))
    again, further = _judged(judgement, {**own, "members": others}, policy, occasion)
    good = {id(one.record.row) for one in everybody}
    claimants = [judged(one, since) for one in everybody if one.record.identity in late]
    claimants += [judged(one, None) for one in again if id(one.record.row) in good]
    told = set(findings)
    findings += tuple(one for one in further if one not in told)
    return Entitled(tuple(claimants), findings, deduct, firm, listed)


def _judged(
    judgement: Judgement, rosters: Rosters, policy: PolicyFile[Entitlements], occasion: Occasion
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """Everybody who is not set aside, and what was found odd."""
    whole = judgement(rosters, policy, occasion)
    return whole.more.standing, whole.findings


def _reach(policy: PolicyFile[Entitlements]) -> int:
    """For how many months before it an approval makes good: those are not firm before the approval comes."""
    return max(b.payable.retroactive_limit for edition in policy.editions for b in edition.benefit)


def _signs(rosters: Rosters, policy: PolicyFile[Entitlements]) -> dict[str, str]:
    """By identity number: all that a judgement is made from, as a hash; "" for a number that stands in two rows."""
    members: Roster[Member] = rosters["members"]
    often = Counter(one.identity for one in members.records)
    served: dict[str, list[object]] = defaultdict(list)
    for line in rosters["spells"].records if "spells" in rosters else ():
        served[line.identity].append((line.start, line.end, line.post))
    names = tuple(name for name in Member.__struct_fields__ if name != "row")
    values_of = attrgetter(*names)
    begin = hashlib.blake2b(f"{__version__}\n{policy.sha256}\n".encode(), digest_size=16)
    found = {}
    for one in members.records:
        said = [pair for pair in zip(names, values_of(one), strict=True) if pair[1] not in _BLANK]
        seal = begin.copy()
        beside = one.row.remarks, one.row.beside
        seal.update(repr((said, one.row.unread, beside, served.get(one.identity))).encode())
        found[one.identity] = seal.hexdigest() if often[one.identity] == 1 else ""
    return found


def _since(signs: Mapping[str, str], settled: Mapping[str, Settled], period: Period) -> Month | None:
    """From which month it is enough to judge most of those who are settled; None: nothing is saved."""
    firsts = Counter(
        settled[who].through.plus(1)
        for who, sign in signs.items()
        if who in settled and settled[who].sign == sign
    )
    last = Month.of(period.last)
    usable = {first: people for first, people in firsts.items() if period.start < first <= last}
    return max(usable, key=lambda first: (usable[first], first)) if usable else None


def _is_settled(one: Settled | None, sign: str, since: Month) -> bool:
    return one is not None and one.sign == sign and one.through.plus(1) == since


def _dues(decision: Decision, first: Month, edition: Callable[[Month], str]) -> tuple[Due, ...]:
    """What is due from the month `first` on. edition: that rules a month, by the day it came into force."""
    found = []
    wholes = {one.benefit.name: one.benefit.part_of for one in decision.verdicts}
    for payment in sorted(decision.payments):
        at = Month.at(payment.month)
        if at >= first:
            whole = wholes.get(payment.benefit, "")
            benefit, component = (whole, payment.benefit) if whole else (payment.benefit, "")
            found.append(Due(benefit, component, at, payment.fen, edition(at)))
    return tuple(found)


def _claimant(decision: Decision, due: tuple[Due, ...], since: Month | None, sign: str) -> Claimant:
    return Claimant(person(decision.record), due, since, sign)
