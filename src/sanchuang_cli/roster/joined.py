"""Puts rows under one merged identity number together: they are one person, and each row is a spell of service.

It happens only in a roster whose records hold spells; on a sheet of spells each row is a record of its own. Works on the
rows of one table. Conservation: the rows below the first are kept in it, and are counted with it.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any, NamedTuple

from msgspec import structs

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell, Row, Wanted, shown
from sanchuang_cli.roster.columns.matching import Matching
from sanchuang_cli.roster.grid import Area, runs

_BETWEEN = "；"
_BASIS = "一人一行；身份证号合并在几行上的，几行是同一个人"


class Joined(NamedTuple):
    """The rows with one row for each person. area: its records are the first rows of the people.

    spoilt: the indices of people whose rows contradict one another. findings: one for each person with several rows; an
    error for one who is set aside.
    """

    area: Area
    rows: list[Row]
    spoilt: set[int]
    findings: list[Finding]


def joined(area: Area, rows: list[Row], wanted: Wanted[Any], matching: Matching) -> Joined:
    """The data rows of a table, with those of one person put together."""
    number = next((field.name for field in wanted.fields if field.kind is Kind.IDENTITY), "")
    if number not in matching.matches or all(field.kind is not Kind.SPELLS for field in wanted.fields):
        return Joined(area, rows, set(), [])
    firsts = _firsts(area, area.left + matching.matches[number].column)
    if not firsts:  # nearly every table
        return Joined(area, rows, set(), [])
    people: dict[int, list[Row]] = {}
    for row in rows:
        people.setdefault(firsts.get(row.number, row.number), []).append(row)
    if len(people) == len(rows):
        return Joined(area, rows, set(), [])
    single = _single_valued(area, matching)
    several = {
        first: _as_one(person_rows, number, single)
        for first, person_rows in people.items()
        if len(person_rows) > 1
    }
    persons = [
        several[first][0] if first in several else person_rows[0] for first, person_rows in people.items()
    ]
    findings = [finding for _, finding in several.values()]
    wrong = {finding.place.row for finding in findings if finding.severity is Severity.ERROR}
    spoilt = {at for at, row in enumerate(persons) if row.number in wrong}
    return Joined(replace(area, records=[row.number for row in persons]), persons, spoilt, findings)


def _firsts(area: Area, column: int) -> dict[int, int]:
    """The first row of the merged cell in which each row stands, for the cells of a column that are merged downwards."""
    return {
        row: top
        for top, left, bottom, _ in area.sheet.merges
        if left == column and bottom > top
        for row in range(top, min(bottom, len(area.sheet.rows)) + 1)
    }


def _single_valued(area: Area, matching: Matching) -> dict[int, str]:
    """The fields of which a person has only one value, by column: all but spells and remarks."""
    remarks = {column for column, _ in matching.remarks}
    return {
        area.left + match.column: name
        for name, match in matching.matches.items()
        if match.field.kind is not Kind.SPELLS and match.column not in remarks
    }


def _as_one(rows: Sequence[Row], number: str, single: dict[int, str]) -> tuple[Row, Finding]:
    """The rows of one person as one row, and the finding about it.

    Different texts in a column are joined; in a column of one value they are a contradiction, which the finding names.
    """
    cells: list[Cell] = []
    differing: list[str] = []
    for column, column_cells in enumerate(zip_longest(*(row.cells for row in rows)), 1):
        texts = {
            narrow(shown(cell)): cell for cell in reversed(column_cells) if cell is not None and shown(cell)
        }
        apart = list(reversed(texts.values()))
        if len(apart) > 1 and column in single:
            differing.append(single[column])
        alone = len(apart) < 2 or column in single
        cells.append(next(iter(apart), column_cells[0]) if alone else _BETWEEN.join(map(shown, apart)))
    person_row = structs.replace(rows[0], cells=tuple(cells), joined=tuple(rows[1:]))
    where = f"第 {runs([row.number for row in rows])} 行是同一个人（合并单元格）"
    if differing:
        return person_row, _differ(person_row, differing, where)
    return person_row, (_struck if person_row.beside.struck else _note)(person_row, number, where)


def _note(row: Row, number: str, where: str) -> Finding:
    return Finding(
        "roster.rows-joined",
        Severity.NOTE,
        f"{where}，作一个人读取，各行的任职经历合在一起",
        row.place(number),
        _BASIS,
        "请核对；不是同一个人的，请取消合并，各填各的号码。",
    )


def _struck(row: Row, number: str, where: str) -> Finding:
    return Finding(
        "roster.rows-joined-struck",
        Severity.ERROR,
        f"{where}，其中有划了删除线的内容，不知道哪几段任职算数",
        row.place(number),
        _BASIS,
        "请核对：不算数的，删去内容；算数的，去掉删除线。",
        "合并的几行里有删除线",
    )


def _differ(row: Row, names: Sequence[str], where: str) -> Finding:
    headings = "、".join(row.source.columns[name][1] for name in names)
    return Finding(
        "roster.rows-joined-differ",
        Severity.ERROR,
        f"{where}，各行的{headings}不一致",
        row.place(names[0]),
        _BASIS,
        "请核对，只留正确的内容；几段任职写在任职经历一列，或另放任职经历表；不是同一个人的，请取消合并。",
        "合并的几行内容不一致",
    )
