"""Which days are tried for a vague date: its first and its last, and those between that alone can give other money."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.between import Between, Vague
from sanchuang_cli.domain.entitlement.policy import Benefit
from tests.programmes.people import day, member
from tests.programmes.subsidies.serving import at

WHEN = {"name": "优抚", "clause": "四", "column": "优抚对象", "must_be": True}
NOTHING = Between(at("2024-01"), False, False, frozenset())
"""Where only the ends count of what happened long before 2024."""


def benefit(*tiers: dict[str, Any], service: Any = None, **amount: Any) -> Benefit:
    """Of 100 yuan a month, unless it says otherwise."""
    posts = [{"name": name} for name in ("书记", "主任", "会计")]
    served = {
        "clause": "四",
        "posts": posts,
        "accumulate": "union",
        "rounding": "full_years",
        "rate_post": "highest",
    }
    whole = {"clause": "六", "per": "month", "by": "tenure", "tier": list(tiers) or [{"rate": 100}], **amount}
    return Benefit.model_validate(
        {"name": "补贴", "clause": "一", "payable": {"clause": "五"}, "service": served | (service or {}), "amount": [whole]}
    )  # fmt: skip


def of(*benefits: Benefit, reach: int = 0) -> Between:
    return Between.of(benefits, at("2026-04"), reach)


# ------------------------------------------------------------------ where longer service may pay less


LOW, HIGH = {"at_least": 0, "below": 10}, {"at_least": 10}


@pytest.mark.parametrize(
    ("low", "high", "uneven"),
    [
        ({"rate": 100}, {"rate": 101}, False),
        ({"rate": 100}, {"rate": 100}, False),
        ({"rate": 100}, {"rate": 99}, True),
        ({"rate": {"书记": 90, "主任": 80, "会计": 70}}, {"rate": {"书记": 95, "主任": 85, "会计": 70}}, False),
        ({"rate": {"书记": 90, "主任": 80, "会计": 70}}, {"rate": {"书记": 95, "主任": 79, "会计": 70}}, True),
        ({"rate": 100}, {"rate": {"书记": 100, "主任": 100, "会计": 99}}, True),
        ({"each": 10}, {"rate": 100}, False),
        ({"each": 10}, {"rate": 99}, True),
        ({"rate": 5, "each": 10}, {"rate": 105}, False),
        ({"rate": 5, "each": 10}, {"rate": 104}, True),
        ({"each": 10}, {"each": 10}, False),
        ({"each": 10}, {"each": 9}, True),
        ({"each": 10}, {"each": 9, "rate": 10}, False),
        ({"each": 10, "after": 4}, {"rate": 60}, False),
        ({"each": 10, "after": 4}, {"rate": 59}, True),
        ({"each": 10, "after": 12}, {"rate": 0}, False),
        ({"each": 10, "every": 3}, {"rate": 30}, False),
        ({"each": 10, "every": 3}, {"rate": 29}, True),
        ({"each": 10, "every": "1/2"}, {"rate": 200}, False),
        ({"each": 10, "every": "1/2"}, {"rate": 199}, True),
        ({"each": 10, "cap": 80}, {"rate": 80}, False),
        ({"each": 10, "cap": 80}, {"rate": 79}, True),
        ({"each": 10, "cap": {"书记": 80}}, {"rate": {"书记": 80, "主任": 100, "会计": 100}}, False),
        ({"each": 10, "cap": {"书记": 80}}, {"rate": 80}, True),
        ({"rate": 100, "cap": 200}, {"rate": 100, "cap": 200}, False),
    ],
)  # fmt: skip
def test_longer_service_may_pay_less_where_the_figure_falls_at_an_edge_for_some_post(
    low: dict[str, Any], high: dict[str, Any], uneven: bool
) -> None:
    assert of(benefit(LOW | low, HIGH | high)).uneven is uneven


SHARES = {"figures": "percent", "base_column": "地方定补标准"}


@pytest.mark.parametrize(
    ("unlike", "amount"),
    [
        ({"rate": 100, "when": WHEN}, {}),
        ({"rate": 100, "per": "once"}, {}),
        ({"rate": 100, "figures": "yuan"}, SHARES),
        ({"rate_column": "地方定补标准", "rate_at_least": 0}, {}),
        ({"eras": [{"before": date(1993, 1, 1), "each": 3}, {"each": 5}]}, {}),
    ],
)  # fmt: skip
def test_where_tiers_differ_in_more_than_their_figures_nobody_can_tell_that_it_does_not(
    unlike: dict[str, Any], amount: dict[str, Any]
) -> None:
    assert of(benefit(LOW | {"rate": 0}, HIGH | unlike, **amount)).uneven
    assert not of(benefit(HIGH | unlike, **amount)).uneven


@pytest.mark.parametrize(("base", "uneven"), [({"base": "别的"}, True), ({}, False)])
def test_a_tier_of_another_base_cannot_be_compared(base: dict[str, str], uneven: bool) -> None:
    tiers: list[dict[str, Any]] = [LOW | {"rate": 0}, HIGH | {"rate": 1, **base}]
    assert of(benefit(*tiers, figures="percent", base="收入")).uneven is uneven


@pytest.mark.parametrize("above", ["nothing", "set_aside"])
def test_where_the_highest_tier_ends_longer_service_may_pay_less(above: str) -> None:
    assert of(benefit({"at_least": 5, "below": 20, "rate": 100}, above_top=above)).uneven


@pytest.mark.parametrize(("by", "uneven"), [("tenure", True), ("age", False), ("years_since", False)])
def test_only_tiers_that_go_by_service_bear_on_it(by: str, uneven: bool) -> None:
    column = {"column": "入党日期"} if by == "years_since" else {}
    assert of(benefit(LOW | {"rate": 100}, HIGH | {"rate": 50}, by=by, **column)).uneven is uneven


def test_what_one_post_or_one_condition_gives_less_than_another_is_no_longer_service() -> None:
    assert not of(benefit({"rate": 100, "when": WHEN}, {"rate": 50}, by="nothing")).uneven
    posts = {"rate": 100, "posts": ["书记"]}, {"rate": 50, "posts": ["主任", "会计"]}
    assert not of(benefit(*(HIGH | tier for tier in posts))).uneven


WAYS = [{"count": "union", "at_least_months": 60}], [{"count": "union", "at_least_months": 120}]


@pytest.mark.parametrize(
    ("low", "high", "uneven"),
    [
        ({"rate": 100}, {"rate": 100}, False), ({"rate": 100}, {"rate": 99}, True), ({"each": 1}, {"rate": 999}, True),
        ({"rate": 1}, {"each": 9}, True),
    ],
)  # fmt: skip
def test_of_tiers_by_ways_of_service_what_is_paid_for_each_year_cannot_be_told_at_their_edge(
    low: dict[str, Any], high: dict[str, Any], uneven: bool
) -> None:
    tiers = [{"ways": ways, **tier} for ways, tier in zip(WAYS, (low, high), strict=True)]
    assert of(benefit(*tiers, by="ways")).uneven is uneven


def test_posts_that_are_counted_each_apart_may_lose_months_to_one_another() -> None:
    assert of(benefit(HIGH | {"rate": 100}, service={"rate_post": "each_post"})).uneven


# ------------------------------------------------------------------ what else is kept of a policy


@pytest.mark.parametrize(
    ("reach", "near"), [(0, "2024-04"), (12, "2024-04"), (13, "2024-03"), (24, "2023-04")]
)
def test_what_lies_a_year_before_all_that_can_be_made_good_is_not_near(reach: int, near: str) -> None:
    assert of(benefit(), reach=reach).near == at(near)


def test_one_benefit_is_enough_and_those_without_service_say_nothing() -> None:
    plain = of(benefit().model_copy(update={"service": None}))
    assert (plain.uneven, plain.by_leaving, plain.edges) == (False, False, frozenset())
    by_leaving = benefit(service={"rate_post": "on_leaving", "left_before": date(2009, 1, 1)})
    both = of(benefit(), by_leaving)
    assert (both.by_leaving, both.edges) == (True, frozenset({date(2009, 1, 1)}))
    assert not of(benefit(), benefit(service={"rate_post": "best_tier"})).by_leaving


# ------------------------------------------------------------------ the days


def days(between: Between, written: str, field: str = "end", spell: int = 0, spells: str = "1990…1999 书记", edges: Any = ()) -> list[str]:  # fmt: skip
    one = Vague(field, spell, day(written), frozenset(edges))
    return [str(tried) for tried in between.days(member(spells=spells), one)]


ENDS = ["1999-01-01", "1999-12-31"]
ALL = [ENDS[0], *(f"1999-{month:02d}-01" for month in range(2, 12)), ENDS[1]]


def test_of_what_is_long_past_the_ends_say_all() -> None:
    assert days(NOTHING, "1999") == ENDS
    assert days(NOTHING, "1999-05") == ["1999-05-01", "1999-05-31"]
    assert days(NOTHING, "1999-05-03") == ["1999-05-03"]


@pytest.mark.parametrize(("near", "tried"), [("1999-12", ALL), ("1999-01", ALL), ("2000-01", ENDS)])
def test_near_the_period_every_month_is_tried(near: str, tried: list[str]) -> None:
    for field, spell in (("died_on", -1), ("start", 0), ("end", 0)):
        assert days(NOTHING._replace(near=at(near)), "1999", field, spell) == tried


@pytest.mark.parametrize(
    ("edge", "tried"),
    [
        (date(1999, 6, 15), [ENDS[0], "1999-06-15", ENDS[1]]), (date(1999, 1, 1), ENDS), (date(1999, 12, 31), ENDS),
        (date(2000, 1, 1), ENDS), (date(1998, 12, 31), ENDS), (date(1999, 1, 2), [ENDS[0], "1999-01-02", ENDS[1]]),
    ],
)  # fmt: skip
def test_days_that_the_document_names_are_tried_where_they_lie_between(edge: date, tried: list[str]) -> None:
    assert days(NOTHING, "1999", edges=[edge]) == tried
    assert days(NOTHING._replace(edges=frozenset({edge})), "1999") == tried


def test_where_longer_service_may_pay_less_every_month_of_a_spell_is_tried_and_of_no_other_date() -> None:
    uneven = NOTHING._replace(uneven=True)
    assert days(uneven, "1999", "start", 0) == days(uneven, "1999", "end", 0) == ALL
    assert days(uneven, "1999", "joined", -1) == ENDS


@pytest.mark.parametrize(
    ("other", "tried"),
    [
        ("1999-06", ALL), ("1999-01-01", ALL), ("1999-12-31", ALL), ("1998", ENDS), ("2000", ENDS), ("2000-01-01", ENDS),
        ("1998-12-31", ENDS), ("", ENDS),
    ],
)  # fmt: skip
def test_by_the_post_on_leaving_every_month_of_an_end_is_tried_in_which_another_spell_may_end(
    other: str, tried: list[str]
) -> None:
    by_leaving, spells = NOTHING._replace(by_leaving=True), f"1980-01…{other} 主任; 1990…1999 书记"
    assert days(by_leaving, "1999", "end", 1, spells) == tried
    assert days(by_leaving, "1999", "start", 1, spells) == ENDS
    assert days(by_leaving, "1999", "left", -1, spells) == ENDS
    assert days(NOTHING, "1999", "end", 1, spells) == ENDS


def test_a_spell_is_not_another_to_itself() -> None:
    assert days(NOTHING._replace(by_leaving=True), "1999", "end", 0) == ENDS
