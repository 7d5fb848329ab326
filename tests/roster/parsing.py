"""One cell through the parser of a field, as the reader would take it, for tests."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Cell, Field
from sanchuang_cli.roster.cells.parsers import parser
from sanchuang_cli.roster.cells.troubles import Parsed, Undecided, finding


class Read(NamedTuple):
    value: Any
    codes: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_cell(
    kind: Kind | Field,
    cell: Cell,
    *,
    column: Sequence[Cell] | None = None,
    number_format: str = "",
    unit: str = "",
    date1904: bool = False,
) -> Read:
    field = kind if isinstance(kind, Field) else Field("标题", kind)
    value = parser(field, [cell] if column is None else column, unit, date1904)(cell)
    if isinstance(value, Undecided):
        value = value.settle(number_format)
    troubles = value.troubles if isinstance(value, Parsed) else ()
    findings = tuple(
        finding(trouble, field, cell, Place("册.xlsx", "表", 5, 3, "标题")) for trouble in troubles
    )
    return Read(
        value.value if isinstance(value, Parsed) else value, tuple(t.code for t in troubles), findings
    )
