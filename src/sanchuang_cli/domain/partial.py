"""Compares identity numbers of which only a part can be read: masked, cut short, rounded by a spreadsheet, or
mistyped.

It may look at text only, and it never restores a number: a part is only ever compared with whole numbers.

In a part, a digit or a last X stands for itself, `*` stands for one unknown character, and `…` for unknown
characters of unknown length. `≈` at the end says that the digits before it were rounded or cut off (of 15 that
are kept, Excel cuts off what follows and LibreOffice rounds it) and the others are gone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sanchuang_cli.domain import identity

HIDDEN, GAP, ROUNDED = "*", "…", "≈"
APART = 128
"""How far apart numbers of 18 digits are at most that a program can hold which keeps them as floating-point numbers."""
_LENGTH, _KEPT = 18, 15
"""How many digits a number has, and how many of them a spreadsheet keeps."""
_COMMON = 8
"""The first eight characters, the address code and the century, are the same for nearly the whole county."""
_TELLING = 4
"""With so many known characters besides the common ones, it is worth asking whom they fit."""
_DIGITS = re.compile(r"\d+X?", re.ASCII)
_ROUNDED = re.compile(rf"\d+{ROUNDED}", re.ASCII)
_MASKED = re.compile(rf"[\dX]*[{HIDDEN}{GAP}][\dX{HIDDEN}{GAP}]*", re.ASCII)


class Shape(NamedTuple):
    """One way in which a part can stand in a whole number: which characters are at which places, counted from
    0."""

    places: tuple[int, ...]
    known: str

    @property
    def tells(self) -> bool:
        """Whether only few people can have such a number."""
        return sum(place >= _COMMON for place in self.places) >= _TELLING


def is_whole(part: str) -> bool:
    """Whether nothing is missing and the number is a valid one."""
    return identity.is_valid(part)


@lru_cache(maxsize=4096)
def shapes(part: str) -> tuple[Shape, ...]:
    """Return every way in which `part` can stand in a whole number; none if it says nothing."""
    return tuple(dict.fromkeys(shape for shape in _shapes(part) if shape.places))


def agrees(part: str, number: str) -> bool:
    """Whether `part` can have been made from this whole number."""
    return any(known == "".join([number[place] for place in places]) for places, known in shapes(part))


def _shapes(part: str) -> Iterator[Shape]:
    if is_whole(part):
        yield _at(range(_LENGTH), part)
    elif _ROUNDED.fullmatch(part):
        yield from _rounded(part[:-1])
    elif _MASKED.fullmatch(part):
        yield _masked(part)
    elif not _DIGITS.fullmatch(part):
        return
    elif len(part) == _LENGTH:
        yield from _mistyped(part)
    elif len(part) < _LENGTH:
        for front in range(len(part) + 1):
            yield _ends(part[:front], part[front:])
    elif len(part) == _LENGTH + 1:
        for extra in range(len(part)):
            yield _at(range(_LENGTH), part[:extra] + part[extra + 1 :])


def _at(places: range, known: str) -> Shape:
    return Shape(tuple(places), known)


def _ends(front: str, back: str) -> Shape:
    """Return the shape in which something is missing in one place, between `front` and `back`."""
    return Shape((*range(len(front)), *range(_LENGTH - len(back), _LENGTH)), front + back)


def _rounded(digits: str) -> Iterator[Shape]:
    """Return the shapes for the first digits of a number that was rounded up or down, or cut off."""
    yield _at(range(len(digits)), digits)
    if int(digits):
        yield _at(range(len(digits)), f"{int(digits) - 1:0{len(digits)}}")


def _masked(part: str) -> Shape:
    """Return the shape of a masked number.

    If each star stands for one character, all known characters count. Otherwise only the beginning and the
    end do.
    """
    if len(part) == _LENGTH and GAP not in part:
        known = [place for place, character in enumerate(part) if character != HIDDEN]
        return Shape(tuple(known), "".join(part[place] for place in known))
    front, *_, back = part.replace(HIDDEN, GAP).split(GAP)
    front = front[:_LENGTH]
    return _ends(front, back[max(0, len(front) + len(back) - _LENGTH) :])


def _mistyped(part: str) -> Iterator[Shape]:
    """Return the shapes of eighteen characters that are not a valid number.

    One of them is wrong, or two have changed places, or the last three or more are lost, or a program held them as a
    number and wrote the nearest that it can.
    """
    for wrong in range(_LENGTH):
        places = tuple(place for place in range(_LENGTH) if place != wrong)
        yield Shape(places, part[:wrong] + part[wrong + 1 :])
    for one, other in pairwise(range(_LENGTH)):
        yield _at(range(_LENGTH), part[:one] + part[other] + part[one] + part[other + 1 :])
    if part.endswith("000"):
        yield from _rounded(part.rstrip("0"))
    if part.isdecimal():
        for near in (int(part) - APART, int(part) + APART):
            yield _at(range(_KEPT), f"{near:0{_LENGTH}}"[:_KEPT])
