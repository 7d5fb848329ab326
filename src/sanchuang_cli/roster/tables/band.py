"""A sheet between two columns, asked row by row: what is filled, and which merged cells begin there."""

from collections import defaultdict
from collections.abc import Sequence

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Merge, Sheet


class Band:
    """A sheet between two columns. Cells outside count as absent; rows and columns from 1."""

    def __init__(self, sheet: Sheet, left: int = 1, right: int = 0) -> None:
        self.sheet = sheet
        self.rows = sheet.rows
        self.width = max(map(len, sheet.rows), default=0)
        self.left, self.right = left, right or self.width
        self.whole = left == 1 and self.right >= self.width
        self.height = len(sheet.rows)
        self._merges: dict[int, list[Merge]] = defaultdict(list)
        for merge in sheet.merges:
            if merge[1] >= left and merge[1] <= self.right:
                self._merges[merge[0]].append(merge)

    def cells(self, row: int) -> Sequence[Cell]:
        """The row's cells from the band's left edge on."""
        if not 0 < row <= self.height:
            return ()
        return self.rows[row - 1] if self.whole else self.rows[row - 1][self.left - 1 : self.right]

    def filled(self, row: int) -> list[tuple[int, Cell]]:
        """Column and cell wherever something but white space stands."""
        return [
            (column, cell)
            for column, cell in enumerate(self.cells(row), self.left)
            if cell != "" and cell is not None and not (isinstance(cell, str) and not cell.strip())
        ]

    def merges(self, row: int) -> list[Merge]:
        """Merged blocks whose first row is `row`, cut at the band's right edge."""
        return [
            (top, left, bottom, min(right, self.right))
            for top, left, bottom, right in self._merges.get(row, ())
        ]
