"""Reads the names that a header gives to its columns, and how far to the left and right the header reaches.

Where the header stands is already known here (headers.py finds it); this module only reads its cells.
"""

from dataclasses import dataclass
from datetime import date

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.form_words import squeezed

_MOST_COLUMNS = 1000


@dataclass(frozen=True)
class Header:
    """The rows `first` to `last` of a sheet, and the names they give to the columns from `left` on."""

    first: int
    last: int
    left: int
    names: tuple[str, ...]

    @property
    def right(self) -> int:
        """The number of the last column that has a name."""
        return self.left + len(self.names) - 1


def named(band: ColumnBand, first: int, last: int) -> Header:
    """The header in rows `first` to `last`. A column's name is what stands over it from the top down, joined with "/"."""
    heads = {
        (row, column): name_of(cell) for row in range(first, last + 1) for column, cell in band.filled(row)
    }
    _spread_over_merged(heads, band, first, last)
    _spread_merged(heads, band, first, last)
    if last > first and not any(band.merges(row) for row in range(first, last)):
        _spread(heads, first, last)
    columns = [column for (_, column), text in heads.items() if text]
    left, right = min(columns), max(columns)
    return Header(first, last, left, tuple(_joined(heads, first, last, c) for c in range(left, right + 1)))


def _spread_merged(heads: dict[tuple[int, int], str], band: ColumnBand, first: int, last: int) -> None:
    """Writes the text of a merged heading over every column and row that it covers."""
    for row in range(first, last + 1):
        for top, left, bottom, right in band.merges(row):
            text = heads.get((top, left), "")
            # A title may be merged to the last column a spreadsheet has (16384); no table is that wide.
            for covered_row in range(top, min(bottom, last) + 1):
                for column in range(left, min(right, left + _MOST_COLUMNS) + 1):
                    heads.setdefault((covered_row, column), text)


def _spread_over_merged(heads: dict[tuple[int, int], str], band: ColumnBand, first: int, last: int) -> None:
    """Writes a heading that stands right above the first column of a merged one over all its columns.

    Otherwise the columns of one merged heading had two names, and an empty one of them was read instead of the first. A
    heading that is merged itself says where it ends.
    """
    wide = [merge for row in range(first, last + 1) for merge in band.merges(row) if merge[3] > merge[1]]
    begins = {(top, left) for top, left, _, _ in wide}
    for top, left, _, right in wide:
        covered = range(left + 1, min(right, left + _MOST_COLUMNS) + 1)
        for row in range(top - 1, first - 1, -1):
            text = heads.get((row, left))
            if not text or (row, left) in begins or any(heads.get((row, column)) for column in covered):
                break
            heads.update({(row, column): text for column in covered})


def _spread(heads: dict[tuple[int, int], str], first: int, last: int) -> None:
    """Without merged cells (a text file), an upper heading goes on to the right while only the row below is filled."""
    for row in range(first, last):
        text = ""
        for column in sorted({c for _, c in heads}):
            if heads.get((row, column)):
                text = heads[row, column] if heads.get((row + 1, column)) else ""
            elif text and heads.get((row + 1, column)):
                heads[row, column] = text


def _joined(heads: dict[tuple[int, int], str], first: int, last: int, column: int) -> str:
    """The texts over a column, joined with "/"; a text merged over two rows stands once."""
    parts: list[str] = []
    for row in range(first, last + 1):
        text = heads.get((row, column), "")
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return "/".join(parts)


def name_of(cell: Cell) -> str:
    """A heading as one line: without white space in Chinese, with single spaces in Latin text. A date is 2026-06-30."""
    text = squeezed(cell)
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    return " ".join(str(cell).split()) if text.isascii() and isinstance(cell, str) else text
