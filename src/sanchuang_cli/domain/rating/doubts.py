"""Findings of a rating. The rules say what is odd and where; how much it weighs and its mend are the programme's."""

from collections.abc import Mapping
from typing import NamedTuple

from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.record import Row


class Codes(NamedTuple):
    """A programme's findings by code: how grave each is, and what to do. module: what its codes begin with. before: what
    a message calls the result of the year before."""

    module: str
    table: Mapping[str, tuple[Severity, str]]
    before: str

    def at(self, code: str, place: Place, message: str, basis: str) -> Finding:
        severity, mend = self.table[code]
        return Finding(f"{self.module}.{code}", severity, message, place, basis, mend)

    def of_all(self, code: str, message: str, basis: str) -> Finding:
        """A finding about all rows together."""
        return self.at(code, Place("全部名册"), message, basis)


class Doubts:
    """What is odd about one row, in the order in which it was found."""

    __slots__ = ("codes", "found", "row")

    def __init__(self, codes: Codes, row: Row) -> None:
        self.codes, self.row = codes, row
        self.found: list[Finding] = []

    def add(self, code: str, field: str, message: str, basis: str) -> None:
        """A finding about the cell of `field`, a field's name or a policy column's heading."""
        self.found.append(self.codes.at(code, self.row.place(field), message, basis))

    @property
    def grave(self) -> bool:
        """Whether nothing may be concluded from the row."""
        return any(one.severity is Severity.ERROR for one in self.found)
