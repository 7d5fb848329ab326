"""Makes the keys by which organisations that are paid are known. Text in, text out.

A key is made of the 统一社会信用代码; where there is none, of the county's code; else of township and name. It begins with what
it is made of, 信用代码:…, 编码:… or 名称:青禾镇 河西村股份经济合作社, so that it cannot be mistaken for a person's identity number or
for a key of another sort. The codes are those of GB 32100-2015.
"""

import re

from sanchuang_cli.domain.words import narrow

CODE, COUNTY, NAME = "信用代码", "编码", "名称"
_BETWEEN = ":"
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}", re.ASCII)
_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, len(_CHARACTERS)) for place in range(17))


def organisation(code: str = "", county: str = "", township: str = "", name: str = "") -> str:
    """The key of an organisation. Raises ValueError that says in Chinese what is wrong with its code, or that nothing
    names it."""
    if code := _plain(code).upper():
        if why := flaw(code):
            raise ValueError(why)
        return f"{CODE}{_BETWEEN}{code}"
    if county := _plain(county):
        return f"{COUNTY}{_BETWEEN}{county}"
    township, name = _plain(township), _plain(name)
    if not (township and name):
        raise ValueError("没有统一社会信用代码或编码的组织，要有乡镇和名称")
    return f"{NAME}{_BETWEEN}{township} {name}"


def is_organisation(key: str) -> bool:
    """Whether a key of the ledger is an organisation's."""
    return key.partition(_BETWEEN)[0] in (CODE, COUNTY, NAME)


def typed(words: str) -> str:
    """The key that somebody typed in full, or as the code alone; "" where it is not that of an organisation. Raises
    ValueError like `organisation`."""
    sort, _, rest = words.strip().replace("：", _BETWEEN).partition(_BETWEEN)
    if sort == CODE or not rest:
        code = _plain(rest or sort).upper()
        return organisation(code=code) if rest or not flaw(code) else ""
    if sort == COUNTY:
        return organisation(county=rest)
    township, _, name = rest.strip().partition(" ")
    return organisation(township=township, name=name) if sort == NAME else ""


def flaw(code: str) -> str:
    """What is wrong with a 统一社会信用代码, "" when it can be one."""
    if not _SHAPE.fullmatch(code):
        return "统一社会信用代码应是 18 位数字或大写字母（不含 I、O、S、V、Z）"
    total = sum(
        _CHARACTERS.index(character) * weight for character, weight in zip(code, _WEIGHTS, strict=False)
    )
    if _CHARACTERS[-total % len(_CHARACTERS)] != code[-1]:
        return "统一社会信用代码的校验码不对"
    return ""


def _plain(words: str) -> str:
    return narrow(words)
