"""Decides what may leave the office: tables without what identifies or exposes a person, and people of one
name told apart.

It may look at tables only. The promise: no table that `public` returns has a number that identifies a person,
whatever column or remark it stood in.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sanchuang_cli.kind import MASKED, Kind, mask, numbers_replaced
from sanchuang_cli.period import VagueDate
from sanchuang_cli.report import shown
from sanchuang_cli.table import Column, Table

LEFT_OUT = "（号码略）"
_WORDS = frozenset({Kind.TEXT, Kind.CHOICE})
_FIGURES = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.SCORE, Kind.STARS})
_WHO = frozenset({"number", "township", "village", "branch", "name", "sex"})
"""Columns that say whom a line is about. Who lives where is no secret."""
_NEVER_A_NUMBER = frozenset({Kind.MONEY, Kind.DATE, Kind.STARS, Kind.PERCENT, Kind.FLAG})


def scrubbed(words: str) -> str:
    """Return `words` without any run of eleven or more digits, also with spaces or hyphens between them."""
    return numbers_replaced(words, lambda number: LEFT_OUT)


def private(column: Column) -> bool:
    """Whether a column must not be published."""
    return column.private or column.kind in MASKED


def public(table: Table, unmask: Set[str] = frozenset()) -> Table:
    """Return `table` as everybody may read it: without its private columns, and without long numbers in the
    others.

    unmask: names or titles of columns that are kept whole.
    """
    kept = [j for j, c in enumerate(table.columns) if not private(c) or c.called(unmask)]
    columns = tuple(replace(table.columns[j], formula="") for j in kept)
    makers = [_maker(column, column.called(unmask)) for column in columns]
    names = {column.name for column in columns}
    chart = table.chart
    if chart and not {chart.categories, *chart.values} <= names:
        chart = None
    return replace(
        table,
        title=scrubbed(table.title),
        columns=columns,
        rows=[tuple(make(row[j]) for make, j in zip(makers, kept, strict=True)) for row in table.rows],
        group=table.group if table.group in names else "",
        notes=tuple(map(scrubbed, table.notes)),
        chart=chart,
    )


def masked(table: Table, unmask: Set[str] = frozenset()) -> Table:
    """Return `table` as it may be passed on inside the office, with personal numbers masked. unmask: names or
    titles of columns that stay whole."""
    kinds = [c.kind if c.kind in MASKED and not c.called(unmask) else Kind.TEXT for c in table.columns]
    rows = [
        tuple(
            mask(kind, value) if isinstance(value, str) else value
            for kind, value in zip(kinds, row, strict=True)
        )
        for row in table.rows
    ]
    return replace(table, rows=rows)


def _maker(column: Column, whole: bool) -> Callable[[Any], Any]:
    if whole or column.kind in _NEVER_A_NUMBER:
        return lambda value: scrubbed(value) if isinstance(value, str) and not whole else value
    return lambda value: _safe(column.kind, value)


def _safe(kind: Kind, value: Any) -> Any:
    words = shown.text(kind, value)
    safe = scrubbed(words)
    return value if safe == words and not isinstance(value, tuple) else safe


def told_apart(
    table: Table, by: Sequence[str], visible: Collection[str]
) -> tuple[list[str], list[list[int]]]:
    """Return what is written beside the name of each row's person ("" for most), and the rows that are still
    alike.

    by: columns in the order in which they are used. Those in `visible` stand on the page and need not be
    written again. Nothing is written that is not needed: for two people of one name in different villages
    nothing, if the village is visible.
    """
    said: list[dict[str, str]] = [{} for _ in table.rows]
    alike = _shared(range(len(table.rows)), lambda i: table.rows[i][_name_column(table)])
    for name, j, step in _steps(table, by):
        further: list[list[int]] = []
        for group in alike:
            parts = _parts(group, lambda i, j=j, step=step: step(table.rows[i][j]))  # type: ignore[misc]
            if len(parts) > 1 and name not in visible:
                for words, members in parts.items():
                    for i in members:
                        said[i][name] = words
            further += [members for members in parts.values() if len(members) > 1]
        alike = further
    return ["，".join(filter(None, words.values())) for words in said], alike


def _name_column(table: Table) -> int:
    return next(j for j, column in enumerate(table.columns) if column.kind is Kind.NAME)


def _steps(table: Table, by: Iterable[str]) -> Iterator[tuple[str, int, Callable[[Any], str]]]:
    """Return the columns in their order. Of a date of birth only the year is used, because the day would give
    the identity number away."""
    for name in by:
        j = table.index(name)
        if table.columns[j].kind is Kind.DATE:
            yield name, j, _born_in_year
        else:
            yield name, j, lambda value, kind=table.columns[j].kind: scrubbed(shown.text(kind, value))  # type: ignore[misc]


def _born_in_year(value: date | VagueDate | str | None) -> str:
    day = value.earliest if isinstance(value, VagueDate) else value
    return f"{day.year}年生" if isinstance(day, date) else ""


def _parts(members: Iterable[int], key: Callable[[int], Any]) -> dict[Any, list[int]]:
    parts: dict[Any, list[int]] = defaultdict(list)
    for i in members:
        parts[key(i)].append(i)
    return dict(parts)


def _shared(members: Iterable[int], key: Callable[[int], Any]) -> list[list[int]]:
    return [part for name, part in _parts(members, key).items() if name and len(part) > 1]


class Telling(NamedTuple):
    """A value that gives a private one away: everybody who has it is of the same private cause. column, value: what is printed.
    private: the heading of the cause. lines: the numbers of the lines."""

    column: str
    value: str
    private: str
    lines: tuple[int, ...]


def telling(table: Table, apart: Collection[str] = ()) -> list[Telling]:
    """Return the printed values from which a private cause could be told: a word that only people of one cause have, or a
    standard that several have and all of them are of one.

    The standard is money that is not added up; where there is none, what is. How many months somebody is paid tells nothing.
    apart: columns that only tell people of one name apart. A cause that is everybody's tells nothing of anybody.
    """
    told: list[Telling] = []
    causes = [
        j for j, c in enumerate(table.columns) if c.private and c.kind in _WORDS and c.name not in apart
    ]
    open_to_all = [(j, c) for j, c in enumerate(table.columns) if not private(c) and c.name not in _WHO]
    rates = {j for j, c in open_to_all if c.kind is Kind.MONEY and not c.total} or {
        j for j, c in open_to_all if c.kind is Kind.MONEY
    }
    shown_columns = [j for j, c in open_to_all if c.kind in _WORDS or j in rates]
    for cause in causes:
        said = [str(row[cause] or "") for row in table.rows]
        if len(set(said)) == 1:
            continue
        for j in shown_columns:
            told += _telling(table, j, said, table.columns[cause].title)
    return told


def _telling(table: Table, j: int, causes: Sequence[str], title: str) -> Iterator[Telling]:
    column = table.columns[j]
    alike = _parts(range(len(table.rows)), lambda i: shown.text(column.kind, table.rows[i][j]))
    for value, members in alike.items():
        of_them = {causes[i] for i in members}
        enough = len(members) > 1 or column.kind in _WORDS
        if value and enough and len(of_them) == 1 and of_them != {""}:
            yield Telling(column.title, value, title, tuple(i + 1 for i in members))


FEW, HIDDEN = "不足5", "—"
_SMALL = range(1, 5)


def without_small_counts(table: Table) -> Table:
    """Return a table that counts people without small counts: who is one of four in his branch is known by them.

    A line with a count of 1 to 4 keeps its words alone: the count is said to be under five, and its other figures are left out,
    since they would give it away. Where just one line is so, the smallest of the others goes with it; and no sums are printed:
    no sum less the rest, from here or from elsewhere, gives the line.
    """
    counts = [j for j, c in enumerate(table.columns) if c.kind is Kind.COUNT and c.total]
    small = {i for i, row in enumerate(table.rows) if any(row[j] in _SMALL for j in counts)}
    if not small:
        return table
    others = sorted(
        set(range(len(table.rows))) - small, key=lambda i: [table.rows[i][j] or 0 for j in counts]
    )
    hidden = small | set(others[: max(0, 2 - len(small))])
    figures = {j for j, c in enumerate(table.columns) if c.kind in _FIGURES and c.name != "number"}
    rows = [
        tuple(
            _kept(value, j, counts) if i in hidden and j in figures else value for j, value in enumerate(row)
        )
        for i, row in enumerate(table.rows)
    ]
    return replace(
        table,
        rows=rows,
        columns=tuple(replace(column, formula="", total=False) for column in table.columns),
        chart=None,
        group="",
        grand_total=False,
        notes=(*table.notes, f"有人数不足5的，该行和另外至少一行不列数，写“{FEW}”“{HIDDEN}”，也不列合计。"),
    )


def _kept(value: Any, j: int, counts: Sequence[int]) -> str | None:
    if value is None:
        return None
    return FEW if j in counts and value in _SMALL else HIDDEN


def published_columns(tables: Iterable[Table]) -> set[str]:
    """Return the names and titles by which columns of `tables` may be unmasked."""
    columns = itertools.chain.from_iterable(table.columns for table in tables)
    return {
        word
        for column in columns
        if private(column)
        for word in (column.name, column.title, column.title.rpartition("/")[2])
    }
