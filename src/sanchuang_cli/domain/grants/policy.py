"""Declares a document that grants sums, as an edition says it; a programme adds its own blocks."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.domain.grants.allotments import Disbursement, SharedPot
from sanchuang_cli.domain.grants.spending import Spending
from sanchuang_cli.domain.grants.standards import GrantStandard
from sanchuang_cli.domain.rating.types import OrganisationType
from sanchuang_cli.policy import Policy


class Grants(Policy, title="经费标准（一版）"):
    """Whom it grants what for the year, by type, and who bears it."""

    types: tuple[OrganisationType, ...] = Field(description="类型和名册里的各种写法")
    standards: tuple[GrantStandard, ...] = Field(default=(), description="各项标准，全年的数")
    unfilled: tuple[str, ...] = Field(
        default=(), description="哪些类型的，各项要看的数一个也没有填就是无标准；不写的，空着的待核实"
    )
    pots: tuple[SharedPot, ...] = Field(default=(), description="总数固定、按比例分的")
    funding: Funding = Field(description="由谁分担；某一项另有规定的，写在那一项里")
    paid: Disbursement | None = Field(default=None, description="分几次拨付；不写时不出代发文件，不进台账")
    spending: Spending | None = Field(default=None, description="允许的用途和限额；不写时不看凭证")

    @model_validator(mode="after")
    def _names_known(self) -> Self:
        names = [*(each.name for each in self.standards), *(each.name for each in self.pots)]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"“{'、'.join(sorted(twice))}”写了两次：各项标准不能重名")
        if not names:
            raise ValueError("至少写一项 standards（标准）或 pots（按比例分的）")
        used = {*self.unfilled, *chain.from_iterable(each.types for each in self.limited if each)}
        if unknown := sorted(used - {each.name for each in self.types}):
            raise ValueError(f"类型“{'、'.join(unknown)}”没有在 types 里列出")
        return self

    @property
    def limited(self) -> Sequence[Any]:
        """The blocks that may say for which types they are, None where a block is not written."""
        return (*self.standards, *self.pots, self.spending)

    @property
    def payers(self) -> tuple[str, ...]:
        """All who bear some of it, in the order in which the document names them."""
        own = [*(each.funding for each in self.standards), *(pot.funding for pot in self.pots)]
        fundings = [self.funding, *(funding for funding in own if funding)]
        return tuple(dict.fromkeys(share.who for funding in fundings for share in funding.shares))
