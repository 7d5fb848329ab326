"""Judges records by a process: what came of each step by the day of judgement, and what falls due next.

A step is judged by the rules of the day on which it was done; one that is not done yet, by those of the day of judgement.
Each limit looks at its own two days and at nothing else, so a step that is done later never mends an earlier one.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sanchuang_cli.domain.process.days import Dated, Days
from sanchuang_cli.domain.process.judging import Judging
from sanchuang_cli.domain.process.national import laxer
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.ready import editions
from sanchuang_cli.domain.process.verdict import Check, JudgedStep, StepDue, StepState
from sanchuang_cli.finding import UserError
from sanchuang_cli.period import VagueDate

Editions = Sequence[tuple[date, Process]]
"""Processes with the day from which each holds, the earliest first."""

_COMING = {StepState.NOT_DUE, StepState.STRETCHED, StepState.OVERDUE, StepState.TOO_SOON, StepState.UNCLEAR}


class Timetable:
    """The processes of a policy, made ready once.

    national: those that the county's own must not ask less than. Raises UserError where they do, with both figures.
    """

    def __init__(self, own: Editions, national: Editions = ()) -> None:
        if wrong := laxer(own, national):
            raise UserError("\n  ".join(("政策里的期限不合全国规定，什么都没有计算：", *wrong)))
        self._editions = editions(own)
        self.steps = tuple(dict.fromkeys(name for edition in self._editions for name in edition.steps))

    def judged(self, record: Dated, on: date) -> Mapping[str, JudgedStep]:
        """What came of each step by the end of the day `on`."""
        judging = Judging(self._editions, Days(self._editions, record, on), on)
        return {name: judging.step(name) for name in self.steps}

    def deadlines(self, record: Dated, on: date) -> list[StepDue]:
        """What falls due, or is overdue, from the earliest. A step that was done late is not among them."""
        return due(self.judged(record, on), on)


def due(judged: Mapping[str, JudgedStep], on: date) -> list[StepDue]:
    """As `Timetable.deadlines`, of steps that are judged already."""
    dues = filter(None, (_due(step, on) for step in judged.values()))
    return sorted(dues, key=lambda item: (item.day, item.step))


def _due(step: JudgedStep, on: date) -> StepDue | None:
    """What falls due of a step: its own day where that comes by itself, otherwise the first of its limits."""
    if step.ends and step.day:
        return _end(step, step.day, on)
    if step.done or step.state is StepState.MISSING:
        return None
    coming = [(day, check) for check in step.checks if check.state in _COMING and (day := check.due)]
    if not coming:
        return None
    day, check = min(coming, key=lambda pair: (pair[0], pair[1].after))
    opens = max((check.opens for check in step.checks if check.opens), default=None)
    return StepDue(step.step, day, check.state, check.after, check.clause, opens, check.last, check.guessed)


def _end(step: JudgedStep, day: VagueDate, on: date) -> StepDue | None:
    if day.latest < on:
        return None
    state = StepState.NOT_DUE if day.earliest >= on else StepState.UNCLEAR
    falls = next((check for check in step.checks if check.kind == "falls"), Check("", "", state))
    return StepDue(step.step, day, state, falls.after, falls.clause, guessed=falls.guessed, ends=True)
