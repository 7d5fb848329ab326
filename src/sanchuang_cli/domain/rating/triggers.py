"""Situations that a policy lists: who meets one stands on a list, with what it was that met it."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import structs
from pydantic import Field as Setting

from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.numbers import cut
from sanchuang_cli.domain.rating.steps import Step
from sanchuang_cli.domain.rating.verdict import R, Rating
from sanchuang_cli.finding import Doubts
from sanchuang_cli.judging import Odd, Told
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Count, Exact, Rule
from sanchuang_cli.record import Field

LISTED = "列入"
"""What came of whoever stands on a list."""


class _Trigger(Rule):
    """name: the situation in the document's words. types: organisation types it is for, all when empty."""

    name: str
    clause: str
    types: tuple[str, ...] = ()

    def is_for(self, kind: str) -> bool:
        return not self.types or kind in self.types

    def columns(self) -> tuple[Field, ...]:
        """The roster columns that the policy adds for it."""
        return ()

    @abstractmethod
    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """What meets it, in words; "" when nothing does."""


class Flagged(_Trigger):
    """The roster says 是 in `column`."""

    test: Literal["yes"]
    column: str

    def columns(self) -> tuple[Field, ...]:
        return (Field(self.column, Kind.FLAG, name=self.column),)

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        return "表上填“是”" if rating.record.more.get(self.column) else ""


class MonthsOver(_Trigger):
    """More than `months` months have passed since the date in `column`."""

    test: Literal["months-over"]
    column: str
    months: Count

    def columns(self) -> tuple[Field, ...]:
        return (Field(self.column, Kind.DATE, name=self.column),)

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """Since when; a date too vague to tell is a warning and no hit."""
        since = rating.record.more.get(self.column)
        if since is None or on <= months_after(since.earliest, self.months):
            return ""
        if on > months_after(since.latest, self.months):
            return f"自 {since}"
        message = f"“{self.column}”只写到“{since}”，是否超过 {self.months} 个月说不准，未列入“{self.name}”"
        odd.add("date-vague", self.column, message, self.clause)
        return ""


class AtLeast(_Trigger):
    """The count in `column` is at least `count`."""

    test: Literal["at-least"]
    column: str
    count: Count

    def columns(self) -> tuple[Field, ...]:
        return (Field(self.column, Kind.COUNT, name=self.column),)

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        count = rating.record.more.get(self.column)
        return f"{count} 年" if count is not None and count >= self.count else ""


class SatisfactionBelow(_Trigger):
    """Satisfaction is below `share`."""

    test: Literal["satisfaction-below"]
    share: Exact

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        share = rating.satisfaction
        return f"满意率 {cut(share * 100)}%" if share is not None and share < self.share else ""


class Graded(_Trigger):
    """The grade is `grade`."""

    test: Literal["grade"]
    grade: str

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        return f"综合得分 {cut(rating.total)}" if rating.grade == self.grade else ""


class GoodMissed(_Trigger):
    """The star of `good` was missed `years` years running, this one among them (two at most are known)."""

    test: Literal["good-missed"]
    good: str
    years: Annotated[int, Setting(ge=1, le=2)]

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """This year's score, if the star was missed this year and, for two years running, last year as well."""
        now = next(g for g in rating.goods if g.good.heading == self.good)
        missed_last = rating.last.missed is not None and self.good in rating.last.missed
        return f"本年 {cut(now.score)} 分" if not now.passed and (self.years == 1 or missed_last) else ""


Trigger = Annotated[
    Flagged | MonthsOver | AtLeast | SatisfactionBelow | Graded | GoodMissed, Setting(discriminator="test")
]


def evidence(
    triggers: Iterable[Trigger], rating: Rating[Any], on: date, odd: Odd
) -> list[tuple[Trigger, str]]:
    """The triggers that a rating meets, each with what meets it."""
    kind = rating.type
    return [(one, hit) for one in triggers if one.is_for(kind) and (hit := one.met(rating, on, odd))]


def listed_by(
    ratings: Sequence[Rating[R]], triggers: Sequence[Trigger], on: date, doubts: Doubts
) -> tuple[list[Rating[R]], list[Told]]:
    """Those that meet a trigger, in their order, with what it was that met it; and what was too vague to tell."""
    listed: list[Rating[R]] = []
    told: list[Told] = []
    for rating in ratings:
        odd = Odd(doubts, rating.record.row)
        if hits := evidence(triggers, rating, on, odd):
            reasons = (Step(LISTED, f"{one.name}（{hit}）", one.clause) for one, hit in hits)
            listed.append(structs.replace(rating, reasons=tuple(reasons)))
        told += [Told(one, odd.row) for one in odd.found]
    return listed, told
