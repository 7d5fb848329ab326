"""Secretaries for the tests of `checkups`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sanchuang_cli import policy
from sanchuang_cli.domain.identity import check_digit
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.page import LastLine
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.checkups import PROGRAMME, CheckupPolicy, HospitalDay, Secretary
from sanchuang_cli.record import ErrorCell, Origin, Record, Roster, Row, Source
from sanchuang_cli.table import Table

ON = date(2026, 11, 28)
_LAST_YEAR = Origin("上期.xlsx", Period.year(2025), "", {})
DATES = ("started", "ended", "last", "day", "again")
WENT: dict[str, Any] = {"went": True, "day": "2026-05-12", "cost": 180, "hospital": "县医院"}
"""Somebody examined on a day of the period."""


def day(text: str) -> VagueDate:
    """2026, 2026-05 or 2026-05-12, as exact as it is written."""
    parts = [int(part) for part in text.split("-")]
    return VagueDate.on(date(*parts)) if len(parts) == 3 else VagueDate.within(*parts)


def identity(number: int = 1, sex: str = "男", born: str = "19700115") -> str:
    """A number of nobody: 230299 was never assigned."""
    body = f"230299{born}{number * 2 % 998 + (sex == '男'):03d}"
    return body + check_digit(body)


def secretary(
    number: int = 1, sex: str = "男", unread: Mapping[str, str] | None = None, **fields: Any
) -> Secretary:
    """Somebody due and not examined yet, unless told otherwise. Dates are given as text, costs in yuan."""
    plain = {
        "township": "青禾镇",
        "village": "向阳村",
        "name": f"甲{number}",
        "identity": identity(number, sex),
    }
    values = plain | {"post": "书记", "started": "2015-03"} | fields
    values |= {name: day(values[name]) for name in DATES if isinstance(values.get(name), str)}
    if values.get("cost") is not None:
        values["cost"] = round(values["cost"] * 100)
    unread = unread or {}
    row = _row(
        Secretary, number, {**values, **{name: ErrorCell(text) for name, text in unread.items()}}, unread
    )
    return Secretary(row=row, **values)


def hospital_day(number: int, hospital: str, on: str, quota: int) -> HospitalDay:
    values: dict[str, Any] = {"hospital": hospital, "day": day(on), "quota": quota}
    return HospitalDay(row=_row(HospitalDay, number, values), **values)


def _row(record: type[Record], number: int, values: Mapping[str, Any], unread: Mapping[str, str] = {}) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings[name]) for at, name in enumerate(values, 1)}
    source = Source("名册.xlsx", record.__name__, columns)
    return Row(source, number + 3, tuple(str(value) for value in values.values()), tuple(unread))


@cache
def default() -> PolicyFile[CheckupPolicy]:
    return policy.load(CheckupPolicy, *policy.source("checkups", None))


def with_policy(**blocks: Mapping[str, Any]) -> PolicyFile[CheckupPolicy]:
    """The default policy with other figures, by block."""
    edition = default().editions[0].model_dump()
    for name, block in blocks.items():
        edition[name] |= block
    return PolicyFile("试.toml", "0" * 64, (CheckupPolicy.model_validate(edition),))


def asked(
    *secretaries: Secretary,
    days: Sequence[HospitalDay] = (),
    unread: Sequence[Row] = (),
    by: PolicyFile[CheckupPolicy] | None = None,
    on: date = ON,
    year: int = 2026,
    last: Sequence[Mapping[str, Any]] | None = None,
) -> tuple[Rosters, PolicyFile[CheckupPolicy], Occasion]:
    """What is run. unread: the rows of the roster that the reader set aside. last: the lines of the result of the year before, if given."""
    rosters: Rosters = {"secretaries": Roster(secretaries, tuple(unread)), "days": Roster(tuple(days))}
    if last is not None:
        lines = [LastLine(row=Row(Source("上期.xlsx", "体检名册", {}), 3, ()), more=one) for one in last]
        rosters = {**rosters, "previous": Roster(tuple(lines), origin=_LAST_YEAR)}
    return rosters, by or default(), Occasion(Period.year(year), on)


def outcome(*secretaries: Secretary, **how: Any) -> Outcome:
    return PROGRAMME.run(*asked(*secretaries, **how))


def page(found: Outcome, name: str) -> Table:
    return next(one for one in found.tables if one.name == name)


def column(found: Outcome, sheet: str, name: str) -> list[Any]:
    """One column of a page, from the top."""
    table = page(found, sheet)
    return [row[table.index(name)] for row in table.rows]


def parts(found: Outcome) -> dict[str, str]:
    """By name, the part of everybody who stands on a page."""
    listed = (one for one in ("体检名册", "未列入名单"))
    return {
        name: part
        for sheet in listed
        for name, part in zip(column(found, sheet, "name"), column(found, sheet, "part"), strict=True)
    }


def told(found: Outcome) -> list[str]:
    """The codes of all findings, without the programme's name."""
    return [one.code.partition(".")[2] for one in found.findings]


def aside(found: Outcome) -> int:
    return found.tally.set_aside
