"""Gives a run as one JSON document (--json), with personal numbers masked as on the terminal.

It may look at a finished run. Amounts, scores and percentages are strings, so that no reader turns them into
binary fractions. The JSON Schema is docs/schema/run.schema.json; `python -m sanchuang_cli.report.document`
prints it.
"""

import json
import sys
from collections.abc import Callable, Set
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sanchuang_cli.domain.exact_numbers import cut
from sanchuang_cli.finding import Finding, Severity, in_order
from sanchuang_cli.kind import Kind, hidden
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Period
from sanchuang_cli.report import shown
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Column, Table

Scalar = str | int | bool | None


class DocumentPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProgrammePart(DocumentPart):
    name: str = Field(description="the subcommand, e.g. rate")
    title: str = Field(description="Chinese title, e.g. 星级评定")


class PeriodPart(DocumentPart):
    name: str = Field(description="as written on the command line, e.g. 2026Q2")
    first: date
    last: date
    judged_on: date = Field(description="the day on which ages and vacancies are judged")


class EditionPart(DocumentPart):
    title: str
    document: str = Field(description="document number")
    edition: date = Field(description="the day it takes effect")


class PolicyPart(EditionPart):
    """The edition in force at the end of the period."""

    name: str = Field(description="the policy file or pack")
    sha256: str
    earlier: list[EditionPart] = Field(description="other editions in force on some day of the period")


class InputPart(DocumentPart):
    file: str
    sha256: str
    rows: int = Field(description="data rows read")
    set_aside: int


class ColumnPart(DocumentPart):
    name: str
    title: str = Field(description='Chinese heading; "/" joins the levels of a nested one')
    kind: Kind


class TablePart(DocumentPart):
    name: str
    title: str
    columns: list[ColumnPart]
    rows: list[list[Scalar]] = Field(
        description="by the columns: money in yuan, score (cut to 2 decimals) and percent (a proportion, cut to 4)"
        " as decimal strings; dates as YYYY-MM-DD, or as far as they are known; identity, account, phone masked"
    )


class FindingPart(DocumentPart):
    code: str
    severity: Severity
    file: str
    sheet: str
    row: int | None = Field(description="as the spreadsheet program numbers rows; null: the whole sheet")
    column: int | None = Field(description="from 1; null: the whole row")
    message: str
    basis: str
    mend: str


class CountPart(DocumentPart):
    what: str
    count: int


class SummaryPart(DocumentPart):
    """read = the sum of parts + set_aside."""

    read: int
    parts: list[CountPart]
    set_aside: int
    errors: int
    warnings: int
    notes: int


class Document(DocumentPart):
    """What `sanchuang <programme> --json` prints."""

    programme: ProgrammePart
    period: PeriodPart
    policy: PolicyPart
    inputs: list[InputPart]
    tables: list[TablePart]
    findings: list[FindingPart]
    summary: SummaryPart


def document(run: Run, unmask: Set[str] = frozenset()) -> Document:
    """Return the document of a run. unmask: names or titles of columns that are given whole."""
    tally, occasion = run.outcome.tally, run.occasion
    period: Period = occasion.period
    return Document(
        programme=ProgrammePart(name=run.name, title=run.title),
        period=PeriodPart(name=str(period), first=period.first, last=period.last, judged_on=occasion.on),
        policy=policy_part(run),
        inputs=[
            InputPart(file=i.file, sha256=i.sha256, rows=i.rows, set_aside=i.set_aside) for i in run.inputs
        ],
        tables=[table_part(table, unmask) for table in run.outcome.tables],
        findings=[finding_part(found) for found in in_order(run.outcome.findings)],
        summary=SummaryPart(
            read=tally.read,
            parts=[CountPart(what=what, count=count) for what, count in tally.parts],
            set_aside=tally.set_aside,
            errors=run.count(Severity.ERROR),
            warnings=run.count(Severity.WARNING),
            notes=run.count(Severity.NOTE),
        ),
    )


def text(run: Run, unmask: Set[str] = frozenset(), *, encoding: str = "utf-8") -> str:
    """Return the document as JSON for a stream in `encoding`. If that is not UTF-8, it is escaped to ASCII,
    which every stream can take."""
    return dumped(document(run, unmask), encoding)


def dumped(part: BaseModel, encoding: str) -> str:
    """Return a part of a document as JSON for a stream in `encoding`."""
    plain = encoding.lower().replace("_", "-") not in ("utf-8", "utf8")
    return part.model_dump_json(indent=2, ensure_ascii=plain) + "\n"


def schema(part: type[BaseModel], title: str) -> str:
    """Return the JSON Schema of a document, as it is published."""
    described = part.model_json_schema(mode="serialization")
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(dialect | described | {"title": title}, ensure_ascii=False, indent=2) + "\n"


def policy_part(run: Run) -> PolicyPart:
    """Return the part about the policy of a run."""
    *earlier, last = [
        EditionPart(title=e.title, document=e.document, edition=e.effective) for e in run.editions
    ]
    return PolicyPart(
        **last.model_dump(), name=run.policy.name, sha256=run.policy.sha256, earlier=list(earlier)
    )


def table_part(table: Table, unmask: Set[str]) -> TablePart:
    """Return the part about a table. unmask: names or titles of columns that are given whole."""
    makers = [_maker(column, unmask) for column in table.columns]
    return TablePart(
        name=table.name,
        title=table.title,
        columns=[ColumnPart(name=c.name, title=c.title, kind=c.kind) for c in table.columns],
        rows=[[make(value) for make, value in zip(makers, row, strict=True)] for row in table.rows],
    )


def _maker(column: Column, unmask: Set[str]) -> Callable[[Any], Scalar]:
    whole = column.called(unmask)
    return lambda value: _scalar(column.kind, value, whole)


def _scalar(kind: Kind, value: Any, whole: bool) -> Scalar:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value if whole else hidden(kind, value)
    if kind is Kind.MONEY:
        return str(yuan(value))
    if kind is Kind.SCORE:
        return str(cut(value, 2))
    if kind is Kind.PERCENT:
        return str(cut(value, 4))
    if kind in (Kind.COUNT, Kind.STARS):
        return int(value)
    if kind is Kind.FLAG:
        return bool(value)
    return shown.text(kind, value)


def finding_part(finding: Finding) -> FindingPart:
    """Return the part about a finding."""
    place = finding.place
    return FindingPart(
        code=finding.code,
        severity=finding.severity,
        file=place.book,
        sheet=place.sheet,
        row=place.row or None,
        column=place.column or None,
        message=finding.message,
        basis=finding.basis,
        mend=finding.mend,
    )


if __name__ == "__main__":
    sys.stdout.write(schema(Document, "sanchuang run"))
