"""Checks identity and card numbers by their check digits, and reads from an identity number what it says of
its holder.

It may look at the text only: text goes in, text comes out. Identity numbers follow GB 11643-1999, bank cards
ISO/IEC 7812-1 (Luhn).
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal

from sanchuang_cli.domain.words import narrow

Sex = Literal["男", "女"]

_BODY = 17
_BASE = 13
_CHECK = "1X864209753"
"""The check digit, by the remainder when the body is read in base 13 and divided by 11.

The standard weighs the digits by powers of two. Modulo 11, 13 equals 2, so reading in base 13 does the same.
"""
LIKE_X = str.maketrans(dict.fromkeys("xХх×ΧχⅩⅹ✕✖﹡", "X"))
GROUPING = re.compile(r"[\s\-—_.·]+")
_FIRST_BIRTH, _LAST_BIRTH = date(1850, 1, 1), date(2100, 12, 31)
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_OLD_SHAPE = re.compile(r"[1-9]\d{14}", re.ASCII)
# In the 15-digit form, people of a hundred and more years got these sequence numbers; they were born in the century before.
_CENTENARIANS = ("996", "997", "998", "999")


def check_digit(body: str) -> str:
    """Return the 18th character for 17 digits. Characters after them are ignored."""
    return _CHECK[int(body[:_BODY], _BASE) % 11]


def is_well_formed(number: str) -> bool:
    """Whether it is seventeen digits and then a digit or a capital X, whatever they say."""
    return _SHAPE.fullmatch(number) is not None


def has_valid_check(number: str) -> bool:
    """Whether the last character of a well-formed number fits the rest."""
    return check_digit(number) == number[17]


def birth(number: str) -> date | None:
    """Return the birth date in a well-formed number; None if there is no such day, or nobody with a number
    can be born on it."""
    return _birth(number[6:14])


@lru_cache(maxsize=65_536)
def _birth(digits: str) -> date | None:
    try:
        born = date.fromisoformat(digits)
    except ValueError:
        return None
    return born if _FIRST_BIRTH <= born <= _LAST_BIRTH else None


def sex(number: str) -> Sex:
    """Return the sex by the 17th digit: odd is male."""
    return "男" if number[16] in "13579" else "女"


def is_valid(number: str) -> bool:
    """Whether it is a well-formed number with a real birth date and the right check digit."""
    if _SHAPE.fullmatch(number) is None or check_digit(number) != number[17]:
        return False
    return birth(number) is not None


def upgraded(old: str) -> str | None:
    """Return the 18-digit form of a 15-digit number; None if it is no such number, or its birth date does not
    exist."""
    if not _OLD_SHAPE.fullmatch(old):
        return None
    body = old[:6] + ("18" if old.endswith(_CENTENARIANS) else "19") + old[6:]
    number = body + check_digit(body)
    return number if birth(number) else None


def tidied(text: str) -> str:
    """A number as typed, in half width, without what groups its digits, and with a capital X."""
    return GROUPING.sub("", re.sub(r"\.0+$", "", narrow(text))).translate(LIKE_X)


def as_written(text: str) -> str:
    """The number that a cell says whose row could not be used, however it is typed: of 18 characters, if it is one."""
    return upgraded(number := tidied(text)) or number


# For each digit, its double; if that has two digits, their sum.
_DOUBLED = bytes.maketrans(b"0123456789", bytes([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]))


def luhn_sum(digits: str) -> int:
    """Return the Luhn sum of a number with its check digit. It is a multiple of ten if the number is
    right."""
    ascii_digits = digits.encode("ascii")
    plain = ascii_digits[-1::-2]
    return sum(plain) - ord("0") * len(plain) + sum(ascii_digits[-2::-2].translate(_DOUBLED))


def is_luhn(digits: str) -> bool:
    """Whether the check digit of a card number is right."""
    return luhn_sum(digits) % 10 == 0


def luhn_digit(body: str) -> str:
    """Return the check digit to add at the end of `body`."""
    return str(-luhn_sum(body + "0") % 10)
