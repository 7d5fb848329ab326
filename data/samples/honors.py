"""The sample of `sanchuang honors`: whom eight townships recommend for three honours in 2025, and what is odd about some.

Nobody here exists. It exits 1, as a real one would: some rows wait, and a township recommends too few.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, organisations, words
from people import People

SEED = 20250701
MEMBERS = (486, 352, 418, 391, 267, 298, 344, 188)
BRANCHES = (27, 21, 24, 22, 18, 19, 20, 14)
HEADS = (
    *words("序号 类别 乡镇 姓名或组织 身份证号 单位职务 是否一线 是否领导 推荐顺序 主要事迹"),
    *words("纪检意见 信访意见 计生意见 备注"),
)
WIDTHS = (5, 11, 8, 22, 20, 24, 6, 6, 6, 48, 8, 8, 8, 14)
MERITS = words(
    "带领群众发展水稻育秧和旱改水，全村人均增收一千二百元，连续三年没有越级上访。 "
    "十五年照料三户五保老人，带头清淤修路，汛期守堤七昼夜。 "
    "办起肉牛合作社，带动二十六户脱贫，无偿提供种牛和技术。 "
    "坚持为群众代办事项，全年代办四百余件，件件有回音。 "
    "组织党员承诺践诺一百二十项，年底兑现一百一十八项。 "
    "主动承担全镇党员教育和档案整理，材料齐全，无一差错。"
)
_LONG = (
    "该同志"
    + "长期扎根基层一线，".join(("认真负责，", "任劳任怨，", "带头致富，", "帮扶困难户，", "维护稳定，")) * 3
)
Row = dict[str, Any]


def places(whole: int, weights: Sequence[int]) -> list[int]:
    """Largest remainder; nobody is tied here."""
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda i: -(whole * weights[i] % total))
    return [part + (i in by_rest[: whole - sum(parts)]) for i, part in enumerate(parts)]


NUMBERS: Mapping[str, Sequence[int]] = {
    "优秀党员": places(sum(MEMBERS) // 100, MEMBERS),
    "党务工作者": places(sum(MEMBERS) * 3 // 1000, MEMBERS),
    "先进组织": places(sum(BRANCHES) * 3 // 100, BRANCHES),
}


def book() -> bytes:
    """The roster, pasted together by the department, and the numbers of members and branches."""
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 1, 12)})
        rows = [row for at in range(len(TOWNSHIPS)) for row in _recommended(at)]
        _sheet(workbook, "推荐名册", f"{COUNTY}2025年度表彰推荐名册", HEADS, rows, WIDTHS)
        bases = [
            {"乡镇": township, "党员数": members, "支部数": branches}
            for township, members, branches in zip(TOWNSHIPS, MEMBERS, BRANCHES, strict=True)
        ]
        _sheet(
            workbook,
            "名额基数",
            "2025年底党员、党支部数",
            words("序号 乡镇 党员数 支部数"),
            bases,
            (5, 10, 8, 8),
        )
    return packed.getvalue()


def _sheet(
    book: Any, name: str, title: str, heads: Sequence[str], rows: Sequence[Row], widths: Sequence[int]
) -> None:
    sheet = book.add_worksheet(name)
    look = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "仿宋_GB2312"})
    sheet.write(0, 0, title)
    sheet.write(1, 0, f"填报单位（盖章）：中共{COUNTY}委组织部")
    sheet.write_row(2, 0, heads, look)
    for number, row in enumerate(rows, 1):
        sheet.write_row(
            2 + number, 0, [row.get(head, "") if head != "序号" else number for head in heads], look
        )
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def _recommended(at: int) -> Iterator[Row]:
    """Six candidates for five places, with what is odd in this township."""
    people, random = People(SEED, at), Random(f"honors {at}")
    township = TOWNSHIPS[at]
    for category, numbers in NUMBERS.items():
        for order in range(1, -(-numbers[at] * 6 // 5) + 1):
            row = {"类别": category, "乡镇": township, "推荐顺序": order, "主要事迹": random.choice(MERITS)}
            row |= dict.fromkeys(("纪检意见", "信访意见", "计生意见"), "无异议")
            own = (
                _organisation(at, order)
                if category == "先进组织"
                else _person(people, township, category, order)
            )
            yield from _odd(row | own, at, category, order, people)


def _person(people: People, township: str, category: str, order: int) -> Row:
    leads = order % 6 == 5 if category == "优秀党员" else order == 2
    front = order % 3 > 0 if category == "优秀党员" else not leads
    one = people.one("女" if order % 3 == 2 else "男", people.day(1962, 1996))
    post = f"{township}党委副书记" if leads else f"{one.village}党支部{'书记' if order % 2 else '组织委员'}"
    post = post if front or leads else f"{township}政府党员"
    said = {"姓名或组织": one.name, "身份证号": one.identity, "单位职务": post}
    return said | {"是否一线": "是" if front else "否", "是否领导": "是" if leads else "否"}


def _organisation(at: int, order: int) -> Row:
    org = organisations()[TOWNSHIPS[at]][order]
    return {"姓名或组织": org.name, "单位职务": f"书记{org.secretary}"}


def _odd(row: Row, at: int, category: str, order: int, people: People) -> Iterator[Row]:
    """The row, with what is odd about some; one of them stands twice, one in two honours, and one is not sent at all."""
    cells: dict[tuple[int, str, int], Row] = {
        (0, "党务工作者", 1): {"信访意见": "有异议", "备注": "信访件未办结"},
        (0, "优秀党员", 3): {"主要事迹": _LONG},
        (1, "党务工作者", 1): {"计生意见": ""},
        (1, "优秀党员", 1): {"纪检意见": "有异议"},
        (2, "优秀党员", 2): {"是否一线": ""},
        (2, "党务工作者", 1): {"推荐顺序": ""},
        (3, "优秀党员", 1): {"纪检意见": "待复函"},
        (4, "优秀党员", 1): {"类别": "致富能手"},
        (5, "优秀党员", 2): {"信访意见": ""},
    }
    row |= cells.get((at, category, order), {})
    if (at, category, order) != (7, "党务工作者", 1):
        yield row
    if (at, category, order) == (6, "优秀党员", 1):
        yield row | {"备注": "补报"}
    if (at, category, order) == (5, "优秀党员", 1):
        yield row | {"类别": "党务工作者", "推荐顺序": 3}
