"""`sanchuang budget` as it is typed: instalments through the ledger, a second year, and rosters that are wrong."""

from pathlib import Path

from openpyxl import load_workbook

from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from tests.cli.test_ledger_command import Office, office
from tests.command import book
from tests.ledger.county import account

__all__ = ["office"]

HEADINGS = ("乡镇", "村", "类型", "是否贫困村", "银行账号")
VILLAGES = [
    ["青禾镇", "河西村", "村", "是", account(1)],
    ["青禾镇", "河东村", "村", "", account(2)],
    ["望河乡", "三合村", "村", "", ""],
]


def named(rows: list[list[str]]) -> None:
    """The roster of villages."""
    book(Path("册.xlsx"), rows, HEADINGS, title="村（社区）基本情况")


def paid(office: Office, number: str, *asked: str) -> None:
    """A batch proposed, approved by another and sent."""
    ran = office("batch", "propose", "budget", "册.xlsx", *asked, "--by", "张三", "--ledger", "county.db")
    assert ran.code < 2, ran.err
    assert office("batch", "approve", number, "--by", "李四").code == 0
    assert office("batch", "send", number, "--bank", "银行").code == 0


def sums() -> dict[tuple[str, str], int]:
    """Fen in the ledger by component and month."""
    with opened(Path("county.db")).reading() as connection:
        entries = posted(connection, "budget")
    found: dict[tuple[str, str], int] = {}
    for key, entry in entries.items():
        found[key.component, key.month] = found.get((key.component, key.month), 0) + entry.fen
    return found


def test_instalments_are_paid_once_each_and_the_next_year_leaves_them_alone(office: Office) -> None:
    """The office's ledger begins with July. In 2027 the poor village is poor no more."""
    named(VILLAGES)
    office("ledger", "rule", "one-login", "--by", "张三", "--note", "文号")
    paid(office, "1", "--period", "2026", "--on", "2026-09-30")
    own, more = "党建工作经费", "贫困村增加"
    autumn = {(own, "2026-09"): 20_000_00, (more, "2026-09"): 2_500_00}
    assert sums() == autumn
    paid(office, "2", "--period", "2026", "--on", "2026-12-31")
    both = autumn | {(own, "2026-12"): 20_000_00, (more, "2026-12"): 2_500_00}
    assert sums() == both
    named([[*VILLAGES[0][:3], "否", account(1)], VILLAGES[1]])
    paid(office, "3", "--period", "2027", "--on", "2027-03-31")
    assert sums() == both | {(own, "2027-03"): 20_000_00}


def test_what_was_paid_already_is_not_sent_to_the_bank_again(office: Office) -> None:
    named(VILLAGES)
    payments = [["青禾镇", "河东村", "2026-03-18", 10_000]]
    book(Path("拨付.xlsx"), payments, ("乡镇", "村", "拨付日期", "拨付金额"), title="拨付")
    ran = office(
        "budget",
        "册.xlsx",
        "拨付.xlsx",
        "--period",
        "2026",
        "--on",
        "2026-06-30",
        "--out",
        "果.xlsx",
        "--bank",
        "银行",
    )
    assert ran.code == 0, ran.err
    sheet = load_workbook(next(Path("银行").glob("*党建工作经费*_01.xlsx"))).worksheets[0]
    sent = {str(line[2]): str(line[4]) for line in sheet.iter_rows(min_row=2, values_only=True)}
    assert sent == {"河东村": "10000.00", "河西村": "20000.00"}


def test_a_quarter_is_refused_with_the_year_to_write(office: Office) -> None:
    named(VILLAGES)
    ran = office("budget", "册.xlsx", "--period", "2026Q2")
    assert ran.code == 2 and "--period 2026" in ran.err, ran.err


def test_explain_says_what_a_standard_is_made_of(office: Office) -> None:
    named(VILLAGES)
    ran = office("explain", "budget", "河西村", "册.xlsx", "--period", "2026", "--on", "2026-06-30")
    assert ran.code == 0 and "每个 40000" in ran.out and "每个 10000" in ran.out, ran.err + ran.out
