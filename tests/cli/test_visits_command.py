"""`sanchuang visits` as it is typed: beside the result of pairing, through the ledger, and with books that cannot be."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.test_fund_command import Office
from tests.command import Sanchuang, book, typed
from tests.goldens.test_visits import ASKED, LOG, RECIPIENTS, SUPPLIED, SUPPLIES, books, log, recipients


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """`sanchuang WORDS…` in an office with a ledger; in this process, to be quick."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANCHUANG_LEDGER", "county.db")
    monkeypatch.setenv("COLUMNS", "200")
    return typed(monkeypatch, capsys)


def test_what_goes_to_accounts_is_paid_once_through_the_ledger(office: Office) -> None:
    assert office("ledger", "init", "--paid-through", "2025-12").code == 0
    book(Path("慰问.xlsx"), recipients()[:8], RECIPIENTS, title="春节慰问对象")
    proposed = office("batch", "propose", "visits", "慰问.xlsx", "--period", "2026-02", "--by", "张三")
    assert proposed.code in (0, 1), proposed.err
    assert "500.00" in proposed.err
    assert office("batch", "approve", "1", "--by", "李四").code == 0
    assert office("batch", "send", "1", "--bank", "银行").code == 0
    again = office("batch", "propose", "visits", "慰问.xlsx", "--period", "2026-12", "--by", "张三")
    assert again.code == 2 or "0.00" in again.err, again.err


def test_a_result_of_pairing_that_was_changed_is_refused(tmp_path: Path, sanchuang: Sanchuang) -> None:
    books(tmp_path, sanchuang)
    result = openpyxl.load_workbook(tmp_path / "结对.xlsx")
    sheet = result["结对帮扶一览表"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "李儿子")
    cell.value = "别的人"
    result.save(tmp_path / "结对.xlsx")
    ran = sanchuang(*ASKED, "--out", "不写.xlsx")
    assert ran.code == 2 and "结对.xlsx" in ran.err
    assert not (tmp_path / "不写.xlsx").exists()


def test_without_the_result_the_log_is_read_and_its_absence_told(
    tmp_path: Path, sanchuang: Sanchuang
) -> None:
    book(tmp_path / "走访.xlsx", log()[:3], LOG, title="走访记录")
    ran = sanchuang("visits", "走访.xlsx", "--period", "2026", "--on", "2026-07-10", "--out", "册.xlsx")
    assert ran.code == 0 and "没有给结对结果" in ran.err
    names = openpyxl.load_workbook(tmp_path / "册.xlsx").sheetnames
    assert "结对走访情况" not in names and "期限" not in names


def test_due_reads_the_deadlines_of_the_pairs(tmp_path: Path, sanchuang: Sanchuang) -> None:
    books(tmp_path, sanchuang)
    (tmp_path / "结果").mkdir()
    assert sanchuang(*ASKED, "--on", "2026-07-10", "--out", "结果/走访.xlsx", "-q").code == 1
    ran = sanchuang("due", "结果", "--on", "2026-07-10", "--out", "期限.xlsx")
    assert ran.code in (0, 1), ran.err
    sheet = openpyxl.load_workbook(tmp_path / "期限.xlsx")["逾期"]
    said = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert sum("走访或联系" in line and "郑联村" in line for line in said) == 3


def test_the_screen_and_an_explanation_show_no_whole_number(tmp_path: Path, sanchuang: Sanchuang) -> None:
    books(tmp_path, sanchuang)
    ran = sanchuang(*ASKED, "--on", "2026-07-10", "--json", "--out", "册.xlsx")
    told = sanchuang("explain", "visits", "李打卡", "慰问.xlsx", "--period", "2026", "--all")
    visit = sanchuang("explain", "visits", "刘同名 5", "走访一.xlsx", "--period", "2026", "--all")
    assert "每人 500.00 元" in told.out and "暖心" in visit.out
    number = str(recipients()[1][3])
    for said in (ran.out, ran.err, told.out, told.err):
        assert number not in said


@pytest.mark.parametrize(
    ("heads", "rows", "said"),
    [
        ([*LOG[:2], "看望谁", *LOG[3:]], log()[:1], "对象"),
        ([*LOG[:5], "哪一类", *LOG[6:]], log()[:1], "五心类型"),
        (["来源单位", *SUPPLIES[1:]], SUPPLIED, "来源"),
    ],
)
def test_a_table_that_lacks_a_column_is_told(
    tmp_path: Path, sanchuang: Sanchuang, heads: list[str], rows: list[list[Any]], said: str
) -> None:
    book(tmp_path / "表.xlsx", rows, heads, title="表")
    ran = sanchuang("visits", "表.xlsx", "--out", "不写.xlsx")
    assert ran.code == 2 and said in ran.err


def test_blank_unread_and_double_rows_wait_or_count_once(tmp_path: Path, sanchuang: Sanchuang) -> None:
    people = [[*row] for row in recipients()[:3]]
    people += [[*people[0]], [*people[1]]]
    people[2][5], people[4][5] = "八百多", 600
    book(tmp_path / "慰问.xlsx", people, RECIPIENTS, title="春节慰问对象")
    visits = [[*row] for row in log()[:3]]
    visits[0][0], visits[1][6] = "", "托人带话"
    book(tmp_path / "走访.xlsx", visits, LOG, title="走访记录")
    ran = sanchuang(
        "visits", "慰问.xlsx", "走访.xlsx", "--period", "2026", "--on", "2026-07-10", "--out", "册.xlsx"
    )
    said = ran.err.replace("\n", "")
    assert ran.code == 1
    assert "走访记录：读取 3 = 计入 1 + 重复 0 + 期外 0 + 待核实 2" in said
    assert "慰问对象：读取 5 = 已慰问 1 + 未慰问 0 + 不属对象 0 + 重复合并 1 + 待核实 3" in said
