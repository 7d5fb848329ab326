"""Judges one limit of one step of one record."""

from datetime import date
from typing import NamedTuple

from sanchuang_cli.domain.process.day_bounds import Reaches, at_ends, distance
from sanchuang_cli.domain.process.days import Days
from sanchuang_cli.domain.process.nodes import Falls, Limit
from sanchuang_cli.domain.process.ready import Bound, Edition, ReadyStep, without
from sanchuang_cli.domain.process.verdict import Check, StepState, Why
from sanchuang_cli.period import VagueDate

_UNBOUND = {Why.NOT_KEPT, Why.EXEMPT, Why.UNRULED}
"""Reasons for which a limit has no day to run from although nothing is doubtful."""


class StepAsked(NamedTuple):
    """A step under one edition, and when it was done. at: None where it is not done."""

    edition: Edition
    ready: ReadyStep
    at: VagueDate | None


def limited(days: Days, on: date, asked: StepAsked, bound: Bound[Limit | Falls]) -> Check:
    """What a limit says of a step, as of the day `on`."""
    rule = bound.rule
    reads = (asked.ready.node.name, *bound.reads)
    check = Check(bound.key[0], rule.after, StepState.UNCLEAR, rule.clause, rule.level, reads=reads)
    base, more = days.of(rule.after), days.more(bound)
    if days.applies(rule) is None:
        return check._replace(why=Why.UNREAD)
    if not base.reach:
        return _without_base(check, base.why or Why.BLANK, done=asked.at is not None)
    if isinstance(more, Why):
        return check._replace(why=more)
    # a day that falls by itself is judged edition by edition of the day from which it is counted
    since = asked.edition.within(base.reach.day) if isinstance(rule, Falls) else base.reach.day
    assert since
    parts = without(since, rule.exempt)
    if not parts:
        return check._replace(state=StepState.UNBOUND, why=Why.EXEMPT)
    limits = bound.limits._replace(more=more)
    states = {state for part in parts for state in at_ends(limits, part, asked.at, on)}
    # on some days of the base the rule did not exist: what is kept on the others is kept, all else is not sure to be bound
    if parts != [since] and states != {StepState.KEPT}:
        states.add(StepState.UNBOUND)
    hull = base.reach._replace(day=VagueDate(parts[0].earliest, parts[-1].latest))
    check = check._replace(base=hull.day, lengths=rule.bounds)
    return _compared(check, limits.reach(hull), states, asked.at, on)


def _without_base(check: Check, why: Why, done: bool) -> Check:
    if why in _UNBOUND:
        return check._replace(state=StepState.UNBOUND, why=why)
    waits = why is Why.BLANK and not done
    return check._replace(state=StepState.WAITING if waits else StepState.UNCLEAR, why=why)


def _compared(check: Check, ends: Reaches, states: set[StepState], at: VagueDate | None, on: date) -> Check:
    """A check whose base has a day: its state where only one is possible, its bounds, and both ways of counting days."""
    state = states.pop() if len(states) == 1 else StepState.UNCLEAR
    opens, closes, last = (reach.day if reach else None for reach in ends)
    return check._replace(
        state=state,
        opens=opens,
        closes=closes,
        last=last,
        days=distance(state, ends, at or VagueDate.on(on)),
        other=next((reach.other for reach in ends.known if reach.other), None),
        between=at is not None and state is StepState.KEPT and _between(ends, at),
        guessed=tuple(sorted({year for reach in ends.known for year in reach.guessed})),
        why=Why.VAGUE if state is StepState.UNCLEAR else None,
    )


def _between(ends: Reaches, at: VagueDate) -> bool:
    """Whether the step was in time by one way of counting days and not by the other."""
    opens, closes, last = ends
    too_early = opens is not None and opens.other is not None and at.earliest < opens.other.latest
    bound = last or closes
    return too_early or (bound is not None and bound.other is not None and at.latest > bound.other.earliest)
