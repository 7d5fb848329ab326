"""The rows below a header, read once from top to bottom: a full row without a suspicious word is a record at once.

The rest is looked at closely by rowkinds.py; what only the end of the table shows is settled last.
"""

from collections.abc import Iterator, Sequence

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables import words
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.rowkinds import LEAD, Body, Fills, Table, why_not

_FIRST_ROWS = 3


def body(band: Band, header: Header, fills: Fills, bottom: int) -> Body:
    """All rows under `header` up to the next table in the band."""
    table = Table(band, header, fills, bottom)
    result = Body(next_row=bottom + 1)
    rows, whole, enough = band.rows, band.whole, table.enough
    look_closely = _FIRST_ROWS
    for row in range(header.last + 1, bottom + 1):
        cells = rows[row - 1] if whole else band.cells(row)
        if not look_closely and len(cells) - cells.count("") >= enough and _is_plain(table, cells):
            result.records.append(row)
            continue
        why = why_not(table, row, result)
        if why == "header":
            result.next_row = row
            break
        if why:
            result.skip(row, why)
            look_closely = 1
        else:
            result.records.append(row)
            table.noting = False
            look_closely = max(0, look_closely - 1)
    _settle(table, result)
    return result


def _is_plain(table: Table, cells: Sequence[Cell]) -> bool:
    """A row that starts with a number, or with words that no total, note, signature or heading has."""
    start = table.header.left - table.band.left
    if start < len(cells) and cells[start].__class__ is float:
        return True
    while start < len(cells) and cells[start] == "":
        start += 1
    if start >= len(cells):
        return False
    for column, heading in table.leads:
        if column < len(cells) and cells[column] == heading:
            return False
    return not any(
        cell.__class__ is str and words.SUSPECT.search(cell) and words.is_special(cell)
        for cell in cells[start : start + LEAD]
    )


def _settle(table: Table, result: Body) -> None:
    """What only the end shows: prefilled rows, rows after the last total, groups with nothing below."""
    _drop(result, _prefilled(table, result), "prefilled")
    _drop(result, _after_total(table, result), "after total")
    last = result.records[-1] if result.records else 0
    settled = [
        (first, end, "note" if why == "group" and first > last else why) for first, end, why in result.skipped
    ]
    if result.next_row <= table.bottom:
        # What stands right above the next header is that table's title.
        while settled and settled[-1][0] > last and settled[-1][2] in ("note", "blank", "group"):
            result.next_row = settled.pop()[0]
    while settled and settled[-1][2] == "blank" and settled[-1][1] >= table.bottom:
        settled.pop()
    result.skipped = settled


def _drop(result: Body, rows: set[int], why: str) -> None:
    if not rows:
        return
    result.records = [row for row in result.records if row not in rows]
    why_of = dict(_each(result.skipped)) | dict.fromkeys(rows, why)
    result.skipped = []
    for row in sorted(why_of):
        result.skip(row, why_of[row])


def _each(skipped: list[tuple[int, int, str]]) -> Iterator[tuple[int, str]]:
    for first, last, why in skipped:
        for row in range(first, last + 1):
            yield row, why


def _prefilled(table: Table, result: Body) -> set[int]:
    """Template rows that hold only what every row holds (a unit), a running number, or a formula's zero.

    Three or more of them, or what trails after the last record; one in the middle is somebody's broken row.
    """
    groups = [row for row, why in _each(result.skipped) if why == "group"]
    thin = [row for row in (*table.thin, *groups) if row not in table.fills]
    texts = {column for row in thin for column, cell in table.band.filled(row) if isinstance(cell, str)}
    constant = {column: _constant(table.band, column, result.records + groups) for column in texts}
    hollow = {
        row
        for row in thin
        if all(
            (constant[column] == cell or (column in table.serials and cell.strip().isdigit()))
            if isinstance(cell, str)
            else cell == 0 or column in table.serials
            for column, cell in table.band.filled(row)
        )
    }
    if len(hollow) >= 3:
        return hollow
    last = max((row for row in result.records if row not in hollow), default=0)
    return {row for row in hollow if row > last > 0}


def _constant(band: Band, column: int, rows: list[int]) -> Cell:
    """The one text that the column holds wherever it holds any, in three rows or more; else None."""
    value: Cell = None
    count = 0
    for row in rows:
        cells = band.cells(row)
        cell = cells[column - band.left] if column - band.left < len(cells) else ""
        if cell == "":
            continue
        if value is not None and cell != value:
            return None
        value = cell
        count += 1
    return value if count >= 3 else None


def _after_total(table: Table, result: Body) -> set[int]:
    """Rows after the closing total that are no full records: without the first column, or half empty."""
    totals = [first for first, _, why in result.skipped if why in ("total", "subtotal")]
    if not totals or not result.records or totals[-1] < result.records[0]:
        return set()
    full = next((row for row in reversed(result.records) if _is_full(table, row)), 0)
    closing = next((row for row in totals if row > full), 0)
    return {row for row in result.records if row > closing > full > 0}


def _is_full(table: Table, row: int) -> bool:
    filled = table.band.filled(row)
    columns = {column for column, _ in filled} | {column for column, _ in table.fills.get(row, ())}
    return table.header.left in columns and len(columns) * 2 > table.typical
