"""The sample of `sanchuang pension`: insured cadres of eight townships, their villages, honours and receipts of 2025.

Nobody here exists. It exits 1, as a real one would: a few rows cannot be judged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, words
from people import People, Person, identity

SEED = 20251231
YEAR, OWN = 2025, 960
_VILLAGES = 6
_OTHERS = words("村委会主任 会计 妇联主席 副书记")
Columns = tuple[tuple[str, str], ...]
_USUAL: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("identity", "身份证号"), ("post", "职务"),
    ("started", "任职起始"), ("ended", "任职终止"), ("insurance", "参保类型"), ("months", "已缴月数"), ("disciplined", "处分日期"),
    ("sentenced", "判刑日期"), ("continued", "续保"), ("died", "死亡日期"), ("bank", "开户行"), ("account", "银行账号"), ("remark", "备注"),
)  # fmt: skip
_TERSE: Columns = (
    ("serial", "编号"), ("name", "人员姓名"), ("identity", "公民身份号码"), ("township", "所在乡镇"), ("village", "行政村"),
    ("post", "现任职务"), ("started", "任职时间"), ("ended", "离任时间"), ("insurance", "参保险种"), ("months", "累计缴费月数"),
    ("disciplined", "处分时间"), ("sentenced", "判决日期"), ("continued", "是否续保"), ("bank", "开户银行"), ("account", "卡号"),
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """One row as it ought to be written; blank fields stay blank. cells: what the clerk typed instead. paid: receipts of the
    year, each with its day and sum; None where none came."""

    person: Person
    village: str
    post: str
    started: date
    months: int | None
    cells: dict[str, Any] = field(default_factory=dict)
    paid: tuple[tuple[date, float], ...] | None = None


def members(number: int) -> list[Member]:
    """Three in each of six villages of a township, and what is odd among them."""
    people, random = People(SEED, number), Random(f"pension {number}")
    plain = [
        _one(people, random, f"{village}村", post)
        for village in people.villages[:_VILLAGES]
        for post in ("书记", *random.sample(_OTHERS, 2))
    ]
    return list(_with_oddities(plain, number))


def _one(people: People, random: Random, village: str, post: str) -> Member:
    person = people.one(random.choice("男男男女"), people.day(1968, 1995), village=village, phone="")
    started = date(random.choice((2018, 2021, 2021, 2021, 2023)), random.choice((1, 3, 11)), 10)
    age = YEAR - person.born.year
    paid = date(YEAR, random.choice((9, 10, 11, 12)), random.randrange(1, 28))
    return Member(
        person, village, post, started, max(12, 12 * (age - 40) + random.randrange(150)), paid=((paid, OWN),)
    )


def _with_oddities(plain: list[Member], number: int) -> Iterator[Member]:
    """The list, with what is odd in this township."""
    first, second, third, fourth, *others = plain
    changes: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {
        0: ({"ended": date(2025, 4, 20), "continued": "是"}, {"ended": date(2025, 8, 3)}),
        1: ({"insurance": "职工养老"}, {"disciplined": date(2025, 5, 16)}),
        2: ({"insurance": "灵活就业"}, {"insurance": "新农保"}),
        3: ({"disciplined": date(2024, 3, 8)}, {"started": date(2025, 7, 1)}),
        4: ({"account": None, "bank": None}, {"died": date(2025, 6, 18)}),
        5: ({"sentenced": date(2025, 9, 2)}, {"started": "2025年"}),
        6: ({}, {"months": None}),
        7: ({"post": "护林员"}, {"village": "柳溪村"}),
    }
    of_first, of_second = changes[number]
    yield replace(first, cells=of_first, paid=_paid(first, number, of_first))
    yield replace(second, cells=of_second, paid=_paid(second, number, of_second))
    if number == 6:  # twice, with another insurance each time
        yield replace(first, cells={"insurance": "灵活就业"}, paid=None)
    if number in (2, 5):  # sixty within the year, and soon
        born = date(1965 + (number == 5), 8, 9)
        person = replace(third.person, born=born, identity=_born(third.person, born))
        third = replace(third, person=person, months=164 if number == 2 else 158)
    yield third
    yield replace(fourth, paid={1: None, 3: ((date(2025, 11, 5), 500.0),)}.get(number, fourth.paid))
    yield from others


def _paid(member: Member, number: int, cells: dict[str, Any]) -> tuple[tuple[date, float], ...] | None:
    """What was paid in, where it is not the usual sum: two dates for a death, months alone, half a year."""
    if "died" in cells:
        return (date(2025, 3, 4), 240.0), (date(2025, 7, 1), 240.0)
    if cells.get("insurance") == "职工养老":
        return None
    alone = {"continued": 320 + 8 * 200, "disciplined": 400 + 7 * 200 if number == 1 else 2400}
    sums = [fen for what, fen in alone.items() if what in cells]
    return ((date(2025, 12, 31) if number == 3 else date(2025, 12, 8), sums[0] if sums else OWN),)


def _born(person: Person, born: date) -> str:
    return identity(born, person.sex, int(person.identity[14:17]) // 2)


def book() -> bytes:
    """One sheet a township, as each sends it; the county's own lists after them."""
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 1, 5)})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        every = {township: members(at) for at, township in enumerate(TOWNSHIPS)}
        for at, (township, own) in enumerate(every.items()):
            columns = _TERSE if at in (1, 3, 6) else _USUAL
            title = f"{township}村干部养老保险参保补贴人员名册"
            rows = [_row(n, township, one) for n, one in enumerate(own, 1)]
            _sheet(workbook.add_worksheet(township), title, columns, rows, day)
        for title, heads, lines in _lists(every):
            rows = [dict(zip(heads, line, strict=True)) for line in lines]
            _sheet(
                workbook.add_worksheet(title),
                f"{COUNTY}{title}",
                tuple(zip(heads, heads, strict=True)),
                rows,
                day,
            )
    return packed.getvalue()


def _row(serial: int, township: str, one: Member) -> dict[str, Any]:
    plain = {
        "serial": serial,
        "township": township,
        "village": one.village,
        "name": one.person.name,
        "identity": one.person.identity,
        "post": one.post,
        "started": one.started,
        "insurance": "城乡居民",
        "months": one.months,
        "bank": one.person.bank,
        "account": one.person.account,
    }
    return plain | one.cells


def _lists(every: dict[str, list[Member]]) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    villages = [
        (township, village, "无" if (at + n) % 5 == 4 else "有")
        for at, (township, own) in enumerate(every.items())
        for n, village in enumerate(dict.fromkeys(one.village for one in own))
    ]
    yield "村情表", ("乡镇", "村", "有无集体收入"), villages
    one, other = every[TOWNSHIPS[4]][5], every[TOWNSHIPS[5]][8]
    honours = [
        (f"{TOWNSHIPS[0]}{every[TOWNSHIPS[0]][4].village}", "县级先进党组织", date(2023, 7, 1)),
        (f"{TOWNSHIPS[4]}{one.village}", "县级先进党组织", date(2024, 6, 28)),
        (one.person.identity, "市", date(2024, 7, 1)),
        (other.person.identity, "省", date(2024, 7, 1)),
        (f"{TOWNSHIPS[7]}清泉村", "县级先进党组织", date(2024, 6, 28)),
    ]
    yield "荣誉", ("对象", "级别", "日期"), honours
    honoured = {whom for whom, level, _ in honours if level == "县级先进党组织"}
    free = {
        each.person.identity: OWN * 2 // 3
        for township, own in every.items()
        for each in own
        if f"{township}{each.village}" in honoured
    }
    free |= {one.person.identity: OWN // 3, other.person.identity: 0}
    receipts = [
        (person.identity, YEAR, free.get(person.identity, amount), day)
        for own in every.values()
        for person, paid in ((one.person, one.paid) for one in own)
        for day, amount in paid or ()
        if free.get(person.identity, amount)
    ]
    receipts.append((_born(one.person, date(1979, 9, 9)), YEAR, OWN, date(2025, 11, 20)))
    numbered = [(f"{YEAR}{n:05d}", *line) for n, line in enumerate(receipts, 1)]
    yield "缴费凭证", ("凭证号", "身份证号", "年度", "金额", "缴费日期"), numbered


def _sheet(sheet: Any, title: str, columns: Columns, rows: Sequence[dict[str, Any]], day: Any) -> None:
    sheet.write(0, 0, title)
    sheet.write(1, 0, f"填报单位（盖章）：{title[:3]}")
    sheet.write_row(2, 0, [head for _, head in columns])
    for number, row in enumerate(rows, 3):
        for at, (name, _) in enumerate(columns):
            value = row.get(name)
            if isinstance(value, date):
                sheet.write_datetime(number, at, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                sheet.write(number, at, value)
