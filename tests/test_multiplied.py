"""Samples many times over, with which the bench measures: everybody is there, nobody is somebody else, and the same comes of them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from bench import multiplied

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.made import Made, begun, made
from sanchuang_cli.outcome import Rosters
from sanchuang_cli.programmes import PROGRAMMES, ListedProgramme
from tests.command import Sanchuang
from tests.counts import FULL

ROWS = 200
SOME = PROGRAMMES if FULL else PROGRAMMES[::3]
FOR_THE_COUNTY = {"fund": {"拟批", "候补"}}
"""Parts that a sum for the whole county decides, which no copy adds to: the fund's money."""


def judged(entry: ListedProgramme, *books: Path) -> Made:
    _, period, _, on = multiplied.words_for(entry)
    asked = Asked(books=[str(book) for book in books], period=period, on=on, quiet=True)
    return made(begun(entry, asked), asked)


def parts(one: Made) -> dict[str, int]:
    tally = one.run.outcome.tally
    return {**dict(tally.parts), "待核实": tally.set_aside}


def said(rosters: Rosters, name: str) -> Counter[str]:
    """How often each value stands in a column of the main rosters and of those that serve."""
    values = (getattr(record, name, "") for roster in rosters.values() for record in roster.records)
    return Counter(filter(None, values))


@pytest.mark.parametrize("entry", SOME, ids=lambda entry: entry.name)
def test_every_copy_of_a_sample_comes_to_what_the_sample_comes_to(
    entry: ListedProgramme, tmp_path: Path, sanchuang: Sanchuang
) -> None:
    sample = multiplied.sample(entry.name)
    rows = max(ROWS, 2 * sample.rows)
    copies = multiplied.copies(entry.name, rows)
    for books, folder in ((1, tmp_path / "一本"), (20, tmp_path / "二十本")):
        multiplied.write(entry.name, rows, folder, books)
    assert len(list((tmp_path / "二十本").iterdir())) == 20
    one, alone = judged(entry, tmp_path / "一本"), judged(entry, multiplied.path(entry))
    read = sum(len(roster.records) + len(roster.set_aside) for roster in one.given.rosters.values())
    assert read == multiplied.rows_read(entry.name, rows)
    once = sum(len(page.once) for page in sample.pages)
    assert sum(parts(one).values()) >= copies * (sum(parts(alone).values()) - once)
    for part, count in parts(alone).items():
        if part not in FOR_THE_COUNTY.get(entry.name, ()):
            assert copies * (count - once) <= parts(one)[part] <= copies * count, part
    words = ("--out", "结果.xlsx", "--quiet", "--json")
    ran = sanchuang(entry.name, tmp_path / "二十本", *multiplied.words_for(entry), *words)
    assert ran.code in (0, 1) and (tmp_path / "结果.xlsx").exists(), ran.err
    summary = json.loads(ran.out)["summary"]
    of_twenty = {part["what"]: part["count"] for part in summary["parts"]}
    assert parts(one) == {**of_twenty, "待核实": summary["set_aside"]}


def test_people_of_copies_have_numbers_and_accounts_of_their_own_that_are_as_right_as_those_of_the_sample(
    tmp_path: Path,
) -> None:
    entry = next(one for one in PROGRAMMES if one.name == "subsidies")
    multiplied.write(entry.name, 2 * multiplied.sample(entry.name).rows, tmp_path)
    alone, both = judged(entry, multiplied.path(entry)), judged(entry, tmp_path)
    for name in ("identity", "account", "township", "village"):
        single, double = (said(one.given.rosters, name) for one in (alone, both))
        assert single.items() <= double.items(), name
        assert len(double) == 2 * len(single), name
        assert sorted(double.values()) == sorted([*single.values()] * 2), name
    odd: list[Any] = [Counter(found.code for found in one.run.outcome.findings) for one in (alone, both)]
    numbers = ("identity.", "account.")
    assert any(code.startswith(numbers) for code in odd[0])
    assert all(odd[1][code] >= count for code, count in odd[0].items() if code.startswith(numbers))
