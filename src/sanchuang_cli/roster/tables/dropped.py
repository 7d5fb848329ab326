"""Removes what a check-up found about somebody's health from a book, as soon as the tables of the book are known.

Promise: no later step gets such a cell, its comment or its formula, even if the tables were recognised wrongly. Everything
else is read as if those columns had been sent blank. A note names each column, but no value and no count. Only
roster/hospital_findings.py, which hands the cells to a hospital, reads them; it opens the file anew.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.record import Beside, Cell
from sanchuang_cli.roster.columns.health import PLAIN, findings_among, is_finding, may_be_another
from sanchuang_cli.roster.grid import Area, Book, Dropped, Sheet
from sanchuang_cli.roster.tables.band import ColumnBand
from sanchuang_cli.roster.tables.form_words import is_heading, squeezed
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout, layout

_MOST_ROUNDS = 3
"""Without those cells the sheet may turn out to have other tables with such columns, so it is laid out again, but no more
often than this."""
_LONGEST = 20
"""Outside the headers of tables, a heading has at most so many characters; titles and remarks are longer."""
_ABOVE = 3
"""In so many rows above a header an upper level may stand that was not recognised as one."""
_STAYS = re.compile("(?:填报|金额|计量)?单位[:：(（]")
"""The beginning of a line above the next table, which stays although it stands in the column: 单位：元, 填报单位：青禾镇."""


@dataclass(frozen=True)
class LaidOut:
    """A book without the dropped cells, and the layout of each of its sheets by the name of the sheet."""

    book: Book
    layouts: Mapping[str, SheetLayout]

    def of(self, sheet: Sheet, book: str) -> SheetLayout:
        """The layout of one of its sheets."""
        return self.layouts[sheet.name]


def laid_out(book: Book) -> LaidOut:
    """The book without the columns about health, and its tables. A note names each column that was dropped."""
    cleaned = [_cleaned(sheet, book.name) for sheet in book.sheets]
    layouts = {sheet.name: tables for sheet, tables in cleaned}
    if not any(sheet.dropped for sheet, _ in cleaned):
        return LaidOut(book, layouts)
    notes = [note for sheet, _ in cleaned for note in _notes(sheet, book.name)]
    clean = replace(book, sheets=tuple(sheet for sheet, _ in cleaned), findings=(*book.findings, *notes))
    return LaidOut(clean, layouts)


def _cleaned(sheet: Sheet, book: str) -> tuple[Sheet, SheetLayout]:
    """The sheet without its columns about health, and its layout."""
    tables = layout(sheet, book)
    for _ in range(_MOST_ROUNDS):
        new = [cells for cells in _columns(sheet, tables.areas) if cells not in sheet.dropped]
        if not new:
            break
        sheet = _without(sheet, new)
        tables = layout(sheet, book)
    return sheet, tables


def _notes(sheet: Sheet, book: str) -> Iterator[Finding]:
    """A note for each dropped column with a heading; an error where the heading may mean something else."""
    columns = {(dropped.row, dropped.column): dropped.heading for dropped in sheet.dropped if dropped.heading}
    for (row, column), heading in columns.items():
        yield Finding(
            "roster.health",
            Severity.ERROR if may_be_another(heading) else Severity.NOTE,
            f"“{heading}”是体检发现的健康情况，这一列一律不读，也不带到任何结果里",
            Place(book, sheet.name, row, column, heading),
            "健康情况只由体检机构和本人掌握",
            "报送的名册里请不要带这一列；确是别的内容的，请改列标题。",
        )


def _columns(sheet: Sheet, areas: Sequence[Area]) -> list[Dropped]:
    """The cells to drop from a sheet: columns of its tables, and columns below headings that stand in no table's header."""
    band = ColumnBand(sheet)
    dropped = [cells for area in areas for cells in _of_table(band, area, areas)]
    for row in _apart(sheet, areas):
        for at in _headings(band, row, areas):
            column, _ = band.filled(row)[at]
            new = not any(cells.has(row, column) for cells in dropped)
            if new:
                dropped += _below(band, row, at, areas)
            form = not any(_covers(area, column) for area in areas)
            if new or form:
                dropped += _answers_to(band, row, at, form)
    return dropped


def _of_table(band: ColumnBand, area: Area, areas: Sequence[Area]) -> Iterator[Dropped]:
    """The columns to drop from one table, and the columns without a heading to the right of each."""
    row, above = area.header_rows[1], list(_uppers(band, area))
    names = _with_lower(band, area)
    names_with_levels = [
        "/".join(filter(None, [*(over.get(column) for over in above), name]))
        for column, name in enumerate(names, area.left)
    ]
    findings = findings_among(names_with_levels, _about(area))
    yield from _answers(area, findings)
    for at in findings:
        column = area.left + at
        yield Dropped(row, column, _last(band, row, column, areas), names[at] or names_with_levels[at])
        for beside in range(column + 1, band.width + 1):
            if _is_headed(band, beside, area, areas):
                break
            yield Dropped(row, beside, _last(band, row, beside, areas), "")


def _with_lower(band: ColumnBand, area: Area) -> list[str]:
    """The names of a table's columns, with a lower level that was not recognised as part of the header."""
    below = _lower(band, area)
    return [
        "/".join(filter(None, (name, below.get(column))))
        for column, name in enumerate(area.columns, area.left)
    ]


def _lower(band: ColumnBand, area: Area) -> dict[int, str]:
    """The row right below a header, by column, if it holds only headings and some of them are of health findings."""
    row = area.header_rows[1] + 1
    texts = {column: _short(cell) for column, cell in band.filled(row) if _covers(area, column)}
    findings = findings_among(list(texts.values()), (*area.columns, *_about(area)))
    is_level = findings and all(at in findings or is_heading(text) for at, text in enumerate(texts.values()))
    return texts if is_level else {}


def _answers(area: Area, findings: Sequence[int]) -> Iterator[Dropped]:
    """What stands beside a heading in a line of a form that was taken for a header: 姓名, 王刚, 主要异常, …."""
    headings = [is_heading(name) or is_finding(name) for name in area.columns]
    if len(headings) > 2 and all(headings[::2]) and not any(headings[1::2]):
        row = area.header_rows[1]
        yield from (Dropped(row - 1, area.left + at + 1, row, "") for at in findings if at % 2 == 0)


def _uppers(band: ColumnBand, area: Area) -> Iterator[dict[int, str]]:
    """The rows right above the header that may be an upper level of it: for each, the text over each column.

    A row with a single cell is a title and does not count.
    """
    for row in _above(area):
        filled = band.filled(row)
        if len(filled) > 1:
            ends = {left: right for _, left, _, right in band.merges(row)}
            texts = ((column, _short(cell)) for column, cell in filled)
            yield {
                covered: text
                for column, text in texts
                for covered in range(column, ends.get(column, column) + 1)
                if text
            }


def _above(area: Area) -> range:
    return range(max(_top(area), area.header_rows[0] - _ABOVE), area.header_rows[0])


def _short(cell: Cell) -> str:
    """The text of a cell if it is short enough for a heading, else ""."""
    return squeezed(cell) if isinstance(cell, str) and len(cell) <= _LONGEST else ""


def _about(area: Area) -> list[str]:
    """What else may say that a table is about check-ups: the name of its sheet, and the texts above its header."""
    above = (cell for row in area.sheet.rows[_top(area) - 1 : area.header_rows[0] - 1] for cell in row)
    return [area.sheet.name, *(cell for cell in above if isinstance(cell, str))]


def _top(area: Area) -> int:
    """The first row that belongs to the table, titles included."""
    return min([area.header_rows[0], *(first for first, _, _ in area.skipped[:1])])


def _last(band: ColumnBand, row: int, column: int, areas: Sequence[Area]) -> int:
    """The last row of the sheet, or the one above the next table whose header stands over the column."""
    below = [area.header_rows[0] for area in areas if area.header_rows[0] > row and _covers(area, column)]
    return min(below, default=band.height + 1) - 1


def _covers(area: Area, column: int) -> bool:
    return area.left <= column < area.left + len(area.columns)


def _is_headed(band: ColumnBand, column: int, table: Area, areas: Sequence[Area]) -> bool:
    """Whether no finding can have run over into a column: it has a heading, it belongs to a table beside, or it is blank."""
    if any(_covers(area, column) and _is_beside(area, table) for area in areas if area is not table):
        return True
    if _covers(table, column):
        return bool(table.columns[column - table.left])
    return not any(len(row) >= column and squeezed(row[column - 1]) for row in band.rows)


def _is_beside(area: Area, table: Area) -> bool:
    """Whether a table begins no lower than another, and goes on beside it."""
    last = area.records[-1] if area.records else area.header_rows[1]
    return area.header_rows[0] <= table.header_rows[1] <= last


def _apart(sheet: Sheet, areas: Sequence[Area]) -> Iterator[int]:
    """The rows outside all headers that may still hold a heading of findings: rows that are no records, and records that
    begin with words and hold one of the plainest headings.

    A file may have 100,000 rows, so the rows are marked in an array of bytes instead of being looked at one by one.
    """
    rows = sheet.rows
    taken = bytearray(len(rows) + 2)
    for area in areas:
        first, last = (area.records[0], area.records[-1]) if area.records else (1, 0)
        taken[first : last + 1] = b"\1" * (last + 1 - first)
    for area in areas:
        for row in _worded(area):
            taken[row] &= PLAIN.isdisjoint(rows[row - 1])
        for first, last, _ in area.skipped:
            taken[first : last + 1] = bytes(last + 1 - first)
    for area in areas:
        for row in (*_above(area), *range(area.header_rows[0], area.header_rows[1] + 1)):
            taken[row] = True
    row = taken.find(0, 1)
    while 0 < row <= len(rows):
        yield row
        row = taken.find(0, row + 1)


def _worded(area: Area) -> list[int]:
    """The records whose first cell holds words and not a running number."""
    if not area.records:
        return []
    at, first, last = area.left - 1, area.records[0], area.records[-1]
    lines = enumerate(area.sheet.rows[first - 1 : last], first)
    return [row for row, cells in lines if len(cells) > at and cells[at].__class__ is str]


def _headings(band: ColumnBand, row: int, areas: Sequence[Area]) -> list[int]:
    """The places, among the filled cells of a row outside all headers, of headings of findings.

    In a record they count only beside other headings: then the row is a header that was taken for a record.
    """
    filled = band.filled(row)
    if len(filled) < 2:
        return []
    texts = [_short(cell) for _, cell in filled]
    findings = [at for at in findings_among(texts, [band.sheet.name]) if _is_alone(texts[at])]
    heads = sum(at in findings or is_heading(cell) for at, (_, cell) in enumerate(filled))
    return findings if heads > 1 or not any(_has_record(area, row) for area in areas) else []


def _is_alone(text: str) -> bool:
    """Whether a text is a heading and not itself a finding, when it stands outside a table."""
    return is_finding(text) or not findings_among([text])


def _has_record(area: Area, row: int) -> bool:
    """Whether the row is a record of the table."""
    at = bisect_left(area.records, row)
    return at < len(area.records) and area.records[at] == row


def _below(band: ColumnBand, row: int, at: int, areas: Sequence[Area]) -> Iterator[Dropped]:
    """The cells below a heading that stands in no table's header; several columns where the heading is merged."""
    column, heading = band.filled(row)[at]
    right = max([column, *(end for _, left, _, end in band.merges(row) if left == column)])
    for beside in range(column, right + 1):
        yield Dropped(row, beside, _last(band, row, beside, areas), squeezed(heading))


def _answers_to(band: ColumnBand, row: int, at: int, form: bool) -> Iterator[Dropped]:
    """The answers to such a heading on its own line: the cells up to the next heading.

    form: no table reaches there. Then the cell right beside the heading is an answer even if it looks like a heading.
    """
    for step, (column, cell) in enumerate(band.filled(row)[at + 1 :]):
        if is_finding(_short(cell)) or (is_heading(cell) and not (form and step == 0)):
            break
        yield Dropped(row - 1, column, row, "")


def _without(sheet: Sheet, dropped: Sequence[Dropped]) -> Sheet:
    """The sheet with those cells blank and without their comments and formulas."""
    all_dropped = (*sheet.dropped, *dropped)
    formula_before = sheet.formula

    def formula(row: int, column: int) -> str:
        return "" if any(cells.has(row, column) for cells in all_dropped) else formula_before(row, column)

    rows = [_blanked(number, row, dropped) for number, row in enumerate(sheet.rows, 1)]
    beside = {number: _comments(number, comments, dropped) for number, comments in sheet.beside.items()}
    return replace(sheet, rows=rows, formula=formula, beside=beside, dropped=all_dropped)


def _blanked(number: int, row: Sequence[Cell], dropped: Sequence[Dropped]) -> Sequence[Cell]:
    """A row with its dropped cells blank. number: of the row in the sheet."""
    columns = [
        (column, heading)
        for first, column, last, heading in dropped
        if first < number <= last and column <= len(row)
    ]
    if not columns:
        return row
    cells = list(row)
    for column, heading in columns:
        if not _stays(cells[column - 1], heading):
            cells[column - 1] = ""
    return tuple(cells)


def _stays(cell: Cell, heading: str) -> bool:
    """Whether a cell in the column stays: the heading repeated on the next page, or a line above the next table."""
    text = _short(cell)
    return bool(text) and (text in heading.split("/") or bool(_STAYS.match(text)))


def _comments(number: int, beside: Beside, dropped: Sequence[Dropped]) -> Beside:
    """The comments and strikes of a row without those of its dropped cells."""
    columns = {column for first, column, last, _ in dropped if first <= number <= last}
    return Beside(
        {column: text for column, text in beside.comments.items() if column not in columns},
        {column: all_of_it for column, all_of_it in beside.struck.items() if column not in columns},
    )
