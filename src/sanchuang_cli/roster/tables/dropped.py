"""Findings about somebody's health: dropped from a book as soon as its tables are known, and seen by nobody after that.

Promise: no later step has such a cell, its comment or its formula, whatever the tables are taken for. All else is read as
if those columns had been sent blank, and a note names each of them, but neither a value nor how many there are. The only
other way to the cells is the one that hands them to a hospital (roster/hospital.py), which opens the file anew.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.record import Beside, Cell
from sanchuang_cli.roster.columns.health import PLAIN, findings_among, is_finding, may_be_another
from sanchuang_cli.roster.grid import Area, Book, Dropped, Sheet
from sanchuang_cli.roster.tables.band import Band
from sanchuang_cli.roster.tables.layout import Layout, layout
from sanchuang_cli.roster.tables.words import is_heading, squeezed

_MOST_ROUNDS = 3
"""A sheet without those cells may be found to have other tables, and those to have such columns."""
_LONGEST = 20
"""A heading is no longer where no table was found; a title is, and what somebody wrote."""
_ABOVE = 3
"""So many rows above a header may hold an upper level of it that was not taken for one."""
_STAYS = re.compile("(?:填报|金额|计量)?单位[:：(（]")
"""What a line above the next table may say where the column stands: 单位：元, 填报单位：青禾镇."""


@dataclass(frozen=True)
class LaidOut:
    """A book without the cells that were dropped, and what was found in each of its sheets."""

    book: Book
    layouts: Mapping[str, Layout]

    def of(self, sheet: Sheet, book: str) -> Layout:
        """The layout of one of its sheets."""
        return self.layouts[sheet.name]


def laid_out(book: Book) -> LaidOut:
    """The tables of a book, without what was found about anybody's health. A note says of each column that it was dropped."""
    done = [_discreet(sheet, book.name) for sheet in book.sheets]
    if not any(sheet.dropped for sheet, _ in done):
        return LaidOut(book, {sheet.name: found for sheet, found in done})
    notes = [note for sheet, _ in done for note in _notes(sheet, book.name)]
    clean = replace(book, sheets=tuple(sheet for sheet, _ in done), findings=(*book.findings, *notes))
    return LaidOut(clean, {sheet.name: found for sheet, found in done})


def _discreet(sheet: Sheet, book: str) -> tuple[Sheet, Layout]:
    """The sheet without its findings, and its tables."""
    found = layout(sheet, book)
    for _ in range(_MOST_ROUNDS):
        new = [one for one in _columns(sheet, found.areas) if one not in sheet.dropped]
        if not new:
            break
        sheet = _without(sheet, new)
        found = layout(sheet, book)
    return sheet, found


def _notes(sheet: Sheet, book: str) -> Iterator[Finding]:
    """One for each column that has a heading."""
    columns = {(one.row, one.column): one.heading for one in sheet.dropped if one.heading}
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
    """The columns of findings: of the tables, and below headings that no table has."""
    band = Band(sheet)
    found = [one for area in areas for one in _of_table(band, area, areas)]
    for row in _apart(sheet, areas):
        for at in _headings(band, row, areas):
            column, _ = band.filled(row)[at]
            new = not any(one.has(row, column) for one in found)
            if new:
                found += _below(band, row, at, areas)
            form = not any(_covers(area, column) for area in areas)
            if new or form:
                found += _answers_to(band, row, at, form)
    return found


def _of_table(band: Band, area: Area, areas: Sequence[Area]) -> Iterator[Dropped]:
    row, above = area.header_rows[1], list(_uppers(band, area))
    names = _with_lower(band, area)
    whole = [
        "/".join(filter(None, [*(over.get(column) for over in above), name]))
        for column, name in enumerate(names, area.left)
    ]
    found = findings_among(whole, _about(area))
    yield from _answers(area, found)
    for at in found:
        column = area.left + at
        yield Dropped(row, column, _last(band, row, column, areas), names[at] or whole[at])
        for beside in range(column + 1, band.width + 1):
            if _is_headed(band, beside, area, areas):
                break
            yield Dropped(row, beside, _last(band, row, beside, areas), "")


def _with_lower(band: Band, area: Area) -> list[str]:
    """The names of a table's columns, with the level right below that was not taken for its header's."""
    below = _lower(band, area)
    return [
        "/".join(filter(None, (name, below.get(column))))
        for column, name in enumerate(area.columns, area.left)
    ]


def _lower(band: Band, area: Area) -> dict[int, str]:
    """The row right below a header where it has nothing but headings in it, findings among them: by column."""
    row = area.header_rows[1] + 1
    texts = {column: _short(cell) for column, cell in band.filled(row) if _covers(area, column)}
    found = findings_among(list(texts.values()), (*area.columns, *_about(area)))
    is_level = found and all(at in found or is_heading(text) for at, text in enumerate(texts.values()))
    return texts if is_level else {}


def _answers(area: Area, found: Sequence[int]) -> Iterator[Dropped]:
    """姓名, 王刚, 主要异常, …: a line of a form that passed for a header; what stands beside a heading answers it."""
    headings = [is_heading(name) or is_finding(name) for name in area.columns]
    if len(headings) > 2 and all(headings[::2]) and not any(headings[1::2]):
        row = area.header_rows[1]
        yield from (Dropped(row - 1, area.left + at + 1, row, "") for at in found if at % 2 == 0)


def _uppers(band: Band, area: Area) -> Iterator[dict[int, str]]:
    """Rows right above the header that hold more than a title, and may be an upper level of it: what stands over each
    column."""
    for row in _above(area):
        filled = band.filled(row)
        if len(filled) > 1:
            ends = {left: right for _, left, _, right in band.merges(row)}
            texts = ((column, _short(cell)) for column, cell in filled)
            yield {
                each: text
                for column, text in texts
                for each in range(column, ends.get(column, column) + 1)
                if text
            }


def _above(area: Area) -> range:
    return range(max(_top(area), area.header_rows[0] - _ABOVE), area.header_rows[0])


def _short(cell: Cell) -> str:
    """What a cell says that is short enough for a heading; "" of any other."""
    return squeezed(cell) if isinstance(cell, str) and len(cell) <= _LONGEST else ""


def _about(area: Area) -> list[str]:
    """The sheet's name and what stands above the table."""
    above = (cell for row in area.sheet.rows[_top(area) - 1 : area.header_rows[0] - 1] for cell in row)
    return [area.sheet.name, *(cell for cell in above if isinstance(cell, str))]


def _top(area: Area) -> int:
    """The first row that belongs to the table, titles included."""
    return min([area.header_rows[0], *(first for first, _, _ in area.skipped[:1])])


def _last(band: Band, row: int, column: int, areas: Sequence[Area]) -> int:
    """The last row before another table's header over the column, or of the sheet."""
    below = [area.header_rows[0] for area in areas if area.header_rows[0] > row and _covers(area, column)]
    return min(below, default=band.height + 1) - 1


def _covers(area: Area, column: int) -> bool:
    return area.left <= column < area.left + len(area.columns)


def _is_headed(band: Band, column: int, own: Area, areas: Sequence[Area]) -> bool:
    """Whether the table has a heading over the column, one beside it has it, or nothing stands in it: no finding can have
    run over into it."""
    if any(_covers(area, column) and _is_beside(area, own) for area in areas if area is not own):
        return True
    if _covers(own, column):
        return bool(own.columns[column - own.left])
    return not any(len(row) >= column and squeezed(row[column - 1]) for row in band.rows)


def _is_beside(area: Area, own: Area) -> bool:
    """Whether a table begins no lower than another, and goes on beside it."""
    last = area.records[-1] if area.records else area.header_rows[1]
    return area.header_rows[0] <= own.header_rows[1] <= last


def _apart(sheet: Sheet, areas: Sequence[Area]) -> Iterator[int]:
    """The rows that may hold a heading although no table's header does: those that are no records, and records that
    begin with words and hold one."""
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
    """The rows among the records that begin with words where the table begins, and not with a running number."""
    if not area.records:
        return []
    at, first, last = area.left - 1, area.records[0], area.records[-1]
    lines = enumerate(area.sheet.rows[first - 1 : last], first)
    return [row for row, cells in lines if len(cells) > at and cells[at].__class__ is str]


def _headings(band: Band, row: int, areas: Sequence[Area]) -> list[int]:
    """Where among the filled cells of a row that is no table's header headings of findings stand. In a record only where
    others stand beside them: a header that passed for one."""
    filled = band.filled(row)
    texts = [_short(cell) for _, cell in filled] if len(filled) > 1 else []
    found = [at for at in findings_among(texts, [band.sheet.name]) if _is_alone(texts[at])]
    heads = sum(at in found or is_heading(cell) for at, (_, cell) in enumerate(filled))
    return found if heads > 1 or not any(_has_record(area, row) for area in areas) else []


def _is_alone(text: str) -> bool:
    """Whether a text is a heading and not what was found: of a certain word, or of nothing but a general one."""
    return is_finding(text) or not findings_among([text])


def _has_record(area: Area, row: int) -> bool:
    at = bisect_left(area.records, row)
    return at < len(area.records) and area.records[at] == row


def _below(band: Band, row: int, at: int, areas: Sequence[Area]) -> Iterator[Dropped]:
    """The column, or columns, below a heading in no table's header."""
    column, heading = band.filled(row)[at]
    right = max([column, *(end for _, left, _, end in band.merges(row) if left == column)])
    for each in range(column, right + 1):
        yield Dropped(row, each, _last(band, row, each, areas), squeezed(heading))


def _answers_to(band: Band, row: int, at: int, form: bool) -> Iterator[Dropped]:
    """What answers such a heading on its line: all up to the next one. form: no table reaches there, and what stands right
    beside it is an answer even where it ends as headings do."""
    for step, (column, cell) in enumerate(band.filled(row)[at + 1 :]):
        if is_finding(_short(cell)) or (is_heading(cell) and not (form and step == 0)):
            break
        yield Dropped(row - 1, column, row, "")


def _without(sheet: Sheet, dropped: Sequence[Dropped]) -> Sheet:
    """The sheet with those cells blank, their comments and formulas gone."""
    whole = (*sheet.dropped, *dropped)

    def formula(row: int, column: int, told: Callable[[int, int], str] = sheet.formula) -> str:
        return "" if any(one.has(row, column) for one in whole) else told(row, column)

    rows = [_blanked(number, row, dropped) for number, row in enumerate(sheet.rows, 1)]
    beside = {number: _comments(number, one, dropped) for number, one in sheet.beside.items()}
    return replace(sheet, rows=rows, formula=formula, beside=beside, dropped=whole)


def _blanked(number: int, row: Sequence[Cell], dropped: Sequence[Dropped]) -> Sequence[Cell]:
    here = [one for one in dropped if one.row < number <= one.last and one.column <= len(row)]
    if not here:
        return row
    cells = list(row)
    for one in here:
        if not _stays(cells[one.column - 1], one.heading):
            cells[one.column - 1] = ""
    return tuple(cells)


def _stays(cell: Cell, heading: str) -> bool:
    """The heading that comes again on the next page, and what a line above the next table says of that one."""
    text = _short(cell)
    return bool(text) and (text in heading.split("/") or bool(_STAYS.match(text)))


def _comments(number: int, one: Beside, dropped: Sequence[Dropped]) -> Beside:
    columns = {each.column for each in dropped if each.row <= number <= each.last}
    return Beside(
        {column: text for column, text in one.comments.items() if column not in columns},
        {column: all_of_it for column, all_of_it in one.struck.items() if column not in columns},
    )
