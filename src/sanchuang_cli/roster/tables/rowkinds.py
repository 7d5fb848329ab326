"""Each row below a header: a record, or why it is none. Every row gets exactly one answer.

A full row whose first cells hold no suspicious word is a record at once; the rest is looked at closely.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Sheet
from sanchuang_cli.roster.tables import words
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.headers import header_at, words_share
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.words import is_heading, is_label, is_ordinal, is_value, squeezed

_TYPICAL_SAMPLE = 60
LEAD = 4
_ALL_HEADINGS = 0.8
_MOST_FILLS = 2_000_000
_LONG_TEXT = 30

Filled = list[tuple[int, Cell]]
Fills = Mapping[int, list[tuple[int, Cell]]]


def fills_downwards(sheet: Sheet) -> Fills:
    """For each row, the columns that a cell merged downwards also covers there, with its value."""
    fills: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    height = len(sheet.rows)
    spent = 0
    for top, left, bottom, _ in sheet.merges:
        if bottom == top or top > height or left > len(sheet.rows[top - 1]):
            continue
        value = sheet.rows[top - 1][left - 1]
        if value == "" or value is None:
            continue
        for row in range(top + 1, min(bottom, height) + 1):
            fills[row].append((left, value))
            spent += 1
        if spent > _MOST_FILLS:
            break
    return fills


@dataclass
class Body:
    """The rows below one header. next_row: where another table's rows begin, or one past the last."""

    records: list[int] = field(default_factory=list)
    skipped: list[tuple[int, int, str]] = field(default_factory=list)
    next_row: int = 0

    def skip(self, row: int, why: str) -> None:
        if self.skipped and self.skipped[-1][1] == row - 1 and self.skipped[-1][2] == why:
            self.skipped[-1] = (self.skipped[-1][0], row, why)
        else:
            self.skipped.append((row, row, why))


class Table:
    """What is known of the table while its rows are read."""

    def __init__(self, band: Band, header: Header, fills: Fills, bottom: int) -> None:
        self.band, self.header, self.fills, self.bottom = band, header, fills, bottom
        self.headings = [
            {column: squeezed(cell) for column, cell in band.filled(row)}
            for row in range(header.first, header.last + 1)
        ]
        self.leads = [
            (column - band.left, cell)
            for row in range(header.first, header.last + 1)
            for column, cell in band.filled(row)[:1]
        ]
        self.twin = _is_twin(header.names)
        self.serials = [
            header.left + j
            for j, name in enumerate(header.names)
            if words.SERIAL.fullmatch(name.rpartition("/")[2])
        ]
        # Not the median: a template's prefilled rows may outnumber the filled ones.
        counts = sorted(
            len(filled)
            for filled in islice(
                (band.filled(row) for row in range(header.last + 1, min(bottom, header.last + 400) + 1)),
                4 * _TYPICAL_SAMPLE,
            )
            if len(filled) > 1
        )
        self.typical = counts[len(counts) * 9 // 10] if counts else 1
        self.enough = max(2, min(3, self.typical), (self.typical + 1) // 2)
        self.noting = False
        self.thin: list[int] = []


def _is_twin(names: tuple[str, ...]) -> bool:
    """Two lists side by side under one header: 资产|行次|…|负债|行次|…"""
    half = len(names) // 2
    return (
        half >= 2
        and len(names) % 2 == 0
        and sum(a == b for a, b in zip(names, names[half:], strict=False)) >= 2
    )


def is_header_again(table: Table, filled: Filled) -> bool:
    if len(filled) < 2:
        return False
    return any(
        sum(headings.get(column) == squeezed(cell) for column, cell in filled) >= 0.6 * len(filled)
        for headings in table.headings
    )


def why_not(table: Table, row: int, result: Body) -> str:
    """ "" for a record, else why the row is none; "header" where another table starts."""
    own = table.band.filled(row)
    if not own:
        return "blank"
    texts = [squeezed(cell) for _, cell in own]
    if is_header_again(table, own):
        return "repeated header"
    if not result.records and _is_column_numbers(table, own):
        return "column numbers"
    if row == table.header.last + 1 and _is_explanation(table, row, own, texts):
        return "units"
    why = _worded(table, own, texts, len(own) + _covered(table, row, own))
    if why:
        if why == "note":
            table.noting = True
        return why
    if _starts_table(table, row, own, result):
        return "header"
    return _shape(table, row, own)


def _is_column_numbers(table: Table, own: Filled) -> bool:
    if len(own) < 3 or len(own) < 0.5 * sum(map(bool, table.header.names)):
        return False
    if not all(is_ordinal(cell) for _, cell in own):
        return False
    numbers = [int(found[0]) for _, cell in own if (found := re.search(r"\d+", squeezed(cell)))]
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return all(step == 1 for step in steps) and (not numbers or numbers[0] <= 2 or len(numbers) < len(own))


def _is_explanation(table: Table, row: int, own: Filled, texts: list[str]) -> bool:
    """Right below the header: all in brackets, or text over columns of numbers (万元, 人; Year, Total)."""
    if len(own) < 2 or row in table.fills:
        return False
    bracketed = all(text[:1] in "（(" and text[-1:] in "）)" for text in texts)
    return bracketed or (all(is_label(cell) for _, cell in own) and _over_numbers(table, row, own) >= 2)


def _over_numbers(table: Table, row: int, own: Filled) -> int:
    """How many cells of the row are text while numbers or dates stand in the next three rows below them."""
    following = map(table.band.filled, range(row + 1, min(row + 3, table.bottom) + 1))
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
    at = next((column for column, cell in own if isinstance(cell, str)), 0)
    total = _total(table, own, said, at)
    if total:
        return total
    few = full <= max(2, table.typical // 2)
    if any(map(words.EXAMPLE.fullmatch, texts)):
        return "example"
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
    labels = [text for text in texts if not words.is_value(text)]
    if few and said == texts[0] and not table.twin and labels and all(map(words.KEY.match, labels)):
        return "note" if not said.endswith(("：", ":")) else _section(own)
    return ""


def _section(own: Filled) -> str:
    """流动资产： heads a group of rows; 审核人： beside other labels signs the form."""
    return "group" if len(own) == 1 else "signature"


def _total(table: Table, own: Filled, said: str, at: int) -> str:
    why = "subtotal" if words.SUBTOTAL.search(said) else "total"
    if words.EXACT_TOTAL.fullmatch(said):
        return why
    if not words.PREFIXED_TOTAL.fullmatch(said) or at - table.header.left >= LEAD:
        return ""
    numbered = any(column in table.serials and not isinstance(cell, str) for column, cell in own)
    other_texts = sum(is_label(cell) for column, cell in own if column != at)
    return "" if numbered or (other_texts > 1 and not table.twin) else why


def _starts_table(table: Table, row: int, own: Filled, result: Body) -> bool:
    """A header after a break (a blank row, a title, a total), or one that holds nothing but headings."""
    if row == table.header.last + 1 or len(own) < 2 or row in table.fills:
        return False
    after_break = result.skipped and result.skipped[-1][1] == row - 1
    if not after_break:
        wordy = len(own) > 2 and is_heading(own[0][1]) and words_share(table.band, row) >= _ALL_HEADINGS
        if not wordy:
            return False
    turns = sum(is_value(cell) for column, cell in _above(table, result) if is_label(dict(own).get(column)))
    found = header_at(table.band, row, table.bottom, inner=turns < 2)
    return found is not None and found.first == row


def _above(table: Table, result: Body) -> Filled:
    return table.band.filled(result.records[-1]) if result.records else []


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
    if _heads_people(header, column):
        return "group" if wide > 1 or words.GROUP.fullmatch(text) or words.OFFICE.fullmatch(text) else ""
    return "group" if wide > 1 or column in table.serials or words.GROUP.fullmatch(text) else ""


def _heads_people(header: Header, column: int) -> bool:
    """Under 姓名 a lone cell is someone whose other cells were left blank, unless it names an office."""
    j = column - header.left
    return 0 <= j < len(header.names) and ("姓名" in header.names[j] or header.names[j] in ("户主", "name"))
