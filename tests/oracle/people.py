"""Random people for the oracle of subsidies: most events fall near the months in question, and none is impossible.

Plain draws from a seeded generator: hypothesis, which shrinks, is slower by far and serves the properties.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.subsidies import RANKS, YM, Person, Stay

POSTS = (*RANKS, "副书记", "妇女主任", "民兵连长", "村民小组长")
LENGTHS = (5, 23, 35, 71, 107, 119, 179, 239)
"""Months that stand just before a boundary of most documents."""
GAPS = (1, 1, 0, -12, 2, 30)
"""Months from the end of a spell to the start of the next: adjacent, the same, overlapping, apart."""


def ym(dice: Random, first: int, last: int) -> YM:
    return dice.randint(first, last), dice.randint(1, 12)


def maybe(dice: Random, chance: float, first: int, last: int) -> YM | None:
    return ym(dice, first, last) if dice.random() < chance else None


def later(month: YM, months: int) -> YM:
    years, rest = divmod(month[0] * 12 + month[1] - 1 + months, 12)
    return years, rest + 1


def stays(dice: Random) -> tuple[Stay, ...]:
    """Spells that overlap, touch or leave gaps; now and then one of which only the years are known."""
    found: list[Stay] = []
    start = ym(dice, 1960, 1990)
    for _ in range(dice.choice((0, 1, 1, 1, 2, 2, 3))):
        end = later(start, dice.choice(LENGTHS) + dice.randint(-2, 60))
        stay = Stay(start, end, dice.choice(POSTS))
        if dice.random() < 0.06 and not any(s.start[1] == 0 for s in found):
            stay = Stay((start[0], 0), (end[0], 0), stay.post)
        elif dice.random() < 0.03:
            stay = Stay(stay.start, None, stay.post)
        found.append(stay)
        start = later(end, dice.choice(GAPS))
    return tuple(found)


COLUMNS = {
    "任职经历": "stays", "离任职务": "post", "离任原因": "reason", "处分情况": "penalty", "处分日期": "penalty_on",
    "刑罚情况": "sentence", "判决日期": "sentence_on", "财政供养": "employed", "录用日期": "employed_on",
    "户籍状况": "household", "户籍迁出日期": "moved_on", "户口性质": "rural", "死亡日期": "died_on", "困难台账": "hardship",
    "列入台账日期": "ledger_on", "入党日期": "joined", "优抚对象": "veteran", "离退休待遇": "retired", "地方定补标准": "local",
    "已领养老金": "pension", "违反计划生育": "breach", "暂停起": "suspended_from", "暂停止": "suspended_to",
    "审批日期": "approved_on", "健在情况": "", "困难情况": "", "村": "", "离任日期": "",
}  # fmt: skip
"""What a roster says, by heading, and where it stands here; "" for what these people leave blank."""


def person(dice: Random, until: int) -> Person:
    """Somebody for whom events fall near the months in question, up to the year `until`; of every ninth one cell cannot
    be read."""
    found = legible_person(dice, until)
    if dice.random() > 1 / 9:
        return found
    heading = dice.choice((*COLUMNS, *found.extra))
    if heading in found.extra:
        blank: dict[str, Any] = {"extra": found.extra | {heading: None}}
    else:
        blank = {name: getattr(NOBODY, name) for name in (COLUMNS[heading],) if name}
    return replace(found, unread=frozenset({heading}), **blank)


NOBODY = Person(date(1950, 1, 1), "男")


def legible_person(dice: Random, until: int) -> Person:
    first = until - 4
    rare = dice.random
    suspended = maybe(dice, 0.06, first, until)
    born = date(1935, 1, 1) + timedelta(days=dice.randint(0, 33 * 365))
    return Person(
        born=born if rare() < 0.98 else date(born.year // 4 * 4, 2, 29),
        sex=dice.choice("男男女"),
        stays=stays(dice),
        post=dice.choice(["", "", "", "书记"]),
        reason=dice.choice(
            ["", "", "换届落选", "到龄离任", "免职", "擅自离职", "录用公职", "罢免"] if rare() < 0.4 else [""]
        ),
        penalty=dice.choice(["", "警告", "留党察看", "开除党籍"] if rare() < 0.15 else [""]),
        penalty_on=maybe(dice, 0.5, first, until),
        sentence=dice.choice(["", "罚金", "拘役", "有期徒刑"] if rare() < 0.1 else [""]),
        sentence_on=maybe(dice, 0.5, first, until),
        employed=dice.choice([None, False, True] if rare() < 0.2 else [None]),
        employed_on=maybe(dice, 0.4, first, until),
        household="迁出" if rare() < 0.04 else "",
        moved_on=maybe(dice, 0.04, first, until),
        rural=dice.choice(["", "农村", "城镇"]),
        died_on=maybe(dice, 0.08, first, until),
        hardship=dice.choice([None, None, False, True]),
        ledger_on=maybe(dice, 0.2, first, until),
        joined=date(1935, 1, 1) + timedelta(days=dice.randint(0, 5480)) if rare() < 0.1 else None,
        veteran=dice.choice([None, None, False, True]),
        retired=True if rare() < 0.1 else None,
        local=dice.choice([None, None, 30, 300, 800]),
        pension=dice.choice([None, 0, 350, 600, 900]),
        breach=True if rare() < 0.05 else None,
        suspended_from=suspended,
        suspended_to=maybe(dice, 0.6 if suspended else 0.01, until - 1, until + 1),
        approved_on=maybe(dice, 0.3, first, until),
        extra={
            "鳏寡孤独": dice.choice([None, False, True]),
            "任职通知": dice.choice([None, True, True, False]),
            "省部级表彰": dice.choice([None, 0, 0, 1]),
            "厅级表彰": dice.choice([None, 0, 2]),
            "县级表彰": dice.choice([None, 4, 5]),
            "乡级表彰": dice.choice([None, 9, 10]),
            "照顾类别": dice.choice([None, "", "无", "孤老", "孤老、残疾", "一般", "孤老、一般", "待定类"]),
            "人员类别": dice.choice([None, "", "困难党员", "困难党员", "一般党员", "流动党员"]),
            "伤残比例": dice.choice(
                [None, Fraction(dice.randint(0, 1000), 1000), Fraction(dice.randint(0, 10), 10)]
            ),
        },
    )
