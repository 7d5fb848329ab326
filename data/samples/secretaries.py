"""The sample rosters of `sanchuang secretaries`: a row for each village of eight townships, candidates, and elections.

The villages are those of orgs.xlsx, so that its result can be given beside them. It is of 2026 and exits 1 as a real county
would: a few rows contradict themselves. Nobody in it exists (see people.py).
"""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from random import Random
from typing import Any

import xlsxwriter

from county import COUNTY, TOWNSHIPS, Org, organisations
from fund import Columns, Line, draw
from people import People

SEED = 20261012
_PARTS = ("履历", "鉴定考核", "民主评议", "学历", "党团", "奖惩", "任免及待遇", "其他")
_FILE: Columns = tuple((f"档案/{part}", f"档案/{part}") for part in _PARTS)
_USUAL: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("identity", "身份证号"), ("branch", "党组织名称"),
    ("both", "一肩挑"), ("started", "任现职时间"), ("began", "本届起"), ("until", "延期至"), ("document", "延期文件"), ("vacated", "出缺日期"),
    ("removed", "免职日期"), ("why", "免职原因"), ("first", "上半年末位"), ("second", "下半年末位"), ("satisfied", "满意票"), ("valid", "有效票"),
    ("idle", "连续未列发展对象年数"), *_FILE, ("remark", "备注"),
)  # fmt: skip
_OTHER: Columns = (
    ("serial", "编号"), ("name", "书记姓名"), ("identity", "公民身份号码"), ("township", "所在乡镇"), ("village", "行政村"), ("branch", "党组织"),
    ("started", "任职时间"), ("both", "是否一肩挑"), ("began", "本届起"), ("until", "延期至"), ("document", "延期文号"), ("vacated", "出缺日期"),
    ("removed", "免职时间"), ("why", "免职原因"), ("idle", "连续未列发展对象年数"), ("first", "上半年末位"), ("second", "下半年末位"),
    ("valid", "有效票"), ("satisfied", "满意票"),
)  # fmt: skip
CANDIDATES: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("name", "姓名"), ("identity", "身份证号"), ("source", "来源类别"),
    ("category", "人员类别"), ("education", "学历"), ("joined", "入党时间"), ("unit", "原单位职务"), ("penalty", "处分情况"), ("backed", "单位推荐"),
    ("纪检意见", "纪检意见"), ("纪检意见日期", "纪检意见日期"), ("公安意见", "公安意见"), ("公安意见日期", "公安意见日期"), ("信访意见", "信访意见"),
    ("信访意见日期", "信访意见日期"), ("posted", "公示起"), ("over", "公示止"), ("filed", "备案日期"), ("said", "乡镇党委意见"),
)  # fmt: skip
ELECTIONS: Columns = (
    ("serial", "序号"), ("township", "乡镇"), ("village", "村"), ("meeting", "会议"), ("round", "轮次"), ("day", "选举日期"), ("members", "党员数"),
    ("entitled", "应到"), ("present", "实到"), ("given", "发出"), ("returned", "收回"), ("ballots", "有效"), ("seats", "应选"), ("consent", "同意空额"),
)  # fmt: skip
VOTES: Columns = (
    ("township", "乡镇"), ("village", "村"), ("meeting", "会议"), ("round", "轮次"), ("candidate", "候选人"), ("votes", "票"),
)  # fmt: skip
REVOKED: Columns = (
    ("township", "乡镇"), ("village", "村"), ("meeting", "会议"), ("round", "轮次"), ("document", "撤销文件"), ("day", "撤销日期"), ("why", "撤销原因"),
)  # fmt: skip


def villages(number: int) -> list[Org]:
    """The village branches of a township, as orgs.xlsx has them."""
    return [org for org in organisations()[TOWNSHIPS[number]] if org.type == "村"]


def secretary(people: People, random: Random, township: str, org: Org) -> Line:
    """Somebody in office, in a village where nothing is wrong."""
    person = people.one(random.choice("男男男女"), people.day(1964, 1996))
    began = random.choice((date(2021, 12, 10), date(2021, 12, 18), date(2022, 1, 7), date(2022, 3, 1)))
    valid = random.randrange(40, 90)
    return Line(
        {
            "township": township,
            "village": _village(org),
            "name": org.secretary or person.name,
            "identity": person.identity,
            "branch": org.name,
            "both": random.choice("是是否"),
            "started": random.choice(
                (began, date(2018, 3, random.randint(1, 28)), date(2024, random.randint(1, 12), 5))
            ),
            "began": began,
            "first": "否",
            "second": "否",
            "valid": valid,
            "satisfied": valid * random.randrange(78, 100) // 100,
            "idle": random.choice((0, 0, 1)),
            **{f"档案/{part}": random.choice(("是", "是", "是", "是", "否")) for part in _PARTS},
        }
    )


def _village(org: Org) -> str:
    return org.name.removesuffix("党支部").removesuffix("党总支部")


def secretaries(number: int) -> list[Line]:
    """A row for each village, and what is odd among them."""
    people, random, township = People(SEED, number), Random(f"secretaries {number}"), TOWNSHIPS[number]
    rows = [secretary(people, random, township, org) for org in villages(number)]
    first, second, third = rows[:3]
    gone = {"name": "", "identity": "", "started": "", "both": "", "first": "", "second": ""}
    rows[0] = {
        0: first.but(first="是", second="是"),
        1: first.but(satisfied=29, valid=50),
        2: first.but(idle=2),
        3: first.but(until=date(2027, 6, 30), document="望组函〔2026〕18号", began=date(2021, 11, 1)),
        4: first.but(until=date(2027, 6, 30), document="", began=date(2021, 11, 1)),
        5: first.but(began=date(2018, 5, 20), until=date(2022, 5, 19), document="望组函〔2021〕3号"),
        6: first.but(began=""),
        7: first.but(satisfied=61, valid=60),
    }[number]
    rows[1] = {
        0: second.but(**gone, vacated=date(2026, 6, 30)),
        1: second.but(**gone, vacated=date(2026, 10, 8)),
        2: second.but(removed=date(2026, 9, 1), why="违纪"),
        3: second.but(vacated="2026年11月", name="", identity=""),
        4: second.but(removed=date(2026, 8, 3), why="辞职", started=date(2018, 3, 9)),
        5: second.but(name=""),
        6: second.but(started="2024年"),
        7: second.but(why="到龄", removed=date(2026, 12, 31)),
    }[number]
    if number == 4:
        rows.append(
            third.but(
                **_who(people),
                village=second.cells["village"],
                branch=second.cells["branch"],
                started=date(2026, 8, 3),
            )
        )
    if number == 6:
        rows.append(third.but(**_who(people)))
    return rows


def _who(people: People) -> dict[str, Any]:
    person = people.one("男", date(1981, 7, 1))
    return {"name": person.name, "identity": person.identity}


def candidates() -> Iterator[Line]:
    """One of each source, for the villages that need somebody."""
    people, random = People(SEED + 500, 0), Random("candidates")
    sources = ("选派", "选聘", "大学生村官", "本村", "返乡", "合作社", "乡村医生", "其他", "本村", "选派")
    places = [(0, 1), (1, 1), (2, 1), (3, 1), (0, 0), (1, 0), (2, 0), (5, 1), (0, 1), (7, 1)]
    odd: tuple[dict[str, Any], ...] = (
        {}, {"category": "预备党员"}, {}, {"纪检意见": ""}, {"posted": date(2026, 11, 23)}, {"penalty": "党内警告"},
        {"信访意见日期": ""}, {"公安意见": "有异议"}, {"education": "高中"}, {"backed": ""},
    )  # fmt: skip
    for number, (source, (township, village), wrong) in enumerate(zip(sources, places, odd, strict=True)):
        person = people.one(random.choice("男女"), people.day(1968, 1998))
        said = {f"{body}意见": "无异议" for body in ("纪检", "公安", "信访")}
        days = {f"{body}意见日期": date(2026, 10, 12 + number) for body in ("纪检", "公安", "信访")}
        yield Line(
            {
                "township": TOWNSHIPS[township],
                "village": _village(villages(township)[village]),
                "name": person.name,
                "identity": person.identity,
                "source": source,
                "category": "正式党员",
                "education": random.choice(("大学", "大专", "本科")),
                "joined": date(2010 + number, 7, 1),
                "unit": "县农业农村局科员" if source == "选派" else "",
                "penalty": "无",
                "backed": "是" if source == "选派" else "",
                "posted": date(2026, 11, 2),
                "said": "同意",
                **said,
                **days,
                **wrong,
            }
        )


def elections() -> tuple[list[Line], list[Line], list[Line]]:
    """Rounds, votes and a revocation: a tie, a seat that nobody filled, a meeting that too few came to, and some that cannot be."""
    rounds: list[Line] = []
    votes: list[Line] = []
    people = People(SEED + 900, 0)

    def of(
        place: tuple[int, int], meeting: str, numbers: tuple[int, ...], named: dict[str, Any], number: int = 1
    ) -> None:
        where = {
            "township": TOWNSHIPS[place[0]],
            "village": _village(villages(place[0])[place[1]]),
            "meeting": meeting,
            "round": number,
        }
        usual = {
            "day": date(2026, 11, 12),
            "entitled": 40,
            "present": 36,
            "given": 36,
            "returned": 36,
            "ballots": 35,
            "seats": 3,
        }
        rounds.append(Line(where | usual | named))
        votes.extend(
            Line({**where, "candidate": people.one("男", date(1980, 1, 1)).name, "votes": count})
            for count in numbers
        )

    of((0, 2), "党员大会", (33, 30, 24, 9), {})
    of(
        (0, 3),
        "党员大会",
        (25, 22, 18, 18),
        {"entitled": 40, "present": 32, "given": 32, "returned": 32, "ballots": 32},
    )
    of((1, 2), "党员大会", (33, 28, 15, 10), {})
    of((1, 3), "党员大会", (30, 29, 27), {"present": 31, "given": 31, "returned": 31, "ballots": 31})
    of((2, 2), "党员大会", (30, 29, 28), {"returned": 37})
    of((2, 3), "党员大会", (36, 29, 28), {})
    of(
        (3, 2),
        "支委会",
        (5,),
        {
            "entitled": 5,
            "present": 5,
            "given": 5,
            "returned": 5,
            "ballots": 5,
            "seats": 1,
            "day": date(2026, 11, 13),
        },
    )
    of(
        (3, 3),
        "代表大会",
        (52, 50, 49),
        {"members": 480, "entitled": 60, "present": 58, "given": 58, "returned": 58, "ballots": 57},
    )
    of((4, 2), "党员大会", (30, 26, 25), {})
    of((4, 2), "党员大会", (33, 31, 30), {"day": date(2026, 11, 25)}, 2)
    of((5, 2), "党员大会", (34, 33, 17), {"consent": "是"})
    of((6, 2), "党员大会", (30, 28, 27), {"entitled": ""})
    rounds.append(rounds[0].but(village="向阴村"))
    where = {key: rounds[8].cells[key] for key in ("township", "village", "meeting", "round")}
    revoked = Line(
        {**where, "document": "云党发〔2026〕31号", "day": date(2026, 11, 20), "why": "会前没有公布候选人"}
    )
    return rounds, votes, [revoked]


def book() -> bytes:
    """The workbook's bytes."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties({"author": f"{COUNTY}委组织部", "created": datetime(2026, 11, 26, 9, 0)})
    for number, township in enumerate(TOWNSHIPS):
        columns = _OTHER if number % 2 else _USUAL
        draw(workbook, township, f"{township}村党组织书记名册", columns, secretaries(number))
    rounds, votes, revoked = elections()
    draw(workbook, "拟任人选", f"{COUNTY}村党组织书记拟任人选", CANDIDATES, list(candidates()))
    draw(workbook, "选举", f"{COUNTY}村党组织选举登记", ELECTIONS, rounds)
    draw(workbook, "得票", f"{COUNTY}村党组织选举得票", VOTES, votes)
    draw(workbook, "选举撤销", f"{COUNTY}村党组织选举撤销登记", REVOKED, revoked)
    workbook.close()
    return file.getvalue()
