"""Reads and checks all given books together, and reports on each of them, even if some cannot be read.

It opens the books through sorting.py and writes nothing. Conservation for each book: rows read = records used + rows set
aside; rows that a check across rows sets aside are counted too.
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
from sanchuang_cli.roster.checks.by_heading import Listing
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
"""A function that checks the rosters that were read, given by name."""
RowKey = tuple[str, str, int]
"""The book, the sheet and the number of a row."""


@dataclass(frozen=True)
class File:
    """One given book. name: as findings call it. error: why it is not understood; then there is no book.

    what: which other sheet it is, if it is one. A book that is not used has no rows in the tally.
    """

    path: Path
    name: str
    tally: Tally
    error: str = ""
    book: Book | None = None
    sort: Sort = Sort.USED
    what: str = ""

    @property
    def unused(self) -> str:
        """Why the book is not used, "" if it is."""
        return self.error or {Sort.BLANK: "空白表，没有一行数据", Sort.OTHER: f"是{self.what}"}.get(
            self.sort, ""
        )


@dataclass(frozen=True)
class Audit:
    """What was read and what the checks found.

    rosters: by the names in `wanted`; for each row set aside a finding says why. read: the same as they were read, before
    any check across rows.
    """

    files: tuple[File, ...]
    rosters: Mapping[str, Roster[Any]]
    findings: tuple[Finding, ...]
    read: Mapping[str, Roster[Any]]

    @property
    def tally(self) -> Tally:
        """The sum of the tallies of all books."""
        tallies = [file.tally for file in self.files]
        return _tally(
            sum(tally.read for tally in tallies),
            sum(tally.used for tally in tallies),
            sum(tally.set_aside for tally in tallies),
        )

    def only(self, *names: str) -> "Audit":
        """The same audit with only these rosters, as if the others had not been read."""
        rosters = {name: self.rosters[name] for name in names}
        return replace(self, files=tuple(_counted(self.files, rosters, self.read)), rosters=rosters)

    @property
    def books(self) -> Books:
        """How many books there are, and what each of them is."""
        return Books(len(self.files), tuple((file.name, file.sort, file.what) for file in self.files))

    @cached_property
    def errors(self) -> Mapping[RowKey, list[Finding]]:
        """The errors of each row: why it was set aside."""
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
    """Reads and checks all books together.

    wanted: the rosters that are checked; in them each row is one person or organisation. beside: further rosters that may
    stand in a book, with several rows for one person; they are read, but not checked across rows. judge: checks the rosters
    instead of the usual checks across rows; its errors set rows aside too; it cannot judge without a wanted roster, so that
    books which only have others are not understood then. elsewhere: rosters by which an unused book may be
    recognised. Raises UserError for a --columns file that names no field, and whatever `judge` raises.
    """
    known = {**(beside or {}), **wanted}
    check_pinned(pinned or {}, [*known.values(), *elsewhere.own.values()])
    books = sort_books(paths, known, elsewhere=elsewhere, pinned=pinned, passwords=passwords)
    books = _with_a_roster(books, wanted) if judge else books
    optional = {name: replace(roster, optional=True) for name, roster in known.items()}
    # Each book is read by itself, so that one without some roster does not stop the others.
    readings = [read_tables([given], optional) for given in books if given.sort is Sort.USED]
    read = {name: _joined([reading.rosters[name] for reading in readings]) for name in known}
    checked = tuple(judge(read) if judge else checks(_listings(wanted, read)))
    rosters = {name: _without(roster, checked) for name, roster in read.items()}
    findings = in_order(
        [
            *(finding for given in books if (finding := given.finding())),
            *unused(books, pins_for(pinned or {}, known.values())),
            *(finding for reading in readings for finding in reading.findings),
            *checked,
        ]
    )
    told((row for roster in rosters.values() for row in roster.set_aside), findings)
    files = _counted([_file(given) for given in books], rosters, read)
    return Audit(tuple(files), rosters, tuple(findings), read)


def _listings(wanted: Mapping[str, Wanted[Any]], rosters: Mapping[str, Roster[Any]]) -> dict[str, Listing]:
    """The wanted rosters with rows, in the form in which checks take them."""
    return {
        name: Listing(roster.title, roster.fields, rosters[name].records)
        for name, roster in wanted.items()
        if rosters[name].rows_read
    }


def _with_a_roster(books: list[Sorted], wanted: Known) -> list[Sorted]:
    """The books, each with what it is. If none has a wanted roster, those that only have others are not understood."""
    choices = [choice for given in books if given.sort is Sort.USED for _, choice in given.tables]
    if any(isinstance(choice, Choice) and choice.name in wanted for choice in choices):
        return books
    return [without_a_roster(given, wanted) if given.sort is Sort.USED else given for given in books]


def _file(given: Sorted) -> File:
    book = None if given.sort is Sort.NOT_UNDERSTOOD else given.book
    what = given.what if given.sort is Sort.OTHER else ""
    return File(given.path, given.name, _tally(0, 0, 0), given.refusal, book, given.sort, what)


def _joined(parts: Sequence[Roster[Any]]) -> Roster[Any]:
    return Roster(
        tuple(record for part in parts for record in part.records),
        tuple(row for part in parts for row in part.set_aside),
        doubtful=tuple(record for part in parts for record in part.doubtful),
    )


def _by_row(findings: Sequence[Finding]) -> dict[RowKey, list[Finding]]:
    """The errors among the findings, by row."""
    rows: dict[RowKey, list[Finding]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR:
            rows.setdefault((finding.place.book, finding.place.sheet, finding.place.row), []).append(finding)
    return rows


def _without(roster: Roster[Any], findings: Sequence[Finding]) -> Roster[Any]:
    """The roster with the rows set aside that have an error among the findings."""
    spoilt = _by_row(findings)
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
    files: Sequence[File], rosters: Mapping[str, Roster[Any]], read: Mapping[str, Roster[Any]]
) -> list[File]:
    """The files with their tallies. read: as in Audit."""
    used = Counter(record.row.source.book for roster in rosters.values() for record in roster.records)
    used += Counter(row.source.book for roster in rosters.values() for row in roster.joined)
    aside = Counter(row.source.book for roster in rosters.values() for row in roster.set_aside)
    rows = sum((_books(read[name]) for name in rosters), Counter[str]())
    return [replace(file, tally=_tally(rows[file.name], used[file.name], aside[file.name])) for file in files]


def _tally(read: int, used: int, set_aside: int) -> Tally:
    return Tally(read, (("采用", used),), set_aside)


def texts(audit: Audit, wanted: Mapping[str, Wanted[Any]]) -> dict[Finding, str]:
    """The content of the cell that each finding is about, with numbers masked."""
    kinds: dict[tuple[str, str, int], Kind] = {}
    for name, roster in audit.rosters.items():
        kind_of = {field.name: field.kind for field in wanted[name].fields}
        rows = (*(record.row for record in roster.records), *roster.set_aside)
        for source in {id(row.source): row.source for row in rows}.values():
            for field, (column, _) in source.columns.items():
                kinds[source.book, source.sheet, column] = kind_of[field]
    sheets = {
        (file.name, sheet.name): sheet for file in audit.files if file.book for sheet in file.book.sheets
    }
    quotes = {}
    for finding in audit.findings:
        place = finding.place
        sheet = sheets.get((place.book, place.sheet))
        row = sheet.rows[place.row - 1] if sheet and 0 < place.row <= len(sheet.rows) else ()
        if 0 < place.column <= len(row):
            kind = kinds.get((place.book, place.sheet, place.column), Kind.TEXT)
            quotes[finding] = quoted(kind, row[place.column - 1])
    return quotes
