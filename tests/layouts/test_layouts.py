"""Rosters in layouts that nobody has seen before are read exactly, and what is misread is never silent.

The same 200 layouts each time in `make test`; 20,000 new ones in `make verify`, for 200 new ones are too few to tell a share of
99.5 % by. Their seed is printed where they fail: `python -m tests.layouts.campaign N SEED` gives them again, with the kinds to blame.
"""

import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.cli.known_rosters import WantedRosters, known
from sanchuang_cli.finding import UserError
from sanchuang_cli.record import Roster
from sanchuang_cli.roster.checks.audit import audit
from sanchuang_cli.roster.read import read
from tests.counts import FULL
from tests.layouts.campaign import SPAN, many, told, tried
from tests.layouts.grid import write
from tests.layouts.judging import wanted
from tests.layouts.layout import BOOKS, SORTS, build, plan

SEED = 38
SUITE = 200
NEW = 20_000


def test_the_same_layouts_each_time_are_read_exactly_or_never_silently_misread() -> None:
    tally = tried(range(SEED * SPAN, SEED * SPAN + SUITE))
    assert tally.kept, "\n".join(told(tally))


@pytest.mark.skipif(not FULL, reason="make verify: 20,000 new layouts")
def test_new_layouts_are_read_exactly_or_never_silently_misread() -> None:
    seed = time.time_ns() // 10**6 % 10**6
    tally = many(NEW, seed)
    assert tally.kept, "\n".join([f"python -m tests.layouts.campaign {NEW} {seed}", *told(tally)])


def test_a_seed_always_gives_the_same_layout() -> None:
    for number in range(40):
        first, again = build(number), build(number)
        assert first.grids == again.grids
        assert first.truth == again.truth


def test_taking_a_kind_out_of_a_layout_leaves_its_records_as_they_were() -> None:
    """Without that, nobody could say which kind is to blame."""
    changes_cells = {"empty template", "second table", "other sheets", "second block"}
    for number in range(200):
        chosen = plan(number)
        if changes_cells & chosen.keys():
            continue
        keys = [one.key for one in build(number).truth.records]
        assert all(
            [one.key for one in build(number, {k: v for k, v in chosen.items() if k != left}).truth.records]
            == keys
            for left in chosen
        )


def test_every_kind_and_every_variant_of_layout_is_drawn() -> None:
    drawn = {item for number in range(4_000) for item in plan(number).items()}
    assert {(sort.name, variant) for sort in (*SORTS, *BOOKS) for variant in sort.variants} == drawn


@cache
def known_as(roster: str) -> WantedRosters:
    return known(roster, None)


def test_check_reads_the_rows_that_a_run_reads(tmp_path: Path) -> None:
    for number in range(2000 if FULL else 60):
        layout = build(number)
        path = tmp_path / f"花名册-{number}.xlsx"
        write(path, layout.grids)
        rosters = known_as({"subsidies": "members", "rate": "orgs"}[layout.programme])
        checked = audit([path], rosters.wanted, rosters.beside).rosters[next(iter(rosters.wanted))]
        try:
            run = read([path], wanted(layout.programme)).rosters[layout.roster]
        except UserError:
            run = Roster()
        assert _rows(checked) == _rows(run), number


def _rows(roster: Roster[Any]) -> list[tuple[str, int]]:
    rows = [*(record.row for record in roster.records), *roster.set_aside]
    return sorted((row.source.sheet, row.number) for row in rows)
