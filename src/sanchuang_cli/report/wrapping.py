"""Breaks texts into the lines of a cell: between any two Chinese characters, never inside a number or a word.

Spreadsheet programs keep 、，。 off the beginning of a line and （《 off its end, and let nothing come between a
quotation mark and its neighbours.
"""

import math
import re
from collections.abc import Sequence
from functools import cached_property

from sanchuang_cli.report import shown

PADDING = 1.5
"""Characters of a column's width that its text cannot use."""
_NARROW = 8
"""Characters of a line at whose end it matters that half a Chinese character does not fit."""
_RUN = re.compile("[!-~“”‘’]+")
_UNIT = re.compile("[（《〔【“‘”’]*(?:[!-~]+|.)(?:[）》〕】，。；：、！？…—]+|[“”‘’](?:[!-~]+|.)?)* *")

_FIGURES = bytes.maketrans(b"123456789", b"000000000")
_APART = "\0"


def shapes(texts: Sequence[str]) -> list[str]:
    """Each text with 0 for every figure: it is as wide, and breaks where the text does. A page of many texts has few of
    them, for what differs from line to line is mostly a number or a day."""
    reduced = _alike(_APART.join(texts)).split(_APART)
    return reduced if len(reduced) == len(texts) else list(map(_alike, texts))


def _alike(text: str) -> str:
    """As bytes, for no byte of another character is that of a figure."""
    return text.encode("utf-8", "surrogatepass").translate(_FIGURES).decode("utf-8", "surrogatepass")


def lines(words: str, room: float) -> int:
    """Lines that `words` take when wrapped into a column of `room` characters."""
    return Wrapped(words).lines(room)


class Wrapped:
    """A text that may be asked how many lines it takes in several columns: what does not go by their widths is found once."""

    def __init__(self, words: str) -> None:
        self._lines = [_Line(line) for line in words.split("\n")]

    def lines(self, room: float) -> int:
        """Lines that it takes in a column of `room` characters."""
        fitting = max(1.0, room - PADDING)
        return sum([1 if line.width <= fitting else line.lines(fitting) for line in self._lines])


class _Line:
    """A line of a text. width: characters that it takes."""

    def __init__(self, line: str) -> None:
        self.width = shown.width(line)
        self._line = line

    @cached_property
    def _run(self) -> int:
        """The most characters that no line end can stand between."""
        return max(map(len, _RUN.findall(self._line)), default=0)

    @cached_property
    def _units(self) -> list[tuple[int, int]]:
        """How wide each piece is that no line end can stand in: without the spaces at its end, which hang over the end of
        a line, and with them."""
        units = _UNIT.findall(self._line)
        return [(shown.width(unit.rstrip(" ")), shown.width(unit)) for unit in units]

    def lines(self, fitting: float) -> int:
        """Lines that it takes where so many characters fit."""
        if fitting > _NARROW and self._run < max(1, int(fitting) // 2):
            # little is lost at the ends of lines: no need to break it to count them
            return math.ceil(self.width / fitting)
        count, left = 1, fitting
        for bare, whole in self._units:
            if bare > left and left < fitting:
                count, left = count + 1, fitting
            broken = max(0, math.ceil(bare / fitting) - 1)
            count += broken
            left -= whole - broken * fitting
        return count


def half(words: str) -> int:
    """The narrowest width in which each line of `words` takes two lines at most."""
    return max(map(_half, words.split("\n")))


def _half(line: str) -> int:
    widths = [shown.width(unit) for unit in _UNIT.findall(line)]
    breaks = range(1, len(widths))
    return min((max(sum(widths[:k]), sum(widths[k:])) for k in breaks), default=sum(widths))
