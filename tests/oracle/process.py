"""An independent oracle of steps with limits: plain loops over every day that a date may be.

Written from the words of the rules. Where they leave a corner open, this is the reading:

- Every limit looks at its own step and the step it runs from, and at no other; it is judged by the rules in force on the
  day of its step, or on the day of judgement where that is not done. A day before the first edition has no rules.
- A date that is vague is any of its days, but none after the day of judgement. If all of them say the same, that is the
  answer; one that a rule binds on some days and not on others is kept if it is kept on all that it binds.
- On the last day of a limit is in time; on the first day on which something may be done, it may. Late days count from the
  last day that is allowed even in special cases; while only the normal time has passed, from that.
- A day that falls by itself follows from the rules in force on the day it runs from. It may be any day from the first to
  the last of those possible; if some day of its base has no such rule, nobody knows it. So it is where the record states
  that day: it is held against those rules; against those of its own day where nobody knows from which it runs.
- A step before one that it stands after, or its limits run from, is out of order: the nearest of those with a day, looking
  back past blanks. Not told where a limit already says that it is too early after the same step.
- Blank before a step that is done: missing, by the rules of the day of the earliest such step; not if it may be left out.
  It is also before a step that, by whatever months, may not be done until the last day of its deadlines is past.
- Blank, and there was no such rule on any day that a limit of it runs from: not bound, whatever was done later; nor is a
  blank that stands after such a one.
- Blank otherwise: what its limits say of the day of judgement; waiting where something that it stands after is blank; where
  nothing says anything, a conclusion of a person is that person's.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.oracle.step_beyond import beyond, was_late

ONE = timedelta(1)
LATE, EARLY, ORDER, OVERDUE, MISSING = "超期", "早于规定", "次序颠倒", "逾期未办", "缺日期"
STRETCHED, UNCLEAR, BY_HAND, TOO_SOON = "超过一般期限", "无法判断", "由人认定", "未到时间"
NOT_DUE, WAITING, OPEN, KEPT = "未到期", "前一步未办", "可以办理", "合规"
UNBOUND, NOT_KEPT = "不受限制", "名册无此栏"
WORST = (
    *(LATE, EARLY, ORDER, OVERDUE, MISSING, STRETCHED, UNCLEAR),
    *(TOO_SOON, NOT_DUE, WAITING, BY_HAND, OPEN, KEPT, UNBOUND, NOT_KEPT),
)


@dataclass(frozen=True)
class Span:
    """amount of unit: months, days or working_days. flag: months to the next day where there is no such day; days with the
    first counted. plus: the record's number of further months is added."""

    amount: int
    unit: str
    flag: bool = False
    plus: bool = False


@dataclass(frozen=True)
class Limit:
    """opens, closes, at_most: None where it does not say. exempt: first and last day of a stretch of the base's day."""

    kind: str
    after: str
    opens: Span | None = None
    closes: Span | None = None
    at_most: Span | None = None
    exempt: tuple[date, date] | None = None


@dataclass(frozen=True)
class Step:
    name: str
    after: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    falls: Limit | None = None
    longer: bool = False
    by_hand: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Rules:
    since: date
    steps: tuple[Step, ...]
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True)
class Person:
    """dates: first and last possible day, None where blank. months: the number beside."""

    dates: dict[str, tuple[date, date] | None]
    unread: frozenset[str] = frozenset()
    months: int | None = None


@dataclass
class Known:
    """days: first and last possible day, None where nobody knows: why. own: the record states it."""

    days: tuple[date, date] | None
    why: str = ""
    own: bool = False


@dataclass
class Told:
    state: str
    days: tuple[date, date] | None = None
    checks: dict[tuple[str, str], tuple[str, tuple[int, int]]] = field(default_factory=dict)


def each(days: tuple[date, date]) -> Iterator[date]:
    day = days[0]
    while day <= days[1]:
        yield day
        day += ONE


def end(span: Span, since: date, months: int, holidays: tuple[date, ...]) -> date:
    if span.unit == "months":
        total = since.year * 12 + since.month - 1 + span.amount + (months if span.plus else 0)
        year, month = total // 12, total % 12 + 1
        if since.day <= calendar.monthrange(year, month)[1]:
            return date(year, month, since.day)
        following = date(year + month // 12, month % 12 + 1, 1)
        return following if span.flag else following - ONE
    day = since if span.flag else since + ONE
    left = span.amount
    if span.unit == "days":
        return day + (left - 1) * ONE
    while True:
        if day.weekday() < 5 and day not in holidays:
            left -= 1
        if left == 0:
            return day
        day += ONE


class Case:
    """One person under some rules on one day."""

    def __init__(self, editions: list[Rules], person: Person, on: date) -> None:
        self.editions, self.person, self.on = editions, person, on
        self.known: dict[str, Known] = {}

    def rules(self, day: date) -> Rules | None:
        held = [one for one in self.editions if one.since <= day]
        return held[-1] if held else None

    def steps(self, name: str) -> list[Step]:
        return [step for one in self.editions for step in one.steps if step.name == name]

    def step_on(self, name: str, day: date) -> tuple[Step, Rules] | None:
        rules = self.rules(day)
        found = [step for step in rules.steps if step.name == name] if rules else []
        return (found[0], rules) if found and rules else None

    def day(self, name: str) -> Known:
        if name not in self.known:
            self.known[name] = self.find(name)
        return self.known[name]

    def find(self, name: str) -> Known:
        if name in self.person.unread:
            return Known(None, "unread")
        stated = self.person.dates.get(name)
        falls = any(step.falls for step in self.steps(name))
        if stated:
            if falls:
                return Known(stated, own=True)
            if stated[0] > self.on:
                return Known(None, "ahead")
            return Known((stated[0], min(stated[1], self.on)), own=True)
        blank = Known(None, "blank" if name in self.person.dates else "absent")
        return (self.fallen(name) or blank) if falls else blank

    def fallen(self, name: str) -> Known | None:
        """All editions let it fall after the same step, if they let it fall at all."""
        base = self.day(next(step.falls.after for step in self.steps(name) if step.falls))
        if not base.days:
            return Known(None, base.why)
        ends: list[date | str] = []
        for day in each(base.days):
            held = self.step_on(name, day)
            if not held or not held[0].falls or not held[0].falls.opens:
                ends.append("unruled")
                continue
            falls, span = held[0].falls, held[0].falls.opens
            if span.plus and "months" in self.person.unread:
                ends.append("unread")
            elif falls.exempt and falls.exempt[0] <= day <= falls.exempt[1]:
                ends.append("exempt")
            else:
                ends.append(end(span, day, self.person.months or 0, held[1].holidays))
        words = {one for one in ends if isinstance(one, str)}
        days = [one for one in ends if isinstance(one, date)]
        if not words:
            return Known((min(days), max(days)))
        if days:
            return Known(None, "vague")
        if words <= {"exempt", "unruled"}:
            return Known(None, "exempt" if "exempt" in words else "unruled")
        return Known(None, "unread" if words == {"unread"} else "mixed")

    def outcome(self, limit: Limit, rules: Rules, base: date, done: date | None) -> str:
        if limit.exempt and limit.exempt[0] <= base <= limit.exempt[1]:
            return UNBOUND
        opens, closes, last = (
            end(span, base, self.person.months or 0, rules.holidays) if span else None
            for span in (limit.opens, limit.closes, limit.at_most)
        )
        at = done or self.on
        late = closes is not None and at > closes
        if done:
            if opens and at < opens:
                return EARLY
            return KEPT if not late else STRETCHED if last and at <= last else LATE
        if late:
            return STRETCHED if last and at <= last else OVERDUE
        return TOO_SOON if opens and at < opens else NOT_DUE if closes else OPEN

    def limit(
        self, limit: Limit, rules: Rules, done: date | None, bases: tuple[date, date] | None = None
    ) -> set[str]:
        base = self.day(limit.after)
        if base.why in ("absent", "unruled", "exempt"):
            return {UNBOUND}
        if base.why == "blank" and not done:
            return {WAITING}
        plus = any(span and span.plus for span in (limit.opens, limit.closes, limit.at_most))
        if not base.days or (plus and "months" in self.person.unread):
            return {UNCLEAR}
        return {self.outcome(limit, rules, one, done) for one in each(bases or base.days)}

    def stated_end(self, name: str, known: Known) -> dict[tuple[str, str], str]:
        """What the day that the record states of a step that falls by itself comes to, by every day it may run from."""
        after = next((step.falls.after for step in self.steps(name) if step.falls), "")
        if not known.own or not known.days or not after:
            return {}
        states, seen = set(), False
        base = self.day(after).days
        for since in each(base or known.days):
            held = self.step_on(name, since)
            if not held or not held[0].falls:
                states.add(UNBOUND)
                continue
            falls, seen = held[0].falls, True
            closes = None if held[0].longer else falls.opens
            whole = Limit("falls", after, falls.opens, closes, exempt=falls.exempt)
            for day in each(known.days):
                states |= self.limit(whole, held[1], day, (since, since) if base else None)
        return {("falls", after): settled(states)} if seen else {}

    def checks(self, name: str, known: Known) -> dict[tuple[str, str], str]:
        """By kind and base, what a limit says of a step with a day."""
        assert known.days
        keys = {(one.kind, one.after) for step in self.steps(name) for one in step.limits}
        found: dict[tuple[str, str], set[str]] = {key: set() for key in keys}
        seen = dict.fromkeys(keys, False)
        for day in each(known.days):
            held = self.step_on(name, day)
            here = {(one.kind, one.after): one for one in held[0].limits} if held else {}
            for key in keys:
                if key in here and held:
                    seen[key] = True
                    found[key] |= self.limit(here[key], held[1], day)
                else:
                    found[key].add(UNBOUND)
        limits = {key: settled(states) for key, states in found.items() if seen[key]}
        return limits | self.stated_end(name, known)

    def earlier(self, name: str, day: date) -> set[str]:
        """The nearest steps with a day that a step done on `day` must not precede."""
        found: set[str] = set()
        held = self.step_on(name, day)
        for one in stands_after(held[0]) if held else ():
            known = self.day(one)
            if known.days:
                found.add(one)
            elif known.why in ("blank", "absent", "unruled", "exempt"):
                found |= self.earlier(one, day)
        return found

    def order(
        self, name: str, known: Known, limits: dict[tuple[str, str], str]
    ) -> dict[tuple[str, str], str]:
        """By base, whether it is out of order under each edition."""
        assert known.days
        said: dict[str, list[str]] = {}
        slices: dict[date, list[date]] = {}
        for day in each(known.days):
            rules = self.rules(day)
            slices.setdefault(rules.since if rules else date.min, []).append(day)
        for days in slices.values():
            for one in self.earlier(name, days[0]):
                first = self.day(one).days
                assert first
                states = {ORDER if day < base else KEPT for day in (days[0], days[-1]) for base in first}
                said.setdefault(one, []).append(states.pop() if len(states) == 1 else UNCLEAR)
        found = {}
        for one, states_of in said.items():
            told = {state for state in states_of if state != KEPT}
            if told:
                whole = told == {ORDER} and len(states_of) == len(slices) == states_of.count(ORDER)
                found["order", one] = ORDER if whole else UNCLEAR
        return {
            key: state
            for key, state in found.items()
            if not any(after == key[1] and said == EARLY for (_, after), said in limits.items())
        }

    def judged(self, name: str) -> Told:
        known = self.day(name)
        if known.days:
            limits = self.checks(name, known)
            order = self.order(name, known, limits) if known.own else {}
            states = [*limits.values(), *(state for state in order.values() if state == ORDER)]
            ruled = any(self.step_on(name, day) for day in each(known.days)) or not known.own
            bound = [state for state in states if state != UNBOUND] or [KEPT if ruled else UNBOUND]
            return Told(
                worst(bound), known.days, {key: (said, (0, 0)) for key, said in (limits | order).items()}
            )
        if known.why == "blank":
            return self.blank(name)
        return Told({"absent": NOT_KEPT, "unruled": UNBOUND, "exempt": UNBOUND}.get(known.why, UNCLEAR))

    def done_after(self, name: str) -> list[tuple[date, str]]:
        """The steps that come after it and were done on a day of their own, the earliest first."""
        return sorted(
            (known.days[0], one)
            for one in {step.name for rules in self.editions for step in rules.steps}
            if (known := self.day(one)).days and known.own and not any(step.falls for step in self.steps(one))
            and any(self.comes_after(rules, one, name) or (beyond(rules, one, name) and was_late(self, name, known.days[1])) for rules in self.editions)
        )  # fmt: skip

    def blank(self, name: str) -> Told:
        done = self.done_after(name)
        held = self.step_on(name, done[0][0] if done else self.on)
        if not held:
            return Told(UNBOUND)
        step, rules = held
        if step.falls:
            return Told(WAITING)
        if self.excused(name):
            return Told(UNBOUND)
        said = {(one.kind, one.after): settled(self.limit(one, rules, None)) for one in step.limits}
        if done:
            return Told(UNBOUND if step.optional else MISSING)
        states = [state for state in said.values() if state != UNBOUND] + [OPEN]
        if any(self.waits(rules, one) for one in stands_after(step)):
            states.append(WAITING)
        if step.by_hand:
            states.append(BY_HAND)
        return Told(worst(states), None, {key: (state, (0, 0)) for key, state in said.items()})

    def excused(self, name: str) -> bool:
        """Blank, and there was no such rule: for it, or for a step that it stands after and that is blank for that reason."""
        done = self.done_after(name)
        held = self.step_on(name, done[0][0] if done else self.on)
        if self.day(name).why != "blank" or not held or held[0].falls:
            return False
        own = any(self.all_exempt(one) for one in held[0].limits)
        return own or any(self.excused(one) for one in stands_after(held[0]))

    def all_exempt(self, limit: Limit) -> bool:
        base = self.day(limit.after)
        if base.why == "exempt":
            return True
        return bool(
            base.days
            and limit.exempt
            and all(limit.exempt[0] <= d <= limit.exempt[1] for d in each(base.days))
        )

    def comes_after(self, rules: Rules, one: str, name: str) -> bool:
        found = [step for step in rules.steps if step.name == one]
        return any(
            before == name or self.comes_after(rules, before, name)
            for step in found
            for before in stands_after(step)
        )

    def waits(self, rules: Rules, name: str) -> bool:
        step = next(step for step in rules.steps if step.name == name)
        known = self.day(name)
        if known.why == "absent" or (step.optional and not known.days):
            return any(self.waits(rules, one) for one in stands_after(step))
        return known.why == "blank" and not step.falls


def stands_after(step: Step) -> set[str]:
    falls = {step.falls.after} if step.falls else set()
    return {*step.after, *falls, *(one.after for one in step.limits)}


def settled(states: set[str]) -> str:
    if len(states) == 1:
        return next(iter(states))
    return KEPT if states == {KEPT, UNBOUND} else UNCLEAR


def worst(states: list[str]) -> str:
    return min(states, key=WORST.index)
