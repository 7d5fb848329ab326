"""The sample of `sanchuang visits`: each township's log of visits, whom the county visited before Spring Festival, and the money.

The people are those of the sample of `pairing`. Nobody here exists. It exits 1, as a real one would: a few rows cannot be judged.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

import pairing
from county import COUNTY, TOWNSHIPS, words
from people import NO_BANK, luhn

SEED = 20260216
LOG = ("序号", "乡镇", "日期", "走访人", "对象", "村", "五心类型", "方式", "内容", "结果", "不再走访")
RECIPIENTS = (
    "序号", "乡镇", "村", "支部", "姓名", "身份证号", "类别", "慰问金", "慰问品", "数量", "资金来源", "慰问人", "日期", "开户行",
    "银行账号",
)  # fmt: skip
SUPPLIES = ("序号", "来源", "金额", "品名", "数量", "结余")
_KINDS = words("交心 交心 凈心 净心 顺心 暖心 安心")
_WHAT = {
    "交心": "了解近况，谈心",
    "凈心": "送学上门",
    "净心": "送学习资料",
    "顺心": "帮助调解邻里纠纷",
    "暖心": "送去米面油",
    "安心": "联系养殖技术员",
}
_CLASSES = words("生活困难党员 老党员 老党员 离任书记 荣誉获得者 生活困难党员、老党员")
Row = dict[str, Any]


def book() -> bytes:
    """A sheet of the log for each township, one of recipients, one of money and goods."""
    helpers, members = pairing.county()
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 11, 2)})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for at, township in enumerate(TOWNSHIPS):
            rows = list(_log(at, [row for row in members if row["乡镇"] == township], helpers))
            _sheet(workbook.add_worksheet(f"{township}走访"), f"{township}连五心走访记录", LOG, rows, day)
        rows = list(_recipients(members))
        _sheet(workbook.add_worksheet("春节慰问"), f"{COUNTY}2026年春节慰问对象", RECIPIENTS, rows, day)
        _sheet(
            workbook.add_worksheet("资金物资"),
            f"{COUNTY}2026年春节慰问资金与物资",
            SUPPLIES,
            _supplies(),
            day,
        )
    return packed.getvalue()


def _sheet(sheet: Any, title: str, heads: Sequence[str], rows: Sequence[Row], day: Any) -> None:
    sheet.write(0, 0, title)
    sheet.write_row(1, 0, heads)
    for number, row in enumerate(rows, 1):
        for column, head in enumerate(heads):
            value = number if head == "序号" else row.get(head)
            if isinstance(value, date):
                sheet.write_datetime(1 + number, column, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(1 + number, column, value)


def _log(at: int, members: Sequence[Row], helpers: Sequence[Row]) -> Iterator[Row]:
    """What the helpers of a township's members wrote down, each some dozen times in the year."""
    random = Random(SEED + at)
    by_number = {helper["身份证号"]: helper for helper in helpers}
    for member in members[:4]:
        helper = by_number.get(member.get("上年帮扶人身份证号"), helpers[12 + at])
        day = date(2026, 1, random.randint(3, 20))
        while day < date(2026, 11, 20):
            kind = random.choice(_KINDS)
            way = "联系" if random.random() < 0.5 else "走访" if random.random() < 0.5 else None
            what = "电话问候" if way == "联系" else _WHAT[kind]
            yield {
                "乡镇": TOWNSHIPS[at], "日期": day, "走访人": helper["姓名"], "对象": member["姓名"], "村": member["村"], "五心类型": kind, "方式": way,
                "内容": what, "结果": "已办结" if way != "联系" else None,
            }  # fmt: skip
            day += timedelta(days=random.randint(18, 32))
    yield from _odd(at, members, helpers)


def _odd(at: int, members: Sequence[Row], helpers: Sequence[Row]) -> Iterator[Row]:
    """What is odd in a township's log."""
    who = {
        "乡镇": TOWNSHIPS[at],
        "走访人": helpers[12 + at]["姓名"],
        "对象": members[4]["姓名"],
        "村": members[4]["村"],
        "五心类型": "交心",
    }
    if at == 0:
        yield {**who, "日期": date(2026, 6, 5), "内容": "了解近况"}
        yield {**who, "日期": date(2026, 6, 5), "内容": "了解近况（补报）"}
    elif at == 1:
        yield {**who, "日期": date(2026, 5, 6)}
        yield {**who, "日期": date(2026, 5, 6), "五心类型": "暖心"}
    elif at == 2:
        yield {**who, "日期": date(2025, 12, 20), "内容": "年前走访"}
        yield {**who, "日期": "2026.7"}
    elif at == 3:
        yield {**who, "日期": date(2026, 3, 3), "五心类型": "爱心"}
        yield {**who, "日期": date(2026, 12, 30)}
    elif at == 4:
        yield {**who, "日期": date(2026, 2, 2), "不再走访": "是", "结果": "本人不愿再被上门"}
        yield {**who, "日期": date(2026, 4, 2)}


def _recipients(members: Sequence[Row]) -> Iterator[Row]:
    random = Random(SEED)
    for number, member in enumerate(members):
        category = random.choice(_CLASSES)
        given = number % 12 != 7
        cell: Row = {
            "乡镇": member["乡镇"], "村": member["村"], "支部": member["支部"], "姓名": member["姓名"], "身份证号": member["身份证号"],
            "类别": category, "慰问金": 1000 if category == "荣誉获得者" else 500, "慰问品": "米面油" if number % 2 else None,
            "数量": 1 if number % 2 else None, "资金来源": ("中央党费", "县财政")[number % 3 == 0], "慰问人": "县委组织部" if given else None,
            "日期": date(2026, 2, 3 + number % 9) if given else None,
        }  # fmt: skip
        if number % 8 == 4:  # paid by card
            cell |= {"开户行": "农村信用合作联社", "银行账号": luhn(f"{NO_BANK}{number:012d}")}
        odd: dict[int, Row] = {
            3: {"慰问金": 800},
            10: {"日期": date(2026, 2, 18)},
            15: {"类别": "老模范"},
            17: {"类别": "其他", "慰问金": None, "日期": None, "慰问品": None, "数量": None},
            19: {"类别": "建国前老党员", "慰问金": 1000},  # one of the oldest, who was not a child then
            21: {"资金来源": "某企业"},
            25: {"资金来源": None},
            31: {"类别": "荣誉获得者", "慰问金": 1000},
            43: {"类别": "生活困难党员", "慰问金": 500},
        }
        yield cell | odd.get(number, {})


def _supplies() -> list[Row]:
    return [
        {"来源": "中央党费", "金额": 18000},
        {"来源": "县财政", "金额": 12000},
        {"来源": "捐赠", "金额": 4000, "品名": "米面油", "数量": 20},
    ]
