"""Declares 首页, the first page of a result, for the person who signs it.

It may look only at the lines of other pages: each figure is the sum of such lines. So the first page can
never say anything else than they do, neither for the county nor for one township.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec import Struct

from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Table, Value


class Line(Struct, frozen=True, gc=False):
    """What stands on a line of a page, by the names of its columns: a look at its row, for a page of a large county has
    many lines, and a figure looks at one or two columns of them. at: where each column stands in the row."""

    row: Sequence[Value]
    at: Mapping[str, int]

    def __getitem__(self, name: str) -> Value:
        return self.row[self.at[name]]

    def __contains__(self, name: str) -> bool:
        return name in self.at

    def get(self, name: str, default: Value = None) -> Value:
        """What stands in a column; `default` where the page has no such column."""
        return self[name] if name in self.at else default


class Figure(NamedTuple):
    """A line of the first page: how many lines of other pages there are, and their money.

    when: which lines count; all by default. many: the column that says how many a line stands for; one by
    default; None if no number is to be said. fen: the money of a line.
    """

    item: str
    when: Callable[[Line], Any] | None = None
    many: str | None = ""
    fen: Callable[[Line], int | None] | None = None


class Fact(NamedTuple):
    """A figure that has been worked out. block: the block in which it stands."""

    block: str
    item: str
    many: int | None = None
    fen: int | None = None


@dataclass(frozen=True)
class Figures:
    """Lines of the first page that belong together.

    block: their heading. pages: the names of the pages whose lines they count; if none of these was written,
    nothing is said. figures: by default the sum of each summed column. once: the column that tells people
    apart, if one person can stand on several lines.
    """

    block: str
    pages: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    once: str = ""

    def facts(self, tables: Sequence[Table]) -> Iterator[Fact]:
        """Work the figures out from these pages."""
        written = [table for table in tables if table.name in self.pages]
        if written and self.figures:
            all_lines = [line for table in written for line in lines(table)]
            yield from (self._fact(figure, all_lines) for figure in self.figures)
            yield from self._counted_once([len(table.rows) for table in written], all_lines)
        elif written:
            yield from (fact for table in written for fact in self._sums(table))

    def _fact(self, figure: Figure, of_pages: Sequence[Line]) -> Fact:
        counted = [line for line in of_pages if figure.when is None or figure.when(line)]
        many: int | None = len({line[self.once] for line in counted} if self.once else counted)
        if figure.many != "":
            many = sum(line[figure.many] or 0 for line in counted) if figure.many else None
        fen = sum(figure.fen(line) or 0 for line in counted) if figure.fen else None
        return Fact(self.block, figure.item, many, fen)

    def _counted_once(self, of_each: Sequence[int], of_pages: Sequence[Line]) -> Iterator[Fact]:
        """Say as a sum why fewer people are counted than the pages have lines, if that is so."""
        heads = len({line[self.once] for line in of_pages}) if self.once else len(of_pages)
        if more := len(of_pages) - heads:
            counts = [str(count) for count in of_each if count]
            added = f"{' + '.join(counts)} = {len(of_pages)} 人次；" if len(counts) > 1 else ""
            yield Fact(self.block, f"一人几行只计一人：{added}{len(of_pages)} - {more} = {heads} 人")

    def _sums(self, table: Table) -> Iterator[Fact]:
        for j, column in enumerate(table.columns):
            if column.total and column.kind in (Kind.COUNT, Kind.MONEY):
                whole = sum(row[j] or 0 for row in table.rows)
                item = column.title.replace("/", "：")
                many, fen = (None, whole) if column.kind is Kind.MONEY else (whole, None)
                yield Fact(self.block, item, many, fen)


def lines(table: Table) -> Iterator[Line]:
    """Return the lines of a page, each by the names of its columns."""
    at = {column.name: j for j, column in enumerate(table.columns)}
    return (Line(row, at) for row in table.rows)


def having(
    column: str, said: Value, item: str = "", fen: Callable[[Line], int | None] | None = None
) -> Figure:
    """Return the figure of how many lines say this in a column, and their money."""
    return Figure(item or str(said), lambda line: line[column] == said, fen=fen)
