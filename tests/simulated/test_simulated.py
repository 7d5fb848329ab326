"""A small county for a year, and that its promises can be broken; with SANCHUANG_FULL=1 four counties for twelve years."""

import os
from contextlib import chdir
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sanchuang_cli.programmes import PROGRAMMES
from tests.counts import FULL
from tests.simulated import campaign, county, giving, yearly
from tests.simulated.campaign import Asked, live
from tests.simulated.county import MISCHIEF
from tests.simulated.lending import Fund
from tests.simulated.money import OF_LEDGER
from tests.simulated.office import Office
from tests.simulated.owed import Subsidies
from tests.simulated.world import START

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, which Windows lacks")

SMALL = Asked(seed=2, years=1, size=40)


def test_a_small_county_lives_a_year_and_every_promise_is_kept(tmp_path: Path) -> None:
    lived = live(SMALL, tmp_path / "county")
    assert not lived.wrong, lived.wrong
    assert lived.name == f"{START} the ledger is edited" and lived.counts["edited ledgers, found"]


@pytest.mark.parametrize(
    ("where", "name", "step", "programme"),
    [
        (Subsidies, "owed", "2014-03 subsidies", "subsidies"),
        (giving, "owed", "2014-01 gifts", "visits"),
        (Fund, "of_loan", "2014-06 loans", "fund"),
    ],
)
def test_a_fen_that_is_owed_and_not_paid_breaks_a_promise_at_the_step_that_should_have_paid_it(
    where: Any, name: str, step: str, programme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = getattr(where, name)

    def more(*asked: Any) -> Any:
        dues = plain(*asked)
        return dues and {key: fen + 1 for key, fen in dues.items()}

    monkeypatch.setattr(where, name, more)
    lived = live(Asked(SMALL.seed, SMALL.years, SMALL.size, MISCHIEF), tmp_path / "county")
    assert lived.name == step and f"Broken: {programme} of" in lived.wrong


def test_a_process_dies_at_each_step_that_is_drawn_also_of_what_writes_to_the_ledger_alone(
    tmp_path: Path,
) -> None:
    office = Office(tmp_path / "county")
    office.folder.mkdir()
    with chdir(office.folder):
        office.does("ledger", "init", "--paid-through", "2013-12", *OF_LEDGER)
        words = [
            "ledger",
            "rule",
            "one-login",
            "--by",
            "张三",
            "--note",
            "望组通〔2014〕1号",
            *map(str, OF_LEDGER),
        ]
        for n in range(4):
            office.crashes(words, Random(n))  # which says so when the process lives on
            office.does("ledger", "verify", *OF_LEDGER)


def test_a_county_is_lived_again_up_to_a_step(tmp_path: Path) -> None:
    bare = Asked(SMALL.seed, SMALL.years, SMALL.size, MISCHIEF)
    once, again = (live(bare, tmp_path / name, until=14) for name in ("once", "again"))
    assert (once.steps, once.name, once.counts) == (again.steps, again.name, again.counts)
    assert (once.steps, once.wrong) == (14, "")
    rosters = [sorted((tmp_path / name / "收件").rglob("*.xlsx")) for name in ("once", "again")]
    assert rosters[0] and [path.read_bytes() for path in rosters[0]] == [
        path.read_bytes() for path in rosters[1]
    ]


def test_every_programme_that_is_listed_is_lived_with() -> None:
    monthly = {"subsidies", "pay", "rate", "secretaries", "fund", "visits"}
    later = {"catalogue"}  # its document is of 2026, after the years that are lived
    assert monthly | later | county.PAYING.keys() | yearly.BOOKS.keys() == {one.name for one in PROGRAMMES}


@pytest.mark.skipif(not FULL, reason="half an hour; make verify")
def test_four_counties_live_twelve_years_and_every_promise_is_kept() -> None:
    """The second is paid by the month. `make simulate` lives as many as it is told."""
    assert campaign.main(["seed=4", "seeds=4"]) == 0
