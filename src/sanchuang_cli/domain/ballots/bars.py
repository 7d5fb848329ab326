"""Declares the shares that a policy asks for: more than a share, or at least a share (a bar), or at most a share of all (a
cap).
"""

from fractions import Fraction
from math import ceil, floor
from typing import Literal, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.exact_numbers import Rounding, percent, whole
from sanchuang_cli.policy import Citation, Exact, NotNegative, Rule

Base = Literal["entitled", "present", "given_out", "returned", "valid"]
"""What a percentage is a share of."""

BASES: dict[Base, str] = {
    "entitled": "应到",
    "present": "实到",
    "given_out": "发出",
    "returned": "收回",
    "valid": "有效",
}
"""The bases in words. None of them can be more than one before it, so the largest is first."""

_IN_TENTHS = 10
"""From this denominator on a share is written in per cent."""
_NEEDS = {"more_than": "超过", "at_least": "不少于"}


class Bar(Rule, title="比例要求"):
    """What a part must come to of its whole."""

    needs: Literal["more_than", "at_least"] = Field(description="more_than 超过（不含本数），at_least 不少于")
    share: Exact = Field(ge=0, le=1, description='占多少，如 "1/2"、0.8')

    def met(self, part: int | Fraction, of: int | Fraction) -> bool:
        """Whether `part` of a whole `of` comes up to it. Both are in the same unit, and nothing is rounded."""
        return part > self.share * of if self.needs == "more_than" else part >= self.share * of

    def least(self, of: int) -> int:
        """The fewest of `of` that come up to it."""
        return floor(self.share * of) + 1 if self.needs == "more_than" else ceil(self.share * of)

    def as_strict_as(self, other: "Bar") -> bool:
        """Whether nothing comes up to it that does not come up to the other bar."""
        return self.share > other.share or (
            self.share == other.share and (self.needs == "more_than" or other.needs == "at_least")
        )

    def __str__(self) -> str:
        return f"{_NEEDS[self.needs]} {fraction(self.share)}"

    @model_validator(mode="after")
    def _can_be_met_and_missed(self) -> Self:
        if self.needs == "more_than" and self.share == 1:
            raise ValueError("超过全部（share = 1）无人能达到，应写 needs = “at_least” 或小一些的 share")
        if self.needs == "at_least" and self.share == 0:
            raise ValueError("不少于 0 总能达到，等于没有规定，应写 needs = “more_than” 或大一些的 share")
        return self


class Majority(Bar, title="多数要求"):
    """A bar with the name of what the share is taken of."""

    base: Base = Field(
        description="占谁的：entitled 应到，present 实到，given_out 发出，returned 收回，valid 有效"
    )

    def __str__(self) -> str:
        return f"{_NEEDS[self.needs]}{BASES[self.base]}的 {fraction(self.share)}"


class Cap(Rule, title="比例限额"):
    """At most a share of all, and what becomes of a tie across the line."""

    clause: Citation
    share: NotNegative = Field(description="占总数多少；可以大于 1，如差额选举每个名额 1.2 个候选人")
    round: Rounding = Field(
        default="down", description="算出的名额有零头时：down 舍去，up 进一，half_up 四舍五入"
    )
    tie: Literal["ask", "all_out", "all_in"] = Field(
        default="ask",
        description="名额线上得分相同的：ask 都不给、留给人定，all_out 都不给，all_in 都给（可以超出名额）",
    )

    def of(self, n: int | Fraction) -> int:
        """How many of `n` the cap allows; for money, whole fen of `n` fen."""
        return whole(self.share * n, self.round)


def fraction(share: Fraction) -> str:
    """A share as documents write it: 1/2, 4/5, 30%."""
    return str(share) if 1 < share.denominator < _IN_TENTHS else percent(share)
