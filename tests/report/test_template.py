"""Blank rosters that townships fill in."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from sanchuang_cli.kind import Kind
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from sanchuang_cli.programmes.subsidies import PROGRAMME
from sanchuang_cli.record import Field
from sanchuang_cli.report import template
from sanchuang_cli.report.examples import MARKS, example


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


def test_an_example_is_never_more_than_the_most_that_a_column_takes() -> None:
    scores = (Field("得分", Kind.SCORE, maximum=most) for most in (None, 100, 30, Fraction(15)))
    assert [(example(one, 0), example(one, 1)) for one in scores] == [
        *(("88.5", "90"),) * 2,
        ("27", "30"),
        ("13.5", "15"),
    ]
    assert example(Field("星级", Kind.STARS, maximum=2), 0) == "2"


@pytest.mark.parametrize("one", PROGRAMMES, ids=lambda one: one.name)
def test_no_two_columns_of_a_blank_roster_have_one_heading(one: ListedProgramme, tmp_path: Path) -> None:
    """Somebody who fills it in could not be read: a roster may have a 序号 of its own beside the running number."""
    for name, wanted in one.load().reads.items():
        template.write(tmp_path / f"{name}.xlsx", wanted, on=date(2026, 1, 1))
        sheet = load_workbook(tmp_path / f"{name}.xlsx").worksheets[0]
        rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
        first = next(at for at, row in enumerate(rows) if MARKS[0] in row)
        written = next(row for row in reversed(rows[:first]) if row)
        assert len(written) == len(set(written)), (name, written)
