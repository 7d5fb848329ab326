"""Sharing out: conserved by every method, whatever the order and the unit."""

import re
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sanchuang_cli.domain.apportion import Shared, Sharing, shared_out
from sanchuang_cli.domain.doubtful import Doubtful

WEIGHTS = st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any)
BIG = st.lists(st.integers(0, 10**6), min_size=1, max_size=7).filter(any)
AMOUNT = st.integers(0, 40)
TIE = st.sampled_from(["larger_weight", "order", "ask"])
METHOD = st.sampled_from(["largest_remainder", "dhondt", "floor_first", "half_up", "cumulative"])


def named(weights: list[int]) -> dict[str, int]:
    return {f"第{i}份": weight for i, weight in enumerate(weights)}


def share(amount: int, weights: list[int], method: str, **more: Any) -> Shared | Doubtful:
    return shared_out(
        amount, named(weights), Sharing.model_validate({"clause": "例", "method": method, **more})
    )


def parts(amount: int, weights: list[int], method: str, **more: Any) -> list[int]:
    found = share(amount, weights, method, **more)
    assert isinstance(found, Shared), str(found)
    return [part.number for part in found.parts]


@given(st.integers(0, 10**9), BIG, METHOD, TIE)
def test_the_parts_and_what_is_left_open_make_the_whole(
    amount: int, weights: list[int], method: str, tie: str
) -> None:
    found = share(amount, weights, method, tie=tie)
    if isinstance(found, Doubtful):
        assert (method, found.doubts[0].code) == ("half_up", "not-conserved")
        return
    assert sum(part.number for part in found.parts) + found.left == amount
    assert bool(found.left) is bool(found.tied)
    assert found.left < max(len(found.tied), 1)
    assert all(part.number == 0 for part in found.parts if not part.weight)
    if method != "dhondt":
        assert all(abs(part.number - part.exact) < 1 or part.name in found.tied for part in found.parts)


@given(AMOUNT, WEIGHTS, st.randoms(use_true_random=False), st.sampled_from(["largest_remainder", "dhondt"]))
def test_order_bears_on_nothing_where_a_tie_is_asked_about(
    amount: int, weights: list[int], random: Any, method: str
) -> None:
    rule = Sharing.model_validate({"clause": "例", "method": method, "tie": "ask"})
    items = list(named(weights).items())
    first = shared_out(amount, dict(items), rule)
    random.shuffle(items)
    again = shared_out(amount, dict(items), rule)
    assert isinstance(first, Shared)
    assert isinstance(again, Shared)
    assert (first.numbers, set(first.tied), first.left) == (again.numbers, set(again.tied), again.left)


@given(AMOUNT, WEIGHTS, METHOD, TIE)
def test_doubled_weights_give_the_same_parts(amount: int, weights: list[int], method: str, tie: str) -> None:
    once, twice = (
        share(amount, weights, method, tie=tie),
        share(amount, [2 * w for w in weights], method, tie=tie),
    )
    if isinstance(once, Shared):
        assert isinstance(twice, Shared)
        assert once.numbers == twice.numbers
    else:
        assert isinstance(twice, Doubtful)


@given(st.integers(0, 10**6), BIG)
def test_by_dhondt_a_larger_whole_takes_nothing_from_anybody(amount: int, weights: list[int]) -> None:
    fewer, more = parts(amount, weights, "dhondt"), parts(amount + 1, weights, "dhondt")
    assert all(after >= before for before, after in zip(fewer, more, strict=True))


def value(expression: str) -> Fraction:
    """What a line of arithmetic comes to, by the rules of school."""
    python = expression.translate(str.maketrans("×÷−", "*/-")).replace("⌊", "floor(").replace("⌋", ")")
    python = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", python)
    return Fraction(eval(python, {"__builtins__": {}}, {"Fraction": Fraction, "floor": floor}))


@given(
    AMOUNT,
    st.lists(st.fractions(0, 9, max_denominator=7), min_size=1, max_size=5).filter(any),
    METHOD,
    TIE,
    st.integers(0, 1),
)
def test_every_step_is_true(
    amount: int, weights: list[Fraction], method: str, tie: str, minimum: int
) -> None:
    least = 0 if method in ("half_up", "cumulative") else minimum
    rule = Sharing.model_validate({"clause": "例", "method": method, "tie": tie, "minimum": least})
    found = shared_out(amount, {f"第{i}份": weight for i, weight in enumerate(weights)}, rule)
    for part in found.parts if isinstance(found, Shared) else ():
        assert value(part.step.expression) == Fraction(part.step.result) == part.number, str(part.step)


def test_a_tie_is_settled_by_the_rule_named() -> None:
    assert parts(2, [1, 3], "largest_remainder", tie="larger_weight") == [0, 2]
    assert parts(2, [1, 3], "largest_remainder", tie="order") == [1, 1]
    found = share(2, [1, 3], "largest_remainder", tie="ask")
    assert isinstance(found, Shared)
    assert (list(found.numbers.values()), found.left, found.tied) == ([0, 1], 1, ("第0份", "第1份"))


@pytest.mark.parametrize(
    ("amount", "weights", "code", "said"),
    [
        (-1, [1, 2], "negative", "总数不能是负数"),
        (5, [1, -2], "negative", "第1份不能是负数"),
        (0, [1, -2], "negative", "第1份不能是负数"),
        (5, [0, 0], "no-base", "各份的基数都是 0，5 无从分配"),
        (5, [], "no-base", "各份的基数都是 0，5 无从分配"),
    ],
)
def test_what_cannot_be_shared_is_told(amount: int, weights: list[int], code: str, said: str) -> None:
    found = share(amount, weights, "largest_remainder")
    assert isinstance(found, Doubtful)
    assert (found.doubts[0].code, str(found)) == (code, said)


@pytest.mark.parametrize("method", ["largest_remainder", "dhondt", "floor_first"])
def test_a_minimum_comes_off_what_the_others_share(method: str) -> None:
    found = share(10, [90, 4, 5, 1], method, minimum=2)
    assert isinstance(found, Shared)
    assert [str(part.step) for part in found.parts] == [
        "第0份：⌊90 ÷ 22.5⌋ = 4 个" if method == "dhondt" else "第0份：⌊4 × 90 ÷ 90⌋ = 4 个",
        "第1份：2 个",
        "第2份：2 个",
        "第3份：2 个",
    ]
    assert [part.exact for part in found.parts] == [4, Fraction(2, 5), Fraction(1, 2), Fraction(1, 10)]
    assert parts(8, [90, 4, 5, 1], method, minimum=2) == [2, 2, 2, 2]


def test_by_dhondt_the_largest_may_get_two_more_than_its_quota() -> None:
    assert parts(10, [140, 15, 15, 15, 15], "dhondt") == [9, 1, 0, 0, 0]
    assert parts(8, [100, 80, 30, 20], "dhondt") == [4, 3, 1, 0]


def test_half_up_that_loses_or_makes_a_part_is_refused() -> None:
    found = share(10, [1, 1, 1, 1], "half_up")
    assert isinstance(found, Doubtful)
    assert str(found) == "各份四舍五入后合计 12，不等于总数 10，请换一种分配方法"
    assert parts(12, [1, 1, 1, 1], "half_up") == [3, 3, 3, 3]


def test_nothing_is_shared_out_as_nothing() -> None:
    assert parts(0, [0, 0], "dhondt") == [0, 0]
    assert parts(0, [], "largest_remainder") == []


@pytest.mark.parametrize("method", ["half_up", "cumulative"])
def test_a_minimum_needs_a_method_that_can_keep_it(method: str) -> None:
    with pytest.raises(ValidationError, match="时不能写 minimum"):
        Sharing.model_validate({"clause": "例", "method": method, "minimum": 1})
