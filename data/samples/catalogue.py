"""The sample of `sanchuang catalogue`: what 望川县 and its eight townships wrote into their register of what was made public.

Nothing here is real. It exits 1, as a real one would: some rows wait, and several things are overdue.
"""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, words

HEADS = words("序号 乡镇 事项 期次 发生日期 公开地点 公开日期 公开至 取下日期 责任人 备注")
WIDTHS = (5, 9, 28, 10, 12, 22, 12, 12, 12, 10, 18)
BOARD, SITE = "党务公开栏", "县党建网站"
KEEPERS = words("周建国 吴凤英 郑文斌 王海涛 冯玉兰 陈永胜 褚立新 卫桂芝")
Row = dict[str, Any]


def book() -> bytes:
    """The register of the county, as the department keeps it in one sheet."""
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 11, 2)})
        sheet = workbook.add_worksheet("公开台账")
        look = workbook.add_format({"border": 1, "text_wrap": True, "font_name": "仿宋_GB2312"})
        sheet.write(0, 0, f"{COUNTY}党务公开台账（2026年）")
        sheet.write_row(2, 0, HEADS, look)
        for number, row in enumerate([*_county(), *_townships()], 1):
            cells = [number if head == "序号" else row.get(head, "") for head in HEADS]
            sheet.write_row(2 + number, 0, cells, look)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
    return packed.getvalue()


def _county() -> Iterator[Row]:
    """What the department itself makes public, and what is odd about some of it."""
    for place in (f"县委{BOARD}", SITE):
        yield {"事项": "机构职责、办事制度和监督电话", "公开地点": place, "公开日期": "2026-01-05"}
    for month, down in (("07", "2026-07-16"), ("08", "2026-08-17"), ("09", "2026-09-10")):
        yield _paid(month, f"2026-{month}-05", down, "提前取下的" if month == "09" else "")
    yield {"事项": "离任村干部生活补贴", "期次": "2026-10", "发生日期": "2026-11-02", "备注": "还没有张贴"}
    yield _posted("发展对象公示", "第三批", "2026-11-20", "2026-11-25", **{"公开至": "2026-12-02"})
    yield _posted("星级评定", "2026", "2026-10-08", "2026-10-12", **{"公开至": "2026-10-19"})
    yield _posted("慰问", "春节", "2026-02-02", "2026-02-06", **{"取下日期": "2026-02-25"})
    yield _posted("书记人选", "第一批", "2026-11-16", "2026年11月")
    yield _posted("招商引资情况", "", "2026-11-03", "2026-11-04")
    yield _posted("表彰推荐", "七一", "2026-06-10", "2026-06-08")


def _paid(month: str, posted: str, down: str, remark: str) -> Row:
    return _posted("离任村干部生活补贴", f"2026-{month}", f"2026-{month}-02", posted) | {
        "取下日期": down,
        "备注": remark,
    }


def _posted(item: str, which: str, occurred: str, posted: str, **more: str) -> Row:
    return {
        "事项": item, "期次": which, "发生日期": occurred, "公开地点": f"县委{BOARD}", "公开日期": posted,
        "责任人": "组织科 赵敏",
    } | more  # fmt: skip


def _townships() -> Iterator[Row]:
    """Each township keeps its board; the last ones are behind."""
    for at, (township, keeper) in enumerate(zip(TOWNSHIPS, KEEPERS, strict=True)):
        board = {"乡镇": township, "公开地点": f"{township}{BOARD}", "责任人": keeper}
        yield (
            board
            | {"事项": "党组织设置和班子分工", "公开日期": "2026-03-02"}
            | ({"取下日期": "2026-09-01"} if at == 5 else {})
        )
        yield board | {"事项": "党费收缴", "公开日期": f"2026-01-{10 + at:02d}"}
        for day in ("2026-04-08", "2026-07-09", "2026-10-12")[: 3 if at < 6 else 2]:
            yield board | {"事项": "经费收支", "公开日期": day}
        yield board | {"事项": "三会一课", "公开日期": "2026-07-20" if at != 3 else "七月下旬"}
        if at in (1, 4):
            days = {"发生日期": "2026-11-10", "公开日期": "2026-11-12" if at == 1 else "2026-11-16"}
            yield board | {"事项": "换届选举", "期次": "届中补选"} | days
