"""`pay` against an oracle that shares no code with it: what falls to every person, component and month, to the fen."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.compared.pay import PACKS, drawn
from tests.compared.result import Compared
from tests.counts import FULL
from tests.oracle import pay as oracle

COUNTIES = 1000 if FULL else 20
PEOPLE = 100 if FULL else 40
OF_A_PACK = 2000 if FULL else 25


def test_an_independent_oracle_agrees_to_the_fen_under_any_document() -> None:
    total = Compared()
    for seed in range(COUNTIES):
        total += drawn(Random(seed), PEOPLE)
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.paid > total.counted / 2, "too few are paid for the comparison to say much"


@pytest.mark.parametrize("pack", PACKS)
def test_it_agrees_to_the_fen_under_every_pack_by_the_words_of_its_document(pack: str) -> None:
    total = Compared()
    for seed in range(4):
        total += drawn(Random(f"{pack} {seed}"), OF_A_PACK // 4, PACKS[pack]())
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.paid, "nobody is paid"


@pytest.mark.parametrize(
    "other",
    [
        lambda rules: replace(rules, midmonth="next" if rules.midmonth == "whole" else "whole"),
        lambda rules: replace(rules, suspended_base=not rules.suspended_base),
        lambda rules: replace(
            rules, percent={post: share + Fraction(1, 1000) for post, share in rules.percent.items()}
        ),
        lambda rules: replace(rules, paid_in=3),
    ],
    ids=("mid-month", "suspension", "shares of posts", "month of performance"),
)
def test_the_comparison_sees_another_rule(other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    due = oracle.due
    monkeypatch.setattr(
        oracle, "due", lambda who, rules, months: due(who, [other(one) for one in rules], months)
    )
    found = sum((drawn(Random(seed), 40) for seed in range(8)), Compared())
    assert found.apart > 0
