"""Draws body rows onto a worksheet, by XlsxWriter's public calls or by a bulk path that is five times as fast.

Both paths write the same cells: tests compare them cell for cell. The bulk path touches private names of
XlsxWriter (listed in _TOUCHED); where one is missing, all rows take the public path.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from itertools import chain
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sanchuang_cli.finding import column_letters
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import shown
from sanchuang_cli.report.arithmetic import ColumnFormula
from sanchuang_cli.report.cells import all_clean, cell, none_risky, risky
from sanchuang_cli.report.geometry import height
from sanchuang_cli.report.wrapping import lines, shapes
from sanchuang_cli.table import stretches

BULK_FROM = 1000
"""Rows from which the bulk path pays: charts are drawn only from cells that were written publicly."""

_TOUCHED = {
    Worksheet: ("_write_rows", "_check_dimensions"),
    Format: ("_get_xf_index",),
}
_REMEMBERED = 20_000
_ESCAPED = "&<>"
_SURELY_FITS = 16_000
_PROBE = 50
"""So many values tell whether a column repeats itself; where it does not, remembering cells costs more than
making them."""


def bulk_available() -> bool:
    """Whether this XlsxWriter still has every private name that the bulk path touches."""
    return all(hasattr(owner, name) for owner, names in _TOUCHED.items() for name in names)


@dataclass(frozen=True)
class Style:
    """How one column's cells are drawn. quoted: for text that must stay text when somebody edits it."""

    kind: Kind
    plain: Format
    quoted: Format
    width: float
    wraps: bool


@dataclass(frozen=True)
class RowStretch:
    """Rows that stand one below the other from worksheet row `first` (from 0) on. least: points that each
    takes at the least; heights: those that it takes, as soon as it is written."""

    first: int
    rows: Sequence[tuple[Any, ...]]
    styles: Sequence[Style]
    live: Sequence[ColumnFormula] = ()
    least: int = 0
    heights: list[float] = field(default_factory=list)


class BulkSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no type hints to inherit from
    """A worksheet that emits whole stretches of rows itself when it is packed, without keeping cells in
    memory."""

    dim_rowmin: int | None
    dim_rowmax: int | None

    def __init__(self) -> None:
        super().__init__()
        self.stretches: list[RowStretch] = []
        self.settle: Callable[[], None] | None = None
        """Called when all rows are written: what is said of the sheet as a whole stands behind them."""

    def take(self, stretch: RowStretch) -> None:
        """Stretches must come from top to bottom and must not share rows with cells written otherwise."""
        if stretch.rows:
            self._check_dimensions(stretch.first, 0)
            self._check_dimensions(stretch.first + len(stretch.rows) - 1, len(stretch.styles) - 1)
            self.stretches.append(stretch)

    def _write_rows(self) -> None:
        top, bottom = self.dim_rowmin or 0, self.dim_rowmax or 0
        for stretch in self.stretches:
            self._write_public_rows(top, stretch.first - 1)
            for chunk in _chunks(stretch):
                self.fh.write(chunk)
            top = stretch.first + len(stretch.rows)
        self._write_public_rows(top, bottom)
        self.dim_rowmin, self.dim_rowmax = 0, bottom
        if self.settle:
            self.settle()

    def _write_public_rows(self, top: int, bottom: int) -> None:
        self.dim_rowmin, self.dim_rowmax = top, bottom
        super()._write_rows()


def write_rows(sheet: Worksheet, stretch: RowStretch) -> None:
    """Write a stretch by the path that the worksheet was made for."""
    if isinstance(sheet, BulkSheet):
        sheet.take(stretch)
        return
    for number, row in enumerate(stretch.rows, stretch.first):
        stretch.heights.append(max(stretch.least, row_height(row, stretch.styles)))
        sheet.set_row(number, stretch.heights[-1])
        for j, (style, value) in enumerate(zip(stretch.styles, row, strict=True)):
            write_cell(sheet, number, j, style, value)
        for formula in stretch.live:
            if formula.holds(row):
                style, value = stretch.styles[formula.column], row[formula.column]
                sheet.write_formula(
                    number, formula.column, f"={formula.at(number + 1)}", style.plain, cell(style.kind, value)
                )


def write_cell(sheet: Worksheet, row: int, column: int, style: Style, value: Any) -> None:
    """Write one cell with public calls that never guess a type."""
    content = cell(style.kind, value)
    if content is None:
        sheet.write_blank(row, column, None, style.plain)
    elif isinstance(content, str):
        sheet.write_string(row, column, content, style.quoted if risky(content) else style.plain)
    else:
        sheet.write_number(row, column, content, style.plain)


def row_height(row: Sequence[Any], styles: Sequence[Style]) -> float:
    """Points that a row takes."""
    return height(
        max(
            (_lines(style, value) for style, value in zip(styles, row, strict=True) if style.wraps), default=1
        )
    )


def _lines(style: Style, value: Any) -> int:
    return lines(shown.text(style.kind, value), style.width)


class _Fragments(dict[Any, str]):
    """The XML of a column's cells by value, between the cell's reference and that of the next; a column
    repeats itself a great deal. then: what stands between."""

    def __init__(self, style: Style, then: str) -> None:
        self._style = style
        plain, quoted = style.plain._get_xf_index(), style.quoted._get_xf_index()
        self._blank, self._number = f'" s="{plain}"/>{then}', f'" s="{plain}"><v>'
        self._end_of_text, self._end_of_number = f"</t></is></c>{then}", f"</v></c>{then}"
        self._formula = f'" s="{plain}"><f>'
        self._text = f'" s="{plain}" t="inlineStr"><is><t>'
        self._kept_text = f'" s="{plain}" t="inlineStr"><is><t xml:space="preserve">'
        self._quoted_text = f'" s="{quoted}" t="inlineStr"><is><t xml:space="preserve">'

    def __missing__(self, value: Any) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        if type(value) is str and len(value) < _SURELY_FITS and value.isalnum():
            made = f"{self._text}{value}{self._end_of_text}"
        else:
            ratio = type(value) is tuple and self._style.kind in (Kind.SCORE, Kind.PERCENT)
            made = self._made(cell(self._style.kind, Fraction(*value) if ratio else value))
        self[value] = made
        return made

    def of(self, values: Sequence[Any]) -> Iterable[str]:
        """The cells of these values. Looking up a Fraction takes longer than all else that is done for its
        cell."""
        kind = self._style.kind
        if kind in (Kind.SCORE, Kind.PERCENT):
            values = [value.as_integer_ratio() if type(value) is Fraction else value for value in values]
        elif len(set(values[:_PROBE])) * 2 > _PROBE and _all_plain(values):
            return map(self._plain, values)
        elif kind is Kind.COUNT and set(map(type, values)) == {int}:
            return [f"{self._number}{value}{self._end_of_number}" for value in values]
        return map(self.__getitem__, values)

    def _plain(self, value: str | None) -> str:
        """The cell of a text that needs nothing done to it."""
        if not value:
            return self._blank
        return f"{self._text if value.isalnum() else self._kept_text}{value}{self._end_of_text}"

    def live(self, formula: ColumnFormula, rows: Sequence[Sequence[Any]], first: int) -> Iterator[str]:
        """The cells of a column with a formula, on rows that the spreadsheet program counts from `first`."""
        for number, row in enumerate(rows, first):
            value = row[formula.column]
            if formula.holds(row):
                content = cell(self._style.kind, value)
                yield f"{self._formula}{formula.at(number)}</f><v>{content}{self._end_of_number}"
            else:
                yield self[value]

    def _made(self, content: str | int | float | None) -> str:
        if content is None:
            return self._blank
        if not isinstance(content, str):
            return f"{self._number}{content:.16G}{self._end_of_number}"
        opening = self._quoted_text if risky(content) else self._kept_text
        return f"{opening}{escape(content, quote=False)}{self._end_of_text}"


def _all_plain(values: Sequence[Any]) -> bool:
    """Whether all are blank or short texts that stand in a cell as they are: nothing to clean, to escape or
    to quote."""
    if not set(map(type, values)) <= {str, type(None)}:
        return False
    words = [value for value in values if value]
    whole = "".join(words)
    if len(whole) >= _SURELY_FITS and max(map(len, words)) >= _SURELY_FITS:
        return False
    escaped = any(character in whole for character in _ESCAPED)
    return not escaped and none_risky(words) and all_clean(words)


class _Lines(dict[str, int]):
    """How many lines a column's cells take, by the shapes of their texts."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def of(self, values: Sequence[Any]) -> Iterable[int]:
        kind = self._style.kind
        texts = [value if type(value) is str else shown.text(kind, value) for value in values]
        return map(self.__getitem__, shapes(texts))

    def __missing__(self, shape: str) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        made = self[shape] = lines(shape, self._style.width)
        return made


def _chunks(stretch: RowStretch) -> Iterator[str]:
    """The XML of a stretch, some thousand rows at a time.

    Pieces of XML are laid out column by column and read row by row: much faster than formatting each row.
    """
    opening, *openings = [f'<c r="{column_letters(j)}' for j in range(1, len(stretch.styles) + 1)]
    columns = [_Fragments(*each) for each in zip(stretch.styles, (*openings, "</row>"), strict=True)]
    wrapping = [(j, _Lines(style)) for j, style in enumerate(stretch.styles) if style.wraps]
    formulas = {formula.column: formula for formula in stretch.live}
    first = stretch.first + 1
    for rows in stretches(stretch.rows):
        values = list(zip(*rows, strict=True))
        numbers = list(map(str, range(first, first + len(rows))))
        counts = [known.of(values[j]) for j, known in wrapping]
        ones = [max(stretch.least, height(1))] * len(rows)
        heights = (
            [max(stretch.least, height(max(each))) for each in zip(*counts, strict=True)] if counts else ones
        )
        stretch.heights.extend(heights)
        pieces: list[Iterable[str]] = [
            [
                f'<row r="{n}" ht="{points}" customHeight="1">{opening}'
                for n, points in zip(numbers, heights, strict=True)
            ]
        ]
        for j, made in enumerate(columns):
            formula = formulas.get(j)
            cells = made.live(formula, rows, first) if formula else made.of(values[j])
            pieces += [numbers, cells]
        first += len(rows)
        yield "".join(chain.from_iterable(zip(*pieces, strict=True)))
