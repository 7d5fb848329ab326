"""The books of the programmes that run once a year, drawn from the same people and organisations as the money is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from xlsxwriter import Workbook

from tests.simulated import giving, lending
from tests.simulated.people import TOWNSHIPS
from tests.simulated.world import ELECTIONS, START, Cadre, World

GRADES = ("优秀", "合格", "基本合格", "不合格")
Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """main: whether its rows are what the programme is about, so that none of them may be lost."""

    title: str
    rows: Sequence[Row]
    main: bool = True


def write(path: Path, sheets: Sequence[Sheet]) -> Path:
    with Workbook(str(path)) as workbook:
        workbook.set_properties({"created": datetime(2014, 1, 1)})
        for sheet in sheets:
            heads = list(dict.fromkeys(head for row in sheet.rows for head in row))
            rows: list[list[Any]] = [heads, *([row.get(head) for head in heads] for row in sheet.rows)]
            page = workbook.add_worksheet(sheet.title[:31])
            page.write(0, 0, sheet.title)
            for at, cells in enumerate(rows, 2):
                page.write_row(at, 0, [str(cell) if isinstance(cell, date) else cell for cell in cells])
    return path


def _who(one: Any) -> Row:
    return {
        "乡镇": one.who.township,
        "村": one.who.village,
        "姓名": one.who.name,
        "身份证号": one.who.identity,
    }


def _branch(one: Any) -> str:
    return f"{one.who.village}党支部"


def _day(dice: Random, year: int, first: int = 1, last: int = 12) -> date:
    return date(year, dice.randint(first, last), dice.randint(1, 28))


def serving(world: World, on: date) -> list[Cadre]:
    """Who is in office on a day."""
    return [
        one for one in world.cadres.values()
        if one.rows[-1].start <= on and (one.rows[-1].end is None or one.rows[-1].end >= on)
    ]  # fmt: skip


def secretaries_of(world: World, on: date) -> list[Cadre]:
    return [one for one in serving(world, on) if one.rows[-1].posts[0] == "书记"]


def reviews(world: World, dice: Random, year: int) -> list[Sheet]:
    """Every elder who joined or not is a member of the branch of the village, as far as reviews go."""
    rows = []
    for one in world.elders.values():
        given = dice.randint(8, 20)
        best = dice.randint(0, given)
        rows.append(
            _who(one) | {
                "支部": _branch(one), "人员类别": "正式党员", "发出票": given, "收回票": given, "优秀票": best, "合格票": given - best,
                "基本合格票": 0, "不合格票": 0, "弃权票": 0,
                "支委评定": dice.choices(GRADES, (2, 10, 1, 0.2))[0], "评定日期": date(year, 12, dice.randint(1, 28)),
            }
        )  # fmt: skip
    return [Sheet("民主评议", rows)]


def secretaries(world: World, dice: Random, year: int) -> list[Sheet]:
    held = secretaries_of(world, date(year, 12, 31))
    rows = [
        _who(one) | {
            "党组织名称": _branch(one), "任现职时间": one.rows[-1].start,
            "本届起": date(max(y + 1 for y in (START - 3, *ELECTIONS) if y < year or y < START), 1, 1), "满意票": dice.randint(20, 40), "有效票": 40,
        }
        for one in held
    ]  # fmt: skip
    sheets = [Sheet("村党组织书记名册", rows)]
    if year in ELECTIONS:
        meetings, votes = [], []
        for one in held:
            present, won = dice.randint(20, 30), dice.randint(11, 20)
            at = {"乡镇": one.who.township, "村": one.who.village, "会议": "党员大会", "轮次": 1}
            meetings.append(
                at | {"选举日期": date(year, 12, 10), "应到": 32, "实到": present, "发出": present, "收回": present, "应选": 1,
                      "有效": present, "无效": 0}
            )  # fmt: skip
            votes.append(at | {"候选人": one.who.name, "票": won})
        sheets += [Sheet("选举", meetings, main=False), Sheet("得票", votes, main=False)]
    return sheets


def checkups(world: World, dice: Random, year: int) -> list[Sheet]:
    rows = []
    for one in secretaries_of(world, date(year, 12, 31)):
        went = dice.random() < 0.7
        rows.append(
            _who(one) | {
                "职务": "书记", "任职起始": one.rows[-1].start, "是否参检": "是" if went else "否",
                "体检日期": _day(dice, year, 3, 11) if went else None, "费用": 180 if went else None,
                "未检原因": None if went else "外出",
            }
        )  # fmt: skip
    return [Sheet("村党组织书记体检名册", rows)]


def dues(world: World, dice: Random, year: int) -> list[Sheet]:
    rows = []
    for one in list(world.elders.values())[:80]:
        months = {f"{month}月": 1 if dice.random() < 0.9 else None for month in range(1, 13)}
        rows.append(
            {"上级党组织": f"{one.who.township}党委", "支部": _branch(one), "姓名": one.who.name, "身份证号": one.who.identity,
             "缴费类别": "农民", "支部大会日期": date(1995, 7, 1)} | months
        )  # fmt: skip
    return [Sheet("党费收缴名册", rows)]


def training(world: World, dice: Random, year: int) -> list[Sheet]:
    people = list(world.cadres.values()) + list(world.elders.values())[:60]
    rows = [
        _who(one)
        | {
            "支部": _branch(one),
            "单位类别": "村社区",
            "身份": "书记" if isinstance(one, Cadre) else "普通",
            "入党日期": "1999-07-01",
        }
        for one in people
    ]
    log = [
        {"乡镇": one.who.township, "支部": _branch(one), "姓名": one.who.name, "身份证号": one.who.identity,
         "日期": _day(dice, year), "培训名称": f"冬训{n}", "方式": "集中培训", "数量": dice.choice((0.5, 1, 2)), "单位": "天"}
        for one in people for n in range(dice.choice((0, 1, 3)))
    ]  # fmt: skip
    return [Sheet("党员名册", rows), Sheet("学时登记", log, main=False)]


def pairing(world: World, dice: Random, year: int) -> list[Sheet]:
    poor = [one for one in world.elders.values() if one.says.hardship and not one.says.died_on]
    rows = [
        _who(one)
        | {"支部": _branch(one), "困难程度": dice.choice(("特困", "困难", "一般")), "致困原因": "因病"}
        for one in poor
    ]
    helpers = [
        {"乡镇": one.who.township, "联系村": one.who.village, "姓名": one.who.name, "身份证号": one.who.identity,
         "单位": f"{one.who.township}政府", "是否领导": dice.choice("是否"), "名额": 3}
        for one in serving(world, date(year, 12, 31))
    ]  # fmt: skip
    return [Sheet("困难党员名册", rows), Sheet("帮扶人名册", helpers)]


def visits(world: World, dice: Random, year: int) -> list[Sheet]:
    """The list of what is given, and the log of visits up to now."""
    poor = [one for one in world.elders.values() if one.says.hardship and not one.says.died_on]
    log = [
        {"乡镇": one.who.township, "村": one.who.village, "对象": one.who.name, "日期": _day(dice, year, 1, world.month - 1),
         "走访人": "王走访", "五心类型": dice.choice(("交心", "暖心", "安心")), "方式": "走访"}
        for one in poor if world.month > 1 for _ in range(dice.choice((1, 5, 6)))
    ]  # fmt: skip
    return [Sheet("慰问对象", list(giving.rows(world))), *([Sheet("走访记录", log)] if log else [])]


def honors(world: World, dice: Random, year: int) -> list[Sheet]:
    rows = []
    for township in TOWNSHIPS:
        mine = [one for one in world.elders.values() if one.who.township == township][:3]
        for n, one in enumerate(mine, 1):
            rows.append(
                _who(one)
                | {
                    "类别": "优秀党员",
                    "是否一线": "是",
                    "是否领导": "否",
                    "推荐顺序": n,
                    "主要事迹": "带头修渠",
                }
            )
    bases = [{"乡镇": township, "党员数": 100, "支部数": 10} for township in TOWNSHIPS]
    return [Sheet("推荐名册", rows), Sheet("名额基数", bases, main=False)]


def appraise(world: World, dice: Random, year: int) -> list[Sheet]:
    rows = [
        {"乡镇": township, "单位": f"{township}党委", "类型": "乡镇", "书记": f"王{township[0]}", "是否参评": "是",
         "述职报告": "已交", "述职日期": date(year, 12, 20), "述职得分": dice.randint(70, 100), "日常得分": dice.randint(70, 100),
         "年度考核得分": dice.randint(70, 100)}
        for township in TOWNSHIPS
    ]  # fmt: skip
    return [Sheet("述评考汇总", rows)]


def development(world: World, dice: Random, year: int) -> list[Sheet]:
    rows = []
    for one in serving(world, date(year, 12, 31))[:20]:
        applied = _day(dice, year - 2)
        rows.append(
            _who(one) | {"支部": _branch(one), "递交申请日期": applied, "确定积极分子日期": applied + timedelta(days=200),
                         "列为发展对象日期": applied + timedelta(days=600) if dice.random() < 0.5 else None}
        )  # fmt: skip
    plans = [{"乡镇": one["township"], "支部": one["name"], "年度计划数": 1} for one in world.organisations]
    return [Sheet("发展党员台账", rows), Sheet("支部年度计划", plans, main=False)]


def fund(world: World, dice: Random, year: int) -> list[Sheet]:
    """Who asks for a loan, all loans there ever were, and what happened to them."""
    people = serving(world, date(year, 6, 30))
    asked = [
        _who(one) | {"申请日期": _day(dice, year, 1, 6), "人员类别": "正式党员", "项目": "养殖", "总投资": 80000, "自有资金": 40000,
                     "申请额": dice.choice((20000, 30000, 50000)), "期限月": 12, "开办日期": date(year - 2, 3, 1),
                     "带动户数": dice.randint(0, 9), "信用": "良好", "项目前景分": 20, "自有资金分": 15, "带动农户分": 15,
                     "信用分": 15, "党性评议分": dice.randint(5, 15)}
        for one in people[:10]
    ]  # fmt: skip
    sheets = [
        Sheet("申请表", asked),
        Sheet("贷款台账", list(lending.loan_rows(world))),
        Sheet("贷款事件", list(lending.event_rows(world)), main=False),
    ]
    return [sheet for sheet in sheets if sheet.rows]


def pension(world: World, dice: Random, year: int) -> list[Sheet]:
    rows = [
        _who(one) | {
            "职务": one.rows[-1].posts[0], "任职起始": one.rows[0].start, "任职终止": one.rows[-1].end, "参保类型": "城乡居民",
            "已缴月数": 100, "银行账号": one.who.account,
        }
        for one in world.cadres.values() if one.rows[0].start <= date(year, 12, 31)
    ]  # fmt: skip
    villages = [
        {"乡镇": one["township"], "村": one["village"], "有无集体收入": "是" if one["income"] else "否"}
        for one in world.organisations
    ]
    return [Sheet("参保补贴人员名册", rows), Sheet("村情表", villages, main=False)]


def graduates(world: World, dice: Random, year: int) -> list[Sheet]:
    rows = [
        _who(one) | {
            "学历": "本科", "县类别": "三类", "合同起": each["start"], "合同止": each["end"], "期次": n,
            "解除日期": each["left"], "解除原因": each["reason"], "银行账号": one.who.account,
        }
        for one in world.graduates.values() for n, each in enumerate(one.contracts, 1)
    ]  # fmt: skip
    return [Sheet("大学生村官合同台账", rows)]


def budget(world: World, dice: Random, year: int) -> list[Sheet]:
    rows = [
        {"类型": "村", "乡镇": one["township"], "村": one["village"], "人口": 1200, "党员数": 30,
         "是否贫困村": "是" if one["poor"] else "否", "银行账号": one["account"]}
        for one in world.organisations
    ]  # fmt: skip
    return [Sheet("村（社区）基本情况", rows)]


BOOKS: dict[str, Callable[[World, Random, int], list[Sheet]]] = {
    "reviews": reviews,
    "checkups": checkups,
    "dues": dues,
    "training": training,
    "pairing": pairing,
    "honors": honors,
    "appraise": appraise,
    "development": development,
}
"""What runs in a third of the years each. Secretaries run when there was an election, and what pays every year."""
