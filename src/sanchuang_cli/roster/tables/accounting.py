"""What of a sheet no table has: its cells are neither records nor headings, nor left out for a stated reason.

Promise: nothing that is filled in is passed over in silence, whatever the tables were taken for. It costs next to nothing
where one table reaches over the whole sheet.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.roster.grid import Area, Sheet
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.oddities import letters
from sanchuang_cli.roster.tables.words import closes_table, is_value, squeezed

Reach = tuple[int, int, int, int]
"""First and last row, first and last column, from 1 and inclusive."""
Left = tuple[int, int, tuple[int, ...]]
"""First and last row, and the columns that are filled there."""
_MOST_TOLD = 6


def not_accounted(sheet: Sheet, tables: Sequence[tuple[Band, Area]], book: str) -> Iterator[Finding]:
    """One warning that names what is filled and in no table's reach. A sheet without tables has its own."""
    found = left_over(sheet, [_reach(band, area) for band, area in tables]) if tables else []
    if not found:
        return
    areas = [area for _, area in tables]
    known = {column for area in areas for column in range(area.left, area.left + len(area.columns))}
    left = list(_without(sheet, found, {row for area in areas for row in area.records}, known))
    if left:
        first, _, columns = left[0]
        where = "；".join(map(_said, left[:_MOST_TOLD])) + ("等处" if len(left) > _MOST_TOLD else "")
        yield Finding(
            "layout.not-accounted",
            Severity.WARNING,
            f"{where}有内容，不在认出的表格里，没有读取",
            Place(book, sheet.name, first, columns[0]),
            mend="是名册的，请移到表头以下，或另放一个工作表；是说明，不必理会。",
        )


def _said(left: Left) -> str:
    first, last, columns = left
    rows = f"第{first}行" if first == last else f"第{first}至{last}行"
    return f"{rows}的 {letters(columns)} 列"


def _reach(band: Band, area: Area) -> Reach:
    """The rows of a table, from the lines above its header on, over the whole band in which it stands."""
    first, last = area.header_rows
    rows = [first, last, *(row for start, end, _ in area.skipped for row in (start, end))]
    rows += [area.records[0], area.records[-1]] if area.records else []
    return min(rows), max(rows), band.left, band.right


def left_over(sheet: Sheet, reaches: Sequence[Reach]) -> list[Left]:
    """Runs of rows with filled cells that none of the tables reaches, each with its columns."""
    width, height = max(map(len, sheet.rows), default=0), len(sheet.rows)
    turns = sorted({1, height + 1, *(turn for first, last, *_ in reaches for turn in (first, last + 1))})
    found: list[Left] = []
    for top, below in pairwise(turn for turn in turns if 1 <= turn <= height + 1):
        reached = {
            column
            for first, last, left, right in reaches
            if first <= top <= last
            for column in range(left, min(right, width) + 1)
        }
        free = [column for column in range(1, width + 1) if column not in reached]
        found += _runs(sheet, range(top, below), free) if free else []
    return found


def _runs(sheet: Sheet, rows: range, free: Sequence[int]) -> Iterator[Left]:
    """Rows one below the other in which something stands in the free columns."""
    filled = [(row, columns) for row in rows if (columns := _filled(sheet, row, free))]
    for _, run in groupby(enumerate(filled), lambda one: one[1][0] - one[0]):
        lines = [line for _, line in run]
        yield lines[0][0], lines[-1][0], tuple(sorted({c for _, columns in lines for c in columns}))


def _filled(sheet: Sheet, row: int, columns: Sequence[int]) -> list[int]:
    cells = sheet.rows[row - 1]
    if not cells:
        return []
    return [c for c in columns if c <= len(cells) and cells[c - 1] != "" and squeezed(cells[c - 1])]


def _without(sheet: Sheet, found: Sequence[Left], records: set[int], known: set[int]) -> Iterator[Left]:
    """Of what is left over, what is neither a signature, a note or a title, nor in a column told to have no heading."""
    told = {
        column
        for first, last, columns in found
        for column in columns
        if column not in known and any(row in records for row in range(first, last + 1))
    }
    for first, last, columns in found:
        more = tuple(column for column in columns if column not in told)
        rows = [row for row in range(first, last + 1) if not _is_stated(sheet, row, more)]
        if rows:
            yield rows[0], rows[-1], more


def _is_stated(sheet: Sheet, row: int, columns: Sequence[int]) -> bool:
    """Whether the row says there what it is: a line that closes a table, or words or a day alone."""
    cells = sheet.rows[row - 1]
    filled = [cells[c - 1] for c in columns if c <= len(cells) and squeezed(cells[c - 1])]
    if len(filled) > 1:
        return closes_table(list(map(squeezed, filled)))
    return not filled or isinstance(filled[0], date) or not is_value(filled[0])
