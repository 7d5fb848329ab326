"""Finds the tables of a sheet, stacked or side by side: the header, the records and the skipped rows of each.

The other modules of this folder do the parts; this one puts them together. Promise: no row is lost in silence. Every row
of a table is a record or is skipped for a stated reason, and a sheet with content but without a table gets a finding.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sanchuang_cli.finding import Finding
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.grid import Area, Sheet
from sanchuang_cli.roster.tables.accounting import not_accounted
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.bodies import body
from sanchuang_cli.roster.tables.form_words import UNIT, is_heading, is_label, squeezed
from sanchuang_cli.roster.tables.found_table import Body, Fills, fills_downwards
from sanchuang_cli.roster.tables.headers import header_from
from sanchuang_cli.roster.tables.naming import Header
from sanchuang_cli.roster.tables.oddities import oddities
from sanchuang_cli.roster.tables.side_by_side import bands, repeated


@dataclass(frozen=True)
class SheetLayout:
    """The tables of one sheet in reading order, and the findings about the sheet."""

    areas: tuple[Area, ...]
    findings: tuple[Finding, ...]


def layout(sheet: Sheet, book: str = "") -> SheetLayout:
    """The tables and findings of a sheet. book: the file's name, which the findings give as their place."""
    fills = fills_downwards(sheet)
    cells = _cells(sheet, fills)
    tables = [table for band in bands(sheet) for table in _stacked(band, (1, band.height), fills, cells)]
    areas = tuple(area for _, area in tables)
    findings = [*oddities(sheet, areas, book), *not_accounted(sheet, tables, book)]
    return SheetLayout(areas, tuple(findings))


def _cells(sheet: Sheet, fills: Fills) -> Callable[[int], tuple[Cell, ...]]:
    """Makes the function that gives a row with the cells filled in that are merged downwards from a row above."""

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
    band: ColumnBand, rows: tuple[int, int], fills: Fills, cells: Callable[[int], tuple[Cell, ...]]
) -> Iterator[tuple[ColumnBand, Area]]:
    """The tables of a band, from top to bottom, each with the band that it takes up.

    Lists of people that stand side by side under one header are tables of their own, in narrower bands.
    """
    top, bottom = rows
    while top <= bottom:
        header = header_from(band, top, bottom)
        if header is None:
            return
        blocks = [ColumnBand(band.sheet, left, right) for left, right in repeated(band, header)]
        if not blocks:
            area, top = _table(band, header, (top, bottom), fills, cells)
            yield band, area
            continue
        last = _common_end(blocks, header, (top, bottom), fills, cells)
        for block in blocks:
            yield from _stacked(block, (top, last), fills, cells)
        top = last + 1


def _common_end(
    blocks: Sequence[ColumnBand],
    header: Header,
    rows: tuple[int, int],
    fills: Fills,
    cells: Callable[[int], tuple[Cell, ...]],
) -> int:
    """The last row that lists side by side have in common: where the next table below them begins, they end.

    If one of them goes on beside that table, they all reach to the last row. What stands under headings of that table goes on
    with nothing.
    """
    top, bottom = rows
    heads = [(block, header_from(block, header.first, bottom)) for block in blocks]
    lists = [_table(block, head, (top, bottom), fills, cells) for block, head in heads if head]
    last = min((below for _, below in lists), default=bottom + 1) - 1
    goes_on = any(area.records and area.records[-1] > last for area, _ in lists)
    if goes_on and last < bottom and _heads_all(blocks, last + 1, bottom):
        goes_on = False
    return bottom if goes_on else max(last, header.last)


def _heads_all(blocks: Sequence[ColumnBand], top: int, bottom: int) -> bool:
    """Whether the table that begins in row `top` or below it has headings, and headings alone, in every block that its header
    reaches, and in more than the first."""
    band = ColumnBand(blocks[0].sheet, blocks[0].left, blocks[-1].right)
    header = header_from(band, top, bottom)
    row = dict(band.filled(header.first)) if header else {}
    beyond = [cell for column, cell in row.items() if column > blocks[0].right]
    return bool(beyond) and all(map(is_label, beyond)) and any(map(is_heading, beyond))


def _table(
    band: ColumnBand,
    header: Header,
    rows: tuple[int, int],
    fills: Fills,
    cells: Callable[[int], tuple[Cell, ...]],
) -> tuple[Area, int]:
    """The table below a header, and the row where the next one may begin. rows: the first and last that it may use."""
    top, bottom = rows
    above = Body()
    titles = []
    for row in range(top, header.first):
        above.skip(row, _above(band, row))
        titles += [squeezed(cell) for _, cell in band.filled(row)]
    below = body(band, header, fills, bottom, titles)
    area = Area(
        sheet=band.sheet,
        header_rows=(header.first, header.last),
        left=header.left,
        columns=header.names,
        records=below.records,
        skipped=tuple(above.skipped + below.skipped),
        unit=_unit(band, top, header),
        cells=cells,
        sums=below.sums,
    )
    return area, below.next_row


def _above(band: ColumnBand, row: int) -> str:
    """Why a row above the header is no record: a title stands alone in its row, the rest are notes and 填报单位 lines."""
    filled = band.filled(row)
    if not filled:
        return "blank"
    return "title" if len(filled) == 1 and is_label(filled[0][1]) else "note"


def _unit(band: ColumnBand, top: int, header: Header) -> str:
    """The unit of money that a line above the header states (单位：万元), "" for none."""
    for row in range(top, header.first):
        for _, cell in band.filled(row):
            unit = UNIT.search(squeezed(cell))
            if unit:
                return unit[1]
    return ""
