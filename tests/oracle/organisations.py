"""Random organisations for the rating oracle: most of them stand on some boundary, and none is impossible input."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from tests.oracle.rate import GOODS, GRADES, Organisation, Settings, settings_for

TYPES = ("村", "村", "村", "社区", "机关", "事业单位", "国企", "非公企业", "社会组织", "学校")
FLAGS = ("书记不胜任", "组织生活制度形同虚设", "群体性事件或信访集中")
CELLS = (
    *(*GOODS, *FLAGS, "type", "founded", "veto", "valid_votes", "satisfied_votes", "stated_satisfaction"),
    *("stars_last_year", "stars_last_year", "honour", "honour", "vacant_since", "years_without_candidates"),
)
"""Every cell that a rule may look at, by its key; twice those at which it does so only now and then."""
EDGES = tuple(
    Fraction(hundredths, 100)
    for hundredths in (0, 5990, 5999, 6000, 7950, 7999, 8000, 8499, 8500, 8950, 8999, 9000, 9499, 9500, 10000)
)
ANNIVERSARY, THREE_MONTHS_AGO = date(2025, 6, 2), date(2026, 3, 2)
"""Of the day on which settings_for judges."""


def organisations(random: Random, n: int) -> list[Organisation]:
    """`n` organisations in eight townships, about one in fifty repeating another's township and name.

    Some draws are calm (few meet a 整顿 criterion, so that the lowest fill the list) and some are not; some are so
    good that many stand beyond a quota.
    """
    trouble, edges = random.choice((0.02, 0.5)), EDGES[EDGES.index(random.choice((0, 80, 90))) :]
    made: list[Organisation] = []
    for number in range(n):
        made.append(organisation(random, number, edges, troubled=random.random() < trouble))
        if len(made) > 1 and random.random() < 0.02:
            twin = random.choice(made[:-1])
            made[-1] |= {"township": twin["township"], "name": twin["name"]}
    return made


def organisation(random: Random, number: int, edges: Sequence[Fraction], troubled: bool) -> Organisation:
    valid, satisfied, stated = votes(random, troubled)
    made: Organisation = {
        "key": f"{number:06d}",
        "township": f"第{random.randrange(8) + 1}乡",
        "name": f"第{number}党支部",
        "type": random.choice(TYPES),
        "scores": scores(random, edges),
        "valid_votes": valid,
        "satisfied_votes": satisfied,
        "stated_satisfaction": stated,
        "veto": random.random() < 0.08,
        "stars_last_year": random.choice((None, 0, 1, 2, 3, 3, 4, 4, 5)),
        "honour": random.choice((None,) * 12 + ("国家级", "省级", "市级", "市级", "县级", "乡镇级")),
        "founded": near(random, ANNIVERSARY, often=0.1, otherwise=date(1995, 7, 1)),
        "vacant_since": near(random, THREE_MONTHS_AGO, often=0.2 if troubled else 0, otherwise=None),
        "criteria": {flag: troubled and random.random() < 0.02 for flag in FLAGS},
        "years_without_candidates": random.choice((None, 0, 1, 2, 3) if troubled else (None, 0, 1)),
        "unread": frozenset(),
    }
    return illegible(made, random.choice(CELLS)) if random.random() < 0.06 else made


def illegible(one: Organisation, cell: str) -> Organisation:
    """The same organisation with a cell that nobody can make out: it has no value, and is not blank."""
    made = one | {"unread": one["unread"] | {cell}}
    if cell in GOODS:
        return made | {"scores": one["scores"] | {cell: None}}
    if cell in FLAGS:
        return made | {"criteria": one["criteria"] | {cell: False}}
    return made | {cell: False if cell == "veto" else None}


def scores(random: Random, edges: Sequence[Fraction]) -> dict[str, Fraction | None]:
    """One score throughout, spread evenly about an edge (the total is the edge), around a level, or anything."""
    edge, shape = random.choice(edges), random.random()
    step = Fraction(random.randrange(21), 10)
    if shape < 0.25 or not 4 <= edge <= 96:
        five = [edge] * 5
    elif shape < 0.5:
        five = [edge - 2 * step, edge - step, edge, edge + step, edge + 2 * step]
        random.shuffle(five)
    elif shape < 0.8:
        level = random.randrange(550, 960)
        five = [Fraction(level + random.randrange(-40, 41), 10) for _ in GOODS]
    else:
        five = [random.choice((random.choice(edges), Fraction(random.randrange(10001), 100))) for _ in GOODS]
    given: dict[str, Fraction | None] = dict(
        zip(GOODS, (min(max(x, Fraction(0)), Fraction(100)) for x in five), strict=True)
    )
    if random.random() < 0.02:
        given[random.choice(GOODS)] = None
    return given


def votes(random: Random, troubled: bool) -> tuple[int | None, int | None, Fraction | None]:
    """Valid votes, satisfied votes and the stated share: on the edges 60 % and 90 %, just below, none, or whatever."""
    shape = random.random()
    if shape < 0.08:
        return None, None, random.choice((None, Fraction(random.randrange(500, 1001), 1000)))
    if shape < 0.13:
        return 0, 0, random.choice((None, Fraction(9, 10), Fraction(899, 1000)))
    if shape < 0.17:
        valid, satisfied = random.choice(((None, 30), (40, None)))
        return valid, satisfied, random.choice((None, Fraction(95, 100)))
    valid = 10 * random.randrange(1, 30)
    edge = valid * (random.choice((6, 9)) if troubled else 9) // 10
    if shape < 0.45:
        satisfied = edge - random.randrange(2)
    elif shape < 0.9 or not troubled:
        satisfied = random.randrange(edge, valid + 1)
    else:
        satisfied = random.randrange(valid + 2)
    return valid, satisfied, random.choice((None, Fraction(satisfied, valid), Fraction(95, 100)))


def near(random: Random, day: date, often: float, otherwise: date | None) -> date | None:
    """A day at most two from `day`, with the given frequency; else `otherwise`, a few days missing altogether."""
    if random.random() < often:
        return day + timedelta(days=random.randrange(-2, 3))
    return None if random.random() < 0.03 else otherwise


def settings(random: Random) -> Settings:
    """A policy of some county: its edges are those that the organisations stand on."""
    half, model = random.random() < 0.5, random.choice(("per-good", "total-bands"))
    edges = sorted(random.sample((95, 90, 85, 80, 60), random.randint(1, 5)), reverse=True)
    grades = sorted(random.sample((95, 90, 85, 80, 60), 3), reverse=True)
    return settings_for("M2") | {
        "model": model,
        "pass": Fraction(random.choice((60, 80, 85, 90))),
        "star_bands": [(Fraction(edge), star) for edge, star in zip(edges, (5, 4, 3, 2, 1), strict=False)],
        "grade_bands": list(zip([*map(Fraction, grades), Fraction(0)], GRADES, strict=True)),
        "gate": Fraction(random.choice((60, 80, 90, 95)), 100),
        "veto_stars": random.choice(("none", "one-below-last-year")),
        "ladder": random.random() < 0.7,
        "ladder_step": random.randint(1, 3),
        "honour_levels": ["国家级", "省级", "市级", "县级"][: random.randint(0, 4)],
        "quotas": [
            (star, Fraction(random.choice((0, 5, 10, 20, 100)), 100), random.choice(("warn", "cap")))
            for star in random.sample((5, 4, 3, 2, 1), random.randint(0, 4))
        ],
        "rectify_share": random.choice((Fraction(0), Fraction(1, 20), Fraction(1, 3), Fraction(1))),
        "rectify_warn": Fraction(random.choice((0, 10, 50)), 100),
        "vacancy_months": random.choice((0, 3, 6)),
        "satisfaction_floor": Fraction(random.choice((60, 90)), 100),
        "candidates_years": random.randint(1, 3),
        "min_age_years": random.choice((0, 1, 2)),
        "weights": {good: Fraction(1 if half else random.randint(1, 40), 10) for good in GOODS},
    }
