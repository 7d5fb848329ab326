"""Gives the body of a table line by line as words, with its 小计 and 合计, for pages that have no live cells.

It may look at one table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sanchuang_cli.report import geometry, shown
from sanchuang_cli.report.worksheet import totals
from sanchuang_cli.table import Table


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line with a cell for each column. A total has a `label`, which stands in place of the first `span`
    cells."""

    cells: list[str]
    label: str = ""
    span: int = 0


def body(table: Table) -> Iterator[PrintedLine]:
    """Return the lines of the body from top to bottom."""
    for block in geometry.blocks(table):
        rows = table.rows[block.start : block.stop]
        for row in rows:
            yield PrintedLine(_words(table, row))
        if block.subtotal:
            yield _total(table, block.subtotal, rows)
    if table.grand_total:
        yield _total(table, geometry.grand_total(table), table.rows)


def _total(table: Table, label: str, rows: Any) -> PrintedLine:
    span = next((j for j, column in enumerate(table.columns) if column.total), len(table.columns))
    return PrintedLine(_words(table, totals(table.columns, rows)), label, span)


def _words(table: Table, row: Any) -> list[str]:
    return [shown.text(column.kind, value) for column, value in zip(table.columns, row, strict=True)]
