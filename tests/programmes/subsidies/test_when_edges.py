"""Conditions within an amount decide for their first month and their last, and for none beside."""

from typing import Any

import pytest

from tests.programmes.people import CADRE, TWENTY, cadre, member, run

OLD = {"name": "高龄", "clause": "甲条", "male": 76, "female": 76, "first": "month_of"}
"""Holds for the man of 1950-05-15 from May on."""
UNTIL = {"name": "未受处分", "clause": "甲条", "column": "处分情况", "filled": False, "since": "处分日期", "stop": "month_after"}  # fmt: skip
"""Holds for whoever was punished in April until April."""
ROW: dict[str, Any] = {"born": "1950-05-15", "spells": TWENTY, "penalty": "警告", "penalty_on": "2026-04-10"}
WHENS = [(OLD, [False, True, True]), (UNTIL, [True, False, False])]


def yuan(**amount: Any) -> dict[int, int]:
    """By month, of 100 yuan unless it says otherwise."""
    policy = cadre(amount={"clause": "第五条", "by": "nothing", "tier": [{"rate": 100}], **amount})
    (decision,) = run(member(**ROW), policy=policy).decisions
    return {payment.month % 12 + 1: payment.fen // 100 for payment in decision.payments}


def months(holds: list[bool], then: int, otherwise: int) -> dict[int, int]:
    return {month: then if one else otherwise for month, one in zip((4, 5, 6), holds, strict=True)}


@pytest.mark.parametrize(("when", "holds"), WHENS)
def test_what_is_paid_instead(when: dict[str, Any], holds: list[bool]) -> None:
    other = [{"name": "改发", "clause": "乙条", "when": when, "rate": 50}]
    assert yuan(instead=other) == months(holds, 50, 100)


@pytest.mark.parametrize(("when", "holds"), WHENS)
def test_what_is_added(when: dict[str, Any], holds: list[bool]) -> None:
    more = [{"name": "增发", "clause": "乙条", "when": when, "rate": 50}]
    assert yuan(supplement=more) == months(holds, 150, 100)


@pytest.mark.parametrize(("when", "holds"), WHENS)
def test_which_tier_is_paid(when: dict[str, Any], holds: list[bool]) -> None:
    assert yuan(tier=[{"rate": 50, "when": when}, {"rate": 100}]) == months(holds, 50, 100)


def ways(when: dict[str, Any]) -> dict[str, Any]:
    low, high = ([{"count": "union", "at_least_months": years * 12}] for years in (5, 10))
    return {"by": "ways", "tier": [{"rate": 50, "ways": low}, {"rate": 100, "ways": high, "when": when}]}


@pytest.mark.parametrize(("when", "holds"), WHENS)
def test_which_way_of_service_is_paid(when: dict[str, Any], holds: list[bool]) -> None:
    assert yuan(**ways(when)) == months(holds, 100, 50)


@pytest.mark.parametrize(("when", "holds"), WHENS)
def test_where_the_only_tier_has_a_condition_nothing_is_paid_in_the_other_months(
    when: dict[str, Any], holds: list[bool]
) -> None:
    whole = months(holds, 100, 0)
    assert yuan(tier=[{"rate": 100, "when": when}]) == {month: sum_ for month, sum_ in whole.items() if sum_}


@pytest.mark.parametrize(
    ("when", "period", "named"),
    [(OLD, "2026-04", True), (OLD, "2026-05", False), (UNTIL, "2026-04", False), (UNTIL, "2026-05", True)],
)
def test_the_condition_of_a_tier_is_the_reason_in_the_months_in_which_it_fails(
    when: dict[str, Any], period: str, named: bool
) -> None:
    """Twenty years are too few for the tier in any month."""
    tall = {"clause": "第五条", "tier": [{"at_least": 30, "rate": 100, "when": when}]}
    result = run(member(**ROW), policy=cadre(amount=tall), period=period)
    names = [clause.name for clause in result.refused[0].refused()[CADRE]]
    assert names == ["未达最低档", *([when["name"]] if named else [])]


@pytest.mark.parametrize(("age", "added"), [(75, [4, 5, 6]), (76, [6]), (77, [])])
def test_an_age_of_a_supplement_is_full_from_the_month_after_the_birthday(age: int, added: list[int]) -> None:
    more = [{"name": "高龄", "clause": "乙条", "rate": 50, "age_at_least": age}]
    assert [month for month, sum_ in yuan(supplement=more).items() if sum_ == 150] == added
