"""`sanchuang fund` as it is typed: subsidies through the ledger once per period, a mistake made good, and books that cannot be."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from tests.command import Ran, book, typed
from tests.goldens.test_fund import APPLICATIONS, EVENTS, LOANS, applicants
from tests.ledger.county import account
from tests.programmes.people import identity

Office = Callable[..., Ran]
PAID_BACK = [["001", "2025-07-01", "还本", 20000], ["001", "2025-12-01", "结清", 30000]]


def borrower(number: str, **cells: Any) -> list[Any]:
    plain = {
        "编号": number, "乡镇": "青禾镇", "村": "河西村", "姓名": "周勇", "身份证号": identity("1975-02-03", number=1), "项目": "大棚蔬菜",
        "本金": 50000, "发放日": "2025-01-01", "期限月": 12, "年利率": "4.35%", "银行账号": account(1),
    }  # fmt: skip
    return [(plain | cells).get(heading, "") for heading in LOANS]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Office:
    """`sanchuang WORDS…` in an office with one loan, what became of it, and a ledger; in this process, to be quick."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANCHUANG_LEDGER", "county.db")
    monkeypatch.setenv("COLUMNS", "200")
    run = typed(monkeypatch, capsys)
    book(tmp_path / "台账.xlsx", [borrower("001")], LOANS, title="贷款台账")
    book(tmp_path / "事件.xlsx", PAID_BACK, EVENTS, title="贷款事件")
    return run


def pay(office: Office, batch: str, period: str) -> str:
    """Propose, approve and send what a period owes; what was said of it."""
    asked = ("台账.xlsx", "事件.xlsx", "--period", period, "--on", "2025-12-31", "--by", "张三")
    ran = office("batch", "propose", "fund", *asked)
    assert ran.code in (0, 1), ran.err
    assert office("batch", "approve", batch, "--by", "李四").code == 0
    assert office("batch", "send", batch, "--bank", f"银行{batch}").code == 0
    return ran.err


def sums() -> dict[str, int]:
    """Fen by month, as the ledger has posted them."""
    with opened(Path("county.db")).reading() as connection:
        by_month = Counter[str]()
        for key, one in posted(connection, "fund").items():
            by_month[key.month] += one.fen
        return by_month


def test_a_subsidy_is_paid_once_per_period_and_a_mistake_is_made_good_by_the_next(office: Office) -> None:
    assert office("ledger", "init", "--paid-through", "2024-12").code == 0
    assert "743.84" in pay(office, "1", "2025H1")
    again = office(
        *("batch", "propose", "fund", "台账.xlsx", "事件.xlsx", "--period", "2025H1"),
        *("--on", "2025-12-31", "--by", "张三"),
    )
    assert "空批次" in again.err
    pay(office, "2", "2025H2")
    assert sum(sums().values()) == 1_121_10
    wrong = ["001", "2025-09-01", "冲正", "", "", "2025-07-01"]
    book(
        Path("事件.xlsx"),
        [PAID_BACK[0], wrong, ["001", "2025-12-01", "结清", 50000]],
        EVENTS,
        title="贷款事件",
    )
    assert "更正后应多发" in pay(office, "3", "2025H2")
    assert sum(sums().values()) == round(50_000_00 * 334 * 3 / 36_500)
    assert office("ledger", "verify").code == 0


def test_a_second_loan_of_a_person_takes_nothing_back_from_the_first(office: Office) -> None:
    office("ledger", "init", "--paid-through", "2024-12")
    pay(office, "1", "2025H1")
    second = borrower("002", 发放日="2025-10-01")
    book(Path("台账.xlsx"), [borrower("001"), second], LOANS, title="贷款台账")
    said = pay(office, "2", "2025H2")
    assert "追缴" not in said
    assert sum(sums().values()) == 1_121_10 + round(50_000_00 * 92 * 3 / 36_500)


def test_two_persons_approve_who_is_to_be_lent_to(office: Office) -> None:
    assert office("ledger", "init", "--paid-through", "2024-12").code == 0
    book(Path("申请.xlsx"), applicants(), APPLICATIONS, title="申请表")
    asked = (
        "申请.xlsx",
        "台账.xlsx",
        "事件.xlsx",
        "--period",
        "2025",
        "--on",
        "2025-12-31",
        "--out",
        "评审.xlsx",
    )
    assert office("fund", *asked, "-q").code == 1
    assert office("ledger", "propose", "评审.xlsx", "--by", "张三").code == 0
    assert office("ledger", "approve", "评审.xlsx", "--by", "张三").code == 2
    ran = office("ledger", "approve", "评审.xlsx", "--by", "李四")
    assert ran.code == 0, ran.err


def test_a_table_without_a_needed_column_is_told_with_its_name_and_nothing_is_written(office: Office) -> None:
    book(Path("缺.xlsx"), [borrower("001")[:-3]], LOANS[:-3], title="贷款台账")
    ran = office("fund", "缺.xlsx", "--period", "2025")
    assert ran.code == 2 and "年利率" in ran.err
    assert not list(Path().glob("*创业*"))


def test_applications_alone_and_loans_alone_are_each_a_run(office: Office) -> None:
    book(Path("申请.xlsx"), applicants()[:1], APPLICATIONS, title="申请表")
    ran = office("fund", "申请.xlsx", "--period", "2025", "--on", "2025-12-31")
    assert ran.code == 0 and "没有给贷款台账" in ran.err, ran.err
    ran = office("fund", "台账.xlsx", "--period", "2025", "--on", "2025-12-31", "-q")
    assert ran.code == 0, ran.err


def test_explain_finds_a_loan_by_its_borrower(office: Office) -> None:
    ran = office(
        "explain", "fund", "周勇", "台账.xlsx", "事件.xlsx", "--period", "2025", "--on", "2025-12-31"
    )
    assert ran.code == 0 and "还本 50000.00" in ran.out and "1121.10 元" in ran.out, ran.out


def test_applications_without_their_scores_beside_loans_that_are_read_end_with_1(office: Office) -> None:
    """They were told in a note and the run ended with 0, although nobody's application was judged."""
    with Workbook("一本.xlsx") as both:
        for title, heads, rows in (
            ("申请表", APPLICATIONS[:-5], [one[:-5] for one in applicants()[:2]]),
            ("贷款台账", LOANS, [borrower("001")]),
        ):
            page = both.add_worksheet(title)
            page.write(0, 0, title)
            for at, cells in enumerate((heads, *rows), 1):
                page.write_row(at, 0, cells)
    ran = office("fund", "一本.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "结果.xlsx")
    assert ran.code == 1, ran.err
    assert "这张表没有读，里面的人一个也没有算：看来是“申请表”，缺 项目前景分" in ran.err
