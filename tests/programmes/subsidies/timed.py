"""Clauses and months for the tests of timing."""

from datetime import date
from typing import Any

from sanchuang_cli.domain.entitlement.blocks import Age, Event
from sanchuang_cli.domain.entitlement.conditions import RuleColumns
from sanchuang_cli.domain.entitlement.timing import AgeRule, EventRule
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.people import columns
from sanchuang_cli.domain.verdict import Clause

CELLS = RuleColumns(dict(columns()))


def at(text: str) -> int:
    """2026-04 as a month's number."""
    return number(date.fromisoformat(f"{text}-01"))


def told(clause: Clause) -> tuple[str, str, tuple[str, ...], int, int, str]:
    """All of a clause, its words put together."""
    return clause.name, clause.citation, clause.columns, clause.first, clause.last, str(clause.said)


def age(**fields: Any) -> AgeRule:
    return AgeRule(Age.model_validate({"clause": "甲条", "male": 60, "female": 55, **fields}))


def event(**fields: Any) -> EventRule:
    whole = {"name": "列入台账", "clause": "乙条", "column": "列入台账日期", **fields}
    return EventRule(Event.model_validate(whole), CELLS)
