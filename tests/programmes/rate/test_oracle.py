"""`rate` against an oracle that shares no code with it, on random counties under each model and random policies.

`make oracle` tries as many as it is told; here it is a few, and more with SANCHUANG_FULL=1.
"""

from random import Random

import pytest

from tests.compared.rate import PACKS, drawn
from tests.counts import FULL

COUNTY = 200
COUNTIES = 50 if FULL else 5
SMALL = 40


@pytest.mark.parametrize("model", PACKS)
def test_an_independent_oracle_agrees_on_every_organisation(model: str) -> None:
    for seed in range(COUNTIES):
        found = drawn(Random(f"{model}{seed}"), COUNTY, model)
        assert not found.apart, found.first


def test_an_independent_oracle_agrees_under_any_policy() -> None:
    for seed in range(5 * COUNTIES):
        found = drawn(Random(seed), SMALL, "any")
        assert not found.apart, found.first
