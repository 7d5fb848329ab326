"""Lesser posts, and bases by township, village or class."""

import re
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.payroll.explain import explanation_pages
from sanchuang_cli.finding import UserError
from tests.programmes.people import (
    CADRE,
    TWENTY,
    cadre,
    member,
    months_of,
    run,
    served_for,
    spoilt,
    yuan_of,
)
from tests.programmes.subsidies.sayable import (
    NETS,
    by_ways,
    of_bases,
    share_of,
)

# ------------------------------------------------------------------ lesser posts folded into the main one's


@pytest.mark.parametrize(
    ("spells", "paid"),
    [
        ("1980-01…1988-12 书记", True),
        ("1980-01…1988-11 书记", False),
        ("1980-01…1983-12 书记; 1984-01…1993-12 会计", True),
        ("1980-01…1983-12 书记; 1984-01…1993-10 会计", False),
        ("1980-01…1997-12 会计", True),
        ("1980-01…1997-10 会计", False),
        ("1980-01…1988-12 书记; 1980-01…1988-12 会计", True),
    ],
)
def test_long_enough_is_seen_on_the_folded_sum(spells: str, paid: bool) -> None:
    """会计的年限减半折算成书记的，折算后累计满9年."""
    posts = [{"name": "书记"}, {"name": "会计", "discount": "1/2"}]
    limb = {"count": "union", "at_least_months": 108, "discounted": True}
    policy = cadre(
        service={"posts": posts, "ways": [limb], "rate_post": "highest"},
        amount={"tier": [{"at_least": 0, "rate": 100}]},
    )
    result = run(member(born="1940-01-01", spells=spells), policy=policy, period="2026-06")
    assert yuan_of(result) == (100 if paid else 0)
    if not paid:
        (clause,) = result.refused[0].refused()[CADRE]
        assert str(clause.said) == "累计（折算后） 107 个月 ＜ 108"


@pytest.mark.parametrize(("years", "paid"), [("18年", True), ("17年", False)])
def test_stated_years_are_folded_too(years: str, paid: bool) -> None:
    posts = [{"name": "书记"}, {"name": "会计", "discount": "1/2"}]
    limb = {"count": "union", "at_least_months": 108, "discounted": True}
    service = {"posts": posts, "ways": [limb], "rate_post": "highest", "stated_years": "use"}
    policy = cadre(service=service, amount={"tier": [{"at_least": 0, "rate": 100}]})
    person = member(born="1940-01-01", post="会计", years=years, left="2000-01")
    assert bool(run(person, policy=policy, period="2026-06").paid) is paid


def test_folding_needs_a_post_with_a_discount() -> None:
    folded = {"count": "union", "at_least_months": 108, "discounted": True}
    with pytest.raises(ValidationError, match="没有打折的职务"):
        cadre(service={"ways": [folded]})
    with pytest.raises(ValidationError, match="没有打折的职务"):
        by_ways({"ways": [folded], "rate": 1})


@pytest.mark.parametrize(
    ("spells", "fields", "yuan"),
    [
        ("1990-01…1998-11 会计", {}, 0),
        ("1990-01…1998-12 会计", {}, 360),
        ("1990-01…1999-12 会计", {}, 400),
        ("1980-01…1998-12 会计", {}, 760),
        ("1970-01…1998-12 会计", {}, 760),
        ("1980-01…1988-12 会计; 1990-01…1999-12 会计", {}, 400),
        ("1980-01…1984-12 会计; 1986-01…1989-12 会计", {}, 0),
        ("1985-01…1989-12 书记; 1990-01…1994-12 会计", {}, 400),
        ("1985-01…1989-12 书记; 1991-01…1994-12 会计", {}, 0),
        ("1985-01…1994-12 书记", {}, 0),
        ("1990-01…1999-12 会计", {"pension": 300_00}, 100),
        ("1990-01…1999-12 会计", {"pension": 400_00}, 0),
        ("1990-01…1999-12 会计", {"more": {"低保金": 390_00}}, 10),
        ("1990-01…1999-12 会计", {"more": {"低保金": 100_00}, "pension": 100_00}, 200),
        ("1990-01…1999-12 会计", {"died_on": "2013-06-05"}, 200),
    ],
)
def test_L8_ordinary_cadres_of_a_town(spells: str, fields: dict[str, Any], yuan: int) -> None:
    person = member(born="1940-01-01", spells=spells, **fields)
    assert yuan_of(run(person, period="2013", policy="town-ordinary")) == yuan


@pytest.mark.parametrize(("year", "yuan"), [("2012", 0), ("2013", 300), ("2014", 400)])
def test_L8_a_sum_received_once_is_used_up_first(year: str, yuan: int) -> None:
    person = member(born="1940-01-01", spells="1990-01…1999-12 会计", more={"一次性生活补助": 500_00})
    assert yuan_of(run(person, period=year, policy="town-ordinary")) == yuan


@pytest.mark.parametrize(
    ("township", "month", "yuan"),
    [
        ("青禾镇", "2026-05", 180),
        ("青禾镇", "2026-06", 200),
        ("河西镇", "2026-05", 120),
        ("河西镇", "2026-06", None),
        ("青禾", "2026-05", None),
        (" 青禾镇 ", "2026-05", 180),
    ],
)
def test_a_base_of_each_township(township: str, month: str, yuan: int | None) -> None:
    person = member(spells=TWENTY, township=township)
    result = run(person, policy=share_of(NETS), period=month)
    assert (result.fen, result.set_aside) == ((yuan or 0) * 100, int(yuan is None))
    if yuan is None:
        known = "青禾镇、河西镇" if month < "2026-06" else "青禾镇"
        said = f"“乡镇”是“{township}”，基数“农民人均纯收入”里没有它的数（有 {known}）"
        assert said in result.findings[0].message
        assert "乡镇" in str(result.findings[0].place)


def test_a_base_of_each_village_is_found_by_township_and_village() -> None:
    values = [{"effective": date(1990, 1, 1), "amounts": {"青禾镇河西村": 9000, "柳河镇河西村": 6000}}]
    policy = share_of(NETS | {"by": ["乡镇", "村"], "values": values})
    people = [
        member(n, spells=TWENTY, township=town, village="河西村")
        for n, town in ((1, "青禾镇"), (2, "柳河镇"))
    ]
    result = run(*people, policy=policy, period="2026-05")
    paid = {decision.record.township: decision for decision in result.paid}
    assert {township: decision.fen for township, decision in paid.items()} == {
        "青禾镇": 90_00,
        "柳河镇": 60_00,
    }
    rows = {str(row[0]): row for page in explanation_pages(paid["青禾镇"]) for row in page.rows}
    assert str(rows["基数"][2]) == "适用：“农民人均纯收入”（青禾镇河西村）9000 元"


@pytest.mark.parametrize(("cell", "outcome"), [("一类", (100_00, 0)), ("四类", (0, 1)), ("", (0, 1))])
def test_a_base_of_each_class(cell: str, outcome: tuple[int, int]) -> None:
    by_class = NETS | {
        "by": ["村类别"],
        "values": [{"effective": date(1990, 1, 1), "amounts": {"一类": 10000}}],
    }
    policy = share_of(by_class, columns=[{"heading": "村类别", "kind": "text"}])
    result = run(member(spells=TWENTY, more={"村类别": cell}), policy=policy, period="2026-05")
    assert (result.fen, result.set_aside) == outcome


def test_a_class_that_nobody_can_read_sets_aside_and_a_tier_in_yuan_does_not_ask_for_it() -> None:
    tiers = [{"at_least": 15, "rate": 1}, {"below": 15, "rate": 80, "figures": "yuan"}][::-1]
    policy = of_bases(NETS, by="tenure", figures="percent", base="农民人均纯收入", tier=tiers)
    young, old = (
        member(1, spells=served_for(12), township="别处镇"),
        member(2, spells=TWENTY, township="别处镇"),
    )
    result = run(young, old, policy=policy, period="2026-05")
    assert ([decision.fen for decision in result.paid], result.set_aside) == ([80_00], 1)
    assert run(spoilt(member(spells=TWENTY), "乡镇"), policy=policy, period="2026-05").set_aside == 1


@pytest.mark.parametrize(
    ("base", "complaint"),
    [
        ({"values": [{"effective": date(2024, 1, 1), "amount": 5}]}, "只有一个数的写 amount"),
        ({"by": []}, "只有一个数的写 amount"),
        ({"at_most": "15000.5"}, "“农民人均纯收入”为 18000 元，应不高于 15000.5 元"),
        ({"by": ["乡里"]}, "名册没有“乡里”这一列"),
        ({"by": ["死亡日期"]}, "“死亡日期”列是"),
        ({"values": NETS["values"][::-1]}, "“农民人均纯收入”的 values 应按 effective 先后排列，不重复"),
    ],
)
def test_a_base_by_class_that_cannot_be_is_refused(base: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(complaint)):
        share_of(NETS | base)


LINE = {
    "name": "低保标准",
    "clause": "三",
    "values": [
        {"effective": date(1990, 1, 1), "amount": 400},
        {"effective": date(2026, 5, 1), "amount": 500},
    ],
}
INCOME = {"name": "收入", "clause": "二", "column": "家庭年人均收入", "blank": "set_aside"}


@pytest.mark.parametrize(
    ("condition", "income", "months"),
    [
        ({"below_base": "低保标准"}, 399_99, ["04", "05", "06"]),
        ({"below_base": "低保标准"}, 400_00, ["05", "06"]),
        ({"at_most_base": "低保标准"}, 400_00, ["04", "05", "06"]),
        ({"at_most_base": "低保标准"}, 500_00, ["05", "06"]),
        ({"at_most_base": "低保标准"}, 500_01, []),
        ({"below_base": "低保标准", "times": "1.5"}, 599_99, ["04", "05", "06"]),
        ({"below_base": "低保标准", "times": "1.5"}, 600_00, ["05", "06"]),
        ({"below_base": "低保标准", "times": "1.5"}, 750_00, []),
    ],
)
def test_a_line_of_income_moves_with_its_base(
    condition: dict[str, Any], income: int, months: list[str]
) -> None:
    policy = of_bases(LINE, condition=[INCOME | condition])
    result = run(member(spells=TWENTY, income=income), policy=policy, period="2026Q2")
    assert months_of(result) == [f"2026-{month}" for month in months]
    assert result.set_aside == 0


def test_a_line_says_what_it_is_made_of() -> None:
    policy = of_bases(LINE, condition=[INCOME | {"below_base": "低保标准", "times": "1.5"}])
    result = run(member(spells=TWENTY, income=750_50), policy=policy, period="2026-06")
    (clause,) = result.refused[0].refused()[CADRE]
    assert str(clause.said) == "家庭年人均收入 750.5，应为 750（低保标准500 × 1.5） 以下（不含）"
    assert run(member(spells=TWENTY), policy=policy, period="2026-06").set_aside == 1
    assert (
        run(spoilt(member(spells=TWENTY), "家庭年人均收入"), policy=policy, period="2026-06").set_aside == 1
    )


@pytest.mark.parametrize(
    ("rural", "income", "outcome"),
    [("农村", 399_99, 1), ("农村", 450_00, 0), ("城镇", 450_00, 1), ("", 1_00, None)],
)
def test_a_line_of_each_class(rural: str, income: int, outcome: int | None) -> None:
    values = [{"effective": date(1990, 1, 1), "amounts": {"农村": 400, "城镇": 600}}]
    line = LINE | {"by": ["户口性质"], "values": values}
    policy = of_bases(line, condition=[INCOME | {"below_base": "低保标准"}])
    result = run(member(spells=TWENTY, income=income, rural=rural), policy=policy, period="2026-06")
    assert (len(result.paid), result.set_aside) == ((outcome or 0), int(outcome is None))


def test_a_tier_may_go_by_a_line_that_moves() -> None:
    poor = {"name": "低收入", "clause": "四", "column": "家庭年人均收入", "below_base": "低保标准"}
    policy = of_bases(LINE, by="nothing", tier=[{"rate": 300, "when": poor}, {"rate": 100}])
    result = run(member(spells=TWENTY, income=450_00), policy=policy, period="2026Q2")
    assert [payment.fen for payment in sorted(result.paid[0].payments)] == [100_00, 300_00, 300_00]


def test_without_a_figure_of_the_line_nothing_is_worked_out() -> None:
    policy = of_bases(LINE | {"values": LINE["values"][1:]}, condition=[INCOME | {"below_base": "低保标准"}])
    with pytest.raises(UserError, match="2026-04 “离任村干部生活补贴”的条件要看的基数“低保标准”还没有数"):
        run(member(spells=TWENTY, income=1_00), policy=policy, period="2026Q2")


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ({"below_base": "低保"}, "基数“低保”没有"),
        ({"below_base": "低保标准", "at_most_base": "低保标准"}, "只写一种判断"),
        ({"below_base": "低保标准", "below": 3}, "只写一种判断"),
        ({"below": 3, "times": 2}, "只和 below_base、at_most_base 一起写"),
        ({"below_base": "低保标准", "stop": "month_after", "since": "死亡日期"}, "逐月看，不写 since、stop"),
        ({"below_base": "低保标准", "column": "离任原因"}, "“离任原因”列是"),
    ],
)
def test_a_line_that_cannot_be_is_refused(condition: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        of_bases(LINE, condition=[INCOME | condition])
