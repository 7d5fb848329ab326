"""`checkups` against an oracle that shares no code with it: the part, the money and the warnings of every row."""

from pathlib import Path
from random import Random

from tests.compared.checkups import compared
from tests.compared.result import Compared
from tests.counts import FULL

ROSTERS = 200 if FULL else 8
ROWS = 200


def test_an_independent_oracle_agrees_on_every_row_under_any_policy(tmp_path: Path) -> None:
    total = Compared()
    for seed in range(ROSTERS):
        total += compared(tmp_path, Random(seed), ROWS)
    assert (total.apart, total.fen) == (0, 0), total.first
    assert total.paid > total.counted / 10, "too few are paid for the comparison to say much"
