"""Blank rosters that townships fill in."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.report import template


def test_columns_have_room_for_what_will_be_filled_in(tmp_path: Path) -> None:
    template.write(tmp_path / "t.xlsx", PROGRAMME.reads["members"], on=date(2026, 1, 1))
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    (heads,) = (row for row in sheet.iter_rows() if "身份证号" in [cell.value for cell in row])
    widths = {
        cell.value: sheet.column_dimensions[get_column_letter(cell.column)].width
        for cell in heads
        if cell.column
    }
    assert widths["身份证号"] > len("230227195308151013")
    assert widths["银行账号"] > len("6217000000000000000")
    assert widths["出生日期"] > len("2012-06-02")
