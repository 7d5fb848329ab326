"""Shows what `explain` found: a person's verdict with the cells it was read from, on the terminal or as JSON,
masked.

It may look at the explanation only. Nothing is cut, because a verdict that is not shown whole cannot be
checked. The JSON is the document of a run with the rows that were asked for. Its schema is
docs/schema/explain.schema.json; `python -m sanchuang_cli.report.explained` prints it.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from pydantic import Field
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind, hidden, mask, without_numbers
from sanchuang_cli.outcome import Subject
from sanchuang_cli.report import shown
from sanchuang_cli.report.document import Document, DocumentPart, document, dumped, schema
from sanchuang_cli.report.drawing import frame
from sanchuang_cli.report.lacking import suited
from sanchuang_cli.report.run import Run
from sanchuang_cli.table import Table

_LOOKS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_LINES = 40
"""The most lines of the first, short answer."""
_NARROW = 13
"""The most columns of the terminal for a column of short words."""


class RowPart(DocumentPart):
    """A row of the roster that was asked for."""

    name: str
    identity: str = Field(description="masked")
    about: list[str] = Field(description="township, village")
    outcome: str = Field(description="what came of the row in this period")
    file: str
    sheet: str
    row: int


class Explanation(Document):
    """What `sanchuang explain --json` prints: `tables` are the verdicts of the rows, `findings` theirs alone."""

    subjects: list[RowPart]


def text(run: Run, subjects: Sequence[Subject], encoding: str) -> str:
    """Return the explanation as JSON. run: its tables are the pages of the subjects, its findings are
    theirs."""
    rows = [
        RowPart(
            name=without_numbers(subject.name),
            identity=mask(Kind.IDENTITY, subject.identity),
            about=[without_numbers(part) for part in subject.about if part],
            outcome=subject.outcome,
            file=subject.row.source.book,
            sheet=subject.row.source.sheet,
            row=subject.row.number,
        )
        for subject in subjects
    ]
    whole = dict(document(run))
    return dumped(Explanation(**whole, subjects=rows), encoding)


def show(terminal: Console, run: Run, subjects: Sequence[Subject], *, whole: bool = True) -> None:
    """Print row by row: whom it is about, what came of it, each verdict, and what is doubtful.

    Unless `whole`, conditions that are fulfilled are left out, and what does not fit on one screen is left
    out too.
    """
    if whole:
        _show(terminal, run, subjects, _as_it_is)
        return
    with terminal.capture() as shown_:
        _show(terminal, run, subjects, _in_brief)
    lines = shown_.get().splitlines()
    more = len(lines) - _LINES
    if more > 0:
        lines = [*lines[: _LINES - 1], f"……还有 {more + 1} 行。加 --all 逐条全部列出。"]
    terminal.file.write("".join(f"{line}\n" for line in lines))


def _as_it_is(table: Table) -> Table:
    return table


def _in_brief(table: Table) -> Table:
    """Return the table without the rows which say that a condition is fulfilled."""
    at = next((j for j, column in enumerate(table.columns) if column.name == "holds"), None)
    rows = table.rows if at is None else [row for row in table.rows if row[at] != "是"]
    return replace(table, rows=rows)


def _show(terminal: Console, run: Run, subjects: Sequence[Subject], form: Callable[[Table], Table]) -> None:
    for subject in subjects:
        terminal.print(Text(whom(subject), style="bold"))
        terminal.print(Text(f"{run.occasion.period.title}：{subject.outcome}", style="bold"))
        for table in subject.pages():
            terminal.print(_grid(terminal, form(table)))
        for finding in run.outcome.findings:
            if of(finding, subject):
                _tell(terminal, finding)
    editions = "、".join(f"《{edition.title}》{edition.document}" for edition in run.editions)
    terminal.print(Text(f"政策：{editions}（{run.policy.name}，sha256 {run.policy.sha256[:12]}）"))


def whom(subject: Subject) -> str:
    """Write 张三 230299************ 青禾镇 河西村（名册.xlsx 青禾镇 第12行）."""
    name, *about = map(without_numbers, (subject.name, *subject.about))
    parts = (name, mask(Kind.IDENTITY, subject.identity), *about)
    return f"{' '.join(filter(None, parts))}（{subject.row.place()}）"


def of(finding: Finding, subject: Subject) -> bool:
    """Whether a finding is about the row of the subject."""
    place, source = finding.place, subject.row.source
    return (place.book, place.sheet, place.row) == (source.book, source.sheet, subject.row.number)


def _tell(terminal: Console, finding: Finding) -> None:
    line = Text(finding.severity.label, style=_LOOKS[finding.severity])
    line.append(f" {finding.place}：{finding.message}", style="default")
    terminal.print(line)
    if finding.mend:
        terminal.print(Text(f"    {finding.mend}", style="dim"))


def _grid(terminal: Console, table: Table) -> Grid:
    """Return the whole page without columns in which nothing stands."""
    used = [j for j in range(len(table.columns)) if any(row[j] not in (None, "") for row in table.rows)]
    grid = frame(terminal, table.title)
    for j in used:
        wide = table.columns[j].wide
        grid.add_column(
            table.columns[j].title,
            overflow="fold",
            ratio=1 if wide else None,
            max_width=None if wide else _NARROW,
        )
    for row in table.rows:
        cells = (hidden(table.columns[j].kind, shown.text(table.columns[j].kind, row[j])) for j in used)
        grid.add_row(*(Text(suited(words, terminal.encoding)) for words in cells))
    return grid


if __name__ == "__main__":
    sys.stdout.write(schema(Explanation, "sanchuang explain"))
