"""The rules against a second opinion that shares no code with them: to the fen, on random people.

`make oracle` tries as many as it is told; here it is a few, and more with SANCHUANG_FULL=1.
"""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.compared.arrears import drawn_with_last
from tests.compared.drawn import drawn_with_document, drawn_with_measure, drawn_with_pair
from tests.compared.result import Compared
from tests.compared.subsidies import (
    DEFAULT,
    PACKS,
    Document,
    drawn,
)
from tests.counts import FULL

PEOPLE = 20_000 if FULL else 900
PEOPLE_A_PACK = 2_000 if FULL else 150
DOCUMENTS = 200 if FULL else 6
AT_ONCE = 150


def several(dice: Random, count: int, document: Document) -> Compared:
    total = Compared()
    for _ in range(count // AT_ONCE):
        total += drawn(dice, AT_ONCE, document)
    return total


def test_the_default_policy_agrees_with_the_oracle() -> None:
    total = several(Random(20120602), PEOPLE, DEFAULT)
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.paid > total.counted / 20, "too few are paid for the comparison to say much"


@pytest.mark.parametrize("pack", PACKS)
def test_each_pack_agrees_with_the_oracle(pack: str) -> None:
    total = several(Random(pack), PEOPLE_A_PACK, PACKS[pack])
    assert (total.apart, total.fen) == (0, 0), total.first


def test_any_document_made_of_the_switches_agrees_with_the_oracle() -> None:
    for seed in range(DOCUMENTS):
        found = drawn_with_document(Random(f"document {seed}"), 50)
        assert (found.apart, found.fen) == (0, 0), found.first


def test_any_document_that_pays_by_a_measure_agrees_with_the_oracle() -> None:
    total = Compared()
    for seed in range(4 * DOCUMENTS):
        total += drawn_with_measure(Random(f"measure {seed}"), 50)
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.paid > total.counted / 20, "too few are paid for the comparison to say much"


def test_any_document_with_two_benefits_agrees_with_the_oracle() -> None:
    total = Compared()
    for seed in range(2 * DOCUMENTS):
        total += drawn_with_pair(Random(f"pair {seed}"), 50)
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.paid > total.counted / 10, "too few are paid for the comparison to say much"


def test_what_the_last_result_left_out_agrees_with_the_oracle() -> None:
    total = Compared()
    for seed in range((6 if FULL else 3) * DOCUMENTS):
        total += drawn_with_last(Random(f"arrears {seed}"), 50)
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.paid > total.counted / 20, "too few are made good for the comparison to say much"


def test_the_comparison_sees_a_single_fen() -> None:
    """A comparison that could not fail would prove nothing."""

    def generous(*asked: Any) -> dict[str, Fraction]:
        return {
            benefit: yuan and yuan + Fraction(1, 100) for benefit, yuan in DEFAULT.opinion(*asked).items()
        }

    found = drawn(Random(1), AT_ONCE, replace(DEFAULT, periods=("2026-06",), opinion=generous))
    assert found.apart == found.paid > 0
    assert 1 <= found.fen <= 2
    assert "2026-06" in found.first


def test_the_comparison_sees_a_contradiction_that_is_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    agreed = drawn(Random(3), 2 * AT_ONCE, DEFAULT)
    assert agreed.apart == 0, agreed.first
    monkeypatch.setattr("tests.oracle.contradictions.others", lambda *asked, **by: iter(()))
    assert drawn(Random(3), 2 * AT_ONCE, DEFAULT).apart > 0
