"""An independent oracle of 分类定级 and 五星评定: plain Python and Fractions, importing nothing from the package.

It was written from the words of the rules alone. Where they leave a corner open, this is the plain reading it takes:

- The same township and name twice, blanks within them left out: all of them are set aside, whatever else is wrong with
  them; after that, an organisation with a missing good is set aside. Those set aside count nowhere.
- A cell that says something nobody can make out ("unread", by key, each without a value) is not blank: whoever has one
  where a rule looks is set aside. Every rule looks at the scores, votes, veto, founding day and criteria of all (a type
  too). At the stated share only where the votes give none; at last year's stars only where the ladder or the veto goes
  by them; at the honour only where the ladder takes a star away; at the years without candidates only in villages.
- More satisfied than valid votes: set aside.
- Nothing has happened yet on a day after that of judgement: a founding day there is set aside, and a vacancy's where the
  document asks for one.
- Under a year old: the anniversary lies after the day of judgement; on the day itself it is a year old. A day that
  its month lacks becomes that month's last (29 February; 30 November + 3 months = 28 February). Not rated: neither
  stars nor grade, neither in the quotas nor among the lowest; goods, total and earned stars are still told.
- A vacancy counts when it is over the months, not on the day they are full.
- Satisfaction is satisfied ÷ valid votes. Where that cannot be had (a figure missing, or no valid votes), the stated
  share counts; without one there is no gate and no criterion.
- A veto on "one-below-last-year" means at most one star below last year: it never lifts what was earned. None last
  year: no star. No record of last year: set aside where stars were earned, unless it was founded this year, which had
  none. The ladder comes after it and can then change nothing more.
- The honour frees from the ladder only, not from the veto. On the ladder "no record" is None; 0 stars is a record.
- Quotas come from the highest star down, in whatever order the document lists them. One counts those with exactly that
  many stars when its turn comes, so 4★ includes those that 5★ has just dropped, and an organisation may drop twice. `over` is how many stand beyond the allowed number before the drop.
- The 整顿 list holds everyone meeting a criterion, rated or not, but not set aside. If that is fewer than
  ceil(share × rated), the lowest totals among the rated who are not yet on it fill it up to that number, and all who
  tie with the last taken come too. If the criteria alone reach the number, no one is added. It warns when its length
  is over the warning share of those rated, but of one alone it warns only where that share is nothing.
- M1 and M3 have no ladder; M1, M2 and M4 only warn of quotas. Grades, gate and 整顿 are the same under every model.

What a document may say besides, and the plain reading of it:

- A rule that a document has not is None, empty or "nothing", and then nothing looks at its cells. The poll is looked at
  where there is a gate, a floor of satisfaction or a limit by it.
- Levels: the sheets of a level are all passed, or the level is failed and nothing above it is looked at. There is no total.
  Under "stops" a level above the lowest was not applied for where it and all above it are blank.
- A limit caps the stars that are left when its turn comes, and is looked into only where there are more. One of its
  situations that is met is enough; where none is and one is blank, "set-aside" sets the row aside.
- Grades by stars go by the last stars, those after the quotas. Gate and veto cap them as they cap the others.
- A bonus adds its points to the total; where it is blank there are none.
- A portion (quota, lowest) is of all, of each type or of each township, and may be for some types alone; those listed
  by a criterion fill the portion of their own group, rated or not.
- Where secretaries are rated, a row without one is set aside.
"""

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import inf
from typing import Any

from tests.oracle.rate_quotas import Organisation, Quota, Verdict, add_lowest, quota
from tests.oracle.rate_settings import Settings

DUPLICATE, MISSING, YOUNG, AHEAD = "重复", "缺分", "不满一年", "日期在判定日以后"
UNREAD, CONTRADICTORY = "看不清", "满意票多于有效票"
NO_SECRETARY, NOT_SAID, NO_LAST_YEAR = "没有书记", "限制情形没有填", "上年星级没有写"
VACANT, DISSATISFIED, NO_CANDIDATES = "书记空缺", "满意率低", "连续未发展党员"
FEW_STARS = "星级低"


@dataclass
class Rating:
    verdicts: dict[str, Verdict]
    quotas: list[Quota]
    rated: int
    rectify_warns: bool


def rating(organisations: Sequence[Organisation], settings: Settings) -> Rating:
    """The verdict on each organisation by its key, the quotas, and whether the 整顿 list is too long."""
    twice = Counter(who(one) for one in organisations)
    verdicts: dict[str, Verdict] = {}
    by_key: dict[str, Organisation] = {}
    for one in organisations:
        by_key[one["key"]] = one
        if twice[who(one)] > 1:
            verdicts[one["key"]] = Verdict(set_aside=DUPLICATE)
        elif looked_at(one, settings) & one.get("unread", frozenset()):
            verdicts[one["key"]] = Verdict(set_aside=UNREAD)
        elif any(day and day > settings["judged_on"] for day in days(one, settings)):
            verdicts[one["key"]] = Verdict(set_aside=AHEAD)
        elif polled(settings) and (one["satisfied_votes"] or 0) > (
            one["valid_votes"] if one["valid_votes"] is not None else inf
        ):
            verdicts[one["key"]] = Verdict(set_aside=CONTRADICTORY)
        elif settings["secretaries"] and not one["secretary"]:
            verdicts[one["key"]] = Verdict(set_aside=NO_SECRETARY)
        elif any(one["scores"].get(good) is None for good in goods_looked_at(one, settings)):
            verdicts[one["key"]] = Verdict(set_aside=MISSING)
        else:
            verdicts[one["key"]] = alone(one, settings)
    assert len(verdicts) == len(organisations), "a key stands twice"
    rated = {
        key: verdict for key, verdict in verdicts.items() if not verdict.set_aside and not verdict.not_rated
    }
    from_the_top = sorted(settings["quotas"], key=lambda which: -int(which["star"]))
    quotas = [one for which in from_the_top for one in quota(rated, by_key, which)]
    for key, verdict in rated.items():
        verdict.grade = grade(verdict, settings)
        verdict.rectify += few_stars(by_key[key], verdict, settings)
    for which in settings["lowest"]:
        add_lowest(verdicts, by_key, which)
    listed = sum(1 for verdict in verdicts.values() if verdict.rectify)
    warns = settings["listing"] and listed > settings["rectify_warn"] * len(rated)
    warns = warns and (listed > 1 or not settings["rectify_warn"])
    return Rating(verdicts, quotas, len(rated), warns and bool(rated))


def polled(settings: Settings) -> bool:
    """Whether a rule looks at the poll."""
    by_limit = any("dissatisfied" in limit for limit in settings["limits"])
    by_list = settings["listing"] and settings["satisfaction_floor"] is not None
    return by_limit or bool(by_list) or (settings["grades_by"] is not None and settings["gate"] is not None)


def who(one: Organisation) -> tuple[str, str]:
    """What tells organisations apart: a blank within a name tells nothing."""
    return "".join(one["township"].split()), "".join(one["name"].split())


def days(one: Organisation, settings: Settings) -> list[date | None]:
    """The days on which something is said to have happened, as far as the document has their columns."""
    asked = settings["listing"] or any("vacant" in limit for limit in settings["limits"])
    return [one["founded"], *([one["vacant_since"]] if asked else [])]


def vetoed(one: Organisation, settings: Settings) -> bool:
    """Whether a veto stands, where the document knows vetoes."""
    of_grade = settings["grades_by"] is not None and settings["veto_grade"]
    of_stars = settings["model"] is not None and settings["veto_stars"] != "nothing"
    return bool(one["veto"]) and bool(of_grade or of_stars)


def looked_at(one: Organisation, settings: Settings) -> frozenset[str]:
    """The keys of the cells that the rules look at, goods and criteria by their names."""
    cells = {*goods_looked_at(one, settings)}
    if settings["types_asked"]:
        cells.add("type")
    if settings["min_age_years"] is not None:
        cells.add("founded")
    if vetoed(one | {"veto": True}, settings):
        cells.add("veto")
    if settings["bonus"]:
        cells.add(settings["bonus"])
    if settings["secretaries"]:
        cells.add("secretary")
    if settings["listing"]:
        cells |= {*one["criteria"], "vacant_since"}
        if one["type"] == "村":
            cells.add("years_without_candidates")
    for limit in settings["limits"]:
        cells |= {*limit.get("flags", ())} | ({"vacant_since"} if "vacant" in limit else set())
    if polled(settings):
        cells |= {"valid_votes", "satisfied_votes"}
        if one["satisfied_votes"] is None or not one["valid_votes"]:
            cells.add("stated_satisfaction")
    by_veto = vetoed(one, settings) and settings["veto_stars"] == "one-below-last-year"
    two_years = settings["listing"] and settings["stars_below"] and settings["stars_below"][1] == 2
    if two_years or (settings["model"] is not None and (settings["ladder"] or by_veto)):
        cells.add("stars_last_year")
    return frozenset(cells | honour_looked_at(one, settings))


def honour_looked_at(one: Organisation, settings: Settings) -> set[str]:
    """The honour, where the ladder takes a star away."""
    scored = all(one["scores"].get(good) is not None for good in goods_looked_at(one, settings))
    climbs = settings["model"] is not None and settings["ladder"] and one["stars_last_year"] is not None
    if not (climbs and scored) or young(one, settings):
        return set()
    left = limited(one, earned(one, settings), settings)
    if left is None:
        return set()
    plain = one | {"honour": None}
    unaided, free = stars(plain, left, settings), stars(plain, left, settings | {"ladder": False})
    return {"honour"} if unaided[0] < free[0] else set()


def goods_looked_at(one: Organisation, settings: Settings) -> list[str]:
    """All goods; of levels those up to the one that is failed, or that nobody applied for."""
    if settings["model"] != "levels":
        return list(settings["goods"])
    looked: list[str] = []
    for star in sorted(set(settings["levels"].values())):
        sheets = [good for good, of in settings["levels"].items() if of == star]
        upwards = [good for good, of in settings["levels"].items() if of >= star]
        blank = all(one["scores"].get(good) is None and good not in one.get("unread", ()) for good in upwards)
        if looked and blank and settings["unscored"] == "stops":
            break
        looked += sheets
        if any(one["scores"].get(good) is None or one["scores"][good] < settings["pass"] for good in sheets):
            break
    return looked


def earned(one: Organisation, settings: Settings) -> int:
    """The stars by score alone, which are all there."""
    if settings["model"] == "levels":
        looked = goods_looked_at(one, settings)
        failed = {settings["levels"][good] for good in looked if one["scores"][good] < settings["pass"]}
        return max({settings["levels"][good] for good in looked} - failed, default=0)
    if settings["model"] == "per-good":
        return sum(one["scores"][good] >= settings["pass"] for good in settings["goods"])
    total = weighted(one, settings)
    return max((star for least, star in settings["star_bands"] if total >= least), default=0)


def weighted(one: Organisation, settings: Settings) -> Fraction:
    """The total by the weights of the goods, by their full scores where there are none; a bonus is added."""
    full = {good: settings["full"].get(good, Fraction(100)) for good in settings["goods"]}
    weights = {good: settings["weights"].get(good, full[good]) for good in settings["goods"]}
    hundredths = sum(
        (weights[good] * one["scores"][good] * 100 / full[good] for good in settings["goods"]), Fraction(0)
    )
    more = one["scores"].get(settings["bonus"]) or Fraction(0)
    return Fraction(hundredths / sum(weights.values())) + more


def young(one: Organisation, settings: Settings) -> bool:
    founded, years = one["founded"], settings["min_age_years"]
    if founded is None or years is None:
        return False
    return bool(later(founded, 12 * years) > settings["judged_on"])


def alone(one: Organisation, settings: Settings) -> Verdict:
    """The verdict before organisations are compared with one another; the grade is told afterwards."""
    scored = [good for good in settings["goods"] if one["scores"].get(good) is not None]
    verdict = Verdict(
        passed=tuple(good for good in scored if one["scores"][good] >= settings["pass"]),
        total=None if settings["model"] == "levels" else weighted(one, settings),
        earned=None if settings["model"] is None else earned(one, settings),
        satisfaction=satisfaction(one),
        veto=vetoed(one, settings),
    )
    gate = settings["gate"]
    verdict.gate = None not in (gate, verdict.satisfaction) and verdict.satisfaction < gate
    verdict.rectify = criteria(one, verdict.satisfaction, settings)
    if young(one, settings):
        verdict.not_rated = YOUNG
        return verdict
    if verdict.earned is not None:
        left = limited(one, verdict.earned, settings)
        if left is None:
            return Verdict(set_aside=NOT_SAID)
        if left and below_what(one, settings):
            return Verdict(set_aside=NO_LAST_YEAR)
        verdict.limit = left < verdict.earned
        verdict.stars, verdict.ladder = stars(one, left, settings)
    verdict.banded = banded(verdict, settings)
    return verdict


def below_what(one: Organisation, settings: Settings) -> bool:
    """Whether a star less than last year is due, and nobody says what there was."""
    begun = date(settings["judged_on"].year, 1, 1)
    new = one["founded"] is not None and one["founded"] >= begun
    due = vetoed(one, settings) and settings["veto_stars"] == "one-below-last-year"
    return due and one["stars_last_year"] is None and not new


def banded(verdict: Verdict, settings: Settings) -> str | None:
    """The grade before a gate or a veto caps it."""
    if settings["grades_by"] is None:
        return None
    score = verdict.total if settings["grades_by"] == "total" else verdict.stars
    assert score is not None
    return str(next(word for least, word in settings["grade_bands"] if score >= least))


def grade(verdict: Verdict, settings: Settings) -> str | None:
    """The grade after the quotas, the gate and a veto."""
    word = banded(verdict, settings)
    names = [name for _, name in settings["grade_bands"]]
    if word is not None and (verdict.gate or (verdict.veto and settings["veto_grade"])):
        return str(max(word, names[-2], key=names.index))
    return word


def satisfaction(one: Organisation) -> Fraction | None:
    if one["satisfied_votes"] is not None and one["valid_votes"]:
        return Fraction(one["satisfied_votes"], one["valid_votes"])
    stated: Fraction | None = one["stated_satisfaction"]
    return stated


def limited(one: Organisation, earned: int, settings: Settings) -> int | None:
    """The stars that the limits leave, one after the other; None where one cannot be told."""
    left = earned
    for limit in settings["limits"]:
        if left <= limit["at_most"]:
            continue
        if hit(one, limit, settings):
            left = limit["at_most"]
        elif limit.get("blank") == "set-aside":
            said = [one["flags"].get(flag) for flag in limit.get("flags", ())]
            if None in said or ("dissatisfied" in limit and satisfaction(one) is None):
                return None
    return left


def hit(one: Organisation, limit: dict[str, Any], settings: Settings) -> bool:
    """Whether a situation of the limit is met."""
    if any(one["flags"].get(flag) for flag in limit.get("flags", ())):
        return True
    missed = limit.get("missed")
    if missed and (missed not in goods_looked_at(one, settings) or one["scores"][missed] < settings["pass"]):
        return True
    share = satisfaction(one)
    if "dissatisfied" in limit and share is not None and share < limit["dissatisfied"]:
        return True
    since = one["vacant_since"]
    return bool(
        "vacant" in limit and since is not None and later(since, limit["vacant"]) < settings["judged_on"]
    )


def stars(one: Organisation, left: int, settings: Settings) -> tuple[int, bool]:
    """Stars after veto and ladder, and whether the ladder took any away."""
    last = one["stars_last_year"]
    after_veto = left
    if vetoed(one, settings) and settings["veto_stars"] != "nothing":
        one_below = 0 if last is None else max(last - 1, 0)
        after_veto = 0 if settings["veto_stars"] == "none" else min(left, one_below)
    if not settings["ladder"] or last is None or one["honour"] in settings["honour_levels"]:
        return after_veto, False
    after_ladder = min(after_veto, last + settings["ladder_step"])
    return after_ladder, after_ladder < after_veto


def criteria(one: Organisation, share: Fraction | None, settings: Settings) -> list[str]:
    """The identification criteria it meets, by name."""
    if not settings["listing"]:
        return []
    hits = [name for name, met in one["criteria"].items() if met]
    vacant, years = one["vacant_since"], one["years_without_candidates"]
    if vacant is not None and later(vacant, settings["vacancy_months"]) < settings["judged_on"]:
        hits.append(VACANT)
    if share is not None and share < settings["satisfaction_floor"]:
        hits.append(DISSATISFIED)
    if one["type"] == "村" and years is not None and years >= settings["candidates_years"]:
        hits.append(NO_CANDIDATES)
    return hits


def few_stars(one: Organisation, verdict: Verdict, settings: Settings) -> list[str]:
    """Whether this year's stars, or those of two years running, are fewer than the list asks for."""
    if not settings["listing"] or settings["stars_below"] is None:
        return []
    least, years = settings["stars_below"]
    known = (verdict.stars, one["stars_last_year"])[:years]
    return [FEW_STARS] if all(stars is not None and stars < least for stars in known) else []


def later(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
