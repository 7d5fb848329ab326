"""Turns a heading into a key by which headings are compared: 金额（元） and 金额 get the same one.

Width, spaces, brackets, units, traditional characters and pinyin in brackets make no difference. It works on texts only
and knows no fields.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from sanchuang_cli.domain.words import INVISIBLE

_SPACE = re.compile(rf"[\s{INVISIBLE}]+")
_GLOSS = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+[)）]")
_BRACKETED = re.compile(r"[(\[【〔](?P<inside>[^()\[\]【】〔〕]*)[)\]】〕]")
_LEVEL = re.compile(r"/(?![^(（【\[]*[)）】\]])")
_PUNCTUATION = re.compile(r"[:*、,。.·\"'“”‘’()\[\]【】〔〕<>《》_\-—?!;]+")
_MONEY_UNIT = r"(?:人民币)?(?P<unit>亿元|万元|千元|百元|元)"
_UNIT = re.compile(
    rf"(?:单位:?)?(?:{_MONEY_UNIT}|分|人|名|个|户|岁|周岁|月|年|%|‰|平方米|亩|次)(?:/.{{1,3}})?|必填|选填|盖章|签字|签名|公章|可不填"
)
_UNIT_BEHIND = re.compile(rf"[,/:]?{_MONEY_UNIT}(?:/[年月人季])?$")

_REMARKS = re.compile(
    "备注|备考|附注|批注|标注|说明|(?:特殊|其他|其它|变动|变更|异动|核实|核查|死亡|停发|近况)情况$|^(?:其他|其它|注|情况|近况)$"
)
_LONGEST = 200  # a paragraph over a column is no heading


def without_glosses(text: str) -> str:
    """The text without pinyin in brackets: 三創 for 三創(chuàng)."""
    return _GLOSS.sub("", text)


def simplified(text: str) -> str:
    """The text in simplified characters. The converter is loaded only for text outside GB 2312, because it is slow."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return _converter()(text)
    return text


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def parts(heading: str) -> list[str]:
    """The levels of a heading: two in 五项得分/领导班子, but only one in 收入（元/年）."""
    return _LEVEL.split(heading[:_LONGEST])


@lru_cache(maxsize=4096)
def key(heading: str) -> str:
    """The key of a heading: without units in brackets; what else stands in brackets stays, without the brackets."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", without_glosses(heading[:_LONGEST])))
    text = _BRACKETED.sub(lambda brackets: "" if _UNIT.fullmatch(brackets["inside"]) else brackets[0], text)
    return simplified(_PUNCTUATION.sub("", text)).lower()


@lru_cache(maxsize=4096)
def bare_key(heading: str) -> str:
    """The key of a heading without anything that stands in brackets, and without a unit written after the words."""
    text = unicodedata.normalize("NFKC", without_glosses(heading[:_LONGEST]))
    text = _BRACKETED.sub("", _SPACE.sub("", text))
    return key(_UNIT_BEHIND.sub("", text) or text)


def holds_remarks(heading: str) -> bool:
    """Whether a column with this heading holds remarks: what a clerk writes beside the fields."""
    return _REMARKS.search(key(heading)) is not None


def money_unit(heading: str) -> str:
    """The unit of money in a heading: 万元 for 金额（万元）, "" where it names none."""
    text = _SPACE.sub("", unicodedata.normalize("NFKC", heading[:_LONGEST]))
    for brackets in _BRACKETED.finditer(text):
        unit = _UNIT.fullmatch(brackets["inside"])
        if unit and unit["unit"]:
            return str(unit["unit"])
    behind = _UNIT_BEHIND.search(text)
    return str(behind["unit"]) if behind else ""
