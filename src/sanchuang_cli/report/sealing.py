"""The digest of a run's workbook, worked out from its tables before they are drawn: see domain/digest.

Only what a table says is in it: heads, rows, 小计 and 合计. Titles, notes and the lines that are filled in by hand
(填报单位, signatures) are not, so whoever signs on the screen changes nothing.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from sanchuang_cli.domain.digest import Digest, Sealed, Sealing, column, pieces, whole_numbers
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.report import layout
from sanchuang_cli.report.arithmetic import numbers
from sanchuang_cli.report.cells import all_clean, cell, clean
from sanchuang_cli.report.layout import Block
from sanchuang_cli.report.page import totals
from sanchuang_cli.report.workbook import ROOM, sheet_names, sheets_of
from sanchuang_cli.table import Column, Table, stretches

ITEM = "结果摘要"
"""How the lines of 来源 are called that hold the digest."""
_PIECE = 30_000
"""Characters of one such line: a cell holds a little more."""


def lines(policy: PolicyFile[Any], tables: Sequence[Table]) -> list[tuple[str, str]]:
    """What 来源, the last of `tables`, says of all of them."""
    digest = Digest.of(policy.marks, sealed(tables))
    return [(ITEM, piece) for piece in pieces(str(digest), _PIECE)]


def sealed(tables: Sequence[Table], room: int = ROOM) -> Iterator[Sealed]:
    """Each sheet that the tables fill."""
    names = sheet_names([table.name for table in tables])
    for name, table in zip(names, tables, strict=True):
        parts = sheets_of(name, table, room)
        start = 0
        for own, part in parts:
            sealing = Sealing()
            sealing.add(_heads(table))
            start = _body(sealing, table, part, start)
            if own == parts[-1][0]:
                _close(sealing, table)
            yield sealing.sealed(own, _first(table))


def _first(table: Table) -> int:
    """The row of the uppermost heads: below the title, and the line for unit and date where there is one."""
    return 3 if table.signed or table.unit else 2


def _body(sealing: Sealing, table: Table, part: Sequence[Block], start: int) -> int:
    """The rows of one sheet, and each block's 小计, whose rows begin at `start`."""
    for block in part:
        for rows in stretches(table.rows[block.start : block.stop]):
            sealing.add([_cells(*own) for own in zip(table.columns, zip(*rows, strict=True), strict=True)])
        if block.subtotal:
            _add(sealing, _total(table, block.subtotal, table.rows[start : block.stop]))
            start = block.stop
    return start


def _close(sealing: Sealing, table: Table) -> None:
    """What ends the last sheet of a table."""
    if not table.rows:
        _add(sealing, ["（无）", *[None] * (len(table.columns) - 1)])
    if table.grand_total:
        _add(sealing, _total(table, "合计", table.rows))


def _add(sealing: Sealing, row: Sequence[Any]) -> None:
    sealing.add([column([said]) for said in row])


def _heads(table: Table) -> list[list[str]]:
    depth, heads = layout.heads(table.columns)
    columns = [[""] * depth for _ in table.columns]
    for head in heads:
        columns[head.first][head.top] = column([clean(head.text)])[0]
    for own, number in zip(columns, numbers(table), strict=True):
        own += column([number]) if table.numbered else []
    return columns


def _total(table: Table, label: str, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """A 小计 or 合计 row as it stands: the label before the first column that is summed."""
    row = [
        cell(about.kind, value) if about.total else None
        for about, value in zip(table.columns, totals(table.columns, rows), strict=True)
    ]
    if not table.columns[0].total:
        row[0] = clean(label)
    return row


def _cells(about: Column, values: Sequence[Any]) -> list[str]:
    """The canonical form of a column's cells. Each value is made a cell once; looking up a Fraction takes longer than
    all else that is done for it."""
    kind, types = about.kind, set(map(type, values))
    if types <= {str, type(None)}:
        words = [value or "" for value in values]
        if all_clean(words):
            return column(words)
    if kind in (Kind.COUNT, Kind.STARS) and types == {int}:
        return whole_numbers(values)
    if kind in (Kind.SCORE, Kind.PERCENT) and Fraction in types:
        values = [value.as_integer_ratio() if type(value) is Fraction else value for value in values]
    distinct = list(set(values))
    own = [
        cell(kind, Fraction(*one) if type(one) is tuple and Fraction in types else one) for one in distinct
    ]
    known = dict(zip(distinct, column(own), strict=True))
    return list(map(known.__getitem__, values))
