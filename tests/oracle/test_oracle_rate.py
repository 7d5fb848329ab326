"""The oracle itself gives the answers of the worked cases, and its generator reaches the corners."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import ceil
from random import Random
from typing import Any

import pytest

from tests.oracle.organisations import FLAGS, organisations, settings
from tests.oracle.rate import (
    AHEAD,
    CONTRADICTORY,
    DISSATISFIED,
    DUPLICATE,
    FEW_STARS,
    MISSING,
    NO_CANDIDATES,
    NO_LAST_YEAR,
    NO_SECRETARY,
    NOT_SAID,
    UNREAD,
    VACANT,
    YOUNG,
    later,
    rating,
)
from tests.oracle.rate_quotas import LOWEST, Organisation, Quota, Verdict
from tests.oracle.rate_settings import GOODS, Settings, settings_for


def one(key: str = "a", score: str | Fraction = "92", **changes: Any) -> Organisation:
    """An organisation that nothing stands against, scoring the same in each good."""
    return {
        "key": key,
        "township": "青禾镇",
        "name": key,
        "type": "村",
        "scores": dict.fromkeys(GOODS, Fraction(score)),
        "valid_votes": 1000,
        "satisfied_votes": 950,
        "stated_satisfaction": None,
        "veto": False,
        "stars_last_year": None,
        "honour": None,
        "founded": date(1995, 7, 1),
        "vacant_since": None,
        "criteria": {},
        "years_without_candidates": 0,
    } | changes


def verdict(model: str = "M2", **changes: Any) -> Verdict:
    """The verdict on one such organisation, alone but for forty blameless others that fill the bottom."""
    others = [one(f"other{i}", "10") for i in range(40)]
    return rating([one(**changes), *others], settings_for(model)).verdicts["a"]


def goods(*points: str) -> dict[str, Fraction]:
    return {good: Fraction(each) for good, each in zip(GOODS, points, strict=True)}


FOUR_GOODS = goods("86", "81", "79.5", "90", "83")


@pytest.mark.parametrize(
    ("total", "grade"),
    [("90", "好"), ("89.9", "较好"), ("80", "较好"), ("79.9", "一般"), ("60", "一般"), ("59.9", "差")],
)
def test_G_01_grades_are_half_open_bands_of_the_total(total: str, grade: str) -> None:
    assert verdict(score=total).grade == grade


@pytest.mark.parametrize(("satisfied", "grade"), [(900, "好"), (899, "一般")])
def test_G_03_satisfaction_below_90_percent_is_neither_good_nor_fairly_good(
    satisfied: int, grade: str
) -> None:
    seen = verdict(satisfied_votes=satisfied)
    assert (seen.grade, seen.stars) == (grade, 5)


def test_G_05_each_good_at_80_earns_its_star() -> None:
    seen = verdict(scores=FOUR_GOODS)
    assert seen.stars == 4
    assert "工作机制" not in seen.passed


def test_G_07_a_city_honour_frees_from_the_ladder() -> None:
    seen = verdict(scores=FOUR_GOODS, stars_last_year=2, honour="市级")
    assert (seen.stars, seen.ladder) == (4, False)
    seen = verdict(scores=FOUR_GOODS, stars_last_year=2, honour="县级")
    assert (seen.stars, seen.ladder) == (3, True)


def test_G_09_an_organisation_under_one_year_old_is_scored_and_not_rated() -> None:
    seen = verdict(founded=date(2025, 8, 2))
    assert (seen.not_rated, seen.total, seen.earned) == (YOUNG, Fraction(92), 5)
    assert (seen.stars, seen.grade) == (None, None)
    assert verdict(founded=date(2025, 6, 2)).grade == verdict(founded=None).grade == "好"


def test_G_11_grades_of_533_organisations_are_counted_as_printed() -> None:
    made = [
        one(f"{score}-{i}", score)
        for score, count in (("95", 54), ("85", 323), ("70", 107), ("50", 49))
        for i in range(count)
    ]
    grades = [seen.grade for seen in rating(made, settings_for("M2")).verdicts.values()]
    assert [grades.count(grade) for grade in ("好", "较好", "一般", "差")] == [54, 323, 107, 49]


def test_G_13_quotas_of_533_organisations_are_rounded_down() -> None:
    quotas = rating([one(str(i)) for i in range(533)], settings_for("M2")).quotas
    assert [(quota.star, quota.allowed, quota.over) for quota in quotas] == [
        (5, 53, 480),
        (4, 106, 0),
        (1, 26, 0),
    ]


def test_G_15_a_vacancy_over_three_months_is_a_criterion() -> None:
    assert verdict(vacant_since=date(2026, 2, 20)).rectify == [VACANT]
    assert verdict(vacant_since=date(2026, 3, 1)).rectify == [VACANT]
    assert verdict(vacant_since=date(2026, 3, 2)).rectify == []
    then = settings_for("M2") | {"judged_on": date(2012, 6, 2)}
    seen = rating([one(vacant_since=date(2012, 2, 20))], then)
    assert seen.verdicts["a"].rectify == [VACANT]


def test_G_16_a_village_without_candidates_for_two_years_is_a_criterion() -> None:
    assert verdict(years_without_candidates=2).rectify == [NO_CANDIDATES]
    assert verdict(years_without_candidates=1).rectify == []
    assert verdict(years_without_candidates=2, type="学校").rectify == []


@pytest.mark.parametrize(("satisfied", "hits"), [(599, [DISSATISFIED]), (600, [])])
def test_G_17_satisfaction_below_60_percent_is_a_criterion(satisfied: int, hits: list[str]) -> None:
    assert verdict(satisfied_votes=satisfied).rectify == hits


def test_a_month_without_the_day_ends_on_its_last() -> None:
    assert later(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert later(date(2025, 12, 31), 2) == date(2026, 2, 28)


def test_a_veto_leaves_no_star_and_at_most_the_third_grade() -> None:
    seen = verdict(veto=True, stars_last_year=4, honour="省级")
    assert (seen.earned, seen.stars, seen.grade) == (5, 0, "一般")
    assert verdict(veto=True, score="30").grade == "差"


@pytest.mark.parametrize(("last", "stars"), [(None, None), (0, 0), (1, 0), (4, 3), (5, 4)])
def test_under_M4_a_veto_means_one_star_below_last_year(last: int | None, stars: int | None) -> None:
    """Without a record of last year it waits."""
    assert verdict("M4", veto=True, stars_last_year=last).stars == stars


def test_under_M4_a_veto_never_lifts_what_was_earned() -> None:
    assert verdict("M4", score="50", veto=True, stars_last_year=5).stars == 0


@pytest.mark.parametrize(
    ("total", "stars"),
    [("95", 5), ("94.99", 4), ("90", 4), ("89.99", 3), ("85", 3), ("84.99", 2), ("80", 2), ("79.99", 0)],
)
def test_under_M1_the_total_alone_makes_the_stars(total: str, stars: int) -> None:
    assert verdict("M1", score=total, stars_last_year=0).stars == stars


def test_a_total_is_weighted_and_exact() -> None:
    settings = settings_for("M2")
    settings["weights"] = dict(zip(GOODS, map(Fraction, (1, 2, 3, 4, 5)), strict=True))
    seen = rating([one(scores=goods("90", "80", "70", "60", "50"))], settings)
    assert seen.verdicts["a"].total == Fraction(190, 3)


def test_a_tie_across_the_line_drops_all_of_the_tie_and_the_dropped_count_one_star_lower() -> None:
    made = [
        one("top", "99"),
        *(one(f"tie{i}", "97") for i in range(2)),
        *(one(f"low{i}", "50") for i in range(17)),
    ]
    seen = rating(made, settings_for("M3"))
    fives, fours, ones = seen.quotas
    assert (fives.count, fives.allowed, fives.over, fives.dropped) == (3, 2, 1, ["tie0", "tie1"])
    assert (fours.count, fours.allowed, fours.dropped, ones.count) == (2, 4, [], 0)
    assert [seen.verdicts[key].stars for key in ("top", "tie0", "tie1")] == [5, 4, 4]
    assert [seen.verdicts[key].cap for key in ("top", "tie0", "tie1")] == [False, True, True]


def test_an_organisation_may_drop_from_five_stars_to_three() -> None:
    made = [one(str(i), "96") for i in range(10)]
    assert {seen.stars for seen in rating(made, settings_for("M3")).verdicts.values()} == {3}


def test_the_lowest_fill_the_list_after_the_criteria_ties_included() -> None:
    made = [
        one("hit", vacant_since=date(2025, 1, 1)),
        one("lowest", "40"),
        *(one(f"tie{i}", "41") for i in range(2)),
        *(one(f"fine{i}") for i in range(37)),
    ]
    seen = rating(made, settings_for("M2"))
    listed = {key: verdict.rectify for key, verdict in seen.verdicts.items() if verdict.rectify}
    # ceil(5 % of 41) = 3: one by criterion, two from the bottom, and the second of them ties with a third
    assert listed == {"hit": [VACANT], "lowest": [LOWEST], "tie0": [LOWEST], "tie1": [LOWEST]}
    assert not seen.rectify_warns


def test_criteria_alone_may_make_the_list_too_long() -> None:
    made = [one(f"hit{i}", vacant_since=date(2025, 1, 1)) for i in range(5)]
    seen = rating([*made, *(one(f"fine{i}") for i in range(40))], settings_for("M2"))
    assert sum(bool(verdict.rectify) for verdict in seen.verdicts.values()) == 5
    assert seen.rectify_warns


def test_twins_are_all_set_aside_and_count_nowhere() -> None:
    made = [one("a", name="同名"), one("b", name="同名"), one("c", name="同名", township="望河乡")]
    half = one("d", scores=goods("90", "90", "90", "90", "90") | {"群众反映": None})
    seen = rating([*made, half], settings_for("M2"))
    aside = {key: verdict.set_aside for key, verdict in seen.verdicts.items()}
    assert aside == {"a": DUPLICATE, "b": DUPLICATE, "c": None, "d": MISSING}
    assert seen.rated == 1


@pytest.mark.parametrize(
    ("votes", "gate"),
    [((0, 0, None), False), ((None, 9, Fraction(89, 100)), True), ((10, 9, Fraction(89, 100)), False)],
)
def test_a_stated_share_counts_only_where_there_are_no_votes(votes: tuple[Any, ...], gate: bool) -> None:
    names = ("valid_votes", "satisfied_votes", "stated_satisfaction")
    assert verdict(**dict(zip(names, votes, strict=True))).gate is gate


@pytest.mark.parametrize("model", ["M1", "M2", "M3", "M4"])
def test_random_organisations_reach_every_corner(model: str) -> None:
    ratings = [rating(organisations(Random(seed), 200), settings_for(model)) for seed in range(14)]
    verdicts = [verdict for each in ratings for verdict in each.verdicts.values()]
    waiting = {DUPLICATE, MISSING, UNREAD, CONTRADICTORY, AHEAD} | (
        {NO_LAST_YEAR} if model == "M4" else set()
    )
    assert {each.set_aside for each in verdicts} == {None, *waiting}
    assert {each.not_rated for each in verdicts} == {None, YOUNG}
    assert {each.grade for each in verdicts} == {None, "好", "较好", "一般", "差"}
    assert {each.stars for each in verdicts} >= {None, 0, 2, 3, 4, 5}
    assert any(each.gate and each.banded != each.grade for each in verdicts)
    assert any(each.veto and each.stars for each in verdicts) == (model == "M4")
    assert any(each.ladder for each in verdicts) == (model in ("M2", "M4"))
    assert any(each.cap for each in verdicts) == (model == "M3")
    reasons = {reason for each in verdicts for reason in each.rectify}
    assert reasons == {VACANT, DISSATISFIED, NO_CANDIDATES, LOWEST, *FLAGS}
    assert {each.rectify_warns for each in ratings} == {True, False}


def test_random_organisations_put_ties_across_the_capped_line_and_across_the_bottom() -> None:
    settings = settings_for("M3")
    ratings = [rating(organisations(Random(seed), 200), settings) for seed in range(10)]
    ties = {quota.star for each in ratings for quota in each.quotas if len(quota.dropped) > quota.over}
    assert ties == {5, 4}
    fives = [each.quotas[0].dropped for each in ratings]
    fours = [each.quotas[1].dropped for each in ratings]
    assert any(set(five) & set(four) for five, four in zip(fives, fours, strict=True)), "nobody drops twice"
    calm = [each for each in ratings if not each.rectify_warns]
    lengths = [sum(bool(verdict.rectify) for verdict in each.verdicts.values()) for each in calm]
    assert any(length > ceil(each.rated / 20) for each, length in zip(calm, lengths, strict=True))


def test_random_policies_reach_every_block_that_a_document_may_have() -> None:
    reached: set[str] = set()
    for seed in range(150):
        dice = Random(seed)
        drawn = settings(dice)
        seen = rating(organisations(dice, 40, drawn), drawn)
        reached |= set(corners(drawn, list(seen.verdicts.values()), seen.quotas))
    assert reached == CORNERS


CORNERS = {
    *("per-good", "total-bands", "levels", "no stars", "no grades", "grades by stars", "nine stars", "bonus"),
    *("limited", "limit not said", "no secretary", "level failed", "not applied for", "veto of grades alone"),
    *("capped in a township", "capped in a type", "capped of some types", "graded down by a quota"),
    *("lowest of a township", "lowest of a type", "few stars", "over a hundred", "nobody is too young"),
}
"""What a random policy and county may come to, each of which some must."""


def corners(drawn: Settings, verdicts: list[Verdict], quotas: list[Quota]) -> Iterator[str]:
    """Those of them that this county came to under this policy."""
    yield drawn["model"] or "no stars"
    listed = {reason for each in verdicts for reason in each.rectify}
    aside = {each.set_aside for each in verdicts}
    capped = {key for quota in quotas for key in quota.dropped}
    by_stars, portions = drawn["grades_by"] == "stars", [q for q in drawn["quotas"] if q["mode"] == "cap"]
    lowest = [which["within"] for which in drawn["lowest"]]
    told = {
        "no grades": drawn["grades_by"] is None,
        "grades by stars": by_stars,
        "nine stars": any((each.stars or 0) > 8 for each in verdicts),
        "bonus": bool(drawn["bonus"]),
        "over a hundred": any((each.total or 0) > 100 for each in verdicts),
        "limited": any(each.limit for each in verdicts),
        "limit not said": NOT_SAID in aside,
        "no secretary": NO_SECRETARY in aside,
        "level failed": drawn["model"] == "levels" and any(each.earned == 0 for each in verdicts),
        "not applied for": drawn["unscored"] == "stops" and drawn["model"] == "levels",
        "veto of grades alone": drawn["veto_stars"] == "nothing" and any(each.veto for each in verdicts),
        "capped in a township": bool(capped) and any(q["within"] == "township" for q in portions),
        "capped in a type": bool(capped) and any(q["within"] == "type" for q in portions),
        "capped of some types": bool(capped) and any(q["types"] for q in portions),
        "graded down by a quota": by_stars
        and any(each.cap and each.grade != each.banded for each in verdicts),
        "lowest of a township": LOWEST in listed and "township" in lowest,
        "lowest of a type": LOWEST in listed and "type" in lowest,
        "few stars": FEW_STARS in listed,
        "nobody is too young": drawn["min_age_years"] is None,
    }
    yield from (name for name, is_so in told.items() if is_so)
