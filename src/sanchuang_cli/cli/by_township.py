"""Splits a finished run by township, for `{township}` in the path of a result; it works on values and writes no file.

The whole county is judged together; only its pages are split. A page without a column of townships is in no part.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from sanchuang_cli.finding import Finding, Place
from sanchuang_cli.outcome import Rosters
from sanchuang_cli.report import files
from sanchuang_cli.report.run import Run
from sanchuang_cli.roster.townships import Township, own_name, own_names
from sanchuang_cli.table import Table
from sanchuang_cli.tally import Tally

PLACEHOLDER, BLANK = "{township}", "乡镇未填"
_COLUMN = {"乡镇"}

At = tuple[str, str, int]
"""Book, sheet and row."""


class TownshipPart(NamedTuple):
    """The run of one township, and the path of its workbook."""

    target: Path
    run: Run


def parts(
    run: Run, mains: Sequence[str], rosters: Rosters, target: Path, listed: Sequence[Township] = ()
) -> Iterator[TownshipPart]:
    """One part for each township, and one for rows without a township.

    mains: the rosters whose rows are split. target: the path with {township}. listed: the townships of county.toml.
    """
    where = _Where(mains, rosters, own_names(listed))
    aside = {_at(row.place()) for roster in rosters.values() for row in roster.set_aside}
    aside |= {_at(row.place()) for row in run.outcome.set_aside}
    whole = run.outcome.tally
    assert sum(map(len, where.rows.values())) == whole.read, "a row is in no township, or in two"
    rows_of = sorted(where.rows.items()) or [(BLANK, [])]
    for township, rows in rows_of:
        left = [at for at in rows if at in aside]
        used = [at for at in rows if at not in aside]
        outcome = replace(
            run.outcome,
            tables=tuple(part for table in run.outcome.tables if (part := _part(table, township))),
            findings=tuple(one for one in run.outcome.findings if township in where.of(one)),
            tally=Tally(len(rows), (("已认定", len(used)),), len(left)),
        )
        place = Path(str(target).replace(PLACEHOLDER, township))
        called, named = f"{township}（共 {len(rows_of)} 份）", run.named.only(set(left))
        yield TownshipPart(place, replace(run, outcome=outcome, part=called, named=named))


class _Where:
    """Knows the townships of every place. rows: the rows of the main rosters by township, also unreadable ones."""

    def __init__(self, mains: Sequence[str], rosters: Rosters, official: Mapping[str, str]) -> None:
        main_rosters = [rosters[main] for main in mains]
        people = [record for main in main_rosters for record in main.records]
        homes = _homes(people)
        self.rows: dict[str, list[At]] = defaultdict(list)
        for person in people:
            home = (
                _named(person.township) if hasattr(person, "township") else homes.get(_number(person), BLANK)
            )
            self.rows[home] += [_at(row.place()) for row in (person.row, *person.row.joined)]
        for row in (row for main in main_rosters for row in main.set_aside):
            home = _named(own_name(row.written("township") or row.source.sender, official))
            self.rows[home] += [_at(each.place()) for each in (row, *row.joined)]
        self._of_row = {at: {township} for township, rows in self.rows.items() for at in rows}
        self._of_sheet: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._of_book: dict[str, set[str]] = defaultdict(set)
        for at, townships in self._of_row.items():
            self._of_sheet[at[:2]] |= townships
            self._of_book[at[0]] |= townships
        self._add_others(homes, [roster for name, roster in rosters.items() if name not in mains])

    def _add_others(self, homes: Mapping[str, str], others: list[Any]) -> None:
        """Add rows of further rosters, such as 任职经历.

        They belong to the township of the person in the main roster, else to the one that they name themselves.
        """
        for roster in others:
            for record in roster.records:
                home = homes.get(_number(record)) or files.named(getattr(record, "township", ""))
                if home in self.rows:
                    self._of_row[_at(record.row.place())] = {home}

    def of(self, finding: Finding) -> set[str]:
        """The townships that a finding concerns; all of them where it is about something that all share."""
        place = finding.place
        if place.row and _at(place) in self._of_row:
            return self._of_row[_at(place)]
        if place.sheet in self.rows:  # the ledger's findings stand under the township
            return {place.sheet}
        return (
            self._of_sheet.get((place.book, place.sheet)) or self._of_book.get(place.book) or set(self.rows)
        )


def _homes(people: Sequence[Any]) -> dict[str, str]:
    """The township of each identity number."""
    return {
        _number(person): _named(person.township)
        for person in people
        if _number(person) and hasattr(person, "township")
    }


def _number(record: Any) -> str:
    return getattr(record, "identity", "") or ""


def _at(place: Place) -> At:
    return place.book, place.sheet, place.row


def _named(township: Any) -> str:
    """The name of the township in a form that a path can have."""
    return files.named(str(township or "")) or BLANK


def _part(table: Table, township: str) -> Table | None:
    at = next((j for j, column in enumerate(table.columns) if column.called(_COLUMN)), None)
    if at is None:
        return None
    rows = [row for row in table.rows if _named(row[at]) == township]
    return table.part(table.columns[at].name, rows, township)
