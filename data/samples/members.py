"""The sample roster of `sanchuang subsidies`: eight townships' sheets in one book, each clerk's headings and habits kept.

It exits 1, as a real one would: what is wrong in it is wrong in real books (see oddities.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, words
from oddities import oddities, with_doubles
from people import Month, People, Person, Spell

SEED = 20260930
HEAD = 3
A3 = 8
FONT = "仿宋_GB2312"
# Cadres, members in hardship, and members whom nothing concerns, by township.
_COUNTS = (
    (44, 22, 24),
    (42, 24, 26),
    (40, 28, 30),
    (36, 30, 30),
    (38, 32, 30),
    (36, 34, 30),
    (30, 36, 24),
    (34, 38, 30),
)

# The fields of a person that a clerk keeps, each with a heading of the clerk's own; "A/B" is B under a merged A.
Columns = tuple[tuple[str, str], ...]

_USUAL: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("sex", "性别"),
    ("identity", "身份证号"), ("born", "出生年月"), ("joined", "入党时间"), ("kind", "人员类别"),
    ("post", "离任职务"), ("spells", "任职经历"), ("left", "离任时间"), ("reason", "离任原因"),
    ("penalty", "处分情况"), ("penalty_on", "处分时间"), ("sentence", "刑罚情况"), ("employed", "财政供养"),
    ("employed_on", "录用时间"), ("household", "户籍状况"), ("moved_on", "户籍迁出日期"), ("rural", "户口性质"),
    ("health", "健在情况"), ("died_on", "死亡日期"), ("hardship", "困难台账"), ("ledger_on", "列入台账日期"),
    ("cause", "困难情况"), ("approved_on", "审批日期"), ("paused", "停发起"), ("bank", "开户行"),
    ("account", "银行账号"), ("phone", "联系电话"), ("remark", "备注"),
)  # fmt: skip
_TERSE: Columns = (
    ("serial", "编号"), ("name", "党员姓名"), ("sex", "性别"), ("identity", "公民身份号码"), ("township", "所在乡镇"),
    ("village", "行政村"), ("joined", "何时入党"), ("post", "曾任职务"), ("spells", "任职起止时间"), ("left", "离任时间"),
    ("reason", "离职原因"), ("penalty", "有无处分"), ("health", "是否健在"), ("hardship", "是否困难党员"),
    ("ledger_on", "列入时间"), ("cause", "致困原因"), ("income", "家庭年人均收入"), ("rural", "户口类别"),
    ("approved_on", "批准时间"), ("bank", "开户银行"), ("account", "卡号"), ("remark", "说明"),
)  # fmt: skip
_GROUPED: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("sex", "性别"), ("born", "出生年月"),
    ("identity", "身份证号码"), ("joined", "入党日期"), ("post", "任职情况/离任职务"), ("spells", "任职情况/任职经历"),
    ("reason", "任职情况/离任原因"), ("approved_on", "任职情况/审批日期"), ("hardship", "困难党员/列入困难台账"),
    ("ledger_on", "困难党员/纳入台账日期"), ("cause", "困难党员/致困原因"), ("rural", "困难党员/户口性质"),
    ("health", "健在情况"), ("bank", "一卡通/开户行"), ("account", "一卡通/一卡通账号"), ("phone", "联系方式"),
    ("remark", "备注"),
)  # fmt: skip
_APART: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村（社区）"), ("name", "姓名"), ("identity", "身份证号"),
    ("joined", "入党年月"), ("kind", "党员类别"), ("post", "最后任职"), ("years", "累计任职年限"), ("reason", "离任原因"),
    ("penalty", "处分"), ("sentence", "刑罚"), ("employed", "是否财政供养"), ("household", "户籍情况"),
    ("rural", "户籍性质"), ("health", "人员状态"), ("died_on", "去世时间"), ("hardship", "生活困难党员"),
    ("ledger_on", "列入日期"), ("cause", "困难类别"), ("approved_on", "审批时间"), ("bank", "开户行名称"),
    ("account", "收款账号"), ("remark", "备注"),
)  # fmt: skip
_OLDEST: Columns = (
    *_USUAL[:9],
    ("veteran", "是否优抚对象"),
    ("retired", "有无离退休待遇"),
    ("local", "原定补标准"),
    *_USUAL[9:],
)


@dataclass(frozen=True)
class Clerk:
    """How one township's clerk writes.

    day, month: a format of the date `d` for days, and for what is known to the month; "cell" is a real date, "number"
    is 1998.1 shown as 1998.10. span: between the ends of a spell; between: between spells; spell: how each is written.
    no: what stands for no. apart: spells stand on a sheet of their own. merged: the township's name is merged down.
    """

    columns: Columns
    day: str
    month: str
    span: str = "—"
    between: str = "；"
    no: str | None = None
    yes: str = "是"
    font: str = FONT
    apart: bool = False
    merged: bool = False
    title: str = "党员和离任村干部基本情况统计表"


CLERKS = (
    Clerk(_USUAL, "cell", "{d.year}.{d.month:02}", no="否"),
    Clerk(_TERSE, "{d.year}.{d.month:02}.{d.day:02}", "{d.year}.{d.month:02}", between="\n", font="宋体"),
    Clerk(_GROUPED, "{d.year}年{d.month}月{d.day}日", "{d.year}年{d.month}月", span="至", merged=True),
    Clerk(_APART, "{d.year}-{d.month:02}-{d.day:02}", "{d.year}-{d.month:02}", apart=True, yes="√"),
    Clerk(_APART, "{d.year}.{d.month}.{d.day}", "{d.year}.{d.month}", apart=True, no="无", yes="有", font="宋体"),
    Clerk(_USUAL, "{d.year}{d.month:02}{d.day:02}", "number", span="-", font="宋体"),
    Clerk(_OLDEST, "cell", "cell", span="～", no="否", merged=True, title="党员（含老党员）和离任村干部花名册"),
    Clerk((*_TERSE, ("years", "任职年限"), ("phone", "手机")), "{d.year}/{d.month}/{d.day}", "{d.year}/{d.month:02}", no="无"),
)  # fmt: skip
_WIDTHS = {
    "serial": 5, "sex": 5, "identity": 20, "account": 22, "spells": 34, "bank": 18, "remark": 16, "phone": 14,
    "township": 8, "village": 10, "name": 9, "kind": 9, "cause": 11, "reason": 11,
}  # fmt: skip
_MONTHS = frozenset({"left", "penalty_on", "employed_on", "ledger_on", "approved_on", "paused"})
_FLAGS = frozenset({"employed", "hardship", "veteran", "retired"})
_ALWAYS_ANSWERED = frozenset({"hardship", "employed"})


def county() -> dict[str, list[Person]]:
    """Everybody who is on a roster, by township, in the order of the clerk's list."""
    found: dict[str, list[Person]] = {}
    for number, township in enumerate(TOWNSHIPS):
        people = People(SEED, number)
        listed = [*people.some(*_COUNTS[number]), *oddities(people, number)]
        if number % 2:
            people.random.shuffle(listed)
        else:
            listed.sort(key=lambda person: people.villages.index(person.village.removesuffix("村")))
        found[township] = listed
    return with_doubles(found)


def book(everyone: Mapping[str, Sequence[Person]] | None = None, clerks: Sequence[Clerk] = CLERKS) -> bytes:
    """The workbook's bytes: of the sample county, or of `everyone` as these clerks write."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 9, 28, 9, 0)})
    everyone = county() if everyone is None else everyone
    served: list[Sequence[Any]] = []
    for clerk, (township, people) in zip(clerks, everyone.items(), strict=True):
        Page(workbook, township, clerk).draw(township, people)
        served += [row for person in people if clerk.apart for row in spell_rows(person, clerk)]
    apart = "、".join(township for township, clerk in zip(TOWNSHIPS, clerks, strict=True) if clerk.apart)
    heads = ("姓名", "身份证号", "任职起始时间", "任职终止时间", "担任职务", "村")
    listing(workbook, "任职经历", f"{apart}离任村干部任职经历", heads, served)
    listing(workbook, "字典", "", ("代码", "名称"), list(enumerate(words("正式党员 预备党员 群众"), 1)))
    workbook.close()
    return file.getvalue()


def spell_rows(person: Person, clerk: Clerk) -> list[tuple[Any, ...]]:
    """任职经历, one row a spell; without a number that can be read nobody can be found there."""
    if "spells" in person.cells:
        return []
    return [
        (person.name, person.identity, month(start, clerk.month), month(end, clerk.month) if end else "至今", post, person.village)
        for start, end, post in person.spells
    ]  # fmt: skip


def listing(
    workbook: Any, name: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """A plain sheet, its title above the headings."""
    sheet = workbook.add_worksheet(name)
    if title:
        sheet.write(0, 0, title)
    for row, cells in enumerate([heads, *rows], 1):
        sheet.write_row(row, 0, cells)
    sheet.set_column(0, len(heads) - 1, 20)


def day(on: date, style: str) -> date | str:
    return on if style == "cell" else style.format(d=on)


def month(on: Month, style: str) -> date | str | float:
    if style == "number":
        return float(f"{on[0]}.{on[1]:02}")
    return day(date(*on, 1), style)


def spells(served: Sequence[Spell], clerk: Clerk) -> str:
    """任职经历 in one cell."""
    style = clerk.month if clerk.month not in ("cell", "number") else "{d.year}.{d.month:02}"
    ends = ((month(s, style), month(e, style) if e else "至今", post) for s, e, post in served)
    return clerk.between.join(f"{start}{clerk.span}{end} {post}" for start, end, post in ends)


def written(person: Person, name: str, clerk: Clerk) -> Any:
    """A field as the clerk writes it."""
    if name in person.cells:
        return person.cells[name]
    value = getattr(person, name)
    if name == "paused":
        return month(value[0], clerk.month) if value else None
    if name in _FLAGS:
        return clerk.yes if value else clerk.no if value is False or name in _ALWAYS_ANSWERED else None
    if name == "spells":
        return spells(value, clerk)
    if name in ("income", "local"):
        return value / 100 if value is not None else None
    if not value:
        return None
    if name == "born":
        return month((value.year, value.month), clerk.month)
    if name in _MONTHS:
        return month(value, clerk.month)
    return day(value, clerk.day) if isinstance(value, date) else value


class Page:
    """One township's sheet. Rows and columns count from 0, as XlsxWriter has it."""

    def __init__(self, workbook: Any, name: str, clerk: Clerk) -> None:
        self.workbook, self.clerk = workbook, clerk
        self.sheet = workbook.add_worksheet(name)
        self.styles: dict[str, Any] = {}
        grouped = any("/" in heading for _, heading in clerk.columns)
        self.body = HEAD + 1 + grouped

    def style(self, **look: Any) -> Any:
        """A cell format, bordered and centred unless told otherwise."""
        plain = {
            "font_name": self.clerk.font,
            "font_size": 10,
            "align": "center",
            "valign": "vcenter",
            "border": 1,
        }
        key = repr(sorted(look.items()))
        if key not in self.styles:
            self.styles[key] = self.workbook.add_format(plain | look)
        return self.styles[key]

    def draw(self, township: str, people: Sequence[Person]) -> None:
        self.head(township)
        put = self.makers(township)
        for number, person in enumerate(people, 1):
            for column, make in enumerate(put):
                self.put(self.body + number - 1, column, make(number, person))
        last = self.body + len(people) - 1
        if self.clerk.merged:
            column = [name for name, _ in self.clerk.columns].index("township")
            self.sheet.merge_range(self.body, column, last, column, township, self.style())
        look = self.style(align="left", border=0)
        self.sheet.write(last + 2, 0, "注：任职经历以任免文件为准；列入困难台账须经乡镇党委研究。", look)
        for column, text in ((0, "单位负责人："), (5, "审核人："), (9, "填表人："), (13, "联系电话：")):
            self.sheet.write(last + 3, column, text, look)

    def makers(self, township: str) -> list[Callable[[int, Person], Any]]:
        """What each column shows of the n-th person."""

        def maker(name: str) -> Callable[[int, Person], Any]:
            if name == "serial":
                return lambda number, person: number
            if name == "township":
                return lambda number, person: None if self.clerk.merged else township
            return lambda number, person: written(person, name, self.clerk)

        return [maker(name) for name, _ in self.clerk.columns]

    def head(self, township: str) -> None:
        """Title, 填报单位 line, the header of one or two rows, and how it prints."""
        sheet, columns = self.sheet, self.clerk.columns
        look = self.style(font_name="方正小标宋简体", font_size=20, border=0)
        sheet.merge_range(0, 0, 0, len(columns) - 1, f"{township}{self.clerk.title}", look)
        plain = self.style(align="left", border=0)
        sheet.write(1, 0, f"填报单位（盖章）：{township}党委", plain)
        sheet.write(1, len(columns) - 3, "填报时间：2026年9月25日", plain)
        look = self.style(font_name="黑体", text_wrap=True)
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
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD, self.body - 1)

    def put(self, row: int, column: int, value: Any) -> None:
        name = self.clerk.columns[column][0]
        if isinstance(value, date):
            shape = "yyyy-mm" if name in _MONTHS or name == "born" else "yyyy-mm-dd"
            self.sheet.write_datetime(row, column, value, self.style(num_format=shape))
        elif isinstance(value, float):
            shape = "0.00" if name in (*_MONTHS, "born", "income", "local") else "0"
            self.sheet.write_number(row, column, value, self.style(num_format=shape))
        else:
            look = {"text_wrap": True, "align": "left"} if name in ("spells", "remark") else {}
            self.sheet.write(row, column, value, self.style(**look))
