"""What a random document on former cadres pays to somebody."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from tests.oracle.documents import Document
from tests.oracle.lengths import LISTED, by_way, lengths, parts, served
from tests.oracle.persons import (
    PAUSE,
    SERVICE,
    YM,
    Aside,
    Person,
    legible,
    monthly_part,
    months_of,
    serving,
)
from tests.oracle.switches import cared_and_honoured, cared_for, effect, in_time, rounded_at


def owed(rules: Document, person: Person, month: YM) -> Fraction:
    """Yuan that are paid for a month."""
    whole = entitled(rules, person, month)
    if rules.per == "lump":
        return whole if month[1] == rules.payment_month else Fraction(0)
    return monthly_part(whole, month[1]) if rules.per == "monthly" else whole


def entitled(rules: Document, person: Person, month: YM) -> Fraction:
    """Yuan a month, or a year, to which somebody is entitled in a month."""
    if person.stays or "任职经历" in person.unread:
        legible(person, *SERVICE, *PAUSE, "死亡日期", "审批日期", *(["乡级表彰"] if rules.credited else []))
    months = months_of(person.stays, LISTED)
    if serving(person, LISTED) or not months or month < effect(max(months), rules.leaving):
        return Fraction(0)
    if person.approved_on and month < person.approved_on:
        return Fraction(0)
    if not in_time(rules, person, month):
        return Fraction(0)
    found = served(rules, months)
    if rules.limbs and not any(
        by_way(rules, person, found, how, folded) >= least for how, least, folded in rules.limbs
    ):
        return Fraction(0)
    return price(rules, person) or Fraction(0)


def standard_of(rules: Document, person: Person, month: YM) -> Fraction | None:
    """Yuan by post and service alone, whatever else is asked; who still serves has served until the month."""
    legible(person, *SERVICE, *(["乡级表彰"] if rules.credited else []))
    if not person.stays:
        raise Aside
    until = tuple(stay if stay.end else stay._replace(end=month) for stay in person.stays)
    person = replace(person, stays=until)
    return price(rules, person) if months_of(person.stays, LISTED) else None


def price(rules: Document, person: Person) -> Fraction | None:
    """Yuan of the best way in which the posts may be counted, None where none lies in a tier."""
    legible(person, rules.cared[0], *(["省部级表彰"] if rules.also else []))
    legible(person, *(["照顾类别"] if rules.only_cared[0] >= 0 else []))
    legible(person, *(["已领养老金"] if rules.top_up else []))
    posts = lengths(rules, person)
    ways = [posts] if rules.rate_post == "each_post" else [[post] for post in posts]
    return max((yuan for way in ways if (yuan := standard(rules, way, person)) is not None), default=None)


def standard(rules: Document, posts: Sequence[tuple[int, Fraction]], person: Person) -> Fraction | None:
    """Yuan a month, or a year, for these posts together; None where all are below the lowest tier."""
    figures = {rank: yuan for rank, long in posts if (yuan := figure(rules, rank, long, person)) is not None}
    if not figures:
        return None
    yuan = sum(figures.values(), Fraction(0))
    kind, more = rules.supplement
    if cared_and_honoured(person, *rules.cared, rules.also):
        yuan = max(Fraction(0), yuan + (more if kind == "yuan" else yuan * more / 100))
    cap = {0: rules.cap, 2: 150}.get(min(figures), 0) if rules.post_caps else rules.cap
    if cap:
        yuan = min(yuan, Fraction(cap))
    least = {1: rules.minimum, 2: 120}.get(min(figures), 0) if rules.post_minimums else rules.minimum
    yuan = rounded_at("before_top_up", rules, max(yuan, Fraction(least)))
    if rules.top_up and person.pension:
        already = Fraction(person.pension)
        if rules.top_up == "year" and rules.per == "month":
            already /= 12
        if rules.top_up == "month" and rules.per != "month":
            already *= 12
        yuan = max(yuan - already, Fraction(0))
    return rounded_at("end", rules, yuan)


def figure(rules: Document, rank: int, long: Fraction, person: Person) -> Fraction | None:
    """Yuan of the tier, with what is added for each unit; None below the lowest tier, or in one for others only."""
    if rules.by_limbs:
        return figure_of(reached_tier(rules, person), rules, rank, long, person)
    if rules.top and long >= max(rules.top, rules.tiers[-1][0] + 1):
        if rules.above == "set_aside":
            raise Aside
        return None
    at = next((at for at in reversed(range(len(rules.tiers))) if long >= rules.tiers[at][0]), None)
    return figure_of(at, rules, rank, long, person)


def reached_tier(rules: Document, person: Person) -> int | None:
    """The last tier of whose ways of having served one is fulfilled; one that is for others only counts for nobody else."""
    found = served(rules, months_of(person.stays, LISTED))
    for at in reversed(range(len(rules.by_limbs))):
        enough = any(by_way(rules, person, found, how, False) >= least for how, least in rules.by_limbs[at])
        if enough and (at != rules.only_cared[0] or cared_for(person, "照顾类别", rules.only_cared[1])):
            return at
    return None


def figure_of(at: int | None, rules: Document, rank: int, long: Fraction, person: Person) -> Fraction | None:
    """Yuan of a tier."""
    if at is None:
        return None
    only, blank = rules.only_cared
    if at == only and not cared_for(person, "照顾类别", blank):
        return (
            rounded_at("tier", rules, Fraction(rules.others)) if rules.others and not rules.by_limbs else None
        )
    least, rates, each, most = rules.tiers[at]
    yuan = rates[rank] + each * max(Fraction(0), long - least)
    if rules.eras:
        year, early, late = rules.eras
        before, since = parts(rules, rank, year, person)
        yuan = rates[rank] + early * before + late * since
    if rules.tier_caps:
        most = {0: most, 2: most // 2}.get(rank, 0)
    return rounded_at("tier", rules, min(yuan, Fraction(most)) if most else yuan)
