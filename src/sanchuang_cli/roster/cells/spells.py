"""Reads terms of office from the text of one cell: 1984.5—1995.4；1998年6月-2001年5月 任村主任.

If one of the terms cannot be read, none is used, because the years of service would come out too short.
"""

import re
from functools import lru_cache
from typing import Any

from sanchuang_cli.domain.words import DENIED, STILL, narrow
from sanchuang_cli.period import Spell, VagueDate
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.cells.beside_dates import HARMLESS
from sanchuang_cli.roster.cells.dates import text_as_date, with_arabic_digits
from sanchuang_cli.roster.cells.numerals import CHINESE_DIGITS
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed, unread

_BETWEEN = re.compile(
    r"[;；\n\r。]+|[,，、](?=\s*(?:约|民国)?(?:\d{2,4}|\d{6}(?:\d\d)?)\s*[年.\-/—–―~～至到])"
)
_VAGUE = r"\d{4}-\d\d-\d\d至\d{4}-\d\d-\d\d之间"
"""As this program prints a day of which only the time between two days is known."""
_IN_DIGITS = r"(?:19|20)\d{4}(?:\d\d)?(?!\d)"
"""198501 or 19850115."""
_DAY = (
    rf"(?:{_VAGUE}|(?<!\d){_IN_DIGITS}|(?:约|民国)?\d{{2,4}}(?:[年./\-]\d{{1,2}})?(?:[月./\-]\d{{1,2}})?[年月日号]?(?:\((?:农历|阴历|旧历|{HARMLESS})+\))?"
    r"(?:初(?![中级小])|[底末]|[上中下]旬|[上下]半年|左右|前后)?)"
)
_STRETCH = re.compile(
    rf"(?P<before>\D*?)(?P<range>{_DAY}(?:-|—|–|―|~|至|到|起至|起)+(?:{_DAY}|{'|'.join(sorted(STILL, key=len, reverse=True))})?)(?P<after>.*)"
)
_ANOTHER = re.compile(
    rf"(?<!\d)(?:{_IN_DIGITS}|(?:19|20)\d\d(?:[年./\-]\d{{0,2}}){{0,2}}(?:[月日号]\d{{0,2}})*)起?(?:[\-—–―~至到])+(?:(?:19|20)\d\d|今|现|目前)"
    r"|^\d|之间.*[\-—–―~至到起]"
)
"""A second term, or the rest of one, in what should only be the post; digits that were torn off a date."""
_FROM, _UNTIL = re.compile("(?:从|自|由|于|在)$"), re.compile("^(?:为?止|期间)")
_HOLDS = re.compile(
    "^(?:一直|均|都|曾)*(?:在(?P<where>.{1,12}?))?(?:担任|出任|当选为?|历任|先后任|任|当(?![地兵])|做)了?"
)
_SAYS_NOTHING = re.compile("(?:一职|职务|^在?职|^在?任期?)$")
"""What stands around a post and is none of its name: 从…到…担任书记职务."""
_ONE_AFTER_ANOTHER = re.compile("历任|先后|相继")
_NOT = f"[{''.join(sorted(DENIED - {'尚', '拟'}))}]"
_NO_POST = re.compile(
    r"(?<!\d)\d{1,2}(?:\.\d)?[多余]?(?:年|个月|天)|[一二两三四五六七八九十半](?:年|个月)|停职|停薪|停发|病休|病假|离岗|脱岗|脱产"
    rf"|其中|期间|中间|中途|实际|累计|断断续续|(?<!没有)(?<![未无])[中间]断|空[档挡]|{_NOT}在[任岗职]|{_NOT}(?:再|担)?任|没有?干|没当|不干|除外|不[计算]|扣除"
    r"|^\(?(?:已|因.{1,4}?)?(?:离任|卸任|离职|辞职|退休|免职|撤职|落选|调离|换届|到龄|届满)\)?$"
)
"""What says that the term was not served in full, how long it was, or that there was none: no part of a post, and not
understood."""
_AWAY = re.compile(
    "打工|务工|当兵|参军|服役|外出|经商(?!公司)|上学|(?<!函授)(?<!党校)(?<!函授班)(?:就读|读书)|养病|服刑"
)
"""What somebody did instead of a post: within the time of one it is a gap, and otherwise no post."""
_BRACKETS = re.compile(r"\([^()]*\)")
_LEFT_OVER = re.compile(r"(?:19|20)\d\d(?=[年./\-]|\d\d(?!\d))|\d{1,2}月|[至到](?:19|20)\d\d")
_LEFT_OVER_IN_BRACKETS = re.compile(
    r"(?:[自从至到止]|截至)(?:19|20)\d\d|(?:19|20)\d\d[年./\-]?(?:\d{1,2}月?)?[起止至到]|\d月[起止至到]"
)
"""A date in what should only be the post, unless brackets say of it what else happened then (2000年5月当选)."""
_TALKS = re.compile(
    "^在|[止底初末旬停病职担当做曾不没未休离辞免撤落调换届龄断空除扣]|左右|前后|半年|历任|先后|相继|离岗|脱|其中|期间|中间|中途|实际|累计|断"
)
"""A post with any of these is looked at closely."""
_ARROW = re.compile(r"[-—]*>|→|(?<=[\d月日])一(?=(?:19|20)\d\d)")
"""More signs for a dash; the last of them is the numeral."""
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
    if _with_a_gap(stretches):
        return unread("spells.unreadable", "里有一段不是任职，又在任职的时间里，任职的月数算不准")
    if not stretches:
        return unread("spells.unreadable", "没有写起止时间")
    return Parsed(tuple(stretches), tuple(dict.fromkeys(troubles))) if troubles else tuple(stretches)


def _with_a_gap(spells: list[Spell]) -> bool:
    """Whether somebody was away from a post in the middle of its term."""
    away = [spell for spell in spells if _AWAY.search(spell.post)]
    return any(
        spell.start.latest < (gap.end or gap.start).earliest
        and (spell.end is None or gap.start.latest < spell.end.earliest)
        for gap in away
        for spell in spells
        if spell not in away
    )


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
    """The post without 任 before it; None if it has numerals, which may belong to a date, or words that may be none of it."""
    return None if _NUMERAL.search(written) or _TALKS.search(written) else written.removeprefix("任")


@lru_cache(maxsize=4096)
def _any_stretch(written: str) -> tuple[Spell, tuple[CellTrouble, ...]] | CellTrouble:
    """One term in whatever way it is written, with what is odd about it; a CellTrouble alone if it cannot be read."""
    piece = _OF_A_DATE.sub(lambda numeral: with_arabic_digits(numeral[0]), _ARROW.sub("-", narrow(written)))
    match = _STRETCH.fullmatch(piece)
    ends = _ends(match["range"]) if match else None
    if not match or not ends:
        return CellTrouble("spells.unreadable", f"中的“{piece}”看不出起止时间")
    (start, doubts), (end, more) = ends
    if _ANOTHER.search(match["after"]):
        return CellTrouble("spells.unreadable", f"中的“{piece}”不止一段时间，请用分号隔开")
    if end and start.earliest > end.latest:
        return CellTrouble("spells.reversed", f"中的“{piece}”起点晚于止点")
    said = _FROM.sub("", match["before"]) + _UNTIL.sub("", match["after"].lstrip(":,、"))
    if _NO_POST.search(said) or _dated(said) or (_ONE_AFTER_ANOTHER.search(said) and _SEVERAL.search(said)):
        return CellTrouble(
            "spells.unreadable", f"中的“{piece}”除职务外另有说法，这一段算不准，请逐段写明起止和职务"
        )
    return Spell(start, end, _post_in(said)), doubts + more


def _dated(said: str) -> bool:
    """Whether a date is left over in what should be the post."""
    return bool(
        _LEFT_OVER.search(_BRACKETS.sub("", said))
        or any(map(_LEFT_OVER_IN_BRACKETS.search, _BRACKETS.findall(said)))
    )


_SEVERAL = re.compile("[、,，/和及]")
_AROUND = ":,、.“”\"'‘’"


def _post_in(said: str) -> str:
    """The post among the words beside a term."""
    text = said.replace("()", "").strip(_AROUND)
    if text[:1] == "(" and text.find(")") == len(text) - 1:
        text = text[1:-1]
    return _SAYS_NOTHING.sub("", _HOLDS.sub(lambda held: held["where"] or "", text)).strip(_AROUND)


_DATED = re.compile(rf"\D*(?:\d{{2,4}}(?!\d)|{_IN_DIGITS})")
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
    read = text_as_date(text) if _DATED.match(text) else None
    if isinstance(read, Parsed):
        return (read.value, read.troubles) if read.value else None
    return (read, ()) if read else None
