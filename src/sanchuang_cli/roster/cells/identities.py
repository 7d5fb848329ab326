"""Reads identity numbers, bank accounts and telephone numbers from cells, as text of digits.

Works on one cell at a time. Lost digits are never put back: a number cell keeps only 15 of them.
"""

import re
from itertools import takewhile
from typing import Any

from sanchuang_cli.domain import identity
from sanchuang_cli.domain.partial import APART, GAP, HIDDEN, ROUNDED
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.cells.numerals import is_scientific
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed, doubtful, unread

_EXACT = 10**15  # a whole number below this keeps all its digits in a number cell
_IDENTITIES = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_MASKED = re.compile(r"\d+[*＊xX●#]{3,}[\dX]*|\*+\d+")


def identity_number(cell: Cell) -> Any:
    """A valid identity number of 18 characters. A number cell of more than 15 digits is refused, because it has lost some."""
    if type(cell) is str and identity.is_valid(cell):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not float(cell).is_integer() or cell < 0:
            return unread("identity.length", "不是身份证号")
        if cell >= _EXACT:
            return unread("identity.precision-lost", "是数字格式，精度丢失")
        return _identity_in(str(int(cell)), tidied=False)
    if not isinstance(cell, str):
        return unread("identity.length", "不是身份证号")
    text = narrow(cell)
    if is_scientific(text):
        return unread("identity.precision-lost", "是科学计数法，精度丢失")
    clean = identity.tidied(text)
    return _identity_in(clean, tidied=clean != cell.strip().upper())


def _identity_in(text: str, tidied: bool) -> Any:
    """The number in a cleaned text, or the trouble that tells the clerk most. tidied: whether cleaning changed the text."""
    if identity.is_well_formed(text):
        return _well_formed(text, tidied)
    if number := identity.upgraded(text):
        return doubtful(number, "identity.upgraded", "是 15 位旧号，已升为 18 位")
    if len(_IDENTITIES.findall(text)) > 1 or re.fullmatch(r"\d{17}[\dX]\D*\d{17}[\dX]", text):
        return unread("identity.two", "一格里有两个号码")
    if _MASKED.search(text):
        return unread("identity.masked", "打了码，号码不完整")
    if not any(character.isdigit() for character in text):
        return unread("identity.absent", "没有号码")
    if re.fullmatch(r"\d{15}", text):
        return unread("identity.birth", "是 15 位旧号，其中的出生日期不存在")
    if re.fullmatch(r"\d{17}[\dX]", text):
        return unread("identity.birth", "不是有效的号码")
    if re.fullmatch(r"\d+X?", text):
        return unread("identity.length", f"是 {len(text)} 位，不是 18 位")
    return unread("identity.length", "不是身份证号")


def _well_formed(number: str, tidied: bool) -> Any:
    """A number of 18 characters, if its check character and its date of birth are right."""
    if not identity.has_valid_check(number):
        if number.endswith("000"):
            return unread("identity.precision-lost", "校验不符，多半精度丢失")
        return unread("identity.checksum", "校验码不对")
    if identity.birth(number) is None:
        return unread("identity.birth", "第 7 至 14 位不是日期")
    return doubtful(number, "identity.tidied", "有空格、全角等写法，已整理") if tidied else number


_HIDING = re.compile(r"[^\dX\s]{3,}|X{2,}|X(?!$)")
_USELESS = frozenset({"identity.two", "identity.absent"})
_SHOWN = re.compile(r"(\d)(?:\.(\d+))?E\+?0*(\d{1,3})", re.ASCII)
_LAST_POWER, _OLD_LAST_POWER = 17, 14
"""The power of ten of the first digit in a number of 18 digits, and of 15 digits."""
_ADDRESS = 6
_KEPT = len(f"{_EXACT}") - 1
"""How many digits a spreadsheet keeps."""


def identity_part(cell: Cell) -> Any:
    """The same as identity_number, but of a masked or damaged number the part that is left, as domain.partial writes it."""
    verdict = identity_number(cell)
    if type(verdict) is not Parsed or verdict.value is not None or verdict.troubles[0].code in _USELESS:
        return verdict
    stored = isinstance(cell, int | float) and not isinstance(cell, bool)
    text = f"{cell:.0f}" if stored else narrow(str(cell)).upper().translate(identity.LIKE_X)
    if stored and cell >= _EXACT:
        part = _of_digits(text.rstrip("0"), len(text) - 1, as_kept=text.endswith("000"))
    elif shown := _SHOWN.fullmatch(text):
        part = _of_digits(f"{shown[1]}{shown[2] or ''}".rstrip("0"), int(shown[3]), as_kept=False)
    else:
        hidden = _HIDING.sub(lambda run: HIDDEN * len(run[0]), text.replace(GAP, HIDDEN * 3))
        part = re.sub(r"[^\dX*]", HIDDEN, identity.GROUPING.sub("", hidden))
    return part if any(character.isdigit() for character in part) else verdict


def _of_digits(kept: str, power: int, as_kept: bool) -> str:
    """The part that is left of a number of which the first digits are known. power: of ten, that of the first one. as_kept: the
    others were made 0, as in a number cell: Excel keeps the first 15 that were typed, LibreOffice rounds to as many.

    kept has no zeros at its end, for they may stand for lost digits. Another program writes the digits of the nearest number
    that it can hold, or these rounded: then what all numbers near it begin with is left.
    """
    if power == _OLD_LAST_POWER:
        return _common(kept, power)[:_ADDRESS] + GAP
    if power != _LAST_POWER:
        return ""
    if as_kept or len(kept) < _KEPT:
        return kept + ROUNDED
    return _common(kept, power) + GAP


def _common(kept: str, power: int) -> str:
    lost = 10 ** max(power + 1 - len(kept), 0) + APART
    near = int(kept.ljust(power + 1, "0")[: power + 1])
    both = zip(f"{near - lost:0{power + 1}}", f"{near + lost:0{power + 1}}", strict=False)
    return "".join(one for one, _ in takewhile(lambda two: two[0] == two[1], both))


_CARD = re.compile(r"\d{16,19}", re.ASCII)
_ACCOUNT_LENGTHS = range(6, 33)


def account(cell: Cell) -> Any:
    """The digits of an account. The Luhn check only gives a warning, because the accounts of passbooks have no check digit."""
    if type(cell) is str and is_card(cell):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not float(cell).is_integer() or cell < 0:
            return unread("account.unreadable", "不是账号")
        if cell >= _EXACT:
            return unread("account.precision-lost", "是数字格式，精度丢失")
        digits = str(int(cell))
    elif isinstance(cell, str):
        digits = cell if cell.isdecimal() and cell.isascii() else _digits_of_account(cell)
    else:
        return unread("account.unreadable", "不是账号")
    if is_scientific(digits):
        return unread("account.precision-lost", "是科学计数法，精度丢失")
    if not digits.isdecimal() or len(digits) not in _ACCOUNT_LENGTHS:
        return unread("account.unreadable", "不是账号")
    if identity.is_luhn(digits):
        return digits
    return doubtful(digits, "account.luhn", "校验不符")


def is_card(text: str) -> bool:
    """Whether a text is exactly the number of a bank card."""
    return _CARD.fullmatch(text) is not None and identity.is_luhn(text)


def _digits_of_account(cell: str) -> str:
    """The text of an account without spaces, dashes and a ".0" at the end; scientific notation stays as it is."""
    text = narrow(cell)
    return text if is_scientific(text) else identity.GROUPING.sub("", re.sub(r"\.0+$", "", text))


_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_PHONE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})|(0\d{2,3})?([2-9]\d{6,7})", re.ASCII)
_BETWEEN_PHONES = re.compile(r"[/;,、，；]|(?<=\d{7})\s+(?=1\d{10})")


def is_mobile(text: str) -> bool:
    """Whether a text is exactly the number of a mobile telephone."""
    return _MOBILE.fullmatch(text) is not None


def phone(cell: Cell) -> Any:
    """The digits of a mobile or fixed telephone, the first one if there are several."""
    if type(cell) is str and is_mobile(cell):
        return cell
    if (isinstance(cell, float) and cell.is_integer()) or type(cell) is int:
        cell = str(int(cell))
    if not isinstance(cell, str):
        return unread("phone.unreadable", "不是电话号码")
    first, *others = [part for part in _BETWEEN_PHONES.split(cell.strip()) if part.strip()] or [""]
    digits = re.sub(r"[\-()—_]|\.0$", "", narrow(first))
    match = _PHONE.fullmatch(digits)
    if not match:
        return unread("phone.unreadable", "不是电话号码")
    number = "".join(group for group in match.groups() if group)
    return Parsed(number, (CellTrouble("phone.two", "有几个号码"),)) if others else number
