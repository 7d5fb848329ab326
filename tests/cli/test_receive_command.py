"""`ledger receive` and `ledger income` as they are typed: a receipt stays as it was booked, whatever is worked out anew."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.income_pages import lines_page, sums_page
from tests.cli.test_ledger_command import Office, office
from tests.command import book, own_policy
from tests.ledger.county import number

__all__ = ["office"]

MEMBERS = (
    "上级党组织",
    "支部",
    "支部类型",
    "姓名",
    "身份证号",
    "缴费类别",
    "党费基数",
    "支部大会日期",
    "自愿多交",
    "1月",
    "2月",
)
RECEIPTS = ("票号", "姓名", "支部", "身份证号", "交纳日期", "交纳金额", "代交人")
NAMES = ("张建国", "李秀英", "王志强")
UPWARD = '[edition.upward]\nclause = "省里的规定"\nto = "市委组织部"\npercent = 30\n\n[edition.notice]'


def rosters(base: int = 3000, first: str = "001", fen: float = 45) -> None:
    """Two branches; one member's dues by receipts. base: of that member."""
    rows = [
        ["青禾镇", "机关党支部", "机关", NAMES[0], number(0), "在职", 3000, "1990-05-03", 2000, 15, 15],
        ["青禾镇", "青禾米业党支部", "非公企业", NAMES[1], number(1), "在职", 6000, "1990-05-03", "", 90, ""],
        ["青禾镇", "机关党支部", "机关", NAMES[2], number(2), "在职", base, "1990-05-03", "", "", ""],
    ]
    book(Path("名册.xlsx"), rows, MEMBERS, title="党费收缴名册")
    given = [[first, NAMES[2], "机关党支部", number(2), "2026-03-10", fen, NAMES[0]]]
    book(Path("收据.xlsx"), given, RECEIPTS, title="党费收据")


def result(office: Office, name: str, on: str = "2026-03-31") -> None:
    """A result of the year, made and approved."""
    asked = ("名册.xlsx", "收据.xlsx", "--period", "2026", "--on", on, "--policy", "政策.toml")
    assert office("dues", *asked, "--out", name, "-q").code == 0
    assert office("ledger", "propose", name, "--by", "张三").code == 0
    assert office("ledger", "approve", name, "--by", "李四").code == 0


@pytest.fixture
def received(office: Office) -> Office:
    """The first quarter, booked."""
    policy = Path(own_policy(Path.cwd(), "dues")).read_text("utf-8")
    head, found, rest = policy.rpartition("[edition.notice]")
    assert found
    Path("政策.toml").write_text(head + UPWARD + rest, "utf-8")
    rosters()
    result(office, "一季度.xlsx")
    ran = office("ledger", "receive", "一季度.xlsx", "--by", "张三")
    assert ran.code == 0, ran.err
    said = "已登记：收讫 6 条 165.00 元，自愿多交 1 条 2,000.00 元，上缴 1 条 49.50 元，返还 1 条 90.00 元。"
    assert said in ran.err
    return office


def booked() -> list[tuple[object, ...]]:
    page = lines_page(opened(Path("county.db")))
    return [tuple(row) for row in page.rows]


def test_what_was_receipted_handed_up_and_returned_stands_by_month_member_and_receipt(
    received: Office,
) -> None:
    lines = {(row[1], row[4], row[6], row[7]): row[8] for row in booked()}
    assert lines["收讫", NAMES[2], "2026-01", "001"] == 15_00
    assert lines["收讫", NAMES[1], "2026-01", ""] == 90_00
    assert lines["上缴", "", "2026Q1", ""] == 49_50 and lines["返还", "", "2026", ""] == 90_00
    register = load_workbook("一季度.xlsx")["收据登记"]
    cells = [[cell.value for cell in row] for row in register.iter_rows()]
    assert [row[5:9] for row in cells if row[0] == 1] == [["001", datetime(2026, 3, 10), "2026-01", 15]]
    shown = received("ledger", "income", NAMES[2])
    assert number(2) not in shown.out and "45.00" not in shown.out and shown.out.count("001") == 3
    assert "青禾镇\t165.00\t2,000.00\t49.50\t90.00" in received("ledger", "income").out
    assert "收入 9 条：收讫 165.00 元" in received("ledger", "verify").err
    assert "165.00" not in received("ledger", "balance").out, "it is no payment"


def test_a_recalculation_after_a_receipt_alters_nothing_and_the_same_result_twice_adds_nothing(
    received: Office,
) -> None:
    before = booked()
    assert "没有新的收入" in received("ledger", "receive", "一季度.xlsx", "--by", "张三").err
    rosters(base=2000)
    result(received, "改了基数.xlsx")
    ran = received("ledger", "receive", "改了基数.xlsx", "--by", "张三")
    assert (ran.code, booked()) == (0, before), ran.err
    assert "没有新的收入" in ran.err and "1 张收据这次算到别的月份，台账仍按登记时的月份" in ran.err


def test_a_receipt_that_is_another_or_is_gone_is_refused_with_its_place_and_reversed_only_by_a_document(
    received: Office,
) -> None:
    before = booked()
    rosters(fen=54)
    result(received, "错.xlsx")
    ran = received("ledger", "receive", "错.xlsx", "--by", "张三")
    assert (ran.code, booked()) == (2, before)
    assert "票号 001（青禾镇 机关党支部 王志强）：台账登记了 45.00 元，错.xlsx 收据登记" in ran.err
    assert "--reverse --note 依据" in ran.err
    ran = received("ledger", "receive", "错.xlsx", "--by", "张三", "--reverse")
    assert ran.code == 2 and "--note" in ran.err
    ran = received("ledger", "receive", "错.xlsx", "--by", "张三", "--reverse", "--note", "组发3号")
    assert ran.code == 0 and "冲销原记录 3 条" in ran.err, ran.err
    assert booked()[: len(before)] == before
    (row,) = sums_page(opened(Path("county.db")), ["township"]).rows
    assert row[1:] == (174_00, 2000_00, 52_20, 90_00)
    assert "组发3号" in str(load_export(received)) and received("ledger", "verify").code == 0


def load_export(office: Office) -> list[object]:
    assert office("ledger", "export", "--out", "台账.xlsx").code == 0
    export = load_workbook("台账.xlsx")
    assert "收入" in export.sheetnames
    return [cell.value for row in export["审批和经过"].iter_rows() for cell in row]


def test_what_is_no_result_of_dues_or_of_no_whole_year_or_not_approved_is_refused(received: Office) -> None:
    def refused(path: str) -> str:
        ran = received("ledger", "receive", path, "--by", "张三")
        assert ran.code == 2, ran.err
        return ran.err

    asked = ("名册.xlsx", "收据.xlsx", "--policy", "政策.toml", "-q")
    received("dues", *asked, "--period", "2026", "--on", "2026-02-28", "--out", "新.xlsx")
    assert "台账里没有审批过 新.xlsx" in refused("新.xlsx")
    received("dues", *asked, "--period", "2026Q1", "--on", "2026-03-31", "--out", "季.xlsx")
    assert "请用 --period 2026 重做" in refused("季.xlsx")
    received("subsidies", "7月.xlsx", "--period", "2026-07", "--out", "补贴.xlsx", "-q")
    assert "补贴.xlsx 是生活补贴的结果，没有要登记的收入" in refused("补贴.xlsx")
    assert "这不是本程序写出的结果" in refused("名册.xlsx")
    assert "没有工作簿" in refused("没有.xlsx")
