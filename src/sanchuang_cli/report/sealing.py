"""Works out the digest of a run's workbook from its tables, before they are drawn; see report/digest.

It may look at tables only. The digest covers what a table says: headings, rows, 小计 and 合计. It does not
cover titles, notes and the lines that are filled in by hand (填报单位, signatures), so signing in the
workbook changes nothing.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.report import geometry
from sanchuang_cli.report.arithmetic import numbers
from sanchuang_cli.report.cells import all_clean, cell, clean
from sanchuang_cli.report.digest import Digest, Seal, Sealed, canonical, column, pieces, texts, whole_numbers
from sanchuang_cli.report.geometry import RowBlock
from sanchuang_cli.report.workbook import ROOM, sheet_names, sheets_of
from sanchuang_cli.report.worksheet import totals
from sanchuang_cli.table import Column, Table, stretches

ITEM = "结果摘要"
"""The name of the lines of 来源 that hold the digest."""
_REMEMBERED = 20_000
_PIECE = 30_000
"""The characters of one such line. A cell holds a little more."""


def lines(policy: PolicyFile[Any], tables: Sequence[Table]) -> list[tuple[str, str]]:
    """Return what 来源, the last of `tables`, says about all of them."""
    (digest,) = digests(policy, tables)
    return [(ITEM, piece) for piece in pieces(str(digest), _PIECE)]


def digests(policy: PolicyFile[Any], *workbooks: Sequence[Table]) -> Iterator[Digest]:
    """Return the digest of each of these workbooks, over all that its tables and the editions of the policy
    say. What several share is worked out once."""
    known: dict[tuple[str, int], list[Sealed]] = {}
    for tables in workbooks:
        named = list(zip(sheet_names([table.name for table in tables]), tables, strict=True))
        for name, table in named:
            if (name, id(table)) not in known:
                known[name, id(table)] = list(_sheets(name, table, ROOM))
        yield Digest.of(policy.marks, (sheet for name, table in named for sheet in known[name, id(table)]))


def sealed(tables: Sequence[Table], room: int = ROOM) -> Iterator[Sealed]:
    """Return each sheet that the tables fill."""
    names = sheet_names([table.name for table in tables])
    for name, table in zip(names, tables, strict=True):
        yield from _sheets(name, table, room)


def _sheets(name: str, table: Table, room: int) -> Iterator[Sealed]:
    """Return each sheet of one table."""
    parts = sheets_of(name, table, room)
    forms = [_Canonical(about) for about in table.columns]
    start = 0
    for own, part in parts:
        seal = Seal()
        seal.take(_heads(table))
        for block in part:
            _take_rows(seal, table, block, forms)
            if block.subtotal:
                seal.take(_as_columns(_total(table, block.subtotal, table.rows[start : block.stop])))
                start = block.stop
        if own == parts[-1][0]:
            _close(seal, table)
        yield seal.set(own, _first(table))


def _first(table: Table) -> int:
    """Return the row of the uppermost headings: below the title, and below the line for unit and date if
    there is one."""
    return 3 if table.signed or table.unit else 2


def _take_rows(seal: Seal, table: Table, block: RowBlock, forms: Sequence["_Canonical"]) -> None:
    for rows in stretches(table.rows[block.start : block.stop]):
        values = zip(*rows, strict=True)
        seal.take([form.of(column) for form, column in zip(forms, values, strict=True)])


def _close(seal: Seal, table: Table) -> None:
    """Add what ends the last sheet of a table."""
    if not table.rows:
        seal.take(_as_columns(["（无）", *[None] * (len(table.columns) - 1)]))
    if table.grand_total:
        seal.take(_as_columns(_total(table, geometry.grand_total(table), table.rows)))


def _as_columns(row: Sequence[Any]) -> list[list[str]]:
    return [column([said]) for said in row]


def _heads(table: Table) -> list[list[str]]:
    depth, heads = geometry.heads(table.columns, table.beside)
    columns = [[""] * depth for _ in table.columns]
    for head in heads:
        columns[head.first][head.top] = column([clean(head.text)])[0]
    for own, number in zip(columns, numbers(table), strict=True):
        own += column([number]) if table.numbered else []
    return columns


def _total(table: Table, label: str, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Return a row 小计 or 合计 as it stands, with the label before the first summed column."""
    row = [
        cell(about.kind, value) if about.total else None
        for about, value in zip(table.columns, totals(table.columns, rows), strict=True)
    ]
    if not table.columns[0].total:
        row[0] = clean(label)
    return row


class _Canonical(dict[Any, str]):
    """The canonical forms of a column's cells, by value: each is made a cell once. Looking up a Fraction
    takes longer than all else that is done for it, so it stands here as its terms."""

    def __init__(self, about: Column) -> None:
        self._kind = about.kind

    def of(self, values: Sequence[Any]) -> list[str]:
        kind, types = self._kind, set(map(type, values))
        if types <= {str, type(None)}:
            words = [value or "" for value in values]
            if all_clean(words):
                return texts(words)
        if kind in (Kind.COUNT, Kind.STARS) and types == {int}:
            return whole_numbers(values)
        if kind in (Kind.SCORE, Kind.PERCENT) and Fraction in types:
            values = [value.as_integer_ratio() if type(value) is Fraction else value for value in values]
        if len(self) > _REMEMBERED:
            self.clear()
        return list(map(self.__getitem__, values))

    def __missing__(self, value: Any) -> str:
        ratio = type(value) is tuple and self._kind in (Kind.SCORE, Kind.PERCENT)
        made = self[value] = canonical(cell(self._kind, Fraction(*value) if ratio else value))
        return made
