"""Books looked at as a whole, cells, rows and books against one another, whatever single book cannot be read.

Conservation for each book: rows read = records used + rows set aside, those that a cross-check sets aside included.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import Finding, Severity, UserError, in_order
from sanchuang_cli.kind import Kind
from sanchuang_cli.programme import Tally, told
from sanchuang_cli.record import Roster, Row, Wanted
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.cells.troubles import quoted
from sanchuang_cli.roster.checks.across import checks
from sanchuang_cli.roster.checks.listing import Listing
from sanchuang_cli.roster.choosing import Choice, Stranger, chosen, how_to_mend, told_once
from sanchuang_cli.roster.columns.matching import check_pinned
from sanchuang_cli.roster.grid import Book
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.roster.read import Reading, read_tables, tables_of

Judge = Callable[[Mapping[str, Roster[Any]]], Iterable[Finding]]
"""What somebody has to say about the rosters that were read, by their names."""
RowKey = tuple[str, str, int]
"""Book, sheet and number of a row."""


@dataclass(frozen=True)
class File:
    """One book. name: as findings call it. error: why it could not be read, then there is no book and no row."""

    path: Path
    name: str
    tally: Tally
    error: str = ""
    book: Book | None = None


@dataclass(frozen=True)
class Audit:
    """rosters: by the names of what was wanted; their rows set aside are listed with the findings that say why.
    read: by roster and book, the rows that were read before anything was checked across rows."""

    files: tuple[File, ...]
    rosters: Mapping[str, Roster[Any]]
    findings: tuple[Finding, ...]
    read: Mapping[str, Counter[str]]

    @property
    def tally(self) -> Tally:
        tallies = [file.tally for file in self.files]
        return _tally(
            sum(one.read for one in tallies),
            sum(one.used for one in tallies),
            sum(one.set_aside for one in tallies),
        )

    def only(self, name: str) -> "Audit":
        """The same with one roster, as if the others had not been read."""
        rosters = {name: self.rosters[name]}
        return replace(self, files=tuple(_counted(self.files, rosters, self.read)), rosters=rosters)

    @cached_property
    def errors(self) -> Mapping[RowKey, list[Finding]]:
        """By row, what set it aside."""
        return _by_row(self.findings)


def audit(
    paths: Sequence[Path],
    wanted: Mapping[str, Wanted[Any]],
    beside: Mapping[str, Wanted[Any]] | None = None,
    *,
    pinned: Mapping[str, str] | None = None,
    passwords: Sequence[str] = (),
    judge: Judge | None = None,
) -> Audit:
    """Read and check all books together. Raises UserError for a --columns file that names no field, and what `judge`
    raises.

    wanted: of which each book must have one; a row is one person or organisation. beside: what may stand in a book
    too, in which one person may have several rows: read, and not checked across rows. judge: what is said about the
    rosters instead of the checks across rows that any roster can have; an error of it sets its row aside too.
    """
    known = {**(beside or {}), **wanted}
    check_pinned(pinned or {}, (field for one in known.values() for field in one.fields))
    files: list[File] = []
    readings: list[Reading] = []
    for path, label in zip(paths, labels(paths), strict=True):
        try:
            book = open_book(path, passwords).called(label)
            reading = _reading(book, wanted, known, pinned)
        except UserError as refusal:
            files.append(File(path, label, _tally(0, 0, 0), str(refusal)))
            continue
        files.append(File(path, label, _tally(0, 0, 0), book=book))
        readings.append(reading)
    rosters = {name: _joined([one.rosters[name] for one in readings]) for name in known}
    listings = {
        name: Listing(one.title, one.fields, rosters[name].records)
        for name, one in wanted.items()
        if rosters[name].rows_read
    }
    read = {name: _books(roster) for name, roster in rosters.items()}
    found = tuple(judge(rosters) if judge else checks(listings))
    rosters = {name: _without(roster, found) for name, roster in rosters.items()}
    findings = in_order([finding for one in readings for finding in one.findings] + list(found))
    told((row for roster in rosters.values() for row in roster.set_aside), findings)
    return Audit(tuple(_counted(files, rosters, read)), rosters, tuple(findings), read)


def _reading(
    book: Book,
    wanted: Mapping[str, Wanted[Any]],
    known: Mapping[str, Wanted[Any]],
    pinned: Mapping[str, str] | None,
) -> Reading:
    """One book read, with what its layout gives to say. Raises UserError without a wanted roster."""
    known = {name: replace(one, optional=True) for name, one in known.items()}
    areas, odd = tables_of(book, known)
    choices = [(area, chosen(area, book.name, known, pinned)) for area in areas]
    if not any(isinstance(choice, Choice) and choice.name in wanted for _, choice in choices):
        raise UserError(_nothing_found(book, wanted, [choice for _, choice in choices]))
    reading = read_tables([(book, areas)], known, pinned)
    return replace(reading, findings=(*odd, *reading.findings))


def _nothing_found(
    book: Book, wanted: Mapping[str, Wanted[Any]], choices: Sequence[Choice | Stranger]
) -> str:
    titles = "或".join(f"“{one.title}”" for one in wanted.values())
    if not choices:
        sheets = "、".join(sheet.name for sheet in book.sheets)
        return f"{book.name}：没有找到{titles}：工作表 {sheets} 里没有认出表格。请核对文件，名册应是一行表头、每条一行。"
    strangers = [choice for choice in choices if isinstance(choice, Stranger)]
    nearest = [f"  {stranger}" for stranger in told_once(strangers)]
    return "\n".join([f"{book.name}：没有找到{titles}。", *nearest, how_to_mend(book.name)])


def _joined(parts: Sequence[Roster[Any]]) -> Roster[Any]:
    return Roster(
        tuple(record for part in parts for record in part.records),
        tuple(row for part in parts for row in part.set_aside),
    )


def _by_row(findings: Sequence[Finding]) -> dict[RowKey, list[Finding]]:
    rows: dict[RowKey, list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR:
            rows.setdefault((finding.place.book, finding.place.sheet, finding.place.row), []).append(finding)
    return rows


def _without(roster: Roster[Any], found: Sequence[Finding]) -> Roster[Any]:
    """The roster with the rows that have an error among `found` set aside."""
    spoilt = _by_row(found)
    kept, aside = [], list(roster.set_aside)
    for record in roster.records:
        row: Row = record.row
        if (row.source.book, row.source.sheet, row.number) in spoilt:
            aside.append(row)
        else:
            kept.append(record)
    return Roster(tuple(kept), tuple(aside))


def _books(roster: Roster[Any]) -> Counter[str]:
    """How many rows of a roster each book has."""
    rows = (*(record.row for record in roster.records), *roster.set_aside)
    return Counter(row.source.book for row in rows)


def _counted(
    files: Sequence[File], rosters: Mapping[str, Roster[Any]], read: Mapping[str, Counter[str]]
) -> list[File]:
    used = Counter(record.row.source.book for roster in rosters.values() for record in roster.records)
    aside = Counter(row.source.book for roster in rosters.values() for row in roster.set_aside)
    rows = sum((read[name] for name in rosters), Counter[str]())
    return [replace(file, tally=_tally(rows[file.name], used[file.name], aside[file.name])) for file in files]


def _tally(read: int, used: int, set_aside: int) -> Tally:
    return Tally(read, (("采用", used),), set_aside)


def texts(audit: Audit, wanted: Mapping[str, Wanted[Any]]) -> dict[Finding, str]:
    """What stands in the cell that each finding is about, numbers masked."""
    kinds: dict[tuple[str, str, int], Kind] = {}
    for name, roster in audit.rosters.items():
        kind_of = {field.name: field.kind for field in wanted[name].fields}
        rows = (*(record.row for record in roster.records), *roster.set_aside)
        for source in {id(row.source): row.source for row in rows}.values():
            for field, (column, _) in source.columns.items():
                kinds[source.book, source.sheet, column] = kind_of[field]
    sheets = {(f.name, sheet.name): sheet for f in audit.files if f.book for sheet in f.book.sheets}
    quotes = {}
    for finding in audit.findings:
        place = finding.place
        sheet = sheets.get((place.book, place.sheet))
        row = sheet.rows[place.row - 1] if sheet and 0 < place.row <= len(sheet.rows) else ()
        if 0 < place.column <= len(row):
            kind = kinds.get((place.book, place.sheet, place.column), Kind.TEXT)
            quotes[finding] = quoted(kind, row[place.column - 1])
    return quotes
