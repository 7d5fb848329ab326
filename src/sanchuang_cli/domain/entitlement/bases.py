"""Declares the blocks of a policy for figures that it refers to by name, which change from year to year and may differ by
place.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.period import Month
from sanchuang_cli.policy import Citation, NotNegative, Rule

_EXAMPLES = 4


class DatedFigure(Rule, title="基数的一个数"):
    """What a base is from a day on: one amount, or one for each township, village or class."""

    effective: date = Field(description="从哪一天起用这个数")
    amount: NotNegative | None = Field(default=None, description="多少元；各处不同的不写，写 amounts")
    amounts: dict[str, NotNegative] = Field(
        default_factory=dict,
        description='各乡镇、各村、各类的数，元，如 { "青禾镇" = 19800 }；只有一个数的不写',
    )

    @property
    def figures(self) -> list[Fraction]:
        """All figures, in any order."""
        return [*self.amounts.values(), *([] if self.amount is None else [self.amount])]


class Base(Rule, title="基数"):
    """A figure that amounts and conditions refer to by name."""

    name: str = Field(description="基数的名称，如“农民人均纯收入”")
    clause: Citation
    by: tuple[str, ...] = Field(
        default=(),
        description='各乡镇、各村、各类不同的，看名册的哪几列，如 ["乡镇", "村"]；全县一个数的不写',
    )
    values: tuple[DatedFigure, ...] = Field(
        default=(), description="各年的数，从早到晚；空着就要由县里填，不填不能发"
    )
    at_least: NotNegative | None = Field(
        default=None, description="文件规定不得低于多少元，含本数；不写时不限"
    )
    at_most: NotNegative | None = Field(
        default=None, description="文件规定不得高于多少元，含本数；不写时不限"
    )

    @model_validator(mode="after")
    def _in_bounds(self) -> Self:
        for value in self.values:
            if bool(self.by) != bool(value.amounts) or bool(value.amounts) == (value.amount is not None):
                raise ValueError(
                    f'“{self.name}”的 values：只有一个数的写 amount；各乡镇、各村、各类不同的写 by = ["乡镇"] '
                    '和 amounts = { "青禾镇" = 18600, … }'
                )
            for figure in value.figures:
                if not self._within(figure):
                    raise ValueError(f"“{self.name}”为 {plain(figure)} 元，应{self._bounds}（{self.clause}）")
        dates = [value.effective for value in self.values]
        if dates != sorted(set(dates)):
            raise ValueError(f"“{self.name}”的 values 应按 effective 先后排列，不重复")
        return self

    def _within(self, figure: Fraction) -> bool:
        low, high = self.at_least, self.at_most
        return (low is None or low <= figure) and (high is None or figure <= high)

    @property
    def _bounds(self) -> str:
        low, high = self.at_least, self.at_most
        if low is not None and high is not None:
            return f"在 {plain(low)} 至 {plain(high)} 元之间"
        return f"不低于 {plain(low)} 元" if low is not None else f"不高于 {plain(high or 0)} 元"

    def begun(self, at: Month) -> tuple[DatedFigure, ...]:
        """The values in force on the first day of a month, the latest last."""
        return tuple(value for value in self.values if value.effective <= at.first)

    def figure(self, at: Month, whose: str = "") -> Fraction | None:
        """Yuan in a month, for a township, village or class; None where the policy has none."""
        begun = self.begun(at)
        if not begun or not self.by:
            return begun[-1].amount if begun else None
        return next((yuan for key, yuan in begun[-1].amounts.items() if narrow(key) == whose), None)

    def whose(self, cells: Iterable[Any]) -> str:
        """Which township, village or class the cells of the columns `by` name."""
        return "".join(narrow(str(cell)) for cell in cells if cell is not None)

    def unknown(self, at: Month, whose: str) -> str:
        """Why there is no figure for a township, village or class, in words."""
        some = "、".join([*self.begun(at)[-1].amounts][:_EXAMPLES]) if self.begun(at) else ""
        columns = "、".join(self.by)
        cell = f"“{columns}”未填" if not whose else f"“{columns}”是“{whose}”"
        return f"{cell}，基数“{self.name}”里没有它的数（有 {some}）"
