"""What is known of one table while its rows are read: its columns by what they hold, and where each row went."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Sheet
from sanchuang_cli.roster.tables import words
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.words import is_label, squeezed

_TYPICAL_SAMPLE = 60
_MOST_FILLS = 2_000_000
_CONTINUED = re.compile(r"[（(](?:续.{0,3}|[一二三四五六七八九十\d]+)[）)]|续表?\d*$|^续表?|第\d+页")

Filled = list[tuple[int, Cell]]
Fills = Mapping[int, list[tuple[int, Cell]]]


def fills_downwards(sheet: Sheet) -> Fills:
    """For each row, the columns that a cell merged downwards also covers there, with its value."""
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
        if spent > _MOST_FILLS:
            break
    return fills


@dataclass
class Body:
    """The rows below one header. next_row: where another table's rows begin, or one past the last.

    sums: rows found to sum up although no plain 合计 stands first in them; True where words say so.
    """

    records: list[int] = field(default_factory=list)
    skipped: list[tuple[int, int, str]] = field(default_factory=list)
    next_row: int = 0
    sums: dict[int, bool] = field(default_factory=dict)

    def skip(self, row: int, why: str) -> None:
        if self.skipped and self.skipped[-1][1] == row - 1 and self.skipped[-1][2] == why:
            self.skipped[-1] = (self.skipped[-1][0], row, why)
        else:
            self.skipped.append((row, row, why))


class Table:
    """Columns by number, from 1. keys: of identity numbers, accounts and codes. naming: of whom a row is about."""

    def __init__(
        self, band: Band, header: Header, fills: Fills, bottom: int, titles: Sequence[str] = ()
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
        self.serials = self._called(words.SERIAL.fullmatch, last=True)
        self.keys = [c for c in self._called(words.KEY_HEADING.search) if c not in self.serials]
        sample = self._sample()
        self.naming = self._called(words.NAMING.search) or self._first_of_text(sample)
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
        """The row's cells that are not blank, up to the last heading: what stands beside the table is not of it."""
        filled = self.band.filled(row)
        right = self.header.right
        return filled if not filled or filled[-1][0] <= right else [one for one in filled if one[0] <= right]

    def is_keyed(self, own: Filled) -> bool:
        """Whether an identity number, an account or a code stands in the row: no total has one."""
        return any(column in self.keys and words.is_key(cell) for column, cell in own)

    def is_named(self, own: Filled) -> bool:
        """Whether the row says whom or what it is about."""
        return any(column in self.naming and isinstance(cell, str) for column, cell in own)


def _within(fills: Fills, band: Band) -> Fills:
    """Of what merged cells fill, what lies in the band."""
    inside = {
        row: [(column, cell) for column, cell in filled if band.left <= column <= band.right]
        for row, filled in fills.items()
    }
    return {row: filled for row, filled in inside.items() if filled}


def plain_title(text: str) -> str:
    """A title without （续） and page numbers."""
    return _CONTINUED.sub("", text)


def _is_twin(names: tuple[str, ...]) -> bool:
    """Two lists side by side under one header: 资产|行次|…|负债|行次|…"""
    half = len(names) // 2
    return (
        half >= 2
        and len(names) % 2 == 0
        and sum(a == b for a, b in zip(names, names[half:], strict=False)) >= 2
    )
