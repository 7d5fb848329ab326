"""Counts how many cells of a row are words that usually head columns, to judge whether the row is a header.

Many known words outweigh a few odd cells (a date, a number) in the same row. Works on the cells of one row only.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables.form_words import MONTH, is_heading, is_label, squeezed

KNOWN, _KNOWN_SHARE, _LABELS_SHARE = 3, 0.6, 0.8
"""With this many known words, and this share of known words or of labels, a row is a header whatever else it holds."""

Filled = list[tuple[int, Cell]]


@dataclass(frozen=True)
class Words:
    """The known words of a row: their number, their share of its filled cells, and the share of labels of any kind."""

    known: int
    share: float
    labels: float

    @property
    def outweigh(self) -> bool:
        """Whether the known words are so many that the other cells of the row do not matter."""
        if self.labels >= _LABELS_SHARE:
            return self.known >= KNOWN - 1
        return self.known >= KNOWN and self.share >= _KNOWN_SHARE

    @property
    def are_clear(self) -> bool:
        """Whether the row is a header even if helper columns stand beside it or one of its headings is merged oddly."""
        return self.known >= KNOWN and self.outweigh


def words_of(filled: Filled) -> Words:
    """Counts the words of a row."""
    known = sum(is_heading(cell) for _, cell in filled)
    labels = sum(is_label(cell) or is_heading(cell) for _, cell in filled)
    width = max(1, len(filled))
    return Words(known, known / width, labels / width)


def in_order(cells: list[Cell]) -> bool:
    """Whether the cells are three or more days, months, years or numbers in order, as in a ledger, or just 1 and 2."""
    if len(cells) < 3:
        return cells == [1, 2]
    if all(isinstance(cell, str) for cell in cells):
        return len(set(cells)) == len(cells) and all(MONTH.fullmatch(squeezed(cell)) for cell in cells)
    if all(isinstance(cell, date) for cell in cells):
        days = [cell.timetuple()[:3] for cell in cells]
        return days in (sorted(set(days)), sorted(set(days), reverse=True))
    if not all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells):
        return False
    steps = {later - earlier for earlier, later in pairwise(cells)}
    return steps in ({1}, {-1})
