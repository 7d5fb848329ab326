"""Finds which rows of which sheet belong to which unit, and which units cannot be judged because one of their rows cannot be
used.

A unit is known by its name; where two bear it, by the township too. What nobody can put to a unit decides nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sanchuang_cli.domain.words import narrow
from sanchuang_cli.judging import At
from sanchuang_cli.record import Record, Roster

UNITS, BALLOTS, PAPERS, ITEMS, PROBLEMS = "units", "ballots", "papers", "items", "problems"
SHEETS = {BALLOTS: "测评票", PAPERS: "评分表", ITEMS: "检查扣分", PROBLEMS: "问题清单"}
"""The sheets about units, by the names of their rosters."""


class UnitSheets(NamedTuple):
    """All sheets by the row (its id) of the unit that they are about. waits: why a unit cannot be judged, in words. strange:
    rows that are about no unit of the roster, or about one of several, each with what is said of it."""

    of: Mapping[str, Mapping[int, Sequence[Any]]]
    waits: Mapping[int, Sequence[str]]
    strange: Sequence[tuple[str, Any, str]]

    def about(self, sheet: str, unit: Record) -> Sequence[Any]:
        """The rows of a sheet about a unit."""
        return self.of[sheet].get(id(unit.row), ())


def read_sheets(at: At[Any]) -> UnitSheets:
    """Every row of every sheet that is used, put to its unit."""
    units = _Units(at.rosters[UNITS])
    of: dict[str, dict[int, list[Any]]] = {sheet: defaultdict(list) for sheet in SHEETS}
    waits: dict[int, list[str]] = defaultdict(list)
    strange: list[tuple[str, Any, str]] = []
    looked_at = used(at.policy)
    for sheet, title in SHEETS.items():
        if sheet not in looked_at:
            continue
        for record in _in_order(at, sheet):
            named, several = units.of(record.township, record.unit)
            for unit in named:
                if several:
                    waits[unit].append(f"{title}里写“{record.unit}”的，没有写是哪个乡镇的")
                else:
                    of[sheet][unit].append(record)
            if several or not named:
                said = "名册里有几个乡镇有这个单位，要写乡镇" if named else "名册里没有这个单位"
                strange.append((sheet, record, said))
        for row in at.dropped.get(sheet, ()):
            for unit in units.of(row.written("township"), row.written("unit"))[0]:
                waits[unit].append(f"{title}有一行待核实（{row.place()}）")
    return UnitSheets(of, waits, strange)


def _in_order(at: At[Any], sheet: str) -> list[Any]:
    """The rows of a sheet as they stand there, in whatever order they were read."""
    records = at.rosters[sheet].records if sheet in at.rosters else ()
    return sorted(records, key=lambda record: record.row.line)


class _Units:
    """The units by name, each with its township and the id of its row."""

    def __init__(self, roster: Roster[Any]) -> None:
        self._named: dict[str, list[tuple[str, int]]] = defaultdict(list)
        known = [(unit.township, unit.name, unit.row) for unit in roster.records]
        unread = [(row.written("township"), row.written("name"), row) for row in roster.set_aside]
        for township, name, row in (*known, *unread):
            self._named[narrow(name)].append((narrow(township), id(row)))

    def of(self, township: str, name: str) -> tuple[list[int], bool]:
        """The rows of the unit that is meant, and whether they are of several units."""
        there = narrow(township)
        named = [pair for pair in self._named.get(narrow(name), []) if not there or pair[0] in ("", there)]
        return [row for _, row in named], len({town for town, _ in named}) > 1


def used(policy: Any) -> frozenset[str]:
    """The sheets for which the policy has a part; nothing is read of the others."""
    poll = policy.poll
    parts = {
        BALLOTS: poll and poll.marks,
        PAPERS: poll and poll.papers,
        ITEMS: policy.inspection,
        PROBLEMS: policy.problems,
    }
    return frozenset(sheet for sheet, part in parts.items() if part)


def unused(at: At[Any]) -> Iterator[tuple[str, Any]]:
    """The first row of each sheet for which the policy has no part."""
    for sheet in SHEETS:
        if sheet not in used(at.policy) and sheet in at.rosters:
            yield from ((sheet, record) for record in at.rosters[sheet].records[:1])
