"""The tables of a sheet: stacked or side by side, each with its header, its records and why other rows are none.

Promise: no row is lost in silence. Every row of a table is a record or skipped for a stated reason, and a sheet with
content but no table gets a finding.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sanchuang_cli.finding import Finding, Place, Severity, column_letters
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Area, Sheet
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.bodies import body
from sanchuang_cli.roster.tables.headers import header_from
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.rowkinds import Body, Fills, fills_downwards
from sanchuang_cli.roster.tables.words import UNIT, is_label, is_value, squeezed

_MOST_ROWS_SIDE_BY_SIDE = 5000
_MOST_COLUMNS_SIDE_BY_SIDE = 500
_NOTABLE_GAP = 3


@dataclass(frozen=True)
class Layout:
    """The tables found in one sheet, in reading order, and what was odd about it."""

    areas: tuple[Area, ...]
    findings: tuple[Finding, ...]


def layout(sheet: Sheet, book: str = "") -> Layout:
    """Tables and findings of `sheet`; `book` is the file's name for the findings' places."""
    fills = fills_downwards(sheet)
    cells = _cells(sheet, fills)
    areas: list[Area] = []
    for band in _bands(sheet):
        areas += _stacked(sheet, band, fills, cells)
    found = list(_oddities(sheet, areas, book))
    return Layout(tuple(areas), tuple(found))


def _cells(sheet: Sheet, fills: Fills) -> Callable[[int], tuple[Cell, ...]]:
    def cells(row: int) -> tuple[Cell, ...]:
        if row not in fills:
            return tuple(sheet.rows[row - 1])
        line = list(sheet.rows[row - 1])
        for column, value in fills[row]:
            line.extend([""] * (column - len(line)))
            if line[column - 1] == "":
                line[column - 1] = value
        return tuple(line)

    return cells


def _stacked(
    sheet: Sheet, band: Band, fills: Fills, cells: Callable[[int], tuple[Cell, ...]]
) -> Iterator[Area]:
    """Tables one below the other in a band."""
    top, bottom = 1, band.height
    while top <= bottom:
        header = header_from(band, top, bottom)
        if header is None:
            return
        found = body(band, header, fills, bottom)
        above = Body()
        for row in range(top, header.first):
            above.skip(row, _above(band, row))
        yield Area(
            sheet=sheet,
            header_rows=(header.first, header.last),
            left=header.left,
            columns=header.names,
            records=found.records,
            skipped=tuple(above.skipped + found.skipped),
            unit=_unit(band, top, header),
            cells=cells,
        )
        top = found.next_row


def _above(band: Band, row: int) -> str:
    """What stands above a header: titles alone in their row, the rest are notes and 填报单位 lines."""
    filled = band.filled(row)
    if not filled:
        return "blank"
    return "title" if len(filled) == 1 and is_label(filled[0][1]) else "note"


def _unit(band: Band, top: int, header: Header) -> str:
    for row in range(top, header.first):
        for _, cell in band.filled(row):
            said = UNIT.search(squeezed(cell))
            if said:
                return said[1]
    return ""


def _bands(sheet: Sheet) -> list[Band]:
    """The whole sheet, or its parts where empty columns part tables that have headers of their own."""
    whole = Band(sheet)
    if whole.height > _MOST_ROWS_SIDE_BY_SIDE or not 4 < whole.width <= _MOST_COLUMNS_SIDE_BY_SIDE:
        return [whole]
    blocks = _blocks(whole)
    if len(blocks) < 2:
        return [whole]
    parts = [Band(sheet, left, right) for left, right in blocks]
    headers = [header_from(part, 1, part.height) for part in parts]
    if not all(header and len(header.names) > 1 for header in headers):
        return [whole]
    found = [header for header in headers if header]
    if all(_is_apart(first, second) for first, second in pairwise(found)):
        return parts
    return [whole]


def _blocks(band: Band) -> list[tuple[int, int]]:
    """Runs of columns in use, told from rows that hold more than a title."""
    used: set[int] = set()
    for row in range(1, band.height + 1):
        filled = band.filled(row)
        if len(filled) > 1:
            used.update(column for column, _ in filled)
    blocks: list[tuple[int, int]] = []
    for column in sorted(used):
        if blocks and blocks[-1][1] == column - 1:
            blocks[-1] = (blocks[-1][0], column)
        else:
            blocks.append((column, column))
    return [block for block in blocks if block[1] > block[0]] if len(blocks) > 1 else blocks


def _is_apart(first: Header, second: Header) -> bool:
    """Tables of their own, not one table with an empty column: other rows, or the same headings again."""
    if (first.first, first.last) != (second.first, second.last):
        return True
    shared = set(first.names) & set(second.names) - {""}
    return first.names[0] == second.names[0] or 2 * len(shared) >= min(len(first.names), len(second.names))


def _oddities(sheet: Sheet, areas: Sequence[Area], book: str) -> Iterator[Finding]:
    if not areas:
        yield from _without_table(sheet, book)
    for area in areas:
        yield from _gaps(area, book)
        yield from _after_total(area, book)
        yield from _unnamed(area, areas, book)
        yield from _data_above(area, book)


def _without_table(sheet: Sheet, book: str) -> Iterator[Finding]:
    band = Band(sheet)
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
    """Records that go on after blank rows are read, and said to be."""
    last = area.records[-1] if area.records else 0
    for first, end, why in area.skipped:
        if why == "blank" and area.header_rows[1] < first and end < last and end - first + 1 >= _NOTABLE_GAP:
            yield Finding(
                "layout.gap",
                Severity.WARNING,
                f"第{first}至{end}行是空行，空行以下的数据也读了",
                Place(book, area.sheet.name, end + 1),
                mend="请核对空行以下是不是同一张表；不是的请移到别的工作表。",
            )


def _after_total(area: Area, book: str) -> Iterator[Finding]:
    for first, end, why in area.skipped:
        if why == "after total":
            rows = f"第{first}行" if first == end else f"第{first}至{end}行"
            yield Finding(
                "layout.after-total",
                Severity.WARNING,
                f"{rows}在合计以下，又不像完整的一行，没有读取",
                Place(book, area.sheet.name, first),
                mend="是漏填的人员或组织，请移到合计以上并补全；是说明，不必理会。",
            )


def _unnamed(area: Area, areas: Sequence[Area], book: str) -> Iterator[Finding]:
    """Data to the right of the last heading, where no other table stands."""
    right = area.left + len(area.columns) - 1
    if any(other.left > right for other in areas):
        return
    rows = area.sheet.rows
    for row in area.records:
        line = rows[row - 1]
        if len(line) > right and any(map(squeezed, line[right:])):
            column = next(c for c, cell in enumerate(line[right:], right + 1) if squeezed(cell))
            yield Finding(
                "layout.unnamed-column",
                Severity.WARNING,
                f"{column_letters(column)} 列有内容而没有表头，没有采用",
                Place(book, area.sheet.name, row, column),
                mend="请补上这一列的表头，或删去这一列的内容。",
            )
            return


def _data_above(area: Area, book: str) -> Iterator[Finding]:
    """Rows above the header that look like data: never passed over in silence."""
    band = Band(area.sheet)
    for first, end, why in area.skipped:
        if why != "note" or end >= area.header_rows[0]:
            continue
        for row in range(first, end + 1):
            filled = band.filled(row)
            if len(filled) > 2 and sum(is_value(cell) for _, cell in filled) * 2 > len(filled):
                yield Finding(
                    "layout.data-above-header",
                    Severity.WARNING,
                    f"第{row}行在表头上面，像是数据，没有读取",
                    Place(book, area.sheet.name, row),
                    mend="请把它移到表头以下。",
                )
