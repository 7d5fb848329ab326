"""`fund` against an oracle that walks each loan day by day and shares no code with it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import pytest

from tests.compared.fund import applicants, drawn
from tests.compared.result import Compared
from tests.counts import FULL
from tests.oracle import fund as oracle
from tests.programmes.borrowers import applications, changed, judged

POLICIES, LOANS = (1_000, 100) if FULL else (10, 30)


def test_a_loan_walked_day_by_day_comes_to_the_same_fen_under_any_rules() -> None:
    total = sum((drawn(Random(seed), LOANS) for seed in range(POLICIES)), Compared())
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.counted == POLICIES * LOANS
    assert total.paid > total.counted / 10, "too few are paid for the comparison to say much"


@pytest.mark.parametrize(
    "other",
    [
        lambda rules: replace(rules, count="360" if rules.count == "365" else "365"),
        lambda rules: replace(rules, longest=(rules.longest or 13) - 1),
        lambda rules: replace(rules, share=rules.share - Fraction(1, 1000)),
        lambda rules: replace(rules, largest=(rules.largest or 60_000_00) - 100),
    ],
    ids=("day count", "months", "share", "principal"),
)
def test_the_comparison_sees_another_rule(other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    walked = oracle.walked
    monkeypatch.setattr(oracle, "walked", lambda loan, rules, on: walked(loan, other(rules), on))
    assert sum((drawn(Random(seed), 30) for seed in range(4)), Compared()).apart > 0


def test_who_is_lent_to_is_who_an_independent_search_finds() -> None:
    waited = 0
    for seed in range(300 if FULL else 30):
        dice = Random(seed)
        askers, rows = applicants(dice, 12)
        free = dice.choice((100_000, 250_000, 400_000, 700_000))
        fund = {"clause": "一", "total": [{"effective": date(2012, 1, 1), "yuan": free}]}
        found = applications(judged(rows, by=changed(partial(dict.update, pool=fund))))
        lent = [found[row.name].part == "拟批" for row in rows]
        assert lent == oracle.lent_to(askers, free * 100), seed
        waited += lent.count(False)
    assert waited
