"""What an amount looked at, one by one: which part, whether it changed the sum, its clause, its cells and its words."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.domain.people import Member
from tests.programmes.people import CADRE, TWENTY, cadre, changed, member, run, yuan_of
from tests.programmes.subsidies.sayable import NETS, by_ways, of_bases, share_of

CARED = {"name": "优抚", "clause": "第十条", "column": "优抚对象", "must_be": True}
RURAL = {"name": "农村", "clause": "第九条", "column": "户口性质", "accept": ["农村"], "refuse": ["城镇"]}
TIMES = {"heading": "立功次数", "kind": "count"}
FLAT = {"clause": "第五条", "by": "nothing", "tier": [{"rate": 100}]}


def looked_at(who: Member, policy: Any, benefit: str = CADRE) -> list[tuple[Any, ...]]:
    (decision,) = run(who, period="2026-06", policy=policy).decisions
    verdict = next(one for one in decision.verdicts if one.benefit.name == benefit)
    assert not verdict.troubles
    held = [(one.clause.first, one.clause.last) for one in verdict.looks()]
    assert held == [(EVER, NEVER) if one.applies else (NEVER, EVER) for one in verdict.looks()]
    return [
        (one.part, one.applies, one.clause.name, one.clause.citation, one.clause.columns, str(one.clause.said))
        for one in verdict.looks()
    ]  # fmt: skip


def flat(**amount: Any) -> Any:
    return cadre(amount=FLAT | amount)


# ------------------------------------------------------------------ bases


def test_a_base_of_the_persons_own_is_quoted_with_its_column() -> None:
    own = flat(figures="percent", base_column="地方定补标准")
    seen = ("基数", True, "基数", "第五条", ("local",), "“地方定补标准”200.00 元")
    assert looked_at(member(spells=TWENTY, local=200_00), own) == [seen]


def test_a_base_by_place_is_quoted_with_the_place_and_is_not_where_no_tier_is_reached() -> None:
    seen = ("基数", True, "基数", "三", ("township",), "“农民人均纯收入”（青禾镇）20000 元")
    assert looked_at(member(spells=TWENTY), share_of(NETS)) == [seen]
    tiers = [{"at_least": 30, "rate": 1, "when": CARED}]
    tall = of_bases(NETS, figures="percent", base=NETS["name"], tier=tiers)
    assert looked_at(member(spells=TWENTY, veteran=True), tall) == []


def test_the_base_that_a_tier_names_is_quoted_and_not_that_of_the_row() -> None:
    tiers = [{"rate": 1, "base": NETS["name"]}]
    named = of_bases(NETS, by="nothing", figures="percent", base_column="地方定补标准", tier=tiers)
    seen = ("基数", True, "基数", "三", ("township",), "“农民人均纯收入”（青禾镇）20000 元")
    assert looked_at(member(spells=TWENTY, local=100_00), named) == [seen]


def test_the_standard_of_another_benefit_is_quoted_as_a_base() -> None:
    def change(edition: dict[str, Any]) -> None:
        edition.update(exclusive=[], benefit=edition["benefit"][:1], effective=date(1990, 1, 1))
        more = {**edition["benefit"][0], "name": "护理补贴"}
        share = {"figures": "percent", "base_benefit": CADRE, "tier": [{"rate": 10}], "by": "nothing"}
        more["amount"] = [{"clause": "第六条", "per": "month", **share}]
        edition["benefit"].append(more)

    seen = ("基数", True, "基数", "第六条", (), f"“{CADRE}”按本人情况算出的标准 525 元")
    assert looked_at(member(spells=TWENTY), changed(change), "护理补贴") == [seen]


# ------------------------------------------------------------------ what is paid instead, and which tier


INSTEAD = [
    {"name": "困难", "clause": "第八条", "when": [CARED, {**CARED, "column": "困难台账", "name": "台账"}], "rate": 50},
    {"name": "城镇", "clause": "第七条", "when": [RURAL], "rate": 60},
    {"name": "退休", "clause": "第六条", "when": [{**CARED, "column": "离退休待遇"}], "rate": 70},
]  # fmt: skip


def test_what_is_paid_instead_is_looked_at_up_to_the_first_that_holds() -> None:
    poor = ("改发定额", False, "困难", "第八条", ("veteran", "hardship"), "优抚：“优抚对象”为“是”；台账：“困难台账”为“否”")  # fmt: skip
    town = ("改发定额", False, "城镇", "第七条", ("rural",), "“城镇”")
    retired = ("改发定额", False, "退休", "第六条", ("retired",), "“离退休待遇”为“否”")
    row: dict[str, Any] = {"spells": TWENTY, "veteran": True, "hardship": False}
    assert looked_at(member(**row, rural="城镇", retired=False), flat(instead=INSTEAD)) == [
        poor,
        town,
        retired,
    ]
    holds = ("改发定额", True, *town[2:5], "“农村”")
    assert looked_at(member(**row, rural="农村", retired=False), flat(instead=INSTEAD)) == [poor, holds]


def test_of_tiers_on_conditions_those_that_are_missed_are_told_before_the_one_that_is_paid() -> None:
    both = [RURAL, {**CARED, "clause": "第九条"}]
    tiers = [
        {"rate": 300, "when": both},
        {"rate": 200, "when": CARED},
        {"rate": 100, "when": RURAL},
        {"rate": 50},
    ]
    missed = ("分档条件", False, "农村、优抚", "第九条", ("rural", "veteran"), "农村：“城镇”；优抚：“优抚对象”为“是”")  # fmt: skip
    paid = ("分档条件", True, "优抚", "第十条", ("veteran",), "“优抚对象”为“是”")
    assert looked_at(member(spells=TWENTY, rural="城镇", veteran=True), flat(tier=tiers)) == [missed, paid]
    row = member(spells=TWENTY, rural="城镇", veteran=False)
    assert [one[:3] for one in looked_at(row, flat(tier=tiers))] == [
        ("分档条件", False, "农村、优抚"),
        ("分档条件", False, "优抚"),
        ("分档条件", False, "农村"),
    ]


def test_of_tiers_by_service_only_those_are_told_in_which_the_service_lies() -> None:
    low = {"at_least": 1, "below": 10, "rate": 100, "when": RURAL}
    tall = {"at_least": 10, "rate": 200, "when": CARED}
    policy = cadre(service={"ways": []}, amount={"clause": "第五条", "tier": [low, tall]})
    paid = ("分档条件", True, "优抚", "第十条", ("veteran",), "“优抚对象”为“是”")
    assert looked_at(member(spells=TWENTY, rural="农村", veteran=True), policy) == [paid]


def test_how_long_somebody_served_is_told_in_each_way_that_a_tier_asks_for() -> None:
    low, high = (
        [{"count": "longest", "at_least_months": longest}, {"count": "union", "at_least_months": union}]
        for longest, union in ((36, 60), (60, 90))
    )
    policy = by_ways({"ways": low, "rate": 100, "when": RURAL}, {"ways": high, "rate": 200, "when": CARED})
    seen = looked_at(member(spells="1980-01…1984-12 书记; 1990-01…1995-06 书记", veteran=True), policy)
    assert [(one[0], one[1], one[-1]) for one in seen] == [
        ("分档年限", True, "最长连续 66 个月，累计 126 个月"),
        ("分档条件", True, "“优抚对象”为“是”"),
    ]
    assert seen[0][4] == ("spells",)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [("地方定补标准", {"local": 250_50}, "“地方定补标准”250.5 元"), ("立功次数", {"more": {"立功次数": 3}}, "“立功次数”3")],
)  # fmt: skip
def test_a_rate_that_stands_in_the_row_is_quoted_with_its_unit(
    column: str, cell: dict[str, Any], said: str
) -> None:
    tiers = [{"rate_column": column, "rate_at_least": 1}]
    policy = of_bases(columns=[TIMES], clause="第五条", by="nothing", tier=tiers)
    name = "local" if column == "地方定补标准" else column
    assert looked_at(member(spells=TWENTY, **cell), policy) == [
        ("核定标准", True, "核定标准", "第五条", (name,), said)
    ]


# ------------------------------------------------------------------ what is added, topped up and set off


def added(*more: dict[str, Any], **amount: Any) -> Any:
    supplement = [{"name": f"另加{n}", "clause": f"第{n}条", **one} for n, one in enumerate(more, 1)]
    return of_bases(columns=[TIMES], **FLAT, supplement=supplement, **amount)


@pytest.mark.parametrize(
    ("more", "cell", "part", "applies", "columns", "said"),
    [
        ({"rate": 20}, {}, "增发", True, (), "人人适用"),
        ({"rate": -20}, {}, "减发", True, (), "人人适用"),
        ({"rate": 20, "when": CARED}, {"veteran": True}, "增发", True, ("veteran",), "“优抚对象”为“是”"),
        ({"rate": 20, "when": CARED}, {"veteran": False}, "增发", False, ("veteran",), "“优抚对象”为“否”"),
        ({"rate": 20, "when": CARED}, {}, "增发", False, ("veteran",), "未填"),
        ({"rate": 20, "age_at_least": 70}, {}, "增发", True, ("identity",), "满 70 周岁的"),
        ({"rate": 20, "age_at_least": 90}, {}, "增发", False, ("identity",), "满 90 周岁的"),
        ({"rate": 20, "times_column": "立功次数"}, {"more": {"立功次数": 3}}, "增发", True, ("立功次数",), "“立功次数”为 3"),
        ({"rate": 20, "times_column": "立功次数"}, {"more": {"立功次数": 0}}, "增发", False, ("立功次数",), "“立功次数”为 0"),
        ({"rate": 20, "times_column": "立功次数"}, {}, "增发", False, ("立功次数",), "“立功次数”未填"),
        ({"rate": 20, "times_column": "立功次数", "age_at_least": 70, "when": [CARED, RURAL]}, {"veteran": True, "rural": "农村", "more": {"立功次数": 2}},
            "增发", True, ("veteran", "rural", "identity", "立功次数"), "优抚：“优抚对象”为“是”；农村：“农村”；满 70 周岁的；“立功次数”为 2"),
    ],
)  # fmt: skip
def test_what_is_added_is_told_with_all_that_it_depends_on(
    more: dict[str, Any], cell: dict[str, Any], part: str, applies: bool, columns: Any, said: str
) -> None:
    seen = looked_at(member(spells=TWENTY, **cell), added(more))
    assert seen == [(part, applies, "另加1", "第1条", columns, said)]


def test_of_several_of_which_only_the_highest_is_added_the_others_say_so() -> None:
    policy = added({"rate": 20}, {"rate": 30, "when": CARED}, supplements="highest")
    assert [one[-1] for one in looked_at(member(spells=TWENTY, veteran=True), policy)] == [
        "几项里只取最高的一项",
        "“优抚对象”为“是”",
    ]
    assert [one[-1] for one in looked_at(member(spells=TWENTY), policy)] == ["人人适用", "未填"]


def test_what_is_cut_off_at_nought_is_not_said_to_be_the_lower_of_several() -> None:
    assert [one[-1] for one in looked_at(member(spells=TWENTY), added({"rate": -120}))] == ["人人适用"]


@pytest.mark.parametrize(
    ("per", "cell", "applies", "said"),
    [
        ("month", 50_00, True, "“已领养老金”50.00 元/月"), ("year", 60_00, True, "“已领养老金”60.00 元/年"),
        ("month", 0, False, "“已领养老金”0.00 元/月"), ("month", None, False, "“已领养老金”未填，按零计"),
    ],
)  # fmt: skip
def test_what_is_received_elsewhere_is_told_by_the_month_or_the_year(
    per: str, cell: int | None, applies: bool, said: str
) -> None:
    policy = flat(top_up=[{"clause": "第十二条", "column": "已领养老金", "per": per}])
    seen = looked_at(member(spells=TWENTY, pension=cell), policy)
    assert seen == [("补差", applies, "补差", "第十二条", ("pension",), said)]


@pytest.mark.parametrize(
    ("cell", "applies", "said"),
    [(50_00, True, "“已领养老金”50.00 元"), (0, False, "“已领养老金”0.00 元"), (None, False, "“已领养老金”未填，按零计")],
)  # fmt: skip
def test_what_was_received_before_is_told_under_its_own_name(
    cell: int | None, applies: bool, said: str
) -> None:
    policy = flat(set_off=[{"name": "一次性补助", "clause": "第十三条", "column": "已领养老金"}])
    seen = looked_at(member(spells=TWENTY, pension=cell), policy)
    assert seen == [("抵扣", applies, "一次性补助", "第十三条", ("pension",), said)]


# ------------------------------------------------------------------ tiers and standards of others


def test_of_tiers_for_several_posts_the_rate_of_the_row_is_that_of_the_post() -> None:
    tiers = [
        {"posts": ["主任", "会计"], "rate_column": "立功次数", "rate_at_least": 1},
        {"posts": ["书记"], "rate_column": "地方定补标准", "rate_at_least": 1},
    ]
    policy = of_bases(columns=[TIMES], clause="第五条", by="nothing", tier=tiers)
    row: dict[str, Any] = {"local": 250_00, "more": {"立功次数": 3}}
    for post, said in (("书记", "“地方定补标准”250 元"), ("主任", "“立功次数”3")):
        assert [one[-1] for one in looked_at(member(spells=f"1980-01…1999-12 {post}", **row), policy)] == [
            said
        ]


@pytest.mark.parametrize(("month", "yuan"), [("2026-05", 10), ("2026-06", 20)])
def test_the_standard_of_another_benefit_is_that_of_the_same_month(month: str, yuan: int) -> None:
    """In June somebody has served for ten years who still serves."""

    def change(edition: dict[str, Any]) -> None:
        edition.update(exclusive=[], benefit=edition["benefit"][:1], effective=date(1990, 1, 1))
        first = edition["benefit"][0]
        first["service"].update(ways=[], leaving="not_required", rate_post="highest")
        first["amount"][0]["tier"] = [{"below": 10, "rate": 100}, {"at_least": 10, "rate": 200}]
        share = {"figures": "percent", "base_benefit": CADRE, "tier": [{"rate": 10}], "by": "nothing"}
        more = {**first, "name": "护理补贴", "amount": [{"clause": "第六条", "per": "month", **share}]}
        edition["benefit"].append(more)

    result = run(member(spells="2016-07… 书记"), policy=changed(change), period=month)
    assert yuan_of(result, "护理补贴") == yuan
    assert yuan_of(result, CADRE) == 10 * yuan
