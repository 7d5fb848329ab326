"""Goes through the rows below a header once, from top to bottom, and sorts them into records and skipped rows.

A full row without a suspicious word is a record at the first glance. rowkinds.py looks closely at every other row, and
endings.py corrects what can be known only when the whole table has been seen.
"""

from collections.abc import Callable, Sequence

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.tables import form_words
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.endings import settle
from sanchuang_cli.roster.tables.found_table import Body, Fills, FoundTable
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.rowkinds import why_not
from sanchuang_cli.roster.tables.sums import LEAD

_FIRST_ROWS = 3
_LONG_NUMBER = 15


def body(band: ColumnBand, header: Header, fills: Fills, bottom: int, titles: Sequence[str] = ()) -> Body:
    """All rows under `header` down to the next table in the band. titles: the lines above the header."""
    table = FoundTable(band, header, fills, bottom, titles)
    result = Body(next_row=bottom + 1)
    rows, full_width = band.rows, band.whole
    is_plain = _plain(table)
    # The first rows, and the row after each skipped one, get no quick glance: there the units, the column numbers and
    # the notes stand.
    look_closely = _FIRST_ROWS
    for row in range(header.last + 1, bottom + 1):
        cells = rows[row - 1] if full_width else band.cells(row)
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


def _plain(table: FoundTable) -> Callable[[Sequence[Cell]], bool]:
    """Makes the test for a record at the first glance: it has its number and identity number, or is full of plain words.

    It runs for each row of files with 100,000 rows, so everything that does not depend on the row is worked out before.
    """
    start, enough = table.header.left - table.band.left, table.enough
    key = table.keys[0] - table.band.left if table.keys else -1
    named = table.naming[0] - table.band.left if table.naming else start
    # 合计 often stands in the naming column, so the cells are searched for it at least that far to the right.
    stop = min(max(start + LEAD, named + 1), table.header.right - table.band.left + 1)
    leads = [(column, heading) for column, heading in table.leads if column < stop]

    def is_plain(cells: Sequence[Cell]) -> bool:
        width = len(cells)
        if 0 <= key < width:
            number = cells[key]
            if number.__class__ is str and len(number) >= _LONG_NUMBER and cells[start].__class__ is float:
                return form_words.is_key(number)
        if width - cells.count("") < enough or named >= width or _is_blank(cells[named]):
            return False
        for column, heading in leads:
            if column < width and cells[column] == heading:
                return False
        return not any(
            cell.__class__ is str and form_words.SUSPECT.search(cell) and form_words.is_special(cell)
            for cell in cells[start:stop]
        )

    return is_plain


def _is_blank(cell: Cell) -> bool:
    return cell == "" or (cell.__class__ is str and cell.isspace())
