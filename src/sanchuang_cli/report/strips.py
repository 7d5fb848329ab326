"""Deals a table out to paper: upright or lying, how wide each column is, and which columns go on in a further strip, where
number and name stand again. Nothing is printed smaller than is legible.

One strip is best. It is made so narrow that it fits with any type that takes the place of 仿宋, upright or lying,
whichever takes fewer sheets of paper; where it cannot be, so that it fits with 仿宋. A table that is wider still goes on
in strips.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from sanchuang_cli.kind import Kind
from sanchuang_cli.report import geometry, shown
from sanchuang_cli.report.geometry import AMPLE, SCANT, TIGHT, ColumnFit
from sanchuang_cli.report.paper_size import ANY_FIGURE, EDGES, GLANCE, OWN_FIGURE, SMALLEST, WHOLE, PaperSize
from sanchuang_cli.report.wrapping import Wrapped, shapes
from sanchuang_cli.table import Column, MadeRows, Table

_MOST_REPEATED = 0.4
"""Of a page's width what the columns that every strip repeats take at the most."""
_SHARES = (1, 0.97, 0.94, 0.91, 0.88)
"""Of the width of so many strips what their columns take: all of it only where they happen to fill each strip."""
_TELLING = 500
"""So many lines of a table tell how high its lines are."""
_RATHER_UPRIGHT = 1.5
"""So much higher lines may be upright than lying where they take no more pages."""
_MOVED = (8, 4, 2, 1)
"""Characters that a text gives to another at a time."""
_STEPS = 40
"""Widths that are tried between the least in which all strips would be alike and the page's."""


@dataclass(frozen=True)
class Strip:
    """Columns first..last of a table, from 0."""

    first: int
    last: int


@dataclass(frozen=True)
class Plan:
    """How a table is printed. repeated: so many columns at the left stand on every further strip, too, or on a page that
    takes what another type has no room for. figure: how wide figures may be for their height (see paper.ANY_FIGURE) so
    that each strip fits in the smallest print."""

    paper: PaperSize
    landscape: bool
    fits: Sequence[ColumnFit]
    strips: Sequence[Strip]
    repeated: int = 0
    figure: float = ANY_FIGURE

    @property
    def sure(self) -> bool:
        """Whether it is one strip, and fits whatever the type."""
        return len(self.strips) == 1 and self.figure == ANY_FIGURE

    def lines(self, strip: Strip) -> Strip:
        """Where lines of text stand on a strip: where there are several, clear of the columns that all of them repeat."""
        return replace(strip, first=max(strip.first, self.repeated)) if len(self.strips) > 1 else strip

    @property
    def certain(self) -> Strip:
        """Columns for lines that take the width of the first strip, and are beside each other whatever the type."""
        own, room = self.lines(self.strips[0]), self.paper.room(self.landscape, ANY_FIGURE)
        if self.figure == ANY_FIGURE:
            return own
        fitting = [j for j in range(own.first, own.last + 1) if across(self.fits[: j + 1]) <= room]
        return replace(own, last=max(fitting, default=own.first))

    @property
    def widest(self) -> float:
        """Characters of the widest strip as it is printed."""
        before = self.fits[: self.repeated]
        return max(
            across([*(before if strip.first else ()), *self.fits[strip.first : strip.last + 1]])
            for strip in self.strips
        )


def across(fits: Sequence[ColumnFit]) -> float:
    """Characters that columns take beside each other, their edges counted."""
    return sum(fit.width + EDGES for fit in fits)


def planned(table: Table, paper: PaperSize, least: Sequence[float] = ()) -> Plan:
    """How the table is printed. least: how wide each column is at the least, where that is known."""
    content = geometry.contents(table)
    least = least or [0] * len(content)
    shapes = [
        _at_least(geometry.fitted(table.columns, content, room), least) for room in (AMPLE, TIGHT, SCANT)
    ]
    printed = table.printed
    ample, tight, scant = (fits[:printed] for fits in shapes)
    able = [_able(fit, less) for fit, less in zip(tight, scant, strict=True)]
    sample = _Sample(table)
    ways = (_sure(sample, paper, lies, ample, tight, able) for lies in (False, True))
    known = [(_taken(sample, plan), plan) for plan in ways if plan]
    plan = min(known, key=itemgetter(0))[1] if known else _crowded(table, paper, able)
    reaching, rest = plan.fits[: table.glance], plan.fits[table.glance :]
    low = ([replace(fit, wraps=False) for fit in fits] for fits in (reaching, shapes[0][printed:]))
    first, beside = low  # what stands in them makes no line higher
    return replace(plan, fits=[*first, *rest, *beside])


class _Sample:
    """So many lines of a table as tell how high its lines are, whatever the widths of its columns; none of a table that
    makes its lines anew."""

    def __init__(self, table: Table) -> None:
        self.table = table
        made_anew = isinstance(table.rows, MadeRows)
        self.rows = () if made_anew else table.rows[:: len(table.rows) // _TELLING + 1]
        self._wrapped: dict[int, tuple[list[Wrapped], list[int]]] = {}
        self._counts: dict[tuple[int, float], list[int]] = {}

    def counts(self, column: int, width: float) -> list[int]:
        """How many lines the text of a column takes in each row."""
        if (column, width) not in self._counts:
            texts, of_rows = self._texts(column)
            of_texts = [text.lines(width) for text in texts]
            self._counts[column, width] = [of_texts[text] for text in of_rows]
        return self._counts[column, width]

    def _texts(self, column: int) -> tuple[list[Wrapped], list[int]]:
        """The texts of a column, those alike but for their figures only once, and which of them each row has."""
        if column not in self._wrapped:
            kind = self.table.columns[column].kind
            alike = shapes([shown.text(kind, row[column]) for row in self.rows])
            numbers = {shape: number for number, shape in enumerate(dict.fromkeys(alike))}
            self._wrapped[column] = [Wrapped(shape) for shape in numbers], [numbers[shape] for shape in alike]
        return self._wrapped[column]


def _sure(
    sample: _Sample, paper: PaperSize, lies: bool, ample: list[ColumnFit], *crowded: list[ColumnFit]
) -> Plan | None:
    """In one strip whatever the type: at ease where that can be, else no more crowded than saves a page."""
    table = sample.table
    room = paper.room(lies, ANY_FIGURE, GLANCE if table.glance else SMALLEST)
    if across(ample) <= room:
        return _one(paper, lies, geometry.drawn_out(table.title, ample, room - EDGES * len(ample)))
    narrowed = (_narrowed(fits, room) for fits in crowded)
    plans = [_one(paper, lies, fits) for fits in narrowed if across(fits) <= room]
    plans += [_evened(sample, plan) for plan in plans]
    return min(plans, key=lambda plan: _taken(sample, plan)[0], default=None)


def _evened(sample: _Sample, plan: Plan) -> Plan:
    """The same with width moved from texts that have more than they need to those that lack it, as long as the lines of
    the table get lower."""
    widths, ones = [fit.width for fit in plan.fits], [1] * len(sample.rows)
    folding = [j for j, fit in enumerate(plan.fits) if fit.wraps or fit.least < fit.width]

    def counts(j: int) -> list[int]:
        fit = plan.fits[j]
        return ones if widths[j] >= fit.width and not fit.wraps else sample.counts(j, widths[j])

    def height() -> int:
        return sum(map(max, *map(counts, folding)))

    least = height() if len(folding) > 1 else 0
    for step in _MOVED if least else ():
        for giving, taking in itertools.permutations(folding, 2):
            while widths[giving] - step >= plan.fits[giving].least:
                widths[giving], widths[taking] = widths[giving] - step, widths[taking] + step
                if (now := height()) >= least:
                    widths[giving], widths[taking] = widths[giving] + step, widths[taking] - step
                    break
                least = now
    fits = [
        replace(fit, width=round(width, 1), wraps=fit.wraps or width < fit.width)
        for fit, width in zip(plan.fits, widths, strict=True)
    ]
    return replace(plan, fits=fits)


def _taken(sample: _Sample, plan: Plan) -> tuple[int, float]:
    """Pages that the lines of a table take, and how high they are."""
    rows, some = sample.table.rows, len(sample.rows)
    if not some:
        return 0, 0
    wrapping = [sample.counts(j, fit.width) for j, fit in enumerate(plan.fits) if fit.wraps]
    told = map(max, zip(*wrapping, strict=True)) if wrapping else [1] * some
    height = sum(map(geometry.height, told)) * len(rows) / some
    pages = math.ceil(height / (plan.paper.sides(plan.landscape)[1] / SMALLEST * WHOLE))
    return pages, height if plan.landscape else height / _RATHER_UPRIGHT


def _crowded(table: Table, paper: PaperSize, able: list[ColumnFit]) -> Plan:
    """In one strip with 仿宋 alone, else in several."""
    columns = table.columns[: table.printed]
    own = paper.room(True, OWN_FIGURE)
    narrow = _narrowed(able, own)
    if across(narrow) <= own:
        return replace(_one(paper, True, narrow, OWN_FIGURE), repeated=_repeated(columns))
    plans = [_several(columns, paper, lies, able) for lies in (True, False)]
    return min(plans, key=lambda plan: len(plan.strips) / paper.sides(plan.landscape)[1])


def _at_least(fits: Sequence[ColumnFit], least: Sequence[float]) -> list[ColumnFit]:
    return [
        replace(fit, width=max(fit.width, width), least=max(fit.least, width))
        for fit, width in zip(fits, least, strict=True)
    ]


def _one(paper: PaperSize, landscape: bool, fits: Sequence[ColumnFit], figure: float = ANY_FIGURE) -> Plan:
    return Plan(paper, landscape, fits, [Strip(0, len(fits) - 1)], figure=figure)


def _able(fit: ColumnFit, scant: ColumnFit) -> ColumnFit:
    """A column that cannot give way is as narrow as its own text is, whatever its heading."""
    if fit.least < fit.width:
        return fit
    return replace(fit, width=min(fit.width, scant.width), least=min(fit.least, scant.least))


def _narrowed(fits: Sequence[ColumnFit], room: float) -> list[ColumnFit]:
    """`fits` so narrow that they go into `room`, edges counted, or as narrow as their texts allow: long texts first."""
    page = room - EDGES * len(fits)
    return geometry.squeezed(geometry.squeezed(fits, page), page, 0)


def _several(columns: Sequence[Column], paper: PaperSize, landscape: bool, fits: Sequence[ColumnFit]) -> Plan:
    """In as few strips as the page allows; their columns are as wide as these strips allow."""
    room = paper.room(landscape, ANY_FIGURE)
    repeated = _repeated(columns)
    while repeated > 1 and across(fits[:repeated]) > room * _MOST_REPEATED:
        repeated -= 1
    again = across(_narrowed(fits, 0)[:repeated])
    for count, share in ((n, share) for n in itertools.count(2) for share in _SHARES):
        narrow = _narrowed(fits, (room * count - again * (count - 1)) * share)
        before = across(narrow[:repeated])
        atoms = list(_atoms(columns, narrow, room - before, repeated))
        if len(_cut(atoms, narrow, before, room)) <= count:
            return Plan(paper, landscape, narrow, _even(atoms, narrow, before, room), repeated)
    raise AssertionError("columns are not endless")


def _even(atoms: Sequence[Strip], fits: Sequence[ColumnFit], before: float, room: float) -> list[Strip]:
    """As few strips as there can be, as nearly equal in width as columns allow."""
    fewest = len(_cut(atoms, fits, before, room))
    least = (across(fits) + before * (fewest - 1)) / fewest
    rooms = (least + (room - least) * step / _STEPS for step in range(_STEPS))
    cuts = (_cut(atoms, fits, before, width) for width in (*rooms, room))
    return next(cut for cut in cuts if len(cut) == fewest)


def _repeated(columns: Sequence[Column]) -> int:
    """How many columns at the left say which line it is: those up to the name."""
    named = [j for j, column in enumerate(columns) if column.name == "name"]
    named += [j for j, column in enumerate(columns) if column.kind is Kind.NAME]
    return named[0] + 1 if named else 1


def _atoms(columns: Sequence[Column], fits: Sequence[ColumnFit], room: float, start: int) -> Iterator[Strip]:
    """Columns from `start` on that stay together, since they share a head; one that no page holds is cut."""
    columns_left = enumerate(columns[start:], start)
    for _, group in itertools.groupby(columns_left, key=lambda numbered: _head(*numbered)):
        members = [j for j, _ in group]
        if across(fits[members[0] : members[-1] + 1]) <= room:
            yield Strip(members[0], members[-1])
        else:
            yield from (Strip(j, j) for j in members)


def _head(at: int, column: Column) -> object:
    first, nested, _ = column.title.partition("/")
    return first if nested else at


def _cut(atoms: Sequence[Strip], fits: Sequence[ColumnFit], before: float, room: float) -> list[Strip]:
    """The columns in strips that are no wider than the page, as long as what stays together is not."""
    strips, left = [Strip(0, atoms[0].first - 1)], room - before
    for atom in atoms:
        width = across(fits[atom.first : atom.last + 1])
        if width > left and strips[-1].last >= atoms[0].first:
            strips.append(atom)
            left = room - before - width
        else:
            strips[-1] = Strip(strips[-1].first, atom.last)
            left -= width
    return strips
