"""Copies of the senders' books: layout, cells and records stay, and what is lost is said."""

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import PatternFill

from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.returns.copying import new_copy, own_copy, unlocked
from sanchuang_cli.roster.returns.marking import mark
from tests.counts import FULL
from tests.roster.books import PERSONS, audited, card, codes, number, people, sheet_rows, table
from tests.roster.returned_copies import (
    RED,
    WRONG,
    drawn,
    records,
    returned_copy,
    returned_from,
    two_rows,
    with_formula,
)

MOST_ROWS = 20_000 if FULL else 1_000
CORPUS = Path(__file__).parents[3] / "shared" / "workbooks"


def test_layout_is_kept(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    workbook = load_workbook(path)
    sheet = workbook["名册"]
    sheet.column_dimensions["B"].width = 31
    sheet.row_dimensions[4].height = 44
    sheet["B4"].fill = PatternFill("solid", fgColor="FF00B050")
    workbook.create_sheet("说明")["A1"] = "填表说明"
    workbook.save(path)
    copy = load_workbook(returned_copy(path).saved.path)
    sheet = copy["名册"]
    assert copy.sheetnames == ["名册", "说明", "退回修改"]
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[4].height) == (31, 44)
    assert sheet["B4"].fill.fgColor.rgb == "FF00B050"
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["A1:C1"]


def test_formulas_stay_with_their_results_also_where_they_are_marked(tmp_path: Path) -> None:
    path = with_formula(tmp_path / "甲.xlsx")
    copy = returned_copy(path)
    for name in ("C2", "C3"):
        assert drawn(copy.saved.path)[name].value == drawn(path)[name].value
    results = load_workbook(copy.saved.path, data_only=True)["名册"]
    assert (results["C2"].value, results["C3"].value) == (1200.3000000000002, 0)
    assert results["C3"].fill.fgColor.rgb == RED
    assert copy.notes == ()


def test_macros_stay_in_an_xlsm(tmp_path: Path) -> None:
    copy = returned_copy(with_formula(tmp_path / "甲.xlsm")).saved.path
    assert copy.name == "甲-退回修改.xlsm"
    with zipfile.ZipFile(copy) as package:
        assert package.read("xl/vbaProject.bin") == b"macros"
    assert records(copy) == records(tmp_path / "甲.xlsm")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_file_comes_back_as_a_workbook_that_says_so(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "青禾.csv"
    rows = sheet_rows(people({"身份证号": WRONG, "备注": "=1+1"}, {"备注": "007"}))
    path.write_text("\n".join(",".join(str(cell or "") for cell in row) for row in rows), encoding)
    copy = returned_copy(path)
    assert copy.saved.path.name == "青禾-退回修改.xlsx"
    assert "文本文件" in copy.notes[0]
    sheet = drawn(copy.saved.path, "青禾")
    assert (sheet["C2"].value, sheet["C2"].data_type, sheet["C3"].value) == ("=1+1", "s", "007")
    assert records(copy.saved.path) == records(path) != []


MANIFEST = """<?xml version="1.0" encoding="UTF-8"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:automatic-styles><style:style style:name="wide" style:family="table-column">
<style:table-column-properties style:column-width="5.7cm"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="名册">
<table:table-column table:style-name="wide" table:number-columns-repeated="2"/>{rows}
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_ods_comes_back_with_its_merges_and_widths(tmp_path: Path) -> None:
    def row(*cells: str, span: str = "") -> str:
        body = "".join(
            f'<table:table-cell office:value-type="string"{span}><text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{body}</table:table-row>"

    title = row("青禾镇党员名册", span=' table:number-columns-spanned="2" table:number-rows-spanned="1"')
    rows = title + row("姓名", "身份证号") + row("王甲", WRONG) + row("王乙", number("19600101"))
    path = tmp_path / "甲.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", ODS.format(rows=rows))
    copy = returned_copy(path)
    sheet = drawn(copy.saved.path)
    assert sheet.column_dimensions["B"].width == pytest.approx(30, abs=0.1)
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["A1:B1"]
    assert "ODF 工作簿" in copy.notes[0]
    assert "合并和列宽相同" in copy.notes[0]
    assert records(copy.saved.path) == records(path) != []


def test_comments_and_struck_cells_come_back_with_a_copy_made_anew(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>2026年4月去世</text:p></office:annotation>"
    style = (
        '<office:automatic-styles><style:style xmlns:style="urn:s" style:name="s" style:family="table-cell">'
    )
    style += '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'

    def row(*cells: str, more: str = "", note: str = "") -> str:
        body = "".join(
            f'<table:table-cell office:value-type="string"{more}>{note}<text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{body}</table:table-row>"

    rows = row("姓名", "身份证号") + row("王甲", number(), more=' table:style-name="s"')
    rows += row("王乙", number("19600101"), note=note)
    path = tmp_path / "甲.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr(
            "content.xml", ODS.format(rows=rows).replace("<office:body>", style + "<office:body>")
        )
    before = audited(path)
    after = audited(returned_copy(path).saved.path)
    assert codes(before) == ["error remarks.struck-row 2", "error remarks.dead 3", "error remarks.dead 3"]
    assert codes(after) == codes(before)


def test_blank_runs_of_rich_text_stay(tmp_path: Path) -> None:
    path = two_rows(tmp_path)
    workbook = load_workbook(path)
    font = InlineFont(b=True)
    rich = CellRichText(TextBlock(font, " "), "王", TextBlock(font, "  "), TextBlock(font, "刚"), " ")
    workbook["名册"]["A3"] = rich
    workbook.save(path)
    again = load_workbook(returned_copy(path).saved.path, rich_text=True)
    assert again["名册"]["A3"].value == load_workbook(path, rich_text=True)["名册"]["A3"].value


@pytest.mark.parametrize("kind", ["files", "nasty"])
def test_a_copy_of_every_real_book_holds_the_same_cells(tmp_path: Path, kind: str) -> None:
    """Of those that can be read; the large ones are left to the full run."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real workbooks is not beside the repository (../shared/workbooks)")
    compared = 0
    for path in sorted((CORPUS / kind).iterdir()):
        try:
            book_there = open_book(path)
        except UserError:
            continue
        if path.name in _TRIMMED or sum(len(s.rows) + len(s.merges) for s in book_there.sheets) > MOST_ROWS:
            continue
        content, _ = unlocked(path, [])
        try:
            copy = own_copy(book_there, content)
        except Exception:
            copy = new_copy(book_there, content)
        target = tmp_path / f"copy{copy.suffix}"
        mark(copy, book_there, [], {})
        target.write_bytes(copy.package.packed())
        sheets = {sheet.name: sheet for sheet in open_book(target).sheets}
        for sheet in book_there.sheets:
            same = sheets[copy.titles[sheet.name]]
            assert cells(sheet.rows) == cells(same.rows), path.name
            assert sorted(sheet.merges) == sorted(same.merges), path.name
            assert (sheet.hidden, sheet.hidden_rows) == (same.hidden, same.hidden_rows), path.name
        compared += 1
    assert compared >= {"files": 30, "nasty": 20}[kind]


_TRIMMED = {"tafia__calamine__whitespace_trim.xlsx"}
"""python-calamine trims what is written without xml:space, openpyxl keeps it: the records are the same."""


def cells(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Without blank cells at the right and blank rows at the end."""
    kept = []
    for row in rows:
        line = [None if cell in ("", None) else cell for cell in row]
        while line and line[-1] is None:
            line.pop()
        kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


DIRTY = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "无",
            " 王　刚 ",
            "2008.6.31",
            "1985.06",
            "230227********1013",
            "#N/A",
            "壹仟贰佰元整",
            "1.2万",
            "是",
            "0",
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="=")
    ),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.floats(0, 1e18),
    st.integers(-5, 10**17),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.just(number()),
    st.just(card()),
)
HEADINGS = [field.heading for field in PERSONS.fields]


@settings(max_examples=500 if FULL else 10)  # each example writes and reads several workbooks
@given(rows=st.lists(st.lists(DIRTY, min_size=len(HEADINGS), max_size=len(HEADINGS)), min_size=1, max_size=6))
def test_whatever_stands_in_the_cells_a_copy_is_read_like_the_original(rows: list[list[Any]]) -> None:
    with TemporaryDirectory() as folder:
        path = table(Path(folder) / "甲.xlsx", [dict(zip(HEADINGS, row, strict=True)) for row in rows])
        before = audited(path)
        for copy in returned_from(before, Path(folder) / "退回"):
            after = audited(copy.saved.path)
            assert codes(after) == codes(before)
            assert records(copy.saved.path) == records(path)
            assert str(after.tally) == str(before.tally)
