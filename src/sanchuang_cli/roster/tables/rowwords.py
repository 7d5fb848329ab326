"""How many cells of a row are words that head columns: what is known outweighs what is odd."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables.words import MONTH, is_heading, is_label, squeezed

KNOWN, _KNOWN_SHARE, _LABELS_SHARE = 3, 0.6, 0.8
"""So many words that head columns, and such a share of them or of labels, outweigh whatever else stands in a row."""

Filled = list[tuple[int, Cell]]


@dataclass(frozen=True)
class Words:
    """How many cells of a row are words that head columns, and what share of it are words at all."""

    known: int
    share: float
    labels: float

    @property
    def outweigh(self) -> bool:
        if self.labels >= _LABELS_SHARE:
            return self.known >= KNOWN - 1
        return self.known >= KNOWN and self.share >= _KNOWN_SHARE

    @property
    def are_clear(self) -> bool:
        """So many known words that neither helper columns nor one merged heading say anything against a header."""
        return self.known >= KNOWN and self.outweigh


def words_of(filled: Filled) -> Words:
    """The words of a row's cells, counted."""
    known = sum(is_heading(cell) for _, cell in filled)
    labels = sum(is_label(cell) or is_heading(cell) for _, cell in filled)
    width = max(1, len(filled))
    return Words(known, known / width, labels / width)


def in_order(cells: list[Cell]) -> bool:
    """Three or more days, months or years one after the other, as columns of a ledger have them, or just 1 and 2."""
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
