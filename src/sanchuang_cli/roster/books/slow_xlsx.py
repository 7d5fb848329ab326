"""The second reader of .xlsx, for what python-calamine refuses or would drown in: openpyxl's streaming parser.

Promise: only the cells that are there cost anything, so a stray cell at XFD1048576 is read like any other.
"""

import warnings
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO
from typing import Any

from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.books.content import TooManyCellsError
from sanchuang_cli.roster.books.xlsx import Marks, SlimSheet

_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_MOST_CELLS = 20_000_000


def openpyxl_sheets(content: bytes) -> Iterator[tuple[str, bool, list[list[Cell]], Marks]]:
    """Name, hidden or not, rows and marks of each sheet. Raises whatever openpyxl raises on a broken file."""
    from openpyxl import load_workbook
    from openpyxl.worksheet._reader import WorkSheetParser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book: Any = load_workbook(BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            parser: Any = WorkSheetParser(
                SlimSheet(content, sheet._worksheet_path.lower()),
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            rows = _rows(parser)
            yield sheet.title, sheet.sheet_state != "visible", rows, _marks(parser)
        book.close()


def _rows(parser: Any) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    spent = 0
    for _, cells in parser.parse():
        for cell in cells:
            value, row, column = cell["value"], cell["row"], cell["column"]
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
            line[column - 1] = ErrorCell(value) if cell["data_type"] == "e" else _calendar(value)
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
    if parser.merged_cells:
        found.merges = [(m.min_row, m.min_col, m.max_row, m.max_col) for m in parser.merged_cells.mergeCell]
    return found


def _calendar(value: Cell) -> Cell:
    """Midnight is a date, as python-calamine has it."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
