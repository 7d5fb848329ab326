"""Random files of 1985 to 2027 beside an opinion that was written from the articles and shares no code with the programme."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compared.development import compared, differing
from tests.counts import FULL
from tests.oracle.development import File, Votes

COUNT = 100_000 if FULL else 400
BATCH = 200


@pytest.mark.parametrize("seed", range(COUNT // BATCH))
def test_the_programme_and_the_articles_agree_on_every_file(seed: int) -> None:
    found = compared(Random(seed), BATCH)
    assert (found.counted, found.apart) == (BATCH, 0), found.first
    assert found.paid > BATCH // 2, "hardly anything was compared"


EDGE = st.sampled_from(
    [date(2023, 2, 28), date(2024, 2, 29), date(2024, 8, 31), date(2025, 11, 30), date(2026, 1, 31)]
)
SMALL = st.none() | st.integers(0, 30)


@given(EDGE, st.integers(27, 32), st.integers(360, 370), st.integers(85, 95), st.sampled_from([0, 6, 12]))
def test_the_ends_of_months_are_those_of_the_articles(
    applied: date, talk: int, year: int, quarter: int, extended: int
) -> None:
    active = applied + timedelta(talk)
    met = active + timedelta(year)
    steps = {"申请": applied, "谈话": active, "积极分子": active, "发展对象": met, "预审": met}
    steps |= {"支部大会": met + timedelta(talk), "党委审批": met + timedelta(talk + quarter)}
    on = date(2029, 12, 31)
    assert not list(differing([File(date(1990, 2, 28), steps, on, extended)]))


@given(st.builds(Votes, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL))
def test_any_figures_of_a_vote_come_to_what_the_articles_say_or_are_set_aside(figures: Votes) -> None:
    on = date(2026, 10, 1)
    file = File(date(1990, 1, 1), {"支部大会": date(2026, 6, 1)}, on, votes=(figures, Votes()))
    assert not list(differing([file]))
