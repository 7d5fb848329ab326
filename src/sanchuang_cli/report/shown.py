"""Says how a value is shown on a page, and how much room that takes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sanchuang_cli.domain.exact_numbers import PERCENT_PLACES, SCORE_PLACES, cut
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Spell


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
