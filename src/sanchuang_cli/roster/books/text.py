"""Reads text files of cells (.csv, .txt). The encoding and the separator are found out from the content.

Works on the bytes of one file. Promise: the text is decoded exactly or refused with a guess at its encoding; no character
is replaced in silence.
"""

import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice

from sanchuang_cli.record import Cell
from sanchuang_cli.roster.books.content import refused

_RESAVE = "请用 WPS 打开核对，另存为 .xlsx 后再交。"
_SEPARATORS = ",\t;"
_SAMPLE_LINES = 200
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_FEW = 0.5
_MOST = 0.8


def text_rows(name: str, content: bytes) -> list[list[Cell]]:
    """The rows of a text file; every cell is a str. Raises UserError if the encoding cannot be told."""
    text = decoded(name, content)
    csv.field_size_limit(1 << 24)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator(text))
    try:
        return [[_plain(cell) for cell in row] for row in reader]
    except csv.Error as trouble:
        raise refused(
            name,
            f"文本表格第{reader.line_num}行读不通（{trouble}）",
            _RESAVE,
        ) from None


def _plain(cell: str) -> str:
    """The cell without the marks by which exports protect long numbers: ="0123", or a tab or quote mark before it."""
    if cell[:1] in "=\t'":
        shielded = _AS_FORMULA.fullmatch(cell)
        return shielded[1] if shielded else cell.strip("\t").removeprefix("'")
    return cell


def decoded(name: str, content: bytes) -> str:
    """The content as text, decoded by its byte order mark, else as UTF-16, UTF-8 or GB18030. Raises UserError."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _exactly(name, content, encoding)
    if b"\0" in content[:4096]:
        # UTF-16 without a mark: every second byte of ASCII is zero, and its place shows the order of the bytes.
        even, odd = content[0:4096:2].count(0), content[1:4096:2].count(0)
        if odd > 4 * even:
            return _exactly(name, content, "utf-16-le")
        if even > 4 * odd:
            return _exactly(name, content, "utf-16-be")
        raise refused(name, "内容不是文本，也不是认得的表格格式", "请用 WPS 或 Excel 另存为 .xlsx 后再交。")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _looks_big5(content):
        raise refused(name, "像是繁体 Big5 编码的文本", "请用 WPS 打开，确认文字无乱码后另存为 .xlsx 再交。")
    return _exactly(name, content, "gb18030")


def _exactly(name: str, content: bytes, encoding: str) -> str:
    """The content decoded without replacing anything. Raises UserError that names the line which cannot be decoded."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        raise refused(
            name,
            f"文字编码认不出（第{line}行不合 UTF-8、GB18030 或 UTF-16）",
            _RESAVE,
        ) from None


def _looks_big5(content: bytes) -> bool:
    """Whether the content is probably Big5. In both encodings the frequent characters stand together: the first byte is B0
    to D7 in GB18030 and A4 to C6 in Big5."""
    try:
        text = content.decode("big5")
    except UnicodeDecodeError:
        return False
    characters = [character for character in text if not character.isascii()]
    if not characters:
        return False
    frequent_big5 = sum(0xA4 <= character.encode("big5")[0] <= 0xC6 for character in characters)
    pairs = re.findall(rb"[\x81-\xfe][\x30-\xfe]", content)
    frequent_gb = sum(0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in pairs)
    return frequent_gb < _FEW * len(pairs) and frequent_big5 > _MOST * len(characters)


def separator(text: str) -> str:
    """The separator (comma, tab or semicolon) that divides the most lines into the same number of cells."""
    lines = list(islice(StringIO(text[: 1 << 18], newline=""), _SAMPLE_LINES))

    def consistency(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, lines_alike = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return lines_alike, width

    return max(_SEPARATORS, key=consistency)
