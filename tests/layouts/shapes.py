"""The two rosters: which columns they have, how those may be headed, and how a cell of each is drawn.

Nobody here exists: identity numbers are valid under 230299, a code of no district; accounts begin with 999999, which
no bank issues. Every cell is clean: this corpus is about where things stand, not about how they are typed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from sanchuang_cli.period import Spell, VagueDate
from tests.layouts.grid import Cell, Formula

TOWNSHIPS = ("青禾镇", "望河乡", "白桦镇", "石桥镇", "云岭乡", "柳泉乡", "松塘镇", "新垦乡")
VILLAGES = tuple(
    f"{name}村"
    for name in re.findall(
        r"\w+",
        "向阳 东湾 前屯 后屯 柳树沟 三合 永发 兴隆 太平 长岭 双泉 靠山 河口 团结 红旗 富强 龙泉 平安 合心 总口 合计",
    )
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = re.findall(
    r"\w+",
    "德福 长林 宝山 占军 喜林 永胜 国栋 文斌 振东 树森 凤英 玉兰 秀英 桂芝 淑珍 丽华 金凤 红霞 军 敏 伟 静 波 刚 平 合意",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Pair = tuple[Cell, Any]
"""A cell as it is written, and the value that is to be read from it; "" and None are read from blanks."""


@dataclass(frozen=True)
class Kind:
    """A sort of column: how it may be headed, and how one of its cells is drawn. sparse: some cells may be blank."""

    field: str
    headings: tuple[str, ...]
    draw: Callable[[Random, int], Pair]
    adds: bool = False
    group: str = ""
    top: str = ""
    sparse: bool = False


@dataclass(frozen=True)
class Shape:
    """A roster: the programme that reads it and its name there, columns that stand always and that may stand,
    those that tell the records apart, and words for titles."""

    programme: str
    name: str
    first: tuple[Kind, ...]
    other: tuple[Kind, ...]
    unread: tuple[Kind, ...]
    key: str
    identifying: tuple[str, ...]
    titles: tuple[str, ...]


def identity(dice: Random, born: date, woman: bool) -> str:
    body = f"230299{born:%Y%m%d}{dice.randrange(500) * 2 + (not woman):03d}"
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11]


def day(dice: Random, first: int, last: int) -> date:
    return date(first, 1, 1) + timedelta(days=dice.randrange((last - first + 1) * 365))


def _name(dice: Random, _: int) -> Pair:
    name = dice.choice(_SURNAMES) + dice.choice(_GIVEN)
    return name, name


def _one_of(*words: str) -> Callable[[Random, int], Pair]:
    def drawn(dice: Random, _: int) -> Pair:
        word = dice.choice(words)
        return word or None, word

    return drawn


def _exact(first: int, last: int) -> Callable[[Random, int], Pair]:
    """A day that is known exactly; the column keeps one way of writing it, by its number."""

    def drawn(dice: Random, style: int) -> Pair:
        when = day(dice, first, last)
        ways: tuple[Cell, ...] = (
            when,
            f"{when:%Y-%m-%d}",
            f"{when.year}年{when.month}月{when.day}日",
            f"{when:%Y.%m.%d}",
        )
        return ways[style % 4], VagueDate.on(when)

    return drawn


def _month(first: int, last: int) -> Callable[[Random, int], Pair]:
    def drawn(dice: Random, style: int) -> Pair:
        year, month = dice.randrange(first, last + 1), dice.randrange(1, 13)
        ways = f"{year}.{month:02}", f"{year}年{month}月", f"{year}-{month:02}"
        return ways[style % 3], VagueDate.within(year, month)

    return drawn


def _spells(dice: Random, _: int) -> Pair:
    start, years = dice.randrange(1972, 1999), dice.randrange(3, 20)
    first, last = dice.randrange(1, 13), dice.randrange(1, 13)
    post = dice.choice(("村支部书记", "村委会主任", "村会计"))
    spell = Spell(VagueDate.within(start, first), VagueDate.within(start + years, last), post)
    return f"{start}-{first:02}—{start + years}-{last:02} {post}", (spell,)


def _money(*steps: int) -> Callable[[Random, int], Pair]:
    def drawn(dice: Random, _: int) -> Pair:
        yuan = dice.choice(steps) + dice.choice((0, 0, 5, 10, 20))
        return yuan, yuan * 100

    return drawn


def _count(first: int, last: int) -> Callable[[Random, int], Pair]:
    def drawn(dice: Random, _: int) -> Pair:
        number = dice.randrange(first, last)
        return number, number

    return drawn


def _score(dice: Random, _: int) -> Pair:
    tenths = dice.randrange(550, 1000)
    return tenths / 10, Fraction(tenths, 10)


def _flag(dice: Random, _: int) -> Pair:
    yes = dice.random() < 0.3
    return "是" if yes else "否", yes


def _account(dice: Random, _: int) -> Pair:
    body = f"999999{dice.randrange(10**12):012d}"
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(body)))
    number = body + str(-sum(divmod(each, 10)[0] + each % 10 for each in doubled) % 10)
    return number, number


def _phone(dice: Random, _: int) -> Pair:
    number = f"0600-55{dice.randrange(10**5):05d}"
    return number, number.replace("-", "")


def _unread(*cells: Cell) -> Callable[[Random, int], Pair]:
    return lambda dice, _: (dice.choice(cells), None)


def _placeholder(dice: Random, _: int) -> Pair:
    """Filled in by `drawn`: what depends on the township or on another column."""
    return None, None


PEOPLE = Shape(
    "subsidies",
    "members",
    (
        Kind("township", ("乡镇", "乡镇", "所在乡镇"), _placeholder),
        Kind("village", ("村", "行政村", "村（社区）"), _placeholder),
        Kind("name", ("姓名", "姓名", "党员姓名", "姓 名"), _name, group="基本情况", top="党员信息"),
        Kind("identity", ("身份证号", "身份证号码", "公民身份号码"), _placeholder, group="基本情况", top="党员信息"),
    ),
    (
        Kind("sex", ("性别", "性 别"), _placeholder, group="基本情况", top="党员信息"),
        Kind("born", ("出生年月", "出生日期"), _placeholder, group="基本情况", top="党员信息"),
        Kind("joined", ("入党日期", "入党时间", "入党年月"), _exact(1968, 2005), group="基本情况", top="党员信息"),
        Kind("post", ("离任职务", "曾任职务", "原任职务", "最后任职"), _one_of("村支部书记", "村委会主任", "村会计"),
             group="任职情况", top="党员信息"),
        Kind("spells", ("任职经历", "任职起止时间"), _spells, group="任职情况", top="党员信息"),
        Kind("left", ("离任日期", "离任时间"), _month(1995, 2024), group="任职情况", top="党员信息"),
        Kind("reason", ("离任原因", "离职原因", "免职原因"), _one_of("换届离任", "年龄到限", "届满"), group="任职情况",
             top="党员信息"),
        Kind("employed", ("财政供养", "是否财政供养"), _flag),
        Kind("household", ("户籍状况", "户籍情况"), _one_of("在册")),
        Kind("rural", ("户口性质", "户口类别"), _one_of("农业户口")),
        Kind("health", ("健在情况", "是否健在", "人员状态"), _one_of("健在")),
        Kind("hardship", ("困难台账", "是否困难党员"), _flag, group="困难党员", top="补贴信息"),
        Kind("cause", ("困难情况", "致困原因", "困难类别"), _one_of("因病致贫", "本人残疾", "独居年老"), group="困难党员",
             top="补贴信息"),
        Kind("income", ("家庭年人均收入",), _money(2400, 3600, 5200), True, "困难党员", "补贴信息"),
        Kind("local", ("地方定补标准", "原定补标准"), _money(300, 450, 505), True, top="补贴信息"),
        Kind("pension", ("已领养老金", "养老金"), _money(108, 120, 145), True, top="补贴信息"),
        Kind("approved_on", ("审批日期", "批准时间"), _month(2012, 2025)),
        Kind("bank", ("开户行", "开户银行"), _one_of("农村信用合作联社", "邮政储蓄银行", "农业银行"), group="一卡通",
             top="补贴信息"),
        Kind("account", ("银行账号", "卡号", "一卡通账号"), _account, group="一卡通", top="补贴信息"),
        Kind("phone", ("联系电话", "联系方式"), _phone),
        Kind("remarks", ("备注", "备 注"), _one_of("", "", "低保户")),
    ),
    (
        Kind("", ("民族",), _unread("汉", "满", "蒙古")),
        Kind("", ("学历", "文化程度"), _unread("小学", "初中", "高中")),
        Kind("", ("年龄",), _unread(*(Formula("=2026-VALUE(MID({key}{row},7,4))", n) for n in range(61, 90))), True),
        Kind("", ("补贴标准（元/月）", "月标准", "本月应发"), _unread(300, 450, 505), True),
        Kind("", ("签字", "领款人签字"), _unread(None)),
    ),
    "identity",
    ("name", "identity"),
    ("离任村干部花名册", "党员和离任村干部名册", "困难党员名册", "离任村干部生活补贴花名册", "党员基本情况统计表"),
)  # fmt: skip
ORGS = Shape(
    "rate",
    "organisations",
    (
        Kind("township", ("乡镇", "乡镇", "所在乡镇"), _placeholder),
        Kind("name", ("党组织名称", "党组织名称", "组织名称", "党组织"), _placeholder, group="基本情况"),
        *(
            Kind(f"more:评定分/{good}", (good, f"{good}好"), _score, True, "五项得分", "评定")
            for good in ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
        ),
    ),
    (
        Kind("type", ("类型", "党组织类型"), _one_of("村"), group="基本情况"),
        Kind("secretary", ("书记", "书记姓名"), _name, group="基本情况"),
        Kind("founded", ("成立日期", "成立时间"), _exact(1952, 2020), group="基本情况"),
        Kind("members", ("党员数", "党员人数"), _count(8, 60), True, "基本情况"),
        Kind("ballots_sent", ("发出票",), _count(60, 70), True, "民主测评", "评定"),
        Kind("ballots_back", ("收回票",), _count(55, 60), True, "民主测评", "评定"),
        Kind("ballots_valid", ("有效票",), _count(52, 55), True, "民主测评", "评定"),
        Kind("ballots_satisfied", ("满意票",), _count(45, 52), True, "民主测评", "评定"),
        Kind("stated_total", ("综合得分", "总分"), _score, True, top="评定"),
        Kind("last_stars", ("上年星级", "去年星级"), _count(1, 6), group="上年结果"),
        Kind("last_grade", ("上年等次", "去年等次"), _one_of("好", "较好", "一般"), group="上年结果"),
        Kind("remarks", ("备注", "备 注"), _one_of("", "", "合并组建")),
    ),
    (
        Kind("", ("联系人",), _unread("王德福", "李长林")),
        Kind("", ("本年名次",), _unread(1, 2, 3)),
        Kind("", ("核对",), _unread(None, "√")),
    ),
    "name",
    ("name",),
    ("基层党组织分类定级汇总表", "党组织名册", "五星级党组织评定汇总表", "基层党组织星级申报表"),
)  # fmt: skip
