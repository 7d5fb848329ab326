"""The sample of `sanchuang reviews`: three branches of each of eight townships with their votes of 2025, the papers of one of
them, pledges and points.

Nobody here exists. It exits 1, as a real one would: a few rows cannot be judged, and two branches have more of the best grade
than they may.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, organisations
from people import People

SEED = 20251220
FIRST, OFFICE, SECOND = 8, 6, 5
"""Members of a township's first village, of its office, and of its second village, in the order of the list."""
GRADES = ("优秀", "合格", "基本合格", "不合格")
MEMBERS = (
    "序号", "乡镇", "支部", "姓名", "身份证号", "人员类别", "发出票", "收回票", *(f"{grade}票" for grade in GRADES), "弃权票", "支委评定",
    "评定日期", "上年等次", "备注",
)  # fmt: skip
PAPERS = ("序号", "支部", "票号", "评议人", "被评人", "等次")
STAGES = ("提诺日期", "审诺日期", "公诺日期", "兑现日期", "评诺日期")
PLEDGES = ("序号", "乡镇", "支部", "承诺人", "内容", *STAGES)
POINTS = ("序号", "支部", "姓名", "项目", "次数", "分值", "上限")
PROMISES = (
    "带头清理房前屋后卫生",
    "帮扶一户困难群众秋收",
    "义务巡护水渠一个月",
    "教会五户村民网上缴费",
    "带动三户发展木耳种植",
)
ITEMS = (("参加集中学习", 2, 12), ("学习笔记", 1, 4), ("心得体会", 1, 4), ("主题党日", 2, 8))
Row = dict[str, Any]


def book() -> bytes:
    """Four sheets, as a county office puts them together."""
    rows = list(_members())
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1)})
        papers = list(_papers(rows))
        _sheet(workbook, "民主评议", f"{COUNTY}2025年民主评议党员汇总表", MEMBERS, rows)
        _sheet(workbook, "评议票", "青禾镇向阳村党支部评议票", PAPERS, papers)
        _sheet(workbook, "承诺", f"{COUNTY}党员承诺践诺台账", PLEDGES, list(_pledges(rows)))
        _sheet(workbook, "积分", "望河乡党员积分表", POINTS, list(_points(rows)))
    return packed.getvalue()


def _sheet(workbook: Any, name: str, title: str, heads: Sequence[str], rows: Sequence[Row]) -> None:
    sheet = workbook.add_worksheet(name)
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, heads)
    for number, row in enumerate(rows, 1):
        for column, head in enumerate(heads):
            value = number if head == "序号" else row.get(head)
            if isinstance(value, datetime):
                sheet.write_datetime(2 + number, column, value, day)
            elif value is not None:
                sheet.write(2 + number, column, value)


def _members() -> Iterator[Row]:
    dice = Random(SEED)
    for at, township in enumerate(TOWNSHIPS):
        people = People(SEED, at)
        for kind, size in ((organisations()[township][0].name, FIRST), (f"{township[:2]}机关党支部", OFFICE)):
            own = [_member(dice, people.member(), township, kind, n, size) for n in range(size)]
            _odd(own, at, kind)
            yield from own
        second = organisations()[township][1].name
        yield from (
            _member(Random(f"{SEED} {at} {n}"), people.member(), township, second, n, SECOND)
            for n in range(SECOND)
        )


def _member(dice: Random, person: Any, township: str, branch: str, n: int, size: int) -> Row:
    """The first third is 优秀, the last of a village's list is on probation, one in between only just passes."""
    given = size + 3
    back = given - dice.randrange(2)
    best = (size - 1) // 3
    share = 0.85 if n < best else 0.4
    votes = [dice.random() for _ in range(back)]
    row: Row = {
        "乡镇": township, "支部": branch, "姓名": person.name, "身份证号": person.identity,
        "人员类别": "正式党员", "发出票": given, "收回票": back, "优秀票": sum(vote < share for vote in votes), "基本合格票": 0, "不合格票": 0, "弃权票": 0,
        "支委评定": "优秀" if n < best else "合格", "评定日期": datetime(2025, 12, 20),
    }  # fmt: skip
    row["合格票"] = back - row["优秀票"]
    if n == size - 1 and "村" in branch:
        row |= dict.fromkeys(
            (
                "发出票",
                "收回票",
                "优秀票",
                "合格票",
                "基本合格票",
                "不合格票",
                "弃权票",
                "支委评定",
                "评定日期",
            )
        )
        row["人员类别"] = "预备党员"
    return row


def _said(row: Row, *votes: int) -> None:
    """Other votes than drawn, in the order of the grades; the rest abstained."""
    row |= dict(zip((f"{grade}票" for grade in GRADES), votes, strict=True))
    row["弃权票"] = row["收回票"] - sum(votes)


def _odd(own: list[Row], at: int, branch: str) -> None:
    """What is odd about some of them."""
    village = "村" in branch
    if (at, village) == (1, True):  # three of seven are 优秀, two with the same votes
        for row, votes in zip(own, ((9, 1, 0, 0), (8, 2, 0, 0), (8, 2, 0, 0)), strict=False):
            row |= {"收回票": 10, "支委评定": "优秀"}
            _said(row, *votes)
    elif (at, village) == (2, True):  # the worst grade, for the second year
        own[4] |= {"支委评定": "不合格", "上年等次": "不合格", "收回票": 10}
        _said(own[4], 0, 1, 2, 7)
        own[5]["支委评定"] = None
    elif (at, village) == (3, False):
        own[3] |= {"支委评定": "不合格", "收回票": 9, "评定日期": datetime(2025, 11, 25)}
        _said(own[3], 0, 2, 1, 6)
        own[2]["支委评定"] = "优良"
    elif (at, village) == (4, True):  # more votes than papers; a member on probation with a grade
        own[3]["合格票"] += 4
        own[7]["支委评定"] = "合格"
    elif (at, village) == (5, True):
        own[1] |= {"收回票": 10}
        _said(own[1], 4, 6, 0, 0)
        own[4]["收回票"] = own[4]["发出票"] + 1
    elif (at, village) == (6, False):
        own[3] |= {"支委评定": "基本合格", "收回票": 9}
        _said(own[3], 1, 3, 5, 0)
        own[4]["优秀票"] = None
    elif (at, village) == (7, True):
        own[2] |= {"支委评定": "优秀"}
        own[6]["备注"] = "已去世"


def _papers(rows: list[Row]) -> Iterator[Row]:
    """The papers of the first branch, whose row has no sums then; two of its members also marked themselves."""
    dice = Random(f"papers {SEED}")
    own = [row for row in rows if row["支部"] == rows[0]["支部"]]
    graded = [row for row in own if row["人员类别"] == "正式党员"]
    for row in graded:
        row |= dict.fromkeys(("收回票", *(f"{grade}票" for grade in GRADES), "弃权票"))
    for number, rater in enumerate(own, 1):
        for row in graded:
            good = 0.8 if row["支委评定"] == "优秀" else 0.3
            if row is not rater or number < 3:
                mark = "优秀" if row is rater or dice.random() < good else "合格"
                yield {
                    "支部": row["支部"],
                    "票号": f"{number:03d}",
                    "评议人": rater["姓名"],
                    "被评人": row["姓名"],
                    "等次": mark,
                }


def _pledges(rows: Sequence[Row]) -> Iterator[Row]:
    dice = Random(f"pledges {SEED}")
    for row in rows[::3]:
        for what in dice.sample(PROMISES, dice.randrange(1, 4)):
            done = dice.randrange(3, 6)
            days = [datetime(2025, month, dice.randrange(1, 28)) for month in (3, 4, 5, 10, 12)]
            yield {
                "乡镇": row["乡镇"],
                "支部": row["支部"],
                "承诺人": row["姓名"],
                "内容": what,
                **dict(zip(STAGES[:done], days, strict=False)),
            }
    yield {
        "乡镇": "青禾镇",
        "支部": rows[0]["支部"],
        "承诺人": "钟无此",
        "内容": PROMISES[0],
        "提诺日期": datetime(2025, 3, 5),
    }


def _points(rows: Sequence[Row]) -> Iterator[Row]:
    dice = Random(f"points {SEED}")
    for row in (row for row in rows if row["乡镇"] == "望河乡" and row["人员类别"] == "正式党员"):
        for item, each, most in ITEMS:
            yield {
                "支部": row["支部"],
                "姓名": row["姓名"],
                "项目": item,
                "次数": dice.randrange(2, 16),
                "分值": each,
                "上限": most,
            }
