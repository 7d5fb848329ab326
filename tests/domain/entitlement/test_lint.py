"""What a document of payments shows to be wrong by itself: the one fault is named, and a rule that does decide something is let be."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement import lint
from sanchuang_cli.programmes.subsidies.policy import Subsidies

AMOUNT = {"clause": "六", "per": "month", "by": "nothing", "tier": [{"rate": 100}]}
SERVICE = {
    "clause": "四", "posts": [{"name": "书记"}, {"name": "主任"}], "accumulate": "union", "rounding": "full_years", "rate_post": "highest",
}  # fmt: skip
BY_YEARS = [{"at_least": 5, "below": 10, "rate": 200}, {"at_least": 10, "rate": 300}]
NETS: dict[str, Any] = {
    "name": "纯收入", "clause": "八", "by": ["乡镇"],
    "values": [
        {"effective": date(2020, 1, 1), "amounts": {"青禾镇": 18000, "河西镇": 12000}},
        {"effective": date(2026, 1, 1), "amounts": {"青禾镇": 20000}},
    ],
}  # fmt: skip


def faults(base: Any = (), column: Any = (), **says: Any) -> list[str]:
    """Of a benefit of 100 yuan a month, unless it says otherwise; without its name."""
    benefit = {
        "name": "补贴",
        "clause": "一",
        "page": "cadre",
        "payable": {"clause": "五"},
        "amount": [AMOUNT],
    }
    edition = Subsidies.model_validate(
        {
            "title": "试", "document": "试〔2020〕1号", "effective": date(2020, 1, 1),
            "base": list(base), "column": list(column), "benefit": [benefit | says],
        }
    )  # fmt: skip
    return [fault.removeprefix("“补贴”") for fault in lint.faults(edition)]


def paid(**says: Any) -> dict[str, Any]:
    return {"amount": [AMOUNT | says]}


def asks(name: str, **says: Any) -> dict[str, Any]:
    return {"name": name, "clause": f"{name}款", **says}


def income(name: str, **says: Any) -> dict[str, Any]:
    return asks(name, column="家庭年人均收入", **says)


def living(name: str, accept: list[str], refuse: list[str], **says: Any) -> dict[str, Any]:
    return asks(name, column="户口性质", accept=accept, refuse=refuse, **says)


def aged(name: str, male: int, female: int, **says: Any) -> dict[str, Any]:
    return asks(name, male=male, female=female, **says)


@pytest.mark.parametrize(
    ("conditions", "named"),
    [
        ([income("甲", at_least=3000, below=3000)], ["的条件“甲”（甲款）：at_least 不小于 below，没有一个数能满足"]),
        ([income("甲", at_least=1000), income("乙", below=5000)], []),
        ([income("甲", at_least=1000, blank="refuse"), income("乙", below=1000)], ["的条件“甲”（甲款）和“乙”（乙款）不能同时满足，没有人能领"]),
        ([income("甲", below=3000), income("乙", below=5000, blank="refuse")], []),
        ([living("甲", ["农村", "城郊"], ["城镇"]), living("乙", ["农村"], ["城郊", "城镇"])], ["的条件“甲”（甲款）从来决定不了什么：满足“乙”（乙款）的都满足它"]),
        ([living("甲", ["农村", "城郊"], ["城镇"]), living("乙", ["农村"], ["城郊"])], []),
        ([living("甲", ["农村"], ["城镇"], blank="refuse"), living("乙", ["城郊"], ["城镇"])], ["的条件“甲”（甲款）和“乙”（乙款）不能同时满足，没有人能领"]),
        ([aged("甲", 60, 55), aged("乙", 65, 60)], ["的条件“甲”（甲款）从来决定不了什么：满足“乙”（乙款）的都满足它"]),
        ([aged("甲", 60, 60), aged("乙", 65, 55)], []),
    ],
)  # fmt: skip
def test_of_two_conditions_on_one_thing_the_one_that_follows_from_the_other_is_named(
    conditions: list[Any], named: list[str]
) -> None:
    assert faults(condition=conditions) == named


@pytest.mark.parametrize(
    ("when", "named"),
    [
        (income("低", below=4000), ["标准里的“低”（低款）人人都满足，从来决定不了什么：条件“困难”（困难款）已经要求了"]),
        (income("低", below=1000), []),
        (income("高", at_least=3000), ["标准里的“高”（高款）没有人能满足：条件“困难”（困难款）要求的正相反"]),
        (living("农", ["农村"], []), []),
    ],
)  # fmt: skip
def test_a_condition_of_a_supplement_is_held_against_what_everybody_fulfils(
    when: Any, named: list[str]
) -> None:
    poor = income("困难", below=3000, blank="refuse")
    assert (
        faults(condition=[poor], **paid(supplement=[asks("另加", rate=20, when=when | {"blank": "refuse"})]))
        == named
    )


@pytest.mark.parametrize(
    ("male", "female", "named"),
    [
        (60, 55, ["的条件“年满”（年满款）从来决定不了什么：年龄（三）已经要求满 55 周岁"]),
        (60, 60, ["的年龄（三）从来决定不了什么：条件“年满”（年满款）要求的年龄更高"]),
        (55, 60, []),
    ],
)
def test_an_age_that_is_asked_for_twice_is_named(male: int, female: int, named: list[str]) -> None:
    age = {"clause": "三", "male": 60, "female": 55}
    assert faults(age=age, condition=[aged("年满", male, female)]) == named
    assert faults(age=age | {"mode": "year_difference"}, condition=[aged("年满", male, female)]) == []


def by_age(edge: int) -> dict[str, Any]:
    tiers = [{"below": edge, "rate": 100, "label": "低龄"}, {"at_least": edge, "rate": 200, "label": "高龄"}]
    return paid(by="age", tier=tiers)


@pytest.mark.parametrize(("first", "reached"), [("month_of", 54), ("month_after", 55), ("next_year", 55)])
def test_a_tier_below_the_age_that_a_condition_asks_for_is_named(first: str, reached: int) -> None:
    """Whoever is paid from the month of the birthday on is not full 55 in that month; later everybody is."""
    old, older = aged("年满", 60, 55, first=first), aged("又满", 60, 60, first=first)
    said = "的一档“低龄”（六）没有人够得到：条件“{}”（{}款）要满 {} 周岁"
    for edge in (54, 55, 56):
        named = [said.format("年满", "年满", 55)] if edge <= reached else []
        assert faults(condition=[old], **by_age(edge)) == named
    assert faults(condition=[old, older], **by_age(58))[-1] == said.format("又满", "又满", 60)


def test_an_age_that_neither_sex_has_is_named() -> None:
    assert faults(age={"clause": "三", "male": 999, "female": 999}) == [
        "的年龄（三）男女都写 999，没有人能领"
    ]
    assert faults(age={"clause": "三", "male": 999, "female": 60}) == []


@pytest.mark.parametrize(
    ("male", "female", "named"),
    [
        (600, 55, ["的年龄（三）写了 600 周岁，没有人到这个岁数：这一性别没有的写 999"]),
        (60, 111, ["的年龄（三）写了 111 周岁，没有人到这个岁数：这一性别没有的写 999"]),
        (60, 65, ["的年龄（三）女 65 周岁，男 60 周岁，女的反而晚：是不是写反了"]),
        (60, 60, []),
        (110, 110, []),
        (60, 999, []),
        (0, 60, []),
    ],
)
def test_an_age_that_is_hardly_meant_is_named(male: int, female: int, named: list[str]) -> None:
    assert faults(age={"clause": "三", "male": male, "female": female}) == named


TIMES = {"heading": "立功次数", "kind": "count"}
UNTIL = {"clause": "三", "male": 60, "female": 60, "until_male": 80, "until_female": 80}


@pytest.mark.parametrize(
    ("says", "named"),
    [
        ({"age": UNTIL} | paid(by="age", tier=[{"below": 80, "rate": 100}, {"at_least": 80, "rate": 200, "label": "高龄"}]), "的一档“高龄”（六）没有人够得到：年龄（三）到 80 周岁为止"),
        ({"condition": [income("困难", below=3000)]} | paid(by="column", column="家庭年人均收入", tier=[{"below": 3000, "rate": 200}, {"at_least": 3000, "rate": 100}]), "的一档“3000 起”（六）没有人够得到：条件“困难”（困难款）已经把它排除"),
        ({"service": SERVICE} | paid(by="tenure", tier=[BY_YEARS[0], BY_YEARS[1] | {"rate": 200}]), "的两档“5 起、不满 10”、“10 起”（六）一样多，中间这条线从来决定不了什么"),
        ({"service": SERVICE} | paid(tier=[{"rate": {"书记": 100, "主任": 150}}]), "的一档“不分档”（六）书记 100，比主任的 150 还少"),
        ({"service": SERVICE} | paid(by="tenure", tier=[{"at_least": 5, "rate": 100, "each": 10, "cap": 90}]), "的一档“5 起”的最高 90 不高于它的标准 100，每年加的从来用不上"),
        (paid(cap=120, minimum=150), "的保底 150（六）高于封顶 120"),
        (paid(minimum=120), "的保底 120（六）不低于最高一档的 100：人人都按保底发，各档从来决定不了什么"),
        (paid(supplement=[asks("优抚", rate=20, most=30)]), "的“优抚”（优抚款）最多 30 从来用不上：只加 20"),
        ({"age": UNTIL} | paid(supplement=[asks("高龄", rate=20, age_at_least=80)]), "的“高龄”（高龄款）满 80 周岁没有人够得到：年龄（三）到 80 周岁为止"),
        (paid(until=date(2030, 12, 31), index=[{"clause": "八", "effective": date(2031, 1, 1), "percent": 5}]), "的上调（八）2031-01-01 起，标准到 2030-12-31 就止了，从来用不上"),
    ],
)  # fmt: skip
def test_what_nobody_reaches_and_what_decides_nothing_of_an_amount_is_named(says: Any, named: str) -> None:
    ends = [fault for fault in faults(**says) if "以后没有标准" not in fault]
    assert ends == [named]


@pytest.mark.parametrize(
    "says",
    [
        {"age": UNTIL} | paid(supplement=[asks("高龄", rate=20, age_at_least=70)]),
        {"age": UNTIL} | paid(by="age", tier=[{"below": 70, "rate": 100}, {"at_least": 70, "rate": 200}]),
        {"service": SERVICE} | paid(tier=[{"rate": {"书记": 150, "主任": 100}}]),
        {"service": SERVICE} | paid(tier=[{"rate": {"书记": 150, "主任": 0}}]),
        {"service": SERVICE} | paid(by="tenure", tier=[{"at_least": 5, "rate": 100, "each": 10, "cap": 300}]),
        {"service": SERVICE} | paid(by="tenure", tier=BY_YEARS, cap=250, minimum=220),
        paid(minimum=120, supplement=[asks("优抚", rate=50)]),
        {"column": [TIMES]} | paid(supplement=[asks("立功", rate=20, times_column="立功次数", most=30)]),
        paid(index=[{"clause": "八", "effective": date(2031, 1, 1), "percent": 5}]),
        {"condition": [income("困难", below=3000)]}
        | paid(
            by="column",
            column="家庭年人均收入",
            tier=[{"below": 1000, "rate": 200}, {"at_least": 1000, "rate": 100}],
        ),
    ],
)
def test_what_decides_something_for_somebody_is_let_be(says: Any) -> None:
    assert faults(**says) == []


RETIRED = {"name": "地税", "clause": "九", "values": [{"effective": date(2026, 1, 1), "amount": 501}]}
DOWN = [{"clause": "八", "effective": date(2027, 1, 1), "percent": -50}]
INSTEAD = [asks("改发", rate=500, when=income("高", at_least=3000))]
ERAS = [{"before": date(1993, 1, 1), "each": 3}, {"each": 5}]
TWO_POSTS = {"service": SERVICE | {"rate_post": "each_post"}}


@pytest.mark.parametrize(
    "says",
    [
        # two tiers that say something else of the sum
        {"service": SERVICE} | paid(by="tenure", tier=[{"below": 10, "each": 5}, {"at_least": 10, "each": 5, "every": 2}]),
        paid(by="age", tier=[{"below": 70, "rate_column": "地方定补标准", "rate_at_least": 50}, {"at_least": 70, "rate_column": "地方定补标准", "rate_at_least": 80}]),
        paid(by="age", tier=[{"below": 70, "rate_column": "地方定补标准", "rate_at_most": 50}, {"at_least": 70, "rate_column": "地方定补标准", "rate_at_most": 80}]),
        {"service": SERVICE} | paid(by="tenure", tier=[{"below": 10, "rate": 100}, {"at_least": 10, "rate": 100, "when": income("低", below=3000)}, {"at_least": 10, "rate": 300}]),
        # a figure that is no less with what is added to it, or of another base
        paid(by="age", tier=[{"below": 70, "rate": 100}, {"at_least": 70, "rate": 10, "each": 5}]),
        {"service": SERVICE} | paid(by="tenure", tier=[{"below": 10, "rate": 50, "eras": ERAS}, {"at_least": 10, "rate": 40, "eras": ERAS}]),
        {"base": [NETS | {"values": NETS["values"][:1]}]} | paid(by="age", tier=[{"below": 70, "rate": 100}, {"at_least": 70, "rate": 10, "figures": "percent", "base": "纯收入"}]),
        {"service": SERVICE} | paid(by="tenure", tier=[{"rate": {"书记": 100, "主任": 120}, "each": {"书记": 20, "主任": 10}}]),
        # limits beside what lowers a sum, and those of one post or of some people only
        paid(minimum=60, index=DOWN),
        paid(cap=80, index=DOWN),
        paid(cap=80, instead=INSTEAD),
        paid(minimum=120, instead=INSTEAD),
        paid(minimum=80, instead=INSTEAD),
        paid(cap=80, top_up=[{"clause": "九", "column": "已领养老金", "per": "month"}]),
        {"service": SERVICE} | paid(cap={"书记": 80}),
        {"service": SERVICE} | paid(minimum={"主任": 120}),
        {"service": SERVICE} | paid(minimum={"书记": 120}, cap={"主任": 90}),
        TWO_POSTS | paid(cap=150),
        TWO_POSTS | paid(minimum=150),
        # a most in yuan is no measure of a share
        {"base": [RETIRED], "service": SERVICE} | paid(by="tenure", figures="percent", base="地税", tier=[{"at_least": 5, "rate": 50, "each": 1, "cap": 40}]),
        {"service": SERVICE} | paid(by="tenure", tier=[{"at_least": 5, "rate": 100, "each": 10, "cap": {"书记": 90}}]),
    ],
)  # fmt: skip
def test_what_is_not_so_for_everybody_is_not_said(says: Any) -> None:
    assert [fault for fault in faults(**says) if "没有标准" not in fault] == []


def test_a_minimum_above_a_cap_is_not_called_idle_as_well() -> None:
    assert faults(**paid(cap=80, minimum=90)) == ["的保底 90（六）高于封顶 80"]
    more = paid(cap=80, minimum=90, supplement=[asks("优抚", rate=20, most=30)])
    assert faults(**more)[1:] == ["的“优抚”（优抚款）最多 30 从来用不上：只加 20"]
    by_post = paid(cap={"书记": 400, "主任": 110}, minimum={"主任": 120})
    assert faults(service=SERVICE, **by_post) == ["的保底 120（六）高于封顶 110"]


def test_a_cap_that_everybody_reaches_is_no_higher_than_the_lowest_tier() -> None:
    everybody = "的封顶 {}（六）不高于最低一档的 100：人人都按封顶发，各档从来决定不了什么"
    two = [{"below": 10, "rate": 100}, {"at_least": 10, "rate": 150}]
    assert faults(service=SERVICE, **paid(by="tenure", tier=two, cap=100)) == [everybody.format(100)]
    assert faults(**paid(cap=80)) == [everybody.format(80)]
    half = {"figures": "percent", "base": "地税", "tier": [{"rate": 50}], "effective": date(2026, 1, 1)}
    up = half | {"cap": Fraction("250.7"), "round": "up", "round_to": "yuan", "round_at": ["tier"]}
    named = everybody.format("250.7").replace("的 100", "的 251")
    assert [fault for fault in faults([RETIRED], **paid(**up)) if "没有标准" not in fault] == [named]


def test_a_limit_that_is_the_only_figure_itself_is_not_said_to_decide_for_the_tier() -> None:
    two = [{"below": 10, "rate": 50}, {"at_least": 10, "rate": 100}]
    assert faults(**paid(cap=100)) == faults(**paid(minimum=100)) == []
    everybody = "的保底 100（六）不低于最高一档的 100：人人都按保底发，各档从来决定不了什么"
    assert faults(service=SERVICE, **paid(by="tenure", tier=two, minimum=100)) == [everybody]


def test_a_minimum_that_a_lowered_sum_does_not_reach_either_is_named() -> None:
    assert faults(**paid(minimum=40, index=DOWN)) == ["的保底 40（六）从来用不上：最低也有 50"]


def test_a_claim_that_follows_from_a_condition_says_who_is_listed_as_not_paid() -> None:
    claim, condition = income("甲", below=5000, blank="refuse"), income("乙", below=3000, blank="refuse")
    assert faults(claim=[claim], condition=[condition]) == []
    (named,) = faults(claim=[condition], condition=[claim])
    assert named == "的条件“甲”（甲款）从来决定不了什么：满足“乙”（乙款）的都满足它"


@pytest.mark.parametrize(
    ("weak", "strong"),
    [
        (living("甲", ["农村", "城郊"], []), living("乙", ["农村"], ["城郊", "城镇"])),
        (income("甲", below=5000, blank="set_aside"), income("乙", below=3000, blank="refuse")),
        (aged("甲", 60, 60, leap_day="march"), aged("乙", 60, 60)),
        (asks("甲", column="优抚对象", must_be=True), asks("乙", column="优抚对象", must_be=False)),
    ],
)
def test_a_condition_for_which_rows_wait_or_which_comes_later_decides_something(
    weak: Any, strong: Any
) -> None:
    assert not [
        fault for fault in faults(condition=[weak, strong]) if "“甲”（甲款）从来决定不了什么" in fault
    ]


def test_an_age_with_an_end_decides_something_beside_a_higher_one() -> None:
    assert faults(age=UNTIL, condition=[aged("年满", 65, 65)]) == []
    leap = {"clause": "三", "male": 60, "female": 60, "leap_day": "march"}
    assert faults(age=leap, condition=[aged("年满", 65, 65)]) == []


def test_months_before_a_base_has_a_figure_are_those_of_the_amount_that_needs_it() -> None:
    share = AMOUNT | {"figures": "percent", "base": "地税", "tier": [{"rate": 50}]}
    early = share | {"effective": date(2019, 1, 1), "until": date(2021, 12, 31)}
    later = AMOUNT | {"effective": date(2022, 1, 1)}
    lacking = "2020-01-01 至 {} 没有标准：基数“地税”（九）从 2026-01-01 才有数"
    assert faults([RETIRED], amount=[early, later]) == [lacking.format("2021-12-31")]
    assert faults([RETIRED], amount=[share]) == [lacking.format("2025-12-31")]


def test_a_place_whose_figure_is_gone_from_a_later_year_is_named() -> None:
    share = paid(figures="percent", base="纯收入", tier=[{"rate": 1}])
    assert faults([NETS], **share) == ["基数“纯收入”（八）2026-01-01 起没有“河西镇”的数，从那时起没有标准"]
    kept = NETS | {"values": [NETS["values"][1] | {"effective": date(2020, 1, 1)}, *NETS["values"][1:]]}
    assert faults([kept], **share) == []
