"""What the columns under a header's rows are called, and which columns it reaches over."""

from dataclasses import dataclass
from datetime import date

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.words import squeezed


@dataclass(frozen=True)
class Header:
    """Rows first..last name the columns from `left` on."""

    first: int
    last: int
    left: int
    names: tuple[str, ...]

    @property
    def right(self) -> int:
        return self.left + len(self.names) - 1


def named(band: Band, first: int, last: int) -> Header:
    """Names from the top row down, joined with "/", merged heads over all their columns."""
    heads: dict[tuple[int, int], str] = {}
    for row in range(first, last + 1):
        for column, cell in band.filled(row):
            heads[row, column] = name_of(cell)
    for row in range(first, last + 1):
        for top, left, bottom, right in band.merges(row):
            text = heads.get((top, left), "")
            for r in range(top, min(bottom, last) + 1):
                for c in range(left, min(right, left + 1000) + 1):
                    heads.setdefault((r, c), text)
    if last > first and not any(band.merges(row) for row in range(first, last)):
        _spread(heads, first, last)
    columns = [column for (_, column), text in heads.items() if text]
    left, right = min(columns), max(columns)
    return Header(first, last, left, tuple(_joined(heads, first, last, c) for c in range(left, right + 1)))


def _spread(heads: dict[tuple[int, int], str], first: int, last: int) -> None:
    """Without merges an upper head reaches right as far as only the row below is filled."""
    for row in range(first, last):
        text = ""
        for column in sorted({c for _, c in heads}):
            if heads.get((row, column)):
                text = heads[row, column] if heads.get((row + 1, column)) else ""
            elif text and heads.get((row + 1, column)):
                heads[row, column] = text


def _joined(heads: dict[tuple[int, int], str], first: int, last: int, column: int) -> str:
    parts: list[str] = []
    for row in range(first, last + 1):
        text = heads.get((row, column), "")
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return "/".join(parts)


def name_of(cell: Cell) -> str:
    """A heading as one line: no white space in Chinese, single spaces in Latin text."""
    text = squeezed(cell)
    if isinstance(cell, date):
        return cell.strftime("%Y-%m-%d")
    return " ".join(str(cell).split()) if text.isascii() and isinstance(cell, str) else text
