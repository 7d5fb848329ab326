"""The inspection: a document that accounts for every row, and its picture."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from inline_snapshot import snapshot
from rich.console import Console

from sanchuang_cli.report import inspected
from sanchuang_cli.roster.tables.inspection import WHY, inspection


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    for row in (
        [None, "困难党员花名册"],
        [None, "单位：元"],
        [None, "序号", "姓名", "月标准"],
        [None, 1, "王刚", 100],
        [None, 2, "李明", 100],
        [None, "合计", None, 200],
        [None, "审核人："],
    ):
        sheet.append(row)
    sheet.row_dimensions[5].hidden = True
    book.create_sheet("空表")
    book.save(tmp_path / "富路镇.xlsx")
    return tmp_path / "富路镇.xlsx"


def test_the_document_names_header_data_columns_and_what_was_left_out(roster: Path) -> None:
    first, second = inspection(roster)["sheets"]
    assert first["tables"] == snapshot(
        [
            {
                "header_rows": [3, 3],
                "data_rows": [4, 5],
                "records": 2,
                "columns": ["", "序号", "姓名", "月标准"],
                "unit": "元",
                "skipped": [
                    {"rows": [1, 1], "why": "title"},
                    {"rows": [2, 2], "why": "note"},
                    {"rows": [6, 6], "why": "total"},
                    {"rows": [7, 7], "why": "signature"},
                ],
            }
        ]
    )
    assert [finding["code"] for finding in first["findings"]] == ["book.hidden-rows"]
    assert second == {"sheet": "空表", "hidden": False, "tables": [], "findings": []}


def test_a_refused_file_has_its_message_and_no_sheets(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    document = inspection(tmp_path / "a.xlsx")
    assert document["sheets"] == [] and "PDF" in document["error"]


def drawn(document: dict[str, Any]) -> str:
    terminal = io.StringIO()
    inspected.show(Console(file=terminal, width=80), document, {}, WHY, {})
    return "\n".join(line.rstrip() for line in terminal.getvalue().splitlines())


def test_the_picture_says_the_same(roster: Path) -> None:
    assert drawn(inspection(roster)) == snapshot("""\
富路镇.xlsx
  工作表“名册”
    表格：2 条记录，单位：元
      第1行          标题
      第2行          说明
      第3行          表头
      第4至5行       数据
      第6行          合计
      第7行          签名栏
    警告：有 1 个隐藏行（或被筛选掉的行），也读了：第5行。请取消隐藏或清除筛选后核对；不该报送的请删去。
  工作表“空表”：没有表格\
""")


def test_every_reason_has_a_chinese_word(roster: Path) -> None:
    given = {
        run["why"]
        for sheet in inspection(roster)["sheets"]
        for table in sheet["tables"]
        for run in table["skipped"]
    }
    assert given and given <= set(WHY)
