"""Describes what the reader sees in a file, as the JSON document that `inspect` prints and report.inspected draws.

It opens the file and writes nothing. Promise: every row of every table is in the document, as a record or with the
reason why it was left out.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.grid import Area, Book, Sheet
from sanchuang_cli.roster.paths import readable
from sanchuang_cli.roster.tables.dropped import laid_out
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout

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
    "statistic": "平均、占比行",
    "below": "表格以下的零散行",
    "beside": "表格旁边的内容",
}
"""The reasons for leaving a row out: the word in the JSON document, and what a clerk reads."""


def inspection(
    path: Path,
    passwords: Sequence[str] = (),
    about: Callable[[Area, str], dict[str, Any]] = lambda area, book: {},
    whole: Callable[[Path, Book, Mapping[str, SheetLayout]], dict[str, Any]] = lambda path, book, layouts: {},
) -> dict[str, Any]:
    """One entry of `files` in the document. A file that cannot be read has the message in `error` and no sheets.

    about: adds keys to each table, such as the fields that its columns were matched to.
    whole: adds keys to the entry itself; it gets the path, the book and the layout of each sheet.
    """
    try:
        laid = laid_out(open_book(path, passwords))
    except UserError as refusal:
        return {"file": readable(path.name), "error": str(refusal), "sheets": []}
    book, layouts = laid.book, laid.layouts
    sheets = [_sheet(sheet, book, layouts[sheet.name], about) for sheet in book.sheets]
    return {"file": book.name, "error": None, "sha256": book.sha256, "sheets": sheets} | whole(
        path, book, layouts
    )


def _sheet(
    sheet: Sheet, book: Book, layout: SheetLayout, about: Callable[[Area, str], dict[str, Any]]
) -> dict[str, Any]:
    """One sheet of the document: its tables, and the findings of opening it and of laying it out."""
    notes = [finding for finding in book.findings if finding.place.sheet == sheet.name]
    return {
        "sheet": sheet.name,
        "hidden": sheet.hidden,
        "tables": [_table(area) | about(area, book.name) for area in layout.areas],
        "findings": [_finding(finding) for finding in (*notes, *layout.findings)],
    }


def _table(area: Area) -> dict[str, Any]:
    """One table of the document. `columns` starts with the sheet's first column, even where the table does not."""
    records = area.records
    return {
        "header_rows": list(area.header_rows),
        "data_rows": [records[0], records[-1]] if records else None,
        "records": len(records),
        "columns": [""] * (area.left - 1) + list(area.columns),
        "unit": area.unit,
        "skipped": [{"rows": [first, last], "why": why} for first, last, why in area.skipped],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "place": str(finding.place),
        "message": finding.message,
        "mend": finding.mend,
    }
