"""Small sheets for the tests of tables, and the tables that are found in them."""

from collections.abc import Sequence
from typing import Any

from sanchuang_cli.roster.grid import Area, Merge, Sheet
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout, layout

NUMBER = "230227195308151013"
HEAD = ["序号", "乡镇", "姓 名", "性别", "身份证号码", "金额"]


def person(number: int, town: str = "富路镇") -> list[Any]:
    return [float(number), town, "王刚", "男", NUMBER, 1200.0]


def sheet(rows: Sequence[Sequence[Any]], *merges: Merge) -> Sheet:
    return Sheet("表", [["" if cell is None else cell for cell in row] for row in rows], merges)


def layout_of(rows: Sequence[Sequence[Any]], *merges: Merge) -> SheetLayout:
    return layout(sheet(rows, *merges), "a.xlsx")


def only(rows: Sequence[Sequence[Any]], *merges: Merge) -> Area:
    areas = layout_of(rows, *merges).areas
    assert len(areas) == 1, [area.header_rows for area in areas]
    return areas[0]


def why(area: Area, row: int) -> str:
    return next((why for first, last, why in area.skipped if first <= row <= last), "")
