"""The sample of `sanchuang appraise`: the units of eight townships in 2025, their ballots, inspections and problems.

Nobody in it exists. Its villages are those of the sample of `rate`; their secretaries stand in that of `reviews`, so that `--policy results`
finds stars and grades. It exits 1, as a real one would: a few sheets contradict themselves. Two groups cast fewer than five
ballots; nothing that is printed tells what they cast.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, organisations, words
from people import People, Person
from reviews import FIRST, OFFICE
from reviews import SEED as REVIEWED

SEED, YEAR = 20251231, 2025
HEADS = {
    "述评考汇总": words("序号 乡镇 单位 类型 书记 书记身份证号 是否参评 述职报告 述职日期 日常得分 述职得分 年度考核得分 重大事故 上年等次 备注"),
    "测评票": words("乡镇 单位 组 发出 收回 有效 好 较好 一般 差"),
    "检查扣分": words("乡镇 单位 项目 序号 方式 满分 扣分 科室 科室分值 扣分原因"),
    "问题清单": words("乡镇 单位 问题 提出日期 整改措施 责任人 时限 销号"),
}  # fmt: skip
GROUPS = {"上级": 9, "同级": 12, "下级": 14, "群众": 20}
ITEMS = (
    ("落实党建责任", "看", 30, (("组织科", 12), ("农村科", 10), ("电教科", 8))),
    ("基层组织建设", "看", 25, ()),
    ("党员教育管理", "比", 20, ()),
    ("基础工作台账", "比", 15, ()),
    ("整改落实", "促", 10, ()),
)
FAULTS = {
    "落实党建责任": ("党委专题研究党建少 1 次", "联系点走访少 1 次"),
    "基层组织建设": ("一个支部没有按期换届", "软弱涣散支部整顿不到位"),
    "党员教育管理": ("党课少讲 1 次", "流动党员没有登记"),
    "基础工作台账": ("三会一课记录不全", "党费收缴台账没有签字"),
    "整改落实": ("上年问题没有按时销号",),
}
PROBLEMS = (
    ("主题党日形式单一", "每季度安排一次实地学习"),
    ("发展党员材料不齐", "逐卷核对，补齐材料"),
    ("村级活动场所利用率低", "每周固定开放日"),
    ("后备干部储备不足", "每村储备两名后备干部"),
    ("集体经济薄弱", "每村落实一个增收项目"),
)
Cells = dict[str, Any]


@dataclass
class Unit:
    """A unit with its sheets, as the county has them. merit: how good it is, of a hundred."""

    cells: Cells
    merit: int
    ballots: list[Cells] = field(default_factory=list)
    items: list[Cells] = field(default_factory=list)
    problems: list[Cells] = field(default_factory=list)

    @property
    def who(self) -> Cells:
        return {"乡镇": self.cells["乡镇"], "单位": self.cells["单位"]}


def units() -> Iterator[Unit]:
    """The townships, two villages of each, and a few units of the county."""
    for at, township in enumerate(TOWNSHIPS):
        people, random = People(SEED, at), Random(f"{SEED} {at}")
        villages = [organisation.name for organisation in organisations()[township][:2]]
        members = People(REVIEWED, at)
        reviewed = [members.member() for _ in range(FIRST + OFFICE + 1)]
        yield _unit(people, random, township, f"{township}党委", "乡镇")
        for village, secretary in zip(villages, (reviewed[0], reviewed[-1]), strict=True):
            yield _led_by(_unit(people, random, township, village, "村"), secretary)
    people, random = People(SEED, len(TOWNSHIPS)), Random(f"{SEED} county")
    for name in ("县教育局党委", "县农业农村局党委", "县卫生健康局党委"):
        yield _unit(people, random, "县直", name, "机关")
    for name in ("丰禾米业有限公司党支部", "水稻种植协会党支部"):
        yield _unit(people, random, "县直", name, "两新")


def _unit(people: People, random: Random, township: str, name: str, kind: str) -> Unit:
    merit = random.choice((93, 91, 88, 86, 84, 82, 78, 72))
    day = date(YEAR, 12, 8) + timedelta(days=random.randrange(18))
    person = people.one(random.choice("男男男女"), people.day(1968, 1990))
    unit = Unit(
        {
            "乡镇": township,
            "单位": name,
            "类型": kind,
            "书记": person.name,
            "述职报告": f"{name}书记抓基层党建工作述职报告",
            "述职日期": day,
            "述职得分": merit + random.randrange(-3, 4),
            "年度考核得分": merit + random.randrange(-4, 5),
            "重大事故": "否",
            "上年等次": _grade(merit + random.randrange(-4, 3)),
        },
        merit,
    )
    unit.ballots = [_ballots(random, unit, group, out) for group, out in GROUPS.items()]
    if kind in ("乡镇", "村"):
        unit.items = list(_items(random, unit))
    else:
        unit.cells["日常得分"] = merit + random.choice((-2, -1, 0, 1.5))
    unit.problems = list(_problems(random, unit))
    return unit


def _led_by(unit: Unit, secretary: Person) -> Unit:
    """The secretary is the member who stands first on the branch's list in the sample of the review; the yearly figure is left to
    results."""
    unit.cells |= {"书记": secretary.name, "书记身份证号": secretary.identity, "年度考核得分": None}
    for problem in unit.problems:
        problem["责任人"] = secretary.name
    return unit


def _grade(merit: int) -> str:
    return "好" if merit >= 90 else "较好" if merit >= 80 else "一般"


def _ballots(random: Random, unit: Unit, group: str, out: int) -> Cells:
    """Some ballots of a group do not come back, some that do are void."""
    returned = out - random.choice((0, 0, 1))
    valid = returned - random.choice((0, 0, 0, 1))
    good = valid * random.randrange(unit.merit - 30, unit.merit + 1) // 100
    fair = (valid - good) * 2 // 3
    poor = valid - good - fair
    marks = {"好": good, "较好": fair, "一般": poor, "差": 0}
    return {**unit.who, "组": group, "发出": out, "收回": returned, "有效": valid, **marks}


def _items(random: Random, unit: Unit) -> Iterator[Cells]:
    """What is taken off comes to what the unit's merit leaves; an item that several offices check has a row for each."""
    left = (100 - unit.merit) * 2
    for item, way, full, offices in ITEMS:
        for number, (office, part) in enumerate(offices or (("", None),), 1):
            lost = min(random.randrange(0, 9), left, (part or full) * 2)
            left -= lost
            yield {
                **unit.who, "项目": item, "序号": number, "方式": way, "满分": full, "扣分": lost / 2,
                "科室": office, "科室分值": part, "扣分原因": random.choice(FAULTS[item]) if lost else "",
            }  # fmt: skip


def _problems(random: Random, unit: Unit) -> Iterator[Cells]:
    for problem, measure in random.sample(PROBLEMS, random.choice((1, 1, 2))):
        raised = date(YEAR - 1, 12, 26)
        due = date(YEAR, random.choice((6, 9, 12)), 30)
        closed = due - timedelta(days=random.randrange(5, 90)) if random.random() < 0.7 else None
        yield {
            **unit.who, "问题": problem, "提出日期": raised, "整改措施": measure, "责任人": unit.cells["书记"],
            "时限": due, "销号": closed,
        }  # fmt: skip


def county() -> list[Unit]:
    """All units, with what is odd about some of them."""
    every = list(units())
    named = {unit.cells["单位"]: unit for unit in every}
    towns = [named[f"{township}党委"] for township in TOWNSHIPS]
    villages = [unit for unit in every if unit.cells["类型"] == "村"]
    _few(towns[0].ballots[0], (3, 3, 3), (2, 1, 0, 0))
    _few(villages[1].ballots[3], (4, 4, 4), (1, 1, 1, 1))
    _few(towns[1].ballots[3], (20, 0, 0), (None, None, None, None))
    towns[2].cells |= {"重大事故": "是", "备注": "安全生产责任事故"}
    towns[2].ballots[0]["有效"] = towns[2].ballots[0]["收回"] + 1  # more valid ballots than came back
    towns[3].cells["日常得分"] = 99
    towns[4].items[0]["科室分值"] = 13
    villages[4].cells["述职得分"] = villages[4].cells["述职日期"] = None
    villages[6].cells |= {"是否参评": "否", "备注": "书记到任不满半年"}
    villages[9].ballots[1]["差"] = "若干"
    for other in (villages[3], villages[12], villages[13]):
        _alike(other, villages[7])
    for unit in (every[-1], villages[15]):
        _poor(unit)
    named["县卫生健康局党委"].cells |= {"重大事故": "是", "备注": "医疗安全事故"}
    return every


def _few(row: Cells, papers: tuple[int, int, int], marks: Sequence[int | None]) -> None:
    row |= dict(zip(("发出", "收回", "有效"), papers, strict=True))
    row |= dict(zip(("好", "较好", "一般", "差"), marks, strict=True))


def _alike(unit: Unit, other: Unit) -> None:
    """The same figures, so that both have the same score."""
    unit.cells |= {head: other.cells[head] for head in ("述职得分", "年度考核得分", "上年等次")}
    unit.ballots = [{**row, **unit.who} for row in other.ballots]
    unit.items = [{**row, **unit.who} for row in other.items]


def _poor(unit: Unit) -> None:
    """Hardly fit, and so last year."""
    unit.cells |= {"述职得分": 66, "上年等次": "一般"}
    for row in unit.ballots:
        valid = row["有效"]
        row |= {"好": 0, "较好": valid // 3, "一般": valid - valid // 3, "差": 0}
    if unit.items:
        for row in unit.items:
            row["扣分"] = row["满分"] * 0.3 if row["序号"] == 1 else 0
    else:
        unit.cells["日常得分"] = 70


def book() -> bytes:
    every, packed = county(), BytesIO()
    rows = {
        "述评考汇总": [{"序号": number, **unit.cells} for number, unit in enumerate(every, 1)],
        "测评票": [row for unit in every for row in unit.ballots],
        "检查扣分": [row for unit in every for row in unit.items],
        "问题清单": [row for unit in every for row in unit.problems],
    }
    stray = {
        "乡镇": TOWNSHIPS[5],
        "单位": "老龙口村党支部",
        "项目": "整改落实",
        "序号": 1,
        "方式": "促",
        "满分": 10,
        "扣分": 2,
    }
    rows["检查扣分"].append(stray)
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as workbook:
        workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 1, 5)})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, heads in HEADS.items():
            _sheet(workbook.add_worksheet(name), name, heads, rows[name], day)
    return packed.getvalue()


def _sheet(sheet: Any, name: str, heads: Sequence[str], rows: Sequence[Cells], day: Any) -> None:
    sheet.write(0, 0, f"{COUNTY}{YEAR}年{name}")
    sheet.write(1, 0, f"填报单位（盖章）：中共{COUNTY}委组织部")
    sheet.write_row(2, 0, heads)
    for number, row in enumerate(rows, 3):
        for column, head in enumerate(heads):
            value = row.get(head)
            if isinstance(value, date):
                sheet.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
            elif value not in (None, ""):
                sheet.write(number, column, value)
