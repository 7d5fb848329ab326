"""Scoring by indicators, as assessment documents do it: from the cells of one row to points, with the reason.

Every method keeps one promise: points lie between 0 and the indicator's full points, exactly, as a Fraction.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from msgspec import Struct
from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.numbers import plain
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Exact, Rule
from sanchuang_cli.record import Field

Values = Mapping[str, Any]
"""A row's values by column heading; None or absent where the cell is blank."""


class Points(Struct, frozen=True, gc=False):
    """What an indicator gave: `got` of `full` points, and how, in words a person can check."""

    got: Fraction
    full: Fraction
    how: str


class _Indicator(Rule):
    """What every method has: `columns()`, the roster columns it reads, and `score(values)`, its points or None
    when a cell it cannot do without is blank.

    heading: the column it is read from. types: organisation types it is for, all when empty.

    points: its full points, the most it can give. bonus: added on top of the sheet's full points.
    """

    heading: str
    points: Exact
    clause: str = ""
    types: tuple[str, ...] = ()
    bonus: bool = False

    def _one(self, kind: Kind, maximum: Fraction | None = None) -> tuple[Field, ...]:
        whole = int(maximum) if maximum is not None and maximum.denominator == 1 else None
        return (Field(self.heading, kind, name=self.heading, maximum=whole),)

    def _points(self, got: Fraction, how: str) -> Points:
        return Points(min(max(got, Fraction(0)), self.points), self.points, how)


class Given(_Indicator):
    """按评定得分计: the cell holds the points."""

    method: Literal["given"]

    def columns(self) -> tuple[Field, ...]:
        return self._one(Kind.SCORE, self.points)

    def score(self, values: Values) -> Points | None:
        value = values.get(self.heading)
        return None if value is None else self._points(value, "按所填得分")


class Band(Rule):
    """`points` for a value of at least `at_least`."""

    at_least: Exact
    points: Exact


class Banded(_Indicator):
    """按区间计分: the highest band whose lower edge the value reaches; below the lowest, nothing."""

    method: Literal["bands"]
    bands: tuple[Band, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(low.at_least >= high.at_least for low, high in pairwise(self.bands)):
            raise ValueError(f"指标“{self.heading}”的 bands 应按 at_least 从小到大排列")
        if any(band.points > self.points for band in self.bands):
            raise ValueError(f"指标“{self.heading}”有区间的分值超过满分 {self.points}")
        return self

    def columns(self) -> tuple[Field, ...]:
        return self._one(Kind.SCORE)

    def score(self, values: Values) -> Points | None:
        value = values.get(self.heading)
        if value is None:
            return None
        reached = [band for band in self.bands if value >= band.at_least]
        if not reached:
            return self._points(Fraction(0), f"低于最低一档 {plain(self.bands[0].at_least)}")
        return self._points(reached[-1].points, f"达到 {plain(reached[-1].at_least)} 一档")


class Each(_Indicator):
    """按次（人、项）计分，到满分为止."""

    method: Literal["each"]
    per: Exact

    def columns(self) -> tuple[Field, ...]:
        return self._one(Kind.COUNT)

    def score(self, values: Values) -> Points | None:
        value = values.get(self.heading)
        if value is None:
            return self._points(Fraction(0), "未填，不加分") if self.bonus else None
        return self._points(value * self.per, f"{value} × {plain(self.per)}，至多 {plain(self.points)}")


class Ratio(_Indicator):
    """按比例计分: heading ÷ of, full points from `full_at` on."""

    method: Literal["ratio"]
    of: str
    full_at: Exact = Fraction(1)

    def columns(self) -> tuple[Field, ...]:
        return (*self._one(Kind.COUNT), Field(self.of, Kind.COUNT, name=self.of))

    def score(self, values: Values) -> Points | None:
        part, whole = values.get(self.heading), values.get(self.of)
        if part is None or not whole:
            return None
        reached = Fraction(part, whole) / self.full_at
        return self._points(self.points * reached, f"{part} ÷ {whole}，达到 {plain(self.full_at)} 得满分")


class YesNo(_Indicator):
    """是得满分，否不得分."""

    method: Literal["yes-no"]

    def columns(self) -> tuple[Field, ...]:
        return self._one(Kind.FLAG)

    def score(self, values: Values) -> Points | None:
        value = values.get(self.heading)
        return (
            None
            if value is None
            else self._points(self.points if value else Fraction(0), "是" if value else "否")
        )


class Fault(Rule):
    """A column of faults: each costs `per` points; counted = a number of times, otherwise 是 or 否."""

    heading: str
    per: Exact
    counted: bool = False
    clause: str = ""


class Deducted(_Indicator):
    """扣分制，扣完为止: full points less each fault; a blank cell is no fault."""

    method: Literal["deduct"]
    faults: tuple[Fault, ...]

    def columns(self) -> tuple[Field, ...]:
        return tuple(
            Field(fault.heading, Kind.COUNT if fault.counted else Kind.FLAG, name=fault.heading)
            for fault in self.faults
        )

    def score(self, values: Values) -> Points | None:
        found = [(fault, int(values.get(fault.heading) or 0)) for fault in self.faults]
        lost = sum((fault.per * times for fault, times in found), Fraction(0))
        faults = "、".join(f"{fault.heading} {times} × {plain(fault.per)}" for fault, times in found if times)
        how = f"满分 {plain(self.points)} 扣 {plain(lost)}（{faults}）" if faults else "无扣分情形"
        return self._points(self.points - lost, how + ("，扣完为止" if lost > self.points else ""))


Indicator = Annotated[Given | Banded | Each | Ratio | YesNo | Deducted, Setting(discriminator="method")]
