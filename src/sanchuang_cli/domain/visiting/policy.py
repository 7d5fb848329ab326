"""What a document on visits says: kinds, how often, and what is given to whom before which holiday."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.apportion import Sharing
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.join import FromResult
from sanchuang_cli.period import Period, VagueDate
from sanchuang_cli.policy import Citation, Count, Number, Policy, Rule, Yuan
from sanchuang_cli.posting import Posting


class Word(Rule, title="一个词"):
    """A word of a column, with other ways of writing it."""

    synonyms = ("also",)

    name: str = Setting(description="名称，印在结果里")
    also: tuple[str, ...] = Setting(default=(), description="名册上的其他写法")

    def says(self, written: str) -> bool:
        """Whether a cell means it."""
        return narrow(written) in map(narrow, (self.name, *self.also))


class Visiting(Rule, title="走访"):
    """What is visited for, and what is worth a look in an entry."""

    clause: Citation
    kinds: tuple[Word, ...] = Setting(min_length=1, description="五心类型")
    entry_days: Count | None = Setting(default=None, description="走访后几天以内登记，迟的给警告；不写时不看")
    helper_only: bool = Setting(
        default=False, description="结对的次数：true 只算帮扶人本人去的，false 别人去的也算"
    )


class Yearly(Rule, title="一年至少几次"):
    """How often at least, by the end of the year; visits and other contacts are counted apart."""

    decides = False

    clause: Citation
    visits: Count = Setting(description="每对一年至少走访几次")
    contacts: Count = Setting(description="每对一年至少联系几次，走访不算在内")


class Interval(Rule, title="最长间隔"):
    """How long at most from one visit or contact to the next."""

    decides = False

    clause: Citation
    months: Number = Setting(description="上一次走访或联系以后，最迟几个月内再去；第一次从结对日期起")


class Holiday(Word, title="节日"):
    """A holiday before which people are visited."""

    clause: Citation
    lunar: str = Setting(
        default="", pattern=r"^(\d\d-\d\d)?$", description="农历几月几日，如 01-01；或写 solar"
    )
    solar: str = Setting(default="", pattern=r"^(\d\d-\d\d)?$", description="公历几月几日，如 07-01")

    @model_validator(mode="after")
    def _one_day(self) -> Self:
        if bool(self.lunar) == bool(self.solar):
            raise ValueError("lunar、solar 要写一个，只写一个")
        try:
            self.day(_ANY_YEAR)
        except ValueError:
            raise ValueError(f"没有 {self.lunar or self.solar} 这一天") from None
        return self

    def day(self, year: int) -> date:
        """The day of the holiday: visits are before it."""
        month, day = map(int, (self.lunar or self.solar).split("-"))
        return _lunar(year, month, day) if self.lunar else date(year, month, day)

    def belongs(self, day: VagueDate, period: Period) -> bool:
        """Whether a gift of a day is for the holiday of a period: the day lies in the period, or since the last months before
        the holiday of that year and not yet in those before the next one. A day that is known only vaguely must lie there
        wholly."""
        year = period.last.year
        first, end = (months_after(self.day(each), -_BEFOREHAND) for each in (year, year + 1))
        return min(first, period.first) <= day.earliest and (day.latest <= period.last or day.latest < end)


_BEFOREHAND = 3
"""Nobody is visited for a holiday more than so many months before it. No document says so; it is ours."""


_ANY_YEAR = 2024


@cache
def _lunar(year: int, month: int, day: int) -> date:
    """A day of the lunar year that begins in a year. Raises ValueError where there is no such day."""
    from lunar_python import Lunar  # takes a while: only where a holiday is looked for

    try:
        return date.fromisoformat(Lunar.fromYmd(year, month, day).getSolar().toYmd())
    except Exception as trouble:  # what it raises is of no kind of its own
        raise ValueError(str(trouble)) from None


class Standard(Word, title="一类慰问对象"):
    """A class of people, and what each is given."""

    must: bool = Setting(default=False, description="是否必访：true 是")
    joined_before: date | None = Setting(
        default=None,
        description="哪天以前入党的才是这一类；名册没有入党日期的看出生，那时还是孩子的不可能是。不写时不看",
    )
    age: Count | None = Setting(
        default=None, description="一般到节日那天满多少周岁；不满的给警告，没有成年的待核实；不写时不看"
    )
    amounts: dict[str, Yuan] = Setting(
        default_factory=dict, description='各节日每人多少元，如 { "元旦春节" = 1000 }；没有写的节日不属对象'
    )


class Giving(Rule, title="慰问"):
    """Who is given what before a holiday."""

    clause: Citation
    holidays: tuple[Holiday, ...] = Setting(min_length=1, description="节日；名册没有“节日”一栏的，是第一个")
    standards: tuple[Standard, ...] = Setting(
        min_length=1, description="各类对象；一人几类的取最高的，给一次"
    )
    sources: tuple[str, ...] = Setting(
        default=(), description="资金来源；“资金与物资”表上有的也算；两处都没有写的，不核对来源"
    )

    @model_validator(mode="after")
    def _known_holidays(self) -> Self:
        names = {holiday.name for holiday in self.holidays}
        if strange := [name for one in self.standards for name in one.amounts if name not in names]:
            raise ValueError(f"amounts 里的“{'、'.join(strange)}”不在 holidays 里")
        return self

    def holiday(self, written: str) -> Holiday | None:
        """The holiday that a cell means; the first where it is blank."""
        named = (holiday for holiday in self.holidays if holiday.says(written))
        return next(named, None) if written else self.holidays[0]


class Allocation(Sharing, title="资金分到乡镇"):
    """A sum that is shared out to townships by the people who are to be visited there."""

    decides = False

    holiday: str = Setting(description="哪个节日")
    amount: Yuan = Setting(description="一共多少元")


class VisitPolicy(Policy, title="走访慰问办法（一版）"):
    """What a document on visits says."""

    visiting: Visiting = Setting(description="走访记录")
    yearly: Yearly | None = Setting(default=None, description="一年至少几次；不写时不看")
    interval: Interval | None = Setting(default=None, description="最长间隔；不写时不看")
    giving: Giving = Setting(description="节日慰问")
    allocations: tuple[Allocation, ...] = Setting(default=(), description="资金按人数分到乡镇；不写时不分")
    result: FromResult = Setting(default_factory=FromResult, description="结对结果（pairing）")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @model_validator(mode="after")
    def _allocated_for_a_holiday(self) -> Self:
        names = {holiday.name for holiday in self.giving.holidays}
        if strange := [one.holiday for one in self.allocations if one.holiday not in names]:
            raise ValueError(f"allocations 的 holiday“{'、'.join(strange)}”不在 giving 的 holidays 里")
        return self

    def pays_between(self, benefit: str) -> tuple[Fraction | None, Fraction | None]:
        """The most that somebody is given in a year, of every holiday the highest; goods may be worth less than any sum."""
        names = (holiday.name for holiday in self.giving.holidays)
        none = Fraction(0)
        highest = [max(one.amounts.get(name, none) for one in self.giving.standards) for name in names]
        return None, sum(highest, none)


def named(words: Sequence[Word], written: str) -> Word | None:
    """The word that a cell means; None where it means none."""
    return next((word for word in words if word.says(written)), None)
