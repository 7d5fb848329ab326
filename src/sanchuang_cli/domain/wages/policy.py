"""Declares what a document on the pay of village cadres says: posts, the parts of the pay, months, performance.

Sums are in yuan, as documents write them. What a part comes to is worked out in `standards`, for whom in `judging`.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.join import FromResult
from sanchuang_cli.policy import Citation, Count, Exact, NotNegative, Number, Policy, Rule, Yuan
from sanchuang_cli.posting import Posting

Item = Literal["base", "size", "seniority", "duty"]
MidMonth = Literal["whole", "next", "days", "thirtieths"]
_WHOLE, _DECEMBER = 100, 12
_LAST_FOUR, _YEARS = 10_000, range(1990, 2100)
Percent = NotNegative


class OfficePost(Rule, title="一种职务"):
    """A post that is paid, with the words that also mean it."""

    synonyms = ("words",)

    name: str = Field(description="职务的名称")
    words: tuple[str, ...] = Field(default=(), description="名册上也写作什么；职务前面的村名会去掉")
    percent: Percent = Field(description="按各项标准的百分之几，如 100、70；没有标准的职务不能列")
    sole: bool = Field(default=False, description="true：一个村同时只能有一人；两人任期重叠的都待核实")


class PopulationBand(Rule, title="按人口分的一档"):
    """The sum for villages of up to so many people."""

    to: int | None = Field(default=None, ge=1, description="到多少人为止，含本数；最后一档不写")
    yuan: Yuan = Field(description="多少元")


class Income(Rule, title="按上年收入的倍数"):
    """So many times the county's income figure of the year before, within bounds."""

    multiple: Exact = Field(gt=0, description="上年农村居民人均可支配收入的几倍")
    figures: dict[int, Yuan] = Field(
        description="各年的收入数（元），键是收入所属的年份，如 { 2020 = 16800 }"
    )
    floor: Yuan | None = Field(default=None, description="低于多少元的按多少元；不写时没有保底")
    ceiling: Yuan | None = Field(default=None, description="高于多少元的按多少元；不写时没有封顶")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise ValueError(f"floor（保底 {plain(self.floor)}）高于 ceiling（封顶 {plain(self.ceiling)}）")
        return self


class ServiceBand(Rule, title="按任职年限分的一档"):
    """The sum from so many full years on."""

    from_years: Count = Field(description="满几年起，含本数；从小到大写，第一档写 0")
    yuan: Yuan = Field(description="多少元")


class WageService(Rule, title="按任职年限或届数"):
    """A sum for each year served, for each re-election, or by bands of years."""

    since: Literal["cadre", "chief"] = Field(
        description="从哪一栏的日期算起：cadre 任村干部起始，chief 任主职起始；空着的按任职起始，并提醒"
    )
    yuan: Yuan | None = Field(default=None, description="每满一年（或每连任一届）多少元")
    each: Literal["year", "term"] = Field(
        default="year", description="year 每满一年（按当月 1 日），term 每连任一届"
    )
    elections: tuple[date, ...] = Field(
        default=(), description="历次换届的日期，三年一届、五年一届都照实列；each 是 term 时要写"
    )
    first_counts: bool = Field(default=False, description="true：第一届也算一届；不写时只算连任的")
    bands: tuple[ServiceBand, ...] = Field(default=(), description="按年限分档的，写各档，不写 yuan")
    at_most: Yuan | None = Field(default=None, description="这一项至多多少元；不写时没有封顶")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.yuan is None) == (not self.bands):
            raise ValueError("yuan（每年或每届多少元）和 bands（分档）要写一样，只写一样")
        if self.each == "term" and not self.elections:
            raise ValueError('each = "term" 要写 elections（历次换届的日期）')
        starts = [band.from_years for band in self.bands]
        if starts and (starts != sorted(set(starts)) or starts[0]):
            raise ValueError("bands 要从 0 年起，从小到大写")
        return self


_WAYS = ("yuan", "posts", "classes", "population", "income", "service")


class Measured(Rule, title="一项标准"):
    """A sum that a document sets in one of six ways."""

    clause: Citation
    yuan: Yuan | None = Field(default=None, description="一个数（元），其他职务按 percent")
    posts: dict[str, Yuan] | None = Field(
        default=None, description='各职务各写一个数（元）的，如 { "书记" = 1200 }；不再乘 percent'
    )
    classes: dict[str, Yuan] | None = Field(
        default=None, description='按村类型的，如 { "大" = 300, "中" = 280, "小" = 260 }；类型在“村情表”里'
    )
    population: tuple[PopulationBand, ...] | None = Field(
        default=None, description="按村人口分档的；人口在“村情表”里"
    )
    income: Income | None = Field(default=None, description="按收入统计数的倍数的")
    service: WageService | None = Field(default=None, description="按任职年限、届数的")
    shared: bool = Field(
        default=True, description="true：各职务按自己的 percent；false：各职务一样，不乘 percent"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        written = [way for way in _WAYS if getattr(self, way) is not None]
        if len(written) != 1:
            raise ValueError(
                f"{'、'.join(_WAYS)} 要写一样，只写一样（现写了 {'、'.join(written) or '没有'}）"
            )
        if self.population is not None and not _rise([band.to for band in self.population]):
            raise ValueError("population 要从少到多写，只有最后一档不写 to")
        return self


def _rise(tops: Sequence[Any]) -> bool:
    """Whether bands go up, and the last one alone is open."""
    known = [top for top in tops if top is not None]
    return bool(tops) and tops[-1] is None and len(known) == len(tops) - 1 and known == sorted(set(known))


class Part(Measured, title="报酬的一项"):
    """A part of the pay of every month."""

    item: Item = Field(
        description="列在哪一栏：base 基本报酬、size 规模补贴、seniority 年限补贴、duty 岗位补贴"
    )
    per: Literal["month", "year"] = Field(
        description="标准是月的还是年的；年的按月累计取整，十二个月正好是年标准"
    )
    only: tuple[str, ...] = Field(default=(), description="只给哪些职务；不写时各职务都有")


class Months(Rule, title="月份的算法"):
    """How a month counts in which somebody comes or goes, and one in which a new edition begins."""

    clause: Citation
    joining: MidMonth = Field(
        description="月中到任、离任的那个月：whole 都算整月，next 到任的次月起（1 日在任的才算），"
        "days 按日历天数，thirtieths 按实际天数除以 30"
    )
    raised: Literal["month", "days"] = Field(
        default="month",
        description="新标准在月中施行的：month 整月按 1 日的标准，days 每月各项按天分，分担比例等仍按 1 日的",
    )


class WageSuspension(Rule, title="停职"):
    """What is paid for a calendar month that lies wholly in a suspension; it counts for no performance pay."""

    clause: Citation
    pays: Literal["base", "nothing"] = Field(description="整月停职的：base 只发基本报酬，nothing 不发")


class Outsiders(Rule, title="选派和公务员"):
    """People in office who are paid elsewhere."""

    clause: Citation
    kinds: tuple[str, ...] = Field(description="身份类别写作什么的不发报酬，如 选派、公务员")
    allowance: Yuan = Field(default=0, validate_default=True, description="另给的补助，元/月；不写时没有")


class Dual(Rule, title="一肩挑、兼职"):
    """What whoever holds two posts in one month gets of the higher one."""

    clause: Citation
    percent: Exact = Field(ge=_WHOLE, description="按就高职务的百分之几，100 是不另加")


class WageGrade(Rule, title="一个考核等次"):
    """A grade with the coefficient of performance pay."""

    synonyms = ("words",)

    name: str = Field(description="等次")
    words: tuple[str, ...] = Field(default=(), description="考核表上也写作什么")
    percent: Percent = Field(description="绩效按基数的百分之几，如 140、100、70、0")


class WageScoreBand(Rule, title="一个分数段"):
    """The coefficient from a score on."""

    at_least: NotNegative = Field(description="多少分起，含本数；从高到低写，最后一段写 0")
    percent: Percent = Field(description="绩效按基数的百分之几")


class WageStarBand(Rule, title="一个星级段"):
    """The coefficient from so many stars on."""

    at_least: Count = Field(description="几星起，含本数；从高到低写，最后一段写 0")
    percent: Percent = Field(description="绩效再乘百分之几，如 120、100、50、0")


class GradeLimit(Rule, title="一道等次比例"):
    """At most such a share of those graded in the county."""

    grades: tuple[str, ...] = Field(min_length=1, description="哪几个等次合在一起")
    percent: Exact = Field(ge=0, le=_WHOLE, description="至多占全县已考核人数的百分之几，只舍不入")


class GradeShares(Rule, title="等次的比例"):
    """How many may have the better grades."""

    clause: Citation
    limits: tuple[GradeLimit, ...] = Field(min_length=1, description="各道比例")
    over: Literal["warn", "refuse"] = Field(description="超过了：warn 只提醒，refuse 绩效都等到改正以后再发")


class Performance(Measured, title="绩效"):
    """Performance pay of a year: its basis by the months served, times the coefficients, paid in a month of the next year."""

    month: Number = Field(le=_DECEMBER, description="下一年几月发")
    grades: tuple[WageGrade, ...] = Field(default=(), description="按考核等次的系数")
    scores: tuple[WageScoreBand, ...] = Field(default=(), description="按考核得分的系数；和 grades 只写一样")
    stars: tuple[WageStarBand, ...] = Field(
        default=(),
        description="所在党组织星级的系数，取自星级评定（rate）的结果，和上面的相乘；不写时不看星级",
    )
    result: FromResult = Field(default=FromResult(), description="那份星级评定结果须是什么样的")
    negative: tuple[str, ...] = Field(
        default=(), description="负面清单：考核表“负面情形”写了其中一种的，绩效为 0；别的写法待核实"
    )
    shares: GradeShares | None = Field(default=None, description="等次的比例；不写时不限")
    pot: Exact | None = Field(
        default=None, ge=0, description="绩效总额至多是基数总额的百分之几，超过就提醒；不写时不比"
    )

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if self.grades and self.scores:
            raise ValueError("grades 和 scores 只写一样")
        if not (self.grades or self.scores or self.stars):
            raise ValueError("grades、scores、stars 至少写一样")
        for key in ("scores", "stars"):
            lows = [band.at_least for band in getattr(self, key)]
            if lows and (lows != sorted(set(lows), reverse=True) or lows[-1]):
                raise ValueError(f"{key} 要从高到低写，最后一段从 0 起")
        unknown = {name for limit in self.shares.limits for name in limit.grades} if self.shares else set()
        if unknown := unknown - {grade.name for grade in self.grades}:
            raise ValueError(f"shares 里的“{'、'.join(sorted(unknown))}”不在 grades 里")
        return self

    def grade(self, written: str) -> WageGrade | None:
        """The grade that a cell names; None where it is none of them."""
        return self._by_word.get(narrow(written))

    @cached_property
    def _by_word(self) -> dict[str, WageGrade]:
        return {narrow(word): grade for grade in self.grades for word in (grade.name, *grade.words)}


class RewardStep(Rule, title="奖励的一段"):
    """So much for each full step of the village's net income, up to an amount."""

    to: Yuan | None = Field(default=None, description="净收入到多少元为止；最后一段不写")
    every: Yuan = Field(gt=0, description="净收入每满多少元")
    yuan: Yuan = Field(description="奖多少元")


class Reward(Rule, title="集体经济奖励"):
    """A reward by the net income of the village, once a year."""

    clause: Citation
    month: Number = Field(le=_DECEMBER, description="下一年几月发")
    steps: tuple[RewardStep, ...] = Field(min_length=1, description="各段，从低到高")
    shared: bool = Field(default=True, description="true：各职务按自己的 percent；false：各职务一样")
    at_most: Exact | None = Field(
        default=None, ge=0, le=_WHOLE, description="一个村的奖励合计至多占净收入的百分之几；超过的按比例减"
    )

    @model_validator(mode="after")
    def _steps_rise(self) -> Self:
        if not _rise([step.to for step in self.steps]):
            raise ValueError("steps 要从低到高写，只有最后一段不写 to")
        return self


class Clawback(Rule, title="多发的扣回"):
    """What is taken, at most, of what falls due, until what was paid too much is level."""

    clause: Citation
    percent: Exact = Field(gt=0, le=_WHOLE, description="每次至多扣应发的百分之几，只舍不入")
    leave: Yuan = Field(default=0, validate_default=True, description="扣后至少留多少元；不写时不留")


class PrintedSum(Rule, title="文件里印的一个算式"):
    """Figures that a document prints and that can be checked against each other; nothing is paid by them."""

    clause: Citation
    terms: tuple[Exact, ...] = Field(default=(), description="印着的几个数，相加（减的写负数）再乘 times")
    times: Exact = Field(default=1, validate_default=True, description="乘几，如 12 个月")
    value: Exact | None = Field(default=None, description="印着的得数；policy check 核对算得对不对")
    figures: tuple[Exact, ...] = Field(
        default=(), description="列在一起的整数；policy check 找出夹在里面、末四位像年份的数"
    )

    @property
    def flaw(self) -> str:
        """What cannot be right about them, "" where nothing is."""
        if self.value is not None and (made := sum(self.terms) * self.times) != self.value:
            return f"“{self.clause}”对不上：按印着的数算得 {plain(made)}，印的是 {plain(self.value)}"
        odd = [figure for figure in self.figures if figure % _WHOLE and figure % _LAST_FOUR in _YEARS]
        if odd and any(figure % _WHOLE == 0 for figure in self.figures):
            told = "、".join(map(plain, odd))
            return f"“{self.clause}”里的 {told} 夹在整数里，末四位像年份：多半是改年份时误改的，请核对原文"
        return ""


class Wages(Policy, title="村干部报酬办法（一版）"):
    """One edition of a document on the pay of village cadres."""

    posts: tuple[OfficePost, ...] = Field(min_length=1, description="发报酬的各种职务")
    parts: tuple[Part, ...] = Field(default=(), description="每月报酬的各项")
    months: Months = Field(description="月中到任、离任，月中调标")
    suspension: WageSuspension = Field(description="停职的月份")
    outsiders: Outsiders = Field(description="选派人员、公务员")
    dual: Dual | None = Field(default=None, description="一人两职；不写时就高，只发一份")
    performance: Performance | None = Field(default=None, description="年度绩效；不写时没有")
    reward: Reward | None = Field(default=None, description="集体经济奖励；不写时没有")
    clawback: Clawback = Field(description="多发的怎样扣回")
    funding: Funding = Field(description="报酬由谁分担")
    notice: Posting | None = Field(default=None, description="怎样公示；不写时不出公示")
    printed_sums: tuple[PrintedSum, ...] = Field(
        default=(), description="文件里印的、可以互相核对的数；不影响计算"
    )

    def spelt_out(self) -> tuple[str, ...]:
        """The printed figures that cannot be right."""
        return tuple(printed.flaw for printed in self.printed_sums if printed.flaw)

    @model_validator(mode="after")
    def _known_posts(self) -> Self:
        names = {post.name for post in self.posts}
        for measured in (*self.parts, *((self.performance,) if self.performance else ())):
            concerned = set(getattr(measured, "only", ())) or names
            priced = set(measured.posts) if measured.posts is not None else concerned
            if unknown := (priced | concerned) - names:
                raise ValueError(f"“{measured.clause}”里的职务“{'、'.join(sorted(unknown))}”不在 posts 里")
            if missing := concerned - priced:
                raise ValueError(f"“{measured.clause}”没有写职务“{'、'.join(sorted(missing))}”的标准")
        return self

    @property
    def counted_since(self) -> frozenset[str]:
        """The columns from which a sum counts years served: cadre, chief."""
        measured = (*self.parts, *((self.performance,) if self.performance else ()))
        return frozenset(one.service.since for one in measured if one.service)

    @cached_property
    def by_word(self) -> dict[str, OfficePost]:
        """The posts by every word that means them, in half-width characters."""
        return {narrow(word): post for post in self.posts for word in (post.name, *post.words)}
