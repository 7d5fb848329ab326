"""A second opinion on subsidies, from the documents alone: person by person, month by month, in plain Python.

Imports nothing from the package. Each document is written out again as code, figures and all; months are counted by
listing them. Simple on purpose; lists of months that many people share are kept.
"""

from datetime import date
from fractions import Fraction
from functools import lru_cache

from tests.oracle.persons import (
    ALIVE,
    PAUSE,
    RANKS,
    SERVICE,
    YM,
    Aside,
    Person,
    after,
    last_posts,
    legible,
    months_of,
    serving,
)

THREE = frozenset(RANKS)

CHIEFS = frozenset({"书记", "村支书", "大队书记", "主任", "村长"})

DEPUTIES = frozenset({"会计", "文书", "副书记", "副主任", "妇女主任", "民兵连长"})

BOTH = CHIEFS | DEPUTIES

PENALTIES = {"警告": 1, "严重警告": 1, "留党察看": 2, "开除党籍": 2}

SENTENCES = {"罚金": 0, "拘役": 1, "有期徒刑": 1}

REASONS = {
    "": "",
    "换届落选": "",
    "到龄离任": "",
    "免职": "removed",
    "擅自离职": "quit",
    "录用公职": "hired",
    "罢免": "recalled",
}


def months_served(person: Person, posts: frozenset[str]) -> frozenset[YM]:
    return months_of(person.stays, posts)


@lru_cache(maxsize=2048)
def longest(months: frozenset[YM]) -> int:
    best = run = 0
    previous: YM | None = None
    for m in sorted(months):
        run = run + 1 if previous and after(previous) == m else 1
        best, previous = max(best, run), m
    return best


def sixtieth(person: Person, years: int) -> YM:
    """The month of the birthday; 29 February counts as February."""
    return person.born.year + years, person.born.month


def stopped(event: YM | None, month: YM) -> bool:
    """The month of the event is still paid."""
    return event is not None and month > event


PENALTY, SENTENCE = ("处分情况", "处分日期"), ("刑罚情况", "判决日期")

HIRED, MOVED = ("财政供养", "录用日期"), ("户籍状况", "户籍迁出日期")


def served_or_said_to(person: Person) -> bool:
    """Whom the subsidy of former cadres concerns: who has spells or a post, or something there that nobody can read."""
    return bool(person.stays or person.post or person.unread & {"任职经历", "离任职务"})


def words(text: str, known: dict[str, int], bad_from: int) -> bool:
    if text and text not in known:
        raise Aside
    return bool(text) and known[text] >= bad_from


def suspended(person: Person, month: YM) -> bool:
    if person.suspended_from is None or month < person.suspended_from:
        return False
    return person.suspended_to is None or month <= person.suspended_to


def default_cadre(person: Person, month: YM) -> Fraction:
    """离任村干部生活补贴, yuan of a month."""
    if served_or_said_to(person):
        legible(person, *SERVICE, *ALIVE, *PAUSE, *PENALTY, *SENTENCE, *HIRED, *MOVED, "离任原因")
    if not person.stays:
        if person.post:
            raise Aside
        return Fraction(0)
    if person.reason not in REASONS:
        raise Aside
    excluded = REASONS[person.reason] in ("removed", "quit", "hired", "recalled")
    if words(person.penalty, PENALTIES, 2):
        excluded = excluded or person.penalty_on is None or stopped(person.penalty_on, month)
    if words(person.sentence, SENTENCES, 1):
        excluded = excluded or person.sentence_on is None or stopped(person.sentence_on, month)
    if person.employed:
        excluded = excluded or person.employed_on is None or stopped(person.employed_on, month)
    if person.household == "迁出":
        excluded = excluded or person.moved_on is None
    excluded = excluded or stopped(person.moved_on, month) or stopped(person.died_on, month)
    served = months_served(person, THREE)
    if excluded or serving(person, THREE) or not served:
        return Fraction(0)
    if len(served) < 108 and longest(served) < 72:
        return Fraction(0)
    if month <= sixtieth(person, 60 if person.sex == "男" else 55) or month <= max(served):
        return Fraction(0)
    if (person.approved_on and month < person.approved_on) or suspended(person, month):
        return Fraction(0)
    years = len(served) // 12
    top = {0: (485, 505, 525), 1: (465, 485, 505), 2: (445, 465, 485)}[
        min(RANKS[p] for p in last_posts(person, THREE))
    ]
    return Fraction(0 if years < 10 else top[0] if years < 15 else top[1] if years < 20 else top[2])


def default_hardship(person: Person, month: YM) -> Fraction:
    if not (person.hardship or person.ledger_on or person.unread & {"困难台账", "列入台账日期", "困难情况"}):
        return Fraction(0)
    legible(person, "困难台账", "列入台账日期", "困难情况", "户口性质", *MOVED, *ALIVE, *PAUSE)
    if person.hardship is False or person.rural == "城镇":
        return Fraction(0)
    if person.household == "迁出" and person.moved_on is None:
        return Fraction(0)
    if stopped(person.moved_on, month) or stopped(person.died_on, month) or suspended(person, month):
        return Fraction(0)
    if month <= sixtieth(person, 60) or (person.ledger_on and month < person.ledger_on):
        return Fraction(0)
    if person.approved_on and month < person.approved_on:
        return Fraction(0)
    return Fraction(50)


VETERANS = [
    ((2012, 1), (420, 360, 280)),
    ((2012, 10), (455, 395, 315)),
    ((2022, 5), (820, 760, 680)),
    ((2025, 1), (870, 810, 730)),
]


def default_veteran(person: Person, month: YM) -> Fraction:
    legible(person, "入党日期")
    if person.joined is None or person.joined >= date(1949, 10, 1):
        return Fraction(0)
    legible(person, "离退休待遇", *ALIVE)
    if person.retired:
        return Fraction(0)
    if stopped(person.died_on, month) or (person.approved_on and month < person.approved_on):
        return Fraction(0)
    legible(person, "优抚对象", "地方定补标准")
    table = [figures for since, figures in VETERANS if since <= month][-1]
    standard = (
        table[0]
        if person.joined < date(1937, 7, 7)
        else table[1]
        if person.joined < date(1945, 9, 3)
        else table[2]
    )
    if person.veteran:
        standard = 50
    return max(Fraction(0), standard - Fraction(person.local or 0))


def default(person: Person, month: YM) -> dict[str, Fraction]:
    """All that the default policy owes for a month."""
    owed = {
        "离任村干部生活补贴": default_cadre(person, month),
        "老党员定期补助": default_veteran(person, month),
    }
    hardship = default_hardship(person, month)
    owed["生活困难党员补贴"] = Fraction(0) if any(owed.values()) else hardship
    return owed


def plain_cadre(person: Person, month: YM, posts: frozenset[str], *more: str) -> frozenset[YM]:
    """What every pack asks: has spells, has left, is alive, is approved. Returns the months served, none if not.

    more: other columns that this pack looks at.
    """
    if served_or_said_to(person):
        legible(person, *SERVICE, *ALIVE, *more)
    if not person.stays and person.post:
        raise Aside
    served = months_served(person, posts)
    if serving(person, posts) or not served or month <= max(served) or stopped(person.died_on, month):
        return frozenset()
    return frozenset() if person.approved_on and month < person.approved_on else served


def by_age(person: Person, male: int, female: int, month: YM) -> bool:
    return month > sixtieth(person, male if person.sex == "男" else female)
