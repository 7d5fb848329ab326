"""Makes a new workbook like a sender's book, for the formats that cannot be edited: the same cells, merges and column widths.

Works in memory. Promise: reading it gives the same records as reading the original, and notes say what it lacks.
"""

import contextlib
import math
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from sanchuang_cli.finding import column_letters
from sanchuang_cli.record import NOT_WORKED_OUT, PICTURE, ErrorCell
from sanchuang_cli.record import shown as written
from sanchuang_cli.report import files, shown
from sanchuang_cli.roster.books.content import Format
from sanchuang_cli.roster.grid import Book, Sheet
from sanchuang_cli.roster.returns.widths import column_widths

_WIDEST = 60
_LINES = Border(*(Side(style="thin", color="FFBFBFBF"),) * 4)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FIRST_YEAR = 1900
_AUTHOR = "报送单位"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>")
_VALUE = "_value"
"""A private name of openpyxl. Without it, openpyxl writes numbers as it always does, which loses the last digit of some."""


def alike(book: Book, content: bytes, kind: Format, names: list[str]) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of a new workbook, and what is different in it. names: of its sheets."""
    workbook = Workbook()
    assert workbook.active is not None
    workbook.remove(workbook.active)
    if any(sheet.date1904 for sheet in book.sheets):
        workbook.epoch = CALENDAR_MAC_1904
    widths = column_widths(kind, content)
    for at, (name, sheet) in enumerate(zip(names, book.sheets, strict=True)):
        drawn = workbook.create_sheet(name)
        _fill(drawn, sheet)
        _arrange(drawn, sheet, widths[at] if at < len(widths) else {})
        _mark_alike(drawn, sheet)
    return _bytes(workbook), tuple(_notes(book, kind, bool(widths)))


def _notes(book: Book, kind: Format, widths: bool) -> Iterator[str]:
    """What is different in a new workbook, for the sender to read. widths: whether the column widths are the original ones."""
    dropped = any(sheet.dropped for sheet in book.sheets)
    original = {
        Format.TEXT: "文本文件（.csv 一类）",
        Format.BIFF: "旧格式工作簿（.xls 或 .et）",
        Format.ODS: "ODF 工作簿（.ods）",
        Format.XLSB: "二进制工作簿（.xlsb）",
    }.get(kind, "本程序不能原样修改的 .xlsx")
    same = "单元格内容、合并和列宽" if widths else "单元格内容和合并"
    yield f"原件是{original}，这份 .xlsx 是照它另做的：{same}相同，字体、边框、公式、图片等没有带过来。"
    if dropped:
        yield health_note(book)
    if not widths and kind is not Format.TEXT:
        yield "列宽是按内容重新设的。"
    yield "请在这份里改好，直接报送这份 .xlsx；也可以照它改原件再报送。"


def health_note(book: Book) -> str:
    """Says which columns are empty because they hold what a check-up found."""
    headings = [cells.heading for sheet in book.sheets for cells in sheet.dropped if cells.heading]
    return f"体检发现的健康情况没有带过来，这几列是空的：{'、'.join(dict.fromkeys(headings))}。"


def _fill(drawn: Worksheet, sheet: Sheet) -> None:
    """Writes the cells, each with a border, because the borders of the original are not known."""
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None and value != "":
                cell = drawn.cell(number, column)
                _put(cell, value, sheet)
                cell.border = _LINES


def _put(cell: Cell | MergedCell, value: Any, sheet: Sheet) -> None:
    """Writes a value. Text stays text whatever it looks like. A number keeps its format, because that may decide a date."""
    if isinstance(cell, MergedCell):
        return
    if isinstance(value, ErrorCell) and value not in (NOT_WORKED_OUT, PICTURE):
        cell.value, cell.data_type = str(value), "e"
    elif isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = value.startswith("=")
    elif isinstance(value, date) and value.year < _FIRST_YEAR:
        cell.value = value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    else:
        cell.value = value
        if isinstance(value, int | float) and not isinstance(value, bool):
            cell.number_format = sheet.number_format(cell.row, cell.column) or "General"
            _keep_exactly(cell, value)


def _keep_exactly(cell: Cell, value: float) -> None:
    """Gives a cell a number with its last digit, which openpyxl would leave out."""
    if (
        isinstance(value, float)
        and math.isfinite(value)
        and float(f"{value:.16g}") != value
        and hasattr(cell, _VALUE)
    ):
        setattr(cell, _VALUE, repr(value))  # still a number cell, because the type of the cell stays


def _arrange(drawn: Worksheet, sheet: Sheet, widths: dict[int, float]) -> None:
    """Sets merges, column widths and what is hidden."""
    for top, left, bottom, right in sheet.merges:
        drawn.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        drawn.cell(top, left).alignment = _CENTRED
    for column, width in (widths or _fitting(sheet)).items():
        drawn.column_dimensions[column_letters(column)].width = width
    for column in sheet.hidden_columns:
        drawn.column_dimensions[column_letters(column)].hidden = True
    for row in sheet.hidden_rows:
        drawn.row_dimensions[row].hidden = True
    if sheet.hidden:
        drawn.sheet_state = "hidden"


def _mark_alike(drawn: Worksheet, sheet: Sheet) -> None:
    """Copies the comments and the lines through cells. A line through a part of a text goes through all of it here."""
    for number, beside in sheet.beside.items():
        for column in beside.struck:
            drawn.cell(number, column).font = Font(strike=True)
        for column, text in beside.comments.items():
            cell = drawn.cell(number, column)
            if not isinstance(cell, MergedCell):
                cell.comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", text), _AUTHOR)


def _fitting(sheet: Sheet) -> dict[int, float]:
    """Column widths that fit the contents of the first rows. Cells merged over several columns do not count."""
    spread = {(top, left) for top, left, _, right in sheet.merges if right > left}
    widest: dict[int, float] = {}
    for number, row in enumerate(sheet.rows[:200], 1):
        for column, value in enumerate(row, 1):
            if value not in (None, "") and (number, column) not in spread:
                needed = min(_WIDEST, shown.breadth(written(value)) + 2)
                widest[column] = max(widest.get(column, 6), needed)
    return widest


def _bytes(workbook: Workbook) -> bytes:
    """The bytes of a workbook without any time in them, so that the same book always gives the same bytes."""
    written, result = BytesIO(), BytesIO()
    with files.workspace() as folder, _parts_in(folder):
        workbook.save(written)
    with zipfile.ZipFile(written) as package, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in package.infolist():
            content = package.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(b"", content)
            fixed.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()


@contextlib.contextmanager
def _parts_in(folder: str) -> Iterator[None]:
    """Makes openpyxl put its temporary files into the folder, which is deleted afterwards. Otherwise they would be left in the
    system's folder, with personal data in them."""
    usual, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = usual
