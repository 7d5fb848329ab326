"""Holds a workbook after it was opened, as values: its sheets as cells, and the tables found in them.

Nothing here opens a file or knows what a column means. books/ makes a Book, tables/ makes the Areas of its sheets.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from sanchuang_cli.finding import Finding
from sanchuang_cli.record import Beside, Cell

Merge = tuple[int, int, int, int]
"""A merged block: first row, first column, last row, last column; numbered from 1, both ends included."""


class Dropped(NamedTuple):
    """Cells of one column that were dropped before anything was read from them.

    row: the row of the heading, right above the first of them. last: the row of the last of them.
    """

    row: int
    column: int
    last: int
    heading: str

    def has(self, row: int, column: int) -> bool:
        """Whether the cell is one of them."""
        return column == self.column and self.row < row <= self.last


@dataclass(frozen=True)
class Sheet:
    """One sheet. rows[i][j] is the cell in row i + 1 and column j + 1; rows may differ in length.

    An error in a cell is an ErrorCell if the file format shows it. number_format(row, column) is slow, so it is asked only
    for doubtful cells; "" where the format keeps none. formula(row, column) is slow too: the formula of a cell without the
    equals sign, "" where it has none or the format does not show it. beside: comments and struck-through text, by row.
    dropped: columns of findings about somebody's health; their cells are blank here.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    date1904: bool = False
    number_format: Callable[[int, int], str] = field(default=lambda row, column: "")
    beside: Mapping[int, Beside] = field(default_factory=dict)
    formula: Callable[[int, int], str] = field(default=lambda row, column: "")
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True)
class Book:
    """A file that was opened. name: as findings quote it, without the folder. findings: what was odd when opening it."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()

    def called(self, name: str) -> "Book":
        """The same book under another name, because two files of a run may have the same name in different folders."""
        findings = tuple(
            replace(finding, place=replace(finding.place, book=name)) for finding in self.findings
        )
        return replace(self, name=name, findings=findings)


def _parts(name: str) -> list[str]:
    return name.split("/")


def _parts_records(reasons: set[str]) -> bool:
    """Whether rows skipped for these reasons separate the records above from those below."""
    page = {"repeated header", "note"} if "repeated header" in reasons else set()
    return bool(reasons - {"blank"} - page)


@dataclass(frozen=True)
class Area:
    """A table found in a sheet.

    header_rows, and each run of skipped rows, are (first, last) as the spreadsheet program numbers rows. columns[j] is the
    name of sheet column left + j: the parts of its header from the top, joined with "/", or "" where there is none.
    records: the row numbers of the data rows, in order. cells(row) is that row from sheet column 1 on, with cells filled in
    that are merged downwards. unit: the unit of money in a 单位 line ("元", "万元"), "" if there is none. sums: the skipped
    rows that were taken for sums although no plain 合计 stands first in them; True where another word says so.
    """

    sheet: Sheet
    header_rows: tuple[int, int]
    left: int
    columns: tuple[str, ...]
    records: Sequence[int]
    skipped: tuple[tuple[int, int, str], ...] = ()
    unit: str = ""
    cells: Callable[[int], tuple[Cell, ...]] = field(default=lambda row: ())
    sums: Mapping[int, bool] = field(default_factory=dict)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The names of the columns by which fields are looked for, "" for columns that have no name of their own.

        If a heading is merged over several columns, only the column that is used has the name. If a heading stands over a
        group of columns, only the columns of the group have a name.
        """
        several = self.columns if self.header_rows[1] > self.header_rows[0] else ()
        groups = {"/".join(parts[:n]) for parts in map(_parts, several) for n in range(1, len(parts))}
        return tuple(
            ""
            if name in groups or (j and name == self.columns[j - 1] and self._is_empty(self.left + j))
            else name
            for j, name in enumerate(self.columns)
        )

    @property
    def titles(self) -> tuple[str, ...]:
        """The lines above the header that stand alone in their row, without the white space in them."""
        rows = (row for first, last, why in self.skipped if why == "title" for row in range(first, last + 1))
        above = (self.cells(row) for row in rows if row < self.header_rows[0])
        return tuple("".join("".join(str(cell).split()) for cell in cells if cell) for cells in above)

    @cached_property
    def apart(self) -> frozenset[int]:
        """The indices of the records that have something between them and the record above: a total, a group, a note.

        Blank rows do not count, nor does a header repeated on a new page with its page number.
        """
        between: dict[int, set[str]] = defaultdict(set)
        for _, last, why in self.skipped:
            between[bisect(self.records, last)].add(why)
        return frozenset(at for at, reasons in between.items() if _parts_records(reasons))

    def _is_empty(self, column: int) -> bool:
        rows = (self.sheet.rows[row - 1] for row in self.records)
        return not any(len(row) >= column and str(row[column - 1] or "").strip() for row in rows)


def runs(numbers: Sequence[int], called: Callable[[int], str] = str) -> str:
    """Numbers in short form: "1-3、7" for 1, 2, 3, 7, cut after ten runs. called: writes a number, for instance as letters."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    written = "、".join(
        f"{called(first)}-{called(last)}" if last > first else called(first) for first, last in ranges[:10]
    )
    return written + ("等" if len(ranges) > 10 else "")
