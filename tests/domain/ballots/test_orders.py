"""Who gets a place by the order of a recommendation, where some have no number and some the same."""

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.ballots.places import by_order

ORDERS = st.lists(st.none() | st.integers(1, 4), max_size=5)


@given(ORDERS, st.integers(0, 5), st.integers(0, 1))
def test_a_place_is_certain_only_if_it_is_there_in_every_order_that_may_be(
    orders: list[int | None], least: int, more: int
) -> None:
    """Every order that may be: one without a number stands anywhere, and those with the same number in any order."""
    may_be = [
        line
        for line in permutations(range(len(orders)))
        if all(
            a <= b for a, b in pairwise([order for order in (orders[i] for i in line) if order is not None])
        )
    ]
    for i, got in enumerate(by_order(orders, least, least + more)):
        at = [line.index(i) for line in may_be]
        certain = True if max(at) < least else False if min(at) >= least + more else None
        assert got is certain
