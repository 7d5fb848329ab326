"""Draws one table as a printed page: title, headings, rows, live totals, notes and the signature line.

It may look at that table and its plan, and use XlsxWriter.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate, pairwise
from operator import gt
from typing import Any, NamedTuple

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from sanchuang_cli.domain.exact_numbers import PERCENT_PLACES, SCORE_PLACES, cut
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import in_words
from sanchuang_cli.report import geometry, shown
from sanchuang_cli.report.arithmetic import live, numbers
from sanchuang_cli.report.cells import cell, clean
from sanchuang_cli.report.geometry import ColumnFit, RowBlock
from sanchuang_cli.report.paper_size import BOTTOM, GLANCE, SIDE, SMALLEST, TOP, WHOLE
from sanchuang_cli.report.rows import BulkSheet, RowStretch, write_cell, write_rows
from sanchuang_cli.report.strips import Plan, Strip
from sanchuang_cli.report.styles import Styles
from sanchuang_cli.report.wrapping import lines
from sanchuang_cli.table import Column, Table

_GOES_ON = "（续）"
"""Stands behind the title of a further strip."""
_DEFAULT_ROW, _PIXELS, _EDGES, _WIDEST_CHART = 20, 7, 5, 1000
"""Pixels: a row of default height, a character of a column, its edges, and a chart that a page still
holds."""
_HEADS_ROOM = 1.5
"""The characters by which a heading is wider than a text of the body, which keeps away from the edges of its
cell."""
_DEFAULT_HEIGHT = 15
"""Points of a row of default height."""
_MOST_BREAKS = 1000
"""The most page breaks that a sheet may have. Nobody prints a list of more pages."""
_COMPANY = 3
"""At least so many rows of the body are printed on the page of the signatures."""
_FOOTER = '&C&"宋体,Regular"&11第 &P 页 共 &N 页'


class Signing(NamedTuple):
    """What stands at the end of a page. caution: what was left out; "" if nothing was. pieces: of the
    signature line."""

    caution: str
    pieces: Sequence[str]


@dataclass(frozen=True)
class Range:
    """The rows first..last of the sheet called `sheet`, from 0."""

    sheet: str
    first: int
    last: int


@dataclass
class SheetPage:
    """A worksheet that is filled from top to bottom; `row` is the next free one.

    heights: of the rows above it; those of the body are known as soon as it is written. closing: the first
    row of what stands below the body; 0 while there is nothing. apart: a row that begins a page of its own if
    not everything is on one page; 0 for none.
    """

    sheet: Worksheet
    name: str
    table: Table
    styles: Styles
    plan: Plan
    row: int = 0
    heights: list[float] = field(default_factory=list)
    closing: int = 0
    apart: int = 0
    stretches: list[RowStretch] = field(default_factory=list)
    heads: tuple[int, int] = (0, 0)

    @property
    def fits(self) -> Sequence[ColumnFit]:
        """How each column fits."""
        return self.plan.fits

    @property
    def _last(self) -> int:
        return len(self.fits) - 1

    @property
    def _lines(self) -> list[Strip]:
        return [self.plan.lines(strip) for strip in self.plan.strips]

    def _room(self, strip: Strip) -> float:
        return sum(fit.width for fit in self.fits[strip.first : strip.last + 1])

    def open(self) -> None:
        """Set the paper and the widths of columns; draw title, the line for unit and date, and headings."""
        self._set_up()
        for j, fit in enumerate(self.fits):
            self.sheet.set_column(j, j, fit.width)
        self._title()
        if self.table.signed:
            unit = f"单位：{self.table.unit}" if self.table.unit else ""
            self._pieces(
                ("填报单位（盖章）：", "填报时间：    年  月  日", unit), ("left", "center", "right")
            )
        elif self.table.unit:
            self._across(f"单位：{self.table.unit}", self.styles.line("right"), geometry.LINE)
        self._heads()

    def _set_up(self) -> None:
        sheet, plan = self.sheet, self.plan
        sheet.set_paper(plan.paper.code)
        if plan.landscape:
            sheet.set_landscape()
        if plan.repeated:
            sheet.repeat_columns(0, plan.repeated - 1)
            sheet.print_across()
        if breaks := [strip.first for strip in plan.strips[1:]]:
            sheet.set_v_pagebreaks(breaks)
        sheet.center_horizontally()
        sheet.set_margins(left=SIDE, right=SIDE, top=TOP, bottom=BOTTOM)
        sheet.set_footer(_FOOTER)

    def _title(self) -> None:
        """Draw the title, on every strip."""
        title = clean(self.table.title)
        told = [title if number == 0 else title + _GOES_ON for number in range(len(self.plan.strips))]
        rooms = [self._room(strip) for strip in self._lines]
        count = max(
            lines(words, room / geometry.TITLE_LARGER + 1) for words, room in zip(told, rooms, strict=True)
        )
        self._tall(self.row, 40 * count)
        for words, strip in zip(told, self._lines, strict=True):
            self._merged((self.row, strip.first, self.row, strip.last), words, self.styles.title)
        self.row += 1

    def _heads(self) -> None:
        depth, heads = geometry.heads(self.table.columns, self.table.beside)
        heights = [1] * depth
        for head in heads:
            room = sum(fit.width for fit in self.fits[head.first : head.last + 1])
            rows = head.bottom - head.top + 1
            count = lines(head.text, room + _HEADS_ROOM)
            heights[head.bottom] = max(heights[head.bottom], count - rows + 1)
            where = (self.row + head.top, head.first, self.row + head.bottom, head.last)
            self._merged(where, clean(head.text), self.styles.head)
        for k, count in enumerate(heights):
            self._tall(self.row + k, geometry.height(count) + 3)
        first, self.row = self.row, self.row + depth
        if self.table.numbered:
            self._numbers()
        self.heads = first, self.row
        self.sheet.repeat_rows(first, self.row - 1)
        self.sheet.freeze_panes(self.row, self.plan.repeated)

    def _numbers(self) -> None:
        """Draw the row of column numbers, with the formulas of the columns: (3)=(1)×(2)."""
        self._tall(self.row, geometry.LINE)
        for j, text in enumerate(numbers(self.table)):
            self.sheet.write_string(self.row, j, text, self.styles.number)
        self.row += 1

    def rows(self, block: RowBlock) -> list[Range]:
        """Draw the rows of a block without its 小计, and return where they stand."""
        if block.start == block.stop:
            return []
        rows = self.table.rows[block.start : block.stop]
        styles = self.styles.body(self.table.columns, self.fits)
        least = geometry.SIGNED if self.table.is_signed_for else 0
        stretch = RowStretch(self.row, rows, styles, live(self.table), least)
        write_rows(self.sheet, stretch)
        self.stretches.append(stretch)
        first, self.row = self.row, self.row + len(rows)
        if self.table.glance:
            self._reach([row[0] for row in rows], first)
        return [Range(self.name, first, self.row - 1)]

    def _reach(self, words: Sequence[str | None], first: int) -> None:
        """Let cells of the first column reach over the blank ones below them."""
        starts = [i for i, word in enumerate(words) if word]
        for start, stop in pairwise((*starts, len(words))):
            self._merged(
                (first + start, 0, first + stop - 1, 0), clean(words[start] or ""), self.styles.block
            )

    def nothing(self) -> None:
        """Draw what a page without rows says."""
        self._tall(self.row, geometry.LINE)
        self._merged((self.row, 0, self.row, self.plan.strips[0].last), "（无）", self.styles.empty)
        self.row += 1

    def total(self, label: str, values: Sequence[Any], ranges: Sequence[Range], nested: bool) -> None:
        """Draw a row 小计 or 合计: formulas over `ranges`, with `values` stored. If `nested`, they pass over
        rows of 小计."""
        columns = self.table.columns
        styles = self.styles.totals(columns, self.fits)
        summed = [j for j, column in enumerate(columns) if column.total]
        self._tall(self.row, geometry.LINE)
        for j, (column, value, style) in enumerate(zip(columns, values, styles, strict=True)):
            if column.total and ranges:
                self.sheet.write_formula(
                    self.row, j, self._sum(j, ranges, nested), style.plain, cell(column.kind, value)
                )
            else:
                write_cell(self.sheet, self.row, j, style, value if column.total else None)
        before = min([*summed, self.table.printed])
        if before:
            last = min(before, self.plan.repeated or before) - 1
            self._merged((self.row, 0, self.row, last), clean(label), self.styles.label)
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
        """Set what the body as a whole needs: no warnings about numbers kept as text, and filter buttons on
        the headings."""
        cells = xl_range(body.first, 0, body.last, self._last)
        self.sheet.ignore_errors({"number_stored_as_text": cells})
        if filtered:
            self.sheet.autofilter(body.first - 1, 0, body.last, self._last)

    def words(self, totals: Sequence[Any]) -> None:
        """Draw 合计（大写）: each printed total of money that is not zero, with the name of its column if there
        are several."""
        printed = self.table.printed
        sums = [
            (column, value)
            for column, value in zip(self.table.columns[:printed], totals[:printed], strict=True)
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
        """Draw the notes below the table."""
        for note in self.table.notes:
            self._note(note, self.styles.note)

    def picture(self, drawn: NativeChart, height: int) -> None:
        """Draw a chart below the table in rows of its own, so that no page cuts it in two."""
        self.apart = self.row
        self.sheet.insert_chart(self.row + 1, 0, drawn, {"object_position": 1})
        self.row += math.ceil(height / _DEFAULT_ROW) + 2

    @property
    def pixels(self) -> int:
        """Return how wide a chart may be."""
        return min(_WIDEST_CHART, self._pixels)

    @property
    def _pixels(self) -> int:
        strip = self.plan.strips[0]
        return sum(int(fit.width * _PIXELS + _EDGES) for fit in self.fits[strip.first : strip.last + 1])

    def sign(self, signing: Signing) -> None:
        """Draw the signature line, and above it what was left out."""
        if signing.caution:
            self._note(signing.caution, self.styles.caution)
        self._tall(self.row, 9)
        self.row += 1
        signers = tuple(f"{role}：" for role in self.table.signers) or signing.pieces
        self._pieces(signers, ("left",) * len(signers))

    def finish(self) -> None:
        """Set the print area and, when all rows are written, the scale of print."""
        self.sheet.print_area(0, 0, self.row - 1, self.table.printed - 1)
        if isinstance(self.sheet, BulkSheet):
            self.sheet.settle = self._settle
        else:
            self._settle()

    def go_on(self) -> None:
        """Set the scale of print for a page to which people will add rows."""
        if self.plan.sure:
            self.sheet.fit_to_pages(1, 0)
        else:
            self.sheet.set_print_scale(self._largest)

    def _settle(self) -> None:
        """Set the scale and where pages begin.

        What goes on one page is printed as large as that page allows, whatever the font. Otherwise it takes
        as few pages as legible print allows, as large as these allow. Pages begin where we say, so they are
        the same in any program.
        """
        heights = [*self.heights, *[_DEFAULT_HEIGHT] * (self.row - len(self.heights))]
        for stretch in self.stretches:
            heights[stretch.first : stretch.first + len(stretch.rows)] = stretch.heights
        upto = [0.0, *accumulate(heights)]
        pages = len(self._starts(upto, SMALLEST))
        if self.plan.sure and pages == 1 and not self.table.glance:
            self.sheet.fit_to_pages(1, 1)
            return
        scale = self._scale(upto, pages)
        self.sheet.set_print_scale(scale)
        breaks = self._in_company(self._starts(upto, scale))[1:]
        if len(breaks) <= _MOST_BREAKS:
            self.sheet.set_h_pagebreaks(breaks)

    def _starts(self, upto: Sequence[float], scale: float) -> list[int]:
        return self.plan.paper.starts(self.plan.landscape, upto, self.heads, scale)

    def _in_company(self, starts: Sequence[int]) -> list[int]:
        """Return where pages begin, so that what closes the table does not stand alone, and no page cuts its
        chart."""
        latest = self.apart or max(self.closing - _COMPANY, self.heads[1])
        if len(starts) == 1 or (starts[-1] <= latest and not self.apart):
            return list(starts)
        return [*(start for start in starts if start < latest), latest]

    def _scale(self, upto: Sequence[float], pages: int) -> int:
        """Return the largest scale that gives so many pages; for a list that nobody prints, the smallest."""
        sizes = range(self._largest, SMALLEST, -1) if pages <= _MOST_BREAKS else ()
        return next((size for size in sizes if len(self._starts(upto, size)) == pages), SMALLEST)

    @property
    def _largest(self) -> int:
        """Return the largest scale, in per cent, in which no strip is wider than its page."""
        plan, most = self.plan, GLANCE if self.table.glance else WHOLE
        room = plan.paper.room(plan.landscape, plan.figure)
        return max(SMALLEST, min(most, math.floor(SMALLEST * room / plan.widest)))

    def _tall(self, row: int, height: float) -> None:
        self.sheet.set_row(row, height)
        self.heights += [_DEFAULT_HEIGHT] * (row + 1 - len(self.heights))
        self.heights[row] = height

    def _note(self, words: str, style: Any) -> None:
        strip = self.plan.certain
        self._tall(self.row, geometry.height(lines(words, self._room(strip))))
        self._merged((self.row, strip.first, self.row, strip.last), clean(words), style)
        self.row += 1

    def _across(self, words: str, style: Any, height: float) -> None:
        """Draw words across the first strip, which a reader has in hand first."""
        strip = self._lines[0]
        self._tall(self.row, height)
        self._merged((self.row, strip.first, self.row, strip.last), words, style)
        self.row += 1

    def _pieces(self, words: Sequence[str], aligns: Sequence[str]) -> None:
        """Draw words in so many stretches of columns, on every strip that has room for them."""
        self._tall(self.row, geometry.LINE)
        for number, strip in enumerate(self._lines):
            widths = [fit.width for fit in self.fits[strip.first : strip.last + 1]]
            parts = geometry.segments(widths, len(words))
            rooms = [sum(widths[first : last + 1]) for first, last in parts]
            if len(parts) == len(words) and all(map(gt, rooms, map(shown.width, words))):
                for (first, last), text, align in zip(parts, words, aligns, strict=True):
                    where = (self.row, strip.first + first, self.row, strip.first + last)
                    self._merged(where, text, self.styles.line(align))
            elif number == 0 or sum(widths) > shown.width("".join(words)):
                self._together(strip, words)
        self.row += 1

    def _together(self, strip: Strip, words: Sequence[str]) -> None:
        """Draw words in one stretch, because there are too few columns."""
        said = [word for word in words if word]
        gap = int((self._room(strip) - sum(map(shown.width, said))) / len(said) / 2)
        text = ("　" * max(1, gap)).join(said)
        self._merged((self.row, strip.first, self.row, strip.last), text, self.styles.line("left"))

    def _merged(self, where: tuple[int, int, int, int], words: str, style: Any) -> None:
        top, left, bottom, right = where
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", style)
        self.sheet.write_string(top, left, words, style)


def totals(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Return what each `total` column sums to over rows, as shown; None for the others. Blanks and words add
    nothing."""
    return [
        _sum(column, [row[j] for row in rows]) if column.total else None for j, column in enumerate(columns)
    ]


def _sum(column: Column, values: Sequence[Any]) -> Any:
    numbers = [value for value in values if value is not None and not isinstance(value, str)]
    places = {Kind.SCORE: SCORE_PLACES, Kind.PERCENT: PERCENT_PLACES}.get(column.kind)
    return sum(numbers) if places is None else sum(Fraction(cut(number, places)) for number in numbers)
