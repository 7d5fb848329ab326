"""The golden of 走访慰问: a log on two sheets, ten recipients, money and goods, and the result of pairing."""

from pathlib import Path

from tests.command import Sanchuang, book
from tests.goldens import test_pairing
from tests.goldens.written import dumped, golden
from tests.ledger.county import account
from tests.programmes.people import identity

LOG = ("日期", "走访人", "对象", "乡镇", "村", "五心类型", "方式", "内容", "结果", "不再走访")
RECIPIENTS = (
    "乡镇", "村", "姓名", "身份证号", "类别", "慰问金", "慰问品", "数量", "资金来源", "慰问人", "日期", "银行账号",
)  # fmt: skip
SUPPLIES = ("来源", "金额", "品名", "数量", "结余")


def log() -> list[list[object]]:
    """One row for each thing that can happen."""
    here, there = ("青禾镇", "河西村"), ("望河乡", "三合村")
    return [
        ["2026-04-20", "李儿子", "刘同名", *here, "交心", "", "谈心", "无困难", ""],
        ["2026-05-20", "李儿子", "刘同名", *here, "凈心", "联系", "寄学习资料", "", ""],
        ["2026-06-27", "李儿子", "刘同名", *here, "暖心", "走访", "送药", "", ""],
        ["2026-06-27", "李儿子", "刘同名", *here, "顺心", "走访", "送药", "", ""],
        ["2026-05-04", "郑联村", "陈一户", *here, "安心", "", "", "", "是"],
        ["2026-06-04", "郑联村", "陈一户", *here, "安心", "", "", "", ""],
        ["2025-12-11", "郑联村", "李父子", *here, "交心", "", "", "", ""],
        ["2026-04-11", "别的人", "李父子", *here, "交心", "", "", "", ""],
        ["2026-04-12", "冯领导", "无此对", *there, "交心", "", "", "", ""],
        ["2026-04-13", "冯领导", "杨名额", *there, "爱心", "", "", "", ""],
        ["2027-04-13", "冯领导", "杨名额", *there, "交心", "", "", "", ""],
        ["2026.4", "冯领导", "杨名额", *there, "交心", "", "", "", ""],
    ]


def recipients() -> list[list[object]]:
    here = {
        "乡镇": "青禾镇",
        "村": "河西村",
        "类别": "老党员",
        "资金来源": "县财政",
        "慰问人": "冯领导",
        "日期": "2026-02-10",
    }
    there = {**here, "乡镇": "望河乡", "村": "三合村"}
    county: list[dict[str, object]] = [
        {"姓名": "王标准", **here, "慰问品": "米面油", "数量": 1},
        {"姓名": "李打卡", **here, "银行账号": account(2)},
        {"姓名": "张两类", **here, "类别": "老党员、荣誉获得者"},
        {"姓名": "刘多发", **here, "慰问金": 800},
        {"姓名": "陈节后", **here, "日期": "2026-02-17"},
        {"姓名": "杨必访", **there, "类别": "建国前老党员", "日期": "", "慰问人": ""},
        {"姓名": "黄未访", **there, "日期": "", "慰问人": ""},
        {"姓名": "周不属", **there, "类别": "其他"},
        {"姓名": "吴词外", **there, "类别": "老模范"},
        {"姓名": "赵多物", **there, "慰问品": "米面油", "数量": 2, "资金来源": "捐赠"},
    ]
    for number, one in enumerate(county, 1):
        year = 1925 if "建国前" in str(one["类别"]) else 1945
        one["身份证号"] = identity(f"{year}-07-{number:02d}", number=number)
    return [[one.get(heading, "") for heading in RECIPIENTS] for one in county]


SUPPLIED = [["县财政", 4000, "", "", 500], ["捐赠", 500, "", "", ""], ["捐赠", 600, "米面油", 2, ""]]


def books(folder: Path, sanchuang: Sanchuang) -> None:
    """The books of the county, and the result of pairing made of those of its golden."""
    book(folder / "困难党员.xlsx", test_pairing.members(), test_pairing.MEMBERS, title="困难党员名册")
    book(folder / "帮扶人.xlsx", test_pairing.helpers(), test_pairing.HELPERS, title="帮扶人名册")
    asked = ("--period", "2026", "--on", "2026-03-31", "--out", "结对.xlsx", "-q")
    assert sanchuang("pairing", "困难党员.xlsx", "帮扶人.xlsx", *asked).code == 1
    book(folder / "走访一.xlsx", log()[:3], LOG, title="走访记录")
    book(folder / "走访二.xlsx", log()[2:], LOG, title="走访记录")
    book(folder / "慰问.xlsx", recipients(), RECIPIENTS, title="春节慰问对象")
    book(folder / "资金.xlsx", SUPPLIED, SUPPLIES, title="资金与物资")


OF_BYTES = ("名册5 SHA-256", "结果摘要")
"""Lines that follow from the bytes of the result of pairing, which change with anything that draws it."""
ASKED = (
    "visits",
    "走访一.xlsx",
    "走访二.xlsx",
    "慰问.xlsx",
    "资金.xlsx",
    "--result",
    "结对.xlsx",
    "--period",
    "2026",
)


def test_a_log_recipients_and_money_give_this_screen_and_these_pages(
    sanchuang: Sanchuang, tmp_path: Path
) -> None:
    books(tmp_path, sanchuang)
    ran = sanchuang(*ASKED, "--on", "2026-07-10", "--details", "--out", "结果.xlsx", COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert [line for line in text.splitlines() if not line.startswith(OF_BYTES)] == golden("visits")
