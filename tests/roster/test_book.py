"""Opening files: every format gives the same cells, and says what is hidden, what is an error and what a formula lacks."""

import datetime
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sanchuang_cli.record import NOT_WORKED_OUT, ErrorCell, shown
from sanchuang_cli.roster.books.book import _with_errors, open_book
from tests.roster.file_formats import (
    ROWS,
    SHOWN,
    as_text,
    biff4,
    ods,
    ods_cell,
    ods_rows,
    read,
    rewritten,
    saved,
    xlsb,
)

DAY = datetime.date(2023, 10, 1)


def text_of(separator: str) -> str:
    return "\r\n".join(separator.join(str(cell) for cell in row) for row in ROWS)


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_is_read_whatever_its_encoding_and_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "名册.txt"
    path.write_bytes(text_of(separator).encode(encoding))
    assert as_text(read(path)) == SHOWN


def test_every_binary_format_gives_the_same_cells(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx")
    (tmp_path / "b.ods").write_bytes(ods(ods_rows(ROWS)))
    (tmp_path / "c.xls").write_bytes(biff4(ROWS))
    (tmp_path / "d.xlsb").write_bytes(xlsb(ROWS))
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }

    def strictly(part: str, content: bytes) -> bytes:
        for old, new in strict.items():
            content = content.replace(old, new)
        return content

    rewritten(tmp_path / "a.xlsx", tmp_path / "e.xlsx", strictly)
    for name in ("a.xlsx", "b.ods", "c.xls", "d.xlsb", "e.xlsx"):
        assert as_text(read(tmp_path / name)) == SHOWN, name


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx").rename(tmp_path / "名册.xls")
    (tmp_path / "名册.xlsx").write_bytes(text_of(",").encode("gb18030"))
    assert as_text(read(tmp_path / "名册.xls")) == SHOWN
    assert as_text(read(tmp_path / "名册.xlsx")) == SHOWN


def test_shields_of_exported_numbers_are_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('姓名,卡号,证号\n王刚,="0012345","\t230227195308151013"\n', encoding="utf-8")
    assert read(path)[1] == ["王刚", "0012345", "230227195308151013"]


def test_error_cells_are_told_from_blanks_and_from_text(tmp_path: Path) -> None:
    def spoil(sheet: Any) -> None:
        sheet["B2"] = "#N/A"
        sheet["A4"] = "#REF!"

    rows = read(saved(tmp_path / "a.xlsx", spoil))
    assert isinstance(rows[1][1], ErrorCell) and rows[1][1] == "#N/A"
    assert isinstance(rows[3][0], ErrorCell)
    assert not isinstance(rows[0][0], ErrorCell)
    error = ods_cell("x", 'calcext:value-type="error"')
    rows_of_ods = ods_rows([["a", "b"]]) + f"<table:table-row>{error}</table:table-row>"
    (tmp_path / "b.ods").write_bytes(ods(rows_of_ods))
    assert isinstance(read(tmp_path / "b.ods")[1][0], ErrorCell)


def test_a_formula_that_nobody_has_worked_out_is_no_blank(tmp_path: Path) -> None:
    """openpyxl writes formulas without a result, as programs do that export rosters."""

    def spoil(sheet: Any) -> None:
        sheet["B2"] = "=DATE(2026,5,1)"
        sheet["A4"] = '="是"'

    path = saved(tmp_path / "a.xlsx", spoil)
    rows = read(path)
    assert [(type(cell), cell) for cell in (rows[1][1], rows[3][0])] == [(ErrorCell, NOT_WORKED_OUT)] * 2

    def empty_text(name: str, part: bytes) -> bytes:
        return part.replace(b'<c r="B2">', b'<c r="B2" t="str">') if "sheet1" in name else part

    worked_out = read(rewritten(path, tmp_path / "b.xlsx", empty_text))
    assert worked_out[1][1] == "" and worked_out[3][0] == NOT_WORKED_OUT


def test_hidden_sheets_rows_and_columns_are_read_with_a_finding(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        other = sheet.parent.create_sheet("字典")
        other.append(["a", "b"])
        other.sheet_state = "veryHidden"

    book = open_book(saved(tmp_path / "a.xlsx", hide))
    assert [f.code for f in book.findings] == ["book.hidden-rows", "book.hidden-columns", "book.hidden-sheet"]
    assert book.sheets[0].hidden_rows == {2} and book.sheets[0].hidden_columns == {3}
    assert book.sheets[1].hidden and len(book.sheets[0].rows) == 3


def test_hidden_rows_and_merges_of_ods_are_seen(tmp_path: Path) -> None:
    hidden = ods_rows(ROWS).replace("<table:table-row>", '<table:table-row table:visibility="collapse">', 2)
    merged = hidden.replace(
        'office:value-type="string"', 'office:value-type="string" table:number-rows-spanned="2"', 1
    )
    path = tmp_path / "a.ods"
    path.write_bytes(ods(merged))
    sheet = open_book(path).sheets[0]
    assert sheet.hidden_rows == {1, 2}
    assert sheet.merges == ((1, 1, 2, 1),)


def test_number_formats_tell_october_from_january(tmp_path: Path) -> None:
    def dates(sheet: Any) -> None:
        sheet["A4"], sheet["B4"], sheet["C4"] = 1990.1, 1990.1, "1990.1"
        sheet["A4"].number_format = "0.00"

    sheet = open_book(saved(tmp_path / "a.xlsx", dates)).sheets[0]
    assert sheet.number_format(4, 1) == "0.00"
    assert sheet.number_format(4, 2) == "General"
    assert sheet.number_format(4, 3) == sheet.number_format(99, 1) == ""


def test_the_1904_date_system_is_told(tmp_path: Path) -> None:
    def dates(sheet: Any) -> None:
        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet["A4"] = datetime.datetime(2023, 10, 1)

    sheet = open_book(saved(tmp_path / "a.xlsx", dates)).sheets[0]
    assert sheet.date1904 and sheet.rows[3][0] == DAY


@pytest.mark.parametrize("reader", ["calamine", "openpyxl"])
def test_both_readers_of_xlsx_agree(tmp_path: Path, reader: str) -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_cells("A4:B5")
        sheet["A4"], sheet["C5"], sheet["D5"] = "合并", datetime.datetime(2023, 10, 1), True
        sheet["E5"], sheet["F5"] = datetime.datetime(2023, 10, 1, 8, 30), datetime.time(8, 30)
        if reader == "openpyxl":
            sheet["XFD1048576"] = "远处"

    sheet = open_book(saved(tmp_path / "a.xlsx", fill)).sheets[0]
    assert sheet.merges == ((4, 1, 5, 2),)
    assert [[shown(cell) for cell in row[:3]] for row in sheet.rows[:3]] == SHOWN
    assert list(sheet.rows[4])[2:6] == [
        DAY,
        True,
        datetime.datetime(2023, 10, 1, 8, 30),
        datetime.time(8, 30),
    ]


def test_rows_are_read_once_and_words_of_a_column_kept_once(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for n in range(4, 5000):
            sheet.append([f"青禾镇第{n % 3}村党支部", n % 2 or "无", f"6217{n:015}"])

    rows = open_book(saved(tmp_path / "a.xlsx", fill)).sheets[0].rows
    assert set(map(type, rows)) == {tuple}
    assert len({id(row[0]) for row in rows[3:]}) == 3
    assert {row[1] for row in rows[3:]} == {1.0, "无"}
    assert [row[2] for row in rows[3:]] == [f"6217{n:015}" for n in range(4, 5000)]


def test_errors_beyond_the_last_row_are_rows_of_their_own() -> None:
    rows = _with_errors([("甲", "乙"), ("丙",)], {(1, 1): "#N/A", (2, 3): "#REF!", (4, 2): "#N/A"})
    assert rows == [("#N/A", "乙"), ("丙", "", "#REF!"), (), ("", "#N/A")]
    assert isinstance(rows[3][1], ErrorCell) and not isinstance(rows[0][1], ErrorCell)


def test_a_stray_cell_at_the_far_corner_is_read_and_not_lost(tmp_path: Path) -> None:
    def stray(sheet: Any) -> None:
        sheet["XFD1048576"] = "x"

    rows = open_book(saved(tmp_path / "a.xlsx", stray)).sheets[0].rows
    assert len(rows) == 1048576 and rows[-1][-1] == "x" and len(rows[-1]) == 16384
    assert as_text(rows[:3]) == SHOWN


def test_a_dimension_that_lies_does_not_hide_a_stray_cell(tmp_path: Path) -> None:
    def stray(sheet: Any) -> None:
        sheet["P1048576"] = "x"

    def lie(part: str, content: bytes) -> bytes:
        return content.replace(b"A1:P1048576", b"A1:C3")

    path = rewritten(saved(tmp_path / "a.xlsx", stray), tmp_path / "b.xlsx", lie)
    assert open_book(path).sheets[0].rows[1048575][15] == "x"


def test_traditional_text_in_gb18030_is_not_taken_for_big5(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,備註\n王剛,離任村黨組織書記，創業扶助\n".encode("gb18030") * 5)
    assert read(path)[1][1] == "離任村黨組織書記，創業扶助"


def test_a_million_empty_rows_cost_little(tmp_path: Path) -> None:
    def pad(part: str, content: bytes) -> bytes:
        rows = b"".join(b'<row r="%d" spans="1:3"/>' % n for n in range(4, 1_000_001))
        return content.replace(b"</sheetData>", rows + b"</sheetData>") if "sheet1" in part else content

    rows = read(rewritten(saved(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", pad))
    assert as_text(rows) == SHOWN


def test_paths_with_backslashes_and_other_roots_are_found(tmp_path: Path) -> None:
    source = saved(tmp_path / "a.xlsx")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for part in old.namelist():
            new.writestr(part.replace("/", "\\") if part.startswith("xl/") else part, old.read(part))
    assert as_text(read(tmp_path / "b.xlsx")) == SHOWN
