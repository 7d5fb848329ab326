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


# Characters kept at the front and the back; what lies between is starred (reference: identity 6+4, phone 3+4).
_KEPT = {Kind.IDENTITY: (6, 4), Kind.ACCOUNT: (0, 4), Kind.PHONE: (3, 4)}
MASKED = frozenset(_KEPT)


def mask(kind: Kind, text: str) -> str:
    """`text` as it may be shown: identity first 6 and last 4, account last 4, phone 3 and 4; other kinds whole.

    A number too short to keep anything back is starred whole.
    """
    if kind not in _KEPT or not text:
        return text
    front, back = _KEPT[kind]
    hidden = len(text) - front - back
    if hidden < 4:
        return "*" * len(text)
    return text[:front] + "*" * hidden + text[-back:]


# Groups of three and more, so that 1998-6-1-2001-5-31 stays legible.
_LONG_NUMBER = re.compile(r"\d{11,}[Xx]?|(?=(?:[\s\-]?\d){11})\d{3,}(?:[\s\-]\d{3,})+[Xx]?")


def without_numbers(text: str) -> str:
    """`text` with the numbers of people, cards and phones masked that stand where none should."""
    return _LONG_NUMBER.sub(lambda found: mask(_looks_like(found[0]), found[0]), text)


def _looks_like(number: str) -> Kind:
    if len(number) == 11:
        return Kind.PHONE
    return Kind.IDENTITY if len(number) in (15, 17, 18) else Kind.ACCOUNT


def hidden(kind: Kind, text: str) -> str:
    """`text` as it may be shown to anybody: masked by its kind, and without the numbers that stray into other columns."""
    return mask(kind, text) if kind in MASKED else without_numbers(text)
