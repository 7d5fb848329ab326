"""The sample of `sanchuang budget`: the villages of eight townships, what they were paid and their vouchers, and a few companies.

Nothing here is real. It exits 1, as a real one would: three vouchers and one company cannot be judged.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, VILLAGES

SEED = 20260630
USES = ("学习教育", "组织活动", "阵地维护", "报刊资料", "表彰慰问", "其他党建")
BODIES = (
    *("序号", "乡镇", "村（社区）", "类型", "是否贫困村", "人口", "党员数", "转入党员数", "新批支部数"),
    *("工资总额", "管理费支出", "缴纳党费", "核定金额", "开户行", "银行账号"),
)
PAYMENTS = ("序号", "乡镇", "村（社区）", "拨付日期", "拨付金额")
VOUCHERS = ("序号", "乡镇", "村（社区）", "凭证号", "日期", "用途", "金额", "状态", "冲销凭证号", "摘要")
COMPANIES = (
    ("青禾镇", "丰禾米业有限公司", "非公企业", 12, 1, 3_200_000, 28_500, 4_680),
    ("望河乡", "望川山珍食品有限公司", "民营企业", 8, 0, 8_000_000, 95_000, 3_120),
    ("白桦镇", "绿源乳业有限公司", "非公", 5, 1, None, 16_000, 1_950),
    ("石桥镇", "农机合作社联合社", "社会组织", 6, 1, None, None, 720),
    ("松塘镇", "水稻种植协会", "社会团体", 3, 0, None, None, 0),
)
Row = Sequence[Any]


def book() -> bytes:
    """Three sheets: the bodies, what was paid to them, and their vouchers."""
    rng = Random(SEED)
    villages = list(_villages(rng))
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1)})
        _sheet(
            workbook,
            "基本情况",
            f"{COUNTY}村（社区）和两类组织基本情况表",
            BODIES,
            [*villages, *_companies(rng)],
        )
        _sheet(workbook, "拨付", f"{COUNTY}党组织经费拨付表", PAYMENTS, list(_payments(villages)))
        _sheet(
            workbook,
            "支出凭证",
            f"{COUNTY}党组织经费支出凭证登记表",
            VOUCHERS,
            list(_vouchers(villages, rng)),
        )
    return packed.getvalue()


def _sheet(workbook: Any, name: str, title: str, heads: Row, rows: Sequence[Row]) -> None:
    sheet = workbook.add_worksheet(name)
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, title)
    sheet.write(1, 0, "填报单位（盖章）：县委组织部")
    sheet.write_row(2, 0, heads)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate((number, *row)):
            if isinstance(value, datetime):
                sheet.write_datetime(2 + number, column, value, day)
            elif value is not None:
                sheet.write(2 + number, column, value)


def _villages(rng: Random) -> Iterator[Row]:
    names = iter(VILLAGES)
    for at, township in enumerate(TOWNSHIPS):
        for number in range(6):
            poor = "是" if number == at % 5 else "否"
            people, members = rng.randint(620, 2400), rng.randint(18, 95)
            stated = 40_000 + 10_000 * (poor == "是")
            if (at, number) == (2, 4):
                stated = 50_000  # entered as if it were a poor village, which it is not
            yield _body(township, f"{next(names)}村", "村", poor, people, members, stated, rng)
        yield _body(
            township,
            f"{township[:2]}社区",
            "社区",
            None,
            rng.randint(900, 3100),
            rng.randint(30, 120),
            None,
            rng,
        )


def _body(
    township: str,
    name: str,
    kind: str,
    poor: str | None,
    people: int,
    members: int,
    stated: int | None,
    rng: Random,
) -> Row:
    return (
        township,
        name,
        kind,
        poor,
        people,
        members,
        *[None] * 5,
        stated,
        "农村信用合作联社",
        _account(rng),
    )


def _companies(rng: Random) -> Iterator[Row]:
    for township, name, kind, moved, new, payroll, overhead, dues in COMPANIES:
        yield (
            township,
            name,
            kind,
            None,
            None,
            moved + 4,
            moved,
            new,
            payroll,
            overhead,
            dues,
            None,
            "村镇银行",
            _account(rng),
        )


def _account(rng: Random) -> str:
    """An account of no bank, with its check digit."""
    body = f"999999{rng.randrange(10**12):012d}"
    total = sum(sum(divmod(int(digit) * (2 - i % 2), 10)) for i, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def _payments(villages: Sequence[Row]) -> Iterator[Row]:
    """A quarter in March and one in June; one village was paid twice in June."""
    for number, village in enumerate(villages):
        quarter = (50_000 if village[3] == "是" else 40_000) // 4
        for day in (datetime(2026, 3, 18), datetime(2026, 6, 17)):
            yield village[0], village[1], day, quarter
        if number == 9:
            yield village[0], village[1], datetime(2026, 6, 24), quarter * 3


def _vouchers(villages: Sequence[Row], rng: Random) -> Iterator[Row]:
    for number, village in enumerate(villages):
        limit = 50_000 if village[3] == "是" else 40_000
        parts = rng.randint(3, 6)
        for k in range(parts):
            amount = round(limit * rng.uniform(0.03, 0.14), 2)
            day = (
                datetime(2026, 1 + k, rng.randint(3, 27))
                if number == 30
                else datetime(2026, max(1, 10 - 2 * (parts - k - 1)), 3 + rng.randint(0, 24))
            )
            yield (
                *village[:2],
                f"{number + 1:02d}-{k + 1:02d}",
                day,
                USES[(number + k) % 6],
                amount,
                None,
                None,
                None,
            )
    first, fifth = villages[3], villages[11]
    yield (*first[:2], "04-20", datetime(2026, 8, 6), "阵地维护", 19_000, None, None, "党员活动室屋面翻修")
    yield (*first[:2], "04-21", datetime(2026, 9, 2), "报刊资料", 6_400, None, None, "下半年报刊")
    yield (*first[:2], "04-22", datetime(2026, 9, 9), "学习教育", 3_000, None, None, "外出学习")
    yield (*fifth[:2], "12-20", datetime(2026, 5, 8), "组织活动", 3_000, None, None, "开错")
    yield (*fifth[:2], "12-21", datetime(2026, 5, 9), "组织活动", 3_000, None, "12-20", "冲销12-20")
    yield (*fifth[:2], "12-22", datetime(2026, 9, 20), "阵地维护", 8_000, "承诺", None, "已签维修合同")
    yield (*villages[14][:2], "15-20", datetime(2026, 7, 2), "招待费", 860, None, None, "")
    yield (*villages[20][:2], "21-20", datetime(2025, 12, 28), "报刊资料", 2_480, None, None, "上年的票")
    yield "望河乡", "望何村", "09-20", datetime(2026, 6, 2), "学习教育", 1_500, None, None, ""
