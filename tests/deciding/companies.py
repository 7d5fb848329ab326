"""Looks among whole rosters for two that differ in one cell, of a main roster or of one that serves, and of which a clause decides
one: so also what all rows decide together, as a quota or a rank.

Of two rosters one thing is compared, a row's end or a figure of all, which is another in one of them than in the other; with
the clause altered it is another in exactly one of the two.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product
from random import Random
from typing import Any, NamedTuple

from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Rosters
from sanchuang_cli.policy import Policy
from sanchuang_cli.record import Field, Record
from tests.deciding.alterations import Alteration, values
from tests.deciding.cells import Cells
from tests.deciding.scenes import OF_ALL, Decision, Scene
from tests.deciding.stars import Pair, fields_of, value_of, with_cell

ROWS, COMPANIES = 16, 2
"""So many rows of each main roster are judged together, of so many places in it."""
OTHERS, VALUES, MOST_DECISIONS, NEAR = 24, 3, 3, 50
"""Other rosters of one company that are tried for every clause; values of a cell; decisions that are followed; others of each."""
NAMED, VALUES_NAMED, MOST_TRIED = 4, 8, 60
"""So many rows of a roster in which cells are changed to what stands in a clause; so many values under a heading that it names; other
rosters in all."""


_WHO = (Kind.TEXT, Kind.CHOICE, Kind.NAME, Kind.IDENTITY, Kind.ACCOUNT)


class Cell(NamedTuple):
    """A cell of a company with another value."""

    roster: str
    at: int
    field: Field
    value: Any


@dataclass(frozen=True)
class Company:
    """Rosters of which all rows are judged together."""

    scene: Scene
    rosters: Rosters

    @cached_property
    def came(self) -> Mapping[Decision, Any]:
        return self.scene.together(self.rosters)

    @cached_property
    def others(self) -> list[tuple[Cell, Rosters, Mapping[Decision, Any]]]:
        """Rosters that differ in one cell, whichever it is, and by which anything comes out otherwise. Some cells say what
        another row says in the same column, as of two who hold one post."""
        dice, cells = Random(0), Cells(self.scene.edition, self.scene.when)
        own = [place for place in self._places if place[0] in self.scene.programme.mains]
        copied = (cell for place in dice.sample(own, len(own)) if (cell := self._copied(*place, dice)))
        chosen = dice.sample(self._places, min(OTHERS, len(self._places)))
        drawn = (cell for place in chosen for cell in self._values(*place, cells, 1, dice))
        return [found for cell in (*islice(copied, OTHERS), *drawn) if (found := self._with(cell))]

    @cached_property
    def _places(self) -> list[tuple[str, int, Field]]:
        """Every cell."""
        return [
            (name, at, field)
            for name, roster in self.rosters.items()
            if name in self.scene.programme.reads
            for at in range(len(roster.records))
            for field in fields_of(name, self.scene)
        ]

    def _copied(self, name: str, at: int, field: Field, dice: Random) -> Cell | None:
        """The cell with what another row says, where that tells who or where somebody is."""
        rows = self.rosters[name].records
        value = value_of(dice.choice(rows), field)
        if field.kind not in _WHO or not value or value == value_of(rows[at], field):
            return None
        return Cell(name, at, field, value)

    def _values(
        self, name: str, at: int, field: Field, cells: Cells, most: int, dice: Random
    ) -> Iterator[Cell]:
        values = list(cells.of(field, value_of(self.rosters[name].records[at], field)))
        for value in dice.sample(values, min(most, len(values))):
            yield Cell(name, at, field, value)

    def _with(self, cell: Cell) -> tuple[Cell, Rosters, Mapping[Decision, Any]] | None:
        records = list(self.rosters[cell.roster].records)
        records[cell.at] = with_cell(records[cell.at], cell.field, cell.value)
        rosters = {**self.rosters, cell.roster: replace(self.rosters[cell.roster], records=tuple(records))}
        came = self.scene.together(rosters)
        return (cell, rosters, came) if came != self.came else None

    def pair(self, one: Alteration, others: Sequence[Policy]) -> Pair | bool:
        """The pair that shows a clause; else whether anything comes out otherwise."""
        turned: list[tuple[Policy, Decision]] = []
        for other in others:
            altered = self.scene.together(self.rosters, other)
            if altered:
                turned += [(other, key) for key, was in self.came.items() if altered.get(key, was) != was]
        if turned:
            return self._healed(one, turned) or True
        for other in others[:1]:
            for cell, rosters, came in (*self.others, *self._named(one, self._rows)):
                altered = self.scene.together(rosters, other)
                for key, was in came.items() if altered else ():
                    before = self.came.get(key, was)
                    if altered.get(key, was) != was and before != was:
                        return self._told(cell, (before, was))
        return False

    def _healed(self, one: Alteration, turned: Sequence[tuple[Policy, Decision]]) -> Pair | None:
        """The other roster in which a decision that the clause turns here is another, and the clause turns it no more."""
        step = max(len(turned) // MOST_DECISIONS, 1)
        for other, key in turned[::step][:MOST_DECISIONS]:
            for cell, rosters, came in (*self.others, *self._near(one, key)):
                if came.get(key) != self.came[key] and key in came:
                    altered = self.scene.together(rosters, other)
                    if altered and altered.get(key) == came[key]:
                        return self._told(cell, (self.came[key], came[key]))
        return None

    @cached_property
    def _rows(self) -> list[tuple[str, int]]:
        """Every row, in no order."""
        rows = list(dict.fromkeys((name, at) for name, at, _ in self._places))
        return Random(0).sample(rows, len(rows))

    def _named(
        self, one: Alteration, rows: Sequence[tuple[str, int]]
    ) -> Iterator[tuple[Cell, Rosters, Mapping[Decision, Any]]]:
        """Other rosters by a cell with what stands in the clause, in the first rows of each roster: under a heading that the clause
        names with many values, then under any other with a few."""
        dice, near = Random(one.said), Cells(self.scene.edition, self.scene.when, one.of.block)
        said = {word for word in values(one.of.block) if isinstance(word, str)}
        tried = 0
        for named, many in ((True, VALUES_NAMED), (False, VALUES)):
            for name in dict.fromkeys(name for name, _ in rows):
                fields = [
                    field
                    for field in fields_of(name, self.scene)
                    if bool(said & {field.heading, field.name}) is named
                ]
                own = [at for roster, at in rows if roster == name][:NAMED]
                for at, field in product(own, fields):
                    for cell in self._values(name, at, field, near, many, dice):
                        if tried >= MOST_TRIED:
                            return
                        tried += 1
                        if found := self._with(cell):
                            yield found

    def _near(self, one: Alteration, key: Decision) -> Iterator[tuple[Cell, Rosters, Mapping[Decision, Any]]]:
        """Other rosters by a cell of the row itself, and by others of the values that stand in the clause."""
        dice, near = Random(str(key)), Cells(self.scene.edition, self.scene.when, one.of.block)
        name, at = key
        own = [(name, at)] if name != OF_ALL else []
        yield from self._named(one, [*own, *self._rows])
        tried = 0
        for name, at in (*own, *dice.sample(self._rows, len(self._rows))):
            for field in fields_of(name, self.scene):
                for cell in self._values(name, at, field, near, VALUES, dice):
                    if tried >= NEAR:
                        return
                    tried += 1
                    if found := self._with(cell):
                        yield found

    def _told(self, cell: Cell, outcomes: tuple[Any, Any]) -> Pair:
        was = value_of(self.rosters[cell.roster].records[cell.at], cell.field)
        return Pair(cell.field.heading, was, cell.value, outcomes)


def companies(scene: Scene) -> list[Company]:
    """Rows that stand together in a scene, from several places of its main rosters, with the rows that serve them."""
    found = []
    longest = max(len(scene.rosters[name].records) for name in scene.programme.mains)
    for start in dict.fromkeys(longest * part // COMPANIES for part in range(COMPANIES)):
        kept = {name: scene.rosters[name].records for name in scene.programme.mains}
        share = {name: start * len(rows) // max(longest, 1) for name, rows in kept.items()}
        kept = {name: rows[share[name] :][:ROWS] for name, rows in kept.items()}
        words = {word for rows in kept.values() for row in rows for word in _words(row)}
        rosters = {
            name: replace(roster, records=kept.get(name, ()), set_aside=())
            for name, roster in scene.rosters.items()
        }
        for name in scene.rosters.keys() - kept:
            served = tuple(row for row in scene.rosters[name].records if _about(row) in {"", *words})
            rosters[name] = replace(scene.rosters[name], records=served[: ROWS * 6])
        found.append(Company(scene, rosters))
    return found


def _about(row: Record) -> str:
    """Whom a serving row is about, by what tells it best; "" where it does not say."""
    names = ("identity", "name", "branch", "village", "unit")
    return next((str(value) for name in names if (value := getattr(row, name, ""))), "")


def _words(row: Record) -> Iterator[str]:
    yield from (value for name in type(row).__struct_fields__ if isinstance(value := getattr(row, name), str))
