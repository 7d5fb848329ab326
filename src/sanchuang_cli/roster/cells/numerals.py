"""Reads numbers as clerks write them: in full width, with thousands separators, or as Chinese numerals.

Works on one cell or text at a time. Nothing is guessed: a text that is not exactly one number gives None.
"""

import re
from decimal import Decimal

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.record import Cell

_DIGITS = {c: n for n, written in enumerate(("〇零○", "一壹弌", "二贰贰两貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")) for c in written}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
CHINESE_DIGITS = "".join(_DIGITS) + "".join(_UNITS) + "".join(_TENS)

_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[+-]?\.\d+", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+", re.ASCII)

_LARGEST = 1e15
_LONGEST = 40  # no amount in words is longer


def is_scientific(text: str) -> bool:
    """Whether a text is a number such as 2.30227E+17, which has lost digits."""
    return _SCIENTIFIC.fullmatch(text) is not None


def exact(number: float | int) -> Decimal:
    """The number as a spreadsheet program shows it, with 15 significant digits. Further digits come only from the float."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.15g}")


def decimal(cell: Cell) -> Decimal | None:
    """The number in a cell, also as text that is nothing else: 1,200.5 １２００ (35) 负35 一千二百 1.2万."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return exact(cell) if abs(cell) < _LARGEST else None  # NaN and infinity are not smaller either
    if not isinstance(cell, str):
        return None
    return decimal_in(narrow(cell))


def decimal_in(text: str) -> Decimal | None:
    """The number in a text that has been narrowed. It is negative in brackets or after 负."""
    if len(text) > _LONGEST:
        return None
    text = text.replace("−", "-").replace("–", "-")
    if len(text) > 2 and text[0] == "(" and text[-1] == ")":
        inner = decimal_in(text[1:-1])
        return -inner if inner is not None and inner > 0 else None
    if text.startswith("负"):
        inner = decimal_in(text[1:])
        return -inner if inner is not None and inner > 0 else None
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if text.endswith(unit) and _PLAIN.fullmatch(text[:-1]):
            return Decimal(text[:-1].replace(",", "")) * size
    integer = None if _about(text) else chinese_integer(text)
    return None if integer is None else Decimal(integer)


def _about(text: str) -> bool:
    """Whether it is two digits that follow each other: 七八 is about seven or eight, and seldom seventy-eight."""
    digits = [_DIGITS.get(character, 0) for character in text]
    return len(digits) == 2 and 0 < digits[0] == digits[1] - 1


def chinese_integer(text: str) -> int | None:
    """The whole number in Chinese numerals: 一千二百, 壹仟贰佰, 十二, or digit by digit 二〇一二.

    None if the text is not exactly one correct numeral.
    """
    if not text:
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    for short, long in _TENS.items():
        text = text.replace(short, long)
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            high, _, low = text.partition(unit)
            above = chinese_integer(high)
            below = _below(low, size)
            return None if not above or below is None else above * size + below
    return _section(text)


def _below(text: str, size: int) -> int | None:
    """The number after 万 or 亿, 0 if nothing follows. size: of the 万 or 亿, below which it must stay."""
    if text in ("", "整", "零"):
        return 0
    value = chinese_integer(text.lstrip("零〇"))
    if value is None or value >= size:
        return None
    # 一万二 usually means 12,000, but somebody may mean 10,002; so a single digit counts only after 零.
    return None if value < 10 and text[0] not in "零〇" else value


def _section(text: str) -> int | None:
    """The number of a numeral below ten thousand, whose units must become smaller from left to right."""
    total, digit, last_unit, zero = 0, None, 10_000, False
    for character in text:
        if character in _UNITS:
            unit = _UNITS[character]
            if unit >= last_unit or (digit is None and unit != 10):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit, zero = None, unit, False
        elif character in _DIGITS:
            if digit is not None:
                return None
            if _DIGITS[character] == 0:
                if zero:
                    return None
                zero = True
            else:
                digit = _DIGITS[character]
        else:
            return None
    if digit is None:
        return None if zero and total == 0 else total
    # 一千二 usually means 1,200, but somebody may mean 1,002.
    return None if last_unit > 10 and total and not zero else total + digit
