"""A roster on its way to a sheet: columns, lines, what stands above, below and beside; and what is to be read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from tests.layouts.grid import Cell, Formula, Grid, letters
from tests.layouts.rosters import Column
from tests.layouts.shapes import Shape


@dataclass(frozen=True)
class Line:
    """A line that is no record. cells: by column of the table, from 0. merges: first and last column."""

    cells: Mapping[int, Cell] = field(default_factory=dict)
    merges: tuple[tuple[int, int], ...] = ()
    hidden: bool = False
    repeats_head: bool = False


@dataclass(frozen=True)
class Block:
    """Something beside the table: its lines begin at the head's first row, `gap` columns to the right."""

    lines: tuple[tuple[Cell, ...], ...]
    gap: int


@dataclass
class Draft:
    """One table. body: numbers of records, and lines that are none, in their order.

    depth: rows of the head. across: upper headings are merged over their columns. down: how a heading without an upper
    one fills the head: "merged" down, or in its "top" or "low" row. under: lines between head and body. hidden: records whose row is hidden.
    block: of people that stands beside, with a gap of so many columns.
    """

    shape: Shape
    columns: list[Column]
    body: list[int | Line]
    title: str
    above: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    under: list[Line] = field(default_factory=list)
    depth: int = 1
    across: bool = True
    down: str = "merged"
    hidden: set[int] = field(default_factory=set)
    beside: list[Block] = field(default_factory=list)
    block: "tuple[Draft, int] | None" = None

    @property
    def records(self) -> list[int]:
        return [line for line in self.body if isinstance(line, int)]

    @property
    def width(self) -> int:
        return len(self.columns)

    def column(self, name: str) -> int | None:
        """The column of a field."""
        return next((n for n, column in enumerate(self.columns) if column.field == name), None)

    @property
    def serial(self) -> int | None:
        """The column of running numbers."""
        return next((n for n, column in enumerate(self.columns) if column.serial), None)

    @property
    def key(self) -> int:
        found = self.column(self.shape.key)
        assert found is not None, "every roster has its key"
        return found


@dataclass(frozen=True)
class Expected:
    """A record that is to be read. fields: by name, `more:…` for those that a policy adds. at: their columns, from 1.

    loose: fields that may stay blank, if a finding names the row or the column. row: as the spreadsheet shows it.
    """

    sheet: str
    row: int
    key: str
    fields: Mapping[str, Any]
    at: Mapping[str, int]
    loose: frozenset[str] = frozenset()
    head: tuple[int, int] = (0, 0)


@dataclass
class Truth:
    """What a book holds. told: sheets and columns (from 1) that a finding must name, by letter or by heading.

    other: records that a reader may leave out, if it names their columns: the second of two blocks side by side.
    """

    records: list[Expected] = field(default_factory=list)
    other: list[Expected] = field(default_factory=list)
    told: list[tuple[str, int, Cell]] = field(default_factory=list)


def place(draft: Draft, grid: Grid, row: int, column: int, truth: Truth) -> int:
    """Write the table with its corner at (row, column), put what is to be read into `truth`; the row below it."""
    for line in draft.above:
        _line(grid, line, row, column)
        row += 1
    head = row
    _head(draft, grid, head, column)
    row += draft.depth
    for line in draft.under:
        _line(grid, line, row, column)
        row += 1
    end = _body(draft, grid, (head, row), column, truth.records)
    if draft.records:
        told = [
            (n, each)
            for n, each in enumerate(draft.columns)
            if each.told and any(c is not None for c in each.cells)
        ]
        truth.told += [
            (grid.name, column + n + 1, each.heading or " ".join(upper(draft, each)) or None)
            for n, each in told
        ]
    grid.hidden_columns |= {column + n for n, each in enumerate(draft.columns) if each.hidden}
    for block in draft.beside:
        for offset, cells in enumerate(block.lines):
            for n, cell in enumerate(cells):
                grid.put(head + offset, column + draft.width + block.gap + n, cell)
    if draft.block:
        second, gap = draft.block
        _second(second, grid, head, column + draft.width + gap, truth)
    below = max(end, *(head + len(block.lines) for block in draft.beside), 0) if draft.beside else end
    for line in draft.below:
        _line(grid, line, below, column)
        below += 1
    return below


def _second(draft: Draft, grid: Grid, row: int, column: int, truth: Truth) -> None:
    _head(draft, grid, row, column)
    _body(draft, grid, (row, row + draft.depth + len(draft.under)), column, truth.other)
    if draft.block:
        third, gap = draft.block
        _second(third, grid, row, column + draft.width + gap, truth)


def _line(grid: Grid, line: Line, row: int, column: int) -> None:
    for at, cell in line.cells.items():
        grid.put(row, column + at, cell)
    for first, last in line.merges:
        grid.merge((row, column + first), (row, column + last))
    if line.hidden:
        grid.hidden_rows.add(row)


def _head(draft: Draft, grid: Grid, row: int, column: int) -> None:
    """The headings; upper ones over neighbours that share them."""
    last = draft.depth - 1
    for n, each in enumerate(draft.columns):
        levels = upper(draft, each)
        for level, text in enumerate(levels):
            before = upper(draft, draft.columns[n - 1]) if n else ()
            if before[: level + 1] != levels[: level + 1]:
                grid.put(row + level, column + n, text)
                if draft.across:
                    end = _run(draft, n, levels[: level + 1])
                    grid.merge((row + level, column + n), (row + level, column + end))
        if each.joined:
            continue
        top = row + last if draft.down == "low" else row + len(levels)
        bottom = row + last if draft.down == "merged" and each.heading is not None else top
        end = n + 1
        while end < draft.width and draft.columns[end].joined:
            end += 1
        grid.put(top, column + n, each.heading)
        grid.merge((top, column + n), (bottom, column + end - 1))


def upper(draft: Draft, column: Column) -> tuple[str, ...]:
    """The upper headings of a column, one for each row of the head but the last; none for a column of its own."""
    if draft.depth == 1 or not column.group or (draft.depth == 3 and not column.top):
        return ()
    return (column.group,) if draft.depth == 2 else (column.top, column.group)


def _run(draft: Draft, first: int, levels: tuple[str, ...]) -> int:
    last = first
    while last + 1 < draft.width and upper(draft, draft.columns[last + 1])[: len(levels)] == levels:
        last += 1
    return last


def _body(draft: Draft, grid: Grid, at: tuple[int, int], column: int, into: list[Expected]) -> int:
    """The lines of the table from row at[1], below its head in row at[0]; the row below them."""
    head, start = at
    rows: list[tuple[int, int]] = []
    row = start
    names = {"key": letters(column + draft.key), "first": start + 1, "last": start + len(draft.body)}
    for line in draft.body:
        if isinstance(line, int):
            for n, each in enumerate(draft.columns):
                grid.put(row, column + n, _filled(each.cells[line], names, row, column + n))
                if each.over:
                    grid.merge((row, column + n), (row, column + n + 1))
            into.append(_expected(draft, grid.name, line, (head, start, row), column))
            rows.append((row, line))
            if line in draft.hidden:
                grid.hidden_rows.add(row)
        elif line.repeats_head:
            _head(draft, grid, row, column)
            row += draft.depth - 1
        else:
            _line(
                grid,
                replace(
                    line, cells={n: _filled(cell, names, row, column + n) for n, cell in line.cells.items()}
                ),
                row,
                column,
            )
        row += 1
    for n, each in enumerate(draft.columns):
        if each.down:
            _merged_down(each.cells, grid, column + n, rows)
    return row


def _filled(cell: Cell, names: Mapping[str, Any], row: int, column: int) -> Cell:
    if not isinstance(cell, Formula):
        return cell
    return Formula(cell.text.format(**names, row=row + 1, col=letters(column)), cell.value)


def _expected(draft: Draft, sheet: str, record: int, at: tuple[int, int, int], column: int) -> Expected:
    head, start, row = at
    read = [(n, each) for n, each in enumerate(draft.columns) if each.field]
    return Expected(
        sheet,
        row + 1,
        draft.columns[draft.key].truth[record],
        {each.field: each.truth[record] for _, each in read},
        {each.field: column + n + 1 for n, each in read},
        frozenset(each.field for _, each in read if record in each.loose),
        (head + 1, start),
    )


def _merged_down(cells: Sequence[Cell], grid: Grid, column: int, rows: Sequence[tuple[int, int]]) -> None:
    """Merge equal cells of neighbouring rows, as clerks do with the township. rows: each with its record."""
    at = 0
    while at < len(rows):
        end = at
        while (
            end + 1 < len(rows)
            and rows[end + 1][0] == rows[end][0] + 1
            and cells[rows[end + 1][1]] == cells[rows[at][1]]
        ):
            end += 1
        grid.merge((rows[at][0], column), (rows[end][0], column))
        for row, _ in rows[at + 1 : end + 1]:
            grid.cells.pop((row, column), None)
        at = end + 1


def columns_of(draft: Draft, records: Sequence[int]) -> list[Column]:
    """The same columns with some of the records only."""
    return [
        replace(
            each,
            cells=[each.cells[n] for n in records],
            truth=[each.truth[n] for n in records],
            loose={at for at, n in enumerate(records) if n in each.loose},
        )
        for each in draft.columns
    ]


def chance(seed: object, kind: str) -> Random:
    """Dice of their own for each kind of layout, so that leaving one out does not change the others."""
    return Random(f"{seed} {kind}")
