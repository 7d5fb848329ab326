"""Contracts for the tests of `graduates`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.contracts.policy import GraduatePolicy
from sanchuang_cli.domain.contracts.records import Graduate
from sanchuang_cli.outcome import Entitled, Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.graduates import PROGRAMME
from sanchuang_cli.record import Origin, Record, Roster, Row, Source
from tests.ledger.county import account
from tests.programmes.examined import day, identity

DATES = ("started", "ended", "left")


def contract(
    number: int = 1, started: str = "2026-01-01", ended: str = "2028-12-31", line: int = 0, **fields: Any
) -> Graduate:
    """A contract of three years in a county of class three, unless told otherwise. Dates are text, sums are in yuan. line: of
    the roster, where a person has several."""
    values: dict[str, Any] = {
        "township": "青禾镇",
        "village": "向阳村",
        "name": f"甲{number:02d}",
    }
    values |= {
        "identity": identity(number),
        "county_class": "三类",
        "account": account(number),
    }
    values |= {"started": started, "ended": ended, **fields}
    values |= {name: day(values[name]) for name in DATES if isinstance(values.get(name), str)}
    if values.get("settled") is not None:
        values["settled"] = round(values["settled"] * 100)
    return Graduate(row=_row(Graduate, line or number, values), **values)


def _row(record: type[Record], line: int, values: Mapping[str, Any]) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings.get(name, name)) for at, name in enumerate(values, 1)}
    return Row(Source("台账.xlsx", record.__name__, columns), line + 3, tuple(map(str, values.values())))


@cache
def default() -> PolicyFile[GraduatePolicy]:
    return policy.load(GraduatePolicy, *policy.source("graduates", None))


def changed(old: str, new: str, *more: tuple[str, str]) -> PolicyFile[GraduatePolicy]:
    """The default policy with other words."""
    text = policy.source("graduates", None)[1].decode()
    for before, after in ((old, new), *more):
        assert before in text
        text = text.replace(before, after)
    return policy.load(GraduatePolicy, "试.toml", text.encode())


def occasion(period: str, on: date | None = None) -> Occasion:
    months = Period.parse(period)
    return Occasion(months, on or months.last)


def asked(
    *contracts: Graduate,
    period: str = "2026",
    on: date | None = None,
    by: PolicyFile[GraduatePolicy] | None = None,
    unread: Sequence[Row] = (),
    last: Sequence[Mapping[str, Any]] | None = None,
) -> tuple[Rosters, PolicyFile[GraduatePolicy], Occasion]:
    """What is run. Judged on the last day of the period, unless told otherwise. unread: rows that the reader set aside. last: the lines of
    the result before, if given."""
    rosters: dict[str, Roster[Any]] = {"contracts": Roster(contracts, tuple(unread))}
    when = occasion(period, on)
    if last is not None:
        lines = tuple(LastLine(row=_row(LastLine, n, line), more=dict(line)) for n, line in enumerate(last))
        rosters["previous"] = Roster(lines, origin=Origin("上期.xlsx", when.period.before(), "", {}))
    return rosters, by or default(), when


def outcome(*contracts: Graduate, **how: Any) -> Outcome:
    return PROGRAMME.run(*asked(*contracts, **how))


def entitled(
    *contracts: Graduate, period: str = "2026", by: PolicyFile[GraduatePolicy] | None = None
) -> Entitled:
    """What the ledger is told."""
    assert PROGRAMME.owes
    return PROGRAMME.owes(
        PROGRAMME.judge, {"contracts": Roster(contracts)}, by or default(), occasion(period), {}
    )


def column(run: Outcome, page: str, name: str) -> list[Any]:
    """What stands in a column of a page, line by line; nothing where there is no such page."""
    tables = [table for table in run.tables if table.name == page]
    return [row[table.index(name)] for table in tables for row in table.rows]


def ledger(run: Outcome, name: str) -> list[Any]:
    """A column of 合同台账."""
    return column(run, "合同台账", name)


def told(run: Outcome) -> list[str]:
    """The codes of what is odd, without the programme's name."""
    return [finding.code.removeprefix("graduates.") for finding in run.findings]
