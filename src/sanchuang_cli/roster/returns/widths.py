"""Reads the column widths of .xls and .ods files, in characters as .xlsx counts them, because the reader gives only cells.

Promise: if a file does not have them, none are made up.
"""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

from sanchuang_cli.roster.books.content import Format

Widths = dict[int, float]
"""The width of each column, by its number from 1."""

_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6}
_CM_OF_A_CHARACTER = 0.19
"""The width of a digit in the font by which .xlsx counts widths: seven pixels at 96 to the inch."""
_MOST_COLUMNS = 1000
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def column_widths(kind: Format, content: bytes) -> list[Widths]:
    """The widths of each sheet in order; an empty list if the format has none or they cannot be read."""
    try:
        if kind is Format.BIFF:
            return _old(content)
        return _opendocument(content) if kind is Format.ODS else []
    except Exception:  # the cells were read already, so the file is not refused for its widths
        return []


def _old(content: bytes) -> list[Widths]:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=BytesIO())
    return [
        {column + 1: about.width / 256 for column, about in sheet.colinfo_map.items() if about.width}
        for sheet in book.sheets()
    ]


def _opendocument(content: bytes) -> list[Widths]:
    """The widths in an .ods. The rows are cleared at once, so that a long sheet does not fill the memory."""
    with zipfile.ZipFile(BytesIO(content)) as archive, archive.open("content.xml") as stream:
        widths: dict[str, float] = {}
        sheets: list[Widths] = []
        column, style = 1, ""
        for event, element in ElementTree.iterparse(stream, ("start", "end")):  # noqa: S314
            if event == "end":
                if element.tag == f"{_TABLE}table-row":
                    element.clear()
            elif element.tag == f"{_STYLE}style":
                style = element.get(f"{_STYLE}name", "")
            elif element.tag == f"{_STYLE}table-column-properties":
                widths[style] = _characters(element.get(f"{_STYLE}column-width", ""))
            elif element.tag == f"{_TABLE}table":
                sheets.append({})
                column = 1
            elif element.tag == f"{_TABLE}table-column" and sheets:
                repeat = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
                width = widths.get(element.get(f"{_TABLE}style-name", ""), 0)
                if width and repeat < _MOST_COLUMNS:
                    sheets[-1] |= dict.fromkeys(range(column, column + repeat), width)
                column += repeat
    return sheets


def _characters(length: str) -> float:
    """A length such as 2.5cm in characters, 0 if it has another form."""
    written = re.fullmatch(r"([\d.]+)(cm|mm|in|pt|pc)", length)
    return float(written[1]) * _UNITS[written[2]] / _CM_OF_A_CHARACTER if written else 0
