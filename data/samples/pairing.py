"""The sample of `sanchuang pairing`: members in need of eight townships, and the county's helpers with last year's pairs.

Nobody here exists. It exits 1, as a real one would: a few rows cannot be judged, and three people get no helper.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import count
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, words
from people import People, Person

SEED = 20260301
MEMBERS = (
    "序号", "乡镇", "村", "支部", "姓名", "身份证号", "困难程度", "致困原因", "户号", "亲属身份证号", "上年帮扶人身份证号", "备注",
)  # fmt: skip
HELPERS = (
    "序号", "姓名", "身份证号", "单位", "职务", "是否领导", "乡镇", "联系村", "名额", "户号", "亲属身份证号", "联系电话",
)  # fmt: skip
_UNITS = words(
    "县委办公室 县政府办公室 县委组织部 县财政局 县民政局 县农业农村局 县教育局 县卫生健康局 县水利局 县林业局 县供销社 县妇联"
)
_CAUSES = words("因病致贫 本人残疾 无劳动能力 因灾 家庭变故")
_EACH, _OF_COUNTY = 6, 12
Row = dict[str, Any]


def book() -> bytes:
    """A sheet of members for each township, and one of helpers."""
    helpers, members = county()
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 3, 2)})
        for township in TOWNSHIPS:
            rows = [row for row in members if row["乡镇"] == township]
            _sheet(workbook.add_worksheet(township), f"{township}困难党员名册", MEMBERS, rows)
        _sheet(workbook.add_worksheet("帮扶人"), f"{COUNTY}帮扶人名册", HELPERS, helpers)
    return packed.getvalue()


def _sheet(sheet: Any, title: str, heads: Sequence[str], rows: Sequence[Row]) -> None:
    sheet.write(0, 0, title)
    sheet.write_row(1, 0, heads)
    for number, row in enumerate(rows, 1):
        for column, head in enumerate(heads):
            value = number if head == "序号" else row.get(head)
            if value is not None:
                sheet.write(1 + number, column, value)


def county() -> tuple[list[Row], list[Row]]:
    """All helpers, and all members in need."""
    random = Random(SEED)
    towns = [People(SEED, at) for at in range(len(TOWNSHIPS))]
    members = [_member(random, people, at) for at, people in enumerate(towns) for _ in range(_EACH)]
    helpers = [_of_county(random, at, members) for at in range(_OF_COUNTY)]
    helpers += [_of_township(people, at) for at, people in enumerate(towns) for _ in range(2)]
    for member, helper in zip(members[::2], [*helpers, *helpers], strict=False):
        member["上年帮扶人身份证号"] = helper["身份证号"]
    _odd(members, helpers)
    return helpers, members


def _member(random: Random, people: People, at: int) -> Row:
    person = people.poor(random.choice("男男女"))
    return {
        **_who(person),
        "乡镇": TOWNSHIPS[at],
        "村": person.village,
        "支部": f"{person.village}党支部",
        "困难程度": random.choice(("特困", "困难", "困难", "一般")),
        "致困原因": random.choice(_CAUSES),
    }


def _of_county(random: Random, at: int, members: Sequence[Row]) -> Row:
    """An official of the county, whose unit is linked with two villages of one township."""
    people = People(SEED + 100, at % len(TOWNSHIPS))
    person = [people.one("男" if at % 3 else "女", people.day(1966, 1990)) for _ in range(at + 1)][-1]
    linked = [row["村"] for row in members if row["乡镇"] == TOWNSHIPS[at % len(TOWNSHIPS)]][:2]
    return {
        **_who(person),
        "单位": _UNITS[at],
        "职务": "局长" if at % 2 else "副主任",
        "是否领导": "是" if at % 2 or at == 0 else "否",
        "乡镇": TOWNSHIPS[at % len(TOWNSHIPS)],
        "联系村": "、".join(dict.fromkeys(linked)),
        "名额": 2,
        "联系电话": f"1390000{random.randrange(10**4):04d}",
    }


def _of_township(people: People, at: int) -> Row:
    person = people.one("男", people.day(1970, 1995))
    return {
        **_who(person),
        "单位": f"{TOWNSHIPS[at]}党委",
        "职务": "组织委员",
        "是否领导": "否",
        "乡镇": TOWNSHIPS[at],
        "名额": None if at else 1,
    }


def _who(person: Person) -> Row:
    return {"姓名": person.name, "身份证号": person.identity}


def _odd(members: Sequence[Row], helpers: Sequence[Row]) -> None:
    """What is odd about some of them."""
    number = count(900)
    gone = People(SEED + 200, 7)
    members[0]["亲属身份证号"] = (
        f"{helpers[0]['姓名']} {helpers[0]['身份证号']}"  # his son, who helped him last year
    )
    members[2]["上年帮扶人身份证号"] = gone.one("男", gone.day(1960, 1965)).identity
    members[7]["亲属身份证号"] = helpers[1]["姓名"]
    members[9]["困难程度"] = "很困难"
    members[13]["亲属身份证号"] = "2302991970"
    members[20]["身份证号"], members[20]["姓名"] = helpers[5]["身份证号"], "孙德福"
    members[25]["户号"] = helpers[12]["户号"] = str(next(number))
    for member in members[30:33]:
        member["上年帮扶人身份证号"] = helpers[6]["身份证号"]
    for member in members[44:]:
        member["户号"] = str(next(number))
    for helper in helpers[14:]:
        helper["名额"] = 1
