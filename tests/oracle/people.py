"""Random people for the oracle of subsidies: most events fall near the months in question, and none is impossible.

Plain draws from a seeded generator: hypothesis, which shrinks, is slower by far and serves the properties.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle.persons import RANKS, YM, Person, Stay

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


def stays(dice: Random, born: int, until: int) -> tuple[Stay, ...]:
    """Spells that overlap, touch or leave gaps, of somebody born in a year; now and then one of which only the years
    are known, one that began in childhood, or one that ended in the year `until` or the one before."""
    found: list[Stay] = []
    first = max(1960, born + 13)
    start = ym(dice, first, max(1990, first)) if dice.random() > 0.02 else ym(dice, born, born + 13)
    for _ in range(dice.choice((0, 1, 1, 1, 2, 2, 3))):
        end = later(start, dice.choice(LENGTHS) + dice.randint(-2, 60))
        stay = Stay(start, end, dice.choice(POSTS))
        if dice.random() < 0.03:
            left = ym(dice, until - 1, until)
            stay = Stay(later(left, -dice.choice(LENGTHS) + dice.randint(-8, 4)), left, stay.post)
        if dice.random() < 0.06 and not any(_vague(s) for s in found):
            stay = dice.choice((_without_start, _without_end, _without_both))(stay)
        elif dice.random() < 0.03:
            stay = Stay(stay.start, None, stay.post)
        found.append(stay)
        start = later(end, dice.choice(GAPS))
    return tuple(found)


def _vague(stay: Stay) -> bool:
    return not stay.start[1] or (stay.end is not None and not stay.end[1])


def _without_start(stay: Stay) -> Stay:
    return stay._replace(start=(stay.start[0], 0))


def _without_end(stay: Stay) -> Stay:
    return stay._replace(end=stay.end and (stay.end[0], 0))


def _without_both(stay: Stay) -> Stay:
    return _without_start(_without_end(stay))


COLUMNS = {
    "任职经历": "stays", "离任职务": "post", "离任原因": "reason", "处分情况": "penalty", "处分日期": "penalty_on",
    "刑罚情况": "sentence", "判决日期": "sentence_on", "财政供养": "employed", "录用日期": "employed_on",
    "户籍状况": "household", "户籍迁出日期": "moved_on", "户口性质": "rural", "死亡日期": "died_on", "困难台账": "hardship",
    "列入台账日期": "ledger_on", "入党日期": "joined", "优抚对象": "veteran", "离退休待遇": "retired", "地方定补标准": "local",
    "已领养老金": "pension", "违反计划生育": "breach", "暂停起": "suspended_from", "暂停止": "suspended_to",
    "审批日期": "approved_on", "健在情况": "", "困难情况": "", "村": "", "离任日期": "left",
}  # fmt: skip
"""What a roster says, by heading, and where it stands here; "" for what these people leave blank."""


def stated_post(dice: Random, served: tuple[Stay, ...]) -> str:
    """离任职务: mostly blank or that of the last spell."""
    if not served or dice.random() < 0.03:
        return dice.choice(["", "", "书记", "会计", "妇女主任"])
    return dice.choice(["", served[-1].post])


def stated_leaving(dice: Random, served: tuple[Stay, ...]) -> YM | None:
    """离任日期: mostly blank or the end of the last spell."""
    ends = [stay.end for stay in served if stay.end and stay.end[1]]
    if not ends or dice.random() < 0.8:
        return None
    return max(ends) if dice.random() < 0.8 else later(max(ends), dice.choice((-60, -3, 2, 70)))


def stated_years(dice: Random, served: tuple[Stay, ...]) -> int | None:
    """任职年限: mostly blank or what the spells make without regard to posts and overlaps."""
    months = sum(
        (stay.end[0] - stay.start[0]) * 12 + stay.end[1] - stay.start[1] + 1 for stay in served if stay.end
    )
    if not served or dice.random() < 0.85:
        return None
    return max(1, months // 12 + dice.choice((0, 0, 0, 0, -6, -1, 1, 4)))


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
    veteran = rare() < 0.1
    earliest = date(1915, 1, 1) if veteran and rare() < 0.9 else date(1935, 1, 1)
    born = earliest + timedelta(days=dice.randint(0, (21 if earliest.year == 1915 else 33) * 365))
    served = stays(dice, born.year, until)
    return Person(
        born=born if rare() < 0.98 else date(born.year // 4 * 4, 2, 29),
        sex=dice.choice("男男女"),
        stays=served,
        post=stated_post(dice, served),
        reason=dice.choice(
            ["", "", "换届落选", "到龄离任", "免职", "擅自离职", "录用公职", "罢免"] if rare() < 0.4 else [""]
        ),
        penalty=dice.choice(["", "警告", "留党察看", "开除党籍"] if rare() < 0.15 else [""]),
        penalty_on=maybe(dice, 0.5, first, until),
        sentence=dice.choice(["", "罚金", "拘役", "有期徒刑"] if rare() < 0.1 else [""]),
        sentence_on=maybe(dice, 0.5, first, until),
        employed=dice.choice([None, False, True] if rare() < 0.2 else [None]),
        employed_on=maybe(dice, 0.4, first, until),
        household=dice.choice(["迁出", "在册", "在册"]) if rare() < 0.1 else "",
        moved_on=maybe(dice, 0.04, first, until),
        rural=dice.choice(["", "农村", "城镇"]),
        died_on=maybe(dice, 0.08, first, until),
        hardship=dice.choice([None, None, False, True]),
        ledger_on=maybe(dice, 0.2, first, until),
        joined=date(1935, 1, 1) + timedelta(days=dice.randint(0, 5480)) if veteran else None,
        veteran=dice.choice([None, None, False, True]),
        retired=True if rare() < 0.1 else None,
        local=dice.choice([None, None, 30, 300, 800]),
        pension=dice.choice([None, 0, 350, 600, 900]),
        breach=True if rare() < 0.05 else None,
        suspended_from=suspended,
        suspended_to=maybe(dice, 0.6 if suspended else 0.01, until - 1, until + 1),
        left=stated_leaving(dice, served),
        years=stated_years(dice, served),
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
