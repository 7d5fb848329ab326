"""Cases of what may be odd, and of each step, for the goldens of what is told; of each programme several runs."""

from collections.abc import Callable
from typing import Any

from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.policy import PolicyFile
from tests.ledger.county import account
from tests.programmes.people import identity

Asked = tuple[Rosters, PolicyFile[Any], Occasion]
"""What a programme is run over."""


def unsure(row: Callable[..., Any]) -> list[Any]:
    """Rows by which nobody can be paid without a guess, two of each kind, and a namesake. row: makes one on a line."""
    born = "1980-05-06"
    said = (
        ({"name": "甲一"}, {"name": "乙一"}),
        ({"account": account(1)}, {"account": account(2)}),
        ({"account": account(3), "bank": "农商行"}, {"account": account(3), "bank": "信用社"}),
        ({"account": account(4)}, {"account": account(4), "identity": identity(born, number=40)}),
    )
    rows = [
        row(2 * kind + at, **{"name": f"丙{kind}", "identity": identity(born, number=10 + kind), **one})
        for kind, pair in enumerate(said)
        for at, one in enumerate(pair, 1)
    ]
    alike = ("向阳村", "向阳村", "河东村")
    return rows + [
        row(
            8 + n,
            name="丁一",
            village=village,
            identity=identity(born, number=20 + n),
            account=account(20 + n),
        )
        for n, village in enumerate(alike, 1)
    ]
