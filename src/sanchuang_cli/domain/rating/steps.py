"""Works out stars and grade, step by step: what the score earns, then what a low satisfaction, a veto and the ladder leave
of it.

Each step says what came out, why, and by which clause. The pages explain a star by printing its steps.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Literal, Self

from msgspec import Struct
from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.exact_numbers import cut, percent, plain
from sanchuang_cli.domain.rating.goods import MOST_STARS, Good, GoodScore, Stars
from sanchuang_cli.policy import Citation, Exact, Rule


class RatingStep(Struct, frozen=True, gc=False):
    """One step on the way to the stars or the grade: what came out, why, and the clause."""

    result: str
    why: str
    clause: str


def stars_in_words(number: int | None) -> str:
    """三星, 十二星; 无星 for none."""
    if not number:
        return "无星"
    tens, ones = divmod(number, 10)
    return f"{'二' * (tens > 1)}{'十' * (tens > 0)}{'〇一二三四五六七八九'[ones] * (ones > 0)}星"


class Grade(Rule, title="一个等次"):
    """A grade, and the total from which it is reached."""

    name: str = Setting(description="等次名称，如“好”“较好”")
    at_least: Exact = Setting(description="综合得分（按星级定等次的，是星数）达到多少，含本数")


class Grades(Rule, title="等次"):
    """How the total or the stars become a grade, and what a low satisfaction or a veto leaves of it."""

    clause: Citation
    by: Literal["total", "stars"] = Setting(
        default="total", description="按什么定等次：total 综合得分（不写就是它），stars 星级"
    )
    bands: tuple[Grade, ...] = Setting(description="各等次，从高到低；最后一档的 at_least 写 0")
    gate: Exact | None = Setting(
        default=None, ge=0, le=1, description="群众满意率的底线，如 0.90；低于它就限制等次；不写时不看满意率"
    )
    gate_clause: str = Setting(default="", description="满意率底线的依据；有 gate 时要写")
    gated: str = Setting(default="", description="满意率不够的，最高定为哪个等次；有 gate 时要写")
    vetoed: str = Setting(default="", description="有否决情形的，最高定为哪个等次；不写时不限制等次")
    veto_clause: str = Setting(default="", description="否决后限制等次的依据；有 vetoed 时要写")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        edges = [band.at_least for band in self.bands]
        if edges != sorted(set(edges), reverse=True) or not edges[1:] or edges[-1] != 0:
            raise ValueError(
                "bands 应从高到低排列，至少两档，最后一档的 at_least 应为 0，否则有的得分没有等次"
            )
        names = self.names()
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"bands 里有两档都叫“{'”“'.join(twice)}”：一个等次只写一档")
        for key, limits, word, clause in (
            ("gate", self.gate is not None, self.gated, self.gate_clause),
            ("vetoed", bool(self.vetoed), self.vetoed, self.veto_clause),
        ):
            if limits and not clause:
                raise ValueError(f"写了 {key}，还要写它的依据 {key.removesuffix('ed')}_clause")
            if limits and word not in names:
                raise ValueError(f"等次“{word}”不在 bands 之内")
        return self

    def names(self) -> list[str]:
        """The grades from the best down."""
        return [band.name for band in self.bands]

    def steps(
        self, total: Fraction | None, stars: int | None, satisfaction: Fraction | None, veto: str
    ) -> tuple[RatingStep, ...]:
        """The steps to the grade: bands, gate, veto. total, stars: the one by which it goes is there."""
        score = Fraction(stars or 0) if self.by == "stars" else total or Fraction(0)
        at = next(i for i, band in enumerate(self.bands) if score >= band.at_least)
        what = stars_in_words(stars) if self.by == "stars" else f"综合得分 {cut(score)}"
        steps = [RatingStep(self.bands[at].name, f"{what}，{self._reached[at]}", self.clause)]
        if self.gate is not None and satisfaction is not None and satisfaction < self.gate:
            why = f"满意率 {cut(satisfaction * 100)}%，低于 {percent(self.gate)}"
            steps += self._capped(steps[-1], self.gated, why, self.gate_clause)
        if veto and self.vetoed:
            why = f"否决：{veto}，最高定为{self.vetoed}"
            steps += self._capped(steps[-1], self.vetoed, why, self.veto_clause)
        return tuple(steps)

    @cached_property
    def _reached(self) -> tuple[str, ...]:
        """For each band, the words for a total, or a number of stars, in it."""
        unit = " 星" if self.by == "stars" else ""
        edges = [f"{plain(band.at_least)}{unit}" for band in self.bands]
        return (*(f"达到 {edge}" for edge in edges[:-1]), f"不满 {edges[-2]}")

    def _capped(self, before: RatingStep, limit: str, why: str, clause: str) -> list[RatingStep]:
        """A step down to `limit`, where the grade before it is a better one."""
        names = self.names()
        return [RatingStep(limit, why, clause)] if names.index(before.result) < names.index(limit) else []


class StarBand(Rule, title="星级分数段"):
    """So many stars from a total of so much on."""

    at_least: Exact = Setting(description="综合得分达到多少，含本数")
    stars: Stars = Setting(description="得几星")


class StarRule(Rule, title="星级"):
    """How stars are earned, and what a veto leaves of them."""

    clause: Citation
    model: Literal["per-good", "total-bands", "levels", "none"] = Setting(
        description=(
            "怎样得星：per-good 一项一星，total-bands 按综合得分分段，levels 各星级有自己的评分表、逐级达标，"
            "none 不评星（整节不写也是不评星）"
        )
    )
    bands: tuple[StarBand, ...] = Setting(default=(), description="按综合得分评星的各段，从高到低")
    unscored: Literal["set-aside", "stops"] = Setting(
        default="set-aside",
        description="levels 时，下一级达标而再往上各级都没有评分的：set-aside 待核实，stops 没有申报，星级到此为止",
    )
    veto: Literal["no-star", "one-below-last-year", "nothing"] = Setting(
        default="nothing",
        description=(
            "有否决情形的：no-star 不得星，one-below-last-year 比上年降一星（不超过本年应得），"
            "nothing 不影响星级（不写就是它）"
        ),
    )
    veto_clause: str = Setting(default="", description="否决后怎样评星的依据；否决影响星级时要写")

    @model_validator(mode="after")
    def _bands_belong_to_their_model(self) -> Self:
        if (self.model == "total-bands") != bool(self.bands):
            raise ValueError("model 为 total-bands 时要写 bands，其他 model 不写")
        edges = [band.at_least for band in self.bands]
        if edges != sorted(set(edges), reverse=True):
            raise ValueError("bands 应按 at_least 从高到低排列")
        if self.veto != "nothing" and not self.veto_clause:
            raise ValueError("写了 veto，还要写它的依据 veto_clause")
        return self

    def most(self, goods: Sequence[Good]) -> int:
        """The most stars that there can be."""
        if self.model == "per-good":
            return sum(good.earns for good in goods)
        given = [rule.stars for rule in (goods if self.model == "levels" else self.bands)]
        return max(given, default=0)

    def earned(self, goods: Sequence[GoodScore], total: Fraction | None) -> RatingStep:
        """What the scores earn."""
        if self.model == "levels":
            return self._by_levels(goods)
        return self._by_goods(goods) if total is None or self.model == "per-good" else self._by_total(total)

    def after_veto(self, earned: int, veto: str, last: int | None) -> tuple[RatingStep, ...]:
        """What a veto leaves of the stars. last: those of the year before."""
        if not veto or self.veto == "nothing":
            return ()
        if self.veto == "no-star":
            return (RatingStep("0", f"否决：{veto}，不得星", self.veto_clause),)
        # The stars of last year may be more than were earned now, and a veto must not raise anybody.
        left = min(earned, max((last or 0) - 1, 0))
        then = "上年没有评星，不得星" if last is None else f"比上年{stars_in_words(last)}降一星"
        return (RatingStep(str(left), f"否决：{veto}，{then}", self.veto_clause),)

    def _by_goods(self, goods: Sequence[GoodScore]) -> RatingStep:
        passed = [g.good.heading for g in goods if g.passed]
        return RatingStep(str(len(passed)), f"得星：{'、'.join(passed) or '无'}", self.clause)

    def _by_levels(self, goods: Sequence[GoodScore]) -> RatingStep:
        """The highest level of those that were scored one after the other, the last of which may have failed."""
        failed = [g.good.stars for g in goods if not g.passed]
        reached = max((g.good.stars for g in goods if g.good.stars not in failed), default=0)
        told = (
            f"{g.good.heading} {cut(g.score)} 分，{'达标' if g.passed else '未达标，以上各级不再评'}"
            for g in goods
        )
        return RatingStep(str(reached), "；".join(told), self.clause)

    def _by_total(self, total: Fraction) -> RatingStep:
        reached = next((band for band in self.bands if total >= band.at_least), None)
        why = f"综合得分 {cut(total)}，" + (f"达到 {plain(reached.at_least)}" if reached else "未达最低一档")
        return RatingStep(str(reached.stars if reached else 0), why, self.clause)


class Ladder(Rule, title="逐级晋升"):
    """How far stars may rise in a year, and which honours free an organisation from that."""

    clause: Citation
    step: int = Setting(ge=1, le=MOST_STARS, description="一年至多升几星")
    honours: tuple[Literal["国家级", "省级", "市级", "县级", "乡镇级"], ...] = Setting(
        default=(), description="本期内获得哪些级别的综合荣誉，可以破格；不写时不破格"
    )
    honours_clause: str = Setting(default="", description="破格的依据；有 honours 时要写")

    @model_validator(mode="after")
    def _honours_have_their_clause(self) -> Self:
        if self.honours and not self.honours_clause:
            raise ValueError("写了 honours，还要写它的依据 honours_clause")
        return self

    def stops(self, earned: int, last: int) -> bool:
        """Whether so many stars are more than may be gained in a year."""
        return earned > last + self.step

    def step_down(self, last: int) -> RatingStep:
        """Down to the most that may be gained in a year."""
        why = f"上年{stars_in_words(last)}，一年至多升 {self.step} 星"
        return RatingStep(str(last + self.step), why, self.clause)

    def step_past(self, earned: str, honour: str) -> RatingStep:
        """An organisation with such an honour keeps what it earned."""
        return RatingStep(earned, f"获{honour}综合荣誉，可破格", self.honours_clause)
