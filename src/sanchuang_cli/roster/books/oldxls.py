"""Reads .xls and .et (BIFF 3 to 8) with xlrd, which gives values, errors, hidden rows, merges and formats in one pass.

python-calamine is faster, but a damaged column number makes it abort the interpreter, while xlrd only raises.
"""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime, time
from typing import Any

from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.books.comments import spoken
from sanchuang_cli.roster.books.xlsx import SheetMarks
from sanchuang_cli.roster.grid import Sheet


def xls_sheets(content: bytes) -> Iterator[Sheet]:
    """The sheets of a BIFF file. Raises whatever xlrd raises on a broken one."""
    noise = io.StringIO()
    with redirect_stdout(noise):
        try:
            book = _opened(content, noise)
        except LookupError:  # an old file in a Macintosh encoding that Python does not know
            book = _opened(content, noise, encoding_override="gb18030")
    lines = [bool(font.struck_out) for font in book.font_list]
    for sheet in book.sheets():
        yield Sheet(
            name=sheet.name,
            rows=[_row(sheet, number, book.datemode) for number in range(sheet.nrows)],
            merges=tuple((top + 1, left + 1, end, right) for top, end, left, right in sheet.merged_cells),
            hidden=sheet.visibility != 0,
            hidden_rows=frozenset(at + 1 for at, row in sheet.rowinfo_map.items() if row.hidden),
            hidden_columns=frozenset(at + 1 for at, column in sheet.colinfo_map.items() if column.hidden),
            date1904=book.datemode == 1,
            number_format=_formats(book, sheet),
            beside=SheetMarks(comments=_comments(sheet), struck=_struck(book, sheet, lines)).beside,
        )


def _comments(sheet: Any) -> dict[tuple[int, int], str]:
    notes = ((row + 1, column + 1, spoken(note.text)) for (row, column), note in sheet.cell_note_map.items())
    return {(row, column): text for row, column, text in notes if text}


def _struck(book: Any, sheet: Any, lines: list[bool]) -> dict[tuple[int, int], bool]:
    """The cells with a line through all of their text (True) or a part of it (False).

    lines: for each font, whether it has a line through it.
    """
    if not any(lines):
        return {}
    fonts = {font for font, line in enumerate(lines) if line}
    styles = {number for number, style in enumerate(book.xf_list) if style.font_index in fonts}
    struck = {
        (row + 1, column + 1): True
        for row in range(sheet.nrows)
        for column in range(sheet.row_len(row))
        if sheet.cell_xf_index(row, column) in styles and sheet.cell_type(row, column)
    }
    for (row, column), runs in sheet.rich_text_runlist_map.items():
        place = row + 1, column + 1
        of_runs = [place in struck] * (runs[0][0] > 0) + [font in fonts for _, font in runs]
        if any(of_runs) or struck.pop(place, False):
            struck[place] = all(of_runs)
    return struck


def _opened(content: bytes, noise: io.StringIO, **how: str) -> Any:
    import xlrd

    return xlrd.open_workbook(
        file_contents=content, formatting_info=True, ragged_rows=True, logfile=noise, on_demand=False, **how
    )


def _row(sheet: Any, number: int, datemode: int) -> list[Cell]:
    """The cells of a row without the blank ones at its end."""
    row = [
        value if kind == 1 or kind == 2 else _value(kind, value, datemode)
        for kind, value in zip(sheet.row_types(number), sheet.row_values(number), strict=True)
    ]
    while row and row[-1] == "":
        row.pop()
    return row


def _value(kind: int, value: Any, datemode: int) -> Cell:
    """The value of a cell that is no text or number. xlrd's kinds are: 0 and 6 blank, 3 date, 4 boolean, 5 error."""
    import xlrd

    if kind == 3:
        return _moment(value, datemode)
    if kind == 4:
        return bool(value)
    if kind == 5:
        return ErrorCell(xlrd.error_text_from_code.get(value, "#N/A"))
    return ""


def _moment(serial: float, datemode: int) -> Cell:
    """A date, a time of day, or both, as python-calamine gives them; the number itself if it is no possible date."""
    import xlrd

    try:
        moment: datetime = xlrd.xldate.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return serial
    if 0 <= serial < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment


def _formats(book: Any, sheet: Any) -> Any:
    """Makes the function that gives the number format of a cell, "" if the file does not have one."""

    def number_format(row: int, column: int) -> str:
        try:
            style = book.xf_list[sheet.cell_xf_index(row - 1, column - 1)]
            return str(book.format_map[style.format_key].format_str)
        except (IndexError, KeyError):
            return ""

    return number_format
