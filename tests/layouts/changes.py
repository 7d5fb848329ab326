"""What may be done to anybody's workbook without changing its records: a title, a footer, a total, a helper column, a
hidden column, a blank row, and splitting the book.

Cells keep their formats; formulas become their values, for nothing here would work them out again.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

TITLE = "2026年度情况统计表"
FOOTER = ("注：本表一式两份。", "单位负责人：        审核人：        填表人：")


STYLE, SHEETS = "_style", "_sheets"
"""Where openpyxl keeps a cell's formats and a book's sheets; there is no public way to copy or change them at once."""


@dataclass(frozen=True)
class Spot:
    """Where a table stands: its sheet, the last row of its head, its first and last record, from 1."""

    sheet: str
    head: int
    first: int
    last: int


@dataclass(frozen=True)
class Edit:
    """What is done to a sheet. before: blank rows put in before these rows. put: cells, where they stand afterwards.

    kept: rows that stay; all of them where it is None. hidden: columns to hide.
    """

    before: tuple[int, ...] = ()
    put: dict[tuple[int, int], Any] = field(default_factory=dict)
    kept: Callable[[int], bool] | None = None
    hidden: tuple[int, ...] = ()

    def moved(self, row: int) -> int | None:
        """Where a row comes to stand; None: it is left out."""
        if self.kept is None:
            return row + sum(at <= row for at in self.before)
        return sum(map(self.kept, range(1, row + 1))) if self.kept(row) else None


Change = Callable[[Worksheet, Sequence[Spot]], Edit | None]
"""What to do to a sheet with these tables; None where there is nothing to do."""


def title(sheet: Worksheet, spots: Sequence[Spot]) -> Edit:
    return Edit(before=(1,), put={(1, 1): TITLE})


def footer(sheet: Worksheet, spots: Sequence[Spot]) -> Edit:
    last = _used(sheet)[0]
    return Edit(put={(last + 2 + n, 1): text for n, text in enumerate(FOOTER)})


def total(sheet: Worksheet, spots: Sequence[Spot]) -> Edit | None:
    """合计 in the table's first column."""
    return _summed(sheet, spots[-1], lambda first, serial: {first: "合计"})


def total_without_label(sheet: Worksheet, spots: Sequence[Spot]) -> Edit | None:
    """Only the figures."""
    return _summed(sheet, spots[-1], lambda first, serial: {})


def numbered_mean(sheet: Worksheet, spots: Sequence[Spot]) -> Edit | None:
    """平均 in the second column, and a running number before it as if it were one more record."""
    return _summed(sheet, spots[-1], lambda first, serial: {first: serial, first + 1: "平均"}, mean=True)


def _summed(
    sheet: Worksheet, spot: Spot, labels: Callable[[int, int], dict[int, Any]], mean: bool = False
) -> Edit | None:
    """A row below the records with the sums or means of the columns that hold nothing but numbers; None without any."""
    row, first, width = spot.last + 1, _left(sheet, spot), _used(sheet)[1]
    size = spot.last - spot.first + 1
    figures: dict[int, Any] = {}
    for column in range(first + 2, width + 1):
        cells = [sheet.cell(each, column).value for each in range(spot.first, spot.last + 1)]
        numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
        if len(numbers) == sum(cell is not None for cell in cells) and _adds_up(numbers):
            figures[column] = sum(numbers) / (size if mean else 1)
    if not figures:
        return None
    put = figures | labels(first, size + 1)
    return Edit(before=(row,), put={(row, column): value for column, value in put.items()})


def _adds_up(numbers: Sequence[float]) -> bool:
    """Whether somebody would add them up: dates such as 1998.1 nobody does, nor long codes."""
    dates = all(1900 <= number < 2100 for number in numbers)
    codes = all(number == int(number) and number >= 10**6 for number in numbers)
    return bool(numbers) and not dates and not codes


def helper_column(sheet: Worksheet, spots: Sequence[Spot]) -> Edit:
    column = _used(sheet)[1] + 1
    return Edit(put={(row, column): row % 2 for spot in spots for row in range(spot.first, spot.last + 1)})


def hidden_column(sheet: Worksheet, spots: Sequence[Spot]) -> Edit:
    column = _used(sheet)[1] + 2
    put = {(row, column): "已核" for spot in spots for row in range(spot.first, spot.last + 1)}
    return Edit(put=put, hidden=(column,))


def blank_row(sheet: Worksheet, spots: Sequence[Spot]) -> Edit | None:
    """In the middle of each table that has one, where no merged cell is cut in two."""
    at = [row for spot in spots if (row := _between(sheet, spot))]
    return Edit(before=tuple(at)) if at else None


CHANGES: dict[str, Change] = {
    "a title": title,
    "a footer": footer,
    "a total": total,
    "a helper column": helper_column,
    "a hidden column": hidden_column,
    "a blank row": blank_row,
}


ON_ROSTERS: dict[str, Change] = {
    "a total without a label": total_without_label,
    "a mean with a running number": numbered_mean,
}
"""What only somebody who knows what identifies a record can tell from one."""


def plain(source: Path, target: Path) -> Workbook:
    """The book with its formulas as values, as it is in `target` too. It takes the longest of all to load, so it is loaded
    here once, and what is made of it leaves it as it was."""
    load_workbook(source, data_only=True).save(target)
    return load_workbook(target)


def thinned(book: Workbook, target: Path, spots: Sequence[Spot], every: int) -> Workbook:
    """The book with one of so many records, as it is in `target` too."""

    def stays(of_sheet: Sequence[Spot]) -> Callable[[int], bool]:
        return lambda row: all(
            not spot.first <= row <= spot.last or (row - spot.first) % every == 0 for spot in of_sheet
        )

    by_sheet = {name: [spot for spot in spots if spot.sheet == name] for name in book.sheetnames}
    edits = {name: Edit(kept=stays(of_sheet)) for name, of_sheet in by_sheet.items() if of_sheet}
    return load_workbook(_saved(book, target, edits))


def changed(book: Workbook, target: Path, spots: Sequence[Spot], change: Change) -> Path | None:
    """The book with every sheet that has tables changed; None where the change does nothing."""
    edits = {
        name: edit
        for name in dict.fromkeys(spot.sheet for spot in spots)
        if (edit := change(book[name], [spot for spot in spots if spot.sheet == name]))
    }
    return _saved(book, target, edits) if edits else None


def split_by_sheet(book: Workbook, folder: Path) -> list[Path]:
    """A book for each sheet."""
    return [_saved(book, folder / f"{n}.xlsx", {}, name) for n, name in enumerate(book.sheetnames, 1)]


def split_in_two(book: Workbook, folder: Path, spot: Spot) -> list[Path]:
    """Two books, each with the head and what stands above it, and half of the records; what stands below in both."""
    found = []
    middle = _between(book[spot.sheet], spot)
    if not middle:
        return []
    for part, rows in enumerate((range(spot.first, middle), range(middle, spot.last + 1)), 1):
        kept = set(rows)
        edit = Edit(kept=lambda row, kept=kept: row in kept or not spot.first <= row <= spot.last)  # type: ignore[misc]
        found.append(_saved(book, folder / f"{part}.xlsx", {spot.sheet: edit}))
    return found


def _used(sheet: Worksheet) -> tuple[int, int]:
    """The last row and column that hold something, merged ones among them."""
    cells = [
        (cell.row, cell.column or 0) for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    cells += [(merge.max_row, merge.max_col) for merge in sheet.merged_cells.ranges]
    return max(row for row, _ in cells), max(column for _, column in cells)


def _left(sheet: Worksheet, spot: Spot) -> int:
    """The first column with something in the head or the first record."""
    rows = (spot.head, spot.first)
    return min(c.column for row in rows for c in sheet[row] if c.value is not None)


def _between(sheet: Worksheet, spot: Spot) -> int | None:
    """The row before which the table can be cut, nearest its middle."""
    merges = [(merge.min_row, merge.max_row) for merge in sheet.merged_cells.ranges]
    middle = (spot.first + spot.last + 1) // 2
    for row in sorted(range(spot.first + 2, spot.last), key=lambda row: abs(row - middle)):
        whole = not any(top < row <= bottom for top, bottom in merges)
        if whole and all(any(c.value is not None for c in sheet[near]) for near in (row - 1, row)):
            return row
    return None


def _saved(book: Workbook, target: Path, edits: Mapping[str, Edit], only: str | None = None) -> Path:
    """The book with these sheets changed, or one sheet of it alone, to be seen. It has its own sheets again afterwards."""
    own, sheets = getattr(book, SHEETS), list[Any]()
    active: Any = book.active
    setattr(book, SHEETS, sheets)
    for sheet in own:
        if only in (None, sheet.title):
            sheets.append(_rearranged(sheet, edits[sheet.title]) if sheet.title in edits else sheet)
    states = [sheet.sheet_state for sheet in sheets]
    if only:
        sheets[0].sheet_state = "visible"
    book.save(target)
    for sheet, state in zip(sheets, states, strict=True):
        sheet.sheet_state = state
    setattr(book, SHEETS, own)
    book.active = active
    return target


def _rearranged(old: Worksheet, edit: Edit) -> Worksheet:
    """The sheet changed, with formats, merges and what is hidden."""
    new = Worksheet(old.parent, old.title)
    for cells in old.iter_rows():
        for cell in cells:
            if isinstance(cell, MergedCell) or (cell.value is None and not cell.has_style):
                continue
            row = edit.moved(cell.row)
            if row is not None:
                setattr(new.cell(row, cell.column, cell.value), STYLE, copy(getattr(cell, STYLE)))
    for merge in old.merged_cells.ranges:
        top, bottom = edit.moved(merge.min_row), edit.moved(merge.max_row)
        if top and bottom:
            merged = CellRange(min_col=merge.min_col, min_row=top, max_col=merge.max_col, max_row=bottom)
            new.merged_cells.add(merged)
    for row, size in old.row_dimensions.items():
        if size.hidden and (at := edit.moved(row)):
            new.row_dimensions[at].hidden = True
    for letter, width in old.column_dimensions.items():
        if width.hidden:
            new.column_dimensions[letter] = copy(width)
            new.column_dimensions[letter].parent = new
    for (row, column), value in edit.put.items():
        new.cell(row, column, value)
    for column in edit.hidden:
        new.column_dimensions[get_column_letter(column)].hidden = True
    new.sheet_state = old.sheet_state
    return new
