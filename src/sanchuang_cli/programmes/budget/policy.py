"""Declares what a document on operating money says of a year, and the roster that it is asked about."""

from typing import Annotated, Any

from pydantic import Field as Setting

from sanchuang_cli.domain.beside import of_organisation
from sanchuang_cli.domain.grants.base_pay import BasePay
from sanchuang_cli.domain.grants.granting import GrantedRecord
from sanchuang_cli.domain.grants.policy import Grants
from sanchuang_cli.finding import Finding
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Exact, Rule, Yuan
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field


class FundedBody(GrantedRecord, frozen=True, kw_only=True):
    """A row of the roster: a village, a community, or an organisation outside the public sector."""

    township: Annotated[str, Field("乡镇", required=True, from_sender=True, example="示例镇")]
    name: Annotated[str, Field("村", required=True, aliases=("单位名称", "组织名称"), example="示例村")]
    type: Annotated[str, Field("类型", required=True, aliases=("组织类型", "类别"), example="村")]
    population: Annotated[int | None, Field("人口", Kind.COUNT, aliases=("人口数", "总人口"))] = None
    members: Annotated[int | None, Field("党员数", Kind.COUNT)] = None
    payroll: Annotated[int | None, Field("工资总额", Kind.MONEY, note="企业填，上年度")] = None
    overhead: Annotated[int | None, Field("管理费支出", Kind.MONEY, note="企业填，党组织活动列支的")] = None
    stated: Annotated[int | None, Field("核定金额", Kind.MONEY, aliases=("预算金额", "核定标准"))] = None
    code: Annotated[str, Field("统一社会信用代码")] = ""
    bank: Annotated[str, Field("开户行")] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""

    @property
    def says_more(self) -> bool:
        """Whether it asks how much of its expenses can be deducted."""
        return self.overhead is not None

    @property
    def called(self) -> str:
        """How a message names the body."""
        return f"{self.township}“{self.name}”"

    def said_beside(self) -> list[Finding]:
        """Findings from what is written beside the fields."""
        return list(of_organisation(self.row, self.name))


class Average(Rule, title="县平均"):
    """What the county must give on average."""

    clause: Citation
    at_least: Yuan = Setting(description="平均每个至少多少元；不到的提示差多少")
    types: tuple[str, ...] = Setting(default=(), description="哪些类型的平均；不写就是全部")


class Deductible(Rule, title="管理费列支"):
    """How much of what a company spends on its organisation can be deducted."""

    clause: Citation
    percent: Exact = Setting(ge=0, le=100, description="最多是工资总额的百分之几，不足一分的舍去")
    types: tuple[str, ...] = Setting(description="哪些类型的")


class BudgetPolicy(Grants, title="经费保障办法（一版）"):
    """What a document on operating money says of a year."""

    average: Average | None = Setting(default=None, description="全县平均的最低数；不写时不看")
    deductible: Deductible | None = Setting(default=None, description="企业管理费列支；不写时不算")
    base_pay: BasePay | None = Setting(default=None, description="村干部的基本报酬；不写时不列")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @property
    def limited(self) -> tuple[Any, ...]:
        """Blocks that may hold for some types only."""
        return (*super().limited, self.average, self.deductible, self.base_pay)
