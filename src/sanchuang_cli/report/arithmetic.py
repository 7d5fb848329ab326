"""Turns the formula of a column into a formula of the spreadsheet, so that an auditor can click on it.

It may look at one table. A formula is written only where it gives exactly the value that the programme found;
elsewhere the value stands alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from sanchuang_cli.finding import column_letters
from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Table

_EXACT = (Kind.MONEY, Kind.COUNT)
_TERM = re.compile(r"\s*([+-]?)\s*([^+\-]+)")


@dataclass(frozen=True)
class ColumnFormula:
    """A sum of products of columns, all by their positions. column: the position of the formula."""

    column: int
    terms: tuple[tuple[int, tuple[int, ...]], ...]

    @classmethod
    def of(cls, table: Table, column: int) -> Self:
        """Read the formula of a column. Money times money, and scores that are shown cut off, are not allowed
        in one."""
        formula = table.columns[column].formula
        terms = tuple(
            (-1 if sign == "-" else 1, tuple(table.index(name.strip()) for name in product.split("*")))
            for sign, product in _TERM.findall(formula)
        )
        for _, factors in terms:
            kinds = [table.columns[j].kind for j in (column, *factors)]
            assert set(kinds) <= set(_EXACT), f"{table.name}: {formula} is over columns that are not exact"
            assert kinds[1:].count(Kind.MONEY) == kinds[:1].count(Kind.MONEY), (
                f"{table.name}: units of {formula}"
            )
        return cls(column, terms)

    def holds(self, row: Sequence[Any]) -> bool:
        """Whether the formula gives the value of the row. Blanks count as nothing; a word means that it does
        not."""
        total = 0
        try:
            for sign, factors in self.terms:
                term = sign
                for j in factors:
                    term *= row[j] or 0
                total += term
        except TypeError:  # a word does not add up
            return False
        return bool(total == row[self.column])

    def at(self, number: int) -> str:
        """Return the formula for the row that the spreadsheet program calls `number`, without the equals
        sign."""
        return self._pattern.format(number)

    @cached_property
    def _pattern(self) -> str:
        return self._spelled("*", lambda j: f"{column_letters(j + 1)}{{0}}")

    @property
    def numbered(self) -> str:
        """Return the formula in column numbers, as printed forms have it: (1)×(2)."""
        return self._spelled("×", lambda j: f"({j + 1})")

    def _spelled(self, times: str, cell: Callable[[int], str]) -> str:
        text = "".join(
            ("-" if sign < 0 else "+") + times.join(map(cell, factors)) for sign, factors in self.terms
        )
        return text.removeprefix("+")


def live(table: Table) -> tuple[ColumnFormula, ...]:
    """Return the formulas of all columns that have one."""
    return tuple(ColumnFormula.of(table, j) for j, column in enumerate(table.columns) if column.formula)


def numbers(table: Table) -> list[str]:
    """Return the numbers of the columns as printed forms have them below the headings: (1), (2),
    (3)=(1)×(2)."""
    formulas = {formula.column: f"={formula.numbered}" for formula in live(table)}
    return [f"({j}){formulas.get(j - 1, '')}" for j in range(1, len(table.columns) + 1)]
