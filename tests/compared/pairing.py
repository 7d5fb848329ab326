"""`pairing` beside its oracle: counties drawn at random, of which both say who helps whom."""

from random import Random
from typing import Any

from tests.oracle import pairing as oracle
from tests.programmes.pairs import helper, member, name, number, outcome

TOWNS, VILLAGES = ("青禾镇", "望河乡", "白桦镇"), ("向阳村", "东湾村")
WEIGHTS = {"特困": 3, "困难": 2, "一般": 1}


def county(dice: Random, people: int, helpers: int) -> tuple[list[oracle.Needy], list[oracle.Aiding]]:
    """People and helpers of whom many are worth the same, some are related, and places may be too few."""
    related, kept, quotas = dice.choice((0.0, 0.1, 0.4)), dice.choice((0.0, 0.5, 0.9)), dice.random() < 0.7
    numbers = [number(500 + at) for at in range(helpers)]
    aiding = [
        oracle.Aiding(
            town=dice.choice((*TOWNS, "")),
            villages=frozenset(dice.sample((*VILLAGES, "望河乡东湾村"), dice.randrange(3))),
            name=name(500 + at),
            number=numbers[at],
            unit=dice.choice(("甲局", "乙局", "丙局")),
            leads=dice.random() < 0.4,
            quota=dice.choice((0, 1, 2, 3, people)) if quotas and dice.random() < 0.8 else None,
            house=dice.choice(("", "", "", "1", "2")) if related else "",
        )
        for at in range(helpers)
    ]
    needy = []
    for at in range(people):
        kin = [by for by in aiding if dice.random() < related / 3]
        named = [by for by in aiding if dice.random() < related / 6]
        needy.append(
            oracle.Needy(
                town=dice.choice(TOWNS),
                village=dice.choice(VILLAGES),
                name=name(dice.randrange(people)),
                number=number(at),
                weight=dice.choice((1, 2, 3)),
                house=dice.choice(("", "", "1", "2")) if related else "",
                kin=frozenset(by.number for by in kin),
                kin_names=frozenset(by.name for by in named),
                last=dice.choice(numbers) if dice.random() < kept else "",
            )
        )
    return needy, [_with_kin(dice, by, needy, related) for by in aiding]


def _with_kin(dice: Random, by: oracle.Aiding, people: list[oracle.Needy], related: float) -> oracle.Aiding:
    return by._replace(kin=frozenset(who.number for who in people if dice.random() < related / 6))


def records(people: list[oracle.Needy], helpers: list[oracle.Aiding]) -> tuple[list[Any], list[Any]]:
    """The rows of the rosters that say so."""
    words = {weight: word for word, weight in WEIGHTS.items()}
    members = [
        member(
            at, words[who.weight], township=who.town, village=who.village, name=who.name, identity=who.number,
            household=who.house, kin="、".join([*sorted(who.kin), *sorted(who.kin_names)]), last=who.last,
        )
        for at, who in enumerate(people)
    ]  # fmt: skip
    helping = [
        helper(
            at, by.leads, by.quota, township=by.town, village="、".join(sorted(by.villages)), name=by.name,
            identity=by.number, unit=by.unit, household=by.house, kin="、".join(sorted(by.kin)),
        )
        for at, by in enumerate(helpers)
    ]  # fmt: skip
    return members, helping


def drawn(dice: Random, people: int, helpers: int, *, every: bool) -> str:
    """What the two do not agree on; "" where they agree. every: by trying every list."""
    needy, aiding = oracle.in_order(*county(dice, people, helpers), TOWNS)
    worth, chosen = (oracle.best if every else oracle.first)(needy, aiding)
    members, helping = records(needy, aiding)
    dice.shuffle(members)
    dice.shuffle(helping)
    run = outcome(members, helping, towns=TOWNS)
    assert not run.tally.set_aside, [str(finding) for finding in run.findings][:2]
    page = next(table for table in run.tables if table.name == "结对帮扶一览表")
    theirs = {row[page.index("identity")]: row[page.index("helper_identity")] for row in page.rows}
    ours = {who.number: aiding[at].number for who, at in zip(needy, chosen, strict=True) if at is not None}
    return "" if ours == theirs else f"{needy} {aiding} {worth} {ours} {theirs}"
