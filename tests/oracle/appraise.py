"""A second opinion on 述评考: plain Python from the words of the rules, in whole numbers and fractions.

A unit is a dict of plain values: kind, groups (by name, the ballots that bear each of four marks; a group that is not there
handed nothing in), items (of the inspection: full points and all that was taken off), daily (where there is no inspection),
report, accident, last (last year's grade). None is not given.

Where the yearly figures are taken from results, a unit also has yearly (the roster's own), stars, review (the secretary's grade) and
honors (how often it was honoured); None of these three is what the result does not have.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.oracle.votes import merged

GROUPS = ("上级", "同级", "下级", "群众")
WORTH = (100, 80, 60, 40)
FEWEST = 5
CAP = (2, 5)
"""Two of five may have the best grade."""
GOOD, FAIR, PASSABLE, POOR, OPEN = "好", "较好", "一般", "差", "待定"
Unit = Mapping[str, Any]


def hundredths(number: Fraction) -> int:
    """So many hundredths, the half of one up."""
    doubled = number * 200 + 1
    return doubled.numerator // doubled.denominator // 2


def poll(groups: Mapping[str, Sequence[int]]) -> tuple[Fraction, list[list[str]]] | None:
    """The score of the ballots, and which groups are shown together; None where all of them are too few."""
    rows = merged([(name, Fraction(1, 4), list(groups.get(name, ())), "") for name in GROUPS], FEWEST)
    if not rows:
        return None
    weight = sum((weight for _, weight, _ in rows), Fraction(0))
    total = Fraction(0)
    for _, own, papers in rows:
        points = sum(worth * number for worth, number in zip(WORTH, papers, strict=True))
        total += own * Fraction(points, sum(papers))
    return total / weight, [names for names, _, _ in rows]


def daily(unit: Unit) -> Fraction | None:
    """What the inspection left of a hundred points, or what the roster says."""
    if not unit["items"]:
        given: Fraction | None = unit["daily"]
        return given
    left = Fraction(0)
    for full, lost in unit["items"]:
        left += full - lost if lost < full else 0
    return left


def score(unit: Unit) -> int | None:
    """Hundredths of a point; None where a part is missing."""
    own, ballots = daily(unit), poll(unit["groups"])
    if own is None or unit["report"] is None or ballots is None:
        return None
    return hundredths((5 * own + 3 * unit["report"] + 2 * ballots[0]) / 10)


STAR_POINTS = {5: 100, 4: 90, 3: 80, 2: 70, 1: 60, 0: 40}
REVIEW_POINTS = {"优秀": 100, "合格": 85, "基本合格": 60, "不合格": 0}
SHARES = (6, 4)
"""Tenths of a village's yearly figure that stars and the secretary's grade are."""
HONOR = 3


def yearly(unit: Unit) -> Fraction | None:
    """The yearly figure by the pack `results`: a village's from results, another's from the roster, and points for an honour."""
    own: Fraction | None
    if unit["kind"] != "村":
        own = unit["yearly"]
    elif unit["stars"] is None or unit["review"] not in REVIEW_POINTS:
        return None
    else:
        own = Fraction(SHARES[0] * STAR_POINTS[unit["stars"]] + SHARES[1] * REVIEW_POINTS[unit["review"]], 10)
    if own is None or unit["honors"] is None:
        return None
    return min(Fraction(100), own + (HONOR if unit["honors"] else 0))


def score_with_results(unit: Unit) -> int | None:
    """Hundredths of a point by the pack `results`; None where a part is missing."""
    own, ballots, figure = daily(unit), poll(unit["groups"]), yearly(unit)
    if own is None or unit["report"] is None or ballots is None or figure is None:
        return None
    return hundredths((4 * own + 3 * unit["report"] + 2 * ballots[0] + figure) / 10)


def band(points: int, accident: bool) -> str:
    """The grade before others are looked at."""
    if points >= 9000:
        return FAIR if accident else GOOD
    return FAIR if points >= 8000 else PASSABLE if points >= 6000 else POOR


def graded(
    units: Sequence[Unit], scored: Callable[[Unit], int | None] = score
) -> list[tuple[int, int, str, bool] | None]:
    """Of each unit the score in hundredths, its place, its grade, and whether something is proposed; None where a part is
    missing."""
    scores = [scored(unit) for unit in units]
    return [
        None if own is None else _among(unit, own, [(other, points) for other, points in zip(units, scores, strict=True) if points is not None and other["kind"] == unit["kind"]])
        for unit, own in zip(units, scores, strict=True)
    ]  # fmt: skip


def _among(unit: Unit, own: int, others: Sequence[tuple[Unit, int]]) -> tuple[int, int, str, bool]:
    """others: the units of its kind that have a score, itself among them."""
    place = 1 + sum(points > own for _, points in others)
    grade = band(own, unit["accident"])
    if grade == GOOD:
        good = [points for other, points in others if band(points, other["accident"]) == GOOD]
        room = len(others) * CAP[0] // CAP[1]
        above, level = sum(points > own for points in good), good.count(own)
        grade = GOOD if above + level <= room else FAIR if above >= room else OPEN
    proposed = grade == POOR or (grade == PASSABLE and unit["last"] == PASSABLE)
    return own, place, grade, proposed


def trimmed(marks: Sequence[int]) -> Fraction:
    """The mean of marks; of more than five without one of the best and one of the worst."""
    left = sorted(marks)
    if len(left) > 5:
        del left[0], left[-1]
    return Fraction(sum(left), len(left))


def of_marks(marks: Mapping[str, Sequence[int]]) -> Fraction | None:
    """The score of raters' marks by group, to two decimals; None where all of them are too few."""
    rows = merged([(name, Fraction(1, 4), [len(marks.get(name, ()))], "") for name in GROUPS], FEWEST)
    if not rows:
        return None
    means = [weight * trimmed([mark for name in names for mark in marks[name]]) for names, weight, _ in rows]
    return Fraction(hundredths(sum(means, Fraction(0)) / sum(weight for _, weight, _ in rows)), 100)


def counts(paper: Sequence[int]) -> bool:
    """Whether a paper keeps to the limits: no more than three of 90, no fewer than two below 70, not all alike."""
    high, low = sum(mark >= 90 for mark in paper), sum(mark < 70 for mark in paper)
    return high <= 3 and low >= 2 and len(set(paper)) > 1
