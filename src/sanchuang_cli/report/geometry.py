"""Works out where things go on a page: headings, blocks, columns, lines. It only measures; nothing is drawn
here."""

import heapq
import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import shown, wrapping
from sanchuang_cli.table import Column, Table, stretches

LINE, MORE = 15.75, 15
"""Points: the height of a row with one line of text, and what each further line adds."""
SIGNED = 34
"""Points of a row in which somebody signs: at least nine millimetres, also in the smallest print."""
TALLEST = 405
"""The highest row in points; the file format allows 409.5."""

_WIDEST, _WIDEST_OF_WIDE = 40, 60


class Room(NamedTuple):
    """So many characters a column has at least, besides its text.

    They are for one line of its heading and, if the column is still empty, for what people will write by
    hand: a word, or a remark. folds: whether every heading may take two lines.
    """

    least: float
    padding: int
    head: int
    word: int
    remark: int
    folds: bool = False


AMPLE, TIGHT, SCANT = Room(6, 2, 12, 12, 24), Room(5, 1, 4, 8, 12), Room(3, 0, 4, 8, 12, True)
_PORTRAIT, _LANDSCAPE, _CROWDED, _FULL = 92, 134, 170, 190
"""Column widths, in characters, that fill an A4 page upright, lying, lying in print that is still easy to
read, and in print that is small."""
_STRETCH, _STEP = 2.2, 0.1
_SHORT, LONG, _FOLDED = 18, 18, 8
"""Texts up to the first stand centred. On a crowded page columns wider than the second give way, and on a
full one texts longer than the third take two lines."""
_LONGEST = 50
"""So many of the longest texts of a column tell how narrow it may be. Texts that differ only in their figures
count once."""
TITLE_LARGER = 2.1
"""How much wider a character of the title is than one of the body."""
NUMBERS = (Kind.COUNT, Kind.STARS, Kind.SCORE, Kind.PERCENT, Kind.MONEY)
_WORDS = (Kind.TEXT, Kind.NAME, Kind.CHOICE, Kind.SPELLS)
_TEXTS = {str, type(None)}


@dataclass(frozen=True)
class SpanningHead:
    """A heading over the columns first..last, on the header rows top..bottom. All count from 0."""

    text: str
    top: int
    bottom: int
    first: int
    last: int


def heads(columns: Sequence[Column], beside: int = 0) -> tuple[int, list[SpanningHead]]:
    """Return how many header rows there are, and what stands in them. beside: so many columns at the right
    are not printed.

    Neighbours whose titles agree in the first levels share a heading, unless only one of them is printed. A
    title with fewer levels reaches down.
    """
    printed = len(columns) - beside
    paths = [tuple(column.title.split("/")) for column in columns]
    depth = max(map(len, paths))
    shared: list[SpanningHead] = []
    for top in range(depth):
        for _, group in itertools.groupby(
            enumerate(paths), key=lambda item: (item[0] < printed, _shared(item, top))
        ):
            members = [i for i, path in group if len(path) > top]
            if members:
                path = paths[members[0]]
                bottom = depth - 1 if len(path) == top + 1 else top
                shared.append(SpanningHead(path[top], top, bottom, members[0], members[-1]))
    return depth, shared


def _shared(item: tuple[int, tuple[str, ...]], top: int) -> object:
    """Return the same value for neighbours that share the heading on row `top`. The last level of a title is
    never shared."""
    i, path = item
    return path[: top + 1] if len(path) > top + 1 else i


@dataclass(frozen=True)
class RowBlock:
    """The rows from start up to (not including) stop of a table. A 小计 with the label `subtotal` follows;
    none if it is ""."""

    start: int
    stop: int
    subtotal: str = ""


def blocks(table: Table) -> list[RowBlock]:
    """Return the township blocks of a grouped table; for any other table, one block without a 小计."""
    if not table.group:
        return [RowBlock(0, len(table.rows))]
    at, townships = table.index(table.group), []
    stop = 0
    for value, members in itertools.groupby(table.rows, key=lambda row: row[at]):
        start, stop = stop, stop + sum(1 for _ in members)
        townships.append(RowBlock(start, stop, _summing(f"{value or ''}小计", table, table.rows[start:stop])))
    assert len({b.subtotal for b in townships}) == len(townships), (
        f"{table.name}: rows are not sorted by {table.group}"
    )
    return townships


def grand_total(table: Table) -> str:
    """Return the label of the row 合计: 合计（261人）."""
    return _summing("合计", table, table.rows)


def _summing(words: str, table: Table, rows: Sequence[tuple[Any, ...]]) -> str:
    """Write 青禾镇小计（37人）: how many people are summed up, if the rows are about people."""
    heads = table.heads(rows)
    return f"{words}（{heads}）" if heads else words


def sheets(whole: Sequence[RowBlock], room: int) -> list[list[RowBlock]]:
    """Divide blocks among sheets of at most `room` lines. A block that has to be cut gets its 小计 at its
    end."""
    dealt: list[list[RowBlock]] = [[]]
    left = room
    for block in whole:
        start = block.start
        while block.stop - start + bool(block.subtotal) > left:
            cut = min(block.stop, start + left)
            if cut > start:
                dealt[-1].append(RowBlock(start, cut))
            dealt.append([])
            start, left = cut, room
        dealt[-1].append(RowBlock(start, block.stop, block.subtotal))
        left -= block.stop - start + bool(block.subtotal)
    return dealt


@dataclass(frozen=True)
class ColumnFit:
    """How a column stands on the page: its width in characters, whether its cells take several lines, and
    their alignment.

    least: how narrow it may become on a crowded page; then its cells take several lines.
    """

    width: float
    wraps: bool
    align: str
    least: float = 0


@dataclass(frozen=True)
class Content:
    """What the width of a column depends on: the forms of its texts, and the width of the widest. blank: it
    holds nothing."""

    texts: list[str]
    longest: int
    blank: bool

    @cached_property
    def in_lines(self) -> bool:
        """Whether one of the texts has several lines."""
        return any("\n" in text for text in self.texts)

    @cached_property
    def folded(self) -> int:
        """How narrow the column may be for its texts: those that are long take two lines."""
        told = heapq.nlargest(_LONGEST, self.texts, key=shown.breadth)
        return _least(told, self.longest)


def fits(table: Table) -> tuple[bool, list[ColumnFit]]:
    """Return whether the page lies, and how each column fits: as wide as its longest text, unless that is too
    wide.

    Long texts are broken so that the page need not be printed small. A narrow table is widened to fill its
    page.
    """
    own = contents(table)
    ample = fitted(table.columns, own, AMPLE)
    natural = sum(fit.width for fit in ample)
    landscape = natural > _PORTRAIT * 1.1
    page = _LANDSCAPE if landscape else _PORTRAIT
    if natural > page:
        return landscape, squeezed(squeezed(fitted(table.columns, own, TIGHT), _CROWDED), _FULL, 0)
    return landscape, drawn_out(table.title, ample, page)


def fitted(columns: Sequence[Column], own: Sequence[Content], room: Room) -> list[ColumnFit]:
    """Return how wide each column is by its own content."""
    return [_fit(column, content, room) for column, content in zip(columns, own, strict=True)]


def drawn_out(title: str, fits: Sequence[ColumnFit], page: float) -> list[ColumnFit]:
    """Return `fits` widened to fill a page, as far as that looks well and the title needs it."""
    natural = sum(fit.width for fit in fits)
    across = min(page, (shown.breadth(title) + AMPLE.padding) * TITLE_LARGER)
    factor = max(min(_STRETCH, page / natural), across / natural)
    return [replace(fit, width=round(fit.width * factor, 1)) for fit in fits]


def squeezed(
    fits: Sequence[ColumnFit], page: float, floor: float = LONG + wrapping.PADDING
) -> list[ColumnFit]:
    """Return `fits` made narrower, the widest first, until the page holds them, or the texts or `floor` allow
    no more."""
    widths = [fit.width for fit in fits]
    levels = list(_levels(max(widths), floor))
    if sum(widths) > page and levels:
        narrow = bisect_left(levels, True, key=lambda level: sum(_cut_to(level, fits)) <= page)
        widths = _cut_to(levels[min(narrow, len(levels) - 1)], fits)
    return [
        replace(fit, width=round(width, 1), wraps=fit.wraps or width < fit.width)
        for fit, width in zip(fits, widths, strict=True)
    ]


def _levels(widest: float, floor: float) -> Iterator[float]:
    """Return widths below the widest, each a step narrower, down to the first that is not above `floor`."""
    while widest > floor:
        widest -= _STEP
        yield widest


def _cut_to(level: float, fits: Sequence[ColumnFit]) -> list[float]:
    return [max(fit.least, min(fit.width, level)) for fit in fits]


def contents(table: Table) -> list[Content]:
    """Return the content of each column. The rows are read in parts, because a page may make its rows only
    when asked."""
    gathered = [_Gathered(column) for column in table.columns]
    for rows in stretches(table.rows):
        for texts, values in zip(gathered, zip(*rows, strict=True), strict=True):
            texts.take(values)
    return [texts.content(bool(table.rows)) for texts in gathered]


@dataclass
class _Gathered:
    """Collects those values of a column among which the longest must be. Of numbers these are the least, the
    greatest and the total."""

    column: Column
    texts: set[str] = field(default_factory=set)
    others: set[Any] = field(default_factory=set)
    least: Any = None
    greatest: Any = None
    total: Any = 0

    def take(self, values: Sequence[Any]) -> None:
        """Take further values of the column."""
        if set(map(type, values)) <= _TEXTS:
            texts, others = set(values), []
        else:
            texts = {value for value in values if type(value) is str}
            others = [value for value in values if value is not None and type(value) is not str]
        self.texts.update(wrapping.shapes([text for text in texts if text]))
        if self.column.kind not in NUMBERS:
            self.others.update(others)
        elif others:
            self._count(others)

    def _count(self, numbers: list[Any]) -> None:
        known = numbers if self.least is None else [self.least, self.greatest, *numbers]
        size = None if set(map(type, known)) == {int} else _size
        self.least, self.greatest = min(known, key=size), max(known, key=size)
        if self.column.total:
            self.total += sum(numbers)

    def content(self, any_rows: bool) -> Content:
        figures = [*self.others, *([self.least, self.greatest] if self.least is not None else [])]
        if self.least is not None and self.column.total:
            figures.append(self.total)
        texts = sorted(
            {*self.texts, *wrapping.shapes([shown.text(self.column.kind, number) for number in figures])}
        )
        return Content(texts, shown.greatest_breadth(texts), any_rows and not texts)


def _size(number: Any) -> float:
    """Return the same as float(number), which takes three times as long for a Fraction."""
    top, bottom = number.as_integer_ratio()
    return float(top / bottom)


def _fit(column: Column, content: Content, room: Room) -> ColumnFit:
    longest = content.longest
    if content.blank:
        longest = (room.remark if column.wide or column.signed else room.word) - room.padding
    title = column.title.rpartition("/")[2]
    head = min(room.head, wrapping.half(title) if room.folds else shown.width(title))
    widest = _WIDEST_OF_WIDE if column.wide else _WIDEST
    wraps = column.wide or longest > widest or content.in_lines
    align = _alignment(column, wraps, longest)
    padding = room.padding + (align != "center")
    least: float = max(room.least, head + room.padding)
    width = max(least, min(longest, widest) + padding)
    if column.kind in _WORDS and longest > _FOLDED:
        folded = _least([], longest) if content.blank else content.folded
        least = max(least, folded + wrapping.PADDING)
    else:
        least = width
    return ColumnFit(width, wraps, align, min(least, width))


def _least(texts: Sequence[str], longest: int) -> int:
    """Return how narrow a column of `texts` may be. Lines that are already lines stay whole; short texts take
    two lines."""
    own = max((shown.breadth(text) for text in texts if "\n" in text), default=0)
    folded = LONG if longest > 2 * LONG else max(map(wrapping.half, texts), default=0)
    return max(own if own <= _WIDEST else 0, min(LONG, folded))


def _alignment(column: Column, wraps: bool, longest: int) -> str:
    if column.kind is Kind.MONEY:
        return "right"
    if column.kind in (Kind.TEXT, Kind.SPELLS) and (wraps or longest > _SHORT):
        return "left"
    return "center"


def height(count: int) -> float:
    """Return the height in points of a row with `count` lines."""
    return min(TALLEST, LINE + MORE * (count - 1))


def segments(widths: Sequence[float], count: int) -> list[tuple[int, int]]:
    """Return the first and last column of `count` stretches that are nearly equally wide; fewer if there are
    too few columns."""
    count = min(count, len(widths))
    upto = [0.0, *itertools.accumulate(widths)]

    def uneven(edges: Sequence[int]) -> tuple[float, float]:
        wide = [upto[stop] - upto[start] for start, stop in itertools.pairwise(edges)]
        return -min(wide), sum(width**2 for width in wide)

    cuts = itertools.combinations(range(1, len(widths)), count - 1)
    edges = min(((0, *inner, len(widths)) for inner in cuts), key=uneven)
    return [(start, stop - 1) for start, stop in itertools.pairwise(edges)]
