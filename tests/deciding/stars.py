"""Looks among rows that are judged each by itself: for two that differ in one cell, and of which a clause decides one.

Rows that differ from one base in one cell are a star. Bases are rows of different outcomes, and rows with one cell changed by
which another way is taken: so two cells are changed where one alone does not lead to a clause.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from msgspec import structs

from sanchuang_cli.policy import Policy
from sanchuang_cli.record import Field, Record
from tests.deciding.alterations import Alteration, values
from tests.deciding.cells import Cells
from tests.deciding.scenes import Scene, outcome, path

MOST_SAMPLES, MOST_BASES, MOST_STARRED = 10, 24, 6
"""Bases that are rows as they stand; all bases; those of which every cell is tried with every value."""
SET_ASIDE = 1000
FEW, AT_ONCE, MOST_ROWS, MOST_VALUES, MOST_TURNED = 30, 300, 300, 40, 5
"""Rows of a star that are all kept; judged at once; kept in all; values of a column; rows that are followed."""
MOST_NEAR, COLUMNS_NEAR, VALUES_NEAR = 12, 60, 10
"""Bases of which a clause's own values are tried, in so many columns, those first that the clause names, and so many of each."""


class Pair(NamedTuple):
    """Two rows, or two rosters, that differ in one cell, and what came of them. column: its heading."""

    column: str
    one: Any
    other: Any
    outcomes: tuple[Any, Any]


@dataclass(frozen=True)
class Star:
    """Rows of one roster that differ from a base, and so from one another, in one cell alone. column: of that cell. came: what
    came of each."""

    roster: str
    column: str
    cells: tuple[Any, ...]
    rows: tuple[Record, ...]
    came: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Stars:
    """The stars of a scene."""

    scene: Scene

    @cached_property
    def cells(self) -> Cells:
        """What stands at the edges of the whole edition."""
        return Cells(self.scene.edition, self.scene.when)

    @cached_property
    def bases(self) -> dict[str, list[Record]]:
        """By main roster, rows by which different ways are taken, those first of which least is refused: a clause decides most
        plainly where no other one does."""
        return {name: self._bases(name) for name in self.scene.programme.mains}

    def _bases(self, roster: str) -> list[Record]:
        rows = [one for one in self.scene.rosters[roster].records if not one.row.unread]
        chosen: dict[Any, Record] = {}
        for row, judged in zip(rows, self.scene.alone(roster, rows), strict=True):
            chosen.setdefault(path(judged), row)
        bases = sorted(chosen.values(), key=lambda row: self._refused(roster, row))[:MOST_SAMPLES]
        dice, at = Random(roster), 0
        while at < len(bases) < MOST_BASES:
            stars = list(_stars(roster, bases[at], self.cells, self.scene, 8, dice))
            rows = [row for star in stars for row in star.rows]
            for row, judged in zip(rows, self.scene.alone(roster, rows), strict=True):
                if path(judged) not in chosen and len(bases) < MOST_BASES:
                    chosen[path(judged)] = row
                    bases.append(row)
            at += 1
        return sorted(bases, key=lambda row: self._refused(roster, row))

    def _refused(self, roster: str, row: Record) -> int:
        """How much speaks against a row: it is set aside, or steps do not hold."""
        (judged,) = self.scene.alone(roster, [row])
        if judged is None or judged.verdict is None:
            return SET_ASIDE
        return sum(one.holds is False for one in getattr(judged.verdict, "reasons", ()))

    @cached_property
    def parcels(self) -> list[list[Star]]:
        """The stars of one roster, so many rows at a time: the rule is made ready once for all of them."""
        found: list[list[Star]] = []
        for roster, bases in self.bases.items():
            size = kept = AT_ONCE
            for base in bases[:MOST_STARRED]:
                for star in self._judged(
                    _stars(roster, base, self.cells, self.scene, MOST_VALUES, Random(roster))
                ):
                    if size >= AT_ONCE:
                        found.append([])
                        size = 0
                    found[-1].append(star)
                    size, kept = size + len(star.rows), kept + len(star.rows)
                if kept > MOST_ROWS:
                    break
        return found

    def _judged(self, stars: Iterable[Star]) -> Iterator[Star]:
        """Those of which different things come, with what came; of a long one those rows alone beside which something else
        comes."""
        every = list(stars)
        rows = [row for star in every for row in star.rows]
        came = iter(self.scene.alone(every[0].roster, rows) if every else ())
        for star in every:
            own = [outcome(one) for one in islice(came, len(star.rows))]
            if len(set(own)) > 1:
                yield _edges(star, own)

    def pair(self, one: Alteration, others: Sequence[Policy]) -> Pair | bool:
        """The pair that shows a clause; else whether any row comes out otherwise. others: the edition with it altered."""
        turned: list[tuple[str, Record]] = []
        for parcel in list(self.parcels):
            if found := self._among(parcel, others, turned):
                self.parcels.remove(parcel)
                self.parcels.insert(0, parcel)  # the next clause stands beside this one, and so do its rows
                return found
        if found := self._around(turned, one, others):
            return found
        further: list[tuple[str, Record]] = []
        near = Cells(self.scene.edition, self.scene.when, one.of.block)
        for roster, bases in self.bases.items():
            columns = self._columns(roster, one)
            for base in bases[:MOST_NEAR]:
                stars = self._judged(
                    _stars(roster, base, near, self.scene, VALUES_NEAR, Random(roster), columns)
                )
                if found := self._among(list(stars), others, further):
                    return found
        return self._around(further, one, others) or bool(turned or further)

    def _columns(self, roster: str, one: Alteration) -> Sequence[Field]:
        """Those that a clause names, then any others."""
        said = [word for word in values(one.of.block) if isinstance(word, str)]
        every = fields_of(roster, self.scene)
        dice = Random(one.said)
        chance = dice.sample(every, len(every))
        return sorted(
            chance,
            key=lambda field: (
                not any(field.heading in word or word in field.heading for word in said if word)
            ),
        )[:COLUMNS_NEAR]

    def _among(
        self, stars: Sequence[Star], others: Sequence[Policy], turned: list[tuple[str, Record]]
    ) -> Pair | None:
        rows = [row for star in stars for row in star.rows]
        for other in others if rows else ():
            altered = iter(self.scene.alone(stars[0].roster, rows, other))
            for star in stars:
                now = [outcome(one) for one in islice(altered, len(star.rows))]
                here = [i for i, (was, new) in enumerate(zip(star.came, now, strict=False)) if was != new]
                if found := _pair(star, now, here):
                    return found
                turned += [(star.roster, star.rows[i]) for i in here[:1]]
        return None

    def _around(
        self, turned: Sequence[tuple[str, Record]], one: Alteration, others: Sequence[Policy]
    ) -> Pair | None:
        """The pair of a row that comes out otherwise, and one that differs from it in any one cell."""
        step = max(len(turned) // MOST_TURNED, 1)
        for roster, row in turned[::step][:MOST_TURNED]:
            columns = self._columns(roster, one)
            stars = self._judged(_stars(roster, row, self.cells, self.scene, FEW, Random(roster), columns))
            if found := self._among(list(stars), others, []):
                return found
        return None


def _edges(star: Star, came: Sequence[Any]) -> Star:
    kept = list(range(len(came)))
    if len(came) > FEW:
        first = {result: i for i, result in reversed(list(enumerate(came)))}
        kept = [i for i in kept if first[came[i]] == i or len({*came[max(i - 1, 0) : i + 2]}) > 1]
    return replace(
        star,
        cells=tuple(star.cells[i] for i in kept),
        rows=tuple(star.rows[i] for i in kept),
        came=tuple(came[i] for i in kept),
    )


def _pair(star: Star, altered: Sequence[Any], turned: Sequence[int]) -> Pair | None:
    """A row that turned and one that did not, of which different things came."""
    for i in turned:
        for j, (was, now) in enumerate(zip(star.came, altered, strict=True)):
            if was == now and was != star.came[i]:
                return Pair(star.column, star.cells[i], star.cells[j], (star.came[i], was))
    return None


def _stars(
    roster: str,
    base: Record,
    cells: Cells,
    scene: Scene,
    most: int,
    dice: Random,
    columns: Sequence[Field] | None = None,
) -> Iterator[Star]:
    """The star of each column, or of these. most: so many values of a column are tried, in their order."""
    for field in fields_of(roster, scene) if columns is None else columns:
        others = list(cells.of(field, value_of(base, field)))
        if len(others) > most:
            others = [others[i] for i in sorted(dice.sample(range(len(others)), most))]
        if others:
            rows = (base, *(with_cell(base, field, value) for value in others))
            yield Star(roster, field.heading, (value_of(base, field), *others), rows)


def fields_of(roster: str, scene: Scene) -> Sequence[Field]:
    """The columns of a roster, with those that the policy adds."""
    more = scene.programme.policy_columns(scene.edition).get(roster, ())
    return scene.programme.reads[roster].with_more(more).fields


def value_of(row: Record, field: Field) -> Any:
    return getattr(row, field.name) if _own(row, field) else row.more.get(field.name)


def with_cell(row: Record, field: Field, value: Any) -> Record:
    """The row with another value in one cell."""
    if not _own(row, field):
        return structs.replace(row, more={**row.more, field.name: value})
    blank = type(row).defaults().get(field.name, "")
    return structs.replace(row, **{field.name: blank if value is None else value})


def _own(row: Record, field: Field) -> bool:
    return field.name in type(row).__struct_fields__
