"""Finds the day of each step of a record: as the record states it, or worked out where the day comes by itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sanchuang_cli.domain.process.lengths import Reach
from sanchuang_cli.domain.process.nodes import Falls, Limit
from sanchuang_cli.domain.process.ready import Bound, Edition, without
from sanchuang_cli.domain.process.verdict import Why
from sanchuang_cli.period import VagueDate


@dataclass(frozen=True)
class Dated:
    """What a record says of its steps, by their names.

    dates: None where the cell is blank; a step whose column the roster lacks has no entry. numbers: months and the like
    that the rules need. unread: steps and numbers whose cell holds something that cannot be made out.
    """

    dates: Mapping[str, VagueDate | None]
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    unread: Collection[str] = ()


class Day(NamedTuple):
    """The day of a step. derived: it was worked out and not stated. why: the reason where there is no day."""

    reach: Reach | None
    derived: bool = False
    why: Why | None = None


class Days:
    """The days of one record's steps, each worked out when it is first asked for."""

    def __init__(self, editions: Sequence[Edition], record: Dated, on: date) -> None:
        self._editions = editions
        self._record = record
        self._on = on
        self._known: dict[str, Day] = {}

    def of(self, name: str) -> Day:
        """The day of a step, or why there is none."""
        if name not in self._known:
            self._known[name] = self._of(name)
        return self._known[name]

    def given(self, name: str) -> bool | None:
        """Whether the record gives a step or a number, None where the cell cannot be read."""
        if name in self._record.unread:
            return None
        return self._record.dates.get(name) is not None or bool(self._record.numbers.get(name))

    def applies(self, rule: Limit | Falls) -> bool | None:
        """Whether a rule holds for the record: its `when` is given and its `unless` is not. None where a cell that decides
        this cannot be read."""
        when = self.given(rule.when) if rule.when else True
        unless = self.given(rule.unless) if rule.unless else False
        if when is False or unless is True:
            return False
        return None if when is None or unless is None else True

    def more(self, bound: Bound[Limit | Falls]) -> tuple[int, int, int] | Why:
        """The months that the record adds to each bound of a rule, or why they are not known."""
        numbers = self._record.numbers
        if not any(bound.numbers):
            return 0, 0, 0
        for name in {name for names in bound.numbers for name in names}:
            if name in self._record.unread or (numbers.get(name) or 0) < 0:
                return Why.UNREAD
        asked = (length.months_in for length in bound.rule.bounds if length and length.months_in)
        if any(numbers.get(name) is None for name in asked):
            return Why.NO_NUMBER
        opens, closes, last = (sum(numbers.get(name) or 0 for name in names) for names in bound.numbers)
        return opens, closes, last

    def _of(self, name: str) -> Day:
        if name in self._record.unread:
            return Day(None, why=Why.UNREAD)
        if stated := self._record.dates.get(name):
            return self._stated(name, stated)
        if any(name in edition.ahead for edition in self._editions):
            derived = self._derived(name)
            if derived.reach or derived.why:
                return derived
        return Day(None, why=Why.BLANK if name in self._record.dates else Why.NOT_KEPT)

    def _stated(self, name: str, stated: VagueDate) -> Day:
        """The day as stated. What is done was done by the day of judgement, so a vague day ends there at the latest."""
        if any(name in edition.ahead for edition in self._editions):
            return Day(Reach(stated))
        if stated.earliest > self._on:
            return Day(None, why=Why.AHEAD)
        return Day(Reach(VagueDate(stated.earliest, min(stated.latest, self._on))))

    def _derived(self, name: str) -> Day:
        """The day on which a step falls by itself, by the rules in force on the day from which it is counted.

        A term of office keeps the length that it had when it began. Where the base is vague and only some of its days are
        under such a rule, no day is known.
        """
        reach: Reach | None = None
        lacks: list[Why] = []
        open_days = 0
        for edition in self._editions:
            for bound in edition.steps[name].falls if name in edition.steps else ():
                day, within = self._falling(edition, bound)
                if day.reach:
                    reach = reach.with_(day.reach) if reach else day.reach
                lacks += [day.why] if day.why else []
                open_days += within
        if reach and (lacks or open_days != self._size_of_bases(name)):
            return Day(None, why=Why.VAGUE)
        if reach:
            return Day(reach, derived=True)
        return Day(None, why=lacks[0] if lacks else self._unruled(name))

    def _falling(self, edition: Edition, bound: Bound[Limit | Falls]) -> tuple[Day, int]:
        """The day by one rule, and how many of the days of its base are under that rule."""
        applies = self.applies(bound.rule)
        if applies is not True:
            return Day(None, why=None if applies is False else Why.UNREAD), 0
        base = self.of(bound.rule.after)
        if not base.reach:
            return Day(None, why=base.why), 0
        within = edition.within(base.reach.day)
        if not within:
            return Day(None), 0
        more = self.more(bound)
        if isinstance(more, Why):
            return Day(None, why=more), 0
        parts = without(within, bound.rule.exempt)
        if parts != [within]:
            return Day(None, why=Why.VAGUE if parts else Why.EXEMPT), 0
        reached = bound.limits._replace(more=more).reach(base.reach._replace(day=within)).opens
        return Day(reached), _size(within)

    def _bases(self, name: str) -> set[str]:
        """The steps with a day from which the day of this step may be counted."""
        ready = (edition.steps[name] for edition in self._editions if name in edition.steps)
        falls = (fall for step in ready for fall in step.falls)
        return {
            fall.rule.after for fall in falls if self.applies(fall.rule) and self.of(fall.rule.after).reach
        }

    def _size_of_bases(self, name: str) -> int:
        return sum(_size(reach.day) for base in self._bases(name) if (reach := self.of(base).reach))

    def _unruled(self, name: str) -> Why | None:
        """Why there is no day to fall on: where there is a day to count from, no rule was in force on it."""
        return Why.UNRULED if self._bases(name) else None


def _size(day: VagueDate) -> int:
    return (day.latest - day.earliest).days + 1
