"""The rows below a header, read once from top to bottom: a full row without a suspicious word is a record at once.

The rest is looked at closely by rowkinds.py; what only the end of the table shows is settled by endings.py.
"""

from collections.abc import Callable, Sequence

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables import words
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.endings import settle
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.rowkinds import why_not
from sanchuang_cli.roster.tables.sums import LEAD
from sanchuang_cli.roster.tables.table import Body, Fills, Table

_FIRST_ROWS = 3
_LONG_NUMBER = 15


def body(band: Band, header: Header, fills: Fills, bottom: int, titles: Sequence[str] = ()) -> Body:
    """All rows under `header` up to the next table in the band. titles: the lines above the header."""
    table = Table(band, header, fills, bottom, titles)
    result = Body(next_row=bottom + 1)
    rows, whole = band.rows, band.whole
    is_plain = _plain(table)
    look_closely = _FIRST_ROWS
    for row in range(header.last + 1, bottom + 1):
        cells = rows[row - 1] if whole else band.cells(row)
        if not look_closely and is_plain(cells):
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
    settle(table, result)
    return result


def _plain(table: Table) -> Callable[[Sequence[Cell]], bool]:
    """Whether a row is a record at the first glance: numbered and with its identity number, or full of plain words."""
    start, enough = table.header.left - table.band.left, table.enough
    key = table.keys[0] - table.band.left if table.keys else -1
    named = table.naming[0] - table.band.left if table.naming else start
    # 合计 may stand where a row says whom it is about, however far right that is.
    stop = min(max(start + LEAD, named + 1), table.header.right - table.band.left + 1)
    leads = [(column, heading) for column, heading in table.leads if column < stop]

    def is_plain(cells: Sequence[Cell]) -> bool:
        width = len(cells)
        if 0 <= key < width:
            number = cells[key]
            if number.__class__ is str and len(number) >= _LONG_NUMBER and cells[start].__class__ is float:
                return words.is_key(number)
        if width - cells.count("") < enough or named >= width or _is_blank(cells[named]):
            return False
        for column, heading in leads:
            if column < width and cells[column] == heading:
                return False
        return not any(
            cell.__class__ is str and words.SUSPECT.search(cell) and words.is_special(cell)
            for cell in cells[start:stop]
        )

    return is_plain


def _is_blank(cell: Cell) -> bool:
    return cell == "" or (cell.__class__ is str and cell.isspace())
