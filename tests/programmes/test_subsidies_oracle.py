"""The rules against a second opinion that shares no code with them: to the fen, on random people."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from msgspec import structs

from sanchuang_cli.period import Month, Period, Spell, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.programmes.subsidies.records import Member
from tests.counts import FULL
from tests.oracle import subsidies as oracle
from tests.oracle.subsidies import YM, Aside, Person, Stay

from .people import CADRE, changed, member, policies, run

PEOPLE = 100_000 if FULL else 1_500
PEOPLE_A_PACK = 2_000 if FULL else 150
BOOK = 10_000
"""So many people at a time."""

Owed = dict[tuple[str, YM], Fraction]
Opinion = Callable[[Person, YM], dict[str, Fraction]]


def ym(dice: random.Random, first: int, last: int) -> YM:
    return dice.randint(first, last), dice.randint(1, 12)


def maybe(dice: random.Random, chance: float, first: int, last: int) -> YM | None:
    return ym(dice, first, last) if dice.random() < chance else None


def stays(dice: random.Random) -> tuple[Stay, ...]:
    """Spells that overlap, touch or leave gaps; now and then one of which only the years are known."""
    found: list[Stay] = []
    start = Month(*ym(dice, 1960, 1990))
    posts = [*oracle.RANKS, "副书记", "妇女主任", "民兵连长", "村民小组长"]
    for _ in range(dice.choice([0, 1, 1, 1, 2, 2, 3])):
        end = start.plus(dice.choice([5, 23, 35, 71, 107, 119, 179, 239]) + dice.randint(-2, 60))
        stay = Stay((start.year, start.month), (end.year, end.month), dice.choice(posts))
        if dice.random() < 0.06 and not any(s.start[1] == 0 for s in found):
            stay = Stay((start.year, 0), (end.year, 0), stay.post)
        elif dice.random() < 0.03:
            stay = Stay(stay.start, None, stay.post)
        found.append(stay)
        start = end.plus(dice.choice([1, 1, 0, -12, 2, 30]))
    return tuple(found)


def person(dice: random.Random, until: int) -> Person:
    """Somebody for whom events fall near the months in question, up to the year `until`."""
    first = until - 4
    rare = dice.random
    return Person(
        born=date(1935, 1, 1) + timedelta(days=dice.randint(0, 33 * 365)),
        sex=dice.choice("男男女"),
        stays=stays(dice),
        post=dice.choice(["", "", "", "书记"]),
        reason=dice.choice(
            ["", "", "换届落选", "到龄离任", "免职", "擅自离职", "录用公职", "罢免"] if rare() < 0.4 else [""]
        ),
        penalty=dice.choice(["", "警告", "留党察看", "开除党籍"] if rare() < 0.15 else [""]),
        penalty_on=maybe(dice, 0.5, first, until),
        sentence=dice.choice(["", "罚金", "拘役", "有期徒刑"] if rare() < 0.1 else [""]),
        sentence_on=maybe(dice, 0.5, first, until),
        employed=dice.choice([None, False, True] if rare() < 0.2 else [None]),
        employed_on=maybe(dice, 0.4, first, until),
        household="迁出" if rare() < 0.04 else "",
        moved_on=maybe(dice, 0.04, first, until),
        rural=dice.choice(["", "农村", "城镇"]),
        died_on=maybe(dice, 0.08, first, until),
        hardship=dice.choice([None, None, False, True]),
        ledger_on=maybe(dice, 0.2, first, until),
        joined=date(1935, 1, 1) + timedelta(days=dice.randint(0, 5480)) if rare() < 0.1 else None,
        veteran=dice.choice([None, None, False, True]),
        retired=True if rare() < 0.1 else None,
        local=dice.choice([None, None, 30, 300, 800]),
        pension=dice.choice([None, 0, 350, 600, 900]),
        breach=True if rare() < 0.05 else None,
        suspended_from=maybe(dice, 0.05, first, until),
        suspended_to=maybe(dice, 0.03, until - 1, until + 1),
        approved_on=maybe(dice, 0.3, first, until),
        extra={
            "鳏寡孤独": dice.choice([None, False, True]),
            "任职通知": dice.choice([None, True, True, False]),
            "省部级表彰": dice.choice([None, 0, 0, 1]),
            "厅级表彰": dice.choice([None, 0, 2]),
            "县级表彰": dice.choice([None, 4, 5]),
            "乡级表彰": dice.choice([None, 9, 10]),
        },
    )


def vague(when: YM | None) -> VagueDate | None:
    return VagueDate.within(*when) if when else None


def as_member(who: Person, number: int) -> Member:
    dates = (
        "penalty_on",
        "sentence_on",
        "employed_on",
        "moved_on",
        "died_on",
        "ledger_on",
        "suspended_from",
        "suspended_to",
        "approved_on",
    )
    texts = (
        "post",
        "reason",
        "penalty",
        "sentence",
        "employed",
        "household",
        "rural",
        "hardship",
        "veteran",
        "retired",
        "breach",
    )
    spells = tuple(Spell(VagueDate.within(*s.start), vague(s.end), s.post) for s in who.stays)
    fields: dict[str, Any] = {name: getattr(who, name) for name in texts}
    fields |= {name: vague(getattr(who, name)) for name in dates}
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
    return structs.replace(record, spells=spells)


def second_opinion(who: Person, months: list[YM], opinion: Opinion) -> Owed | None:
    """What is owed in the months, None when nobody can tell: by every month that a vague year could be."""
    outcomes = []
    for reading in oracle.readings(who):
        try:
            owed = {(b, m): yuan for m in months for b, yuan in opinion(reading, m).items() if yuan}
        except Aside:
            return None
        if owed not in outcomes:
            outcomes.append(owed)
    return outcomes[0] if len(outcomes) == 1 else None


def compare(people: list[Person], period: str, policy: PolicyFile[Subsidies], opinion: Opinion) -> int:
    """Both opinions on everybody; returns how many are paid."""
    months: list[YM] = [(m.year, m.month) for m in Period.parse(period).each_month()]
    # A number for each in a birthday keeps identity numbers apart.
    members = [as_member(who, i % 499) for i, who in enumerate(people)]
    taken: dict[str, int] = {}
    for i, record in enumerate(members):
        taken.setdefault(record.identity, i)
    chosen = sorted(taken.values())
    result = run(*(members[i] for i in chosen), period=period, policy=policy)
    paid = {
        decision.record.identity: {
            (p.benefit, (p.month // 12, p.month % 12 + 1)): Fraction(p.fen, 100) for p in decision.payments
        }
        for decision in result.paid
    }
    unpaid = {decision.record.identity for decision in result.refused}
    for i in chosen:
        expected = second_opinion(people[i], months, opinion)
        identity = members[i].identity
        if expected is None:
            assert identity not in paid and identity not in unpaid, (period, people[i], paid.get(identity))
        else:
            assert paid.get(identity, {}) == expected, (period, people[i])
    assert result.fen == sum(sum(owed.values()) for owed in paid.values()) * 100
    return len(paid)


def test_the_default_policy_agrees_with_the_oracle() -> None:
    dice = random.Random(20120602)
    paid = done = 0
    while done < PEOPLE:
        period = dice.choice(["2012Q1", "2012-06", "2012H2", "2022Q3", "2024Q4", "2025Q1", "2026Q2", "2026"])
        count = min(BOOK if FULL else 300, PEOPLE - done)
        people = [person(dice, int(period[:4])) for _ in range(count)]
        paid += compare(people, period, policies(), oracle.default)
        done += count
    assert paid > PEOPLE / 20, "too few are paid for the comparison to say much"


def filled(pack: str, yuan: int) -> PolicyFile[Subsidies]:
    """A pack with the figure that the county has to fill in."""
    return changed(
        lambda e: e["base"][0].update(values=[{"effective": e["effective"], "amount": yuan}]), pack
    )


def only_cadre(of: Callable[[Person, YM], Fraction]) -> Opinion:
    return lambda who, month: {CADRE: of(who, month)}


PACKS: dict[str, tuple[list[str], Callable[[], PolicyFile[Subsidies]], Opinion]] = {
    "jurong-2018": (["2018Q3", "2019", "2026Q2"], lambda: policies("jurong-2018"), only_cadre(oracle.jurong)),
    "per-term": (["2012Q2", "2019"], lambda: policies("per-term"), only_cadre(oracle.per_term)),
    "anlong-2009": (["2009", "2010-12"], lambda: policies("anlong-2009"), only_cadre(oracle.anlong)),
    "street-2008": (["2008", "2012Q2"], lambda: policies("street-2008"), only_cadre(oracle.street)),
    "town-2012": (
        ["2012-05", "2012Q3", "2013"],
        lambda: filled("town-2012", 800),
        only_cadre(lambda who, month: oracle.town(who, month, 800)),
    ),
    "city-topup": (["2013", "2019Q1"], lambda: policies("city-topup"), only_cadre(oracle.topup)),
    "base-percent": (
        ["2012", "2013Q3"],
        lambda: filled("base-percent", 1000),
        only_cadre(lambda who, month: oracle.base_percent(who, month, 1000)),
    ),
}


@pytest.mark.parametrize("pack", PACKS)
def test_each_pack_agrees_with_the_oracle(pack: str) -> None:
    periods, policy, opinion = PACKS[pack]
    dice = random.Random(pack)
    for period in periods:
        people = [person(dice, int(period[:4])) for _ in range(PEOPLE_A_PACK // len(periods) + 1)]
        assert compare(people, period, policy(), opinion)
