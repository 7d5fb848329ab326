"""Finds out whom a finding is about (township, village, name), and which rows are set aside. It works on
rosters in memory.

A finding knows only its place in a workbook; the rosters that were read say who is in that place.
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
    """The heading of the name column of a roster, 姓名 where it has none."""
    return next((field.heading for field in wanted.fields if field.name == "name"), NAME)


class Whom(NamedTuple):
    """The person or organisation of a row. called: the words with which messages about the row begin."""

    township: str = ""
    village: str = ""
    name: str = ""
    called: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, self[:3]))

    def said(self, finding: Finding) -> str:
        """The message of a finding without the name at its start, since a list has the name in another
        column."""
        message = finding.message
        for opening in filter(None, (self.called, self.name)):
            message = message.removeprefix(f"{opening}：")
        return message


NOBODY = Whom()


class RowStanding(NamedTuple):
    """A row with a finding, and whom it is about."""

    row: Row
    whom: Whom

    @property
    def columns(self) -> set[int]:
        """The numbers of the columns of the table in which the row is."""
        return {column for column, _ in self.row.source.columns.values()}


class Waiting(NamedTuple):
    """A row that is set aside, whom it is about, and the errors that say why."""

    row: Row
    whom: Whom
    errors: tuple[Finding, ...]


@dataclass(frozen=True)
class Named:
    """Who is in the places of the findings.

    by_line: the rows by place; where tables stand side by side, a line has several. waiting: the rows of the
    main rosters that are set aside, in the order of pages. heading: of the name column in the chief roster.
    """

    by_line: Mapping[Line, Sequence[RowStanding]] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()
    heading: str = NAME

    def of(self, finding: Finding) -> Whom:
        """Whom a finding is about; NOBODY where it is about no row or about several people."""
        there = {standing.whom for standing in _there(finding, self.by_line)}
        return there.pop() if len(there) == 1 else NOBODY

    def only(self, lines: Set[Line]) -> "Named":
        """The same with only those waiting rows that are in these lines."""
        return replace(self, waiting=tuple(each for each in self.waiting if each.row.line in lines))


@dataclass(frozen=True)
class Towns:
    """The townships. own: the official name of one as a row writes it. rank: its position on pages."""

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
    """Find whom the findings are about, and which rows wait.

    mains: the rosters whose rows are judged. others: further rosters, such as 任职经历. aside: the rows of
    the main rosters that the programme set aside; rows that could not be read are added here.
    """
    lines = {finding.place.line for finding in findings}
    by_line: dict[Line, list[RowStanding]] = defaultdict(list)
    for _, row, whom in _touched(mains, lines, towns):
        for part in (row, *row.joined):
            by_line[part.line].append(RowStanding(row, whom))
    for row, whom in _serving(others, mains, lines, towns):
        by_line[row.line].append(RowStanding(row, whom))
    unread = (row for roster in mains for row in roster.set_aside)
    waiting = list(_waiting([*aside, *unread], by_line, findings))
    waiting.sort(key=lambda each: (towns.rank(each.whom.township), each.row.line))
    return Named(dict(by_line), tuple(waiting), heading)


def _touched(
    rosters: Iterable[Roster[Any]], lines: Set[Line], towns: Towns
) -> Iterator[tuple[str, Row, Whom]]:
    """The rows with a finding: the identity number if it was read, the row, and whom it is about."""
    for roster in rosters:
        for record in roster.records:
            if _is_in(record.row, lines):
                yield _number(record), record.row, _of_record(record, towns)
        for row in roster.set_aside:
            if _is_in(row, lines):
                yield row.written("identity"), row, _of_row(row, towns)


def _is_in(row: Row, lines: Set[Line]) -> bool:
    return row.line in lines or (row.joined != () and any(part.line in lines for part in row.joined))


def _serving(
    rosters: Iterable[Roster[Any]], mains: Iterable[Roster[Any]], lines: Set[Line], towns: Towns
) -> Iterator[tuple[Row, Whom]]:
    """The same for further rosters. Somebody who is in a main roster, too, gets the township and name written
    there."""
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
    """Whom an unreadable row is about, in the words of the row."""
    township = row.written("township") or row.source.sender
    village, name = (without_numbers("".join(row.written(field).split())) for field in ("village", "name"))
    return Whom(without_numbers(towns.own(township)) if township else "", village, name, name)


def _waiting(
    rows: Iterable[Row], by_line: Mapping[Line, Sequence[RowStanding]], findings: Iterable[Finding]
) -> Iterator[Waiting]:
    errors: dict[Line, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity is Severity.ERROR:
            errors[finding.place.line].append(finding)
    for row in rows:
        # A row that is set aside always has a finding, so it is in `by_line`. If not, the program has a fault, and this fails.
        (whom,) = {standing.whom for standing in by_line[row.line] if standing.row is row}
        there = [error for line in (row, *row.joined) for error in errors[line.line]]
        exact = [error for error in there if any(standing.row is row for standing in _there(error, by_line))]
        yield Waiting(row, whom, tuple(dict.fromkeys(exact or there)))


def _there(finding: Finding, by_line: Mapping[Line, Sequence[RowStanding]]) -> Sequence[RowStanding]:
    """The rows that a finding is about. Where tables stand side by side, it is the row whose table has its
    column."""
    there = by_line.get(finding.place.line, ())
    in_column = (
        [standing for standing in there if finding.place.column in standing.columns]
        if len(there) > 1
        else there
    )
    return in_column or there
