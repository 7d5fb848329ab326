"""Looks for the pair that shows of a clause that it decides.

Two rows differ in one cell alone and come out differently; with the clause altered, exactly one of them comes out otherwise.
First among rows that the programme's own rule judges each without the others (stars.py), then among whole rosters, of which one
thing is compared (companies.py). Rows are those of the programme's sample, read as a run reads them, and those that the oracles
draw (drawn.py), with cells changed to what stands at the edges of the policy (cells.py).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from sanchuang_cli.cli.lint_variants import changed, placed
from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.programme import Programme
from tests.deciding.alterations import Alteration, alterations, compensated, values
from tests.deciding.companies import Company, companies
from tests.deciding.drawn import Handed
from tests.deciding.listed import IDLE, NO_PAIR, REFUSED
from tests.deciding.scenes import Scene
from tests.deciding.stars import Pair, Stars

MOST_PERIODS, MOST_COURTS, MOST_JOINED, MOST_COMPENSATED = 3, 4, 3, 2
"""Days of an edition; scenes that are tried for a clause, row by row and as whole rosters; ways of making up for a figure."""
Place = tuple[str | int, ...]
COUNTY_S_OWN, YEAR = 1000, 12


class Told(NamedTuple):
    """What came of looking for a pair. why: why there is none."""

    of: Alteration
    pair: Pair | None
    why: str = ""


@dataclass(frozen=True)
class Court:
    """A scene with all that is looked through in it."""

    scene: Scene

    @cached_property
    def stars(self) -> Stars:
        return Stars(self.scene)

    @cached_property
    def alterations(self) -> dict[Place, Alteration]:
        """The clauses in force, by their places."""
        return {
            (*one.of.path, one.key): one for one in alterations(self.scene.edition, self.scene.when.period)
        }

    @cached_property
    def companies(self) -> list[Company]:
        return companies(self.scene)


def told(
    programme: Programme,
    rosters: Rosters,
    file: PolicyFile[Any],
    today: date,
    drawn: Sequence[Handed] = (),
    asked: Callable[[Alteration], bool] = lambda one: True,
) -> list[Told]:
    """Of every clause of every edition of a policy that is asked for, the pair that shows it, or why there is none."""
    found: list[Told] = []
    file = replace(file, editions=tuple(map(filled_in, file.editions)))
    for edition in file.editions:
        courts = [Court(one) for one in _scenes(programme, rosters, file, edition, today, drawn)]
        of_edition: dict[Place, Told] = {}
        for court in courts:
            for place, one in court.alterations.items():
                if place not in of_edition and asked(one):
                    of_edition[place] = _told([each for each in courts if place in each.alterations], one)
        found += [_by_its_keys(one, list(of_edition.values())) for one in of_edition.values()]
    return found


def _told(courts: Sequence[Court], one: Alteration) -> Told:
    edition = courts[0].scene.edition
    others = [altered for changes in one.changes if (altered := changed(edition, changes))]
    others = (
        others
        or [altered for changes in compensated(edition, one) if (altered := changed(edition, changes))][
            :MOST_COMPENSATED
        ]
    )
    if not others:
        return Told(one, None, REFUSED)
    differs = False
    for found in _searched(courts[:MOST_COURTS], one, others):
        if isinstance(found, Pair):
            return Told(one, found)
        differs = differs or found
    return Told(one, None, NO_PAIR if differs else IDLE)


def _searched(courts: Sequence[Court], one: Alteration, others: Sequence[Policy]) -> Iterator[Pair | bool]:
    for court in courts:
        yield court.stars.pair(one, others)
    for court in courts[:MOST_JOINED]:
        for company in court.companies:
            yield company.pair(one, others)


def _scenes(
    programme: Programme,
    rosters: Rosters,
    file: PolicyFile[Any],
    edition: Policy,
    today: date,
    drawn: Sequence[Handed],
) -> Iterator[Scene]:
    """The sample on the last days of an edition, what was drawn on its own day if the edition is in force then, and the sample on
    earlier days."""
    own = [Occasion(period, period.last) for period in periods(programme, file, edition, today)]
    yield from (Scene(programme, rosters, file, edition, when) for when in own[:2])
    for one in drawn if own else ():
        then = one.when if _in_force(file, edition, one.when) else own[0]
        yield Scene(programme, one.rosters, file, edition, then)
    yield from (Scene(programme, rosters, file, edition, when) for when in own[2:])


def _in_force(file: PolicyFile[Any], edition: Policy, when: Occasion) -> bool:
    try:
        return (
            file.on(when.period.first) is edition
            and file.on(when.period.last) is edition
            and file.on(when.on) is edition
        )
    except UserError:
        return False


def periods(programme: Programme, file: PolicyFile[Any], edition: Policy, today: date) -> list[Period]:
    """Periods in which an edition is in force: the last one, the last months in which something falls due once a year, and one in
    which dated blocks of it begin."""
    later = [one.effective for one in file.editions if one.effective > edition.effective]
    last = min([today, *(day - timedelta(days=1) for day in later)])
    dated = {edition.effective, *(one for one in values(edition) if isinstance(one, date))}
    ends = sorted((day + timedelta(days=400) for day in dated if edition.effective <= day), reverse=True)
    found = []
    for wanted in (
        programme.default_period(last),
        *(Period(Month(last.year - (month > last.month), month), 1) for month in _months(edition)),
        *(programme.default_period(min(end, last)) for end in ends),
    ):
        period = wanted
        if file.editions[0].effective > period.first or file.on(period.last) is not edition:
            period = Period(Month.of(min(wanted.last, last)), 1)
        if edition.effective <= period.last and file.on(period.last) is edition and period not in found:
            found.append(period)
    return found[:MOST_PERIODS]


def _months(edition: Policy) -> list[int]:
    """The months of the year that a policy names."""
    found = {
        value
        for one in placed(edition)
        for key in one.block.model_fields_set
        if key.endswith("month") and isinstance(value := getattr(one.block, key), int) and 1 <= value <= YEAR
    }
    return sorted(found)


def filled_in(edition: Policy) -> Policy:
    """An edition with a figure for each base of which a county has to write its own."""
    own = {"effective": edition.effective, "amount": COUNTY_S_OWN}
    bases = enumerate(getattr(edition, "base", ()))
    blank: dict[Any, Any] = {
        ("base", i, "values"): [own] for i, one in bases if not getattr(one, "values", True)
    }
    return changed(edition, blank) or edition


def _by_its_keys(one: Told, others: Sequence[Told]) -> Told:
    """A block that a document must have is shown where one of its keys is."""
    if one.pair or one.why != REFUSED or one.of.key:
        return one
    path = one.of.of.path
    within = (other.pair for other in others if other.pair and other.of.of.path[: len(path)] == path)
    return one._replace(pair=next(within, None))
