"""A step whose day is too vague to tell which edition was in force: what each edition says of it, put together."""

from datetime import date
from typing import Any

import pytest

from sanchuang_cli.domain.process.several_editions import merged
from sanchuang_cli.domain.process.verdict import Check, StepState, Why
from sanchuang_cli.period import VagueDate

LATE, KEPT, UNBOUND = StepState.LATE, StepState.KEPT, StepState.UNBOUND
KEY = ("deadline", "谈话", "")


def check(state: StepState, **says: Any) -> Check:
    return Check("deadline", "申请", state, **says)


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ((KEPT, KEPT), KEPT),
        ((LATE, LATE), LATE),
        ((KEPT, None), KEPT),
        ((UNBOUND, None), UNBOUND),
        ((KEPT, UNBOUND), KEPT),
        ((KEPT, UNBOUND, None), KEPT),
        ((LATE, KEPT), StepState.UNCLEAR),
        ((LATE, UNBOUND), StepState.UNCLEAR),
        ((LATE, None), StepState.UNCLEAR),
    ],
)
def test_a_breach_counts_only_where_every_edition_says_so_and_no_limit_of_one_is_no_breach(
    states: tuple[StepState | None, ...], state: StepState
) -> None:
    (one,) = merged([{} if said is None else {KEY: check(said)} for said in states])
    assert one.state is state
    assert (one.why is Why.VAGUE) is (state is StepState.UNCLEAR)


def test_the_days_of_a_breach_span_those_of_the_editions_and_an_unclear_one_has_none() -> None:
    march, april = VagueDate.on(date(2026, 3, 31)), VagueDate.on(date(2026, 4, 30))
    both = [check(LATE, closes=march, days=(40, 40)), check(LATE, closes=april, days=(10, 10))]
    (late,) = merged([{KEY: one} for one in both])
    assert (late.days, late.closes) == ((10, 40), VagueDate(march.earliest, april.latest))
    (unclear,) = merged([{KEY: both[0]}, {KEY: check(KEPT, closes=april)}])
    assert (unclear.days, unclear.closes) == ((0, 0), VagueDate(march.earliest, april.latest))
