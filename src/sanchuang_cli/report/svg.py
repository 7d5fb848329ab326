"""Charts as SVG, readable in black and white: every series has a grey or a pattern of its own.

Bars lie, whatever the chart's kind, so that the long names of townships stay readable.
"""

from collections.abc import Iterator, Sequence
from html import escape

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import shown
from sanchuang_cli.table import Chart, Column, Table, Value

_WIDTH, _MARGIN, _TOP, _AXIS, _ROOM_FOR_VALUE = 900, 8, 34, 22, 90
_BAR, _GAP, _LEGEND = 18, 8, 24
_CHARACTER = 7.2
"""Pixels of a narrow character of the labels."""
_MOST_LABEL = 260
_PATTERNS = (
    '<rect width="8" height="8" fill="#404040"/>',
    '<rect width="8" height="8" fill="#fff"/><path d="M0 8L8 0M-2 2L2 -2M6 10L10 6" stroke="#000" stroke-width="2"/>',
    '<rect width="8" height="8" fill="#bfbfbf"/>',
    '<rect width="8" height="8" fill="#fff"/><path d="M0 4H8M4 0V8" stroke="#000" stroke-width="1"/>',
    '<rect width="8" height="8" fill="#fff"/>',
    '<rect width="8" height="8" fill="#fff"/><circle cx="2" cy="2" r="1.3"/><circle cx="6" cy="6" r="1.3"/>',
    '<rect width="8" height="8" fill="#fff"/><path d="M0 2H8M0 6H8" stroke="#000" stroke-width="1.4"/>',
)


def patterns() -> str:
    """The fills that charts refer to; stands once in a page."""
    made = "".join(
        f'<pattern id="fill{k}" width="8" height="8" patternUnits="userSpaceOnUse">{drawn}</pattern>'
        for k, drawn in enumerate(_PATTERNS)
    )
    return f'<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{made}</defs></svg>'


def chart(table: Table, chart: Chart) -> str:
    """The chart of `table`'s rows."""
    return "".join(_Drawing(table, chart).parts())


class _Drawing:
    def __init__(self, table: Table, chart: Chart) -> None:
        self._chart, self._rows = chart, table.rows
        self._at = [table.index(name) for name in chart.values]
        self._columns = [table.columns[j] for j in self._at]
        category = table.index(chart.categories)
        kind = table.columns[category].kind
        self._names = [shown.text(kind, row[category]) for row in table.rows]
        widest = max((shown.width(name) for name in self._names), default=0)
        self._left = min(_MOST_LABEL, widest * _CHARACTER) + _MARGIN * 2
        self._stacked = chart.kind == "stacked"
        self._legend = _LEGEND if len(self._at) > 1 else 0
        self._top = _TOP + self._legend
        self._slot = _BAR * (1 if self._stacked else len(self._at)) + _GAP
        self._bottom = self._top + self._slot * len(self._rows)
        self._ticks = ticks(max((self._longest(row) for row in self._rows), default=0.0))

    def _longest(self, row: Sequence[Value]) -> float:
        values = [_number(column, row[j]) for column, j in zip(self._columns, self._at, strict=True)]
        return sum(values) if self._stacked else max(values)

    def _x(self, value: float) -> float:
        room = _WIDTH - self._left - _ROOM_FOR_VALUE
        return self._left + room * value / self._ticks[-1]

    def parts(self) -> Iterator[str]:
        title = escape(self._chart.title)
        yield f'<svg class="chart" viewBox="0 0 {_WIDTH} {self._bottom + _AXIS}" role="img"><title>{title}</title>'
        yield f'<text x="{_WIDTH / 2}" y="20" class="t">{title}</text>'
        if self._legend:
            yield from self._key()
        yield from self._axis()
        for i, row in enumerate(self._rows):
            yield from self._bars(self._names[i], self._top + i * self._slot + _GAP / 2, row)
        yield "</svg>"

    def _key(self) -> Iterator[str]:
        x = self._left
        for k, column in enumerate(self._columns):
            name = column.title.split("/")[-1]
            yield f'<rect x="{x:.1f}" y="{_TOP}" width="14" height="12" {_fill(k)}/>'
            yield f'<text x="{x + 18:.1f}" y="{_TOP + 11}">{escape(name)}</text>'
            x += 18 + shown.width(name) * _CHARACTER + 16

    def _axis(self) -> Iterator[str]:
        for tick in self._ticks:
            x = self._x(tick)
            yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{self._top}" y2="{self._bottom}" stroke="#bbb"/>'
            yield f'<text x="{x:.1f}" y="{self._bottom + 15}" class="m">{tick:,.10g}</text>'

    def _bars(self, name: str, y: float, row: Sequence[Value]) -> Iterator[str]:
        middle = y + (self._slot - _GAP) / 2 + 5
        yield f'<text x="{self._left - _MARGIN:.1f}" y="{middle:.1f}" class="e">{escape(name)}</text>'
        reached = 0.0
        for k, (column, j) in enumerate(zip(self._columns, self._at, strict=True)):
            value, words = _number(column, row[j]), escape(shown.text(column.kind, row[j]))
            start, end = self._x(reached), self._x(reached + value)
            if value > 0:
                yield f'<rect x="{start:.1f}" y="{y:.1f}" width="{end - start:.1f}" height="{_BAR}" {_fill(k)}/>'
            if self._stacked:
                if end - start > len(words) * _CHARACTER + 4:
                    yield f'<text x="{(start + end) / 2:.1f}" y="{y + 14:.1f}" class="m h">{words}</text>'
                reached += value
            else:
                yield f'<text x="{end + 4:.1f}" y="{y + 14:.1f}" class="h">{words}</text>'
                y += _BAR


def _fill(k: int) -> str:
    return f'fill="url(#fill{k % len(_PATTERNS)})" stroke="#000" stroke-width=".75"'


def _number(column: Column, value: Value) -> float:
    """How far a bar reaches: money in yuan; nothing and less than nothing not at all."""
    if value is None or isinstance(value, str):
        return 0.0
    return max(0.0, float(value) / (100 if column.kind is Kind.MONEY else 1))


def ticks(most: float) -> list[float]:
    """Round values from 0 to at least `most`, four to seven of them."""
    if most <= 0:
        return [0.0, 1.0]
    scale = 10.0 ** (len(str(int(most))) - 1) if most >= 1 else 0.1
    step = next(s for s in (scale * f for f in (0.1, 0.2, 0.25, 0.5, 1, 2)) if most / s <= 6)
    return [step * n for n in range(int(-(-most // step)) + 1)]
