"""The golden of 养老保险补贴: eighteen cadres, their villages, honours and receipts."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.command import Sanchuang, book
from tests.goldens.written import dumped, golden
from tests.ledger.county import account
from tests.programmes.people import identity

INSURED = (
    "乡镇", "村", "姓名", "身份证号", "职务", "任职时间", "任职终止", "参保类型", "已缴月数", "处分日期", "判刑日期", "续保",
    "死亡日期", "开户行", "银行账号",
)  # fmt: skip
VILLAGES, HONOURS = ("乡镇", "村", "有无集体收入"), ("对象", "级别", "日期")
RECEIPTS = ("凭证号", "身份证号", "年度", "金额", "缴费日期")


def insured() -> list[dict[str, Any]]:
    """One cadre for each thing that can happen; one of them twice."""
    here = {"乡镇": "青禾镇", "村": "河西村"}
    poor, good = {"乡镇": "青禾镇", "村": "河东村"}, {"乡镇": "望河乡", "村": "三合村"}
    county: list[dict[str, Any]] = [
        {"姓名": "张平常", **here},
        {"姓名": "李无钱", **poor},
        {"姓名": "王先进", **good},
        {"姓名": "赵半年", "任职时间": "2025.7.1", **here},
        {"姓名": "钱续保", "任职终止": "2025-04-20", "续保": "是", **here},
        {"姓名": "孙离任", "任职终止": "2025-04-20", **here},
        {"姓名": "周处分", "处分日期": "2025-05-16", **here},
        {"姓名": "吴旧分", "处分日期": "2024-03-08", **here},
        {"姓名": "郑判刑", "判刑日期": "2024-09-02", **good},
        {"姓名": "冯职工", "参保类型": "职工养老", **good},
        {"姓名": "陈市奖", **good},
        {"姓名": "褚满岁", "已缴月数": 179, **good},
        {"姓名": "卫欠缴", "银行账号": "", **good},
        {"姓名": "蒋身故", "死亡日期": "2025-06-18", **good},
        {"姓名": "沈外村", **good, "村": "外村"},
        {"姓名": "韩日错", "任职时间": "2025", **good},
        {"姓名": "杨两份", **good},
        {"姓名": "杨两份", "参保类型": "灵活就业", **good},
    ]  # fmt: skip
    plain = {
        "职务": "村支书",
        "任职时间": "2021.3.10",
        "参保类型": "城乡居民",
        "已缴月数": 200,
        "开户行": "农商行",
    }
    names = list(dict.fromkeys(one["姓名"] for one in county))
    for one in county:
        number = names.index(one["姓名"]) + 1
        year = 1965 if one["姓名"] == "褚满岁" else 1970 + number
        one["身份证号"] = identity(f"{year}-08-{number:02d}", number=number)
        one.setdefault("银行账号", account(number))
    return [plain | one for one in county]


def test_eighteen_cadres_give_this_screen_and_these_pages(sanchuang: Sanchuang, tmp_path: Path) -> None:
    county = insured()
    by_name = {one["姓名"]: one["身份证号"] for one in county}
    paid = {
        "张平常": 960,
        "李无钱": 960,
        "王先进": 640,
        "赵半年": 480,
        "钱续保": 1920,
        "孙离任": 320,
        "周处分": 1800,
        "吴旧分": 2400,
    }
    paid |= {"陈市奖": 320, "褚满岁": 640, "卫欠缴": 500}
    receipts = [
        [f"{n:03d}", by_name[name], 2025, yuan, "2025-12-08"]
        for n, (name, yuan) in enumerate(paid.items(), 1)
    ]
    receipts += [
        ["101", by_name["蒋身故"], 2025, 960, "2025-03-04"],
        ["102", by_name["蒋身故"], 2025, 80, "2025-07-01"],
    ]
    receipts += [["103", identity("1979-09-09", number=99), 2025, 960, "2025-12-31"]]
    honours = [
        ["望河乡三合村", "县级先进党组织", "2024-06-28"],
        [by_name["陈市奖"], "市", "2024.7.1"],
        ["望河乡清泉村", "县", "2024"],
    ]
    villages = [["青禾镇", "河西村", "有"], ["青禾镇", "河东村", "无"], ["望河乡", "三合村", "有"]]
    rows = [[one.get(heading, "") for heading in INSURED] for one in county]
    for name, heads, lines in (
        ("名册", INSURED, rows), ("村情表", VILLAGES, villages), ("荣誉", HONOURS, honours), ("缴费凭证", RECEIPTS, receipts),
    ):  # fmt: skip
        book(tmp_path / f"{name}.xlsx", lines, heads, title=name)
    given = [f"{name}.xlsx" for name in ("名册", "村情表", "荣誉", "缴费凭证")]
    asked = ("--period", "2025", "--on", str(date(2025, 12, 31)), "--out", "结果.xlsx")
    ran = sanchuang("pension", *given, *asked, COLUMNS="120")
    text = f"exit {ran.code}\n{ran.err}{dumped(tmp_path / '结果.xlsx')}"
    assert text.splitlines() == golden("pension")
