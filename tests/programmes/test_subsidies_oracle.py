"""The rules against a second opinion that shares no code with them: to the fen, on random people.

`make oracle` tries as many as it is told; here it is a few, and more with SANCHUANG_FULL=1.
"""

from random import Random

import pytest

from tests.compared.result import Compared
from tests.compared.subsidies import DEFAULT, PACKS, Document, drawn
from tests.counts import FULL

PEOPLE = 20_000 if FULL else 1_500
PEOPLE_A_PACK = 2_000 if FULL else 150
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
