"""Judges the steps of one record: every limit of a step, its order, and whether its day is missing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from sanchuang_cli.domain.process.day_bounds import reversed_by
from sanchuang_cli.domain.process.days import Day, Days
from sanchuang_cli.domain.process.lengths import Reach
from sanchuang_cli.domain.process.limiting import StepAsked, limited
from sanchuang_cli.domain.process.nodes import Bounds, Falls, Key, Level, Limit, Node
from sanchuang_cli.domain.process.ready import Bound, Edition, ReadyStep, in_force
from sanchuang_cli.domain.process.several_editions import merged
from sanchuang_cli.domain.process.verdict import Check, JudgedStep, StepState, Why, first
from sanchuang_cli.period import VagueDate

Checks = dict[Key, Check]
Asks = Callable[[StepAsked], Iterator[tuple[Key, Check]]]
"""What is asked of a step under one edition."""


class Judging:
    """The steps of one record, on one day."""

    def __init__(self, editions: Sequence[Edition], days: Days, on: date) -> None:
        self._editions = editions
        self._days = days
        self._on = on
        self._known: dict[str, JudgedStep] = {}

    def step(self, name: str) -> JudgedStep:
        """What came of a step, worked out when it is first asked for."""
        if name not in self._known:
            self._known[name] = self._step(name)
        return self._known[name]

    def _step(self, name: str) -> JudgedStep:
        day = self._days.of(name)
        ends = self._ends(name)
        if day.reach:
            return self._with_day(name, day, day.reach, ends)
        if day.why is Why.BLANK:
            return self._blank(name, ends)
        state = {
            Why.NOT_KEPT: StepState.NOT_KEPT,
            **dict.fromkeys((Why.EXEMPT, Why.UNRULED), StepState.UNBOUND),
        }
        return JudgedStep(name, state.get(day.why or Why.BLANK, StepState.UNCLEAR), why=day.why, ends=ends)

    def _with_day(self, name: str, day: Day, reach: Reach, ends: bool) -> JudgedStep:
        """A step that was done, or whose day came by itself."""
        slices = list(self._by_edition(name, reach.day, self._of_derived if day.derived else self._of_stated))
        comes = (self._fallen(name, reach),) if day.derived else tuple(self._stated_end(name, reach.day))
        checks = _told_once((*comes, *merged([piece or {} for piece in slices])))
        # an order that is merely unclear may be the right one, and says nothing of the step as a whole
        telling = [check for check in checks if check.kind != "order" or check.state is StepState.ORDER]
        bound = [check.state for check in telling if check.state is not StepState.UNBOUND]
        ruled = StepState.UNBOUND if all(piece is None for piece in slices) else StepState.KEPT
        edition = in_force(self._editions, reach.day.latest)
        clause = edition.steps[name].node.clause if edition and name in edition.steps else ""
        state = first(bound or [ruled])
        return JudgedStep(name, state, reach.day, day.derived, checks, ends=ends, clause=clause)

    def _by_edition(self, name: str, day: VagueDate, checks: Asks) -> Iterator[Checks | None]:
        """Its checks by each edition that may have been in force on a day; None for an edition without the step."""
        if day.earliest < self._editions[0].since:
            yield None
        for edition in self._editions:
            if at := edition.within(day):
                ready = edition.steps.get(name)
                yield dict(checks(StepAsked(edition, ready, at))) if ready else None

    def _of_derived(self, asked: StepAsked) -> Iterator[tuple[Key, Check]]:
        return self._limits(asked, asked.ready.limits)

    def _of_stated(self, asked: StepAsked) -> Iterator[tuple[Key, Check]]:
        yield from self._limits(asked, asked.ready.limits)
        if asked.at:
            yield from self._order(asked, asked.at)

    def _stated_end(self, name: str, day: VagueDate) -> Iterator[Check]:
        """Whether the stated day of a step that falls by itself is that day: by the rules in force on the day from which it is
        counted, as where none is stated; by those of its own day where that is not known."""
        ready = (edition.steps[name] for edition in self._editions if name in edition.steps)
        for after in dict.fromkeys(bound.rule.after for step in ready for bound in step.falls):
            base = self._days.of(after).reach

            def counted(asked: StepAsked, after: str = after) -> Iterator[tuple[Key, Check]]:
                falls = [bound for bound in asked.ready.falls if bound.rule.after == after]
                return self._limits(asked._replace(at=day), falls)

            pieces = self._by_edition(name, base.day if base else day, counted)
            yield from merged([piece or {} for piece in pieces])

    def _fallen(self, name: str, reach: Reach) -> Check:
        """How the day of a step that falls by itself was worked out: by the rule in force on the day it is counted from."""
        used = next(
            bound
            for edition in self._editions
            for bound in (edition.steps[name].falls if name in edition.steps else ())
            if (base := self._days.of(bound.rule.after).reach) and edition.within(base.day)
            if self._days.applies(bound.rule)
        )
        rule = used.rule
        check = Check("falls", rule.after, StepState.KEPT, rule.clause, rule.level, reads=used.reads)
        since = self._days.of(rule.after).reach
        check = check._replace(base=since.day if since else None, lengths=Bounds(closes=rule.length))
        return check._replace(opens=reach.day, closes=reach.day, other=reach.other, guessed=reach.guessed)

    def _limits(
        self, asked: StepAsked, bounds: Sequence[Bound[Limit | Falls]]
    ) -> Iterator[tuple[Key, Check]]:
        for bound in bounds:
            if self._days.applies(bound.rule) is not False:
                yield bound.key, limited(self._days, self._on, asked, bound)

    def _order(self, asked: StepAsked, at: VagueDate) -> Iterator[tuple[Key, Check]]:
        """The step compared with those that it stands after and that have a day."""
        node = asked.ready.node
        for name, before in self._before(asked.edition, asked.ready.after).items():
            state, days = reversed_by(before, at)
            if state is not StepState.KEPT:
                check = Check("order", name, state, node.clause, node.level, reads=(node.name, name))
                why = Why.VAGUE if state is StepState.UNCLEAR else None
                yield ("order", name), check._replace(opens=before, days=days, why=why)

    def _before(self, edition: Edition, names: Sequence[str]) -> dict[str, VagueDate]:
        """The nearest earlier steps with a day. Steps without a day are looked past."""
        nearest: dict[str, VagueDate] = {}
        ahead, seen = list(names), set(names)
        while ahead:
            name = ahead.pop(0)
            day = self._days.of(name)
            if day.reach:
                nearest[name] = day.reach.day
            elif day.why in (Why.BLANK, Why.NOT_KEPT, Why.EXEMPT, Why.UNRULED):
                further = [before for before in edition.steps[name].after if before not in seen]
                ahead += further
                seen |= set(further)
        return nearest

    def _blank(self, name: str, ends: bool) -> JudgedStep:
        """A step whose cell is blank: not done or, where a later step is done, forgotten in the roster.

        The latter is judged by the rules of the day on which the first of the later steps was done.
        """
        done = self._done_after(name)
        edition = in_force(self._editions, done[0][0] if done else self._on)
        if edition is None or name not in edition.steps:
            return JudgedStep(name, StepState.UNBOUND, why=Why.BLANK, ends=ends)
        ready = edition.steps[name]
        if ready.falls:
            return JudgedStep(name, StepState.WAITING, why=Why.BLANK, ends=ends)
        checks = merged([dict(self._limits(StepAsked(edition, ready, None), ready.limits))])
        if any(check.why is Why.EXEMPT for check in checks) or any(map(self._excused, ready.after)):
            return JudgedStep(name, StepState.UNBOUND, why=Why.EXEMPT, ends=ends)
        if done:
            return self._passed_over(ready.node, checks, [step for _, step in done])
        return JudgedStep(name, self._undone(edition, ready, checks), checks=checks, why=Why.BLANK, ends=ends)

    def _excused(self, name: str) -> bool:
        """Whether a step is blank because there was no such rule when it would have been done."""
        return self._days.of(name).why is Why.BLANK and self.step(name).why is Why.EXEMPT

    def _done_after(self, name: str) -> list[tuple[date, str]]:
        """The later steps that are done, by any edition, from the earliest."""
        after = {later for edition in self._editions for later in edition.later.get(name, ())}
        beyond = {later for edition in self._editions for later in edition.beyond.get(name, ())}
        done = []
        for later in after | beyond:
            day = self._days.of(later)
            if not day.reach or day.derived or self._ends(later):
                continue
            if later in after or self._was_late(name, day.reach.day.latest):
                done.append((day.reach.day.earliest, later))
        return sorted(done)

    def _was_late(self, name: str, day: date) -> bool:
        """Whether a blank step would have been late on a day, or what its last day is counted from, by every edition. A step
        that was done before its own time shows nothing of one that could still be done."""
        at = VagueDate.on(day)
        asked = (StepAsked(one, one.steps[name], at) for one in self._editions if name in one.steps)
        checks = [check for each in asked for _, check in self._limits(each, each.ready.limits)]
        return all(self._is_past(check, day) for check in checks if check.kind != "earliest")

    def _is_past(self, check: Check, day: date) -> bool:
        if self._days.of(check.after).why is Why.BLANK:
            return self._was_late(check.after, day)
        return check.state in (StepState.LATE, StepState.UNBOUND)

    def _ends(self, name: str) -> bool:
        """Whether a step's day may lie after the day of judgement."""
        return any(name in edition.ahead for edition in self._editions)

    def _passed_over(self, node: Node, checks: tuple[Check, ...], done: list[str]) -> JudgedStep:
        """A blank before steps that are done: its day is missing, and nothing is concluded from what was done later."""
        if node.optional:
            return JudgedStep(node.name, StepState.UNBOUND, why=Why.BLANK)
        level: Level = node.level if node.required else "normally"
        reads = (node.name, *done)
        check = Check("missing", done[0], StepState.MISSING, node.clause, level, reads=reads, why=Why.BLANK)
        return JudgedStep(node.name, StepState.MISSING, checks=(check,), why=Why.BLANK)

    def _undone(self, edition: Edition, ready: ReadyStep, checks: tuple[Check, ...]) -> StepState:
        states = [check.state for check in checks if check.state is not StepState.UNBOUND]
        if any(self._waits_for(edition, name) for name in ready.after):
            states.append(StepState.WAITING)
        if ready.node.by_hand:
            states.append(StepState.BY_HAND)
        return first([*states, StepState.OPEN])

    def _waits_for(self, edition: Edition, name: str) -> bool:
        """Whether a step has to be done first and is not. One that the roster does not have is looked past."""
        day, node = self._days.of(name), edition.steps[name].node
        if day.why is Why.NOT_KEPT or (node.optional and not day.reach):
            return any(self._waits_for(edition, before) for before in edition.steps[name].after)
        return day.why is Why.BLANK and not node.falls


def _told_once(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """The checks without the order of two steps where a limit already says that the later one came too early."""
    early = {check.after for check in checks if check.state is StepState.EARLY}
    return tuple(check for check in checks if check.kind != "order" or check.after not in early)
