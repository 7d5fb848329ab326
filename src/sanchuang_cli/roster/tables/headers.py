"""Finds the header of a table: the first row that names columns. Reads the sheet only.

Promise: no header is invented. A row becomes one only by its words or by what stands below it. One odd heading does not
cost a table either: many known words in a row outweigh a date, a number or a colon among them.
"""

from collections.abc import Iterator
from itertools import groupby

from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.form_words import (
    closes_table,
    column_numbers,
    is_heading,
    is_label,
    is_period,
    is_value,
    leaves_room,
    plain_title,
    squeezed,
)
from sanchuang_cli.roster.tables.levels import DEEPEST, last_row
from sanchuang_cli.roster.tables.naming import Header, named
from sanchuang_cli.roster.tables.rowwords import KNOWN, Filled, Words, in_order, words_of

_LOOK_AHEAD = 40
_SAMPLE = 12
_MOST_TRIES = 2000
"""After so many rows of labels that head nothing, the sheet is prose and the search ends."""
_ENOUGH_WORDS = 0.4
_FEW_KNOWN_SHARE = 0.3
_LONGEST_HEADING, _NARROW = 20, 5


def header_from(band: ColumnBand, top: int, bottom: int) -> Header | None:
    """The first header at or below row `top`. If a row close below has clearly more known words, that one is taken."""
    tries = _MOST_TRIES
    for row in range(top, bottom + 1):
        if not band.rows[row - 1] or not _may_head(band, row):
            continue
        tries -= 1
        if not tries:
            return None
        header = header_at(band, row, bottom)
        if header:
            for below in range(row + 1, min(row + DEEPEST, bottom) + 1):
                if below > header.last and _is_better_worded(band, row, below):
                    return header_at(band, below, bottom) or header
            return header
    return None


def _may_head(band: ColumnBand, row: int) -> bool:
    filled = band.filled(row)
    return len(filled) >= 2 and (_labels(filled) or words_of(filled).outweigh) and not _is_no_header(filled)


def _is_no_header(filled: Filled) -> bool:
    """Whether the row leaves room for a date, as lines of forms do: 检查时间, 年, 月, 日; or is a title that is printed again
    above each part of a wide table, with （续）."""
    texts = [squeezed(cell) for _, cell in filled]
    again = any("续" in text for text in texts) and len(set(map(plain_title, texts))) == 1
    return again or leaves_room(texts)


def _is_better_worded(band: ColumnBand, row: int, below: int) -> bool:
    """Whether the lower row is the real header: 填报单位, 某某镇, 填表人, 张三 look like one until it is seen."""
    wider = len(band.filled(below)) >= len(band.filled(row))
    return wider and words_share(band, below) >= words_share(band, row) + 0.3


def words_share(band: ColumnBand, row: int) -> float:
    """The share of known words among the cells of a row; 0 for a row that cannot be a header."""
    if not _may_head(band, row):
        return 0.0
    return words_of(band.filled(row)).share


def header_at(band: ColumnBand, row: int, bottom: int, inner: bool = False) -> Header | None:
    """The header that starts in `row`, None if there is none.

    inner: the row stands among the rows of another table, so it must hold known words; its shape is not enough.
    """
    if not _may_head(band, row):
        return None
    filled = band.filled(row)
    if _is_pairs(filled) and any(_is_pairs(band.filled(near)) for near in (row - 2, row - 1, row + 1)):
        return None
    words = words_of(filled)
    if inner and words.share < _ENOUGH_WORDS:
        return None
    last = last_row(band, row, bottom)
    header = named(band, _parent(band, row, filled), last)
    body = list(_body_sample(band, last + 1, bottom))
    heads = bool(body) and _heads(band, header, filled, words, body)
    if not heads and all(map(column_numbers, body)):
        # Below stand only column numbers, or nothing at all: the table may be a template nobody has filled in.
        heads = _heads_nothing(header)
    return header if heads else None


def _is_pairs(filled: Filled) -> bool:
    """Whether the row is a line of a form, where each heading is followed by its answer: 姓名, 王刚, 性别, 男."""
    headings = [is_heading(cell) for _, cell in filled]
    return len(headings) >= 2 and headings[0] and all(headings[::2]) and not any(headings[1::2])


def _labels(filled: Filled) -> bool:
    """Whether the row holds only labels, or labels and months, days or years in order: 姓名, 1, 2, … 12.

    Labels that all end in a colon (姓名：, 性别：, 民族：) must all be known words: a form has such labels too.
    """
    cells = [cell for _, cell in filled]
    if len(cells) >= 3 and all(
        isinstance(cell, str) and cell.rstrip().endswith(("：", ":")) for cell in cells
    ):
        return all(is_heading(cell) for cell in cells)
    others = [cell for cell in cells if not is_label(cell)]
    known = sum(map(is_heading, cells))
    few = 3 * len(others) <= len(cells) and all(map(is_period, others))
    return not others or (known > 0 and in_order(others)) or (known > 1 and few)


def _heads_nothing(header: Header) -> bool:
    """Whether the header is that of a template which nobody has filled in.

    Its headings stand side by side, while a form leaves room after each of them. In a long row, only some of the headings
    must be known words.
    """
    columns = [name.rpartition("/")[2] for name in header.names if name]
    texts = [text for text, _ in groupby(columns)]  # a heading merged over several columns counts once
    known = sum(map(is_heading, texts))
    least = 0.5 if header.first == header.last else 0.85
    if known < 1 or len(texts) < 3 or len(columns) < least * len(header.names):
        return False
    distinct = len(set(texts)) == len(texts) and max(map(len, texts)) <= _LONGEST_HEADING
    share = known / len(texts)
    solid = len(texts) > _NARROW and known > 1 and len(columns) == len(header.names)
    return share >= 0.5 or (distinct and ((known >= KNOWN and share >= _FEW_KNOWN_SHARE) or solid))


def _heads(band: ColumnBand, header: Header, filled: Filled, words: Words, body: list[Filled]) -> bool:
    """Whether the rows `body` stand under the header as the rows of a table do."""
    if _is_form(band, header, body) or _splits_merges(band, header, body, words):
        return False
    named_columns = {header.left + j for j, name in enumerate(header.names) if name}
    reach = range(header.left, header.right + 1)
    # Helper columns without a heading beside a long or well-known header are no reason to doubt it.
    clear = words.are_clear or len(filled) >= _NARROW
    below = [column for row in body for column, _ in row if not clear or column in reach]
    coverage = sum(column in named_columns for column in below) / max(1, len(below))
    if coverage < 0.6:
        return False
    contrast = sum(
        2 * sum(is_value(cell) for row in body for c, cell in row if c == column)
        > sum(1 for row in body for c, _ in row if c == column)
        for column in named_columns
    )
    if words.share >= _ENOUGH_WORDS or (contrast and len(named_columns) >= 2):
        return True
    texts = [squeezed(cell) for _, cell in filled]
    plain = len(texts) >= 3 and len(set(texts)) == len(texts) and max(map(len, texts)) <= 30
    return plain and coverage >= 0.9 and len(body) >= 2 and min(map(len, body)) >= 2


def _is_form(band: ColumnBand, header: Header, body: list[Filled]) -> bool:
    """Whether the rows below hold further labels, as a form does: 姓名 … 性别 … and below it 民族 … 籍贯 ….

    The same header once more, on the next page, does not count.
    """
    headings = {
        squeezed(cell) for row in range(header.first, header.last + 1) for _, cell in band.filled(row)
    }
    wordy = sum(
        sum(is_heading(cell) for _, cell in row) >= max(2, 0.4 * len(row))
        and not {squeezed(cell) for _, cell in row} <= headings
        for row in body[:4]
    )
    return wordy >= 2 or (wordy == 1 and len(body) == 1)


def _splits_merges(band: ColumnBand, header: Header, body: list[Filled], words: Words) -> bool:
    """Whether a merged cell of the lowest header row stands over cells that are used separately, as in a form.

    One such heading among many known ones (开户行及账号 over two columns) does not make it a form.
    """
    split = 0
    for _, left, bottom, right in band.merges(header.last):
        if right > left and bottom == header.last:
            apart = [sum(left <= column <= right for column, _ in row) for row in body]
            if sum(count > 1 for count in apart) * 2 > len(apart):
                split += 1
    return bool(split) and not (words.are_clear and 3 * split <= words.known)


def _body_sample(band: ColumnBand, top: int, bottom: int) -> Iterator[Filled]:
    """The next rows with two cells or more, up to the first blank row after them; notes and signatures are left out.

    Column numbers right below the header do not end the search: a blank row may stand between them and the first record.
    """
    taken = 0
    for row in range(top, min(bottom, top + _LOOK_AHEAD) + 1):
        filled = band.filled(row)
        if len(filled) >= 2 and not closes_table([squeezed(cell) for _, cell in filled]):
            yield filled
            taken += row > top or not column_numbers(filled)
            if taken == _SAMPLE:
                return
        elif not filled and taken:
            return


def _parent(band: ColumnBand, row: int, filled: Filled) -> int:
    """The row above when it holds a single merged heading over some of the columns, else `row`."""
    above = band.filled(row - 1) if row > 1 else []
    if len(above) != 1 or not is_label(above[0][1]):
        return row
    first, last = filled[0][0], filled[-1][0]
    for _, left, bottom, right in band.merges(row - 1):
        if left == above[0][0] and bottom == row - 1 and right > left and left > first and right <= last:
            return row - 1
    return row
