"""The sample roster of `sanchuang pay`: village cadres of eight townships, their villages, how they were graded, and the cards
that nobody collected.

It is of 2025 and 2026, so that any month of 2026 means something without options, and exits 1 as a real one would: a few
rows contradict themselves. Nobody in it exists (see people.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, words
from people import People, Person

SEED = 20260301
YEARS = (2024, 2025)
HEAD = 3
A4 = 9
FONT = "仿宋_GB2312"
_VILLAGES = 8
_OTHERS = words("副书记 副主任 会计 妇联主席 民兵连长 委员")
_GRADES = words("优秀 优秀 良好 良好 良好 良好 良好 一般 一般 一般")

Columns = tuple[tuple[str, str], ...]

# The fields that a clerk keeps, each with a heading of the clerk's own.
_USUAL: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("identity", "身份证号"), ("post", "职务"),
    ("started", "任职起始"), ("ended", "任职终止"), ("document", "任职文件"), ("kind", "身份类别"), ("suspended_from", "停职起"),
    ("suspended_to", "停职止"), ("phone", "联系电话"), ("card", "卡状态"), ("bank", "开户行"), ("account", "银行卡号"),
    ("remark", "备注"),
)  # fmt: skip
_TERSE: Columns = (
    ("serial", "编号"), ("name", "人员姓名"), ("identity", "公民身份号码"), ("township", "所在乡镇"), ("village", "行政村"),
    ("post", "现任职务"), ("started", "任职时间"), ("ended", "离任时间"), ("document", "任命文号"), ("kind", "身份类别"),
    ("bank", "开户银行"), ("account", "卡号"), ("remark", "说明"),
)  # fmt: skip


@dataclass(frozen=True)
class Cadre:
    """One row as it ought to be written; blank fields stay blank. cells: what the clerk typed instead, by field."""

    person: Person
    village: str
    post: str
    started: date
    ended: date | None = None
    document: str = "望组干〔2021〕3号"
    kind: str = "本村"
    suspended_from: date | None = None
    suspended_to: date | None = None
    card: str = "正常"
    grades: tuple[str, ...] = ()
    remark: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Clerk:
    """How a township's clerk writes. day: a format of the date `d`; "cell" is a real date. chief: what a secretary is called."""

    columns: Columns
    day: str = "cell"
    chief: str = "村党支部书记"


CLERKS = (
    Clerk(_USUAL),
    Clerk(_TERSE, "{d.year}.{d.month}.{d.day}", "书记"),
    Clerk(_USUAL, "{d.year}年{d.month}月{d.day}日", "村支书"),
    Clerk(_TERSE),
    Clerk(_USUAL, "{d.year}{d.month:02}{d.day:02}"),
    Clerk(_TERSE, "{d.year}/{d.month}/{d.day}", "支部书记"),
    Clerk(_USUAL),
    Clerk(_USUAL, "{d.year}-{d.month:02}-{d.day:02}", "村党总支书记"),
)


def cadres(number: int) -> list[Cadre]:
    """Three in each of eight villages of a township, and what is odd among them."""
    people, random = People(SEED, number), Random(f"pay {number}")
    plain = [
        _one(people, random, f"{village}村", post)
        for village in people.villages[:_VILLAGES]
        for post in _posts(random)
    ]
    return list(_with_oddities(plain, people, number))


def _posts(random: Random) -> Sequence[str]:
    if random.random() < 0.6:
        return ("书记兼村委会主任", *random.sample(_OTHERS, 2))
    return ("书记", "村委会主任", random.choice(_OTHERS))


def _one(people: People, random: Random, village: str, post: str) -> Cadre:
    person = people.one(random.choice("男男男女"), people.day(1964, 1994), village=village, phone="")
    started = date(random.choice((2018, 2021, 2021, 2021, 2023)), random.choice((1, 3, 11, 12)), 10)
    return Cadre(person, village, post, started, grades=tuple(random.choice(_GRADES) for _ in YEARS))


def _with_oddities(plain: list[Cadre], people: People, number: int) -> Iterator[Cadre]:
    """The list, with what is odd in this township."""
    first, second, third, *others = plain
    new = people.one("男", date(1992, 5, 6), village=first.village, phone="")
    if number == 0:  # a handover in 2026-03, a new deputy, somebody sent by the county
        yield replace(first, ended=date(2026, 3, 15))
        yield Cadre(new, first.village, first.post, date(2026, 3, 15), document="望组干〔2026〕8号")
        sent = people.one("女", date(1995, 8, 9), village=first.village, phone="")
        yield Cadre(sent, first.village, "委员", date(2025, 7, 1), kind="选派", document="望组通〔2025〕11号")
        yield from (second, third)
    elif number == 1:  # one account for two, no document
        yield from (first, replace(second, cells={"account": first.person.account}))
        yield replace(third, document="")
    elif number == 2:  # suspended, left in 2025
        yield replace(first, suspended_from=date(2025, 11, 20), suspended_to=date(2026, 4, 5))
        yield replace(second, ended=date(2025, 10, 31))
        yield third
    elif number == 3:  # two who hold one post, a post that no list has
        yield first
        yield Cadre(
            new, first.village, "书记", date(2024, 6, 1), document="望组干〔2024〕9号", grades=("良好",) * 2
        )
        yield from (second, replace(third, cells={"post": "护林员"}))
    elif number == 4:  # a card that is not activated, one that nobody collected
        yield from (replace(first, card="未激活"), second, replace(third, remark="外出务工"))
    elif number == 5:  # not graded for 2025
        yield from (replace(first, grades=("良好",)), second, replace(third, grades=("良好", "称职")))
    elif number == 6:  # from one post to a higher one within a month
        yield from (first, second, replace(third, ended=date(2026, 3, 10)))
        yield replace(
            third, post="副主任", started=date(2026, 3, 11), document="望组干〔2026〕7号", grades=()
        )
    else:  # in two villages at once
        yield from (first, second, third)
        village = others[0].village
        yield replace(third, village=village, started=date(2024, 1, 10), grades=())
    yield from others


def book() -> bytes:
    """The workbook's bytes."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 3, 5, 9, 0)})
    county = [cadres(number) for number in range(len(TOWNSHIPS))]
    looks = {
        "title": workbook.add_format({"font_name": FONT, "font_size": 18, "align": "center"}),
        "head": workbook.add_format({"font_name": "黑体", "border": 1, "align": "center", "text_wrap": True}),
        "cell": workbook.add_format({"font_name": FONT, "font_size": 10, "border": 1}),
        "day": workbook.add_format(
            {"font_name": FONT, "font_size": 10, "border": 1, "num_format": "yyyy-mm-dd"}
        ),
    }
    for clerk, township, own in zip(CLERKS, TOWNSHIPS, county, strict=True):
        rows = [
            [written(one, name, clerk, township, n) for name, _ in clerk.columns]
            for n, one in enumerate(own, 1)
        ]
        sheet(
            workbook,
            looks,
            township,
            f"{township}在职村干部花名册",
            [head for _, head in clerk.columns],
            rows,
        )
    everyone = [(township, one) for township, own in zip(TOWNSHIPS, county, strict=True) for one in own]
    sheet(
        workbook,
        looks,
        "村情表",
        "村情表",
        ("乡镇", "村", "村类型", "人口", "净收入"),
        list(_villages(everyone)),
    )
    graded = list(_graded(everyone))
    sheet(workbook, looks, "年度考核", "村干部年度考核结果", ("姓名", "身份证号", "年度", "等次"), graded)
    unclaimed = [one.person for one in county[4] if one.remark]
    cards = [(one.name, one.account) for one in unclaimed]
    sheet(workbook, looks, "未领卡名单", "未领取银行卡名单", ("户名", "未领卡号"), cards)
    workbook.close()
    return file.getvalue()


def _villages(everyone: Sequence[tuple[str, Cadre]]) -> Iterator[tuple[Any, ...]]:
    random = Random("villages")
    for township, village in dict.fromkeys((township, one.village) for township, one in everyone):
        people = random.randrange(600, 3200)
        kind = "大" if people > 2200 else "中" if people > 1200 else "小"
        yield township, village, kind, people, random.randrange(20, 180) * 1000


def _graded(everyone: Sequence[tuple[str, Cadre]]) -> Iterator[tuple[Any, ...]]:
    for _, one in everyone:
        for year, grade in zip(YEARS, one.grades, strict=False):
            yield one.person.name, one.person.identity, year, grade


def written(one: Cadre, name: str, clerk: Clerk, township: str, number: int) -> Any:
    """A field as the clerk writes it."""
    if name in one.cells:
        return one.cells[name]
    if name in ("serial", "township"):
        return number if name == "serial" else township
    value = getattr(one, name) if name in Cadre.__dataclass_fields__ else getattr(one.person, name)
    if name == "post":
        return value.replace("书记", clerk.chief) if value.startswith("书记") else value
    if isinstance(value, date) and clerk.day != "cell":
        return clerk.day.format(d=value)
    return value or None


def sheet(
    workbook: Any, looks: Mapping[str, Any], name: str, title: str, heads: Sequence[str], rows: Sequence[Any]
) -> None:
    """A sheet with a title, one line of headings and its rows."""
    page = workbook.add_worksheet(name)
    page.merge_range(0, 0, 0, len(heads) - 1, title, looks["title"])
    page.write_row(HEAD, 0, heads, looks["head"])
    for row, cells in enumerate(rows, HEAD + 1):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                page.write_datetime(row, column, value, looks["day"])
            else:
                page.write(row, column, value, looks["cell"])
    for column, head in enumerate(heads):
        page.set_column(column, column, 20 if "号" in head else 12)
    page.freeze_panes(HEAD + 1, 4)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
