"""Finds which days must be tried for a vague date besides the first and the last day that it can be.

Mostly the ends say all: longer service never pays less, and what holds from a day on holds sooner or later. A day between
them can give other money than both near the period, of which it may just reach a month; where a document pays less for
longer service, or by the post in which somebody happened to leave; and between two days that the document names.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.amounts import Amount, Rates, Tier
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Month, VagueDate

_YEAR = 12


class Vague(NamedTuple):
    """A date that could make a difference: a field, or an end of the spell with an index. edges: days of which it
    matters on which side it lies."""

    field: str
    spell: int
    written: VagueDate
    edges: frozenset[date] = frozenset()


class Between(NamedTuple):
    """near: from this month on an event may have its first effect in a month that is asked about. uneven: whether some
    longer service pays less. by_leaving: whether somebody is paid by the post in which they left. edges: days before
    which somebody must have left."""

    near: int
    uneven: bool
    by_leaving: bool
    edges: frozenset[date]

    @classmethod
    def of(cls, benefits: Iterable[Benefit], first: int, reach: int) -> "Between":
        """first: of the months that are asked about. reach: months before it that an approval may make good; a last
        period that may have to be made good lasts a year at most."""
        by_service = [(benefit, benefit.service) for benefit in benefits if benefit.service]
        return cls(
            near=first - max(reach, _YEAR) - _YEAR,
            uneven=any(
                service.rate_post == "each_post"
                or any(_falls(amount, post.name) for amount in benefit.amount for post in service.posts)
                for benefit, service in by_service
            ),
            by_leaving=any(service.rate_post == "on_leaving" for _, service in by_service),
            edges=frozenset(service.left_before for _, service in by_service if service.left_before),
        )

    def days(self, record: Member, one: Vague) -> tuple[date, ...]:
        """The days at which it is tried, each once."""
        first, last = one.written.earliest, one.written.latest
        found = {first, last} | {edge for edge in one.edges | self.edges if first < edge <= last}
        spelled = one.spell >= 0 and (self.uneven or (self.by_leaving and self._another_leaves(record, one)))
        if spelled or number(last) >= self.near:
            found |= {Month.at(at).first for at in range(number(first) + 1, number(last))}
        return tuple(sorted(found))

    @staticmethod
    def _another_leaves(record: Member, one: Vague) -> bool:
        """Whether another spell may end within the same time."""
        others = (spell.end for at, spell in enumerate(record.spells) if at != one.spell and spell.end)
        written = one.written
        return one.field == "end" and any(
            end.earliest <= written.latest and written.earliest <= end.latest for end in others
        )


def _falls(amount: Amount, post: str) -> bool:
    """Whether longer service in a post may pay less; true where that cannot be told from the figures alone."""
    tiers = [tier for tier in amount.tier if tier.pays(post)]
    if amount.by not in ("tenure", "ways") or not tiers:
        return False
    if amount.above_top or (len(tiers) > 1 and any(map(_unlike, tiers))):
        return True
    return any(_edge(amount, before, after, post) for before, after in pairwise(tiers))


def _unlike(tier: Tier) -> bool:
    return bool(tier.when or tier.rate_column or tier.eras or tier.per or tier.figures or tier.base)


def _edge(amount: Amount, before: Tier, after: Tier, post: str) -> bool:
    """Whether the figure may fall from a tier to the next."""
    if amount.by == "ways" and (before.each is not None or after.each is not None):
        return True
    units = after.at_least if isinstance(after.at_least, Fraction) else Fraction(0)
    return _figure(before, post, units) > _figure(after, post, units)


def _figure(tier: Tier, post: str, units: Fraction) -> Fraction:
    """Of so many years or terms, before anything is added."""
    beyond = max(units - tier.after, Fraction(0))
    times = beyond if tier.every == 1 else Fraction(beyond // tier.every)
    return min([_of(tier.rate, post) + _of(tier.each, post) * times, *_limits(tier.cap, post)])


def _of(rates: Rates | None, post: str) -> Fraction:
    return next(_limits(rates, post), Fraction(0))


def _limits(rates: Rates | None, post: str) -> Iterator[Fraction]:
    """The figure of a post, where there is one."""
    figure = rates.get(post) if isinstance(rates, dict) else rates
    if figure is not None:
        yield figure
