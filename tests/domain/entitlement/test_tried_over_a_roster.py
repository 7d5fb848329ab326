"""What is tried with a document over a roster: the values put in the place of others, and what it means if nobody's result changes."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Amount, Tier
from sanchuang_cli.domain.entitlement.blocks import Age, CountedPost, Payable, Service
from sanchuang_cli.domain.entitlement.lint_roster import LINTS
from sanchuang_cli.policy import Rule
from tests.domain.entitlement.test_lint import AMOUNT, SERVICE


def tried(block: type[Rule], says: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(said, {**values}) for said, values in LINTS.tried[block](block.model_validate(says), None)]


@pytest.mark.parametrize(
    ("says", "values"),
    [
        ({"rate": 100}, [("一档“不分档”的数没有影响一个人", {"rate": 0})]), ({"each": 5}, [("一档“不分档”的数没有影响一个人", {"each": 0})]),
        ({"rate": 100, "each": 5, "label": "甲"}, [("一档“甲”的数没有影响一个人", {"rate": 0})]),
        ({"at_least": 5, "rate": {"书记": 2, "主任": 1}}, [("一档“5 起”的数没有影响一个人", {"rate": {"书记": 0, "主任": 0}})]),
        ({"rate_column": "地方定补标准", "rate_at_least": 1}, []), ({"rate_column": "地方定补标准", "rate_at_least": 1, "cap": 9}, [("一档“不分档”的最高数这一期没有用上", {"cap": None})]),
        ({"rate": 0, "cap": 0}, [("一档“不分档”的数没有影响一个人", {"rate": 0}), ("一档“不分档”的最高数这一期没有用上", {"cap": None})]),
    ],
)  # fmt: skip
def test_a_tier_is_tried_with_nothing_in_the_place_of_its_figure_and_without_its_most(
    says: dict[str, Any], values: list[Any]
) -> None:
    assert tried(Tier, says) == values


@pytest.mark.parametrize(
    ("says", "values"),
    [
        ({}, []), ({"cap": 0}, [("封顶这一期没有用上", {"cap": None})]), ({"minimum": 0}, [("保底这一期没有用上", {"minimum": None})]),
        ({"figures": "percent", "base_column": "地方定补标准", "base_at_least": 0, "base_at_most": 9},
            [("基数下限这一期没有用上", {"base_at_least": None}), ("基数上限这一期没有用上", {"base_at_most": None})]),
        ({"supplements": "highest"}, [("几项另加只加最高的一项，这一期没有用上", {"supplements": "all"})]), ({"supplements": "all"}, []),
    ],
)  # fmt: skip
def test_an_amount_is_tried_without_each_of_its_limits(says: dict[str, Any], values: list[Any]) -> None:
    assert tried(Amount, AMOUNT | says) == values


LONGEST, UNION = {"count": "longest", "at_least_months": 72}, {"count": "union", "at_least_months": 108}


@pytest.mark.parametrize(
    ("says", "values"),
    [
        ({}, []),
        ({"ways": [LONGEST, UNION]}, [("“最长连续满 72 个月”这一期决定不了什么", {"ways": [UNION]}), ("“累计满 108 个月”这一期决定不了什么", {"ways": [LONGEST]})]),
        ({"left_before": date(2009, 1, 1)}, [("只给哪一天以前离任的（left_before）这一期没有用上", {"left_before": None})]),
        ({"gap_months": 6, "gaps": "counted"}, [("视为连续的间断（gap_months）这一期没有用上", {"gap_months": None, "gaps": None})]),
        ({"gap_months": 6}, [("视为连续的间断（gap_months）这一期没有用上", {"gap_months": None})]), ({"gap_months": 0}, []),
        ({"credited_column": "军龄"}, [("视同任职年数（credited_column）这一期没有用上", {"credited_column": None})]),
    ],
)  # fmt: skip
def test_service_is_tried_without_each_way_and_each_thing_that_a_document_may_say_or_not(
    says: dict[str, Any], values: list[Any]
) -> None:
    assert tried(Service, SERVICE | says) == values


NOBODY = "{}满 {} 周岁的，这一期没有一个领到"
UNTIL = "到多少岁为止（until_male、until_female）这一期没有用上"


@pytest.mark.parametrize(
    ("says", "values"),
    [
        ({"male": 60, "female": 55}, [(NOBODY.format("男", 60), {"male": 999}), (NOBODY.format("女", 55), {"female": 999})]),
        ({"male": 60, "female": 999}, [(NOBODY.format("男", 60), {"male": 999})]), ({"male": 0, "female": 998}, [(NOBODY.format("女", 998), {"female": 999})]),
        ({"male": 60, "female": 999, "until_male": 80, "stop": "month_of"},
            [(NOBODY.format("男", 60), {"male": 999, "until_male": None}), (UNTIL, {"until_male": None, "stop": None, "male": 60, "female": 999})]),
        ({"until_male": 80, "until_female": 75}, [(UNTIL, {"until_male": None, "until_female": None, "male": 0, "female": 0})]),
    ],
)  # fmt: skip
def test_ages_are_tried_with_nobody_of_a_sex_and_without_their_end(
    says: dict[str, Any], values: list[Any]
) -> None:
    assert tried(Age, {"clause": "三"} | says) == values


def test_what_is_made_good_what_a_blank_means_and_a_discount_are_tried_otherwise() -> None:
    back = {"clause": "五", "start": "fulfilled", "retroactive_limit": 3}
    assert tried(Payable, back) == [("补发以前 3 个月这一期没有用上", {"retroactive_limit": 0})]
    assert tried(Payable, back | {"retroactive_limit": 0}) == tried(Payable, {"clause": "五"}) == []
    unapproved = "审批日期空白怎样算（unapproved）这一期没有用上"
    for blank in ("refuse", "set_aside"):
        assert tried(Payable, {"clause": "五", "unapproved": blank}) == [
            (unapproved, {"unapproved": "accept"})
        ]
    assert tried(CountedPost, {"name": "会计", "discount": "1/2"}) == [
        ("“会计”的折算（discount）这一期没有用上", {"discount": None})
    ]
    assert tried(CountedPost, {"name": "会计", "discount": 0}) != tried(CountedPost, {"name": "会计"}) == []
