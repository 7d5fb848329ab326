"""Declares the blocks of a policy that say which steps there are, what each stands after, and when it is due at the latest
or at the earliest.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.process.graph import circle
from sanchuang_cli.domain.process.lengths import Length
from sanchuang_cli.policy import Citation, Rule
from sanchuang_cli.policy_errors import meant

Level = Literal["national", "normally", "local"]
"""What is broken: a national rule, what a national rule says of the normal case, or local practice."""
LEVEL = "违反时多重：national 全国规定（错误），normally 全国规定的一般情况、local 本地做法（提示）"

Key = tuple[str, ...]
"""What tells the checks of one step apart: kind, the step it runs from, and what limits it to some records."""


class DayStretch(Rule, title="一段日子"):
    """The days from the first to the last, both of them included."""

    first: date = Setting(description="第一天，含当日")
    last: date = Setting(description="最后一天，含当日")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise ValueError(f"first {self.first} 在 last {self.last} 之后")
        return self


class _After(Rule):
    """What follows from the day of another step."""

    after: str = Setting(description="从哪一步的日期起算")
    clause: Citation
    level: Level = Setting(default="national", description=LEVEL)
    exempt: tuple[DayStretch, ...] = Setting(default=(), description="起算日在这些日子里的，当时没有这条规定")
    when: str = Setting(default="", description="只在名册填了这一步（或这个数）时才有这条规定")
    unless: str = Setting(default="", description="名册填了这一步（或这个数）时没有这条规定")

    @property
    def asked(self) -> tuple[str, ...]:
        """The steps and numbers that decide whether it holds."""
        return tuple(name for name in (self.when, self.unless) if name)


class Bounds(NamedTuple):
    """From when on, by when, and by when at most in special cases; None where a limit does not say so."""

    opens: Length | None = None
    closes: Length | None = None
    at_most: Length | None = None


class _Limit(_After):
    """A limit that a step may break. Each sort says its kind."""

    kind: str = Setting(description="哪种限制")

    @property
    @abstractmethod
    def bounds(self) -> Bounds:
        """What each kind of limit says in its own keys."""

    @property
    def key(self) -> Key:
        return (self.kind, self.after, self.when, self.unless, self.level)


class Deadline(_Limit, title="期限：最迟"):
    """Done within so long, the last day included. More time in special cases is a warning and no breach."""

    kind: Literal["deadline"] = Setting(description="哪种限制：最迟什么时候")
    within: Length = Setting(description="多长时间以内，含最后一天")
    at_most: Length | None = Setting(default=None, description="特殊情况至多多长；超过 within 的给出提示")

    @property
    def bounds(self) -> Bounds:
        """It closes, and in special cases later."""
        return Bounds(closes=self.within, at_most=self.at_most)

    @model_validator(mode="after")
    def _longer_at_most(self) -> Self:
        if self.at_most and self.within.as_long_as(self.at_most):
            raise ValueError(f"at_most（特殊情况）{self.at_most} 应长于 within {self.within}")
        return self


class Earliest(_Limit, title="期限：最早"):
    """Not done before so long has passed; on that day it may be."""

    kind: Literal["earliest"] = Setting(description="哪种限制：最早什么时候")
    wait: Length = Setting(description="至少过多长时间，满的当日可以办")

    @property
    def bounds(self) -> Bounds:
        """It only opens."""
        return Bounds(opens=self.wait)


class Window(_Limit, title="期限：一段时间内"):
    """Done between two days, both of them included."""

    kind: Literal["window"] = Setting(description="哪种限制：在一段时间之内")
    opens: Length = Setting(description="过多长时间开始，含当日")
    closes: Length = Setting(description="过多长时间截止，含当日")

    @property
    def bounds(self) -> Bounds:
        """It opens and closes."""
        return Bounds(self.opens, self.closes)

    @model_validator(mode="after")
    def _opens_first(self) -> Self:
        if self.opens != self.closes and self.opens.as_long_as(self.closes):
            raise ValueError(f"opens {self.opens} 应不长于 closes {self.closes}")
        return self


Limit = Annotated[Deadline | Earliest | Window, Setting(discriminator="kind")]


class Falls(_After, title="到期"):
    """The day comes by itself: a term ends, a posting is over. Where the record states none, this is the day."""

    length: Length = Setting(description="过多长时间到期；名册没有写日期时就是这一天")
    longer: bool = Setting(default=False, description="true 时名册写的日期可以更晚；不写时应正好是这一天")

    @property
    def key(self) -> Key:
        """As of a limit, but without the level."""
        return ("falls", self.after, self.when, self.unless)

    @property
    def bounds(self) -> Bounds:
        """The bounds of a day that the record states."""
        return Bounds(self.length, None if self.longer else self.length)


class Node(Rule, title="一个步骤"):
    """One step: what it stands after, its limits, and what it means when its day is missing."""

    name: str = Setting(description="步骤名称，也是名册里写日期的栏名")
    clause: str = Setting(default="", description="依据；可以不写")
    after: tuple[str, ...] = Setting(default=(), description="应在哪些步骤之后")
    limits: tuple[Limit, ...] = Setting(default=(), description="各条期限，一条一条判断")
    falls: tuple[Falls, ...] = Setting(default=(), description="日子自己到来的（届满、公示期满），怎样推算")
    by_hand: bool = Setting(default=False, description="true 是由人作的结论，后面的步骤办了也不能代替它")
    optional: bool = Setting(default=False, description="true 时可以没有，后面的步骤办了也不算缺")
    required: bool = Setting(default=False, description="true 时必须有，后面的办了而它空着就是违反规定")
    planned: bool = Setting(default=False, description="true 时日期可以在判定日以后，如合同到期日")
    responsible: str = Setting(default="", description="由谁办，如“党支部”；印在期限上")
    level: Level = Setting(default="national", description=LEVEL)

    @property
    def stands_after(self) -> tuple[str, ...]:
        """All steps that it must not precede, also those from which its limits and its own day are counted."""
        return tuple(dict.fromkeys((*self.after, *(rule.after for rule in (*self.falls, *self.limits)))))

    @property
    def lies_ahead(self) -> bool:
        """Whether its day may lie after the day of judgement."""
        return self.planned or bool(self.falls)

    @property
    def rules(self) -> dict[Key, Limit | Falls]:
        """Its limits and falls, by the key of the check."""
        return {rule.key: rule for rule in (*self.limits, *self.falls)}

    @property
    def lengths(self) -> tuple[Length, ...]:
        """All lengths that it is judged by."""
        limits = tuple(length for limit in self.limits for length in limit.bounds if length)
        return (*limits, *(fall.length for fall in self.falls))

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.by_hand and self.falls:
            raise ValueError(f"“{self.name}”是由人作的结论（by_hand），不能写 falls：结论不会自己到来")
        if self.required and (self.optional or self.falls):
            raise ValueError(f"“{self.name}”写了 required（必须有），就不能写 optional 或 falls")
        keys = [rule.key for rule in (*self.limits, *self.falls)]
        for key in {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"“{self.name}”在“{key[1]}”之后的 {key[0]} 写了两次")
        return self


class Process(Rule, title="办理程序"):
    """The steps of one edition, in any order."""

    nodes: tuple[Node, ...] = Setting(min_length=1, description="各个步骤，先后由 after 说")
    numbers: tuple[str, ...] = Setting(default=(), description="名册里另填月数的栏名，如“延长月数”")
    holidays: tuple[date, ...] = Setting(default=(), description="日历还没有公布的放假日（周一至周五）")
    workdays: tuple[date, ...] = Setting(default=(), description="日历还没有公布的调休上班日（周六、周日）")

    @property
    def graph(self) -> dict[str, tuple[str, ...]]:
        """By step, the steps that it stands after."""
        return {node.name: node.stands_after for node in self.nodes}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        names = [node.name for node in self.nodes]
        wrong = [f"步骤“{name}”写了两次" for name in sorted({n for n in names if names.count(n) > 1})]
        wrong += [message for node in self.nodes for message in self._unknown(node, names)]
        # the graph has each name once, so it can be looked at only when the names are right
        if not wrong and (steps := circle(self.graph)):
            wrong.append(f"步骤绕成了一圈，谁也不能在先：{' → '.join(steps)}")
        if wrong:
            raise ValueError("；".join(wrong))
        return self

    def _unknown(self, node: Node, names: Sequence[str]) -> Iterator[str]:
        """What a step names that is neither a step nor a number of the process."""
        lengthening = [name for length in node.lengths for name in length.numbers]
        deciding = [name for rule in (*node.limits, *node.falls) for name in rule.asked]
        for name in node.stands_after:
            if name not in names:
                yield f"“{node.name}”：没有步骤“{name}”{meant(name, names)}"
        for name in lengthening:
            if name not in self.numbers:
                yield f"“{node.name}”：numbers 里没有“{name}”{meant(name, self.numbers)}"
        for name in deciding:
            if name not in (*names, *self.numbers):
                yield f"“{node.name}”：when、unless 里的“{name}”既不是步骤，也不在 numbers 里"
