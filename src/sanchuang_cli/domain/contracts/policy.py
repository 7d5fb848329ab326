"""Declares what a document on contracts says: allowance by class of county, settling-in, renewal, who bears the money."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.contracts.records import GRADES, REASONS
from sanchuang_cli.domain.funding import Funding
from sanchuang_cli.domain.months import When
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.policy import Citation, Count, Exact, Number, Policy, Rule, Yuan
from sanchuang_cli.posting import Posting

_WHOLE = 100


def _known(key: str, words: Iterable[str], known: Iterable[str]) -> None:
    """Raises ValueError for a word that no row of the roster can have."""
    if strange := [word for word in words if word not in known]:
        raise ValueError(f"{key} 里的“{'、'.join(strange)}”名册上没有，可写的有：{'、'.join(known)}")


class CountyClass(Rule, title="一类县"):
    """What is paid in a class of counties."""

    name: str = Setting(description="县类别，如“三类”")
    also: tuple[str, ...] = Setting(default=(), description="名册上的其他写法，如“三类县”")
    yearly: Yuan | None = Setting(
        default=None,
        description="生活补贴每人每年多少元，按月发：第 k 月止的累计是全年的 k/12，舍去不足一分的；不写时这一类待核实",
    )


class Allowance(Rule, title="生活补贴"):
    """What everybody who serves is paid."""

    clause: Citation
    starts: When = Setting(
        default="month_of", description="从合同起的哪个月发：month_of 当月，month_after 次月"
    )
    stops: When = Setting(
        default="month_after", description="从期满、解除的哪个月停：month_after 次月，month_of 当月"
    )
    classes: tuple[CountyClass, ...] = Setting(min_length=1, description="各类县的标准")

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        words = [narrow(word) for one in self.classes for word in (one.name, *one.also)]
        if len(set(words)) < len(words):
            raise ValueError(f"classes 里县类别的写法不能重复（现为 {'、'.join(words)}）")
        return self

    def of(self, written: str) -> CountyClass | None:
        """The class that a cell names; None where it names none."""
        return next(
            (one for one in self.classes if narrow(written) in map(narrow, (one.name, *one.also))), None
        )


class GivenBack(Rule, title="退回的一段"):
    """How much is given back by whoever leaves up to a month."""

    through: Number = Setting(description="到第几个自然月；合同起的当月是第 1 个月")
    percent: Exact = Setting(ge=0, le=_WHOLE, description="退回百分之几")


class SettlingIn(Rule, title="安家费"):
    """What is paid once, in the first month of the first contract."""

    clause: Citation
    amount: Yuan = Setting(description="每人一次多少元")
    give_back: tuple[GivenBack, ...] = Setting(
        default=(), description="离岗的退回多少，按月数从小到大；以后不退"
    )
    spared: tuple[str, ...] = Setting(default=(), description="因这些解除原因离岗的不退")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(one.through >= other.through for one, other in pairwise(self.give_back)):
            raise ValueError("give_back 的 through 要从小到大，不能重复")
        _known("spared", self.spared, REASONS)
        return self

    def back(self, nth: int, reason: str) -> Exact:
        """Per cent to give back by whoever leaves in the nth month."""
        steps = (one.percent for one in self.give_back if nth <= one.through)
        return Fraction(0) if reason in self.spared else next(steps, Fraction(0))


class Renewal(Rule, title="续聘"):
    """Who is proposed for another contract, and how early that is told."""

    decides = False

    clause: Citation
    refused: tuple[str, ...] = Setting(description="哪些考核等次不提续聘")
    warn: tuple[Count, ...] = Setting(
        min_length=1, description="合同止前多少天以内提醒，可写几档，从小到大，如 [30, 90]"
    )
    responsible: str = Setting(description="谁办续聘")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(one >= other for one, other in pairwise(self.warn)):
            raise ValueError("warn 要从小到大，不能重复")
        _known("refused", self.refused, GRADES)
        return self


class GraduatePolicy(Policy, title="大学生村官管理办法（一版）"):
    """What a document on graduates who serve in villages says."""

    allowance: Allowance = Setting(description="生活补贴")
    settling_in: SettlingIn | None = Setting(default=None, description="安家费；不写时不发")
    funding: Funding = Setting(description="经费由谁分担")
    renewal: Renewal = Setting(description="到期提醒和续聘")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")
