"""Random documents on former cadres, put together from the named switches, each read here in its plain words.

Written from the documentation of the switches alone. Where their words leave a corner open, this is the reading:

- Months on both ends count; or the month in which a continuous stretch ends does not, not that of every spell.
- A gap that is bridged joins two stretches; its months count only where the document says so.
- The longest of equal stretches is the later one; "continuous before leaving" is the stretch that ends last.
- The post on leaving is that of the spells that end last, all of them; the best paid is taken. The highest is the
  first in the list of those ever held. Each post by itself: months in which a higher one was held are the higher one's.
- Supplements come before the cap, the cap before the minimum, then another payment is topped up, and then the sum is
  rounded; or it is rounded before that, or the figure of each tier is.
- An event takes effect in its month, the next, or in the first month of the next quarter, half-year or year.
- A suspension lasts from its first month until the one in which payment resumes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Protocol

from tests.oracle.people import later
from tests.oracle.subsidies import (
    PAUSE,
    RANKS,
    SERVICE,
    YM,
    Aside,
    Person,
    after,
    last_posts,
    legible,
    monthly_part,
    months_from_to,
    months_of,
    serving,
)

LISTED = frozenset(RANKS)
LOWEST = max(RANKS.values())
HIGHER = frozenset(post for post, rank in RANKS.items() if rank < LOWEST)
WHEN = ("month_of", "month_after", "next_quarter", "next_half_year", "next_year")


BLANKS = ("", "", "refuse", "accept", "set_aside")
"""What a blank means where a condition stands within an amount; "" where the document does not say: then it is a no."""


def cared_for(person: Person, column: str, blank: str) -> bool:
    """Whether somebody is, by a column of words or one of yes and no, or by `veteran` for 优抚对象."""
    said = person.veteran if column == "优抚对象" else person.extra.get(column)
    if said is None or said in ("", "无"):
        if blank == "set_aside":
            raise Aside
        return blank == "accept"
    if isinstance(said, bool):
        return said
    words = said.split("、")
    if not all(word in ("孤老", "残疾", "一般") for word in words):
        raise Aside
    return "一般" not in words


def honoured(person: Person) -> bool:
    """Whether something stands in 省部级表彰; nought is nothing."""
    return bool(person.extra.get("省部级表彰"))


def cared_and_honoured(person: Person, column: str, blank: str, also: str) -> bool:
    """also: "all" where both must hold, "any" where one is enough and settles it, "" where only the first is asked."""
    if also == "any":
        return honoured(person) or cared_for(person, column, blank)
    cared = cared_for(person, column, blank)
    return cared and honoured(person) if also else cared


@dataclass(frozen=True)
class Document:
    """Named switches and figures. tiers: (least units, yuan by post, yuan for each unit beyond the least, at most).

    begun: a term that was begun counts whole. post_caps: at most so many yuan, for 书记 and 会计 alone. top: the tiers end there, 0
    where they do not; above: what becomes of those who lie above.

    by_limbs: for each tier the ways of having served long enough for it, where they stand in place of units: of the tiers
    that are reached the last is paid, and units beyond the tier's least count as elsewhere.

    credited: whether the years in 乡级表彰 count as served, beside the spells; not towards the longest stretch.

    eras: yuan for each unit before January of a year, and since then, in place of those beyond a tier's least; each part is
    rounded by itself; None where there is no such year.

    limbs: ways of having served long enough, (how, months, whether months as 会计 count at the discount). discount: of months as
    会计 for higher posts. supplement: yuan or
    per cent for those who are cared for. cared: by which column, and what a blank there means, "" where the document does
    not say. others: yuan of all others in that tier's span, 0 where they get nothing. also: whether those who are cared for have to be honoured too. only_cared: the tier that is for them only, -1 for none, and what a blank means there."""

    accumulate: str
    months: str
    bridge: int
    bridged_count: bool
    rounding: str
    step: int
    up_from: int
    term: int
    begun: bool
    by_limbs: tuple[tuple[tuple[str, int], ...], ...]
    credited: bool
    eras: tuple[int, int, int] | None
    top: int
    above: str
    post_caps: bool
    rate_post: str
    discount: Fraction
    limbs: tuple[tuple[str, int, bool], ...]
    leaving: str
    male: int
    female: int
    age_mode: str
    age_first: str
    leap_day: str
    death_stops: str
    suspends: str
    resumes: str
    tiers: tuple[tuple[int, tuple[Fraction, Fraction, Fraction], int, int], ...]
    per: str
    payment_month: int
    supplement: tuple[str, int]
    cared: tuple[str, str]
    also: str
    others: int
    only_cared: tuple[int, str]
    cap: int
    minimum: int
    top_up: str
    round: str
    round_to: str
    round_at: tuple[str, ...]


def document(dice: Random) -> Document:
    each_post = dice.random() < 0.15
    rounding = dice.choice(
        ("full_years", "half_up", "pro_rata", "terms", "year_difference")[: 4 if each_post else 5]
    )
    rates = [sorted(Fraction(quarters, 4) for quarters in dice.sample(range(80, 2400), 4)) for _ in range(3)]
    least = sorted(dice.sample((0, 1, 2, 3, 5, 6, 9, 10, 15, 20), dice.randint(1, 4)))
    step = dice.choice((12, 12, 6, 3)) if rounding in ("full_years", "half_up") else 12
    per = dice.choice(("month", "month", "monthly", "lump"))
    top_up = dice.choice(("", "", "month", "year"))
    accumulate = "union" if each_post else dice.choice(("union", "continuous", "longest"))
    months = "both_ends" if rounding == "year_difference" else dice.choice(("both_ends", "end_excluded"))
    bridge = dice.choice((0, 0, 1, 6, 29))
    # elsewhere the documentation does not say what becomes of stretches that count in part
    plain = (accumulate, months, bridge, each_post) == ("union", "both_ends", 0, False)
    discount = Fraction(dice.choice((0, 1, 2)), 2) if plain and rounding != "year_difference" else Fraction(1)
    credited = (
        accumulate == "union" and not each_post and rounding != "year_difference" and dice.random() < 0.2
    )
    known = not (each_post or credited or rounding == "year_difference")
    eras = (dice.randint(1975, 2000), 3, 7) if known and dice.random() < 0.2 else None
    return Document(
        accumulate=accumulate,
        months=months,
        bridge=bridge,
        bridged_count=dice.random() < 0.5,
        rounding=rounding,
        step=step,
        up_from=dice.randint(1, step),
        term=dice.choice((36, 60)),
        begun=dice.random() < 0.5,
        by_limbs=ways_of_tiers(dice, len(least)) if not each_post and dice.random() < 0.2 else (),
        credited=credited,
        eras=eras,
        top=dice.choice((0, 0, 0, 12, 22)),
        above=dice.choice(("nothing", "set_aside")),
        post_caps=not each_post and dice.random() < 0.2,
        rate_post="each_post" if each_post else dice.choice(("on_leaving", "highest", "best_tier")),
        discount=discount,
        limbs=tuple(
            (how, dice.choice((36, 72, 108, 180)), how == "union" and discount != 1 and dice.random() < 0.5)
            for how in dice.choices(("union", "continuous", "longest"), k=dice.randint(0, 2))
        ),
        leaving=dice.choice(WHEN),
        male=dice.choice((55, 60, 65)),
        female=dice.choice((50, 55, 60)),
        age_mode=dice.choice(("birthday", "birthday", "year_difference")),
        age_first=dice.choice(WHEN),
        leap_day=dice.choice(("february", "march")),
        death_stops=dice.choice(WHEN),
        suspends=dice.choice(WHEN),
        resumes=dice.choice(WHEN),
        tiers=tuple(
            (
                edge,
                (rates[0][i], rates[1][i], rates[2][i]),
                dice.choice((0, 0, 5, 20)),
                dice.choice((0, 0, 400)),
            )
            for i, edge in enumerate(least)
        ),
        per=per,
        payment_month=dice.randint(1, 12),
        supplement=(dice.choice(("yuan", "percent")), dice.choice((0, 0, 10, 50, -60))),
        cared=(dice.choice(("鳏寡孤独", "照顾类别")), dice.choice(BLANKS)),
        others=dice.choice((0, 0, 45)),
        also=dice.choice(("", "", "all", "any")),
        only_cared=(dice.choice((*[-1] * 6, 0, len(least) - 1)), dice.choice(BLANKS)),
        cap=dice.choice((0, 0, 350)),
        minimum=dice.choice((0, 0, 100)),
        top_up=top_up,
        round=dice.choice(("down", "half_up", "up")),
        round_to=dice.choice(("fen", "jiao", "yuan")),
        round_at=(
            *(["tier"] if dice.random() < 0.2 else []),
            *(["before_top_up"] if top_up and dice.random() < 0.7 else []),
            "end",
        ),
    )


def ways_of_tiers(dice: Random, tiers: int) -> tuple[tuple[tuple[str, int], ...], ...]:
    """For each tier months of longest and of all service, more from tier to tier."""
    how = dice.choice(("longest", "continuous"))
    one, all_ = (sorted(dice.sample(range(24, 300, 12), tiers)) for _ in range(2))
    return tuple(((how, few), ("union", many)) for few, many in zip(one, all_, strict=True))


def effect(event: YM, when: str) -> YM:
    """The first month in which it has effect."""
    if when == "month_of":
        return event
    block = {"month_after": 1, "next_quarter": 3, "next_half_year": 6, "next_year": 12}[when]
    month = after(event)
    while (month[1] - 1) % block:
        month = after(month)
    return month


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


def parts(rules: Document, rank: int, year: int, person: Person) -> tuple[Fraction, Fraction]:
    """Units before January of a year and since, as they count for a post."""
    found = chosen(served(rules, months_of(person.stays, LISTED)), rules.accumulate)
    full = months_of(person.stays, HIGHER) if rules.discount != 1 and rank < LOWEST else None
    sums = [Fraction(0), Fraction(0)]
    for month in (month for stretch in found for month in stretch):
        sums[month[0] >= year] += 1 if full is None or month in full else rules.discount
    before, since = (units(rules, [], int(sum_) if sum_.denominator == 1 else sum_) for sum_ in sums)
    return before, since


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
    return rounded_at("tier", rules, min(yuan, Fraction(most)) if most else yuan)


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
    yuan = rounded_at("before_top_up", rules, max(yuan, Fraction(rules.minimum)))
    if rules.top_up and person.pension:
        already = Fraction(person.pension)
        if rules.top_up == "year" and rules.per == "month":
            already /= 12
        if rules.top_up == "month" and rules.per != "month":
            already *= 12
        yuan = max(yuan - already, Fraction(0))
    return rounded_at("end", rules, yuan)


class Rounding(Protocol):
    """After which steps sums are rounded, and how."""

    @property
    def round(self) -> str: ...
    @property
    def round_to(self) -> str: ...
    @property
    def round_at(self) -> tuple[str, ...]: ...


def rounded_at(step: str, rules: Rounding, yuan: Fraction) -> Fraction:
    return rounded(yuan, rules.round, rules.round_to) if step in rules.round_at else yuan


def rounded(yuan: Fraction, how: str, to: str) -> Fraction:
    unit = {"fen": Fraction(1, 100), "jiao": Fraction(1, 10), "yuan": Fraction(1)}[to]
    whole, rest = divmod(yuan, unit)
    up = {"down": False, "half_up": rest * 2 >= unit, "up": rest > 0}[how]
    return (whole + up) * unit


class Times(Protocol):
    """What says when somebody is old enough, and when payment stops and pauses."""

    @property
    def male(self) -> int: ...
    @property
    def female(self) -> int: ...
    @property
    def age_mode(self) -> str: ...
    @property
    def age_first(self) -> str: ...
    @property
    def leap_day(self) -> str: ...
    @property
    def death_stops(self) -> str: ...
    @property
    def suspends(self) -> str: ...
    @property
    def resumes(self) -> str: ...


def old_enough(rules: Times, person: Person, month: YM) -> bool:
    years = rules.male if person.sex == "男" else rules.female
    if rules.age_mode == "year_difference":
        return month[0] - person.born.year >= years
    return month >= effect(birthday(person, years, rules.leap_day), rules.age_first)


def birthday(person: Person, years: int, leap_day: str) -> YM:
    """The month in which somebody is so many years old."""
    day = (person.born.year + years, person.born.month)
    leap = day[0] % 4 == 0 and (day[0] % 100 != 0 or day[0] % 400 == 0)
    if (person.born.month, person.born.day) == (2, 29) and not leap and leap_day == "march":
        day = later(day, 1)
    return day


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


def in_time(rules: Times, person: Person, month: YM) -> bool:
    """Old enough, alive, not suspended."""
    if not old_enough(rules, person, month):
        return False
    if person.died_on and month >= effect(person.died_on, rules.death_stops):
        return False
    began, ended = person.suspended_from, person.suspended_to
    if began is None or month < effect(began, rules.suspends):
        return True
    return ended is not None and month >= effect(ended, rules.resumes)
