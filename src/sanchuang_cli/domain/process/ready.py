"""Makes the editions of a process ready once, to judge many records: which rules hold for what is done on a day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Generic, NamedTuple, TypeVar

from sanchuang_cli.domain.process.beyond import beyond
from sanchuang_cli.domain.process.day_bounds import Limits
from sanchuang_cli.domain.process.graph import circle, later
from sanchuang_cli.domain.process.lengths import Length, ReadyLength
from sanchuang_cli.domain.process.nodes import DayStretch, Falls, Key, Limit, Node, Process
from sanchuang_cli.finding import UserError
from sanchuang_cli.period import VagueDate

_DAY = timedelta(1)


T = TypeVar("T")
R = TypeVar("R", bound=Limit | Falls, covariant=True)
Ruled = TypeVar("Ruled", bound=Limit | Falls)


class Bound(NamedTuple, Generic[R]):
    """A limit, or the rule by which a step falls by itself, made ready.

    key: of its check. numbers: for each of the three bounds, the numbers of the record that lengthen it. reads: the steps
    and numbers of the record that it looks at.
    """

    rule: R
    limits: Limits
    key: Key
    numbers: tuple[tuple[str, ...], ...]
    reads: tuple[str, ...]


class ReadyStep(NamedTuple):
    """A step of one edition, made ready. after: all steps that it stands after."""

    node: Node
    limits: tuple[Bound[Limit], ...]
    falls: tuple[Bound[Falls], ...]
    after: tuple[str, ...]


class Edition(NamedTuple):
    """The rules for what is done from `since` to `until`.

    later: by step, all steps that come after it. beyond: by step, those that may only be done when its last day is past.
    ahead: the steps whose day may lie after the day of judgement.
    """

    since: date
    until: date
    steps: Mapping[str, ReadyStep]
    later: Mapping[str, frozenset[str]]
    beyond: Mapping[str, frozenset[str]]
    ahead: frozenset[str]

    def within(self, day: VagueDate) -> VagueDate | None:
        """The part of a vague day in which these rules hold, None where they hold on none of its days."""
        first, last = max(day.earliest, self.since), min(day.latest, self.until)
        return VagueDate(first, last) if first <= last else None


def editions(dated: Sequence[tuple[date, Process]]) -> tuple[Edition, ...]:
    """Each process with the days on which it holds: from its own day until the eve of the next one's.

    Raises UserError where the days of steps depend on one another in a circle through several editions, which no edition
    shows by itself.
    """
    made = tuple(_edition(*stretch) for stretch in stretches(dated))
    falling: dict[str, list[str]] = {}
    for edition in made:
        for name, ready in edition.steps.items():
            falling.setdefault(name, []).extend(fall.rule.after for fall in ready.falls)
    if steps := circle(falling):
        raise UserError(f"各版规定合起来，步骤的日期绕成了一圈：{' → '.join(steps)}")
    return made


def stretches(dated: Sequence[tuple[date, T]]) -> Iterator[tuple[date, date, T]]:
    """Each process, or whatever holds from a day on, with the first and the last day on which it holds."""
    for number, (since, process) in enumerate(dated, 1):
        yield since, dated[number][0] - _DAY if number < len(dated) else date.max, process


def _edition(since: date, until: date, process: Process) -> Edition:
    def measure(length: Length | None) -> ReadyLength | None:
        return ReadyLength.of(length, process.holidays, process.workdays) if length else None

    def bound(rule: Ruled) -> Bound[Ruled]:
        opens, closes, at_most = rule.bounds
        limits = Limits(measure(opens), measure(closes), measure(at_most))
        numbers = tuple(length.numbers if length else () for length in rule.bounds)
        reads = dict.fromkeys((rule.after, *rule.asked, *(name for names in numbers for name in names)))
        return Bound(rule, limits, rule.key, numbers, tuple(reads))

    steps = {
        node.name: ReadyStep(
            node,
            tuple(bound(limit) for limit in node.limits),
            tuple(bound(fall) for fall in node.falls),
            node.stands_after,
        )
        for node in process.nodes
    }
    ahead = frozenset(node.name for node in process.nodes if node.lies_ahead)
    nodes = {node.name: node for node in process.nodes}
    return Edition(since, until, steps, later(process.graph), beyond(nodes), ahead)


def in_force(made: Sequence[Edition], on: date) -> Edition | None:
    """The edition for what is done on a day, None before the first one."""
    return next((edition for edition in made if edition.since <= on <= edition.until), None)


def without(day: VagueDate, stretches: Sequence[DayStretch]) -> list[VagueDate]:
    """What is left of a vague day when the days of some stretches are taken out."""
    left = [day]
    for stretch in stretches:
        left = [part for piece in left for part in _around(piece, stretch)]
    return left


def _around(day: VagueDate, stretch: DayStretch) -> Iterator[VagueDate]:
    if stretch.last < day.earliest or stretch.first > day.latest:
        yield day
        return
    if day.earliest < stretch.first:
        yield VagueDate(day.earliest, stretch.first - _DAY)
    if day.latest > stretch.last:
        yield VagueDate(stretch.last + _DAY, day.latest)
