"""Old and odd files: read where they can be, else refused by what they are."""

import os
import struct
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.books.book import open_book
from sanchuang_cli.roster.columns.matching import pinned_columns
from sanchuang_cli.roster.paths import common_name, labels, readable
from sanchuang_cli.roster.tables.inspection import inspection


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def biff5(codepage: int, rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of 1995 with one sheet of texts in GB 2312, saying that it has `codepage`."""

    def begin(what: int) -> bytes:
        return _record(0x0809, struct.pack("<HHHH", 0x0500, what, 0x0DBB, 1996))

    name = "名册".encode("gb18030")
    head = begin(0x0005) + _record(0x0042, struct.pack("<H", codepage))
    font = struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + b"\x05Arial"
    head += _record(0x0031, font) * 5
    for style in range(16):
        head += _record(0x00E0, struct.pack("<HHHHHHHH", 0, 0, 0xFFF5 if style < 15 else 1, 32, 0, 0, 0, 0))
    sheet = begin(0x0010)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            text = cell.encode("gb18030")
            sheet += _record(0x0204, struct.pack("<HHHH", r, c, 15, len(text)) + text)
    at = len(head) + 4 + 7 + len(name) + 4
    head += _record(0x0085, struct.pack("<IHB", at, 0, len(name)) + name) + _record(0x000A, b"")
    return head + sheet + _record(0x000A, b"")


@pytest.mark.parametrize("codepage", [936, 10008])
def test_a_workbook_of_1995_with_a_code_page_of_the_macintosh_is_read(tmp_path: Path, codepage: int) -> None:
    path = tmp_path / "旧.xls"
    path.write_bytes(biff5(codepage, [["姓名", "备注"], ["王刚", "镇里"]]))
    (sheet,) = open_book(path).sheets
    assert (sheet.name, sheet.rows) == ("名册", [["姓名", "备注"], ["王刚", "镇里"]])


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.et"])
@pytest.mark.parametrize(
    "text", ["not a workbook, only a line of prose of some sixty bytes or so\n", "无\n", "见附件。\n\n谢谢"]
)
def test_a_few_lines_of_prose_are_no_workbook_whatever_they_are_called(
    tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match="只是几行文字"):
        open_book(path)


def test_a_table_of_text_called_xls_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"
    path.write_bytes("姓名\t性别\n王刚\t男\n".encode("gb18030"))
    assert open_book(path).sheets[0].rows == [["姓名", "性别"], ["王刚", "男"]]


def test_a_cell_of_a_million_characters_costs_no_time(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["姓名", "性别", "备注"], *[["王刚", "男", "甲 " * 16000]] * 60):
        book.active.append(row)
    path = tmp_path / "长.xlsx"
    book.save(path)
    started = time.process_time()
    assert inspection(path)["sheets"][0]["tables"][0]["records"] == 60
    assert time.process_time() - started < 2


def test_the_length_of_a_text_is_looked_at_first() -> None:
    from sanchuang_cli.roster.tables.form_words import is_heading, is_label, is_value, squeezed

    endless = "1 甲：" * 400_000
    started = time.process_time()
    for _ in range(1000):
        assert not is_label(endless) and not is_heading(endless) and not is_value(endless)
        assert len(squeezed(endless)) < 2000
    assert time.process_time() - started < 0.5


def test_names_in_gbk_bytes_are_shown_as_they_were_written(tmp_path: Path) -> None:
    odd = os.fsdecode("党员名册.xlsx".encode("gb18030"))
    assert readable(odd) == "党员名册.xlsx"
    assert readable("党员名册.xlsx") == "党员名册.xlsx"
    assert readable(os.fsdecode(b"\xff\xfe\xfd.xlsx")).isprintable()
    paths = [tmp_path / odd, tmp_path / "别的.xlsx"]
    assert labels(paths) == ["党员名册.xlsx", "别的.xlsx"]
    assert common_name(paths[:1]) == "党员名册"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_of_columns_is_read_in_the_encodings_that_notepad_writes(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "列.toml"
    path.write_bytes('"证件" = "身份证号"\n"备注" = ""\n'.encode(encoding))
    assert pinned_columns(path) == {"证件": "身份证号", "备注": ""}


def test_a_file_of_columns_that_is_no_toml_is_refused_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "列.toml"
    path.write_text('证件 = 身份证号\n"甲" = \n', "utf-8")
    with pytest.raises(UserError, match="看不懂") as refused:
        pinned_columns(path)
    assert "Expected" not in str(refused.value) and "line" not in str(refused.value)
