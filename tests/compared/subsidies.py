"""`subsidies` beside its oracle: the same people judged by both, month by month and to the fen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil
from random import Random
from typing import Any

from msgspec import structs

from sanchuang_cli.domain.people import Member
from sanchuang_cli.period import Period, Spell, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from tests.compared.result import Compared
from tests.oracle import contradictions, packs
from tests.oracle import people as generator
from tests.oracle import subsidies as oracle
from tests.oracle.persons import RANKS, YM, Aside, Person, readings
from tests.programmes.people import (
    CADRE,
    filled,
    member,
    policies,
    run,
    spoilt,
)

Owed = dict[tuple[str, YM], Fraction]

Opinion = Callable[[Person, YM], dict[str, Fraction]]

_DATES = (
    *("penalty_on", "sentence_on", "employed_on", "moved_on", "died_on", "ledger_on"),
    *("suspended_from", "suspended_to", "approved_on", "left"),
)

_OTHERS = (
    *("post", "reason", "penalty", "sentence", "employed", "household", "rural", "hardship", "veteran"),
    *("retired", "breach"),
)

_BIRTHDAY = 499
"""So many identity numbers of one birthday and sex are told apart."""


@dataclass(frozen=True)
class Document:
    """A policy as both know it, and the periods that are tried. reach: months before a period that it can make good.
    rank: of a post. by_household: whether it looks at 户籍状况."""

    periods: Sequence[str]
    policy: Callable[[], PolicyFile[Subsidies]]
    opinion: Opinion
    reach: int = 0
    rank: contradictions.Rank = RANKS.get
    by_household: bool = True


def _chief_or_deputy(post: str) -> int | None:
    return 0 if post in oracle.CHIEFS else 1 if post in oracle.DEPUTIES else None


def _secretary_or_director(post: str) -> int | None:
    return {0: 0, 1: 1}.get(RANKS.get(post, 9))


def _any(post: str) -> int | None:
    return 0 if post in oracle.BOTH else None


def _chief(post: str) -> int | None:
    return 0 if post in oracle.CHIEFS else None


def only_cadre(of: Callable[[Person, YM], Fraction]) -> Opinion:
    return lambda who, month: {CADRE: of(who, month)}


DEFAULT = Document(
    ("2012Q1", "2012-06", "2012H2", "2022Q3", "2024Q4", "2025Q1", "2026Q2", "2026"), policies, oracle.default
)

PACKS = {
    "jurong-2018": Document(
        ("2018Q3", "2019", "2026Q2"), lambda: policies("jurong-2018"), only_cadre(packs.jurong)
    ),
    "per-term": Document(("2012Q2", "2019"), lambda: policies("per-term"), only_cadre(packs.per_term)),
    "either-or-2020": Document(
        ("2020H1", "2021-03", "2022"),
        cache(lambda: filled("either-or-2020", 3001)),
        only_cadre(lambda who, month: packs.either_or(who, month, 3001)),
        rank=_secretary_or_director,
    ),
    "taihu-2017": Document(
        ("2017", "2018Q2", "2026-06"), lambda: policies("taihu-2017"), only_cadre(packs.taihu)
    ),
    "anlong-2009": Document(
        ("2009", "2010-12"), lambda: policies("anlong-2009"), only_cadre(packs.anlong), rank=_any
    ),
    "street-2008": Document(
        ("2008", "2012Q2"), lambda: policies("street-2008"), only_cadre(packs.street), rank=_chief_or_deputy
    ),
    "town-2012": Document(
        ("2012-05", "2012Q3", "2013"),
        cache(lambda: filled("town-2012", 800)),
        only_cadre(lambda who, month: packs.town(who, month, 800)),
        rank=_chief,
    ),
    "city-topup": Document(
        ("2013", "2019Q1"), lambda: policies("city-topup"), only_cadre(packs.topup), rank=_chief
    ),
    "base-percent": Document(
        ("2012", "2013Q3"),
        cache(lambda: filled("base-percent", 1000)),
        only_cadre(lambda who, month: packs.base_percent(who, month, 1000)),
        rank=_chief_or_deputy,
    ),
}


def as_member(who: Person, number: int) -> Member:
    """The oracle's person as the product reads one."""
    fields: dict[str, Any] = {name: getattr(who, name) for name in _OTHERS}
    fields |= {name: _vague(getattr(who, name)) for name in _DATES}
    record = member(
        number,
        born=who.born.isoformat(),
        sex=who.sex,
        more=dict(who.extra),
        joined=VagueDate.on(who.joined) if who.joined else None,
        local=who.local * 100 if who.local is not None else None,
        pension=who.pension * 100 if who.pension is not None else None,
        years=f"{who.years}年" if who.years is not None else "",
        **fields,
    )
    spells = tuple(Spell(VagueDate.within(*s.start), _vague(s.end), s.post) for s in who.stays)
    return spoilt(structs.replace(record, spells=spells), *who.unread)


def _vague(when: YM | None) -> VagueDate | None:
    return VagueDate.within(*when) if when else None


def second_opinion(who: Person, months: Sequence[YM], document: Document) -> Owed | None:
    """What is owed in the months, None when nobody can tell: by every month that a vague year could be, and by every
    other reading of a row that contradicts itself."""
    outcomes = [_owed(reading, months, document) for reading in readings(who)]
    if any(outcome != outcomes[0] for outcome in outcomes):
        return None
    if outcomes[0] is not None:
        others = contradictions.others(
            who, months[document.reach], months[-1], document.rank, by_household=document.by_household
        )
        for other in others:
            if _owed(other, months, document) != outcomes[0]:
                return None
    return outcomes[0]


def _owed(who: Person, months: Sequence[YM], document: Document) -> Owed | None:
    try:
        return {(b, m): yuan for m in months for b, yuan in document.opinion(who, m).items() if yuan}
    except Aside:
        return None


def compared(people: Sequence[Person], period: str, document: Document) -> Compared:
    """Both opinions on everybody, but for those few who would have another's identity number."""
    months = months_of(period)
    months = [generator.later(months[0], -back) for back in range(document.reach, 0, -1)] + months
    members: dict[str, tuple[Person, Member]] = {}
    for i, who in enumerate(people):
        record = as_member(who, i % _BIRTHDAY)
        members.setdefault(record.identity, (who, record))
    result = run(*(record for _, record in members.values()), period=period, policy=document.policy())
    found: dict[str, Owed] = {decision.record.identity: {} for decision in result.judged}
    for decision in result.paid:
        found[decision.record.identity] = {
            (p.benefit, (p.month // 12, p.month % 12 + 1)): Fraction(p.fen, 100) for p in decision.payments
        }
    assert result.fen == sum(sum(owed.values()) for owed in found.values()) * 100
    total = Compared(paid=len(result.paid))
    for identity, (who, _) in members.items():
        expected, owed = second_opinion(who, months, document), found.get(identity)
        total += Compared(1) if owed == expected else apart(who, period, owed, expected)
    return total


def months_of(period: str) -> list[YM]:
    return [(month.year, month.month) for month in Period.parse(period).each_month()]


def apart(who: Person, period: str, owed: Owed | None, expected: Owed | None) -> Compared:
    """Being set aside counts as being paid nothing, where the difference is told in fen."""
    told, should = (sum((sums or {}).values(), Fraction(0)) for sums in (owed, expected))
    return Compared(
        1, 0, 1, ceil(abs(told - should) * 100), f"{period}: {who}\n  product: {owed}\n  oracle:  {expected}"
    )


def drawn(dice: Random, count: int, document: Document) -> Compared:
    """So many random people in one of the document's periods."""
    period = dice.choice(document.periods)
    return compared([generator.person(dice, int(period[:4])) for _ in range(count)], period, document)
