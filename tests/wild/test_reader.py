"""The reader over situations that users report: what each folder's description says is right, of tables and records."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sanchuang_cli.finding import Severity
from sanchuang_cli.policy import load, source
from sanchuang_cli.programmes import PROGRAMMES
from sanchuang_cli.record import Wanted
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.checks.audit import Audit, audit
from sanchuang_cli.roster.paths import common_name
from sanchuang_cli.roster.read import ReadRosters, read
from sanchuang_cli.roster.tables.sheet_layout import SheetLayout, layout
from tests.command import Sanchuang
from tests.wild import WILD, wild


@cache
def wanted(programme: str, main: str) -> dict[str, Wanted[Any]]:
    """The main roster of a programme, with its policy's columns."""
    loaded = next(one for one in PROGRAMMES if one.name == programme).load()
    edition = load(loaded.policy, *source(programme, None)).editions[-1]
    return {main: replace(loaded.reads[main], more=loaded.policy_columns(edition).get(main, ()))}


def members(*paths: Path) -> ReadRosters:
    return read(paths, wanted("subsidies", "members"))


def checked(*paths: Path) -> Audit:
    return audit(paths, wanted("subsidies", "members"))


def rows(reading: ReadRosters) -> tuple[int, int]:
    """Records, and rows set aside."""
    roster = reading.rosters["members"]
    return len(roster.records), len(roster.set_aside)


def tables(path: Path) -> list[SheetLayout]:
    return [layout(sheet, path.name) for sheet in open_book(path).sheets]


def codes(reading: ReadRosters | Audit) -> set[str]:
    return {finding.code for finding in reading.findings}


def books(folder: str) -> list[Path]:
    """All books of a folder; none where it is not at hand, so that what is done with each is skipped."""
    return sorted((WILD / folder).rglob("*.xlsx"))


def of(folder: str) -> list[Path]:
    wild(folder)
    return books(folder)


def test_a_wrong_dimension_loses_no_row() -> None:
    assert rows(members(*of("01-wps-dimension"))) == (5, 0)


def test_one_heading_over_two_columns_and_a_blank_heading_are_told() -> None:
    folder = wild("07-shared-heading")
    merged = members(folder / "merged-heading.xlsx")
    assert rows(merged) == (5, 0)
    assert any("开户行及账号" in finding.message for finding in merged.findings)
    blank = members(folder / "blank-heading.xlsx")
    assert rows(blank) == (5, 0)
    assert any("P 列有内容而没有表头" in finding.message for finding in blank.findings)


def test_invisible_characters_are_tidied_and_one_person_is_seen_twice() -> None:
    found = checked(*of("10-invisible-characters"))
    assert (found.tally.read, found.tally.set_aside) == (6, 2)
    assert [f.place.row for f in found.findings if f.code == "duplicates.identity"] == [3, 8]


@pytest.mark.parametrize("name", ["two-blocks.xlsx", "two-blocks-gap.xlsx"])
def test_two_blocks_side_by_side_are_both_read(name: str) -> None:
    assert rows(members(wild("11-two-blocks-side-by-side") / name)) == (9, 0)


def test_a_file_name_in_gbk_bytes_is_shown_readable(tmp_path: Path) -> None:
    name = os.fsdecode("党员名册.xlsx".encode("gb18030"))
    path = tmp_path / name
    try:
        shutil.copy(wild("25-table-starts-at-C5") / "c5.xlsx", path)
    except OSError:
        pytest.skip("this file system takes no such names")
    reading = members(path)
    assert [book.file for book in reading.books] == ["党员名册.xlsx"]
    assert common_name([path]) == "党员名册"


def test_a_picture_in_a_cell_is_said_to_be_one() -> None:
    reading = members(*of("16-wps-dispimg"))
    assert rows(reading) == (4, 1)
    pictures = [finding for finding in reading.findings if finding.code == "cell.picture"]
    assert {finding.place.heading for finding in pictures} == {"身份证号", "健在情况", "备注"}
    assert not any("照片" in finding.message for finding in reading.findings)


@pytest.mark.parametrize("path", books("22-prefilled-formula-rows"), ids=lambda path: path.stem)
def test_lines_prefilled_with_formulas_are_blank_lines(path: Path) -> None:
    assert rows(members(path)) == (3, 0)
    ((area,),) = [found.areas for found in tables(path)]
    prefilled = sum(last - first + 1 for first, last, why in area.skipped if why == "prefilled")
    assert prefilled == 27


def test_a_table_may_start_at_C5() -> None:
    assert rows(members(*of("25-table-starts-at-C5"))) == (5, 0)


def test_characters_that_were_lost_are_told() -> None:
    found = checked(*of("28-private-use-character"))
    warned = {
        f.place.row for f in found.findings if f.severity is not Severity.NOTE and f.place.heading == "姓名"
    }
    names = {record.row.number: record.name for record in found.rosters["members"].records}
    assert {row for row, name in names.items() if re.search(r"[?\ue000-\uf8ff]", name)} == warned


def test_stored_values_are_read_not_those_that_are_shown() -> None:
    reading = read(of("29-shown-and-stored"), wanted("rate", "organisations"))
    cells = [cell for record in reading.rosters["organisations"].records for cell in record.row.cells]
    assert 79.6 in cells and 0.8996 in cells


@pytest.mark.parametrize("path", books("31-period-in-a-heading"), ids=lambda path: path.stem)
def test_a_period_in_a_heading_costs_no_table(path: Path) -> None:
    assert rows(members(path)) == (5, 0)


@pytest.mark.parametrize("path", books("34-blank-wide-roster"), ids=lambda path: path.stem)
def test_a_blank_wide_roster_is_an_empty_template(path: Path) -> None:
    ((area,),) = [found.areas for found in tables(path)]
    assert len(area.columns) == 46 and not list(area.records)


@pytest.mark.parametrize("path", books("35-total-without-a-label"), ids=lambda path: path.stem)
def test_a_total_without_a_label_is_a_total_and_said(path: Path) -> None:
    reading = members(path)
    assert rows(reading) == (5, 0)
    assert "layout.sum-row" in codes(reading)


@pytest.mark.parametrize("path", books("37-scratch-columns-to-the-right"), ids=lambda path: path.stem)
def test_helper_columns_are_told_and_cost_no_table(path: Path) -> None:
    reading = members(path)
    assert rows(reading) == (10, 0)
    assert "layout.unnamed-column" in codes(reading)


RIGHT: list[tuple[str, Callable[[Path], list[Path]], int, str]] = [
    ("01-wps-dimension", lambda folder: [folder / "wps-dim.xlsx"], 0, "7,575.00"),
    ("25-table-starts-at-C5", lambda folder: [folder / "c5.xlsx"], 0, "7,575.00"),
    ("22-prefilled-formula-rows", lambda folder: [folder / "sex-women.xlsx"], 0, "读取 3 = 发放 3"),
    ("31-period-in-a-heading", lambda folder: [folder / "folder"], 0, "读取 10 = 发放 10"),
    ("35-total-without-a-label", lambda folder: [folder / "total.xlsx"], 0, "读取 5 = 发放 5"),
    ("35-total-without-a-label", lambda folder: [folder / "total-formula.xlsx"], 0, "读取 5 = 发放 5"),
]


@pytest.mark.parametrize(
    ("folder", "given", "code", "says"), RIGHT, ids=[f"{r[0]}-{i}" for i, r in enumerate(RIGHT)]
)
def test_the_run_pays_them(
    sanchuang: Sanchuang, folder: str, given: Callable[[Path], list[Path]], code: int, says: str
) -> None:
    ran = sanchuang("subsidies", *given(wild(folder)), "--period", "2026Q2", "--out", "结果.xlsx")
    assert ran.code == code, ran.err
    assert says in ran.out + ran.err
