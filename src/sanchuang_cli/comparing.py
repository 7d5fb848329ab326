"""Reads back the page of its own result that a programme needs in the next period, and draws what has changed
since.

It may look at records and pages as plain values. It opens no workbook: the reader gives it the lines.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sanchuang_cli.front import Figures, having
from sanchuang_cli.judging import Whole
from sanchuang_cli.page import NUMBER, Page, PageFrame, Shown, plain
from sanchuang_cli.record import Keys, Roster, Wanted, keyed
from sanchuang_cli.table import Column, Table, Value

_NEW, _OTHERWISE, _GONE = _CHANGES = "新增", "变动", "不再列入"


@dataclass(frozen=True)
class Last:
    """The page of its own result that a programme reads in the next period (--previous), and the page of
    changes.

    The page itself says how it is read. The page of changes lists who is new, who is no longer on it, and
    those of whom a `watched` column says something else now. key: the fields of the record, and the columns
    of the page, that tell rows apart. or_key: those that do so where the first are blank. again: whether an
    earlier result of the same period may be given as well, because what it settled goes on.
    """

    page: Page
    key: tuple[str, ...]
    watched: tuple[str, ...] = ()
    or_key: tuple[str, ...] = ()
    name: str = "与上期对比"
    again: bool = False

    @property
    def keys(self) -> Keys:
        """The keys that tell rows apart, in the order in which they are tried."""
        return tuple(key for key in (self.key, self.or_key) if key)

    @property
    def figures(self) -> Figures:
        """Return what the first page says about the page of changes, if there is one."""
        return Figures("与上期比", (self.name,), tuple(having("change", said) for said in _CHANGES))

    def wanted(self, on: PageFrame) -> Wanted[Any]:
        """Return the page as a roster to be read. Raises AssertionError for a column that the page does not
        have."""
        page = self.page.read_back(on, self.keys)
        unknown = set(self.watched) - {field.name for field in page.fields}
        assert not unknown, f"{self.page.name}: {unknown} is no column of it"
        return page

    def before(self, roster: Roster[Any] | None) -> dict[Hashable, Mapping[str, Any]] | None:
        """Return the lines of the last period by their keys, without lines that cannot be told apart. None if
        no last result was given."""
        if roster is None or roster.origin is None:
            return None
        by_key: dict[Hashable, list[Mapping[str, Any]]] = {}
        for line in roster.records:
            by_key.setdefault(keyed(line.more.get, self.keys), []).append(line.more)
        return {key: lines[0] for key, lines in by_key.items() if key and len(lines) == 1}

    def tables(self, whole: Whole, on: PageFrame) -> Iterable[Table]:
        """Return the page of changes; nothing if the last result was not given or nothing is watched."""
        before = whole.at.before
        if before is None or not self.watched:
            return
        verdicts = whole.of(self.page.of, self.page.roster)
        now = {whole.at.key_of(verdict.record): verdict for verdict in verdicts}
        shown = self.page.shown(on)
        of_whom = {col.name for col in on.who}
        who = [column for column in shown if column.column.name in of_whom]
        watched = [column for column in shown if column.column.name in self.watched]
        rows = [(n, *row) for n, row in enumerate(_changes(before, now, who, watched), 1)]
        columns = (NUMBER, Column("change", "变动"), *(column.column for column in who), *_twice(watched))
        yield Table(self.name, f"{whole.title}{self.page.title}{self.name}", columns, rows, signed=True)


def _twice(watched: Sequence[Shown]) -> Iterable[Column]:
    for column in (shown.column for shown in watched):
        for name, title in (("before", "上期"), ("now", "本期")):
            yield replace(column, name=f"{column.name}_{name}", title=f"{column.title}/{title}", total=False)


def _changes(
    before: Mapping[Hashable, Mapping[str, Any]],
    now: Mapping[Hashable, Any],
    who: Sequence[Shown],
    watched: Sequence[Shown],
) -> Iterable[tuple[Value, ...]]:
    for key, verdict in now.items():
        last = before.get(key)
        pairs = [(_cell(last, column), column.cell(verdict)) for column in watched]
        if last is None or any(old != new for old, new in pairs):
            cells = (cell for pair in pairs for cell in pair)
            yield _NEW if last is None else _OTHERWISE, *(column.cell(verdict) for column in who), *cells
    for key, last in before.items():
        if key not in now:
            cells = (cell for column in watched for cell in (_cell(last, column), None))
            yield _GONE, *(_cell(last, column) for column in who), *cells


def _cell(line: Mapping[str, Any] | None, shown: Shown) -> Value:
    return plain(line.get(shown.column.name)) if line else None
