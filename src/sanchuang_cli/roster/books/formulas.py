"""Works out formulas that have no result yet, but only the kinds of formulas that this tool writes.

A program that changes a workbook without Excel or WPS saves formulas without results. The formulas of this tool are sums of
products of cells, SUM, and SUBTOTAL(9, …), which leaves out other subtotals. Any other formula stays an error. The sheets
are not changed; new ones are returned.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from sanchuang_cli.finding import column_number
from sanchuang_cli.record import NOT_WORKED_OUT, Cell, ErrorCell
from sanchuang_cli.roster.grid import Sheet

_SUM = re.compile(r"(SUM|SUBTOTAL)\((?:9,)?(.+)\)")
_RANGE = re.compile(r"(?:'((?:[^']|'')+)'!|([^'!,:]+)!)?([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})(?:,|$)")
_PRODUCT = re.compile(r"([+-]?)([A-Z]{1,3}\d{1,7}(?:\*[A-Z]{1,3}\d{1,7})*)")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class _At(NamedTuple):
    """The place of a cell in the book."""

    sheet: str
    row: int
    column: int


class BookFormulas:
    """The sheets of one book. The formulas of a sheet may use cells of the others."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = {sheet.name: sheet for sheet in sheets}

    def worked_out(self, sheet: Sheet) -> Sheet:
        """The sheet with a number in each cell whose formula could be worked out; the same sheet if no cell waits for it."""
        waiting = [
            (i, j)
            for i, row in enumerate(sheet.rows)
            for j, cell in enumerate(row)
            if cell == NOT_WORKED_OUT and isinstance(cell, ErrorCell)
        ]
        if not waiting:
            return sheet
        rows = list(sheet.rows)
        for i, j in waiting:
            cells = list(rows[i])
            cells[j] = self._value(_At(sheet.name, i + 1, j + 1))
            rows[i] = cells
        return replace(sheet, rows=rows)

    def _value(self, at: _At) -> Cell:
        """The value of a cell, worked out if it has none yet; the error cell itself if that is not possible."""
        cell = self._cell(at)
        if not isinstance(cell, ErrorCell) or cell != NOT_WORKED_OUT:
            return cell
        formula = self._sheets[at.sheet].formula(at.row, at.column)
        total = _SUM.fullmatch(formula)
        numbers = self._summed(at, total[1], total[2]) if total else self._products(at, formula)
        return cell if numbers is None else math.fsum(numbers)

    def _cell(self, at: _At) -> Cell:
        rows = self._sheets[at.sheet].rows if at.sheet in self._sheets else ()
        row = rows[at.row - 1] if at.row <= len(rows) else ()
        return row[at.column - 1] if at.column <= len(row) else ""

    def _summed(self, at: _At, function: str, ranges: str) -> list[float] | None:
        """The numbers that SUM or SUBTOTAL adds up, None if the ranges are not plain or one of the cells is an error."""
        if "".join(part[0] for part in _RANGE.finditer(ranges)) != ranges:
            return None
        numbers = []
        for summand in self._of_ranges(at, ranges):
            if function == "SUBTOTAL" and self._sheets[summand.sheet].formula(
                summand.row, summand.column
            ).startswith(function):
                continue
            value = self._value(summand)
            if isinstance(value, ErrorCell):
                return None
            if isinstance(value, int | float):
                numbers.append(float(value))
        return numbers

    def _of_ranges(self, at: _At, ranges: str) -> Iterator[_At]:
        """The places of all cells in the ranges, up to the last row of their sheet."""
        for quoted, plain, left, top, right, bottom in _RANGE.findall(ranges):
            sheet = quoted.replace("''", "'") or plain or at.sheet
            if sheet in self._sheets:
                for row in range(int(top), min(int(bottom), len(self._sheets[sheet].rows)) + 1):
                    for number in range(column_number(left), column_number(right) + 1):
                        yield _At(sheet, row, number)

    def _products(self, at: _At, formula: str) -> list[float] | None:
        """The products that a formula such as B5*C5-D5 adds up, None if it is another kind of formula."""
        terms = _PRODUCT.findall(formula)
        if not terms or "".join(sign + product for sign, product in terms) != formula:
            return None
        numbers = []
        for sign, product in terms:
            number = -1.0 if sign == "-" else 1.0
            for letters, row in _CELL.findall(product):
                value = self._value(_At(at.sheet, int(row), column_number(letters)))
                if not isinstance(value, int | float) and value not in ("", None):
                    return None
                number *= float(value or 0)
            numbers.append(number)
        return numbers
