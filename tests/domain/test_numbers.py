"""Exact numbers as people write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.numbers import plain


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
