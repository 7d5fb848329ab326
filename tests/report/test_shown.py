"""A value as a page shows it: cut and never rounded up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.exact_numbers import cut
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.report import shown


@given(st.fractions(), st.integers(0, 6))
def test_what_is_cut_never_reaches_what_it_is_not(exact: Fraction, places: int) -> None:
    kept = cut(exact, places)
    assert abs(Fraction(kept)) <= abs(exact) < abs(Fraction(kept)) + Fraction(1, 10**places)
    assert -int(kept.as_tuple().exponent) == places


def test_nothing_shows_ninety_that_is_below_it() -> None:
    just_below = Fraction(90) - Fraction(1, 10**9)
    assert shown.text(Kind.SCORE, just_below) == "89.99"
    assert shown.text(Kind.PERCENT, just_below / 100) == "89.9%"
    assert cut(Fraction(-1, 3), 2) == Decimal("-0.33")


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Kind.MONEY, 123456789, "1,234,567.89"),
        (Kind.MONEY, -5, "-0.05"),
        (Kind.PERCENT, Fraction(1), "100.0%"),
        (Kind.STARS, 3, "3★"),
        (Kind.FLAG, False, "否"),
        (Kind.DATE, VagueDate.within(1985), "1985年"),
        (Kind.SPELLS, (), ""),
        (
            Kind.SPELLS,
            (
                Spell(VagueDate.within(1984, 5), VagueDate.within(1995, 4), "书记"),
                Spell(VagueDate.within(1998, 6), None),
            ),
            "1984-05至1995-04 书记；1998-06至今",
        ),
        (Kind.COUNT, None, ""),
    ],
)
def test_each_kind_is_shown_in_its_own_way(kind: Kind, value: object, text: str) -> None:
    assert shown.text(kind, value) == text


def test_a_chinese_character_is_as_wide_as_two_letters() -> None:
    assert (shown.width("abc"), shown.width("党员a"), shown.breadth("一\n二三四\nab")) == (3, 5, 6)


@given(st.lists(st.text(max_size=8), max_size=6))
def test_the_greatest_breadth_is_that_of_the_broadest_text(texts: list[str]) -> None:
    assert shown.greatest_breadth(texts) == max(map(shown.breadth, texts), default=0)
