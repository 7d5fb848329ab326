"""`sanchuang dues` as it is typed: what a blank roster asks for, and pay files of two documents in one year."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.command import Sanchuang, book
from tests.programmes.people import identity

WHO = ("上级党组织", "支部", "姓名", "身份证号", "缴费类别", "党费基数", "入党日期")
CADRE = ["青禾镇", "机关党支部", "张三", identity("1970-01-01"), "在职", "", "1998.7"]
DOCUMENT = """
[[edition]]
title = "办法"
document = "某组发〔{year}〕9号"
effective = {since}
fixed = "month"
fixed_clause = "二"
arrears_clause = "二"

[[edition.categories]]
name = "在职"
clause = "一"
brackets = [{{ percent = 1 }}]
"""
PAY_FILE = """
[edition.pay_file]
clause = "一"
counted = ["{item}"]
"""
GIFT = """
[edition.gift]
clause = "四"
to = "中央"
above = 1000
"""
RETURNED = """
[edition.returned]
clause = "六"
types = ["非公企业"]
percent = 100
"""


def written(*blocks: str) -> Path:
    Path("办法.toml").write_text("".join(blocks), "utf-8")
    return Path("办法.toml")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("here")
def test_the_items_of_each_document_of_the_year_are_read_from_the_pay_file(sanchuang: Sanchuang) -> None:
    """Until June the basic pay counts, from July on the pay of the post."""
    policy = written(
        DOCUMENT.format(year=2025, since="2026-01-01"),
        PAY_FILE.format(item="基本工资"),
        DOCUMENT.format(year=2026, since="2026-07-01"),
        PAY_FILE.format(item="岗位工资"),
    )
    book(Path("册.xlsx"), [CADRE], WHO, title="党费收缴名册")
    book(Path("工资.xlsx"), [[CADRE[3], 3000, 5000]], ("身份证号", "基本工资", "岗位工资"), title="工资表")
    asked = ("--policy", policy, "--period", "2026", "--json", "-q")
    for on, due in (("2026-06-30", "180.00"), ("2026-12-31", "480.00")):
        ran = sanchuang("dues", "册.xlsx", "工资.xlsx", "--on", on, *asked)
        document: dict[str, Any] = json.loads(ran.out)
        (page,) = (table for table in document["tables"] if table["name"] == "党费收缴表")
        at = [column["name"] for column in page["columns"]].index("due")
        assert [row[at] for row in page["rows"]] == [due]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("blocks", "asked"),
    [
        ("", set()),
        (GIFT, {"自愿多交", "自愿多交日期"}),
        (RETURNED, {"支部类型"}),
        (GIFT + RETURNED, {"自愿多交", "自愿多交日期", "支部类型"}),
    ],
)
def test_a_blank_roster_asks_for_what_the_document_looks_at(
    sanchuang: Sanchuang, blocks: str, asked: set[str]
) -> None:
    policy = written(DOCUMENT.format(year=2025, since="2026-01-01"), blocks)
    assert sanchuang("template", "dues", "--policy", policy, "--out", "空.xlsx").code == 0
    cells = {cell.value for row in load_workbook("空.xlsx").worksheets[0].iter_rows() for cell in row}
    assert cells & {"自愿多交", "自愿多交日期", "支部类型", "上年四季度净收入"} == asked
    assert {"党费基数", "减免决定", "1月", "12月"} <= cells
