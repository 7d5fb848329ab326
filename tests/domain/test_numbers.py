"""Exact numbers as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.exact_numbers import cut, plain, summed


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(80), "80"),
        (100, "100"),
        (0, "0"),
        (-3, "-3"),
        (Fraction("79.5"), "79.5"),
        (Fraction("-0.01"), "-0.01"),
        (Fraction(1, 10**7), "0.0000001"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7, 3), "-7/3"),
    ],
)
def test_a_number_is_written_as_people_write_it(number: int | Fraction, text: str) -> None:
    assert plain(number) == text


@given(st.fractions())
def test_what_is_written_is_the_number_itself(number: Fraction) -> None:
    assert Fraction(plain(number)) == number


@given(st.lists(st.fractions() | st.integers(), max_size=9))
def test_a_sum_is_exact_and_in_lowest_terms(numbers: list[Fraction | int]) -> None:
    assert repr(summed(numbers)) == repr(sum(numbers, Fraction(0)))


@given(st.fractions() | st.integers(), st.integers(0, 4))
def test_what_is_cut_lies_towards_nought_by_less_than_its_last_place(
    number: Fraction | int, places: int
) -> None:
    shown = Fraction(cut(number, places))
    assert abs(shown) <= abs(Fraction(number)) < abs(shown) + Fraction(1, 10**places)
    assert shown * number >= 0
