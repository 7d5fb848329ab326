"""Decides what takes all rows together: quotas of stars, and the lowest totals that fill up a list."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal, Self

from msgspec import structs
from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.ballots.places import chosen
from sanchuang_cli.domain.exact_numbers import Rounding, cut, percent, whole
from sanchuang_cli.domain.rating.goods import MOST_STARS
from sanchuang_cli.domain.rating.steps import Grades, RatingStep
from sanchuang_cli.domain.rating.triggers import LISTED
from sanchuang_cli.domain.rating.verdict import OUT_OF_QUOTA, R, Rating
from sanchuang_cli.finding import ALL, Doubts
from sanchuang_cli.judging import Told
from sanchuang_cli.policy import Citation, Count, Exact, Rule


class _Portion(Rule):
    """So many of those rated: a share of them or a number, of all together or of each type or township by itself."""

    clause: Citation
    types: tuple[str, ...] = Setting(default=(), description="只算这些组织类型；不写时算所有类型")
    within: Literal["all", "type", "township"] = Setting(
        default="all",
        description="在什么范围里算：all 合在一起（不写就是它），type 每个类型各算，township 每个乡镇各算",
    )
    share: Exact | None = Setting(
        default=None, ge=0, le=1, description="占参评数的多少，如 0.10；和 number 只写一个"
    )
    number: Count | None = Setting(default=None, description="几个；和 share 只写一个")

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.share is None) == (self.number is None):
            raise ValueError("share 和 number 写一个，只写一个")
        return self

    def groups(self, ratings: Sequence[Rating[Any]]) -> dict[str, list[int]]:
        """The positions of those that it counts, by what their groups are called; "" is all together."""
        groups: dict[str, list[int]] = {}
        for i, rating in enumerate(ratings):
            if not self.types or rating.type in self.types:
                groups.setdefault(self._group(rating), []).append(i)
        return groups

    def _group(self, rating: Rating[Any]) -> str:
        if self.within == "type":
            return rating.type
        township, _ = rating.record.key if self.within == "township" else ("", "")
        return township + "、".join(self.types)

    def of(self, rated: int, rounding: Rounding) -> int:
        """How many that is of so many rated."""
        return self.number or 0 if self.share is None else whole(self.share * rated, rounding)

    @property
    def in_words(self) -> str:
        """10%; 2 个."""
        return f"{self.number} 个" if self.share is None else percent(self.share)


class Quota(_Portion, title="星级名额"):
    """How many of those rated may have so many stars: the share of them, rounded as it says."""

    stars: int = Setting(ge=1, le=MOST_STARS, description="几星的名额")
    beyond: Literal["warn", "cap"] = Setting(description="超出时：warn 只提示，cap 得分低的降一星")
    rounding: Rounding = Setting(
        default="down", description="share 算出零头时：down 舍去（不写就是它），half_up 四舍五入，up 进一"
    )


class Lowest(_Portion, title="按得分补足"):
    """How many of the lowest totals are listed beside those who meet a criterion, ties included."""

    rounding: Rounding = Setting(
        default="up", description="share 算出零头时：up 进一（不写就是它），half_up 四舍五入，down 舍去"
    )


def from_the_top(quotas: Sequence[Quota]) -> list[Quota]:
    """In the order in which they are filled: whoever loses a star counts in the quota below, however the document lists them."""
    return sorted(quotas, key=lambda quota: -quota.stars)


def within_quotas(
    ratings: Sequence[Rating[R]],
    quotas: Sequence[Quota],
    grades: Grades | None,
    doubts: Doubts,
    aside: int = 0,
) -> tuple[list[Rating[R]], list[Told]]:
    """The ratings after the quotas that cap; a warning for every quota that is exceeded, but for one alone
    in a roster so small that its share is less than one. grades: where they go by the
    stars, a star less gives another one. aside: how many rows are set aside and count in no quota."""
    current = list(ratings)
    told = []
    for quota in from_the_top(quotas):
        for group, positions in quota.groups(current).items():
            counted = [i for i in positions if not current[i].unrated]
            holders = {i: current[i].total for i in counted if current[i].stars == quota.stars}
            allowed = quota.of(len(counted), quota.rounding)
            # of so few that a share is not one whole of them, one alone is no excess to be told of
            if len(holders) <= max(allowed, quota.beyond == "warn" and bool(quota.share)):
                continue
            # a tie across the line puts all of the tie beyond it
            dropped = chosen(holders, allowed, "all_out").outside if quota.beyond == "cap" else ()
            message = _exceeded(quota, group, len(counted), aside, len(holders), allowed, len(dropped))
            told.append(Told(doubts.at("over-quota", ALL, message, quota.clause)))
            for i in dropped:
                current[i] = _lowered(current[i], quota, grades)
    return current, told


def _lowered(rating: Rating[R], quota: Quota, grades: Grades | None) -> Rating[R]:
    stars = quota.stars - 1
    why = f"超出 {quota.stars} 星名额，{OUT_OF_QUOTA}"
    steps = (*rating.star_steps, RatingStep(str(stars), why, quota.clause))
    lowered = structs.replace(rating, stars=stars, star_steps=steps)
    if grades is None or grades.by != "stars":
        return lowered
    grade_steps = grades.steps(rating.total, stars, rating.satisfaction, rating.veto)
    return structs.replace(lowered, grade=grade_steps[-1].result, grade_steps=grade_steps)


def _exceeded(
    quota: Quota, group: str, rated: int, aside: int, holders: int, allowed: int, dropped: int
) -> str:
    """The message. group: whose quota it is, "" for all. aside: how many are not counted in it."""
    done = f"已将名额之外的 {dropped} 个各降一星" if quota.beyond == "cap" else "只提示，未调整"
    of = f"参评 {rated} 个" + (f"，{'全名册' if group else ''}另有 {aside} 个待核实未计入" if aside else "")
    portion = f" {quota.in_words} 的名额" if quota.share is not None else "名额"
    whose = f"{group}：" if group else ""
    return f"{whose}{quota.stars} 星 {holders} 个，超过{portion} {allowed} 个（{of}），{done}"


def filled_up(listed: Sequence[Rating[R]], ratings: Sequence[Rating[R]], lowest: Lowest) -> list[Rating[R]]:
    """Those already listed, and the lowest totals up to the portion of those rated, ties included."""
    known = {r.record.key for r in listed}
    filled, own = list(listed), lowest.groups(listed)
    for group, positions in lowest.groups(ratings).items():
        rated = [ratings[i] for i in positions if not ratings[i].unrated]
        rest = sorted((r for r in rated if r.record.key not in known), key=_total)
        room = lowest.of(len(rated), lowest.rounding) - len(own.get(group, ()))
        if room > 0 and rest:
            line = _total(rest[min(room, len(rest)) - 1])
            why = f"综合得分倒排，列入{group}末尾 {lowest.in_words}"
            last = [r for r in rest if _total(r) <= line]
            filled += [_listed(r, f"{why}（{cut(_total(r))} 分）", lowest.clause) for r in last]
    return filled


def _total(rating: Rating[Any]) -> Fraction:
    """The total, which everybody has where a policy ranks by it."""
    return Fraction(0) if rating.total is None else rating.total


def _listed(rating: Rating[R], why: str, clause: str) -> Rating[R]:
    return structs.replace(rating, reasons=(RatingStep(LISTED, why, clause),))
