"""Which township a table came from, when it has no such column: a book a township is the normal case.

The 填报单位 line above the header says it, or else the book's name.
"""

import re
from pathlib import PurePath

from sanchuang_cli.roster.grid import Area

_LINE = re.compile(r"填报单位(?:[（(]盖章[）)])?[：:]?\s*(.*)")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡)")
_YEAR = re.compile(r"^.*\d\s*(?:年度?)?")


def sender(area: Area, book: str) -> str:
    """The township, or the book's name where nothing in it or above the header looks like one."""
    for row in area.sheet.rows[: area.header_rows[0] - 1]:
        texts = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
        for text, following in zip(texts, [*texts[1:], ""], strict=False):
            line = _LINE.match("".join(text.split()))
            if line and (found := _TOWNSHIP.match(line[1] or following)):
                return found[0]
    stem = PurePath(book).stem
    found = _TOWNSHIP.match(_YEAR.sub("", stem))
    return found[0] if found else stem
