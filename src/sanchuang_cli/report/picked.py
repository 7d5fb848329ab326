"""Chooses which columns of a page are printed, so that these can be printed larger.

It may look at one table and at what the county wants printed. A column of which no row says anything is left
out: who reads the page as a result takes a missing column as blank. A column stands at the right, beside what
is printed, if it repeats the name of the page in every row, if the county does not choose it, or, where the
county chooses nothing, if it is a detail that nobody asked for. Always printed are who a line is about, what
is paid, and what is filled in by hand.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Column, MadeRows, Table, stretches

EMPTY, BESIDE, UNDRAWN = "未列的空栏", "不打印的栏", "没有写出的明细"
"""How the lines of 来源 are called that name the columns which are left out, and those which stand beside."""
_STAYING = frozenset({Kind.NAME, Kind.IDENTITY, Kind.ACCOUNT, Kind.MONEY})
_WORDS = frozenset({Kind.TEXT, Kind.CHOICE})
_TELLING = 2
"""A text must have so many characters to be taken for part of a page's name."""


class Picked(NamedTuple):
    """A page as it is printed. facts: what 来源 says about the columns that are not printed."""

    table: Table
    facts: tuple[tuple[str, str], ...] = ()


def picked(table: Table, chosen: Sequence[str] | None = None, *, details: bool = True) -> Picked:
    """Return the page with the printed columns first.

    chosen: the headings of the columns that the county wants printed, if it says so. Otherwise columns that
    are details are printed only with `details`. Raises UserError for a heading that the page does not have.
    """
    empty = _empty(table)
    unprinted = _named_by_the_page(table) | _not_chosen(table, chosen)
    if chosen is None and not details:
        unprinted |= _details(table)
    left_out = [column for column in table.columns if column.name in empty]
    beside = [column for column in table.columns if column.name in unprinted - empty]
    if not (left_out or beside):
        return Picked(table)
    facts = ((EMPTY, left_out), (BESIDE, beside))
    told = (
        (item, f"{table.name}：{'、'.join(column.title for column in columns)}")
        for item, columns in facts
        if columns
    )
    return Picked(table.arranged(empty, unprinted), tuple(told))


def _free(table: Table) -> Iterator[tuple[int, Column]]:
    """Return the columns that need not be printed."""
    drawn = (table.chart.categories, *table.chart.values) if table.chart else ()
    for j, column in enumerate(table.columns):
        stays = column.kind in _STAYING or column.total or column.by_hand
        if j and not stays and column.name not in (table.group, "name", *drawn):
            yield j, column


def _empty(table: Table) -> frozenset[str]:
    """Return the columns of which no row says anything; none of a page that makes its rows each time they are
    looked at."""
    if not table.rows or isinstance(table.rows, MadeRows):
        return frozenset()
    empty = {j: column.name for j, column in _free(table)}
    for rows in stretches(table.rows):
        for j in [j for j in empty if any(row[j] not in (None, "", ()) for row in rows)]:
            del empty[j]
    return frozenset(empty.values())


def _named_by_the_page(table: Table) -> frozenset[str]:
    """Return the columns that say the same in every row, and nothing but a part of the page's name."""
    if not table.rows or isinstance(table.rows, MadeRows):
        return frozenset()
    first = table.rows[0]
    said = [
        (j, column) for j, column in _free(table) if column.kind in _WORDS and _says(first[j], table.name)
    ]
    return frozenset(column.name for j, column in said if all(row[j] == first[j] for row in table.rows))


def _details(table: Table) -> frozenset[str]:
    """Return the columns that are details, and those that are zero everywhere and need not say so."""
    nought = {j: column.name for j, column in enumerate(table.columns) if column.if_any}
    for rows in stretches(table.rows) if nought else ():
        for j in [j for j in nought if any(row[j] for row in rows)]:
            del nought[j]
    return frozenset((*nought.values(), *(column.name for column in table.columns if column.detail)))


def _says(value: object, name: str) -> bool:
    return isinstance(value, str) and len(value) >= _TELLING and value in name


def _not_chosen(table: Table, headings: Sequence[str] | None) -> frozenset[str]:
    if headings is None:
        return frozenset()
    for heading in headings:
        if not any(column.called({heading}) for column in table.columns):
            known = "、".join(column.title for column in table.columns)
            raise UserError(
                f"县的设置（county.toml）里要打印“{table.name}”的“{heading}”，这页没有这一栏。可写的有：{known}。"
            )
    return frozenset(column.name for _, column in _free(table) if not column.called(set(headings)))
