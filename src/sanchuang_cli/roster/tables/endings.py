"""Corrects the records and skipped rows of a table once all its rows are known; called once, at the end, by bodies.py.

Only the whole table shows which lines nobody filled in, what stands below the last record, and which groups are empty.
"""

from collections.abc import Iterator
from datetime import date

from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.tables import form_words
from sanchuang_cli.roster.tables.form_words import is_label, squeezed
from sanchuang_cli.roster.tables.found_table import Body, Filled, FoundTable
from sanchuang_cli.roster.tables.pairs import blocks_of_pairs, is_pair
from sanchuang_cli.roster.tables.sums import is_sum_without_a_word

_SUMS = ("total", "subtotal", "statistic")
_BREAKS = (*_SUMS, "blank", "note", "signature", "beside", "title", "group")

_TITLES = ("note", "blank", "group", "repeated header")


def settle(table: FoundTable, result: Body) -> None:
    """Takes out rows that were taken for records and are none, and leaves to the next table the lines above its header.

    The order matters: unused lines go first, because below them the last real record and the sums would be misjudged.
    """
    hollow = _prefilled(table, result)
    _drop(result, dict.fromkeys(hollow, "prefilled"))
    result.sums = {row: worded for row, worded in result.sums.items() if row not in hollow}
    _drop(result, dict.fromkeys(blocks_of_pairs(table, result, _BREAKS), "below"))
    _drop(result, _below(table, result))
    if result.records and is_sum_without_a_word(table, result.records[-1], result.records[:-1]):
        result.sums[result.records[-1]] = False
        _drop(result, {result.records[-1]: "total"})
    _settle_skipped(table, result)


def _settle_skipped(table: FoundTable, result: Body) -> None:
    """Corrects the reasons of rows below the last record, and leaves out blank rows at the end of the sheet.

    A group without a record below it is only a note, and lines right above the next header are that table's title.
    """
    last = result.records[-1] if result.records else 0
    settled = [
        (first, end, "note" if why == "group" and first > last else why) for first, end, why in result.skipped
    ]
    if result.next_row <= table.bottom:
        while settled and settled[-1][0] > last and settled[-1][2] in _TITLES:
            result.next_row = settled.pop()[0]
    while settled and settled[-1][2] == "blank" and settled[-1][1] >= table.bottom:
        settled.pop()
    result.skipped = settled


def _drop(result: Body, reasons: dict[int, str]) -> None:
    """Makes skipped rows of records, or gives skipped rows another reason."""
    if not reasons:
        return
    result.records = [row for row in result.records if row not in reasons]
    why_of = dict(_each(result.skipped)) | reasons
    result.skipped = []
    for row in sorted(why_of):
        result.skip(row, why_of[row])


def _each(skipped: list[tuple[int, int, str]]) -> Iterator[tuple[int, str]]:
    """Each skipped row with its reason."""
    for first, last, why in skipped:
        for row in range(first, last + 1):
            yield row, why


def _prefilled(table: FoundTable, result: Body) -> set[int]:
    """The unused lines of a template. They hold a running number, a unit, or the results of formulas over empty cells.

    Such a line names nobody, and each column holds the same in all of them. They are taken out where there are three or
    more, or where they stand after the last record. One or two in the middle are somebody's broken rows.
    """
    groups = [row for row, why in _each(result.skipped) if why == "group"]
    numbers = [row for row, worded in result.sums.items() if not worded]
    thin = {row: table.filled(row) for row in (*table.thin, *groups, *numbers) if row not in table.fills}
    unnamed = {row: filled for row, filled in thin.items() if table.keys and not _names(table, filled)}
    everywhere = _constant(table, thin, result.records + groups + numbers)
    among = _constant(table, unnamed, list(unnamed))
    hollow = {
        row
        for row, filled in thin.items()
        if all(_is_hollow(table, column, cell, everywhere) for column, cell in filled)
        or (row in unnamed and all(_is_hollow(table, column, cell, among) for column, cell in filled))
    }
    if len(hollow) >= 3:
        return hollow
    last = max((row for row in result.records if row not in hollow), default=0)
    return {row for row in hollow if row > last > 0 and row not in result.sums}


def _names(table: FoundTable, filled: Filled) -> bool:
    """Whether the row has a name, an identity number, an account or a code."""
    return table.is_named(filled) or table.is_keyed(filled)


def _is_hollow(table: FoundTable, column: int, cell: Cell, constant: dict[int, Cell]) -> bool:
    """Whether nobody typed the cell: it is a running number, a formula's 0 or error, or what the column always holds."""
    if isinstance(cell, ErrorCell) or (column in constant and constant[column] == cell):
        return True
    if column in table.serials:
        return not isinstance(cell, str) or cell.strip().isdigit()
    return bool(cell == 0)


def _constant(table: FoundTable, thin: dict[int, Filled], rows: list[int]) -> dict[int, Cell]:
    """The value of each column filled in `thin` that is the same in every one of `rows` that has one (three at least)."""
    held: dict[int, list[Cell]] = {column: [] for filled in thin.values() for column, _ in filled}
    for row in rows if held else ():
        cells = table.band.cells(row)
        for column, values in held.items():
            at = column - table.band.left
            if at < len(cells) and cells[at] != "":
                values.append(cells[at])
    return {column: values[0] for column, values in held.items() if len(values) >= 3 and _all_alike(values)}


def _all_alike(values: list[Cell]) -> bool:
    return all(value == values[0] for value in values)


def _below(table: FoundTable, result: Body) -> dict[int, str]:
    """Rows below the last full one that do not belong to the table, with the reason.

    They stand below a total, a gap or a note, or name nobody. In a table without a full row, only pairs are taken out.
    """
    full = next((row for row in reversed(result.records) if _is_full(table, row)), 0)
    apart = any(first == table.header.last + 1 and why == "blank" for first, _, why in result.skipped)
    if not full or (apart and all(is_pair(table, row) for row in result.records)):
        return {row: "below" for row in result.records if is_pair(table, row)}
    if result.records[-1] == full:
        return {}
    closing = next((first for first, _, why in result.skipped if first > full and why in _BREAKS), 0)
    totals = [first for first, _, why in result.skipped if first > full and why in _SUMS]
    below = {}
    for row in (row for row in result.records if row > full):
        filled = table.filled(row)
        if _is_signature(filled):
            below[row] = "signature"
        elif totals and row > totals[0]:
            below[row] = "after total"
        elif (closing and row > closing and not table.is_keyed(filled)) or not _belongs(table, filled):
            below[row] = "below"
    return below


def _is_signature(filled: Filled) -> bool:
    """Whether the row holds only a date or the office that signs: 二〇二六年四月二十日, 中共青禾镇委员会."""
    texts = [squeezed(cell) for _, cell in filled]
    return len(filled) <= 2 and all(
        form_words.DATE_LINE.fullmatch(t) or form_words.OFFICE.fullmatch(t) for t in texts
    )


def _belongs(table: FoundTable, filled: Filled) -> bool:
    """Whether a row right below the others may be a poor record; one or two words under other columns are none."""
    if not table.naming or any(column in (*table.serials, *table.naming) for column, _ in filled):
        return True
    return len(filled) > 2 or any(not isinstance(cell, str | date) for _, cell in filled)


def _is_full(table: FoundTable, row: int) -> bool:
    """Whether the row certainly is a record: numbered and named, or with more than half of the usual cells."""
    filled = table.filled(row)
    if any(column in table.serials and is_label(cell) for column, cell in filled):
        return False
    columns = {column for column, _ in filled} | {column for column, _ in table.fills.get(row, ())}
    if any(column in table.serials for column in columns) and table.is_named(filled):
        return True
    starts = table.header.left in columns or (table.is_named(filled) and not table.twin)
    return starts and len(columns) * 2 > table.typical
