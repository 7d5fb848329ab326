"""A title, a footer, a total, a helper column, a hidden column, a blank row, a split never change the records of a book:
of the samples, and of workbooks that other people made, where those are at hand."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook

from sanchuang_cli.roster.read import read
from sanchuang_cli.roster.tables.inspection import inspection
from tests.command import SAMPLES
from tests.counts import FULL
from tests.layouts.changes import (
    CHANGES,
    ON_ROSTERS,
    Spot,
    changed,
    plain,
    split_by_sheet,
    split_in_two,
    thinned,
)
from tests.layouts.judging import wanted

PROGRAMMES = {"members": "subsidies", "orgs": "rate"}
CORPUS = Path(__file__).parents[3] / "shared" / "workbooks"
"""Beside the checkout, where the maintainers keep it; not part of the project."""
LONG = {"members": 4}
"""In `make test` one of so many records of a sample stays."""
FEWEST = 4
"""A table with fewer records has no middle."""


class Sample(NamedTuple):
    """A sample as it is before anything is done to it."""

    whole: Workbook
    programme: str
    spots: list[Spot]
    records: Counter[Any]


@cache
def truth() -> list[dict[str, Any]]:
    file = CORPUS / "truth.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else []


def tables(paths: Sequence[Path]) -> list[tuple[str, Mapping[str, Any]]]:
    """The tables that the reader sees in these books, each with its sheet."""
    files = [inspection(path, [], lambda *_: {}) for path in paths]
    assert not [file["error"] for file in files if file["error"]]
    return [
        (sheet["sheet"], table) for file in files for sheet in file["sheets"] for table in sheet["tables"]
    ]


def spots(path: Path, sheets: Sequence[str] = ()) -> list[Spot]:
    """Where the tables of a book stand."""
    return [
        Spot(sheet, table["header_rows"][1], *table["data_rows"])
        for sheet, table in tables([path])
        if table["records"] >= FEWEST and (not sheets or sheet in sheets)
    ]


def people(paths: Sequence[Path], programme: str) -> Counter[Any]:
    """The records of a roster as they are read, and how many rows were set aside."""
    found: Counter[Any] = Counter()
    for name, roster in read(paths, wanted(programme)).rosters.items():
        found[name, "待核实"] = len(roster.set_aside)
        for record in roster.records:
            fields = {field: getattr(record, field) for field in record.__struct_fields__ if field != "row"}
            found[name, repr(fields)] += 1
    return found


@pytest.fixture(scope="module", params=PROGRAMMES)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A sample with its formulas as values, where its tables stand, and its records."""
    name = str(request.param)
    target = tmp_path_factory.mktemp("whole") / f"{name}.xlsx"
    whole = plain(SAMPLES / f"{name}.xlsx", target)
    if not FULL and name in LONG:
        whole = thinned(whole, target, spots(target), LONG[name])
    return Sample(whole, PROGRAMMES[name], spots(target), people([target], PROGRAMMES[name]))


@pytest.mark.parametrize("change", CHANGES | ON_ROSTERS)
def test_a_change_beside_the_records_of_a_sample_changes_none_of_them(
    sample: Sample, change: str, tmp_path: Path
) -> None:
    other = changed(sample.whole, tmp_path / "名册.xlsx", sample.spots, (CHANGES | ON_ROSTERS)[change])
    if other is None:
        pytest.skip("no column in it that could be added up")
    assert differing(sample.records, people([other], sample.programme)) == []


def test_splitting_a_sample_changes_none_of_its_records(sample: Sample, tmp_path: Path) -> None:
    one_sheet = len({spot.sheet for spot in sample.spots}) == 1
    parts = (
        split_in_two(sample.whole, tmp_path, sample.spots[0])
        if one_sheet
        else split_by_sheet(sample.whole, tmp_path)
    )
    assert len(parts) > 1
    assert differing(sample.records, people(parts, sample.programme)) == []


def differing(before: Counter[Any], after: Counter[Any]) -> list[str]:
    """A few of the records that are not the same."""
    lost, new = before - after, after - before
    return [f"少 {one} {n}" for one, n in lost.items()][:3] + [f"多 {one} {n}" for one, n in new.items()][:3]


def whole_tables() -> list[str]:
    """The workbooks of others that hold tables with records and are .xlsx."""
    return [
        book["file"]
        for book in truth()
        if book["file"].endswith(".xlsx")
        and any((sheet.get("records") or 0) >= FEWEST for sheet in book["sheets"])
    ]


def counted(paths: Sequence[Path]) -> Counter[Any]:
    """How many records there are under which headings."""
    found: Counter[Any] = Counter()
    for sheet, table in tables(paths):
        names = tuple(dict.fromkeys(name for name in table["columns"] if name))  # a merged one counts once
        found[sheet, names] += table["records"]
    return +found


class Somebodys(NamedTuple):
    """A book of somebody's as it is before anything is done to it. tables: how many there are in it."""

    whole: Workbook
    spots: list[Spot]
    tables: int
    records: Counter[Any]


@pytest.fixture(scope="module", params=whole_tables())
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Somebodys:
    target = tmp_path_factory.mktemp("whole") / "whole.xlsx"
    whole = plain(CORPUS / "files" / str(request.param), target)
    return Somebodys(whole, spots(target), len(tables([target])), counted([target]))


@pytest.mark.skipif(not truth(), reason="the workbooks of ../shared/workbooks are not at hand")
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_beside_the_records_of_somebody_s_book_changes_none_of_them(
    book: Somebodys, change: str, tmp_path: Path
) -> None:
    if not book.spots:
        pytest.skip("no table is seen in it once formulas are values")
    other = changed(book.whole, tmp_path / "whole.xlsx", book.spots, CHANGES[change])
    if other is None:
        pytest.skip("nothing in it to add up, or no row at which the table could be cut")
    assert counted([other]) == book.records


@pytest.mark.skipif(not truth(), reason="the workbooks of ../shared/workbooks are not at hand")
def test_splitting_somebody_s_book_in_two_changes_none_of_its_records(
    book: Somebodys, tmp_path: Path
) -> None:
    if len({spot.sheet for spot in book.spots}) != 1 or book.tables != 1:
        pytest.skip("more than one table, which cannot be cut as one")
    parts = split_in_two(book.whole, tmp_path, book.spots[0])
    if not parts:
        pytest.skip("no row in it at which the table could be cut")
    assert counted(parts) == book.records
