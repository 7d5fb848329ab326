"""Judges one row below a header: it is a record, or it is none for a stated reason, or another table starts there.

Every row gets exactly one answer. bodies.py asks only about rows that are not plainly records. Beside the answer, this
module notes sums, notes and thin rows in the table, which later rows and endings.py need.
"""

import re
from itertools import pairwise

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables import form_words
from sanchuang_cli.roster.tables.form_words import (
    column_numbers,
    is_heading,
    is_label,
    is_ordinal,
    is_value,
    plain_title,
    squeezed,
)
from sanchuang_cli.roster.tables.found_table import Body, Filled, FoundTable
from sanchuang_cli.roster.tables.headers import header_at, words_share
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.sums import is_unnamed_sum, summing

_ALL_HEADINGS = 0.8
_LONG_TEXT = 30
_NEAR = 3
"""Among so many last records one is looked for that fills the columns of the table."""
_WIDEST_STEP = 3
"""The largest step from one column number to the next, because some columns have no number."""
_THE_SAME, _ALIKE, _AKIN = 0.9, 0.6, 0.3
"""How much of a row must stand in the header too: for the same header on a new page, for another table's header that looks
much like it, and for a row that is no record because it shares so many headings."""


def _likeness(table: FoundTable, filled: Filled) -> float:
    """The share of the row's cells that stand in the same columns of a header row; 0 for a single cell."""
    if len(filled) < 2:
        return 0.0
    return max(
        sum(headings.get(column) == squeezed(cell) for column, cell in filled) / len(filled)
        for headings in table.headings
    )


def _goes_on(table: FoundTable, row: int, filled: Filled, result: Body) -> bool:
    """Whether the row is a lone heading of the lower level, right below a header that has just been repeated."""
    if len(filled) > 1 or not result.skipped or result.skipped[-1][1:] != (row - 1, "repeated header"):
        return False
    column, cell = filled[0]
    return any(headings.get(column) == squeezed(cell) for headings in table.headings)


def why_not(table: FoundTable, row: int, result: Body) -> str:
    """ "" for a record, else the reason why the row is none; "header" where another table starts.

    An identity number, an account or a code makes the row a record before it is tried as a sum, a note or a group, so
    that nobody is lost because of an odd name.
    """
    filled = table.filled(row)
    if not filled:
        return "beside" if table.band.filled(row) else "blank"
    texts = [squeezed(cell) for _, cell in filled]
    likeness = _likeness(table, filled)
    why = _form_row(table, row, filled, texts, likeness, result)
    if why or table.is_keyed(filled):
        return why
    why = _sum(table, row, filled, result) or _worded(
        table, filled, texts, len(filled) + _covered(table, row, filled)
    )
    if why:
        if why == "note":
            table.noting = True
        return why
    if _starts_table(table, row, result, likeness):
        return "header"
    return _shape(table, row, filled)


def _form_row(
    table: FoundTable, row: int, filled: Filled, texts: list[str], likeness: float, result: Body
) -> str:
    """The reason for a row that belongs to the printed form, even if it has codes or numbers in key columns."""
    if likeness >= _THE_SAME or _goes_on(table, row, filled, result):
        other = _has_another_title(table, row, result) or _has_moved(table, filled)
        return "header" if other else "repeated header"
    if not result.records and _is_column_numbers(table, filled):
        return "column numbers"
    if row == table.header.last + 1 and _is_explanation(table, row, filled, texts):
        return "units"
    if any(map(form_words.EXAMPLE.fullmatch, texts)):
        return "example"
    return "signature" if sum(bool(form_words.SIGNATURE.fullmatch(text)) for text in texts) > 1 else ""


def _sum(table: FoundTable, row: int, filled: Filled, result: Body) -> str:
    """The kind of sum the row is, "" for none. It is noted in `sums` where no plain word such as 合计 stands first."""
    why, plainly = summing(table, filled, result)
    if why and not plainly:
        result.sums[row] = True
    if not why and is_unnamed_sum(table, row, filled, result):
        why = "total"
        result.sums[row] = False
    return why


def _has_another_title(table: FoundTable, row: int, result: Body) -> bool:
    """Whether another title stands right above the same headings, so that a new table begins and not a new page."""
    if not table.titles or not result.skipped:
        return False
    _, last, why = result.skipped[-1]
    if why == "blank" and len(result.skipped) > 1 and last == row - 1:
        _, last, why = result.skipped[-2]
    above = table.filled(last)
    if why not in ("group", "note", "title") or len(above) != 1 or not is_label(above[0][1]):
        return False
    title = squeezed(above[0][1])
    if form_words.PAGE.search(title):
        return False
    heads_group = form_words.GROUP.fullmatch(title) and not any(map(form_words.GROUP.fullmatch, table.titles))
    return not heads_group and plain_title(title) not in table.titles


def _has_moved(table: FoundTable, filled: Filled) -> bool:
    """Whether a heading of the table now stands over another column, so that a new table begins."""
    stands = {heading for headings in table.headings for heading in headings.items()}
    known = {text for _, text in stands}
    here = {(column, squeezed(cell)) for column, cell in filled}
    return any(text in known for _, text in here - stands)


def _is_column_numbers(table: FoundTable, row: Filled) -> bool:
    """Whether the row numbers the columns: (1), (2), (3)=(1)+(2)."""
    ordinals = column_numbers(row)
    if len(ordinals) < 3 or len(ordinals) < 0.5 * sum(map(bool, table.header.names)):
        return False
    numbers = [int(digits[0]) for _, cell in ordinals if (digits := re.search(r"\d+", squeezed(cell)))]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return all(1 <= step <= _WIDEST_STEP for step in steps) and (
        not numbers or numbers[0] <= 2 or len(numbers) < len(ordinals)
    )


def _is_explanation(table: FoundTable, row: int, filled: Filled, texts: list[str]) -> bool:
    """Whether the row right below the header explains it: all in brackets, or words over numbers (万元, 人)."""
    if len(filled) < 2 or row in table.fills:
        return False
    bracketed = all(text[:1] in "（(" and text[-1:] in "）)" for text in texts)
    return bracketed or (all(is_label(cell) for _, cell in filled) and _over_numbers(table, row, filled) >= 2)


def _over_numbers(table: FoundTable, row: int, filled: Filled) -> int:
    """How many cells of the row are labels with numbers or dates below them in the next three rows."""
    following = map(table.filled, range(row + 1, min(row + 3, table.bottom) + 1))
    below = [dict(values) for values in following if len(values) > 1]
    return sum(
        is_label(cell) and len(below) > 1 and all(is_value(line.get(column)) for line in below)
        for column, cell in filled
    )


def _covered(table: FoundTable, row: int, filled: Filled) -> int:
    """How many further cells of the row are covered by cells merged downwards."""
    return len({column for column, _ in table.fills.get(row, ())} - {column for column, _ in filled})


def _worded(table: FoundTable, filled: Filled, texts: list[str], full: int) -> str:
    """The reason for a row that says by a word what it is. full: how many cells it has, the merged ones counted."""
    first_text = next(
        (text for (_, cell), text in zip(filled, texts, strict=True) if isinstance(cell, str)), ""
    )
    few = full <= max(2, table.typical // 2)
    if form_words.leaves_room(texts):
        return "signature"
    if not few and not form_words.KEYED.search(first_text):
        return ""
    if form_words.NOTE.match(first_text) and few:
        return "note"
    if form_words.PAGE.search(first_text) and full <= 2:
        return "note"
    if any(form_words.SIGNATURE.search(text) for text in texts[:3]) or (
        full == 1 and form_words.DATE_LINE.fullmatch(first_text)
    ):
        return "signature"
    if len(filled) == 2 and few and texts[0].endswith(("：", ":")) and not table.twin:
        return "note"
    labels = [text for text in texts if not form_words.is_value(text)]
    if (
        few
        and first_text == texts[0]
        and not table.twin
        and labels
        and all(map(form_words.KEY.match, labels))
        and not _is_full_with_a_number(table, filled)
    ):
        return "note" if not first_text.endswith(("：", ":")) else _section(filled)
    return ""


def _is_full_with_a_number(table: FoundTable, filled: Filled) -> bool:
    """Whether every column of a narrow table is filled, one with a number: 发展党员：预备党员 beside 10 is a record."""
    return len(filled) == len(table.header.names) > 1 and any(
        isinstance(cell, int | float) for _, cell in filled
    )


def _section(filled: Filled) -> str:
    """流动资产： alone is the heading of a group; 审核人： beside other labels is a signature line."""
    return "group" if len(filled) == 1 else "signature"


def _starts_table(table: FoundTable, row: int, result: Body, likeness: float) -> bool:
    """Whether another table's header is here: after a break (a blank row, a title, a total), or with hardly anything but
    headings in it."""
    filled = table.band.filled(row)
    if row == table.header.last + 1 or len(filled) < 2 or row in table.fills:
        return False
    after_break = result.skipped and result.skipped[-1][1] == row - 1
    if not after_break:
        wordy = len(filled) > 2 and is_heading(filled[0][1]) and words_share(table.band, row) >= _ALL_HEADINGS
        if not wordy and likeness < _ALIKE:
            return False
    # Labels below values, in two columns or more, show that a header may begin here even without known words; below a
    # template that nobody filled in, labels above values do.
    above = _above(table, result)
    turns = (
        sum(is_value(cell) for column, cell in above if is_label(dict(filled).get(column)))
        if above
        else _over_numbers(table, row, filled)
    )
    if likeness >= _ALIKE:
        return True
    header = header_at(table.band, row, table.bottom, inner=turns < 2 and likeness < _AKIN)
    return header is not None and header.first == row


def _above(table: FoundTable, result: Body) -> Filled:
    """The last record with enough cells to show what the columns hold; a seal or a stray word below it does not."""
    near = (table.filled(row) for row in reversed(result.records[-_NEAR:]))
    return next((filled for filled in near if len(filled) >= table.enough), [])


def _shape(table: FoundTable, row: int, filled: Filled) -> str:
    """The reason for a row that shows by how little stands in it, and how wide, that it is no record."""
    wide = max((right - left + 1 for _, left, _, right in table.band.merges(row)), default=1)
    if (
        len(filled) <= 2
        and all(isinstance(cell, str) for _, cell in filled)
        and wide * 2 > len(table.header.names) > 2
    ):
        return "note" if table.noting or len(filled) == 2 else "group"
    if table.noting and _is_numbered_note(filled):
        return "note"
    if len(filled) <= max(2, table.enough - 1):
        table.thin.append(row)
    if len(filled) > 1 or table.twin or _covered(table, row, filled):
        return ""
    return _lone_cell(table, *filled[0], wide)


def _is_numbered_note(filled: Filled) -> bool:
    """Whether the row is a further paragraph of a note: a number and a long text."""
    return len(filled) == 2 and is_ordinal(filled[0][1]) and len(squeezed(filled[1][1])) > _LONG_TEXT // 2


def _lone_cell(table: FoundTable, column: int, cell: Cell, wide: int) -> str:
    """The reason for a row with a single cell: a running number, a note, or the heading of a group. wide: how many columns
    the widest merged cell of the row covers."""
    header = table.header
    if column - header.left < 2 and (isinstance(cell, int | float) or squeezed(cell).isdigit()):
        return "number only" if len(header.names) > 1 else ""
    if not isinstance(cell, str) or column - header.left >= 2 or len(header.names) == 1:
        return ""
    if table.noting or len(squeezed(cell)) > _LONG_TEXT:
        table.noting = True
        return "note"
    text = squeezed(cell)
    if form_words.TITLE.fullmatch(text) or (
        column not in table.naming and any(other > column for other in table.naming)
    ):
        return "group"
    if _heads_people(header, column):
        return (
            "group"
            if wide > 1 or form_words.GROUP.fullmatch(text) or form_words.OFFICE.fullmatch(text)
            else ""
        )
    return "group" if wide > 1 or column in table.serials or form_words.GROUP.fullmatch(text) else ""


def _heads_people(header: Header, column: int) -> bool:
    """Whether the column holds people's names. A lone cell there is somebody whose other cells were left blank."""
    j = column - header.left
    return 0 <= j < len(header.names) and ("姓名" in header.names[j] or header.names[j] in ("户主", "name"))
