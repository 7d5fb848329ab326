"""Writes a 公示 as an .xlsx: text, list and signature on one sheet, for those who print notices from a
spreadsheet program.

It may look only at what notice.py composed. The same notice gives the same bytes. Every cell is text, so
nothing is hidden behind what the page shows.
"""

from datetime import datetime
from itertools import product
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sanchuang_cli import __version__
from sanchuang_cli.report import files, geometry, specimen
from sanchuang_cli.report.cells import clean
from sanchuang_cli.report.geometry import AMPLE, SCANT, TIGHT, ColumnFit
from sanchuang_cli.report.notice import Posted
from sanchuang_cli.report.packing import pack
from sanchuang_cli.report.paper_size import A4, ANY_FIGURE, EDGES, LEGIBLE, TYPE
from sanchuang_cli.report.printed_lines import body
from sanchuang_cli.report.wrapping import lines
from sanchuang_cli.table import Column, Table

_EPOCH = datetime(2000, 1, 1)
_INCH, _LEFT, _RIGHT = 25.4, 28, 26
"""Millimetres of an inch and of the margins."""
_NARROWEST_PAGE = 80
"""The characters across the sheet at least. A list of few columns is widened so that the text has room."""
_PROSE = {"font_name": "仿宋_GB2312", "font_size": 14, "text_wrap": True, "valign": "vcenter"}
_SIZE = 12
_CELL = {"font_size": _SIZE, "border": 1, "valign": "vcenter", "text_wrap": True, "num_format": "@"}
_PROSE_LINE = 22
_SPARE = 0.4
"""Points by which programs differ in the largest print that fits a page."""
_LARGER = _SIZE / TYPE
"""How much larger the type of the list is than the type in which widths are counted."""


def write(target: Path, posted: Posted) -> None:
    """Write the notice and replace `target` if it exists. Raises OSError."""
    with files.workspace() as folder:
        book = Workbook(
            str(target), {"tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        )
        book.set_properties(
            {"title": posted.title, "created": _EPOCH, "comments": f"sanchuang {__version__}"}
        )
        sheet = book.add_worksheet("公示")
        _Sheet(book, sheet, posted).draw()
        pack(book)


def _fitting(table: Table) -> tuple[bool, list[ColumnFit]]:
    """Return whether the page lies, and how its columns fit. It stands upright if the print stays legible."""
    content = geometry.contents(table)
    for landscape, shape in product((False, True), (AMPLE, TIGHT, SCANT)):
        inches = (A4.long if landscape else A4.short) - (_LEFT + _RIGHT) / _INCH
        room = inches * 72 / (TYPE * ANY_FIGURE * (LEGIBLE + _SPARE) / _SIZE) - EDGES * len(content)
        long_first = geometry.squeezed(geometry.fitted(table.columns, content, shape), room / _LARGER)
        fits = geometry.squeezed(long_first, room / _LARGER, 0)
        if sum(fit.width for fit in fits) * _LARGER <= room:
            break
    return landscape, fits


def _of(column: Column) -> dict[str, object]:
    """Return how the cells of a column look. A figure is never broken; it is printed smaller if another font
    is too wide."""
    return _CELL | {"text_wrap": False, "shrink": True} if column.kind in geometry.NUMBERS else _CELL


class _Sheet:
    """The one worksheet, filled from top to bottom."""

    def __init__(self, book: Workbook, sheet: Worksheet, posted: Posted) -> None:
        self._book, self._sheet, self._posted, self._row = book, sheet, posted, 0
        landscape, fits = _fitting(posted.table)
        factor = max(_LARGER, _NARROWEST_PAGE / sum(fit.width for fit in fits))
        self._fits, self._widths = fits, [fit.width * factor for fit in fits]
        for j, width in enumerate(self._widths):
            sheet.set_column(j, j, width)
        sheet.set_paper(A4.code)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=_LEFT / _INCH, right=_RIGHT / _INCH, top=37 / _INCH, bottom=35 / _INCH)
        sheet.set_footer('&C&"宋体,Regular"&14— &P —')
        if posted.draft:
            specimen.mark_sheet(sheet)

    def draw(self) -> None:
        """Draw the whole notice."""
        posted = self._posted
        centred = {"align": "center", "text_wrap": True, "valign": "vcenter"}
        self._across(posted.title, 44, font_name="方正小标宋简体", font_size=22, **centred)
        for heading, words in posted.paragraphs:
            self._prose(f"　　{heading}{words}")
        self._across("", 12)
        for words in (f"{posted.issuer}（盖章）", f"{posted.dated}　　"):
            self._across(words, _PROSE_LINE, **(_PROSE | {"align": "right"}))
        self._across(posted.table.title, 40, font_name="黑体", font_size=16, **centred)
        if posted.table.unit:
            self._across(f"单位：{posted.table.unit}", _PROSE_LINE, **(_PROSE | {"align": "right"}))
        self._heads()
        self._body()
        for note in posted.table.notes:
            self._prose(f"注：{note}")
        self._sheet.print_area(0, 0, self._row - 1, len(self._widths) - 1)

    def _heads(self) -> None:
        depth, heads = geometry.heads(self._posted.table.columns)
        looks = self._format(font_name="黑体", align="center", **_CELL)
        tall = [1] * depth
        for head in heads:
            room = sum(self._widths[head.first : head.last + 1]) / _LARGER
            tall[head.bottom] = max(tall[head.bottom], lines(head.text, room) - head.bottom + head.top)
            where = (self._row + head.top, head.first, self._row + head.bottom, head.last)
            self._merged(where, head.text, looks)
        for k, count in enumerate(tall):
            self._sheet.set_row(self._row + k, min(geometry.TALLEST, geometry.height(count) * _LARGER + 3))
        self._sheet.repeat_rows(self._row, self._row + depth - 1)
        self._row += depth

    def _body(self) -> None:
        columns = zip(self._posted.table.columns, self._fits, strict=True)
        cells = [
            self._format(font_name="仿宋_GB2312", align=fit.align, **_of(column)) for column, fit in columns
        ]
        label = self._format(font_name="黑体", align="center", **_CELL)
        for line in body(self._posted.table):
            if line.span:
                self._merged((self._row, 0, self._row, line.span - 1), line.label, label)
            for j in range(line.span, len(line.cells)):
                self._sheet.write_string(self._row, j, clean(line.cells[j]), cells[j])
            rooms = zip(line.cells, self._widths, strict=True)
            count = max(lines(words, width / _LARGER) for words, width in rooms)
            self._sheet.set_row(self._row, min(geometry.TALLEST, geometry.height(count) * _LARGER))
            self._row += 1

    def _prose(self, words: str) -> None:
        count = lines(words, sum(self._widths) / (14 / 10.5))
        self._across(words, min(geometry.TALLEST, _PROSE_LINE * count), **_PROSE)

    def _across(self, words: str, height: float, **looks: object) -> None:
        self._sheet.set_row(self._row, height)
        self._merged((self._row, 0, self._row, len(self._widths) - 1), words, self._format(**looks))
        self._row += 1

    def _merged(self, where: tuple[int, int, int, int], words: str, looks: Format) -> None:
        top, left, bottom, right = where
        if (top, left) != (bottom, right):
            self._sheet.merge_range(top, left, bottom, right, "", looks)
        self._sheet.write_string(top, left, clean(words), looks)

    def _format(self, **looks: object) -> Format:
        return self._book.add_format(looks)
