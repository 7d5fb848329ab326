"""What a row says of a person, as the oracles of subsidies read it; months are counted by listing them."""

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


def after(ym: YM) -> YM:
    return (ym[0] + 1, 1) if ym[1] == 12 else (ym[0], ym[1] + 1)


@cache
def months_from_to(start: YM, end: YM) -> tuple[YM, ...]:
    found = []
    while start <= end:
        found.append(start)
        start = after(start)
    return tuple(found)


@lru_cache(maxsize=2048)
def months_of(stays: tuple[Stay, ...], posts: frozenset[str]) -> frozenset[YM]:
    return frozenset(m for s in stays if s.post in posts and s.end for m in months_from_to(s.start, s.end))


def last_posts(person: Person, posts: frozenset[str]) -> set[str]:
    counted = [s for s in person.stays if s.post in posts and s.end]
    latest = max(s.end for s in counted if s.end)
    return {s.post for s in counted if s.end == latest}


def serving(person: Person, posts: frozenset[str]) -> bool:
    return any(s.post in posts and s.end is None for s in person.stays)


SERVICE = ("任职经历", "离任职务", "村", "离任日期")

ALIVE = ("健在情况", "死亡日期", "审批日期")

PAUSE = ("暂停起", "暂停止")


def legible(person: Person, *columns: str) -> None:
    """All that is looked at must be legible: else nobody is paid on the strength of it."""
    if person.unread.intersection(columns):
        raise Aside


def monthly_part(yearly: Fraction, month: int) -> Fraction:
    """Yuan of one month of a yearly amount, in whole fen."""
    fen = yearly * 100
    return Fraction(fen * month // 12 - fen * (month - 1) // 12, 100)


def readings(person: Person) -> Iterable[Person]:
    """Every month that a year could stand for; a spell ends no earlier than it begins, unless it is written so."""
    if all(stay.start[1] and (stay.end is None or stay.end[1]) for stay in person.stays):
        return [person]
    choices = []
    for stay in person.stays:
        starts = [stay.start] if stay.start[1] else [(stay.start[0], m) for m in range(1, 13)]
        ends = [stay.end] if stay.end is None or stay.end[1] else [(stay.end[0], m) for m in range(1, 13)]
        every = [stay._replace(start=s, end=e) for s in starts for e in ends]
        choices.append([one for one in every if one.end is None or one.start <= one.end] or every)
    return (replace(person, stays=stays) for stays in product(*choices))
