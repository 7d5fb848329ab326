"""Holds a page that nobody has drawn yet: what stands on it, but no fonts and no cells.

The workbook, the terminal and the JSON document are all drawn from these values.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence, Set
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain, islice
from operator import itemgetter
from typing import Any, Literal, overload

from sanchuang_cli.kind import Kind

Value = Any
"""A value by the kind of its column (see kind.py); None is blank. SCORE and PERCENT are Fractions; they are
shown cut off, never rounded up."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a page. `title` may have levels, divided by "/" ("五项得分/领导班子"); equal first levels
    side by side share one heading.

    total: it is summed in the rows 小计 and 合计. wide: free text that may take several lines. private: never
    published (health, cause of hardship, birth), just as identity, account and phone never are. by_hand: it
    is filled in on paper, so it is kept although nothing stands in it. signed: somebody signs there, so its
    rows are high enough. detail: it is printed only if details are asked for; otherwise it stands at the
    right, beside what is printed. if_any: it is printed only if some row has a value in it that is above
    zero.

    formula: how a MONEY or COUNT column follows from others of its row, by name: "rate * months", "due +
    arrears - withheld". The workbook has it as a live formula wherever it gives exactly the value of the row.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    total: bool = False
    wide: bool = False
    private: bool = False
    formula: str = ""
    by_hand: bool = False
    signed: bool = False
    detail: bool = False
    if_any: bool = False

    def called(self, words: Set[str]) -> bool:
        """Whether one of `words` is the name of the column, its title, or the last level of its title."""
        return not words.isdisjoint((self.name, self.title, self.title.rpartition("/")[2]))


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of its table: one series for each of `values`, along `categories` (names of columns)."""

    title: str
    categories: str
    values: tuple[str, ...]
    kind: Literal["column", "bar", "stacked"] = "column"


_WHO = ("name", "identity")
"""The names of the columns that say whom a row is about."""
_TERM = re.compile(r"\s*[+-]?[^+\-]+")
_STRETCH = 2000


def stretches(rows: Sequence[tuple[Value, ...]]) -> Iterator[Sequence[tuple[Value, ...]]]:
    """Return the rows a few thousand at a time, so that the writer need not hold a large page twice."""
    for start in range(0, len(rows), _STRETCH):
        yield rows[start : start + _STRETCH]


class MadeRows(Sequence[tuple[Value, ...]]):
    """The rows of a page with many rows for each of its `owners`. They are made each time somebody looks at
    them, and never kept.

    make: gives the rows of one owner, the same ones every time. A stretch of rows, too, is made only when its
    rows are looked at.
    """

    def __init__(self, owners: Sequence[Any], make: Callable[[Any], Sequence[tuple[Value, ...]]]) -> None:
        self._owners, self._make = owners, make
        self.widths: set[int] = set()
        self._ends = array("Q")
        self._start = self._stop = 0
        for owner in owners:
            rows = make(owner)
            self._stop += len(rows)
            self._ends.append(self._stop)
            self.widths.update(map(len, rows))

    def __len__(self) -> int:
        return self._stop - self._start

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        first = bisect_right(self._ends, self._start)
        before = self._start - (self._ends[first - 1] if first else 0)
        owners = (self._owners[i] for i in range(first, len(self._owners)))
        return islice(chain.from_iterable(map(self._make, owners)), before, before + len(self))

    @overload
    def __getitem__(self, at: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> "MadeRows": ...
    def __getitem__(self, at: int | slice) -> "tuple[Value, ...] | MadeRows":
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            assert step == 1, "rows are made one after the other"
            return self._stretch(start, max(start, stop))
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return next(iter(self._stretch(at % len(self), at % len(self) + 1)))

    def _stretch(self, start: int, stop: int) -> "MadeRows":
        part = copy(self)
        part._start, part._stop = self._start + start, self._start + stop
        return part


@dataclass(frozen=True)
class Table:
    """One page.

    name: of its sheet; it never changes. title: with its date. group: the column by which blocks with 小计
    are made; the rows must be sorted by it. grand_total: it has a row 合计 over its `total` columns. signed:
    it has a line for signatures, the usual four or `signers`. unit: such as 元. beside: so many columns at
    the right are not printed. notes: lines below it, such as the document of the policy. numbered: it has a
    row (1) (2) … below the headings. of_all: those notes that are true of all rows together, and so of no
    part of them. besides: on what is sent to a bank, why further sums (how many, how much) are due and are
    not on it. glance: it is meant to be taken in at a glance, in larger print; cells of its first column
    reach down over the blank ones below.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    group: str = ""
    grand_total: bool = False
    unit: str = ""
    notes: tuple[str, ...] = ()
    signed: bool = False
    signers: tuple[str, ...] = ()
    numbered: bool = False
    beside: int = 0
    chart: Chart | None = None
    of_all: tuple[str, ...] = ()
    besides: tuple[tuple[str, int, int], ...] = ()
    glance: bool = False

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        assert len(set(names)) == len(names), f"{self.name}: a column name stands twice"
        widths = self.rows.widths if isinstance(self.rows, MadeRows) else set(map(len, self.rows))
        assert widths <= {len(names)}, f"{self.name}: a row has too many or too few cells"

    def index(self, name: str) -> int:
        """Return the position of a column by its name."""
        return next(i for i, column in enumerate(self.columns) if column.name == name)

    def heads(self, rows: Sequence[tuple[Value, ...]]) -> str:
        """Say how many people some rows are about: 37人, or 36人37笔 if somebody has several.

        It is "" if rows are not about people, and 户 if not all of them have an identity number.
        """
        kinds = {
            column.kind: j for j, column in reversed(list(enumerate(self.columns))) if column.name in _WHO
        }
        at = kinds.get(Kind.IDENTITY, kinds.get(Kind.NAME))
        if at is None or not rows:
            return ""
        if self.columns[at].kind is Kind.NAME:
            return f"{len(rows)}人"
        people = {row[at] for row in rows}
        if not all(people):
            return f"{len(rows)}户"
        return f"{len(people)}人" if len(people) == len(rows) else f"{len(people)}人{len(rows)}笔"

    def part(self, column: str, rows: Sequence[tuple[Value, ...]], said: str) -> "Table":
        """Return the rows that have one value in a column, as a table; `said` follows its title."""
        return replace(
            self,
            title=f"{self.title}（{said}）",
            rows=rows,
            group="" if self.group == column else self.group,
            notes=tuple(note for note in self.notes if note not in self.of_all),
            of_all=(),
        )

    def arranged(self, without: Set[str], beside: Set[str]) -> "Table":
        """Return the page with the columns `beside` at the right, not printed, and without the columns
        `without`.

        No row says anything in those, so they count as nothing in a formula.
        """
        kept = [j for j, column in enumerate(self.columns) if column.name not in without]
        at = sorted(kept, key=lambda j: self.columns[j].name in beside)
        columns = tuple(_rid(self.columns[j], without) for j in at)
        unprinted = sum(column.name in beside for column in columns)
        rows = map(itemgetter(*at), self.rows) if len(at) > 1 else ((row[at[0]],) for row in self.rows)
        return replace(self, columns=columns, rows=list(rows), beside=unprinted)

    @property
    def is_signed_for(self) -> bool:
        """Whether somebody signs in each row."""
        return any(column.signed for column in self.columns)

    @property
    def printed(self) -> int:
        """How many columns are printed."""
        return len(self.columns) - self.beside


def _rid(column: Column, names: Set[str]) -> Column:
    """Return a column whose formula no longer has the products in which one of `names` is a factor."""
    if not column.formula:
        return column
    terms = _TERM.findall(column.formula)
    kept = [term for term in terms if names.isdisjoint(map(str.strip, term.lstrip("+- ").split("*")))]
    return replace(column, formula="".join(kept).strip().removeprefix("+").strip())
