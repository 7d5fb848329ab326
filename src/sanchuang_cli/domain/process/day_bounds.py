"""Compares a day with its bounds, where either may be known only to a month or a year.

A base that is known only vaguely may be any of its days, and all bounds follow from the same one. A later base never has
earlier bounds, so where the first and the last day of the base say the same, all days between them do.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sanchuang_cli.domain.process.lengths import Reach, ReadyLength
from sanchuang_cli.domain.process.verdict import StepState
from sanchuang_cli.period import VagueDate

_DAY = timedelta(1)


class Limits(NamedTuple):
    """Bounds made ready, with the months that the record adds to each."""

    opens: ReadyLength | None
    closes: ReadyLength | None
    last: ReadyLength | None
    more: tuple[int, int, int] = (0, 0, 0)

    def on(self, base: date) -> "Ends":
        """The bounds of what began on `base`."""
        pairs = zip(self[:3], self.more, strict=True)
        return Ends(*(measure.end(base, more) if measure else None for measure, more in pairs))

    def reach(self, base: Reach) -> "Reaches":
        """The bounds of what began on one of the days of `base`."""
        pairs = zip(self[:3], self.more, strict=True)
        return Reaches(*(measure.reach(base, more) if measure else None for measure, more in pairs))


class Ends(NamedTuple):
    """The bounds of one day."""

    opens: date | None
    closes: date | None
    last: date | None


class Reaches(NamedTuple):
    """The bounds of a base that may be vague."""

    opens: Reach | None
    closes: Reach | None
    last: Reach | None

    @property
    def known(self) -> Iterator[Reach]:
        """The bounds that there are."""
        return filter(None, self)


def at_ends(limits: Limits, base: VagueDate, done: VagueDate | None, on: date) -> set[StepState]:
    """The states that a step may have, by the first and by the last day of its base. A single state is certain.

    done: one of the days on which the step was done, None where it is not done on the day `on`.
    """
    return {state for day in dict.fromkeys(base) for state in _states(limits.on(day), done, on)}


def _states(ends: Ends, done: VagueDate | None, on: date) -> set[StepState]:
    return {_undone(ends, on)} if done is None else set(_done(ends, *done))


def _undone(ends: Ends, on: date) -> StepState:
    opens, closes, last = ends
    if closes and on > closes:
        return StepState.STRETCHED if last and on <= last else StepState.OVERDUE
    if opens and on < opens:
        return StepState.TOO_SOON
    return StepState.NOT_DUE if closes else StepState.OPEN


def _done(ends: Ends, earliest: date, latest: date) -> Iterator[StepState]:
    opens, closes, last = ends
    if opens and earliest < opens:
        yield StepState.EARLY
    since = max(earliest, opens) if opens else earliest
    if since > latest:
        return
    if not closes or since <= closes:
        yield StepState.KEPT
    if closes and latest > closes:
        after = max(since, closes + _DAY)
        if last and after <= min(latest, last):
            yield StepState.STRETCHED
        if not last or latest > last:
            yield StepState.LATE


def distance(state: StepState, reaches: Reaches, at: VagueDate) -> tuple[int, int]:
    """By how many days a limit is broken, at least and at most; 0 where it is not. at: when the step was done, or the day
    of judgement."""
    opens, closes, last = reaches
    if state is StepState.EARLY and opens:
        return _apart(at, opens.day)
    bound = closes if state is StepState.STRETCHED else last or closes
    if state in (StepState.LATE, StepState.OVERDUE, StepState.STRETCHED) and bound:
        return _apart(bound.day, at)
    return 0, 0


def _apart(first: VagueDate, later: VagueDate) -> tuple[int, int]:
    return max(1, (later.earliest - first.latest).days), (later.latest - first.earliest).days


def reversed_by(first: VagueDate, then: VagueDate) -> tuple[StepState, tuple[int, int]]:
    """Whether `then` comes before `first`, which it must not, and by how many days, at least and at most."""
    if then.latest < first.earliest:
        return StepState.ORDER, _apart(then, first)
    return (StepState.UNCLEAR if then.earliest < first.latest else StepState.KEPT), (0, 0)
