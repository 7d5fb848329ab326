"""The second reader of .xlsx, for what python-calamine refuses or would drown in: openpyxl's streaming parser.

Promise: only the cells that are there cost anything, so a stray cell at XFD1048576 is read like any other.
The parser and what it has to know are private to openpyxl (listed in _TOUCHED); where a name is missing, the sheets are read
by public calls, which reads them twice and makes cells of what only carries a style.
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
from sanchuang_cli.roster.books.xlsx import Marks, SlimSheet
from sanchuang_cli.roster.grid import Merge

_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_MOST_CELLS = 20_000_000
_READER = "openpyxl.worksheet._reader"
_TOUCHED = ("_date_formats", "_timedelta_formats"), ("_worksheet_path", "_shared_strings")
"""Of a book, and of a sheet."""
Found = Iterator[tuple[int, int, Cell, str]]
"""Row, column, value and kind of each cell."""


def openpyxl_sheets(content: bytes) -> Iterator[tuple[str, bool, list[list[Cell]], Marks]]:
    """Name, hidden or not, rows and marks of each sheet. Raises whatever openpyxl raises on a broken file."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book: Any = load_workbook(BytesIO(content), read_only=True, data_only=True)
        slim = _parser_available(book)
        whole = None if slim else _whole(content)
        for sheet in book.worksheets:
            parser = _parser(content, book, sheet) if slim else None
            rows = _rows(_parsed(parser) if parser else _public_cells(sheet))
            marks = _marks(parser) if parser else _public_marks(whole[sheet.title]) if whole else Marks()
            yield sheet.title, sheet.sheet_state != "visible", rows, marks
        book.close()


def _whole(content: bytes) -> Any:
    """The book with all that stands beside its cells; None where that part of it cannot be read."""
    from openpyxl import load_workbook

    with contextlib.suppress(Exception):  # openpyxl raises anything at all on what other programs wrote
        return load_workbook(BytesIO(content), data_only=True)
    return None


def _parser_available(book: Any) -> bool:
    """Whether this openpyxl still has every private name that the quick way touches."""
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
    sheet.reset_dimensions()  # what a sheet says of its own reach is often wrong
    for row, cells in enumerate(sheet.iter_rows(), 1):
        for column, cell in enumerate(cells, 1):
            if cell.value is not None:
                yield row, column, cell.value, cell.data_type


def _rows(cells: Found) -> list[list[Cell]]:
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


def _marks(parser: Any) -> Marks:
    found = Marks()
    found.hidden_rows = {
        int(number) for number, row in parser.row_dimensions.items() if row.get("hidden") in ("1", "true")
    }
    for column in parser.column_dimensions.values():
        if column.get("hidden") in ("1", "true"):
            first, last = int(column.get("min", 0)), int(column.get("max", 0))
            found.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))
    found.merges = _merges(parser.merged_cells.mergeCell) if parser.merged_cells else []
    return found


def _public_marks(sheet: Any) -> Marks:
    found = Marks()
    found.hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    for column in sheet.column_dimensions.values():
        if column.hidden:
            found.hidden_columns.update(range(column.min, min(column.max, _LAST_COLUMN) + 1))
    found.merges = sorted(_merges(sheet.merged_cells.ranges))
    return found


def _merges(ranges: Iterable[Any]) -> list[Merge]:
    return [(m.min_row, m.min_col, m.max_row, m.max_col) for m in ranges]


def _calendar(value: Cell) -> Cell:
    """Midnight is a date, as python-calamine has it."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
