"""Whatever a sender's book has stands in its returned copy: eighteen features, ten workbooks, compared in their XML parts."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.roster.copies.books import VARIANTS, made, read, returned_once
from tests.roster.copies.builder import everything
from tests.roster.copies.features import LIST, features, marks
from tests.roster.returned_copies import records, returned_copy

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*will be removed:UserWarning"
)  # openpyxl, about what it does not know
SOFFICE = shutil.which("soffice")
CHANGED = {
    "[content_types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/comments1.xml",
    "xl/drawings/vmldrawing1.vml",
    "xl/threadedcomments/threadedcomment1.xml",
    "xl/persons/person.xml",
}
"""The parts that marks touch: sheet2 has a finding, too. What is linked from sheet2 is new."""


def test_the_made_workbook_has_all_eighteen_features() -> None:
    there = features(everything())
    assert len(there) == 18 and all(there.values())


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_feature_stands_in_the_copy_as_in_the_original(tmp_path: Path, variant: str) -> None:
    path = made(tmp_path, variant)
    copy = returned_copy(path)
    assert copy.notes == ()
    before, after = read(path), read(copy.saved.path)
    marked = marks(after)
    assert {reference for _, reference in marked} >= {"B5", "C5", "B6", "B7"}
    assert features(after, marked) == features(before, marked)


def test_every_feature_stands_in_the_copy_of_a_copy(tmp_path: Path) -> None:
    path = returned_once(tmp_path)
    before, after = read(path), read(returned_copy(path).saved.path)
    marked = marks(before) | marks(after)
    assert features(after, marked) == features(before, marked)


@pytest.mark.parametrize("variant", VARIANTS)
def test_parts_that_no_mark_touches_have_the_same_bytes(tmp_path: Path, variant: str) -> None:
    path = made(tmp_path, variant)
    before, after = read(path), read(returned_copy(path).saved.path)
    different = {name for name in before if before[name] != after.get(name)}
    assert {name.lower() for name in different if "comment" not in name and "legacy" not in name} <= CHANGED
    assert [name for name in before if name not in after] == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_copy_is_read_like_its_original(tmp_path: Path, variant: str) -> None:
    path = made(tmp_path, variant)
    assert records(returned_copy(path).saved.path) == records(path) != []


@pytest.mark.parametrize("variant", VARIANTS)
def test_openpyxl_and_calamine_open_a_copy_with_the_same_cells(tmp_path: Path, variant: str) -> None:
    path = made(tmp_path, variant)
    copy = returned_copy(path).saved.path
    before, after = (load_workbook(file, data_only=True, rich_text=True) for file in (path, copy))
    assert after.sheetnames == [*before.sheetnames, LIST]
    for sheet in before.worksheets:
        assert values(after[sheet.title], sheet.max_row) == values(sheet, sheet.max_row)
    if variant == "in UTF-16":  # calamine reads no such original, but the copy
        path = made(tmp_path, "as XlsxWriter writes it")
    for name in CalamineWorkbook.from_path(str(path)).sheet_names:
        assert rows(copy, name) == rows(path, name)


def values(sheet: Any, last: int) -> list[Any]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(max_row=last)]


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()


@pytest.mark.installed
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed (soffice)")
def test_libreoffice_opens_every_copy_and_finds_the_same_cells(tmp_path: Path) -> None:
    copies = []
    for number, variant in enumerate(VARIANTS):
        (tmp_path / str(number)).mkdir()
        copy = returned_copy(made(tmp_path / str(number), variant)).saved.path
        copies.append(copy.rename(tmp_path / f"{number}{copy.suffix}"))
    assert SOFFICE
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path / "ods"),
        *map(str, copies),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for copy in copies:
        before, after = rows(copy, "名册"), rows(tmp_path / "ods" / f"{copy.stem}.ods", "名册")
        assert [row[:5] for row in after[:7]] == [row[:5] for row in before[:7]]
