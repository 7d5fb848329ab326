"""Reads words from cells: names of people, free text, fixed choices, yes and no.

Works on one cell at a time. A name keeps every character that tells people apart, and whatever is taken off is reported.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from sanchuang_cli.domain.heeding import ALWAYS
from sanchuang_cli.domain.remarks import heard
from sanchuang_cli.domain.words import INVISIBLE, NO, NOTHING, VACANT, WIDOWED, YES, narrow, unstopped
from sanchuang_cli.record import Cell, shown
from sanchuang_cli.roster.cells.ditto import WORDS
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed, Parser, doubtful, unread
from sanchuang_cli.roster.columns.headings import simplified, without_glosses

_COMMON_NAME = re.compile(r"(?![已亡故]|.+(?:遗孀|遗属|家属)|..+之)[\u4e00-\u9fff]{2,4}")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_LOST = re.compile(r"[?？\ufffd■]")
_DOTS = re.compile(r"(?<=[^\W\d])\s*[·•・．.‧∙⋅●﹒･]\s*(?=[^\W\d])")
_GAP = re.compile(r"(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_REMARK = re.compile(r"(.+?)[(（\[【](.*?)[)）\]】]?")
_OPENS = re.compile(r"[(（\[【]")
_PLACEHOLDER = re.compile(r".(?:某+|[Xx×*＊]+)")


_NOT_ALONE = re.compile(
    r"[已亡故].+|.{2,}之[妻夫子女父母媳]|.+(?:遗孀|遗属|家属)|\S{2,}[\s:：](?:已.+|[亡故殁卒死逝迁停退代重废])|.*[/／].+"
)
"""Words written on to a name: 已故王某, 王某之妻, 王某 亡, 王某/李某."""
_LISTED = re.compile(".*[、，,;；].+")
_OF_ANOTHER = re.compile(
    "(?<!^[一二三])(?<!村)代(?![表课理码])|[其之][妻夫父母子女儿媳兄弟姐妹]|配偶|老伴|丈夫|妻子|儿[子媳](?![户屯村])|女儿(?!户)|遗孀|遗属|家属|^[妻夫父母子媳]$"
    "|^已?[停迁退重撤免转废]$|停|迁(?![西东南北入])|取消|注销|退出|退回|不[发再]|暂|缓"
)
"""What brackets behind a name say of somebody else, or of the row. What is heard there as a remark is told as one."""
_CALLED = re.compile("曾用名|原名|又名|别名|小名|乳名|现名|户口名")


def _says_more(text: str, remark: str, one: bool) -> bool:
    """Whether a name has more beside it than may be taken off. one: where only one person may stand."""
    if _NOT_ALONE.fullmatch(text) or (one and _LISTED.fullmatch(text)):
        return True
    told = {one.matter for one in heard(remark) if one.word not in WIDOWED}
    return bool(_OF_ANOTHER.search(remark)) and not _CALLED.match(remark) and told.isdisjoint(ALWAYS)


def name(cell: Cell, one: bool = False) -> Any:
    """A person's name without inner spaces and without remarks in brackets, with one kind of dot. one: whose row it is, who
    stands there alone."""
    if type(cell) is str and is_common(cell):
        return cell
    if not isinstance(cell, str):
        return unread("name.unreadable", "不是姓名")
    written = _DOTS.sub("·", " ".join(_INVISIBLE.sub("", cell).split()))
    text = _GAP.sub("", written).rstrip("、，,;；/／。")
    troubles: list[CellTrouble] = []
    remark = _REMARK.fullmatch(text)
    if _says_more(_OPENS.split(written)[0], narrow(remark[2]) if remark else "", one):
        return unread("name.other-words", "除了姓名另有说法")
    if remark:
        text = remark[1]
        troubles.append(CellTrouble("name.remark", f"带有说明，按“{text}”读取"))
    if text in VACANT:
        return unread("name.vacant", "说的是没有人")
    if any(character.isdigit() for character in text) or not any(
        character.isalpha() or _private(character) for character in text
    ):
        return unread("name.unreadable", "不是姓名")
    if any(map(_private, text)):
        troubles.append(CellTrouble("name.rare", "含自造字，已原样保留"))
    if _LOST.search(text):
        troubles.append(CellTrouble("name.lost", "里有转换时丢失的字"))
    if _PLACEHOLDER.fullmatch(text):
        troubles.append(CellTrouble("name.placeholder", "不是全名"))
    return Parsed(text, tuple(troubles)) if troubles else text


_NO_NAME = NOTHING | WORDS | VACANT


def is_common(text: str) -> bool:
    """Whether a text certainly is a name that needs no change, as nearly all names are."""
    return _COMMON_NAME.fullmatch(text) is not None and "某" not in text and text not in _NO_NAME


def _private(character: str) -> bool:
    """Whether a character has no standard meaning: somebody made it for a rare name, and others may not see it."""
    return unicodedata.category(character) in ("Co", "Cn")


def text(cell: Cell) -> Any:
    """The text as written, without outer spaces. If it has pinyin in brackets, as copied from a web page, the pinyin is
    taken off and traditional characters become simplified."""
    if type(cell) is not str:
        return shown(cell)
    if cell.isalnum():  # only letters and digits, so there is nothing to take off
        return cell
    clean = _INVISIBLE.sub("", cell).strip()
    plain = without_glosses(clean)
    if plain == clean:
        return clean
    return doubtful(simplified(plain), "cell.gloss", "带有拼音注音")


_IN_BRACKETS = re.compile(r"[(\[【](.*?)[)\]】]")
_NOTE_MARK = re.compile(r"注?\d{0,2}")
"""What points to a note below the table and says nothing itself: 男(注1)."""


def choice_parser(choices: Mapping[str, tuple[str, ...]]) -> Parser:
    """The parser for one of the declared words, or for the words that mean the same.

    What stands in brackets may only say the same once more: 核销(拟) and 正常(已挂失) are not what they begin with.
    """
    known = {narrow(synonym): word for word, synonyms in choices.items() for synonym in synonyms}
    known |= {narrow(word): word for word in choices}

    def choice(cell: Cell) -> Any:
        written = unstopped(shown(cell))
        for attempt in (written, simplified(without_glosses(written))):
            if attempt in known:
                return known[attempt]
        word = known.get(_IN_BRACKETS.sub("", written))
        if word is None:
            return unread("choice.unknown", f"不在规定的写法之内（{'、'.join(choices)}）")
        beside = [said for said in _IN_BRACKETS.findall(written) if not _NOTE_MARK.fullmatch(said)]
        if all(known.get(said) == word for said in beside):
            return word
        return unread("choice.unknown", f"括号里另有说法，看不出是不是“{word}”")

    return choice if choices else text


_TICKED = re.compile("(?P<yes>[☑√✓✔]是[□☐]否)|[□☐]是[☑√✓✔]否")
"""A printed choice of which one is ticked."""


def flag_parser(choices: Mapping[str, tuple[str, ...]]) -> Parser:
    """The parser for yes and no. choices: further words that mean 是 and 否."""
    yes = YES.union(map(narrow, choices.get("是", ())))
    no = NO.union(map(narrow, choices.get("否", ())))

    def flag(cell: Cell) -> Any:
        if isinstance(cell, bool):
            return cell
        written = unstopped(shown(cell)).lower()
        if ticked := _TICKED.fullmatch(written):
            return ticked["yes"] is not None
        if written in yes:
            return True
        return False if written in no else unread("flag.unreadable", "看不出是“是”还是“否”")

    return flag
