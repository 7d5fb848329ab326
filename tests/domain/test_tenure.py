"""Stretches of service as whole months."""

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.tenure import Served, merged, runs

SERVED = st.lists(
    st.tuples(st.integers(0, 40), st.integers(-1, 12), st.integers(0, 2)).map(
        lambda spell: Served(spell[0], spell[0] + spell[1], spell[2])
    ),
    max_size=6,
)


@given(SERVED)
def test_merged_spells_are_the_stretches_of_runs_without_their_cuts(served: list[Served]) -> None:
    whole = [(run[0].start, run[-1].end) for run in runs(served, [1, 1, 1])]
    assert [(piece.start, piece.end) for (piece,) in merged(served)] == whole
