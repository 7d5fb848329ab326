"""Works out the least and the most that an amount can come to, as far as the document alone tells. It judges nobody."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from sanchuang_cli.domain.entitlement.amounts import Amount, Per, Rates, RoundAt, Tier
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.blocks import Service
from sanchuang_cli.domain.exact_numbers import whole

_PERCENT = 100
_MONTHS = 12
_UNITS = {"fen": Fraction(1, 100), "jiao": Fraction(1, 10), "yuan": Fraction(1)}
Between = tuple[Fraction | None, Fraction | None]
"""Least and most; None where the document does not tell."""


def of_rates(rates: Rates | None, posts: Sequence[str] = ()) -> list[Fraction]:
    """The figures of a key, those of some posts alone where any are named."""
    if isinstance(rates, dict):
        return [figure for post, figure in rates.items() if not posts or post in posts]
    return [] if rates is None else [rates]


def of_post(rates: Rates | None, post: str) -> Fraction | None:
    """The figure for one post, None where it has none."""
    return rates.get(post) if isinstance(rates, dict) else rates


def for_all(rates: Rates | None, posts: Sequence[str] = ()) -> list[Fraction]:
    """The figures of a limit where each of some posts has one; none where a post goes without it."""
    if isinstance(rates, dict) and any(post not in rates for post in posts):
        return []
    return of_rates(rates, posts)


def of_tier(
    tier: Tier, amount: Amount, bases: Mapping[str, Base], posts: Sequence[str] = ()
) -> tuple[Fraction, Fraction | None]:
    """What one tier gives before anything is added to it, by its own `per`. posts: those that the benefit counts."""
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
    low, most = _capped(low, most, tier.cap, tier.posts or posts)
    return _rounded(low, amount, "tier"), None if most is None else _rounded(most, amount, "tier")


def _times(units: Fraction, tier: Tier) -> Fraction:
    """How often `each` counts for so many units: parts of a year too, unless it counts every so many."""
    beyond = max(units - tier.after, Fraction(0))
    return beyond if tier.every == 1 else Fraction(beyond // tier.every)


def _of_base(
    low: Fraction, most: Fraction | None, tier: Tier, amount: Amount, bases: Mapping[str, Base]
) -> tuple[Fraction, Fraction | None]:
    """By every figure that the base has or had: nobody tells which was in force when a sum was worked out."""
    base = bases.get(tier.base or amount.base)
    figures = [figure for value in base.values for figure in value.figures] if base else []
    per = _PERCENT if (tier.figures or amount.figures) == "percent" else 1
    if not figures:
        return low * (amount.base_at_least or 0) / per, None
    return low * min(figures) / per, None if most is None else most * max(figures) / per


def _capped(
    low: Fraction, most: Fraction | None, cap: Rates | None, posts: Sequence[str]
) -> tuple[Fraction, Fraction | None]:
    caps, of_all = of_rates(cap, posts), for_all(cap, posts)
    if of_all:
        most = max(of_all) if most is None else min(most, max(of_all))
    return min(low, *caps) if caps else low, most


def _rounded(yuan: Fraction, amount: Amount, at: RoundAt) -> Fraction:
    """As the sum is rounded at a step. What is less is never rounded to more, so that bounds stay bounds."""
    if amount.round == "exact" or at not in amount.round_at:
        return yuan
    unit = _UNITS[amount.round_to]
    return whole(yuan / unit, amount.round) * unit


def of_tiers(
    amount: Amount, bases: Mapping[str, Base], service: Service | None = None
) -> tuple[Fraction, Fraction | None]:
    """What the tiers give before anything is added. Where the figures of several posts are added up, there is no most."""
    posts = [post.name for post in service.posts] if service else []
    both = [of_tier(tier, amount, bases, posts) for tier in amount.tier]
    highs = [high for _, high in both if high is not None]
    summed = service is not None and service.rate_post == "each_post" and len(posts) > 1
    return min(low for low, _ in both), None if summed or len(highs) < len(both) else max(highs)


def before_limits(
    amount: Amount, bases: Mapping[str, Base], service: Service | None = None
) -> tuple[Fraction, Fraction | None]:
    """What the tiers give with supplements and raises, whether or not they apply: what a cap or a minimum limits."""
    low, most = of_tiers(amount, bases, service)
    less = [more for more in amount.supplement if more.rate < 0]
    if any(more.times_column for more in less):
        low = Fraction(0)
    # the shares are taken of the same sum, and together they may be more than the whole of it
    left = 1 + sum((more.rate / _PERCENT for more in less if more.figures == "percent"), Fraction(0))
    off = sum((more.rate for more in less if more.figures == "yuan"), Fraction(0))
    low = max(low * max(left, Fraction(0)) + off, Fraction(0))
    whole_sum = most
    for more in amount.supplement:
        if more.rate > 0 and most is not None and whole_sum is not None:
            part = more.rate if more.figures == "yuan" else whole_sum * more.rate / _PERCENT
            limited = more.most if more.most is not None else None if more.times_column else part
            most = None if limited is None else most + limited
    for index in amount.index:
        factor = (_PERCENT + index.percent) / _PERCENT
        low = min(low, _rounded(low * factor, amount, "index"))
        most = None if most is None else max(most, _rounded(most * factor, amount, "index"))
    return low, most


def of_amount(amount: Amount, bases: Mapping[str, Base], service: Service | None = None) -> Between:
    """What anybody gets whom the amount concerns, by the `per` that all of it has."""
    if amount.base_benefit or len(_all_per(amount)) > 1:
        return None, None
    posts = [post.name for post in service.posts] if service else []
    low, most = _capped(*before_limits(amount, bases, service), amount.cap, posts)
    minimum, of_all = of_rates(amount.minimum, posts), for_all(amount.minimum, posts)
    low = max(low, min(of_all)) if of_all else low
    if minimum and most is not None:
        most = max(most, *minimum)
    others = [other.rate for other in amount.instead]
    if others:
        low, most = min(low, *others), None if most is None else max(most, *others)
    if amount.top_up or amount.set_off:
        low = Fraction(0)
    return _rounded(low, amount, "end"), None if most is None else _rounded(most, amount, "end")


def _all_per(amount: Amount) -> set[Per]:
    """By what it pays. What is paid instead of the tiers goes by the amount's own `per`."""
    return amount.all_per | ({amount.per} if amount.instead else set())


def of_year(
    amounts: Sequence[Amount], bases: Sequence[Base], service: Service | None = None
) -> Iterator[Between]:
    """The same by the year; nothing is told of an amount that is paid once, or its tiers some by the month and some by
    the year."""
    by_name = {base.name: base for base in bases}
    for amount in amounts:
        if _all_per(amount) == {"once"}:
            yield None, None
            continue
        times = _MONTHS if _all_per(amount) == {"month"} else 1
        low, most = of_amount(amount, by_name, service)
        yield None if low is None else low * times, None if most is None else most * times
