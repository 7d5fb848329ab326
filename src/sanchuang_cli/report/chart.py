"""Draws the native charts of a workbook. They are readable in black and white: every series has its own grey
or pattern.

It may look at the table of the chart and use XlsxWriter.
"""

from typing import Any

from xlsxwriter.chart import Chart as NativeChart
from xlsxwriter.workbook import Workbook

from sanchuang_cli.kind import Kind
from sanchuang_cli.report.styles import BODY_FONT, BODY_SIZE, HEAD_FONT
from sanchuang_cli.report.worksheet import Range
from sanchuang_cli.table import Chart, Table

_HEIGHT, _FRAME, _BAR, _GAP = 300, 110, 14, 10
"""Pixels: an upright chart; what lying bars have around them, their own height, and the gap between two
categories."""
_UPRIGHT = 12
"""The most categories for which names and values have room under and over upright columns."""
_TOUCHED = ("_write_a_latin", "_xml_empty_tag")
"""Private names of XlsxWriter that are used here. If one is missing, fonts are named for Latin characters
only."""
FILLS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": "#404040"}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": "black", "bg_color": "white"}},
    {"fill": {"color": "#BFBFBF"}},
    {"pattern": {"pattern": "large_grid", "fg_color": "black", "bg_color": "white"}},
    {"fill": {"color": "white"}},
    {"pattern": {"pattern": "percent_50", "fg_color": "black", "bg_color": "white"}},
    {"pattern": {"pattern": "narrow_horizontal", "fg_color": "black", "bg_color": "white"}},
    {"pattern": {"pattern": "wide_downward_diagonal", "fg_color": "black", "bg_color": "white"}},
    {"fill": {"color": "#808080"}},
    {"pattern": {"pattern": "narrow_vertical", "fg_color": "black", "bg_color": "white"}},
    {"pattern": {"pattern": "large_check", "fg_color": "black", "bg_color": "white"}},
    {"pattern": {"pattern": "outlined_diamond", "fg_color": "black", "bg_color": "white"}},
)
"""As many as ten stars and none need."""


def native(book: Workbook, chart: Chart, table: Table, rows: Range, width: int) -> NativeChart:
    """Return the chart of the cells of `rows`, `width` pixels wide."""
    lies, stacked = lying(chart, table), chart.kind == "stacked"
    made = book.add_chart({"type": "bar" if lies else "column"} | ({"subtype": "stacked"} if stacked else {}))
    _name_chinese_fonts(made)
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
        if not stacked:
            series["data_labels"] = {"value": True, "font": _font(BODY_FONT, BODY_SIZE)}
        made.add_series(series | FILLS[k % len(FILLS)])
    made.set_title({"name": chart.title, "name_font": _font(HEAD_FONT, 14, bold=True), "overlay": False})
    money = any(table.columns[table.index(name)].kind is Kind.MONEY for name in chart.values)
    _set_axes(made, "#,##0" if money else "0", lies, stacked)
    if len(chart.values) > 1:
        made.set_legend({"position": "bottom", "font": _font(BODY_FONT, BODY_SIZE)})
    else:
        made.set_legend({"none": True})
    made.set_size({"width": width, "height": height(chart, table)})
    return made


def lying(chart: Chart, table: Table) -> bool:
    """Whether the bars lie: if the chart asks for it, or if there are too many to stand side by side."""
    return chart.kind == "bar" or len(table.rows) > _UPRIGHT


def height(chart: Chart, table: Table) -> int:
    """Return the height in pixels. Lying bars keep their height however many there are."""
    if not lying(chart, table):
        return _HEIGHT
    bars = 1 if chart.kind == "stacked" else len(chart.values)
    return max(_HEIGHT, _FRAME + len(table.rows) * (bars * _BAR + _GAP))


def _name_chinese_fonts(made: NativeChart) -> None:
    """Name every font for Chinese characters too. Otherwise Excel uses the font of its theme for them."""
    if not all(hasattr(made, name) for name in _TOUCHED):
        return
    latin = made._write_a_latin

    def both(attributes: list[tuple[str, Any]]) -> None:
        latin(attributes)
        made._xml_empty_tag("a:ea", attributes)

    made._write_a_latin = both


def _set_axes(made: NativeChart, figures: str, lies: bool, stacked: bool) -> None:
    """Set the categories from left to right, or from top to bottom if the bars lie. Lying bars show their
    values themselves."""
    categories: dict[str, Any] = {
        "num_font": _font(BODY_FONT, BODY_SIZE),
        "major_gridlines": {"visible": False},
    }
    values = {
        "num_font": _font(BODY_FONT, BODY_SIZE),
        "num_format": figures,
        "major_gridlines": {"visible": True, "line": {"color": "#BFBFBF"}},
    }
    if lies:
        scale = values | {"label_position": "high"} if stacked else categories | {"visible": False}
        made.set_x_axis(scale)
        made.set_y_axis(categories | {"reverse": True})
    else:
        made.set_x_axis(categories)
        made.set_y_axis(values)


def _labels(chart: Chart, table: Table) -> list[str]:
    """Return the last levels of the columns' titles, or whole titles if those would not tell the series
    apart."""
    titles = [table.columns[table.index(name)].title for name in chart.values]
    leaves = [title.rpartition("/")[2] for title in titles]
    return leaves if len(set(leaves)) == len(leaves) else [title.replace("/", "") for title in titles]


def _font(name: str, size: float, *, bold: bool = False) -> dict[str, Any]:
    return {"name": name, "size": size, "bold": bold, "color": "black"}
