"""The least and the most that a document lets somebody be paid in a year: never narrower than what it can come to."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Amount
from sanchuang_cli.domain.entitlement.blocks import Service
from sanchuang_cli.domain.entitlement.bounds import of_year
from tests.programmes.subsidies.tariffs import WAGE

WHEN = {"name": "优抚", "clause": "四", "column": "优抚对象", "must_be": True}
FLAT = [{"rate": 100}]
TWO = {"by": "tenure", "tier": [{"at_least": 5, "below": 10, "rate": 100}, {"at_least": 10, "rate": 300}]}
FIXED = [{"rate_column": "地方定补标准", "rate_at_least": 100}]


def between(**says: Any) -> list[Any]:
    """Of a monthly amount of 100 yuan, unless it says otherwise."""
    amount = Amount.model_validate({"clause": "六", "per": "month", "by": "nothing", "tier": FLAT} | says)
    return list(of_year([amount], [WAGE]))


def more(rate: Any, **says: Any) -> dict[str, Any]:
    return {"name": "另加", "clause": "七", "rate": rate, "when": WHEN} | says


@pytest.mark.parametrize(
    ("says", "least", "most"),
    [
        ({}, 1200, 1200),
        (TWO, 1200, 3600),
        ({"tier": [{"rate": {"书记": 200, "主任": 150}}]}, 1800, 2400),
        ({"tier": [{"rate": {"书记": 200, "主任": 150}, "posts": ["主任"]}]}, 1800, 1800),
        ({"tier": FIXED}, 1200, None),
        ({"tier": [FIXED[0] | {"rate_at_most": 300}]}, 1200, 3600),
        ({"tier": [{"rate_column": "地方定补标准", "rate_at_most": 300}]}, 0, 3600),
        ({"by": "tenure", "tier": [{"at_least": 10, "each": 5}]}, 600, None),
        ({"by": "tenure", "tier": [{"at_least": 10, "below": 20, "each": 5, "every": 3, "after": 4}]}, 120, 300),
        ({"by": "tenure", "tier": [{"at_least": 1, "rate": 100, "eras": [{"before": date(1993, 1, 1), "each": 3}, {"each": 5}]}]}, 1200, None),
        ({"by": "tenure", "tier": [{"at_least": 10, "each": 5, "cap": 80}]}, 600, 960),
        ({"figures": "percent", "base": WAGE.name, "tier": [{"rate": 10}]}, 1200, 1440),
        ({"figures": "percent", "base": "还没有数的", "tier": [{"rate": 10}]}, 0, None),
        ({"figures": "percent", "base_column": "地方定补标准", "base_at_least": 2000, "tier": [{"rate": 5}]}, 1200, None),
        ({"figures": "multiple", "base_benefit": "另一项", "tier": [{"rate": 1}]}, None, None),
        ({"year_paid": "monthly", "tier": [{"rate": 100, "when": WHEN}, {"rate": 900, "per": "year"}]}, None, None),
        ({"per": "year", "year_paid": "monthly"}, 100, 100),
    ],
)  # fmt: skip
def test_an_amount_lies_between_its_lowest_and_its_highest_tier(says: Any, least: Any, most: Any) -> None:
    assert between(**says) == [(least, most)]


@pytest.mark.parametrize(
    ("added", "least", "most"),
    [
        ([more(20)], 1200, 1440),
        ([more(20, figures="percent")], 1200, 1440),
        ([more(20), more(30)], 1200, 1800),
        ([more(-30)], 840, 1200),
        ([more(-30, figures="percent")], 840, 1200),
        ([more(-130)], 0, 1200),
        ([more(-1, times_column="次数")], 0, 1200),
        ([more(20, times_column="次数")], 1200, None),
        ([more(20, times_column="次数", most=60)], 1200, 1920),
    ],
)
def test_what_may_be_added_is_in_the_most_and_what_may_be_taken_off_in_the_least(
    added: Any, least: Any, most: Any
) -> None:
    assert between(supplement=added) == [(least, most)]


def test_what_is_added_to_a_sum_without_an_end_gives_it_none() -> None:
    for added in ([more(20)], [more(20, figures="percent")]):
        assert between(tier=FIXED, supplement=added) == [(1200, None)]


@pytest.mark.parametrize(
    ("percent", "least", "most"), [(10, 1200, Fraction(1320)), (-10, Fraction(1080), 1200)]
)
def test_a_raise_counts_whether_or_not_it_has_begun(percent: int, least: Any, most: Any) -> None:
    raised = [{"clause": "八", "effective": date(2027, 1, 1), "percent": percent}]
    assert between(index=raised) == [(least, most)]
    assert between(index=raised, tier=FIXED) == [(least, None)]


@pytest.mark.parametrize(
    ("says", "least", "most"),
    [
        ({"cap": 80}, 960, 960),
        (TWO | {"cap": 150}, 1200, 1800),
        ({"cap": {"书记": 80, "主任": 60}}, 720, 960),
        ({"tier": FIXED, "cap": 150}, 1200, 1800),
        (TWO | {"minimum": 150}, 1800, 3600),
        ({"minimum": 150}, 1800, 1800),
        ({"tier": FIXED, "minimum": 150}, 1800, None),
        ({"instead": [{"name": "改发", "clause": "九", "when": WHEN, "rate": 50}]}, 600, 1200),
        ({"instead": [{"name": "改发", "clause": "九", "when": WHEN, "rate": 500}]}, 1200, 6000),
        ({"top_up": [{"clause": "九", "column": "已领养老金", "per": "month"}]}, 0, 1200),
        ({"set_off": [{"name": "抵扣", "clause": "九", "column": "已领一次性补助"}]}, 0, 1200),
    ],
)
def test_limits_and_what_is_paid_instead_or_kept_back_count(says: Any, least: Any, most: Any) -> None:
    assert between(**says) == [(least, most)]


@pytest.mark.parametrize(
    ("says", "least", "most"),
    [
        ({"year_paid": "monthly", "tier": [{"rate": 100, "per": "year"}]}, 100, 100),
        ({"per": "once", "tier": [{"rate": 100, "per": "month"}]}, 1200, 1200),
        ({"tier": [{"rate": 100, "per": "once"}]}, None, None),
        ({"per": "once"}, None, None),
        ({"per": "once", "tier": [{"rate": 100, "per": "month"}], "instead": [{"name": "改发", "clause": "九", "when": WHEN, "rate": 50}]}, None, None),
    ],
)  # fmt: skip
def test_a_year_goes_by_what_the_tiers_say_of_the_time_and_what_is_paid_once_is_no_sum_of_a_year(
    says: Any, least: Any, most: Any
) -> None:
    assert between(**says) == [(least, most)]


@pytest.mark.parametrize(
    ("says", "least", "most"),
    [
        ({"tier": [{"rate": Fraction("33.5")}], "round": "up", "round_to": "yuan"}, 408, 408),
        ({"tier": [{"rate": Fraction("33.5")}], "round": "down", "round_to": "yuan"}, 396, 396),
        ({"tier": [{"rate": 33, "cap": Fraction("32.4")}], "round": "up", "round_to": "yuan", "round_at": ["tier"]}, 396, 396),
        ({"by": "tenure", "tier": [{"at_least": 0, "below": Fraction("5.5"), "each": 10}]}, 0, 660),
        ({"supplement": [more(-30, figures="percent"), more(-30, figures="percent")]}, 480, 1200),
        ({"supplement": [more(-80, figures="percent"), more(-80, figures="percent")]}, 0, 1200),
    ],
)  # fmt: skip
def test_what_is_rounded_or_taken_off_twice_stays_within_the_bounds(says: Any, least: Any, most: Any) -> None:
    assert between(**says) == [(least, most)]


def of_posts(rate_post: str, **says: Any) -> list[Any]:
    """The same of a benefit that counts two posts."""
    service = Service.model_validate(
        {
            "clause": "四", "posts": [{"name": "书记"}, {"name": "主任"}],
            "accumulate": "union", "rounding": "full_years", "rate_post": rate_post,
        }
    )  # fmt: skip
    amount = Amount.model_validate({"clause": "六", "per": "month", "by": "nothing", "tier": FLAT} | says)
    return list(of_year([amount], [], service))


def test_where_the_figures_of_several_posts_are_added_there_is_no_most() -> None:
    assert of_posts("each_post") == [(1200, None)]
    assert of_posts("each_post", cap=150) == [(1200, 1800)]


def test_a_limit_of_one_post_does_not_limit_the_other() -> None:
    assert of_posts("highest", cap={"书记": 80}) == [(960, 1200)]
    assert of_posts("highest", minimum={"书记": 150}) == [(1200, 1800)]
    assert of_posts("highest", tier=[{"rate": 100, "cap": {"书记": 80}}]) == [(960, 1200)]
    assert of_posts("highest", cap={"书记": 80, "主任": 60}) == [(720, 960)]


def test_a_cap_of_a_post_that_the_benefit_does_not_count_caps_nobody() -> None:
    caps = {"书记": 80, "主任": 90, "会计": 10}
    assert of_posts("highest", cap=caps) == [(960, 1080)]
    assert of_posts("highest", tier=[{"rate": 100, "cap": caps}]) == [(960, 1080)]
    assert of_posts("highest", tier=[{"rate": 100, "cap": caps, "posts": ["主任"]}]) == [(1080, 1080)]


def test_a_minimum_of_a_post_that_the_benefit_does_not_count_lifts_nobody() -> None:
    least = {"书记": 150, "主任": 120, "会计": 900}
    assert of_posts("highest", minimum=least) == [(1440, 1800)]
    assert of_posts("highest", minimum={"书记": 150, "会计": 900}) == [(1200, 1800)]
