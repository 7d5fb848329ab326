"""Puts together, by weight, the scores of groups of raters or of several components."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, Self

from msgspec import Struct
from pydantic import Field, model_validator

from sanchuang_cli.domain.ballots.counts import Ballots
from sanchuang_cli.domain.ballots.raters import Marks, Trim, figures_of, trimmed, worth
from sanchuang_cli.domain.doubtful import Doubtful, doubtful
from sanchuang_cli.domain.exact_numbers import half_up, operand, plain, summed
from sanchuang_cli.domain.verdict import Step
from sanchuang_cli.policy import Citation, Count, Exact, Rule


class Weight(Rule, title="一组的权重"):
    """A group of raters, or a component of a score, and its weight."""

    name: str = Field(description="评分人的一组，或得分的一个部分")
    weight: Exact | None = Field(default=None, ge=0, description="权重；各组都不写时平均")
    into: str = Field(default="", description="票太少时并入哪一组；不写时并入下一组，最后一组并入前一组")


class Weights(Rule, title="加权合成"):
    """How scores are put together by weight."""

    clause: Citation
    part: tuple[Weight, ...] = Field(min_length=1, description="各组和权重；权重合计为 1")
    absent: Literal["renormalise", "nought", "refuse"] = Field(
        description="有一组没有得分时：renormalise 由其余各组按权重重新分摊，nought 按零分，refuse 不下结论"
    )
    merge_below: Count = Field(default=0, description="有效票少于几张的组，与别的组合并")

    def of(self, name: str) -> Fraction:
        """The weight of a part."""
        weight = next(part.weight for part in self.part if part.name == name)
        return Fraction(1, len(self.part)) if weight is None else weight

    @property
    def names(self) -> tuple[str, ...]:
        """The parts in the policy's order."""
        return tuple(part.name for part in self.part)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        given = [part.weight for part in self.part if part.weight is not None]
        wrong = [f"“{part.name}”的 into 应是另一组的名称" for part in self.part if not self._merges(part)]
        if len(set(self.names)) != len(self.part):
            wrong.append("各组的名称不能重复")
        if given and len(given) != len(self.part):
            wrong.append("权重要么各组都写，要么都不写（都不写时平均）")
        elif given and sum(given) != 1:
            wrong.append(f"各组权重之和应为 1，现为 {plain(sum(given, Fraction(0)))}")
        if wrong:
            raise ValueError("；".join(wrong))
        return self

    def _merges(self, part: Weight) -> bool:
        return not part.into or (part.into in self.names and part.into != part.name)


class Composed(Struct, frozen=True):
    """A score that was put together.

    parts: of each part the names in it, its weight and its score. absent: the names without a score. step: the arithmetic,
    in points.
    """

    score: Fraction
    parts: tuple[tuple[tuple[str, ...], Fraction, Fraction], ...]
    absent: tuple[str, ...]
    step: Step


class Pool(NamedTuple):
    """The papers of a group, or of several that were merged. points: what the valid papers are worth together."""

    names: tuple[str, ...]
    weight: Fraction
    valid: int
    points: Fraction


def composed(scores: Mapping[str, Fraction | int | None], rule: Weights) -> Composed | Doubtful:
    """The score of all parts. A part with None, or without an entry, is absent."""
    strange = tuple(name for name in scores if name not in rule.names)
    if strange:
        return _strange(strange)
    known = {name: scores.get(name) for name in rule.names}
    return _together(
        [((name,), rule.of(name), Fraction(score)) for name, score in known.items() if score is not None],
        rule,
    )


def by_groups(papers: Mapping[str, Ballots], marks: Marks, rule: Weights) -> Composed | Doubtful:
    """The score of papers by group of raters. A group without an entry or without a valid paper is absent."""
    pools = {}
    for name, ballots in papers.items():
        if name not in rule.names:
            return _strange((name,))
        figures = figures_of(ballots, marks)
        if isinstance(figures, Doubtful):
            return figures
        valid = figures.bases["valid"]
        if valid is None:
            return doubtful("missing", ("有效",), "{}没有有效票数", name)
        if valid:
            pools[name] = Pool((name,), rule.of(name), valid, worth(ballots, marks))
    left = merged([pools[name] for name in rule.names if name in pools], rule)
    if isinstance(left, Doubtful):
        return left
    return _together([(pool.names, pool.weight, pool.points / pool.valid) for pool in left], rule)


def by_marks(
    marks: Mapping[str, Sequence[Fraction | int]], trim: Trim | None, rule: Weights
) -> Composed | Doubtful:
    """The score of raters' marks by group of raters. Small groups are merged before any mark is left out; a group without a
    mark is absent."""
    strange = tuple(name for name in marks if name not in rule.names)
    if strange:
        return _strange(strange)
    there = [(name, marks[name]) for name in rule.names if marks.get(name)]
    left = merged([Pool((name,), rule.of(name), len(own), summed(own)) for name, own in there], rule)
    if isinstance(left, Doubtful):
        return left
    return _together([(pool.names, pool.weight, _mean_of(pool, marks, trim)) for pool in left], rule)


def _mean_of(pool: Pool, marks: Mapping[str, Sequence[Fraction | int]], trim: Trim | None) -> Fraction:
    mean = trimmed([mark for name in pool.names for mark in marks[name]], trim) if trim else None
    return pool.points / pool.valid if mean is None or isinstance(mean, Doubtful) else mean


def merged(pools: Sequence[Pool], rule: Weights) -> list[Pool] | Doubtful:
    """The pools in the policy's order. One that is too small is merged into another, until none is too small."""
    left = list(pools)
    while small := next((pool for pool in left if pool.valid < rule.merge_below), None):
        if len(left) == 1:
            message = "各组合起来有效票只有 {} 张，不足 {} 张"
            return doubtful("too-few", ("有效",), message, small.valid, rule.merge_below)
        into = _into(small, left, rule)
        left[left.index(into)] = _pooled(small, into)
        left.remove(small)
    return left


def _pooled(small: Pool, other: Pool) -> Pool:
    return Pool(
        small.names + other.names,
        small.weight + other.weight,
        small.valid + other.valid,
        small.points + other.points,
    )


def _into(small: Pool, left: Sequence[Pool], rule: Weights) -> Pool:
    """Where a small pool goes: into the one its group names, otherwise the next; the last into the one before it."""
    named = next(part.into for part in rule.part if part.name == small.names[-1])
    others = [pool for pool in left if named in pool.names and pool is not small]
    at = left.index(small)
    return others[0] if others else left[at + 1 if at + 1 < len(left) else at - 1]


def _together(
    there: Sequence[tuple[tuple[str, ...], Fraction, Fraction]], rule: Weights
) -> Composed | Doubtful:
    present = {name for names, _, _ in there for name in names}
    absent = tuple(name for name in rule.names if name not in present)
    by = sum((weight for _, weight, _ in there), Fraction(0))
    lacking = tuple(name for name in absent if rule.of(name))
    if not by or (rule.absent == "refuse" and lacking):
        return doubtful("absent", lacking, "{}没有得分", "、".join(lacking))
    total = sum((weight * score for _, weight, score in there), Fraction(0))
    terms = " + ".join(f"{operand(weight)} × {operand(score)}" for _, weight, score in there)
    if by < 1 and rule.absent == "renormalise":
        total, terms = total / by, f"({terms}) ÷ {operand(by)}"
    shown = half_up(total)
    rounded = terms if shown == total else f"⌊({terms}) × 100 + 1/2⌋ ÷ 100"
    return Composed(total, tuple(there), absent, Step("加权得分", rounded, str(shown), "分"))


def _strange(names: tuple[str, ...]) -> Doubtful:
    return doubtful("unknown", names, "“{}”不在政策所列各组里", "、".join(names))
