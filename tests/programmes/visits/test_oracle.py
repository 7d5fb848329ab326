"""`visits` against an oracle that shares no code with it: every row, every pair's due days, and every sum of a holiday."""

from random import Random
from typing import Any

import pytest

from tests.compared.result import Compared
from tests.compared.visits import of_gifts, of_log
from tests.counts import FULL
from tests.oracle import visits as oracle

LOGS, HOLIDAYS = (260, 250) if FULL else (4, 6)
ROWS = 200
"""Rows of each: in full 100,000 of both together."""


def logs(count: int) -> Compared:
    return sum((of_log(Random(seed), 12, ROWS) for seed in range(count)), Compared())


def holidays(count: int) -> Compared:
    return sum((of_gifts(Random(seed), ROWS) for seed in range(count)), Compared())


def test_an_independent_oracle_agrees_on_every_visit_and_every_due_day() -> None:
    total = logs(LOGS)
    assert total.apart == 0, total.first
    assert total.counted >= LOGS * ROWS * 0.8


def test_an_independent_oracle_agrees_on_every_gift_and_every_sum() -> None:
    total = holidays(HOLIDAYS)
    assert total.apart == 0, total.first
    assert total.counted == HOLIDAYS * ROWS


@pytest.mark.parametrize(
    ("what", "other", "compared"),
    [
        ("month_later", lambda day: day + oracle.DAY * 30, logs),
        ("once", lambda rows: dict(enumerate(rows)), logs),
        ("standard", lambda classes: 50_000, holidays),
        ("pots", lambda amount, heads: dict.fromkeys(heads, amount // len(heads)), holidays),
        ("SPRING", {**oracle.SPRING, 2026: oracle.SPRING[2026] + oracle.DAY}, holidays),
    ],
)
def test_the_comparison_sees_another_rule(
    what: str, other: Any, compared: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comparison that could not fail would prove nothing."""
    monkeypatch.setattr(oracle, what, other)
    assert compared(2).apart
