"""`sanchuang pay` as it is typed: from stars that were approved to the bank, the ledger, the notice, and what each figure rests on."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.policy import source
from tests.cli.test_ledger_command import Office, office
from tests.cli.test_results_command import saved
from tests.command import book, county
from tests.programmes.cadres import account, called, identity

__all__ = ["office"]

HEADINGS = (
    "乡镇", "村", "姓名", "身份证号", "现任职务", "任职时间", "离任时间", "任命文号", "所在党支部", "银行卡号",
)  # fmt: skip
STARS = """stars = [
  { at_least = 4, percent = 120 },
  { at_least = 3, percent = 100 },
  { at_least = 0, percent = 0 },
]
"""
MORE = """
[[edition.parts]]
item = "base"
clause = "每月 1000 元"
per = "month"
yuan = 1000

[edition.notice]
clause = "公示 5 天"
days = 5
counting = "calendar-days"
posting_day = "not-counted"
issuer = "中共望川县委组织部"
objections_to = "中共望川县委组织部"
telephone = "0600-5500000"
"""


def row(number: int, **cells: object) -> list[object]:
    plain: dict[str, object] = {
        "乡镇": "青禾镇",
        "村": f"第{number}村",
        "姓名": called(number),
        "身份证号": identity(number),
        "现任职务": "村支书",
        "任职时间": "2021.1.10",
        "任命文号": "县组干〔2021〕3号",
        "所在党支部": f"第{number}村党支部",
        "银行卡号": account(number),
    }
    return [(plain | cells).get(heading, "") for heading in HEADINGS]


def by_stars() -> str:
    """The pack that goes by stars as a county would make it its own: five stars, paid in August."""
    said = source("pay", "qingshan")[1].decode("utf-8")
    own = "".join(line for line in said.splitlines(keepends=True) if not line.startswith("example ="))
    head, _, rest = own.partition("stars = [\n")
    return (head + STARS + rest.partition("]\n")[2] + MORE).replace("month = 2", "month = 8")


@pytest.fixture
def rated(office: Office) -> Office:
    """Twenty branches rated for 2025, and three secretaries, of whom two can be told among them."""
    book(Path("党组织.xlsx"), county())
    ran = office("rate", "党组织.xlsx", "--period", "2025", "--on", "2025-12-31", "--out", "星级.xlsx", "-q")
    assert ran.code == 0, ran.err
    book(Path("在职.xlsx"), [row(1), row(2), row(30)], HEADINGS, title="在职村干部花名册")
    Path("县.toml").write_text(by_stars(), "utf-8")
    return office


ASKED = ("在职.xlsx", "--period", "2026-08", "--policy", "县.toml", "--result", "星级.xlsx")


def test_approved_stars_become_pay_a_batch_entries_and_a_notice(rated: Office) -> None:
    ran = rated("pay", *ASKED, "--out", "报酬.xlsx")
    assert ran.code == 2 and "里没有审批过 星级.xlsx" in ran.err
    rated("ledger", "propose", "星级.xlsx", "--by", "张三")
    assert rated("ledger", "approve", "星级.xlsx", "--by", "李四").code == 0

    ran = rated("pay", *ASKED, "--out", "报酬.xlsx", "--notice", "公示", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert [one["code"] for one in told["findings"]] == ["pay.stars-missing"]
    pages = {table["name"]: table for table in told["tables"]}
    page = pages["绩效考核兑现表"]
    due = [column["name"] for column in page["columns"]].index("due")
    shown = [round(float(line[due]) * 100) for line in page["rows"]]
    assert len(shown) == 3 and shown.count(0) == 1, "whose branch is not in the result waits"
    assert list(Path("公示").glob("村干部报酬公示*.docx"))

    ran = rated("explain", "pay", called(2), *ASKED, "--all")
    assert ran.code == 0 and "星级.xlsx" in ran.out and "分类定级汇总表" in ran.out

    assert rated("batch", "propose", "pay", *ASKED, "--by", "张三").code == 0
    assert rated("batch", "approve", "1", "--by", "李四").code == 0
    assert rated("batch", "send", "1", "--bank", "银行").code == 0
    with opened(Path("county.db")).reading() as connection:
        entries = posted(connection, "pay")
    sums_by: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key, total in entries.items():
        sums_by[key.component, key.month].append(total.fen)
    assert sums_by["基本报酬", "2026-07"] == sums_by["基本报酬", "2026-08"] == [100_000] * 3
    assert sorted(sums_by["绩效", "2026-08"]) == sorted(filter(None, shown))
    assert rated("ledger", "verify").code == 0


def test_a_result_that_was_changed_stops_the_run(rated: Office) -> None:
    def changed(whole: object) -> None:
        sheet = whole["分类定级汇总表"]  # type: ignore[index]
        heads = {cell.value: cell.column for line in sheet.iter_rows(max_row=6) for cell in line}
        sheet.cell(8, heads["星级"]).value = 5

    saved("星级.xlsx", changed)
    ran = rated("pay", *ASKED, "--out", "报酬.xlsx")
    assert ran.code == 2 and "写出以后被改过" in ran.err and not Path("报酬.xlsx").exists()


def test_what_is_corrected_later_stands_month_by_month_with_what_is_still_to_be_taken(office: Office) -> None:
    asked = ("--policy", "pay", "--by", "张三")
    book(Path("七月.xlsx"), [row(1), row(2), row(3, 现任职务="会计")], HEADINGS, title="在职村干部花名册")
    assert office("batch", "propose", "pay", "七月.xlsx", "--period", "2026-07", *asked).code == 0
    office("batch", "approve", "1", "--by", "李四")
    assert office("batch", "send", "1", "--bank", "银行").code == 0
    assert office("batch", "paid", "1").code == 0
    late = [row(1, 现任职务="副主任"), row(2), row(3, 现任职务="会计", 离任时间="2026-06-20")]
    book(Path("八月.xlsx"), [*late, row(4, 任职时间="2026-07-02")], HEADINGS, title="在职村干部花名册")
    ran = office("pay", "八月.xlsx", "--period", "2026-08", "--ledger", "county.db", "--out", "八月报酬.xlsx")
    assert ran.code in (0, 1), ran.err
    sheet = load_workbook("八月报酬.xlsx")["补发扣发明细"]
    rows = [[cell for cell in line if cell is not None] for line in sheet.iter_rows(values_only=True)]
    by_name = {line[3]: line for line in rows if isinstance(line[0], int)}
    demoted, gone, joined = by_name[called(1)], by_name[called(3)], by_name[called(4)]
    assert demoted[6:11] == ["2026-07", 1400, 2000, 0, -280], "a fifth of 1,400"
    assert gone[6:11] == ["2026-07", 0, 1400, 0, -1400], "whoever has left is asked for all of it"
    assert joined[6:11] == ["2026-07", 2000, 0, 0, 2000]


def test_last_months_result_of_another_county_is_refused_and_no_page_is_written(office: Office) -> None:
    book(Path("外县.xlsx"), [row(1, 乡镇="外县镇")], HEADINGS, title="在职村干部花名册")
    assert office("pay", "外县.xlsx", "--period", "2026-07", "--out", "外县7月.xlsx", "-q").code == 0
    book(Path("本县.xlsx"), [row(2)], HEADINGS, title="在职村干部花名册")
    ran = office("pay", "本县.xlsx", "--period", "2026-08", "--previous", "外县7月.xlsx", "--out", "8月.xlsx")
    assert ran.code == 2 and "像是别的县的结果" in ran.err and not Path("8月.xlsx").exists()


def test_policy_check_tells_what_is_printed_and_cannot_be_right(office: Office) -> None:
    said = source("pay", None)[1].decode("utf-8")
    printed = """
[[edition.printed_sums]]
clause = "平均月工资394元，平均年工资4750元"
terms = [394]
times = 12
value = 4750

[[edition.printed_sums]]
clause = "一等奖12024元"
figures = [10000, 8000, 1000, 800, 12024]
"""
    Path("县.toml").write_text(said + printed, "utf-8")
    ran = office("policy", "check", "pay", "县.toml")
    told = ran.out + ran.err
    assert ran.code == 0 and "4728" in told and "12024" in told
