"""Works out places by score, points for places, and who is among the first so many. The policy names the rule for ties of
each.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import Field

from sanchuang_cli.domain.ballots.bars import Cap
from sanchuang_cli.domain.doubtful import Doubtful, doubtful
from sanchuang_cli.policy import Citation, Exact, Rule

K = TypeVar("K")
Ties = Literal["skip", "dense", "mean"]


class Placing(Rule, title="名次计分"):
    """Points for places."""

    clause: Citation
    points: tuple[Exact, ...] = Field(min_length=1, description="各名次的分值，从第一名起")
    ties: Ties = Field(
        description="并列的：skip 占去名次（1、2、2、4），dense 不占（1、2、2、3），mean 平分所占名次的分值"
    )


class Chosen(NamedTuple):
    """Who stands within a line, who is tied across it, and who stands beyond it, each in order of score."""

    inside: tuple[Any, ...]
    tied: tuple[Any, ...]
    outside: tuple[Any, ...]


def places(scores: Sequence[Any], ties: Ties = "skip") -> list[Fraction]:
    """The place of each score, 1 for the highest. Places are whole unless `ties` is "mean"."""
    taken: dict[Any, Fraction] = {}
    above = 0
    for rank, (score, level) in enumerate(groupby(sorted(scores, reverse=True)), 1):
        number = sum(1 for _ in level)
        mean = above + Fraction(number + 1, 2)
        taken[score] = mean if ties == "mean" else Fraction(rank if ties == "dense" else above + 1)
        above += number
    return [taken[score] for score in scores]


def points(scores: Sequence[Any], rule: Placing) -> list[Fraction] | Doubtful:
    """The points of each score's place, or a doubt where the policy has no points for a place that is taken."""
    at = [int(place) for place in places(scores, "dense" if rule.ties == "dense" else "skip")]
    needed = len(at) if rule.ties == "mean" else max(at, default=0)
    if needed > len(rule.points):
        message = "有 {} 个名次，政策只写了前 {} 名的分值"
        return doubtful("missing", ("名次",), message, needed, len(rule.points))
    if rule.ties != "mean":
        return [rule.points[place - 1] for place in at]
    level = Counter(at)
    return [_mean(rule.points[place - 1 : place - 1 + level[place]]) for place in at]


def chosen(scores: Mapping[K, Any], most: int, tie: Literal["ask", "all_out", "all_in"]) -> Chosen:
    """Those with the highest scores, at most `most` of them; none where `most` is 0.

    tie: what becomes of those tied across the line; with "all_in" there may be more than `most`. A score that is a tuple
    settles ties of its first part by its second.
    """
    order = sorted(scores, key=lambda name: scores[name], reverse=True)
    if len(order) <= most or most <= 0:
        return Chosen(tuple(order[: max(most, 0)]), (), tuple(order[max(most, 0) :]))
    line = scores[order[most]]
    across = scores[order[most - 1]] == line
    tied = tuple(name for name in order if across and scores[name] == line)
    inside = tuple(name for name in order[:most] if scores[name] > line)
    outside = tuple(name for name in order[most:] if scores[name] < line or not across)
    if tie == "all_out":
        return Chosen(inside, (), tied + outside)
    return Chosen(inside, tied, outside) if tie == "ask" else Chosen(inside + tied, (), outside)


def capped(scores: Mapping[K, Any], n: int, cap: Cap) -> Chosen:
    """Who stands within a cap on a share of `n`, with its rule for a tie."""
    return chosen(scores, cap.of(n), cap.tie)


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)
