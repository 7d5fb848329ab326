"""Row arithmetic: live where it holds, a plain value where it does not, and never over what is not exact."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import workbook
from sanchuang_cli.report.arithmetic import ColumnFormula
from sanchuang_cli.table import Column, Table
from tests.report import made_up

COLUMNS = (
    Column("rate", "标准", Kind.MONEY),
    Column("months", "月数", Kind.COUNT),
    Column("arrears", "补发", Kind.MONEY),
    Column("withheld", "扣发", Kind.MONEY),
    Column("paid", "实发", Kind.MONEY, formula="rate * months + arrears - withheld"),
)


def table(*rows: tuple[Any, ...], columns: tuple[Column, ...] = COLUMNS) -> Table:
    return Table("表", "题", columns, rows, numbered=True)


def test_a_formula_stands_where_it_gives_the_value_and_nowhere_else(tmp_path: Path) -> None:
    rows = (
        (100, 3, 50, 20, 330),
        (100, 3, None, None, 300),
        (100, 3, 50, 20, 331),
        (None, 3, None, None, None),
        (100, 3, "见备注", None, 300),
    )
    workbook.write(tmp_path / "a.xlsx", [table(*rows)], on=made_up.whole_run().occasion.on)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.value for cell in sheet["E"][3:]] == ["=A4*B4+C4-D4", "=A5*B5+C5-D5", 3.31, None, 3]
    assert [cell.value for cell in sheet[3]] == ["(1)", "(2)", "(3)", "(4)", "(5)=(1)×(2)+(3)-(4)"]


@given(st.tuples(*(st.integers(-(10**9), 10**9) for _ in range(4))), st.integers(-1, 1))
def test_a_formula_holds_exactly_when_python_agrees(operands: tuple[int, ...], off: int) -> None:
    rate, months, arrears, withheld = operands
    row = (*operands, rate * months + arrears - withheld + off)
    assert ColumnFormula.of(table(row), 4).holds(row) == (off == 0)


@pytest.mark.parametrize("formula", ["rate * rate", "months * months", "rate + score", "months"])
def test_a_formula_that_mixes_units_or_is_not_exact_is_our_bug(formula: str) -> None:
    columns = (
        *COLUMNS[:2],
        Column("score", "得分", Kind.SCORE),
        Column("x", "额", Kind.MONEY, formula=formula),
    )
    with pytest.raises(AssertionError):
        ColumnFormula.of(table(columns=columns), 3)
