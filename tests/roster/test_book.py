"""Opening: every format gives the same cells, and what cannot be read is refused by what it is."""

import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sanchuang_cli.finding import UserError
from sanchuang_cli.record import NOT_WORKED_OUT, Cell, ErrorCell, shown
from sanchuang_cli.roster.books.book import _with_errors, open_book
from sanchuang_cli.roster.books.encryption import PasswordNeededError

ROWS: list[list[Any]] = [
    ["姓名", "金额", "身份证号"],
    ["王刚", 1200.5, "230227195308151013"],
    ["李·明", -3, "23022719530815102X"],
]
DAY = datetime.date(2023, 10, 1)
SHOWN = [
    ["姓名", "金额", "身份证号"],
    ["王刚", "1200.5", "230227195308151013"],
    ["李·明", "-3", "23022719530815102X"],
]


def saved(
    path: Path, change: Callable[[Any], object] = lambda sheet: None, rows: Sequence[Any] = ROWS
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    change(sheet)
    book.save(path)
    return path


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return target


def read(path: Path) -> list[list[Cell]]:
    return [list(row) for row in open_book(path).sheets[0].rows]


def as_text(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    return [[shown(cell) for cell in row] for row in rows]


def ods(rows: str, extra: str = "") -> bytes:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{extra}{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return packed.getvalue()


def ods_cell(cell: str | float, more: str = "") -> str:
    if isinstance(cell, str):
        return (
            f'<table:table-cell office:value-type="string" {more}><text:p>{cell}</text:p></table:table-cell>'
        )
    return f'<table:table-cell office:value-type="float" office:value="{cell}" {more}><text:p/></table:table-cell>'


def ods_rows(rows: Sequence[Any]) -> str:
    return "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)


def biff4(rows: Sequence[Any]) -> bytes:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    cells = b""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("gbk")
                cells += record(0x0204, struct.pack("<HHHH", r, c, 0, len(text)) + text)
            else:
                cells += record(0x0203, struct.pack("<HHHd", r, c, 0, value))
    xf = b"".join(record(0x0443, bytes(12)) for _ in range(16))
    font = record(0x0231, struct.pack("<HHHB", 200, 0, 0x7FFF, 1) + b"A")
    start = record(0x0409, struct.pack("<HHH", 4, 0x10, 0)) + record(0x42, struct.pack("<H", 936))
    return start + font + xf + cells + record(0x0A, b"")


def xlsb(rows: Sequence[Any], stray: int = 0) -> bytes:
    """A minimal binary workbook: records of a kind, a length and their content."""

    def record(kind: int, body: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return head + bytes([len(body) & 0x7F | 0x80, len(body) >> 7]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    cells = b""
    for r, row in enumerate(rows):
        cells += record(0, struct.pack("<II", r, 0) + bytes(9))
        for c, value in enumerate(row):
            place = struct.pack("<II", c + stray, 0)
            cells += (
                record(6, place + wide(value))
                if isinstance(value, str)
                else record(5, place + struct.pack("<d", value))
            )
    sheet = (
        record(129)
        + record(148, struct.pack("<IIII", 0, 9, 0, 9))
        + record(145)
        + cells
        + record(146)
        + record(130)
    )
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表"))
        + record(144)
        + record(132)
    )
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr(
            "_rels/.rels",
            relations.format(
                f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.bin"/>'
            ),
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            relations.format(
                f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/>'
            ),
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return packed.getvalue()


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


def encrypted(path: Path, password: str) -> Path:
    with path.open("rb") as plain:
        target = path.with_name("locked.xlsx")
        with target.open("wb") as locked:
            msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, locked)
    return target


def test_passwords_are_tried_and_asked_for(tmp_path: Path) -> None:
    path = encrypted(saved(tmp_path / "a.xlsx"), "富裕2012")
    with pytest.raises(PasswordNeededError, match="--password-file"):
        open_book(path)
    with pytest.raises(PasswordNeededError, match="都打不开"):
        open_book(path, ["123", "456"])
    assert as_text(open_book(path, ["123", "富裕2012"]).sheets[0].rows) == SHOWN


def test_the_password_excel_tries_itself_is_tried_in_silence(tmp_path: Path) -> None:
    assert as_text(read(encrypted(saved(tmp_path / "a.xlsx"), "VelvetSweatshop"))) == SHOWN


WORD = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'


def packed(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "."), text)
    return content.getvalue()


def docx() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", WORD)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"\0" * 5000, "空的"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\nE", "SYLK"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"\xff\xd8\xff\xe0....", "图片"),
        (b"BM\x9a\x02\x00\x00\x00\x00", "图片"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        ("<html><table><tr><td>姓名</td></tr></table></html>".encode(), "网页"),
        ("\ufeff<!DOCTYPE html><html>".encode(), "网页"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
        (packed(a__txt="x"), "压缩包"),
        (docx(), "Word"),
        (b"PK\x03\x04" + b"\x14\0" * 40, "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "损坏"),
        ("姓名,性別,黨員類別\n王剛,男,正式黨員\n".encode("big5") * 20, "Big5"),
        (b"\x81\x81\xff\xff\xfe" * 10, "编码"),
        (bytes(range(1, 256)) + b"\0\0\0\1\2" * 50, "不是文本"),
    ],
)
def test_what_holds_no_cells_is_refused_by_what_it_is(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError, match=says) as refusal:
        open_book(path)
    assert str(refusal.value).startswith("名册.xlsx：") and "请" in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="打不开"):
        open_book(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="文件夹"):
        open_book(tmp_path)


def test_the_lock_file_of_an_open_workbook_is_refused_by_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "~$名册.xlsx").write_bytes(b"\x05admin" + b" " * 159)
    with pytest.raises(UserError, match="临时文件"):
        open_book(tmp_path / "~$名册.xlsx")


def test_traditional_text_in_gb18030_is_not_taken_for_big5(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,備註\n王剛,離任村黨組織書記，創業扶助\n".encode("gb18030") * 5)
    assert read(path)[1][1] == "離任村黨組織書記，創業扶助"


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    def swell(part: str, content: bytes) -> bytes:
        return content + b" " * (300 << 20) if "sheet1" in part else content

    path = rewritten(saved(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", swell)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(UserError, match="压缩炸弹"):
        open_book(path)


@pytest.mark.parametrize("part_of", ["sheet1.xml", "workbook.xml", "theme1.xml", "styles.xml"])
def test_entity_definitions_are_refused_in_any_part(tmp_path: Path, part_of: str) -> None:
    def spoil(part: str, content: bytes) -> bytes:
        if not part.endswith(part_of):
            return content
        return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + content

    path = rewritten(saved(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", spoil)
    with pytest.raises(UserError, match="实体"):
        open_book(path)


def test_repeats_that_reach_too_far_are_refused(tmp_path: Path) -> None:
    far = (
        '<table:table-row table:number-rows-repeated="100000">'
        + ods_cell("x", 'table:number-columns-repeated="1000"')
        + "</table:table-row>"
    )
    path = tmp_path / "a.ods"
    path.write_bytes(ods(far))
    with pytest.raises(UserError, match="铺得太远"):
        open_book(path)


def test_a_binary_workbook_that_reaches_too_far_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsb"
    path.write_bytes(xlsb([["x"]] * 20_000, stray=16_000))
    with pytest.raises(UserError, match="铺得太远"):
        open_book(path)


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


def compound(short_sectors: Sequence[int]) -> bytes:
    """An OLE file whose "Workbook" of 100 bytes lies in short sectors that follow one another as given."""
    end = 0xFFFFFFFE
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack(
        "<5H6x10I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, end, 0, 0
    )
    header += b"\xff" * (512 - len(header))
    table = struct.pack("<4I", 0xFFFFFFFD, end, end, end).ljust(512, b"\xff")
    entries = [("Root Entry", 5, 1, 3, 512), ("Workbook", 2, 0xFFFFFFFF, 0, 100)]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I36xIQ", 2 * len(name) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, start, size)
        for name, kind, child, start, size in entries
    )
    short = struct.pack(f"<{len(short_sectors)}I", *short_sectors).ljust(512, b"\xff")
    stream = struct.pack("<4H12x2H", 0x0809, 16, 0x0600, 5, 0x000A, 0)
    return header + table + directory.ljust(512, b"\0") + short + stream.ljust(512, b"\0")


@pytest.mark.parametrize("short_sectors", [(1, 0), (0,), (1, 2, 3, 1)])
def test_an_old_workbook_whose_sectors_run_in_a_circle_is_refused(
    tmp_path: Path, short_sectors: tuple[int, ...]
) -> None:
    """They were followed until no memory was left."""
    (tmp_path / "圈.xls").write_bytes(compound(short_sectors))
    with pytest.raises(UserError, match="损坏"):
        open_book(tmp_path / "圈.xls")
