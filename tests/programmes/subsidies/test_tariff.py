"""The arithmetic of a standard, line by line, and what is said where nothing falls to the period."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Amount, Per
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.tariff import Case, Standard, Tariff
from sanchuang_cli.domain.months import EVER, NEVER, number
from sanchuang_cli.finding import UserError
from sanchuang_cli.period import Month
from tests.programmes.people import CADRE, TWENTY, Result, cadre, member, run, yuan_of

APRIL = number(date(2026, 4, 1))
WAGE = Base.model_validate(
    {
        "name": "最低工资",
        "clause": "第八条",
        "values": [
            {"effective": date(2025, 1, 1), "amount": 1000},
            {"effective": date(2026, 5, 1), "amount": 1200},
        ],
    }
)
PENSIONER = {"name": "养老金", "clause": "", "column": "已领养老金", "filled": True}


def tariff(unit: str = "年", **fields: Any) -> Tariff:
    whole = {"clause": "甲条", "per": "month", "by": "tenure", **fields}
    return Tariff("补贴", Amount.model_validate(whole), {WAGE.name: WAGE}, unit)


def told(of: Tariff, at: int = APRIL, **case: Any) -> tuple[int, str, list[str]]:
    """Fen, the tier's words, the lines of arithmetic."""
    case.setdefault("key", case.get("units"))
    standard = of.standard((Case(**case),), at)
    assert standard
    return standard.fen, standard.label, [str(step) for step in standard.steps]


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


# ---------------------------------------------------------------- tiers in words


@pytest.mark.parametrize(
    ("unit", "low", "high", "words"),
    [
        ("年", None, None, "不分档"),
        ("年", 10, 15, "满10年不满15年"),
        ("年", 10, None, "满10年以上"),
        ("年", None, 10, "不满10年"),
        ("年", 0, 10, "不满10年"),
        ("年", "109/12", None, "满9年1个月以上"),
        ("年", "1/2", 1, "满6个月不满1年"),
        ("年", "1/7", None, "满(1/7)年以上"),
        ("届", 3, None, "满3届以上"),
        ("届", "7/2", None, "满3.5届以上"),
        ("", 3, None, "满3以上"),
        ("%", 10, 30, "满10%不满30%"),
    ],
)
def test_a_tier_in_words(unit: str, low: Any, high: Any, words: str) -> None:
    edges = {name: edge for name, edge in (("at_least", low), ("below", high)) if edge is not None}
    of = tariff(unit, tier=[{**edges, "rate": 1}])
    assert of.named(of.amount.tier[0], Case()) == words
    units = Fraction(low if low is not None else 0)
    assert told(of, units=units)[1] == words


def test_days_as_edges_in_words() -> None:
    days = {"by": "column", "column": "入党日期"}
    tiers = [
        {"below": date(1937, 7, 7), "rate": 3},
        {"at_least": date(1937, 7, 7), "below": date(1945, 9, 3), "rate": 2},
        {"at_least": date(1945, 9, 3), "rate": 1},
    ]
    of = tariff("", **days, tier=tiers)
    assert [told(of, key=date(year, 9, 3))[1] for year in (1930, 1944, 1945)] == [
        "1937-07-07前",
        "1937-07-07起1945-09-03前",
        "1945-09-03起",
    ]


def test_a_tier_names_its_post() -> None:
    tiers = [
        {"at_least": 5, "below": 10, "posts": ["主任"], "rate": 1},
        {"at_least": 10, "rate": {"书记": 3, "主任": 2}},
    ]
    of = tariff(tier=tiers)
    low, high = of.amount.tier
    assert of.named(low, Case("主任")) == "主任 满5年不满10年"
    assert of.named(high, Case("书记")) == "书记 满10年以上"


def test_a_tier_whose_condition_fails_is_passed_over() -> None:
    when = {"name": "困难", "clause": "", "column": "困难", "must_be": True}
    of = tariff(by="nothing", tier=[{"rate": 2, "when": when}, {"rate": 1}])
    assert told(of) == (2_00, "困难", ["困难 标准：2 元/月"])
    assert told(of, barred=(0,)) == (1_00, "不分档", ["不分档 标准：1 元/月"])
    assert of.standard((Case(barred=(0, 1)),), APRIL) is None


def test_who_has_nothing_to_go_by_is_in_no_tier_with_an_edge() -> None:
    assert tariff(tier=[{"below": 10, "rate": 1}]).standard((Case(),), APRIL) is None
    assert told(tariff(tier=[{"rate": 1}]))[0] == 1_00


# ---------------------------------------------------------------- several posts, months of a year


def of_fen(fen: int, per: Per = "month", payment_month: int | None = None, label: str = "甲") -> Standard:
    yearly: dict[str, Any] = {
        "year_paid": "lump" if payment_month else "monthly",
        "payment_month": payment_month,
    }
    tier = [{"rate": f"{fen}/100", "label": label}]
    standard = tariff(by="nothing", per=per, tier=tier, **(yearly if per == "year" else {})).standard(
        (Case(),), APRIL
    )
    assert standard
    return standard


TWO_POSTS = [
    {"posts": ["书记"], "each": "20.25", "label": "甲"},
    {"posts": ["会计"], "at_least": 2, "each": 10, "label": "乙"},
]
PENSION = {"column": "养老金", "clause": "补差", "per": "month"}


def told_of_both(
    as_secretary: int, as_accountant: int, more: dict[str, Any], **case: Any
) -> tuple[int, list[str]]:
    """The fen for so many years in two posts together, and the arithmetic after the posts' own lines."""
    held = (("书记", as_secretary), ("会计", as_accountant))
    cases = tuple(Case(post, years, years, **case) for post, years in held)
    standard = tariff(tier=TWO_POSTS, **more).standard(cases, APRIL)
    assert standard
    return standard.fen, [str(step) for step in standard.steps][2:]


def test_the_figures_of_several_posts_are_added() -> None:
    cases = (Case("书记", 4, 4), Case("会计", 3, 3))
    both = tariff(tier=TWO_POSTS, per="year", year_paid="lump", payment_month=11).standard(cases, APRIL)
    assert both
    assert (both.fen, both.per, both.payment_month, both.label) == (111_00, "year", 11, "甲、乙")
    assert [str(step) for step in both.steps] == [
        "甲 标准：20.25 × 4 = 81 元/年",
        "乙 标准：10 × 3 = 30 元/年",
        "各职务合计：81 + 30 = 111 元/年",
    ]


def test_a_post_below_its_lowest_tier_adds_nothing() -> None:
    standard = tariff(tier=TWO_POSTS).standard((Case("书记", 4, 4), Case("会计", 1, 1)), APRIL)
    assert standard
    assert (standard.fen, standard.label, len(standard.steps)) == (81_00, "甲", 1)
    assert tariff(tier=TWO_POSTS[1:]).standard((Case("书记", 4, 4), Case("会计", 1, 1)), APRIL) is None


@pytest.mark.parametrize(
    ("more", "case", "fen", "step"),
    [
        ({"cap": 100}, {}, 100_00, "封顶：取小(111, 100) = 100 元/月"),
        ({"minimum": 120}, {}, 120_00, "保底：取大(111, 120) = 120 元/月"),
        (
            {"supplement": [{"name": "低保", "clause": "", "rate": 50}]},
            {"times": (1,)},
            161_00,
            "低保：111 + 50 = 161 元/月",
        ),
        ({"top_up": [PENSION]}, {"others": (Fraction(60_00),)}, 51_00, "补差：取大(111 − 60, 0) = 51 元/月"),
    ],
)
def test_what_the_amount_says_of_a_person_is_worked_out_once_on_the_sum_of_the_posts(
    more: dict[str, Any], case: dict[str, Any], fen: int, step: str
) -> None:
    assert told_of_both(4, 3, more, **case) == (fen, ["各职务合计：81 + 30 = 111 元/月", step])


def test_the_sum_of_the_posts_is_rounded_and_not_its_parts() -> None:
    rounded = {"round": "up", "round_to": "yuan"}
    fen, steps = told_of_both(3, 2, rounded)  # 60.75 + 20
    assert (fen, steps[0]) == (81_00, "各职务合计：60.75 + 20 = 80.75 元/月")


def test_a_sum_paid_instead_is_paid_once_to_who_held_several_posts() -> None:
    when = {"name": "困难", "clause": "", "column": "困难", "must_be": True}
    of = tariff(tier=TWO_POSTS, instead=[{"name": "定额", "clause": "", "rate": 300, "when": when}])
    standard = of.standard((Case("书记", 4, 4, instead=0), Case("会计", 3, 3, instead=0)), APRIL)
    assert standard
    assert (standard.fen, standard.label) == (300_00, "定额")


@pytest.mark.parametrize(
    ("standard", "months"),
    [
        (of_fen(7), [7] * 12),
        (of_fen(7, "once"), [0, 0, 0, 7, *[0] * 8]),
        (of_fen(100, "year"), [8, 8, 9, 8, 8, 9, 8, 8, 9, 8, 8, 9]),
        (of_fen(100, "year", 11), [*[0] * 10, 100, 0]),
    ],
)
def test_what_falls_to_each_month_of_a_year(standard: Standard, months: list[int]) -> None:
    january = number(date(2026, 1, 1))
    assert [standard.of_month(january + i, january + 3) for i in range(12)] == months


def test_what_is_paid_again_and_again_ranks_before_what_is_paid_once() -> None:
    ranked = [of_fen(9_99, "once"), of_fen(10_00, "once"), of_fen(11, "year"), of_fen(1), of_fen(13, "year")]
    assert sorted(ranked, key=lambda standard: standard.rank) == ranked


# ---------------------------------------------------------------- nothing falls to the period


def why(result: Result) -> tuple[str, str, tuple[str, ...], int, int, str]:
    """The last failing clause of the one person refused."""
    assert result.set_aside == 0
    clause = result.refused[0].refused()[CADRE][-1]
    return clause.name, clause.citation, clause.columns, clause.first, clause.last, str(clause.said)


def amount(**fields: Any) -> Any:
    return cadre(amount={"clause": "第五条", **fields})


def test_a_sum_paid_once_is_not_paid_in_a_later_period() -> None:
    policy = amount(per="once", tier=[{"rate": 800}])
    person = member(born="1966-03-15", spells=TWENTY)
    assert yuan_of(run(person, policy=policy)) == 800
    seen = "一次性发放，应在首发月 2026-04 发"
    assert why(run(person, policy=policy, period="2026Q3")) == ("本期不是发放月", "第五条", (), NEVER, EVER, seen)  # fmt: skip


def test_a_yearly_sum_is_not_paid_before_its_month() -> None:
    policy = amount(per="year", year_paid="lump", payment_month=11, tier=[{"rate": 800}])
    seen = "按年发放，11月发"
    assert why(run(member(spells=TWENTY), policy=policy)) == ("本期不是发放月", "第五条", (), NEVER, EVER, seen)  # fmt: skip


def test_who_leaves_before_the_month_of_a_yearly_sum_is_told_so() -> None:
    policy = amount(per="year", year_paid="lump", payment_month=11, tier=[{"rate": 800}])
    dead = member(spells=TWENTY, died_on="2026-10-05")
    seen = "按年发放，2026-11发，那个月不成立：死亡日期 2026-10-05，自2026-11起停发"
    assert why(run(dead, policy=policy, period="2026Q4")) == ("健在（死亡日期）", "第一条第二款第五项", ("died_on",), NEVER, EVER, seen)  # fmt: skip
    pause = member(spells=TWENTY, suspended_from="2026-11", suspended_to="2026-11")
    assert why(run(pause, policy=policy, period="2026Q4"))[:3] == ("暂停发放", "第一条第四款", ("suspended_from", "suspended_to"))  # fmt: skip


def test_a_standard_of_nought_is_told_with_its_arithmetic() -> None:
    found = why(run(member(spells=TWENTY), policy=amount(tier=[{"each": 5, "after": 30}])))
    seen = "书记 标准：5 × 0 = 0 元/月"
    assert found == ("标准为零", "第五条", ("spells",), NEVER, EVER, seen)


TOPS = [
    {"clause": "第六条", "column": "已领养老金", "per": "month"},
    {"clause": "第七条", "column": "地方定补标准", "per": "month"},
]


@pytest.mark.parametrize(
    ("tops", "clause", "columns"),
    [
        (TOPS[:1], "第六条", ("pension",)),
        (TOPS, "第六条", ("pension",)),
        (TOPS[::-1], "第六条", ("pension",)),
    ],
)
def test_who_receives_as_much_elsewhere_is_told_so(
    tops: list[dict[str, Any]], clause: str, columns: tuple[str, ...]
) -> None:
    policy = amount(tier=[{"rate": 100}], top_up=tops)
    found = why(run(member(spells=TWENTY, pension=100_00), policy=policy))
    assert found == ("应补差额为零", clause, columns, NEVER, EVER, "补差：取大(100 − 100, 0) = 0 元/月")
    short = run(member(spells=TWENTY, pension=99_99), policy=policy, period="2026-04")
    assert short.fen == 1


def test_a_yearly_sum_that_is_topped_up_waits_for_its_month_all_the_same() -> None:
    lump = {"per": "year", "year_paid": "lump", "payment_month": 11}
    policy = amount(**lump, tier=[{"rate": 800}], top_up=TOPS[:1])
    assert why(run(member(spells=TWENTY, pension=1_00), policy=policy))[0] == "本期不是发放月"


@pytest.mark.parametrize(
    ("by", "columns", "seen"),
    [
        ({"by": "tenure"}, ("spells",), "认定 20 年，不在任何一档；最低一档为书记 满80年不满90年"),
        ({"by": "age"}, ("identity",), "认定 20 年，不在任何一档；最低一档为书记 满80周岁不满90周岁"),
    ],
)
def test_who_is_in_no_tier_is_told_the_lowest(
    by: dict[str, Any], columns: tuple[str, ...], seen: str
) -> None:
    tier = [{"at_least": 80, "below": 90, "rate": 1}, {"at_least": 90, "rate": 2}]
    found = why(run(member(spells=TWENTY), policy=amount(**by, tier=tier)))
    assert found == ("未达最低档", "第五条", columns, NEVER, EVER, seen)
