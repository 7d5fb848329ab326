"""Declares summaries: figures over verdicts, a line for each of what some columns say.

Values only: it may look at verdicts and their records, and it gives tables.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any, Literal, NamedTuple

from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import shares
from sanchuang_cli.page import NUMBER, Col, Cols, PageFrame, cols
from sanchuang_cli.table import Chart, Column, Table, Value


@dataclass(frozen=True)
class Measure:
    """A figure of a summary: how many verdicts are in the parts `of`, in any by default, and meet `when`; or, with `sum`,
    what comes together over them, or, with `mean`, the mean of what they have. share: beside the number stands its
    share of the sum of those measures of the line that have one. total: whether the lines are added up."""

    name: str
    title: str
    of: tuple[str, ...] = ()
    when: Callable[[Any], bool] | None = None
    sum: Callable[[Any], int | None] | None = None
    kind: Kind = Kind.COUNT
    mean: Callable[[Any], Fraction | None] | None = None
    share: bool = False
    total: bool = True

    def __call__(self, verdicts: Iterable[Any]) -> Any:
        inside = (verdict for verdict in verdicts if not self.of or verdict.part in self.of)
        counted = [verdict for verdict in inside if self.when is None or self.when(verdict)]
        if self.mean:
            known = [value for value in map(self.mean, counted) if value is not None]
            return sum(known, Fraction(0)) / len(known) if known else None
        return sum(self.sum(verdict) or 0 for verdict in counted) if self.sum else len(counted)

    def columns(self, *, total: bool) -> Iterator[Column]:
        """Its column, which is summed where `total`, and that of its share."""
        title = f"{self.title}/数量" if self.share else self.title
        yield Column(self.name, title, self.kind, total=total and self.total and not self.mean)
        if self.share:
            yield Column(f"share_{self.name}", f"{self.title}/比例", Kind.PERCENT)


def percentages(counts: Sequence[int]) -> list[Fraction | None]:
    """Shares to a tenth of a per cent that sum to 100.0 % by largest remainder; all None when all counts are 0."""
    if not sum(counts):
        return [None] * len(counts)
    return [Fraction(part, 1000) for part in shares(1000, counts)]


class Section(NamedTuple):
    """Lines of a summary by one of several columns, one below the other; without a column, one line for all."""

    title: str
    by: Col | str = ""


@dataclass(frozen=True)
class Summary:
    """Figures over verdicts, a line for each of what the columns `by` say, or for each of what those of the sections say.
    known: what the first of `by` may say, in the order of the lines, whether or not anybody says it. chart: the measures
    that are drawn, and how. dated: whether the title begins with the period's."""

    name: str
    title: str
    by: Cols
    measures: Sequence[Measure] | Callable[[Whole], Sequence[Measure]]
    of: tuple[str, ...] = ()
    roster: str = ""
    chart: tuple[str, ...] = ()
    number: bool = True
    unit: str = ""
    notes: Callable[[Whole], tuple[str, ...]] | tuple[str, ...] = ()
    signed: bool = True
    detail: bool = False
    sections: tuple[Section, ...] = ()
    known: tuple[Value, ...] = ()
    drawn: Literal["stacked", "bar"] = "stacked"
    dated: bool = True

    def checked(self, on: PageFrame) -> None:
        """Raise AssertionError for a field that does not exist."""
        for column in cols((*self.by, *(section.by for section in self.sections if section.by))):
            column.shown(on.record(self.roster), on.verdict(self.roster))

    def tables(self, whole: Whole, on: PageFrame) -> Iterable[Table]:
        """Return the summary as a table."""
        measures = self.measures(whole) if callable(self.measures) else self.measures
        heads, groups = self._groups(whole.of(self.of, self.roster), on)
        rows = [(*words, *_measured(measures, group)) for words, group in groups.items()]
        of_measures = (measure.columns(total=not self.sections) for measure in measures)
        columns = (*heads, *chain.from_iterable(of_measures))
        if self.number:
            columns, rows = (NUMBER, *columns), [(number, *row) for number, row in enumerate(rows, 1)]
        title = f"{whole.title}{self.title}" if self.dated else self.title
        chart = Chart(title, heads[0].name, self.chart, self.drawn) if self.chart and rows else None
        yield Table(
            self.name,
            title,
            columns,
            rows,
            grand_total=any(column.total for column in columns),
            unit=self.unit,
            notes=self.notes(whole) if callable(self.notes) else self.notes,
            signed=self.signed,
            chart=chart,
        )

    def _groups(
        self, verdicts: Sequence[Any], on: PageFrame
    ) -> tuple[list[Column], dict[tuple[Value, ...], list[Any]]]:
        """The columns that say what a line is about, and the verdicts of each line by what it says there."""
        record = on.record(self.roster)
        groups: dict[tuple[Value, ...], list[Any]] = {(value,): [] for value in self.known}
        by = [col.shown(record) for col in cols(self.by)]
        for verdict in verdicts if by else ():
            groups.setdefault(tuple(column.cell(verdict) for column in by), []).append(verdict)
        if self.known:
            groups = {words: group for words, group in groups.items() if words[0] in self.known}
        for title, column in self.sections:
            shown = cols((column,))[0].shown(record) if column else None
            for verdict in verdicts:
                said = shown.cell(verdict) if shown else ALL_TOGETHER
                groups.setdefault((title, said), []).append(verdict)
        heads = [column.column for column in by]
        return heads or [Column("by", "统计口径"), Column("what", "名称")], groups


ALL_TOGETHER = "合计"
"""What the one line of a section says that counts all."""


def _measured(measures: Sequence[Measure], group: Sequence[Any]) -> Iterator[Value]:
    """What stands on a line: each measure, and its share where it has one."""
    values = [measure(group) for measure in measures]
    parts = iter(percentages([value for value, of in zip(values, measures, strict=True) if of.share]))
    for value, measure in zip(values, measures, strict=True):
        yield value
        if measure.share:
            yield next(parts)
