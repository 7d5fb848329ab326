"""Who lives in the simulated county: names, numbers and accounts of nobody, each drawn once."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.ledger.county import account
from tests.programmes.people import identity

TOWNSHIPS = ("青禾镇", "望河乡", "白桦镇", "石桥镇")
VILLAGES = (
    "向阳", "东湾", "前屋", "柳树", "三合", "兴隆", "太平", "长岭", "双泉", "河口", "团结", "红旗", "民乐", "新立", "龙泉", "金星",
    "平安", "沙岭", "南岗", "东升", "互助", "共和", "前进", "曙光", "丰收", "爱民", "光荣", "友谊", "双山", "土城", "大房", "马场",
    "六合", "万宝", "宝山", "朝阳", "迎春", "清水", "榆树", "杏园",
)  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余"
_FIRST = "建国志德福秀长海文振守春玉永立庆广世显忠"
_MEN, _WOMEN = "林山军强民才成臣财华", "英兰芝珍梅霞琴荣芬莲"


@dataclass(frozen=True)
class Somebody:
    """Who somebody is, as the roster says it now."""

    name: str
    sex: str
    born: date
    identity: str
    account: str
    township: str
    village: str


@dataclass
class Registry:
    """Gives out names, identity numbers and accounts, none of them twice. holders: whose each account is, by number."""

    dice: Random
    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    holders: dict[str, int] = field(default_factory=dict)

    def name(self, sex: str) -> str:
        while True:
            last = self.dice.choice(_MEN if sex == "男" else _WOMEN)
            name = self.dice.choice(_SURNAMES) + self.dice.choice(_FIRST) + last
            if (
                len(self.names) > 2500
            ):  # a small county has nobody twice; in a large one they are told apart by a fourth
                name += self.dice.choice(_FIRST)
            if name not in self.names:
                self.names.add(name)
                return name

    def number(self, born: date, sex: str) -> str:
        while True:
            number = identity(born.isoformat(), sex, self.dice.randrange(1, 499))
            if number not in self.numbers:
                self.numbers.add(number)
                return number

    def account(self, who: int) -> str:
        card = account(len(self.holders) + 1)
        self.holders[card] = who
        return card

    def day(self, first: int, last: int) -> date:
        return date(first, 1, 1) + timedelta(days=self.dice.randrange(365 * (last - first) + 1))
