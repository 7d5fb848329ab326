"""Works out the points of a points sheet: by item, by ratio, less deductions; and checks that the parts of a sheet make its
whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Literal

from msgspec import Struct
from pydantic import Field

from sanchuang_cli.domain.doubtful import Doubtful, Objection, doubt, doubtful
from sanchuang_cli.domain.exact_numbers import plain, summed
from sanchuang_cli.policy import Citation, Exact, NotNegative, Rule


class Item(Rule, title="积分项目"):
    """An item of a points sheet, worth so much each time."""

    name: str = Field(description="项目名称")
    each: Exact = Field(description="每次几分；扣分写负数")
    most: NotNegative | None = Field(default=None, description="这一项至多几分；不写时不封顶")

    def points(self, times: int) -> Fraction:
        """What so many times are worth."""
        earned = self.each * times
        return earned if self.most is None else min(earned, self.most)


class RatioPoints(Rule, title="按比例计分的一项"):
    """A component whose points are its worth times what was reached over what is full."""

    name: str = Field(description="项目名称")
    worth: NotNegative = Field(description="满分几分")
    full: Exact | None = Field(default=None, gt=0, description="达到多少得满分；不写时看名册")
    over: Literal["capped", "uncapped"] = Field(
        default="capped", description="超过满额时：capped 按满分，uncapped 照比例多得"
    )
    least: NotNegative | None = Field(default=None, description="低于多少就没有资格；不写时不限")


class Ratios(Rule, title="按比例计分"):
    """Components scored by ratios and added up."""

    clause: Citation
    part: tuple[RatioPoints, ...] = Field(min_length=1, description="各项，得分相加")


def left_of(full: Fraction | int, deductions: Iterable[Fraction | int]) -> Fraction:
    """What deductions leave of full points, at least 0. Deductions are written without a minus."""
    return max(Fraction(full) - summed(deductions), Fraction(0))


def earned(items: Iterable[Item], times: Mapping[str, int]) -> Fraction | Doubtful:
    """The points of all items, or a doubt where an item is not on the list. An item without an entry was never done."""
    known = {item.name: item for item in items}
    strange = tuple(name for name in times if name not in known)
    if strange:
        return doubtful("unknown", strange, "“{}”不在积分项目里", "、".join(strange))
    below = tuple(name for name, number in times.items() if number < 0)
    if below:
        return doubtful("negative", below, "“{}”的次数不能是负数", "、".join(below))
    return summed(known[name].points(number) for name, number in times.items())


class Scored(Struct, frozen=True):
    """Points by ratio. over: components whose ratio is above 1. short: components below their least number."""

    points: Fraction
    over: tuple[str, ...]
    short: tuple[str, ...]

    @property
    def eligible(self) -> bool:
        """Whether no component is short; a single short one excludes, whatever the points."""
        return not self.short


def by_ratios(
    reached: Mapping[str, Fraction | int | None], of: Mapping[str, Fraction | int | None], rule: Ratios
) -> Scored | Doubtful:
    """The points of all components. reached: of each. of: what is full, for components whose rule does not say it."""
    doubts = tuple(_unusable(reached, of, rule))
    if doubts:
        return Doubtful(doubts)
    ratios = [
        (part, reached[part.name] or 0, Fraction(reached[part.name] or 0) / _full(part, of))
        for part in rule.part
    ]
    points = summed(
        part.worth * (ratio if part.over == "uncapped" else min(ratio, Fraction(1)))
        for part, _, ratio in ratios
    )
    over = tuple(part.name for part, _, ratio in ratios if ratio > 1)
    short = tuple(part.name for part, number, _ in ratios if part.least is not None and number < part.least)
    return Scored(points, over, short)


def adds_up(whole: str, stated: Fraction | int, parts: Mapping[str, Fraction | int]) -> Objection | None:
    """A doubt where the parts do not make the number that a sheet states. whole: the heading of that number."""
    total = summed(parts.values())
    if total == stated:
        return None
    message = "各项合计 {}，{}写的是 {}"
    return doubt("not-the-sum", (whole, *parts), message, plain(total), whole, plain(stated))


def _full(part: RatioPoints, of: Mapping[str, Fraction | int | None]) -> Fraction | int:
    return part.full if part.full is not None else of.get(part.name) or 0


def _unusable(
    reached: Mapping[str, Fraction | int | None], of: Mapping[str, Fraction | int | None], rule: Ratios
) -> Iterator[Objection]:
    for part in rule.part:
        number = reached.get(part.name)
        if number is None:
            yield doubt("missing", (part.name,), "没有{}，算不出得分", part.name)
        elif number < 0:
            yield doubt("negative", (part.name,), "{} {}，不能是负数", part.name, plain(number))
        if _full(part, of) <= 0:
            yield doubt("no-base", (part.name,), "{}没有可比的总数，算不出比例", part.name)
