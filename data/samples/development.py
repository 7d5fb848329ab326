"""The sample register of `sanchuang development`: eight branches' sheets and the year's plan, each clerk's habits kept.

It is of people whose steps run to the end of 2026, and exits 1 as a real one would: a few rows contradict themselves, and
national limits are broken. Nobody in it exists (see people.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import groupby
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, VILLAGES, words
from people import People

SEED = 20261128
ASKED = date(2026, 11, 20)
"""The day on which the clerks wrote their sheets: nothing in them lies later but the ends of terms."""
HEAD, A4, FONT = 3, 9, "仿宋_GB2312"
NATIONS = words("汉族 汉族 汉族 汉族 满族 蒙古族 朝鲜族")
SCHOOLING = words("初中 高中 中专 大专 大专 本科 大学本科")
WORK = words("农民 农民 农民 务农 村干部 个体户 教师")
STEPS = words(
    "申请 谈话 积极分子 公示起 公示止 发展对象 备案 政审 培训起 培训止 预审 支部大会 党委审批 组织部备案 宣誓 预备期止 "
    "转正申请 转正大会 转正审批 归档"
)
GAPS = {
    "谈话": 18, "积极分子": 95, "公示起": 372, "公示止": 6, "发展对象": 2, "备案": 8, "政审": 21, "培训起": 14, "培训止": 3, "预审": 12,
    "支部大会": 19, "党委审批": 45, "组织部备案": 12, "宣誓": 15, "转正申请": 0, "转正大会": 12, "转正审批": 30, "归档": 25,
}  # fmt: skip
"""Days from the step before, as they ought to be."""
VOTES = words("应到 实到 赞成 反对 弃权 书面赞成")

Columns = tuple[tuple[str, str], ...]


def plain(text: str) -> Columns:
    return tuple((name, name) for name in words(text))


_WHO: Columns = (("序号", "序号"), *plain("乡镇 支部 姓名 性别 身份证号 民族 学历 职业"))
_SIDE: Columns = plain("联系人 介绍人 培训天数 培训学时")
_USUAL: Columns = (
    *_WHO, *plain(" ".join(STEPS[:12])), *plain(" ".join(VOTES)), *plain("党委审批 组织部备案 宣誓 延长月数 预备期止 转正申请 转正大会"),
    *((f"转正{name}", f"转正{name}") for name in VOTES[:5]), *plain("转正审批 归档"), *_SIDE, *plain("终止日期 拟公示 延迟原因 备注"),
)  # fmt: skip
_NAMES = {
    "姓名": "人员姓名", "身份证号": "公民身份号码", "支部": "所在党支部", "申请": "递交入党申请书时间", "谈话": "派人谈话时间",
    "积极分子": "确定积极分子时间", "发展对象": "确定发展对象时间", "预审": "党委预审", "支部大会": "支部大会时间", "党委审批": "党委审批时间",
    "宣誓": "宣誓时间", "转正大会": "转正大会时间", "转正审批": "转正审批时间", "联系人": "培养联系人", "介绍人": "入党介绍人", "备注": "说明",
    "学历": "文化程度",
}  # fmt: skip
_TERSE: Columns = tuple(
    (name, _NAMES.get(name, heading)) for name, heading in _USUAL if name not in ("备案", "组织部备案")
)
_ABOVE = {**dict.fromkeys(VOTES, "支部大会票数"), **{f"转正{name}": "转正大会票数" for name in VOTES}}
_GROUPED: Columns = tuple(
    (name, f"{_ABOVE[name]}/{name.removeprefix('转正')}" if name in _ABOVE else heading)
    for name, heading in _USUAL
)
_SHORT: Columns = tuple(
    column for column in _USUAL if column[0] not in ("宣誓", "归档", "终止日期", "拟公示", "延迟原因")
)


@dataclass(frozen=True)
class Someone:
    """One row as it ought to be written; what is not there stays blank. steps: days by name. cells: whatever stands in other
    columns, or instead of a day."""

    name: str
    sex: str
    identity: str
    steps: Mapping[str, date]
    cells: Mapping[str, Any] = field(default_factory=dict)

    def at(self, step: str, day: str) -> "Someone":
        return replace(self, steps={**self.steps, step: date.fromisoformat(day)})

    def without(self, *steps: str) -> "Someone":
        return replace(self, steps={name: day for name, day in self.steps.items() if name not in steps})

    def having(self, **cells: Any) -> "Someone":
        return replace(self, cells={**self.cells, **cells})


@dataclass(frozen=True)
class Clerk:
    """How one branch's clerk writes. day: a format of the date `d`; "cell" is a real date. merged: the township is merged
    down."""

    columns: Columns
    day: str = "cell"
    merged: bool = False
    nothing: str | None = None


CLERKS = (
    Clerk(_USUAL),
    Clerk(_TERSE, "{d.year}.{d.month}.{d.day}", nothing="/"),
    Clerk(_GROUPED, "{d.year}年{d.month}月{d.day}日", merged=True),
    Clerk(_SHORT, "{d.year}-{d.month:02}-{d.day:02}"),
    Clerk(_USUAL, "{d.year}{d.month:02}{d.day:02}"),
    Clerk(_GROUPED),
    Clerk(_TERSE, "{d.year}/{d.month}/{d.day}"),
    Clerk(_USUAL, "{d.year}.{d.month:02}.{d.day:02}", merged=True, nothing="—"),
)


def branch(number: int) -> str:
    return f"{VILLAGES[number]}村党支部"


def someone(people: People, random: Random, applied: date, born: date | None = None) -> Someone:
    """Somebody whose steps are as they ought to be, as far as they have come by the day on which the sheet was written."""
    person = people.one(random.choice("男男女"), born or people.day(1968, 2004))
    days, day = {"申请": applied}, applied
    for step, usual in GAPS.items():
        if step == "转正申请":
            day = days["预备期止"]
        day += timedelta(usual + random.randint(0, 4 if usual > 2 else 0))
        if day > ASKED:
            break
        days[step] = day
        if step == "支部大会":
            days["预备期止"] = day.replace(year=day.year + 1)
    cells: dict[str, Any] = {
        "民族": random.choice(NATIONS), "学历": random.choice(SCHOOLING), "职业": random.choice(WORK),
        "联系人": people.one("男", date(1970, 1, 1)).name if "积极分子" in days else None,
        "介绍人": "、".join(people.one("男", date(1970, 1, 1)).name for _ in "12") if "发展对象" in days else None,
        "培训天数": 3 if "培训止" in days else None,
        "培训学时": 24 if "培训止" in days else None,
    }  # fmt: skip
    entitled = random.randint(18, 31)
    for met, of in (("支部大会", ""), ("转正大会", "转正")):
        if met in days:
            there = entitled - random.randint(0, 4)
            against = random.randint(0, 1)
            figures = (entitled, there, there - against, 0, against or None, 0)
            cells |= {of + heading: figure for heading, figure in zip(VOTES, figures, strict=True)}
    return Someone(person.name, person.sex, person.identity, days, cells)


def register(number: int) -> list[Someone]:
    """Eight people of a branch at all stages, of whom the last ones are what is odd in it."""
    people, random = People(SEED, number), Random(f"development {number}")
    begun = (25, 260, 420, 560, 640, 800, 1130, 1300)
    plain = [someone(people, random, ASKED - timedelta(days + random.randint(0, 12))) for days in begun]
    return list(_with_oddities(plain, people, random, number))


def _with_oddities(plain: list[Someone], people: People, random: Random, number: int) -> Iterator[Someone]:
    new, active, listed, target, voted, probation, late, done = plain
    if number == 0:
        yield from (
            new.without("谈话").at("申请", "2026-10-08"),
            active,
            listed.at("积极分子", "2025-11-10").having(拟公示="发展对象"),
            target.having(拟公示="接收"),
        )
        yield from (voted, probation, late, done)
    elif number == 1:
        yield from (
            new,
            active.at("谈话", "2026-06-30"),
            listed,
            target.having(培训天数=2, 培训学时=16),
            voted,
            probation,
        )
        yield from (late, done.at("转正大会", "2025-09-01").having(延迟原因="本人外出务工"))
    elif number == 2:
        yield from (
            new,
            active,
            listed,
            target.without("政审"),
            voted.having(实到=9, 赞成=9, 弃权=None),
            probation,
            late,
            done,
        )
    elif number == 3:
        old = someone(people, random, date(1989, 3, 1), date(1966, 5, 4))
        quick = someone(people, random, date(1970, 3, 1), date(1948, 9, 10))
        full = {step: date(1971, 7, 1) for step in ("支部大会", "党委审批", "转正大会", "转正审批")}
        bare = {"申请": quick.steps["申请"], **full}
        yield from (new, active, listed, target, voted, probation, done)
        yield replace(old.without("公示起", "公示止"), cells={**old.cells, "备注": "1992年档案补录"})
        yield replace(quick, steps=bare, cells={"民族": "汉族", "学历": "小学", "职业": "农民"})
    elif number == 4:
        yield from (
            new,
            active,
            listed.without("公示起", "公示止"),
            target,
            voted.having(应到=20, 实到=26),
            probation,
        )
        yield from (
            late.having(延长月数=6).without("转正申请", "转正大会", "转正审批", "归档", "预备期止"),
            done,
        )
    elif number == 5:
        approved = done.steps["支部大会"] + timedelta(120)
        yield from (new, active, listed, target, voted, probation.having(应到=None), late)
        yield done.at("党委审批", str(approved)).having(延迟原因="党委换届")
    elif number == 6:
        yield from (new.having(申请="2026.2.30"), active, listed, target, voted, probation, late, done)
        yield active.having(备注="补报")
        yield done.having(学历="大专", 职业="村干部", 转正审批="2026年1月").without("转正审批")
    else:
        born = new.identity[6:10]
        early = new.having(申请=f"{int(born) - 1}.05.01")
        stopped = listed.having(终止日期="2026.09.10", 备注="本人提出退出")
        moved = late.having(延长月数=3).without("转正申请", "转正大会", "转正审批", "归档", "预备期止")
        yield from (early, active, stopped, target, voted, probation, moved, done.without("支部大会"))


def book() -> bytes:
    """The workbook's bytes."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 11, 20, 9, 0)})
    for number, (clerk, township) in enumerate(zip(CLERKS, TOWNSHIPS, strict=True)):
        Page(workbook, branch(number), clerk).draw(township, branch(number), register(number))
    plan(workbook)
    workbook.close()
    return file.getvalue()


def plan(workbook: Any) -> None:
    """支部年度计划: a line for each branch of the county, those that nobody has applied to among them."""
    sheet = workbook.add_worksheet("支部年度计划")
    look = workbook.add_format({"font_name": "黑体", "border": 1, "align": "center"})
    border = workbook.add_format({"border": 1})
    sheet.write(0, 0, "2026年支部发展党员年度计划")
    sheet.write_row(2, 0, ("乡镇", "支部", "年度计划数", "成立日期"), look)
    lines = [
        (township, branch(number), 1 + number % 2, "1995-07") for number, township in enumerate(TOWNSHIPS)
    ]
    lines += [(TOWNSHIPS[0], branch(20), 1, "1998-07"), (TOWNSHIPS[3], branch(21), 0, "2026-03-01")]
    for row, line in enumerate(lines, 3):
        sheet.write_row(row, 0, line, border)
    sheet.set_column(0, 3, 18)


def written(one: Someone, name: str, clerk: Clerk) -> Any:
    """A cell as the clerk writes it."""
    if name in one.cells:
        return one.cells[name]
    if name in ("姓名", "性别", "身份证号"):
        return {"姓名": one.name, "性别": one.sex, "身份证号": one.identity}[name]
    day = one.steps.get(name)
    if day is None:
        return clerk.nothing if name in STEPS else None
    return day if clerk.day == "cell" else clerk.day.format(d=day)


class Page:
    """One branch's sheet. Rows and columns count from 0, as XlsxWriter has it."""

    def __init__(self, workbook: Any, name: str, clerk: Clerk) -> None:
        self.workbook, self.clerk = workbook, clerk
        self.sheet = workbook.add_worksheet(name)
        self.body = HEAD + 1 + any("/" in heading for _, heading in clerk.columns)
        self.looks: dict[str, Any] = {}

    def look(self, **said: Any) -> Any:
        """A cell format, bordered and centred unless told otherwise."""
        plain = {"font_name": FONT, "font_size": 10, "align": "center", "valign": "vcenter", "border": 1}
        key = repr(sorted(said.items()))
        if key not in self.looks:
            self.looks[key] = self.workbook.add_format(plain | said)
        return self.looks[key]

    def draw(self, township: str, own: str, people: Sequence[Someone]) -> None:
        self.head(own)
        names = [name for name, _ in self.clerk.columns]
        for number, one in enumerate(people, 1):
            known = {"序号": number, "乡镇": None if self.clerk.merged else township, "支部": own}
            for column, name in enumerate(names):
                value = known[name] if name in known else written(one, name, self.clerk)
                self.put(self.body + number - 1, column, value)
        if self.clerk.merged:
            at = names.index("乡镇")
            self.sheet.merge_range(self.body, at, self.body + len(people) - 1, at, township, self.look())
        for column, text in ((0, "支部书记："), (6, "填表人：")):
            self.sheet.write(self.body + len(people) + 1, column, text, self.look(align="left", border=0))

    def put(self, row: int, column: int, value: Any) -> None:
        if isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.look(num_format="yyyy-mm-dd"))
        else:
            self.sheet.write(row, column, value, self.look())

    def head(self, own: str) -> None:
        """Title, 填报单位 line, the header of one or two rows, and how it prints."""
        sheet, columns = self.sheet, self.clerk.columns
        sheet.merge_range(0, 0, 0, len(columns) - 1, "发展党员工作台账", self.look(font_size=20, border=0))
        sheet.write(1, 0, f"填报单位（盖章）：{own}", self.look(align="left", border=0))
        look = self.look(font_name="黑体", text_wrap=True)
        for group, members in groupby(enumerate(columns), key=lambda each: each[1][1].partition("/")[0]):
            here = [(column, heading.partition("/")[2]) for column, (_, heading) in members]
            if here[0][1]:
                sheet.merge_range(HEAD, here[0][0], HEAD, here[-1][0], group, look)
                for column, heading in here:
                    sheet.write(HEAD + 1, column, heading, look)
            elif self.body - HEAD > 1:
                sheet.merge_range(HEAD, here[0][0], HEAD + 1, here[0][0], group, look)
            else:
                sheet.write(HEAD, here[0][0], group, look)
        widths = {"序号": 5, "性别": 5, "身份证号": 20, "支部": 16}
        for column, (name, _) in enumerate(columns):
            sheet.set_column(column, column, widths.get(name, 11))
        sheet.freeze_panes(self.body, 4)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD, self.body - 1)
