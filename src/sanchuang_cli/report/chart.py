"""Native charts, readable when printed in black and white: every series has a grey or a pattern of its own."""

from typing import Any

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.workbook import Workbook

from sanchuang_cli.report.page import Range
from sanchuang_cli.report.styles import BODY_FONT, HEAD_FONT
from sanchuang_cli.report.table import Chart, Table

HEIGHT = 300
"""Pixels."""

_KINDS: dict[str, dict[str, Any]] = {
    "column": {"type": "column"},
    "bar": {"type": "bar"},
    "stacked": {"type": "column", "subtype": "stacked"},
}
_FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": "#404040"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "black", "bg_color": "white"}},
    {"fill": {"color": "#BFBFBF"}},
    {"pattern": {"pattern": "large_grid", "fg_color": "black", "bg_color": "white"}},
    {"fill": {"color": "white"}},
    {"pattern": {"pattern": "percent_50", "fg_color": "black", "bg_color": "white"}},
    {"pattern": {"pattern": "narrow_horizontal", "fg_color": "black", "bg_color": "white"}},
)


def native(book: Workbook, chart: Chart, table: Table, rows: Range, width: int) -> NativeChart:
    """The chart over the cells of `rows`, `width` pixels wide."""
    made = book.add_chart(_KINDS[chart.kind])
    categories = table.index(chart.categories)
    for k, (name, label) in enumerate(zip(chart.values, _labels(chart, table), strict=True)):
        j = table.index(name)
        series = {
            "name": label,
            "categories": [rows.sheet, rows.first, categories, rows.last, categories],
            "values": [rows.sheet, rows.first, j, rows.last, j],
            "border": {"color": "black", "width": 0.75},
            "gap": 60,
        }
        if chart.kind != "stacked":
            series["data_labels"] = {"value": True, "font": _font(BODY_FONT, 9)}
        made.add_series(series | _FILLS[k % len(_FILLS)])
    made.set_title({"name": chart.title, "name_font": _font(HEAD_FONT, 14, bold=True), "overlay": False})
    _set_axes(made, lying=chart.kind == "bar")
    if len(chart.values) > 1:
        made.set_legend({"position": "bottom", "font": _font(BODY_FONT, 9)})
    else:
        made.set_legend({"none": True})
    made.set_size({"width": width, "height": HEIGHT})
    return made


def _set_axes(made: NativeChart, *, lying: bool) -> None:
    """Categories from left to right, or from top to bottom where the columns lie and carry their values."""
    categories: dict[str, Any] = {"num_font": _font(BODY_FONT, 9), "major_gridlines": {"visible": False}}
    values = categories | {"major_gridlines": {"visible": True, "line": {"color": "#BFBFBF"}}}
    if lying:
        made.set_x_axis(categories | {"visible": False})
        made.set_y_axis(categories | {"reverse": True})
    else:
        made.set_x_axis(categories)
        made.set_y_axis(values)


def _labels(chart: Chart, table: Table) -> list[str]:
    """The last parts of the columns' titles; whole titles where those would not tell the series apart."""
    titles = [table.columns[table.index(name)].title for name in chart.values]
    leaves = [title.rpartition("/")[2] for title in titles]
    return leaves if len(set(leaves)) == len(leaves) else [title.replace("/", "") for title in titles]


def _font(name: str, size: float, *, bold: bool = False) -> dict[str, Any]:
    return {"name": name, "size": size, "bold": bold, "color": "black"}
