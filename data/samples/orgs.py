"""The sample roster of `sanchuang rate`: eight townships' lists pasted into one book, each clerk's habits kept.

It gives warnings and no error: what is odd in it is odd as real books are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from county import COUNTY, Org, organisations

GOODS = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
VOTES = ("发出票", "收回票", "有效票", "满意票")
# Headings with their widths; "A/B" is B under a merged A.
COLUMNS: tuple[tuple[str, float], ...] = (
    ("序号", 4.5),
    ("乡镇", 7),
    ("党组织名称", 25),
    ("类型", 8),
    ("书记", 7.5),
    ("成立日期", 13),
    ("党员数", 6),
    *((f"评定分/{good}", 8.5) for good in GOODS),
    *((f"自评分/{good}", 8.5) for good in GOODS),
    *((f"民主测评/{what}", 6.5) for what in VOTES),
    ("民主测评/满意率", 7.5),
    ("否决情形", 16),
    ("上年星级", 5),
    ("上年等次", 5.5),
    ("荣誉级别", 6.5),
    ("获荣誉时间", 13),
    ("书记空缺起始日期", 12),
    ("书记不胜任", 6),
    ("组织生活制度形同虚设", 8),
    ("连续未发展党员年数", 7),
    ("群体性事件或信访集中", 8),
    ("备注", 20),
)
NAMES = [heading for heading, _ in COLUMNS]
LEFT = ("党组织名称", "否决情形", "备注")
HEAD, BODY = 3, 5
FONT = "仿宋_GB2312"
A3 = 8


@dataclass(frozen=True)
class Clerk:
    """How one township's clerk writes.

    founded, dates: a format of the day `d`, for founding dates (often known to the month) and for all others;
    "cell" is a real date, "number" is 1998.1 shown as 1998.10.
    share: "formula", "text" (93.5%), "percent" (0.935 shown as 93.5%) or "points" (93.5).
    no, yes, none: what stands for them. wide: digits of scores and dates in full width, here and there.
    """

    founded: str
    dates: str
    share: str
    no: str | None = "否"
    yes: str = "是"
    none: str | None = None
    font: str = FONT
    wide: bool = False


CLERKS = (
    Clerk("cell", "cell", "formula"),
    Clerk("{d.year}.{d.month:02}", "{d.year}.{d.month:02}.{d.day:02}", "text", no=None),
    Clerk("{d.year}年{d.month}月", "{d.year}年{d.month}月{d.day}日", "formula", font="宋体", wide=True),
    Clerk("{d.year}-{d.month:02}-{d.day:02}", "cell", "percent", none="无"),
    Clerk("{d.year}.{d.month}", "{d.year}.{d.month}.{d.day}", "text", no=None, yes="√", font="宋体"),
    Clerk("number", "{d.year}.{d.month}.{d.day}", "points", no="无", yes="有"),
    Clerk("{d.year}年{d.month}月{d.day}日", "{d.year}年{d.month}月{d.day}日", "percent"),
    Clerk(
        "{d.year}/{d.month}/{d.day}", "{d.year}/{d.month}/{d.day}", "formula", no=None, font="宋体", wide=True
    ),
)
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


@dataclass(frozen=True)
class Formula:
    """A formula with the value a spreadsheet program keeps beside it."""

    text: str
    value: float


Value = str | float | date | Formula | None


def book() -> bytes:
    """The workbook's bytes."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 10, 28, 9, 0)})
    page = Page(workbook, workbook.add_worksheet("申报汇总表"))
    page.head()
    row, number, subtotals = BODY, 1, []
    townships = organisations()
    for clerk, (township, orgs) in zip(CLERKS, townships.items(), strict=True):
        page.block(row, number, township, orgs, clerk)
        subtotals.append(row + len(orgs))
        page.sums(subtotals[-1], "小计", orgs, f"SUM({{0}}{row + 1}:{{0}}{row + len(orgs)})")
        row, number = row + len(orgs) + 1, number + len(orgs)
    everyone = [org for orgs in townships.values() for org in orgs]
    page.sums(row, "合  计", everyone, "+".join(f"{{0}}{subtotal + 1}" for subtotal in subtotals))
    page.foot(row)
    workbook.close()
    return file.getvalue()


def values(org: Org, clerk: Clerk, row: int) -> dict[str, Value]:
    """The cells of one organisation by heading, as its clerk writes them, for the sheet row that counts from 0."""
    wide = clerk.wide and row % 6 == 0
    cells: dict[str, Value] = {
        "党组织名称": org.name,
        "类型": org.type,
        "书记": org.secretary,
        "成立日期": day(org.founded, clerk.founded, wide),
        "党员数": org.members,
        "否决情形": org.veto or clerk.none,
        "上年星级": org.last_stars,
        "上年等次": org.last_grade,
        "荣誉级别": org.honour,
        "获荣誉时间": day(org.honoured, clerk.dates, wide),
        "书记空缺起始日期": day(org.vacant, clerk.dates, wide),
        "书记不胜任": clerk.yes if org.unfit else clerk.no,
        "组织生活制度形同虚设": clerk.yes if org.hollow else clerk.no,
        "连续未发展党员年数": org.idle_years,
        "群体性事件或信访集中": clerk.yes if org.unrest else clerk.no,
        "备注": org.remark,
    }
    for good, points, own in zip(GOODS, org.points, org.own, strict=True):
        cells[f"评定分/{good}"] = score(points, wide)
        cells[f"自评分/{good}"] = score(own, wide)
    if org.votes:
        cells |= {f"民主测评/{what}": count for what, count in zip(VOTES, org.votes, strict=True)}
        cells["民主测评/满意率"] = share(org, clerk, row)
    return cells


def score(tenths: int | None, wide: bool) -> Value:
    if tenths is None:
        return None
    return str(tenths / 10).translate(_FULL_WIDTH) if wide else tenths / 10


def day(on: date | None, style: str, wide: bool) -> Value:
    if on is None or style == "cell":
        return on
    if style == "number":
        return float(f"{on.year}.{on.month:02}")
    written = style.format(d=on)
    return written.translate(_FULL_WIDTH) if wide else written


def share(org: Org, clerk: Clerk, row: int) -> Value:
    """The satisfaction column: what was typed, else what the votes give, cut or computed as the clerk does it."""
    assert org.votes is not None
    _, _, valid, satisfied = org.votes
    thousandths = org.printed or (2000 * satisfied + valid) // (2 * valid)
    if clerk.share == "formula":
        satisfied_column, valid_column = (letters(f"民主测评/{what}") for what in ("满意票", "有效票"))
        return Formula(f"{satisfied_column}{row + 1}/{valid_column}{row + 1}", satisfied / valid)
    if clerk.share == "percent":
        return thousandths / 1000
    return thousandths / 10 if clerk.share == "points" else f"{thousandths / 10}%"


def letters(heading: str) -> str:
    name: str = xl_col_to_name(NAMES.index(heading))
    return name


class Page:
    """The sheet being drawn. Rows and columns count from 0, as XlsxWriter has it."""

    def __init__(self, workbook: Any, sheet: Any) -> None:
        self.workbook, self.sheet = workbook, sheet
        self.styles: dict[str, Any] = {}

    def style(self, **look: Any) -> Any:
        """A cell format, bordered and centred unless told otherwise."""
        plain = {"font_name": FONT, "font_size": 10, "align": "center", "valign": "vcenter", "border": 1}
        key = repr(sorted(look.items()))
        if key not in self.styles:
            self.styles[key] = self.workbook.add_format(plain | look)
        return self.styles[key]

    def head(self) -> None:
        """附件, title, 填报单位 line and the header of two rows, and how it prints."""
        sheet, last = self.sheet, len(NAMES) - 1
        sheet.write(0, 0, "附件2", self.style(font_name="黑体", font_size=14, align="left", border=0))
        title = " ".join(f"{COUNTY}2026年度基层党组织分类定级申报汇总表".replace("2026", "二〇二六"))
        look = self.style(font_name="方正小标宋简体", font_size=22, border=0)
        sheet.merge_range(1, 0, 1, last, title, look)
        sheet.write(
            2, 0, f"填报单位（盖章）：中共{COUNTY}委组织部", self.style(font_size=12, align="left", border=0)
        )
        sheet.write(2, last, "填报时间：2026年10月28日", self.style(font_size=12, align="right", border=0))
        look = self.style(font_name="黑体", text_wrap=True)
        for group, members in groupby(enumerate(NAMES), key=lambda heading: heading[1].partition("/")[0]):
            columns = [(column, heading.partition("/")[2]) for column, heading in members]
            if columns[0][1]:
                sheet.merge_range(HEAD, columns[0][0], HEAD, columns[-1][0], group, look)
                for column, heading in columns:
                    sheet.write(HEAD + 1, column, heading, look)
            else:
                sheet.merge_range(HEAD, columns[0][0], HEAD + 1, columns[0][0], group, look)
        for column, (_, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
        for row, height in ((1, 34), (2, 20), (HEAD, 22), (HEAD + 1, 46)):
            sheet.set_row(row, height)
        sheet.freeze_panes(BODY, NAMES.index("党组织名称") + 1)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD, HEAD + 1)
        sheet.set_footer("&C第 &P 页  共 &N 页")

    def block(self, row: int, number: int, township: str, orgs: Sequence[Org], clerk: Clerk) -> None:
        """One township's organisations, its name merged down beside them; `number` is the first's 序号."""
        column = NAMES.index("乡镇")
        look = self.style(text_wrap=True)
        self.sheet.merge_range(row, column, row + len(orgs) - 1, column, township, look)
        for offset, org in enumerate(orgs):
            cells = values(org, clerk, row + offset) | {"序号": number + offset}
            for column, heading in enumerate(NAMES):
                if heading != "乡镇":
                    self.put(row + offset, column, cells.get(heading), clerk)

    def put(self, row: int, column: int, value: Value, clerk: Clerk) -> None:
        heading = NAMES[column]
        look: dict[str, Any] = {"font_name": clerk.font}
        if heading in LEFT:
            look |= {"align": "left", "text_wrap": True}
        if heading == "备注":
            look |= {"font_size": 9}
        if isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.style(**look, num_format="yyyy-mm-dd"))
        elif isinstance(value, Formula):
            self.sheet.write_formula(
                row, column, f"={value.text}", self.style(**look, num_format="0.0%"), value.value
            )
        elif isinstance(value, float):
            number = (
                "0.0%"
                if heading == "民主测评/满意率" and value <= 1
                else "0.00"
                if "日期" in heading
                else "0.0"
            )
            self.sheet.write_number(row, column, value, self.style(**look, num_format=number))
        else:
            self.sheet.write(row, column, value, self.style(**look))

    def sums(self, row: int, word: str, orgs: Sequence[Org], formula: str) -> None:
        """A 小计 or 合计 row; `formula` has {0} for the column's letters."""
        bold = {"font_name": "黑体"}
        for column in range(len(NAMES)):
            self.sheet.write_blank(row, column, None, self.style(**bold))
        self.sheet.merge_range(row, 0, row, NAMES.index("成立日期"), word, self.style(**bold))
        votes = [org.votes for org in orgs if org.votes]
        totals = dict(zip(VOTES, map(sum, zip(*votes, strict=True)), strict=True))
        for heading, value in {"党员数": sum(org.members for org in orgs), **totals}.items():
            full = heading if heading in NAMES else f"民主测评/{heading}"
            text = "=" + formula.format(letters(full))
            self.sheet.write_formula(row, NAMES.index(full), text, self.style(**bold), value)

    def foot(self, row: int) -> None:
        """The note and the signature line below the last row."""
        look = self.style(align="left", border=0, font_size=11)
        note = "注：1.评定分由乡镇党委评定，尚未评定的暂列自评分；2.满意率＝满意票÷有效票；3.空缺起始日期填至日。"
        self.sheet.write(row + 1, 0, note, look)
        for column, text in (
            (0, "单位负责人：周永胜"),
            (9, "审核人：林秀英"),
            (18, "填表人：高海涛"),
            (25, "联系电话："),
        ):
            self.sheet.write(row + 3, column, text, look)
