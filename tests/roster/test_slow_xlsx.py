"""The second reader of .xlsx, by openpyxl's own parser and, where a private name of it is missing, by public calls."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from sanchuang_cli.record import Cell, ErrorCell
from sanchuang_cli.roster.books import slow_xlsx
from sanchuang_cli.roster.books.slow_xlsx import openpyxl_sheets

MISSING: list[tuple[str, Any]] = [
    ("_READER", "openpyxl.worksheet._no_such_module"),
    ("_READER", "openpyxl.worksheet.worksheet"),
    ("_TOUCHED", (("_no_such_formats",), ("_worksheet_path",))),
    ("_TOUCHED", (("_date_formats",), ("_no_such_path",))),
]


def content_of(path: Path) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["姓名", "日期", "金额", "公式"])
    sheet.append(["王伟", datetime(2023, 10, 1), 1.5, "#N/A"])
    sheet["D2"].data_type = "e"
    sheet["P40"] = "远处"
    sheet["A3"], sheet["A6"] = "合并", "也合并"
    sheet.merge_cells("A6:B6")
    sheet.merge_cells("A3:A5")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions.group("E", "G", hidden=True)
    book.create_sheet("空表").sheet_state = "hidden"
    book.save(path)
    return path.read_bytes()


def read(content: bytes) -> list[Any]:
    return [
        (title, hidden, _told(rows), sorted(marks.merges), marks.hidden_rows, marks.hidden_columns)
        for title, hidden, rows, marks in openpyxl_sheets(content)
    ]


def _told(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[type, Cell]]]:
    return [[(type(cell), cell) for cell in row] for row in rows]


@pytest.mark.parametrize(("name", "without"), MISSING)
def test_without_a_private_name_of_openpyxl_the_same_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, without: Any
) -> None:
    content = content_of(tmp_path / "a.xlsx")
    first, second = read(content)
    assert first[2][1] == [
        (str, "王伟"),
        (date, date(2023, 10, 1)),
        (float, 1.5),
        (ErrorCell, "#N/A"),
    ]
    assert first[3:] == ([(3, 1, 5, 1), (6, 1, 6, 2)], {2}, {5, 6, 7})
    monkeypatch.setattr(slow_xlsx, name, without)
    monkeypatch.setattr(slow_xlsx, "_parser", None)
    assert read(content) == [first, second]


def test_the_installed_openpyxl_has_every_private_name(tmp_path: Path) -> None:
    content_of(tmp_path / "a.xlsx")
    assert slow_xlsx._parser_available(load_workbook(tmp_path / "a.xlsx", read_only=True))
