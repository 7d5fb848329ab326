"""The sample of `sanchuang training`: the members of eight townships, and the attendance sheets of those who held courses in 2025.

Nobody here exists. It exits 1, as a real one would: two members and some rows of attendance cannot be judged.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, VILLAGES
from people import People

SEED = 20260705
ROSTER = (
    *("序号", "乡镇", "支部", "姓名", "身份证号", "单位类别", "身份", "入党日期", "任职日期", "免训决定"),
    *("述学日期", "评学等次"),
)
SHEET = (
    *("序号", "支部", "姓名", "身份证号", "起", "止", "培训名称", "方式", "数量", "单位", "成绩", "备注"),
)
BRANCHES = (
    ("村党支部", "村社区", ("书记", "副书记", "普通", "普通", "普通")),
    ("机关党支部", "机关", ("领导", "书记", "普通", "普通")),
    ("企业党支部", "两新", ("书记", "普通", "普通")),
)
Row = dict[str, Any]


def book() -> bytes:
    """The roster, and three sheets of attendance: of the party school, of the townships, and of the online college."""
    members = list(_members())
    dice = Random(SEED)
    school, towns, online = [*_school(members, dice)], [*_towns(members, dice)], [*_online(members, dice)]
    _odd(members, school, towns, online)
    packed = BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": datetime(2026, 1, 1)})
        _sheet(workbook, "党员名册", f"{COUNTY}党员教育培训名册", ROSTER, members)
        _sheet(workbook, "党校", f"{COUNTY}委党校培训学时登记表", SHEET, school)
        _sheet(workbook, "乡镇", f"{COUNTY}各乡镇党员教育培训学时登记表", SHEET, towns)
        _sheet(workbook, "网络学院", f"{COUNTY}党员网络培训学时登记表", SHEET, online)
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
    for at, township in enumerate(TOWNSHIPS):
        people = People(SEED, at)
        village = VILLAGES[at :: len(TOWNSHIPS)][0]
        for branch, kind, roles in BRANCHES:
            stem = f"{village}" if kind == "村社区" else township[:2]
            for role in roles:
                person = people.member()
                yield {
                    "乡镇": township, "支部": f"{stem}{branch}", "姓名": person.name, "身份证号": person.identity,
                    "单位类别": kind, "身份": role, "入党日期": datetime.fromisoformat(f"{person.joined}"),
                    "任职日期": None if role == "普通" else datetime(max(2012 + at, person.born.year + 20), 3, 8),
                    "述学日期": datetime(2025, 12, 10) if role == "领导" else None,
                    "评学等次": ("优秀", "良好", "合格", "优秀")[at % 4] if role == "领导" else None,
                }  # fmt: skip


def _who(member: Row) -> Row:
    return {head: member[head] for head in ("支部", "姓名", "身份证号")}


def _school(members: Sequence[Row], dice: Random) -> Iterator[Row]:
    """Secretaries and members of committees for three days; leaders over New Year."""
    for member in members:
        if member["身份"] in ("书记", "副书记") and dice.random() < 0.92:
            start = datetime(2025, 5, 12) if member["身份"] == "书记" else datetime(2025, 9, 15)
            name = f"党组织{'书记' if member['身份'] == '书记' else '班子成员'}培训班"
            yield {**_who(member), "起": start, "止": start.replace(day=start.day + 2), "培训名称": name, "方式": "集中培训", "数量": 3, "单位": "天"}  # fmt: skip
        if member["身份"] == "领导":
            yield {
                **_who(member), "起": datetime(2025, 12, 29), "止": datetime(2026, 1, 2), "培训名称": "领导干部专题研讨班",
                "方式": "集中培训", "数量": 5, "单位": "天",
            }  # fmt: skip


def _towns(members: Sequence[Row], dice: Random) -> Iterator[Row]:
    """Branch meetings, quarter by quarter; some branches hold fewer than others, and some of their members stay away."""
    lazy = {
        branch: dice.choice((0.0, 0.0, 0.0, 0.04, 0.1))
        for branch in dict.fromkeys(m["支部"] for m in members)
    }
    for member in members:
        for month in (2, 5, 8, 11):
            if dice.random() >= lazy[member["支部"]]:
                yield {**_who(member), "起": datetime(2025, month, 20), "培训名称": f"{(month + 1) // 3}季度集中学习", "方式": "三会一课", "数量": 6, "单位": "小时"}  # fmt: skip


def _online(members: Sequence[Row], dice: Random) -> Iterator[Row]:
    """Courses in minutes and a test."""
    for member in members:
        if dice.random() < 0.95:
            yield {**_who(member), "起": datetime(2025, 7, 2), "培训名称": "党章党史", "方式": "远程", "数量": dice.choice((240, 250, 265)), "单位": "分钟"}  # fmt: skip
            yield {**_who(member), "起": datetime(2025, 10, 16), "培训名称": "党纪学习", "方式": "远程", "数量": dice.choice((240, 255, 270)), "单位": "分钟"}  # fmt: skip
        if member["身份"] != "普通" and dice.random() < 0.9:
            score = dice.choice((92, 88, 85, 84, 76, 70, 60))
            yield {**_who(member), "起": datetime(2025, 11, 5), "培训名称": "党章知识测试", "方式": "测试", "数量": 1, "单位": "门", "成绩": score}  # fmt: skip


def _odd(members: Sequence[Row], school: list[Row], towns: list[Row], online: list[Row]) -> None:
    """What is odd about some of them."""
    members[3]["免训决定"] = "青发〔2025〕6号"
    members[16]["入党日期"] = datetime(2025, 6, 30)
    members[24] |= {"任职日期": datetime(2025, 3, 3)}
    members[36] |= {"任职日期": datetime(2025, 11, 20)}
    members[40]["身份"] = "群众"
    members[51]["入党日期"] = "2025"
    members[5]["评学等次"] = "较差"
    school[:] = [row for row in school if row["身份证号"] != members[24]["身份证号"]]
    towns += [
        {**row, "止": None, "单位": "时", "数量": 6} if n else dict(row)
        for n, row in enumerate(row for row in towns if row["身份证号"] == members[12]["身份证号"])
    ][:2]
    twice = next(row for row in towns if row["身份证号"] == members[13]["身份证号"])
    school.append({**twice, "数量": 4})
    school.append({**_who(members[17]), "起": datetime(2025, 12, 30), "培训名称": "年终轮训", "方式": "集中培训", "数量": 4, "单位": "天"})  # fmt: skip
    school.append({"支部": "望河机关党支部", "姓名": "钟无此", "起": datetime(2025, 5, 12), "止": datetime(2025, 5, 14), "培训名称": "党组织书记培训班", "方式": "集中培训", "数量": 3, "单位": "天"})  # fmt: skip
    towns.append({**_who(members[20]), "起": datetime(2025, 6, 4), "培训名称": "外出参观", "方式": "考察", "数量": 1, "单位": "天"})  # fmt: skip
    towns.append({**_who(members[21]), "起": datetime(2025, 6, 4), "培训名称": "读书班", "方式": "自学", "数量": -3, "单位": "小时"})  # fmt: skip
    towns.append({**_who(members[22]), "起": datetime(2062, 6, 4), "培训名称": "读书班", "方式": "自学", "数量": 3, "单位": "小时"})  # fmt: skip
    towns.append({**_who(members[28]), "起": datetime(2025, 6, 4), "培训名称": "读书班", "方式": "自学", "数量": 10, "单位": "小时"})  # fmt: skip
    towns.append({**_who(members[29]), "起": datetime(2025, 6, 4), "培训名称": "读书班", "方式": "自学", "数量": 4, "单位": "小时", "备注": "请假"})  # fmt: skip
    by_name = {**_who(members[30]), "身份证号": None}
    towns.append({**by_name, "起": datetime(2025, 6, 4), "培训名称": "读书班", "方式": "自学", "数量": 4, "单位": "小时"})  # fmt: skip
    scored = [row for row in online if row.get("成绩")]
    scored[4]["成绩"] = 55
    scored[9]["成绩"] = 108
