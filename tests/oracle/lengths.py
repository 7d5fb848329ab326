"""How long somebody has served, as a random document counts it."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from tests.oracle.documents import Document
from tests.oracle.persons import RANKS, YM, Person, after, last_posts, months_from_to, months_of

LISTED = frozenset(RANKS)

LOWEST = max(RANKS.values())

HIGHER = frozenset(post for post, rank in RANKS.items() if rank < LOWEST)

Stretch = tuple[YM, ...]
"""Months of continuous service."""


@lru_cache(maxsize=4096)
def stretches(
    months: frozenset[YM], bridge: int, bridged_count: bool, months_rule: str
) -> tuple[Stretch, ...]:
    """Months of continuous service, stretch by stretch, oldest first."""
    found: list[list[YM]] = []
    for month in sorted(months):
        gap = months_from_to(after(found[-1][-1]), month)[:-1] if found else ()
        if not found or len(gap) > bridge:
            found.append([month])
        else:
            found[-1] += [*(gap if bridged_count else ()), month]
    if months_rule == "end_excluded":
        found = [stretch[:-1] for stretch in found]
    return tuple(tuple(stretch) for stretch in found)


def chosen(found: Sequence[Stretch], how: str) -> Sequence[Stretch]:
    if how == "union" or not found:
        return found
    return [found[-1] if how == "continuous" else max(reversed(found), key=len)]


def units(rules: Document, counted: Sequence[Stretch], months: int | Fraction) -> Fraction:
    """Years or terms."""
    if rules.rounding == "full_years":
        return Fraction(months // rules.step * rules.step, 12)
    if rules.rounding == "half_up":
        return Fraction((months // rules.step + (months % rules.step >= rules.up_from)) * rules.step, 12)
    if rules.rounding == "pro_rata":
        return Fraction(months) / 12
    if rules.rounding == "terms":
        return Fraction(-(-months // rules.term) if rules.begun else months // rules.term)
    return Fraction(sum(stretch[-1][0] - stretch[0][0] for stretch in counted))


def served(rules: Document, months: frozenset[YM]) -> Sequence[Stretch]:
    return stretches(months, rules.bridge, rules.bridged_count, rules.months)


def lengths(rules: Document, person: Person) -> list[tuple[int, Fraction]]:
    """Posts whose figures may be paid, by rank, each with the units that count for it."""
    held = sorted({RANKS[stay.post] for stay in person.stays if stay.post in RANKS})
    if rules.rate_post == "each_post":
        counted = [0]
        for rank in range(3):
            upto = months_of(person.stays, frozenset(post for post, at in RANKS.items() if at <= rank))
            counted.append(sum(map(len, served(rules, upto))))
        return [(rank, units(rules, [], counted[rank + 1] - counted[rank])) for rank in held]
    stretches_ = chosen(served(rules, months_of(person.stays, LISTED)), rules.accumulate)
    counted_months = sum(map(len, stretches_)) + credit(rules, person)
    leaving = {RANKS[post] for post in last_posts(person, LISTED)}
    ranks = {"on_leaving": sorted(leaving), "highest": held[:1], "best_tier": held}[rules.rate_post]
    # months as 会计 alone, which count in part towards a higher post
    less = sum(map(len, stretches_)) - len(months_of(person.stays, HIGHER)) if rules.discount != 1 else 0
    return [
        (
            rank,
            units(rules, stretches_, counted_months - (less * (1 - rules.discount) if rank < LOWEST else 0)),
        )
        for rank in ranks
    ]


def credit(rules: Document, person: Person) -> int:
    return 12 * (person.extra.get("乡级表彰") or 0) if rules.credited else 0


def by_way(
    rules: Document, person: Person, found: Sequence[Stretch], how: str, folded: bool
) -> int | Fraction:
    """Months by one way of having served; folded, months as 会计 alone count in part."""
    months = sum(map(len, chosen(found, how)))
    beside = credit(rules, person) if how == "union" else 0
    if not folded:
        return months + beside
    return beside + months - (months - len(months_of(person.stays, HIGHER))) * (1 - rules.discount)


def parts(rules: Document, rank: int, year: int, person: Person) -> tuple[Fraction, Fraction]:
    """Units before January of a year and since, as they count for a post."""
    found = chosen(served(rules, months_of(person.stays, LISTED)), rules.accumulate)
    full = months_of(person.stays, HIGHER) if rules.discount != 1 and rank < LOWEST else None
    sums = [Fraction(0), Fraction(0)]
    for month in (month for stretch in found for month in stretch):
        sums[month[0] >= year] += 1 if full is None or month in full else rules.discount
    before, since = (units(rules, [], int(sum_) if sum_.denominator == 1 else sum_) for sum_ in sums)
    return before, since
