"""What the blocks of an amount can say: each thing that would be half said, or said twice, is refused, and what is next to it taken."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Amount, Tier, When
from tests.domain.entitlement.test_blocks import refuses

# ------------------------------------------------------------------ tiers

ERAS: dict[str, Any] = {"eras": [{"before": date(1993, 1, 1), "each": 3}, {"each": 5}]}
TWO_DAYS = [{"before": date(1983, 1, 1), "each": 1}, {"before": date(1993, 1, 1), "each": 3}, {"each": 5}]
FIXED = {"rate_column": "地方定补标准", "rate_at_least": 100}
NO_FIGURE = "一档里应写 rate（标准）、rate_column（标准在名册的哪一列）或 each（每年、每届加多少）"
TWO_RATES = "rate（标准）与 rate_column（标准在名册的哪一列）只能写一个"
NO_RANGE = "rate_column（标准在名册的哪一列）与 rate_at_least、rate_at_most（核定的范围，都含本数）应同时写明"
ONE_ERA = "eras 至少两段，从早到晚：前面的各写 before（到哪天以前），最后一段不写"
NO_ORDER = "eras 应按 before 从早到晚排列，不重复"
ERAS_ALONE = "写了 eras（前后各段每年多少）就不写 each、after、every"


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({}, NO_FIGURE), ({"at_least": 5, "cap": 80}, NO_FIGURE), (FIXED | {"rate": 100}, TWO_RATES), (FIXED | {"rate": 0}, TWO_RATES),
        ({"rate_column": "地方定补标准"}, NO_RANGE), ({"rate": 100, "rate_at_least": 100}, NO_RANGE), ({"rate": 100, "rate_at_most": 0}, NO_RANGE),
        (FIXED | {"rate_at_most": 99}, "rate_at_least（不低于）大于 rate_at_most（不高于）"), ({"rate": 100, "every": 3}, "写了 every（每几年、几届）就要写 each"),
        ({"rate": 100, "every": 1}, "写了 every（每几年、几届）就要写 each"), ({"at_least": date(1990, 1, 1), "each": 5}, "按日期分档时不能写 each"),
        ({"at_least": date(1990, 1, 1), "each": 0}, "按日期分档时不能写 each"), ({"eras": [{"each": 5}]}, ONE_ERA),
        ({"eras": [{"before": date(1993, 1, 1), "each": 3}]}, ONE_ERA), ({"eras": [{"each": 3}, {"each": 5}]}, ONE_ERA),
        ({"eras": [ERAS["eras"][0], ERAS["eras"][0] | {"before": date(1999, 1, 1)}]}, ONE_ERA),
        ({"eras": [TWO_DAYS[1], TWO_DAYS[0], TWO_DAYS[2]]}, NO_ORDER), ({"eras": [TWO_DAYS[0], TWO_DAYS[0], TWO_DAYS[2]]}, NO_ORDER),
        (ERAS | {"each": 5}, ERAS_ALONE), (ERAS | {"after": 5}, ERAS_ALONE), (ERAS | {"every": 2}, ERAS_ALONE),
    ],
)  # fmt: skip
def test_a_tier_has_one_figure_and_all_of_it(says: dict[str, Any], said: str) -> None:
    refuses(Tier, says, said)


@pytest.mark.parametrize(
    "says",
    [
        {"rate": 0}, {"each": 0}, {"rate": 100, "each": 5, "after": 5, "every": 2}, FIXED, FIXED | {"rate_at_most": 100}, FIXED | {"each": 5},
        {"rate_column": "地方定补标准", "rate_at_most": 0}, {"at_least": date(1990, 1, 1), "rate": 5}, ERAS, ERAS | {"rate": 100}, {"eras": TWO_DAYS},
        ERAS | FIXED, {"at_least": 5, "each": 5},
    ],
)  # fmt: skip
def test_a_tier_may_have_a_figure_and_something_for_every_year(says: dict[str, Any]) -> None:
    assert Tier.model_validate(says)


@pytest.mark.parametrize(
    ("says", "pays", "prices"),
    [
        ({"rate": 100}, "书记、主任、会计", "书记、主任、会计"),
        ({"rate": 100, "posts": ["主任"]}, "主任", "书记、主任、会计"),
        ({"rate": {"书记": 1, "主任": 2}}, "书记、主任", "书记、主任"),
        ({"rate": {"书记": 1, "主任": 2}, "posts": ["主任"]}, "主任", "书记、主任"),
        ({"rate": {"书记": 1}, "each": {"主任": 2}}, "书记、主任", ""),
        ({"rate": 100, "each": {"主任": 2}}, "主任", "主任"),
        ({"eras": [{"before": date(1993, 1, 1), "each": {"会计": 3}}, {"each": 5}]}, "会计", "会计"),
    ],
)  # fmt: skip
def test_a_tier_is_for_the_posts_that_it_names_or_has_figures_for(
    says: dict[str, Any], pays: str, prices: str
) -> None:
    tier, posts = Tier.model_validate(says), ("书记", "主任", "会计")
    assert "、".join(filter(tier.pays, posts)) == pays
    assert "、".join(filter(tier.prices, posts)) == prices


def test_the_days_of_eras_are_those_on_which_one_ends() -> None:
    assert Tier.model_validate({"eras": TWO_DAYS}).era_ends == (date(1983, 1, 1), date(1993, 1, 1))
    assert Tier.model_validate({"rate": 1}).era_ends == ()


# ------------------------------------------------------------------ amounts

FLAT = {"clause": "六", "per": "month", "by": "nothing", "tier": [{"rate": 100}]}
SHARE = {"figures": "percent", "base_column": "地方定补标准"}
YEARLY = 'per = "year"）与 year_paid（"monthly" 或 "lump"）应同时写明'
LUMP = 'year_paid = "lump" 与 payment_month（几月发）应同时写明'
COLUMN = 'by = "years_since" 或 "column" 与 column（哪一列）应同时写明'
BASE = "或 base_benefit（哪一项补贴）应同时写明"
ONE_BASE = "base（基数名）、base_column（哪一列）、base_benefit（哪一项补贴）只能写一个"
OWN_BASE = "base_at_least、base_at_most（低于、高于它的按它算）只和 base_column（基数在哪一列）一起写"
ROUND_AT = 'round_at 里写了 "index"、"before_top_up" 的，要有 index（上调）、top_up（补差）'
EDGES = 'by = "{}" 的各档不写 at_least、below，也没有 above_top'
WAYS = 'by = "ways"（连续多少或者累计多少）与各档的 ways 应同时写明'
WHICH = 'by = "nothing" 有几个标准的，要用 posts（职务）或 when（条件）分开，只有最后一个可以不写'
WAY = {"ways": [{"count": "union", "at_least_months": 60}]}
RAISED = [{"clause": "八", "effective": date(2027, 1, 1), "percent": 5}]
TOP_UP = [{"clause": "九", "column": "已领养老金", "per": "month"}]
WHEN = {"name": "优抚", "clause": "四", "column": "优抚对象", "must_be": True}
EXACT = "写了 round_at（在哪一步取整）就要写 round（怎样取整）"


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({"per": "year"}, YEARLY), ({"year_paid": "monthly"}, YEARLY), ({"per": "once", "year_paid": "monthly"}, YEARLY),
        ({"tier": [{"rate": 100, "when": WHEN, "per": "year"}, {"rate": 9}]}, YEARLY),
        ({"per": "year", "year_paid": "lump"}, LUMP), ({"per": "year", "year_paid": "monthly", "payment_month": 12}, LUMP), ({"payment_month": 12}, LUMP),
        ({"by": "column"}, COLUMN), ({"by": "years_since"}, COLUMN), ({"column": "入党日期"}, COLUMN), ({"by": "age", "column": "入党日期"}, COLUMN),
        ({"figures": "percent"}, BASE), ({"figures": "multiple"}, BASE), ({"base": "低保"}, BASE), ({"base_benefit": "另一项"}, BASE),
        ({"base_column": "地方定补标准"}, BASE), ({"tier": [{"rate": 1, "figures": "percent"}]}, BASE), (SHARE | {"tier": [{"rate": 1, "figures": "yuan", "base": "低保"}]}, BASE),
        (SHARE | {"base": "低保"}, ONE_BASE), (SHARE | {"base_benefit": "另一项"}, ONE_BASE), ({"figures": "percent", "base": "低保", "base_benefit": "另一项"}, ONE_BASE),
        ({"base_at_least": 0}, OWN_BASE), ({"figures": "percent", "base": "低保", "base_at_most": 9}, OWN_BASE),
        (SHARE | {"base_at_least": 101, "base_at_most": 100}, "base_at_least 大于 base_at_most"),
        ({"round_at": ["end"]}, EXACT), ({"round_at": ["index"], "index": RAISED}, EXACT),
        ({"round": "down", "round_at": ["index"]}, ROUND_AT), ({"round": "down", "round_at": ["before_top_up", "end"]}, ROUND_AT),
        ({"round": "down", "round_at": ["index"], "top_up": TOP_UP}, ROUND_AT), ({"round": "down", "round_at": ["before_top_up"], "index": RAISED}, ROUND_AT),
        ({"effective": date(2020, 1, 1), "until": date(2019, 12, 31)}, "until 2019-12-31 早于 effective 2020-01-01"),
        ({"tier": [{"rate": 1, "at_least": 5}]}, EDGES.format("nothing")), ({"tier": [{"rate": 1, "below": 0}]}, EDGES.format("nothing")),
        ({"above_top": "nothing"}, EDGES.format("nothing")), ({"by": "ways", "tier": [{"rate": 1, "at_least": 0, **WAY}]}, EDGES.format("ways")),
        ({"by": "ways"}, WAYS), ({"by": "ways", "tier": [{"rate": 1, **WAY}, {"rate": 2}]}, WAYS), ({"by": "tenure", "tier": [{"rate": 1}, {"rate": 1, **WAY}]}, WAYS),
        ({"tier": [{"rate": 1}, {"rate": 2}]}, WHICH), ({"tier": [{"rate": 1, "when": WHEN}, {"rate": 2}, {"rate": 3}]}, WHICH),
    ],
)  # fmt: skip
def test_an_amount_that_leaves_open_by_what_or_when_it_is_paid_is_refused(
    says: dict[str, Any], said: str
) -> None:
    refuses(Amount, FLAT | says, said)


@pytest.mark.parametrize(
    "says",
    [
        {}, {"per": "year", "year_paid": "monthly"}, {"per": "year", "year_paid": "lump", "payment_month": 1}, {"per": "once"},
        {"year_paid": "monthly", "tier": [{"rate": 100, "when": WHEN, "per": "year"}, {"rate": 9}]},
        {"by": "column", "column": "入党日期"}, {"by": "years_since", "column": "入党日期"}, {"by": "age"}, SHARE, {"figures": "multiple", "base": "低保"},
        {"figures": "percent", "base_benefit": "另一项"}, SHARE | {"base_at_least": 0}, SHARE | {"base_at_least": 100, "base_at_most": 100},
        {"tier": [{"rate": 1, "figures": "percent", "base": "低保"}]}, SHARE | {"tier": [{"rate": 1, "figures": "yuan"}]},
        {"round": "down", "round_at": ["tier", "end"]}, {"round": "up", "round_at": ["index"], "index": RAISED},
        {"round": "half_up", "round_at": ["before_top_up"], "top_up": TOP_UP}, {"effective": date(2020, 1, 1), "until": date(2020, 1, 1)},
        {"until": date(2020, 1, 1)}, {"by": "ways", "tier": [{"rate": 1, **WAY}]}, {"by": "tenure", "tier": [{"rate": 1, "at_least": 0}], "above_top": None},
        {"tier": [{"rate": 1, "when": WHEN}, {"rate": 2, "posts": ["书记"]}, {"rate": 3}]},
    ],
)  # fmt: skip
def test_an_amount_that_says_by_what_and_when_it_is_paid_is_taken(says: dict[str, Any]) -> None:
    assert Amount.model_validate(FLAT | says)


def test_all_that_is_wrong_with_an_amount_is_told_at_once() -> None:
    refuses(Amount, FLAT | {"per": "year", "column": "入党日期"}, f"应同时写明；{COLUMN}")


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2021, 12, 31), True),
        (date(2022, 1, 1), False),
    ],
)
def test_an_amount_is_in_force_on_its_first_and_its_last_day(on: date, in_force: bool) -> None:
    dated = Amount.model_validate(FLAT | {"effective": date(2020, 1, 1), "until": date(2021, 12, 31)})
    assert dated.in_force(on) is in_force
    assert Amount.model_validate(FLAT).in_force(on)


def test_what_an_amount_names_is_told_each_once() -> None:
    more = {"name": "另加", "clause": "七", "rate": 20, "when": WHEN, "times_column": "立功次数"}
    other = {"name": "改发", "clause": "七", "rate": 5, "when": [WHEN | {"column": "离退休待遇"}]}
    once = {"name": "抵扣", "clause": "九", "column": "已领补助"}
    says = {
        "by": "column", "column": "入党日期", **SHARE, "supplement": [more], "instead": [other], "top_up": TOP_UP, "set_off": [once],
        "tier": [{"rate": 1, "when": WHEN | {"column": "困难台账"}}, {"rate_column": "核定", "rate_at_least": 1, "per": "once", "figures": "percent", "base": "低保"}],
    }  # fmt: skip
    amount = Amount.model_validate(FLAT | says)
    assert amount.columns == [
        "入党日期", "地方定补标准", "核定", "立功次数", "困难台账", "优抚对象", "离退休待遇", "已领养老金", "已领补助",
    ]  # fmt: skip
    assert [[test.column for test in some] for some in amount.whens] == [
        ["困难台账"],
        [],
        ["优抚对象"],
        ["离退休待遇"],
    ]
    assert [test.column for test in amount.conditions] == ["困难台账", "优抚对象", "离退休待遇"]
    assert (amount.bases, amount.all_per) == (["低保"], {"month", "once"})
    twice = {
        "figures": "percent",
        "base": "收入",
        "tier": [{"rate": 1}, {"rate": 1, "base": "低保"}, {"rate": 1, "base": "收入"}],
    }
    assert Amount.model_validate(FLAT | {"by": "age", **twice}).bases == ["收入", "低保"]


# ------------------------------------------------------------------ what a blank means within an amount


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ({}, "“优抚对象”空白算不满足（没有写 blank，照缺省）"), ({"blank": "refuse"}, "“优抚对象”空白算不满足"), ({"blank": "accept"}, "“优抚对象”空白算满足"),
        ({"blank": "set_aside"}, "“优抚对象”空白整行待核实"), ({"must_be": None, "filled": True}, "“优抚对象”空白就是没有填"),
        ({"active": False}, "没有启用（active = false），不看这一条"), ({"must_be": None, "column": "", "male": 60, "female": 60}, "按身份证号，没有空白"),
    ],
)  # fmt: skip
def test_what_a_blank_cell_means_within_an_amount_is_said(says: dict[str, Any], said: str) -> None:
    whole = {key: value for key, value in (WHEN | says).items() if value is not None}
    assert When.model_validate(whole).of_blank == said
