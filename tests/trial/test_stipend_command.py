"""The trial programme `stipend` as it is typed: from a roster to signed pages, the bank's list and the ledger's entries."""

import json
from pathlib import Path

from openpyxl import load_workbook

from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from tests.cli.test_ledger_command import HEADINGS, Office, cadre, office
from tests.command import book
from tests.joined.test_join_command import joined
from tests.programmes.people import identity

__all__ = ["office"]

POLICY = Path(__file__).parent / "stipend.toml"


def serving(who: int, spells: str) -> list[str]:
    number = identity("1980-03-15", number=who)
    return cadre(who, 任职经历=spells, 离任职务="", 离任原因="", 身份证号=number)


PEOPLE = [
    serving(0, "2020-01至今 书记"),
    serving(1, "2020-01至2026-03 书记；2026-04至今 委员"),
    serving(2, "2000-01至2016-12 书记"),
]
ASKED = ("在职.xlsx", "--period", "2026-07", "--policy", POLICY)
FEN = {3000_00, 1200_00}


def test_a_run_says_who_is_paid_who_is_not_and_what_the_bank_gets(office: Office) -> None:
    book(Path("在职.xlsx"), PEOPLE, HEADINGS)
    ran = joined("stipend", *ASKED, "--out", "报酬7月.xlsx", "--bank", "银行", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    pages = {table["name"]: table["rows"] for table in told["tables"]}
    assert [len(pages[name]) for name in ("基本报酬花名册", "分乡镇汇总表", "不予发放名单")] == [2, 1, 1]
    sheets = load_workbook("报酬7月.xlsx").sheetnames
    assert {"基本报酬花名册", "分乡镇汇总表", "不予发放名单", "来源"} <= set(sheets)
    assert {one.name for one in Path("银行").glob("*.xlsx")} == {
        "20260731_基本报酬_01.xlsx",
        "20260731_stipend_核对单.xlsx",
    }


def test_its_own_result_is_read_back_as_the_last_period(office: Office) -> None:
    book(Path("在职.xlsx"), PEOPLE, HEADINGS)
    assert joined("stipend", *ASKED, "--out", "报酬7月.xlsx", "-q").code == 0
    august = ("在职.xlsx", "--period", "2026-08", "--policy", POLICY, "--previous", "报酬7月.xlsx", "--json")
    ran = joined("stipend", *august, "--out", "报酬8月.xlsx")
    assert ran.code == 0, ran.err
    (changes,) = (one for one in json.loads(ran.out)["tables"] if one["name"] == "动态变更表")
    assert changes["rows"] == []


def test_explain_says_why_in_the_programmes_words(office: Office) -> None:
    book(Path("在职.xlsx"), PEOPLE, HEADINGS)
    ran = joined("explain", "stipend", "王乙", *ASKED, "--all")
    assert ran.code == 0 and "自2020-01起在任，至今，当月任委员" in ran.out, ran.out
    assert "2026-07不在任" in joined("explain", "stipend", "王丙", *ASKED).out


def test_the_ledger_books_it_by_component(office: Office) -> None:
    book(Path("在职.xlsx"), PEOPLE, HEADINGS)
    ran = joined("batch", "propose", "stipend", *ASKED, "--by", "张三", "--ledger", "county.db")
    assert ran.code == 0, ran.err
    assert office("ledger", "rule", "one-login", "--by", "张三", "--note", "文号").code == 0
    assert office("batch", "approve", "1", "--by", "李四").code == 0
    assert office("batch", "send", "1", "--bank", "银行").code == 0
    with opened(Path("county.db")).reading() as connection:
        sums = posted(connection, "stipend")
    assert {one.fen for one in sums.values()} == FEN
    assert {(key.benefit, key.component) for key in sums} == {("在职村干部报酬", "基本报酬")}
    assert office("ledger", "verify").code == 0
