"""`secretaries` against an oracle written from the words of the rules, which shares no code with it."""

from datetime import date
from random import Random
from typing import Any

import pytest

from tests.compared import secretaries as compared
from tests.compared.result import Compared
from tests.counts import FULL
from tests.oracle import secretaries as oracle

COUNT = 100_000 if FULL else 2_000
BATCH = 400


@pytest.mark.parametrize("drawn", [compared.terms, compared.meetings], ids=("terms", "votes"))
def test_terms_and_votes_are_those_of_the_oracle(drawn: Any) -> None:
    total = sum((drawn(Random(seed), BATCH) for seed in range(COUNT // BATCH)), Compared())
    assert (total.counted, total.apart) == (COUNT, 0), total.first
    assert total.paid > COUNT / 10, (
        "too little is proposed, or too few are elected, for the comparison to say much"
    )


@pytest.mark.parametrize(
    ("name", "other", "drawn"),
    [
        ("FIVE_YEARS", date(2018, 7, 13), compared.terms),
        ("FOUR_FIFTHS", date(2020, 7, 14), compared.meetings),
    ],
)
def test_the_comparison_sees_another_rule(
    name: str, other: date, drawn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, name, other)
    assert sum((drawn(Random(seed), 200) for seed in range(3)), Compared()).apart
