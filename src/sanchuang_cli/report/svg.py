"""Works out where everything stands in a chart of a web page; markup/chart.svg draws it.

It may look at the table of the chart. The chart is readable in black and white: every series has its own grey
or pattern. Bars always lie, so that the long names of townships stay readable.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import shown
from sanchuang_cli.table import Chart, Column, Table, Value

_WIDTH, _MARGIN, _TOP, _AXIS, _ROOM_FOR_VALUE = 900, 8, 34, 22, 90
_BAR, _GAP, _LEGEND = 18, 8, 24
_CHARACTER = 7.2
"""Pixels of a narrow character of the labels."""
_MOST_LABEL = 260
FILLS = 12
"""So many greys and patterns stand in markup/fills.svg."""


class Series(NamedTuple):
    """A line of the key. x: the position of its box; its name stands beside it."""

    x: float
    fill: int
    name: str


class Tick(NamedTuple):
    """A line across the bars, and the value that it stands for."""

    x: float
    words: str


class DrawnBar(NamedTuple):
    """A value. width: 0 if there is nothing to draw. words: the value; "" if there is no room for it."""

    x: float
    y: float
    width: float
    fill: int
    words: str
    words_x: float


class BarRow(NamedTuple):
    """The bars of one category. y: the line on which the name stands."""

    name: str
    y: float
    bars: list[DrawnBar]


class Drawing:
    """The chart of a table's rows. names_end: where names end, a little before the bars begin. top, bottom:
    of the bars."""

    width, bar, key_y = _WIDTH, _BAR, _TOP

    def __init__(self, table: Table, chart: Chart) -> None:
        at = [table.index(name) for name in chart.values]
        self.title, self.stacked = chart.title, chart.kind == "stacked"
        self._columns = [table.columns[j] for j in at]
        values = [[row[j] for j in at] for row in table.rows]
        category = table.index(chart.categories)
        kind = table.columns[category].kind
        names = [shown.text(kind, row[category]) for row in table.rows]
        self.names_end = min(_MOST_LABEL, max(map(shown.width, names), default=0) * _CHARACTER) + _MARGIN
        self.top = _TOP + (_LEGEND if len(at) > 1 else 0)
        self._slot = _BAR * (1 if self.stacked else len(at)) + _GAP
        self.bottom = self.top + self._slot * len(names)
        self.height = self.bottom + _AXIS
        marks = ticks(max(map(self._longest, values), default=0.0))
        self._most = marks[-1]
        self.ticks = [Tick(self._x(mark), f"{mark:,.10g}") for mark in marks]
        self.key = list(self._key()) if len(at) > 1 else []
        self.rows = list(map(self._row, range(len(names)), names, values))

    def _longest(self, values: Sequence[Value]) -> float:
        reached = list(map(_number, self._columns, values))
        return sum(reached) if self.stacked else max(reached)

    def _x(self, value: float) -> float:
        left = self.names_end + _MARGIN
        return left + (_WIDTH - left - _ROOM_FOR_VALUE) * value / self._most

    def _key(self) -> Iterator[Series]:
        x = self._x(0)
        for k, column in enumerate(self._columns):
            name = column.title.split("/")[-1]
            yield Series(x, k % FILLS, name)
            x += 18 + shown.width(name) * _CHARACTER + 16

    def _row(self, i: int, name: str, values: Sequence[Value]) -> BarRow:
        y = self.top + i * self._slot + _GAP / 2
        return BarRow(name, y + (self._slot - _GAP) / 2 + 5, list(self._bars(y, values)))

    def _bars(self, y: float, values: Sequence[Value]) -> Iterator[DrawnBar]:
        reached = 0.0
        for k, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            size, words = _number(column, value), shown.text(column.kind, value)
            start, end = self._x(reached), self._x(reached + size)
            if self.stacked:
                fits = end - start > len(words) * _CHARACTER + 4
                yield DrawnBar(start, y, end - start, k % FILLS, words if fits else "", (start + end) / 2)
                reached += size
            else:
                yield DrawnBar(start, y, end - start, k % FILLS, words, end + 4)
                y += _BAR


def _number(column: Column, value: Value) -> float:
    """Return how far a bar reaches. Money counts in yuan; zero and less have no bar."""
    if value is None or isinstance(value, str):
        return 0.0
    return max(0.0, float(value) / (100 if column.kind is Kind.MONEY else 1))


def ticks(most: float) -> list[float]:
    """Return four to seven round values from 0 to at least `most`."""
    if most <= 0:
        return [0.0, 1.0]
    scale = 10.0 ** (len(str(int(most))) - 1) if most >= 1 else 0.1
    step = next(s for s in (scale * f for f in (0.1, 0.2, 0.25, 0.5, 1, 2)) if most / s <= 6)
    return [step * n for n in range(int(-(-most // step)) + 1)]
