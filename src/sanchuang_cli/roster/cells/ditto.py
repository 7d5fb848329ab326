"""同上, 〃 and their like: what a clerk writes instead of repeating the cell above. Never a value of its own.

In a column of words the cell above is taken, and a note says so. Where that could not be known for certain, under
another mark without a value, below a total or a note, or in a column in which no two people share a value, the cell is unread.
"""

import re
from collections.abc import Container, Sequence
from typing import Any

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.cells.troubles import Parsed, Trouble

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
"""Kinds of columns in which one person's cell may say what the one above says."""
_SPACE = re.compile(r"\s+")
_LONGEST = 6


def is_ditto(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST and _SPACE.sub("", cell) in WORDS


def among_clean(cells: Sequence[Cell], values: Sequence[Any]) -> bool:
    """A quick answer for a column in which nothing was odd: only text takes a mark for a value, without outer spaces."""
    return not (WORDS.isdisjoint(cells) and WORDS.isdisjoint(values) and "同 上" not in values)


def repeated(
    kind: Kind, cells: Sequence[Cell], apart: Container[int], values: Sequence[Any]
) -> dict[int, Parsed]:
    """What each mark stands for, by its index. apart: the indices of rows of which nobody knows what they repeat, for
    something else stands above them. values: what the cells were read as, a mark's own being of no account."""
    meanings: dict[int, Parsed] = {}
    for at, cell in enumerate(cells):
        if not is_ditto(cell):
            continue
        above = meanings[at - 1].value if at - 1 in meanings else plain(values[at - 1]) if at else None
        if kind in _SHARED and at not in apart and above not in (None, ""):
            meanings[at] = Parsed(above, (Trouble("cell.ditto", f"照上一行读作“{above}”"),))
        else:
            meanings[at] = Parsed(None, (Trouble("cell.ditto-unread", "不知道同的是什么"),))
    return meanings


def plain(value: Any) -> Any:
    """The value of a cell, odd or not."""
    return value.value if isinstance(value, Parsed) else value
