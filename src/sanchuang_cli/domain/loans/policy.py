"""Declares one edition of a document on a fund that lends, or has a bank lend."""

from pydantic import Field

from sanchuang_cli.domain.loans.conditions import LoanConditions
from sanchuang_cli.domain.loans.granting import ApplicationScores, Caps, LoanLimit
from sanchuang_cli.domain.loans.rules import Guarantee, Interest, InterestSubsidy, LoanPool, OverdueLadder
from sanchuang_cli.policy import Policy
from sanchuang_cli.posting import Posting


class LoanPolicy(Policy, title="创业扶助基金办法（一版）"):
    """What a document says. A loan keeps to the edition that was in force on the day on which it was lent."""

    conditions: LoanConditions = Field(description="申请条件；文件没有写的条件不写")
    limit: LoanLimit = Field(description="一笔至多多少")
    scores: ApplicationScores | None = Field(
        default=None, description="评分表；不写时不评分，按户数、申请先后排"
    )
    caps: Caps | None = Field(default=None, description="全年、各乡镇的总量限制；不写时只看资金池")
    interest: Interest = Field(description="贷款利率和计息办法")
    subsidy: InterestSubsidy | None = Field(default=None, description="贴息；不写时不贴")
    ladder: OverdueLadder = Field(description="逾期分档和五级分类")
    guarantee: Guarantee | None = Field(default=None, description="代偿；不写时没有")
    pool: LoanPool = Field(description="基金总额和可贷资金")
    notice: Posting | None = Field(default=None, description="怎样公示；不写时不出公示")
