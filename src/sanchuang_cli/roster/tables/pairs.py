"""Finds rows of a label and its value (经办人, 王德福) that stand between two tables and belong to neither.

Promise: only a whole block of such rows between two breaks is taken out. A single poor row among other records stays,
because it is somebody's record.
"""

from bisect import bisect_left
from collections.abc import Sequence

from sanchuang_cli.roster.tables import form_words
from sanchuang_cli.roster.tables.form_words import is_heading, is_label, squeezed
from sanchuang_cli.roster.tables.found_table import Body, Filled, FoundTable

_WIDE = 6
"""A table with fewer columns may have rows of two cells."""


def blocks_of_pairs(table: FoundTable, result: Body, breaks: Sequence[str]) -> list[int]:
    """The rows of all blocks of pairs. A block begins right below a break and ends at the next one or with the table."""
    rows: list[int] = []
    for _, last, why in result.skipped:
        if why in breaks:
            block = _block(table, result.records, last + 1)
            # Names with one figure each may be poor records, so at least half of the rows must ask for something.
            if 2 * sum(_asks(table, row) for row in block) >= len(block):
                rows += block
    return rows


def _block(table: FoundTable, records: Sequence[int], first: int) -> list[int]:
    """The records from row `first` down to the next row that is not a record; [] when one of them is not a pair."""
    block: list[int] = []
    at = bisect_left(records, first)
    while at < len(records) and records[at] == first + len(block):
        if not is_pair(table, records[at]):
            return []
        block.append(records[at])
        at += 1
    return block


def is_pair(table: FoundTable, row: int) -> bool:
    """Whether a row of a wide table holds only a label and a value, such as 填报日期 and 2026-06-30.

    A row with a running number, an identity number, an account or a code is a record, not a pair.
    """
    filled = table.filled(row)
    if len(filled) > 2 or not is_label(filled[0][1]) or len(set(table.header.names) - {""}) < _WIDE:
        return False
    numbered = any(column in table.serials and not is_label(cell) for column, cell in filled)
    return not numbered and not table.is_keyed(filled)


def _asks(table: FoundTable, row: int) -> bool:
    """Whether the row begins with a word that asks for a value (联系电话) or names nobody (健在, 12人)."""
    filled = table.filled(row)
    text = squeezed(filled[0][1])
    asks = is_heading(text) or form_words.SIGNATURE.fullmatch(text + "：")
    return bool(asks) or not _names_somebody(table, filled)


def _names_somebody(table: FoundTable, filled: Filled) -> bool:
    """Whether a word stands in a naming column; a table without such columns cannot tell, so the answer is yes."""
    return not table.naming or any(column in table.naming and is_label(cell) for column, cell in filled)
