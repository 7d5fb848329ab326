"""Counties of any size to measure with: `python bench/county.py members|orgs ROWS TARGET [SEED]`.

Seeded: the same words give the same cells. Nobody in it is real: identity numbers are valid, under an address code
that was never assigned (230299).
"""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from sanchuang_cli.domain.identity import check_digit, luhn_digit

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
GIVEN = "建国志强凤英玉兰海春立新永胜桂芝文斌晓东丽华德福长林宝山淑珍俊杰雪梅明占军喜红霞凯敏伟静波艳刚洪亮"
MEMBER = (
    *("序号", "乡镇", "村", "所在党支部", "姓名", "性别", "身份证号", "出生日期", "入党日期", "离任职务"),
    *(
        "任职经历",
        "离任日期",
        "离任原因",
        "处分情况",
        "健在情况",
        "死亡日期",
        "户籍状况",
        "户口性质",
        "困难台账",
    ),
    *("列入台账日期", "困难情况", "优抚对象", "开户行", "银行账号", "联系电话", "备注"),
)
GOODS = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")
ORGANISATION = (
    *(
        "序号",
        "乡镇",
        "党组织名称",
        "类型",
        "书记",
        "成立日期",
        "党员数",
        *(f"评定分/{good}" for good in GOODS),
    ),
    *(
        "发出票",
        "收回票",
        "有效票",
        "满意票",
        "否决情形",
        "上年星级",
        "上年等次",
        "荣誉级别",
        "获荣誉时间",
        "备注",
    ),
)
TYPES = ("村", "村", "村", "村", "社区", "机关", "事业单位", "国企", "非公企业", "社会组织", "学校")
POSTS = ("书记", "主任", "会计", "村支书", "村主任", "文书")
_FIRST_BIRTH, _DAYS = date(1930, 1, 1), 365 * 40


def township(number: int, rows: int) -> str:
    """Row `number` of a county of 8 to 40 townships: lists come one township after the other."""
    count = min(40, max(8, rows // 4000))
    which = number * count // rows
    return f"{'青望白石云柳松新'[which % 8]}{'禾河桦桥岭'[which // 8]}镇"


def name(chance: Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))


def written(chance: Random, day: date) -> date | str:
    """A day as one of several clerks would write it."""
    form = chance.randrange(10)
    if form < 4:
        return day
    if form < 6:
        return f"{day.year}.{day.month}.{day.day}"
    if form < 8:
        return f"{day.year}-{day.month:02}-{day.day:02}"
    return f"{day.year}年{day.month}月{day.day}日"


def identity(number: int, chance: Random) -> tuple[str, date, str]:
    """The number, birth and sex of person `number`; no two have the same."""
    born = _FIRST_BIRTH + timedelta(number * 7919 % _DAYS)
    man = chance.random() < 0.7
    body = f"230299{born:%Y%m%d}{number // _DAYS * 2 + man:03}"
    return body + check_digit(body), born, "男" if man else "女"


def service(chance: Random, born: date) -> tuple[str, date]:
    """Spells of service as one cell holds them, and the day on which the last one ended."""
    spells, year, month = [], born.year + chance.randrange(24, 36), chance.randrange(1, 13)
    for _ in range(chance.choice((1, 1, 2, 2, 3))):
        since = f"{year}.{month}"
        months = year * 12 + month - 1 + chance.randrange(20, 130)
        year, month = months // 12, months % 12 + 1
        spells.append(f"{since}—{year}.{month} {chance.choice(POSTS)}")
        year += chance.choice((0, 0, 1, 4))
    last = spells[-1].partition("—")[2].split()[0]
    ended, in_month = map(int, last.split("."))
    return "；".join(spells), date(ended, in_month, chance.randrange(1, 29))


def members(rows: int, chance: Random, first: int = 0) -> Iterator[list[Any]]:
    """Four in ten have served in a village, two in ten are on the ledger of hardship, the rest claim nothing. first: how many
    people there are in other counties, who have other numbers."""
    for n in range(rows):
        number, born, sex = identity(first + n, chance)
        town, village = township(n, rows), f"{chance.choice('东西南北上下')}{chance.choice('河山岗湾屯桥')}村"
        joined = born + timedelta(18 * 366 + chance.randrange(7000))
        lot = chance.random()
        cells: dict[str, Any] = {
            **{"序号": n + 1, "乡镇": town, "村": village, "所在党支部": f"{village}党支部"},
            **{"姓名": name(chance), "性别": sex, "身份证号": number, "出生日期": written(chance, born)},
            **{
                "入党日期": written(chance, joined),
                "健在情况": "健在",
                "户籍状况": "在册",
                "户口性质": "农村",
            },
            **{"开户行": f"{town}信用社", "联系电话": f"139{chance.randrange(10**8):08}"},
        }
        card = f"621700{chance.randrange(10**12):012}"
        cells["银行账号"] = card + luhn_digit(card)
        if lot < 0.4:
            spells, left = service(chance, born)
            cells |= {
                "离任职务": spells.rpartition(" ")[2],
                "任职经历": spells,
                "离任日期": written(chance, left),
            }
            cells |= {"离任原因": chance.choice(("届满", "正常离任", "年龄到限", "辞职", "免职"))}
            cells |= {"处分情况": chance.choice(("无",) * 30 + ("警告", "留党察看一年"))}
        elif lot < 0.6:
            listed = date(2016, 1, 1) + timedelta(chance.randrange(3000))
            cells |= {"困难台账": "是", "列入台账日期": written(chance, listed)}
            cells |= {"困难情况": chance.choice(("重病", "残疾", "低保", "孤寡"))}
        _disturb(chance, cells)
        yield [cells.get(heading) for heading in MEMBER]


def _disturb(chance: Random, cells: dict[str, Any]) -> None:
    """What is wrong with one row in a hundred."""
    lot = chance.random()
    if lot < 0.002:
        cells["身份证号"] = cells["身份证号"][:17] + ("0" if cells["身份证号"][17] != "0" else "1")
    elif lot < 0.004:
        cells["银行账号"] = None
    elif lot < 0.006:
        cells |= {"健在情况": "死亡", "死亡日期": date(2026, chance.randrange(1, 9), 5)}
    elif lot < 0.008:
        cells["出生日期"] = f"{chance.randrange(1930, 1969)}.5"
    elif lot < 0.01:
        cells["备注"] = "档案待查"
    elif lot < 0.014 and "离任职务" in cells:
        cells["离任职务"] = chance.choice(POSTS[:3])


def organisations(rows: int, chance: Random, first: int = 0) -> Iterator[list[Any]]:
    for n in range(rows):
        kind = chance.choice(TYPES)
        middle = chance.choice((92, 86, 85, 84, 83, 82, 75, 70, 55))
        sent = chance.randrange(36, 120)
        valid = sent - chance.randrange(4)
        stars = chance.choice((1, 2, 2, 3, 3, 4, None))
        cells: dict[str, Any] = {
            **{
                "序号": n + 1,
                "乡镇": township(n, rows),
                "党组织名称": f"{kind}第{first + n + 1}党支部",
                "类型": kind,
            },
            **{"书记": name(chance), "党员数": chance.randrange(3, 80), "发出票": sent, "收回票": sent},
            **{"有效票": valid, "满意票": valid - chance.randrange(valid // 6), "上年星级": stars},
            **{"上年等次": "一般" if stars in (1, 2) else "较好" if stars else None},
            "成立日期": written(chance, date(1952, 7, 1) + timedelta(chance.randrange(25_000))),
            **{f"评定分/{good}": middle + chance.randrange(-12, 13) / 2 for good in GOODS},
        }
        if chance.random() < 0.01:
            cells["否决情形"] = "安全生产责任事故"
        if chance.random() < 0.02:
            cells |= {"荣誉级别": "市级", "获荣誉时间": date(2026, 7, 1)}
        yield [cells.get(heading) for heading in ORGANISATION]


ROSTERS = {
    "members": ("党员和离任村干部花名册", MEMBER, members),
    "orgs": ("基层党组织申报汇总表", ORGANISATION, organisations),
}


def write(roster: str, rows: int, target: Path, seed: int = 1, first: int = 0) -> None:
    """A workbook as a county would keep it: title, unit line, header, borders on every cell, signature line. first: how many
    there are in other counties."""
    title, headings, content = ROSTERS[roster]
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})
    bordered = book.add_format({"border": 1})
    dated = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("花名册")
    sheet.merge_range(0, 0, 0, len(headings) - 1, title)
    sheet.write_string(1, 0, "填报单位：望川县委组织部")
    sheet.write_row(2, 0, [heading.rpartition("/")[2] for heading in headings], bordered)
    for i, cells in enumerate(content(rows, Random(seed), first), 3):
        for j, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write_datetime(i, j, value, dated)
            elif isinstance(value, str):
                sheet.write_string(i, j, value, bordered)
            elif value is None:
                sheet.write_blank(i, j, None, bordered)
            else:
                sheet.write_number(i, j, value, bordered)
    sheet.write_string(rows + 4, 0, "单位负责人：        审核人：        制表人：")
    book.close()


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 1)
