"""The arithmetic of a standard, line by line, and what is said where nothing falls to the period."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Per
from sanchuang_cli.domain.entitlement.tariff import Case
from sanchuang_cli.domain.months import number
from sanchuang_cli.finding import UserError
from sanchuang_cli.period import Month
from tests.programmes.people import TWENTY, member, run
from tests.programmes.subsidies.tariffs import APRIL, amount, tariff, told

PENSIONER = {"name": "养老金", "clause": "", "column": "已领养老金", "filled": True}


# ---------------------------------------------------------------- the figure of a tier


@pytest.mark.parametrize(
    ("tier", "units", "fen", "line"),
    [
        ({"rate": 100}, 12, 100_00, "满10年以上 标准：100 元/月"),
        ({"each": 5}, 12, 60_00, "满10年以上 标准：5 × 12 = 60 元/月"),
        ({"rate": 100, "each": 5}, 12, 160_00, "满10年以上 标准：100 + 5 × 12 = 160 元/月"),
        (
            {"rate": 100, "each": 5, "after": 10},
            12,
            110_00,
            "满10年以上 标准：100 + 5 × (12 − 10) = 110 元/月",
        ),
        ({"rate": 100, "each": 5, "after": 10}, 10, 100_00, "满10年以上 标准：100 + 5 × 0 = 100 元/月"),
        ({"rate": 100, "each": 5, "after": 15}, 12, 100_00, "满10年以上 标准：100 + 5 × 0 = 100 元/月"),
        ({"each": 5, "every": 5}, 12, 10_00, "满10年以上 标准：5 × ⌊12 ÷ 5⌋ = 10 元/月"),
        (
            {"rate": 1, "each": 5, "every": 5, "after": 2},
            12,
            11_00,
            "满10年以上 标准：1 + 5 × ⌊(12 − 2) ÷ 5⌋ = 11 元/月",
        ),
        (
            {"each": "2.5"},
            Fraction(25, 2),
            31_25,
            "满10年以上 标准：2.5 × 12.5 = 31.25 元/月",
        ),
        ({"rate": 100, "label": "老书记"}, 12, 100_00, "老书记 标准：100 元/月"),
        ({"rate": 100, "mark": "存疑"}, 12, 100_00, "存疑 满10年以上 标准：100 元/月"),
    ],
)
def test_the_figure_of_a_tier(tier: dict[str, Any], units: int | Fraction, fen: int, line: str) -> None:
    found = told(tariff(tier=[{"at_least": 10, **tier}]), units=units)
    assert found == (fen, line.partition(" 标准")[0], [line])


@pytest.mark.parametrize(
    ("by", "case", "line"),
    [
        ("tenure", {"units": 3, "key": 70}, "不分档 标准：2 × 3 = 6 元/月"),
        ("nothing", {"units": 3, "key": None}, "不分档 标准：2 × 3 = 6 元/月"),
        ("age", {"units": 3, "key": 70}, "不分档 标准：2 × 70 = 140 元/月"),
        ("years_since", {"units": 3, "key": 40}, "不分档 标准：2 × 40 = 80 元/月"),
        ("column", {"units": 3, "key": Fraction(1, 2)}, "不分档 标准：2 × 0.5 = 1 元/月"),
    ],
)
def test_so_much_for_each_counts_service_or_else_what_the_tiers_go_by(
    by: str, case: dict[str, Any], line: str
) -> None:
    column = {"column": "户数"} if by in ("years_since", "column") else {}
    assert told(tariff(by=by, **column, tier=[{"each": 2}]), **case)[2] == [line]


@pytest.mark.parametrize(
    ("fields", "tier", "line"),
    [
        (
            {"figures": "percent", "base": "最低工资"},
            {"rate": 30},
            "满10年以上 标准：1000 × 30 ÷ 100 = 300 元/月",
        ),
        ({"figures": "multiple", "base": "最低工资"}, {"rate": "1.5"}, "满10年以上 标准：1000 × 1.5 = 1500 元/月"),
        (
            {"figures": "percent", "base": "最低工资"},
            {"rate": 30, "each": 1},
            "满10年以上 标准：1000 × (30 + 1 × 12) ÷ 100 = 420 元/月",
        ),
        (
            {"figures": "multiple", "base": "最低工资"},
            {"rate": 1, "each": "0.1", "after": 10},
            "满10年以上 标准：1000 × (1 + 0.1 × (12 − 10)) = 1200 元/月",
        ),
        ({}, {"rate": 30, "figures": "percent", "base": "最低工资"}, "满10年以上 标准：1000 × 30 ÷ 100 = 300 元/月"),
    ],
)  # fmt: skip
def test_percentages_and_multiples_of_a_base(fields: dict[str, Any], tier: dict[str, Any], line: str) -> None:
    assert told(tariff(**fields, tier=[{"at_least": 10, **tier}]), units=12)[2] == [line]


def test_a_tier_in_yuan_leaves_the_base_of_the_others_alone() -> None:
    tiers = [{"below": 10, "rate": 80, "figures": "yuan"}, {"at_least": 10, "rate": 30}]
    both = tariff(figures="percent", base="最低工资", tier=tiers)
    assert told(both, units=9)[2] == ["不满10年 标准：80 元/月"]
    assert told(both, units=10)[2] == ["满10年以上 标准：1000 × 30 ÷ 100 = 300 元/月"]


@pytest.mark.parametrize(("month", "base"), [("2026-04", 1000), ("2026-05", 1200), ("2026-06", 1200)])
def test_a_month_has_the_base_in_force_on_its_first_day(month: str, base: int) -> None:
    of = tariff(figures="percent", base="最低工资", tier=[{"rate": 10}])
    at = number(date.fromisoformat(f"{month}-01"))
    assert told(of, at, units=1)[0] == base * 10
    assert of.bases["最低工资"].figure(Month.at(at)) == base


def test_before_its_first_value_a_base_is_unknown() -> None:
    of = tariff(figures="percent", base="最低工资", tier=[{"rate": 10}])
    assert of.has_base("最低工资", number(date(2024, 12, 1))) is False
    assert of.has_base("最低工资", number(date(2025, 1, 1))) is True


# ---------------------------------------------------------------- caps, supplements, indices, rounding


def test_lines_of_a_cap_of_a_tier_and_one_of_all() -> None:
    of = tariff(tier=[{"each": 10, "cap": 95}], cap=90)
    assert told(of, units=12) == (
        90_00,
        "不分档",
        [
            "不分档 标准：10 × 12 = 120 元/月",
            "封顶：取小(120, 95) = 95 元/月",
            "封顶：取小(95, 90) = 90 元/月",
        ],
    )
    assert told(of, units=9)[2] == ["不分档 标准：10 × 9 = 90 元/月"]
    assert told(tariff(tier=[{"each": 10, "cap": 90}]), units=9)[2] == ["不分档 标准：10 × 9 = 90 元/月"]


def test_lines_of_a_minimum() -> None:
    of = tariff(tier=[{"each": 10}], minimum=90)
    assert told(of, units=8)[2] == ["不分档 标准：10 × 8 = 80 元/月", "保底：取大(80, 90) = 90 元/月"]
    assert told(of, units=9)[2] == ["不分档 标准：10 × 9 = 90 元/月"]


SUPPLEMENTS = [
    {"name": "高龄", "clause": "", "rate": 30},
    {"name": "荣誉", "clause": "", "rate": 10, "figures": "percent"},
    {"name": "军龄", "clause": "", "rate": 20, "most": 50},
]


@pytest.mark.parametrize(
    ("which", "times", "lines"),
    [
        ("all", (1, 0, 0), ["高龄：200 + 30 = 230 元/月"]),
        ("all", (0, 1, 0), ["荣誉：200 + 20 = 220 元/月"]),
        ("all", (0, 2, 0), ["荣誉：200 + 40 = 240 元/月"]),
        ("all", (0, 0, 2), ["军龄：200 + 40 = 240 元/月"]),
        ("all", (0, 0, 3), ["军龄：200 + 50 = 250 元/月"]),
        (
            "all",
            (1, 1, 1),
            ["高龄：200 + 30 = 230 元/月", "荣誉：230 + 20 = 250 元/月", "军龄：250 + 20 = 270 元/月"],
        ),
        ("highest", (1, 1, 1), ["高龄：200 + 30 = 230 元/月"]),
        ("highest", (1, 1, 2), ["军龄：200 + 40 = 240 元/月"]),
        ("highest", (0, 0, 0), []),
        ("all", (0, 0, 0), []),
    ],
)
def test_lines_of_supplements(which: str, times: tuple[int, ...], lines: list[str]) -> None:
    of = tariff(by="nothing", tier=[{"rate": 200}], supplement=SUPPLEMENTS, supplements=which)
    assert told(of, times=times)[2][1:] == lines


@pytest.mark.parametrize(
    ("month", "lines"),
    [
        ("2026-03", []),
        ("2026-04", ["自2026-04-01上调 5%：200 × (100 + 5) ÷ 100 = 210 元/月"]),
        (
            "2026-06",
            [
                "自2026-04-01上调 5%：200 × (100 + 5) ÷ 100 = 210 元/月",
                "自2026-06-01下调 10%：210 × (100 − 10) ÷ 100 = 189 元/月",
            ],
        ),
    ],
)
def test_lines_of_indices(month: str, lines: list[str]) -> None:
    index = [
        {"clause": "", "effective": date(2026, 4, 1), "percent": 5},
        {"clause": "", "effective": date(2026, 6, 1), "percent": -10},
    ]
    of = tariff(by="nothing", tier=[{"rate": 200}], index=index)
    assert told(of, number(date.fromisoformat(f"{month}-01")))[2][1:] == lines


@pytest.mark.parametrize(
    ("way", "to", "fen", "line"),
    [
        ("down", "fen", 33_33, "取整：⌊(100/3) ÷ 0.01⌋ × 0.01 = 33.33 元/月"),
        ("down", "jiao", 33_30, "取整：⌊(100/3) ÷ 0.1⌋ × 0.1 = 33.3 元/月"),
        ("half_up", "yuan", 33_00, "取整：⌊(100/3) ÷ 1 + 1/2⌋ × 1 = 33 元/月"),
        ("up", "fen", 33_34, "取整：(−⌊−(100/3) ÷ 0.01⌋) × 0.01 = 33.34 元/月"),
    ],
)
def test_lines_of_rounding(way: str, to: str, fen: int, line: str) -> None:
    of = tariff(tier=[{"each": "10/3"}], round=way, round_to=to)
    assert told(of, units=10)[::2] == (fen, ["不分档 标准：(10/3) × 10 = (100/3) 元/月", line])


def test_what_is_whole_is_not_rounded() -> None:
    of = tariff(tier=[{"each": "10/3"}], round="up")
    assert told(of, units=3)[2] == ["不分档 标准：(10/3) × 3 = 10 元/月"]


def test_a_half_goes_up() -> None:
    of = tariff(tier=[{"each": "0.5"}], round="half_up", round_to="yuan")
    assert [told(of, units=units)[0] for units in (1, 2, 3)] == [100, 100, 200]


@pytest.mark.parametrize(
    ("rate", "figures", "fen", "lines"),
    [
        ("0.5", "yuan", 85_50, ["低保：85 + 0.5 = 85.5 元/月"]),
        (-50, "percent", 42_50, ["低保：85 − 42.5 = 42.5 元/月"]),
        (-85, "yuan", 0, ["低保：85 − 85 = 0 元/月"]),
        (-90, "yuan", 0, ["低保：85 − 90 = −5 元/月", "减至零：取大(−5, 0) = 0 元/月"]),
    ],
)
def test_a_supplement_is_added_or_taken_off_down_to_nought(
    rate: Any, figures: str, fen: int, lines: list[str]
) -> None:
    less = {"name": "低保", "clause": "", "rate": rate, "figures": figures}
    of = tariff(by="nothing", tier=[{"rate": 85}], supplement=[less])
    found = told(of, times=(1,))
    assert (found[0], found[2][1:]) == (fen, lines)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": [{"rate": -1}]},
        {"tier": [{"rate": {"书记": -1}}]},
        {"tier": [{"rate": 1, "each": -1}]},
        {"tier": [{"rate": 1, "cap": -1}]},
        {"cap": -1},
        {"minimum": -1},
        {"supplement": [{"name": "低保", "clause": "", "rate": 1, "most": -1}]},
        {"index": [{"clause": "", "effective": date(2026, 1, 1), "percent": -100}]},
        {"instead": [{"name": "定额", "clause": "", "rate": -1, "when": PENSIONER}]},
    ],
)
def test_a_figure_below_nought_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="greater than"):
        tariff(**({"tier": [{"rate": 1}]} | wrong))


INDICES = [
    {"clause": "", "effective": date(2025, 1, 1), "percent": 5},
    {"clause": "", "effective": date(2026, 1, 1), "percent": 5},
]
LESS_A_PENSION = [{"clause": "", "column": "已领养老金", "per": "month"}]


@pytest.mark.parametrize(
    ("points", "sums"),
    [
        (["end"], ["115.5", "121.275", "100.775", "101"]),
        (["index"], ["115.5", "116", "121.8", "122", "101.5"]),
        (["before_top_up"], ["115.5", "121.275", "121", "100.5"]),
        (["index", "end"], ["115.5", "116", "121.8", "122", "101.5", "102"]),
    ],
)
def test_a_document_says_after_which_steps_it_rounds(points: list[str], sums: list[str]) -> None:
    raised: dict[str, Any] = {
        "by": "nothing",
        "tier": [{"rate": 110}],
        "index": INDICES,
        "top_up": LESS_A_PENSION,
    }
    of = tariff(**raised, round="half_up", round_to="yuan", round_at=points)
    fen, _, lines = told(of, others=(Fraction(20_50),))
    assert [line.rpartition(" = ")[2].removesuffix(" 元/月") for line in lines[1:]] == sums
    assert fen == Fraction(sums[-1]) * 100


def test_the_figure_of_each_tier_is_rounded_before_those_of_several_posts_are_added() -> None:
    of = tariff(tier=[{"each": "0.5"}], round="half_up", round_to="yuan", round_at=["tier"])
    standard = of.standard((Case("书记", 1, 1), Case("会计", 3, 3)), APRIL)
    assert standard
    assert standard.fen == 3_00


def test_what_is_no_whole_fen_at_the_end_is_told_though_it_was_rounded_before() -> None:
    of = tariff(
        by="nothing",
        tier=[{"rate": 100}],
        supplement=[{"name": "另加", "clause": "", "rate": "1/3"}],
        round="up",
        round_at=["tier"],
    )
    with pytest.raises(UserError, match=r'算出 100\.333… 元，.*请在 round_at 里加上 "end"'):
        of.standard((Case(times=(1,)),), APRIL)


@pytest.mark.parametrize(("each", "shown"), [("10/3", "33.333…"), ("0.0105", "0.105"), ("1/30", "0.333…")])
def test_no_whole_fen_without_rounding_is_told_with_the_sum(each: str, shown: str) -> None:
    with pytest.raises(UserError) as told_:
        tariff(tier=[{"each": each}]).standard((Case(units=10, key=10),), APRIL)
    assert str(told_.value) == (
        f"“补贴”的标准算出 {shown} 元，不是整分，而政策没有写怎样取整。"
        '请在 amount 里写 round = "down"、"half_up" 或 "up"。'
    )


@pytest.mark.parametrize(
    ("per", "others", "lines"),
    [
        ("month", (60_00,), ["补差：取大(200 − 60, 0) = 140 元/月"]),
        ("month", (60_00, 0, 150_00), ["补差：取大(200 − 60, 0) = 140 元/月", "补差：取大(140 − 150, 0) = 0 元/月"]),
        ("year", (10_00,), ["补差：取大(200 − 120, 0) = 80 元/年"]),
        ("month", (0,), []),
    ],
)  # fmt: skip
def test_lines_of_what_another_payment_falls_short(
    per: Per, others: tuple[int, ...], lines: list[str]
) -> None:
    yearly = {"year_paid": "monthly"} if per == "year" else {}
    of = tariff(by="nothing", per=per, **yearly, tier=[{"rate": 200}])
    assert told(of, others=tuple(map(Fraction, others)))[2][1:] == lines


def test_a_fixed_sum_stands_in_place_of_the_tiers_and_is_topped_up_too() -> None:
    instead = [{"name": "五保", "clause": "", "rate": "88.8", "when": {"name": "五保", "clause": "", "column": "五保", "must_be": True}}]  # fmt: skip
    of = tariff(tier=[{"at_least": 10, "rate": 200}], instead=instead)
    assert told(of, units=1, instead=0) == (88_80, "五保", ["五保：88.8 元/月"])
    others = (Fraction(8_80),)
    assert told(of, units=1, instead=0, others=others)[::2] == (
        80_00,
        ["五保：88.8 元/月", "补差：取大(88.8 − 8.8, 0) = 80 元/月"],
    )
    assert told(of, units=12)[0] == 200_00


def test_a_supplement_is_paid_to_the_last_month_in_which_its_condition_holds() -> None:
    when = {"name": "在册", "clause": "例", "column": "列入台账日期", "stop": "month_after"}
    more = [{"name": "荣誉", "clause": "", "rate": 30, "when": when}]
    policy = amount(tier=[{"rate": 100}], supplement=more)
    person = member(spells=TWENTY, ledger_on="2026-05-10")
    assert [p.fen for p in run(person, policy=policy).paid[0].payments] == [130_00, 130_00, 100_00]


def test_the_figure_of_a_tier_is_paid_to_whom_lies_in_one_and_is_paid_nothing_instead() -> None:
    two = tariff(tier=[{"at_least": 10, "rate": 1}])
    reached, short = Case(units=10, key=10), Case(units=9, key=9)
    assert two.goes_by_a_tier((reached,))
    assert two.goes_by_a_tier((short, reached))
    assert not two.goes_by_a_tier((short,))
    assert not two.goes_by_a_tier((reached._replace(instead=0),))
    assert not two.goes_by_a_tier((reached._replace(barred=(0,)),))
