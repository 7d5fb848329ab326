"""A fictional county, the same on every machine: 望川县, its townships, organisations and people.

Nothing here is real: names are drawn from lists, and figures from a seeded generator. No identity number is made here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COUNTY = "望川县"
TOWNSHIPS = ("青禾镇", "望河乡", "白桦镇", "石桥镇", "云岭乡", "柳泉乡", "松塘镇", "新垦乡")

VILLAGES = words(
    "向阳 东湾 西湾 前屯 后屯 柳树沟 杨木岗 大榆树 小榆树 三合 永发 兴隆 太平 长岭 双泉 "
    "靠山 河口 团结 胜利 红旗 民乐 富强 新立 广源 龙泉 金星 平安 黑鱼泡 四方台 二道沟 "
    "沙岭 五间房 石人沟 腰屯 南岗 北甸 东升 互助 共和 前进 曙光 丰收 爱民 永久 治安 光荣 "
    "建新 勤俭 友谊 保安 双山 土城 大房 小河沿 高家窝棚 李家店 姜家屯 王花炉 马场 三家子 "
    "铁匠炉 老柞林 杏树园 梨树沟 榛柴岗 苇子沟 塔子沟 獾子洞 鹰山 后山根 前山根 西大营 "
    "东大营 六合 万宝 聚宝 宝山 银河 星火 朝阳 迎春 草原 渔沟 清水 甜水井 苦水井 半拉山 "
    "一棵树 八里岗 十里铺 莲花泡"
)
_COMMUNITIES = words("福安 康宁 文化 站前 和平 滨河 育才 商贸 惠民 明德 锦绣 兴业")
_COMPANIES = words(
    "丰禾米业有限公司 望川山珍食品有限公司 宏达建材有限公司 绿源乳业有限公司 金穗种业有限公司 兴牧饲料有限公司 "
    "恒信木业有限公司 顺通物流有限公司 北坡马铃薯有限公司 盛泰农机有限公司 鑫源砂石有限公司 百草药材有限公司 "
    "惠万家超市 天润水产有限公司 明珠商贸有限公司 康乐养老服务有限公司"
)
_SOCIETIES = words("水稻种植协会 农机合作社联合社 个体劳动者协会 养殖协会 志愿服务协会 蔬菜产业协会")
_INSTITUTIONS = words("卫生院 农业综合服务中心 水利站 文化站 林业工作站")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_GIVEN = words(
    "建国 志强 凤英 玉兰 国栋 海涛 秀英 春生 立新 永胜 桂芝 文斌 晓东 丽华 德福 长林 "
    "宝山 淑珍 俊杰 雪梅 明远 占军 喜林 红霞 凯 军 敏 伟 静 波 艳 刚 洪亮 振东 金凤 "
    "树森 亚男 庆丰 连生 英杰"
)


@dataclass(frozen=True)
class Org:
    """One grassroots organisation. points, own: the five goods in tenths of a point, by the committee and by itself.

    votes: sent out, returned, valid, satisfied. printed: the satisfaction somebody typed, in thousandths, where it
    is not what the votes give.
    """

    name: str
    type: str
    secretary: str
    founded: date | None
    members: int
    points: tuple[int | None, ...]
    own: tuple[int, ...]
    votes: tuple[int, int, int, int] | None
    last_stars: int | None
    last_grade: str
    printed: int | None = None
    veto: str = ""
    honour: str = ""
    honoured: date | None = None
    vacant: date | None = None
    unfit: bool = False
    hollow: bool = False
    idle_years: int | None = None
    unrest: bool = False
    remark: str = ""


# What happened in the county, by township and place in its list (both from 0).
_EVENTS: dict[tuple[int, int], dict[str, Any]] = {
    (0, 4): {"honour": "市级", "honoured": date(2026, 7, 1), "remark": "全市先进基层党组织"},
    (0, 15): {"veto": "安全生产责任事故"},
    (1, 4): {"votes": None, "remark": "测评表未报"},
    (1, 7): {"secretary": "", "vacant": date(2026, 5, 12), "remark": "副书记主持工作"},
    (1, 2): {"votes": (64, 61, 60, 53)},
    (1, 9): {"printed": 982},
    (2, 8): {"honour": "省级", "honoured": date(2026, 6, 28)},
    (2, 6): {"veto": "发生越级集体上访", "unrest": True},
    (2, 12): {"founded": None},
    (3, 5): {"idle_years": 2},
    (3, 9): {"unfit": True, "remark": "乡镇党委已谈话提醒"},
    (3, 16): {
        "founded": date(2026, 3, 20),
        "last_stars": None,
        "last_grade": "",
        "remark": "今年新成立",
    },
    (4, 0): {"honour": "县级", "honoured": date(2026, 7, 1)},
    (4, 3): {"veto": "书记受党纪处分"},
    (4, 14): {"votes": (71, 70, 68, 60)},
    (4, 10): {"votes": (86, 84, 83, 48), "remark": "村务公开问题群众意见大"},
    (5, 2): {"printed": 915},
    (5, 0): {"hollow": True},
    (5, 13): {"secretary": "空缺", "vacant": date(2026, 10, 9)},
    (6, 4): {"honour": "市级", "honoured": date(2024, 7, 1)},
    (6, 9): {"idle_years": 3, "remark": "连续三年无发展对象"},
    (6, 17): {"founded": date(2026, 2, 16), "last_stars": None, "last_grade": "", "remark": "新建党支部"},
    (7, 1): {"honour": "乡镇级", "honoured": date(2026, 7, 1)},
    (7, 11): {"founded": None, "remark": "档案遗失，成立时间待查"},
    (7, 14): {"votes": None},
}
# Where the committee has not scored yet: the goods left blank.
_UNSCORED = {(0, 9): (3,), (3, 2): (1, 4), (5, 8): (4,), (7, 6): (2,)}
# How many of 160 are 好, 较好, 一般 and 差, and within what bounds their totals lie, in tenths.
_TIERS = ((16, (902, 955)), (102, (803, 880)), (28, (640, 795)), (14, (480, 590)))
# How far each good may lie from the middle of the five, in tenths; the satisfaction, in thousandths.
_APART = (55, 80, 110, 90)
_SHARES = ((945, 1000), (905, 985), (905, 965), (690, 880))
_LAST_STARS: tuple[tuple[int | None, ...], ...] = (
    (3, 4, 3, 3, 3, 2, 5, 3),
    (2, 3, 2, 1, 2, 3, 2, 2, 1, 3, 2, 2, 1, 3, 2, 1, 2, None, 4),
    (1, 2, 2, 1, 3, 1),
    (1, 0, 2),
)
_LAST_GRADES = {None: "", 0: "差", 1: "一般", 2: "一般", 3: "较好", 4: "较好", 5: "好"}


def organisations() -> dict[str, list[Org]]:
    """Each township's organisations, in the order of its list."""
    random = Random(20260701)
    tiers = [tier for tier, (count, _) in enumerate(_TIERS) for _ in range(count)]
    random.shuffle(tiers)
    deal = iter(tiers)
    people = _people(random)
    return {
        township: [
            _after_events(_organisation(random, people, next(deal), *named), (number, place))
            for place, named in enumerate(_named(number))
        ]
        for number, township in enumerate(TOWNSHIPS)
    }


def _named(township: int) -> Iterator[tuple[str, str]]:
    """Name and type of the twenty organisations of one township."""
    name, stem = TOWNSHIPS[township], TOWNSHIPS[township][:-1]
    town = name.endswith("镇")
    villages = 11 if town else 12
    for village in VILLAGES[township :: len(TOWNSHIPS)][:villages]:
        yield f"{village}村党{'总' if len(village) == 3 else ''}支部", "村"
    for community in _COMMUNITIES[township :: len(TOWNSHIPS)][: 1 + (township < 4 and town)]:
        yield f"{community}社区党总支部", "社区"
    yield f"{name}机关党支部", "机关"
    for institution in (_INSTITUTIONS[0], _INSTITUTIONS[1 + township % 4]):
        yield f"{name}{institution}党支部", "事业单位"
    yield f"{stem}{'粮库' if town else '林场'}党支部", "国企"
    for company in _COMPANIES[township :: len(TOWNSHIPS)][: 1 + (township % 2 == 0)]:
        yield f"{company}党支部", "非公企业"
    if township < len(_SOCIETIES):
        yield f"{name}{_SOCIETIES[township]}党支部", "社会组织"
    yield f"{name}{'中学' if town else '中心小学'}党支部", "学校"


def _people(random: Random) -> Iterator[str]:
    names = [surname + given for surname in _SURNAMES for given in _GIVEN]
    random.shuffle(names)
    return iter(names)


def _organisation(random: Random, people: Iterator[str], tier: int, name: str, kind: str) -> Org:
    points = _points(random, _APART[tier], *_TIERS[tier][1])
    last_stars = random.choice(_LAST_STARS[tier])
    sent = random.randrange(36, 120)
    returned = sent - random.choice((0, 0, 1, 2, 4))
    valid = returned - random.choice((0, 0, 0, 1, 2))
    satisfied = min(-(-valid * random.randrange(*_SHARES[tier]) // 1000), valid)
    return Org(
        name=name,
        type=kind,
        secretary=next(people),
        founded=_founded(random, young=kind in ("非公企业", "社会组织")),
        members=random.randrange(21, 78) if kind in ("村", "社区") else random.randrange(3, 30),
        points=points,
        own=tuple(min(each + random.randrange(0, 50, 5), 1000) for each in points),
        votes=(sent, returned, valid, satisfied),
        last_stars=last_stars,
        last_grade=_LAST_GRADES[last_stars],
        idle_years=random.choice((0, 0, 0, 1)) if kind == "村" else None,
    )


def _founded(random: Random, young: bool) -> date:
    """Some day up to 2023; private firms and societies have had branches only since the nineties."""
    first, last = date(1993, 3, 1) if young else date(1952, 7, 1), date(2023, 12, 31)
    return first + timedelta(days=random.randrange((last - first).days))


def _points(random: Random, spread: int, least: int, most: int) -> tuple[int, ...]:
    """Five goods in tenths, spread about a total within the bounds."""
    total = random.randrange(least, most)
    apart = [random.randrange(-spread, spread + 1) for _ in range(5)]
    middle = sum(apart) // 5
    return tuple(min(total + each - middle, 995) for each in apart)


def _after_events(org: Org, where: tuple[int, int]) -> Org:
    blank = _UNSCORED.get(where, ())
    points = tuple(None if good in blank else each for good, each in enumerate(org.points))
    return replace(org, points=points, **_EVENTS.get(where, {}))
