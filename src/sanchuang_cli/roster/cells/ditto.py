"""Handles 同上, 〃 and similar marks, which a clerk writes instead of repeating the cell above. They are never a value.

In a column of words the value of the cell above is taken, and a note says so. The cell stays unread if the value above is
not certain: under another unread mark, below a total or a note, and in columns in which people never share a value.
"""

import re
from collections.abc import Container, Sequence
from typing import Any

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed

WORDS = frozenset(
    {
        "同上",
        "同前",
        "仝",
        "仝上",
        "同上行",
        "〃",
        "々",
        "″",
        '"',
        "“",
        "”",
        "''",
        "‘‘",
        "’’",
        "〞",
        "〟",
        "＂",
    }
)
_SHARED = frozenset({Kind.TEXT, Kind.CHOICE, Kind.FLAG})
"""The kinds of columns in which two people may have the same value."""
_SPACE = re.compile(r"\s+")
_LONGEST = 6


def is_ditto(cell: Cell) -> bool:
    """Whether the cell is one of the marks."""
    return isinstance(cell, str) and len(cell) <= _LONGEST and _SPACE.sub("", cell) in WORDS


def among_clean(cells: Sequence[Cell], values: Sequence[Any]) -> bool:
    """Whether a column in which nothing was odd may hold a mark: a quick test, because few columns do.

    Only a column of text takes a mark for a value; it may have lost its outer spaces.
    """
    return not (WORDS.isdisjoint(cells) and WORDS.isdisjoint(values) and "同 上" not in values)


def repeated(
    kind: Kind, cells: Sequence[Cell], apart: Container[int], values: Sequence[Any]
) -> dict[int, Parsed]:
    """The meaning of each mark, by its index.

    apart: the indices of rows that have something other than a record above them, so that nobody knows what they repeat.
    values: what the cells were read as; the value of a mark itself does not count.
    """
    meanings: dict[int, Parsed] = {}
    for at, cell in enumerate(cells):
        if not is_ditto(cell):
            continue
        above = meanings[at - 1].value if at - 1 in meanings else plain(values[at - 1]) if at else None
        if kind in _SHARED and at not in apart and above not in (None, ""):
            meanings[at] = Parsed(above, (CellTrouble("cell.ditto", f"照上一行读作“{above}”"),))
        else:
            meanings[at] = Parsed(None, (CellTrouble("cell.ditto-unread", "不知道同的是什么"),))
    return meanings


def plain(value: Any) -> Any:
    """The value of what was read, clean or not."""
    return value.value if isinstance(value, Parsed) else value
