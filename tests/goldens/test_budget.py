"""The golden of 经费预算: a few villages and organisations."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden

BODIES = (
    "乡镇",
    "村",
    "类型",
    "是否贫困村",
    "人口",
    "党员数",
    "转入党员数",
    "新批支部数",
    "工资总额",
    "管理费支出",
    "缴纳党费",
    "核定金额",
    "开户行",
    "银行账号",
)


VOUCHERS = ("乡镇", "村", "凭证号", "日期", "用途", "金额", "状态", "冲销凭证号")


def bodies() -> list[list[object]]:
    """One body for each thing that can happen."""
    account = {"开户行": "农业银行", "银行账号": "6222021234567890128"}
    county: list[dict[str, object]] = [
        {"乡镇": "青禾镇", "村": "河西村", "类型": "村", "是否贫困村": "是", "人口": 900, "党员数": 40},
        {"乡镇": "青禾镇", "村": "河东村", "类型": "行政村", "核定金额": 50000},
        {"乡镇": "青禾镇", "村": "站前社区", "类型": "社区"},
        {"乡镇": "望河乡", "村": "丰收公司", "类型": "民营企业", "转入党员数": 5, "新批支部数": 1, "工资总额": 8000000,
         "管理费支出": 95000, "缴纳党费": 1234.5},
        {"乡镇": "望河乡", "村": "种植协会", "类型": "社会组织", "转入党员数": 3, "新批支部数": 0},
        {"乡镇": "望河乡", "村": "三合村", "类型": "林场"},
        {"乡镇": "望河乡", "村": "两次村", "类型": "村", "是否贫困村": "是"},
        {"乡镇": "望河乡", "村": "两次村", "类型": "村"},
    ]  # fmt: skip
    return [[(account | row).get(heading, "") for heading in BODIES] for row in county]


def vouchers() -> list[list[object]]:
    """One voucher for each thing that can happen."""
    county: list[tuple[object, ...]] = [
        ("青禾镇", "河西村", "1", "2026-03-05", "阵地维护", 46000, "", ""),
        ("青禾镇", "河西村", "2", "2026-09-10", "学习教育", 5000, "", ""),
        ("青禾镇", "河西村", "3", "2026-10-10", "阵地维护", 8000, "", "1"),
        ("青禾镇", "河东村", "4", "2026-11-02", "报刊资料", 1200, "", ""),
        ("青禾镇", "河东村", "5", "2026-11-03", "组织活动", 3000, "承诺", ""),
        ("青禾镇", "站前社区", "6", "2026-04-01", "招待费", 100, "", ""),
        ("望河乡", "三合村", "7", "2026-04-01", "学习教育", 100, "", ""),
    ]
    return [list(row) for row in county]


def test_a_few_bodies_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    book(tmp_path / "全县.xlsx", bodies(), BODIES, title="村（社区）基本情况")
    book(tmp_path / "凭证.xlsx", vouchers(), VOUCHERS, title="支出凭证")
    paid = [("青禾镇", "河西村", "2026-03-20", 12500), ("青禾镇", "河东村", "2026-03-20", 60000)]
    book(tmp_path / "拨付.xlsx", paid, ("乡镇", "村", "拨付日期", "拨付金额"), title="拨付")
    asked = (
        "全县.xlsx",
        "凭证.xlsx",
        "拨付.xlsx",
        "--period",
        "2026",
        "--on",
        "2026-11-28",
        "--out",
        "结果.xlsx",
    )
    ran = sanchuang("budget", *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("budget")
