"""Declares what a document says of its two lists: who is to be rectified, and whose secretary is proposed to be changed."""

from fractions import Fraction
from typing import Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.rating.quotas import Lowest
from sanchuang_cli.domain.rating.triggers import Trigger
from sanchuang_cli.policy import Citation, Exact, Rule


class Rectify(Rule, title="整顿名单"):
    """Who is listed to be rectified: those who meet a criterion, then the lowest totals."""

    clause: Citation
    share: Exact = Setting(
        default=Fraction(0),
        ge=0,
        le=1,
        description="列入的不足参评总数的这个比例时，按得分从低到高补足，同分一并列入；不写时不补",
    )
    lowest: tuple[Lowest, ...] = Setting(
        default=(), description="按类型、按乡镇另定比例或个数的，一种一节；写了它就不写 share"
    )
    warns_over: Exact = Setting(
        default=Fraction(1), ge=0, le=1, description="列入的超过参评总数的这个比例时，给出提示；不写时不提示"
    )
    criteria: tuple[Trigger, ...] = Setting(default=(), description="列入情形；符合一条就列入")

    @model_validator(mode="after")
    def _one_share(self) -> Self:
        if self.share and self.lowest:
            raise ValueError("share 和 lowest 只写一个")
        return self

    @property
    def portions(self) -> tuple[Lowest, ...]:
        """How far the lowest totals fill up the list."""
        return self.lowest or ((Lowest(clause=self.clause, share=self.share),) if self.share else ())


class Secretaries(Rule, title="书记调整建议"):
    """When the secretary of an organisation is proposed to be changed."""

    clause: Citation
    triggers: tuple[Trigger, ...] = Setting(description="调整情形；符合一条就列入建议")
