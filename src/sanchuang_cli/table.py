"""A page before anyone has drawn it: what stands on it, never fonts or cells.

The workbook, the terminal and the JSON document are all drawn from these values.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, Literal

from sanchuang_cli.kind import Kind

Value = Any
"""By the column's kind (see kind.py); None is blank. SCORE and PERCENT are Fractions, shown cut, never rounded up."""


@dataclass(frozen=True, slots=True)
class Column:
    """`title` may be nested with "/" ("五项得分/领导班子"): equal first parts side by side share one head.

    total: the column is summed in 小计 and 合计 rows. wide: free text that wraps. private: never published (health,
    cause of hardship, birth), as identity, account and phone never are.
    formula: how a MONEY or COUNT column follows from others of its row, by name: "rate * months",
    "due + arrears - withheld". The workbook keeps it live wherever it gives exactly the row's value.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    total: bool = False
    wide: bool = False
    private: bool = False
    formula: str = ""

    def called(self, words: Set[str]) -> bool:
        """Whether one of `words` is the column's name, its title, or the last part of a nested title."""
        return not words.isdisjoint((self.name, self.title, self.title.rpartition("/")[2]))


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of the table it is attached to: one series for each of `values`, along `categories` (column names)."""

    title: str
    categories: str
    values: tuple[str, ...]
    kind: Literal["column", "bar", "stacked"] = "column"


@dataclass(frozen=True)
class Table:
    """One page.

    name: stable sheet name. title: dated. group: name of the column by which blocks with 小计 are made
    (rows must come sorted by it). grand_total: a 合计 row over the `total` columns. signed: a signature line.
    unit: e.g. "元". notes: lines below, such as the policy's document. numbered: a row (1) (2) … below the heads.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    group: str = ""
    grand_total: bool = False
    unit: str = ""
    notes: tuple[str, ...] = ()
    signed: bool = False
    numbered: bool = False
    chart: Chart | None = None

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        assert len(set(names)) == len(names), f"{self.name}: a column name stands twice"
        assert set(map(len, self.rows)) <= {len(names)}, f"{self.name}: a row has too many or too few cells"

    def index(self, name: str) -> int:
        return next(i for i, column in enumerate(self.columns) if column.name == name)
