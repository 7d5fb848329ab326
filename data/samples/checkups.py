"""The sample roster of `sanchuang checkups`: eight townships' sheets and the hospitals' days, each clerk's habits kept.

It is of 2025, so that it means something without options, and exits 1 as a real one would: a few rows contradict
themselves. Nobody in it exists (see people.py), and nothing in it is about anybody's health.
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

YEAR = 2025
SEED = 20251130
HEAD = 3
A4 = 9
FONT = "仿宋_GB2312"
HOSPITALS = words("望川县人民医院 望川县中医院")
_PLACES = 11
"""What a hospital can see of a township on a day; on one day it is fewer."""
_REASONS = words("外出务工 住院治疗 本人放弃 出差学习")

Columns = tuple[tuple[str, str], ...]

# The fields that a clerk keeps, each with a heading of the clerk's own; "A/B" is B under a merged A.
_USUAL: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("sex", "性别"),
    ("identity", "身份证号"), ("post", "职务"), ("started", "任职起始"), ("ended", "任职终止"), ("last", "上次体检日期"),
    ("went", "是否参检"), ("day", "体检日期"), ("hospital", "体检机构"), ("package", "套餐"), ("cost", "费用"),
    ("reason", "未检原因"), ("again", "复查日期"), ("remark", "备注"),
)  # fmt: skip
_TERSE: Columns = (
    ("serial", "编号"), ("name", "人员姓名"), ("identity", "公民身份号码"), ("township", "所在乡镇"), ("village", "行政村"),
    ("post", "现任职务"), ("started", "任现职时间"), ("last", "最近一次体检时间"), ("went", "是否参加体检"),
    ("day", "体检时间"), ("hospital", "体检医院"), ("package", "体检套餐"), ("cost", "体检费"), ("reason", "未参检原因"),
    ("remark", "说明"),
)  # fmt: skip
_GROUPED: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("sex", "性别"), ("identity", "身份证号码"),
    ("post", "任职情况/职务"), ("started", "任职情况/任职时间"), ("ended", "任职情况/离任时间"), ("last", "上次体检时间"),
    ("went", "本次体检/是否参检"), ("day", "本次体检/体检时间"), ("hospital", "本次体检/体检机构"), ("cost", "本次体检/费用（元）"),
    ("reason", "未检原因"), ("again", "复查时间"),
)  # fmt: skip
_BY_DATE: Columns = tuple(column for column in _USUAL if column[0] not in ("went", "ended", "again"))


@dataclass(frozen=True)
class Secretary:
    """One row as it ought to be written; blank fields stay blank. started: a month. cells: what the clerk typed in place
    of a field, by its name."""

    village: str
    name: str
    sex: str
    identity: str
    started: date
    post: str = "村党支部书记"
    ended: date | None = None
    last: date | None = None
    went: bool = False
    day: date | None = None
    hospital: str = ""
    package: str = ""
    cost: int | None = None
    reason: str = ""
    again: date | None = None
    remark: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Clerk:
    """How one township's clerk writes. day: a format of the date `d`; "cell" is a real date. yes, no: 是否参检. cost: a
    format of the yuan, "" for a number. package: what follows 男 and 女. merged: the township is merged down. post: what
    secretaries are called."""

    columns: Columns
    day: str
    yes: str = "是"
    no: str | None = "否"
    cost: str = ""
    package: str = ""
    post: str = "村党支部书记"
    merged: bool = False
    sums: bool = False


CLERKS = (
    Clerk(_USUAL, "cell"),
    Clerk(_TERSE, "{d.year}.{d.month}.{d.day}", yes="已检", no="未检", cost="{}元", package="性"),
    Clerk(_GROUPED, "{d.year}年{d.month}月{d.day}日", yes="√", no=None, merged=True, post="书记"),
    Clerk(_BY_DATE, "{d.year}-{d.month:02}-{d.day:02}", post="村支书"),
    Clerk(_USUAL, "{d.year}{d.month:02}{d.day:02}", sums=True),
    Clerk(_TERSE, "cell", yes="参检", no="未参检", package="套餐", post="支部书记"),
    Clerk(_GROUPED, "{d.year}.{d.month:02}.{d.day:02}", cost="{}.00", merged=True),
    Clerk(_USUAL, "{d.year}/{d.month}/{d.day}", yes="√", no="×", package="性套餐", post="书记兼村委会主任"),
)
_WIDTHS = {"serial": 5, "sex": 5, "identity": 20, "hospital": 15, "post": 16, "remark": 16, "township": 8}


def days(number: int) -> tuple[date, date]:
    """The two days on which a township goes."""
    first = date(YEAR, 5, 12) + timedelta(days=7 * number)
    return first, first + timedelta(days=1)


def secretaries(number: int) -> list[Secretary]:
    """One for each of twelve villages of a township, and what is odd among them."""
    people, random = People(SEED, number), Random(f"checkups {number}")
    villages = [f"{name}村" for name in (*VILLAGES[number :: len(TOWNSHIPS)], "新村")][:12]
    plain = [_one(people, random, village, number) for village in villages]
    return list(_with_oddities(plain, people, number))


def _one(people: People, random: Random, village: str, number: int) -> Secretary:
    """Somebody in office, who went if due, as most did."""
    person = people.one(random.choice("男男男女"), people.day(1958, 1992), village=village)
    last = random.choice((None, 2021, 2023, 2023, 2023, 2024))
    found = Secretary(
        village=village,
        name=person.name,
        sex=person.sex,
        identity=person.identity,
        started=date(random.choice((2012, 2015, 2018, 2021, 2021, 2024)), random.choice((1, 3, 11, 12)), 1),
        last=date(last, random.randint(4, 10), random.randint(1, 28)) if last else None,
    )
    if last == YEAR - 1:
        return replace(found, reason="上年已检")
    if random.random() < 0.12:
        return replace(found, reason=random.choice(_REASONS))
    again = date(YEAR, 12, random.randint(1, 28)) if random.random() < 0.08 else None
    return replace(
        _went(found, random.choice(days(number)), random.choice((168, 172, 172, 175, 180))), again=again
    )


def _went(one: Secretary, day: date, cost: int) -> Secretary:
    hospital = HOSPITALS[day.toordinal() % 2]
    return replace(one, went=True, day=day, hospital=hospital, package=one.sex, cost=cost, reason="")


def _with_oddities(plain: list[Secretary], people: People, number: int) -> Iterator[Secretary]:
    """The list, with what is odd in this township at its first, second and third place, or after it."""
    first, second, third, *others = plain
    day = days(number)[0]
    went = replace(_went(first, day, 172), last=date(2022, 5, 6))
    if number == 0:
        accountant = people.one("女", date(1985, 4, 2), village=first.village)
        yield from (replace(_went(first, day, 260), last=None), second, third, *others)
        yield Secretary(first.village, accountant.name, "女", accountant.identity, date(2021, 1, 1), "会计")
    elif number == 1:
        yield from (went, second, third, *others, replace(went, remark="补报"))
    elif number == 2:
        yield from (
            replace(went, cost=None),
            replace(_went(second, day, 175), last=None),
            third,
            *others,
        )
    elif number == 3:
        yield from (went, second, third, *others)
        yield replace(went, cost=180, remark="以此为准")
    elif number == 4:
        late = replace(_went(second, day, 180), day=date(YEAR - 1, 12, 30), last=date(2021, 6, 1))
        yield from (went, late, third, *others)
    elif number == 5:
        yield from (replace(went, last=date(YEAR - 1, 6, 3)), second, third, *others)
    elif number == 6:
        gone = Secretary(
            first.village, first.name, first.sex, first.identity, date(2018, 3, 1), ended=date(YEAR, 3, 31)
        )
        new = people.one("男", date(1990, 8, 9), village=first.village)
        yield from (replace(gone, reason="已离任"), second, third, *others)
        yield _went(Secretary(first.village, new.name, "男", new.identity, date(YEAR, 4, 1)), day, 172)
    else:
        other = replace(
            _went(second, day, 180),
            last=None,
            cells={"package": "男性套餐" if second.sex == "女" else "女性套餐"},
        )
        unknown = replace(third, cells={"post": "支部负责人"})
        blank = replace(
            plain[3],
            last=None,
            went=False,
            day=None,
            hospital="",
            package="",
            cost=None,
            reason="",
            again=None,
        )
        yield from (first, other, unknown, blank, *plain[4:])


def book() -> bytes:
    """The workbook's bytes."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2025, 12, 5, 9, 0)})
    everyone = [secretaries(number) for number in range(len(TOWNSHIPS))]
    for clerk, township, people in zip(CLERKS, TOWNSHIPS, everyone, strict=True):
        Page(workbook, township, clerk).draw(township, people)
    calendar(workbook)
    workbook.close()
    return file.getvalue()


def calendar(workbook: Any) -> None:
    """体检机构日程: a line for each day; the first day of the second township has too few places."""
    sheet = workbook.add_worksheet("体检机构日程")
    look = workbook.add_format({"font_name": "黑体", "border": 1, "align": "center"})
    sheet.write(0, 0, f"{YEAR}年村党组织书记体检机构日程")
    sheet.write_row(2, 0, ("体检机构", "日期", "名额", "安排乡镇"), look)
    border = workbook.add_format({"border": 1})
    plain = workbook.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    every = [(township, day) for number, township in enumerate(TOWNSHIPS) for day in days(number)]
    for row, (township, day) in enumerate(every, 3):
        places = 5 if township == TOWNSHIPS[1] else _PLACES
        sheet.write(row, 0, HOSPITALS[day.toordinal() % 2], plain)
        sheet.write_datetime(row, 1, day, plain)
        sheet.write_row(row, 2, (places, township), border)
    sheet.set_column(0, 3, 18)


def written(one: Secretary, name: str, clerk: Clerk) -> Any:
    """A field as the clerk writes it."""
    if name in one.cells:
        return one.cells[name]
    value = getattr(one, name)
    if name == "post":
        return clerk.post if value == "村党支部书记" else value
    if name == "went":
        return clerk.yes if value else clerk.no
    if name == "package" and value:
        return value + clerk.package
    if name == "cost" and value is not None:
        return clerk.cost.format(value) if clerk.cost else value
    if isinstance(value, date) and clerk.day != "cell":
        return f"{value.year}.{value.month}" if name == "started" else clerk.day.format(d=value)
    return value or None


class Page:
    """One township's sheet. Rows and columns count from 0, as XlsxWriter has it."""

    def __init__(self, workbook: Any, township: str, clerk: Clerk) -> None:
        self.workbook, self.clerk = workbook, clerk
        self.sheet = workbook.add_worksheet(township)
        self.body = HEAD + 1 + any("/" in heading for _, heading in clerk.columns)
        self.looks: dict[str, Any] = {}

    def look(self, **said: Any) -> Any:
        """A cell format, bordered and centred unless told otherwise."""
        plain = {"font_name": FONT, "font_size": 10, "align": "center", "valign": "vcenter", "border": 1}
        key = repr(sorted(said.items()))
        if key not in self.looks:
            self.looks[key] = self.workbook.add_format(plain | said)
        return self.looks[key]

    def draw(self, township: str, people: Sequence[Secretary]) -> None:
        self.head(township)
        names = [name for name, _ in self.clerk.columns]
        for number, one in enumerate(people, 1):
            own = {"serial": number, "township": None if self.clerk.merged else township}
            for column, name in enumerate(names):
                value = own[name] if name in own else written(one, name, self.clerk)
                self.put(self.body + number - 1, column, value)
        last = self.body + len(people) - 1
        if self.clerk.merged:
            at = names.index("township")
            self.sheet.merge_range(self.body, at, last, at, township, self.look())
        if self.clerk.sums:
            self.sheet.write(last + 1, 0, "合计", self.look(font_name="黑体"))
            total = sum(one.cost or 0 for one in people)
            self.sheet.write(last + 1, names.index("cost"), total, self.look(font_name="黑体"))
        for column, text in ((0, "单位负责人："), (5, "审核人："), (9, "填表人：")):
            self.sheet.write(last + 3, column, text, self.look(align="left", border=0))

    def put(self, row: int, column: int, value: Any) -> None:
        if isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.look(num_format="yyyy-mm-dd"))
        else:
            self.sheet.write(row, column, value, self.look())

    def head(self, township: str) -> None:
        """Title, 填报单位 line, the header of one or two rows, and how it prints."""
        sheet, columns = self.sheet, self.clerk.columns
        title = f"{township}{YEAR}年村党组织书记体检名册"
        sheet.merge_range(0, 0, 0, len(columns) - 1, title, self.look(font_size=20, border=0))
        sheet.write(1, 0, f"填报单位（盖章）：{township}党委", self.look(align="left", border=0))
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
        for column, (name, _) in enumerate(columns):
            sheet.set_column(column, column, _WIDTHS.get(name, 11))
        sheet.freeze_panes(self.body, 4)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD, self.body - 1)
