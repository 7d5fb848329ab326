"""How large the print of a page is: in a PDF that LibreOffice made, and by what a workbook itself says."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from sanchuang_cli.report.paper_size import A3, A4, TYPE, WHOLE

OWN, WIDEST = 0.5, 0.67
"""How wide a figure is for its height: in 仿宋, and in DejaVu Sans, which takes its place where no Chinese type is."""
DEFAULT_HEIGHT = 15
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_SHOWN = re.compile(
    rb"([-\d.]+) [-\d.]+ [-\d.]+ ([-\d.]+) [-\d.]+ [-\d.]+ Tm /F\d+ ([\d.]+) Tf\s*[\[<]|/F\d+ ([\d.]+) Tf\s*[\[<]"
)


def sizes(pdf: Path) -> list[float]:
    """The smallest print of each page, in points, whatever is printed in it."""
    found, content = [], pdf.read_bytes()
    for stream in _STREAM.finditer(content):
        try:
            drawn = zlib.decompressobj().decompress(
                stream[1]
            )  # a last byte may have been taken for a line's end
        except zlib.error:
            continue
        if b"BT" in drawn and (sizes := [_size(match) for match in _SHOWN.finditer(drawn)]):
            found.append(min(sizes))
    assert len(found) == len(_PAGE.findall(content)), "a page was not measured"
    return found


def _size(match: re.Match[bytes]) -> float:
    """Text that is turned or condensed says by a matrix how large it is."""
    if match[4]:
        return float(match[4])
    across, down = abs(float(match[1])), abs(float(match[2]))
    return float(match[3]) * (min(across, down) or 1)


def strips(sheet: Worksheet) -> list[range]:
    """The columns of each strip, from 1, those that it repeats among them."""
    last = column_index_from_string(re.findall(r"\$([A-Z]+)\$\d+$", str(sheet.print_area))[0])
    starts = [1, *(one.id + 1 for one in sheet.col_breaks.brk)]
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], last + 1], strict=True)]


def across(sheet: Worksheet, figure: float) -> list[float]:
    """Points that each strip takes in print of its own size."""
    widths = {
        j: column.width
        for column in sheet.column_dimensions.values()
        for j in range(column.min or 1, (column.max or 0) + 1)
    }
    told = str(sheet.print_title_cols or "")
    repeated = column_index_from_string(re.findall(r"\$?([A-Z]+)$", told)[0]) if told else 0
    before = sum(widths[j] for j in range(1, repeated + 1))
    return [
        (sum(widths[j] for j in strip) + (before if strip.start > 1 else 0)) * TYPE * figure
        for strip in strips(sheet)
    ]


def down(sheet: Worksheet) -> float:
    """Points of all rows that are printed."""
    last = int(re.findall(r"(\d+)$", str(sheet.print_area))[0])
    return sum(sheet.row_dimensions[row].height or DEFAULT_HEIGHT for row in range(1, last + 1))


def page(sheet: Worksheet) -> tuple[float, float]:
    """Points of a page across and down."""
    paper = {one.code: one for one in (A4, A3)}[int(sheet.page_setup.paperSize or 0)]
    return paper.sides(sheet.page_setup.orientation == "landscape")


def told(sheet: Worksheet, figure: float) -> float:
    """Points of the body's print by what the sheet says, in a type with such figures."""
    setup = sheet.sheet_properties.pageSetUpPr
    if setup is None or not setup.fitToPage:
        return TYPE * int(sheet.page_setup.scale or WHOLE) / WHOLE
    wide, high = page(sheet)
    one_high = sheet.page_setup.fitToHeight in (None, 1)
    return TYPE * min(1.0, wide / max(across(sheet, figure)), high / down(sheet) if one_high else 1.0)


def overfull(sheet: Worksheet, figure: float) -> Iterator[int]:
    """Strips that are wider than their page, counted from 0."""
    scale = told(sheet, figure) / TYPE
    for number, points in enumerate(across(sheet, figure)):
        if points * scale > page(sheet)[0] + 0.5:
            yield number
