"""Lists of a bank in whatever form: the only outcomes are exactly what became of each payment, or a refusal."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from sanchuang_cli.cli.batch_acts import return_list
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.return_list import sorted_out
from tests.counts import FULL
from tests.ledger.county import account


class Form(NamedTuple):
    """How a bank says what became of a payment: the heading of a column, and what stands there."""

    heading: str
    well: str
    back: str


FORMS = (
    Form("处理结果", "成功", "失败"),
    Form("处理结果", "成功", "账户不存在"),
    Form("失败原因", "", "账户状态异常"),
    Form("失败原因", "", "请联系本人"),
    Form("失败原因", "0000", "E012"),
    Form("失败原因", "核对无误", "账户状态不正常"),
    Form("返回信息", "交易成功", "账户冻结"),
    Form("返回信息", "已提交", "核对不过"),
    Form("银行返回说明", "", "账户不存在"),
    Form("银行返回说明", "代发", "户名不符"),
    Form("回执", "成功", "失败"),
    Form("是否退票", "否", "是"),
    Form("退票否", "×", "√"),
    Form("是否成功", "是", "否"),
    Form("退票标志", "0", "1"),
    Form("成功标志", "1", "0"),
    Form("状态码", "AAAAAAA", "B001"),
    Form("实发金额", "50.00", "0.00"),
    Form("退回金额", "", "50.00"),
    Form("回单号", "HD0001", ""),
    Form("入账日期", "2026-07-10", ""),
    Form("备注", "", "户名与账号不符"),
    Form("到账", "√", ""),
    Form("摘要", "代发补贴", "退汇"),
    Form("原因", "七月补贴", "户名不符"),
    Form("原因", "", "账户已冻结"),
)
PLAIN = (
    Form("序号", "1", "1"),
    Form("开户行", "农业银行", "信用社"),
    Form("汇款用途", "七月补贴", "七月补贴"),
)
SURELY = {*FORMS[:3], FORMS[6], FORMS[10], FORMS[11], FORMS[13]}
"""Forms that anybody would read rightly, where every row has something there or every row came back."""


class Sheet(NamedTuple):
    """A sheet of a list. fates: whether each payment came back."""

    name: str
    title: str
    form: Form | None
    plain: tuple[Form, ...]
    fates: tuple[bool, ...]


def given_list(file: str, sheets: Sequence[Sheet]) -> list[Any]:
    """The rows of such a workbook, as the command reads them."""
    with TemporaryDirectory() as folder:
        path, who = Path(folder) / file, 0
        with Workbook(str(path)) as workbook:
            for sheet in sheets:
                page = workbook.add_worksheet(sheet.name)
                forms = [*sheet.plain, *([sheet.form] if sheet.form else [])]
                top = [[sheet.title]] if sheet.title else []
                lines = [*top, ["户名", "账号", "金额", *(form.heading for form in forms)]]
                for back in sheet.fates:
                    said = (form.back if back else form.well for form in forms)
                    lines.append(["王甲", account(who), "50.00", *said])
                    who += 1
                for at, line in enumerate(lines):
                    page.write_row(at, 0, line)
        return list(return_list(path, None).rows)


fates = st.lists(st.booleans(), min_size=1, max_size=8).map(tuple)


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, list[Sheet]]:
    """A list of results in some form; or one that only its name, title or sheets tell of, and then rightly."""
    plain = tuple(draw(st.lists(st.sampled_from(PLAIN), unique=True)))
    if form := draw(st.none() | st.sampled_from(FORMS)):
        of = draw(fates)
        # a name of the file that nothing in the list gainsays is believed, so it is not untrue here; 摘要 stays what was sent
        says = any(of) or "原因" in form.heading or (form.well and form.heading != "摘要")
        file = draw(st.sampled_from(("res1.xlsx", "7月结果.xlsx", *(["退票.xlsx"] if says else []))))
        return file, [Sheet("Sheet1", "", form, plain, of)]
    said = draw(st.sampled_from(("sheet", "title", "file", "")))
    names = {True: "退票", False: "成功"}
    if said in ("sheet", "title"):
        sheets = [
            Sheet(
                names[back] if said == "sheet" else f"第{back + 1}页",
                f"2026年7月代发{names[back]}明细" if said == "title" else "",
                None,
                plain,
                (back,) * draw(st.integers(1, 4)),
            )
            for back in draw(st.lists(st.booleans(), min_size=1, max_size=2, unique=True))
        ]
        return "res.xlsx", sheets
    back = draw(st.booleans())
    file = f"{names[back]}明细.xlsx" if said else draw(st.sampled_from(("res.xlsx", "重发退票.xlsx")))
    return file, [Sheet("Sheet1", "", None, plain, (back,) * draw(st.integers(1, 6)))]


def outcome(file: str, sheets: Sequence[Sheet]) -> dict[str, bool] | None:
    """Whether each payment came back, by its account; None if the list is refused."""
    try:
        told = sorted_out(given_list(file, sheets))
    except UserError:
        return None
    return {row.account: True for row in told.back} | {row.account: False for row in told.arrived}


def truth(sheets: Sequence[Sheet]) -> dict[str, bool]:
    return {account(who): back for who, back in enumerate(b for sheet in sheets for b in sheet.fates)}


@given(lists())
@settings(max_examples=1500 if FULL else 150, deadline=None)
@example(("res.xlsx", [Sheet("成功", "", None, (), (False,) * 4), Sheet("失败", "", None, (), (True,) * 2)]))
@example(("退票.xlsx", [Sheet("Sheet1", "", FORMS[14], (), (True, False))]))
def test_of_any_list_the_truth_is_booked_or_the_list_is_refused(of: tuple[str, list[Sheet]]) -> None:
    booked = outcome(*of)
    assert booked is None or booked == truth(of[1])


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_of_seven_payments_two_came_back_whatever_column_says_so(form: Form) -> None:
    sheet = Sheet("Sheet1", "", form, PLAIN, (False, True, False, True, False, False, False))
    assert outcome("退票.xlsx", [sheet]) in (None, truth([sheet]))
    if form.well and form in SURELY:
        assert outcome("退票.xlsx", [sheet]) == truth([sheet])


@pytest.mark.parametrize("form", [None, *sorted(SURELY, key=str), FORMS[8]], ids=str)
def test_a_list_of_returns_that_says_so_is_read(form: Form | None) -> None:
    sheet = Sheet("Sheet1", "", form, PLAIN, (True, True, True))
    assert outcome("7月退票.xlsx", [sheet]) == truth([sheet])
    named = sheet._replace(name="失败名单")
    assert outcome("res.xlsx", [named]) == truth([named])
    assert (outcome("res.xlsx", [sheet]) is None) == (form is None)


@pytest.mark.parametrize(
    "file", ["res.xlsx", "7月.xlsx", "退票重发.xlsx", "成功、失败.xlsx", "不含退票.xlsx", "到账情况.xlsx"]
)
def test_a_list_that_says_nothing_is_no_list_of_returns_unless_somebody_says_so(file: str) -> None:
    rows = given_list(file, [Sheet("Sheet1", "", None, (), (True, True))])
    with pytest.raises(UserError, match=r"Sheet1 第2行等 2 行：没有写处理结果.*\n.*--all-returned"):
        sorted_out(rows)
    assert len(sorted_out(rows, all_returned=True).back) == 2


def test_a_blank_reason_beside_others_is_no_return_unless_somebody_says_so() -> None:
    rows = given_list("退票.xlsx", [Sheet("Sheet1", "", FORMS[2], (), (True, False, False))])
    with pytest.raises(UserError, match=r"第3行等 2 行：没有写结果，名单里别的行写了"):
        sorted_out(rows)
    assert len(sorted_out(rows, all_returned=True).back) == 3


def test_a_row_that_says_otherwise_than_the_name_of_its_sheet_is_unclear() -> None:
    for name, back in (("成功", True), ("退票清单", False)):
        with pytest.raises(UserError, match="标题或工作表名写的与这一行不同"):
            sorted_out(given_list("res.xlsx", [Sheet(name, "", FORMS[0], (), (back,))]))
