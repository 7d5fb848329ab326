"""Declares what a document on the pension insurance of village cadres says of a year; sums are in yuan."""

from datetime import date
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.months import When
from sanchuang_cli.domain.posts import PostList
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.money import fen
from sanchuang_cli.policy import Citation, Count, Exact, Number, Policy, Rule, Yuan
from sanchuang_cli.posting import Posting

_WHOLE, _YEARS, _COMMON_YEAR = 100, range(1990, 2100), 2023
Insurance = Literal["城乡居民", "灵活就业", "职工养老"]


class Insurances(Rule, title="参保类型"):
    """Which kinds of insurance are helped."""

    clause: Citation
    subsidised: tuple[Insurance, ...] = Field(
        min_length=1, description="哪些参保类型补贴，如城乡居民、灵活就业；其余的不补"
    )


class ContributionGrades(Rule, title="缴费档次"):
    """People choose how much is paid in a year. What no payer bears of it is their own."""

    allowed: tuple[Yuan, ...] = Field(
        default=(), description="可以选哪几档（元/年）；名册上的不在其中的待核实，不写时不限"
    )
    cap: Yuan | None = Field(default=None, description="补贴按多少元的档次封顶；不写时不封顶")

    def has(self, grade: int) -> bool:
        """Whether a grade, in fen, can be chosen."""
        return not self.allowed or grade in map(fen, self.allowed)


class ContributionPayer(Rule, title="一方的分担"):
    """What one of those who help bears: a share of the base, or a fixed sum."""

    name: str = Field(min_length=1, description="谁承担，如“县”；不能重复")
    percent: Exact | None = Field(default=None, ge=0, le=_WHOLE, description="基数（或档次）的百分之几")
    yuan: Yuan | None = Field(
        default=None, description="固定多少元，按 per 是每年还是每月；和 percent 只写一样"
    )
    without_income: str = Field(
        default="", description="没有集体收入的村，这一份由谁承担；写了就要有“村情表”"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.percent is None) == (self.yuan is None):
            raise ValueError(f"“{self.name}”要写 percent（百分之几）或 yuan（固定数），也只能写一样")
        return self


class CostSharing(Rule, title="缴费和分担"):
    """What is paid in for a year, and who bears it."""

    clause: Citation
    bases: dict[int, Yuan] = Field(
        default_factory=dict,
        description="各年度的缴费基数（元），由县里填，键是缴费的年度，如 { 2025 = 6000 }；没有的年度都待核实",
    )
    grades: ContributionGrades | None = Field(
        default=None, description="按各人选的档次缴的写这一节，不写 bases"
    )
    per: Literal["year", "month"] = Field(
        default="year", description="基数和固定数是每年的（year）还是每月的（month）"
    )
    individual: Exact | None = Field(
        default=None, ge=0, le=_WHOLE, description="个人承担基数的百分之几；按档次缴的不写，余下的归个人"
    )
    payers: tuple[ContributionPayer, ...] = Field(min_length=1, description="个人以外的各方，按印出来的先后")
    rounded: Literal["sides", "total"] = Field(
        default="sides",
        description="全年的数哪一个四舍五入到分：sides 个人和补贴各一次，total 合计一次；再按比例分给各方，一分不差",
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = [payer.name for payer in self.payers]
        if len(set(names)) < len(names):
            raise ValueError(f"payers 的 name 不能重复（现为 {'、'.join(names)}）")
        if strange := {payer.without_income for payer in self.payers} - {"", *names}:
            raise ValueError(f"without_income 的“{'、'.join(strange)}”不是 payers 里的一方")
        if sum(payer.percent or 0 for payer in self.payers) + (self.individual or 0) > _WHOLE:
            raise ValueError("各方的 percent 加起来超过 100")
        if self.grades and (self.bases or self.individual is not None or self.per == "month"):
            raise ValueError('按档次（grades）缴的，不写 bases、individual，也不写 per = "month"')
        if odd := [year for year in self.bases if year not in _YEARS]:
            raise ValueError(f"bases 的键是年度，如 2025（现为 {odd[0]}）")
        return self

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(payer.name for payer in self.payers)

    @cached_property
    def by_base(self) -> bool:
        """Whether a year needs a base."""
        return bool(self.individual) or (not self.grades and any(payer.percent for payer in self.payers))

    @cached_property
    def by_village(self) -> bool:
        """Whether it matters if a village has an income."""
        return any(payer.without_income for payer in self.payers)


class Relief(Rule, title="荣誉"):
    """For so long after an honour somebody else bears a share of what is the person's own."""

    clause: Citation
    of: Literal["village", "person"] = Field(description="village 村党组织的荣誉，person 本人的荣誉")
    levels: tuple[str, ...] = Field(min_length=1, description="“荣誉”名册的级别写成这些的")
    months: Number = Field(description="从授予的次年 1 月起几个月")
    share: Exact = Field(gt=0, le=1, description='个人部分的几分之几不由个人承担，如 "1/3"；1 是全部')
    by: str = Field(description="由谁承担，写 payers 里的一方")


class TimeInOffice(Rule, title="任职月份"):
    """From joining to leaving."""

    clause: Citation
    starts: When = Field(default="month_of", description="从到任的哪个月起：month_of 当月，month_after 次月")
    stops: When = Field(
        default="month_after", description="从离任、身故的哪个月停：month_after 次月，month_of 当月"
    )
    continues: bool = Field(default=True, description="离任后能不能续保：true 能，全部由个人承担")


class LastAge(Rule, title="到龄"):
    """The month in which somebody is so old is the last."""

    clause: Citation
    male: Number = Field(description="男满多少周岁；满的那个月是最后一个月")
    female: Number = Field(description="女满多少周岁")


class Sanction(Rule, title="处分或判刑"):
    """What happens to somebody has effect from a month on."""

    clause: Citation
    from_month: When = Field(default="month_after", description="从哪个月起：month_after 次月，month_of 当月")


class BackPay(Rule, title="补缴"):
    """Months before somebody was insured that may be paid for later."""

    clause: Citation
    years: Number = Field(description="到龄以前多少年起可以补缴")
    not_before: date = Field(description="最早从哪一天所在的月份起")


class LateFee(Rule, title="滞纳金"):
    """What a day of delay costs. It is told, and enters no sum."""

    decides = False

    clause: Citation
    month: Number = Field(le=12, description="缴费年度的几月")
    day: Number = Field(description="几日前缴清；以后的每一天算一天")
    permille: Exact = Field(gt=0, description="每天千分之几；只提示，不计入任何金额")

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        try:
            date(_COMMON_YEAR, self.month, self.day)
        except ValueError:
            raise ValueError(f"没有 {self.month} 月 {self.day} 日") from None
        return self


class Receipts(Rule, title="缴费凭证"):
    """The subsidy waits for what the person must pay."""

    clause: Citation


class Countdown(Rule, title="缴满预警"):
    """How many months must be paid in before a pension is drawn."""

    decides = False

    clause: Citation
    months: Count = Field(description="累计要缴满多少个月，如 180")


class PensionPolicy(Policy, title="村干部养老保险补贴办法（一版）"):
    """What a document on the pension insurance of village cadres says."""

    entitled: PostList = Field(description="哪些职务的人补贴")
    insurances: Insurances = Field(description="哪些参保类型补贴")
    sharing: CostSharing = Field(description="缴多少、谁承担")
    honours: tuple[Relief, ...] = Field(
        default=(), description="有荣誉的怎样减轻个人负担；本人的先于村的，同一种的不累加"
    )
    office: TimeInOffice = Field(description="任职的哪些月份补贴")
    age: LastAge = Field(description="补贴到多大年纪")
    discipline: Sanction | None = Field(
        default=None, description="受处分的从哪个月起全部由个人承担；不写时不看处分日期"
    )
    sentence: Sanction | None = Field(
        default=None, description="判刑的从哪个月起不再补贴；不写时不看判刑日期"
    )
    back_pay: BackPay | None = Field(
        default=None, description="参保以前的月份哪些可以补缴；不写时参保以前的都不算"
    )
    receipts: Receipts | None = Field(
        default=None, description="给了缴费凭证的，个人部分缴清才拨补贴；不写时只核对，不等"
    )
    late: LateFee | None = Field(default=None, description="逾期的滞纳金；不写时不提示")
    countdown: Countdown = Field(description="要缴满多少个月，谁缴不满")
    notice: Posting | None = Field(default=None, description="怎样公示；不写时不出公示")

    @model_validator(mode="after")
    def _borne_by_payers(self) -> Self:
        for relief in self.honours:
            if relief.by not in self.sharing.names:
                raise ValueError(f"honours 的 by = “{relief.by}”不是 payers 里的一方")
        levels = [(relief.of, narrow(level)) for relief in self.honours for level in relief.levels]
        if len(set(levels)) < len(levels):
            raise ValueError("honours 的 levels 同一种（村、本人）里不能重复")
        return self
