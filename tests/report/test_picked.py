"""Columns that are not printed: those nobody has filled, those that say what the page is called, those not chosen."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import appendix, geometry, workbook
from sanchuang_cli.report.picked import BESIDE, EMPTY, picked
from sanchuang_cli.report.printing import Printing
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster import results
from sanchuang_cli.table import Chart, Column, MadeRows, Table
from tests.report import made_up

COLUMNS = (
    Column("number", "序号", Kind.COUNT),
    Column("name", "姓名", Kind.NAME),
    Column("benefit", "补贴项目"),
    Column("identity", "身份证号", Kind.IDENTITY),
    Column("months", "本期月数", Kind.COUNT),
    Column("rate", "标准", Kind.MONEY),
    Column("extra", "加发月数", Kind.COUNT),
    Column("bonus", "加发标准", Kind.MONEY),
    Column("amount", "金额", Kind.MONEY, total=True, formula="rate * months + bonus * extra"),
    Column("account", "账号", Kind.ACCOUNT),
    Column("bank", "开户行"),
    Column("opinion", "意见", wide=True, by_hand=True),
)
ROW = (1, "张三", "高龄津贴", "", 3, 10_000, None, None, 30_000, "", "", None)


def page(*rows: tuple[Any, ...], **more: Any) -> Table:
    return Table("高龄津贴花名册", "2026年高龄津贴花名册", COLUMNS, rows or (ROW, ROW), **more)


def titles(table: Table) -> list[str]:
    return [column.title for column in table.columns]


def test_a_column_that_no_row_fills_is_left_out_and_told() -> None:
    found = picked(page())
    assert "开户行" not in titles(found.table)
    assert (EMPTY, "高龄津贴花名册：加发月数、开户行") in found.facts


def test_who_a_line_is_about_what_is_paid_and_what_is_filled_in_by_hand_stays() -> None:
    assert {"身份证号", "账号", "加发标准", "金额", "意见"} <= set(titles(picked(page()).table))


def test_a_column_that_one_row_fills_stays_and_so_do_all_of_a_page_without_rows() -> None:
    other = replace(page(), rows=[ROW, (*ROW[:10], "农业银行", None)])
    assert "开户行" in titles(picked(other).table)
    assert titles(picked(replace(page(), rows=[])).table) == titles(page())


def test_nought_and_no_are_no_blanks() -> None:
    columns = (Column("n", "序号"), Column("count", "数", Kind.COUNT), Column("flag", "在世", Kind.FLAG))
    assert picked(Table("表", "题", columns, [("1", 0, False)])).facts == ()


def test_the_column_of_groups_and_those_that_are_drawn_stay() -> None:
    chart = Chart("图", "bank", ("extra",))
    assert "开户行" in titles(picked(page(chart=chart)).table)
    assert "开户行" in titles(picked(page(group="bank")).table)


def test_rows_that_are_made_anew_are_not_looked_through_for_it() -> None:
    made = MadeRows([ROW], lambda row: [row])
    assert picked(replace(page(), rows=made)).facts == ()


def test_what_says_the_pages_own_name_stands_at_the_right_and_is_not_printed(tmp_path: Path) -> None:
    found = picked(page())
    assert (BESIDE, "高龄津贴花名册：补贴项目") in found.facts
    assert (titles(found.table)[-1], found.table.beside) == ("补贴项目", 1)
    workbook.write(tmp_path / "a.xlsx", [found.table], on=made_up.whole_run().occasion.on)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    last = found.table.printed
    assert sheet.cell(2, last + 1).value == "补贴项目"
    assert sheet.print_area.rpartition("$")[0].endswith(f":${get_column_letter(last)}")


def test_a_formula_does_without_a_column_that_is_left_out(tmp_path: Path) -> None:
    table = picked(page()).table
    amount = table.columns[table.index("amount")]
    assert amount.formula == "rate * months"
    workbook.write(tmp_path / "a.xlsx", [table], on=made_up.whole_run().occasion.on)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cell = sheet.cell(3, table.index("amount") + 1)
    assert cell.value == "=E3*D3"
    assert [sheet[f"{letter}2"].value for letter in "DE"] == ["本期月数", "标准"]


@pytest.mark.parametrize(
    ("formula", "left"),
    [
        ("extra * bonus - rate * months", "-rate * months"),
        ("rate * months - bonus * extra", "rate * months"),
        ("rate * extra", ""),
        ("rate * months", "rate * months"),
    ],
)
def test_what_is_left_of_a_formula_gives_the_same(formula: str, left: str) -> None:
    columns = tuple(replace(one, formula=formula) if one.name == "amount" else one for one in COLUMNS)
    table = replace(page(), columns=columns).arranged({"extra"}, set())
    assert table.columns[table.index("amount")].formula.replace(" ", "") == left.replace(" ", "")


def test_columns_that_the_county_does_not_choose_stand_at_the_right() -> None:
    other = replace(page(), rows=[(*ROW[:10], "农业银行", None)])
    found = picked(other, ("本期月数",))
    assert titles(found.table)[-2:] == ["补贴项目", "开户行"]
    assert found.table.beside == 2
    assert "意见" in titles(found.table)[: found.table.printed]


def test_a_column_that_a_page_does_not_have_cannot_be_chosen() -> None:
    with pytest.raises(UserError, match="“高龄津贴花名册”的“月数”，这页没有这一栏。可写的有：序号、姓名"):
        picked(page(), ("月数",))


def test_a_result_without_its_empty_columns_is_read_as_it_was_written(tmp_path: Path, run: Run) -> None:
    outcome = replace(run.outcome, tables=(page(), *run.outcome.tables))
    whole = replace(run, outcome=outcome, printing=Printing(columns={"高龄津贴花名册": ("本期月数",)}))
    workbook.write(tmp_path / "a.xlsx", appendix.sealed(whole), on=run.occasion.on)
    opened = results.opened(tmp_path / "a.xlsx", "a.xlsx")
    lines = [said for _, said in opened.lines("高龄津贴花名册")]
    assert [said["补贴项目"] for said in lines] == ["高龄津贴", "高龄津贴"]
    assert "开户行" not in lines[0]
    assert opened.facts[EMPTY] == ["高龄津贴花名册：加发月数、开户行", "疑点：乡镇"]


def test_no_head_reaches_over_the_edge_of_what_is_printed() -> None:
    scores = (Column("a", "得分/甲", Kind.SCORE), Column("b", "得分/乙", Kind.SCORE))
    table = picked(Table("表", "题", (COLUMNS[1], *scores), [("张三", 1, 2)]), ("甲",)).table
    assert table.beside == 1
    _, heads = geometry.heads(table.columns, table.beside)
    assert [(one.first, one.last) for one in heads if one.text == "得分"] == [(1, 1), (2, 2)]


def test_totals_that_are_not_printed_are_not_put_into_words(tmp_path: Path) -> None:
    columns = (Column("a", "1月", Kind.MONEY, total=True), Column("b", "金额", Kind.MONEY, total=True))
    table = Table("表", "题", columns, [(4_500, 145_500)], grand_total=True, unit="元")
    beside = table.arranged(frozenset(), frozenset({"a"}))
    workbook.write(tmp_path / "a.xlsx", [beside], on=date(2026, 12, 1))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    words = [str(cell.value) for cell in sheet["A"] if "大写" in str(cell.value)]
    assert words == ["合计（大写）：人民币壹仟肆佰伍拾伍元整"]
