"""Small files of every format for the tests, made as bytes: workbooks with just the rows that a test is about."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl

from sanchuang_cli.record import Cell, shown
from sanchuang_cli.roster.books.book import open_book

ROWS: list[list[Any]] = [
    ["姓名", "金额", "身份证号"],
    ["王刚", 1200.5, "230227195308151013"],
    ["李·明", -3, "23022719530815102X"],
]
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


def encrypted(path: Path, password: str) -> Path:
    with path.open("rb") as plain:
        target = path.with_name("locked.xlsx")
        with target.open("wb") as locked:
            msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, locked)
    return target


def packed(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "."), text)
    return content.getvalue()
