"""Rows that sum up others: told by a word anywhere among their labels, by arithmetic, or by having numbers and no name.

Promise: a row whose identity number, account or code is filled is never one, whatever it is called.
"""

import re
from collections.abc import Sequence

from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.tables.table import Body, Filled, Table
from sanchuang_cli.roster.tables.words import is_label, squeezed, sum_word

LEAD = 4
_PLAIN_NUMBER = re.compile(r"[¥￥]?([-+]?\d[\d,，]*(?:\.\d+)?)(%|％|元|万元|人|分|个|户|名)?")
_MOST_ROWS = 3000
"""So many rows are added up for one that may be their sum; below longer tables only the last group is tried."""
_ENOUGH_ROWS = 3


def summing(table: Table, own: Filled, result: Body) -> tuple[str, bool]:
    """What the row sums up as, "" for a record, and whether a plain word at its start says so."""
    labels = [(column, squeezed(cell)) for column, cell in own if is_label(cell) or _says_total(cell)]
    for at, (column, text) in enumerate(labels):
        kind, exact = sum_word(text)
        if not kind:
            continue
        if exact and at == 0:
            return kind, True
        if _is_meant(table, own, column, exact, at, len(labels), result):
            return kind, at == 0
    return "", False


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and not isinstance(cell, ErrorCell) and number(cell) is None


def _says_total(cell: Cell) -> bool:
    """合计（大写）：壹佰元整 is no label for its colon, and a total all the same."""
    return isinstance(cell, str) and len(cell) < 100 and bool(sum_word(squeezed(cell))[0])


def _is_meant(
    table: Table, own: Filled, column: int, exact: bool, at: int, labels: int, result: Body
) -> bool:
    """Whether a word that is not all the row begins with makes it a sum, or is what a record happens to be called."""
    if exact and (column in table.naming or not table.is_named(own)):
        return True
    if table.twin:
        return not exact and column - table.header.left < LEAD and not _is_numbered(table, own)
    if not exact and column - table.header.left < LEAD and labels == 1 and not _is_numbered(table, own):
        return True
    if not exact and column in table.naming and at > 0:
        return any(number(cell) is not None for other, cell in own if other not in table.serials)
    return _names_group(table, own, column, result) or bool(
        added_up(table, own, result.records, result.skipped)
    )


def _names_group(table: Table, own: Filled, column: int, result: Body) -> bool:
    """青禾镇合计 below a record that has 青禾镇 in another column: the sum of its group, though that be one record."""
    text = squeezed(dict(own)[column])
    above = table.filled(result.records[-1]) if result.records and column in table.naming else []
    groups = [squeezed(cell) for other, cell in above if other not in table.naming and is_label(cell)]
    return any(text != group and len(group) > 1 and text.startswith(group) for group in groups)


def _is_numbered(table: Table, own: Filled) -> bool:
    return any(column in table.serials and not isinstance(cell, str) for column, cell in own)


def is_unnamed_sum(table: Table, row: int, own: Filled, result: Body) -> bool:
    """Nothing but numbers, where rows have names: their sum, unless a running number shows a line of a template."""
    if not table.naming or not result.records or row in table.fills or any(_is_text(cell) for _, cell in own):
        return False
    if any(column in (*table.naming, *table.keys) for column, _ in own):
        return False
    numbers = [number(cell) for column, cell in own if column not in table.serials]
    if not any(numbers) and not any(isinstance(cell, ErrorCell) for _, cell in own):
        return False
    return not any(column in table.serials for column, _ in own) or bool(
        added_up(table, own, result.records, result.skipped)
    )


def added_up(
    table: Table, own: Filled, records: Sequence[int], skipped: Sequence[tuple[int, int, str]]
) -> str:
    """ "sum" or "mean" when most of the row's numbers are that of the rows above, since the last sum or all; else ""."""
    since = next((last for _, last, why in reversed(skipped) if why in ("total", "subtotal")), 0)
    group = [row for row in records[-_MOST_ROWS:] if row > since]
    wholes = [group] if len(group) == len(records) or len(records) > _MOST_ROWS else [group, list(records)]
    for rows in wholes:
        found = _compared(table, own, rows)
        if found:
            return found
    return ""


def _compared(table: Table, own: Filled, rows: Sequence[int]) -> str:
    sums = means = others = 0
    for column, cell in own:
        said = number(cell)
        if said is None or said == 0 or column in table.serials or column in table.keys:
            continue
        at = column - table.band.left
        above = [value for row in rows if (value := number(_at(table.band.cells(row), at))) is not None]
        if len(above) > 1 and abs(sum(above) - said) < 0.006:
            sums += 1
        elif len(above) > 1 and min(above) < max(above) and _is_mean(said, sum(above) / len(above)):
            means += 1
        else:
            others += 1
    if sums + means <= others:
        return ""
    return "sum" if sums >= means else "mean"


def _is_mean(said: float, mean: float) -> bool:
    """As it is printed: with so many decimals as it has, two at most."""
    decimals = next((places for places in (0, 1, 2) if round(said, places) == said), 2)
    return bool(abs(said - mean) <= 0.51 * 10**-decimals)


def number(cell: Cell) -> float | None:
    """A cell's number, None for anything else."""
    if cell.__class__ is float or cell.__class__ is int:
        return float(cell)
    if not isinstance(cell, str) or len(cell) > 24:
        return None
    found = _PLAIN_NUMBER.fullmatch(squeezed(cell))
    return float(found[1].replace(",", "").replace("，", "")) if found else None


def _at(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else None


def is_sum_without_a_word(table: Table, row: int, records: Sequence[int]) -> bool:
    """Whether the last row of a table is the sum of all above though it has a name: several columns must say so."""
    own = table.filled(row)
    if len(records) < _ENOUGH_ROWS or len(records) > _MOST_ROWS or table.is_keyed(own) or table.twin:
        return False
    numbers = [cell for column, cell in own if column not in table.serials and number(cell)]
    return len(numbers) > 1 and added_up(table, own, records, ()) == "sum"
