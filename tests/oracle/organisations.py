"""Random organisations for the rating oracle: most of them stand on some boundary, and none is impossible input."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.rate_quotas import Organisation
from tests.oracle.rate_settings import GOODS, GRADES, NONE_OF_FOUR, TEN, Settings, portion, settings_for

TYPES = ("村", "村", "村", "社区", "机关", "事业单位", "国企", "非公企业", "社会组织", "学校")
FLAGS = ("书记不胜任", "组织生活制度形同虚设", "群体性事件或信访集中")
CELLS = (
    *(
        *FLAGS,
        *NONE_OF_FOUR,
        "secretary",
        "type",
        "founded",
        "veto",
        "valid_votes",
        "satisfied_votes",
        "stated_satisfaction",
    ),
    *("stars_last_year", "stars_last_year", "honour", "honour", "vacant_since", "years_without_candidates"),
)
"""Every cell that a rule may look at beside the goods, by its key; twice those at which it does so only now and then."""
EDGES = tuple(
    Fraction(hundredths, 100)
    for hundredths in (0, 5990, 5999, 6000, 7950, 7999, 8000, 8499, 8500, 8950, 8999, 9000, 9499, 9500, 10000)
)
TODAY, ANNIVERSARY, THREE_MONTHS_AGO = date(2026, 6, 2), date(2025, 6, 2), date(2026, 3, 2)
"""The day on which settings_for judges, and days that are told by it."""


def organisations(random: Random, n: int, settings: Settings | None = None) -> list[Organisation]:
    """`n` organisations in eight townships with the goods of these settings, about one in fifty repeating another's township
    and name.

    Some draws are calm (few meet a 整顿 criterion, so that the lowest fill the list) and some are not; some are so
    good that many stand beyond a quota.
    """
    settings = settings or settings_for("M2")
    trouble, edges = random.choice((0.02, 0.5)), EDGES[EDGES.index(random.choice((0, 80, 90))) :]
    made: list[Organisation] = []
    for number in range(n):
        made.append(organisation(random, number, edges, settings, troubled=random.random() < trouble))
        if len(made) > 1 and random.random() < 0.02:
            twin = random.choice(made[:-1])
            named = random.choice((twin["name"], f" {twin['name']}", twin["name"].replace("党", " 党")))
            made[-1] |= {"township": twin["township"], "name": named}
    return made


def organisation(
    random: Random, number: int, edges: Sequence[Fraction], settings: Settings, troubled: bool
) -> Organisation:
    valid, satisfied, stated = votes(random, troubled)
    made: Organisation = {
        "key": f"{number:06d}",
        "township": f"第{random.randrange(8) + 1}乡",
        "name": f"第{number}党支部",
        "type": random.choice(TYPES),
        "scores": scores(random, edges, settings),
        "secretary": None if random.random() < 0.03 else "张建国",
        "flags": {name: random.choice((None, *(False,) * 20, troubled)) for name in NONE_OF_FOUR},
        "valid_votes": valid,
        "satisfied_votes": satisfied,
        "stated_satisfaction": stated,
        "veto": random.random() < 0.08,
        "stars_last_year": random.choice((None, 0, 1, 2, 3, 3, 4, 4, 5, len(settings["goods"]))),
        "honour": random.choice((None,) * 12 + ("国家级", "省级", "市级", "市级", "县级", "乡镇级")),
        "founded": near(random, ANNIVERSARY, often=0.1, otherwise=date(1995, 7, 1)),
        "vacant_since": near(random, THREE_MONTHS_AGO, often=0.2 if troubled else 0, otherwise=None),
        "criteria": {flag: troubled and random.random() < 0.02 for flag in FLAGS},
        "years_without_candidates": random.choice((None, 0, 1, 2, 3) if troubled else (None, 0, 1)),
        "unread": frozenset(),
    }
    if random.random() < 0.02:
        made[random.choice(("founded", "vacant_since"))] = TODAY + timedelta(days=random.randrange(3))
    cells = (*CELLS, *made["scores"])
    return illegible(made, random.choice(cells)) if random.random() < 0.06 else made


def illegible(one: Organisation, cell: str) -> Organisation:
    """The same organisation with a cell that nobody can make out: it has no value, and is not blank."""
    made = one | {"unread": one["unread"] | {cell}}
    if cell in one["scores"]:
        return made | {"scores": one["scores"] | {cell: None}}
    if cell in FLAGS:
        return made | {"criteria": one["criteria"] | {cell: False}}
    if cell in NONE_OF_FOUR:
        return made | {"flags": one["flags"] | {cell: None}}
    return made | {cell: False if cell == "veto" else None}


def scores(random: Random, edges: Sequence[Fraction], settings: Settings) -> dict[str, Fraction | None]:
    """One score throughout, spread evenly about an edge (the total is the edge), around a level, or anything; each in
    hundredths of the good's full score. Of levels, the upper ones may be blank."""
    goods = settings["goods"]
    edge, shape = random.choice(edges), random.random()
    step = Fraction(random.randrange(21), 10)
    if shape < 0.25 or not 4 <= edge <= 96:
        made = [edge for _ in goods]
    elif shape < 0.5:
        made = [edge + (2 * n - len(goods) + 1) * step / 2 for n in range(len(goods))]
        random.shuffle(made)
    elif shape < 0.8:
        level = random.randrange(550, 960)
        made = [Fraction(level + random.randrange(-40, 41), 10) for _ in goods]
    else:
        made = [random.choice((random.choice(edges), Fraction(random.randrange(10001), 100))) for _ in goods]
    given: dict[str, Fraction | None] = {
        good: min(max(points, Fraction(0)), Fraction(100)) * settings["full"].get(good, Fraction(100)) / 100
        for good, points in zip(goods, made, strict=True)
    }
    if random.random() < 0.02:
        given[random.choice(goods)] = None
    if settings["levels"] and random.random() < 0.3:
        given |= dict.fromkeys(goods[random.randrange(1, len(goods)) :][: random.choice((1, 99, 99))])
    if settings["bonus"]:
        given[settings["bonus"]] = random.choice((None, *(Fraction(n, 2) for n in range(21))))
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
    model = random.choice(("per-good", "per-good", "total-bands", "levels", None))
    goods = GOODS if random.random() < 0.5 else TEN[: random.randint(2, len(TEN))]
    edges = sorted(random.sample((95, 90, 85, 80, 60), random.randint(1, 5)), reverse=True)
    grades = sorted(random.sample((95, 90, 85, 80, 60), 3), reverse=True)
    most = random.choice((5, 9))
    drawn = settings_for("M2") | {
        "goods": goods,
        "model": model,
        "pass": Fraction(random.choice((60, 80, 85, 90))),
        "star_bands": [(Fraction(edge), most - n) for n, edge in enumerate(edges)],
        "grades_by": random.choice(("total", "total", "stars", None)),
        "grade_bands": list(zip([*map(Fraction, grades), Fraction(0)], GRADES, strict=True)),
        "gate": random.choice((None, *(Fraction(share, 100) for share in (60, 80, 90, 95)))),
        "veto_grade": random.random() < 0.7,
        "veto_stars": random.choice(("none", "one-below-last-year", "nothing")),
        "limits": [limit(random, goods) for _ in range(random.choice((0, 0, 1, 2)))],
        "ladder": random.random() < 0.7,
        "ladder_step": random.randint(1, 3),
        "honour_levels": ["国家级", "省级", "市级", "县级"][: random.randint(0, 4)],
        "quotas": [
            some(random, star=star, mode=random.choice(("warn", "cap")))
            for star in random.sample((9, 5, 4, 3, 2, 1), random.randint(0, 4))
        ],
        "listing": random.random() < 0.8,
        "lowest": [some(random) for _ in range(random.choice((0, 1, 1, 2)))],
        "rectify_warn": Fraction(random.choice((0, 10, 50)), 100),
        "vacancy_months": random.choice((0, 3, 6)),
        "satisfaction_floor": Fraction(random.choice((60, 90)), 100),
        "candidates_years": random.randint(1, 3),
        "stars_below": random.choice((None, (3, 1), (4, 2))),
        "min_age_years": random.choice((None, 0, 1, 2)),
        "weights": {}
        if random.random() < 0.3
        else {good: Fraction(random.randint(1, 40), 10) for good in goods},
        "full": {goods[0]: Fraction(random.choice((20, 50)))} if random.random() < 0.3 else {},
        "bonus": "加分" if random.random() < 0.3 else None,
        "secretaries": random.random() < 0.2,
    }
    return fitting(random, drawn)


def some(random: Random, **says: Any) -> dict[str, Any]:
    """A portion: a share or a number, of all or of each group, now and then for some types alone."""
    share = random.choice((Fraction(0), Fraction(1, 20), Fraction(1, 10), Fraction(1, 3), Fraction(1)))
    many = {"share": share} if random.random() < 0.7 else {"number": random.randint(0, 4)}
    within = random.choice(("all", "all", "type", "township"))
    return portion(**says, **many, within=within, types=random.choice(((), (), ("村",), ("村", "社区"))))


def limit(random: Random, goods: Sequence[str]) -> dict[str, Any]:
    """A limit by a good that is missed, or by situations."""
    flags = NONE_OF_FOUR[: random.randint(1, 4)]
    by: dict[str, Any] = random.choice(
        (
            {"missed": random.choice(goods)},
            {"flags": flags, "blank": random.choice(("none", "set-aside"))},
            {
                "dissatisfied": Fraction(random.choice((60, 90)), 100),
                "blank": random.choice(("none", "set-aside")),
            },
            {"flags": flags, "vacant": 3, "missed": goods[0]},
        )
    )
    return by | {"at_most": random.randint(0, 4)}


def fitting(random: Random, drawn: Settings) -> Settings:
    """The same without what a document of that model cannot say."""
    if drawn["model"] is None:
        no_stars = {"grades_by": "total", "limits": [], "quotas": [], "ladder": False, "stars_below": None}
        drawn |= no_stars | {"veto_stars": "nothing"}
    if drawn["model"] == "levels":
        goods = drawn["goods"]
        levels = dict(zip(goods, sorted(random.choices((2, 3, 4, 5), k=len(goods))), strict=True))
        quotas = [quota | {"mode": "warn"} for quota in drawn["quotas"]]
        drawn |= {"levels": levels, "unscored": random.choice(("set-aside", "stops")), "quotas": quotas}
        drawn |= {"grades_by": random.choice(("stars", None)), "bonus": None, "lowest": []}
    if drawn["grades_by"] == "stars":
        drawn |= {"grade_bands": [(4, "好"), (3, "较好"), (1, "一般"), (0, "差")]}
    return drawn | ({} if drawn["listing"] else {"lowest": [], "stars_below": None})
