"""The arithmetic beside a part says how it was reached, and what a tie decided by order is told."""

from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import given

from sanchuang_cli.domain.apportion import Shared, Sharing
from sanchuang_cli.domain.awards.places import settled_by_order
from tests.domain.apportion.test_sharing import AMOUNT, TIE, WEIGHTS, named, share


@given(AMOUNT, WEIGHTS, TIE)
def test_by_dhondt_each_part_is_its_weight_by_the_last_quotient(
    amount: int, weights: list[int], tie: str
) -> None:
    found = share(amount, weights, "dhondt", tie=tie)
    assert isinstance(found, Shared)
    for part in found.parts:
        if part.step.expression == "0":
            continue
        quotient, _, less = part.step.expression.partition(" − ")
        weight, _, last = quotient.strip("⌊⌋").partition(" ÷ ")
        assert Fraction(weight) == part.weight
        assert floor(Fraction(weight) / Fraction(last.strip("()"))) - int(less or 0) == part.number


def test_a_quotient_is_printed_and_no_quota_with_something_added() -> None:
    found = share(10, [470, 160, 158, 120, 61, 31], "dhondt")
    assert isinstance(found, Shared)
    assert [part.step.expression for part in found.parts[:2]] == ["⌊470 ÷ 79⌋", "⌊160 ÷ 79⌋"]


def order(amount: int, weights: list[int], **rule: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return settled_by_order(
        amount,
        named(weights),
        Sharing.model_validate({"clause": "例", "method": "largest_remainder", **rule}),
    )


def test_who_got_the_last_one_only_by_standing_first_is_known() -> None:
    assert order(1, [50, 50, 20]) == (("第0份",), ("第1份",))
    assert order(2, [50, 50, 50]) == (("第0份", "第1份"), ("第2份",))
    assert order(1, [50, 50], method="dhondt") == (("第0份",), ("第1份",))
    assert order(1, [50, 50], tie="ask") == ((), ())
    assert order(1, [50, 40, 40]) == ((), ())
    assert order(2, [3, 1], tie="larger_weight") == ((), ())  # the larger one by rule
    assert order(2, [3, 1], tie="order") == (("第0份",), ("第1份",))
