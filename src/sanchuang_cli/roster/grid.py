"""A book as cells and as the tables found in it, before anyone has asked what the columns mean."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from sanchuang_cli.finding import Finding
from sanchuang_cli.record import Beside, Cell

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; from 1, inclusive."""


class Dropped(NamedTuple):
    """Cells of one column that were dropped before anybody read them. row: of the heading, which is the last above them.
    last: the last row that they reach to."""

    row: int
    column: int
    last: int
    heading: str

    def has(self, row: int, column: int) -> bool:
        return column == self.column and self.row < row <= self.last


@dataclass(frozen=True)
class Sheet:
    """rows[i][j] stands in row i + 1 and column j + 1, whatever the used range; rows may differ in length.

    Error cells are ErrorCell values where the format tells. number_format(row, column) is slow: ask for doubtful
    cells only; "" where the format keeps none. formula(row, column) likewise: what a cell is worked out by, without the
    equals sign, "" where it is not or the format does not tell. beside: comments and what is struck through, by row.
    dropped: columns of findings about somebody's health; their cells are blank here whatever stands in the file.
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
    """A file that was opened. name: as findings quote it (no folder). findings: what was odd about opening it."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()

    def called(self, name: str) -> "Book":
        """The book under a name that no other book of the run has."""
        findings = tuple(replace(f, place=replace(f.place, book=name)) for f in self.findings)
        return replace(self, name=name, findings=findings)


def _parts(name: str) -> list[str]:
    return name.split("/")


def _parts_records(reasons: set[str]) -> bool:
    page = {"repeated header", "note"} if "repeated header" in reasons else set()
    return bool(reasons - {"blank"} - page)


@dataclass(frozen=True)
class Area:
    """A table found in a sheet.

    header_rows, and each skipped run, are (first, last) as the spreadsheet program numbers rows. columns[j] is the
    name over sheet column left + j: header parts joined with "/" from the top, "" where there is none.
    records: the row numbers of data rows, in order. cells(row) is that row from sheet column 1 on, with cells that
    are merged downwards filled. unit: what a 单位 line says of money ("元", "万元"), "" if nothing. sums: the rows
    among the skipped that sum up although no plain 合计 begins them; whether some word of theirs says so.
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
        """The columns' names to look for fields by, "" for those that have none of their own.

        Of a cell merged over several columns only the one that is used has it, and of a group only its parts.
        """
        several = self.columns if self.header_rows[1] > self.header_rows[0] else ()
        groups = {"/".join(parts[:n]) for parts in map(_parts, several) for n in range(1, len(parts))}
        return tuple(
            ""
            if name in groups or (j and name == self.columns[j - 1] and self._is_empty(self.left + j))
            else name
            for j, name in enumerate(self.columns)
        )

    @cached_property
    def apart(self) -> frozenset[int]:
        """The indices of records right above which something else stands than a record: a total, a group, a note.

        Blank rows, and a header that comes again on a page with the line of its number, part nothing.
        """
        between: dict[int, set[str]] = defaultdict(set)
        for _, last, why in self.skipped:
            between[bisect(self.records, last)].add(why)
        return frozenset(at for at, reasons in between.items() if _parts_records(reasons))

    def _is_empty(self, column: int) -> bool:
        rows = (self.sheet.rows[row - 1] for row in self.records)
        return not any(len(row) >= column and str(row[column - 1] or "").strip() for row in rows)


def runs(numbers: Sequence[int], called: Callable[[int], str] = str) -> str:
    """1, 2, 3, 7 -> "1-3、7", cut after ten runs. called: how a number is written, such as a column's letters."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    written = "、".join(
        f"{called(first)}-{called(last)}" if last > first else called(first) for first, last in found[:10]
    )
    return written + ("等" if len(found) > 10 else "")
