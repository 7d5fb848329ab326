"""The sums that a sender printed under a table, held against the rows above them.

A sum is doubted only when it fits neither the rows above nor, where groups are headed by their sums, the rows below.
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
    """A row of printed sums: `above` and `below` are the indexes of the records that it may be about."""

    row: int
    why: str
    above: range
    below: range


def totals(area: Area, matching: Matching, book: str) -> Iterator[Finding]:
    """A warning for each printed 合计 or 小计 that does not add up, with both figures."""
    printed = list(_printed(area))
    for match in matching.matches.values() if printed else ():
        if match.field.kind in _SUMMED:
            yield from _differing(area, match, printed, book)


def _printed(area: Area) -> Iterator[_Printed]:
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
    column = area.left + match.column
    values = _read(area, match, [*area.records, *(one.row for one in printed)])
    amounts, sums = values[: len(area.records)], values[len(area.records) :]
    for one, said in zip(printed, sums, strict=True):
        parts = [[amounts[i] for i in part] for part in (one.above, one.below)]
        if not isinstance(said, int) or any(amount is _UNREAD for part in parts for amount in part):
            continue
        added = [sum(amount or 0 for amount in part) for part in parts]
        if said in added:
            continue
        kind, label = match.field.kind, _LABELS[one.why]
        yield Finding(
            "totals.differ",
            Severity.WARNING,
            f"{label}行的{match.field.heading}写的是 {_text(kind, said)}，{_scope(area, one)}相加是 {_text(kind, added[0])}，"
            f"相差 {_text(kind, abs(said - added[0]))}",
            Place(book, area.sheet.name, one.row, column, match.heading),
            f"{label}应等于各行之和",
            f"核对各行和{label}：少报、多报的补正，手填的{label}改用公式。",
        )


_UNREAD = object()


def _read(area: Area, match: Match, rows: Sequence[int]) -> list[Any]:
    """The column's values at `rows`: fen or a count, None where blank, _UNREAD where nobody can tell."""
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


def _scope(area: Area, one: _Printed) -> str:
    rows = [area.records[i] for i in one.above]
    if len(rows) < 2:
        return f"第{rows[0]}行" if rows else "上面没有数据行，"
    return f"第{rows[0]}至{rows[-1]}行"


def _text(kind: Kind, value: int) -> str:
    return f"{shown.text(kind, value)} 元" if kind is Kind.MONEY else str(value)
