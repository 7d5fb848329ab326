"""Collects what check-ups found about the people on a roster, so that it can be handed to the hospital.

No other module reads these cells: the reader drops them. This module opens the files once more and takes the dropped cells
in the rows of people who were read. The result is not masked, so the caller must encrypt it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field, Record, Roster, Row, Wanted, shown
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.grid import Area, Book, Dropped, Sheet
from sanchuang_cli.roster.paths import labels
from sanchuang_cli.roster.tables.dropped import laid_out
from sanchuang_cli.roster.tables.found_table import fills_downwards

_WHO = frozenset({"乡镇", "村", "所在党支部", "姓名"})
_SEPARATOR = "；"

Told = Mapping[str, str]
"""What was found about one person, by heading."""


@dataclass(frozen=True)
class Handed:
    """What the hospital gets. who: the fields that say whom a line is about. headings: of what was found, as they are
    written in the books. people: for each person, the values of `who` and what was found."""

    who: tuple[Field, ...]
    headings: tuple[str, ...]
    people: tuple[tuple[tuple[str, ...], Told], ...]


def handed(
    paths: Sequence[Path],
    sha256: Mapping[str, str],
    wanted: Wanted[Any],
    roster: Roster[Any],
    passwords: Sequence[str] = (),
) -> Handed:
    """Everybody on the roster, also those set aside, with what was found about each.

    sha256: of the books when they were read, by name. Raises UserError for a book that was changed since then.
    """
    who = tuple(field for field in wanted.fields if field.heading in _WHO or field.kind is Kind.IDENTITY)
    by_line: dict[tuple[str, str, int, int], Told] = {}
    for path, name in zip(paths, labels(paths), strict=True):
        if name in sha256:
            by_line |= _of_book(_unchanged(path, name, sha256[name], passwords))
    rows = [(_words(record, who), record.row) for record in roster.records]
    rows += [(tuple(row.written(field.name) for field in who), row) for row in roster.set_aside]
    people = [
        (words, _together([by_line.get(_line(part), {}) for part in (row, *row.joined)]))
        for words, row in sorted(rows, key=lambda words_and_row: words_and_row[1].line)
    ]
    headings = dict.fromkeys(heading for _, findings in people for heading in findings)
    return Handed(who, tuple(headings), tuple(people))


def _unchanged(path: Path, name: str, sha256: str, passwords: Sequence[str]) -> Book:
    """The book, opened again. In a changed file the findings would stand beside other people's names, so it is refused."""
    book = open_book(path, passwords).called(name)
    if book.sha256 != sha256:
        raise UserError(
            f"{name}：读的时候被改过，行对不上了，什么都没有写出。请关闭正在使用它的程序，再运行一次。"
        )
    return book


def _words(record: Record, who: Sequence[Field]) -> tuple[str, ...]:
    return tuple(shown(getattr(record, field.name, "")) for field in who)


def _line(row: Row) -> tuple[str, str, int, int]:
    """A row of one table: book, sheet, row, and its first field's column, because another table may stand beside it."""
    return *row.line, min((column for column, _ in row.source.columns.values()), default=0)


def _together(parts: Sequence[Told]) -> Told:
    """What was found in the several rows of one person."""
    headings = dict.fromkeys(heading for part in parts for heading in part)
    return {
        heading: _SEPARATOR.join(dict.fromkeys(part[heading] for part in parts if part.get(heading)))
        for heading in headings
    }


def _of_book(book: Book) -> dict[tuple[str, str, int, int], Told]:
    """What was dropped in each row of a book. A row can be looked up by any column of its table."""
    laid = laid_out(book)
    by_line: dict[tuple[str, str, int, int], Told] = {}
    for raw, clean in zip(book.sheets, laid.book.sheets, strict=True):
        cell = _cells(raw)
        for area in laid.of(clean, book.name).areas if clean.dropped else ():
            columns = list(_owned(area, clean.dropped))
            for row in area.records:
                text_of_heading: Told = {
                    name: text for name, dropped in columns if (text := _text(dropped, row, cell)) is not None
                }
                for column in range(area.left, area.left + len(area.columns)):
                    by_line[book.name, raw.name, row, column] = text_of_heading
    return by_line


def _owned(area: Area, dropped: Sequence[Dropped]) -> Iterator[tuple[str, list[Dropped]]]:
    """The dropped columns of a table, each under a name of its own and with the columns it ran over into."""
    groups: list[list[Dropped]] = []
    for cells in dropped:
        if cells.heading:
            groups.append([cells])
        elif groups:
            groups[-1].append(cells)
    called: dict[str, int] = {}
    for group in groups:
        head = group[0]
        below = area.header_rows[1] <= head.row <= max(area.records, default=0)
        if below and area.left <= head.column < area.left + len(area.columns):
            called[head.heading] = called.get(head.heading, 0) + 1
            number = called[head.heading]
            yield head.heading if number == 1 else f"{head.heading}（{number}）", group


def _text(columns: Sequence[Dropped], row: int, cell: Callable[[int, int], str]) -> str | None:
    """What the columns hold in a row; None if they do not reach there."""
    here = [cells.column for cells in columns if cells.has(row, cells.column)]
    return _SEPARATOR.join(filter(None, (cell(row, column) for column in here))) if here else None


def _cells(sheet: Sheet) -> Callable[[int, int], str]:
    """Makes the function that gives the text of a cell; a cell merged downwards has it in each of its rows."""
    fills = fills_downwards(sheet)

    def cell(row: int, column: int) -> str:
        cells = sheet.rows[row - 1]
        text = shown(cells[column - 1]) if column <= len(cells) else ""
        return text or next((shown(value) for at, value in fills.get(row, ()) if at == column), "")

    return cell
