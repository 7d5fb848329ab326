"""Opens a workbook of any format. Every workbook that a township sends comes in through `open_book`.

It reads the file and changes nothing. Promise: every file gives its sheets, or a UserError that says what the file is and
what to send instead; it never crashes.
"""

import contextlib
import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from sanchuang_cli.finding import Finding, Place, Severity, UserError, column_letters, reason
from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.books import xlsx
from sanchuang_cli.roster.books.calamine import UnreadableError, calamine_sheets
from sanchuang_cli.roster.books.comments import comments
from sanchuang_cli.roster.books.content import BROKEN_ZIP, Format, TooManyCellsError, content_format, refused
from sanchuang_cli.roster.books.encryption import decrypted, unsupported_encryption
from sanchuang_cli.roster.books.strikes import strikes
from sanchuang_cli.roster.books.xlsx import SheetMarks
from sanchuang_cli.roster.grid import Book, Merge, Sheet, runs
from sanchuang_cli.roster.paths import WORKBOOKS, readable

_BIGGEST_FILE = 512 << 20
_MOST_CELLS = 20_000_000
_BROKEN = (*BROKEN_ZIP, ParseError, ExpatError)
_DAMAGED = "文件已损坏，读不通"
_SEND_AGAIN = "请用 WPS 或 Excel 打开它，另存为新的 .xlsx；打不开就请报送单位重新要一份。"
_TOO_FAR = "单元格铺得太远，内存里放不下"
_TRIM = "请用 WPS 或 Excel 打开它，删去有用区域以外的行和列，另存后再交。"


def open_book(path: Path, passwords: Sequence[str] = ()) -> Book:
    """The sheets of the file at `path`. The content decides the format, not the name. Raises UserError, and for a file with
    a password PasswordNeededError."""
    name = readable(path.name)
    content = _content(path)
    sha256 = hashlib.sha256(content).hexdigest()
    kind = content_format(name, content)
    if kind is Format.OLE:
        plain = decrypted(name, content, passwords)
        content = content if plain is None else plain
        kind = Format.BIFF if content.startswith(b"\xd0\xcf") else content_format(name, content)
    with _gc_paused():
        sheets = tuple(_sheets(name, kind, content))
    if not sheets:
        raise refused(name, "里面一张工作表也没有", _SEND_AGAIN)
    return Book(name, sha256, sheets, tuple(_oddities(name, sheets)))


def _content(path: Path) -> bytes:
    """The bytes of the file. Raises UserError for lock files, folders and files that are too big or cannot be read."""
    if path.name.startswith("~$"):
        raise refused(path.name, "这是 WPS 或 Excel 打开文件时留下的临时文件", "请给出不带“~$”的那个文件。")
    try:
        if path.stat().st_size > _BIGGEST_FILE:
            raise refused(path.name, f"文件超过 {_BIGGEST_FILE >> 20} MiB", "请拆成几个文件再交。")
        return path.read_bytes()
    except IsADirectoryError:
        raise refused(path.name, "这是文件夹", "请给出里面的表格文件。") from None
    except OSError as trouble:
        raise UserError(
            f"{path.name}：打不开（{reason(trouble)}）。请核对路径，或先关闭正在使用它的程序。"
        ) from None


def _sheets(name: str, kind: Format, content: bytes) -> Iterator[Sheet]:
    """The sheets, read by the reader for the format. Readers are imported here, because a run seldom needs them all."""
    if kind is Format.TEXT:
        from sanchuang_cli.roster.books.text import text_rows

        return iter([Sheet(Path(name).stem, _table_of(name, text_rows(name, content)))])
    if kind is Format.BIFF:
        return iter(_old_sheets(name, content))
    if kind is Format.ODS:
        return _ods_sheets(name, content)
    if kind is Format.XLSB:
        return _xlsb_sheets(name, content)
    return _xlsx_sheets(name, content)


def _table_of(name: str, rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows of a text file. A file that is called .xls but holds only a few lines of prose is refused."""
    if Path(name).suffix.lower() in WORKBOOKS and sum(len(row) > 1 for row in rows) < 2:
        raise refused(name, "扩展名像表格，里面却只是几行文字", "请向报送单位要原来的表格文件。")
    return rows


def _old_sheets(name: str, content: bytes) -> list[Sheet]:
    """The sheets of an .xls or .et. xlrd may raise anything on a damaged file, so every exception is caught."""
    from sanchuang_cli.roster.books.oldxls import xls_sheets

    try:
        return list(xls_sheets(content))
    except Exception as trouble:
        if "encrypted" in str(trouble).lower():
            raise unsupported_encryption(name) from None
        raise refused(name, _what_ole(content), _SEND_AGAIN) from None


def _what_ole(content: bytes) -> str:
    """What an OLE file is that is no workbook. Word and PowerPoint files are recognised by the names of their streams."""
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return _DAMAGED
    for stream, what in (
        ("WordDocument", "这是 Word 文档，不是表格文件"),
        ("PowerPoint Document", "这是演示文稿"),
    ):
        if stream.encode("utf-16-le") in content:
            return what
    return _DAMAGED


def _ods_sheets(name: str, content: bytes) -> Iterator[Sheet]:
    """The sheets of an .ods with their marks."""
    from sanchuang_cli.roster.books.ods import ods_marks

    try:
        marks = ods_marks(content)
    except TooManyCellsError:
        raise refused(name, _TOO_FAR, _TRIM) from None
    except _BROKEN:
        raise refused(name, _DAMAGED, _SEND_AGAIN) from None
    for index, sheet in enumerate(_only_calamine(name, content)):
        sheet_marks = marks[index] if index < len(marks) else SheetMarks()
        yield _marked(sheet, sheet_marks, tuple(sheet_marks.merges))


def _xlsb_sheets(name: str, content: bytes) -> Iterator[Sheet]:
    """The sheets of an .xlsb, after it is sure that they fit into memory."""
    from sanchuang_cli.roster.books.xlsb import xlsb_area

    try:
        area = xlsb_area(content)
    except _BROKEN:
        raise refused(name, _DAMAGED, _SEND_AGAIN) from None
    if area > _MOST_CELLS:
        raise refused(name, _TOO_FAR, _TRIM)
    return _only_calamine(name, content)


def _only_calamine(name: str, content: bytes) -> Iterator[Sheet]:
    """The sheets of a format for which there is no second reader."""
    try:
        return iter(calamine_sheets(content))
    except UnreadableError as trouble:
        if "password" in str(trouble).lower():
            raise unsupported_encryption(name) from None
        raise refused(name, _DAMAGED, _SEND_AGAIN) from None


def _xlsx_sheets(name: str, content: bytes) -> Iterator[Sheet]:
    """The sheets of an .xlsx. python-calamine reads them where that is safe.

    Where cells lie far apart it would need too much memory, and some files it refuses; then openpyxl's streaming parser is
    used, which is slower.
    """
    try:
        parts = xlsx.parts(content)
        marks = _xlsx_marks(content, parts)
    except _BROKEN:
        yield from _slow_sheets(name, content, None, {})
        return
    if any(sheet_marks.sparse for sheet_marks in marks.values()):
        yield from _slow_sheets(name, content, parts, marks)
        return
    paths = dict(parts.sheets)
    try:
        for sheet in calamine_sheets(content):
            sheet_marks = marks.get(sheet.name, SheetMarks())
            yield _marked(
                sheet, sheet_marks, sheet.merges, parts.date1904, content, paths.get(sheet.name, "")
            )
    except UnreadableError:
        yield from _slow_sheets(name, content, parts, marks)


def _xlsx_marks(content: bytes, parts: xlsx.Parts) -> dict[str, SheetMarks]:
    """The marks of each sheet. Raises whatever a broken archive raises.

    If only the styles or comments cannot be read, the sheet has no strikes or comments, but it is still read.
    """
    struck, marks = None, {}
    with contextlib.suppress(*_BROKEN):
        struck = strikes(content)
    for sheet, path in parts.sheets:
        if "chartsheets" not in path:
            marks[sheet] = xlsx.marks(content, path, struck)
            with contextlib.suppress(*_BROKEN):
                marks[sheet].comments = comments(content, path)
    return marks


def _slow_sheets(
    name: str, content: bytes, parts: xlsx.Parts | None, marks: Mapping[str, SheetMarks]
) -> Iterator[Sheet]:
    """The sheets of an .xlsx by openpyxl. parts: None if the archive could not be read for them."""
    from sanchuang_cli.roster.books.slow_xlsx import openpyxl_sheets

    paths = dict(parts.sheets) if parts else {}
    try:
        for title, hidden, rows, sheet_marks in openpyxl_sheets(content):
            sheet = Sheet(title, rows, hidden=hidden, beside=marks.get(title, sheet_marks).beside)
            date1904 = bool(parts and parts.date1904)
            yield _marked(
                sheet, sheet_marks, tuple(sheet_marks.merges), date1904, content, paths.get(title, "")
            )
    except TooManyCellsError:
        raise refused(name, _TOO_FAR, _TRIM) from None
    except Exception:
        raise refused(name, _DAMAGED, _SEND_AGAIN) from None


def _marked(
    sheet: Sheet,
    marks: SheetMarks,
    merges: tuple[Merge, ...],
    date1904: bool = False,
    content: bytes = b"",
    path: str = "",
) -> Sheet:
    """The sheet together with its marks. content, path: of an .xlsx, for its number formats and formulas."""
    return Sheet(
        name=sheet.name,
        rows=_with_errors(sheet.rows, marks.errors) if marks.errors else sheet.rows,
        merges=merges,
        hidden=sheet.hidden,
        hidden_rows=frozenset(marks.hidden_rows),
        hidden_columns=frozenset(marks.hidden_columns),
        date1904=date1904,
        number_format=xlsx.NumberFormats(content, path) if path else sheet.number_format,
        beside=sheet.beside or marks.beside,
        formula=xlsx.Formulas(content, path) if path else sheet.formula,
    )


def _with_errors(
    rows: Sequence[Sequence[Cell]], errors: Mapping[tuple[int, int], str]
) -> list[tuple[Cell, ...]]:
    """The rows with an ErrorCell in each place of an error. Rows are made longer where the place lies beyond them."""
    changed: dict[int, list[Cell]] = {}
    for (row, column), text in errors.items():
        line = changed.setdefault(row, list(rows[row - 1]) if row <= len(rows) else [])
        line.extend([""] * (column - len(line)))
        line[column - 1] = ErrorCell(text)
    marked = [tuple(row) for row in rows] + [()] * (max(changed) - len(rows))
    for row, line in changed.items():
        marked[row - 1] = tuple(line)
    return marked


@contextlib.contextmanager
def _gc_paused() -> Iterator[None]:
    """Pauses garbage collection. Reading makes millions of cells and no cycles, so collecting would only cost a quarter of
    the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _oddities(name: str, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Warnings for hidden sheets, rows and columns with content, because they are read like all others."""
    for sheet in sheets:
        if sheet.hidden and any(any(cell != "" for cell in row) for row in sheet.rows[:200]):
            yield _warning(
                "book.hidden-sheet",
                Place(name, sheet.name),
                "这张工作表是隐藏的，与其他工作表一样看待",
                "请取消隐藏后核对；不该报送的请删去这张表。",
            )
        rows = sorted(
            number
            for number in sheet.hidden_rows
            if number <= len(sheet.rows) and any(cell != "" for cell in sheet.rows[number - 1])
        )
        if rows:
            yield _warning(
                "book.hidden-rows",
                Place(name, sheet.name, rows[0]),
                f"有 {len(rows)} 个隐藏行（或被筛选掉的行），也读了：第{runs(rows)}行",
                "请取消隐藏或清除筛选后核对；不该报送的请删去。",
            )
        width = max((len(row) for row in sheet.rows[:200]), default=0)
        columns = sorted(number for number in sheet.hidden_columns if number <= width)
        if columns:
            yield _warning(
                "book.hidden-columns",
                Place(name, sheet.name),
                f"有 {len(columns)} 个隐藏列：{runs(columns, column_letters)}，与其他列一样看待",
                "请取消隐藏后核对；不该报送的请删去。",
            )


def _warning(code: str, place: Place, message: str, mend: str) -> Finding:
    return Finding(code, Severity.WARNING, message, place, mend=mend)
