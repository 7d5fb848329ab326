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

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from tests.oracle.switches import (
    BLANKS,
    WHEN,
)


@dataclass(frozen=True)
class Document:
    """Named switches and figures. tiers: (least units, yuan by post, yuan for each unit beyond the least, at most).

    begun: a term that was begun counts whole. post_caps: at most so many yuan, for 书记 and 会计 alone. post_minimums: at
    least so many, for 主任 and 会计 alone. tier_caps: a tier's own limit holds for 书记, and half of it for 会计. top: the tiers end there, 0
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
    post_minimums: bool
    tier_caps: bool
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
        post_minimums=not each_post and dice.random() < 0.2,
        tier_caps=dice.random() < 0.2,
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
