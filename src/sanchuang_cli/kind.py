"""Names what a column holds, and masks a value by that. The same kinds describe the columns of rosters and of
pages.

It may use no other module of the program.

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
import unicodedata
from collections.abc import Callable
from enum import StrEnum

INVISIBLE = "\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad"
"""Characters that nobody sees, pasted from web pages and phones: no part of any number, name or heading."""
_SPACE = re.compile(rf"[\s{INVISIBLE}]+")


def narrow(text: str) -> str:
    """`text` in half width, without any white space, invisible characters or the leading quote of a text cell."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lstrip("'’‘`")


class Kind(StrEnum):
    """What a column holds: text, a number of some unit, a date, a number that identifies somebody."""

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
"""Marks that stand in an empty cell of any column. The full-width ones are listed too, so that the reader
need not convert a cell first."""

NOTHING = EMPTY | {"无", "暂无", "空", "没有", "N/A", "n/a"}
"""Words which say that there is none of what the column asks for."""

NO_VALUE = NOTHING | {"否"}
"""Words in a column of dates, sums or numbers which say that there is none. They are an answer, although not
a value."""

# Characters kept at the front and the back; what lies between is starred (reference: phone 3+4, account last 4).
_KEPT = {Kind.ACCOUNT: (0, 4), Kind.PHONE: (3, 4)}
MASKED = frozenset({Kind.IDENTITY, *_KEPT})

_FRONT, _STARS = 6, 12
"""Of an identity number, the digits that are shown, and the asterisks that stand for the rest.

Beside a birth date the last four digits are the number: three of them are left to guess, and the check digit
leaves one of a thousand. Without them there are five hundred numbers for a person of known birth and sex.
"""
_LEAST_HIDDEN = 4
_DIGIT = re.compile(r"\d|(?<=\d)[XxＸｘ×]")
_BORN = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"\d{{6}}{_BORN}\d{{3}}")
"""Seventeen digits of which eight are a day: an identity number, whatever column it stands in."""


def mask(kind: Kind, text: str) -> str:
    """Return `text` as it may be shown, by its kind.

    Of an identity number the first six digits and twelve asterisks are shown, of an account the last four
    digits, of a phone the first three and last four; other kinds are shown whole. An identity number in a
    column of accounts or phones is masked as one. A number that is too short to hide anything becomes
    asterisks only.
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
    """Whether these are the digits of an identity number and nothing else."""
    digits = _digits(text)
    return len(digits) in (17, 18) and _IDENTITY.match(digits) is not None


def _digits(text: str) -> str:
    return text if text.isdecimal() else "".join(_DIGIT.findall(text))


_SHORTEST = 11
"""The digits of a mobile phone number. It is the shortest number that identifies a person."""
_GAP = "[ \u00a0\u3000.·－-]{1,2}"
# Groups of three and more, so that 1998-6-1-2001-5-31 stays legible; a number that somebody has starred is one too.
_NUMBER = re.compile(
    rf"https?://\S+|(?<![0-9A-Za-z])[0-9a-f]{{64}}(?![0-9A-Za-z])"
    rf"|\d{{3,}}(?:{_GAP}\d{{3,}})*(?:[*＊●]{{3,}}[\dXxＸｘ]*)?[XxＸｘ×]?"
)
_ANY_DIGIT = re.compile(r"\d")
_BY_HAND, _STARRED = frozenset("*＊●"), 15
"""The signs that people write over digits to hide them, and the length from which such a number may be an
identity number."""


def numbers_replaced(text: str, by: Callable[[str], str], shortest: int = _SHORTEST) -> str:
    """Return `text` with every number of a person, card or phone in it replaced.

    That is each run of `shortest` or more digits, also with spaces and hyphens between them, and each number
    that is partly starred. A web address and a SHA-256 identify nobody and stay.
    """
    # This quick test decides nearly every cell. The pattern itself takes several times as long.
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
    """Return `text` with the numbers of people, cards and phones masked, for text that should have none. Masked again it stays
    as it is: what a mask leaves beside other digits may be one more number."""
    while (masked := numbers_replaced(text, _stray)) != text:
        text = masked
    return text


def _stray(number: str) -> str:
    """Mask a number of unknown kind. Everything except a phone or a card may be somebody's identity
    number."""
    digits = _digits(number)
    if not _BY_HAND.isdisjoint(number):
        return _identity(number)
    if len(digits) == _SHORTEST:
        return mask(Kind.PHONE, number)
    if len(digits) in (15, 17, 18) or _IDENTITY.search(digits):
        return _identity(number)
    return mask(Kind.ACCOUNT, number)


def hidden(kind: Kind, text: str) -> str:
    """Return `text` as anybody may see it: masked by its kind, and without numbers that stand in the wrong
    column."""
    return mask(kind, text) if kind in MASKED else without_numbers(text)
