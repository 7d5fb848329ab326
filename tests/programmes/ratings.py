"""Organisations for the tests of `rate`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.organisation import Organisation
from sanchuang_cli.finding import Finding
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.rate import PROGRAMME
from sanchuang_cli.programmes.rate.pages import LastYear
from sanchuang_cli.programmes.rate.policy import RatePolicy
from sanchuang_cli.record import Roster, Row, Source
from sanchuang_cli.table import Table

GOODS = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
ON = date(2026, 6, 2)
SETTLED: dict[str, Any] = {"ballots_valid": 100, "ballots_satisfied": 95}


def scores(*five: Any, column: str = "评定分") -> dict[str, Any]:
    """The five goods' scores as `more` columns; one number stands for all five."""
    numbers = five * 5 if len(five) == 1 else five
    return {f"{column}/{good}": number for good, number in zip(GOODS, numbers, strict=True)}


def organisation(
    number: int = 1,
    more: dict[str, Any] | None = None,
    unread: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Organisation:
    """Organisation `number`, all goods at 85 and 95 % satisfied unless told otherwise. unread: by field or heading,
    what stands in the cells that could not be read; they give no value."""
    named = {"township": "青禾镇", "name": f"第{number}村党支部", "type": "村", **SETTLED, **fields}
    columns = dict(scores(85) if more is None else more)
    unread = unread or {}
    row = _row("名册.xlsx", "Sheet1", number, named | columns, unread)
    named |= {name: None for name in unread if name in Organisation.__struct_fields__}
    columns |= {name: None for name in unread if name not in named}
    return Organisation(row=row, more=columns, **named)


def last_year(
    number: int = 1,
    more: dict[str, Any] | None = None,
    unread: Mapping[str, Any] | None = None,
    **fields: Any,
) -> LastYear:
    named = {"township": "青禾镇", "name": f"第{number}村党支部", **fields}
    row = _row("上年.xlsx", "分类定级汇总表", number, named | (more or {}), unread or {})
    named |= {name: None for name in unread or {} if name in LastYear.__struct_fields__}
    return LastYear(row=row, more={k: v for k, v in (more or {}).items() if k not in (unread or {})}, **named)


def _row(book: str, sheet: str, number: int, values: Mapping[str, Any], unread: Mapping[str, Any]) -> Row:
    cells = {**values, **unread}
    source = Source(book, sheet, {name: (i, name) for i, name in enumerate(cells, 1)})
    return Row(source, number + 3, tuple(cells.values()), tuple(unread))


@cache
def policies(name: str | None = None) -> PolicyFile[RatePolicy]:
    return policy.load(RatePolicy, *policy.source("rate", name))


def outcome(
    *organisations: Organisation, pack: str | None = None, previous: tuple[LastYear, ...] = (), on: date = ON
) -> Outcome:
    rosters: Rosters = {"organisations": Roster(organisations), "previous": Roster(previous)}
    return PROGRAMME.run(rosters, policies(pack), Occasion(Period.year(on.year), on))


def table(result: Outcome, name: str) -> Table:
    return next(t for t in result.tables if t.name == name)


def column(result: Outcome, page: str, name: str) -> list[Any]:
    """One column of a page, from the top."""
    found = table(result, page)
    return [row[found.index(name)] for row in found.rows]


def stars(result: Outcome) -> list[int | None]:
    return column(result, "分类定级汇总表", "stars")


def grades(result: Outcome) -> list[str | None]:
    return column(result, "分类定级汇总表", "grade")


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]
