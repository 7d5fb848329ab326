"""The rows below a header, read once from top to bottom: a full row without a suspicious word is a record at once.

The rest is looked at closely by rowkinds.py; what only the end of the table shows is settled last.
"""

from collections.abc import Iterator, Mapping, Sequence

from sanchuang_cli.roster import words
from sanchuang_cli.roster.headers import Band, Header
from sanchuang_cli.roster.rowkinds import LEAD, Body, Fills, Table, why_not
from sanchuang_cli.roster.schema import Cell
from sanchuang_cli.roster.words import squeezed

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
            table.noting = table.totalled = False
            look_closely = max(0, look_closely - 1)
    _settle(table, result)
    return result


def _is_plain(table: Table, cells: Sequence[Cell]) -> bool:
    """A row that starts with a number, or with words that no total, note, signature or heading has."""
    lead = table.header.left - table.band.left
    first = cells[lead]
    if first.__class__ is float:
        return True
    if first == "" or squeezed(first) in table.leading:
        return False
    return not any(cell.__class__ is str and words.SUSPECT.search(cell) for cell in cells[lead : lead + LEAD])


def _settle(table: Table, result: Body) -> None:
    """What only the end shows: groups with nothing below are notes, prefilled rows are no records."""
    _drop_prefilled(table, result)
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


def _drop_prefilled(table: Table, result: Body) -> None:
    """Template rows that hold only what every row holds (a unit), a running number, or a formula's zero."""
    if table.typical > 3:
        return
    groups = [row for row, why in _each(result.skipped) if why == "group"]
    thin = [row for row in result.records if len(table.band.filled(row)) <= 2] + groups
    if len(thin) < 3:
        return
    constant = dict(_constants(table.band, result.records + groups))
    hollow = {row for row in thin if row not in table.fills and _is_hollow(table, row, constant)}
    if len(hollow) < 3:
        return
    result.records = [row for row in result.records if row not in hollow]
    why_of = dict(_each(result.skipped)) | dict.fromkeys(hollow, "prefilled")
    result.skipped = []
    for row in sorted(why_of):
        result.skip(row, why_of[row])


def _is_hollow(table: Table, row: int, constant: Mapping[int, Cell]) -> bool:
    return all(
        constant.get(column) == cell if isinstance(cell, str) else cell == 0 or column in table.serials
        for column, cell in table.band.filled(row)
    )


def _each(skipped: list[tuple[int, int, str]]) -> Iterator[tuple[int, str]]:
    for first, last, why in skipped:
        for row in range(first, last + 1):
            yield row, why


def _constants(band: Band, records: list[int]) -> Iterator[tuple[int, Cell]]:
    """Columns that hold the same text in every record that has any."""
    seen: dict[int, Cell] = {}
    mixed: set[int] = set()
    for row in records:
        for column, cell in band.filled(row):
            if column not in mixed and seen.setdefault(column, cell) != cell:
                mixed.add(column)
    yield from ((column, cell) for column, cell in seen.items() if column not in mixed)
