"""The sample of `sanchuang dues`: branches of eight committees with what their members paid, receipts of one and a pay file.

Nobody here exists. It exits 1, as a real one would: four rows cannot be judged.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS
from people import People

SEED = 20260701
OVER = 10
"""Months of the year that are over."""
PAYERS = (
    *(
        "序号",
        "上级党组织",
        "支部",
        "姓名",
        "身份证号",
        "缴费类别",
        "党费基数",
        "支部大会日期",
        "转出或死亡日期",
    ),
    *(
        "减免后金额",
        "减免起",
        "减免止",
        "减免决定",
        "支部类型",
        "自愿多交",
        *(f"{n}月" for n in range(1, 13)),
    ),
    *("上年四季度净收入", "一季度净收入", "二季度净收入", "三季度净收入"),
)
RECEIPTS = ("序号", "票号", "姓名", "支部", "身份证号", "交纳日期", "交纳金额", "所属月", "代交人")
PAY = (
    "序号",
    "姓名",
    "身份证号",
    "岗位工资",
    "薪级工资",
    "津贴补贴",
    "绩效工资",
    "缴费基数",
    "保险扣缴比例",
    "公积金扣缴比例",
)
Row = dict[str, Any]


def book() -> bytes:
    """Three sheets: the members with what they paid, the receipts of one branch, and the pay file of another."""
    rows = list(_payers())
    pay = list(_pay(rows))
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1)})
        _sheet(workbook, "党费", f"{COUNTY}党费收缴登记表", PAYERS, rows)
        _sheet(workbook, "收据", "青禾镇机关党支部党费收据登记", RECEIPTS, list(_receipts(rows)))
        _sheet(workbook, "工资表", "望河乡机关工资表", PAY, pay)
    return packed.getvalue()


def _sheet(workbook: Any, name: str, title: str, heads: Sequence[str], rows: Sequence[Row]) -> None:
    sheet = workbook.add_worksheet(name)
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    share = workbook.add_format({"num_format": "0.0%"})
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, heads)
    for number, row in enumerate(rows, 1):
        for column, head in enumerate(heads):
            value = number if head == "序号" else row.get(head)
            if isinstance(value, datetime):
                sheet.write_datetime(2 + number, column, value, day)
            elif value is not None:
                sheet.write(2 + number, column, value, share if head.endswith("比例") else None)


def _payers() -> Iterator[Row]:
    rng = Random(SEED)
    for at, township in enumerate(TOWNSHIPS):
        people = People(SEED, at)
        for branch, count in (("机关党支部", 4), ("村党支部", 5), ("企业党支部", 3)):
            for n in range(count):
                yield from _payer(rng, people.member(), township, f"{township[:2]}{branch}", at, n)


def _payer(rng: Random, person: Any, township: str, branch: str, at: int, n: int) -> Iterator[Row]:
    office, company = "机关" in branch, "企业" in branch
    category = (
        "在职"
        if office and n
        else "离退休"
        if office
        else "个体"
        if company and not n
        else "在职"
        if company
        else "农民"
    )
    base = rng.randrange(280_000, 1_150_000, 100) / 100 if category in ("在职", "离退休") else None
    row: Row = {
        "上级党组织": township, "支部": branch, "姓名": person.name, "身份证号": person.identity, "缴费类别": category,
        "党费基数": base, "支部大会日期": datetime(max(1990 + rng.randrange(30), person.born.year + 20), rng.randrange(1, 13), 3),
        "支部类型": "非公企业" if company else None,
    }  # fmt: skip
    if category == "个体":
        row |= {head: 9_000 * 3 + 600 * k for k, head in enumerate(PAYERS[-4:])}
    for month in range(1, OVER + 1):
        row[f"{month}月"] = _owed(row, month)
    _odd(row, at, n, office, company)
    yield row


def _owed(row: Row, month: int) -> float:
    if row["缴费类别"] == "农民":
        return 0.5
    base = row["党费基数"] or row[PAYERS[-4:][(month - 1) // 3]] / 3
    brackets = (
        ((5000, 0.005),) if row["缴费类别"] == "离退休" else ((3000, 0.005), (5000, 0.01), (10000, 0.015))
    )
    top_rate = 0.01 if row["缴费类别"] == "离退休" else 0.02
    rate = next((rate for top, rate in brackets if base <= top), top_rate)
    return float(f"{base * rate + 1e-9:.2f}")


def _odd(row: Row, at: int, n: int, office: bool, company: bool) -> None:
    """What is odd about some of them."""
    months = [f"{month}月" for month in range(1, OVER + 1)]
    if (at, office) == (0, True):  # receipts instead
        row |= dict.fromkeys(months)
    elif (at, n) == (1, 1) and not office and not company:  # behind since March
        row |= dict.fromkeys(months[2:])
    elif (at, n, office) == (2, 1, True):
        row["10月"] = None
    elif (at, n, office) == (3, 2, True):
        row["缴费类别"] = "聘用"
    elif (at, n, office) == (4, 3, True):
        row["党费基数"] = None
    elif (at, n, company) == (5, 1, True):
        row |= {
            "减免后金额": 5,
            "减免起": datetime(2026, 4, 1),
            "减免决定": "柳泉发〔2026〕3号",
            **dict.fromkeys(months[3:], 5),
        }
    elif (at, n, company) == (6, 1, True):
        row |= {"减免后金额": 0, **dict.fromkeys(months[6:])}
    elif (at, n, office) == (7, 1, True):
        row |= {"自愿多交": 2000, "9月": (row["9月"] or 0) + 20}
    elif (at, n, office) == (6, 2, True):
        row |= {"转出或死亡日期": datetime(2026, 5, 20), **dict.fromkeys(months[5:])}
    elif (at, n) == (7, 3) and not office and not company:
        row |= {"支部大会日期": datetime(2026, 6, 18), **dict.fromkeys(months[:5])}
    elif (at, n) == (2, 4) and not office and not company:
        row["支部大会日期"] = "去年"


def _receipts(rows: Sequence[Row]) -> Iterator[Row]:
    members = [row for row in rows if row["支部"] == "青禾机关党支部"]
    for n, row in enumerate(members):
        owed = [_owed(row, month) for month in range(1, OVER + 1)]
        who = {"姓名": row["姓名"], "支部": row["支部"], "身份证号": row["身份证号"]}
        half = 8 if n == 1 else 6
        yield {
            "票号": f"Q{n}1",
            **who,
            "交纳日期": datetime(2026, half, 28),
            "交纳金额": round(sum(owed[:half]), 2),
        }
        yield {
            "票号": f"Q{n}2",
            **who,
            "交纳日期": datetime(2026, 10, 27),
            "交纳金额": round(sum(owed[half:]), 2),
            "代交人": "支部委员",
        }
    yield {
        "票号": "Q99",
        "姓名": "钟无此",
        "支部": "青禾机关党支部",
        "交纳日期": datetime(2026, 6, 28),
        "交纳金额": 30,
    }


def _pay(rows: Sequence[Row]) -> Iterator[Row]:
    """The pay of an office: the first member's base was worked out with the rates as amounts."""
    for n, row in enumerate(
        row for row in rows if row["支部"] == "望河机关党支部" and row["缴费类别"] == "在职"
    ):
        who = {"姓名": row["姓名"], "身份证号": row["身份证号"]}
        rates = {"保险扣缴比例": 0.105, "公积金扣缴比例": 0.08}
        if n:
            whole = round(row["党费基数"] / 0.815, 2)
            yield {
                **who,
                "岗位工资": whole,
                "薪级工资": 0,
                "津贴补贴": 0,
                "绩效工资": 0,
                "缴费基数": whole,
                **rates,
            }
        else:
            row["党费基数"] = 5112
            row |= {f"{month}月": 76.68 for month in range(1, OVER + 1)}
            yield {
                **who,
                "岗位工资": 2400,
                "薪级工资": 1600,
                "津贴补贴": 1200,
                "绩效工资": 800,
                "缴费基数": 4800,
                **rates,
            }
