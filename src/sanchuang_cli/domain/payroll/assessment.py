"""A whole roster in a period: every row is paid, refused, merged with its double, or set aside. None is lost.

What the pages, the bank list, the notice and `explain` are made from.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from sanchuang_cli.domain.entitlement.decisions import Among, Decision
from sanchuang_cli.domain.entitlement.judging import At, judged
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.prior import Prior, prior
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.entitlement.unread import missing_columns
from sanchuang_cli.domain.payroll.arrears import absent, set_apart, told
from sanchuang_cli.domain.payroll.company import (
    flawed_accounts,
    shared_accounts,
    without_doubles,
    without_township,
)
from sanchuang_cli.domain.payroll.doubts import Told, in_error
from sanchuang_cli.domain.payroll.lines import Line, lines_by_benefit
from sanchuang_cli.domain.payroll.scheme import ITEM, Scheme
from sanchuang_cli.domain.payroll.screening import screened
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.finding import Finding
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.record import Roster
from sanchuang_cli.tally import Tally, filed


@dataclass(frozen=True)
class Assessment:
    """paid and refused: in the order of pages (township, village, name, identity). outside: rows that no benefit
    concerns. doubles: rows merged into one. aside: those against whom an error stands. tally: where each row went. decisions: those of all rows that could be
    read, in their order. judged: everybody who is not set aside, those outside among them."""

    scheme: Scheme
    period: Period
    rank: Callable[[str], tuple[int, str]]
    policy: PolicyFile[Entitlements]
    benefits: tuple[Benefit, ...]
    paid: tuple[Decision, ...]
    refused: tuple[Decision, ...]
    outside: int
    doubles: int
    aside: Among
    tally: Tally
    findings: tuple[Finding, ...]
    previous: tuple[Paid, ...] | None
    before: Prior | None
    decisions: tuple[Decision, ...]
    judged: tuple[Decision, ...]

    @property
    def set_aside(self) -> int:
        """Rows that are set aside, those among them that could not be read."""
        return self.tally.set_aside

    @property
    def title(self) -> str:
        """The period and what is paid in it, as titles of pages begin."""
        return f"{self.period.title}{self.scheme.matter}"

    @cached_property
    def lines(self) -> Mapping[str, list[Line]]:
        """Who is paid each benefit."""
        return lines_by_benefit(self.paid, [b.name for b in self.benefits], self.period, self.previous)

    @cached_property
    def refusals(self) -> list[tuple[Decision, str, list[Clause]]]:
        """Each benefit that somebody asked for and is not paid, with the failing clauses, the first first."""
        return [(d, name, failing) for d in self.judged for name, failing in d.refused().items()]

    @property
    def fen(self) -> int:
        return sum(decision.fen for decision in self.paid)


def assessed(
    scheme: Scheme, rosters: Rosters, policy: PolicyFile[Entitlements], occasion: Occasion
) -> Assessment:
    """Judge every row. Raises UserError when the policy lacks a figure for the period."""
    book = Rulebook(policy, occasion.period, occasion.on)
    members: Roster[Member] = rosters["members"]
    before = prior(rosters.get("previous"), book, scheme.headed(ITEM).title)
    each = judged(members.records, At.of(book, rosters.get("spells"), before))
    decisions = [one.decision for one in each]
    found = [Told(one) for one in (*book.old_bases(), *missing_columns(policy.editions, members.records))]
    found += [Told(doubt, one.decision) for one in each for doubt in one.doubts]
    found += screened(decisions, rosters.get("screen"))
    kept, merged, doubled = without_doubles(decisions, in_error(found))
    found += [*doubled, *shared_accounts(kept)]
    if before:
        found += _beside_the_last(kept, found, before, policy.name, scheme)
    left = _left(kept, found)
    found += [*flawed_accounts(left), *without_township(left)]
    rank = cache(occasion.rank)
    good = tuple(sorted(left, key=lambda d: (rank(d.record.township), d.order)))
    paid = tuple(d for d in good if d.payments)
    refused = tuple(d for d in good if not d.payments and d.verdicts)
    outside = [d for d in good if not d.payments and not d.verdicts]
    aside, findings = in_error(found), [one.finding for one in found]
    rare = {f"不属{scheme.noun}对象": outside, "重复合并": merged}
    parts = {"发放": paid, "不予发放": refused} | {what: found for what, found in rare.items() if found}
    return Assessment(
        scheme=scheme,
        period=occasion.period,
        rank=rank,
        policy=policy,
        benefits=tuple(_benefits(book, good)),
        paid=paid,
        refused=refused,
        outside=len(outside),
        doubles=len(merged),
        aside=aside,
        tally=_filed(members, parts, [d for d in kept if d in aside], findings),
        findings=tuple([scheme.own(one) for one in findings]),
        previous=rosters["previous"].records if before else None,
        before=before,
        decisions=tuple(decisions),
        judged=good,
    )


def _beside_the_last(
    kept: Sequence[Decision], found: Sequence[Told], before: Prior, policy: str, scheme: Scheme
) -> list[Told]:
    """What the last period has to say of those who are not set aside, and of those who vanished."""
    apart = list(set_apart(_left(kept, found), before))
    left = _left(kept, [*found, *apart])
    return [*apart, *absent(kept, before), *told(left, before, policy, scheme)]


def _filed(
    members: Roster[Member],
    parts: Mapping[str, Sequence[Decision]],
    aside: Sequence[Decision],
    findings: Sequence[Finding],
) -> Tally:
    """Where each row went."""
    rows = {what: [one.record.row for one in found] for what, found in parts.items()}
    return filed(members, rows, [one.record.row for one in aside], findings)


def _left(decisions: Sequence[Decision], told: Iterable[Told]) -> list[Decision]:
    """Those who are not set aside by what was found so far."""
    aside = in_error(told)
    return [decision for decision in decisions if decision not in aside]


def _benefits(book: Rulebook, good: Sequence[Decision]) -> list[Benefit]:
    """Those of the period, and those of the last one that somebody is still paid."""
    found = {benefit.name: benefit for benefit in book.benefits()}
    for decision in good:
        paid = {payment.benefit for payment in decision.payments} - found.keys()
        found |= {one.benefit.name: one.benefit for one in decision.verdicts if one.benefit.name in paid}
    return list(found.values())
