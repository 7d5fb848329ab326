"""Checks the sums that the sender wrote in a table against the rows that they add up.

A sum gets a warning only if it fits neither the rows above it nor the rows below it, because some tables write the sum of a
group before the group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.kind import Kind
from sanchuang_cli.report import shown
from sanchuang_cli.roster.cells import parsers
from sanchuang_cli.roster.cells.troubles import Parsed
from sanchuang_cli.roster.columns.headings import money_unit
from sanchuang_cli.roster.columns.matching import Match, Matching
from sanchuang_cli.roster.grid import Area

_SUMMED = (Kind.MONEY, Kind.COUNT)
_LABELS = {"total": "合计", "subtotal": "小计"}


@dataclass(frozen=True)
class _Printed:
    """A row of written sums. above, below: the indices of the records that it may add up."""

    row: int
    why: str
    above: range
    below: range


def totals(area: Area, matching: Matching, book: str) -> Iterator[Finding]:
    """A warning, with both figures, for each written 合计 or 小计 that differs from the sum of its rows; none for figures that
    no message may quote."""
    printed = list(_printed(area))
    for match in matching.matches.values() if printed else ():
        if match.field.kind in _SUMMED and not match.field.withheld:
            yield from _differing(area, match, printed, book)


def _printed(area: Area) -> Iterator[_Printed]:
    """The rows of written sums. A 合计 is of all records above; a 小计 of those since the last sum."""
    rows = sorted(
        (row, why) for first, last, why in area.skipped if why in _LABELS for row in range(first, last + 1)
    )
    records = list(area.records)
    everything = range(len(records))
    breaks = [sum(record < row for record in records) for row, _ in rows]
    for at, (row, why) in enumerate(rows):
        if why == "total":
            yield _Printed(row, why, everything, range(breaks[at - 1] if at else 0, breaks[at]))
            continue
        start = max((cut for cut in breaks[:at]), default=0)
        stop = min((cut for cut in breaks[at + 1 :]), default=len(records))
        yield _Printed(row, why, range(start, breaks[at]), range(breaks[at], stop))


def _differing(area: Area, match: Match, printed: Sequence[_Printed], book: str) -> Iterator[Finding]:
    """The warnings for one column. Where a cell cannot be read, nothing can be added up and there is no warning."""
    column = area.left + match.column
    values = _read(area, match, [*area.records, *(sum_row.row for sum_row in printed)])
    amounts, sums = values[: len(area.records)], values[len(area.records) :]
    for sum_row, stated in zip(printed, sums, strict=True):
        parts = [[amounts[i] for i in part] for part in (sum_row.above, sum_row.below)]
        if not isinstance(stated, int) or any(amount is _UNREAD for part in parts for amount in part):
            continue
        added = [sum(amount or 0 for amount in part) for part in parts]
        if stated in added:
            continue
        kind, label = match.field.kind, _LABELS[sum_row.why]
        yield Finding(
            "totals.differ",
            Severity.WARNING,
            f"{label}行的{match.field.heading}写的是 {_text(kind, stated)}，{_scope(area, sum_row)}相加是 {_text(kind, added[0])}，"
            f"相差 {_text(kind, abs(stated - added[0]))}",
            Place(book, area.sheet.name, sum_row.row, column, match.heading),
            f"{label}应等于各行之和",
            f"核对各行和{label}：少报、多报的补正，手填的{label}改用公式。",
        )


_UNREAD = object()


def _read(area: Area, match: Match, rows: Sequence[int]) -> list[Any]:
    """The values of the column in these rows: fen or a count, None for a blank, _UNREAD for a cell that cannot be read."""
    at = area.left + match.column - 1
    cells = [row[at] if at < len(row) else None for row in map(area.cells, rows)]
    unit = money_unit(match.heading) or area.unit
    values = parsers.column(match.field, cells, unit, area.sheet.date1904).values
    return list(map(_plain, values, cells))


def _plain(value: Any, cell: Any) -> Any:
    if type(value) is Parsed:
        value = value.value
        if value is None and cell not in (None, ""):
            return _UNREAD
    return value


def _scope(area: Area, sum_row: _Printed) -> str:
    """The rows above that the sum should add up, in words."""
    rows = [area.records[i] for i in sum_row.above]
    if len(rows) < 2:
        return f"第{rows[0]}行" if rows else "上面没有数据行，"
    return f"第{rows[0]}至{rows[-1]}行"


def _text(kind: Kind, value: int) -> str:
    return f"{shown.text(kind, value)} 元" if kind is Kind.MONEY else str(value)
