"""Finds out what a file is from its bytes, never from its name.

It reads only the bytes it is given. Promise: a file that holds no cells is refused here with a message that says what it is
and what to do.
"""

import lzma
import struct
import zipfile
import zlib
from enum import Enum
from io import BytesIO

from sanchuang_cli.finding import UserError


class Format(Enum):
    """The formats of cells that can be read. OLE is the container of old .xls files and of workbooks with a password."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    BIFF = "xls"
    OLE = "ole"
    TEXT = "text"


class TooManyCellsError(Exception):
    """The cells reach so far that they would not fit into memory."""


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_RAW_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_RESAVE = "请用 WPS 或 Excel 打开它，另存为 .xlsx 后再交。"
_OTHERS = (
    (b"ID;P", "SYLK（.slk）文本", _RESAVE),
    (b"%PDF", "PDF 文件", "PDF 里没有单元格，请向报送单位要原来的表格文件。"),
    (b"\x89PNG", "图片（PNG）", "请向报送单位要原来的表格文件，不要截图。"),
    (b"\xff\xd8\xff", "图片（JPEG）", "请向报送单位要原来的表格文件，不要拍照。"),
    (b"GIF8", "图片（GIF）", "请向报送单位要原来的表格文件，不要截图。"),
    (b"BM", "图片（BMP）", "请向报送单位要原来的表格文件，不要截图。"),
    (b"II*\x00", "图片（TIFF）", "请向报送单位要原来的表格文件，不要扫描件。"),
    (b"MM\x00*", "图片（TIFF）", "请向报送单位要原来的表格文件，不要扫描件。"),
    (b"Rar!", "RAR 压缩包", "请先解压，再逐个给出里面的表格文件。"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "请先解压，再逐个给出里面的表格文件。"),
    (b"\x1f\x8b", "gzip 压缩包", "请先解压，再给出里面的表格文件。"),
    (b"SQLite format 3", "数据库文件", "请先导出为 .xlsx 或 .csv。"),
    (b"{\\rtf", "RTF 文档", "请把其中的表格复制到新工作簿，另存为 .xlsx 后再交。"),
)
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ArithmeticError,
    LookupError,
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    StopIteration,
)
"""All that zipfile may raise on a damaged archive; NotImplementedError is a RuntimeError."""
_BIGGEST_PART = 2 << 30
_BIGGEST_RATIO = 200
_HARMLESS = 32 << 20


def refused(name: str, what: str, mend: str) -> UserError:
    """The error for a file that is refused. All of them have the same form."""
    return UserError(f"{name}：{what}，没有读取。{mend}")


def content_format(name: str, content: bytes) -> Format:
    """The format of `content`. Raises UserError when it holds no cells that can be read."""
    if not content.strip(b"\0 \t\r\n"):
        raise refused(name, "文件是空的", "请向报送单位重新要一份。")
    if content.startswith(_OLE):
        return Format.OLE
    if content.startswith(_ZIP):
        return _zip_format(name, content)
    if content.startswith(_RAW_BIFF):
        return Format.BIFF
    for magic, what, mend in _OTHERS:
        if content.startswith(magic) and not (magic == b"BM" and content[:64].isascii()):
            raise refused(name, f"这是{what}，不是表格文件", mend)
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml") or b"<workbook" in start:
        raise refused(name, "这是 XML 文本（如“XML 表格 2003”），不是工作簿", _RESAVE)
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")):
        raise refused(name, "这是网页（HTML），只是扩展名像表格", _RESAVE)
    return Format.TEXT


def _zip_format(name: str, content: bytes) -> Format:
    """The format of a zip archive, by the parts in it. Raises UserError for an archive that is no workbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_bombs(name, archive)
            parts = named_parts(archive)
            mimetype = archive.read(parts["mimetype"])[:100] if "mimetype" in parts else b""
            types = archive.read(parts["[content_types].xml"]) if "[content_types].xml" in parts else b""
    except BROKEN_ZIP:
        raise refused(
            name, "文件不完整或已损坏（压缩包结构读不通）", "请向报送单位重新要一份，传输时不要中断。"
        ) from None
    if b"opendocument.spreadsheet" in mimetype:
        return Format.ODS
    if "xl/workbook.bin" in parts:
        return Format.XLSB
    if b"spreadsheetml" in types or "xl/workbook.xml" in parts:
        return Format.XLSX
    if b"wordprocessingml" in types:
        raise refused(
            name, "这是 Word 文档，不是表格文件", "请把其中的表格复制到新工作簿，另存为 .xlsx 后再交。"
        )
    if b"presentationml" in types:
        raise refused(name, "这是演示文稿，不是表格文件", "请向报送单位要原来的表格文件。")
    if mimetype or "content.xml" in parts:
        raise refused(name, "这是 OpenDocument 文档，但不是表格", _RESAVE)
    raise refused(name, "这是压缩包，不是工作簿", "请先解压，再逐个给出里面的表格文件。")


def named_parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts of an archive by path, in small letters and with slashes, because some programs write them otherwise."""
    return {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}


def _refuse_bombs(name: str, archive: zipfile.ZipFile) -> None:
    """Raises UserError for an archive that would become far too big, or that has XML entity definitions.

    No office program writes entity definitions; they are used to attack XML readers.
    """
    total = 0
    for part in archive.infolist():
        total += part.file_size
        swollen = part.file_size > _HARMLESS and part.file_size > part.compress_size * _BIGGEST_RATIO
        if swollen or total > _BIGGEST_PART:
            raise refused(
                name,
                f"解压后大得反常（{part.filename} 要占 {part.file_size >> 20} MiB），像是压缩炸弹",
                "请用 WPS 或 Excel 打开核对，删去多余的空行空列，另存为新文件后再交。",
            )
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as stream:
                head = stream.read(4096).replace(b"\0", b"").upper()
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise refused(name, "里面含有 XML 实体定义（常见于恶意文件）", _RESAVE)
