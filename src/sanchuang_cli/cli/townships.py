"""`{township}` in the path of a result: a workbook for each township, with what concerns it and nothing of the others.

Judged is the whole county at once; only the pages are taken apart. Pages that know no township are in no part.
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


class Part(NamedTuple):
    """A township's workbook."""

    target: Path
    run: Run


def parts(
    run: Run, mains: Sequence[str], rosters: Rosters, target: Path, listed: Sequence[Township] = ()
) -> Iterator[Part]:
    """One part a township, each with the path that `target` gives it; one for those of whom it is not written. mains:
    the rosters whose rows the parts have. listed: the county's townships."""
    where = _Where(mains, rosters, own_names(listed))
    aside = {_at(row.place()) for roster in rosters.values() for row in roster.set_aside}
    aside |= {_at(row.place()) for row in run.outcome.set_aside}
    whole = run.outcome.tally
    assert sum(map(len, where.rows.values())) == whole.read, "a row is in no township, or in two"
    rows_of = sorted(where.rows.items()) or [(BLANK, [])]
    for township, listed_rows in rows_of:
        rows = dict.fromkeys(listed_rows)
        left = [at for at in rows if at in aside]
        used = [at for at in rows if at not in aside]
        outcome = replace(
            run.outcome,
            tables=tuple(part for table in run.outcome.tables if (part := _part(table, township))),
            set_aside=tuple(row for row in run.outcome.set_aside if row.line in rows),
            unread=tuple(row for row in run.outcome.unread if row.line in rows),
            findings=tuple(one for one in run.outcome.findings if township in where.of(one)),
            tally=Tally(len(rows), (("已认定", len(used)),), len(left)),
        )
        place = Path(str(target).replace(PLACEHOLDER, township))
        yield Part(place, replace(run, outcome=outcome, part=f"{township}（共 {len(rows_of)} 份）"))


class _Where:
    """Which townships a place concerns. rows: of the main rosters, by township, unreadable ones among them."""

    def __init__(self, mains: Sequence[str], rosters: Rosters, own: Mapping[str, str]) -> None:
        whole = [rosters[main] for main in mains]
        people = [one for main in whole for one in main.records]
        homes = _homes(people)
        self.rows: dict[str, list[At]] = defaultdict(list)
        for one in people:
            home = _named(one.township) if hasattr(one, "township") else homes.get(_number(one), BLANK)
            self.rows[home] += [_at(row.place()) for row in (one.row, *one.row.joined)]
        for row in (row for main in whole for row in main.set_aside):
            home = _named(own_name(row.written("township") or row.source.sender, own))
            self.rows[home] += [_at(each.place()) for each in (row, *row.joined)]
        self._of_row = {at: {township} for township, rows in self.rows.items() for at in rows}
        self._of_sheet: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._of_book: dict[str, set[str]] = defaultdict(set)
        for at, townships in self._of_row.items():
            self._of_sheet[at[:2]] |= townships
            self._of_book[at[0]] |= townships
        self._add_others(homes, [roster for name, roster in rosters.items() if name not in mains])

    def _add_others(self, homes: Mapping[str, str], others: list[Any]) -> None:
        """Rows of other rosters that name somebody of the main ones by identity number, such as 任职经历; who is not
        there is at home where the other roster says."""
        for roster in others:
            for one in roster.records:
                home = homes.get(_number(one)) or files.named(getattr(one, "township", ""))
                if home in self.rows:
                    self._of_row[_at(one.row.place())] = {home}

    def of(self, finding: Finding) -> set[str]:
        """The townships that a finding concerns: all of them, where it is about something that all share."""
        place = finding.place
        if place.row and _at(place) in self._of_row:
            return self._of_row[_at(place)]
        if place.sheet in self.rows:  # the ledger's findings stand under the township
            return {place.sheet}
        return (
            self._of_sheet.get((place.book, place.sheet)) or self._of_book.get(place.book) or set(self.rows)
        )


def _homes(people: Sequence[Any]) -> dict[str, str]:
    """The township of everybody who has a number and says one."""
    return {_number(one): _named(one.township) for one in people if _number(one) and hasattr(one, "township")}


def _number(one: Any) -> str:
    return getattr(one, "identity", "") or ""


def _at(place: Place) -> At:
    return place.book, place.sheet, place.row


def _named(township: Any) -> str:
    """As it can stand in a path."""
    return files.named(str(township or "")) or BLANK


def _part(table: Table, township: str) -> Table | None:
    at = next((j for j, column in enumerate(table.columns) if column.called(_COLUMN)), None)
    if at is None:
        return None
    rows = [row for row in table.rows if _named(row[at]) == township]
    group = "" if table.group == table.columns[at].name else table.group
    return replace(table, title=f"{table.title}（{township}）", rows=rows, group=group)
