"""Identity and card numbers: check digits, and what an identity number says of its holder. Pure; text in, text out.

GB 11643-1999 for identity numbers, ISO/IEC 7812-1 (Luhn) for bank cards.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Literal

Sex = Literal["男", "女"]

_BODY = 17
_BASE = 13
_CHECK = "1X864209753"
"""By what is left of the body when it is read in base 13 and divided by 11: the standard weighs the digits by powers of
two, and 13 is 2 there."""
_FIRST_BIRTH, _LAST_BIRTH = date(1850, 1, 1), date(2100, 12, 31)
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_OLD_SHAPE = re.compile(r"[1-9]\d{14}", re.ASCII)
# Sequence numbers that the 15-digit form gave to people of a hundred and more, born in the century before.
_CENTENARIANS = ("996", "997", "998", "999")


def check_digit(body: str) -> str:
    """The 18th character for 17 digits; what follows them is passed over."""
    return _CHECK[int(body[:_BODY], _BASE) % 11]


def is_well_formed(number: str) -> bool:
    """Seventeen digits and a digit or capital X, whatever they say."""
    return _SHAPE.fullmatch(number) is not None


def has_valid_check(number: str) -> bool:
    """Whether the last character of a well-formed number fits the rest."""
    return check_digit(number) == number[17]


def birth(number: str) -> date | None:
    """The birth date in a well-formed number; None where no such day exists, or no holder of a number could have it."""
    return _birth(number[6:14])


@lru_cache(maxsize=65_536)
def _birth(digits: str) -> date | None:
    try:
        born = date.fromisoformat(digits)
    except ValueError:
        return None
    return born if _FIRST_BIRTH <= born <= _LAST_BIRTH else None


def sex(number: str) -> Sex:
    """By the 17th digit: odd is male."""
    return "男" if number[16] in "13579" else "女"


def is_valid(number: str) -> bool:
    """A well-formed number with a real birth date and the right check digit."""
    if _SHAPE.fullmatch(number) is None or check_digit(number) != number[17]:
        return False
    return birth(number) is not None


def upgraded(old: str) -> str | None:
    """The 18-digit form of a 15-digit number; None when it is no such number or its birth date does not exist."""
    if not _OLD_SHAPE.fullmatch(old):
        return None
    body = old[:6] + ("18" if old.endswith(_CENTENARIANS) else "19") + old[6:]
    number = body + check_digit(body)
    return number if birth(number) else None


# Each digit to the value it has when doubled, its two digits added.
_DOUBLED = bytes.maketrans(b"0123456789", bytes([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]))


def luhn_sum(digits: str) -> int:
    """The Luhn sum of a number with its check digit; it is a multiple of ten when the number is right."""
    ascii_digits = digits.encode("ascii")
    plain = ascii_digits[-1::-2]
    return sum(plain) - ord("0") * len(plain) + sum(ascii_digits[-2::-2].translate(_DOUBLED))


def is_luhn(digits: str) -> bool:
    return luhn_sum(digits) % 10 == 0


def luhn_digit(body: str) -> str:
    """The check digit to append to `body`."""
    return str(-luhn_sum(body + "0") % 10)
