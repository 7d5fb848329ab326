"""Where things go on a page: heads, blocks, columns, lines. Pure geometry: nothing here draws."""

import itertools
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import shown
from sanchuang_cli.report.table import Column, Table

LINE, MORE = 21, 15
"""Points: the height of a row with one line of text, and what each further line adds."""
TALLEST = 405
"""Points; the format allows 409.5."""

_NARROWEST, _WIDEST, _WIDEST_OF_WIDE = 6, 40, 60
_HEAD, _CROWDED_HEAD = 12, 4
"""Characters of a heading that stand on one line; on a crowded page headings fold earlier."""
_PORTRAIT, _LANDSCAPE, _CROWDED = 92, 134, 170
"""Column widths, in characters, that fill an A4 page upright, lying, and lying in print that is still easy to read."""
_STRETCH = 2.2
_PADDING = 2
_SHORT, _LONG = 16, 18
"""Texts up to the first stand centred; columns wider than the second give way on a crowded page."""
TITLE_LARGER = 2.1
"""How much wider a character of the title is than one of the body."""
_NUMBERS = (Kind.COUNT, Kind.STARS, Kind.SCORE, Kind.PERCENT, Kind.MONEY)


@dataclass(frozen=True)
class Head:
    """A heading over columns first..last, on header rows top..bottom; all count from 0."""

    text: str
    top: int
    bottom: int
    first: int
    last: int


def heads(columns: Sequence[Column]) -> tuple[int, list[Head]]:
    """How many header rows there are, and what stands in them.

    Neighbours that agree in their first parts share a head; a title with fewer parts reaches down.
    """
    paths = [tuple(column.title.split("/")) for column in columns]
    depth = max(map(len, paths))
    found: list[Head] = []
    for top in range(depth):
        for _, group in itertools.groupby(enumerate(paths), key=lambda item: _shared(item, top)):
            members = [i for i, path in group if len(path) > top]
            if members:
                path = paths[members[0]]
                bottom = depth - 1 if len(path) == top + 1 else top
                found.append(Head(path[top], top, bottom, members[0], members[-1]))
    return depth, found


def _shared(item: tuple[int, tuple[str, ...]], top: int) -> object:
    """The same for neighbours that share the head on row `top`: a leaf shares its head with no one."""
    i, path = item
    return path[: top + 1] if len(path) > top + 1 else i


@dataclass(frozen=True)
class Block:
    """Rows start..stop (exclusive) of a table; a 小计 labelled `subtotal` follows unless that is ""."""

    start: int
    stop: int
    subtotal: str = ""


def blocks(table: Table) -> list[Block]:
    """The township blocks of a grouped table; one block without a 小计 for any other."""
    if not table.group:
        return [Block(0, len(table.rows))]
    at, found = table.index(table.group), []
    stop = 0
    for value, members in itertools.groupby(table.rows, key=lambda row: row[at]):
        start, stop = stop, stop + sum(1 for _ in members)
        found.append(Block(start, stop, f"{value or ''}小计"))
    assert len({b.subtotal for b in found}) == len(found), (
        f"{table.name}: rows are not sorted by {table.group}"
    )
    return found


def sheets(whole: Sequence[Block], room: int) -> list[list[Block]]:
    """Blocks dealt out to sheets of at most `room` lines; a block that has to be cut gets its 小计 at its end."""
    dealt: list[list[Block]] = [[]]
    left = room
    for block in whole:
        start = block.start
        while block.stop - start + bool(block.subtotal) > left:
            cut = min(block.stop, start + left)
            if cut > start:
                dealt[-1].append(Block(start, cut))
            dealt.append([])
            start, left = cut, room
        dealt[-1].append(Block(start, block.stop, block.subtotal))
        left -= block.stop - start + bool(block.subtotal)
    return dealt


@dataclass(frozen=True)
class Fit:
    """How a column stands on the page: its width in characters, whether its cells wrap, and their alignment."""

    width: float
    wraps: bool
    align: str


def fits(table: Table) -> tuple[bool, list[Fit]]:
    """Whether the page lies, and how each column fits: as wide as its longest text, until that would be too wide.

    Long texts give way so that the page need not be printed small; a narrow table is drawn out to fill its page.
    """
    content = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    longest = [_longest(column, values) for column, values in zip(table.columns, content, strict=True)]
    found = [_fit(column, most, _HEAD) for column, most in zip(table.columns, longest, strict=True)]
    natural = sum(fit.width for fit in found)
    landscape = natural > _PORTRAIT * 1.1
    page = _LANDSCAPE if landscape else _PORTRAIT
    if natural > page:
        crowded = [
            _fit(column, most, _CROWDED_HEAD) for column, most in zip(table.columns, longest, strict=True)
        ]
        return landscape, _squeezed(crowded, sum(fit.width for fit in crowded) - _CROWDED)
    title = min(page, (shown.breadth(table.title) + _PADDING) * TITLE_LARGER)
    factor = max(min(_STRETCH, page / natural), title / natural)
    return landscape, [replace(fit, width=round(fit.width * factor, 1)) for fit in found]


def _squeezed(fits: Sequence[Fit], excess: float) -> list[Fit]:
    """`fits` made narrower by up to `excess`, at the cost of the columns that hold long text."""
    if excess <= 0:
        return list(fits)
    spare = [max(0.0, fit.width - _LONG) if fit.align == "left" else 0.0 for fit in fits]
    share = min(1.0, excess / sum(spare)) if any(spare) else 0.0
    return [
        replace(fit, width=round(fit.width - give * share, 1), wraps=fit.wraps or give > 0)
        for fit, give in zip(fits, spare, strict=True)
    ]


class _Longest(NamedTuple):
    """How broad the broadest text of a column is, and whether a text has several lines."""

    breadth: int
    folded: bool


def _longest(column: Column, values: Sequence[Any]) -> _Longest:
    telling = _telling(column, values)
    texts = [value if type(value) is str else shown.text(column.kind, value) for value in telling]
    return _Longest(shown.greatest_breadth(texts), any("\n" in text for text in texts))


def _fit(column: Column, longest: _Longest, widest_head: int) -> Fit:
    head = min(widest_head, shown.width(column.title.rpartition("/")[2]))
    widest = _WIDEST_OF_WIDE if column.wide else _WIDEST
    wraps = column.wide or longest.breadth > widest or longest.folded
    align = _alignment(column, wraps, longest.breadth)
    padding = _PADDING + (align != "center")
    room = max(_NARROWEST, min(longest.breadth, widest) + padding, head + _PADDING)
    return Fit(room, wraps, align)


def _telling(column: Column, values: Sequence[Any]) -> Collection[Any]:
    """The values of a column among which the longest is: of numbers the least, the greatest and the total."""
    if column.kind not in _NUMBERS:
        return set(values) - {None, ""}
    numbers = [value for value in values if value is not None and type(value) is not str]
    told: list[Any] = list({value for value in values if type(value) is str and value})
    if numbers:
        told += [min(numbers, key=float), max(numbers, key=float)]
    if numbers and column.total:
        told.append(sum(numbers))
    return told


def _alignment(column: Column, wraps: bool, longest: int) -> str:
    if column.kind is Kind.MONEY:
        return "right"
    if column.kind in (Kind.TEXT, Kind.SPELLS) and (wraps or longest > _SHORT):
        return "left"
    return "center"


def lines(words: str, room: float) -> int:
    """Lines that `words` take when wrapped into `room` characters."""
    fitting = max(1.0, room - _PADDING)
    return sum(max(1, math.ceil(shown.width(line) / fitting)) for line in words.split("\n"))


def height(count: int) -> int:
    """Points for a row of `count` lines."""
    return min(TALLEST, LINE + MORE * (count - 1))


def segments(widths: Sequence[float], count: int) -> Iterator[tuple[int, int]]:
    """First and last column of `count` stretches of about equal width; fewer when there are not columns enough."""
    count = min(count, len(widths))
    whole, first = sum(widths), 0
    for k in range(count):
        last, upto = first, sum(widths[: first + 1])
        rest = count - k - 1
        while last + 1 < len(widths) - rest and (
            rest == 0 or upto + widths[last + 1] / 2 <= whole * (k + 1) / count
        ):
            last += 1
            upto += widths[last]
        yield first, last
        first = last + 1
