"""Works out what each bears of a year, in fen, and how it falls to months; and from which month to which it is borne for
whom.

All figures of a year are made first, each whole fen; then each is cut by month. So twelve months are the year.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.apportion import Shared, Sharing, shared_out
from sanchuang_cli.domain.contributions.policy import CostSharing, PensionPolicy, Relief
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.domain.months import EVER, NEVER, When, effect, number, part_of_year
from sanchuang_cli.money import fen
from sanchuang_cli.period import Month

_YEAR, _WHOLE = 12, 100
_BY_REMAINDER = Sharing(clause="最大余数法，余数相同的先给比例大的", method="largest_remainder")


class Borne(NamedTuple):
    """What is borne, in fen: by the person, and by each payer in the order of the policy."""

    own: int
    payers: tuple[int, ...]

    @property
    def subsidy(self) -> int:
        return sum(self.payers)

    def of_month(self, month: Month) -> "Borne":
        """What of a year falls to a month."""
        return Borne(part_of_year(self.own, month), tuple([part_of_year(fen, month) for fen in self.payers]))

    def alone(self) -> "Borne":
        """The same where the person bears all."""
        return Borne(self.own + self.subsidy, (0,) * len(self.payers))


def split(amount: int, weights: Sequence[Fraction]) -> list[int]:
    """Whole fen in proportion, by largest remainder; among equal remainders the larger weight is first."""
    if not any(weights):
        return [0] * len(weights)
    parts = shared_out(amount, {str(i): weight for i, weight in enumerate(weights)}, _BY_REMAINDER)
    assert isinstance(parts, Shared)
    return [*parts.numbers.values()]


def of_year(rule: CostSharing, base: int, income: bool = True) -> Borne:
    """What is borne of a year. base: fen, of the year or, where the rule goes by grades, the grade that was chosen. income:
    whether the village has one."""
    percents = [payer.percent or Fraction(0) for payer in rule.payers]
    capped = min(base, fen(rule.grades.cap)) if rule.grades and rule.grades.cap is not None else base
    own, parts = _by_percent(rule, capped, percents)
    times = _YEAR if rule.per == "month" else 1
    parts = [part + fen(payer.yuan or 0) * times for part, payer in zip(parts, rule.payers, strict=True)]
    if rule.grades:
        parts = split(min(base, sum(parts)), [Fraction(part) for part in parts])
        own = base - sum(parts)
    return Borne(own, tuple(parts if income else _without_income(rule, parts)))


def _by_percent(rule: CostSharing, base: int, percents: Sequence[Fraction]) -> tuple[int, list[int]]:
    individual, helped = rule.individual or Fraction(0), sum(percents, Fraction(0))
    if rule.rounded == "total":
        own, *parts = split(_percent(base, individual + helped), [individual, *percents])
        return own, parts
    return _percent(base, individual), split(_percent(base, helped), percents)


def _percent(base: int, percent: Fraction) -> int:
    return whole(base * percent / _WHOLE, "half_up")


def _without_income(rule: CostSharing, parts: Sequence[int]) -> list[int]:
    """Where the village has no income, its part goes to another as it is."""
    by_name = dict.fromkeys(rule.names, 0)
    for payer, part in zip(rule.payers, parts, strict=True):
        by_name[payer.without_income or payer.name] += part
    return [*by_name.values()]


def relieved(borne: Borne, relief: Relief, names: Sequence[str]) -> Borne:
    """The same where somebody else bears a share of what is the person's own."""
    moved, own = split(borne.own, [relief.share, 1 - relief.share])
    return Borne(
        own,
        tuple([part + moved * (name == relief.by) for name, part in zip(names, borne.payers, strict=True)]),
    )


class InsuredDays(NamedTuple):
    """The days of an insured person, each known exactly; None where there is none."""

    started: date
    ended: date | None
    died: date | None
    insured_since: date | None
    disciplined: date | None
    sentenced: date | None


class FirstMonths(NamedTuple):
    """Months as numbers, each the first in which something is so. joined, insured: the first that counts by the post, by the
    insurance; left, dead, aged, sentenced: the first that does not; alone: from which the person pays all."""

    joined: int
    insured: int
    left: int
    dead: int
    aged: int
    sentenced: int
    alone: int

    @property
    def start(self) -> int:
        return max(self.joined, self.insured)

    @property
    def stop(self) -> int:
        return min(self.left, self.dead, self.aged, self.sentenced)

    def within(self, first: Month, last: Month) -> tuple[int, int, int]:
        """The first month that counts, the first that the person bears alone and the first that counts no more, of the months
        from `first` to `last`."""
        start, stop = max(self.start, first), min(self.stop, last + 1)
        return (start, min(max(self.alone, start), stop), stop) if start < stop else (first, first, first)


def first_months(
    days: InsuredDays, rule: PensionPolicy, on: date, *, aged: int, back: int, continued: bool
) -> FirstMonths:
    """From when to when months count. A post that begins after `on` is not held yet. aged: the month of the last birthday that
    counts; back: the first month that may be paid for later."""
    office = rule.office
    left = effect(number(days.ended), office.stops) if days.ended else NEVER
    goes_on = continued and office.continues
    disciplined = _from(days.disciplined, rule.discipline.from_month) if rule.discipline else NEVER
    return FirstMonths(
        joined=effect(number(days.started), office.starts) if days.started <= on else NEVER,
        insured=min(number(days.insured_since), back) if days.insured_since else EVER,
        left=NEVER if goes_on else left,
        dead=effect(number(days.died), office.stops) if days.died else NEVER,
        aged=aged + 1,
        sentenced=_from(days.sentenced, rule.sentence.from_month) if rule.sentence else NEVER,
        alone=min(disciplined, left),
    )


def _from(day: date | None, when: When) -> int:
    return effect(number(day), when) if day else NEVER
