"""Reads terms of office from the text of one cell: 1984.5—1995.4；1998年6月-2001年5月 任村主任.

If one of the terms cannot be read, none is used, because the years of service would come out too short.
"""

import re
from functools import lru_cache
from typing import Any

from sanchuang_cli.domain.words import STILL, narrow
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.cells.dates import text_as_date, with_arabic_digits
from sanchuang_cli.roster.cells.numerals import CHINESE_DIGITS
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed, unread

_BETWEEN = re.compile(r"[;；\n\r。]+|[,，、](?=\s*(?:约|民国)?\d{2,4}[年.\-/—~至到])")
_VAGUE = r"\d{4}-\d\d-\d\d至\d{4}-\d\d-\d\d之间"
"""As this program prints a day of which only the time between two days is known."""
_DAY = (
    rf"(?:{_VAGUE}|(?:约|民国)?\d{{2,4}}(?:[年./\-]\d{{1,2}})?(?:[月./\-]\d{{1,2}})?[年月日号]?(?:\(.*?\))?)"
)
_STRETCH = re.compile(
    rf"(?P<before>\D*?)(?P<range>{_DAY}(?:-|—|–|―|~|至|到|起至|起)+(?:{_DAY}|{'|'.join(sorted(STILL, key=len, reverse=True))})?)(?P<after>.*)"
)
_ANOTHER = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:[年./\-]\d{0,2}){0,2}(?:[月日号]\d{0,2})*起?(?:[\-—–―~至到])+(?:(?:19|20)\d\d|今|现|目前)|^\d|之间.*[\-—–―~至到起]"
)
"""A second term, or the rest of one, in what should only be the post; digits that were torn off a date."""
_DASH = re.compile(r"起?(?:[\-—–―~至到])+|起$")

# Nearly every cell is written like this. The post may have no numerals, because they could belong to a date.
_CLEAN = re.compile(
    r"\s*(\d{4}\.(?:1[0-2]|0?[1-9]))[—–-](\d{4}\.(?:1[0-2]|0?[1-9]))(?!\s*[年月日号])\s*([\u4e00-\u9fff]*)\s*",
    re.ASCII,
)
_NUMERAL = re.compile(f"[{CHINESE_DIGITS}]")
_OF_A_DATE = re.compile(
    rf"(?<=[-—–―~至到])[{CHINESE_DIGITS}]+|(?<=[{CHINESE_DIGITS}][./])[{CHINESE_DIGITS}]+|[{CHINESE_DIGITS}]{{4,}}|[{CHINESE_DIGITS}]+(?=[年月日号./\-—–―~至到]|$)"
)
"""Chinese numerals that belong to a date, unlike those in 三合村书记."""


def spells(cell: Cell) -> Any:
    """The terms of office in a cell: a tuple of Spell in the order in which they are written."""
    if not isinstance(cell, str):
        return unread("spells.unreadable", "不是任职经历的写法")
    stretches: list[Spell] = []
    troubles: list[CellTrouble] = []
    for piece in _BETWEEN.split(cell):
        if not piece.strip():
            continue
        clean = _clean_stretch(piece)
        if clean:
            stretches.append(clean)
            continue
        stretch = _any_stretch(piece)
        if isinstance(stretch, CellTrouble):
            return Parsed(None, (stretch,))
        spell, doubts = stretch
        stretches.append(spell)
        troubles += doubts
    if not stretches:
        return unread("spells.unreadable", "没有写起止时间")
    return Parsed(tuple(stretches), tuple(dict.fromkeys(troubles))) if troubles else tuple(stretches)


def _clean_stretch(written: str) -> Spell | None:
    """The same as _any_stretch for the most common way of writing, ten times as fast; None for any other text."""
    match = _CLEAN.fullmatch(written)
    if not match:
        return None
    start, end, office = match.groups()
    since, until, post = _month(start), _month(end), _post(office)
    return Spell(since, until, post) if post is not None and since <= until else None


@lru_cache(maxsize=4096)
def _month(written: str) -> VagueDate:
    year, _, month = written.partition(".")
    return VagueDate.within(int(year), int(month))


@lru_cache(maxsize=1024)
def _post(written: str) -> str | None:
    """The post without 任 before it; None if it has numerals, which may belong to a date."""
    return None if _NUMERAL.search(written) else written.removeprefix("任")


@lru_cache(maxsize=4096)
def _any_stretch(written: str) -> tuple[Spell, tuple[CellTrouble, ...]] | CellTrouble:
    """One term in whatever way it is written, with what is odd about it; a CellTrouble alone if it cannot be read."""
    piece = _OF_A_DATE.sub(lambda numeral: with_arabic_digits(numeral[0]), narrow(written))
    match = _STRETCH.fullmatch(piece)
    ends = _ends(match["range"]) if match else None
    if not match or not ends:
        return CellTrouble("spells.unreadable", f"中的“{piece}”看不出起止时间")
    (start, doubts), (end, more) = ends
    if _ANOTHER.search(match["after"]):
        return CellTrouble("spells.unreadable", f"中的“{piece}”不止一段时间，请用分号隔开")
    if end and start.earliest > end.latest:
        return CellTrouble("spells.reversed", f"中的“{piece}”起点晚于止点")
    post = (match["before"] + match["after"]).strip(":,、()").removeprefix("任")
    return Spell(start, end, post), doubts + more


_End = tuple[VagueDate | None, tuple[CellTrouble, ...]]


def _ends(text: str) -> tuple[tuple[VagueDate, tuple[CellTrouble, ...]], _End] | None:
    """The first and the last date of a term, divided by the only dash that has a date on each side.

    None if no dash or several dashes are possible, and for 1998-06, which is a month and not a term.
    """
    if _end(text):
        return None
    possible = []
    for dash in _DASH.finditer(text):
        start, end = _end(text[: dash.start()]), _end(text[dash.end() :] or "至今")
        if start and start[0] and end:
            possible.append(((start[0], start[1]), end))
    return possible[0] if len(possible) == 1 else None


@lru_cache(maxsize=4096)
def _end(text: str) -> _End | None:
    """The date at one end of a term, with its troubles. 至今 has no date. None if the text is no date."""
    if text in STILL:
        return None, ()
    if re.fullmatch(r"\d{2}", text):
        text += "年"
    read = text_as_date(text) if re.match(r"\D*\d{2,4}(?!\d)", text) else None
    if isinstance(read, Parsed):
        return (read.value, read.troubles) if read.value else None
    return (read, ()) if read else None
