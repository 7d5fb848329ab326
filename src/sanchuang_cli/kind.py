"""What a column holds. The same kinds describe a roster's columns and a page's; masking goes by kind.

kind        Python value in a record or a table row
TEXT NAME CHOICE            str
COUNT STARS                 int
SCORE PERCENT               Fraction (a percentage of 93 % is 93/100)
MONEY                       int, fen
DATE                        period.VagueDate in a record, datetime.date in a table
IDENTITY ACCOUNT PHONE      str, digits only, never a number
FLAG                        bool
SPELLS                      tuple of period.Spell
"""

import re
from collections.abc import Callable
from enum import StrEnum


class Kind(StrEnum):
    TEXT = "text"
    NAME = "name"
    CHOICE = "choice"
    COUNT = "count"
    STARS = "stars"
    SCORE = "score"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    IDENTITY = "identity"
    ACCOUNT = "account"
    PHONE = "phone"
    FLAG = "flag"
    SPELLS = "spells"


EMPTY = frozenset({"", "-", "--", "—", "——", "－", "－－", "/", "//", "／", "／／", "\\"})
"""Marks in place of an empty cell, in any column; those of full width too, so that the reader need not narrow a cell first."""

NOTHING = EMPTY | {"无", "暂无", "空", "没有", "N/A", "n/a"}
"""What says that there is none of what the column asks for."""

NO_VALUE = NOTHING | {"否"}
"""What a column of dates, sums or numbers holds where there is none: an answer, though no value."""

# Characters kept at the front and the back; what lies between is starred (reference: phone 3+4, account last 4).
_KEPT = {Kind.ACCOUNT: (0, 4), Kind.PHONE: (3, 4)}
MASKED = frozenset({Kind.IDENTITY, *_KEPT})

_FRONT, _STARS = 6, 12
"""Of an identity number, the digits that are shown, and the asterisks that stand for the rest.

Beside a birth date the last four digits are the number: three of them are left to guess, and the check digit leaves
one of a thousand. Without them there are five hundred numbers for a person of known birth and sex.
"""
_LEAST_HIDDEN = 4
_DIGIT = re.compile(r"\d|(?<=\d)[XxＸｘ×]")
_BORN = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"\d{{6}}{_BORN}\d{{3}}")
"""Seventeen digits of which eight are a day: an identity number, whatever column it stands in."""


def mask(kind: Kind, text: str) -> str:
    """`text` as it may be shown: of an identity number the first six digits and twelve asterisks, of an account the last
    4, of a phone 3 and 4; other kinds whole. An identity number in a column of accounts or phones is one all the same.

    A number too short to keep anything back is starred whole.
    """
    if kind is Kind.TEXT or kind not in MASKED or not text:
        return text
    if kind is Kind.IDENTITY or _is_identity(text):
        return _identity(text)
    front, back = _KEPT[kind]
    hidden = len(text) - front - back
    if hidden < _LEAST_HIDDEN:
        return "*" * len(text)
    return text[:front] + "*" * hidden + text[-back:]


def _identity(text: str) -> str:
    if len(text) < _FRONT + _LEAST_HIDDEN:
        return "*" * len(text)
    return text[:_FRONT] + "*" * _STARS


def _is_identity(text: str) -> bool:
    """Whether these are the digits of an identity number, and no others."""
    digits = _digits(text)
    return len(digits) in (17, 18) and _IDENTITY.match(digits) is not None


def _digits(text: str) -> str:
    return text if text.isdecimal() else "".join(_DIGIT.findall(text))


_SHORTEST = 11
"""Digits of a mobile phone's number, the shortest that names a person."""
_GAP = "[ \u00a0\u3000.·－-]{1,2}"
# Groups of three and more, so that 1998-6-1-2001-5-31 stays legible; a number that somebody has starred is one too.
_NUMBER = re.compile(
    rf"https?://\S+|(?<![0-9A-Za-z])[0-9a-f]{{64}}(?![0-9A-Za-z])"
    rf"|\d{{3,}}(?:{_GAP}\d{{3,}})*(?:[*＊●]{{3,}}[\dXxＸｘ]*)?[XxＸｘ×]?"
)
_ANY_DIGIT = re.compile(r"\d")
_BY_HAND, _STARRED = frozenset("*＊●"), 15
"""What people write over the digits that they hide, and the length from which it may be an identity number."""


def numbers_replaced(text: str, by: Callable[[str], str], shortest: int = _SHORTEST) -> str:
    """`text` with every number of a person, card or phone in it replaced: each run of `shortest` or more digits, spaces
    and hyphens between them or not, and each that is partly starred. A web address and a SHA-256 name nobody, and stay.
    """
    # Nearly every cell is told apart here: the pattern itself takes several times as long.
    if len(text) < shortest or (len(_ANY_DIGIT.findall(text)) < shortest and _BY_HAND.isdisjoint(text)):
        return text

    def replaced(match: re.Match[str]) -> str:
        number = match[0]
        digits = _digits(number)
        if number.startswith("http"):
            named = _IDENTITY.search(digits) is None
        else:
            named = len(number) == 64 and len(digits) != 64 and number.isalnum()
        starred = not named and len(number) >= _STARRED and not _BY_HAND.isdisjoint(number)
        return by(number) if starred or (not named and len(digits) >= shortest) else number

    return _NUMBER.sub(replaced, text)


def without_numbers(text: str) -> str:
    """`text` with the numbers of people, cards and phones masked that stand where none should."""
    return numbers_replaced(text, _stray)


def _stray(number: str) -> str:
    """A number of which nobody has said what it is. All but a phone or a card may be somebody's identity number."""
    digits = _digits(number)
    if not _BY_HAND.isdisjoint(number):
        return _identity(number)
    if len(digits) == _SHORTEST:
        return mask(Kind.PHONE, number)
    if len(digits) in (15, 17, 18) or _IDENTITY.search(digits):
        return _identity(number)
    return mask(Kind.ACCOUNT, number)


def hidden(kind: Kind, text: str) -> str:
    """`text` as it may be shown to anybody: masked by its kind, and without the numbers that stray into other columns."""
    return mask(kind, text) if kind in MASKED else without_numbers(text)
