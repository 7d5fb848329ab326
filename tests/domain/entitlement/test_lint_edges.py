"""What the check of a document says of figures that just meet, and of those that just do not."""

from datetime import date
from typing import Any

import pytest

from tests.domain.entitlement.test_lint import AMOUNT, BY_YEARS, NETS, SERVICE, UNTIL, asks, faults, paid

ERAS = [{"before": date(1993, 1, 1), "each": 3}, {"each": 5}]
IDLE_CAP, EVERYBODY_CAP = "的封顶 {}（六）从来用不上：最高只有 {}", "的封顶 {}（六）不高于最低一档的 {}：人人都按封顶发，各档从来决定不了什么"  # fmt: skip
IDLE_MINIMUM, EVERYBODY_MINIMUM = "的保底 {}（六）从来用不上：最低也有 {}", "的保底 {}（六）不低于最高一档的 {}：人人都按保底发，各档从来决定不了什么"  # fmt: skip


def by_years(*tiers: dict[str, Any], **says: Any) -> dict[str, Any]:
    return {"service": SERVICE, **paid(by="tenure", tier=list(tiers or BY_YEARS), **says)}


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"cap": 301}, [IDLE_CAP.format(301, 300)]), ({"cap": 300}, []), ({"cap": 201}, []), ({"cap": 200}, [EVERYBODY_CAP.format(200, 200)]),
        ({"minimum": 199}, [IDLE_MINIMUM.format(199, 200)]), ({"minimum": 200}, []), ({"minimum": 299}, []),
        ({"minimum": 300}, [EVERYBODY_MINIMUM.format(300, 300)]), ({"minimum": 250, "cap": 250}, []),
        ({"minimum": 251, "cap": 250}, ["的保底 251（六）高于封顶 250"]), ({"minimum": 150, "cap": 150}, [EVERYBODY_CAP.format(150, 200)]),
        ({"minimum": 149, "cap": 150}, [EVERYBODY_CAP.format(150, 200), IDLE_MINIMUM.format(149, 150)]),
        ({"cap": {"书记": 200, "主任": 150}}, [EVERYBODY_CAP.format(200, 200)]), ({"cap": {"书记": 201, "主任": 150}}, []),
        ({"cap": {"书记": 400, "主任": 301}}, [IDLE_CAP.format(301, 300)]), ({"cap": {"书记": 400, "主任": 300}}, []),
        ({"cap": {"主任": 301}}, [IDLE_CAP.format(301, 300)]), ({"minimum": {"书记": 199, "主任": 100}}, [IDLE_MINIMUM.format(199, 200)]),
        ({"minimum": {"书记": 200, "主任": 100}}, []), ({"minimum": {"书记": 400, "主任": 300}}, [EVERYBODY_MINIMUM.format(300, 300)]),
        ({"minimum": {"书记": 400, "主任": 299}}, []), ({"minimum": {"书记": 400}}, []),
        ({"cap": 340, "supplement": [asks("另加", rate=50)]}, []), ({"cap": 360, "supplement": [asks("另加", rate=50)]}, []),
        ({"cap": 180, "supplement": [asks("扣减", rate=-50)]}, []), ({"minimum": 320, "supplement": [asks("另加", rate=50)]}, []),
        ({"minimum": 149, "supplement": [asks("扣减", rate=-50)]}, [IDLE_MINIMUM.format(149, 150)]), ({"minimum": 150, "supplement": [asks("扣减", rate=-50)]}, []),
    ],
)  # fmt: skip
def test_limits_are_called_idle_or_everybodys_from_the_figure_on_at_which_they_are(
    limits: dict[str, Any], said: list[str]
) -> None:
    assert faults(**by_years(**limits)) == said


@pytest.mark.parametrize(
    "more",
    [
        {"instead": [asks("改发", rate=5, when=asks("高", column="优抚对象", must_be=True))]},
        {"top_up": [{"clause": "九", "column": "已领养老金", "per": "month"}]},
        {"set_off": [{"name": "抵扣", "clause": "九", "column": "已领养老金"}]},
    ],
)
@pytest.mark.parametrize("limit", [{"cap": 200}, {"cap": 400}, {"minimum": 100}, {"minimum": 300}])
def test_where_some_are_paid_by_no_tier_or_less_than_all_nothing_is_said_of_limits(
    more: dict[str, Any], limit: dict[str, int]
) -> None:
    assert faults(**by_years(**limit, **more)) == []


@pytest.mark.parametrize(
    ("tier", "named"),
    [
        ({"rate": 100, "each": 5, "cap": 100}, True), ({"rate": 100, "each": 5, "cap": 101}, False), ({"rate": 100, "cap": 90}, False),
        ({"rate": 100, "eras": ERAS, "cap": 100}, True), ({"each": 5, "cap": 90}, False), ({"rate": {"书记": 120, "主任": 100}, "each": 5, "cap": 100}, True),
        ({"rate": {"书记": 120, "主任": 100}, "each": 5, "cap": 101}, False), ({"rate": 100, "each": 5, "cap": {"书记": 100, "主任": 90}}, True),
        ({"rate": 100, "each": 5, "cap": {"书记": 101, "主任": 90}}, False), ({"rate": 100, "each": 5, "cap": {"书记": 90}, "posts": ["书记"]}, True),
    ],
)  # fmt: skip
def test_a_most_that_the_rate_reaches_by_itself_leaves_nothing_for_the_years(
    tier: dict[str, Any], named: bool
) -> None:
    more = [] if "posts" not in tier else [{"at_least": 5, "rate": 100, "posts": ["主任"]}]
    told = [
        fault for fault in faults(**by_years({"at_least": 5, **tier}, *more)) if "每年加的从来用不上" in fault
    ]
    assert len(told) == named
    if named:
        most = max(tier["cap"].values()) if isinstance(tier["cap"], dict) else tier["cap"]
        assert told == [f"的一档“5 起”的最高 {most} 不高于它的标准 100，每年加的从来用不上"]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"rate": 20, "most": 20}, True), ({"rate": 20, "most": 21}, True), ({"rate": 20, "most": 19}, False), ({"rate": 20}, False),
        ({"rate": 20, "most": 30, "figures": "percent"}, False),
    ],
)  # fmt: skip
def test_a_most_of_what_is_added_is_idle_from_the_sum_itself_on(more: dict[str, Any], named: bool) -> None:
    said = f"的“优抚”（优抚款）最多 {more.get('most')} 从来用不上：只加 20"
    assert faults(**paid(supplement=[asks("优抚", **more)])) == [said] * named


@pytest.mark.parametrize(("age", "named"), [(59, True), (60, True), (61, False)])
def test_an_age_of_what_is_added_is_everybodys_up_to_the_age_from_which_all_are_paid(
    age: int, named: bool
) -> None:
    said = f"的“高龄”（高龄款）满 {age} 周岁人人都满足，从来决定不了什么：能领的都满 60 周岁"
    assert faults(age=UNTIL, **paid(supplement=[asks("高龄", rate=20, age_at_least=age)])) == [said] * named


# ------------------------------------------------------------------ figures that fall


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ({"rate": 100}, {"rate": 99}, "的一档“10 起”（六）99，比低一档的 100 还少"),
        ({"rate": {"书记": 100, "主任": 90}}, {"rate": {"书记": 110, "主任": 89}}, "的一档“10 起”，主任（六）89，比低一档的 90 还少"),
        ({"rate": {"书记": 100, "主任": 90}}, {"rate": {"书记": 99, "主任": 89}}, "的一档“10 起”，书记（六）99，比低一档的 100 还少"),
        ({"rate": 100}, {"rate": {"书记": 100, "主任": 99}}, "的一档“10 起”，主任（六）99，比低一档的 100 还少"),
        ({"rate": 100}, {"rate": 101}, None), ({"rate": 100, "each": 5}, {"rate": 50, "each": 5}, None),
        ({"rate": 100, "eras": ERAS}, {"rate": 50, "eras": ERAS}, None), ({"rate": 100}, {"rate": 50, "per": "once"}, None),
        ({"rate": 100}, {"rate": 50, "when": asks("高", column="优抚对象", must_be=True)}, None),
        ({"rate": {"书记": 100, "主任": 100}}, {"rate": {"书记": 100, "主任": 101}}, "的一档“10 起”（六）书记 100，比主任的 101 还少"),
        ({"rate": {"书记": 100, "主任": 100}}, {"rate": {"书记": 101, "主任": 101}}, None),
        ({"rate": {"书记": 100, "主任": 0}}, {"rate": {"书记": 101, "主任": 0}}, None),
    ],
)  # fmt: skip
def test_a_figure_that_is_less_than_that_of_a_lower_tier_or_post_is_named(
    low: dict[str, Any], high: dict[str, Any], said: str | None
) -> None:
    tiers = {"at_least": 5, "below": 10, **low}, {"at_least": 10, **high}
    assert faults(**by_years(*tiers)) == ([said] if said else [])


@pytest.mark.parametrize("by", ["tenure", "age", "years_since", "column"])
def test_figures_may_fall_with_what_stands_in_a_column_and_with_nothing_else(by: str) -> None:
    column = {"years_since": {"column": "入党日期"}, "column": {"column": "家庭年人均收入"}}.get(by, {})
    tiers = [{"below": 10, "rate": 100}, {"at_least": 10, "rate": 50}]
    told = faults(service=SERVICE, **paid(by=by, tier=tiers, **column))
    assert told == ["的一档“10 起”（六）50，比低一档的 100 还少"] * (by != "column")


# ------------------------------------------------------------------ months without a figure

FROM, NEXT = date(2020, 1, 1), date(2022, 1, 1)


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ([{"effective": FROM}], []),
        ([{"effective": date(2020, 1, 2)}], ["2020-01-01 至 2020-01-01 没有标准：文件 2020-01-01 起施行，第一个标准 2020-01-02 起"]),
        ([{"effective": date(2019, 1, 1)}], []),
        ([{"until": date(2021, 12, 31)}, {"effective": NEXT}], []),
        ([{"until": date(2021, 12, 30)}, {"effective": NEXT}], ["2021-12-31 至 2021-12-31 没有标准：上一个（六）到 2021-12-30 止，下一个（六）从 2022-01-01 起"]),
        ([{"until": date(2021, 12, 31)}], ["2022-01-01 以后没有标准：最后一个（六）到 2021-12-31 止"]),
        ([{"until": date(2021, 12, 31), "per": "once"}], []),
        ([{"until": date(2021, 12, 31), "index": [{"clause": "八", "effective": date(2021, 12, 31), "percent": 5}]}, {"effective": NEXT}], []),
        ([{"until": date(2021, 12, 31), "index": [{"clause": "八", "effective": NEXT, "percent": 5}]}, {"effective": NEXT}],
            ["的上调（八）2022-01-01 起，标准到 2021-12-31 就止了，从来用不上"]),
        ([{"effective": NEXT}, {"effective": FROM, "until": date(2021, 12, 31)}], []),
    ],
)  # fmt: skip
def test_days_for_which_a_document_has_no_figure_are_named_to_the_day(
    amounts: list[dict[str, Any]], said: list[str]
) -> None:
    assert faults(amount=[AMOUNT | one for one in amounts]) == said


def of_base(since: date, **says: Any) -> list[str]:
    base = {"name": "地税", "clause": "九", "values": [{"effective": since, "amount": 501}]}
    share = AMOUNT | {"figures": "percent", "base": "地税", "tier": [{"rate": 50}]} | says
    return [fault for fault in faults([base], amount=[share]) if "以后没有标准" not in fault]


@pytest.mark.parametrize(
    ("since", "says", "until"),
    [
        (FROM, {}, None), (date(2020, 1, 2), {}, "2020-01-01"), (date(2019, 1, 1), {}, None), (NEXT, {}, "2021-12-31"),
        (NEXT, {"until": date(2020, 6, 30)}, "2020-06-30"), (NEXT, {"until": date(2020, 1, 1)}, "2020-01-01"), (NEXT, {"effective": date(2019, 1, 1)}, "2021-12-31"),
    ],
)  # fmt: skip
def test_days_before_a_base_has_a_figure_are_named_as_far_as_the_amount_needs_it(
    since: date, says: dict[str, Any], until: str | None
) -> None:
    said = f"2020-01-01 至 {until} 没有标准：基数“地税”（九）从 {since} 才有数"
    assert of_base(since, **says) == ([said] if until else [])


# ------------------------------------------------------------------ what nothing looks at

MONEY = {"heading": "奖金", "kind": "money"}
UNUSED = "列“奖金”没有哪一条看它，也不印在花名册上"


def test_a_column_that_nothing_looks_at_is_named_unless_it_is_printed_or_tells_a_base_apart() -> None:
    assert faults(column=[MONEY]) == [UNUSED]
    assert faults(column=[MONEY | {"page": "cadre"}]) == []
    assert faults(column=[MONEY], condition=[asks("甲", column="奖金", filled=True)]) == []
    share = paid(figures="percent", base="纯收入", tier=[{"rate": 1}])
    kind = {"heading": "类别", "kind": "text"}
    same = {
        "name": "纯收入",
        "clause": "八",
        "by": ["类别"],
        "values": [{"effective": FROM, "amounts": {"甲": 1}}],
    }
    assert faults([same], [kind], **share) == []


def test_a_base_that_nothing_refers_to_is_named() -> None:
    same = NETS | {"values": NETS["values"][:1]}
    unused = "基数“纯收入”（八）没有哪一条用它，从来决定不了什么"
    assert faults([same]) == [unused]
    assert faults([same], **paid(figures="percent", base="纯收入", tier=[{"rate": 1}])) == []
    assert faults([same], condition=[asks("甲", column="家庭年人均收入", below_base="纯收入")]) == []
