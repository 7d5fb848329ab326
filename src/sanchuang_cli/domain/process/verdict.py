"""Declares the result of each step of a record: in time, too late, too early, still to come or unclear, and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sanchuang_cli.domain.process.nodes import Bounds, Level
from sanchuang_cli.finding import Severity
from sanchuang_cli.period import VagueDate


class StepState(StrEnum):
    """The result of a check, or of a step. Of a step's checks, the result that comes first in this order counts."""

    LATE = "超期"
    EARLY = "早于规定"
    ORDER = "次序颠倒"
    OVERDUE = "逾期未办"
    MISSING = "缺日期"
    STRETCHED = "超过一般期限"
    UNCLEAR = "无法判断"
    TOO_SOON = "未到时间"
    NOT_DUE = "未到期"
    WAITING = "前一步未办"
    BY_HAND = "由人认定"
    OPEN = "可以办理"
    KEPT = "合规"
    UNBOUND = "不受限制"
    NOT_KEPT = "名册无此栏"


_ORDER = {state: number for number, state in enumerate(StepState)}
_BREACHES = {StepState.LATE, StepState.EARLY, StepState.ORDER, StepState.OVERDUE, StepState.MISSING}


class Why(StrEnum):
    """Why a day is not known, or why the result of a check is unclear."""

    VAGUE = "日期写得太粗，前后两种结果都可能"
    UNREAD = "格子里的日期看不清"
    AHEAD = "日期在判定日之后"
    BLANK = "没有日期"
    NOT_KEPT = "名册没有这一栏"
    NO_NUMBER = "没有月数，算不出日期"
    EXEMPT = "当时没有这项规定"
    UNRULED = "起算的那一天还没有这项规定"


class Check(NamedTuple):
    """The result of one limit of a step, or of the order of two steps.

    kind: deadline, earliest, window, falls, order or missing. after: the step from which it is counted. opens, closes,
    last: the days from which, by which, and in special cases by which at most. days: by how many days it is broken, at
    least and at most. other: the end by the other way of counting days. between: the step was done between the two ends.
    guessed: years whose holidays are not announced yet, so that the result is provisional. reads: what was looked at.
    base, lengths: the day from which it is counted, and how long each of its bounds is.
    """

    kind: str
    after: str
    state: StepState
    clause: str = ""
    level: Level = "national"
    opens: VagueDate | None = None
    closes: VagueDate | None = None
    last: VagueDate | None = None
    days: tuple[int, int] = (0, 0)
    other: VagueDate | None = None
    between: bool = False
    guessed: tuple[int, ...] = ()
    reads: tuple[str, ...] = ()
    why: Why | None = None
    base: VagueDate | None = None
    lengths: Bounds = Bounds()

    @property
    def sums(self) -> str:
        """How its days were worked out, such as 2026-01-31 + 1个月 = 2026-02-28; "" where no day was."""
        bounds = zip(self.lengths, (self.opens, self.closes, self.last), strict=True)
        known = [(length, day) for length, day in bounds if length and day]
        sums = (str(day) if day == self.base else f"{self.base} + {length} = {day}" for length, day in known)
        return "；".join(dict.fromkeys(sums))

    @property
    def provisional(self) -> bool:
        """Whether holidays that are not announced yet may change it."""
        return bool(self.guessed)

    @property
    def severity(self) -> Severity | None:
        """How much it weighs as a finding, None where it is no finding.

        An order that may be the right one is none, nor is a base without a day, which has a finding of its own.
        """
        if self.state in _BREACHES:
            return Severity.ERROR if self.level == "national" else Severity.WARNING
        if self.state is StepState.STRETCHED or self.between:
            return Severity.WARNING
        told_elsewhere = self.kind == "order" or self.why is Why.BLANK
        return Severity.WARNING if self.state is StepState.UNCLEAR and not told_elsewhere else None

    @property
    def due(self) -> VagueDate | None:
        """By which day it is to be done: where the normal time has passed, the last day allowed in special cases."""
        return (
            self.last if self.state in (StepState.STRETCHED, StepState.OVERDUE) and self.last else self.closes
        )

    def __str__(self) -> str:
        """In words: 超期 5 天：不迟于 2026-02-28（从“申请”起算；第七条）."""
        words = {"order": self._order, "missing": self._missing}.get(self.kind, self._bounds)()
        clause = f"；{self.clause}" if self.clause else ""
        return f"{self.state}{_days(self.days)}：{words}{clause}）{self._beside()}"

    def _order(self) -> str:
        return f"应不早于 {self.opens}（在“{self.after}”之后"

    def _missing(self) -> str:
        return f"后面的一步已经办了（“{self.after}”"

    def _bounds(self) -> str:
        bounds = (
            f"不早于 {self.opens}" * bool(self.opens),
            f"不迟于 {self.closes}" * bool(self.closes),
            f"特殊情况不迟于 {self.last}" * bool(self.last),
            self.why or "",
        )
        return "，".join(filter(None, bounds)) + f"（从“{self.after}”起算"

    def _beside(self) -> str:
        other = f"；另一种算法为 {self.other}" if self.other else ""
        return other + (
            f"；{'、'.join(map(str, self.guessed))}年放假安排未公布，暂定" if self.guessed else ""
        )


def _days(days: tuple[int, int]) -> str:
    least, most = days
    if not most:
        return ""
    return f" {least} 天" if least == most else f" {least} 至 {most} 天"


class JudgedStep(NamedTuple):
    """The result of one step.

    day: when it was done or falls, None where that is unknown. derived: the day was worked out and not stated. why: the
    reason where there is no day. ends: its day comes by itself or is planned. clause: of the rules of its day.
    """

    step: str
    state: StepState
    day: VagueDate | None = None
    derived: bool = False
    checks: tuple[Check, ...] = ()
    why: Why | None = None
    ends: bool = False
    clause: str = ""

    @property
    def done(self) -> bool:
        """Whether the record states its day."""
        return self.day is not None and not self.derived

    @property
    def provisional(self) -> bool:
        """Whether one of its checks is provisional."""
        return any(check.guessed for check in self.checks)


def reached(steps: Mapping[str, JudgedStep], stages: Sequence[tuple[str, str]], before: str) -> str:
    """The last stage of which the record says that its step was done. stages: each with its step, the last first; before:
    what holds until the first."""
    return next((stage for stage, step in stages if steps[step].done), before)


class StepDue(NamedTuple):
    """A step that falls due.

    day: by which day. state: NOT_DUE, OVERDUE or STRETCHED; TOO_SOON before a window opens; UNCLEAR where the day is too
    vague to tell. opens, last: from which day on it may be done, and in special cases by which at most. ends: the step's
    day comes by itself, so that nobody can be early or late.
    """

    step: str
    day: VagueDate
    state: StepState
    after: str
    clause: str
    opens: VagueDate | None = None
    last: VagueDate | None = None
    guessed: tuple[int, ...] = ()
    ends: bool = False

    @property
    def provisional(self) -> bool:
        """Whether holidays that are not announced yet may change the day."""
        return bool(self.guessed)

    def left(self, on: date) -> tuple[int, int]:
        """The days that are left on a day, at least and at most; below 0 where it is overdue."""
        return (self.day.earliest - on).days, (self.day.latest - on).days


def first(states: Sequence[StepState]) -> StepState:
    """The result of a step whose checks have these results."""
    return min(states, key=_ORDER.__getitem__)
