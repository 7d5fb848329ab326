"""Finds out which township sent a table that has no column for it, as is usual when each township sends its own book.

It reads the 填报单位 line above the header, and if there is none, the name of the book.
"""

import re
from pathlib import PurePath

from sanchuang_cli.roster.grid import Area

_LINE = re.compile(r"填报单位(?:[（(]盖章[）)])?[：:]?\s*(.*)")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡)")
_YEAR = re.compile(r"^.*\d\s*(?:年度?)?")


def sender(area: Area, book: str) -> str:
    """The township, or the name of the book if neither that name nor a line above the header looks like one."""
    for row in area.sheet.rows[: area.header_rows[0] - 1]:
        # The name may stand in the next cell, so each text is looked at together with the following one.
        texts = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
        for text, following in zip(texts, [*texts[1:], ""], strict=False):
            line = _LINE.match("".join(text.split()))
            if line and (town := _TOWNSHIP.match(line[1] or following)):
                return town[0]
    stem = PurePath(book).stem
    town = _TOWNSHIP.match(_YEAR.sub("", stem))
    return town[0] if town else stem
