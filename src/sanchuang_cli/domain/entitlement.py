"""A verdict on one person: clauses, each true over a stretch of months, and the arithmetic of the amount.

What `explain` prints is these values themselves, so it can never disagree with the amount. Wording is put together
only when it is looked at: most verdicts are never read.
"""

import string
from typing import Any, NamedTuple

from sanchuang_cli.domain.months import EVER, NEVER, month


class _Formatter(string.Formatter):
    """Knows the conversion !m: a month's number as 2012-06."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return str(month(value)) if conversion == "m" else super().convert_field(value, conversion)


_FORMATTER = _Formatter()


class Said(NamedTuple):
    """A line of Chinese, as a template with its values; {!m} is a month's number as 2012-06."""

    template: str
    values: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return _FORMATTER.vformat(self.template, self.values, {})


class Step(NamedTuple):
    """One line of arithmetic: `expression` in plain numbers with + − × ÷ ⌊ ⌋ ( ) 取大 取小, and what it comes to."""

    what: str
    expression: str
    result: str
    unit: str

    def __str__(self) -> str:
        if self.expression == self.result:
            return f"{self.what}：{self.result} {self.unit}"
        return f"{self.what}：{self.expression} = {self.result} {self.unit}"


class Clause(NamedTuple):
    """One condition: it holds in the months from `first` to `last`. `columns`: the record's fields that were read."""

    name: str
    citation: str
    columns: tuple[str, ...]
    first: int
    last: int
    said: Said

    def holds(self, months: range) -> bool:
        """Whether it holds in at least one of consecutive `months`."""
        return self.first < months.stop and self.last >= months.start and self.first <= self.last


def always(name: str, citation: str, columns: tuple[str, ...], said: Said) -> Clause:
    return Clause(name, citation, columns, EVER, NEVER, said)


def never(name: str, citation: str, columns: tuple[str, ...], said: Said) -> Clause:
    return Clause(name, citation, columns, NEVER, EVER, said)
