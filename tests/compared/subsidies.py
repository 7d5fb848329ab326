"""`subsidies` beside its oracle: the same people judged by both, month by month and to the fen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from sanchuang_cli.period import Period, Spell, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.programmes.subsidies.records import Member
from tests.compared.result import Compared
from tests.oracle import people as generator
from tests.oracle import subsidies as oracle
from tests.oracle.subsidies import YM, Aside, Person
from tests.programmes.people import CADRE, changed, member, policies, run

Owed = dict[tuple[str, YM], Fraction]
Opinion = Callable[[Person, YM], dict[str, Fraction]]

_DATES = (
    *("penalty_on", "sentence_on", "employed_on", "moved_on", "died_on", "ledger_on"),
    *("suspended_from", "suspended_to", "approved_on"),
)
_OTHERS = (
    *("post", "reason", "penalty", "sentence", "employed", "household", "rural", "hardship", "veteran"),
    *("retired", "breach"),
)
_BIRTHDAY = 499
"""So many identity numbers of one birthday and sex are told apart."""


@dataclass(frozen=True)
class Document:
    """A policy as both know it, and the periods that are tried."""

    periods: Sequence[str]
    policy: Callable[[], PolicyFile[Subsidies]]
    opinion: Opinion


def filled(pack: str, yuan: int) -> PolicyFile[Subsidies]:
    """A pack with the figure that the county has to fill in."""
    return changed(
        lambda e: e["base"][0].update(values=[{"effective": e["effective"], "amount": yuan}]), pack
    )


def only_cadre(of: Callable[[Person, YM], Fraction]) -> Opinion:
    return lambda who, month: {CADRE: of(who, month)}


DEFAULT = Document(
    ("2012Q1", "2012-06", "2012H2", "2022Q3", "2024Q4", "2025Q1", "2026Q2", "2026"), policies, oracle.default
)
PACKS = {
    "jurong-2018": Document(
        ("2018Q3", "2019", "2026Q2"), lambda: policies("jurong-2018"), only_cadre(oracle.jurong)
    ),
    "per-term": Document(("2012Q2", "2019"), lambda: policies("per-term"), only_cadre(oracle.per_term)),
    "anlong-2009": Document(("2009", "2010-12"), lambda: policies("anlong-2009"), only_cadre(oracle.anlong)),
    "street-2008": Document(("2008", "2012Q2"), lambda: policies("street-2008"), only_cadre(oracle.street)),
    "town-2012": Document(
        ("2012-05", "2012Q3", "2013"),
        cache(lambda: filled("town-2012", 800)),
        only_cadre(lambda who, month: oracle.town(who, month, 800)),
    ),
    "city-topup": Document(("2013", "2019Q1"), lambda: policies("city-topup"), only_cadre(oracle.topup)),
    "base-percent": Document(
        ("2012", "2013Q3"),
        cache(lambda: filled("base-percent", 1000)),
        only_cadre(lambda who, month: oracle.base_percent(who, month, 1000)),
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
        **fields,
    )
    spells = tuple(Spell(VagueDate.within(*s.start), _vague(s.end), s.post) for s in who.stays)
    return record.model_copy(update={"spells": spells})


def _vague(when: YM | None) -> VagueDate | None:
    return VagueDate.within(*when) if when else None


def second_opinion(who: Person, months: Sequence[YM], opinion: Opinion) -> Owed | None:
    """What is owed in the months, None when nobody can tell: by every month that a vague year could be."""
    outcomes: list[Owed] = []
    for reading in oracle.readings(who):
        try:
            owed = {(b, m): yuan for m in months for b, yuan in opinion(reading, m).items() if yuan}
        except Aside:
            return None
        if owed not in outcomes:
            outcomes.append(owed)
    return outcomes[0] if len(outcomes) == 1 else None


def compared(people: Sequence[Person], period: str, document: Document) -> Compared:
    """Both opinions on everybody, but for those few who would have another's identity number."""
    months: list[YM] = [(m.year, m.month) for m in Period.parse(period).each_month()]
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
        expected, owed = second_opinion(who, months, document.opinion), found.get(identity)
        total += Compared(1) if owed == expected else _apart(who, period, owed, expected)
    return total


def _apart(who: Person, period: str, owed: Owed | None, expected: Owed | None) -> Compared:
    """Being set aside counts as being paid nothing, where the difference is told in fen."""
    fen = abs(sum((owed or {}).values()) - sum((expected or {}).values())) * 100
    return Compared(1, 0, 1, int(fen), f"{period}: {who}\n  product: {owed}\n  oracle:  {expected}")


def drawn(dice: Random, count: int, document: Document) -> Compared:
    """So many random people in one of the document's periods."""
    period = dice.choice(document.periods)
    return compared([generator.person(dice, int(period[:4])) for _ in range(count)], period, document)
