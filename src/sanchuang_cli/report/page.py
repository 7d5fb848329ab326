"""One table as a printed page: title, heads, rows, live totals, notes and the signature line, on A4."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from sanchuang_cli.domain.numbers import PERCENT_PLACES, SCORE_PLACES, cut
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import in_words
from sanchuang_cli.report import layout, shown
from sanchuang_cli.report.arithmetic import live, numbers
from sanchuang_cli.report.cells import cell, clean
from sanchuang_cli.report.layout import Block, Fit
from sanchuang_cli.report.rows import Stretch, row_height, write_cell, write_rows
from sanchuang_cli.report.styles import Styles
from sanchuang_cli.report.wrapping import lines
from sanchuang_cli.table import Column, Table

SIGNATURE = ("单位负责人：", "审核人：", "制表人：", "联系电话：")
_A4 = 9
_DOTS, _POINTS = 96, 72
"""Of an inch, on the screen and on paper."""
_DEFAULT_ROW, _PIXELS, _EDGES, _WIDEST_CHART = 20, 7, 5, 1000
"""Pixels: a row of default height, a character of a column, its edges, and a chart that a page still holds."""
_HEADS_ROOM = 1
"""Characters that a heading has more than a body's text, which keeps clear of its cell's edges."""
_ROWS_BESIDE_A_CHART = 60
"""Rows that one page takes together with a chart before its print gets too small."""
_INCHES = {False: (8.27, 11.69), True: (11.69, 8.27)}
"""The width and the height of A4, upright and lying."""
_SIDE, _TOP, _BOTTOM = 0.4, 0.6, 0.7
"""Inches of the margins."""
_A_LITTLE_LESS, _A_LITTLE_MORE = 0.95, 1.3
"""Pages' worth that is printed a little smaller, so that the signatures do not stand on a page of their own."""
_FOOTER = '&C&"宋体,Regular"&10第 &P 页 共 &N 页'


@dataclass(frozen=True)
class Range:
    """Rows first..last of the sheet called `sheet`, from 0."""

    sheet: str
    first: int
    last: int


@dataclass
class Page:
    """A worksheet being filled from top to bottom; `row` is the next free one."""

    sheet: Worksheet
    name: str
    table: Table
    styles: Styles
    fits: Sequence[Fit]
    row: int = 0
    landscape: bool = False
    points: float = 0
    """The height of what stands on the page; without the rows of a table that is sure to go on."""

    @property
    def _last(self) -> int:
        return len(self.fits) - 1

    @property
    def _width(self) -> float:
        return sum(fit.width for fit in self.fits)

    def open(self, landscape: bool) -> None:
        """Paper, column widths, title, the line for unit and date, and the heads."""
        self.landscape = landscape
        self._set_up()
        for j, fit in enumerate(self.fits):
            self.sheet.set_column(j, j, fit.width)
        title = clean(self.table.title)
        count = lines(title, self._width / layout.TITLE_LARGER + 1)
        self._across(title, self.styles.title, 40 * count)
        if self.table.signed:
            unit = f"单位：{self.table.unit}" if self.table.unit else ""
            self._pieces(
                ("填报单位（盖章）：", "填报时间：    年  月  日", unit), ("left", "center", "right")
            )
        elif self.table.unit:
            self._across(f"单位：{self.table.unit}", self.styles.line("right"), layout.LINE)
        self._heads()

    def _set_up(self) -> None:
        sheet = self.sheet
        sheet.set_paper(_A4)
        if self.landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM)
        sheet.set_footer(_FOOTER)

    def _heads(self) -> None:
        depth, heads = layout.heads(self.table.columns)
        heights = [1] * depth
        for head in heads:
            room = sum(fit.width for fit in self.fits[head.first : head.last + 1])
            rows = head.bottom - head.top + 1
            count = lines(head.text, room + _HEADS_ROOM)
            heights[head.bottom] = max(heights[head.bottom], count - rows + 1)
            where = (self.row + head.top, head.first, self.row + head.bottom, head.last)
            self._merged(where, clean(head.text), self.styles.head)
        for k, count in enumerate(heights):
            self._tall(self.row + k, layout.height(count) + 3)
        first, self.row = self.row, self.row + depth
        if self.table.numbered:
            self._numbers()
        self.sheet.repeat_rows(first, self.row - 1)
        self.sheet.freeze_panes(self.row, 0)

    def _numbers(self) -> None:
        """The row of column numbers, with the formulas that columns follow: (3)=(1)×(2)."""
        for j, text in enumerate(numbers(self.table)):
            self.sheet.write_string(self.row, j, text, self.styles.number)
        self.row += 1

    def rows(self, block: Block) -> list[Range]:
        """The rows of a block, without its 小计; where they stand."""
        if block.start == block.stop:
            return []
        rows = self.table.rows[block.start : block.stop]
        styles = self.styles.body(self.table.columns, self.fits)
        write_rows(self.sheet, Stretch(self.row, rows, styles, live(self.table)))
        if len(rows) <= _ROWS_BESIDE_A_CHART:
            self.points += sum(row_height(row, styles) for row in rows)
        first, self.row = self.row, self.row + len(rows)
        return [Range(self.name, first, self.row - 1)]

    def nothing(self) -> None:
        """What a page without rows says."""
        self._across("（无）", self.styles.empty, layout.LINE)

    def total(self, label: str, values: Sequence[Any], ranges: Sequence[Range], nested: bool) -> None:
        """A 小计 or 合计 row: formulas over `ranges` with `values` cached; nested ones pass over 小计 rows."""
        columns = self.table.columns
        styles = self.styles.totals(columns, self.fits)
        summed = [j for j, column in enumerate(columns) if column.total]
        self._tall(self.row, layout.LINE)
        for j, (column, value, style) in enumerate(zip(columns, values, styles, strict=True)):
            if column.total and ranges:
                self.sheet.write_formula(
                    self.row, j, self._sum(j, ranges, nested), style.plain, cell(column.kind, value)
                )
            else:
                write_cell(self.sheet, self.row, j, style, value if column.total else None)
        before = min(summed, default=len(columns))
        if before:
            self._merged((self.row, 0, self.row, before - 1), clean(label), self.styles.label)
        self.row += 1

    def _sum(self, j: int, ranges: Sequence[Range], nested: bool) -> str:
        letter = xl_col_to_name(j)
        parts = ",".join(
            ("" if r.sheet == self.name else f"{quote_sheetname(r.sheet)}!")
            + f"{letter}{r.first + 1}:{letter}{r.last + 1}"
            for r in ranges
        )
        return f"=SUBTOTAL(9,{parts})" if nested else f"=SUM({parts})"

    def close_body(self, body: Range, *, filtered: bool) -> None:
        """What the body as a whole needs: no warnings about numbers kept as text, and filter buttons on the heads."""
        cells = xl_range(body.first, 0, body.last, self._last)
        self.sheet.ignore_errors({"number_stored_as_text": cells})
        if filtered:
            self.sheet.autofilter(body.first - 1, 0, body.last, self._last)

    def words(self, totals: Sequence[Any]) -> None:
        """合计（大写）: each total of money that is not nothing; named by its column where there are several."""
        sums = [
            (column, value)
            for column, value in zip(self.table.columns, totals, strict=True)
            if column.total and column.kind is Kind.MONEY
        ]
        if sums:
            several = len(sums) > 1
            texts = [
                f"{column.title.replace('/', '')} {in_words(value)}" if several else in_words(value)
                for column, value in [pair for pair in sums if pair[1]] or sums[-1:]
            ]
            self._note(f"合计（大写）：{'；'.join(texts)}", self.styles.caution)

    def notes(self) -> None:
        for note in self.table.notes:
            self._note(note, self.styles.note)

    def picture(self, drawn: NativeChart, height: int) -> None:
        """A chart below the table, in rows of its own; on one page with the table, so that no page cuts it in two."""
        if self.row <= _ROWS_BESIDE_A_CHART:
            self.sheet.fit_to_pages(1, 1)
        self.sheet.insert_chart(self.row + 1, 0, drawn, {"object_position": 1})
        self.row += math.ceil(height / _DEFAULT_ROW) + 2

    @property
    def pixels(self) -> int:
        """How wide a chart may be."""
        return min(_WIDEST_CHART, self._pixels)

    @property
    def _pixels(self) -> int:
        return sum(int(fit.width * _PIXELS + _EDGES) for fit in self.fits)

    def sign(self, caution: str) -> None:
        """The signature line, with what was left out said above it."""
        if caution:
            self._note(caution, self.styles.caution)
        self._tall(self.row, 9)
        self.row += 1
        self._pieces(SIGNATURE, ("left",) * len(SIGNATURE))

    def finish(self) -> None:
        """The print area; a page and a little more is printed on one."""
        self.sheet.print_area(0, 0, self.row - 1, self._last)
        across, down = _INCHES[self.landscape]
        scale = min(1.0, (across - 2 * _SIDE) * _DOTS / self._pixels)
        share = self.points * scale / _POINTS / (down - _TOP - _BOTTOM)
        if len(self.table.rows) <= _ROWS_BESIDE_A_CHART and _A_LITTLE_LESS < share < _A_LITTLE_MORE:
            self.sheet.fit_to_pages(1, 1)

    def _tall(self, row: int, height: float) -> None:
        self.sheet.set_row(row, height)
        self.points += height

    def _note(self, words: str, style: Any) -> None:
        count = lines(words, self._width)
        self._across(clean(words), style, layout.height(count))

    def _across(self, words: str, style: Any, height: float) -> None:
        self._tall(self.row, height)
        self._merged((self.row, 0, self.row, self._last), words, style)
        self.row += 1

    def _pieces(self, words: Sequence[str], aligns: Sequence[str]) -> None:
        """Words in so many stretches of columns; in one, when there are not columns enough."""
        widths = [fit.width for fit in self.fits]
        self._tall(self.row, layout.LINE)
        if len(widths) < len(words):
            said = [word for word in words if word]
            gap = int((self._width - sum(map(shown.width, said))) / len(said) / 2)
            text = ("　" * max(1, gap)).join(said)
            self._merged((self.row, 0, self.row, self._last), text, self.styles.line("left"))
        else:
            for (first, last), text, align in zip(
                layout.segments(widths, len(words)), words, aligns, strict=True
            ):
                self._merged((self.row, first, self.row, last), text, self.styles.line(align))
        self.row += 1

    def _merged(self, where: tuple[int, int, int, int], words: str, style: Any) -> None:
        top, left, bottom, right = where
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", style)
        self.sheet.write_string(top, left, words, style)


def totals(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What each `total` column sums to over rows, as shown; None for the others. Blanks and words add nothing."""
    return [
        _sum(column, [row[j] for row in rows]) if column.total else None for j, column in enumerate(columns)
    ]


def _sum(column: Column, values: Sequence[Any]) -> Any:
    numbers = [value for value in values if value is not None and not isinstance(value, str)]
    places = {Kind.SCORE: SCORE_PLACES, Kind.PERCENT: PERCENT_PLACES}.get(column.kind)
    return sum(numbers) if places is None else sum(Fraction(cut(number, places)) for number in numbers)
