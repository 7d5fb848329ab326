"""`graduates` against an oracle that shares no code with it: every month of every contract, and what is given back."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tests.counts import FULL
from tests.oracle import graduates as oracle
from tests.programmes.contracts import contract, ledger, outcome

BOOKS, PEOPLE = (600, 80) if FULL else (10, 40)
PERIODS = {
    "2026": (1, 12, date(2026, 12, 31)),
    "2026H1": (1, 6, date(2026, 6, 30)),
    "2026Q3": (7, 9, date(2026, 9, 30)),
    "2026-02": (2, 2, date(2026, 2, 28)),
}
"""First and last month, and the day of judgement."""
REASONS = ("辞职", "解聘", "考录", "死亡", "单位解除", "其他")


def person(dice: Random, on: date) -> list[dict[str, Any]]:
    """One to three contracts, one upon another or with a gap, of which any may have ended early by `on`."""
    day = on - timedelta(days=dice.randrange(900) - 60)
    contracts: list[dict[str, Any]] = []
    for _ in range(dice.choice([1, 1, 2, 3])):
        end = day + timedelta(days=dice.randrange(500))
        early = day + timedelta(days=dice.randrange((end - day).days + 1))
        left = early if dice.random() < 0.5 and early <= on else None
        contracts.append(
            {"start": day, "end": end, "left": left, "reason": dice.choice(REASONS) if left else ""}
        )
        day = (left or end) + timedelta(days=dice.choice([1, 1, 2, 20, 90]))
    return contracts


def compared(seed: int) -> list[str]:
    """The people of one book on whom the two do not agree."""
    dice = Random(seed)
    period = dice.choice(list(PERIODS))
    people = {number: person(dice, PERIODS[period][2]) for number in range(1, PEOPLE + 1)}
    rows = [
        contract(
            number,
            str(one["start"]),
            str(one["end"]),
            line=10 * number + n,
            name=f"张{number}",
            left=str(one["left"]) if one["left"] else None,
            reason=one["reason"],
        )
        for number, own in people.items()
        for n, one in enumerate(own)
    ]
    dice.shuffle(rows)
    run = outcome(*rows, period=period)
    assert not run.tally.set_aside, [str(finding) for finding in run.findings][:2]
    mine: dict[str, list[tuple[Any, ...]]] = {}
    names = ("name", "started", "part", "allowance", "settling", "back")
    for name, *said in zip(*(ledger(run, column) for column in names), strict=True):
        mine.setdefault(name, []).append(tuple(said))
    return [
        f"{seed} 张{number}"
        for number, own in people.items()
        if sorted(mine[f"张{number}"]) != _expected(own, period)
    ]


def _expected(own: list[dict[str, Any]], period: str) -> list[tuple[Any, ...]]:
    first, last, on = PERIODS[period]
    months = [(2026, month) for month in range(first, last + 1)]
    sums = zip(own, oracle.paid(own, months, on), oracle.given_back(own, months), strict=True)
    return sorted((str(one["start"]), oracle.stands(one, on), *paid, back) for one, paid, back in sums)


def test_an_independent_oracle_agrees_on_every_contract() -> None:
    apart = [who for seed in range(BOOKS) for who in compared(seed)]
    assert not apart, apart[:5]


@pytest.mark.parametrize(("name", "other"), [("YEARLY", 800_001), ("ONCE", 200_002), ("SPARED", ())])
def test_the_comparison_sees_another_rule(name: str, other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, name, other)
    assert any(compared(seed) for seed in range(8))
