"""Each row below a header: a record, or why it is none. Every row gets exactly one answer.

A full row whose first cells hold no suspicious word is a record at once; the rest is looked at closely.
"""

import re
from itertools import pairwise, takewhile

from sanchuang_cli.roster.tables import words
from sanchuang_cli.roster.tables.headers import header_at, words_share
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.sums import is_unnamed_sum, summing
from sanchuang_cli.roster.tables.table import Body, Filled, Table, plain_title
from sanchuang_cli.roster.tables.words import is_heading, is_label, is_ordinal, is_value, squeezed

_ALL_HEADINGS = 0.8
_LONG_TEXT = 30
_NEAR = 3
"""So many records up one is looked for that fills a table's columns."""
_MANY_NUMBERS = 6
"""For so many numbers of columns one cell that is none may stand right of them."""
_WIDEST_STEP = 3
"""Between numbers of columns, where some column has no number."""
_THE_SAME, _ALIKE, _AKIN = 0.9, 0.6, 0.3
"""A header that comes again on a page, one that has much of it and heads a table of its own, and one that shares so many
headings with it that it is no record."""


def _likeness(table: Table, own: Filled) -> float:
    """How much of the row is what stands in the same columns of a header row."""
    if len(own) < 2:
        return 0.0
    return max(
        sum(headings.get(column) == squeezed(cell) for column, cell in own) / len(own)
        for headings in table.headings
    )


def _goes_on(table: Table, row: int, own: Filled, result: Body) -> bool:
    """Whether a lone heading stands below a header that has just come again, as its lower level."""
    if len(own) > 1 or not result.skipped or result.skipped[-1][1:] != (row - 1, "repeated header"):
        return False
    column, cell = own[0]
    return any(headings.get(column) == squeezed(cell) for headings in table.headings)


def why_not(table: Table, row: int, result: Body) -> str:
    """ "" for a record, else why the row is none; "header" where another table starts."""
    own = table.filled(row)
    if not own:
        return "beside" if table.band.filled(row) else "blank"
    texts = [squeezed(cell) for _, cell in own]
    likeness = _likeness(table, own)
    if likeness >= _THE_SAME or _goes_on(table, row, own, result):
        other = _has_another_title(table, row, result) or _has_moved(table, own)
        return "header" if other else "repeated header"
    if not result.records and _is_column_numbers(table, own):
        return "column numbers"
    if row == table.header.last + 1 and _is_explanation(table, row, own, texts):
        return "units"
    if any(map(words.EXAMPLE.fullmatch, texts)):
        return "example"
    if sum(bool(words.SIGNATURE.fullmatch(text)) for text in texts) > 1:
        return "signature"
    if table.is_keyed(own):
        return ""
    why = _sum(table, row, own, result) or _worded(table, own, texts, len(own) + _covered(table, row, own))
    if why:
        if why == "note":
            table.noting = True
        return why
    if _starts_table(table, row, result, likeness):
        return "header"
    return _shape(table, row, own)


def _sum(table: Table, row: int, own: Filled, result: Body) -> str:
    """The kind of a row that sums up, noted where no plain word at its start says so."""
    why, plainly = summing(table, own, result)
    if why and not plainly:
        result.sums[row] = True
    if not why and is_unnamed_sum(table, row, own, result):
        why = "total"
        result.sums[row] = False
    return why


def _has_another_title(table: Table, row: int, result: Body) -> bool:
    """Whether a title of its own stands right above the same headings: a table of its own, and no new page."""
    if not table.titles or not result.skipped:
        return False
    _, last, why = result.skipped[-1]
    if why == "blank" and len(result.skipped) > 1 and last == row - 1:
        _, last, why = result.skipped[-2]
    said = table.filled(last)
    if why not in ("group", "note", "title") or len(said) != 1 or not is_label(said[0][1]):
        return False
    title = squeezed(said[0][1])
    if words.PAGE.search(title):
        return False
    heads_group = words.GROUP.fullmatch(title) and not any(map(words.GROUP.fullmatch, table.titles))
    return not heads_group and plain_title(title) not in table.titles


def _has_moved(table: Table, own: Filled) -> bool:
    """Whether a heading of the table's header stands over a column that has it nowhere there: a table of its own."""
    stands = {one for headings in table.headings for one in headings.items()}
    known = {text for _, text in stands}
    here = {(column, squeezed(cell)) for column, cell in own}
    return any(text in known for _, text in here - stands)


def _is_column_numbers(table: Table, row: Filled) -> bool:
    """(1), (2), (3)=(1)+(2); a word or two beside many of them may be of a block that stands on the same line."""
    own = list(takewhile(lambda one: is_ordinal(one[1]), row))
    if len(own) < 3 or len(own) < 0.5 * sum(map(bool, table.header.names)):
        return False
    if len(row) - len(own) > len(own) // _MANY_NUMBERS:
        return False
    numbers = [int(found[0]) for _, cell in own if (found := re.search(r"\d+", squeezed(cell)))]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return all(1 <= step <= _WIDEST_STEP for step in steps) and (
        not numbers or numbers[0] <= 2 or len(numbers) < len(own)
    )


def _is_explanation(table: Table, row: int, own: Filled, texts: list[str]) -> bool:
    """Right below the header: all in brackets, or text over columns of numbers (万元, 人; Year, Total)."""
    if len(own) < 2 or row in table.fills:
        return False
    bracketed = all(text[:1] in "（(" and text[-1:] in "）)" for text in texts)
    return bracketed or (all(is_label(cell) for _, cell in own) and _over_numbers(table, row, own) >= 2)


def _over_numbers(table: Table, row: int, own: Filled) -> int:
    """How many cells of the row are text while numbers or dates stand in the next three rows below them."""
    following = map(table.filled, range(row + 1, min(row + 3, table.bottom) + 1))
    below = [dict(filled) for filled in following if len(filled) > 1]
    return sum(
        is_label(cell) and len(below) > 1 and all(is_value(line.get(column)) for line in below)
        for column, cell in own
    )


def _covered(table: Table, row: int, own: Filled) -> int:
    """How many more cells of the row a cell merged downwards fills."""
    return len({column for column, _ in table.fills.get(row, ())} - {column for column, _ in own})


def _worded(table: Table, own: Filled, texts: list[str], full: int) -> str:
    """Rows that say by a word what they are. full: how many cells they have with the merged ones."""
    said = next((text for (_, cell), text in zip(own, texts, strict=True) if isinstance(cell, str)), "")
    few = full <= max(2, table.typical // 2)
    if words.leaves_room(texts):
        return "signature"
    if not few and not words.KEYED.search(said):
        return ""
    if words.NOTE.match(said) and few:
        return "note"
    if words.PAGE.search(said) and full <= 2:
        return "note"
    if any(words.SIGNATURE.search(text) for text in texts[:3]) or (
        full == 1 and words.DATE_LINE.fullmatch(said)
    ):
        return "signature"
    if len(own) == 2 and few and texts[0].endswith(("：", ":")) and not table.twin:
        return "note"
    labels = [text for text in texts if not words.is_value(text)]
    if few and said == texts[0] and not table.twin and labels and all(map(words.KEY.match, labels)):
        return "note" if not said.endswith(("：", ":")) else _section(own)
    return ""


def _section(own: Filled) -> str:
    """流动资产： heads a group of rows; 审核人： beside other labels signs the form."""
    return "group" if len(own) == 1 else "signature"


def _starts_table(table: Table, row: int, result: Body, likeness: float) -> bool:
    """A header after a break (a blank row, a title, a total), or one that holds nothing but headings."""
    own = table.band.filled(row)
    if row == table.header.last + 1 or len(own) < 2 or row in table.fills:
        return False
    after_break = result.skipped and result.skipped[-1][1] == row - 1
    if not after_break:
        wordy = len(own) > 2 and is_heading(own[0][1]) and words_share(table.band, row) >= _ALL_HEADINGS
        if not wordy and likeness < _ALIKE:
            return False
    turns = sum(is_value(cell) for column, cell in _above(table, result) if is_label(dict(own).get(column)))
    if likeness >= _ALIKE:
        return True
    found = header_at(table.band, row, table.bottom, inner=turns < 2 and likeness < _AKIN)
    return found is not None and found.first == row


def _above(table: Table, result: Body) -> Filled:
    """The last record, but not a seal or a stray word that passed for one below the last: it says nothing of the columns."""
    near = (table.filled(row) for row in reversed(result.records[-_NEAR:]))
    return next((own for own in near if len(own) >= table.enough), [])


def _shape(table: Table, row: int, own: Filled) -> str:
    """Rows told by how little stands in them."""
    header = table.header
    wide = max((right - left + 1 for _, left, _, right in table.band.merges(row)), default=1)
    if len(own) <= 2 and all(isinstance(cell, str) for _, cell in own) and wide * 2 > len(header.names) > 2:
        return "note" if table.noting or len(own) == 2 else "group"
    if (
        table.noting
        and len(own) == 2
        and is_ordinal(own[0][1])
        and len(squeezed(own[1][1])) > _LONG_TEXT // 2
    ):
        return "note"
    if len(own) <= max(2, table.enough - 1):
        table.thin.append(row)
    if len(own) > 1:
        return ""
    column, cell = own[0]
    if table.twin or _covered(table, row, own):
        return ""
    if column - header.left < 2 and (isinstance(cell, int | float) or squeezed(cell).isdigit()):
        return "number only" if len(header.names) > 1 else ""
    if not isinstance(cell, str) or column - header.left >= 2 or len(header.names) == 1:
        return ""
    if table.noting or len(squeezed(cell)) > _LONG_TEXT:
        table.noting = True
        return "note"
    text = squeezed(cell)
    if words.TITLE.fullmatch(text) or (
        column not in table.naming and any(other > column for other in table.naming)
    ):
        return "group"
    if _heads_people(header, column):
        return "group" if wide > 1 or words.GROUP.fullmatch(text) or words.OFFICE.fullmatch(text) else ""
    return "group" if wide > 1 or column in table.serials or words.GROUP.fullmatch(text) else ""


def _heads_people(header: Header, column: int) -> bool:
    """Under 姓名 a lone cell is someone whose other cells were left blank, unless it names an office."""
    j = column - header.left
    return 0 <= j < len(header.names) and ("姓名" in header.names[j] or header.names[j] in ("户主", "name"))
