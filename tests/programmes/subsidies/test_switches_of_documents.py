"""What was received before, dated tables, indices and rates of posts."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.payroll import summary
from sanchuang_cli.finding import UserError
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import (
    CADRE,
    HARDSHIP,
    TWENTY,
    VETERAN,
    cadre,
    changed,
    member,
    months_of,
    only,
    refused,
    run,
    yuan_of,
)


@pytest.mark.parametrize(("pension", "ok"), [(None, True), (0, True), (1, False)])
def test_nought_is_nothing_where_something_must_not_stand(pension: int | None, ok: bool) -> None:
    def on(benefit: dict[str, Any]) -> None:
        next(c for c in benefit["condition"] if c["name"] == "未领取其他养老金")["active"] = True

    assert bool(run(member(spells=TWENTY, pension=pension), policy=only(CADRE, on)).paid) is ok


def test_a_tier_that_forgets_a_listed_post_is_an_error_unless_it_names_its_posts() -> None:
    few = {"at_least": 10, "below": 20, "rate": {"书记": 100, "主任": 90}}
    rest = {"at_least": 20, "rate": {"书记": 200, "主任": 180, "会计": 150}}
    with pytest.raises(ValueError, match="职务“会计”在“10 起”一档没有标准"):
        cadre(amount={"tier": [few, rest]})
    named = cadre(amount={"tier": [{**few, "posts": ["书记", "主任"]}, rest]})
    assert refused(run(member(spells="1990-01…2005-12 会计"), policy=named)) == ["未达最低档"]
    assert yuan_of(run(member(spells=TWENTY.replace("书记", "会计")), period="2026-04", policy=named)) == 150


@pytest.mark.parametrize(
    ("born", "sex", "months"), [("1966-05-20", "女", 1), ("1966-05-20", "男", 1), ("1966-06-01", "女", 0)]
)
def test_hardship_is_for_both_sexes_from_sixty(born: str, sex: str, months: int) -> None:
    assert len(months_of(run(member(born=born, sex=sex, hardship=True)))) == months


@pytest.mark.parametrize(("rural", "fen"), [("农村", 15_000), ("", 15_000), ("城镇", 0)])
def test_hardship_is_for_members_in_the_country(rural: str, fen: int) -> None:
    assert run(member(hardship=True, rural=rural)).fen == fen


@pytest.mark.parametrize(
    ("period", "yuan"),
    [
        ("2012-01", 280),
        ("2012-09", 280),
        ("2012-10", 315),
        ("2012-12", 315),
        ("2022-05", 680),
        ("2024-12", 680),
        ("2025-01", 730),
    ],
)
def test_the_tables_of_old_members_change_on_their_days(period: str, yuan: int) -> None:
    assert yuan_of(run(member(born="1925-01-01", joined="1949-09-30"), period=period), VETERAN) == yuan


@pytest.mark.parametrize("period", ["2013-01", "2022-04"])
def test_the_years_without_a_dated_table_are_refused(period: str) -> None:
    with pytest.raises(UserError, match="没有该期标准"):
        run(member(born="1925-01-01", joined="1949-09-30"), period=period)


@pytest.mark.parametrize("local", [None, 2_000, 5_000])
def test_members_on_the_veterans_scheme_get_fifty_less_what_they_have(local: int | None) -> None:
    result = run(member(born="1925-01-01", joined="1949-09-30", veteran=True, local=local), period="2026-04")
    assert yuan_of(result, VETERAN) == 50 - Decimal(local or 0) / 100


@pytest.mark.parametrize(("rural", "yuan", "label"), [("农村", 80, "农村"), ("城镇", 100, "不分档")])
def test_flat_sums_may_differ_by_a_condition(rural: str, yuan: int, label: str) -> None:
    where = {"name": "农村", "clause": "例", "column": "户口性质", "accept": ["农村"], "refuse": ["城镇"]}

    def change(benefit: dict[str, Any]) -> None:
        benefit["condition"] = [one for one in benefit["condition"] if one["name"] != "农村党员"]
        benefit["amount"][0]["tier"] = [{"rate": 80, "when": where}, {"rate": 100}]

    result = run(member(hardship=True, rural=rural), period="2026-04", policy=only(HARDSHIP, change))
    assert yuan_of(result) == yuan
    assert result.lines[HARDSHIP][0].standard.label == label  # type: ignore[union-attr]


def test_flat_sums_that_nothing_tells_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="要用 posts（职务）或 when（条件）分开"):
        only(HARDSHIP, lambda benefit: benefit["amount"][0].update(tier=[{"rate": 80}, {"rate": 100}]))


def test_shares_of_an_odd_sum_add_up_to_the_fen() -> None:
    def change(benefit: dict[str, Any]) -> None:
        benefit["amount"][0].update(tier=[{"at_least": 10, "rate": "100.01"}])
        shares = [{"who": who, "percent": "100/3"} for who in ("县级", "乡镇", "个人")]
        benefit["funding"] = {"clause": "例", "shares": shares}

    by = only(CADRE, change)
    result = run(member(spells=TWENTY), period="2026-04", policy=by)
    assert summary.funding(by, result.paid) == {"县级": 3334, "乡镇": 3334, "个人": 3333}


def by_share(**blocks: Any) -> PolicyFile[Subsidies]:
    """The rule for hardship with a column of percentages for its blocks to look at."""

    def change(edition: dict[str, Any]) -> None:
        edition["benefit"] = [block for block in edition["benefit"] if block["name"] == HARDSHIP]
        edition |= {"exclusive": [], "column": [{"heading": "伤残比例", "kind": "percent"}]}
        edition["benefit"][0] |= blocks

    return changed(change)


def in_tiers(tier: list[dict[str, Any]], **amount: Any) -> PolicyFile[Subsidies]:
    return by_share(
        amount=[
            {"clause": "例", "per": "month", "by": "column", "column": "伤残比例", "tier": tier, **amount}
        ]
    )


@pytest.mark.parametrize(
    ("share", "yuan", "label"),
    [
        ("0.299", 20, "不满30%"),
        ("0.3", 30, "满30%不满60%"),
        ("0.599", 30, "满30%不满60%"),
        ("0.6", 50, "满60%以上"),
    ],
)
def test_tiers_of_a_percentage_go_by_per_cent(share: str, yuan: int, label: str) -> None:
    tier = [
        {"below": 30, "rate": 20},
        {"at_least": 30, "below": 60, "rate": 30},
        {"at_least": 60, "rate": 50},
    ]
    person = member(hardship=True, more={"伤残比例": Fraction(share)})
    result = run(person, period="2026-04", policy=in_tiers(tier))
    standard = result.lines[HARDSHIP][0].standard
    assert standard is not None
    assert yuan_of(result) == yuan
    assert standard.label == label


def test_a_sum_for_each_per_cent() -> None:
    person = member(hardship=True, more={"伤残比例": Fraction(3, 10)})
    result = run(person, period="2026-04", policy=in_tiers([{"at_least": 0, "each": 2}]))
    assert yuan_of(result) == 60


def test_a_percentage_that_is_too_low_is_told_in_per_cent() -> None:
    badly = {"name": "伤残", "clause": "例", "column": "伤残比例", "at_least": 30}
    for share, ok in ((Fraction(299, 1000), False), (Fraction(3, 10), True)):
        result = run(member(hardship=True, more={"伤残比例": share}), policy=by_share(condition=[badly]))
        assert bool(result.paid) is ok
    result = run(
        member(hardship=True, more={"伤残比例": Fraction(299, 1000)}), policy=by_share(condition=[badly])
    )
    assert [str(clause.said) for clause in result.refused[0].refused()[HARDSHIP]] == [
        "伤残比例 29.9%，应为 30% 及以上"
    ]


def test_a_tier_of_people_asks_for_a_column_that_is_there() -> None:
    when = {"name": "农村", "clause": "例", "column": "户口性职", "accept": ["农村"]}
    with pytest.raises(ValueError, match="农村：名册没有“户口性职”这一列"):
        by_share(
            amount=[
                {
                    "clause": "例",
                    "per": "month",
                    "by": "nothing",
                    "tier": [{"rate": 80, "when": when}, {"rate": 100}],
                }
            ]
        )


def test_without_any_listed_post_no_lowest_tier_is_named() -> None:
    policy = cadre(service={"ways": [], "leaving": "not_required"})
    result = run(member(spells="1980-01…1999-12 村民小组长"), period="2026-04", policy=policy)
    assert [str(clause.said) for clause in result.refused[0].refused()[CADRE]] == ["不在任何一档"]


@pytest.mark.parametrize(("years", "doubted"), [("10年", False), ("4年", True)])
def test_where_each_post_has_its_own_rate_a_stated_length_is_held_against_all_of_them(
    years: str, doubted: bool
) -> None:
    tier = [{"at_least": 1, "each": {"书记": 20, "主任": 15, "会计": 10}}]
    policy = cadre(service={"rate_post": "each_post", "ways": []}, amount={"tier": tier})
    spells = "1980-01…1985-12 会计; 1986-01…1989-12 书记"
    result = run(member(born="1940-01-01", spells=spells, years=years), period="2026-04", policy=policy)
    told = [one.message for one in result.findings if one.code == "subsidies.years-differ"]
    assert bool(told) is doubted
    assert all("按任职经历算得 120 个月" in message for message in told)


def test_a_sum_that_is_no_whole_fen_is_told_as_a_clerk_writes_it() -> None:
    index = [{"clause": "例", "effective": date(2020, 1, 1), "percent": "12.25"}]
    with pytest.raises(UserError, match=r"算出 225\.6225 元，不是整分"):
        run(member(hardship=True), policy=by_share(amount=[hardship_amount(201, index=index)]))
    with pytest.raises(UserError, match=r"算出 66\.666… 元，不是整分"):
        run(member(hardship=True), policy=by_share(amount=[hardship_amount("200/3")]))


def test_an_index_that_lowers_says_so() -> None:
    index = [{"clause": "例", "effective": date(2020, 1, 1), "percent": -10}]
    result = run(
        member(hardship=True), period="2026-04", policy=by_share(amount=[hardship_amount(50, index=index)])
    )
    assert (
        str(result.paid[0].verdicts[0].steps[-1]) == "自2020-01-01下调 10%：50 × (100 − 10) ÷ 100 = 45 元/月"
    )


def hardship_amount(rate: Any, **more: Any) -> dict[str, Any]:
    return {"clause": "例", "per": "month", "by": "nothing", "tier": [{"rate": rate}], **more}
