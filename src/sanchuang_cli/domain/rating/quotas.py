"""What can be decided only over all rows: quotas of stars, and the lowest totals that fill up a list."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Literal

from msgspec import structs
from pydantic import Field

from sanchuang_cli.domain.ballots.places import chosen
from sanchuang_cli.domain.exact_numbers import cut, plain, whole
from sanchuang_cli.domain.rating.steps import RatingStep, Stars
from sanchuang_cli.domain.rating.triggers import LISTED
from sanchuang_cli.domain.rating.verdict import R, Rating
from sanchuang_cli.finding import Doubts, Place
from sanchuang_cli.judging import Told
from sanchuang_cli.policy import Citation, Exact, Rule

ALL = Place("全部名册")
"""Where a finding stands that is about all rows together."""


class Quota(Rule, title="星级名额"):
    """How many of those rated may have so many stars: the share of them, rounded down."""

    clause: Citation
    stars: Stars = Field(description="几星的名额")
    share: Exact = Field(ge=0, le=1, description="至多占参评总数多少，如 0.10；不足一个的舍去")
    beyond: Literal["warn", "cap"] = Field(description="超出时：warn 只提示，cap 得分低的降一星")


def within_quotas(
    ratings: Sequence[Rating[R]], quotas: Sequence[Quota], doubts: Doubts, aside: int = 0
) -> tuple[list[Rating[R]], list[Told]]:
    """The ratings after the quotas that cap; a warning for every quota that is exceeded. aside: how many rows are set
    aside and count in no quota."""
    current = list(ratings)
    told = []
    for quota in quotas:
        rated = sum(r.stars is not None for r in current)
        holders = {i: r.total for i, r in enumerate(current) if r.stars == quota.stars}
        allowed = whole(quota.share * rated, "down")
        if len(holders) <= allowed:
            continue
        # a tie across the line puts all of the tie beyond it
        dropped = chosen(holders, allowed, "all_out").outside if quota.beyond == "cap" else ()
        of = f"参评 {rated} 个" + (f"，另有 {aside} 个待核实未计入" if aside else "")
        message = _exceeded(quota, of, len(holders), allowed, len(dropped))
        told.append(Told(doubts.at("over-quota", ALL, message, quota.clause)))
        step = _dropping(quota)
        for i in dropped:
            current[i] = _lowered(current[i], step)
    return current, told


def _dropping(quota: Quota) -> RatingStep:
    why = f"超出 {quota.stars} 星名额，按综合得分排在名额之外"
    return RatingStep(str(quota.stars - 1), why, quota.clause)


def _lowered(rating: Rating[R], step: RatingStep) -> Rating[R]:
    return structs.replace(rating, stars=int(step.result), star_steps=(*rating.star_steps, step))


def _exceeded(quota: Quota, of: str, holders: int, allowed: int, dropped: int) -> str:
    """The message. of: what the quota is a share of, and who is not counted in it."""
    done = f"已将名额之外的 {dropped} 个各降一星" if quota.beyond == "cap" else "只提示，未调整"
    share = f"{plain(quota.share * 100)}% 的名额 {allowed} 个（{of}）"
    return f"{quota.stars} 星 {holders} 个，超过 {share}，{done}"


def filled_up(
    listed: Sequence[Rating[R]], ratings: Sequence[Rating[R]], share: Fraction, clause: str
) -> list[Rating[R]]:
    """Those already listed, and the lowest totals up to the share of those rated, ties included. The lowest is first."""
    rated = [r for r in ratings if not r.unrated]
    known = {r.record.key for r in listed}
    rest = sorted((r for r in rated if r.record.key not in known), key=lambda r: r.total)
    room = ceil(share * len(rated)) - len(listed)
    filled = list(listed)
    if room > 0 and rest:
        line = rest[min(room, len(rest)) - 1].total
        why = f"综合得分倒排，列入末尾 {plain(share * 100)}%"
        filled += [_listed(r, f"{why}（{cut(r.total)} 分）", clause) for r in rest if r.total <= line]
    return sorted(filled, key=lambda r: r.total)


def _listed(rating: Rating[R], why: str, clause: str) -> Rating[R]:
    return structs.replace(rating, reasons=(RatingStep(LISTED, why, clause),))
