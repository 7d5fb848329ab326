"""Whom a row is about, in the words of a list: township, village and name; and which rows are set aside.

A finding knows its place only. Here is who stands there, in the rosters that were read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, Severity
from sanchuang_cli.kind import without_numbers
from sanchuang_cli.record import Record, Roster, Row, Wanted

Line = tuple[str, str, int]
"""Book, sheet and number of a row."""
NAME = "姓名"


def name_heading(wanted: Wanted[Any]) -> str:
    """What a roster calls the name of whom its rows are about."""
    return next((field.heading for field in wanted.fields if field.name == "name"), NAME)


class Whom(NamedTuple):
    """Whom a row is about. called: the words with which messages about the row begin."""

    township: str = ""
    village: str = ""
    name: str = ""
    called: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, self[:3]))

    def said(self, finding: Finding) -> str:
        """What a finding says, without whom it says it of: that stands beside it."""
        said = finding.message
        for opening in filter(None, (self.called, self.name)):
            said = said.removeprefix(f"{opening}：")
        return said


NOBODY = Whom()


class Standing(NamedTuple):
    """A row against which something stands, and whom it is about."""

    row: Row
    whom: Whom

    @property
    def columns(self) -> set[int]:
        return {column for column, _ in self.row.source.columns.values()}


class Waiting(NamedTuple):
    """A row that is set aside, whom it is about, and the errors that say why."""

    row: Row
    whom: Whom
    errors: tuple[Finding, ...]


@dataclass(frozen=True)
class Named:
    """Who stands where something was found. by_line: rows by their place; tables beside each other have several on a line.
    waiting: the rows of the main rosters that are set aside, in the order of pages. heading: what the chief one of them
    calls a name."""

    by_line: Mapping[Line, Sequence[Standing]] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()
    heading: str = NAME

    def of(self, finding: Finding) -> Whom:
        """Whom a finding is about; nobody, where it is about no row, or about several."""
        there = {one.whom for one in _there(finding, self.by_line)}
        return there.pop() if len(there) == 1 else NOBODY

    def only(self, lines: Set[Line]) -> "Named":
        """The same, with those waiting that stand in these lines."""
        return replace(self, waiting=tuple(one for one in self.waiting if one.row.line in lines))


@dataclass(frozen=True)
class Towns:
    """The county's townships. own: the name of one, by what a row writes. rank: where it stands among those of a page."""

    own: Callable[[str], str] = str
    rank: Callable[[str], Any] = str


def named(
    mains: Sequence[Roster[Any]],
    others: Iterable[Roster[Any]],
    aside: Iterable[Row],
    findings: Sequence[Finding],
    towns: Towns,
    heading: str = NAME,
) -> Named:
    """mains: the rosters whose rows are judged. others: those that serve. aside: the rows of the main ones that the
    programme set aside, beside those that could not be read."""
    lines = {one.place.line for one in findings}
    by_line: dict[Line, list[Standing]] = defaultdict(list)
    for _, row, whom in _touched(mains, lines, towns):
        for one in (row, *row.joined):
            by_line[one.line].append(Standing(row, whom))
    for row, whom in _serving(others, mains, lines, towns):
        by_line[row.line].append(Standing(row, whom))
    unread = (row for roster in mains for row in roster.set_aside)
    waiting = list(_waiting([*aside, *unread], by_line, findings))
    waiting.sort(key=lambda one: (towns.rank(one.whom.township), one.row.line))
    return Named(dict(by_line), tuple(waiting), heading)


def _touched(
    rosters: Iterable[Roster[Any]], lines: Set[Line], towns: Towns
) -> Iterator[tuple[str, Row, Whom]]:
    """The rows against which something stands: the number of whom they are about, where it was read, and whom."""
    for roster in rosters:
        for record in roster.records:
            if _is_in(record.row, lines):
                yield _number(record), record.row, _of_record(record, towns)
        for row in roster.set_aside:
            if _is_in(row, lines):
                yield row.written("identity"), row, _of_row(row, towns)


def _is_in(row: Row, lines: Set[Line]) -> bool:
    return row.line in lines or (row.joined != () and any(one.line in lines for one in row.joined))


def _serving(
    rosters: Iterable[Roster[Any]], mains: Iterable[Roster[Any]], lines: Set[Line], towns: Towns
) -> Iterator[tuple[Row, Whom]]:
    """The same of rosters that serve: of somebody who stands in a main one, whom that says it is."""
    rows = list(_touched(rosters, lines, towns))
    numbers = {number for number, _, _ in rows} - {""}
    people = (record for roster in mains if numbers for record in roster.records)
    homes = {_number(record): _of_record(record, towns) for record in people if _number(record) in numbers}
    yield from ((row, homes.get(number, whom)) for number, row, whom in rows)


def _number(record: Any) -> str:
    return getattr(record, "identity", "") or ""


def _of_record(record: Record, towns: Towns) -> Whom:
    township, village, name = (
        without_numbers(str(getattr(record, field, None) or "")) for field in ("township", "village", "name")
    )
    return Whom(towns.own(township) if township else "", village, name, record.called)


def _of_row(row: Row, towns: Towns) -> Whom:
    """Whom a row is about that could not be read, as it writes it."""
    township = row.written("township") or row.source.sender
    village, name = (without_numbers("".join(row.written(field).split())) for field in ("village", "name"))
    return Whom(without_numbers(towns.own(township)) if township else "", village, name, name)


def _waiting(
    rows: Iterable[Row], by_line: Mapping[Line, Sequence[Standing]], findings: Iterable[Finding]
) -> Iterator[Waiting]:
    errors: dict[Line, list[Finding]] = defaultdict(list)
    for one in findings:
        if one.severity is Severity.ERROR:
            errors[one.place.line].append(one)
    for row in rows:
        (whom,) = {one.whom for one in by_line[row.line] if one.row is row}
        there = [one for line in (row, *row.joined) for one in errors[line.line]]
        own = [one for one in there if any(standing.row is row for standing in _there(one, by_line))]
        yield Waiting(row, whom, tuple(dict.fromkeys(own or there)))


def _there(finding: Finding, by_line: Mapping[Line, Sequence[Standing]]) -> Sequence[Standing]:
    """The rows that a finding is about: of tables beside each other, the one that has its column."""
    there = by_line.get(finding.place.line, ())
    own = [one for one in there if finding.place.column in one.columns] if len(there) > 1 else there
    return own or there
