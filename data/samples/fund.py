"""The sample rosters of `sanchuang fund`: applications of eight townships, and the county's loans with their events.

It is of 2026, so that it means something without options, and exits 1 as a real one would: a few rows contradict
themselves. Nobody in it exists (see people.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, VILLAGES, words
from people import People, Person

SEED = 20260927
HEAD = 3
FONT = "仿宋_GB2312"
_PROJECTS = words(
    "肉牛养殖 大棚蔬菜 食用菌种植 生猪养殖 粮食烘干 水稻种植 家庭农场 山野菜加工 林下养鸡 淡水养鱼 豆制品加工 农机合作社"
)
_SCORES = (("项目前景分", 30), ("自有资金分", 20), ("带动农户分", 20), ("信用分", 15), ("党性评议分", 15))

Columns = tuple[tuple[str, str], ...]
_SCORED: Columns = tuple((name, name) for name, _ in _SCORES)
# The fields that a clerk keeps, each with a heading of the clerk's own.
_USUAL: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("identity", "身份证号"), ("day", "申请日期"),
    ("category", "人员类别"), ("project", "项目"), ("total", "总投资"), ("own", "自有资金"), ("asked", "申请额"), ("months", "期限月"),
    ("opened", "开办日期"), ("households", "带动户数"), ("credit", "信用"), ("spouse", "配偶身份证号"), *_SCORED, ("remark", "备注"),
)  # fmt: skip
_OTHER: Columns = (
    ("serial", "编号"), ("name", "申请人姓名"), ("identity", "公民身份号码"), ("township", "所在乡镇"), ("village", "行政村"),
    ("category", "党员类别"), ("project", "创业项目"), ("opened", "开办时间"), ("total", "项目总投资（元）"), ("own", "自筹资金（元）"),
    ("asked", "申请金额（元）"), ("months", "期限（月）"), ("day", "申请时间"), ("households", "带动农户"), ("credit", "信用状况"),
    ("spouse", "配偶身份证号码"), ("other", "其他贴息"), *_SCORED,
)  # fmt: skip
LOANS: Columns = (
    ("loan_number", "编号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("identity", "身份证号"), ("project", "项目"),
    ("principal", "本金"), ("lent", "发放日"), ("months", "期限月"), ("rate", "年利率"), ("guarantor", "担保人"), ("bank", "开户行"),
    ("account", "银行账号"), ("remark", "备注"),
)  # fmt: skip
EVENTS: Columns = (
    ("loan_number", "编号"), ("day", "日期"), ("kind", "事件"), ("amount", "金额"), ("months", "展期月数"), ("of_day", "原事件日期"),
    ("remark", "备注"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row by the names of its fields; what is not there stays blank."""

    cells: Mapping[str, Any] = field(default_factory=dict)

    def but(self, **cells: Any) -> "Line":
        return replace(self, cells={**self.cells, **cells})


def applicant(people: People, random: Random, township: str) -> Line:
    """Somebody who meets all conditions."""
    person = people.one(random.choice("男男男女"), people.day(1968, 2000))
    total = random.randrange(10, 31) * 10_000
    return Line(
        {
            "township": township,
            **_who(person),
            "day": date(2026, 9, random.randint(1, 25)),
            "category": "正式党员",
            "project": random.choice(_PROJECTS),
            "total": total,
            "own": total * random.randrange(40, 66) // 100,
            "asked": random.randrange(6, 11) * 10_000,
            "months": 12,
            "opened": date(random.randrange(2016, 2024), random.randint(1, 12), random.randint(1, 28)),
            "households": random.randint(5, 18),
            "credit": "良好",
            **{name: random.randint(most * 3 // 5, most) for name, most in _SCORES},
        }
    )


def _who(person: Person) -> dict[str, Any]:
    return {"village": person.village, "name": person.name, "identity": person.identity}


def applications(number: int) -> list[Line]:
    """Four of a township, and what is odd among them."""
    people, random, township = People(SEED, number), Random(f"fund {number}"), TOWNSHIPS[number]
    first, second, *others = [applicant(people, random, township) for _ in range(4)]
    spouse = people.one("女", date(1988, 5, 6))
    odd: Mapping[int, list[Line]] = {
        0: [first.but(own=first.cells["total"] * 34 // 100), second.but(asked=150_000)],
        1: [first.but(category="预备党员"), second.but(opened=date(2025, 3, 1), households=3)],
        2: [first.but(spouse=spouse.name), second.but(credit="一般")],
        3: [first.but(项目前景分=31), second.but(months=18)],
        4: [first.but(opened="2024"), second],
        5: [first, first.but(remark="补报"), second.but(day="2026年9月")],
        6: [first.but(spouse=second.cells["identity"]), second],
        7: [
            first.but(identity=borrower(3).cells["identity"], name=borrower(3).cells["name"]),
            second.but(other="是"),
        ],
    }
    return [*odd[number], *others]


def borrower(number: int) -> Line:
    """A loan that was lent and is doing well; there are as many as there are numbers."""
    people, random = People(SEED + 100, number), Random(f"loan {number}")
    person = people.one(random.choice("男男男女"), people.day(1966, 1998))
    township = number % len(TOWNSHIPS)
    village = VILLAGES[township :: len(TOWNSHIPS)][number % 7] + "村"
    lent = (
        date(2025, 6 + number % 7, random.randint(1, 28))
        if number % 3
        else date(2026, 1 + number % 8, random.randint(1, 28))
    )
    return Line(
        {
            "loan_number": f"{lent.year}-{number:03d}",
            "township": TOWNSHIPS[township],
            **_who(person),
            "village": village,
            "project": random.choice(_PROJECTS),
            "principal": random.choice((30_000, 50_000, 50_000, 80_000, 100_000)),
            "lent": lent,
            "months": 12,
            "rate": random.choice(("3.6%", "3.6%", "3.45%", 0.036)),
            "guarantor": People(SEED + 200, number).one("男", date(1970, 1, 1)).name,
            "bank": person.bank,
            "account": person.account,
        }
    )


def loans() -> list[Line]:
    """Twenty-four, of which two bear one number, one has a rate in 厘, and one no account."""
    every = [borrower(number) for number in range(1, 25)]
    every[4] = every[4].but(rate="4.35%")
    every[6] = every[6].but(account="", bank="")
    every[10] = every[10].but(rate="6厘")
    every[13] = every[13].but(loan_number=every[12].cells["loan_number"])
    return every


def events() -> Iterator[Line]:
    """What happened to them: most come back on time, some do not, and some rows cannot be."""
    every = loans()

    def of(at: int, day: date, kind: str, **cells: Any) -> Line:
        return Line({"loan_number": every[at].cells["loan_number"], "day": day, "kind": kind, **cells})

    yield of(0, date(2026, 3, 2), "还本", amount=10_000)
    yield of(0, date(2026, 6, 1), "结清")
    yield of(1, date(2026, 5, 20), "付息", amount=500)
    yield of(3, date(2026, 5, 11), "还本", amount=20_000)
    yield of(3, date(2026, 5, 18), "冲正", of_day=date(2026, 5, 11), remark="记错了户头")
    yield of(4, date(2026, 6, 3), "展期", months=6)
    yield of(6, date(2026, 7, 1), "还本", amount=5_000)
    yield of(7, date(2026, 8, 3), "还本", amount=990_000, remark="多打了一个 9")
    yield of(9, date(2026, 9, 1), "核销", amount=10_000)
    yield of(15, date(2026, 10, 20), "展期", months=6, remark="到期以后才办")
    yield of(16, date(2026, 8, 20), "提前还款", amount=10_000)
    yield of(18, date(2026, 9, 30), "结清")
    yield Line({"loan_number": "2025-099", "day": date(2026, 4, 1), "kind": "结清"})


def book() -> bytes:
    """The workbook's bytes."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 10, 26, 9, 0)})
    for number, township in enumerate(TOWNSHIPS):
        columns = _OTHER if number % 2 else _USUAL
        draw(workbook, township, f"{township}创业扶助基金申请表", columns, applications(number))
    draw(workbook, "贷款台账", f"{COUNTY}创业扶助基金贷款台账", LOANS, loans())
    draw(workbook, "贷款事件", f"{COUNTY}创业扶助基金贷款事件登记", EVENTS, list(events()))
    workbook.close()
    return file.getvalue()


def draw(workbook: Any, name: str, title: str, columns: Columns, lines: Sequence[Line]) -> None:
    """One sheet: a title, who sends it, the headings, and a row a line."""
    sheet = workbook.add_worksheet(name)
    plain = {"font_name": FONT, "font_size": 10, "align": "center", "border": 1}
    look, head = (
        workbook.add_format(plain),
        workbook.add_format(plain | {"font_name": "黑体", "text_wrap": True}),
    )
    day_look = workbook.add_format(plain | {"num_format": "yyyy-mm-dd"})
    sheet.merge_range(
        0, 0, 0, len(columns) - 1, title, workbook.add_format({"font_size": 20, "align": "center"})
    )
    sheet.write(1, 0, f"填报单位（盖章）：{name if name in TOWNSHIPS else COUNTY + '委组织部'}")
    sheet.write_row(HEAD, 0, [heading for _, heading in columns], head)
    for row, line in enumerate(lines, HEAD + 1):
        for column, (key, _) in enumerate(columns):
            value = row - HEAD if key == "serial" else line.cells.get(key)
            if isinstance(value, date):
                sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day_look)
            else:
                sheet.write(row, column, value, look)
    for column, (key, _) in enumerate(columns):
        sheet.set_column(
            column, column, {"identity": 20, "spouse": 20, "account": 21, "serial": 5}.get(key, 11)
        )
