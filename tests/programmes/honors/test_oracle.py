"""`honors` against an oracle that shares no code with it: the part of every row, the places of every township, and shares."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.compared.honors import drawn
from tests.compared.result import Compared
from tests.counts import FULL
from tests.oracle import honors as oracle

COUNTIES, ROWS = (1_700, 60) if FULL else (40, 60)


def test_an_independent_oracle_agrees_on_every_row_under_any_policy() -> None:
    total = sum((drawn(Random(seed), ROWS) for seed in range(COUNTIES)), Compared())
    assert total.apart == 0, total.first
    assert total.counted == COUNTIES * ROWS
    assert total.paid > total.counted / 10, "too few are proposed for the comparison to say much"


def other_structure(county: oracle.County) -> oracle.County:
    honours = [replace(one, leaders=(one.leaders or Fraction(1)) / 2) for one in county.honours[:2]]
    return replace(county, honours=(*honours, county.honours[2]))


@pytest.mark.parametrize(
    "other",
    [
        lambda county: replace(
            county, towns=((county.towns[0][0] + 30, county.towns[0][1]), *county.towns[1:])
        ),
        lambda county: replace(county, candidates=county.candidates + Fraction(1, 5)),
        lambda county: replace(county, tie="order" if county.tie == "ask" else "ask"),
        other_structure,
    ],
    ids=("base", "candidates", "tie", "structure"),
)
def test_the_comparison_sees_another_rule(other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    opinion = oracle.opinion
    monkeypatch.setattr(oracle, "opinion", lambda county, rows: opinion(other(county), rows))
    assert sum((drawn(Random(seed), 60) for seed in range(30)), Compared()).apart > 0
