"""Looks for filled cells of a sheet that belong to no table: neither record nor heading, nor left out for a reason.

Promise: no filled cell is passed over in silence, even if the tables were recognised wrongly. It only reads the sheet,
and returns at most one warning. Where one table reaches over the whole sheet it takes almost no time.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.roster.grid import Area, Sheet
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.form_words import closes_table, is_value, squeezed
from sanchuang_cli.roster.tables.oddities import letters

Reach = tuple[int, int, int, int]
"""The first and last row and the first and last column that a table reaches over; numbered from 1, both ends included."""
Left = tuple[int, int, tuple[int, ...]]
"""The first and last row of some cells that belong to no table, and the columns that are filled there."""
_MOST_TOLD = 6


def not_accounted(sheet: Sheet, tables: Sequence[tuple[ColumnBand, Area]], book: str) -> Iterator[Finding]:
    """One warning that names the filled cells which no table reaches. A sheet without any table has its own finding."""
    spots = left_over(sheet, [_reach(band, area) for band, area in tables]) if tables else []
    if not spots:
        return
    areas = [area for _, area in tables]
    known = {column for area in areas for column in range(area.left, area.left + len(area.columns))}
    left = list(_without(sheet, spots, {row for area in areas for row in area.records}, known))
    if left:
        first, _, columns = left[0]
        where = "；".join(map(_in_words, left[:_MOST_TOLD])) + ("等处" if len(left) > _MOST_TOLD else "")
        yield Finding(
            "layout.not-accounted",
            Severity.WARNING,
            f"{where}有内容，不在认出的表格里，没有读取",
            Place(book, sheet.name, first, columns[0]),
            mend="是名册的，请移到表头以下，或另放一个工作表；是说明，不必理会。",
        )


def _in_words(left: Left) -> str:
    first, last, columns = left
    rows = f"第{first}行" if first == last else f"第{first}至{last}行"
    return f"{rows}的 {letters(columns)} 列"


def _reach(band: ColumnBand, area: Area) -> Reach:
    """The rows of a table, starting with the lines above its header, over the whole band in which it stands."""
    first, last = area.header_rows
    rows = [first, last, *(row for start, end, _ in area.skipped for row in (start, end))]
    rows += [area.records[0], area.records[-1]] if area.records else []
    return min(rows), max(rows), band.left, band.right


def left_over(sheet: Sheet, reaches: Sequence[Reach]) -> list[Left]:
    """The runs of rows with filled cells that no table reaches, each with its columns."""
    width, height = max(map(len, sheet.rows), default=0), len(sheet.rows)
    # Between two turns the same tables reach over every row, so the free columns are worked out once for all of them.
    turns = sorted({1, height + 1, *(turn for first, last, *_ in reaches for turn in (first, last + 1))})
    spots: list[Left] = []
    for top, below in pairwise(turn for turn in turns if 1 <= turn <= height + 1):
        reached = {
            column
            for first, last, left, right in reaches
            if first <= top <= last
            for column in range(left, min(right, width) + 1)
        }
        free = [column for column in range(1, width + 1) if column not in reached]
        spots += _runs(sheet, range(top, below), free) if free else []
    return spots


def _runs(sheet: Sheet, rows: range, free: Sequence[int]) -> Iterator[Left]:
    """The rows with something in the free columns; rows one below the other are put together."""
    filled = [(row, columns) for row in rows if (columns := _filled(sheet, row, free))]
    # Neighbouring rows keep the same distance from their place in the list: the usual way to group runs of numbers.
    for _, run in groupby(enumerate(filled), lambda numbered: numbered[1][0] - numbered[0]):
        lines = [line for _, line in run]
        yield lines[0][0], lines[-1][0], tuple(sorted({c for _, columns in lines for c in columns}))


def _filled(sheet: Sheet, row: int, columns: Sequence[int]) -> list[int]:
    cells = sheet.rows[row - 1]
    if not cells:
        return []
    return [c for c in columns if c <= len(cells) and cells[c - 1] != "" and squeezed(cells[c - 1])]


def _without(sheet: Sheet, spots: Sequence[Left], records: set[int], known: set[int]) -> Iterator[Left]:
    """The spots that need a warning. Left out are signatures, notes and titles, and columns of a table without a heading:
    those have a warning of their own."""
    unnamed = {
        column
        for first, last, columns in spots
        for column in columns
        if column not in known and any(row in records for row in range(first, last + 1))
    }
    for first, last, columns in spots:
        more = tuple(column for column in columns if column not in unnamed)
        rows = [row for row in range(first, last + 1) if not _is_stated(sheet, row, more)]
        if rows:
            yield rows[0], rows[-1], more


def _is_stated(sheet: Sheet, row: int, columns: Sequence[int]) -> bool:
    """Whether the cells explain themselves: a line that closes a table, or only words or a date."""
    cells = sheet.rows[row - 1]
    filled = [cells[c - 1] for c in columns if c <= len(cells) and squeezed(cells[c - 1])]
    if len(filled) > 1:
        return closes_table(list(map(squeezed, filled)))
    return not filled or isinstance(filled[0], date) or not is_value(filled[0])
