"""Values by name, 经办人 beside 王德福, that stand between two tables and are no records of either.

Promise: only a whole block between two breaks is taken for one. Among other records a poor row is somebody's.
"""

from bisect import bisect_left
from collections.abc import Sequence

from sanchuang_cli.roster.tables import words
from sanchuang_cli.roster.tables.table import Body, Filled, Table
from sanchuang_cli.roster.tables.words import is_heading, is_label, squeezed

_WIDE = 6
"""A table with fewer columns may have rows of two cells."""


def blocks_of_pairs(table: Table, result: Body, breaks: Sequence[str]) -> list[int]:
    """The rows of all blocks that begin right below a break and end at the next or at the table's end."""
    found: list[int] = []
    for _, last, why in result.skipped:
        if why in breaks:
            block = _block(table, result.records, last + 1)
            if 2 * sum(_asks(table, row) for row in block) >= len(block):
                found += block
    return found


def _block(table: Table, records: Sequence[int], first: int) -> list[int]:
    """The records from row `first` on down to the next row that is none; [] when one of them is no pair."""
    block: list[int] = []
    at = bisect_left(records, first)
    while at < len(records) and records[at] == first + len(block):
        if not is_pair(table, records[at]):
            return []
        block.append(records[at])
        at += 1
    return block


def is_pair(table: Table, row: int) -> bool:
    """填报日期, 2026-06-30 in a wide table: neither numbered nor keyed, nor more than a label and a value."""
    own = table.filled(row)
    if len(own) > 2 or not is_label(own[0][1]) or len(set(table.header.names) - {""}) < _WIDE:
        return False
    numbered = any(column in table.serials and not is_label(cell) for column, cell in own)
    return not numbered and not table.is_keyed(own)


def _asks(table: Table, row: int) -> bool:
    """Whether the row begins with a word that asks for a value, or names nobody: 联系电话; 健在, 12人."""
    own = table.filled(row)
    text = squeezed(own[0][1])
    asks = is_heading(text) or words.SIGNATURE.fullmatch(text + "：")
    return bool(asks) or not _names_somebody(table, own)


def _names_somebody(table: Table, own: Filled) -> bool:
    return not table.naming or any(column in table.naming and is_label(cell) for column, cell in own)
