"""Tariffs and people for the tests of amounts."""

from datetime import date
from typing import Any

from sanchuang_cli.domain.entitlement.amounts import Amount
from sanchuang_cli.domain.entitlement.bases import Base
from sanchuang_cli.domain.entitlement.tariff import Case, Tariff
from sanchuang_cli.domain.months import number
from tests.programmes.people import cadre

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


def tariff(unit: str = "年", **fields: Any) -> Tariff:
    whole = {"clause": "甲条", "per": "month", "by": "tenure", **fields}
    return Tariff("补贴", Amount.model_validate(whole), {WAGE.name: WAGE}, unit)


def told(of: Tariff, at: int = APRIL, **case: Any) -> tuple[int, str, list[str]]:
    """Fen, the tier's words, the lines of arithmetic."""
    case.setdefault("key", case.get("units"))
    standard = of.standard((Case(**case),), at)
    assert standard
    return standard.fen, standard.label, [str(step) for step in standard.steps]


def amount(**fields: Any) -> Any:
    return cadre(amount={"clause": "第五条", **fields})
