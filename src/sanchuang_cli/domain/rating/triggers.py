"""Finds situations that put an organisation on a list, such as 整顿, with the words for what meets them."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import structs
from pydantic import Field as Setting

from sanchuang_cli.domain.exact_numbers import cut
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.rating.goods import Stars
from sanchuang_cli.domain.rating.steps import RatingStep, stars_in_words
from sanchuang_cli.domain.rating.verdict import R, Rating
from sanchuang_cli.finding import Doubts
from sanchuang_cli.judging import Odd, Told
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Count, Exact, Rule
from sanchuang_cli.record import Field

LISTED = "列入"
"""The result of a step that puts somebody on a list."""


class _Trigger(Rule):
    """A situation that puts an organisation on a list."""

    name: str = Setting(description="情形，照文件的说法")
    clause: Citation
    types: tuple[str, ...] = Setting(default=(), description="只对这些组织类型；不写时对所有类型")

    def is_for(self, kind: str) -> bool:
        """Whether it concerns organisations of a type."""
        return not self.types or kind in self.types

    def columns(self) -> tuple[Field, ...]:
        """The roster columns that the policy adds for it."""
        return ()

    @abstractmethod
    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """What meets it, in words, "" when nothing does."""


class Flagged(_Trigger, title="情形：填“是”"):
    """The roster says 是 in a column."""

    test: Literal["yes"] = Setting(description="判断：名册的一栏填了“是”")
    column: str = Setting(description="名册里的栏名")

    def columns(self) -> tuple[Field, ...]:
        """A yes or a no."""
        return (Field(self.column, Kind.FLAG, name=self.column),)

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """That the cell says yes."""
        return "表上填“是”" if rating.record.more.get(self.column) else ""


class AllFlagged(_Trigger, title="情形：几栏都填“是”"):
    """The roster says 是 in each of several columns, such as the two halves of a year."""

    test: Literal["all-yes"] = Setting(description="判断：名册的几栏都填了“是”")
    all_of: tuple[str, ...] = Setting(min_length=2, description="名册里的几个栏名，都填“是”才算")

    def columns(self) -> tuple[Field, ...]:
        """A yes or a no in each."""
        return tuple(Field(column, Kind.FLAG, name=column) for column in self.all_of)

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """That all the cells say yes."""
        more = rating.record.more
        return f"{'、'.join(self.all_of)}都填“是”" if all(map(more.get, self.all_of)) else ""


class MonthsOver(_Trigger, title="情形：超过几个月"):
    """More than so many months have passed since the date in a column."""

    test: Literal["months-over"] = Setting(description="判断：从一栏的日期到判定日超过几个月")
    column: str = Setting(description="名册里写起始日期的栏名")
    months: Count = Setting(description="超过几个月，不含本数")

    @property
    def of_vacancy(self) -> bool:
        """Whether it is for how long a post has been vacant."""
        return "缺" in self.column

    def columns(self) -> tuple[Field, ...]:
        """The day since which it lasts."""
        return (Field(self.column, Kind.DATE, name=self.column),)

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """Since when it has lasted. A date too vague to tell is a warning, and does not meet it."""
        since = rating.record.more.get(self.column)
        if since is None or on <= months_after(since.earliest, self.months):
            return ""
        if on > months_after(since.latest, self.months):
            return f"自 {since}"
        message = f"“{self.column}”只写到“{since}”，是否超过 {self.months} 个月说不准，未列入“{self.name}”"
        odd.add("date-vague", self.column, message, self.clause)
        return ""


class AtLeast(_Trigger, title="情形：达到几年"):
    """The number in a column is large enough."""

    test: Literal["at-least"] = Setting(description="判断：一栏的数达到几")
    column: str = Setting(description="名册里填年数的栏名")
    count: Count = Setting(description="达到几年，含本数")

    def columns(self) -> tuple[Field, ...]:
        """A number of years."""
        return (Field(self.column, Kind.COUNT, name=self.column),)

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """The number of years, where it is large enough."""
        count = rating.record.more.get(self.column)
        return f"{count} 年" if count is not None and count >= self.count else ""


class SatisfactionBelow(_Trigger, title="情形：满意率低"):
    """Satisfaction is below a share."""

    test: Literal["satisfaction-below"] = Setting(description="判断：群众满意率低于多少")
    share: Exact = Setting(ge=0, le=1, description="满意率，如 0.60；不含本数")

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """The satisfaction, where it is known and too low."""
        share = rating.satisfaction
        return f"满意率 {cut(share * 100)}%" if share is not None and share < self.share else ""


class Graded(_Trigger, title="情形：本年等次"):
    """This year's grade is the one named."""

    test: Literal["grade"] = Setting(description="判断：本年定为某个等次")
    grade: str = Setting(description="等次名称，是 grades 的 bands 里的一个")

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """The total, or the stars, that led to the grade."""
        if rating.grade != self.grade:
            return ""
        return stars_in_words(rating.stars) if rating.total is None else f"综合得分 {cut(rating.total)}"


class StarsBelow(_Trigger, title="情形：星级低"):
    """This year's stars are fewer than so many, or this year's and last year's: no more years are known."""

    test: Literal["stars-below"] = Setting(description="判断：本年（或者连续两年）不到几星")
    stars: Stars = Setting(description="不到几星，不含本数")
    years: int = Setting(default=1, ge=1, le=2, description="连续几年（含本年）：1（不写就是它）或 2")

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """The stars, where they are known and too few in each of the years."""
        of_years = (rating.stars, rating.last.stars)[: self.years]
        if any(stars is None or stars >= self.stars for stars in of_years):
            return ""
        before = f"，上年{stars_in_words(rating.last.stars)}" if self.years > 1 else ""
        return f"本年{stars_in_words(rating.stars)}{before}"


class GoodMissed(_Trigger, title="情形：一项未得星"):
    """The star of a good was missed this year, or this year and last: no more years are known."""

    test: Literal["good-missed"] = Setting(description="判断：某一项没有得星")
    good: str = Setting(description="哪一项，写它的 heading")
    years: int = Setting(ge=1, le=2, description="连续几年（含本年）：1 或 2")

    def met(self, rating: Rating[Any], on: date, odd: Odd) -> str:
        """This year's score, if the star was missed this year and, for two years running, last year as well. Whoever it earns
        no star, because its marks are those of other types, misses none."""
        now = next((g for g in rating.goods if g.good.heading == self.good), None)
        missed_last = rating.last.missed is not None and self.good in rating.last.missed
        if (now and (now.passed or now.passes is None)) or (self.years > 1 and not missed_last):
            return ""
        # No score has a level above one that was failed, or that was not applied for.
        return f"本年 {cut(now.score)} 分" if now else "本年没有评到"


Trigger = Annotated[
    Flagged | AllFlagged | MonthsOver | AtLeast | SatisfactionBelow | Graded | GoodMissed | StarsBelow,
    Setting(discriminator="test"),
]


def evidence(
    triggers: Iterable[Trigger], rating: Rating[Any], on: date, odd: Odd
) -> list[tuple[Trigger, str]]:
    """The triggers that a rating meets, each with the words for what meets it."""
    ours = (trigger for trigger in triggers if trigger.is_for(rating.type))
    return [(trigger, hit) for trigger in ours if (hit := trigger.met(rating, on, odd))]


def listed_by(
    ratings: Sequence[Rating[R]], triggers: Sequence[Trigger], on: date, doubts: Doubts
) -> tuple[list[Rating[R]], list[Told]]:
    """The ratings that meet a trigger, in their order, with the reasons; and findings for what was too vague to tell."""
    listed: list[Rating[R]] = []
    told: list[Told] = []
    for rating in ratings:
        odd = Odd(doubts, rating.record.row)
        if hits := evidence(triggers, rating, on, odd):
            reasons = (
                RatingStep(LISTED, f"{trigger.name}（{hit}）", trigger.clause) for trigger, hit in hits
            )
            listed.append(structs.replace(rating, reasons=tuple(reasons)))
        told += [Told(finding, odd.row) for finding in odd.found]
    return listed, told
