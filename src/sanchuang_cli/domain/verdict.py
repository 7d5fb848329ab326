"""Declares what a verdict on a person is made of: clauses, each with the months in which it holds, and steps of arithmetic.

Values only. `explain` prints these values, so that it cannot disagree with the amount. Their wording is put together only
when somebody reads it, because most verdicts are never read.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec import Struct

from sanchuang_cli.domain.months import EVER, NEVER
from sanchuang_cli.period import Month

NO_ENTRIES: Mapping[Any, Any] = MappingProxyType({})
"""What most verdicts have by month or by benefit: one and the same, for a struct would make a dictionary for each."""


class Sentence(Struct, frozen=True, gc=False):
    """A line of Chinese: a template with its values, where {!m} is a month's number as 2012-06; or plain text, which
    may hold what a clerk wrote, braces and all, and is never taken for a template."""

    template: str
    values: tuple[Any, ...] = ()

    def __str__(self) -> str:
        if not self.values:
            return self.template
        plain, months = _template(self.template)
        values = (
            Month.at(value) if is_month else value
            for value, is_month in zip(self.values, months, strict=True)
        )
        return plain.format(*values)


@lru_cache(maxsize=1024)
def _template(template: str) -> tuple[str, tuple[bool, ...]]:
    """The template as str.format takes it, and which of its values are months."""
    fields = [conversion for _, name, _, conversion in Formatter().parse(template) if name is not None]
    return template.replace("{!m}", "{}"), tuple(conversion == "m" for conversion in fields)


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


class Clause(Struct, frozen=True, gc=False):
    """One condition: it holds in the months from `first` to `last`. `columns`: the record's fields that were read."""

    name: str
    citation: str
    columns: tuple[str, ...]
    first: int
    last: int
    said: Sentence

    @property
    def sentence(self) -> str:
        """The condition and what the record says of it, in Chinese."""
        return f"{self.name}：{self.said}"

    def holds(self, months: range) -> bool:
        """Whether it holds in at least one of consecutive `months`."""
        return not failing((self,), months)


def failing(clauses: Iterable[Clause], months: range) -> list[Clause]:
    """Those of the clauses that hold in none of consecutive `months`."""
    start, stop = months.start, months.stop
    return [
        clause
        for clause in clauses
        if clause.first >= stop or clause.last < start or clause.first > clause.last
    ]


def always(name: str, citation: str, columns: tuple[str, ...], said: Sentence) -> Clause:
    """A clause that holds in every month."""
    return Clause(name, citation, columns, EVER, NEVER, said)


def never(name: str, citation: str, columns: tuple[str, ...], said: Sentence) -> Clause:
    """A clause that holds in no month."""
    return Clause(name, citation, columns, NEVER, EVER, said)
