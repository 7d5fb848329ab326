"""Gives the looks of a page. Fonts are named and not embedded, as official documents name them (GB/T 9704 and
custom).

It may look at columns, and at no value.
"""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from sanchuang_cli.report.cells import NUMBER_FORMATS, TEXT_FORMAT
from sanchuang_cli.report.geometry import ColumnFit
from sanchuang_cli.report.paper_size import TYPE
from sanchuang_cli.report.rows import Style
from sanchuang_cli.table import Column

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
TITLE_SIZE, BODY_SIZE = 22, TYPE
DEFAULT = {"font_name": BODY_FONT, "font_size": BODY_SIZE}
"""The type of the whole workbook. Widths are counted in its figures, so that what fits also fits in a font
that replaces it."""
_GREY, _PALE = "#D9D9D9", "#F2F2F2"


class Styles:
    """The formats of one workbook. Each is made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.title = self._format(font_name=TITLE_FONT, font_size=TITLE_SIZE, align="center", text_wrap=True)
        self.head = self._format(
            font_name=HEAD_FONT, bold=True, bg_color=_GREY, border=1, align="center", text_wrap=True
        )
        self.note = self._format(align="left", text_wrap=True)
        self.caution = self._format(font_name=HEAD_FONT, bold=True, align="left", text_wrap=True)
        self.label = self._format(bold=True, bg_color=_PALE, border=1, align="center")
        self.block = self._format(bold=True, bg_color=_PALE, border=1, align="center", text_wrap=True)
        self.number = self._format(border=1, align="center", shrink=True)
        self.empty = self._format(border=1, align="center")

    def _format(self, **properties: Any) -> Format:
        looks = {"font_name": BODY_FONT, "font_size": BODY_SIZE, "valign": "vcenter"} | properties
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(looks)
        return self._made[key]

    def line(self, align: str) -> Format:
        """Return the format for a piece of the line above the headings or of the signature line. It shrinks
        so as not to spill over."""
        return self._format(align=align, shrink=True)

    def body(self, columns: Sequence[Column], fits: Sequence[ColumnFit]) -> list[Style]:
        """Return the formats of the body, one for each column."""
        return [self._column(column, fit, {}) for column, fit in zip(columns, fits, strict=True)]

    def totals(self, columns: Sequence[Column], fits: Sequence[ColumnFit]) -> list[Style]:
        """Return the formats of the rows 小计 and 合计."""
        looks = {"bold": True, "bg_color": _PALE}
        return [self._column(column, fit, looks) for column, fit in zip(columns, fits, strict=True)]

    def _column(self, column: Column, fit: ColumnFit, looks: dict[str, Any]) -> Style:
        looks = looks | {
            "border": 1,
            "align": fit.align,
            "num_format": NUMBER_FORMATS.get(column.kind, TEXT_FORMAT),
        }
        if fit.wraps:
            looks["text_wrap"] = True
        return Style(
            column.kind, self._format(**looks), self._format(**looks, quote_prefix=True), fit.width, fit.wraps
        )
