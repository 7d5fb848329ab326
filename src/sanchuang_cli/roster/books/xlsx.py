"""Reads from an .xlsx what it has beside its values: errors, formulas, hidden rows and columns, size, number formats.

Only reads the archive. Promise: every sheet is read as a stream, so memory is needed only for the marks and not for the XML.
"""

import contextlib
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

from sanchuang_cli.finding import column_number
from sanchuang_cli.record import NOT_WORKED_OUT, PICTURE, Beside
from sanchuang_cli.roster.books.content import BROKEN_ZIP, named_parts

Struck = dict[tuple[int, int], bool]
_CHUNK = 1 << 20
_LONGEST_ROW = 48 << 20
SMALL_AREA = 4_000_000
"""An area, in rows times columns, that every reader can fill without harm."""


@dataclass
class SheetMarks:
    """What a sheet has beside its values. The keys are rows and columns, numbered from 1.

    struck: cells with a line through them, True if it goes through all of the text. rows, columns: how far cells with a
    value reach; columns A to Z are counted exactly only on long sheets, because that takes time. cells: how many there are,
    counted only where they reach so far that they may lie too far apart.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: dict[tuple[int, int], bool] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: int = 0
    columns: int = 1
    cells: int = 0

    @property
    def sparse(self) -> bool:
        """Whether the cells lie so far apart that a reader which fills the whole rectangle would run out of memory."""
        return self.area > SMALL_AREA and self.area > 8 * self.cells

    @property
    def area(self) -> int:
        """The cells of the rectangle that a reader would fill."""
        return self.rows * self.columns

    @property
    def beside(self) -> dict[int, Beside]:
        """The comments and struck cells, by row."""
        if not self.comments and not self.struck:
            return {}
        comments: dict[int, dict[int, str]] = defaultdict(dict)
        struck: dict[int, dict[int, bool]] = defaultdict(dict)
        for (row, column), text in self.comments.items():
            comments[row][column] = text
        for (row, column), throughout in self.struck.items():
            struck[row][column] = throughout
        return {row: Beside(comments[row], struck[row]) for row in sorted({*comments, *struck})}


@dataclass(frozen=True)
class Parts:
    """The name and the path in the archive of each sheet in order, and whether dates are counted from 1904."""

    sheets: tuple[tuple[str, str], ...] = ()
    date1904: bool = False


def parts(content: bytes) -> Parts:
    """The sheets of a workbook. Raises whatever a broken archive raises."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = named_parts(archive)
        home = next(name for name in names if name.endswith("workbook.xml")).removesuffix("workbook.xml")
        links = ElementTree.fromstring(archive.read(names[f"{home}_rels/workbook.xml.rels"]))  # noqa: S314
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        book = ElementTree.fromstring(archive.read(names[f"{home}workbook.xml"]))  # noqa: S314
    sheets = []
    date1904 = False
    for element in book.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "workbookPr":
            date1904 = element.get("date1904") in ("1", "true")
        if tag == "sheet":
            link = next((value for key, value in element.items() if key.endswith("}id")), None)
            target = targets.get(link, "").replace("\\", "/").lower()
            path = target.lstrip("/") if target.startswith("/") else home + target
            sheets.append((element.get("name", ""), path))
    return Parts(tuple(sheets), date1904)


def marks(content: bytes, path: str, struck: Callable[[bytes], Struck] | None = None) -> SheetMarks:
    """The marks of a sheet, read in one pass, of a large one in two. struck: finds the struck cells in a piece of XML.

    Raises whatever a broken archive raises.
    """
    sheet_marks = SheetMarks()
    for piece in pieces(content, path):
        _mark(sheet_marks, piece)
        if struck:
            sheet_marks.struck.update(struck(piece))
    if sheet_marks.area > SMALL_AREA:
        sheet_marks.cells = sum(piece.count(_END_OF_CELL) for piece in pieces(content, path))
    return sheet_marks


def pieces(content: bytes, path: str) -> Iterator[bytes]:
    """The XML of a sheet in pieces that begin with a row, without namespace prefixes, which some programs write."""
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(named_parts(archive)[path]) as stream:
        rest = stream.read(_CHUNK)
        root = re.search(rb"<(\w+:)worksheet\b", rest)
        prefix = root[1] if root else b""
        while chunk := stream.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(b"<" + prefix + b"row ")
            if cut > 0:
                yield _unprefixed(rest[:cut], prefix)
                rest = rest[cut:]
            elif len(rest) > _LONGEST_ROW:
                raise zipfile.BadZipFile("a row without end")
        yield _unprefixed(rest, prefix)


def _unprefixed(piece: bytes, prefix: bytes) -> bytes:
    if not prefix:
        return piece
    piece = piece.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    return piece.replace(b"xmlns:" + prefix[:-1] + b"=", b"xmlns=")


_BLANK_CELL = re.compile(rb"<c [^>]*/>")
_BLANK_ROW = re.compile(rb"<row [^>]*(?:/>|>\s*</row>)")


class SlimSheet:
    """The XML of a sheet as a file to read from, without the cells and rows that only have a style."""

    def __init__(self, content: bytes, path: str) -> None:
        self._pieces = pieces(content, path)

    def read(self, _: int = -1) -> bytes:
        """The next piece, whatever its size, b"" at the end."""
        for piece in self._pieces:
            slim = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", piece))
            if slim:
                return slim
        return b""


_END_OF_CELL = b"</c>"
"""Only of a cell with a value; one without ends where it begins."""
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_HIDDEN_ROW = re.compile(rb'<row [^>]*?\bhidden="(?:1|true)"[^>]*>')
_HIDDEN_COLUMN = re.compile(rb'<col [^>]*?\bhidden="(?:1|true)"[^>]*>')
_WIDE = re.compile(rb' r="([A-Z]{2,3})\d+"[^>]*[^/]>')
_LETTERS = [b"%c" % letter for letter in range(ord("Z"), ord("A") - 1, -1)]
_ERROR = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>(?:<f[^>]*/>|<f.*?</f>)?<v>([^<]*)</v>', re.DOTALL)
# An empty text (t="str") is a result. A formula with no value at all was never worked out: some programs write only formulas.
_NOT_WORKED_OUT = re.compile(
    rb'<c (?![^>]*\bt="str")([^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
_PICTURE = re.compile(rb"<c ([^>]*)>(?:<f>|<f [^>]*>|<v>|<is><t>)=?(?:_xlfn\.)?DISPIMG\(")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def _mark(sheet_marks: SheetMarks, piece: bytes) -> None:
    """Adds what a piece of XML holds to the marks of its sheet.

    Before each slow search a single byte or a word is looked for, because most pieces do not have it.
    """
    _mark_reach(sheet_marks, piece)
    if b"d" in piece and b'hidden="' in piece:
        _mark_hidden(sheet_marks, piece)
    if b't="e"' in piece:
        for attributes, text in _ERROR.findall(piece):
            _mark_error(sheet_marks, attributes, text.decode("utf-8", "replace").strip())
    if b"f" in piece and b"<f" in piece:
        for attributes in _NOT_WORKED_OUT.findall(piece):
            _mark_error(sheet_marks, attributes, NOT_WORKED_OUT)
    if b"(" in piece and b"DISPIMG(" in piece:
        for attributes in _PICTURE.findall(piece):
            _mark_error(sheet_marks, attributes, PICTURE)


def _mark_reach(sheet_marks: SheetMarks, piece: bytes) -> None:
    """How far cells with a value reach."""
    if _END_OF_CELL not in piece:
        return
    sheet_marks.rows = max(sheet_marks.rows, max(map(int, _ROW.findall(piece)), default=0))
    for letters in set(_WIDE.findall(piece)):
        sheet_marks.columns = max(sheet_marks.columns, column_number(letters.decode()))
    if sheet_marks.columns < 26 and sheet_marks.rows * 26 > SMALL_AREA:
        widest = next((letter for letter in _LETTERS if b' r="' + letter in piece), b"A")
        sheet_marks.columns = max(sheet_marks.columns, column_number(widest.decode()))


def _mark_hidden(sheet_marks: SheetMarks, piece: bytes) -> None:
    """The hidden rows and columns."""
    for row in _HIDDEN_ROW.findall(piece):
        sheet_marks.hidden_rows.update(int(number) for number in _attribute(row, b"r"))
    for column in _HIDDEN_COLUMN.findall(piece):
        first, last = _attribute(column, b"min"), _attribute(column, b"max")
        if first and last:
            sheet_marks.hidden_columns.update(range(int(first[0]), min(int(last[0]), 16384) + 1))


def _mark_error(sheet_marks: SheetMarks, attributes: bytes, text: str) -> None:
    """An error, or what counts as one, in the cell with these attributes."""
    reference = _REFERENCE.search(attributes)
    if reference:
        sheet_marks.errors[_place(reference)] = text


def _place(reference: re.Match[bytes]) -> tuple[int, int]:
    return int(reference[2]), column_number(reference[1].decode())


def _attribute(tag: bytes, name: bytes) -> list[bytes]:
    """The digits of an attribute, in a list that is empty if the tag does not have it."""
    return re.findall(rb"\b" + name + rb'="(\d{1,7})"', tag)


_CELL = re.compile(rb"<c ([^>]*)>")
_STYLE = re.compile(rb'\bs="(\d+)"')
_TEXTUAL = re.compile(rb'\bt="(?!n")')
# A number as nearly every program writes it. If the attributes stand in another order, a slower pattern is used.
_NUMBER = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})" s="(\d+)"(?: t="n")?>')


_MONTH, _DAY, _YEARLESS = 'yyyy"年"m"月"', 'yyyy"年"m"月"d"日"', 'm"月"d"日"'
_BUILT_IN = {
    **{"0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%"},
    **{"11": "0.00E+00", "12": "# ?/?", "13": "# ??/??", "14": "yyyy/m/d", "15": "d-mmm-yy", "16": "d-mmm"},
    **{"17": "mmm-yy", "18": "h:mm AM/PM", "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss"},
    **{"22": "yyyy/m/d h:mm", "37": "#,##0_);(#,##0)", "38": "#,##0_);[Red](#,##0)"},
    **{"39": "#,##0.00_);(#,##0.00)", "40": "#,##0.00_);[Red](#,##0.00)", "45": "mm:ss", "46": "[h]:mm:ss"},
    **{"47": "mmss.0", "48": "##0.0E+0", "49": "@", "30": "m/d/yy", "31": _DAY},
    **{"32": 'h"时"mm"分"', "33": 'h"时"mm"分"ss"秒"'},
    **dict.fromkeys(("27", "36", "50", "57"), _MONTH),
    **dict.fromkeys(("28", "29", "51", "54", "58"), _YEARLESS),
}
"""The formats that a workbook uses by number only (ECMA-376 part 1, 18.8.30), with those of Chinese programs."""


class NumberFormats:
    """Gives the number format of a numeric cell. The sheet is searched when the first one is asked for.

    The first search finds the usual way of writing a cell; only if a cell is not among those, a thorough one follows.
    """

    def __init__(self, content: bytes, path: str) -> None:
        self._content, self._path = content, path
        self._style_of: dict[tuple[int, int], int] = {}
        self._codes: list[str] | None = None
        self._thorough = False

    def __call__(self, row: int, column: int) -> str:
        if self._codes is None:
            self._codes = []
            self._scan(_plain_styles)
        if (row, column) not in self._style_of and not self._thorough:
            self._thorough = True
            self._scan(_styles)
        style = self._style_of.get((row, column), -1)
        return self._codes[style] if 0 <= style < len(self._codes) else ""

    def _scan(self, styles: Callable[[bytes], Iterator[tuple[tuple[int, int], int]]]) -> None:
        try:
            self._codes = list(_format_codes(self._content))
            for piece in pieces(self._content, self._path):
                self._style_of.update(styles(piece))
        except (*BROKEN_ZIP, ElementTree.ParseError):
            pass


_FORMULA = re.compile(rb"<c ([^>]*)>\s*<f[^>]*>([^<]+)</f>")


class Formulas:
    """Gives the formula of a cell without the equals sign, "" if the cell has none of its own.

    The sheet is searched when the first formula is asked for.
    """

    def __init__(self, content: bytes, path: str) -> None:
        self._content, self._path = content, path
        self._known: dict[tuple[int, int], str] | None = None

    def __call__(self, row: int, column: int) -> str:
        if self._known is None:
            self._known = {}
            with contextlib.suppress(*BROKEN_ZIP):
                for piece in pieces(self._content, self._path):
                    self._known.update(_formulas(piece))
        return self._known.get((row, column), "")


def _formulas(piece: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """The formulas in a piece of XML, each with its row and column."""
    for attributes, text in _FORMULA.findall(piece):
        reference = _REFERENCE.search(attributes)
        if reference:
            yield _place(reference), unescape(text.decode("utf-8", "replace"))


def _plain_styles(piece: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """The style numbers of the numeric cells that are written in the usual way."""
    columns: dict[bytes, int] = {}
    for letters, row, style in _NUMBER.findall(piece):
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters.decode())
        yield (int(row), column), int(style)


def _styles(piece: bytes) -> Iterator[tuple[tuple[int, int], int]]:
    """The style numbers of all numeric cells, in whatever way they are written."""
    for attributes in _CELL.findall(piece):
        style = _STYLE.search(attributes)
        reference = _REFERENCE.search(attributes)
        if reference and not attributes.endswith(b"/") and not _TEXTUAL.search(attributes):
            yield (int(reference[2]), column_number(reference[1].decode())), int(style[1]) if style else 0


def _format_codes(content: bytes) -> Iterator[str]:
    """The format code of each cell style, in the order of the style numbers."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = named_parts(archive)
        path = next(name for name in names if name.endswith("/styles.xml") or name == "styles.xml")
        styles = ElementTree.fromstring(archive.read(names[path]))  # noqa: S314
    space = styles.tag.rpartition("}")[0] + "}" if "}" in styles.tag else ""
    custom = {e.get("numFmtId", ""): e.get("formatCode", "") for e in styles.iter(f"{space}numFmt")}
    for style in styles.iterfind(f"{space}cellXfs/{space}xf"):
        number = style.get("numFmtId", "0")
        yield custom.get(number) or _BUILT_IN.get(number, "")
