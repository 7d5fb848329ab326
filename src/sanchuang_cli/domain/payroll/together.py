"""A whole roster in a period: what only all rows together decide, and what pages say beside the verdicts.

Every row is paid, refused, outside of all that is paid, merged with its double, or set aside. None is lost.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sanchuang_cli.domain.entitlement import judging as entitlement
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.entitlement.prior import Prior, prior
from sanchuang_cli.domain.entitlement.rulebook import Rulebook
from sanchuang_cli.domain.entitlement.unread import missing_columns
from sanchuang_cli.domain.payroll.arrears import absent, set_apart, told
from sanchuang_cli.domain.payroll.company import (
    doubles,
    flawed_accounts,
    shared_accounts,
    without_township,
)
from sanchuang_cli.domain.payroll.layouts import BENEFIT
from sanchuang_cli.domain.payroll.lines import Line, lines_by_benefit
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.domain.payroll.screening import screened
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.judging import At, Company, Joint, Judged, Told, in_error


class Refusal(NamedTuple):
    """A benefit that somebody asked for and is not paid. failing: the clauses, the first first."""

    record: Member
    benefit: str
    failing: Sequence[Clause]


@dataclass(frozen=True)
class Township:
    """Who is paid in a township, and its lines of the last period."""

    township: str
    paid: list[Decision]
    last: list[Paid]

    @property
    def people(self) -> int:
        return len(self.paid)

    @cached_property
    def amount(self) -> int:
        return sum([one.fen for one in self.paid])

    @property
    def people_before(self) -> int:
        return len({line.identity for line in self.last})

    @property
    def before(self) -> int:
        return sum([line.amount for line in self.last])


@dataclass(frozen=True)
class Payroll:
    """standing: the decisions on all rows that are not set aside, in the order of pages, those among them whom no benefit
    concerns. merged: the rows merged into another, by id."""

    scheme: Scheme
    at: At[Entitlements]
    standing: tuple[Decision, ...]
    merged: frozenset[int]

    @property
    def before(self) -> Prior | None:
        """The last period, where its result was given."""
        found: Prior | None = self.at.ready.before
        return found

    @property
    def previous(self) -> tuple[Paid, ...] | None:
        """The lines of its 花名册."""
        return self.at.rosters["previous"].records if self.before else None

    @property
    def title(self) -> str:
        """The period and what is paid in it, as titles of pages begin."""
        return f"{self.at.occasion.period.title}{self.scheme.matter}"

    @cached_property
    def paid(self) -> list[Decision]:
        return [one for one in self.standing if one.payments]

    @cached_property
    def townships(self) -> list[Township]:
        """In the order of pages, those among them in which somebody was paid in the last period."""
        found: dict[str, Township] = {}
        for one in self.paid:
            found.setdefault(one.record.township, Township(one.record.township, [], [])).paid.append(one)
        for line in self.previous or ():
            found.setdefault(line.township, Township(line.township, [], [])).last.append(line)
        assert sum(one.amount for one in found.values()) == self.fen, "townships do not add up"
        return [found[name] for name in sorted(found, key=self.at.occasion.rank)]

    @property
    def outside(self) -> list[Decision]:
        """Those whom no benefit concerns."""
        return [one for one in self.standing if not one.payments and not one.verdicts]

    @cached_property
    def fen(self) -> int:
        return sum(one.fen for one in self.paid)

    @cached_property
    def benefits(self) -> list[Benefit]:
        """Those of the period, and those of the last one that somebody is still paid."""
        book = self.at.ready.book
        found = {benefit.name: benefit for benefit in book.benefits()}
        for decision in self.paid if self.before or book.reach else ():  # all others are of the period
            paid = {payment.benefit for payment in decision.payments} - found.keys()
            found |= {one.benefit.name: one.benefit for one in decision.verdicts if one.benefit.name in paid}
        return list(found.values())

    @cached_property
    def lines(self) -> Mapping[str, list[Line]]:
        """Who is paid each benefit."""
        names = [benefit.name for benefit in self.benefits]
        found = lines_by_benefit(self.paid, names, self.at.occasion.period, self.previous)
        assert sum(one.fen for own in found.values() for one in own) == self.fen, "benefits do not add up"
        return found

    @cached_property
    def refusals(self) -> list[Refusal]:
        """All that is asked for and not paid."""
        found = ((one.record, one.refused()) for one in self.standing if one.verdicts)
        return [Refusal(record, name, failing) for record, own in found for name, failing in own.items()]


def ready(scheme: Scheme, at: At[Entitlements]) -> entitlement.At:
    """What a row is judged by. Raises UserError when the policy lacks a figure for the period."""
    book = Rulebook(at.editions, at.occasion.period, at.occasion.on)
    before = prior(at.rosters.get("previous"), book, scheme.headed(BENEFIT).title)
    return entitlement.At.of(book, at.rosters.get("spells"), before)


def judged(records: Sequence[Member], at: At[Entitlements]) -> list[Judged]:
    """Each row by itself."""
    return entitlement.judged(records, at.ready)


def together(scheme: Scheme, company: Company) -> Joint:
    """Who is double, on a list, or somebody of the last period; and where the rows go that stand on no page."""
    at, own = company.at, company.judged["members"]
    decisions = [one.verdict for one in own]
    found = [*_of_documents(at), *screened(decisions, at.rosters.get("screen"))]
    merged, doubled = doubles(decisions, in_error((*company.found, *found)))
    gone = frozenset(id(one.record.row) for one in merged)
    kept = [one for one in decisions if id(one.record.row) not in gone]
    found += [*doubled, *shared_accounts(kept)]
    if at.ready.before:
        found += _beside_the_last(scheme, at, kept, (*company.found, *found))
    standing = [one for one in company.standing("members", found) if id(one.record.row) not in gone]
    payroll = Payroll(scheme, at, tuple(standing), gone)
    outside = [one.record.row for one in payroll.outside]
    return Joint(
        verdicts={"members": [one for one in standing if one.payments or one.verdicts]},
        told=[*found, *flawed_accounts(standing), *without_township(standing)],
        apart={f"不属{scheme.noun}对象": outside, "重复合并": [one.record.row for one in merged]},
        more=payroll,
    )


def _of_documents(at: At[Entitlements]) -> Iterator[Told]:
    """What is odd about the policy, or about whole tables."""
    yield from map(Told, at.ready.book.begins_within())
    yield from map(Told, at.ready.book.old_bases())
    yield from map(Told, missing_columns(at.editions.editions, at.rosters["members"].records))


def _beside_the_last(
    scheme: Scheme, at: At[Entitlements], kept: Sequence[Decision], found: Sequence[Told]
) -> list[Told]:
    """What the last period has to say of those who are not set aside, and of those who vanished."""
    before = at.ready.before
    apart = list(set_apart(_left(kept, found), before))
    left = _left(kept, [*found, *apart])
    return [*apart, *absent(kept, before), *told(left, before, at.editions.name, scheme)]


def _left(decisions: Sequence[Decision], found: Iterable[Told]) -> list[Decision]:
    """Those who are not set aside by what was found so far."""
    aside = in_error(found)
    return [one for one in decisions if id(one.record.row) not in aside]
