"""Declares lengths of time as a policy writes them (months, days or working days), and works out the day on which they end."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.months import MonthEnd, months_after
from sanchuang_cli.domain.workdays import Term
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.policy import Count, Rule

FirstDay = Literal["counted", "not-counted"]
Rounded = Literal["month_start", "month_end", "year_start", "year_end"]

_YEAR = 12
_UNITS = {"years": "年", "months": "个月", "days": "天", "working_days": "个工作日"}
_ONLY_MONTHS = ("month_end", "day_before", "plus", "rounded")
_ROUNDED = {
    "month_start": "（当月第一日）",
    "month_end": "（到当月末）",
    "year_start": "（当年第一日）",
    "year_end": "（到当年末）",
}


class Length(Rule, title="期限的长短"):
    """So long after a day: exactly one of years, months, days, working_days and months_in.

    Documents differ on whether the day from which working days are counted is the first of them, so a file says it.
    """

    years: Count | None = Field(default=None, description="几年；五种长短只写一种")
    months: Count | None = Field(default=None, description="几个月")
    days: Count | None = Field(default=None, description="几天，自然日")
    working_days: Count | None = Field(default=None, description="几个工作日；要同时写 first_day")
    months_in: str = Field(default="", description="几个月由名册里哪一栏说")
    plus: tuple[str, ...] = Field(default=(), description="名册里哪几栏的月数再加上去；空着的不加")
    month_end: MonthEnd = Field(
        default="last_day", description="那个月没有这一天时：last_day 到月末，next_day 顺延到次月一日"
    )
    day_before: bool = Field(
        default=False, description="true 时到前一日为止，如任期 7 月 1 日起、6 月 30 日止"
    )
    rounded: Rounded | None = Field(
        default=None,
        description="再推到：month_start 当月第一日，month_end 当月末，year_start 当年第一日，year_end 当年末",
    )
    first_day: FirstDay | None = Field(
        default=None, description="起算当日：counted 计在内，not-counted 不计；只用于天数"
    )

    @property
    def unit(self) -> str:
        """The key under which its amount stands."""
        return next((key for key in _UNITS if getattr(self, key) is not None), "months_in")

    @property
    def amount(self) -> int:
        """How many of its unit, 0 where the record says how many."""
        return 0 if self.months_in else int(getattr(self, self.unit))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the record that it looks at."""
        return (*((self.months_in,) if self.months_in else ()), *self.plus)

    @property
    def counts_first(self) -> bool:
        """Whether the day from which it is counted is the first of its days."""
        return self.first_day == "counted"

    @property
    def in_days(self) -> bool:
        """Whether it is counted in days and not in months."""
        return self.unit in ("days", "working_days")

    def as_long_as(self, other: "Length") -> bool:
        """Whether it never ends before another one that begins on the same day. Lengths of different units are not
        compared, and the answer is no."""
        if self._way != other._way:
            return False
        if self.in_days:
            spare = self.amount - other.amount
            enough = spare > 0 or (spare == 0 and self.counts_first <= other.counts_first)
            return self.unit == other.unit and enough
        spare = self.whole_months - other.whole_months
        at_end = self.month_end == other.month_end or self.month_end == "next_day"
        return spare > 0 or (spare == 0 and at_end and self.day_before <= other.day_before)

    @property
    def _way(self) -> tuple[object, ...]:
        """What two lengths must have in common to be compared."""
        return self.months_in, self.plus, self.rounded, self.in_days

    @property
    def whole_months(self) -> int:
        """Its years or months in months."""
        return self.amount * (_YEAR if self.unit == "years" else 1)

    @model_validator(mode="after")
    def _one_amount(self) -> Self:
        stated = [key for key in _UNITS if getattr(self, key) is not None] + ["months_in"] * bool(
            self.months_in
        )
        if len(stated) != 1:
            raise ValueError(
                "years、months、days、working_days、months_in（几个月写在哪一列）要写、且只写一个"
            )
        in_days = stated[0] in ("days", "working_days")
        if in_days and self.model_fields_set & set(_ONLY_MONTHS):
            raise ValueError(f"按天数计算时不能写 {'、'.join(_ONLY_MONTHS)}")
        if not in_days and self.first_day is not None:
            raise ValueError("first_day（起算当日计不计在内）只用于 days、working_days")
        if stated[0] == "working_days" and self.first_day is None:
            raise ValueError(
                'working_days 要同时写明 first_day：起算当日计在内写 "counted"，不计写 "not-counted"'
            )
        if self.rounded and self.day_before:
            raise ValueError("rounded（到月初、月末、年初、年末）与 day_before 只能写一个")
        if not self.amount and (self.working_days == 0 or self.counts_first):
            raise ValueError("至少是 1 天")
        return self

    def __str__(self) -> str:
        """In words: 1年, 6个月加“延长月数”, 5个工作日（当日计在内）."""
        words = f"“{self.months_in}”所填月数" if self.months_in else f"{self.amount}{_UNITS[self.unit]}"
        words += "".join(f"加“{column}”" for column in self.plus)
        if self.first_day:
            words += "（当日计在内）" if self.counts_first else "（当日不计）"
        words += _ROUNDED[self.rounded] if self.rounded else ""
        words += "，到前一日为止" if self.day_before else ""
        return words + ("，遇无此日顺延到次月一日" if self.month_end == "next_day" else "")


class Reach(NamedTuple):
    """The days on which a length may end.

    other: the days by the other way of counting the first day, None where there is only one way. guessed: years whose
    holidays are not announced yet, so that the end is provisional.
    """

    day: VagueDate
    other: VagueDate | None = None
    guessed: tuple[int, ...] = ()

    def with_(self, later: "Reach") -> "Reach":
        """Both together: from the earlier of the first days to the later of the last days."""
        others = None
        if self.other or later.other:
            others = _hull(self.other or self.day, later.other or later.day)
        return Reach(_hull(self.day, later.day), others, tuple(sorted({*self.guessed, *later.guessed})))


def _hull(first: VagueDate, second: VagueDate) -> VagueDate:
    return VagueDate(min(first.earliest, second.earliest), max(first.latest, second.latest))


@dataclass(frozen=True)
class ReadyLength:
    """A length made ready: its months, or the term of its days where it is counted in days."""

    length: Length
    term: Term | None
    months: int = 0

    @classmethod
    def of(cls, length: Length, holidays: tuple[date, ...], workdays: tuple[date, ...]) -> Self:
        """A length made ready, with the holidays and shifted working days that the policy adds to the calendar's."""
        if not length.in_days:
            return cls(length, None, length.whole_months)
        working = length.unit == "working_days"
        return cls(length, Term(length.amount, working, length.counts_first, holidays, workdays))

    def end(self, since: date, more: int = 0) -> date:
        """The day on which it ends when it begins on `since`, with `more` months added; `date.max` where it lies beyond.

        All months are added at once, because month by month 31 January would come to 28 March. A later beginning never
        has an earlier end.
        """
        if self.term:
            return self.term.end(since)
        try:
            reached = months_after(since, self.months + more, self.length.month_end)
        except (ValueError, OverflowError):
            return date.max
        if self.length.rounded:
            return _rounded(reached, self.length.rounded)
        return date.fromordinal(reached.toordinal() - self.length.day_before)

    def reach(self, since: Reach, more: int = 0) -> Reach:
        """The days on which it may end when it begins on one of these days."""
        first, last = since.day
        end = self.end(first, more)
        day = VagueDate(end, end if first == last else self.end(last, more))
        guessed = since.guessed
        other: VagueDate | None = None
        if self.term:
            guessed = tuple(sorted({*guessed, *self.term.guessed(first), *self.term.guessed(last)}))
        if self.term and self.term.working:
            two = self.term.counted_otherwise
            other = VagueDate(*(two.end(each) for each in since.other or since.day))
        elif since.other:
            other = VagueDate(*(self.end(each, more) for each in since.other))
        return Reach(day, other, guessed)


def _rounded(day: date, how: Rounded) -> date:
    month = Month.of(day)
    if how.startswith("year"):
        month = Month(day.year, 1 if how == "year_start" else _YEAR)
    return month.first if how.endswith("start") else month.last
