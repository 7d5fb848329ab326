"""Recognises rows that sum up other rows: by a word among their labels, by their figures, or by numbers without a name.

It only judges a row; what happens to it is decided in rowkinds.py and endings.py. Promise: a row with an identity number,
an account or a code is never taken for a sum, whatever it is called.
"""

import re
from collections.abc import Sequence

from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.tables.form_words import is_label, squeezed, sum_word
from sanchuang_cli.roster.tables.found_table import Body, Filled, FoundTable

LEAD = 4
_PLAIN_NUMBER = re.compile(r"[¥￥]?([-+]?\d[\d,，]*(?:\.\d+)?)(%|％|元|万元|人|分|个|户|名)?")
_MOST_ROWS = 3000
"""At most this many rows are added up to check a sum; in longer tables only the group since the last sum is tried."""
_ENOUGH_ROWS = 3


def summing(table: FoundTable, filled: Filled, result: Body) -> tuple[str, bool]:
    """The kind of sum that the row is ("" for a record), and whether a plain word such as 合计 stands first in it."""
    labels = [(column, squeezed(cell)) for column, cell in filled if is_label(cell) or _says_total(cell)]
    for at, (column, text) in enumerate(labels):
        kind, exact = sum_word(text)
        if not kind:
            continue
        if exact and at == 0:
            return kind, True
        if _is_meant(table, filled, column, exact, at, len(labels), result):
            return kind, at == 0
    return "", False


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and not isinstance(cell, ErrorCell) and number(cell) is None


def _says_total(cell: Cell) -> bool:
    """Whether a text names a sum although its colon makes it no label: 合计（大写）：壹佰元整."""
    return isinstance(cell, str) and len(cell) < 100 and bool(sum_word(squeezed(cell))[0])


def _is_meant(
    table: FoundTable, filled: Filled, column: int, exact: bool, at: int, labels: int, result: Body
) -> bool:
    """Whether a sum word that does not stand first makes the row a sum, or only is part of what a record is called.

    column: where the word stands. exact: the cell holds nothing else. at: its place among the row's labels.
    """
    if exact and (column in table.naming or not table.is_named(filled)):
        return True
    if not table.is_named(filled) and _has_only_figures(table, filled, column):
        return True
    if table.twin:
        return not exact and column - table.header.left < LEAD and not _is_numbered(table, filled)
    if not exact and column - table.header.left < LEAD and labels == 1 and not _is_numbered(table, filled):
        return True
    if not exact and column in table.naming and at > 0:
        return any(number(cell) is not None for other, cell in filled if other not in table.serials)
    return _names_group(table, filled, column, result) or bool(
        added_up(table, filled, result.records, result.skipped)
    )


def _has_only_figures(table: FoundTable, filled: Filled, column: int) -> bool:
    """Whether beside the word in `column` and a running number stand figures alone: 9, 人数, 6人."""
    beside = [cell for other, cell in filled if other != column and other not in table.serials]
    return bool(beside) and all(number(cell) is not None for cell in beside)


def _names_group(table: FoundTable, filled: Filled, column: int, result: Body) -> bool:
    """Whether the word names the group of the record above: 青禾镇合计 below a record with 青禾镇, in the same column or, where the
    word stands in the place of a name, in another one.

    Then it is the sum of that group even if the group has only one record, which arithmetic could not tell.
    """
    if not result.records:
        return False
    text, above = squeezed(dict(filled)[column]), table.filled(result.records[-1])
    if column in table.naming:
        above = [(other, cell) for other, cell in above if other not in table.naming]
    else:
        above = [(other, cell) for other, cell in above if other == column < table.header.left + LEAD]
    groups = [squeezed(cell) for _, cell in above if is_label(cell)]
    return any(text != group and len(group) > 1 and text.startswith(group) for group in groups)


def _is_numbered(table: FoundTable, filled: Filled) -> bool:
    """Whether the row has a running number, as records have and sums do not."""
    return any(column in table.serials and not isinstance(cell, str) for column, cell in filled)


def is_unnamed_sum(table: FoundTable, row: int, filled: Filled, result: Body) -> bool:
    """Whether the row holds only numbers although the rows of this table have names.

    With a running number it may be an unused line of a template, so then its numbers must really add up.
    """
    if (
        not table.naming
        or not result.records
        or row in table.fills
        or any(_is_text(cell) for _, cell in filled)
    ):
        return False
    if any(column in (*table.naming, *table.keys) for column, _ in filled):
        return False
    numbers = [number(cell) for column, cell in filled if column not in table.serials]
    if not any(numbers) and not any(isinstance(cell, ErrorCell) for _, cell in filled):
        return False
    return not any(column in table.serials for column, _ in filled) or bool(
        added_up(table, filled, result.records, result.skipped)
    )


def added_up(
    table: FoundTable, filled: Filled, records: Sequence[int], skipped: Sequence[tuple[int, int, str]]
) -> str:
    """ "sum" or "mean" when most numbers of the row are the sum or the mean of the rows above, else "".

    The rows since the last sum are tried first, then all records.
    """
    since = next((last for _, last, why in reversed(skipped) if why in ("total", "subtotal")), 0)
    group = [row for row in records[-_MOST_ROWS:] if row > since]
    tries = [group] if len(group) == len(records) or len(records) > _MOST_ROWS else [group, list(records)]
    for rows in tries:
        kind = _compared(table, filled, rows)
        if kind:
            return kind
    return ""


def _compared(table: FoundTable, filled: Filled, rows: Sequence[int]) -> str:
    """Compares each number of a row with the sum and the mean of the numbers in the same column of `rows`."""
    sums = means = others = 0
    for column, cell in filled:
        claimed = number(cell)
        if claimed is None or claimed == 0 or column in table.serials or column in table.keys:
            continue
        at = column - table.band.left
        above = [value for row in rows if (value := number(_at(table.band.cells(row), at))) is not None]
        if len(above) > 1 and abs(sum(above) - claimed) < 0.006:
            sums += 1
        elif len(above) > 1 and min(above) < max(above) and _is_mean(claimed, sum(above) / len(above)):
            means += 1
        else:
            others += 1
    if sums + means <= others:
        return ""
    return "sum" if sums >= means else "mean"


def _is_mean(claimed: float, mean: float) -> bool:
    """Whether a printed number is the mean, rounded to as many decimals as are printed (two at most)."""
    decimals = next((places for places in (0, 1, 2) if round(claimed, places) == claimed), 2)
    return bool(abs(claimed - mean) <= 0.51 * 10**-decimals)


def number(cell: Cell) -> float | None:
    """The number in a cell, also one written as text (1,200元); None for anything else."""
    if cell.__class__ is float or cell.__class__ is int:
        return float(cell)
    if not isinstance(cell, str) or len(cell) > 24:
        return None
    written = _PLAIN_NUMBER.fullmatch(squeezed(cell))
    return float(written[1].replace(",", "").replace("，", "")) if written else None


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else None


def is_sum_without_a_word(table: FoundTable, row: int, records: Sequence[int]) -> bool:
    """Whether the last row of a table is the sum of all rows above although it has a name.

    At least two of its columns must agree, so that a person whose one figure happens to equal the sum stays a record.
    """
    filled = table.filled(row)
    if len(records) < _ENOUGH_ROWS or len(records) > _MOST_ROWS or table.is_keyed(filled) or table.twin:
        return False
    numbers = [cell for column, cell in filled if column not in table.serials and number(cell)]
    return len(numbers) > 1 and added_up(table, filled, records, ()) == "sum"
