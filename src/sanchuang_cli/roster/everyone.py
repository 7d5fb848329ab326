"""Reads every line of any workbook that names a person, whatever kind of list it is, for the file of one person.

A line is not understood as a record: its cells stand as they were written, under their usual headings. Findings about health
were dropped before (tables/dropped.py), and so were the pages on which a result tells what was odd.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sanchuang_cli.domain.partial import is_whole
from sanchuang_cli.finding import Place
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell, Field, shown
from sanchuang_cli.roster.cells.parsers import parser
from sanchuang_cli.roster.cells.troubles import Parsed
from sanchuang_cli.roster.columns.aliases import ALIASES
from sanchuang_cli.roster.columns.headings import key
from sanchuang_cli.roster.grid import Area, Book
from sanchuang_cli.roster.tables.dropped import laid_out

_LEFT_OUT = frozenset({"首页", "疑点", "来源", "填表说明", "来源栏目"})
_NUMBER = parser(Field("身份证号", Kind.IDENTITY, partial=True))
_UNITS = ("村", "所在党支部", "支部", "党组织名称", "单位")
_COUNTED, _MEASURE = frozenset({"数量", "时长", "培训时长"}), "计量单位"
"""Headings of amounts, and what 单位 means beside one."""


class PersonLine(NamedTuple):
    """A line that names somebody. identity: the whole number, "" where there is none or it cannot be read. part: of a number that
    is masked or damaged what is left, as domain.partial writes it. unit: village or branch. cells: by usual heading, as written;
    blank ones are left out. told: the heading that stands there, the cell, and the usual heading."""

    place: Place
    name: str
    identity: str
    township: str
    unit: str
    cells: Mapping[str, str]
    told: tuple[tuple[str, str, str], ...]
    part: str = ""


def lines_of(book: Book) -> Iterator[PersonLine]:
    """Every line of a book that has a name or an identity number."""
    laid = laid_out(book)
    for sheet in laid.book.sheets:
        if sheet.name.partition("(")[0] not in _LEFT_OUT:
            for area in laid.of(sheet, book.name).areas:
                yield from _of_table(laid.book.name, area)


def _of_table(book: str, area: Area) -> Iterator[PersonLine]:
    headings = _headings(area.headings)
    if not {"姓名", "身份证号"} & set(headings) or _is_of_ballots(area.headings):
        return
    for row in area.records:
        written = area.cells(row)[area.left - 1 :]
        filled = [
            (heading, shown(cell), known)
            for heading, cell, known in zip(area.headings, written, headings, strict=False)
            if heading and cell not in (None, "")
        ]
        cells = {known: text for _, text, known in filled}
        name = "".join(cells.get("姓名", "").split())
        number = _identity(dict(zip(headings, written, strict=False)).get("身份证号", ""))
        identity = number if is_whole(number) else ""
        if name or identity:
            place = Place(book, area.sheet.name, row)
            unit = next((cells[each] for each in _UNITS if each in cells), "")
            yield PersonLine(
                place,
                name,
                identity,
                cells.get("乡镇", ""),
                unit,
                cells,
                tuple(filled),
                "" if identity else number,
            )


def _headings(written: Sequence[str]) -> list[str]:
    """The usual headings of a table. Beside an amount 单位 says in what it is counted, and not where somebody belongs."""
    measured = any(usual(heading) in _COUNTED for heading in written)
    return [
        _MEASURE if measured and heading.rpartition("/")[2].strip() == "单位" else usual(heading)
        for heading in written
    ]


def _is_of_ballots(headings: Iterable[str]) -> bool:
    """Whether a table has a line for each ballot: who cast what is nobody's to read."""
    written = {key(heading) for heading in headings}
    return "评议人" in written or {"票号", "等次"} <= written


def _identity(cell: Cell) -> str:
    """The identity number in a cell, or the part of it that can be read; "" where there is none."""
    read = _NUMBER(cell)
    value = read.value if isinstance(read, Parsed) else read
    return value if isinstance(value, str) else ""


@cache
def usual(heading: str) -> str:
    """The usual heading for one that a town may have written: 入党日期 for 入党时间, the lowest level of several."""
    last = heading.rpartition("/")[2]
    return _usual_by_key().get(key(last), last)


@cache
def _usual_by_key() -> dict[str, str]:
    return {key(word): known for known, others in ALIASES.items() for word in (known, *others)}
