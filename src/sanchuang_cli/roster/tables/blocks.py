"""Tables side by side in a sheet: where one ends and the next begins.

Promise: a table with an empty column stays whole; two lists of people on the same lines are two tables.
"""

import re
from itertools import pairwise

from sanchuang_cli.roster.grid import Sheet
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.headers import header_from
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.words import (
    closes_table,
    is_heading,
    is_label,
    is_period,
    squeezed,
    sum_word,
)

_MOST_ROWS_SIDE_BY_SIDE = 5000
_MOST_COLUMNS_SIDE_BY_SIDE = 500
_MOST = 0.8
_OF_PEOPLE = re.compile(r"姓名|名字|户主|身份证|党组织|党支部|组织名称")
_GAP = 2
"""One empty column may stand in a table; more part two."""
_LEAD, _WIDEST_CELL = 4, 4
"""Columns that one cell of a table may be merged over; wider ones are titles."""


def bands(sheet: Sheet) -> list[Band]:
    """The whole sheet, or its parts where tables with headers of their own stand side by side."""
    whole = Band(sheet)
    if not 3 < whole.width <= _MOST_COLUMNS_SIDE_BY_SIDE:
        return [whole]
    if whole.height > _MOST_ROWS_SIDE_BY_SIDE:
        return [whole]
    header = header_from(whole, 1, whole.height)
    return [whole] if header and repeated(whole, header) else _parted(sheet, whole)


def repeated(band: Band, header: Header) -> list[tuple[int, int]]:
    """The columns of each block when the same headings, 姓名 among them, stand twice or more on a line; else none.

    Balance sheets repeat theirs too, and are read line by line: they name no one.
    """
    names = header.names
    starts = [j for j, name in enumerate(names) if name and name == names[0]]
    blocks = [names[i:j] for i, j in pairwise([*starts, len(names)])]
    first = _trimmed(blocks[0])
    alike = all(_trimmed(block) == first for block in blocks[1:])
    if len(starts) < 2 or len(first) < 2 or not alike or not any(map(_OF_PEOPLE.search, first)):
        return []
    lefts = [band.left, *(header.left + j for j in starts[1:])]
    return [(left, right - 1) for left, right in pairwise([*lefts, band.right + 1])]


def _trimmed(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if not names or names[-1] else _trimmed(names[:-1])


def _parted(sheet: Sheet, whole: Band) -> list[Band]:
    """From left to right, the blocks that empty columns part: tables, parts of the one before, or beside all tables."""
    tables: list[tuple[Band, Header]] = []
    start = 0
    for left, right in _blocks(whole):
        start = start or left
        part = Band(sheet, left, right)
        header = header_from(part, 1, part.height) if right > left else None
        headed = header is not None and len(header.names) > 1 and any(map(_is_word, header.names))
        if header and headed and (not tables or _is_apart(tables, part, header)):
            tables.append((Band(sheet, start, right), header))
        elif tables and (headed or _is_headed(part, tables[-1][1])):
            tables[-1] = (Band(sheet, tables[-1][0].left, right), tables[-1][1])
        elif not tables:
            continue  # a column of running numbers, say, which the table after it takes along
        start = right + 1
    if not tables or (len(tables) == 1 and _blocks(whole)[-1][1] == tables[0][0].right):
        return [whole]
    return [band for band, _ in tables]


def _is_word(name: str) -> bool:
    return is_heading(name.rpartition("/")[2])


def _is_headed(part: Band, header: Header, own: Header | None = None) -> bool:
    """Whether the header of the table to the left has something to say over each column of the part.

    Helpers without a heading may stand right of columns whose headings are known words. own: a header that the part
    seems to have.
    """
    rows = range(header.first, max(header.last, own.last if own else 0) + 1)
    over = [one for row in rows for one in part.filled(row)]
    labels = sum(is_label(cell) or is_period(cell) or is_heading(cell) for _, cell in over)
    if not over or labels < _MOST * len(over):
        return False
    merged = {c for row in rows for _, left, _, right in part.merges(row) for c in range(left, right + 1)}
    covered = merged | {column for column, _ in over}
    known = 2 * sum(is_heading(cell) for _, cell in over) >= len(over)
    right = own.right if own else max(covered) if known else part.right
    return covered >= {*range(part.left, right + 1)}


def _blocks(band: Band) -> list[tuple[int, int]]:
    """Runs of columns in use, told from rows that hold more than a title."""
    used: set[int] = set()
    for row in range(1, band.height + 1):
        filled = band.filled(row)
        if len(filled) > 1:
            used.update(column for column, _ in filled)
            for _, left, _, right in band.merges(row):
                used.update(range(left, right + 1) if right - left < _WIDEST_CELL else ())
    blocks: list[tuple[int, int]] = []
    for column in sorted(used):
        if blocks and blocks[-1][1] == column - 1:
            blocks[-1] = (blocks[-1][0], column)
        else:
            blocks.append((column, column))
    return blocks


def _is_apart(tables: list[tuple[Band, Header]], right: Band, second: Header) -> bool:
    """Tables of their own, not one table with an empty column: the same headings again, other rows, or other ends."""
    left, first = tables[-1]
    if any(_is_like(header.names[0], second.names[0]) for _, header in tables):
        return True
    if _shares_half(first.names, second.names) or any(_is_like(n, second.names[0]) for n in first.names):
        return True
    if first.last != second.last:
        return not _is_headed(right, first, second if second.first <= first.last else None)
    if right.left - left.right > _GAP:
        return True
    return abs(_ends(left, first) - _ends(right, second)) > 1 and _is_solid(right, second)


def _is_like(name: str, other: str) -> bool:
    """乡镇 beside 所在乡镇."""
    return bool(name and other) and (name.endswith(other) or other.endswith(name))


def _shares_half(names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    shared = set(names) & set(others) - {""}
    return 2 * len(shared) >= min(len(names), len(others))


def _ends(band: Band, header: Header) -> int:
    """The last row below the header before the first that holds less than two cells, or sums up, or signs."""
    row = header.last + 1
    while len(filled := band.filled(row)) > 1:
        texts = [squeezed(cell) for _, cell in filled]
        if closes_table(texts) or any(sum_word(text)[0] for text in texts[:_LEAD]):
            break
        row += 1
    return row - 1


def _is_solid(band: Band, header: Header) -> bool:
    """Whether all rows down to the last are full: a little table, no column of remarks."""
    last = max((row for row in range(header.last + 1, band.height + 1) if band.filled(row)), default=0)
    return last > 0 and all(
        len(band.filled(row)) == len(header.names) for row in range(header.last + 1, last + 1)
    )
