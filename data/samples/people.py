"""The people of 望川县: members and former cadres of its eight townships, made by a seeded generator.

Nobody here exists: identity numbers are valid under 230299, a code of no district, and accounts begin with 999999,
which no bank issues. What is odd about some of them stands in oddities.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from county import TOWNSHIPS, VILLAGES, words

NOWHERE = "230299"
NO_BANK = "999999"

Month = tuple[int, int]
Spell = tuple[Month, Month | None, str]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = "王王王李李张张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘于蒋蔡余杜程苏魏吕丁沈任姜崔"
_MEN = words(
    "德福 长林 宝山 占军 喜林 永胜 国栋 文斌 振东 树森 庆丰 连生 万才 玉山 景春 殿臣 广财 凤山 守义 明远 志强 洪亮 "
    "海涛 立新 春生 建国 显忠 兴华 万福 世荣 忠诚 喜才 文祥 玉成 维民 学文 延军 绍武"
)
_WOMEN = words(
    "凤英 玉兰 秀英 桂芝 淑珍 雪梅 丽华 金凤 红霞 桂兰 淑琴 玉珍 秀兰 桂英 淑芬 凤霞 亚琴 玉芝 秀荣 淑清 艳华 桂荣"
)
_WAYS_OUT = words("换届离任 换届离任 届满 年龄到限 年龄原因 因病 并村 辞职 正常离任 正常离任")
_CAUSES = words("因病致贫 本人残疾 子女残疾 无劳动能力 独居年老 因灾 家庭变故 长期患病")
_BANKS = words("农村信用合作联社 邮政储蓄银行 农业银行 村镇银行")


@dataclass(frozen=True)
class Person:
    """One row as it ought to be written; blank fields stay blank.

    cells: what the clerk typed in place of a field, by its name. remark: for whoever reads the roster.
    """

    village: str
    name: str
    sex: str
    born: date
    identity: str
    joined: date | None = None
    kind: str = "正式党员"
    post: str = ""
    spells: tuple[Spell, ...] = ()
    years: str = ""
    left: Month | None = None
    reason: str = ""
    penalty: str = ""
    penalty_on: Month | None = None
    sentence: str = ""
    employed: bool | None = None
    employed_on: Month | None = None
    household: str = ""
    moved_on: date | None = None
    rural: str = "农业户口"
    health: str = "健在"
    died_on: date | None = None
    hardship: bool | None = None
    ledger_on: Month | None = None
    cause: str = ""
    income: int | None = None
    veteran: bool | None = None
    retired: bool | None = None
    local: int | None = None
    approved_on: Month | None = None
    paused: tuple[Month, Month | None] | None = None
    bank: str = ""
    account: str = ""
    phone: str = ""
    remark: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)


def identity(born: date, sex: str, number: int) -> str:
    """A number of nobody: `number` tells people of one birthday and sex apart, up to five hundred."""
    body = f"{NOWHERE}{born:%Y%m%d}{number % 500 * 2 + (sex == '男'):03d}"
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11]


def luhn(body: str) -> str:
    """`body` with its check digit."""
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(body)))
    return body + str(-sum(divmod(each, 10)[0] + each % 10 for each in doubled) % 10)


def later(month: Month, months: int) -> Month:
    year, rest = divmod(month[0] * 12 + month[1] - 1 + months, 12)
    return year, rest + 1


class People:
    """Makes people of one township, one after another."""

    def __init__(self, seed: int, township: int) -> None:
        self.random = Random(seed + township)
        self.villages = VILLAGES[township :: len(TOWNSHIPS)][:11]
        self._numbers = count(township * 60 + 1)

    def one(self, sex: str, born: date, **known: Any) -> Person:
        """Somebody with a name, numbers and a bank, of whom the rest is `known`."""
        random = self.random
        name = random.choice(_SURNAMES) + random.choice(_MEN if sex == "男" else _WOMEN)
        account = luhn(f"{NO_BANK}{random.randrange(10**12):012d}")
        plain = Person(
            village=random.choice(self.villages) + "村",
            name=name,
            sex=sex,
            born=born,
            identity=identity(born, sex, next(self._numbers)),
            bank=random.choice(_BANKS),
            account=account,
            phone=f"0600-55{random.randrange(10**5):05d}" if random.random() < 0.6 else "",
        )
        return replace(plain, **known)

    def cadre(self, sex: str = "男", born: date | None = None, spells: str = "", **known: Any) -> Person:
        """A former cadre. spells: "1984.5-1995.4 书记；…", an open end still serving; made up without."""
        born = born or self.day(1936, 1963) if sex == "男" else born or self.day(1940, 1968)
        served = spells_in(spells) if spells else self._career(born)
        known = {
            "joined": self.day(born.year + 19, born.year + 24),
            "spells": served,
            "post": served[-1][2] if served else "",
            "left": served[-1][1] if served else None,
            "reason": self.random.choice(_WAYS_OUT),
            "approved_on": self._approved(born, sex, served),
        } | known
        return self.one(sex, born, **known)

    def poor(self, sex: str = "男", born: date | None = None, **known: Any) -> Person:
        """A member on the hardship ledger."""
        born = born or self.day(1934, 1966)
        known = {
            "joined": self.day(born.year + 20, born.year + 34),
            "hardship": True,
            "ledger_on": (self.random.randrange(2012, 2026), self.random.randrange(1, 13)),
            "cause": self.random.choice(_CAUSES),
            "income": self.random.randrange(24, 68) * 10000,
        } | known
        return self.one(sex, born, **known)

    def old(self, joined: date, born: date, sex: str = "男", **known: Any) -> Person:
        """A member from before 1949-10-01."""
        return self.one(sex, born, joined=joined, **({"veteran": False, "retired": False} | known))

    def member(self, sex: str = "男", **known: Any) -> Person:
        """A member whom no benefit concerns."""
        born = self.day(1948, 2003)
        known = {"joined": self.day(born.year + 19, min(born.year + 40, 2024))} | known
        return self.one(sex, born, **known)

    def day(self, first: int, last: int) -> date:
        """Some day from the year `first` to the year `last`."""
        start = date(first, 1, 1)
        return start + timedelta(days=self.random.randrange((date(last, 12, 31) - start).days))

    def some(self, cadres: int, poor: int, members: int) -> Iterator[Person]:
        """So many of each, mixed."""
        kinds = ["cadre"] * cadres + ["poor"] * poor + ["member"] * members
        self.random.shuffle(kinds)
        for kind in kinds:
            sex = self.random.choice("男男男女")
            yield (
                self.cadre(sex) if kind == "cadre" else self.poor(sex) if kind == "poor" else self.member(sex)
            )

    def _career(self, born: date) -> tuple[Spell, ...]:
        """One to three posts, one upon another or with a gap, that ended before 2026."""
        random = self.random
        start: Month = (born.year + random.randrange(23, 36), random.randrange(1, 13))
        found: list[Spell] = []
        for post in random.choice(_CAREERS):
            end = min(
                later(start, random.choice((35, 59, 71, 107, 131, 155, 179, 215))),
                (2025, 12),
                (born.year + 67, 12),
            )
            if start >= end:
                break
            found.append((start, end, _title(post, start[0])))
            start = later(end, random.choice((1, 1, 1, 7, 26, 49)))
        return tuple(found)

    def _approved(self, born: date, sex: str, served: tuple[Spell, ...]) -> Month | None:
        """The half-year's meeting after both age and leaving; blank where the file was never found."""
        if self.random.random() < 0.15:
            return None
        of_age = (born.year + (60 if sex == "男" else 55), born.month)
        due = max([of_age, *(end for _, end, _ in served if end), (2012, 1)])
        return (due[0], 7) if due[1] < 7 else (due[0] + 1, 1)


_CAREERS = (
    ("书记",),
    ("书记",),
    ("会计", "书记"),
    ("主任", "书记"),
    ("会计", "主任", "书记"),
    ("主任",),
    ("会计",),
    ("会计", "主任"),
    ("书记", "主任"),
)
_TITLES = {
    "书记": ("大队书记", "村支部书记", "村党支部书记"),
    "主任": ("大队长", "村主任", "村委会主任"),
    "会计": ("大队会计", "村会计", "村文书"),
}


def _title(post: str, year: int) -> str:
    """What a post was called in its day: 大队 until 1984."""
    return _TITLES[post][0 if year < 1984 else 1 if year < 2000 else 2]


def spells_in(text: str) -> tuple[Spell, ...]:
    """Spells from "1984.5-1995.4 书记；1998.6- 主任"."""
    found = []
    for piece in filter(None, text.split("；")):
        span, _, post = piece.strip().partition(" ")
        start, _, end = span.partition("-")
        found.append((_month(start), _month(end) if end else None, post))
    return tuple(found)


def _month(text: str) -> Month:
    year, month = text.split(".")
    return int(year), int(month)
