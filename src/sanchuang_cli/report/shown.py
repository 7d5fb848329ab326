"""A value as a page shows it, and how much room that takes.

What is cut is never rounded up: nothing shows 90.00 that is below 90.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Spell

SCORE_PLACES = 2
PERCENT_PLACES = 3
"""Of the proportion: a percentage shows one decimal."""


def cut(exact: Fraction | int, places: int = SCORE_PLACES) -> Decimal:
    """`exact` to so many decimals, the rest dropped (towards zero)."""
    scaled = abs(Fraction(exact)) * 10**places
    whole = scaled.numerator // scaled.denominator
    sign = "-" if exact < 0 and whole else ""
    return Decimal(f"{sign}{whole}E-{places}")  # not by scaleb, which rounds to the context's 28 digits


def text(kind: Kind, value: Any) -> str:
    """A table's value as a reader sees it, unmasked; "" when blank."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if kind is Kind.MONEY:
        return f"{yuan(value):,.2f}"
    if kind is Kind.SCORE:
        return str(cut(value, SCORE_PLACES))
    if kind is Kind.PERCENT:
        return f"{cut(value, PERCENT_PLACES) * 100:.1f}%"
    if kind is Kind.STARS:
        return f"{value}★"
    if kind is Kind.FLAG:
        return "是" if value else "否"
    if kind is Kind.SPELLS:
        return "；".join(spell(s) for s in value)
    if kind is Kind.DATE and isinstance(value, date):
        return value.isoformat()
    return str(value)


def spell(stretch: Spell) -> str:
    """1984-05至1995-04 村党支部书记."""
    end = "今" if stretch.end is None else stretch.end
    return f"{stretch.start}至{end} {stretch.post}".rstrip()


def width(line: str) -> int:
    """Columns a line takes in a fixed-width font: CJK counts two, and so do characters that only CJK fonts have."""
    return len(line) if line.isascii() else len(line.encode("gb18030", "replace"))


def breadth(words: str) -> int:
    """Width of the widest line of a text."""
    return max(map(width, words.split("\n"))) if "\n" in words else width(words)


def greatest_breadth(texts: Iterable[str]) -> int:
    """The breadth of the broadest of many texts, 0 without any: encoded at once, for no character holds a line end."""
    return max(map(len, "\n".join(texts).encode("gb18030", "replace").split(b"\n")))
