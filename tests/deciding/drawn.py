"""Rosters that lie near boundaries: those that the oracles draw to be compared on.

Every comparison of tests/compared and of the test_oracle modules hands rosters to its programme. What is handed over is
listened to, so that no generator is written a second time.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple
from unittest.mock import patch

from sanchuang_cli import policy
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Programme
from sanchuang_cli.programmes.rate import PROGRAMME as RATING
from sanchuang_cli.programmes.rate.policy import RatePolicy, policy_columns
from sanchuang_cli.record import Field, Roster
from tests.compared import (
    checkups,
    development,
    fund,
    honors,
    pairing,
    pay,
    rate,
    secretaries,
    subsidies,
    visits,
)
from tests.programmes.appraise import test_oracle as appraise
from tests.programmes.budget import test_oracle as budget
from tests.programmes.catalogue import test_oracle as catalogue
from tests.programmes.dues import test_oracle as dues
from tests.programmes.graduates import test_oracle as graduates
from tests.programmes.pension import test_oracle as pension
from tests.programmes.ratings import ON, organisation
from tests.programmes.reviews import test_oracle as reviews
from tests.programmes.training import test_oracle as training

DRAWS, SEVERAL = 2, 1
"""How often each generator is asked, and how many rosters are kept apart."""


class Handed(NamedTuple):
    """What a comparison handed to its programme."""

    rosters: Rosters
    when: Occasion


def _rate(dice: Random, pack: str) -> object:
    models = {name or "rate": model for model, name in rate.PACKS.items()}
    return _by_indicators(dice, pack), rate.drawn(dice, 40, models.get(pack, "any"))


def _by_indicators(dice: Random, pack: str) -> object:
    """Organisations whose goods nobody scored: what they come to follows from the indicators, which are all filled in."""
    file = policy.load(RatePolicy, *policy.source("rate", pack))
    edition = file.editions[-1]
    columns = [
        one
        for one in policy_columns(edition)["organisations"]
        if not one.name.startswith(("评定分/", "自评分/"))
    ]
    types = [word for kind in edition.types for word in (kind.name, *kind.aliases)] or [None]
    rows = [
        organisation(number, more={one.name: _cell(one, dice) for one in columns}, type=dice.choice(types))
        for number in range(40)
    ]
    given = {"organisations": Roster(tuple(rows)), "previous": Roster[Any](())}
    return RATING.judge(given, file, Occasion(Period.year(ON.year), ON))


def _cell(field: Field, dice: Random) -> Any:
    """Something that may stand in a cell of a column, mostly what is good."""
    if field.kind is Kind.FLAG:
        return dice.random() < 0.8
    if field.kind in (Kind.SCORE, Kind.PERCENT):
        most = Fraction(field.maximum or 100)
        return most * dice.randrange(60, 101) / (100 if field.kind is Kind.SCORE else 100 * most)
    if field.kind is Kind.COUNT:
        return dice.randrange(4)
    return None if field.kind is Kind.DATE else ""


def _pension(dice: Random, pack: str) -> object:
    asked = pension.by_pack(pack, "6000") if pack in pension.PACKS else pension.by_default("6000", True)
    return pension.compared(dice.randrange(1000), *asked, 25)


def _secretaries(dice: Random, pack: str) -> object:
    return secretaries.terms(dice, 30), secretaries.meetings(dice, 10)


def _visits(dice: Random, pack: str) -> object:
    return visits.of_log(dice, 6, 30), visits.of_gifts(dice, 20)


def _appraise(dice: Random, pack: str) -> object:
    seed = dice.randrange(1000)
    return appraise.papers_compared(seed) if pack == "papers" else appraise.compared(seed, 8)


_GENERATORS: Mapping[str, Callable[[Random, str], object]] = {
    "rate": _rate,
    "subsidies": lambda dice, pack: subsidies.drawn(dice, 60, subsidies.PACKS.get(pack, subsidies.DEFAULT)),
    "pay": lambda dice, pack: pay.drawn(dice, 25, pay.PACKS.get(pack, pay.PACKS["pay"])()),
    "pension": _pension,
    "graduates": lambda dice, pack: graduates.compared(dice.randrange(1000)),
    "secretaries": _secretaries,
    "checkups": lambda dice, pack: checkups.drawn(dice, 40),
    "budget": lambda dice, pack: budget.compared(dice.randrange(1000)),
    "dues": lambda dice, pack: dues.compared(dice.randrange(1000)),
    "fund": lambda dice, pack: fund.drawn(dice, 20),
    "development": lambda dice, pack: development.compared(dice, 25),
    "pairing": lambda dice, pack: pairing.drawn(dice, 6, 4, every=True),
    "visits": _visits,
    "appraise": _appraise,
    "reviews": lambda dice, pack: reviews.compared(dice.randrange(1000)),
    "training": lambda dice, pack: training.compared(dice.randrange(1000)),
    "honors": lambda dice, pack: honors.drawn(dice, 30),
    "catalogue": lambda dice, pack: catalogue.apart(dice.randrange(1000)),
}


@contextmanager
def listening() -> Iterator[list[Handed]]:
    """All that programmes are asked to judge meanwhile."""
    heard: list[Handed] = []
    judge = Programme.judge

    def judged(self: Programme, rosters: Rosters, editions: PolicyFile[Any], when: Occasion) -> Any:
        heard.append(Handed(rosters, when))
        return judge(self, rosters, editions, when)

    with patch.object(Programme, "judge", judged):
        yield heard


def handed(programme: Programme, pack: str) -> list[Handed]:
    """What the oracle of a programme draws for a policy; of rosters that no other one serves, all rows in one."""
    with listening() as heard:
        for at in range(DRAWS):
            _GENERATORS[programme.name](Random(f"{programme.name} {pack} {at}"), pack)
    alone = [
        one
        for one in heard
        if not any(one.rosters[name].records for name in one.rosters.keys() - programme.mains)
    ]
    served = [one for one in heard if one not in alone]
    return [*served[:SEVERAL], *([_together(programme, alone)] if alone else [])]


def _together(programme: Programme, several: list[Handed]) -> Handed:
    rows = {
        name: Roster(tuple(record for one in several for record in one.rosters[name].records))
        for name in programme.mains
    }
    return several[-1]._replace(rosters={**several[-1].rosters, **rows})
