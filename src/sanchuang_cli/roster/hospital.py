"""The one door to what check-ups found: whose they are and what was dropped of them, to be handed to the hospital.

The rosters were read as everybody reads them, without those columns; here the files are opened once more, and of their
dropped cells those are taken that stand in the rows of people who were read. Whoever calls this must encrypt it.
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
from sanchuang_cli.roster.tables.table import fills_downwards

_WHO = frozenset({"乡镇", "村", "所在党支部", "姓名"})
_SEPARATOR = "；"

Told = Mapping[str, str]
"""What was found about somebody, by heading."""


@dataclass(frozen=True)
class Handed:
    """who: the fields that say whom a line is about. headings: of what was found, as they are written in the books. people:
    each one's words of `who`, and what was found."""

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
    """Everybody on the roster, those set aside too, with what was found. sha256: of the books as they were read, by name.
    Raises UserError for a book that has been changed since."""
    who = tuple(one for one in wanted.fields if one.heading in _WHO or one.kind is Kind.IDENTITY)
    told: dict[tuple[str, str, int, int], Told] = {}
    for path, name in zip(paths, labels(paths), strict=True):
        if name in sha256:
            told |= _of_book(_unchanged(path, name, sha256[name], passwords))
    people = [(_words(record, who), record.row) for record in roster.records]
    people += [(tuple(row.written(one.name) for one in who), row) for row in roster.set_aside]
    ordered = sorted(people, key=lambda one: one[1].line)
    found = [
        (words, _whole([told.get(_line(each), {}) for each in (row, *row.joined)])) for words, row in ordered
    ]
    headings = dict.fromkeys(heading for _, own in found for heading in own)
    return Handed(who, tuple(headings), tuple(found))


def _unchanged(path: Path, name: str, sha256: str, passwords: Sequence[str]) -> Book:
    book = open_book(path, passwords).called(name)
    if book.sha256 != sha256:
        raise UserError(
            f"{name}：读的时候被改过，行对不上了，什么都没有写出。请关闭正在使用它的程序，再运行一次。"
        )
    return book


def _words(record: Record, who: Sequence[Field]) -> tuple[str, ...]:
    return tuple(shown(getattr(record, one.name, "")) for one in who)


def _line(row: Row) -> tuple[str, str, int, int]:
    """A row of one table, told from those of a table beside it by the first column that it has a field in."""
    return *row.line, min((column for column, _ in row.source.columns.values()), default=0)


def _whole(parts: Sequence[Told]) -> Told:
    """What several rows of one person say."""
    headings = dict.fromkeys(heading for part in parts for heading in part)
    return {
        heading: _SEPARATOR.join(dict.fromkeys(part[heading] for part in parts if part.get(heading)))
        for heading in headings
    }


def _of_book(book: Book) -> dict[tuple[str, str, int, int], Told]:
    """What was dropped, by line. Every column of a table stands for its lines."""
    laid = laid_out(book)
    found: dict[tuple[str, str, int, int], Told] = {}
    for raw, clean in zip(book.sheets, laid.book.sheets, strict=True):
        cell = _cells(raw)
        for area in laid.of(clean, book.name).areas if clean.dropped else ():
            columns = list(_owned(area, clean.dropped))
            for row in area.records:
                told: Told = {
                    name: text for name, each in columns if (text := _text(each, row, cell)) is not None
                }
                for column in range(area.left, area.left + len(area.columns)):
                    found[book.name, raw.name, row, column] = told
    return found


def _owned(area: Area, dropped: Sequence[Dropped]) -> Iterator[tuple[str, list[Dropped]]]:
    """The dropped columns of a table, each with what ran over from it, and named so that no two are called alike."""
    groups: list[list[Dropped]] = []
    for one in dropped:
        if one.heading:
            groups.append([one])
        elif groups:
            groups[-1].append(one)
    called: dict[str, int] = {}
    for group in groups:
        head = group[0]
        below = area.header_rows[1] <= head.row <= max(area.records, default=0)
        if below and area.left <= head.column < area.left + len(area.columns):
            called[head.heading] = called.get(head.heading, 0) + 1
            number = called[head.heading]
            yield head.heading if number == 1 else f"{head.heading}（{number}）", group


def _text(columns: Sequence[Dropped], row: int, cell: Callable[[int, int], str]) -> str | None:
    """What the columns say in the row; None where they do not reach there."""
    here = [one.column for one in columns if one.has(row, one.column)]
    return _SEPARATOR.join(filter(None, (cell(row, column) for column in here))) if here else None


def _cells(sheet: Sheet) -> Callable[[int, int], str]:
    """What a cell of the sheet shows, one merged downwards in each of its rows."""
    fills = fills_downwards(sheet)

    def cell(row: int, column: int) -> str:
        cells = sheet.rows[row - 1]
        own = shown(cells[column - 1]) if column <= len(cells) else ""
        return own or next((shown(value) for at, value in fills.get(row, ()) if at == column), "")

    return cell
