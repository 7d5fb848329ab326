"""Declares what a document says of loans, as blocks of a policy: rates, the subsidy of interest, overdue loans, the pool."""

from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.domain.loans.account import Account
from sanchuang_cli.domain.loans.daycount import DayCount
from sanchuang_cli.domain.loans.interest import Bearing, earned
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.money import fen
from sanchuang_cli.policy import Citation, Count, Exact, NotNegative, Number, Rule, Yuan

_WHOLE = 100


class RateFigure(Rule, title="基准利率的一个数"):
    """What the base rate is from a day on."""

    effective: date = Field(description="从哪一天起是这个数")
    percent: NotNegative = Field(description="年利率百分之几，如 4.35")


class FundFigure(Rule, title="基金总额的一个数"):
    """What the fund holds from a day on."""

    effective: date = Field(description="从哪一天起是这个数")
    yuan: Yuan = Field(description="多少元")


def _in_order(values: tuple[RateFigure, ...] | tuple[FundFigure, ...]) -> None:
    """Raises ValueError where the figures do not follow one another by their days."""
    days = [value.effective for value in values]
    if days != sorted(set(days)):
        raise ValueError("各年的数应按 effective 先后排列，不重复")


class Interest(Rule, title="利率和计息"):
    """At what rate is lent at most, how days are counted, and when interest is paid."""

    clause: Citation
    base: tuple[RateFigure, ...] = Field(
        default=(), description="基准利率，由县里填，从早到晚；空着时，贴息或上限要用到它的贷款待核实"
    )
    base_times: NotNegative | None = Field(
        default=None, description="贷款利率至多是发放日基准利率的几倍，如上浮 20% 写 1.2；不写时不核对"
    )
    day_count: DayCount = Field(
        description="怎样计息：365 实际天数÷365（闰年也是），360 实际天数÷360，actual 闰年的一天÷366、平年的÷365，"
        "30/360 一个月算 30 天、一年 360 天，term 整个期限按月数÷12、平摊到每一天"
    )
    every: Count = Field(default=0, description="每几个月付一次息；0 是到期一次付清")
    rate_least: NotNegative = Field(default=Fraction(1), description="低于百分之几的年利率不合常理，待核实")
    rate_most: NotNegative = Field(default=Fraction(24), description="高于百分之几的年利率不合常理，待核实")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _in_order(self.base)
        return self

    def base_on(self, day: date) -> Fraction | None:
        """The base rate of a year on a day; None where the county has not said it."""
        begun = [value.percent for value in self.base if value.effective <= day]
        return begun[-1] / _WHOLE if begun else None

    def sensible(self, rate: Fraction) -> bool:
        """Whether a rate can be one of a year: 厘 and rates of a month lie elsewhere."""
        return self.rate_least <= rate * _WHOLE <= self.rate_most


class InterestSubsidy(Rule, title="贴息"):
    """What of the interest is borne for the borrower, apart from the loan itself: never past the first day on which the loan
    is due, whether it is extended or not."""

    clause: Citation
    percent: Exact = Field(gt=0, le=_WHOLE, description="贴利息的百分之几")
    principal_most: Yuan | None = Field(default=None, description="余额超过多少元的部分不贴；不写时不限")
    base_times: NotNegative | None = Field(
        default=None,
        description="利率超过发放日基准利率几倍的部分不贴，如只贴到基准利率写 1；不写时按实际利率",
    )
    months_most: Number | None = Field(
        default=None, description="从发放日起至多贴几个月；不写时到首次到期日为止"
    )
    most: Yuan | None = Field(default=None, description="一笔贷款至多贴多少元；不写时不限")
    paid: Literal["accrued", "on_time"] = Field(
        default="accrued", description="accrued 按期贴；on_time 首次到期日以前全部还清的才贴，还清时一次贴"
    )
    funding: Funding = Field(description="贴息由谁分担")

    def bearing(self, account: Account, interest: Interest) -> Bearing | None:
        """How a loan bears subsidy; None where that needs a base rate which the policy does not say."""
        rate, term = account.terms.rate, account.terms.term
        if self.base_times is not None:
            base = interest.base_on(term.lent)
            if base is None:
                return None
            rate = min(rate, base * self.base_times)
        until = account.first_due
        if self.months_most:
            until = min(until, months_after(term.lent, self.months_most))
        return Bearing(
            rate,
            interest.day_count,
            None if self.principal_most is None else fen(self.principal_most),
            self.percent / _WHOLE,
            until,
            None if self.most is None else fen(self.most),
        )

    def due(self, account: Account, bearing: Bearing, through: date) -> int:
        """The subsidy that is due by the end of a day, in fen, from the day of lending."""
        if self.paid == "on_time" and not (account.on_time and account.ended and account.ended <= through):
            return 0
        return earned(account, bearing, through)


class LadderStep(Rule, title="逾期的一档"):
    """What a loan is called, and what is done, from so many days overdue on."""

    days: Number = Field(description="逾期满几天起")
    grade: str = Field(description="五级分类的叫法，如“关注”")
    action: str = Field(default="", description="这一档要办什么，印在名单上")


class OverdueLadder(Rule, title="逾期分档"):
    """The classes of loans by days overdue."""

    clause: Citation
    normal: str = Field(default="正常", description="没有逾期的叫什么")
    steps: tuple[LadderStep, ...] = Field(description="各档，从少到多")

    @model_validator(mode="after")
    def _rising(self) -> Self:
        days = [step.days for step in self.steps]
        if days != sorted(set(days)):
            raise ValueError("各档的 days 应从少到多，不重复")
        return self

    def step(self, days: int) -> LadderStep | None:
        """The class of a loan that is overdue by so many days; None where it is none."""
        reached = [step for step in self.steps if step.days <= days]
        return reached[-1] if reached else None


class Guarantee(Rule, title="代偿"):
    """What the fund pays the lender for a loan that is overdue for so long."""

    clause: Citation
    days: Number = Field(description="逾期满几天起代偿")
    percent: Exact = Field(gt=0, le=_WHOLE, description="代偿到期未还本息的百分之几")

    def call(self, account: Account, interest: Bearing, on: date) -> int:
        """Fen of the principal and the interest that were to be paid by the day on which the loan is due."""
        if account.overdue(on) < self.days:
            return 0
        until = interest._replace(until=account.due)
        unpaid = max(0, earned(account, until, on) - account.interest_paid)
        return whole((account.balance + unpaid) * self.percent / _WHOLE, "half_up")


class LoanPool(Rule, title="资金池"):
    """What may be lent: the fund, less what is out and what is lost. What came back is out no more, and so is not added."""

    clause: Citation
    total: tuple[FundFigure, ...] = Field(
        default=(), description="基金总额，由县里填，从早到晚；空着时，符合条件的申请待核实"
    )
    leverage: NotNegative = Field(
        default=Fraction(1), description="基金的几倍可以放贷（基金作担保、由银行放大的）；自有资金放贷写 1"
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _in_order(self.total)
        return self

    def fund_on(self, day: date) -> int | None:
        """Fen of the fund on a day; None where the county has not said it."""
        begun = [value.yuan for value in self.total if value.effective <= day]
        return fen(begun[-1]) if begun else None

    def limit(self, fund: int, written_off: int) -> int:
        """Fen that may be out at most: what is lost is gone from the fund before it is levered."""
        return max(0, whole((fund - written_off) * self.leverage, "down"))
