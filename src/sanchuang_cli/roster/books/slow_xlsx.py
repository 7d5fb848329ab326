"""Reads .xlsx with openpyxl's streaming parser, for files that python-calamine refuses or cannot hold in memory.

Promise: only the cells that exist take time and memory, so a single cell at XFD1048576 does no harm. The parser is private
to openpyxl (_TOUCHED lists the names). If one of those names is missing in another version, public calls are used instead.
They read the sheet twice and also make cells that only have a style.
"""

import contextlib
import importlib.util
import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from io import BytesIO
from typing import Any

from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.books.content import TooManyCellsError
from sanchuang_cli.roster.books.xlsx import SheetMarks, SlimSheet
from sanchuang_cli.roster.grid import Merge

_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_MOST_CELLS = 20_000_000
_READER = "openpyxl.worksheet._reader"
_TOUCHED = ("_date_formats", "_timedelta_formats"), ("_worksheet_path", "_shared_strings")
"""The private names that are used: of a book, and of a sheet."""
Found = Iterator[tuple[int, int, Cell, str]]
"""The row, column, value and kind of each cell."""


def openpyxl_sheets(content: bytes) -> Iterator[tuple[str, bool, list[list[Cell]], SheetMarks]]:
    """The name of each sheet, whether it is hidden, its rows and its marks. Raises whatever openpyxl raises."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book: Any = load_workbook(BytesIO(content), read_only=True, data_only=True)
        slim = _parser_available(book)
        full_book = None if slim else _full_book(content)
        for sheet in book.worksheets:
            parser = _parser(content, book, sheet) if slim else None
            rows = _rows(_parsed(parser) if parser else _public_cells(sheet))
            marks = (
                _marks(parser)
                if parser
                else _public_marks(full_book[sheet.title])
                if full_book
                else SheetMarks()
            )
            yield sheet.title, sheet.sheet_state != "visible", rows, marks
        book.close()


def _full_book(content: bytes) -> Any:
    """The book with hidden rows and merges, which the streaming parser does not give; None if they cannot be read."""
    from openpyxl import load_workbook

    with contextlib.suppress(Exception):  # openpyxl may raise anything on what other programs wrote
        return load_workbook(BytesIO(content), data_only=True)
    return None


def _parser_available(book: Any) -> bool:
    """Whether this version of openpyxl has every private name that is used."""
    of_book, of_sheet = _TOUCHED
    owners = [(book, of_book), *((sheet, of_sheet) for sheet in book.worksheets)]
    reader = importlib.import_module(_READER) if importlib.util.find_spec(_READER) else None
    return hasattr(reader, "WorkSheetParser") and all(
        hasattr(owner, name) for owner, names in owners for name in names
    )


def _parser(content: bytes, book: Any, sheet: Any) -> Any:
    return importlib.import_module(_READER).WorkSheetParser(
        SlimSheet(content, sheet._worksheet_path.lower()),
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )


def _parsed(parser: Any) -> Found:
    for _, cells in parser.parse():
        for cell in cells:
            yield cell["row"], cell["column"], cell["value"], cell["data_type"]


def _public_cells(sheet: Any) -> Found:
    sheet.reset_dimensions()  # the size that a sheet states for itself is often wrong
    for row, cells in enumerate(sheet.iter_rows(), 1):
        for column, cell in enumerate(cells, 1):
            if cell.value is not None:
                yield row, column, cell.value, cell.data_type


def _rows(cells: Found) -> list[list[Cell]]:
    """The cells as rows. Raises TooManyCellsError if the blank cells before them would fill the memory."""
    rows: list[list[Cell]] = []
    spent = 0
    for row, column, value, kind in cells:
        if value is None or not (0 < row <= _LAST_ROW and 0 < column <= _LAST_COLUMN):
            continue
        while len(rows) < row:
            rows.append([])
        line = rows[row - 1]
        missing = column - len(line)
        if missing > 0:
            line.extend([""] * missing)
            spent += missing
            if spent > _MOST_CELLS:
                raise TooManyCellsError
        line[column - 1] = ErrorCell(value) if kind == "e" else _calendar(value)
    return rows


def _marks(parser: Any) -> SheetMarks:
    """The hidden rows and columns and the merges that the private parser has seen."""
    marks = SheetMarks()
    marks.hidden_rows = {
        int(number) for number, row in parser.row_dimensions.items() if row.get("hidden") in ("1", "true")
    }
    for column in parser.column_dimensions.values():
        if column.get("hidden") in ("1", "true"):
            first, last = int(column.get("min", 0)), int(column.get("max", 0))
            marks.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))
    marks.merges = _merges(parser.merged_cells.mergeCell) if parser.merged_cells else []
    return marks


def _public_marks(sheet: Any) -> SheetMarks:
    """The same from a sheet that was read by public calls."""
    marks = SheetMarks()
    marks.hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    for column in sheet.column_dimensions.values():
        if column.hidden:
            marks.hidden_columns.update(range(column.min, min(column.max, _LAST_COLUMN) + 1))
    marks.merges = sorted(_merges(sheet.merged_cells.ranges))
    return marks


def _merges(ranges: Iterable[Any]) -> list[Merge]:
    return [(merged.min_row, merged.min_col, merged.max_row, merged.max_col) for merged in ranges]


def _calendar(value: Cell) -> Cell:
    """A date and time at midnight becomes a date, as python-calamine gives it."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
