"""Rows of 公开台账 for the tests of `catalogue`, built as the reader would build them, and runs over them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sanchuang_cli.domain.disclosing.lines import Line
from sanchuang_cli.domain.disclosing.policy import CataloguePolicy
from sanchuang_cli.domain.disclosing.records import Announced, Publication
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Occasion, Outcome, Rosters
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.catalogue import PROGRAMME
from sanchuang_cli.record import ErrorCell, Record, Roster, Row, Source

ON, TOWNS = date(2026, 6, 30), ("青禾镇", "望河乡")
DATES = ("occurred", "since", "until", "down")
STANDING: Mapping[str, Any] = {"name": "职责", "standing": True, "places": ("公开栏", "网站"), "by": "county"}
DUES: Mapping[str, Any] = {"name": "党费", "every_months": 6, "places": ("公开栏",), "by": "township"}
ELECTION: Mapping[str, Any] = {"name": "选举", "within_days": 3, "places": ("公开栏", "网站"), "by": "county"}
PAID: Mapping[str, Any] = {
    "name": "补贴", "within_days": 5, "places": ("公开栏",), "by": "county", "results": ("subsidies",), "up_days": 7
}  # fmt: skip


def day(text: str) -> VagueDate:
    """2026, 2026-05 or 2026-05-12, as exact as it is written."""
    parts = [int(part) for part in text.split("-")]
    return VagueDate.on(date(*parts)) if len(parts) == 3 else VagueDate.within(*parts)


def row(
    number: int = 1, item: str = "党费", unread: Mapping[str, str] | None = None, **fields: Any
) -> Publication:
    """A line of the register; dates are given as text."""
    values = {"township": "青禾镇", "name": item, "place": "公开栏"} | fields
    values |= {name: day(values[name]) for name in DATES if isinstance(values.get(name), str)}
    unread = unread or {}
    cells = {**values, **{name: ErrorCell(text) for name, text in unread.items()}}
    return Publication(row=_row(Publication, number, cells, unread), **values)


def draft(
    number: int = 1,
    name: str = "补贴公示",
    which: str = "2026-05",
    on: str = "2026-05-31",
    programme: str = "subsidies",
) -> Announced:
    """A 公示稿 of a result."""
    values: dict[str, Any] = {"name": name, "which": which, "occurred": day(on)}
    title = Period.parse(which).title
    return Announced(row=_row(Announced, number, values), programme=programme, title=title, **values)


def _row(record: type[Record], number: int, values: Mapping[str, Any], unread: Mapping[str, str] = {}) -> Row:
    headings = {field.name: field.heading for field in record.declared()}
    columns = {name: (at, headings[name]) for at, name in enumerate(values, 1)}
    source = Source("台账.xlsx", record.__name__, columns)
    return Row(source, number + 3, tuple(str(value) for value in values.values()), tuple(unread))


def catalogue(*items: Mapping[str, Any], effective: str = "2026-01-01") -> PolicyFile[CataloguePolicy]:
    """A catalogue of these items."""
    plain = {"kind": "类", "clause": "第一条", "scope": "社会"}
    edition = {
        "title": "目录",
        "document": "某发〔2026〕1号",
        "effective": effective,
        "item": [plain | dict(one) for one in items],
    }
    return PolicyFile("目录.toml", "0" * 64, (CataloguePolicy.model_validate(edition),))


def occasion(on: date = ON, towns: Sequence[str] = TOWNS) -> Occasion:
    return Occasion(Period.year(on.year), on, townships=tuple(towns))


def asked(
    rows: Sequence[Publication],
    by: PolicyFile[CataloguePolicy],
    on: date = ON,
    drafts: Sequence[Announced] = (),
    towns: Sequence[str] = TOWNS,
) -> tuple[Rosters, PolicyFile[CataloguePolicy], Occasion]:
    """What is run."""
    given: Rosters = {"register": Roster(tuple(rows)), "drafts": Roster(tuple(drafts))}
    return given, by, occasion(on, towns)


def judged(
    rows: Sequence[Publication],
    by: PolicyFile[CataloguePolicy],
    on: date = ON,
    drafts: Sequence[Announced] = (),
    towns: Sequence[str] = TOWNS,
) -> Whole:
    return PROGRAMME.judge(*asked(rows, by, on, drafts, towns))


def outcome(
    rows: Sequence[Publication],
    by: PolicyFile[CataloguePolicy],
    on: date = ON,
    drafts: Sequence[Announced] = (),
    towns: Sequence[str] = TOWNS,
) -> Outcome:
    return PROGRAMME.run(*asked(rows, by, on, drafts, towns))


def lines(rows: Sequence[Publication], by: PolicyFile[CataloguePolicy], **how: Any) -> list[Line]:
    """The lines of the catalogue."""
    found: list[Line] = judged(rows, by, **how).more.lines
    return found


def codes(found: Outcome) -> list[str]:
    """The findings' codes, in order."""
    return sorted(finding.code.partition(".")[2] for finding in found.findings)
