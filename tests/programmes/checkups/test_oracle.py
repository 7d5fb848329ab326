"""`checkups` against an oracle that shares no code with it: the part, the money and the warnings of every row."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.compared.checkups import drawn
from tests.compared.result import Compared
from tests.counts import FULL
from tests.oracle import checkups as oracle

ROSTERS = 200 if FULL else 8
ROWS = 200


def test_an_independent_oracle_agrees_on_every_row_under_any_policy() -> None:
    total = Compared()
    for seed in range(ROSTERS):
        total += drawn(Random(seed), ROWS)
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.paid > total.counted / 10, "too few are paid for the comparison to say much"


@pytest.mark.parametrize(
    "other",
    [
        lambda rules: replace(rules, interval=rules.interval + 1),
        lambda rules: replace(rules, caps={sex: fen + 1 for sex, fen in rules.caps.items()}),
        lambda rules: replace(rules, payers=(*rules.payers[1:], rules.payers[0])),
    ],
    ids=("interval", "cap", "order of payers"),
)
def test_the_comparison_sees_another_rule(other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    judged = oracle.judged
    monkeypatch.setattr(oracle, "judged", lambda rows, rules, known: judged(rows, other(rules), known))
    found = sum((drawn(Random(seed), ROWS) for seed in range(4)), Compared())
    assert found.apart > 0
