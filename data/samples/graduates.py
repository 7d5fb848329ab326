"""The sample of `sanchuang graduates`: the contracts of graduates in eight townships, with renewals, exits and what is odd.

Nobody here exists. It exits 1, as a real one would: six rows cannot be judged.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS
from people import People

SEED = 20261031
HEADS = (
    *(
        "序号",
        "乡镇",
        "村",
        "姓名",
        "身份证号",
        "学历",
        "县类别",
        "合同起",
        "合同止",
        "期次",
        "解除日期",
        "解除原因",
    ),
    *("考核等次", "开户行", "银行账号", "备注"),
)
Row = dict[str, Any]
TERMS = (
    (2024, 3, 1, 2027, 2, 28),
    (2025, 7, 15, 2028, 7, 14),
    (2023, 11, 16, 2026, 11, 15),
    (2026, 10, 12, 2029, 10, 11),
)
"""First and last day of the contracts."""


def book() -> bytes:
    """One sheet a township, as each sends it."""
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 11, 2)})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for at, township in enumerate(TOWNSHIPS):
            _sheet(workbook.add_worksheet(township), township, list(_contracts(at, township)), day)
    return packed.getvalue()


def _sheet(sheet: Any, township: str, rows: Sequence[Row], day: Any) -> None:
    sheet.write(0, 0, f"{township}大学生村官合同台账")
    sheet.write(1, 0, f"填报单位（盖章）：{township}党委")
    sheet.write_row(2, 0, HEADS)
    for number, row in enumerate(rows, 1):
        for column, head in enumerate(HEADS):
            value = number if head == "序号" else row.get(head)
            if isinstance(value, date):
                sheet.write_datetime(2 + number, column, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(2 + number, column, value)


def _contracts(at: int, township: str) -> Iterator[Row]:
    people = People(SEED, at)
    for n, (*first, last_year, last_month, last_day) in enumerate(TERMS):
        person = people.one("女" if (at + n) % 3 else "男", people.day(1996, 2002))
        row: Row = {
            "乡镇": township,
            "村": person.village,
            "姓名": person.name,
            "身份证号": person.identity,
            "学历": "硕士研究生" if (at + n) % 5 == 0 else "大学本科",
            "县类别": "三类",
            "合同起": date(*first),
            "合同止": date(last_year, last_month, last_day),
            "考核等次": None if first[0] == 2026 else ("优秀", "称职", "称职")[(at + n) % 3],
            "开户行": person.bank,
            "银行账号": person.account,
        }
        yield from _odd(row, at, n)


def _odd(row: Row, at: int, n: int) -> Iterator[Row]:
    """The contract, with what is odd about some of them; of some there are two."""
    later = {"合同起": date(2026, 11, 16), "合同止": date(2029, 11, 15), "考核等次": None}
    cells: dict[tuple[int, int], Row] = {
        (0, 0): {"解除日期": date(2026, 10, 20), "解除原因": "考录"},
        (1, 1): {"解除日期": date(2026, 4, 8), "解除原因": "辞职"},
        (2, 3): {"解除日期": date(2026, 10, 28), "解除原因": "辞职"},
        (3, 3): {"解除日期": date(2026, 10, 30)},
        (4, 2): {"考核等次": "不称职"},
        (5, 2): {"考核等次": None},
        (6, 0): {"县类别": "四类"},
        (7, 0): {"合同止": date(2023, 2, 28)},
        (3, 0): {"合同起": "2024.13.1"},
        (5, 1): {"银行账号": None, "开户行": None},
        (6, 1): {"解除原因": "考录"},
        (7, 1): {"县类别": "三类县"},
    }
    yield row | cells.get((at, n), {})
    if (at, n) == (1, 2):
        yield row | later | {"期次": 2}
    if (at, n) == (7, 2):
        yield row | later | {"合同起": date(2026, 11, 1)}
