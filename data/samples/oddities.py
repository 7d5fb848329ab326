"""What is odd about some of the people of 望川县: every refusal and every mistake that real rosters have, by township.

Each has a name of its own, by which tests find it. Judged for the third quarter of 2026.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from people import People, Person, spells_in

TEN_YEARS = "1990.1-2001.12 村支部书记"


def oddities(people: People, township: int) -> list[Person]:
    """The odd ones of one township, counted from 0."""
    return _MAKERS[township](people)


def with_doubles(everyone: dict[str, list[Person]]) -> dict[str, list[Person]]:
    """The rosters, with the rows of 柳泉乡 that two other townships have as well."""
    named = {person.name: person for person in everyone["柳泉乡"]}
    again = {
        "松塘镇": [named["石双报"], replace(named["石两账"], account="9999990000000000006")],
        "新垦乡": [replace(named["石两龄"], spells=spells_in("1994.1-2004.12 村支部书记"))],
    }
    return {township: [*people, *again.get(township, ())] for township, people in everyone.items()}


def _leaving(people: People) -> list[Person]:
    """青禾镇: how people left, and what came after."""
    cadre = people.cadre
    man = date(1958, 3, 20)
    return [
        cadre(name="韩免职", born=man, spells=TEN_YEARS, reason="免职"),
        cadre(name="韩罢免", born=man, spells=TEN_YEARS, reason="被罢免"),
        cadre(name="韩离岗", born=man, spells=TEN_YEARS, reason="擅自离岗"),
        cadre(name="韩录用", born=man, spells=TEN_YEARS, reason="录用公职"),
        cadre(name="韩供养", born=man, spells=TEN_YEARS, employed=True),
        cadre(name="韩新录", born=man, spells=TEN_YEARS, employed=True, employed_on=(2026, 8)),
        cadre(name="韩判刑", born=man, spells=TEN_YEARS, sentence="有期徒刑"),
        cadre(name="韩管制", born=man, spells=TEN_YEARS, sentence="管制", remark="1999年，已期满"),
        cadre(name="韩留察", born=man, spells=TEN_YEARS, penalty="留党察看一年"),
        cadre(name="韩警告", born=man, spells=TEN_YEARS, penalty="警告"),
        cadre(name="韩受分", born=man, spells=TEN_YEARS, penalty="开除党籍", penalty_on=(2026, 7)),
        cadre(name="韩迁出", born=man, spells=TEN_YEARS, household="迁出", moved_on=date(2024, 5, 6)),
        cadre(name="韩将迁", born=man, spells=TEN_YEARS, household="迁出", moved_on=date(2026, 8, 19)),
        cadre(name="韩其他", born=man, spells=TEN_YEARS, reason="其他"),
        cadre(name="韩不详", born=man, spells=TEN_YEARS, reason="群众有意见"),
        cadre(name="韩暂停", born=man, spells=TEN_YEARS, paused=((2026, 8), None), remark="正在核查"),
        cadre(name="韩在任", born=man, spells="1995.3- 村党支部书记", left=None, reason=""),
    ]


def _serving(people: People) -> list[Person]:
    """望河乡: how long, and when it is known only vaguely."""
    cadre = people.cadre
    man, woman = date(1956, 4, 2), date(1962, 9, 30)
    return [
        cadre(name="曹五年", born=man, spells="1996.1-2000.12 村支部书记"),
        cadre(name="曹两段", born=man, spells="1990.1-1994.12 村主任；1998.1-2000.12 村支部书记"),
        cadre(name="曹七年", born=man, spells="1996.1-2002.12 村支部书记"),
        cadre(name="曹九年", born=man, spells="1985.1-1989.6 村会计；1995.1-1999.6 村主任"),
        cadre(name="曹重叠", born=man, spells="1988.1-2000.12 村主任；1996.1-2004.12 村支部书记"),
        cadre("女", name="曹兰芝", born=woman, spells="1986.3-2007.11 村会计"),
        cadre(
            name="曹大约",
            born=man,
            spells=TEN_YEARS,
            left=(2001, 12),
            cells={"spells": "约1990—2001 村支部书记"},
        ),
        cadre(name="曹含糊", born=man, spells=TEN_YEARS, left=None, cells={"spells": "1990—2000 村支部书记"}),
        cadre(name="曹宽裕", born=man, spells=TEN_YEARS, left=None, cells={"spells": "1975—2005 村支部书记"}),
        cadre(name="曹年代", born=man, spells=TEN_YEARS, cells={"spells": "八十年代当过书记"}),
        cadre(name="曹颠倒", born=man, spells=TEN_YEARS, cells={"spells": "2001.12—1990.1 村支部书记"}),
        cadre(name="曹空白", born=man, spells=TEN_YEARS, cells={"spells": None}),
        cadre(name="曹妇联", born=man, spells="1990.1-1995.12 妇女主任；1996.1-2008.12 村支部书记"),
        cadre(name="曹民兵", born=man, spells="1984.1-2004.12 民兵连长"),
        cadre(name="曹离迟", born=man, spells=TEN_YEARS, left=(2003, 6)),
        cadre(
            name="曹新离", born=man, spells="1990.1-2026.7 村党支部书记", approved_on=None, reason="换届离任"
        ),
    ]


def _ages(people: People) -> list[Person]:
    """白桦镇: age, sex and what contradicts the identity number."""
    cadre = people.cadre
    spells = "1989.1-2004.12 村支部书记"
    sexes: dict[str, Any] = {"cells": {"sex": "女"}}
    return [
        cadre(name="邓年轻", born=date(1970, 5, 5), spells=spells, approved_on=None),
        cadre(name="邓将满", born=date(1966, 8, 10), spells=spells, approved_on=None),
        cadre(name="邓满月", born=date(1966, 6, 30), spells=spells, approved_on=None),
        cadre("女", name="邓玉茹", born=date(1971, 2, 11), spells=spells, approved_on=None),
        cadre("女", name="邓闰秋", born=date(1968, 2, 29), spells=spells, approved_on=None),
        cadre(name="邓性变", born=date(1969, 3, 3), spells=spells, approved_on=None, **sexes),
        cadre(name="邓性误", born=date(1949, 3, 3), spells=spells, **sexes),
        cadre(
            name="邓生异", born=date(1966, 9, 12), spells=spells, approved_on=None, cells={"born": "1965.09"}
        ),
        cadre(name="邓生误", born=date(1948, 9, 12), spells=spells, cells={"born": "1947.09"}),
        cadre(name="邓无日", born=date(1948, 9, 12), spells=spells, cells={"born": "1948.2.30"}),
        cadre(name="邓待批", born=date(1964, 9, 12), spells=spells, approved_on=(2026, 11)),
        cadre(name="邓新批", born=date(1964, 9, 12), spells=spells, approved_on=(2026, 8)),
        people.poor(name="邓不满", born=date(1968, 1, 20)),
        people.poor("女", name="邓秋菊", born=date(1966, 7, 31), ledger_on=(2024, 1)),
    ]


def _numbers(people: People) -> list[Person]:
    """石桥镇: identity numbers that are none."""
    cadre, poor = people.cadre, people.poor
    good = cadre(name="范两号")
    found = [
        cadre(name="范数字", cells={"identity": 2.30299195803151e17}),
        cadre(name="范科学", cells={"identity": "2.30299E+17"}),
        poor(name="范三零", cells={"identity": "230299195406120000"}),
        poor(name="范打码", cells={"identity": "230299********1013"}),
        cadre(name="范在办", cells={"identity": "正在补办"}),
        poor(name="范空号", cells={"identity": None}),
    ]
    wrong = cadre(name="范错码")
    short = poor(name="范少位")
    old = poor(name="范旧号", born=date(1946, 5, 4))
    spaced = poor(name="范空格")
    last = "0" if wrong.identity[17] != "0" else "1"
    return [
        *found,
        _typed(wrong, identity=wrong.identity[:17] + last),
        _typed(short, identity=short.identity[:9] + short.identity[10:]),
        _typed(old, identity=old.identity[:6] + old.identity[8:17]),
        _typed(spaced, identity=f"{spaced.identity[:6]} {spaced.identity[6:14]} {spaced.identity[14:]}"),
        _typed(good, identity=f"{good.identity}/{poor('女').identity}"),
    ]


def _typed(person: Person, **cells: Any) -> Person:
    return replace(person, cells={**person.cells, **cells})


def _accounts(people: People) -> list[Person]:
    """云岭乡: accounts that money cannot go to, and one account under two names."""
    cadre, poor = people.cadre, people.poor
    father = poor(name="贾有财", born=date(1950, 1, 8))
    good = cadre(born=date(1955, 1, 9), name="贾错卡", spells=TEN_YEARS)
    digit = (int(good.account[-1]) + 3) % 10
    return [
        poor(name="贾无卡", born=date(1951, 6, 1), account="", bank=""),
        cadre(name="贾未办", born=date(1950, 6, 1), spells=TEN_YEARS, cells={"account": "未办卡"}),
        poor(name="贾失数", born=date(1951, 6, 1), cells={"account": 9.99999123456789e18}),
        _typed(good, account=f"62{good.account[2:-1]}{digit}"),
        cadre(name="贾存折", born=date(1955, 1, 9), spells=TEN_YEARS, account="999999010203046"),
        father,
        poor(name="贾招娣", sex="女", born=date(1955, 1, 9), account=father.account, village=father.village),
    ]


def _doubles(people: People) -> list[Person]:
    """柳泉乡: the dead, and rows that stand twice (their doubles stand in 松塘镇 and 新垦乡)."""
    cadre, poor = people.cadre, people.poor
    man = date(1953, 11, 2)
    return [
        cadre(name="石先亡", born=man, spells=TEN_YEARS, health="死亡", died_on=date(2025, 12, 3)),
        cadre(name="石新亡", born=man, spells=TEN_YEARS, health="已故", died_on=date(2026, 8, 15)),
        poor(name="石季亡", born=man, health="去世", died_on=date(2026, 7, 2)),
        poor(name="石不明", born=man, health="死亡"),
        poor(name="石待核", born=man, health="外出未联系上"),
        cadre(name="石括号", born=man, spells=TEN_YEARS, cells={"name": "石括号(已故)"}),
        poor(name="石同名", born=man, village=people.villages[0] + "村"),
        poor(name="石同名", born=date(1956, 4, 9), village=people.villages[0] + "村"),
        cadre(name="石双报", born=man, spells=TEN_YEARS),
        cadre(name="石两账", born=man, spells=TEN_YEARS),
        cadre(name="石两龄", born=man, spells="1988.1-2004.12 村支部书记"),
    ]


def _ledger(people: People) -> list[Person]:
    """松塘镇: hardship, and the oldest members."""
    cadre, poor, old = people.cadre, people.poor, people.old
    man = date(1952, 6, 8)
    return [
        poor(name="董城镇", born=man, rural="非农业户口"),
        poor(name="董待定", born=man, ledger_on=None, cells={"hardship": "待定"}),
        poor(name="董后列", born=man, ledger_on=(2026, 9)),
        poor(name="董未列", born=man, ledger_on=(2026, 12)),
        poor(name="董迁走", born=man, household="已迁出", moved_on=date(2023, 3, 1)),
        poor(name="董户籍", born=man, household="人户分离"),
        cadre(name="董兼困", born=man, spells=TEN_YEARS, hardship=True, ledger_on=(2015, 3)),
        cadre(name="董短困", born=man, spells="1996.1-1999.12 村主任", hardship=True, ledger_on=(2015, 3)),
        old(date(1947, 8, 15), date(1928, 10, 3), name="董老革", account=people.poor().account),
        old(date(1949, 3, 1), date(1930, 12, 24), "女", name="董凤云"),
        old(date(1949, 9, 30), date(1931, 1, 7), name="董末日"),
        old(date(1949, 10, 1), date(1931, 5, 30), name="董国庆"),
        old(date(1944, 5, 6), date(1924, 2, 17), name="董抗战"),
        old(date(1948, 2, 2), date(1929, 8, 8), name="董优抚", veteran=True),
        old(date(1948, 4, 2), date(1928, 8, 9), name="董离休", retired=True),
        old(date(1948, 4, 2), date(1929, 3, 9), name="董补差", local=60000),
        old(date(1948, 4, 2), date(1927, 3, 9), name="董已高", local=90000),
        old(date(1949, 4, 2), date(1931, 3, 9), name="董双享", hardship=True, ledger_on=(2016, 5)),
        old(
            date(1946, 11, 20),
            date(1926, 6, 6),
            name="董书记",
            spells=(((1953, 1), (1970, 12), "大队书记"),),
            post="大队书记",
            left=(1970, 12),
        ),
        old(date(1949, 1, 1), date(1930, 7, 7), name="董年份", cells={"joined": "1949"}),
        old(date(1947, 5, 5), date(1928, 7, 7), name="董已故", health="病故", died_on=date(2026, 6, 28)),
    ]


def _words(people: People) -> list[Person]:
    """新垦乡: words and shapes of clerks."""
    cadre, poor = people.cadre, people.poor
    man = date(1957, 12, 12)
    return [
        cadre(name="任兼职", born=man, spells="1990.1-2003.12 书记兼主任"),
        cadre(name="任年限", born=man, spells=TEN_YEARS, years="15年"),
        cadre(name="任符合", born=man, spells=TEN_YEARS, years="12年"),
        cadre(name="任届数", born=man, spells=TEN_YEARS, years="四届"),
        cadre(name="任 刚", born=man, spells=TEN_YEARS),
        cadre(name="任某", born=man, spells=TEN_YEARS),
        cadre(name="任电话", born=man, spells=TEN_YEARS, phone="10012345678"),
        poor(name="任收入", born=man, cells={"income": "约3000元"}),
        poor(name="任两个", born=man, hardship=True, cells={"ledger_on": "2014.13"}),
    ]


_MAKERS = (_leaving, _serving, _ages, _numbers, _accounts, _doubles, _ledger, _words)
