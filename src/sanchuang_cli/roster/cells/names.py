"""Words from cells: names of people, free text, fixed choices, yes and no.

A name keeps every character that tells people apart; what is taken off is always said.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from sanchuang_cli.domain.words import INVISIBLE, NO, NOTHING, YES, narrow
from sanchuang_cli.record import Cell, shown
from sanchuang_cli.roster.cells.ditto import WORDS
from sanchuang_cli.roster.cells.troubles import Parsed, Parser, Trouble, doubtful, unread
from sanchuang_cli.roster.columns.headings import simplified, without_glosses

_COMMON_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_LOST = re.compile(r"[?？\ufffd■]")
_DOTS = re.compile(r"(?<=[^\W\d])\s*[·•・．.‧∙⋅●﹒･]\s*(?=[^\W\d])")
_GAP = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_REMARK = re.compile(r"(.+?)[(（\[【](.*?)[)）\]】]?")
_LOST = re.compile("[?？\ufffd]")
_PLACEHOLDER = re.compile(r".(?:某+|[Xx×*＊]+)")


def name(cell: Cell) -> Any:
    """A person's name: no inner spaces, one kind of dot, no title in brackets."""
    if type(cell) is str and is_common(cell):
        return cell
    if not isinstance(cell, str):
        return unread("name.unreadable", "不是姓名")
    text = _GAP.sub("", _DOTS.sub("·", " ".join(_INVISIBLE.sub("", cell).split())))
    troubles: list[Trouble] = []
    if remark := _REMARK.fullmatch(text):
        text = remark[1]
        troubles.append(Trouble("name.remark", f"带有说明，按“{text}”读取"))
    if any(c.isdigit() for c in text) or not any(c.isalpha() or _private(c) for c in text):
        return unread("name.unreadable", "不是姓名")
    if any(_private(c) for c in text):
        troubles.append(Trouble("name.rare", "含自造字，已原样保留"))
    if _LOST.search(text):
        troubles.append(Trouble("name.lost", "里有转换时丢失的字"))
    if _PLACEHOLDER.fullmatch(text):
        troubles.append(Trouble("name.placeholder", "不是全名"))
    return Parsed(text, tuple(troubles)) if troubles else text


_NO_NAME = NOTHING | WORDS


def is_common(text: str) -> bool:
    """Whether `text` is surely a name that stays as it stands, as nearly all are."""
    return _COMMON_NAME.fullmatch(text) is not None and "某" not in text and text not in _NO_NAME


def _private(character: str) -> bool:
    return unicodedata.category(character) in ("Co", "Cn")


def text(cell: Cell) -> Any:
    """As written, without outer spaces; pinyin glosses of pasted web pages go, and their traditional characters."""
    if type(cell) is not str:
        return shown(cell)
    if cell.isalnum():  # nothing that is taken off is a letter or a figure
        return cell
    clean = _INVISIBLE.sub("", cell).strip()
    plain = without_glosses(clean)
    if plain == clean:
        return clean
    return doubtful(simplified(plain), "cell.gloss", "带有拼音注音")


def choice_parser(choices: Mapping[str, tuple[str, ...]]) -> Parser:
    """One of the declared words, or of the words that also mean it."""
    known = {narrow(word): word for word in choices} | {
        narrow(synonym): word for word, synonyms in choices.items() for synonym in synonyms
    }

    def choice(cell: Cell) -> Any:
        written = narrow(shown(cell))
        for attempt in (written, simplified(without_glosses(written)), re.sub(r"\(.*?\)", "", written)):
            if attempt in known:
                return known[attempt]
        return unread("choice.unknown", f"不在规定的写法之内（{'、'.join(choices)}）")

    return choice if choices else text


def flag_parser(choices: Mapping[str, tuple[str, ...]]) -> Parser:
    """Yes or no; `choices` says which further words mean 是 and 否."""
    yes = YES.union(map(narrow, choices.get("是", ())))
    no = NO.union(map(narrow, choices.get("否", ())))

    def flag(cell: Cell) -> Any:
        if isinstance(cell, bool):
            return cell
        written = narrow(shown(cell)).lower()
        if written in yes:
            return True
        return False if written in no else unread("flag.unreadable", "看不出是“是”还是“否”")

    return flag
