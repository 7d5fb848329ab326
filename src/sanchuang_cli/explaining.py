"""Draws the page that explains a verdict: each reason, with the cells that were read and what stands in them.

It may quote cells of the record, with personal numbers masked. It decides nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from sanchuang_cli.join import Taken
from sanchuang_cli.judging import Reason
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Record, Row
from sanchuang_cli.table import Column, Table, Value

EXPLAINED = (
    Column("item", "项目"),
    Column("holds", "成立"),
    Column("said", "内容", wide=True),
    Column("cell", "读取的单元格", wide=True),
    Column("written", "原文", wide=True),
    Column("basis", "依据", wide=True),
)
"""The columns of an explanation, which has one line for each reason."""


def explanation(record: Record, reasons: Iterable[Reason], title: str) -> Table:
    """Return the page with the reasons of a verdict, the cells that were read, and what stands in them.
    Numbers are masked."""
    kinds = {one.name: one.kind for one in record.declared()}
    rows = []
    for one in reasons:
        cells = [cited(record.row, one.reads, kinds), *_rested_on(one.rests_on)]
        where, written = ("；".join(filter(None, texts)) or None for texts in zip(*cells, strict=True))
        rows.append((*_told(one), where, written, one.basis))
    return Table("说明", f"{record.called}：{title}", EXPLAINED, rows)


def _told(reason: Reason) -> tuple[Value, ...]:
    holds = None if reason.holds is None else "是" if reason.holds else "否"
    return reason.what, holds, reason.said


def _rested_on(others: Iterable[Record | Taken]) -> Iterator[tuple[str | None, str | None]]:
    """Yield where serving rows, and values taken from other results, stand, and what is written there. Values of one
    column that follow one another are cited together."""
    for _, together in groupby(
        others, lambda one: replace(one.place, row=0) if isinstance(one, Taken) else None
    ):
        rows = list(together)
        if cells := [cell for cell in rows if isinstance(cell, Taken)]:
            sheet, spots = cells[0].place, "、".join(cell.place.spot for cell in cells)
            where = f"{sheet.book} {sheet.sheet} {spots}（{sheet.heading}）"
            yield where, "；".join(cell.written for cell in cells if cell.written) or None
        for row in (row for row in rows if not isinstance(row, Taken)):
            kinds = {one.name: one.kind for one in row.declared()}
            withheld = {one.name for one in row.declared() if one.withheld}
            names = [name for name in row.cited if name not in withheld and row.row.written(name)]
            yield cited(row.row, names, kinds)


def cited(row: Row, names: Iterable[str], kinds: dict[str, Kind]) -> tuple[str | None, str | None]:
    """Return where the fields stand (名册.xlsx 青禾镇 Q22（财政供养）、R22（录用时间）), and what is written
    there."""
    here = [name for name in names if row.source.columns.get(name)]
    if not here:
        return None, None
    places = (replace(row.place(name), book="", sheet="") for name in here)
    written = (row.written(name, kinds.get(name, Kind.TEXT)) for name in here)
    where = f"{row.source.book} {row.source.sheet} {'、'.join(map(str, places))}"
    return where, "；".join(filter(None, written)) or None
