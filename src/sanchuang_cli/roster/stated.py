"""Reads what a result states on its own pages: the figures of 首页 and of 分乡镇汇总表, who is late, and which caps were exceeded.

Nothing is worked out anew. A number is taken as it stands, and it is money where its cell has the format of money.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sanchuang_cli import deadlines
from sanchuang_cli.domain.stated.values import StatedFigure, StatedResult, TownshipFigure
from sanchuang_cli.finding import Place
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field
from sanchuang_cli.report import cells, front_page
from sanchuang_cli.report.worklists import DOUBTS
from sanchuang_cli.roster.cells.parsers import parser
from sanchuang_cli.roster.cells.troubles import Parsed
from sanchuang_cli.roster.results import Result
from sanchuang_cli.roster.tables.dropped import laid_out
from sanchuang_cli.tally import ASIDE
from sanchuang_cli.usual_pages import TOWNSHIPS

_FIRST_OF_TALLY = "读取"
_DAY = parser(Field("最迟", Kind.DATE, ahead=True))


def stated(result: Result) -> StatedResult:
    """All of it."""
    return StatedResult(
        result.programme,
        result.title,
        result.period,
        front_figures(result),
        township_figures(result),
        set_aside(result),
        latest_days(result),
        doubt_codes(result),
    )


def front_figures(result: Result) -> tuple[StatedFigure, ...]:
    """The figures of 首页 that were decided. Those of one name in one block are numbered."""
    stated, times = [], Counter[tuple[str, str]]()
    for place, block, item, many, yuan in _front(result):
        if item == _FIRST_OF_TALLY:
            break
        times[block, item] += 1
        called = item if times[block, item] == 1 else f"{item}（{times[block, item]}）"
        if _is_number(many):
            stated.append(StatedFigure(block, called, False, int(many), str(place)))
        if _is_number(yuan):
            stated.append(StatedFigure(block, called, True, _fen(yuan), str(place)))
    return tuple(stated)


def set_aside(result: Result) -> int:
    """How many rows 首页 says are set aside, over all rosters of the result."""
    return sum(
        int(many) for _, block, item, many, _ in _front(result) if item == ASIDE and block != f"{ASIDE}的原因"
    )


def _front(result: Result) -> Iterator[tuple[Place, str, str, Any, Any]]:
    """The lines of 首页: place, block, item, number, yuan."""
    for sheet in result.book.sheets:
        block = None
        for number, row in enumerate(sheet.rows if sheet.name == front_page.NAME else (), 1):
            if row[:2] and row[0] == "类别":
                block = ""
            elif block is not None:
                block = str(row[0] or block)
                filled = [*row, "", "", "", ""]
                place = Place(result.book.name, sheet.name, number)
                yield place, block, str(filled[1]), filled[2], filled[3]


def township_figures(result: Result) -> tuple[TownshipFigure, ...]:
    """Every number or sum of the pages by township. Shares are left out: they cannot be added up."""
    laid = laid_out(result.book)
    areas = (
        area
        for sheet in laid.book.sheets
        if sheet.name.startswith(TOWNSHIPS)
        for area in laid.of(sheet, laid.book.name).areas
    )
    return tuple(figure for area in areas for figure in _of_area(area))


def _of_area(area: Any) -> Iterator[TownshipFigure]:
    of = area.sheet.name.removeprefix(TOWNSHIPS)
    for row in area.records:
        _, township, *values = area.cells(row)[area.left - 1 :]
        for column, (heading, value) in enumerate(
            zip(area.headings[2:], values, strict=False), area.left + 2
        ):
            shape = area.sheet.number_format(row, column)
            if heading and _is_number(value) and "%" not in shape:
                money = shape == cells.NUMBER_FORMATS[Kind.MONEY]
                yield TownshipFigure(
                    str(township), f"{heading}{of}", money, _fen(value) if money else int(value)
                )


def latest_days(result: Result) -> tuple[VagueDate, ...]:
    """The days on the page 期限 by which somebody must act. A day that comes by itself is nobody's."""
    days = (
        _DAY(line.get("最迟", ""))
        for _, line in result.lines(deadlines.NAME)
        if line.get("情况") != deadlines.BY_ITSELF
    )
    read = (day.value if isinstance(day, Parsed) else day for day in days)
    return tuple(day for day in read if isinstance(day, VagueDate))


def doubt_codes(result: Result) -> tuple[str, ...]:
    """The code of each line of 疑点."""
    return tuple(str(line.get("代码", "")) for _, line in result.lines(DOUBTS))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _fen(yuan: float) -> int:
    return round(Decimal(str(yuan)) * 100)
