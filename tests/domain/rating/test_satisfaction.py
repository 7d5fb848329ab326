"""群众满意率: from the votes, otherwise as printed; each edge from both sides, and the words of what does not add up."""

from fractions import Fraction
from typing import Any

import pytest

from sanchuang_cli.domain.rating.doubts import DOUBTS
from sanchuang_cli.domain.rating.satisfaction import (
    counted_satisfaction,
    satisfaction_of,
    shown_satisfaction,
)
from sanchuang_cli.judging import Odd
from tests.programmes.ratings import organisation

NONE: dict[str, Any] = {"ballots_valid": None, "ballots_satisfied": None}


def polled(says: dict[str, Any]) -> tuple[Fraction | None, list[tuple[str, str, str]]]:
    """The rate, and what is told: the code, the field and the message."""
    made = organisation(**NONE | says)
    odd = Odd(DOUBTS, made.row)
    rate = satisfaction_of(made, odd)
    assert all(one.basis == "群众满意率＝满意票÷有效票" for one in odd.found)
    return rate, [(one.code, one.place.heading, one.message) for one in odd.found]


def votes(valid: int | None, satisfied: int | None) -> dict[str, Any]:
    return {"ballots_valid": valid, "ballots_satisfied": satisfied}


NOTHING = ("no-satisfaction", "ballots_valid", "没有测评票数和满意率，不作满意率限制")


@pytest.mark.parametrize(
    ("valid", "satisfied", "rate"),
    [
        (3, 2, Fraction(2, 3)), (3, 3, Fraction(1)), (3, 0, Fraction(0)), (1, 1, Fraction(1)),
        (3, 4, None), (0, 0, None), (0, 1, None), (None, 2, None), (3, None, None), (None, None, None),
    ],
)  # fmt: skip
def test_a_rate_is_counted_where_there_are_valid_votes_and_no_more_satisfied_ones(
    valid: int | None, satisfied: int | None, rate: Fraction | None
) -> None:
    made = organisation(**votes(valid, satisfied))
    assert (counted_satisfaction(made), shown_satisfaction(made)) == (rate, rate)
    printed = organisation(**votes(valid, satisfied), stated_satisfaction=Fraction("0.77"))
    assert shown_satisfaction(printed) == (Fraction("0.77") if rate is None else rate)


@pytest.mark.parametrize(
    ("stated", "differs"),
    [("0.501", True), ("0.5009", False), ("0.5", False), ("0.4991", False), ("0.499", True), ("0.4", True)],
)
def test_a_printed_rate_may_differ_by_less_than_a_tenth_of_a_per_cent(stated: str, differs: bool) -> None:
    rate, told = polled(votes(100, 50) | {"stated_satisfaction": Fraction(stated)})
    assert rate == Fraction(1, 2)
    assert [code for code, *_ in told] == ["satisfaction-differs"] * differs


@pytest.mark.parametrize(
    ("says", "rate", "told"),
    [
        (votes(100, 0), Fraction(0), []),
        ({}, None, [NOTHING]),
        (votes(0, 0), None, [NOTHING]),
        (votes(100, None), None, [NOTHING]),
        (
            {"stated_satisfaction": Fraction(0)},
            Fraction(0),
            [("satisfaction-as-stated", "stated_satisfaction", "没有可用的票数，按表上满意率 0.00% 计")],
        ),
        (
            votes(100, 50) | {"stated_satisfaction": Fraction(0)},
            Fraction(1, 2),
            [("satisfaction-differs", "stated_satisfaction", "表上满意率 0.00%，按票数应为 50.00%，按票数计")],
        ),
        (
            votes(100, 101),
            None,
            [("more-satisfied-than-valid", "ballots_satisfied", "满意票 101 多于有效票 100，满意率算不出来")],
        ),
        (
            votes(100, 101) | {"stated_satisfaction": Fraction(1)},
            None,
            [("more-satisfied-than-valid", "ballots_satisfied", "满意票 101 多于有效票 100，满意率算不出来")],
        ),
        (
            votes(0, 1),
            None,
            [("more-satisfied-than-valid", "ballots_satisfied", "满意票 1 多于有效票 0，满意率算不出来")],
        ),
    ],
)  # fmt: skip
def test_the_rate_and_what_is_told_of_it(says: dict[str, Any], rate: Any, told: list[Any]) -> None:
    assert polled(says) == (rate, told)


@pytest.mark.parametrize(
    ("sent", "back", "valid", "told"),
    [
        (100, 100, 100, []),
        (101, 100, 99, []),
        (99, 100, 100, [("ballots_back", "票数 100 多于上一栏的 99")]),
        (100, 99, 100, [("ballots_valid", "票数 100 多于上一栏的 99")]),
        (98, 99, 100, [("ballots_back", "票数 99 多于上一栏的 98"), ("ballots_valid", "票数 100 多于上一栏的 99")]),
        (0, 1, 1, [("ballots_back", "票数 1 多于上一栏的 0")]),
        (1, 0, 1, [("ballots_valid", "票数 1 多于上一栏的 0")]),
        (None, 100, 100, []),
        (None, 99, 100, [("ballots_valid", "票数 100 多于上一栏的 99")]),
        (50, None, 100, []),
        (None, None, 100, []),
    ],
)  # fmt: skip
def test_ballots_that_come_from_nowhere_are_told_at_their_cell(
    sent: int | None, back: int | None, valid: int, told: list[Any]
) -> None:
    rate, found = polled(votes(valid, 1) | {"ballots_sent": sent, "ballots_back": back})
    assert rate == Fraction(1, valid)
    assert found == [("ballots-do-not-add-up", *one) for one in told]
