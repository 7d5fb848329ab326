"""What of a row an amount depends on: whether it is the same in every month, and whether service alone decides it."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.entitlement.amounts import Amount
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.cases import CaseReader, years_between
from tests.programmes.subsidies.serving import at
from tests.programmes.subsidies.tariffs import WAGE
from tests.programmes.subsidies.timed import CELLS

FLAT = {"clause": "六", "per": "month", "by": "nothing", "tier": [{"rate": 100}]}
FLAG = {"name": "甲", "clause": "乙", "column": "优抚对象", "must_be": True}
AGED = {"name": "甲", "clause": "乙", "male": 60, "female": 60}
UNTIL = FLAG | {"since": "列入台账日期", "stop": "month_of"}
PLACES = Base.model_validate({"name": "收入", "clause": "三", "by": ["乡镇"], "values": []})
WAYS = {"by": "ways", "tier": [{"rate": 1, "ways": [{"count": "union", "at_least_months": 60}]}]}
ERAS = {"by": "tenure", "tier": [{"eras": [{"before": date(1993, 1, 1), "each": 3}, {"each": 5}]}]}


def added(**says: Any) -> dict[str, Any]:
    return {"supplement": [{"name": "另加", "clause": "七", "rate": 1, **says}]}


def instead(when: dict[str, Any]) -> dict[str, Any]:
    return {"instead": [{"name": "改发", "clause": "七", "rate": 1, "when": when}]}


@pytest.mark.parametrize(
    ("says", "fixed", "plain"),
    [
        ({}, True, True), ({"by": "tenure"}, True, True), (ERAS, True, False), (WAYS, True, False), ({"by": "age"}, False, False),
        ({"by": "years_since", "column": "入党日期"}, False, False), ({"by": "column", "column": "家庭年人均收入"}, True, False),
        ({"tier": [{"rate": 1, "when": FLAG}]}, True, False), ({"tier": [{"rate": 1, "when": AGED}]}, False, False), ({"tier": [{"rate": 1, "when": UNTIL}]}, False, False),
        (instead(FLAG), True, False), (instead(AGED), False, False), (instead(UNTIL), False, False), (added(), True, False), (added(when=FLAG), True, False),
        (added(when=AGED), False, False), (added(when=UNTIL), False, False), (added(age_at_least=80), False, False), (added(times_column="家庭年人均收入"), True, False),
        ({"top_up": [{"clause": "九", "column": "已领养老金", "per": "month"}]}, True, False), ({"figures": "percent", "base_column": "地方定补标准"}, True, False),
        ({"figures": "percent", "base": "最低工资"}, True, True), ({"figures": "percent", "base": "收入"}, True, False), ({"cap": 5, "minimum": 1}, True, True),
        ({"tier": [{"rate_column": "地方定补标准", "rate_at_least": 1}]}, True, False), ({"tier": [{"rate": 1, "when": FLAG | {"active": False}}]}, True, True),
    ],
)  # fmt: skip
def test_a_case_is_the_same_in_every_month_and_plain_where_nothing_else_is_looked_at(
    says: dict[str, Any], fixed: bool, plain: bool
) -> None:
    amount = Amount.model_validate(FLAT | says)
    reader = CaseReader(amount, CELLS, {WAGE.name: WAGE, PLACES.name: PLACES})
    assert (reader.fixed, reader.plain) == (fixed, plain)


@pytest.mark.parametrize(
    ("since", "month", "years"),
    [
        (date(1990, 5, 20), "2026-05", 35), (date(1990, 5, 20), "2026-06", 36), (date(1990, 5, 31), "2027-05", 36), (date(1990, 5, 1), "1990-05", 0),
        (date(1990, 5, 1), "1991-05", 0), (date(1990, 5, 1), "1991-06", 1), (date(1990, 5, 1), "1980-01", 0),
    ],
)  # fmt: skip
def test_a_year_is_full_from_the_month_after_the_anniversary(since: date, month: str, years: int) -> None:
    assert years_between(since, at(month)) == years
