"""Reads from the bytes of an .ods what it has besides its values: merges, errors, hidden rows and columns, comments, struck
cells and how far it reaches. It opens no file.

It goes through the XML piece by piece and makes no cells. So a small file that repeats a cell billions of times is refused
before its cells are made.
"""

import zipfile
from io import BytesIO
from typing import Any
from xml.parsers import expat

from sanchuang_cli.roster.books.comments import spoken
from sanchuang_cli.roster.books.content import TooManyCellsError
from sanchuang_cli.roster.books.xlsx import SheetMarks

_MOST_CELLS = 20_000_000
_ENDLESS = 10**9
"""What any larger number of repetitions counts as: it is refused all the same."""
_FILLED = frozenset(
    ("office:value-type", "calcext:value-type", "office:value", "office:string-value", "table:formula")
)
"""The attributes of a cell of which each may give it a value."""


def ods_marks(content: bytes) -> list[SheetMarks]:
    """The marks of each sheet in order. Raises TooManyCellsError, and whatever a broken archive raises."""
    parser = expat.ParserCreate()
    scan = _Scan(parser)
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open("content.xml") as stream:
        while chunk := stream.read(1 << 20):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    return scan.sheets


class _Scan:
    """The callbacks of the XML parser. They count rows and columns, because the file does not number its cells."""

    def __init__(self, parser: Any) -> None:
        self.parser = parser
        self.sheets: list[SheetMarks] = []
        self.row = self.column = 0
        self.row_repeat = 1
        self.reach = 0
        self.area = 0
        self.sheet_column = 0
        self.style = ""
        self.struck: set[str] = set()
        self.place = (0, 0)
        self.comment: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        """Called at the start of each element."""
        if tag == "table:table":
            self.sheets.append(SheetMarks())
            self.row = self.sheet_column = 0
        elif not self.sheets:
            self._style(tag, attributes)
        elif tag == "table:table-row":
            self.row_repeat = _count(attributes, "table:number-rows-repeated")
            self.column = self.reach = 0
            if attributes.get("table:visibility", "visible") != "visible" and self.row_repeat < 1 << 16:
                self.sheets[-1].hidden_rows.update(range(self.row + 1, self.row + self.row_repeat + 1))
        elif tag == "table:table-column":
            repeat = _count(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility", "visible") != "visible" and repeat < 1 << 14:
                first = self.sheet_column + 1
                self.sheets[-1].hidden_columns.update(range(first, first + repeat))
            self.sheet_column += repeat
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)
        elif tag == "office:annotation":
            self.comment = []
        elif (
            tag == "text:p" and self.comment is not None
        ):  # only the text; its author and date have other elements
            self.comment.append("\n")
            self.parser.CharacterDataHandler = self.comment.append

    def _style(self, tag: str, attributes: dict[str, Any]) -> None:
        """Remembers the styles with a line through the cell. All styles stand before the first sheet."""
        if tag == "style:style":
            self.style = (
                attributes.get("style:name", "") if attributes.get("style:family") == "table-cell" else ""
            )
        elif attributes.get("style:text-line-through-style", "none") != "none" and self.style:
            self.struck.add(self.style)

    def _cell(self, attributes: dict[str, Any]) -> None:
        """Notes the marks of a cell, and how far cells with a value reach in its row."""
        row, column = self.place = self.row + 1, self.column + 1
        self.column += _count(attributes, "table:number-columns-repeated")
        if not _FILLED.isdisjoint(attributes):
            self.reach = self.column
            if self.struck and attributes.get("table:style-name") in self.struck:
                self.sheets[-1].struck[row, column] = True
            if attributes.get("calcext:value-type") == "error":
                self.sheets[-1].errors[row, column] = "#N/A"
        if "table:number-rows-spanned" in attributes or "table:number-columns-spanned" in attributes:
            down = _count(attributes, "table:number-rows-spanned")
            across = _count(attributes, "table:number-columns-spanned")
            if down > 1 or across > 1:
                self.sheets[-1].merges.append((row, column, row + down - 1, column + across - 1))

    def end(self, tag: str) -> None:
        """Called at the end of each element. At the end of a row it checks that the cells still fit into memory."""
        if tag == "text:p" and self.comment is not None:
            self.parser.CharacterDataHandler = None
        elif tag == "office:annotation" and self.comment is not None:
            if text := spoken("".join(self.comment)):
                self.sheets[-1].comments[self.place] = text
            self.comment = None
        if tag == "table:table-row":
            self.row += self.row_repeat
            self.area += self.reach * self.row_repeat
            if self.reach and self.sheets:
                marks = self.sheets[-1]
                marks.rows, marks.columns = self.row, max(marks.columns, self.reach)
                if self.area > _MOST_CELLS or marks.rows * marks.columns > _MOST_CELLS:
                    raise TooManyCellsError


def _count(attributes: dict[str, Any], name: str) -> int:
    """A number of repetitions, 1 if it is missing or makes no sense."""
    written = attributes.get(name, "1")
    if not (written.isascii() and written.isdigit()):
        return 1
    return max(1, int(written)) if len(written) < len(str(_ENDLESS)) else _ENDLESS
