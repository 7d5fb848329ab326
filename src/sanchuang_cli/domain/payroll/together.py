"""Decides the payroll of a period: what takes all rows together, and the figures that pages take from it.

It reads the judged rows of a roster and writes nothing. Every row is paid, refused, concerned by no benefit, merged with
a row of the same person, or set aside; none is lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement import judging as entitlement
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.prior import Key, Prior, prior
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.entitlement.unread import missing_columns
from sanchuang_cli.domain.payroll.arrears import absent, findings_on_arrears, set_apart
from sanchuang_cli.domain.payroll.company import (
    doubles,
    flawed_accounts,
    shared_accounts,
    to_heirs,
    two_numbers,
    without_township,
)
from sanchuang_cli.domain.payroll.layouts import BENEFIT
from sanchuang_cli.domain.payroll.lines import PaymentLine, lines_by_benefit
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.domain.payroll.screening import screened
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.judging import At, Company, Joint, Judged, Told, in_error


class Refusal(NamedTuple):
    """A benefit that concerns a person and is not paid. failing: the clauses that do not hold, in the order of the policy."""

    record: Member
    benefit: str
    failing: Sequence[Clause]


@dataclass(frozen=True)
class PaidTownship:
    """The people who are paid in a township, and its lines of the last period. Sums are in fen."""

    township: str
    paid: list[Decision]
    last: list[Paid]

    @property
    def people(self) -> int:
        """How many are paid in this period."""
        return len(self.paid)

    @cached_property
    def amount(self) -> int:
        """What they are paid in this period."""
        return sum([decision.fen for decision in self.paid])

    @property
    def people_before(self) -> int:
        """How many were paid in the last period."""
        return len({line.identity for line in self.last})

    @property
    def before(self) -> int:
        """What was paid in the last period."""
        return sum([line.amount for line in self.last])


class Parted(NamedTuple):
    """The people who are paid; those whom a benefit concerns, paid or not; and those whom none does."""

    paid: list[Decision]
    concerned: list[Decision]
    outside: list[Decision]


@dataclass(frozen=True)
class Payroll:
    """All decisions of a period, and what follows from them. Sums are in fen.

    standing: the decisions on all rows that are not set aside, in the order of pages, with those that no benefit concerns.
    merged: the ids of the rows that were merged into another row of the same person.
    """

    scheme: Scheme
    at: At[Entitlements]
    standing: tuple[Decision, ...]
    merged: frozenset[int]

    @property
    def before(self) -> Prior | None:
        """The last period; None where its result was not given."""
        before: Prior | None = self.at.ready.before
        return before

    @property
    def previous(self) -> tuple[Paid, ...] | None:
        """The lines of the last period's 花名册; None where its result was not given."""
        return self.at.rosters["previous"].records if self.before else None

    @property
    def title(self) -> str:
        """The period and what is paid in it, as titles of pages begin."""
        return f"{self.at.occasion.period.title}{self.scheme.matter}"

    @cached_property
    def _parted(self) -> "Parted":
        """In one pass, for whoever stands in the order of pages lies scattered in memory."""
        parted = Parted([], [], [])
        for decision in self.standing:
            if decision.payments:
                parted.paid.append(decision)
                parted.concerned.append(decision)
            else:
                (parted.concerned if decision.verdicts else parted.outside).append(decision)
        return parted

    @property
    def paid(self) -> list[Decision]:
        """The people who are paid something, in the order of pages."""
        return self._parted.paid

    @property
    def concerned(self) -> list[Decision]:
        """The people whom a benefit concerns, paid or not, in the order of pages."""
        return self._parted.concerned

    @cached_property
    def without_account(self) -> list[Decision]:
        """Those of them whom the bank cannot pay: no account number, or one that fails its check."""
        return [decision for decision in self.paid if flaw(decision.record.account)]

    @cached_property
    def townships(self) -> list[PaidTownship]:
        """The townships in which somebody is paid now or was paid in the last period, in the order of pages."""
        paid: dict[str, list[Decision]] = defaultdict(list)
        for decision in self.paid:
            paid[decision.record.township].append(decision)
        by_name = {name: PaidTownship(name, own, []) for name, own in paid.items()}
        for line in self.previous or ():
            by_name.setdefault(line.township, PaidTownship(line.township, [], [])).last.append(line)
        assert sum(township.amount for township in by_name.values()) == self.fen, "townships do not add up"
        return [by_name[name] for name in sorted(by_name, key=self.at.occasion.rank)]

    @property
    def outside(self) -> list[Decision]:
        """The people whom no benefit concerns."""
        return self._parted.outside

    @cached_property
    def fen(self) -> int:
        """Everything that is paid."""
        return sum(decision.fen for decision in self.paid)

    def ruled(self, benefit: Benefit) -> list[tuple[Entitlements, Benefit]]:
        """The editions that rule a month of the period, each with what it says of the benefit, the oldest first."""
        editions = self.at.editions.by_month(self.at.occasion.period)
        own = [(one, each) for one in editions for each in one.benefit if each.name == benefit.name]
        return own or [(self.at.policy, benefit)]

    @cached_property
    def benefits(self) -> list[Benefit]:
        """The benefits of the period, and earlier ones for which somebody is paid arrears."""
        book = self.at.ready.book
        benefits = {benefit.name: benefit for benefit in book.benefits()}
        if not self.before and not book.reach:
            return list(benefits.values())  # nobody can be paid anything earlier, so nobody is looked at
        for decision in self.paid:
            earlier = {payment.benefit for payment in decision.payments} - benefits.keys()
            benefits |= {
                verdict.benefit.name: verdict.benefit
                for verdict in decision.verdicts
                if verdict.benefit.name in earlier
            }
        return list(benefits.values())

    @cached_property
    def lines(self) -> Mapping[str, list[PaymentLine]]:
        """The lines of each benefit, by its name."""
        names = [benefit.name for benefit in self.benefits]
        by_benefit = lines_by_benefit(self.paid, names, self.at.occasion.period, self.previous)
        total = sum(line.fen for lines in by_benefit.values() for line in lines)
        assert total == self.fen, "benefits do not add up"
        return by_benefit

    @cached_property
    def line_by_key(self) -> Mapping[Key, PaymentLine]:
        """The same lines, by identity number and benefit."""
        return {(line.record.identity, name): line for name, lines in self.lines.items() for line in lines}

    @cached_property
    def refusals(self) -> list[Refusal]:
        """Every benefit that concerns somebody and is not paid."""
        return [
            Refusal(decision.record, benefit, failing)
            for decision in self.concerned
            if decision.verdicts
            for benefit, failing in decision.refused().items()
        ]


def ready(scheme: Scheme, at: At[Entitlements]) -> entitlement.Grounds:
    """What every row is judged by. Raises UserError when the policy has no figure for the period."""
    book = Rulebook(at.editions, at.occasion.period, at.occasion.on)
    before = prior(at.rosters.get("previous"), book, scheme.headed(BENEFIT).title)
    return entitlement.Grounds.of(book, at.rosters.get("spells"), before)


def judged(records: Sequence[Member], at: At[Entitlements]) -> list[Judged]:
    """Each row judged without the others."""
    return entitlement.judged(records, at.ready)


def together(scheme: Scheme, company: Company) -> Joint:
    """What follows from all rows together: doubles, lists of the dead and others, the last period; and the payroll.

    The order matters: a row that an earlier step sets aside takes no part in the later ones.
    """
    at = company.at
    decisions = [row.verdict for row in company.judged["members"]]
    findings = [*_of_documents(at), *screened(decisions, at.rosters.get("screen"))]
    merged, doubled = doubles(decisions, in_error((*company.found, *findings)))
    gone = frozenset(id(decision.record.row) for decision in merged)
    kept = [decision for decision in decisions if id(decision.record.row) not in gone] if gone else decisions
    findings += [*doubled, *shared_accounts(kept), *two_numbers(kept)]
    if at.ready.before:
        findings += _beside_the_last(scheme, at, kept, (*company.found, *findings))
    standing = company.standing("members", findings, gone)
    payroll = Payroll(scheme, at, tuple(standing), gone)
    return Joint(
        verdicts={"members": payroll.concerned},
        told=[
            *findings,
            *flawed_accounts(payroll.paid),
            *to_heirs(payroll.paid),
            *without_township(payroll.paid),
        ],
        apart={
            f"不属{scheme.noun}对象": [decision.record.row for decision in payroll.outside],
            "重复合并": [decision.record.row for decision in merged],
        },
        more=payroll,
    )


def _of_documents(at: At[Entitlements]) -> Iterator[Told]:
    """Findings on the policy and on whole tables."""
    yield from map(Told, at.ready.book.begins_within())
    yield from map(Told, at.ready.book.old_bases())
    yield from map(Told, missing_columns(at.editions.editions, at.rosters["members"].records))


def _beside_the_last(
    scheme: Scheme, at: At[Entitlements], kept: Sequence[Decision], findings: Sequence[Told]
) -> list[Told]:
    """Findings from the last period on the rows that are not set aside, and on people who vanished."""
    before = at.ready.before
    here = {decision.record.identity for decision in kept}
    apart = list(set_apart(_left(kept, findings), before, here))
    left = _left(kept, [*findings, *apart])
    return [
        *apart,
        *absent(kept, before),
        *findings_on_arrears(left, before, at.editions.name, scheme),
    ]


def _left(decisions: Sequence[Decision], findings: Iterable[Told]) -> list[Decision]:
    """The decisions on rows that these findings do not set aside."""
    aside = in_error(findings)
    return [decision for decision in decisions if id(decision.record.row) not in aside]
