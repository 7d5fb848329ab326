"""Declares the blocks of a policy that say who is paid and from when: conditions, age, service, approval and suspension.

Every value is what a document says, or a named switch where documents differ; each block has a clause to cite.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from sanchuang_cli.domain.age import AgeMode, LeapDay
from sanchuang_cli.domain.entitlement.tenure import Accumulate, MonthRule
from sanchuang_cli.domain.months import When
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.policy import Citation, Count, Exact, Rule, exact
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

_MONTHS = "month_of 当月、month_after 次月、next_quarter 下季度、next_half_year 下半年、next_year 次年1月"
"""What each word of `When` says, for the meaning of the keys that take one."""


class Condition(Rule, title="一条条件"):
    """What one column must say, or how old somebody must be; a condition has one test only."""

    name: str = Field(description="名称；印在结果里")
    clause: Citation
    column: str = Field(default="", description="看名册的哪一列；按年龄判断的不写")
    active: bool = Field(
        default=True,
        description="false 是先不用这一条，写了等于没写；claim、when 里不能全是 false，那样就成了人人都算",
    )
    accept: tuple[str, ...] = Field(
        default=(), description="文字列：写这些说法的算满足；两个词表里都没有的说法，整行待核实"
    )
    refuse: tuple[str, ...] = Field(
        default=(), description="文字列：写这些说法的算不满足；几个说法用顿号隔开的，有一个在这里就不满足"
    )
    must_be: bool | None = Field(default=None, description="是否列：要“是”写 true，要“否”写 false")
    at_least: Bound | None = Field(
        default=None, description="数、金额（元）或日期：不低于，含本数（“以上”“满”）"
    )
    below: Bound | None = Field(
        default=None,
        description="数、金额（元）或日期：低于，不含本数（“不满”“低于”）；“1440元以下”写 1440.01",
    )
    filled: bool | None = Field(
        default=None, description="任何列：true 是填了才算，false 是没填才算；“无”“否”“—”和 0 算没填"
    )
    blank: Blank = Field(
        default="accept",
        description="空白怎样算：accept 算满足，refuse 算不满足，set_aside 整行待核实；不写时算满足（标准里的 when 算不满足）",
    )
    stop: When | None = Field(
        default=None,
        description=f"不满足的从哪个月起停：{_MONTHS}；日期列只写这一个键，就是从那个日期起停",
    )
    since: str = Field(default="", description="不满足从哪一列的日期起（如处分日期）；和 stop 一起写")
    undated: Literal["refuse", "set_aside"] = Field(
        default="refuse", description="since 那一列空白时：refuse 一直不发，set_aside 整行待核实"
    )
    either: str = Field(
        default="", description="写一样名称的几条，满足其一就行（“有下列情形之一的”）；不写时每条都要满足"
    )
    below_base: str = Field(default="", description="金额低于哪个基数，不含本数；写基数的名称，逐月比")
    at_most_base: str = Field(default="", description="金额不高于哪个基数，含本数；写基数的名称，逐月比")
    times: Exact = Field(default=Fraction(1), gt=0, description="基数的几倍；不写是 1 倍")
    male: Count | None = Field(
        default=None, description="男满多少周岁，按身份证号；和 female 一起写，不写 column"
    )
    female: Count | None = Field(default=None, description="女满多少周岁，按身份证号")
    first: When = Field(
        default="month_after",
        description=f"从满周岁的哪个月起算：{_MONTHS}",
    )
    leap_day: LeapDay = Field(
        default="february", description="2月29日出生而当年没有这一天的：february 算2月满，march 算3月满"
    )

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns that it looks at."""
        named = (self.column, self.since) if self.active else ()
        return tuple(heading for heading in named if heading)

    @property
    def line(self) -> str:
        """Name of the base with which it compares, "" where it compares with none."""
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
        """What is wrong with an age in a condition, or with a missing column; "" where nothing is."""
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


class Age(Rule, title="年龄"):
    """How old men and women must be, and until which age they are paid."""

    clause: Citation
    male: Count = Field(default=0, description="男满多少周岁起；0 或不写是没有下限")
    female: Count = Field(default=0, description="女满多少周岁起；0 或不写是没有下限；只给男的写 999")
    until_male: Count | None = Field(default=None, description="男到多少周岁为止；不写是没有上限")
    until_female: Count | None = Field(default=None, description="女到多少周岁为止；不写是没有上限")
    stop: When = Field(
        default="month_after",
        description=f"到了上限的岁数从哪个月起停：{_MONTHS}",
    )
    mode: AgeMode = Field(
        default="birthday",
        description="怎样算满：birthday 按生日；year_difference 今年减出生年够了就行，从1月起；as_of 到 as_of 那天够了才行，以后满的不算",
    )
    first: When = Field(
        default="month_after",
        description=f"按生日的，从满周岁的哪个月起：{_MONTHS}",
    )
    leap_day: LeapDay = Field(
        default="february", description="2月29日出生而当年没有这一天的：february 算2月满，march 算3月满"
    )
    as_of: date | None = Field(default=None, description='截至哪一天满（含当天）；只和 mode = "as_of" 一起写')

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


class CountedPost(Rule, title="计入的职务"):
    """A post in which service counts."""

    name: str = Field(description="职务名称，如“书记”")
    words: tuple[str, ...] = Field(default=(), description="名册里还怎样称呼这个职务，如“村支书”")
    discount: Exact = Field(
        default=Fraction(1),
        ge=0,
        le=1,
        description='任这个职务的月数按几成计入更高的职务：1 全部计入（不写时），"1/2" 减半，0 不计入',
    )


class ServiceWay(Rule, title="够格的一条路"):
    """One of the ways of having served long enough."""

    former_keys: ClassVar[Mapping[str, str]] = {"folded": "discounted"}

    count: Accumulate = Field(
        description="数哪些月：union 累计，longest 最长的一段连续任职，continuous 离任前连续任职"
    )
    at_least_months: Count = Field(ge=1, description="满多少个月，含本数")
    posts: tuple[str, ...] = Field(default=(), description="只数这些职务的任职；不写时各职务都数")
    discounted: bool = Field(
        default=False,
        description="true 是副职先按 discount 打折、折算成最高一个职务的月数，再看够不够；不写时按没有打折的月数",
    )


class TermSince(Rule, title="届期"):
    """How long a term of office lasts from a day on."""

    since: date = Field(description="从哪一天起一届是这么长")
    months: Count = Field(ge=1, description="一届几个月，如三年一届写 36")


class Service(Rule, title="任职年限"):
    """Which service counts, how long it makes, and by which post somebody is paid."""

    former_keys: ClassVar[Mapping[str, str]] = {
        "limbs": "ways",
        "bridge_months": "gap_months",
        "bridged_months": "gaps",
    }

    clause: Citation
    posts: tuple[CountedPost, ...] = Field(
        min_length=1, description="计入的职务，从高到低写；不在里面的职务不计月数"
    )
    ways: tuple[ServiceWay, ...] = Field(
        default=(),
        description="够格要任多久（“连续满6年或者累计满9年”），满足其中一条就行；不写时没有门槛，只看各档",
    )
    accumulate: Accumulate = Field(
        description="年限怎样累计：union 累计，兼任只算一次；longest 最长的一段连续任职；continuous 离任前连续任职"
    )
    months: MonthRule = Field(
        default="both_ends", description="怎样数月：both_ends 起止月都算，end_excluded 止月不算，days 按天"
    )
    days_in_month: Count | None = Field(default=None, ge=1, description="按天数的，零头几天折一个月，如 30")
    gap_months: Count = Field(default=0, description="间断不超过几个月的视为连续；0 或不写是一断就不连续")
    gaps: Literal["counted", "not_counted"] = Field(
        default="not_counted", description="视为连续的间断，那几个月算不算年限：counted 算，not_counted 不算"
    )
    rounding: Literal["full_years", "half_up", "terms", "pro_rata", "year_difference"] = Field(
        description="月数怎样变成年数：full_years 满12个月为1年，余数舍去；half_up 满 half_up_from 个月进1年；terms 按届；pro_rata 按月折算，不取整；year_difference 止年减起年"
    )
    half_up_from: int | None = Field(
        default=None, ge=1, le=_YEAR, description="满几个月进一年；“不足1年的按1年计算”写 1"
    )
    step_months: int = Field(
        default=_YEAR, ge=1, le=_YEAR, description="几个月一计，能整除 12；满半年按半年计算写 6，不写是 12"
    )
    terms: tuple[TermSince, ...] = Field(
        default=(), description='届期：从何时起一届几个月；只和 rounding = "terms" 一起写'
    )
    parts_of_terms: Literal["join", "apart"] = Field(
        default="join", description="届期改过的，前后的零头：join 合起来算，apart 各算各的"
    )
    begun_terms: Literal["not_counted", "counted"] = Field(
        default="not_counted", description="不满一届的：not_counted 舍去，counted 按一届计算"
    )
    rate_post: Literal["on_leaving", "highest", "best_tier", "each_post"] = Field(
        description="按哪个职务的标准：on_leaving 离任时的，highest 担任过的最高的，best_tier 哪个算出来高按哪个，each_post 各职务分别算再相加"
    )
    leaving: When | Literal["not_required", "in_office"] = Field(
        default="month_after",
        description=f"离任的从哪个月起发：{_MONTHS}；not_required 在任的也发，in_office 只在任期间发",
    )
    taking: When = Field(
        default="month_of",
        description=f"只在任期间发的，从任职的哪个月起：{_MONTHS}",
    )
    stop: When = Field(
        default="month_after",
        description=f"只在任期间发的，离任的从哪个月起停：{_MONTHS}",
    )
    left_before: date | None = Field(
        default=None,
        description="只给这一天以前离任的，不含当天；“2008年12月31日前”写 2009-01-01；不写时不限",
    )
    stated_years: Literal["check", "use"] = Field(
        default="check",
        description="“任职年限”一列：check 只用来核对，没有任职经历的待核实；use 没有任职经历的按填的年限算",
    )
    credited_column: str = Field(
        default="", description="视同任职的年数（军龄等）在哪一列，计入累计年限；不写是没有"
    )

    @property
    def month_by_month(self) -> bool:
        """Whether each month has to be judged by itself: service grows, and posts change."""
        return self.leaving in ("not_required", "in_office")

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns that it looks at. The village is one, because posts are written with its name."""
        stated = ("任职年限",) if self.stated_years == "use" else ()
        credited = (self.credited_column,) if self.credited_column else ()
        return ("任职经历", "离任职务", "村", "离任日期", *stated, *credited)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        names = [post.name for post in self.posts]
        wrong = []
        words = [word for post in self.posts for word in {narrow(word) for word in (post.name, *post.words)}]
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
        """A complaint for each post of a way that is not among the posts that count."""
        unlisted = [post for way in self.ways for post in way.posts if post not in names]
        return [
            f"ways 里的职务“{post}”不在 posts 里{meant(post, names)}，要先列在 posts 里" for post in unlisted
        ]

    @property
    def _may_credit(self) -> bool:
        """Whether years that have no beginning and no end can be counted with the others."""
        apart = self.rate_post == "each_post" or self.rounding == "year_difference"
        return self.accumulate == "union" and not apart and len(self.terms) <= 1


class Event(Rule, title="要等到的日期"):
    """A date that must have come before anything is paid."""

    name: str = Field(description="名称；印在结果里")
    clause: Citation
    column: str = Field(description="日期在名册的哪一列")
    first: When = Field(
        default="month_after",
        description=f"从那个日期的哪个月起：{_MONTHS}",
    )
    blank: Blank = Field(
        default="accept", description="日期空白怎样算：accept 算满足，refuse 算不满足，set_aside 整行待核实"
    )


class Payable(Rule, title="从何时起发"):
    """From which month the benefit is paid."""

    former_values: ClassVar[Mapping[str, Mapping[str, str]]] = {"start": {"age": "fulfilled"}}

    clause: Citation
    start: Literal["approval", "fulfilled"] = Field(
        default="approval",
        description="approval 不早于审批的当月，以前的不补；fulfilled 从各项条件都满足时起，审批后补发以前的月份",
    )
    approval: str = Field(default="审批日期", description="审批日期在名册的哪一列")
    unapproved: Blank = Field(
        default="accept",
        description="审批日期空白怎样算：accept 视为已批准，refuse 不发，set_aside 整行待核实",
    )
    retroactive_limit: Count = Field(
        default=0, description='审批后最多补发以前几个月，0 是不补；只和 start = "fulfilled" 一起写'
    )
    events: tuple[Event, ...] = Field(
        default=(), description="还要等到哪些日期（如列入台账），都到了才发；不写是没有"
    )

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns that it looks at."""
        return (self.approval, *(event.column for event in self.events))

    @model_validator(mode="after")
    def _limit_fits(self) -> Self:
        if (self.start == "fulfilled") != ("retroactive_limit" in self.model_fields_set):
            raise ValueError('start = "fulfilled" 与 retroactive_limit（最多补发几个月，可为 0）应同时写明')
        return self


class Suspension(Rule, title="暂停发放"):
    """Months in which payment pauses, between two dates in the row."""

    name: str = Field(description="名称；印在结果里")
    clause: Citation
    start: str = Field(description="从哪一列的日期起停")
    end: str = Field(description="到哪一列的日期为止；空白是还没有恢复")
    first: When = Field(
        default="month_of",
        description=f"从起停日期的哪个月起停：{_MONTHS}",
    )
    resume: When = Field(
        default="month_after",
        description=f"从止停日期的哪个月起恢复：{_MONTHS}",
    )

    @property
    def columns(self) -> tuple[str, ...]:
        """Headings of the columns that it looks at, whether or not anything is suspended."""
        return self.start, self.end
