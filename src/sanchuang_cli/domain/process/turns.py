"""Judges what must be done again and again, such as visits and reports: each time at most so long after the time before."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from sanchuang_cli.domain.process.day_bounds import Limits, at_ends, distance
from sanchuang_cli.domain.process.lengths import Length, Reach, ReadyLength
from sanchuang_cli.domain.process.nodes import LEVEL, Level
from sanchuang_cli.domain.process.verdict import Check, StepDue, StepState, Why
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import Citation, Rule


class Every(Rule, title="定期办理"):
    """Done again within so long of the last time, or of the day from which it is owed, the last day included."""

    name: str = Field(description="做什么，如“走访”")
    clause: Citation
    within: Length = Field(description="离上一次多长时间以内，含最后一天")
    level: Level = Field(default="national", description=LEVEL)


def in_turn(
    rule: Every, since: VagueDate | None, days: Sequence[VagueDate], on: date
) -> tuple[list[Check], StepDue | None]:
    """A check of each of `days` by the one before it, and when the next time falls due as of the day `on`.

    since: from when it is owed; without it the first time has no limit. Times after `on` are not judged.
    """
    limits = Limits(None, ReadyLength.of(rule.within, (), ()), None)
    done = sorted(VagueDate(day.earliest, min(day.latest, on)) for day in days if day.earliest <= on)
    bases = [since, *done]
    checks = [_turn(rule, limits, base, day, on) for base, day in zip(bases, done, strict=False)]
    if bases[-1] is None:
        return checks, None
    coming = _turn(rule, limits, bases[-1], None, on)
    assert coming.closes
    due = StepDue(rule.name, coming.closes, coming.state, rule.name, rule.clause, guessed=coming.guessed)
    return checks, due


def _turn(rule: Every, limits: Limits, base: VagueDate | None, done: VagueDate | None, on: date) -> Check:
    if base is None:
        return Check("deadline", rule.name, StepState.UNBOUND, rule.clause, rule.level)
    states = at_ends(limits, base, done, on)
    state = states.pop() if len(states) == 1 else StepState.UNCLEAR
    reaches = limits.reach(Reach(base))
    closes = reaches.closes
    assert closes
    return Check(
        "deadline",
        rule.name,
        state,
        rule.clause,
        rule.level,
        closes=closes.day,
        days=distance(state, reaches, done or VagueDate.on(on)),
        other=closes.other,
        guessed=closes.guessed,
        reads=(rule.name,),
        why=Why.VAGUE if state is StepState.UNCLEAR else None,
    )
