"""Files that cannot be read: each is refused by what it is, and a locked one asks for its password."""

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.books.encryption import PasswordNeededError
from tests.roster.file_formats import (
    SHOWN,
    as_text,
    encrypted,
    ods,
    ods_cell,
    packed,
    read,
    rewritten,
    saved,
    xlsb,
)


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


@pytest.mark.parametrize(("rows", "columns"), [("100000", "1000"), ("1", "9" * 10), ("9" * 30, "2")])
@pytest.mark.parametrize("has", ["office:value-type", "office:string-value", "table:formula"])
def test_repeats_that_reach_too_far_are_refused(tmp_path: Path, rows: str, columns: str, has: str) -> None:
    cell = ods_cell("x", f'table:number-columns-repeated="{columns}"').replace("office:value-type", has)
    assert has in cell
    path = tmp_path / "a.ods"
    path.write_bytes(ods(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'))
    with pytest.raises(UserError, match="铺得太远"):
        open_book(path)


def test_a_binary_workbook_that_reaches_too_far_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsb"
    path.write_bytes(xlsb([["x"]] * 20_000, stray=16_000))
    with pytest.raises(UserError, match="铺得太远"):
        open_book(path)


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
