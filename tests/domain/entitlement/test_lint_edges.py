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


def test_a_most_of_one_post_in_a_tier_is_none_of_the_others() -> None:
    tier = {"at_least": 5, "rate": 100, "cap": {"书记": 90}}
    assert faults(**by_years(tier, cap=101)) == [IDLE_CAP.format(101, 100)]
    assert faults(**by_years(tier, cap=100)) == []


INCOME = {"by": "column", "column": "家庭年人均收入"}


@pytest.mark.parametrize(
    ("asked", "edge", "low", "high"),
    [
        ({"at_least": 3000}, 3000, True, False), ({"at_least": 3000}, 3001, False, False), ({"below": 3000}, 3000, False, True),
        ({"below": 3000}, 2999, False, False), ({"at_least": 3000, "below": 5000}, 5000, False, True), ({"at_least": 3000, "below": 5000}, 2999, True, False),
        ({"at_least": 3000, "active": False}, 3000, False, False), ({"at_least": 3000, "column": "已领养老金"}, 3000, False, False),
    ],
)  # fmt: skip
def test_a_tier_by_a_column_that_a_condition_leaves_out_is_named_from_its_very_edge_on(
    asked: dict[str, Any], edge: int, low: bool, high: bool
) -> None:
    tiers = [{"below": edge, "rate": 100, "label": "低"}, {"at_least": edge, "rate": 200, "label": "高"}]
    condition = asks("困难", **{"column": "家庭年人均收入", **asked})
    said = "的一档“{}”（六）没有人够得到：条件“困难”（困难款）已经把它排除"
    told = faults(condition=[condition], **paid(**INCOME, tier=tiers))
    assert told == [said.format("低")] * low + [said.format("高")] * high


def test_a_tier_by_a_day_is_held_against_a_condition_on_days() -> None:
    day = date(1990, 1, 1)
    tiers = [{"below": day, "rate": 100, "label": "早"}, {"at_least": day, "rate": 200, "label": "晚"}]
    joined = paid(by="column", column="入党日期", tier=tiers)
    for asked, named in (({"below": day}, "晚"), ({"at_least": day}, "早")):
        (told,) = faults(condition=[asks("党龄", column="入党日期", **asked)], **joined)
        assert told == f"的一档“{named}”（六）没有人够得到：条件“党龄”（党龄款）已经把它排除"
    (same,) = faults(
        **paid(by="column", column="入党日期", tier=[tiers[0], tiers[1] | {"rate": 100, "label": ""}])
    )
    assert same == "的两档“早”、“1990-01-01 起”（六）一样多，中间这条线从来决定不了什么"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"below": 3000}, {"at_least": 3000}, True), ({"below": 3001}, {"at_least": 3000}, False), ({"at_least": 3000}, {"below": 3000}, True),
        ({"at_least": 2000, "below": 3000}, {"at_least": 3000, "below": 4000}, True), ({"at_least": 3000, "below": 4000}, {"at_least": 2000, "below": 3000}, True),
    ],
)  # fmt: skip
def test_two_spans_exclude_each_other_where_they_only_touch(
    one: dict[str, Any], other: dict[str, Any], apart: bool
) -> None:
    both = [
        asks(name, column="家庭年人均收入", blank="refuse", **edges)
        for name, edges in (("甲", one), ("乙", other))
    ]
    told = faults(condition=both)
    assert told == ["的条件“甲”（甲款）和“乙”（乙款）不能同时满足，没有人能领"] * apart


@pytest.mark.parametrize(
    ("weak", "strong", "idle"),
    [
        ({"at_least": 3000}, {"at_least": 3000}, True), ({"at_least": 3000}, {"at_least": 3001}, True), ({"below": 3000}, {"below": 3000}, True),
        ({"at_least": 3000}, {"at_least": 3001, "below": 9000}, True), ({"at_least": 3000, "below": 5000}, {"at_least": 3000}, True),
        ({"at_least": 3000, "below": 5000}, {"at_least": 4000, "below": 6000}, False),
    ],
)  # fmt: skip
def test_of_two_spans_the_one_that_lies_around_the_other_decides_nothing(
    weak: dict[str, Any], strong: dict[str, Any], idle: bool
) -> None:
    both = [asks(name, column="家庭年人均收入", **edges) for name, edges in (("甲", weak), ("乙", strong))]
    assert len(faults(condition=both)) == idle
