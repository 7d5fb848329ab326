"""A sheet as cells, merges and what is hidden, and its workbook. Rows and columns count from 0 here, as in xlsxwriter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name


@dataclass(frozen=True)
class Formula:
    """A formula and the value that a spreadsheet program keeps beside it.

    In the text, {row} is the number of its row, {col} the letters of its column, {first} and {last} the first and
    last row of the table's body, {key} the letters of the column that identifies a record.
    """

    text: str
    value: str | int | float


Cell = str | int | float | date | Formula | None
At = tuple[int, int]


@dataclass
class Grid:
    """One sheet. merges: first row, first column, last row, last column; the first cell holds the content."""

    name: str
    cells: dict[At, Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def put(self, row: int, column: int, cell: Cell) -> None:
        if cell is not None:
            self.cells[row, column] = cell

    def merge(self, first: At, last: At) -> None:
        if first != last:
            self.merges.append((*first, *last))

    @property
    def height(self) -> int:
        """The row below the lowest that holds something."""
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1


def letters(column: int) -> str:
    """0 -> A."""
    return str(xl_col_to_name(column))


def write(path: Path, grids: Iterable[Grid]) -> None:
    """The sheets as a workbook, with the cached values of their formulas."""
    with Workbook(str(path), {"in_memory": True, "strings_to_formulas": False}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        shown_first = False
        for grid in grids:
            page = workbook.add_worksheet(grid.name)
            if grid.hidden:
                page.hide()
            elif not shown_first:
                shown_first = True
                page.activate()
                page.set_first_sheet()
            for first_row, first_column, last_row, last_column in grid.merges:
                page.merge_range(first_row, first_column, last_row, last_column, "")
            for (row, column), cell in grid.cells.items():
                _put(page, row, column, cell, day)
            for row in grid.hidden_rows:
                page.set_row(row, None, None, {"hidden": True})
            for column in grid.hidden_columns:
                page.set_column(column, column, None, None, {"hidden": True})


def _put(page: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if isinstance(cell, Formula):
        page.write_formula(row, column, cell.text, None, cell.value)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, str):
        page.write_string(row, column, cell)
    else:
        page.write_number(row, column, cell)


def shown(grid: Grid) -> Sequence[str]:
    """The sheet as lines of text, for a person who wants to see what failed."""
    lines = [f"[{grid.name}]{'（隐藏）' if grid.hidden else ''} 合并 {[_range(m) for m in grid.merges]}"]
    if grid.hidden_rows or grid.hidden_columns:
        hidden = sorted(row + 1 for row in grid.hidden_rows), sorted(map(letters, grid.hidden_columns))
        lines.append(f"  隐藏行 {hidden[0]} 隐藏列 {hidden[1]}")
    for row in range(grid.height):
        cells = ((letters(c), grid.cells.get((row, c))) for c in range(grid.width))
        found = " | ".join(f"{letter}={_text(cell)}" for letter, cell in cells if cell is not None)
        lines.append(f"  {row + 1:>3} {found}")
    return lines


def _text(cell: Cell) -> str:
    return f"{cell.value}（公式）" if isinstance(cell, Formula) else repr(cell) if cell == "" else str(cell)


def _range(merge: tuple[int, int, int, int]) -> str:
    return f"{letters(merge[1])}{merge[0] + 1}:{letters(merge[3])}{merge[2] + 1}"
