"""Amounts that are per cent or multiples of a sum in the person's own row."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from sanchuang_cli.domain.payroll.explain import explanation_pages
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.programmes.people import TWENTY, cadre, codes, member, run, yuan_of
from tests.programmes.subsidies.tariffs import WAGE, tariff, told


def of_column(**amount: Any) -> PolicyFile[Subsidies]:
    """The rule for cadres with an amount that goes by 地方定补标准."""
    plain = {"by": "nothing", "figures": "percent", "base_column": "地方定补标准", "tier": [{"rate": 30}]}
    return cadre(amount={**plain, **amount})


@pytest.mark.parametrize(
    ("amount", "yuan"),
    [
        ({}, 300),
        ({"figures": "multiple", "tier": [{"rate": 2}]}, 2000),
        ({"tier": [{"rate": 30}], "cap": 250}, 250),
        (
            {"figures": "yuan", "tier": [{"rate": 10, "figures": "percent"}], "base_column": "地方定补标准"},
            None,
        ),
    ],
    ids=["per cent", "multiple", "capped", "figures of a tier alone"],
)
def test_a_share_of_what_stands_in_the_row(amount: dict[str, Any], yuan: int | None) -> None:
    person = member(spells=TWENTY, local=1000_00)
    if yuan is None:
        with pytest.raises(ValidationError, match="base_column"):
            of_column(**amount)
        return
    assert yuan_of(run(person, policy=of_column(**amount), period="2026-06")) == yuan


def test_people_of_equal_service_get_each_their_own_share() -> None:
    people = [member(number, spells=TWENTY, local=number * 1000_00) for number in (1, 2, 3)]
    result = run(*people, policy=of_column(), period="2026-06")
    assert [decision.fen for decision in result.paid] == [300_00, 600_00, 900_00]


@pytest.mark.parametrize("local", [None, -1_00], ids=["blank", "below nought"])
def test_without_a_sum_nobody_can_tell(local: int | None) -> None:
    result = run(member(spells=TWENTY, local=local), policy=of_column(), period="2026-06")
    assert (result.fen, result.set_aside, codes(result)) == (0, 1, ["subsidies.unclear"])


def test_explain_cites_the_cell_and_shows_the_arithmetic() -> None:
    result = run(member(spells=TWENTY, local=1000_00), policy=of_column(), period="2026-06")
    (page,) = explanation_pages(result.paid[0])
    based = next(row for row in page.rows if str(row[0]) == "基数")
    assert (based[2], str(based[4])) == ("适用：“地方定补标准”1000.00 元", "100000")
    assert any("1000 × 30 ÷ 100 = 300 元/月" in str(row[2]) for row in page.rows)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ({"base": "基数", "base_column": "地方定补标准"}, "只能写一个"),
        ({"figures": "yuan"}, "应同时写明"),
        ({"base_column": "离任原因"}, "金额的列"),
    ],
)
def test_a_base_that_cannot_be_is_refused(amount: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        of_column(**amount)


def test_limits_of_the_rows_own_base_are_none_of_a_base_that_a_tier_names() -> None:
    tiers: list[dict[str, Any]] = [{"below": 10, "rate": 10}, {"at_least": 10, "rate": 10, "base": WAGE.name}]
    limits: dict[str, Any] = {"base_at_least": 2000, "base_at_most": 3000}
    shares = tariff(figures="percent", base_column="地方定补标准", tier=tiers, **limits)
    assert told(shares, units=9, base=Fraction(1000))[2] == [
        "不满10年 标准：取大(1000, 2000) × 10 ÷ 100 = 200 元/月"
    ]
    assert told(shares, units=9, base=Fraction(4000))[2] == [
        "不满10年 标准：取小(4000, 3000) × 10 ÷ 100 = 300 元/月"
    ]
    assert told(shares, units=10, base=Fraction(4000))[2] == ["满10年以上 标准：1000 × 10 ÷ 100 = 100 元/月"]
