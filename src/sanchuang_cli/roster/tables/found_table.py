"""Holds what is known about one table while its rows are read: which columns hold what, and where each row went.

`FoundTable` is worked out once from the header and the first rows. `Body` is filled row by row by bodies.py and corrected at
the end by endings.py; nothing else changes either of them, except that rowkinds.py notes sums, notes and thin rows.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Sheet
from sanchuang_cli.roster.tables import form_words
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.form_words import is_label, plain_title, squeezed
from sanchuang_cli.roster.tables.naming import Header

_TYPICAL_SAMPLE = 60
_MOST_FILLS = 2_000_000

Filled = list[tuple[int, Cell]]
Fills = Mapping[int, list[tuple[int, Cell]]]


def fills_downwards(sheet: Sheet) -> Fills:
    """For each row, the columns that a cell merged downwards from above covers there, with its value."""
    fills: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    height = len(sheet.rows)
    spent = 0
    for top, left, bottom, _ in sheet.merges:
        if bottom == top or top > height or left > len(sheet.rows[top - 1]):
            continue
        value = sheet.rows[top - 1][left - 1]
        if value == "" or value is None:
            continue
        for row in range(top + 1, min(bottom, height) + 1):
            fills[row].append((left, value))
            spent += 1
        # A file may claim merges over a million rows: reading stays within memory, and the rest stays blank.
        if spent > _MOST_FILLS:
            break
    return fills


@dataclass
class Body:
    """The rows below one header. skipped: first row, last row and reason of each run of rows that are no records.

    next_row: the row where the next table begins, or one past the last. sums: the rows that were taken for sums although
    no plain 合计 stands first in them; True where other words in the row say so, False where only its numbers do.
    """

    records: list[int] = field(default_factory=list)
    skipped: list[tuple[int, int, str]] = field(default_factory=list)
    next_row: int = 0
    sums: dict[int, bool] = field(default_factory=dict)

    def skip(self, row: int, why: str) -> None:
        """Notes why a row is no record; rows one below the other with the same reason become one run."""
        if self.skipped and self.skipped[-1][1] == row - 1 and self.skipped[-1][2] == why:
            self.skipped[-1] = (self.skipped[-1][0], row, why)
        else:
            self.skipped.append((row, row, why))


class FoundTable:
    """One table while its rows are read. Columns are given by number, from 1.

    serials: columns of running numbers. keys: columns of identity numbers, accounts and codes. naming: columns that say
    whom or what a row is about. leads: the first cell of each header row, with its place in the band. twin: two lists
    stand side by side under one header. typical: how many cells a good row has filled. enough: a row with so many is no
    poor row. noting: the last skipped row was a note, so that its next lines may be notes too. thin: rows with little in
    them, which endings.py looks at once more.
    """

    def __init__(
        self, band: ColumnBand, header: Header, fills: Fills, bottom: int, titles: Sequence[str] = ()
    ) -> None:
        self.band, self.header, self.bottom = band, header, bottom
        self.fills = fills if band.whole else _within(fills, band)
        self.titles = frozenset(map(plain_title, titles))
        self.headings = [
            {column: squeezed(cell) for column, cell in band.filled(row)}
            for row in range(header.first, header.last + 1)
        ]
        self.leads = [
            (column - band.left, cell)
            for row in range(header.first, header.last + 1)
            for column, cell in band.filled(row)[:1]
        ]
        self.twin = _is_twin(header.names)
        self.serials = self._called(form_words.SERIAL.fullmatch, last=True)
        self.keys = [c for c in self._called(form_words.KEY_HEADING.search) if c not in self.serials]
        sample = self._sample()
        self.naming = self._called(form_words.NAMING.search) or self._first_of_text(sample)
        # Not the median: a template's prefilled rows may outnumber the filled ones.
        named = [row for row in sample if self.is_named(row) or self.is_keyed(row)]
        counts = sorted(map(len, named or sample))
        self.typical = counts[len(counts) * 9 // 10] if counts else 1
        self.enough = max(2, min(3, self.typical), (self.typical + 1) // 2)
        self.noting = False
        self.thin: list[int] = []

    def _called(self, fits: Callable[[str], object], last: bool = False) -> list[int]:
        """The columns whose names, or the lowest parts of them, fit."""
        names = ((j, name.rpartition("/")[2] if last else name) for j, name in enumerate(self.header.names))
        return [self.header.left + j for j, name in names if fits(name)]

    def _sample(self) -> list[Filled]:
        rows = range(self.header.last + 1, min(self.bottom, self.header.last + 400) + 1)
        return list(
            islice((filled for row in rows if len(filled := self.filled(row)) > 1), 4 * _TYPICAL_SAMPLE)
        )

    def _first_of_text(self, sample: list[Filled]) -> list[int]:
        """The first column that holds words in most rows."""
        named = [self.header.left + j for j, name in enumerate(self.header.names) if name]
        words = Counter(column for row in sample for column, cell in row if is_label(cell))
        return [c for c in named if c not in self.serials and 2 * words[c] > len(sample)][:1]

    def filled(self, row: int) -> Filled:
        """The filled cells of a row up to the last heading. Cells further right stand beside the table, not in it."""
        filled = self.band.filled(row)
        right = self.header.right
        if not filled or filled[-1][0] <= right:
            return filled
        return [(column, cell) for column, cell in filled if column <= right]

    def is_keyed(self, filled: Filled) -> bool:
        """Whether the row has an identity number, an account or a code. No total has one."""
        return any(column in self.keys and form_words.is_key(cell) for column, cell in filled)

    def is_named(self, filled: Filled) -> bool:
        """Whether the row says whom or what it is about."""
        return any(column in self.naming and isinstance(cell, str) for column, cell in filled)


def _within(fills: Fills, band: ColumnBand) -> Fills:
    """The filled-in cells that lie in the band."""
    inside = {
        row: [(column, cell) for column, cell in filled if band.left <= column <= band.right]
        for row, filled in fills.items()
    }
    return {row: filled for row, filled in inside.items() if filled}


def _is_twin(names: tuple[str, ...]) -> bool:
    """Whether two lists stand side by side under one header, as in a balance sheet: 资产|行次|…|负债|行次|…"""
    half = len(names) // 2
    return (
        half >= 2
        and len(names) % 2 == 0
        and sum(a == b for a, b in zip(names, names[half:], strict=False)) >= 2
    )
