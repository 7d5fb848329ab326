"""The inspection of a file drawn for a terminal: its tables, their columns, and the rows left out."""

from collections.abc import Sequence
from typing import Any

from rich.box import SIMPLE
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sanchuang_cli.finding import column_letters

WHY = {
    "title": "标题",
    "note": "说明",
    "blank": "空行",
    "total": "合计",
    "subtotal": "小计",
    "repeated header": "重复表头",
    "column numbers": "栏次行",
    "units": "单位行",
    "group": "分组行",
    "signature": "签名栏",
    "number only": "只有序号",
    "example": "示例行",
    "prefilled": "空白模板行",
    "after total": "合计以下的零散行",
}
"""Reasons for leaving a row out, as the JSON document has them and as a clerk reads them."""


def picture(found: dict[str, Any]) -> Group:
    """The same document for a terminal: tables, their columns, and the rows left out with the reason."""
    parts: list[RenderableType] = [Text(found["file"], style="bold")]
    if found["error"]:
        return Group(*parts, Text(f"  {found['error']}", style="red"))
    for sheet in found["sheets"]:
        parts.append(
            Text(f"\n工作表“{sheet['sheet']}”{'（隐藏）' if sheet['hidden'] else ''}", style="bold cyan")
        )
        if not sheet["tables"]:
            parts.append(Text("  没有表格"))
        for number, table in enumerate(sheet["tables"], 1):
            parts += [Text(f"  表{number}：{_summary(table)}"), Padding(_columns(table), (0, 0, 0, 2))]
            parts += [
                Text(f"  未作数据：第{_rows(run['rows'])}行 {WHY.get(run['why'], run['why'])}", style="dim")
                for run in table["skipped"]
            ]
        parts += [
            Text(f"  {finding['place']}：{finding['message']}。{finding['mend']}", style="yellow")
            for finding in sheet["findings"]
        ]
    return Group(*parts)


def _summary(table: dict[str, Any]) -> str:
    data = f"，数据第{_rows(table['data_rows'])}行" if table["data_rows"] else ""
    unit = f"，金额单位：{table['unit']}" if table["unit"] else ""
    return f"表头第{_rows(table['header_rows'])}行{data}，{table['records']} 条{unit}"


def _rows(run: Sequence[int]) -> str:
    first, last = run
    return str(first) if first == last else f"{first}至{last}"


def _columns(table: dict[str, Any]) -> Table:
    """One line a column. What each was matched to is a further cell of its line."""
    drawn = Table(box=SIMPLE, pad_edge=False)
    drawn.add_column("列")
    drawn.add_column("表头", overflow="fold")
    for number, name in enumerate(table["columns"], 1):
        if name:
            drawn.add_row(column_letters(number), escape(name))
    return drawn
