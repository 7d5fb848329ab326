"""Turns what is odd about the tables of a sheet into findings: gaps, sums, stray rows, columns without a heading.

The tables are already known and stay as they are; nothing is left out here. Each finding says what was read or not read.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from sanchuang_cli.finding import Finding, Place, Severity, column_letters
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Area, Sheet, runs
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.form_words import is_label, is_value, squeezed

_NOTABLE_GAP = 3
_MOST_LETTERS = 40


def oddities(sheet: Sheet, areas: Sequence[Area], book: str) -> Iterator[Finding]:
    """The findings about the tables of a sheet, or about its having content and no table."""
    if not areas:
        yield from _without_table(sheet, book)
    for area in areas:
        yield from _gaps(area, book)
        yield from _sums(area, book)
        yield from _below(area, book)
        yield from _unnamed(area, areas, book)
        yield from _data_above(area, book)


def _without_table(sheet: Sheet, book: str) -> Iterator[Finding]:
    """A warning for a sheet with content in which no header was found; an empty sheet needs none."""
    band = ColumnBand(sheet)
    filled = [(row, cells) for row in range(1, band.height + 1) if (cells := band.filled(row))]
    if not filled:
        return
    row, cells = filled[0]
    labels = sum(is_label(cell) for _, line in filled[:60] for _, cell in line)
    if len(filled) > 3 and labels >= 4 and any(len(line) > 1 for _, line in filled):
        what = "像是一张填写用的表格（审批表一类），不是一行一条的名册，没有读取"
    else:
        what = f"有内容（从 {column_letters(cells[0][0])}{row} 起），但找不到表头，没有读取"
    mend = "名册请按“表头一行、每人（每个组织）一行”重排；本来就不是名册的，不必理会。"
    yield Finding(
        "layout.no-table", Severity.WARNING, what, Place(book, sheet.name, row, cells[0][0]), mend=mend
    )


def _gaps(area: Area, book: str) -> Iterator[Finding]:
    """A warning for records that go on below blank rows: they are read, and the finding names the rows."""
    last = area.records[-1] if area.records else 0
    gaps = [
        (first, end)
        for first, end, why in area.skipped
        if why == "blank" and area.header_rows[1] < first and end < last and end - first + 1 >= _NOTABLE_GAP
    ]
    for (first, end), (below, _) in pairwise([*gaps, (last + 1, last)]):
        read = area.records[bisect(area.records, end) : bisect(area.records, below - 1)]
        if not read:
            continue
        rows = f"第{read[0]}行" if len(read) == 1 else f"第{read[0]}至{read[-1]}行"
        yield Finding(
            "layout.gap",
            Severity.WARNING,
            f"第{first}至{end}行是空行，空行以下的{rows}也读了",
            Place(book, area.sheet.name, read[0]),
            mend="请核对空行以下是不是同一张表；不是的请移到别的工作表。",
        )


def _sums(area: Area, book: str) -> Iterator[Finding]:
    """Findings for rows that were left out as sums although no plain 合计 stands first in them."""
    for worded in (True, False):
        rows = sorted(row for row, says in area.sums.items() if says is worded)
        if rows:
            what = "是合计行" if worded else "没有写“合计”，只有数，按合计行处理"
            yield Finding(
                "layout.sum-row",
                Severity.NOTE if worded else Severity.WARNING,
                f"第{runs(rows)}行{what}，未作记录",
                Place(book, area.sheet.name, rows[0]),
                mend="是漏填姓名或名称的，请补上；是合计的，不必理会。",
            )


_OUTSIDE = {"after total": "在合计以下", "below": "在表格最后一行以下"}


def _below(area: Area, book: str) -> Iterator[Finding]:
    """A warning for each run of rows below the total or the last record that was not read."""
    last = area.records[-1] if area.records else 0
    for first, end, why in area.skipped:
        if why in _OUTSIDE:
            rows = f"第{first}行" if first == end else f"第{first}至{end}行"
            where = "在两段表格之间" if why == "below" and end < last else _OUTSIDE[why]
            yield Finding(
                "layout.after-total" if why == "after total" else "layout.below",
                Severity.WARNING,
                f"{rows}{where}，又不像完整的一行，没有读取",
                Place(book, area.sheet.name, first),
                mend="是漏填的人员或组织，请移到合计以上并补全；是说明，不必理会。",
            )


def _unnamed(area: Area, areas: Sequence[Area], book: str) -> Iterator[Finding]:
    """A warning for columns with content but without a heading, in the table or beside it, unless another table has them."""
    known = _named_columns(area)
    for other in areas:
        if other.left > _right(area) or _right(other) < area.left:
            known |= {*range(other.left, _right(other) + 1)}
    beside = [row for first, end, why in area.skipped if why == "beside" for row in range(first, end + 1)]
    numbers = [*area.records, *beside]
    rows = [area.sheet.rows[row - 1] for row in numbers]
    width = max(map(len, rows), default=0)
    first_row = {
        column: row
        for column in range(1, width + 1)
        if column not in known and (row := _first_filled(rows, numbers, column))
    }
    if first_row:
        column = min(first_row)
        yield Finding(
            "layout.unnamed-column",
            Severity.WARNING,
            f"{letters(first_row)} 列有内容而没有表头，没有采用",
            Place(book, area.sheet.name, first_row[column], column),
            mend="请补上表头，或删去没有表头的内容。",
        )


def letters(columns: Iterable[int]) -> str:
    """The letters of columns (B、C、D). Each is named, with no ranges, so that the reader finds every one."""
    called = [column_letters(column) for column in sorted(columns)]
    return "、".join(called[:_MOST_LETTERS]) + ("等" if len(called) > _MOST_LETTERS else "")


def _named_columns(area: Area) -> set[int]:
    """The columns with a name of their own, and those covered by a heading merged over several columns."""
    repeated = {j for j in range(1, len(area.columns)) if area.columns[j] == area.columns[j - 1]}
    return {
        area.left + j
        for j, (name, heading) in enumerate(zip(area.columns, area.headings, strict=True))
        if heading or (name and j in repeated)
    }


def _right(area: Area) -> int:
    return area.left + len(area.columns) - 1


def _first_filled(rows: Sequence[Sequence[Cell]], numbers: Sequence[int], column: int) -> int:
    """The number of the first row with something in the column, 0 for none."""
    at = column - 1
    pairs = zip(numbers, rows, strict=True)
    return next((n for n, row in pairs if at < len(row) and row[at] != "" and squeezed(row[at])), 0)


def _data_above(area: Area, book: str) -> Iterator[Finding]:
    """A warning for rows above the header that look like data, because they are not read."""
    band = ColumnBand(area.sheet)
    wide = max(3, sum(map(bool, area.columns)) * 0.6)
    notes = [run for run in area.skipped if run[2] == "note" and run[1] < area.header_rows[0]]
    rows = [row for first, end, _ in notes for row in range(first, end + 1) if _is_data(band, row, wide)]
    if rows:
        yield Finding(
            "layout.data-above-header",
            Severity.WARNING,
            f"第{runs(rows)}行在表头上面，像是数据，没有读取",
            Place(book, area.sheet.name, rows[0]),
            mend="请把它移到表头以下。",
        )


def _is_data(band: ColumnBand, row: int, wide: float) -> bool:
    """Whether a row looks like data: mostly values, or about as wide as the table with a value among its cells."""
    filled = band.filled(row)
    values = sum(is_value(cell) for _, cell in filled)
    return len(filled) > 2 and (values * 2 > len(filled) or (len(filled) >= wide and values > 0))
