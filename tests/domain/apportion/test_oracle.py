"""Sharing out beside a second opinion that shares no code with it, on random draws."""

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.apportion import Shared
from sanchuang_cli.domain.doubtful import Doubtful
from tests.domain.apportion.test_sharing import AMOUNT, TIE, WEIGHTS, named, parts, share
from tests.oracle import sharing as oracle


@given(AMOUNT, WEIGHTS, TIE)
def test_largest_remainder_and_dhondt_as_the_words_say(amount: int, weights: list[int], tie: str) -> None:
    for method, expected in (
        ("largest_remainder", oracle.largest_remainder(amount, weights, tie)),
        ("dhondt", oracle.dhondt(amount, weights, tie)),
    ):
        found = share(amount, weights, method, tie=tie)
        assert isinstance(found, Shared)
        tied = {list(named(weights)).index(name) for name in found.tied}
        assert ([part.number for part in found.parts], tied) == expected, method


@given(AMOUNT, WEIGHTS)
def test_the_other_methods_as_the_words_say(amount: int, weights: list[int]) -> None:
    assert parts(amount, weights, "floor_first") == oracle.floor_first(amount, weights)
    assert parts(amount, weights, "cumulative") == oracle.cumulative(amount, weights)
    found = share(amount, weights, "half_up")
    got = None if isinstance(found, Doubtful) else [part.number for part in found.parts]
    assert got == oracle.half_up(amount, weights)


@given(st.integers(0, 60), WEIGHTS, st.integers(0, 3), st.sampled_from(["larger_weight", "order"]))
def test_a_minimum_is_kept_at_the_others_cost(
    amount: int, weights: list[int], minimum: int, tie: str
) -> None:
    found = share(amount, weights, "largest_remainder", minimum=minimum, tie=tie)
    if amount < minimum * len(weights):
        assert isinstance(found, Doubtful)
        assert found.doubts[0].code == "too-few"
        return
    assert parts(amount, weights, "largest_remainder", minimum=minimum, tie=tie) == oracle.with_minimum(
        amount, weights, tie, minimum
    )
    assert (
        parts(amount, weights, "dhondt", minimum=minimum, tie=tie)
        == oracle.dhondt(amount, weights, tie, minimum)[0]
    )
    assert min(parts(amount, weights, "floor_first", minimum=minimum)) >= minimum
