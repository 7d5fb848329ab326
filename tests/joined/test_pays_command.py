"""What a programme's own rule makes due, as it is typed: from the roster to the bank's list and the ledger's entries, for
a person and for an organisation."""

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from sanchuang_cli.finding import Severity
from sanchuang_cli.judging import COMMON, At
from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.record import Row, Source
from tests.cli.test_ledger_command import Office, office
from tests.command import book
from tests.joined import PAYS, Secretary, Starred, Stars
from tests.joined.test_join_command import NAMES, TAKES, approve, joined, rated
from tests.ledger.county import account
from tests.ledger.test_payees import CODE

__all__ = ["office", "rated"]

HEADINGS = ("乡镇", "村", "合作社名称", "统一社会信用代码", "户数", "银行账号")
POLICY = (
    '[[edition]]\ntitle = "经费办法"\ndocument = "县字2号"\neffective = 2020-01-01\nyuan = 8000\nleast = 30\n'
)
ASKED = ("社.xlsx", "--period", "2026-07", "--policy", "经费.toml")
WRONG = f"{CODE[:-1]}C"


@pytest.fixture
def funded(office: Office) -> Office:
    """Five cooperatives: by code, by name, without an account, too small, and one whose code cannot be."""
    rows = [
        ["青禾镇", "河西村", "河西合作社", CODE, 40, account(1)],
        ["青禾镇", "河东村", "河东合作社", "", 30, account(2)],
        ["白石镇", "柳村", "柳村合作社", "", 50, ""],
        ["白石镇", "石村", "石村合作社", "", 29, account(4)],
        ["白石镇", "岭村", "岭村合作社", WRONG, 60, account(5)],
    ]
    book(Path("社.xlsx"), rows, HEADINGS)
    Path("经费.toml").write_text(POLICY, "utf-8")
    return office


def sent(file: str) -> list[tuple[Any, ...]]:
    """Whom a file for the bank pays: name, account and yuan."""
    sheet = load_workbook(Path("银行") / file).worksheets[0]
    return [(line[2], line[1], line[4]) for line in sheet.iter_rows(min_row=2, values_only=True)]


def test_organisations_are_paid_who_can_be_told_and_reached(funded: Office) -> None:
    ran = joined("societies", *ASKED, "--out", "拨付.xlsx", "--bank", "银行", "--json")
    assert ran.code == 1, ran.err
    told = json.loads(ran.out)
    (page,) = (table for table in told["tables"] if table["name"] == "拨付表")
    assert [(row[3], row[-1]) for row in page["rows"]] == [
        ("河东合作社", "8000.00"),
        ("河西合作社", "8000.00"),
        ("柳村合作社", "8000.00"),
    ]
    found = {(one["code"], one["severity"], one["row"]) for one in told["findings"]}
    assert {("societies.account", "warning", 5), ("societies.payee", "error", 7)} <= found
    assert sent("20260731_合作社经费_01.xlsx") == [
        ("河东合作社", account(2), "8000.00"),
        ("河西合作社", account(1), "8000.00"),
    ]


def test_the_ledger_books_organisations_by_their_keys(funded: Office) -> None:
    ran = joined("batch", "propose", "societies", *ASKED, "--by", "张三", "--ledger", "county.db")
    assert ran.code == 1 and "柳村合作社" in ran.err, ran.err
    assert funded("ledger", "rule", "one-login", "--by", "张三", "--note", "文号").code == 0
    assert funded("batch", "approve", "1", "--by", "李四").code == 0
    assert funded("batch", "send", "1", "--bank", "银行").code == 0
    with opened(Path("county.db")).reading() as connection:
        sums = posted(connection, "societies")
    assert [one.fen for one in sums.values()] == [8000_00] * 2
    assert {(key.benefit, key.component, key.month) for key in sums} == {("合作社经费", "", "2026-07")}
    for key in (f"信用代码:{CODE}", "名称:青禾镇 河东合作社"):
        assert "8,000.00" in funded("ledger", "show", key).out
    assert funded("ledger", "verify").code == 0


def test_a_cooperative_that_left_the_roster_is_told_and_a_refused_one_is_asked_to_pay_back(
    funded: Office,
) -> None:
    joined("batch", "propose", "societies", *ASKED, "--by", "张三", "--ledger", "county.db")
    funded("ledger", "rule", "one-login", "--by", "张三", "--note", "文号")
    funded("batch", "approve", "1", "--by", "李四")
    funded("batch", "send", "1", "--bank", "银行")
    book(Path("社.xlsx"), [["青禾镇", "河西村", "河西合作社", CODE, 20, account(1)]], HEADINGS)
    ran = joined(
        *("batch", "propose", "societies", "社.xlsx", "--period", "2026-08", "--policy", "经费.toml"),
        *("--by", "张三", "--ledger", "county.db"),
    )
    assert "河东合作社" in ran.err and "追缴" in ran.err, ran.err


def test_explain_says_why_an_organisation_is_refused(funded: Office) -> None:
    ran = joined("explain", "societies", "石村合作社", *ASKED)
    assert ran.code == 0 and "不予拨付" in ran.out and "29 户" in ran.out, ran.err


def test_a_person_is_paid_by_the_stars_each_project_in_a_list_of_its_own(rated: Office) -> None:
    approve(rated)
    ran = joined("bonus", *TAKES, "--ledger", "county.db", "--out", "绩效.xlsx", "--bank", "银行")
    assert ran.code == 1, ran.err
    assert sent("20260731_书记绩效（绩效）_01.xlsx") == [
        (NAMES[1], account(1), "300.00"),
        (NAMES[0], account(0), "300.00"),
    ]


def asked_for() -> str:
    """The words of the one letter."""
    (path,) = Path("报告").iterdir()
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_organisations_sign_no_list_and_their_money_is_asked_for(funded: Office) -> None:
    assert joined("societies", *ASKED, "--out", "拨付.xlsx", "--request", "报告").code == 1
    assert "共发放 3 人，申请资金 24,000.00 元" in asked_for()
    assert "没有有效账户、另行发放的 1 人 8,000.00 元" in asked_for()
    ran = joined("societies", *ASKED, "--receipts", "清册", "--who", "all")
    assert (ran.code, "没有要签领的人" in ran.err) == (2, True), ran.err


def test_people_sign_for_what_their_own_rule_makes_due(rated: Office) -> None:
    approve(rated)
    papers = ("--receipts", "清册", "--who", "all", "--request", "报告")
    ran = joined("bonus", *TAKES, "--ledger", "county.db", "--out", "绩效.xlsx", *papers)
    assert ran.code == 1, ran.err
    (path,) = Path("清册").iterdir()
    lines = [
        row
        for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)
        if isinstance(row[0], int)
    ]
    assert [(row[2], row[6]) for row in lines] == [(NAMES[1], 300), (NAMES[0], 300)]
    assert "书记绩效（绩效） 2 人 600.00 元" in asked_for()


def test_each_month_goes_by_the_edition_in_force_on_its_first_day(funded: Office) -> None:
    later = POLICY.replace("2020-01-01", "2026-08-01").replace("8000", "9000")
    Path("经费.toml").write_text(POLICY + later, "utf-8")
    ran = joined(
        *("batch", "propose", "societies", "社.xlsx", "--period", "2026-09", "--policy", "经费.toml"),
        *("--by", "张三", "--ledger", "county.db"),
    )
    assert "18,000.00" in ran.err and "34,000.00" in ran.err, ran.err


def test_a_person_without_a_number_is_set_aside() -> None:
    source = Source("书记.xlsx", "名册", {"identity": (4, "身份证号")})
    nobody = Secretary(row=Row(source, 4, ()), township="青禾镇", name="某某", account=account(1))
    year = Period.year(2026)
    policy = Stars(title="办法", document="县字1号", effective=year.first)
    at = At(policy, PolicyFile("", "", (policy,)), Occasion(year, year.last), {}, COMMON)
    (found,) = PAYS.judged(lambda who, at, odd: Starred(record=who, part="列入", stars=1, place="", due=()))(
        [nobody], at
    )
    (error,) = found.findings
    assert (error.code, error.severity, error.place.cell) == ("payee", Severity.ERROR, "D4")
