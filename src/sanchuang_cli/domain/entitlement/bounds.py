"""Works out the least and the most that an amount can come to, as far as the document alone tells. It judges nobody."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from sanchuang_cli.domain.entitlement.amounts import Amount, Rates, Tier
from sanchuang_cli.domain.entitlement.bases import Base

_PERCENT = 100
_MONTHS = 12
Between = tuple[Fraction | None, Fraction | None]
"""Least and most; None where the document does not tell."""


def of_rates(rates: Rates | None, posts: Sequence[str] = ()) -> list[Fraction]:
    """The figures of a key, those of some posts alone where any are named."""
    if isinstance(rates, dict):
        return [figure for post, figure in rates.items() if not posts or post in posts]
    return [] if rates is None else [rates]


def of_tier(tier: Tier, amount: Amount, bases: Mapping[str, Base]) -> tuple[Fraction, Fraction | None]:
    """What one tier gives before anything is added to it, by the amount's own `per`."""
    rates = of_rates(tier.rate, tier.posts)
    low, high = (min(rates), max(rates)) if rates else (Fraction(0), Fraction(0))
    most: Fraction | None = high
    if tier.rate_column:
        low, most = tier.rate_at_least or Fraction(0), tier.rate_at_most
    each = of_rates(tier.each, tier.posts)
    if each and not isinstance(tier.at_least, date) and not isinstance(tier.below, date):
        low += min(each) * _times(tier.at_least or Fraction(0), tier)
        most = None if tier.below is None or most is None else most + max(each) * _times(tier.below, tier)
    if tier.eras:
        most = None
    if (tier.figures or amount.figures) != "yuan":
        low, most = _of_base(low, most, tier, amount, bases)
    caps = of_rates(tier.cap, tier.posts)
    if caps:
        low, most = min(low, *caps), max(caps) if most is None else min(most, max(caps))
    return low, most


def _times(units: Fraction, tier: Tier) -> Fraction:
    """How often `each` counts for so many units."""
    return Fraction(max(units - tier.after, Fraction(0)) // tier.every)


def _of_base(
    low: Fraction, most: Fraction | None, tier: Tier, amount: Amount, bases: Mapping[str, Base]
) -> tuple[Fraction, Fraction | None]:
    base = bases.get(tier.base or amount.base)
    figures = base.values[-1].figures if base and base.values else []
    per = _PERCENT if (tier.figures or amount.figures) == "percent" else 1
    if not figures:
        return low * (amount.base_at_least or 0) / per, None
    return low * min(figures) / per, None if most is None else most * max(figures) / per


def _added(amount: Amount, low: Fraction, most: Fraction | None) -> tuple[Fraction, Fraction | None]:
    """Supplements and raises."""
    for more in amount.supplement:
        of_low, of_most = (
            (whole * more.rate / _PERCENT if more.figures == "percent" and whole is not None else more.rate)
            for whole in (low, most)
        )
        if more.rate < 0:
            low = max(low + of_low, Fraction(0)) if not more.times_column else Fraction(0)
        elif most is not None:
            limited = more.most if more.most is not None else None if more.times_column else of_most
            most = None if limited is None else most + limited
    for index in amount.index:
        factor = (_PERCENT + index.percent) / _PERCENT
        low, most = min(low, low * factor), None if most is None else max(most, most * factor)
    return low, most


def of_amount(amount: Amount, bases: Mapping[str, Base]) -> Between:
    """What anybody gets whom the amount concerns, by its own `per`."""
    if amount.base_benefit or len(amount.all_per) > 1:
        return None, None
    tiers = [of_tier(tier, amount, bases) for tier in amount.tier]
    least = min(low for low, _ in tiers)
    highs = [high for _, high in tiers]
    low, most = _added(
        amount, least, None if None in highs else max(filter(None, highs), default=Fraction(0))
    )
    caps, minimum = of_rates(amount.cap), of_rates(amount.minimum)
    if caps:
        low, most = min(low, *caps), max(caps) if most is None else min(most, max(caps))
    if minimum:
        low, most = max(low, min(minimum)), None if most is None else max(most, *minimum)
    others = [other.rate for other in amount.instead]
    if others:
        low = min(low, *others)
    if amount.top_up or amount.set_off:
        low = Fraction(0)
    return low, None if most is None else max(most, *others) if others else most


def of_year(amounts: Sequence[Amount], bases: Sequence[Base]) -> Iterator[Between]:
    """The same by the year, of each amount that is paid by the month or the year."""
    by_name = {base.name: base for base in bases}
    for amount in amounts:
        if amount.per != "once":
            times = _MONTHS if amount.per == "month" else 1
            low, most = of_amount(amount, by_name)
            yield None if low is None else low * times, None if most is None else most * times
