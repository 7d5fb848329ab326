"""首页: what whoever signs reads first, as a programme declares it.

Each of its figures is what the lines of another page come to, so that it can say nothing else than they do, of a
township's part as of the whole.
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
    """A line of the first page: how many lines of other pages, and their money. when: which of them, all by default. many:
    the column that says how many a line stands for, one by default; None: that is not said. fen: the money of a line."""

    item: str
    when: Callable[[Line], Any] | None = None
    many: str | None = ""
    fen: Callable[[Line], int | None] | None = None


class Fact(NamedTuple):
    """A figure as it is known. block: what it belongs to."""

    block: str
    item: str
    many: int | None = None
    fen: int | None = None


@dataclass(frozen=True)
class Figures:
    """Lines of the first page that belong together. block: what they are called. pages: by name, whose lines they are
    about; nothing is said where none of them was written. figures: by default what each column comes to that is summed.
    once: the column that tells those apart whom lines are about, where one can stand on several."""

    block: str
    pages: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    once: str = ""

    def facts(self, tables: Sequence[Table]) -> Iterator[Fact]:
        """What these pages come to."""
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
        """Why fewer are counted than the pages have lines, as a sum, where that is so."""
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
    """The lines of a page by the names of its columns."""
    at = {column.name: j for j, column in enumerate(table.columns)}
    return (Line(row, at) for row in table.rows)


def having(
    column: str, said: Value, item: str = "", fen: Callable[[Line], int | None] | None = None
) -> Figure:
    """How many lines say this in a column, and their money."""
    return Figure(item or str(said), lambda line: line[column] == said, fen=fen)
