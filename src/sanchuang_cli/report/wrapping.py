"""How texts break into lines in a cell: between any two Chinese characters, never inside a number or a word.

Spreadsheet programs keep 、，。 off the beginning of a line and （《 off its end, and let nothing come between a
quotation mark and its neighbours.
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from sanchuang_cli.report import shown

PADDING = 1.5
"""Characters of a column's width that its text cannot use."""
_NARROW = 8
"""Characters of a line at whose end it matters that half a Chinese character does not fit."""
_UNIT = re.compile("[（《〔【“‘”’]*(?:[!-~]+|.)(?:[）》〕】，。；：、！？…—]+|[“”‘’](?:[!-~]+|.)?)* *")

_APART = "\0"


def shapes(texts: Sequence[str]) -> list[str]:
    """Each text with 0 for every figure: it is as wide, and breaks where the text does. A page of many texts has few of
    them, for what differs from line to line is mostly a number or a day."""
    reduced = _alike(_APART.join(texts)).split(_APART)
    return reduced if len(reduced) == len(texts) else list(map(_alike, texts))


def _alike(text: str) -> str:
    for figure in "123456789":
        text = text.replace(figure, "0")
    return text


def lines(words: str, room: float) -> int:
    """Lines that `words` take when wrapped into a column of `room` characters."""
    fitting = max(1.0, room - PADDING)
    return sum(_lines(line, fitting) for line in words.split("\n"))


def _lines(line: str, fitting: float) -> int:
    width = shown.width(line)
    if width <= fitting:
        return 1
    if fitting > _NARROW and not _long_run(int(fitting) // 2).search(line):
        return math.ceil(
            width / fitting
        )  # little is lost at the ends of lines: no need to break it to count them
    count, left = 1, fitting
    for unit in _UNIT.findall(line):
        bare = shown.width(unit.rstrip(" "))  # spaces at the end of a line hang over it
        if bare > left and left < fitting:
            count, left = count + 1, fitting
        broken = max(0, math.ceil(bare / fitting) - 1)
        count += broken
        left -= shown.width(unit) - broken * fitting
    return count


@lru_cache
def _long_run(length: int) -> re.Pattern[str]:
    """So many characters that no line end can stand between."""
    return re.compile(f"[!-~“”‘’]{{{max(1, length)},}}")


def half(words: str) -> int:
    """The narrowest width in which each line of `words` takes two lines at most."""
    return max(map(_half, words.split("\n")))


def _half(line: str) -> int:
    widths = [shown.width(unit) for unit in _UNIT.findall(line)]
    breaks = range(1, len(widths))
    return min((max(sum(widths[:k]), sum(widths[k:])) for k in breaks), default=sum(widths))
