"""What is given before the Spring Festival in the simulated county: who is on the list of a year, and what is owed to accounts.

The list is paid through the ledger in January, and put right at the end of the year, when the log of visits is written too.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from tests.oracle import visits as oracle
from tests.simulated.owed import Dues
from tests.simulated.world import Elder, Gift, World

BENEFIT = "慰问金"
UNKNOWN = "五保户"
"""A class of no document: whoever is of it is set aside."""
Row = dict[str, Any]


def begins(world: World) -> None:
    """The list of a year as townships write it in January: some are left out, some have a class that nobody knows."""
    world.gifts = {}
    for n, elder in world.elders.items():
        classes = _classes(world, elder)
        if classes and world.dice.random() < 0.95:
            world.gifts[n] = _gift(world, elder, (UNKNOWN,) if world.dice.random() < 0.02 else classes)


def _classes(world: World, elder: Elder) -> tuple[str, ...]:
    says, found = elder.says, []
    if says.died_on:
        return ()
    if says.joined and says.joined.year < 1950:
        found.append("建国前老党员")
    if says.hardship:
        found.append("生活困难党员")
    if says.reason == "到龄离任":
        found.append("离任书记")
    if world.dice.random() < 0.02:
        found.append(world.dice.choice(("荣誉获得者", "因公殉职家属", "其他")))
    return tuple(found)


def _gift(world: World, elder: Elder, classes: tuple[str, ...]) -> Gift:
    """A tenth gets it by hand, without an account on the list."""
    return Gift(elder.who, classes, by_card=world.dice.random() < 0.9)


def ends(world: World) -> None:
    """What the list says at the end of the year: who was left out, right classes, and the days of the visits."""
    dice = world.dice
    for n, elder in world.elders.items():
        if n not in world.gifts and (classes := _classes(world, elder)):
            world.counts["given to later"] += 1
            world.gifts[n] = _gift(world, elder, classes)
    for n, gift in world.gifts.items():
        told = gift.classes
        if told == (UNKNOWN,) or dice.random() < 0.03:
            world.counts["class of a gift corrected"] += 1
            told = (dice.choice((*oracle.HIGH, *oracle.LOW, "其他")),)
        day = date(world.year, 1, dice.randint(5, 19)) if dice.random() < 0.9 else None
        stated = dice.choice((None, None, oracle.standard(told), 800_00)) if day else None
        world.gifts[n] = replace(gift, who=world.who(n) or gift.who, classes=told, day=day, stated=stated)


def as_oracle(gift: Gift) -> oracle.Given:
    return oracle.Given(gift.who.township, gift.classes, gift.stated, "", None, "县财政", gift.day)


def owed(gift: Gift, year: int) -> Dues | None:
    """To the account, for the month of the festival; None where nobody can tell."""
    if UNKNOWN in gift.classes:
        return None
    fen = oracle.standard(gift.classes) if gift.by_card else 0
    return {(BENEFIT, (year, oracle.SPRING[year].month)): fen} if fen else {}


def rows(world: World) -> Iterator[Row]:
    for gift in world.gifts.values():
        yield {
            "乡镇": gift.who.township, "村": gift.who.village, "姓名": gift.who.name, "身份证号": gift.who.identity,
            "支部": f"{gift.who.village}党支部", "类别": "、".join(gift.classes), "节日": "元旦春节",
            "慰问金": None if gift.stated is None else gift.stated // 100, "日期": gift.day, "资金来源": "县财政",
            "慰问人": "李慰问", "银行账号": gift.who.account if gift.by_card else None,
        }  # fmt: skip
