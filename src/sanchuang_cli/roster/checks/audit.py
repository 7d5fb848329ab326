"""Books looked at as a whole, cells, rows and books against one another, whatever single book cannot be read.

Conservation for each book: rows read = records used + rows set aside, those that a cross-check sets aside included.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import Finding, Severity, in_order
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Roster, Row, Wanted
from sanchuang_cli.roster.cells.troubles import quoted
from sanchuang_cli.roster.checks.across import checks
from sanchuang_cli.roster.checks.listing import Listing
from sanchuang_cli.roster.choosing import Choice
from sanchuang_cli.roster.columns.matching import check_pinned, pins_for
from sanchuang_cli.roster.grid import Book
from sanchuang_cli.roster.read import read_tables, unused
from sanchuang_cli.roster.sorting import (
    NOWHERE,
    Elsewhere,
    Known,
    Sorted,
    sort_books,
    without_a_roster,
)
from sanchuang_cli.tally import Books, Sort, Tally, told

Judge = Callable[[Mapping[str, Roster[Any]]], Iterable[Finding]]
"""What somebody has to say about the rosters that were read, by their names."""
RowKey = tuple[str, str, int]
"""Book, sheet and number of a row."""


@dataclass(frozen=True)
class File:
    """One book. name: as findings call it. error: why it is not understood, then there is no book; of a book that is not
    used there is no row. what: which other sheet it is."""

    path: Path
    name: str
    tally: Tally
    error: str = ""
    book: Book | None = None
    sort: Sort = Sort.USED
    what: str = ""

    @property
    def unused(self) -> str:
        """Why the book is not used, "" where it is."""
        return self.error or {Sort.BLANK: "空白表，没有一行数据", Sort.OTHER: f"是{self.what}"}.get(
            self.sort, ""
        )


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

    def only(self, *names: str) -> "Audit":
        """The same with these rosters, as if the others had not been read."""
        rosters = {name: self.rosters[name] for name in names}
        return replace(self, files=tuple(_counted(self.files, rosters, self.read)), rosters=rosters)

    @property
    def books(self) -> Books:
        """How many of the books are what."""
        return Books(len(self.files), tuple((file.name, file.sort, file.what) for file in self.files))

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
    elsewhere: Elsewhere = NOWHERE,
) -> Audit:
    """Read and check all books together. Raises UserError for a --columns file that names no field, and what `judge`
    raises.

    wanted: the rosters that are checked; a row is one person or organisation. beside: what may stand in a book too, in
    which one person may have several rows: read, and not checked across rows. judge: what is said about the rosters
    instead of the checks across rows that any roster can have; an error of it sets its row aside too. elsewhere: the
    rosters by which a book that is not used may be known.
    """
    known = {**(beside or {}), **wanted}
    check_pinned(pinned or {}, [*known.values(), *elsewhere.own.values()])
    books = _sorted(paths, wanted, known, elsewhere, pinned=pinned, passwords=passwords)
    files = [_file(one) for one in books]
    optional = {name: replace(one, optional=True) for name, one in known.items()}
    readings = [read_tables([one], optional) for one in books if one.sort is Sort.USED]
    rosters = {name: _joined([one.rosters[name] for one in readings]) for name in known}
    listings = {
        name: Listing(one.title, one.fields, rosters[name].records)
        for name, one in wanted.items()
        if rosters[name].rows_read
    }
    read = {name: _books(roster) for name, roster in rosters.items()}
    found = tuple(judge(rosters) if judge else checks(listings))
    rosters = {name: _without(roster, found) for name, roster in rosters.items()}
    aside = [finding for one in books if (finding := one.finding())]
    findings = in_order(
        [
            *aside,
            *unused(books, pins_for(pinned or {}, known.values())),
            *(finding for one in readings for finding in one.findings),
            *found,
        ]
    )
    told((row for roster in rosters.values() for row in roster.set_aside), findings)
    return Audit(tuple(_counted(files, rosters, read)), rosters, tuple(findings), read)


def _sorted(
    paths: Sequence[Path], wanted: Known, known: Known, elsewhere: Elsewhere, **reading: Any
) -> list[Sorted]:
    """The books by what they are; where none has a wanted roster, those that are only beside one are not understood."""
    books = sort_books(paths, known, elsewhere=elsewhere, **reading)
    choices = [choice for one in books if one.sort is Sort.USED for _, choice in one.tables]
    if any(isinstance(choice, Choice) and choice.name in wanted for choice in choices):
        return books
    return [without_a_roster(one, wanted) if one.sort is Sort.USED else one for one in books]


def _file(one: Sorted) -> File:
    book = None if one.sort is Sort.NOT_UNDERSTOOD else one.book
    what = one.what if one.sort is Sort.OTHER else ""
    return File(one.path, one.name, _tally(0, 0, 0), one.refusal, book, one.sort, what)


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
    rows = (*(record.row for record in roster.records), *roster.set_aside, *roster.joined)
    return Counter(row.source.book for row in rows)


def _counted(
    files: Sequence[File], rosters: Mapping[str, Roster[Any]], read: Mapping[str, Counter[str]]
) -> list[File]:
    used = Counter(record.row.source.book for roster in rosters.values() for record in roster.records)
    used += Counter(row.source.book for roster in rosters.values() for row in roster.joined)
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
