"""Stars and grade, step by step: what the score earns, then what a gate, a veto and the ladder leave of it.

Each step says what came out, why, and by which clause, so that the pages explain a star by printing its steps.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, Self

from msgspec import Struct
from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.numbers import cut, plain
from sanchuang_cli.domain.rating.goods import GoodScore
from sanchuang_cli.policy import Exact, Rule

Stars = Annotated[int, Setting(ge=0, le=5)]


class Step(Struct, frozen=True, gc=False):
    """One step on the way to the stars or the grade: what came out, why, and the clause."""

    result: str
    why: str
    clause: str


def stars_in_words(number: int | None) -> str:
    return f"{'〇一二三四五'[number]}星" if number else "无星"


class Grade(Rule):
    """等次 `name` from a total of `at_least` on."""

    name: str
    at_least: Exact


class Grades(Rule):
    """等次 from the best down; `gated` and `vetoed` are the best grade left after the gate or a veto."""

    clause: str
    bands: tuple[Grade, ...]
    gate: Exact
    gate_clause: str
    gated: str
    vetoed: str
    veto_clause: str

    @model_validator(mode="after")
    def _complete(self) -> Self:
        edges = [band.at_least for band in self.bands]
        if edges != sorted(set(edges), reverse=True) or not edges[1:] or edges[-1] != 0:
            raise ValueError(
                "bands 应从高到低排列，至少两档，最后一档的 at_least 应为 0，否则有的得分没有等次"
            )
        for word in (self.gated, self.vetoed):
            if word not in [band.name for band in self.bands]:
                raise ValueError(f"等次“{word}”不在 bands 之内")
        return self

    def names(self) -> list[str]:
        return [band.name for band in self.bands]

    def steps(self, total: Fraction, satisfaction: Fraction | None, veto: str) -> tuple[Step, ...]:
        """The steps to the grade: bands, gate, veto."""
        at = next(i for i, band in enumerate(self.bands) if total >= band.at_least)
        steps = [Step(self.bands[at].name, f"综合得分 {cut(total)}，{self._reached[at]}", self.clause)]
        if satisfaction is not None and satisfaction < self.gate:
            why = f"满意率 {cut(satisfaction * 100)}%，低于 {plain(self.gate * 100)}%"
            steps += self._capped(steps[-1], self.gated, why, self.gate_clause)
        if veto:
            why = f"否决：{veto}，最高定为{self.vetoed}"
            steps += self._capped(steps[-1], self.vetoed, why, self.veto_clause)
        return tuple(steps)

    @cached_property
    def _reached(self) -> tuple[str, ...]:
        """Of each band, how a total stands in it."""
        edges = [plain(band.at_least) for band in self.bands]
        return (*(f"达到 {edge}" for edge in edges[:-1]), f"不满 {edges[-2]}")

    def _capped(self, before: Step, limit: str, why: str, clause: str) -> list[Step]:
        """A step down to `limit`, where the grade before it is a better one."""
        names = self.names()
        return [Step(limit, why, clause)] if names.index(before.result) < names.index(limit) else []


class StarBand(Rule):
    """`stars` from a total of `at_least` on."""

    at_least: Exact
    stars: Stars


class StarRule(Rule):
    """How stars are earned: one for each good that passes, or by bands of the total.

    veto: what a veto leaves: no star, or one star fewer than last year (and never more than was earned).
    """

    clause: str
    model: Literal["per-good", "total-bands", "none"]
    bands: tuple[StarBand, ...] = ()
    veto: Literal["no-star", "one-below-last-year"]
    veto_clause: str

    @model_validator(mode="after")
    def _bands_belong_to_their_model(self) -> Self:
        if (self.model == "total-bands") != bool(self.bands):
            raise ValueError("model 为 total-bands 时要写 bands，其他 model 不写")
        edges = [band.at_least for band in self.bands]
        if edges != sorted(set(edges), reverse=True):
            raise ValueError("bands 应按 at_least 从高到低排列")
        return self

    def steps(
        self, goods: Sequence[GoodScore], total: Fraction, veto: str, last: int | None
    ) -> tuple[Step, ...]:
        """The steps to the stars that the score earns and a veto leaves. Empty when the policy gives none. last: the
        stars of the year before."""
        if self.model == "none":
            return ()
        earned = self._by_goods(goods) if self.model == "per-good" else self._by_total(total)
        if not veto:
            return (earned,)
        if self.veto == "no-star":
            return earned, Step("0", f"否决：{veto}，不得星", self.veto_clause)
        # Never more than was earned: a veto must not raise anybody.
        left = min(int(earned.result), max((last or 0) - 1, 0))
        why = f"否决：{veto}，比上年{stars_in_words(last)}降一星"
        return earned, Step(str(left), why, self.veto_clause)

    def _by_goods(self, goods: Sequence[GoodScore]) -> Step:
        passed = [g.good.heading for g in goods if g.passed]
        return Step(str(len(passed)), f"得星：{'、'.join(passed) or '无'}", self.clause)

    def _by_total(self, total: Fraction) -> Step:
        reached = next((band for band in self.bands if total >= band.at_least), None)
        why = f"综合得分 {cut(total)}，" + (f"达到 {plain(reached.at_least)}" if reached else "未达最低一档")
        return Step(str(reached.stars if reached else 0), why, self.clause)


class Ladder(Rule):
    """晋级: at most `step` stars above last year's, unless the organisation holds one of `honours`."""

    clause: str
    step: Annotated[int, Setting(ge=1, le=5)]
    honours: tuple[Literal["国家级", "省级", "市级", "县级", "乡镇级"], ...]
    honours_clause: str

    def stops(self, earned: int, last: int) -> bool:
        """Whether so many stars lie further above last year's than it goes in a year."""
        return earned > last + self.step

    def step_down(self, last: int) -> Step:
        why = f"上年{stars_in_words(last)}，一年至多升 {self.step} 星"
        return Step(str(last + self.step), why, self.clause)

    def step_past(self, earned: str, honour: str) -> Step:
        """Whoever has such an honour keeps what it earned."""
        return Step(earned, f"获{honour}综合荣誉，可破格", self.honours_clause)
