"""Money is exact, and a whole that is split sums to itself."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.money import fen, shares, yuan


@given(st.integers(-(10**15), 10**15))
def test_fen_and_yuan_are_inverse(amount: int) -> None:
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize("amount", [Decimal("0.001"), Fraction(1, 3), Decimal("1200.005")])
def test_a_part_of_a_fen_is_refused_and_never_rounded(amount: Decimal | Fraction) -> None:
    with pytest.raises(ValueError, match="不是整分"):
        fen(amount)


@given(st.integers(0, 10**12), st.lists(st.fractions(0, 1000), min_size=1).filter(any))
def test_shares_sum_to_the_whole_and_miss_their_exact_part_by_less_than_one(
    whole: int, weights: list[Fraction]
) -> None:
    parts = shares(whole, weights)
    assert sum(parts) == whole
    total = sum(weights)
    assert all(abs(part - whole * weight / total) < 1 for part, weight in zip(parts, weights, strict=True))


def test_the_remainder_goes_to_the_largest_fraction_and_ties_to_the_earlier() -> None:
    assert shares(100, [1, 1, 1]) == [34, 33, 33]
    assert shares(1000, [54, 323, 107, 49]) == [101, 606, 201, 92]


def test_nothing_to_split_by_is_an_error_unless_there_is_nothing_to_split() -> None:
    assert shares(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match=r"^nothing to split by: all weights are zero$"):
        shares(1, [0, 0])
