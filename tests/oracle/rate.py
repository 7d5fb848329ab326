"""An independent oracle of 分类定级 and 五星评定: plain Python and Fractions, importing nothing from the package.

It was written from the words of the rules alone. Where they leave a corner open, this is the plain reading it takes:

- The same township and name twice: all of them are set aside, whatever else is wrong with them; after that, an
  organisation with a missing good is set aside. Those set aside count nowhere.
- A cell that says something nobody can make out ("unread", by key, each without a value) is not blank: whoever has one
  where a rule looks is set aside. Every rule looks at the scores, votes, veto, founding day and criteria of all (a type
  too). At the stated share only where the votes give none; at last year's stars only where the ladder or the veto goes
  by them; at the honour only where the ladder takes a star away; at the years without candidates only in villages.
- More satisfied than valid votes: set aside.
- Under a year old: the anniversary lies after the day of judgement; on the day itself it is a year old. A day that
  its month lacks becomes that month's last (29 February; 30 November + 3 months = 28 February). Not rated: neither
  stars nor grade, neither in the quotas nor among the lowest; goods, total and earned stars are still told.
- A vacancy counts when it is over the months, not on the day they are full.
- Satisfaction is satisfied ÷ valid votes. Where that cannot be had (a figure missing, or no valid votes), the stated
  share counts; without one there is no gate and no criterion.
- A veto on "one-below-last-year" means at most one star below last year: it never lifts what was earned. No record,
  or none last year: no star. The ladder comes after it and can then change nothing more.
- The honour frees from the ladder only, not from the veto. On the ladder "no record" is None; 0 stars is a record.
- A quota counts those with exactly that many stars when its turn comes, so 4★ includes those that 5★ has just
  dropped, and an organisation may drop twice. `over` is how many stand beyond the allowed number before the drop.
- The 整顿 list holds everyone meeting a criterion, rated or not, but not set aside. If that is fewer than
  ceil(share × rated), the lowest totals among the rated who are not yet on it fill it up to that number, and all who
  tie with the last taken come too. If the criteria alone reach the number, no one is added. It warns when its length
  is over the warning share of those rated.
- M1 and M3 have no ladder; M1, M2 and M4 only warn of quotas. Grades, gate and 整顿 are the same under every model.
"""

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor, inf
from typing import Any

Organisation = dict[str, Any]
Settings = dict[str, Any]

GOODS = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
GRADES = ("好", "较好", "一般", "差")
DUPLICATE, MISSING, YOUNG = "重复", "缺分", "不满一年"
UNREAD, CONTRADICTORY = "看不清", "满意票多于有效票"
VACANT, DISSATISFIED, NO_CANDIDATES = "书记空缺", "满意率低", "连续未发展党员"
LOWEST = "lowest"


@dataclass
class Verdict:
    """What became of one organisation.

    set_aside, not_rated: the reason, None when it was not. banded: the grade by total alone. earned: the stars by
    score alone. gate: satisfaction is below the gate. veto: one stands. ladder, cap: that step took stars away.
    rectify: why it is on the 整顿 list, criteria by name and LOWEST; empty when it is not.
    """

    set_aside: str | None = None
    not_rated: str | None = None
    passed: tuple[str, ...] = ()
    total: Fraction | None = None
    satisfaction: Fraction | None = None
    banded: str | None = None
    grade: str | None = None
    earned: int | None = None
    stars: int | None = None
    gate: bool = False
    veto: bool = False
    ladder: bool = False
    cap: bool = False
    rectify: list[str] = field(default_factory=list)


@dataclass
class Quota:
    """One quota when its turn came: how many stood there, how many may, and who dropped."""

    star: int
    count: int
    allowed: int
    over: int
    dropped: list[str]


@dataclass
class Rating:
    verdicts: dict[str, Verdict]
    quotas: list[Quota]
    rated: int
    rectify_warns: bool


def settings_for(model: str) -> Settings:
    """The settings of M1, M2, M3 or M4."""
    settings: Settings = {
        "model": "per-good",
        "pass": Fraction(80),
        "star_bands": [(Fraction(95), 5), (Fraction(90), 4), (Fraction(85), 3), (Fraction(80), 2)],
        "grade_bands": [
            (Fraction(90), "好"),
            (Fraction(80), "较好"),
            (Fraction(60), "一般"),
            (Fraction(0), "差"),
        ],
        "gate": Fraction(9, 10),
        "veto_stars": "none",
        "ladder": True,
        "ladder_step": 1,
        "honour_levels": ["国家级", "省级", "市级"],
        "quotas": [
            (5, Fraction(10, 100), "warn"),
            (4, Fraction(20, 100), "warn"),
            (1, Fraction(5, 100), "warn"),
        ],
        "rectify_share": Fraction(5, 100),
        "rectify_warn": Fraction(10, 100),
        "vacancy_months": 3,
        "satisfaction_floor": Fraction(60, 100),
        "candidates_years": 2,
        "judged_on": date(2026, 6, 2),
        "min_age_years": 1,
        "weights": {good: Fraction(1) for good in GOODS},
    }
    if model == "M1":
        settings |= {"model": "total-bands", "ladder": False}
    elif model == "M3":
        settings |= {"model": "total-bands", "ladder": False}
        settings["quotas"] = [
            (5, Fraction(10, 100), "cap"),
            (4, Fraction(20, 100), "cap"),
            (1, Fraction(5, 100), "warn"),
        ]
    elif model == "M4":
        settings["veto_stars"] = "one-below-last-year"
    elif model != "M2":
        raise ValueError(model)
    return settings


def rating(organisations: Sequence[Organisation], settings: Settings) -> Rating:
    """The verdict on each organisation by its key, the quotas, and whether the 整顿 list is too long."""
    twice = Counter((one["township"], one["name"]) for one in organisations)
    verdicts = {}
    for one in organisations:
        if twice[one["township"], one["name"]] > 1:
            verdicts[one["key"]] = Verdict(set_aside=DUPLICATE)
        elif looked_at(one, settings) & one.get("unread", frozenset()):
            verdicts[one["key"]] = Verdict(set_aside=UNREAD)
        elif (one["satisfied_votes"] or 0) > (one["valid_votes"] if one["valid_votes"] is not None else inf):
            verdicts[one["key"]] = Verdict(set_aside=CONTRADICTORY)
        elif any(one["scores"].get(good) is None for good in GOODS):
            verdicts[one["key"]] = Verdict(set_aside=MISSING)
        else:
            verdicts[one["key"]] = alone(one, settings)
    assert len(verdicts) == len(organisations), "a key stands twice"
    rated = {
        key: verdict for key, verdict in verdicts.items() if not verdict.set_aside and not verdict.not_rated
    }
    quotas = [quota(rated, len(rated), *which) for which in settings["quotas"]]
    add_lowest(verdicts, rated, settings)
    listed = sum(1 for verdict in verdicts.values() if verdict.rectify)
    return Rating(verdicts, quotas, len(rated), listed > settings["rectify_warn"] * len(rated))


def looked_at(one: Organisation, settings: Settings) -> frozenset[str]:
    """The keys of the cells that the rules look at, goods and criteria by their names."""
    cells = {
        *GOODS,
        *one["criteria"],
        "type",
        "founded",
        "veto",
        "valid_votes",
        "satisfied_votes",
        "vacant_since",
    }
    if one["satisfied_votes"] is None or not one["valid_votes"]:
        cells.add("stated_satisfaction")
    if one["type"] == "村":
        cells.add("years_without_candidates")
    if settings["ladder"] or (one["veto"] and settings["veto_stars"] != "none"):
        cells.add("stars_last_year")
    last = one["stars_last_year"]
    scored = all(one["scores"].get(good) is not None for good in GOODS)
    if settings["ladder"] and last is not None and scored and not young(one, settings):
        unaided, _ = stars(one | {"honour": None}, earned(one, settings), settings)
        free, _ = stars(one | {"honour": None}, earned(one, settings), settings | {"ladder": False})
        if unaided < free:
            cells.add("honour")
    return frozenset(cells)


def earned(one: Organisation, settings: Settings) -> int:
    """The stars by score alone."""
    if settings["model"] == "per-good":
        return sum(one["scores"][good] >= settings["pass"] for good in GOODS)
    total = weighted(one, settings)
    return max((star for least, star in settings["star_bands"] if total >= least), default=0)


def weighted(one: Organisation, settings: Settings) -> Fraction:
    """The total by the weights of the goods."""
    weights = settings["weights"]
    points = sum((weights[good] * one["scores"][good] for good in GOODS), Fraction(0))
    return Fraction(points / sum(weights.values()))


def young(one: Organisation, settings: Settings) -> bool:
    founded = one["founded"]
    return founded is not None and later(founded, 12 * settings["min_age_years"]) > settings["judged_on"]


def alone(one: Organisation, settings: Settings) -> Verdict:
    """The verdict before organisations are compared with one another."""
    verdict = Verdict(
        passed=tuple(good for good in GOODS if one["scores"][good] >= settings["pass"]),
        total=weighted(one, settings),
        earned=earned(one, settings),
        satisfaction=satisfaction(one),
        veto=one["veto"],
    )
    assert verdict.total is not None
    assert verdict.earned is not None
    verdict.gate = verdict.satisfaction is not None and verdict.satisfaction < settings["gate"]
    verdict.rectify = criteria(one, verdict.satisfaction, settings)
    if young(one, settings):
        verdict.not_rated = YOUNG
    else:
        verdict.stars, verdict.ladder = stars(one, verdict.earned, settings)
        verdict.banded = next(word for least, word in settings["grade_bands"] if verdict.total >= least)
        verdict.grade = verdict.banded
        if verdict.gate or verdict.veto:
            verdict.grade = max(verdict.banded, "一般", key=GRADES.index)
    return verdict


def satisfaction(one: Organisation) -> Fraction | None:
    if one["satisfied_votes"] is not None and one["valid_votes"]:
        return Fraction(one["satisfied_votes"], one["valid_votes"])
    stated: Fraction | None = one["stated_satisfaction"]
    return stated


def stars(one: Organisation, earned: int, settings: Settings) -> tuple[int, bool]:
    """Stars after veto and ladder, and whether the ladder took any away."""
    last = one["stars_last_year"]
    after_veto = earned
    if one["veto"]:
        one_below = 0 if last is None else max(last - 1, 0)
        after_veto = 0 if settings["veto_stars"] == "none" else min(earned, one_below)
    if not settings["ladder"] or last is None or one["honour"] in settings["honour_levels"]:
        return after_veto, False
    after_ladder = min(after_veto, last + settings["ladder_step"])
    return after_ladder, after_ladder < after_veto


def criteria(one: Organisation, share: Fraction | None, settings: Settings) -> list[str]:
    """The identification criteria it meets, by name."""
    hits = [name for name, met in one["criteria"].items() if met]
    vacant, years = one["vacant_since"], one["years_without_candidates"]
    if vacant is not None and later(vacant, settings["vacancy_months"]) < settings["judged_on"]:
        hits.append(VACANT)
    if share is not None and share < settings["satisfaction_floor"]:
        hits.append(DISSATISFIED)
    if one["type"] == "村" and years is not None and years >= settings["candidates_years"]:
        hits.append(NO_CANDIDATES)
    return hits


def later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def quota(rated: dict[str, Verdict], number: int, star: int, share: Fraction, mode: str) -> Quota:
    """Count one quota among the rated; under "cap" those beyond it lose a star, here and now."""
    holders = [(verdict.total, key) for key, verdict in rated.items() if verdict.stars == star]
    allowed = floor(number * share)
    over = max(len(holders) - allowed, 0)
    dropped = []
    if over and mode == "cap":
        first_beyond = sorted((total or Fraction(0) for total, _ in holders), reverse=True)[allowed]
        dropped = [key for total, key in holders if total is not None and total <= first_beyond]
        for key in dropped:
            rated[key].stars = star - 1
            rated[key].cap = True
    return Quota(star, len(holders), allowed, over, dropped)


def add_lowest(verdicts: dict[str, Verdict], rated: dict[str, Verdict], settings: Settings) -> None:
    """Fill the 整顿 list from the bottom, ties included."""
    listed = sum(1 for verdict in verdicts.values() if verdict.rectify)
    room = ceil(settings["rectify_share"] * len(rated)) - listed
    others = sorted(
        (verdict for verdict in rated.values() if not verdict.rectify), key=lambda verdict: verdict.total or 0
    )
    if room > 0 and others:
        last_taken = others[min(room, len(others)) - 1].total
        assert last_taken is not None
        for verdict in others:
            if verdict.total is not None and verdict.total <= last_taken:
                verdict.rectify.append(LOWEST)
