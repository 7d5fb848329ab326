"""Works out indicators, as assessment documents have them: from the cells of one row to points, with the reason.

Whatever the method, points lie between 0 and the indicator's full points, and are exact. A bonus that is blank is none.
"""

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from msgspec import Struct
from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Exact, Rule
from sanchuang_cli.record import Field

Values = Mapping[str, Any]
"""A row's values by column heading; None or absent where the cell is blank."""


NO_BONUS = "未填，不加分"


class Points(Struct, frozen=True, gc=False):
    """What an indicator gave: `got` of `full` points, and how, in words that a person can check."""

    got: Fraction
    full: Fraction
    how: str


class _Indicator(Rule):
    """What every method has: the roster columns that it reads, and the points for their values.

    `score` gives None when a cell is blank that it needs; a bonus of which all cells are blank adds nothing.
    """

    heading: str = Setting(description="指标名称，也是名册里的栏名")
    points: Exact = Setting(ge=0, description="满分，分；这个指标至多得这么多")
    clause: str = Setting(default="", description="依据；不写时用这一项的依据")
    types: tuple[str, ...] = Setting(default=(), description="只对这些组织类型；不写时对所有类型")
    bonus: bool = Setting(default=False, description="true 是加分项，不计入评分表的满分")

    def _column(self, kind: Kind, maximum: Fraction | None = None) -> tuple[Field, ...]:
        return (Field(self.heading, kind, name=self.heading, maximum=maximum),)

    @abstractmethod
    def columns(self) -> tuple[Field, ...]:
        """The roster columns that it reads."""

    @abstractmethod
    def _scored(self, values: Values) -> Points | None:
        """The points for cells of which some are filled; None where one is blank that it needs."""

    def score(self, values: Values) -> Points | None:
        """The points, with the reason."""
        if self.bonus and all(values.get(column.name) is None for column in self.columns()):
            return self._points(Fraction(0), NO_BONUS)
        return self._scored(values)

    def at_odds(self, values: Values) -> tuple[str, str] | None:
        """Of cells that are all filled and give no points: the column to look at, and what is wrong, in words."""
        return None

    def _points(self, got: Fraction, how: str) -> Points:
        return Points(min(max(got, Fraction(0)), self.points), self.points, how)


class GivenPoints(_Indicator, title="指标：按所填得分"):
    """The cell holds the points."""

    method: Literal["given"] = Setting(description="算法：名册里填的就是得分")

    def columns(self) -> tuple[Field, ...]:
        """A score of at most the full points."""
        return self._column(Kind.SCORE, self.points)

    def _scored(self, values: Values) -> Points | None:
        """The points as written."""
        value = values.get(self.heading)
        return None if value is None else self._points(value, "按所填得分")


class ScoreBand(Rule, title="计分区间"):
    """What a value of at least so much is worth."""

    at_least: Exact = Setting(description="达到多少，含本数")
    points: Exact = Setting(ge=0, description="得多少分")


class Banded(_Indicator, title="指标：按区间计分"):
    """The highest band whose lower edge the value reaches counts; below the lowest there is nothing."""

    method: Literal["bands"] = Setting(description="算法：按所填的数落在哪个区间")
    bands: tuple[ScoreBand, ...] = Setting(min_length=1, description="各区间，从低到高；低于第一个的不得分")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(low.at_least >= high.at_least for low, high in pairwise(self.bands)):
            raise ValueError(f"指标“{self.heading}”的 bands 应按 at_least 从小到大排列")
        if any(band.points > self.points for band in self.bands):
            raise ValueError(f"指标“{self.heading}”有区间的分值超过满分 {self.points}")
        return self

    def columns(self) -> tuple[Field, ...]:
        """A number, which may be as large as it likes."""
        return self._column(Kind.SCORE)

    def _scored(self, values: Values) -> Points | None:
        """The points of the highest band that is reached."""
        value = values.get(self.heading)
        if value is None:
            return None
        reached = [band for band in self.bands if value >= band.at_least]
        if not reached:
            return self._points(Fraction(0), f"低于最低一档 {plain(self.bands[0].at_least)}")
        return self._points(reached[-1].points, f"达到 {plain(reached[-1].at_least)} 一档")


class Each(_Indicator, title="指标：按次计分"):
    """So many points for each time, person or item, up to the full points."""

    method: Literal["each"] = Setting(description="算法：按次（人、项）计分，到满分为止")
    per: Exact = Setting(gt=0, description="每次（人、项）得几分")

    def columns(self) -> tuple[Field, ...]:
        """A number of times."""
        return self._column(Kind.COUNT)

    def _scored(self, values: Values) -> Points | None:
        """So many times the points of one."""
        value = values.get(self.heading)
        if value is None:
            return None
        return self._points(value * self.per, f"{value} × {plain(self.per)}，至多 {plain(self.points)}")


class RatioScore(_Indicator, title="指标：按比例计分"):
    """One column divided by another."""

    method: Literal["ratio"] = Setting(description="算法：heading 一栏 ÷ of 一栏")
    of: str = Setting(description="分母的栏名，如“应训党员数”")
    full_at: Exact = Setting(default=Fraction(1), gt=0, description="达到多大的比例得满分，不写是 1（100%）")
    beyond: Literal["set-aside", "full"] = Setting(
        default="set-aside",
        description="heading 一栏多于 of 一栏时：set-aside 填错了，待核实（不写就是它），full 超额完成，得满分",
    )

    def columns(self) -> tuple[Field, ...]:
        """The part and the whole, both counted."""
        return (*self._column(Kind.COUNT), Field(self.of, Kind.COUNT, name=self.of))

    def _scored(self, values: Values) -> Points | None:
        """The full points times the ratio; None where a figure is blank, or the two cannot both be true."""
        part, whole = values.get(self.heading), values.get(self.of)
        if part is None or whole is None or self.at_odds(values):
            return None
        reached = Fraction(part, whole) / self.full_at
        return self._points(self.points * reached, f"{part} ÷ {whole}，达到 {plain(self.full_at)} 得满分")

    def at_odds(self, values: Values) -> tuple[str, str] | None:
        """A whole of nought, of which nothing is a share; or a part that is more than its whole."""
        part, whole = values.get(self.heading), values.get(self.of)
        if part is None or whole is None or (whole > 0 and (part <= whole or self.beyond == "full")):
            return None
        if part > whole:
            return self.heading, f"“{self.heading}”{part} 多于“{self.of}”{whole}"
        return self.of, f"“{self.of}”是 0，比例算不出来"


class YesNo(_Indicator, title="指标：是或否"):
    """Yes earns the full points, no earns none."""

    method: Literal["yes-no"] = Setting(description="算法：填“是”得满分，填“否”不得分")

    def columns(self) -> tuple[Field, ...]:
        """A yes or a no."""
        return self._column(Kind.FLAG)

    def _scored(self, values: Values) -> Points | None:
        """All or nothing."""
        value = values.get(self.heading)
        if value is None:
            return None
        return self._points(self.points, "是") if value else self._points(Fraction(0), "否")


class FaultColumn(Rule, title="扣分情形"):
    """A column of the roster that says whether, or how many times, something went wrong."""

    heading: str = Setting(description="名册里的栏名")
    per: Exact = Setting(gt=0, description="每次（或填“是”）扣几分，写正数")
    counted: bool = Setting(default=False, description="true 时这一栏填次数；不写时填“是”或“否”")
    clause: str = Setting(default="", description="依据；可以不写")


class Deducted(_Indicator, title="指标：扣分制"):
    """The full points less each fault, never below zero; a blank cell is no fault."""

    method: Literal["deduct"] = Setting(description="算法：从满分起扣，扣完为止")
    faults: tuple[FaultColumn, ...] = Setting(min_length=1, description="各种扣分情形；空着的栏不扣")

    def columns(self) -> tuple[Field, ...]:
        """A column for each fault."""
        return tuple(
            Field(fault.heading, Kind.COUNT if fault.counted else Kind.FLAG, name=fault.heading)
            for fault in self.faults
        )

    def _scored(self, values: Values) -> Points | None:
        """What the faults leave of the full points."""
        counted = [(fault, int(values.get(fault.heading) or 0)) for fault in self.faults]
        lost = sum((fault.per * times for fault, times in counted), Fraction(0))
        faults = "、".join(
            f"{fault.heading} {times} × {plain(fault.per)}" for fault, times in counted if times
        )
        how = f"满分 {plain(self.points)} 扣 {plain(lost)}（{faults}）" if faults else "无扣分情形"
        return self._points(self.points - lost, how + ("，扣完为止" if lost > self.points else ""))


Indicator = Annotated[
    GivenPoints | Banded | Each | RatioScore | YesNo | Deducted, Setting(discriminator="method")
]
