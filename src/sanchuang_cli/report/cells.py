"""Turns the value of a table into the value of a workbook's cell: safe text, an exact number, or nothing.

It may look at one value. Text never becomes a formula and never holds what XML cannot; if it is too long for
a cell, it is cut so that one can see it.
"""

import re
from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sanchuang_cli.domain.exact_numbers import PERCENT_PLACES, SCORE_PLACES, cut
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.report import shown

ROOM = 32_767
"""The number of UTF-16 units that one cell can hold."""

NUMBER_FORMATS = {
    Kind.COUNT: "0",
    Kind.STARS: '0"★"',
    Kind.SCORE: "0.00",
    Kind.PERCENT: "0.0%",
    Kind.MONEY: "#,##0.00",
    Kind.DATE: "yyyy-mm-dd",
}
TEXT_FORMAT = "@"

# What XML 1.0 cannot hold, and deletion marks that show as boxes. Tabs and line ends stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# The format's own code for a character: readers do not agree on how to tell it from text that looks like it.
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\r")
_SUSPECT = "\r_<\ufffe\uffff"
"""One of these stands in whatever else `clean` takes off or changes."""
_RISKY = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
_RISKY_FIRST = frozenset(_RISKY)
# Day numbers before this one differ between spreadsheet programs, which disagree about 29 February 1900.
_FIRST_DAY = date(1900, 3, 1)
_DAY_ZERO = date(1899, 12, 30).toordinal()


def cell(kind: Kind, value: Any) -> str | int | float | None:
    """Return what stands in the cell. None is blank, and text stays text whatever it looks like.

    Money is in yuan. A date is its day number. Scores and percentages are cut off as they are shown.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return clean(value) or None
    if kind is Kind.MONEY:
        return int(value) / 100
    if kind is Kind.SCORE:
        return float(cut(value, SCORE_PLACES))
    if kind is Kind.PERCENT:
        return float(cut(value, PERCENT_PLACES))
    if kind is Kind.DATE:
        return _day_number(value)
    if kind in (Kind.COUNT, Kind.STARS):
        return int(value)
    return clean(shown.text(kind, value))


def _day_number(value: date | VagueDate) -> int | str:
    """Return the day number of a date; text if the day is not known exactly or spreadsheets cannot
    count it."""
    day = value.earliest if isinstance(value, VagueDate) and value.exact else value
    if isinstance(day, date) and day >= _FIRST_DAY:
        return day.toordinal() - _DAY_ZERO
    return shown.text(Kind.DATE, value)


def clean(words: str) -> str:
    """Return `words` as a cell can hold them: line ends as \\n, no control characters, cut at the length that
    a cell can hold."""
    if words.isalnum() and len(words) < ROOM // 2:
        return words
    words = _UNPRINTABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    words = _CODED.sub("＿", words)
    if words.startswith("<r>") and words.endswith("</r>"):
        words = "＜" + words[1:]  # XlsxWriter would take it for ready-made rich text
    return words if len(words) < ROOM // 2 else _cut_to_room(words)


def all_clean(words: Sequence[str]) -> bool:
    """Whether a cell can hold each of these texts unchanged. The answer is no where a quick look cannot
    tell."""
    whole = "".join(words)
    if any(character in whole for character in _SUSPECT):
        return False
    if len(whole) >= ROOM // 2 and max(map(len, words)) >= ROOM // 2:
        return False
    try:
        octets = whole.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return len(octets.translate(None, _CONTROLS)) == len(octets)


def none_risky(words: Sequence[str]) -> bool:
    """Whether no spreadsheet program might take one of many texts for a formula; none of them is blank."""
    return _RISKY_FIRST.isdisjoint(map(itemgetter(0), words))


def _cut_to_room(words: str) -> str:
    if _units(words) <= ROOM:
        return words
    mark = f"……（此处截断：原文共 {len(words)} 字，一格只容得下 {ROOM} 字，其余没有保存）"
    kept = words[: ROOM - len(mark)]
    kept = kept.encode("utf-16-le")[: 2 * (ROOM - len(mark))].decode("utf-16-le", "ignore")
    return kept + mark


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def risky(words: str) -> bool:
    """Whether a spreadsheet program might take the text for a formula when somebody edits its cell."""
    return words.startswith(_RISKY)
