"""A small county for a year, and that its promises can be broken; with SANCHUANG_FULL=1 twenty counties for twelve years."""

import os
from pathlib import Path

import pytest

from sanchuang_cli.programmes import PROGRAMMES
from tests.counts import FULL
from tests.simulated import campaign, county, yearly
from tests.simulated.campaign import Asked, live
from tests.simulated.county import MISCHIEF
from tests.simulated.owed import Subsidies
from tests.simulated.world import START

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork, which Windows lacks")

SMALL = Asked(seed=2, years=1, size=40)
FIRST_PAID = "2014-03 subsidies"


def test_a_small_county_lives_a_year_and_every_promise_is_kept(tmp_path: Path) -> None:
    lived = live(SMALL, tmp_path / "county")
    assert not lived.wrong, lived.wrong
    assert lived.name == f"{START} the ledger is edited" and lived.counts["edited ledgers, found"]


def test_one_yuan_that_is_paid_and_not_owed_breaks_a_promise_at_the_step_that_paid_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Subsidies.opinion
    monkeypatch.setattr(
        Subsidies,
        "opinion",
        lambda *asked: {benefit: yuan and yuan - 1 for benefit, yuan in plain(*asked).items()},
    )
    lived = live(SMALL, tmp_path / "county")
    assert lived.name == FIRST_PAID and "Broken: subsidies of" in lived.wrong


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
    monthly = {"subsidies", "pay", "rate", "secretaries"}
    later = {"catalogue"}  # its document is of 2026, after the years that are lived
    assert monthly | later | county.PAYING.keys() | yearly.BOOKS.keys() == {one.name for one in PROGRAMMES}


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="hours; make verify")
def test_twenty_counties_live_twelve_years_and_every_promise_is_kept() -> None:
    assert campaign.main(["seed=1", "seeds=20"]) == 0
