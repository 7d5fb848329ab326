"""A small book of units, ballots and an inspection, as a county hands it in."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

WORDS = ("好", "较好", "一般", "差")
UNITS = ("乡镇", "单位", "类型", "书记", "述职日期", "日常得分", "述职得分", "上年等次")
BALLOTS = ("单位", "组", "发出", "收回", "有效", *WORDS)


def write(path: Path, few: Sequence[int], many: Sequence[int]) -> None:
    """One village. few, many: the ballots of two groups that are shown together."""
    groups = {"上级": few, "同级": many, "下级": (8, 2, 1, 0), "群众": (9, 9, 2, 1)}
    rows = [
        ["向阳村党支部", group, sum(marks), sum(marks), sum(marks), *marks] for group, marks in groups.items()
    ]
    unit = ["青禾镇", "向阳村党支部", "村", "杨兴华", "2025-12-20", 88, 91, "较好"]
    book(path, {"述评考汇总": [UNITS, unit], "测评票": [BALLOTS, *rows]})


def book(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A sheet for each table, under a title."""
    with Workbook(str(path)) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1)})  # so that its hash is the same every time
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            sheet.write(0, 0, f"2025年{name}")
            for at, row in enumerate(rows, 1):
                sheet.write_row(at, 0, row)
    return path
