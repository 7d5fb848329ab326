"""Sums as they are printed: `518 - 1 = 517 人`, `花名册 8 人 9.00 元 = 代发 7 人 8.00 元 + 无有效账户 1 人 1.00 元`."""

import re
from collections.abc import Iterable
from decimal import Decimal

_SENTENCE = re.compile(r"[。；：，（）\n]")
_TERM = re.compile(r" ([+-]) ")
_NUMBER = re.compile(r"(?<!\S)[\d,]+(?:\.\d+)?(?!\S)")


def sums(text: str) -> list[str]:
    """The stretches of a text that say that one thing is another; what a rule works out has brackets and is no such sum."""
    return [
        part.strip()
        for part in _SENTENCE.split(text)
        if " = " in part and re.search(r"\d", part) and "(" not in part
    ]


def value(side: str) -> list[Decimal]:
    """What a side of a sum comes to: each of its terms has as many figures as the others."""
    first, *rest = _TERM.split(side)
    terms = [("+", first), *zip(rest[::2], rest[1::2], strict=True)]
    told = [
        (sign, [Decimal(word.replace(",", "")) for word in _NUMBER.findall(term)]) for sign, term in terms
    ]
    figures = {len(numbers) for _, numbers in told}
    assert len(figures) == 1 and figures != {0}, f"no sum: {side}"
    signed = ([-n for n in numbers] if sign == "-" else numbers for sign, numbers in told)
    return [sum(column, Decimal(0)) for column in zip(*signed, strict=True)]


def is_true(said: str) -> bool:
    """Whether all sides of a printed sum come to the same."""
    first, *others = map(value, said.split(" = "))
    return bool(others) and all(one == first for one in others)


def all_true(texts: Iterable[str]) -> list[str]:
    """The sums of these texts, each of which holds."""
    found = [said for text in texts for said in sums(text)]
    false = [said for said in found if not is_true(said)]
    assert not false, false
    return found
