"""Tiers by ways, figures that an authority fixes, multiples of another benefit."""

import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.payroll.explain import explanation_pages
from tests.programmes.people import (
    CADRE,
    TWENTY,
    cadre,
    changed,
    filled,
    member,
    run,
    served_for,
    spoilt,
    yuan_of,
)
from tests.programmes.subsidies.sayable import (
    NETS,
    RURAL_TOO,
    VETERAN_TOO,
    by_ways,
    ending,
    share_of,
)

# ------------------------------------------------------------------ either/or for each tier


@pytest.mark.parametrize(
    ("spells", "secretary"),
    [
        ("1990-01…1995-11 书记", 0),
        ("1990-01…1995-12 书记", 300),
        ("1980-01…1984-12 书记; 1986-01…1989-11 书记", 0),
        ("1980-01…1984-12 书记; 1986-01…1989-12 书记", 300),
        ("1990-01…2001-11 书记", 300),
        ("1990-01…2001-12 书记", 600),
        ("1970-01…1980-11 书记; 1982-01…1988-12 书记", 300),
        ("1970-01…1980-12 书记; 1982-01…1988-12 书记", 600),
        ("1990-01…2007-11 书记", 600),
        ("1990-01…2007-12 书记", 900),
        ("1960-01…1968-12 书记; 1970-01…1978-12 书记; 1980-01…1988-11 书记", 600),
        ("1960-01…1968-12 书记; 1970-01…1978-12 书记; 1980-01…1988-12 书记", 900),
    ],
)
def test_L2_each_tier_is_reached_by_continuous_or_by_all_service(spells: str, secretary: int) -> None:
    policy = filled("either-or-2020", 3000)
    person = member(born="1938-01-01", spells=spells)
    assert yuan_of(run(person, period="2021-06", policy=policy)) == secretary
    director = member(born="1938-01-01", spells=spells.replace("书记", "主任"))
    assert yuan_of(run(director, period="2021-06", policy=policy)) == secretary * 8 // 10


def test_L2_says_by_which_way_a_tier_was_reached_and_why_none_is() -> None:
    policy = filled("either-or-2020", 3000)
    paid = run(member(born="1938-01-01", spells="1990-01…2001-11 书记"), period="2021-06", policy=policy).paid
    rows = {str(row[0]): str(row[2]) for page in explanation_pages(paid[0]) for row in page.rows}
    assert rows["分档年限"] == "适用：最长连续 143 个月，累计 143 个月"
    assert rows["档次"] == "书记 最长连续满6年或累计满9年"
    none = run(member(born="1938-01-01", spells="1990-01…1995-11 书记"), period="2021-06", policy=policy)
    (clause,) = none.refused[0].refused()[CADRE]
    assert clause.name == "未达最低档"
    assert clause.columns == ("spells",)
    said = "最长连续 71 个月，累计 71 个月，不在任何一档；最低一档为书记 最长连续满6年或累计满9年"
    assert str(clause.said) == said


SIX = {"count": "longest", "at_least_months": 72}
TEN = {"count": "longest", "at_least_months": 120}
NINE = {"count": "union", "at_least_months": 108}


def test_the_highest_tier_of_those_reached_whose_condition_holds() -> None:
    policy = by_ways(
        {"ways": [SIX], "rate": 100, "when": RURAL_TOO},
        {"ways": [TEN, NINE], "rate": 200, "when": VETERAN_TOO},
    )
    people = [
        member(1, spells=TWENTY, veteran=True, rural="农村"),
        member(2, spells=TWENTY, veteran=False, rural="农村"),
        member(3, spells=served_for(7), veteran=True, rural="农村"),
        member(4, spells=TWENTY, veteran=False, rural="城镇"),
        member(5, spells=TWENTY, veteran=None, rural="待定"),
    ]
    result = run(*people, policy=policy, period="2026-06")
    assert [decision.fen for decision in result.paid] == [200_00, 100_00, 100_00]
    assert (len(result.refused), result.set_aside) == (1, 1)


@pytest.mark.parametrize(
    ("tiers", "service", "complaint"),
    [
        ([{"ways": [SIX], "rate": 1}, {"rate": 2}], {}, "应同时写明"),
        ([{"ways": [SIX], "at_least": 3, "rate": 1}], {}, "不写 at_least"),
        ([{"ways": [TEN], "rate": 2}, {"ways": [SIX], "rate": 1}], {}, "每一档都比上一档长"),
        ([{"ways": [SIX | {"posts": ["支书官"]}], "rate": 2}], {}, "职务“支书官”不在"),
        ([{"ways": [SIX], "rate": 1}], {"rate_post": "each_post"}, "各职务分别算"),
    ],
)
def test_ways_of_tiers_that_cannot_be_are_refused(
    tiers: list[dict[str, Any]], service: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        by_ways(*tiers, **service)


# ------------------------------------------------------------------ what an authority fixes, and what is a person's own


@pytest.mark.parametrize(
    ("fixed", "honours", "yuan"),
    [
        (600_00, None, 600),
        (960_00, 0, 960),
        (780_50, 1, 980.5),
        (960_00, 2, 1160),
        (960_01, 0, None),
        (599_99, 1, None),
        (None, 1, None),
        (0, 0, None),
    ],
)
def test_L10_what_is_fixed_lies_between_600_and_960_and_honours_add_200(
    fixed: int | None, honours: int | None, yuan: float | None
) -> None:
    person = member(born="1940-01-01", spells=TWENTY, more={"核定标准": fixed, "省部级以上表彰": honours})
    result = run(person, period="2013", policy="mianxian-2010")
    if yuan is None:
        assert (result.fen, result.set_aside) == (0, 1)
        said = f"“核定标准”{'未填' if fixed is None else f'是 {fixed / 100:.2f}'.rstrip('0').rstrip('.')}，应不低于 600、不高于 960"
        assert said in result.findings[0].message
    else:
        assert float(yuan_of(result)) == yuan


def by_fixed(*tiers: dict[str, Any], **amount: Any) -> Any:
    return cadre(service={"ways": []}, amount={"tier": list(tiers), **amount})


FIXED = {"rate_column": "地方定补标准", "rate_at_least": 200, "rate_at_most": "300.5"}


@pytest.mark.parametrize(
    ("years", "fixed", "outcome"),
    [
        (10, 300_50, (300_50, 0)),
        (10, 300_51, (0, 1)),
        (14, 199_99, (0, 1)),
        (15, 199_99, (400_00, 0)),
        (15, None, (400_00, 0)),
        (9, 1_00, (0, 0)),
    ],
)
def test_each_tier_has_its_range_and_only_the_one_that_is_paid_is_looked_at(
    years: int, fixed: int | None, outcome: tuple[int, int]
) -> None:
    policy = by_fixed({"at_least": 10, "below": 15, **FIXED}, {"at_least": 15, "rate": 400})
    result = run(member(spells=served_for(years), local=fixed), policy=policy, period="2026-06")
    assert (result.fen, result.set_aside) == outcome


def test_what_was_fixed_is_explained_with_its_cell() -> None:
    policy = by_fixed({"at_least": 10, **FIXED, "each": 5, "after": 10})
    (decision,) = run(member(spells=served_for(12), local=250_00), policy=policy, period="2026-06").paid
    rows = {str(row[0]): row for page in explanation_pages(decision) for row in page.rows}
    assert (str(rows["核定标准"][2]), rows["核定标准"][4]) == ("适用：“地方定补标准”250 元", "25000")
    assert decision.verdicts[0].steps[-1].result == "260"


def test_the_check_of_a_policy_spells_out_what_becomes_of_those_whom_it_does_not_name() -> None:
    told = [
        *by_fixed({"at_least": 10, **FIXED}).editions[0].spelt_out(),
        *ending("nothing").editions[0].spelt_out(),
        *ending("set_aside").editions[0].spelt_out(),
        *share_of(NETS).editions[0].spelt_out(),
    ]
    assert told == [
        "“离任村干部生活补贴”的“地方定补标准”空白或者不在核定的范围里的，整行待核实",
        "“离任村干部生活补贴”最高一档以上的，不发",
        "“离任村干部生活补贴”最高一档以上的，整行待核实",
        "基数“农民人均纯收入”：“乡镇”空白或者没有它的数的，整行待核实",
    ]


def test_a_cell_of_what_was_fixed_that_nobody_can_read_sets_aside() -> None:
    person = spoilt(member(spells=served_for(10)), "地方定补标准")
    assert run(person, policy=by_fixed({"at_least": 10, **FIXED}), period="2026-06").set_aside == 1


@pytest.mark.parametrize(
    ("tier", "complaint"),
    [
        ({"rate": 1, **FIXED}, "只能写一个"),
        ({"rate_column": "地方定补标准"}, "应同时写明"),
        ({"rate": 5, "rate_at_most": 9}, "应同时写明"),
        ({**FIXED, "rate_at_most": 100}, "没有一个数能在这个范围里"),
        ({**FIXED, "rate_column": "离任原因"}, "“离任原因”列是"),
        ({}, "rate_column（标准在名册的哪一列）"),
    ],
)
def test_a_range_that_cannot_be_is_refused(tier: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        by_fixed({"at_least": 10, **tier})


@pytest.mark.parametrize(
    ("local", "yuan"), [(1999_00, 400), (2000_00, 400), (2500_00, 500), (5000_00, 1000), (5000_01, 1000)]
)
def test_a_persons_own_figure_times_years_between_its_limits(local: int, yuan: int) -> None:
    """本人月工资的1%乘以任职年限，工资低于2000元的按2000元、高于5000元的按5000元."""
    own = {"figures": "percent", "base_column": "地方定补标准", "base_at_least": 2000, "base_at_most": 5000}
    policy = by_fixed({"at_least": 1, "each": 1}, **own)
    (decision,) = run(member(spells=TWENTY, local=local), policy=policy, period="2026-06").paid
    assert decision.fen == yuan * 100
    shown = {199900: "取大(1999, 2000)", 500001: "取小(5000.01, 5000)"}.get(local, f"{local // 100}")
    assert f"{shown} × 1 × 20 ÷ 100" in decision.verdicts[0].steps[-1].expression


def test_a_share_that_stands_in_the_row_of_a_base_of_the_county() -> None:
    """基数乘以本村的系数乘以……: the share is a column of per cent."""
    column = {"heading": "本村比例", "kind": "percent"}
    base = {"name": "基数", "clause": "三", "values": [{"effective": date(1990, 1, 1), "amount": 3000}]}
    share = {"rate_column": "本村比例", "rate_at_least": 10, "rate_at_most": 30}

    def change(edition: dict[str, Any]) -> None:
        edition.update(column=[column], base=[base], exclusive=[], benefit=edition["benefit"][:1])
        amount = edition["benefit"][0]["amount"][0]
        amount.update(by="nothing", figures="percent", base="基数", tier=[share])

    people = [
        member(n, spells=TWENTY, more={"本村比例": Fraction(part, 100)}) for n, part in ((1, 25), (2, 31))
    ]
    result = run(*people, policy=changed(change), period="2026-06")
    assert ([decision.fen for decision in result.paid], result.set_aside) == ([750_00], 1)


@pytest.mark.parametrize(
    ("amount", "complaint"),
    [
        ({"base_at_least": 2000}, "只和 base_column"),
        (
            {"figures": "percent", "base_column": "地方定补标准", "base_at_least": 9, "base_at_most": 8},
            "大于",
        ),
    ],
)
def test_limits_of_ones_own_figure_that_cannot_be_are_refused(amount: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        by_fixed({"at_least": 1, "each": 1}, **amount)


# ------------------------------------------------------------------ a multiple of what another benefit gives

THREEFOLD = "享受副科级待遇书记离任补贴"
TREATED = "连续享受副科级待遇年数"


@pytest.mark.parametrize(
    ("born", "years", "treated", "owed"),
    [
        ("1959-12-31", 20, 5, {THREEFOLD: 900}),
        ("1960-01-01", 20, 5, {}),
        ("1959-12-31", 19, 5, {CADRE: 300}),
        ("1959-12-31", 20, 4, {CADRE: 300}),
        ("1959-12-31", 20, None, {CADRE: 300}),
        ("1965-01-01", 30, 5, {THREEFOLD: 900}),
        ("1965-01-01", 29, 5, {}),
        ("1965-01-01", 30, 4, {}),
    ],
)
def test_L14_three_times_the_normal_for_those_who_were_treated_as_deputy_section_heads(
    born: str, years: int, treated: int | None, owed: dict[str, int]
) -> None:
    start = 2019 - years
    spells = f"{start}-11…2019-10 书记"
    person = member(born=born, spells=spells, more={TREATED: treated})
    result = run(person, period="2020-01", policy=filled("guanxian-2019", 300))
    assert {p.benefit: p.fen // 100 for decision in result.paid for p in decision.payments} == owed
    assert result.set_aside == 0


def doubled(other: dict[str, Any] | None = None, **amount: Any) -> Any:
    """The rule for cadres, and a second benefit that is twice as much for 优抚对象 of any age."""

    def change(edition: dict[str, Any]) -> None:
        (normal,) = [block for block in edition["benefit"] if block["name"] == CADRE]
        normal["amount"][0].update(other or {})
        twice = {"figures": "multiple", "base_benefit": CADRE, "by": "nothing", "tier": [{"rate": 2}]}
        double = {
            "name": "加倍",
            "clause": "九",
            "page": "cadre",
            "claim": [VETERAN_TOO | {"blank": "refuse"}],
            "payable": {"clause": "九"},
            "amount": [{"clause": "十", "per": "month", **twice, **amount}],
        }
        edition.update(benefit=[double, normal], exclusive=[], effective=date(1990, 1, 1))

    return changed(change)


@pytest.mark.parametrize(
    ("spells", "yuan"), [(served_for(20), 1050), (served_for(10, 0, "会计"), 890), (served_for(9, 11), 0)]
)
def test_a_multiple_of_the_standard_whatever_else_the_other_asks_for(spells: str, yuan: int) -> None:
    """Too young for the other benefit, but its standard is known by service."""
    person = member(born="1967-01-01", spells=spells, veteran=True)
    result = run(person, period="2026-06", policy=doubled())
    assert yuan_of(result, "加倍") == yuan
    if not yuan:
        (clause,) = result.refused[0].refused()["加倍"]
        assert (clause.name, clause.citation, clause.columns) == ("没有基数", "十", ("spells",))
        assert "“离任村干部生活补贴”里没有本人的标准" in str(clause.said)


def test_a_multiple_goes_by_all_that_makes_up_the_standard_of_the_other() -> None:
    more = {"name": "农村", "clause": "四", "rate": 15, "when": RURAL_TOO}
    policy = doubled({"supplement": [more], "cap": 530})
    person = member(born="1967-01-01", spells=served_for(20), veteran=True, rural="农村")
    (decision,) = run(person, period="2026-06", policy=policy).paid
    assert decision.fen == 2 * 530_00
    rows = {str(row[0]): str(row[2]) for page in explanation_pages(decision) for row in page.rows}
    assert rows["基数"] == "适用：“离任村干部生活补贴”按本人情况算出的标准 530 元"
    assert "不分档 标准：530 × 2 = 1060 元/月" in [str(step) for step in decision.verdicts[0].steps]


@pytest.mark.parametrize(
    "unclear", [{"spells": ""}, {"rural": "待定"}], ids=["no spells", "a word nobody knows"]
)
def test_what_the_other_cannot_tell_sets_aside(unclear: dict[str, Any]) -> None:
    more = {"name": "农村", "clause": "四", "rate": 15, "when": RURAL_TOO}
    person = member(**{"born": "1967-01-01", "spells": served_for(20), "veteran": True, **unclear})
    assert run(person, period="2026-06", policy=doubled({"supplement": [more]})).set_aside == 1


def test_a_cell_of_the_other_that_nobody_can_read_sets_aside() -> None:
    person = spoilt(member(born="1967-01-01", spells=served_for(20), veteran=True), "任职经历")
    assert run(person, period="2026-06", policy=doubled()).set_aside == 1


@pytest.mark.parametrize(
    ("amount", "complaint"),
    [
        ({"base_benefit": "离任补贴"}, "不是同一版里的另一项补贴（是不是“离任村干部生活补贴”？）"),
        ({"base_benefit": "加倍"}, "不是同一版里的另一项"),
        ({"per": "once"}, "per 应相同"),
        ({"per": "year", "year_paid": "monthly"}, "per 应相同"),
        ({"base_column": "已领养老金"}, "只能写一个"),
        ({"figures": "yuan"}, "应同时写明"),
    ],
)
def test_a_multiple_of_what_cannot_be_is_refused(amount: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(complaint)):
        doubled(**amount)


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"rate_at_least": 200}, "“地方定补标准”是 199，应不低于 200"),
        ({"rate_at_most": 150}, "“地方定补标准”是 199，应不高于 150"),
        ({"rate_at_least": 200, "rate_at_most": 300}, "“地方定补标准”是 199，应不低于 200、不高于 300"),
    ],
)
def test_who_has_a_rate_out_of_its_range_is_told_the_bounds_that_there_are(
    bounds: dict[str, Any], said: str
) -> None:
    policy = by_fixed({"at_least": 10, "rate_column": "地方定补标准", **bounds})
    result = run(member(spells=TWENTY, local=199_00), policy=policy, period="2026-06")
    assert (result.set_aside, [said in finding.message for finding in result.findings]) == (1, [True])
