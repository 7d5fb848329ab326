"""Makes a copy of a sender's book that can be marked: their own workbook if it is .xlsx or .xlsm, else a new one like it.

Works in memory and never writes to the original. Promise: reading the copy gives the same records as reading the original,
and the notes say what the copy lacks.
"""

import math
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from sanchuang_cli.finding import UserError, column_letters
from sanchuang_cli.record import NOT_WORKED_OUT, PICTURE, ErrorCell
from sanchuang_cli.record import shown as written
from sanchuang_cli.report import shown
from sanchuang_cli.report.workbook import sheet_names
from sanchuang_cli.roster.books.content import Format, content_format
from sanchuang_cli.roster.books.encryption import EXCELS_OWN, decrypted
from sanchuang_cli.roster.grid import Book, Sheet
from sanchuang_cli.roster.returns.widths import column_widths

_WIDEST = 60
_LINES = Border(*(Side(style="thin", color="FFBFBFBF"),) * 4)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FIRST_YEAR = 1900
_AUTHOR = "报送单位"


@dataclass(frozen=True)
class Copy:
    """The workbook to mark. titles: the name of each sheet in the copy, by its name in the book.

    formulas: the cells that had a formula, by the sheet in the copy. notes: what is different, in Chinese. own: whether it is
    the sender's own workbook, which may lose parts when it is written.
    """

    workbook: Workbook
    suffix: str
    titles: dict[str, str]
    formulas: dict[str, set[tuple[int, int]]]
    notes: tuple[str, ...]
    own: bool


def unlocked(path: Path, passwords: Sequence[str]) -> tuple[bytes, str]:
    """The bytes of the book without encryption, and the password that opened it, "" if it has none."""
    content = path.read_bytes()
    for password in chain((EXCELS_OWN,), passwords):
        try:
            plain = decrypted(path.name, content, () if password == EXCELS_OWN else [password])
        except UserError:
            continue
        return (content, "") if plain is None else (plain, password)
    return content, ""


def copy_of(book: Book, content: bytes) -> Copy:
    """A copy of the book to mark. content: its bytes without encryption.

    If columns about health were dropped from the book, the copy is a new workbook, because their own still has them.
    """
    if content.startswith(b"\xd0\xcf"):
        return _alike(book, content, Format.BIFF)
    kind = content_format(book.name, content)
    if kind is not Format.XLSX or any(sheet.dropped for sheet in book.sheets):
        return _alike(book, content, kind)
    try:
        return _own(book, content)
    except Exception:  # openpyxl may raise anything on what other programs wrote
        return _alike(book, content, kind)


def _own(book: Book, content: bytes) -> Copy:
    """The sender's workbook with its layout. The results of formulas become constants, because openpyxl would save formulas
    without results, and then the copy could not be read."""
    macros = _has_macros(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = load_workbook(BytesIO(content), data_only=True, keep_vba=macros, rich_text=True)
        formulas = _formulas(content)
    package = workbook.vba_archive
    if package and package.fp:
        # openpyxl leaves it open for writing. When it is let go, Python would complain about that on the screen.
        held = package.fp
        package.close()
        workbook.vba_archive = zipfile.ZipFile(held)
    workbook.template = False
    titles = {sheet.name: sheet.name for sheet in book.sheets}
    if not set(titles) <= {sheet.title for sheet in workbook.worksheets}:
        raise ValueError("openpyxl sees other sheets than the reader")
    notes = [
        f"{title}：{_ranges(cells)} 原是公式（{len(cells)} 格），这份副本里只有公式当时的结果；要保留公式的，改好后请重新填上。"
        for title, cells in formulas.items()
    ]
    return Copy(workbook, ".xlsm" if macros else ".xlsx", titles, formulas, tuple(notes), own=True)


def keep_exactly(workbook: Workbook) -> None:
    """Changes cells so that openpyxl writes them exactly: the last digit of numbers, and blanks with a font of their own."""
    for sheet in workbook.worksheets:
        for cell in cells_of(sheet):
            value = cell.value
            if isinstance(value, float) and math.isfinite(value) and float(f"{value:.16g}") != value:
                _keep(cell, repr(value))  # still a number cell, because the type of the cell stays
            elif isinstance(value, CellRichText):
                _keep(cell, _without_blank_runs(value))


_CELLS, _VALUE = "_cells", "_value"
"""Private names of openpyxl. Without the first one, all cells of the used range are made, which may be many. Without the
second one, openpyxl writes numbers and texts as it always does."""


def cells_of(sheet: Worksheet) -> list[Any]:
    """The cells that exist in a sheet. iter_rows() would make every cell of the used range, which may be a million times as
    many."""
    held = getattr(sheet, _CELLS, None)
    return [cell for row in sheet.iter_rows() for cell in row] if held is None else list(held.values())


def cells_in(sheet: Worksheet, row: int) -> Iterator[Any]:
    """The cells that exist in a row of a sheet, from left to right."""
    held = getattr(sheet, _CELLS, None)
    if held is None:
        yield from sheet[row]
        return
    for column in range(1, sheet.max_column + 1):
        if (row, column) in held:
            yield held[row, column]


def _keep(cell: Any, value: Any) -> None:
    """Gives a cell a value without the changes that openpyxl makes to values."""
    if hasattr(cell, _VALUE):
        setattr(cell, _VALUE, value)


def _without_blank_runs(rich: CellRichText) -> CellRichText:
    """The same text with blank runs joined to the run before, because openpyxl loses a run that is blank."""
    runs: list[TextBlock | str] = []
    for run in rich:
        if runs and (not str(run).strip() or not str(runs[-1]).strip()):
            last = runs.pop()
            font = (
                run.font
                if isinstance(run, TextBlock) and not str(last).strip()
                else getattr(last, "font", None)
            )
            text = str(last) + str(run)
            runs.append(TextBlock(font, text) if font else text)
        else:
            runs.append(run)
    return CellRichText(*runs)


def _has_macros(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return any(name.lower().endswith("vbaproject.bin") for name in package.namelist())


def _formulas(content: bytes) -> dict[str, set[tuple[int, int]]]:
    """The cells with formulas, by sheet. The workbook is opened once more only if some sheet has any."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if "worksheets/" in name.lower()]
        if not any(b"<f" in package.read(name) or b":f" in package.read(name) for name in sheets):
            return {}
    book = load_workbook(BytesIO(content), read_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # with the stated size, one cell far away would make it fill the whole rectangle
        by_sheet = {
            sheet.title: {
                (number, column)
                for number, row in enumerate(sheet.iter_rows(), 1)
                for column, cell in enumerate(row, 1)
                if cell.data_type == "f"
            }
            for sheet in book.worksheets
        }
    finally:
        book.close()
    return {title: cells for title, cells in by_sheet.items() if cells}


def _ranges(cells: set[tuple[int, int]]) -> str:
    """The cells in short form, as ranges down each column and cut after six: C5:C9、D12."""
    runs: list[list[int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    words = [
        f"{column_letters(column)}{first}" + (f":{column_letters(column)}{last}" if last > first else "")
        for column, first, last in runs
    ]
    return "、".join(words[:6]) + ("等" if len(words) > 6 else "")


def _alike(book: Book, content: bytes, kind: Format) -> Copy:
    """A new workbook with the same cells, merges and column widths."""
    workbook = Workbook()
    assert workbook.active is not None
    workbook.remove(workbook.active)
    if any(sheet.date1904 for sheet in book.sheets):
        workbook.epoch = CALENDAR_MAC_1904
    widths = column_widths(kind, content)
    names = sheet_names([sheet.name for sheet in book.sheets])
    for at, (name, sheet) in enumerate(zip(names, book.sheets, strict=True)):
        drawn = workbook.create_sheet(name)
        _fill(drawn, sheet)
        _arrange(drawn, sheet, widths[at] if at < len(widths) else {})
        _mark_alike(drawn, sheet)
    return Copy(
        workbook,
        ".xlsx",
        {sheet.name: name for sheet, name in zip(book.sheets, names, strict=True)},
        {},
        tuple(_notes(book, kind, bool(widths))),
        own=False,
    )


def _notes(book: Book, kind: Format, widths: bool) -> Iterator[str]:
    """What is different in a new workbook, for the sender to read. widths: whether the column widths are the original ones."""
    dropped = [cells.heading for sheet in book.sheets for cells in sheet.dropped if cells.heading]
    original = {
        Format.TEXT: "文本文件（.csv 一类）",
        Format.BIFF: "旧格式工作簿（.xls 或 .et）",
        Format.ODS: "ODF 工作簿（.ods）",
        Format.XLSB: "二进制工作簿（.xlsb）",
    }.get(kind, "带有体检发现的 .xlsx" if dropped else "本程序不能原样修改的 .xlsx")
    same = "单元格内容、合并和列宽" if widths else "单元格内容和合并"
    yield f"原件是{original}，这份 .xlsx 是照它另做的：{same}相同，字体、边框、公式、图片等没有带过来。"
    if dropped:
        yield f"体检发现的健康情况没有带过来，这几列是空的：{'、'.join(dict.fromkeys(dropped))}。"
    if not widths and kind is not Format.TEXT:
        yield "列宽是按内容重新设的。"
    yield "请在这份里改好，直接报送这份 .xlsx；也可以照它改原件再报送。"


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
