"""`pairing` against an oracle that shares no code with it: who helps whom, on every aim, and of equal lists the first."""

from random import Random
from typing import Any

import pytest

from tests.compared.pairing import county, drawn
from tests.counts import FULL
from tests.oracle import pairing as oracle

SMALL, LARGE = (2_000, 300) if FULL else (150, 12)


def test_up_to_seven_people_and_four_helpers_it_is_the_best_of_all_lists_and_the_first() -> None:
    apart: list[str] = []
    for seed in range(SMALL):
        dice = Random(seed)
        helpers = dice.randint(1, 4)
        people = 7 if FULL and seed % 20 == 0 else dice.randint(1, (6, 6, 5, 5)[helpers - 1])
        apart += filter(None, [drawn(dice, people, helpers, every=True)])
    assert not apart, apart[0]


def test_of_more_people_the_other_way_of_finding_it_finds_the_same() -> None:
    apart = [drawn(Random(seed), 14, 6, every=False) for seed in range(LARGE)]
    assert not any(apart), next(filter(None, apart))


def test_the_two_ways_of_the_oracle_agree() -> None:
    for seed in range(20):
        needy, aiding = county(Random(seed), 5, 3)
        assert oracle.best(needy, aiding) == oracle.first(needy, aiding), seed


@pytest.mark.parametrize("aim", range(1, 6))
def test_the_comparison_sees_every_aim(aim: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    worth: Any = oracle.worth

    def without(*given: Any) -> oracle.Worth | None:
        value = worth(*given)
        return None if value is None else (*value[:aim], *value[aim + 1 :])

    monkeypatch.setattr(oracle, "worth", without)
    assert any(drawn(Random(seed), 5, 3, every=True) for seed in range(60))


def test_the_comparison_sees_the_order_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    in_order: Any = oracle.in_order
    monkeypatch.setattr(
        oracle, "in_order", lambda people, helpers, towns: in_order(people, helpers, towns[::-1])
    )
    assert any(drawn(Random(seed), 5, 3, every=True) for seed in range(60))
