"""Holds the part of a sheet between two columns, row by row: which cells are filled and which merged cells begin there.

Only reads the sheet it is given; it decides nothing about tables.
"""

from collections import defaultdict
from collections.abc import Sequence

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Merge, Sheet


class ColumnBand:
    """The part of a sheet between two columns. Cells outside it count as absent. Rows and columns are numbered from 1."""

    def __init__(self, sheet: Sheet, left: int = 1, right: int = 0) -> None:
        self.sheet = sheet
        self.rows = sheet.rows
        self.width = max(map(len, sheet.rows), default=0)
        self.left, self.right = left, right or self.width
        # Most sheets hold one table, and then no row need be cut.
        self.whole = left == 1 and self.right >= self.width
        self.height = len(sheet.rows)
        self._merges: dict[int, list[Merge]] = defaultdict(list)
        for merge in sheet.merges:
            if merge[1] >= left and merge[1] <= self.right:
                self._merges[merge[0]].append(merge)

    def cells(self, row: int) -> Sequence[Cell]:
        """The cells of a row, from the band's left edge to its right edge."""
        if not 0 < row <= self.height:
            return ()
        return self.rows[row - 1] if self.whole else self.rows[row - 1][self.left - 1 : self.right]

    def filled(self, row: int) -> list[tuple[int, Cell]]:
        """The cells of a row that hold more than white space, each with its column number."""
        return [
            (column, cell)
            for column, cell in enumerate(self.cells(row), self.left)
            if cell != "" and cell is not None and not (isinstance(cell, str) and not cell.strip())
        ]

    def merges(self, row: int) -> list[Merge]:
        """The merged blocks whose first row is `row`, cut at the band's right edge."""
        return [
            (top, left, bottom, min(right, self.right))
            for top, left, bottom, right in self._merges.get(row, ())
        ]
