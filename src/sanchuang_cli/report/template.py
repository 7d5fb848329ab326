"""Writes a blank roster to fill in: the columns that are asked for, with lists to choose from and two example
rows.

It may look at the declaration of the roster. What comes back filled in is read without a finding: the
headings are the declared ones, and the example rows are marked so that the reader leaves them out.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import NUMBER
from sanchuang_cli.record import Field, Wanted
from sanchuang_cli.report import files, geometry, strips
from sanchuang_cli.report.examples import MARKS, choices, example
from sanchuang_cli.report.packing import pack
from sanchuang_cli.report.paper_size import A4
from sanchuang_cli.report.styles import Styles
from sanchuang_cli.report.worksheet import SheetPage
from sanchuang_cli.table import Column, Table

_ROWS = 300
_LONGEST_LIST = 255
"""The most characters of a list of choices. Further words can still be typed."""
_FILLED = {
    Kind.TEXT: "文字",
    Kind.NAME: "姓名，不加空格和括号",
    Kind.CHOICE: "从下拉选项里选",
    Kind.COUNT: "整数",
    Kind.STARS: "整数，无星填 0",
    Kind.SCORE: "数字，可带小数",
    Kind.PERCENT: "百分数，如 93.5%",
    Kind.MONEY: "元，如 1200.00",
    Kind.DATE: "日期，如 2012-06-02；只知道月份的写 2012-06",
    Kind.IDENTITY: "18 位身份证号，文本格式",
    Kind.ACCOUNT: "银行账号，文本格式",
    Kind.PHONE: "电话号码，文本格式",
    Kind.FLAG: "是 或 否",
    Kind.SPELLS: "起止年月和职务，如 1984-05—1995-04 书记；多段用分号隔开",
}

_ROOM = {Kind.DATE: 12, Kind.PHONE: 13, Kind.IDENTITY: 20, Kind.ACCOUNT: 21, Kind.SPELLS: 28}
"""The characters that columns need for what will be filled in."""


def write(target: Path, wanted: Wanted[Any], *, on: date) -> None:
    """Write the blank roster and replace `target` if it exists. Raises OSError."""
    with files.workspace() as folder:
        book = Workbook(str(target), {"tmpdir": folder})
        book.set_properties({"title": wanted.title, "created": datetime(on.year, on.month, on.day)})
        _draw(book, wanted)
        pack(book)


def _draw(book: Workbook, wanted: Wanted[Any]) -> None:
    """Draw the blank roster and its guide."""
    asked = [field for field in wanted.fields if field.asked]
    styles = Styles(book)
    # A roster may have a 序号 of its own, such as that of an item; two columns of one heading could not be told apart.
    number = Column("number", "行次" if any(f.heading == NUMBER.title for f in asked) else NUMBER.title)
    columns = (number, *(Column(f.name, f.heading) for f in asked))
    shown = [(mark, *(example(field, row) for field in asked)) for row, mark in enumerate(MARKS)]
    least = (0, *(_ROOM.get(field.kind, 0) for field in asked))
    page = _page(book, styles, Table(wanted.title, wanted.title, columns, shown, signed=True), least)
    kinds = [number, *(Column(f.name, f.heading, _typed(f.kind)) for f in asked)]
    for j, style in enumerate(styles.body(kinds, page.fits)):
        for i in range(page.row, page.row + _ROWS):
            page.sheet.write_blank(i, j, None, style.plain)
    for j, field in enumerate(asked, 1):
        _guide(page.sheet, page.row, j, field)
    page.go_on()
    guide = _page(book, styles, _guide_table(wanted.fields))
    guide.notes()
    guide.finish()


def _typed(kind: Kind) -> Kind:
    """Return how cells of a column take what is typed. A day stays as it was typed, because perhaps only its
    month is known."""
    return Kind.TEXT if kind is Kind.DATE else kind


def _page(book: Workbook, styles: Styles, table: Table, least: Sequence[float] = ()) -> SheetPage:
    """Return a sheet with the title, headings and rows of the table. least: how wide each column is at
    least."""
    page = SheetPage(
        book.add_worksheet(table.name), table.name, table, styles, strips.planned(table, A4, least)
    )
    page.open()
    page.rows(geometry.RowBlock(0, len(table.rows)))
    return page


def _guide(sheet: Worksheet, first: int, column: int, field: Field) -> None:
    """Set what a cell of the column accepts, which is shown when it is selected. Wrong input gives a warning
    and is never refused."""
    rule: dict[str, Any] = {"validate": "any"}
    if words := choices(field):
        listed = [
            word
            for word, end in zip(words, accumulate(len(word) + 1 for word in words), strict=True)
            if end <= _LONGEST_LIST
        ]
        rule = {"validate": "list", "source": listed, "show_error": field.kind is not Kind.TEXT}
    elif field.kind is Kind.SCORE and field.maximum is not None:
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": float(field.maximum)}
    elif field.kind in (Kind.COUNT, Kind.STARS):
        rule = {"validate": "integer", "criteria": ">=", "value": 0}
    title = field.heading.rpartition("/")[2]
    rule |= {"input_title": title[:32], "input_message": _how(field)[:255], "error_type": "warning"}
    if rule["validate"] != "any":
        rule |= {"error_title": title[:32], "error_message": f"请填：{_how(field)}"[:255]}
    sheet.data_validation(first, column, first + _ROWS - 1, column, rule)


def _how(field: Field) -> str:
    words = choices(field)
    how = "、".join(words) if words else _FILLED[field.kind]
    if field.maximum is not None:
        how += f"，0 至 {plain(field.maximum)}"
    return "；".join(part for part in ("必填" if field.required else "", how, field.note) if part)


def _guide_table(fields: Sequence[Field]) -> Table:
    columns = (
        Column("heading", "栏目"),
        Column("where", "在表中"),
        Column("how", "填法", wide=True),
        Column("example", "示例"),
    )
    told = sorted(fields, key=lambda field: not field.asked)
    rows = [(f.heading, "有" if f.asked else "可另加一列", _how(f), example(f, 0)) for f in told]
    notes = (
        "从“例1、例2”两行下面填起，一行一个。这两行不计入，可以保留也可以删除。",
        "身份证号、账号、电话、日期各列是文本格式，照样录入；从别处粘贴时选“只粘贴数值”。没有的留空。",
        "不要改动标题行的文字；列的先后可以调整，用不到的列可以删除。",
    )
    return Table("填表说明", "填表说明", columns, rows, notes=notes)
