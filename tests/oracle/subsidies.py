"""A second opinion on subsidies, from the documents alone: person by person, month by month, in plain Python.

Imports nothing from the package. Each document is written out again as code, figures and all; months are counted by
listing them. Simple on purpose; lists of months that many people share are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from itertools import product
from typing import Any, NamedTuple

YM = tuple[int, int]


class Stay(NamedTuple):
    """A spell of service. A month of 0 means that only the year is known; no end means still serving."""

    start: YM
    end: YM | None
    post: str


@dataclass(frozen=True)
class Person:
    """unread: headings of the columns whose cell says something that nobody can read; what it might say stays blank.
    left, years: 离任日期 and 任职年限 as they are stated beside the spells."""

    born: date
    sex: str
    stays: tuple[Stay, ...] = ()
    post: str = ""
    reason: str = ""
    penalty: str = ""
    penalty_on: YM | None = None
    sentence: str = ""
    sentence_on: YM | None = None
    employed: bool | None = None
    employed_on: YM | None = None
    household: str = ""
    moved_on: YM | None = None
    rural: str = ""
    died_on: YM | None = None
    hardship: bool | None = None
    ledger_on: YM | None = None
    joined: date | None = None
    veteran: bool | None = None
    retired: bool | None = None
    local: int | None = None
    pension: int | None = None
    breach: bool | None = None
    suspended_from: YM | None = None
    suspended_to: YM | None = None
    approved_on: YM | None = None
    left: YM | None = None
    years: int | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


class Aside(Exception):
    """Nobody can tell: the row is set aside."""


RANKS = {"书记": 0, "村支书": 0, "大队书记": 0, "主任": 1, "村长": 1, "会计": 2, "文书": 2}
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


def after(ym: YM) -> YM:
    return (ym[0] + 1, 1) if ym[1] == 12 else (ym[0], ym[1] + 1)


@cache
def months_from_to(start: YM, end: YM) -> tuple[YM, ...]:
    found = []
    while start <= end:
        found.append(start)
        start = after(start)
    return tuple(found)


def months_served(person: Person, posts: frozenset[str]) -> frozenset[YM]:
    return months_of(person.stays, posts)


@lru_cache(maxsize=2048)
def months_of(stays: tuple[Stay, ...], posts: frozenset[str]) -> frozenset[YM]:
    return frozenset(m for s in stays if s.post in posts and s.end for m in months_from_to(s.start, s.end))


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


def last_posts(person: Person, posts: frozenset[str]) -> set[str]:
    counted = [s for s in person.stays if s.post in posts and s.end]
    latest = max(s.end for s in counted if s.end)
    return {s.post for s in counted if s.end == latest}


def serving(person: Person, posts: frozenset[str]) -> bool:
    return any(s.post in posts and s.end is None for s in person.stays)


def stopped(event: YM | None, month: YM) -> bool:
    """The month of the event is still paid."""
    return event is not None and month > event


SERVICE = ("任职经历", "离任职务", "村", "离任日期")
ALIVE = ("健在情况", "死亡日期", "审批日期")
PAUSE = ("暂停起", "暂停止")
PENALTY, SENTENCE = ("处分情况", "处分日期"), ("刑罚情况", "判决日期")
HIRED, MOVED = ("财政供养", "录用日期"), ("户籍状况", "户籍迁出日期")


def legible(person: Person, *columns: str) -> None:
    """All that is looked at must be legible: else nobody is paid on the strength of it."""
    if person.unread.intersection(columns):
        raise Aside


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


def monthly_part(yearly: Fraction, month: int) -> Fraction:
    """Yuan of one month of a yearly amount, in whole fen."""
    fen = yearly * 100
    return Fraction(fen * month // 12 - fen * (month - 1) // 12, 100)


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


def jurong(person: Person, month: YM) -> Fraction:
    served = plain_cadre(person, month, THREE)
    if not served or not by_age(person, 60, 55, month):
        return Fraction(0)
    rank = min(RANKS[p] for p in last_posts(person, THREE))
    years = len(served) // 12
    row = (485, 465, 445) if 10 <= years < 15 else (505, 485, 465) if 15 <= years < 20 else (525, 505, 485)
    return Fraction(row[rank] if years >= 10 else 0)


def per_term(person: Person, month: YM) -> Fraction:
    if person.stays and person.reason not in REASONS:
        raise Aside
    served = plain_cadre(person, month, THREE, "离任原因", *HIRED, *MOVED)
    gone = REASONS.get(person.reason) in ("removed", "quit", "hired", "recalled")
    gone = gone or bool(
        person.employed and (person.employed_on is None or stopped(person.employed_on, month))
    )
    gone = gone or (person.household == "迁出" and person.moved_on is None) or stopped(person.moved_on, month)
    if not served or gone or not by_age(person, 60, 55, month):
        return Fraction(0)
    best = min(RANKS[s.post] for s in person.stays if s.post in RANKS)
    return Fraction((20, 15, 10)[best] * (len(served) // 12 // 3))


def either_or(person: Person, month: YM, base: int) -> Fraction:
    if person.stays and person.reason not in REASONS:
        raise Aside
    served = plain_cadre(person, month, CHIEFS, "离任原因")
    if not served or REASONS.get(person.reason) or not by_age(person, 60, 55, month):
        return Fraction(0)
    years, in_one_go = len(served) / 12, longest(served) / 12
    percent = next((p for p, one, all_ in WAYS if in_one_go >= one or years >= all_), 0)
    if min(RANKS[post] for post in last_posts(person, CHIEFS)) == 1:
        percent = percent * 8 // 10
    return Fraction(base * percent, 100)


WAYS = ((30, 18, 27), (20, 12, 18), (10, 6, 9))
"""Per cent of a secretary's pay, for so many years in one go, or so many in all."""


def taihu(person: Person, month: YM) -> Fraction:
    if person.stays and person.reason not in REASONS:
        raise Aside
    served = plain_cadre(person, month, THREE, "离任原因")
    if not served or REASONS.get(person.reason) or not by_age(person, 60, 55, month):
        return Fraction(0)
    return Fraction(30 * -(-len(served) // 36))


def anlong(person: Person, month: YM) -> Fraction:
    if person.stays and (
        person.reason not in REASONS or (person.penalty and person.penalty not in PENALTIES)
    ):
        raise Aside
    served = plain_cadre(person, month, BOTH, "离任原因", *PENALTY, "刑罚情况", "违反计划生育")
    bad = REASONS.get(person.reason) == "recalled" or bool(person.sentence) or bool(person.breach)
    bad = bad or bool(person.penalty and (person.penalty_on is None or stopped(person.penalty_on, month)))
    old = (person.born.year + 60, person.born.month, person.born.day) <= (2008, 12, 31)
    if not served or bad or not old or max(served) > (2008, 12):
        return Fraction(0)
    legible(person, "鳏寡孤独")
    years = len(served) // 12
    steps = [(30, 1500), (25, 1200), (20, 1000), (15, 800), (10, 700), (9, 80), (6, 65), (3, 50)]
    yearly = next((sum_ for least, sum_ in steps if years >= least), 0)
    if yearly and person.extra.get("鳏寡孤独"):
        yearly += 50
    return monthly_part(Fraction(yearly), month[1])


def street(person: Person, month: YM) -> Fraction:
    served = plain_cadre(person, month, BOTH)
    if not served or not by_age(person, 60, 55, month):
        return Fraction(0)
    chief, any_ = len(months_served(person, CHIEFS)) // 12, len(served) // 12
    first = next((s for least, s in [(20, 120), (15, 100), (10, 80), (6, 60), (3, 40)] if chief >= least), 0)
    second = next((s for least, s in [(20, 60), (10, 40)] if any_ >= least), 0)
    return Fraction(max(first, second))


def town(person: Person, month: YM, one_off: int) -> Fraction:
    if person.stays and (
        person.reason not in REASONS or (person.penalty and person.penalty not in PENALTIES)
    ):
        raise Aside
    if person.stays and person.sentence and person.sentence not in SENTENCES:
        raise Aside

    def owed(at: YM) -> Fraction | None:
        served = plain_cadre(person, at, CHIEFS, "离任原因", *PENALTY, *SENTENCE)
        bad = REASONS.get(person.reason) in ("removed", "quit", "recalled")
        bad = bad or bool(person.penalty and (person.penalty_on is None or stopped(person.penalty_on, at)))
        if person.sentence and SENTENCES[person.sentence]:
            bad = bad or person.sentence_on is None or stopped(person.sentence_on, at)
        if not served or bad or not by_age(person, 55, 55, at):
            return None
        years = longest(served) // 12
        rates = [(30, 60), (25, 50), (20, 40), (15, 30), (10, 20)]
        return Fraction(next((s for least, s in rates if years >= least), -1 if years >= 5 else 0))

    now = owed(month)
    if now is None or now >= 0:
        return now or Fraction(0)
    earlier = any(owed(at) == -1 for at in months_from_to((2012, 5), month) if at != month)
    return Fraction(0 if earlier else one_off)


def topup(person: Person, month: YM) -> Fraction:
    served = plain_cadre(person, month, CHIEFS)
    if not served or not by_age(person, 60, 55, month):
        return Fraction(0)
    legible(person, "已领养老金")
    years = len(served) // 12
    yearly = 0 if years < 10 else 400 if years < 15 else 600 if years < 20 else 800
    return monthly_part(max(Fraction(0), Fraction(yearly) - (person.pension or 0)), month[1])


def base_percent(person: Person, month: YM, base: int) -> Fraction:
    served = plain_cadre(person, month, BOTH, "任职通知")
    if not served or not by_age(person, 60, 55, month) or person.extra.get("任职通知") is False:
        return Fraction(0)
    legible(person, "处分情况", "省部级表彰", "厅级表彰", "县级表彰", "乡级表彰")
    chief = bool(last_posts(person, BOTH) & CHIEFS)
    years = len(served) // 12
    table = [(41, 60, 55), (36, 55, 50), (31, 50, 45), (26, 45, 40), (21, 35, 30), (16, 25, 20)]
    percent = next(((a if chief else b) for least, a, b in table if years >= least), None)
    raise_ = max(
        10 if (person.extra.get("省部级表彰") or 0) >= 1 else 0,
        5 if (person.extra.get("厅级表彰") or 0) >= 1 else 0,
        3 if (person.extra.get("县级表彰") or 0) >= 5 else 0,
        2 if (person.extra.get("乡级表彰") or 0) >= 10 else 0,
    )
    raised = Fraction(base) * (100 + raise_) / 100
    if percent is not None:
        return monthly_part(raised * percent * years / 100, month[1])
    if years < 6 or person.penalty:
        return Fraction(0)
    left, old = max(served), sixtieth(person, 60 if person.sex == "男" else 55)
    first = max((2012, 1), after(left), after(old), person.approved_on or (0, 1))
    return raised * (5 if chief else 4) * years / 100 if month == first else Fraction(0)


def readings(person: Person) -> Iterable[Person]:
    """Every month that a year could stand for."""
    if all(stay.start[1] and (stay.end is None or stay.end[1]) for stay in person.stays):
        return [person]
    choices = []
    for stay in person.stays:
        starts = [stay.start] if stay.start[1] else [(stay.start[0], m) for m in range(1, 13)]
        ends = [stay.end] if stay.end is None or stay.end[1] else [(stay.end[0], m) for m in range(1, 13)]
        choices.append([stay._replace(start=s, end=e) for s in starts for e in ends])
    return (replace(person, stays=stays) for stays in product(*choices))
