"""What a check-up found is in no part of a returned copy, wherever the book remembers it; all else is kept."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.roster.copies.books import read
from tests.roster.copies.builder import Parts, zipped
from tests.roster.copies.features import Opened, features, marks
from tests.roster.copies.findings import PRESSURE, WORD, planted
from tests.roster.returned_copies import returned_copy

GONE = {
    "xl/calcchain.xml",
    "docprops/thumbnail.jpeg",
    "xl/revisions/revisionheaders.xml",
    "xl/pivotcache/pivotcacherecords1.xml",
}


def telling(files: Parts, *words: str) -> dict[str, list[str]]:
    """The parts that tell one of the words, in any coding in which XML or a binary part may have it."""
    result = {}
    for name, data in files.items():
        readings = [
            unescape(data.decode("utf-8", "replace")),
            data.decode("utf-16-le", "replace"),
            data.decode("utf-16-be", "replace"),
        ]
        if told := [word for word in words if any(word in reading for reading in readings)]:
            result[name] = told
    return result


@pytest.fixture
def copy(tmp_path: Path) -> Parts:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(zipped(planted()))
    made = returned_copy(path)
    assert any("体检发现的健康情况没有带过来，这几列是空的：主要异常、血压" in note for note in made.notes)
    return read(made.saved.path)


def test_the_word_is_planted_in_every_kind_of_part_that_may_remember_it() -> None:
    kinds = {re.sub(r"\d", "", name.rpartition("/")[2].lower()) for name in telling(planted(), WORD)}
    assert kinds >= {
        *(
            "sheet.xml",
            "sharedstrings.xml",
            "comments.xml",
            "threadedcomment.xml",
            "chart.xml",
            "drawing.xml",
            "workbook.xml",
        ),
        *(
            "pivotcachedefinition.xml",
            "pivotcacherecords.xml",
            "item.xml",
            "custom.xml",
            "thumbnail.jpeg",
            "externallink.xml",
        ),
        "revisionlog.xml",
    }


def test_no_part_of_the_copy_tells_a_finding(copy: Parts) -> None:
    assert telling(copy, WORD, *(str(PRESSURE + at) for at in range(6))) == {}


def test_the_copy_is_the_senders_own_book_with_all_else_kept(copy: Parts) -> None:
    before, marked = planted(), marks(copy)
    there, kept = features(before, marked), features(copy, marked)
    for name in ("formats", "merges", "panes", "validation", "pictures", "names", "hidden", "print", "theme"):
        same = [line for line in there[name] if WORD not in line]
        assert [line for line in same if line not in kept[name]] == [], name
    shapes = Opened(copy).drawings()
    assert "盖章处" in "".join("".join(shape.itertext()) for shape in shapes)
    assert "本人来电" in "".join(kept["comments"])
    assert {name.lower() for name in before} - {name.lower() for name in copy} >= GONE


def test_formulas_stay_and_only_results_that_depend_on_findings_go(copy: Parts, tmp_path: Path) -> None:
    path = tmp_path / "退回" / "名册-退回修改.xlsx"
    formulas, results = load_workbook(path)["汇总"], load_workbook(path, data_only=True)["汇总"]
    assert formulas["A2"].value == "=名册!G2" and formulas["D1"].value.startswith("=VLOOKUP(")
    gone: list[Any] = [results[name].value for name in ("A1", "A2", "A3", "B1", "B2", "D1", "I8", "I9")]
    assert gone == [None] * 8
    assert (results["C1"].value, results["C2"].value) == (1800.5, "说明1800.5")
    assert b'fullCalcOnLoad="1"' in copy["xl/workbook.xml"]


def test_other_programs_open_the_copy_and_find_the_columns_empty(copy: Parts, tmp_path: Path) -> None:
    path = tmp_path / "退回" / "名册-退回修改.xlsx"
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("名册").to_python()
    assert rows[0][6:8] == ["主要异常", "血压"]
    assert [row[6:8] for row in rows[1:6]] == [["", ""]] * 5
    assert [row[0] for row in rows[1:6]] == ["王甲", "王乙", "王丙", "王丁", "王戊"]
    assert load_workbook(path).sheetnames == ["名册", "汇总", "透视", "退回修改"]


def test_a_chart_of_other_cells_keeps_what_it_remembers(copy: Parts) -> None:
    assert "王甲" in copy["xl/charts/chart1.xml"].decode() and b"120.5" in copy["xl/charts/chart1.xml"]


@pytest.mark.parametrize("part", ["xl/embeddings/工作簿1.xlsx", "xl/model/item.data"])
def test_a_book_with_parts_that_nobody_can_search_is_made_anew(tmp_path: Path, part: str) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(zipped(planted() | {part: WORD.encode()}))
    made = returned_copy(path)
    assert any("照它另做的" in note for note in made.notes)
    rows = CalamineWorkbook.from_path(str(made.saved.path)).get_sheet_by_name("名册").to_python()
    assert [row[6:8] for row in rows[1:6]] == [["", ""]] * 5
