"""Looks for the pair of rows that shows of a clause that it decides.

Two rows differ in one cell alone and come out differently; with the clause altered, exactly one of them comes out otherwise.
Rows are those of a programme's sample, read as a run reads them, with one cell changed (cells.py). The programme's own rule
judges them, each without the others: what only all rows decide together cannot be shown so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from msgspec import Struct, structs
from pydantic import BaseModel

from sanchuang_cli.cli.lint_variants import changed
from sanchuang_cli.finding import UserError
from sanchuang_cli.outcome import Occasion, Rosters
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.programme import Programme
from sanchuang_cli.record import Record
from tests.deciding.alterations import Alteration, alterations, values
from tests.deciding.cells import Cells

MOST_SAMPLES, MOST_BASES, MOST_PERIODS = 8, 14, 2
COUNTY_S_OWN = 1000
REFUSED = "without it the document is none"


class Pair(NamedTuple):
    """Two rows that differ in one cell, and what came of them. column: its heading."""

    column: str
    one: Any
    other: Any
    outcomes: tuple[Any, Any]


class Told(NamedTuple):
    """What came of looking for a pair. why: why there is none."""

    of: Alteration
    pair: Pair | None
    why: str = ""


@dataclass(frozen=True)
class Star:
    """Rows of one roster that differ from a base, and so from one another, in one cell alone. column: of that cell. came: what came of each."""

    roster: str
    column: str
    cells: tuple[Any, ...]
    rows: tuple[Record, ...]
    came: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Court:
    """A programme with the rosters of its sample, an edition of a policy and a period: what judges rows."""

    programme: Programme
    rosters: Rosters
    file: PolicyFile[Any]
    edition: Policy
    period: Period

    @property
    def when(self) -> Occasion:
        """The last day of the period is the day of judgement."""
        return Occasion(self.period, self.period.last)

    def outcomes(
        self, roster: str, rows: Sequence[Record], edition: Policy | None = None
    ) -> list[Any] | None:
        """What comes of each row by itself. edition: in place of the own one. None where it has no figure."""
        own = tuple(edition or one if one is self.edition else one for one in self.file.editions)
        file = replace(self.file, editions=own)
        try:
            rosters, dropped, _ = self.programme._serving(self.rosters, self.when.on)
            at = self.programme._at(rosters, dropped, file, self.when)
            return [outcome(one) for one in self.programme.mains[roster].judged(rows, at)]
        except (UserError, AssertionError, KeyError, ZeroDivisionError):
            return None

    @cached_property
    def stars(self) -> list[Star]:
        """The stars of every roster: of rows of the sample first, then of rows with one cell changed of which something new came."""
        cells = Cells(self.edition, self.period, self.when.on)
        found: list[Star] = []
        for name in self.programme.mains:
            known, bases = self._bases(name)
            for base in bases:
                for star in _stars(name, base, cells, self):
                    came = self.outcomes(name, star.rows)
                    if came is None or len(set(came)) == 1:
                        continue
                    found.append(_edges(star, came))
                    for row, result in zip(star.rows, came, strict=True):
                        if _sort_of(result) not in known and len(bases) < MOST_BASES:
                            known.add(_sort_of(result))
                            bases.append(row)
        return found

    @cached_property
    def parcels(self) -> list[list[Star]]:
        """The stars of one roster, so many rows at a time: the rule is made ready once for all of them."""
        found: list[list[Star]] = []
        size = AT_ONCE
        for star in self.stars:
            if size >= AT_ONCE or found[-1][0].roster != star.roster:
                found.append([])
                size = 0
            found[-1].append(star)
            size += len(star.rows)
        return found

    def _bases(self, roster: str) -> tuple[set[Any], list[Record]]:
        """Rows of the sample of which different things come."""
        records = [one for one in self.rosters[roster].records if not one.row.unread]
        came = self.outcomes(roster, records)
        chosen: dict[Any, Record] = {}
        for record, result in zip(records, came or [], strict=False):
            chosen.setdefault(_sort_of(result), record)
        return set(chosen), list(chosen.values())[:MOST_SAMPLES]

    def pair(self, one: Alteration, budget: int) -> Told:
        """Look for a pair. budget: how many parcels of stars are tried."""
        others = [edition for changes in one.changes if (edition := changed(self.edition, changes))]
        if not others:
            return Told(one, None, REFUSED)
        differs = False
        for stars in self.parcels[:budget]:
            rows = [row for star in stars for row in star.rows]
            for other in others:
                altered = iter(self.outcomes(stars[0].roster, rows, other) or ())
                for star in stars:
                    now = list(islice(altered, len(star.rows)))
                    turned = [
                        i for i, (was, new) in enumerate(zip(star.came, now, strict=False)) if was != new
                    ]
                    differs = differs or bool(turned)
                    if found := _pair(star, now, turned):
                        return Told(one, found)
        if differs:
            return Told(one, None, "rows come out otherwise without it, but no two that differ in one cell")
        return Told(
            one, None, "no row of the sample comes out otherwise without it, whichever one cell is changed"
        )


FEW, AT_ONCE = 60, 600


def _edges(star: Star, came: Sequence[Any]) -> Star:
    """The star with what came of its rows; of a long one those rows alone beside which something else comes."""
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


def _stars(roster: str, base: Record, cells: Cells, court: Court) -> Iterator[Star]:
    wanted = court.programme.mains[roster].wanted
    more = court.programme.policy_columns(court.edition).get(roster, ())
    for field in wanted.with_more(more).fields:
        own = field.name in type(base).__struct_fields__
        now = getattr(base, field.name) if own else base.more.get(field.name)
        rows, values = [base], [now]
        for value in cells.of(field, now):
            blank = type(base).defaults().get(field.name, "") if own else None
            value = blank if value is None and own else value
            rows.append(
                structs.replace(base, **{field.name: value})
                if own
                else structs.replace(base, more={**base.more, field.name: value})
            )
            values.append(value)
        if len(rows) > 1:
            yield Star(roster, field.heading, tuple(values), tuple(rows))


def outcome(judged: Any) -> Any:
    """What came of a row: the findings that set it aside or warn, and all of the verdict but its words."""
    codes = frozenset((finding.code, finding.severity) for finding in judged.findings)
    aside = any(severity == "error" for _, severity in codes)
    payments = getattr(judged.verdict, "payments", None)
    if payments is not None:
        return codes, () if aside else tuple((one.benefit, one.month, one.fen) for one in payments)
    return codes, () if aside else digest(judged.verdict)


def digest(value: Any) -> Any:
    """A value without records, reasons and blocks of the policy, to be held beside another."""
    if isinstance(value, BaseModel | Record):
        return getattr(value, "name", "")
    if isinstance(value, Struct):
        kept = [name for name in value.__struct_fields__ if name not in ("record", "reasons")]
        return tuple((name, digest(getattr(value, name))) for name in kept)
    if isinstance(value, Mapping):
        return tuple((repr(key), digest(item)) for key, item in value.items())
    if isinstance(value, tuple | list):
        return tuple(digest(item) for item in value)
    return value if isinstance(value, str | int | float | bool | None) else repr(value)


def _sort_of(result: Any) -> Any:
    """By what rows are alike enough that one of them is a base."""
    codes, came = result
    names = {item[0] for item in came if isinstance(item, tuple)} if came else set()
    part = next((item[1] for item in came if isinstance(item, tuple) and item[0] == "part"), "")
    return codes, frozenset(map(str, names)), str(part)


def periods(programme: Programme, file: PolicyFile[Any], edition: Policy, today: date) -> list[Period]:
    """Periods in which an edition is in force: the last one, and those in which dated blocks of it begin."""
    later = [one.effective for one in file.editions if one.effective > edition.effective]
    last = min([today, *(day - timedelta(days=1) for day in later)])
    dated = {edition.effective, *(one for one in values(edition) if isinstance(one, date))}
    ends = [
        last,
        *sorted((day + timedelta(days=400) for day in dated if edition.effective <= day), reverse=True),
    ]
    found = []
    for end in ends:
        period = programme.default_period(min(end, last))
        if file.editions[0].effective > period.first or file.on(period.last) is not edition:
            period = Period(Month.of(min(end, last)), 1)
        if (
            edition.effective <= period.last <= today
            and file.on(period.last) is edition
            and period not in found
        ):
            found.append(period)
    return found[:MOST_PERIODS]


def told(
    programme: Programme, rosters: Rosters, file: PolicyFile[Any], today: date, budget: int = 10**6
) -> list[Told]:
    """Of every clause of every edition of a policy, the pair that shows it, or why there is none."""
    found: dict[tuple[Any, ...], Told] = {}
    file = replace(file, editions=tuple(map(filled_in, file.editions)))
    for edition in file.editions:
        for period in periods(programme, file, edition, today):
            court = Court(programme, rosters, file, edition, period)
            for one in alterations(edition, period):
                key = (edition.effective, one.of.path, one.key)
                if key not in found or found[key].pair is None:
                    new = court.pair(one, budget)
                    if key not in found or new.pair:
                        found[key] = new
    return [_by_its_keys(one, list(found.values())) for one in found.values()]


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
    if one.pair or one.why != REFUSED:
        return one
    path = one.of.of.path
    within = (other.pair for other in others if other.pair and other.of.of.path[: len(path)] == path)
    return one._replace(pair=next(within, None))
