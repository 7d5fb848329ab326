"""Dice that write documents of the county: on former cadres, and with payments by a measure."""

from datetime import date
from fractions import Fraction
from random import Random

from tests.oracle.documents import Document
from tests.oracle.measures import EDGES, Measure
from tests.oracle.switches import BLANKS, WHEN


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


def measure(dice: Random) -> Measure:
    by = dice.choice((*EDGES, "percent", "money", "count", "age", "date"))  # few have a day of joining
    count = dice.randint(1, 3)
    edges: list[int | date | None]
    if by == "date":
        edges = [
            *sorted(
                date(dice.randint(1938, 1949), dice.choice((7, 9, 10)), dice.choice((1, 3, 7)))
                for _ in range(count)
            )
        ]
        edges = [*dict.fromkeys(edges)]
    else:
        edges = [*sorted(dice.sample(range(*EDGES[by]), count))]
    if dice.random() < 0.4 and len(edges) > 1:
        edges[0] = None
    each = 0 if by == "date" else dice.choice((0, 0, 1, 3))
    older = dice.choice((0, 0, 60))
    days = sorted(
        date(dice.randint(2010, 2026), dice.randint(1, 12), dice.choice((1, 2)))
        for _ in range(dice.choice((0, 0, 0, 1, 2)))
    )
    indices = tuple((day, dice.choice((-10, 5, 30))) for day in days)
    changes = [
        date(1990, 1, 1),
        *sorted({date(dice.choice((2012, 2026)), dice.choice((2, 5, 6)), 1) for _ in range(2)}),
    ]
    lined = changes if dice.random() < 0.15 else []
    class_base = tuple(
        (day, dice.choice((150, 333)), dice.choice((None, 200, 201)))
        for day in (changes if dice.random() < 0.15 else ())
    )
    return Measure(
        by=by,
        tiers=tuple(
            (edge, Fraction(dice.randint(40, 1200), 4), each if edge is not None else 0) for edge in edges
        ),
        claim_blank=dice.choice(("accept", "accept", "accept", "refuse", "refuse", "set_aside")),
        claim_stops=dice.choice(("", *WHEN)),
        class_blank=dice.choice(("", "", "", "accept", "refuse", "set_aside")),
        least=dice.choice((0, 0, 10, 30)),
        least_blank=dice.choice(("accept", "refuse", "set_aside")),
        least_stops=dice.choice(("", *WHEN)),
        least_undated=dice.choice(("refuse", "set_aside")),
        rural_blank=dice.choice(("", "", "", "accept", "refuse", "set_aside")),
        honoured=dice.choice((*[None] * 7, True, False)),
        either=dice.random() < 0.2,
        or_blank=dice.choice(("refuse", "refuse", "set_aside")),
        or_age=(dice.choice((0, 60, 75)), dice.choice(WHEN), dice.choice(("february", "march"))),
        unapproved=dice.choice((*["accept"] * 6, "refuse", "set_aside")),
        reach=dice.choice((0, 0, 1, 5, 14)),
        paid_by_state_stops=dice.choice(("", *WHEN)),
        paid_by_state_undated=dice.choice(("refuse", "set_aside")),
        indices=indices,
        class_base=class_base,
        lines=tuple((day, dice.choice((200, 400, 600)), dice.choice((300, 450, 700))) for day in lined),
        line=(
            Fraction(dice.choice((1, 1, 3)), 2),
            dice.random() < 0.5,
            dice.random() < 0.5,
            dice.choice(("accept", "refuse", "set_aside")),
        ),
        own=dice.choice((*[None] * 9, (300, 700), (350, 600))),
        share=None if class_base else dice.choice((*[None] * 9, (400, 700), (0, 600))),
        aged=(dice.choice((70, 80)), dice.choice((0, 20))),
        honours=(dice.choice((0, 7)), dice.choice(("yuan", "percent")), dice.choice((0, 10))),
        only_highest=dice.random() < 0.5,
        instead=dice.choice((0, 0, 50)),
        instead_blank=dice.choice(BLANKS),
        top_up=dice.choice(("", "", "zero", "set_aside")),
        round=dice.choice(("down", "half_up", "up")),
        round_to=dice.choice(("fen", "jiao", "yuan")),
        round_at=("index", "end") if indices and dice.random() < 0.5 else ("end",),
        male=older,
        female=older,
        age_mode=dice.choice(("birthday", "birthday", "year_difference")),
        age_first=dice.choice(WHEN),
        leap_day=dice.choice(("february", "march")),
        death_stops=dice.choice(WHEN),
        suspends=dice.choice(WHEN),
        resumes=dice.choice(WHEN),
    )
