"""Divides a sheet into bands where tables stand side by side, before anything is read. Reads the sheet only.

Promise: a table with an empty column stays in one piece, and two lists of people on the same lines are two tables.
"""

import re
from itertools import pairwise

from sanchuang_cli.roster.grid import Sheet
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.form_words import (
    closes_table,
    is_heading,
    is_label,
    is_period,
    squeezed,
    sum_word,
)
from sanchuang_cli.roster.tables.headers import header_from
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.rowwords import in_order, words_of

_MOST_ROWS_SIDE_BY_SIDE = 5000
_MOST_COLUMNS_SIDE_BY_SIDE = 500
_MOST = 0.8
_OF_PEOPLE = re.compile(r"姓名|名字|户主|身份证|党组织|党支部|组织名称")
_GAP = 2
"""Columns so far apart have at most one empty column between them, which may stand in a table; more part two tables."""
_LEAD, _WIDEST_CELL = 4, 4
"""_LEAD: a word such as 合计 is looked for in so many cells at the start of a row.
_WIDEST_CELL: a cell merged over more columns than this is a title, not part of a table, except in a row of headings."""


def bands(sheet: Sheet) -> list[ColumnBand]:
    """The bands of a sheet: one over all columns, or one for each table where tables stand side by side.

    A long or very wide sheet holds one table; trying to divide it would take too long.
    """
    band = ColumnBand(sheet)
    if not 3 < band.width <= _MOST_COLUMNS_SIDE_BY_SIDE:
        return [band]
    if band.height > _MOST_ROWS_SIDE_BY_SIDE:
        return [band]
    header = header_from(band, 1, band.height)
    return [band] if header and repeated(band, header) else _parted(sheet, band)


def repeated(band: ColumnBand, header: Header) -> list[tuple[int, int]]:
    """The first and last column of each block when the same headings stand twice or more in the header; else none.

    One of the headings must be of people or their branch (姓名). Balance sheets repeat their headings too, but one line of
    them is one record.
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
    """The names without the blank ones at the end."""
    return names if not names or names[-1] else _trimmed(names[:-1])


def _parted(sheet: Sheet, full_width: ColumnBand) -> list[ColumnBand]:
    """The bands of the tables of a sheet, from left to right.

    Empty columns divide the sheet into blocks. Each block is a table, belongs to the table on its left, or is passed over.
    """
    tables: list[tuple[ColumnBand, Header]] = []
    start = 0
    for left, right in _blocks(full_width):
        start = start or left
        part = ColumnBand(sheet, left, right)
        header = header_from(part, 1, part.height) if right > left else None
        headed = header is not None and len(header.names) > 1 and any(map(_is_word, header.names))
        if header and headed and (not tables or _is_apart(tables, part, header)):
            tables.append((ColumnBand(sheet, start, right), header))
        elif tables and (headed or _is_headed(part, tables[-1][1])):
            tables[-1] = (ColumnBand(sheet, tables[-1][0].left, right), tables[-1][1])
        elif not tables:
            # For instance a column of running numbers: the next table takes it along, because `start` stays.
            continue
        start = right + 1
    if not tables or (len(tables) == 1 and _blocks(full_width)[-1][1] == tables[0][0].right):
        return [full_width]
    return [band for band, _ in tables]


def _is_word(name: str) -> bool:
    return is_heading(name.rpartition("/")[2])


def _is_headed(part: ColumnBand, header: Header, part_header: Header | None = None) -> bool:
    """Whether the header of the table on the left also stands over each column of the part, so that the part belongs to it.

    If its headings there are known words, helper columns without a heading may stand to the right of them.
    part_header: a header that the part seems to have itself.
    """
    rows = range(header.first, max(header.last, part_header.last if part_header else 0) + 1)
    over = [column_and_cell for row in rows for column_and_cell in part.filled(row)]
    odd = [cell for _, cell in over if not (is_label(cell) or is_period(cell) or is_heading(cell))]
    labels = len(over) - len(odd)
    # Among words, numbers in order are names of columns, too: 备注, 1, 2, 核对.
    if not over or (labels < _MOST * len(over) and not (labels > len(odd) and in_order(odd))):
        return False
    merged = {c for row in rows for _, left, _, right in part.merges(row) for c in range(left, right + 1)}
    covered = merged | {column for column, _ in over}
    known = 2 * sum(is_heading(cell) for _, cell in over) >= len(over)
    right = part_header.right if part_header else max(covered) if known else part.right
    return covered >= {*range(part.left, right + 1)}


def _blocks(band: ColumnBand) -> list[tuple[int, int]]:
    """The runs of columns in use. Only rows with more than one cell count, because a title may reach over everything."""
    used: set[int] = set()
    for row in range(1, band.height + 1):
        filled = band.filled(row)
        if len(filled) > 1:
            used.update(column for column, _ in filled)
            for _, left, _, right in band.merges(row):
                # Amid a header's own words, a cell of any width heads the columns of one table: 评定 over 领导班子 and others.
                if right - left < _WIDEST_CELL or words_of(filled).are_clear:
                    used.update(range(left, right + 1))
    blocks: list[tuple[int, int]] = []
    for column in sorted(used):
        if blocks and blocks[-1][1] == column - 1:
            blocks[-1] = (blocks[-1][0], column)
        else:
            blocks.append((column, column))
    return blocks


def _is_apart(tables: list[tuple[ColumnBand, Header]], right: ColumnBand, second: Header) -> bool:
    """Whether the right part is a table of its own, and not the rest of one table with an empty column.

    It is one if headings come again, if the header stands in other rows, or if the lists end at different rows.
    """
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
    """Whether one name ends in the other: 乡镇 and 所在乡镇."""
    return bool(name and other) and (name.endswith(other) or other.endswith(name))


def _shares_half(names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    shared = set(names) & set(others) - {""}
    return 2 * len(shared) >= min(len(names), len(others))


def _ends(band: ColumnBand, header: Header) -> int:
    """The last row of the list below a header: the next one has fewer than two cells, sums up or is a signature."""
    row = header.last + 1
    while len(filled := band.filled(row)) > 1:
        texts = [squeezed(cell) for _, cell in filled]
        if closes_table(texts) or any(sum_word(text)[0] for text in texts[:_LEAD]):
            break
        row += 1
    return row - 1


def _is_solid(band: ColumnBand, header: Header) -> bool:
    """Whether every row down to the last is full. Then it is a small table, not a column of remarks."""
    last = max((row for row in range(header.last + 1, band.height + 1) if band.filled(row)), default=0)
    return last > 0 and all(
        len(band.filled(row)) == len(header.names) for row in range(header.last + 1, last + 1)
    )
