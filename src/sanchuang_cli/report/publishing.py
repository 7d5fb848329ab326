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
from typing import Any

from sanchuang_cli.kind import MASKED, Kind, mask, numbers_replaced
from sanchuang_cli.period import VagueDate
from sanchuang_cli.report import shown
from sanchuang_cli.table import Column, Table

LEFT_OUT = "（号码略）"
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


def published_columns(tables: Iterable[Table]) -> set[str]:
    """Return the names and titles by which columns of `tables` may be unmasked."""
    columns = itertools.chain.from_iterable(table.columns for table in tables)
    return {
        word
        for column in columns
        if private(column)
        for word in (column.name, column.title, column.title.rpartition("/")[2])
    }
