"""The sample workbooks are what their script makes, and hold what the demonstration needs."""

import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sanchuang_cli.domain.identity import is_luhn

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
GOODS = ("领导班子", "党员队伍", "工作机制", "工作业绩", "群众反映")


def made(folder: Path, **environment: str) -> dict[str, bytes]:
    """The samples that the script writes into `folder`, by name."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, SAMPLES / "make_samples.py", folder],
        env=os.environ | environment,
        check=True,
        timeout=60,
    )
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def unpacked(book: bytes) -> list[tuple[str, bytes]]:
    """What is in a book, in its order: the same on every machine, though compressors differ."""
    with zipfile.ZipFile(BytesIO(book)) as entries:
        return [(name, entries.read(name)) for name in entries.namelist()]


def test_the_committed_samples_are_what_the_script_makes(tmp_path: Path) -> None:
    again = made(tmp_path / "again")
    committed = {file.name: file.read_bytes() for file in SAMPLES.glob("*.xlsx")}
    assert again.keys() == committed.keys()
    stale = [name for name in again if unpacked(again[name]) != unpacked(committed[name])]
    assert not stale, f"run `python data/samples/make_samples.py`: {stale}"
    assert all(len(book) < 400_000 for book in committed.values())


def test_samples_depend_on_no_clock_zone_or_hash_seed(tmp_path: Path) -> None:
    east = made(tmp_path / "east", TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    west = made(tmp_path / "west", TZ="America/Lima", PYTHONHASHSEED="2")
    assert east == west


def test_no_sample_holds_a_number_long_enough_to_be_somebody_s() -> None:
    for file in SAMPLES.glob("orgs*.xlsx"):
        with zipfile.ZipFile(file) as book:
            for part in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
                texts = re.findall(r"<(?:t|v)[^>]*>([^<]*)<", book.read(part).decode())
                assert texts
                assert not [text for text in texts if re.search(r"(?<![\d.])\d{11}", text)], part


def test_every_long_number_of_members_belongs_to_nobody() -> None:
    """Identity numbers of a district that never was, accounts of no bank or with a wrong check digit, no phone."""
    found: list[str] = []
    for sheet in load_workbook(SAMPLES / "members.xlsx").worksheets:
        for line in sheet.iter_rows(values_only=True):
            cells = (str(int(cell)) if isinstance(cell, int | float) else str(cell) for cell in line if cell)
            found += [number for cell in cells for number in re.findall(r"\d[\d ]{9,}[\dX]", cell)]
    assert len(found) > 1_800
    ours = [n for n in found if n.startswith(("230299", "999999", "10012345678"))]
    (card,) = set(found) - set(ours)
    assert card.startswith("62") and not is_luhn(card)


def test_every_identity_number_of_checkups_is_of_a_district_that_never_was_and_nothing_is_about_health() -> (
    None
):
    book = load_workbook(SAMPLES / "checkups.xlsx")
    cells = [
        str(cell)
        for sheet in book.worksheets
        for line in sheet.iter_rows(values_only=True)
        for cell in line
        if cell
    ]
    numbers = [number for cell in cells for number in re.findall(r"\d{17}[\dX]", cell)]
    assert len(numbers) == 100 and all(number.startswith("230299") for number in numbers)
    assert not {"主要异常", "复查建议", "结果"}.intersection(cells)
    assert len(book.worksheets) == 9


def test_members_holds_each_oddity_under_a_name_of_its_own() -> None:
    sys.path.insert(0, str(SAMPLES))
    try:
        import members
        import oddities
        import people
    finally:
        sys.path.pop(0)
    written = [person for township in members.county().values() for person in township]
    names = Counter(person.name for person in written)
    for number in range(8):
        for odd in oddities.oddities(people.People(members.SEED, number), number):
            expected = 2 if odd.name in ("石同名", "石双报", "石两账", "石两龄") else 1
            assert names[odd.name] == expected, odd.name
    numbers = Counter(person.identity for person in written)
    assert sorted(numbers.values())[-3:] == [2, 2, 2], "three people stand twice, nobody else does"
    assert sum(numbers.values()) == len(written) == 877


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """orgs.xlsx by its headings, as far as the 合计 row; township cells filled down."""
    sheet = load_workbook(SAMPLES / "orgs.xlsx", data_only=True).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(i for i, line in enumerate(lines) if line[0] == "序号")
    headings: list[str] = []
    group, township = "", ""
    for upper, lower in zip(lines[start], lines[start + 1], strict=True):
        group = str(upper or group)
        headings.append(f"{group}/{lower}" if lower else group)
    found = []
    for line in lines[start + 2 :]:
        row: dict[str, Any] = dict(zip(headings, line, strict=True))
        township = str(row["乡镇"] or township)
        row["乡镇"] = township
        found.append(row)
        if row["序号"] == "合  计":
            return found
    raise AssertionError("no 合计 row")


def organisations(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row["序号"], int)]


def test_orgs_has_eight_townships_every_type_and_nobody_twice(rows: list[dict[str, Any]]) -> None:
    orgs = organisations(rows)
    names = {(row["乡镇"], row["党组织名称"]) for row in orgs}
    assert len(names) == len(orgs) == 158
    assert all(township and name for township, name in names)
    assert len({row["乡镇"] for row in orgs}) == 8
    assert {row["类型"] for row in orgs} == {
        "村",
        "社区",
        "机关",
        "事业单位",
        "国企",
        "非公企业",
        "社会组织",
        "学校",
    }


def total(row: dict[str, Any]) -> Fraction:
    """The mean of the five goods as judged, by the organisation itself where nobody else has."""
    judged = [row[f"评定分/{good}"] or row[f"自评分/{good}"] for good in GOODS]
    points = [Fraction(unicodedata.normalize("NFKC", str(each))) for each in judged]
    assert all(0 <= each <= 100 for each in points)
    return sum(points, Fraction(0)) / len(points)


def test_orgs_totals_are_spread_as_in_the_county_that_published_its_own(rows: list[dict[str, Any]]) -> None:
    totals = [total(row) for row in organisations(rows)]
    bands = [
        sum(least <= each < most for each in totals)
        for least, most in ((90, 101), (80, 90), (60, 80), (0, 60))
    ]
    published = (10.1, 60.6, 20.1, 9.2)
    assert [round(100 * band / len(totals)) for band in bands] == pytest.approx(published, abs=4)


def test_orgs_keeps_blanks_and_full_width_digits_among_the_scores(rows: list[dict[str, Any]]) -> None:
    given = [row[f"评定分/{good}"] for row in organisations(rows) for good in GOODS]
    assert given.count(None) == 5
    assert sum(isinstance(each, str) for each in given) >= 20


def test_orgs_printed_satisfaction_is_off_twice_and_else_true_to_a_tenth_of_a_percent(
    rows: list[dict[str, Any]],
) -> None:
    off, none = [], 0
    for row in organisations(rows):
        printed = row["民主测评/满意率"]
        if printed is None:
            none += 1
            continue
        stated = Fraction(str(printed).rstrip("%")) / (
            1 if isinstance(printed, int | float) and printed <= 1 else 100
        )
        true = Fraction(row["民主测评/满意票"], row["民主测评/有效票"])
        if abs(stated - true) > Fraction(1, 2000):
            off.append(row["党组织名称"])
    assert (off, none) == (["六合村党支部", "富强村党支部"], 2)


def test_orgs_subtotals_and_total_are_the_sums_of_their_rows(rows: list[dict[str, Any]]) -> None:
    summed = ("党员数", *(f"民主测评/{what}" for what in ("发出票", "收回票", "有效票", "满意票")))
    block: list[dict[str, Any]] = []
    subtotals = 0
    for row in rows:
        if row["序号"] == "小计":
            assert {name: row[name] for name in summed} == {
                name: sum(r[name] or 0 for r in block) for name in summed
            }
            block, subtotals = [], subtotals + 1
        elif row["序号"] == "合  计":
            everyone = organisations(rows)
            assert {n: row[n] for n in summed} == {n: sum(r[n] or 0 for r in everyone) for n in summed}
        else:
            block.append(row)
    assert subtotals == 8


def test_every_identity_number_of_fund_is_of_a_district_that_never_was_and_no_account_is_of_a_bank() -> None:
    numbers: list[str] = []
    for sheet in load_workbook(SAMPLES / "fund.xlsx").worksheets:
        cells = [str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell]
        numbers += [number for cell in cells for number in re.findall(r"\d{16,19}X?", cell)]
    assert len(numbers) > 70 and all(number.startswith(("230299", "999999")) for number in numbers)
