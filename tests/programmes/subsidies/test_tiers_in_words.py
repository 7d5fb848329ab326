"""Tiers in words, several posts, and sums that fall to no month of the period."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Per
from sanchuang_cli.domain.entitlement.tariff import Case, Standard
from sanchuang_cli.domain.months import EVER, NEVER, number
from tests.programmes.people import CADRE, TWENTY, Result, member, run, yuan_of
from tests.programmes.subsidies.tariffs import APRIL, amount, tariff, told

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
