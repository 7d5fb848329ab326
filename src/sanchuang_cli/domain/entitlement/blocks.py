"""The small blocks that a benefit is put together from: figures, conditions, service, age, when it is paid.

Every value is what a document says, or a named switch where documents differ; each block has a clause to cite.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from sanchuang_cli.domain.age import AgeMode, LeapDay
from sanchuang_cli.domain.months import When
from sanchuang_cli.domain.tenure import Accumulate, MonthRule
from sanchuang_cli.policy import Count, Exact, Rule, exact
from sanchuang_cli.policy_errors import meant

_YEAR = 12


def _bound(written: Any) -> Any:
    if isinstance(written, str) and written.count("-") == 2:  # noqa: PLR2004
        raise ValueError(f"日期不加引号，写成 {written.strip()}")
    return written if isinstance(written, date) else exact(written)


Bound = Annotated[
    Fraction | date,
    BeforeValidator(_bound),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]}),
]
"""The edge of a range: a number, or a date where the column holds dates."""

Blank = Literal["accept", "refuse", "set_aside"]
"""What a blank cell means: the condition holds, it does not, or nobody can tell and the row is set aside."""


class Condition(Rule):
    """What one column must say.

    accept, refuse: words; with both (or one) of them, a word in neither list sets the row aside.
    blank: of a cell that is empty or says that there is nothing; not of one that cannot be read, which sets the row aside.
    must_be: of a yes/no column. at_least, below: of a number, an amount in yuan or a date; half-open.
    filled: something stands there, or nothing does.
    stop: a refusal takes effect from a date: the one in `since`, or the column itself where it holds dates.
    undated: a refusal with `since` blank.
    either: of the conditions that stand together and name the same group, one is enough.
    below_base, at_most_base: of an amount in yuan, less than, or no more than `times` a dated base of the policy.
    male, female: no column, but the age by the identity number, from the month that `first` makes of the birthday's.
    """

    name: str
    clause: str
    column: str = ""
    active: bool = True
    accept: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    must_be: bool | None = None
    at_least: Bound | None = None
    below: Bound | None = None
    filled: bool | None = None
    blank: Blank = "accept"
    stop: When | None = None
    since: str = ""
    undated: Literal["refuse", "set_aside"] = "refuse"
    either: str = ""
    below_base: str = ""
    at_most_base: str = ""
    times: Exact = Field(default=Fraction(1), gt=0)
    male: Count | None = None
    female: Count | None = None
    first: When = "month_after"
    leap_day: LeapDay = "february"

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns that it looks at."""
        named = (self.column, self.since) if self.active else ()
        return tuple(heading for heading in named if heading)

    @property
    def line(self) -> str:
        """Name of the base that its line goes by, "" where it goes by none."""
        return self.below_base or self.at_most_base

    @property
    def test(self) -> str:
        """Which of the tests it states."""
        if self.male is not None:
            return "age"
        if self.accept or self.refuse:
            return "words"
        if self.must_be is not None:
            return "must_be"
        if self.at_least is not None or self.below is not None or self.line:
            return "range"
        return "filled" if self.filled is not None else "stop"

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        stated = (
            bool(self.accept or self.refuse),
            self.must_be is not None,
            self.at_least is not None or self.below is not None,
            bool(self.below_base),
            bool(self.at_most_base),
            self.filled is not None,
            self.male is not None or self.female is not None,
        )
        if sum(stated) > 1 or (not any(stated) and self.stop is None):
            raise ValueError(
                f"条件“{self.name}”应写且只写一种判断：accept/refuse（文字）、must_be（是否）、at_least/below（数或日期）、"
                f"filled（有无）、stop（日期列，自何时起停发）、below_base/at_most_base（低于、不高于基数）、male 和 female（年满多少岁）"
            )
        if "times" in self.model_fields_set and not self.line:
            raise ValueError(f"条件“{self.name}”的 times（基数的几倍）只和 below_base、at_most_base 一起写")
        if self.line and self.stop is not None:
            raise ValueError(f"条件“{self.name}”按基数判断的，逐月看，不写 since、stop")
        if trouble := self._age_trouble():
            raise ValueError(f"条件“{self.name}”{trouble}")
        if self.since and self.stop is None:
            raise ValueError(f'条件“{self.name}”写了 since，还要写 stop（自何时起停发，如 "month_after"）')
        if self.stop is not None and any(stated) and not self.since:
            raise ValueError(f"条件“{self.name}”写了 stop，还要写 since（哪一列是停发的日期）")
        if self.either and self.stop is not None:
            raise ValueError(f"条件“{self.name}”写了 either（满足其一），就不能再写 stop：没有一个月份可以停")
        both = set(self.accept) & set(self.refuse)
        if both:
            raise ValueError(
                f"条件“{self.name}”的“{'、'.join(sorted(both))}”既在 accept 又在 refuse，只留一处"
            )
        return self

    def _age_trouble(self) -> str:
        """What is wrong with an age in a condition, or with the want of a column in another."""
        if (self.male is None) != (self.female is None):
            return "男、女都要写：male（男满多少岁）和 female（女满多少岁）"
        if self.male is None and self.model_fields_set & {"first", "leap_day"}:
            return "的 first、leap_day 只和 male、female（年满多少岁）一起写"
        if (self.male is None) == (not self.column):
            return (
                "缺 column（看哪一列）"
                if self.male is None
                else "写了 male、female 的按身份证号判断，不写 column"
            )
        return ""


class Age(Rule):
    """男满、女满；and how the day is taken. until_male, until_female: no longer from that age on; `stop` says from which
    month. 0 years: no lower limit."""

    clause: str
    male: Count = 0
    female: Count = 0
    until_male: Count | None = None
    until_female: Count | None = None
    stop: When = "month_after"
    mode: AgeMode = "birthday"
    first: When = "month_after"
    leap_day: LeapDay = "february"
    as_of: date | None = None

    @model_validator(mode="after")
    def _day_stated(self) -> Self:
        if (self.mode == "as_of") != (self.as_of is not None):
            raise ValueError('mode = "as_of" 与 as_of（截至日期）应同时写明')
        if (
            not {"male", "until_male"} & self.model_fields_set
            or not {"female", "until_female"} & self.model_fields_set
        ):
            raise ValueError(
                "age 里男、女都要写：满多少岁起写 male、female，到多少岁为止写 until_male、until_female"
            )
        until = self.model_fields_set & {"until_male", "until_female"}
        if self.mode != "birthday" and until:
            raise ValueError('until_male、until_female（到多少岁为止）只能用 mode = "birthday"')
        if "stop" in self.model_fields_set and not until:
            raise ValueError("age 里的 stop 说到岁数以后何时停，要和 until_male、until_female 一起写")
        for first, last in ((self.male, self.until_male), (self.female, self.until_female)):
            if last is not None and last <= first:
                raise ValueError(
                    f"age 里从 {first} 岁起、到 {last} 岁为止，没有人能领：until_male、until_female 要比 male、female 大"
                )
        return self


class Post(Rule):
    """A post that counts, the highest first. discount: the share of its months that count for a higher post's rate."""

    name: str
    words: tuple[str, ...] = ()
    discount: Exact = Field(default=Fraction(1), ge=0, le=1)


class Limb(Rule):
    """One way of having served long enough. folded: months in a post with a discount count at that share, as months of the
    highest post."""

    count: Accumulate
    at_least_months: Count = Field(ge=1)
    posts: tuple[str, ...] = ()
    folded: bool = False


class Term(Rule):
    """Terms last `months` from `since` on."""

    since: date
    months: Count = Field(ge=1)


class Service(Rule):
    """Which service counts, and how long it makes.

    limbs: one of them is enough; none: no threshold beside the tiers. step_months: what is counted in full, years or
    parts of a year. rate_post: whose figures are paid; each_post: every post's own service at its own tiers, added
    up; the rest of the amount is worked out on the sum.
    leaving: the person must have left, and from when that has effect; in_office: paid while in office only, from the
    month that `taking` makes of the beginning until the one before that which `stop` makes of the end, by the posts held
    in each month. left_before: only those who left earlier. credited_column: years beside the spells that count as served.
    """

    clause: str
    posts: tuple[Post, ...] = Field(min_length=1)
    limbs: tuple[Limb, ...] = ()
    accumulate: Accumulate
    months: MonthRule = "both_ends"
    days_in_month: Count | None = Field(default=None, ge=1)
    bridge_months: Count = 0
    bridged_months: Literal["counted", "not_counted"] = "not_counted"
    rounding: Literal["full_years", "half_up", "terms", "pro_rata", "year_difference"]
    half_up_from: int | None = Field(default=None, ge=1, le=_YEAR)
    step_months: int = Field(default=_YEAR, ge=1, le=_YEAR)
    terms: tuple[Term, ...] = ()
    parts_of_terms: Literal["join", "apart"] = "join"
    begun_terms: Literal["not_counted", "counted"] = "not_counted"
    rate_post: Literal["on_leaving", "highest", "best_tier", "each_post"]
    leaving: When | Literal["not_required", "in_office"] = "month_after"
    taking: When = "month_of"
    stop: When = "month_after"
    left_before: date | None = None
    stated_years: Literal["check", "use"] = "check"
    credited_column: str = ""

    @property
    def month_by_month(self) -> bool:
        """Whether each month has to be judged by itself: service grows, and posts change."""
        return self.leaving in ("not_required", "in_office")

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns that it looks at; the village, for posts are written with its name."""
        stated = ("任职年限",) if self.stated_years == "use" else ()
        credited = (self.credited_column,) if self.credited_column else ()
        return ("任职经历", "离任职务", "村", "离任日期", *stated, *credited)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        names = [post.name for post in self.posts]
        wrong = []
        words = [word for post in self.posts for word in {post.name, *post.words}]
        wrong += [
            f"职务“{word}”写了两次，只留一处" for word in sorted({w for w in words if words.count(w) > 1})
        ]
        wrong += self._unlisted(names)
        if (self.rounding == "half_up") != (self.half_up_from is not None):
            wrong.append('rounding = "half_up" 与 half_up_from（满几个月进一年）应同时写明')
        if _YEAR % self.step_months or (self.half_up_from or 0) > self.step_months:
            wrong.append("step_months（几个月一计）应能整除 12，half_up_from 不大于它")
        if self.step_months != _YEAR and self.rounding not in ("full_years", "half_up"):
            wrong.append('step_months 只用于 rounding = "full_years" 或 "half_up"')
        if (self.rounding == "terms") != bool(self.terms):
            wrong.append('rounding = "terms" 与 terms（每届几个月，自何时起）应同时写明')
        if "begun_terms" in self.model_fields_set and not self.terms:
            wrong.append('begun_terms（不满一届的怎样算）只用于 rounding = "terms"')
        if (self.months == "days") != (self.days_in_month is not None):
            wrong.append('months = "days" 与 days_in_month（零头几天折一月）应同时写明')
        if self.months == "days" and self.rounding == "terms":
            wrong.append('按届计算时 months 应为 "both_ends" 或 "end_excluded"')
        if self.rate_post == "each_post" and (self.accumulate != "union" or len(self.terms) > 1):
            wrong.append('rate_post = "each_post" 只能用 accumulate = "union"，届期只能有一种')
        if self.credited_column and not self._may_credit:
            wrong.append(
                'credited_column（视同任职的年数）没有起止，只能用 accumulate = "union"，不能用 "each_post"、"year_difference"，届期只能有一种'
            )
        if self.leaving != "in_office" and self.model_fields_set & {"taking", "stop"}:
            wrong.append('taking、stop（任职、离任何时起算）只用于 leaving = "in_office"（只在任期间发）')
        if self.leaving == "in_office" and self.rate_post not in ("best_tier", "each_post"):
            wrong.append(
                'leaving = "in_office" 时按当月的职务算，rate_post 只能是 "best_tier"（高的一项）或 "each_post"（相加）'
            )
        if self.leaving == "in_office" and (self.left_before or self.stated_years == "use"):
            wrong.append('leaving = "in_office" 时不能写 left_before，stated_years 只能是 "check"')
        if [t.since for t in self.terms] != sorted({t.since for t in self.terms}):
            wrong.append("terms 应按 since 先后排列，不重复")
        if wrong:
            raise ValueError("；".join(wrong))
        return self

    def _unlisted(self, names: list[str]) -> list[str]:
        """Posts of limbs that are not among those that count."""
        found = [post for limb in self.limbs for post in limb.posts if post not in names]
        return [f"limbs 里的职务“{one}”不在 posts 里{meant(one, names)}，要先列在 posts 里" for one in found]

    @property
    def _may_credit(self) -> bool:
        """Whether years that have no beginning and no end can be counted with the others."""
        apart = self.rate_post == "each_post" or self.rounding == "year_difference"
        return self.accumulate == "union" and not apart and len(self.terms) <= 1


class Event(Rule):
    """A date that must have come, and from which month it has effect."""

    name: str
    clause: str
    column: str
    first: When = "month_after"
    blank: Blank = "accept"


class Payable(Rule):
    """From which month it is paid. start "approval": not before the month of approval; "age": from when all else
    was fulfilled, but at most `retroactive_limit` months before the month of approval."""

    clause: str
    start: Literal["approval", "age"] = "approval"
    approval: str = "审批日期"
    unapproved: Blank = "accept"
    retroactive_limit: Count = 0
    events: tuple[Event, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns that it looks at."""
        return (self.approval, *(event.column for event in self.events))

    @model_validator(mode="after")
    def _limit_fits(self) -> Self:
        if (self.start == "age") != ("retroactive_limit" in self.model_fields_set):
            raise ValueError('start = "age" 与 retroactive_limit（最多补发几个月，可为 0）应同时写明')
        return self


class Suspension(Rule):
    """暂停: months from the one that `first` makes of `start` until the one before `resume` makes of `end`."""

    name: str
    clause: str
    start: str
    end: str
    first: When = "month_of"
    resume: When = "month_after"

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns that it looks at, whether or not anything is suspended."""
        return self.start, self.end
