"""Posts and spells for the tests of service."""

from datetime import date
from typing import Any

from sanchuang_cli.domain.entitlement.blocks import Service
from sanchuang_cli.domain.entitlement.service import Posts, ServiceHistory
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.verdict import Clause
from tests.programmes.people import served

THREE = [
    {"name": "书记", "words": ["支书", "村书记"]},
    {"name": "主任"},
    {"name": "会计", "words": ["会计/文书"]},
]
HALVES = [{"name": "书记"}, {"name": "主任"}, {"name": "会计", "discount": "1/2"}]
TERM = {"since": date(1949, 10, 1), "months": 36}


def at(text: str) -> int:
    """2026-04 as a month's number."""
    return number(date.fromisoformat(f"{text}-01"))


UNTIL = at("2026-06")


def posts(**fields: Any) -> Posts:
    whole = {
        "clause": "甲条",
        "posts": THREE,
        "accumulate": "union",
        "rounding": "full_years",
        "rate_post": "on_leaving",
        **fields,
    }
    return Posts(Service.model_validate(whole))


def history(rules: Posts, spells: str, post: str = "", village: str = "河西村") -> ServiceHistory:
    return rules.history(served(spells), post, village, UNTIL)


def told(clause: Clause | None) -> tuple[str, str, tuple[str, ...], int, int, str]:
    """All of a clause, its words put together."""
    assert clause
    return clause.name, clause.citation, clause.columns, clause.first, clause.last, str(clause.said)
