"""Knows what a sheet of paper holds: its size, its margins, and how many characters of legible print go
across it.

It may look at no table.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

TYPE, LEGIBLE = 10.5, 8
"""Points of the body's type, and the least in which it is printed."""
SMALLEST = math.ceil(100 * LEGIBLE / TYPE)
"""The smallest scale in which a page is printed, in per cent."""
WHOLE, GLANCE = 100, 125
"""Per cent of its size in which a page is printed at the most, and one that is made to be taken in at a
glance."""
EDGES = 5 / 7
"""The characters that the edges of a column take besides its width."""
OWN_FIGURE, ANY_FIGURE = 0.51, 0.68
"""How wide a figure is for its height: in 仿宋, with what printers differ by; and in the widest type that
takes its place where it is missing."""
SIDE, TOP, BOTTOM = 0.4, 0.6, 0.7
"""Inches of the margins."""
_POINTS = 72
_SPARE = 0.985
"""The part of a page's height that is counted on, because spreadsheet programs round the heights of rows."""


class PaperSize(NamedTuple):
    """A size of paper. code: the number by which spreadsheet programs know it. short, long: its sides in
    inches."""

    code: int
    short: float
    long: float

    def sides(self, landscape: bool) -> tuple[float, float]:
        """Return the points across and down on which one can print."""
        across, down = (self.long, self.short) if landscape else (self.short, self.long)
        return (across - 2 * SIDE) * _POINTS, (down - TOP - BOTTOM) * _POINTS

    def room(self, landscape: bool, figure: float, scale: float = SMALLEST) -> float:
        """Return the characters across it, with the edges of columns, in print of so many per cent."""
        return self.sides(landscape)[0] / (TYPE * figure * scale / WHOLE)

    def starts(
        self, landscape: bool, upto: Sequence[float], heads: tuple[int, int], scale: float
    ) -> list[int]:
        """Return the first row of each page.

        upto: points above each row, and above the end. heads: the first row of the headings, which every page
        repeats, and the first row below them.
        """
        room = self.sides(landscape)[1] / scale * WHOLE * _SPARE
        repeated = upto[heads[1]] - upto[heads[0]]
        starts, start = [0], 0
        while True:
            left = room - (repeated if start else 0)
            start = max(start + 1, bisect_right(upto, upto[start] + left) - 1)
            if start >= len(upto) - 1:
                return starts
            starts.append(start)


A4, A3 = PaperSize(9, 8.27, 11.69), PaperSize(8, 11.69, 16.54)
PAPERS = {"A4": A4, "A3": A3}
