"""What a document says of steps: which there are, what each stands after, and by when or not before when it is due."""

from abc import abstractmethod
from datetime import date
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.process.graph import circle
from sanchuang_cli.domain.process.lengths import Length
from sanchuang_cli.policy import Rule
from sanchuang_cli.policy_errors import meant

Level = Literal["national", "normally", "local"]
"""How much a breach weighs: of a national rule; of what a national rule says of the normal case; of local practice."""

Key = tuple[str, ...]
"""What tells the checks of one step apart."""


class Stretch(Rule):
    """From `first` to `last`, both days in it."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError(f"first {self.first} 在 last {self.last} 之后")
        return self


class _After(Rule):
    """What follows from the day of the step `after`.

    exempt: stretches of that day in which the rule did not exist.
    when, unless: a step or number of the record: the rule holds only where the record gives it, or does not.
    level: what a breach weighs.
    """

    after: str
    clause: str
    level: Level = "national"
    exempt: tuple[Stretch, ...] = ()
    when: str = ""
    unless: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """What has to be given, or not, for it to hold."""
        return tuple(name for name in (self.when, self.unless) if name)


class Bounds(NamedTuple):
    """From when on, by when, and by when at most in special cases; None where a limit does not say."""

    opens: Length | None = None
    closes: Length | None = None
    at_most: Length | None = None


class _Limit(_After):
    kind: str

    @property
    @abstractmethod
    def bounds(self) -> Bounds:
        """What each sort of limit says for itself."""

    @property
    def key(self) -> Key:
        return (self.kind, self.after, self.when, self.unless, self.level)


class Deadline(_Limit):
    """Done within so long; in special cases within `at_most`, which is told and is no breach. The last day is in time."""

    kind: Literal["deadline"]
    within: Length
    at_most: Length | None = None

    @property
    def bounds(self) -> Bounds:
        return Bounds(closes=self.within, at_most=self.at_most)

    @model_validator(mode="after")
    def _longer_at_most(self) -> Self:
        if self.at_most and self.within.as_long_as(self.at_most):
            raise ValueError(f"at_most（特殊情况）{self.at_most} 应长于 within {self.within}")
        return self


class Earliest(_Limit):
    """Not done before so long has passed; on that day it may be."""

    kind: Literal["earliest"]
    wait: Length

    @property
    def bounds(self) -> Bounds:
        return Bounds(opens=self.wait)


class Window(_Limit):
    """Done from the day of `opens` to that of `closes`, both in it."""

    kind: Literal["window"]
    opens: Length
    closes: Length

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.opens, self.closes)

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        if self.opens != self.closes and self.opens.as_long_as(self.closes):
            raise ValueError(f"opens {self.opens} 应不长于 closes {self.closes}")
        return self


Limit = Annotated[Deadline | Earliest | Window, Setting(discriminator="kind")]


class Falls(_After):
    """The day comes by itself: a term ends, a posting is over. Where the record states none, this is the day.

    longer: the record may state a later day; otherwise a day that it states must be this one.
    """

    length: Length
    longer: bool = False

    @property
    def key(self) -> Key:
        return ("falls", self.after, self.when, self.unless)

    @property
    def bounds(self) -> Bounds:
        """By what a day that the record states is judged."""
        return Bounds(self.length, None if self.longer else self.length)


class Node(Rule):
    """One step.

    after: the steps that it must not precede. limits: each judged by itself. falls: nobody does it, its day comes.
    by_hand: a conclusion of a person: no limit that has passed and no later step ever stands for it.
    optional: nobody misses it where a later step is done. required: its lack is then a breach, and no mere gap in the
    roster; what both weigh is `level`, as doing it out of order does.
    planned: its day may lie ahead, as the end of a contract does.
    """

    name: str
    clause: str = ""
    after: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    falls: tuple[Falls, ...] = ()
    by_hand: bool = False
    optional: bool = False
    required: bool = False
    planned: bool = False
    level: Level = "national"

    @property
    def stands_after(self) -> tuple[str, ...]:
        """All steps that it must not precede: those that its limits and its own day run from, too."""
        return tuple(dict.fromkeys((*self.after, *(one.after for one in (*self.falls, *self.limits)))))

    @property
    def lies_ahead(self) -> bool:
        """Whether a day after the day of judgement is meant so."""
        return self.planned or bool(self.falls)

    @property
    def rules(self) -> dict[Key, Limit | Falls]:
        """What it is judged by, by the key of the check."""
        return {one.key: one for one in (*self.limits, *self.falls)}

    @property
    def lengths(self) -> tuple[Length, ...]:
        limits = tuple(length for one in self.limits for length in one.bounds if length)
        return (*limits, *(one.length for one in self.falls))

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.by_hand and self.falls:
            raise ValueError(f"“{self.name}”是由人作的结论（by_hand），不能写 falls：结论不会自己到来")
        if self.required and (self.optional or self.falls):
            raise ValueError(f"“{self.name}”写了 required（必须有），就不能写 optional 或 falls")
        keys = [one.key for one in (*self.limits, *self.falls)]
        for key in {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"“{self.name}”在“{key[1]}”之后的 {key[0]} 写了两次")
        return self


class Process(Rule):
    """The steps of one edition, in any order. numbers: what else the record says in figures, such as 延长月数.

    holidays, workdays: days off on weekdays, and weekend days that are worked, beside those of the public calendar.
    """

    nodes: tuple[Node, ...] = Setting(min_length=1)
    numbers: tuple[str, ...] = ()
    holidays: tuple[date, ...] = ()
    workdays: tuple[date, ...] = ()

    @property
    def graph(self) -> dict[str, tuple[str, ...]]:
        """By step, those that it stands after."""
        return {node.name: node.stands_after for node in self.nodes}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        names = [node.name for node in self.nodes]
        wrong = [f"步骤“{name}”写了两次" for name in sorted({n for n in names if names.count(n) > 1})]
        for node in self.nodes:
            wrong += [
                f"“{node.name}”：没有步骤“{n}”{meant(n, names)}" for n in node.stands_after if n not in names
            ]
            wrong += [
                f"“{node.name}”：numbers 里没有“{n}”{meant(n, self.numbers)}"
                for length in node.lengths
                for n in length.numbers
                if n not in self.numbers
            ]
            given = {*names, *self.numbers}
            asked = [n for one in (*node.limits, *node.falls) for n in one.asked]
            wrong += [
                f"“{node.name}”：when、unless 里的“{n}”既不是步骤，也不在 numbers 里"
                for n in asked
                if n not in given
            ]
        if not wrong and (round_ := circle(self.graph)):
            wrong.append(f"步骤绕成了一圈，谁也不能在先：{' → '.join(round_)}")
        if wrong:
            raise ValueError("；".join(wrong))
        return self
