"""Works out scores by raters: what marks are worth, which papers are void, and the mean without the best and the worst."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from sanchuang_cli.domain.ballots.counts import BallotFigures, Ballots, Counting, sound
from sanchuang_cli.domain.doubtful import Doubtful, doubtful
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.policy import Citation, Count, Exact, Number, Rule


class Marks(Rule, title="测评折算"):
    """What each mark on a paper is worth; the score is the mean over the valid papers."""

    clause: Citation
    worth: dict[str, Exact] = Field(min_length=1, description="各等次折几分，如“优秀”100")
    counting: Counting = Field(default=Counting(abstained="apart"), description="怎样计票；不写时弃权票另计")


class Trim(Rule, title="去掉最高分和最低分"):
    """How many of the best and of the worst marks are left out."""

    clause: Citation
    over: Count = Field(description="分数多于几个时才去掉")
    drop: Number = Field(default=1, description="最高的、最低的各去掉几个")

    @model_validator(mode="after")
    def _some_stay(self) -> Self:
        if self.over + 1 <= 2 * self.drop:
            raise ValueError(
                f"over = {self.over} 时去掉 {2 * self.drop} 个分数就不剩了，over 应不小于 {2 * self.drop}"
            )
        return self


class Limit(Rule, title="评分表的限制"):
    """On one rater's paper, at most or at least so many marks that are at least, or below, an edge."""

    at_least: Exact | None = Field(default=None, description="不低于多少分的；与 below 只写一个")
    below: Exact | None = Field(default=None, description="低于多少分的；与 at_least 只写一个")
    most: Count | None = Field(default=None, description="至多几个；与 least 只写一个")
    least: Count | None = Field(default=None, description="至少几个；与 most 只写一个")

    @model_validator(mode="after")
    def _one_edge_one_number(self) -> Self:
        if (self.at_least is None) == (self.below is None) or (self.most is None) == (self.least is None):
            raise ValueError(
                "应写且只写 at_least、below 之一（哪些分数）和 most、least 之一（最多或最少几个）"
            )
        return self

    def broken(self, marks: Sequence[Fraction | int]) -> str:
        """In words, how the marks break it; "" where they do not."""
        edge, which = (self.below, "低于") if self.at_least is None else (self.at_least, "不低于")
        assert edge is not None
        number = sum((mark >= edge) is (self.at_least is not None) for mark in marks)
        if self.most is not None:
            return (
                f"{which} {plain(edge)} 分的有 {number} 个，至多 {self.most} 个" if number > self.most else ""
            )
        return (
            f"{which} {plain(edge)} 分的有 {number} 个，至少 {self.least} 个"
            if number < (self.least or 0)
            else ""
        )


class BallotSheet(Rule, title="评分表是否有效"):
    """What makes a rater's paper void: a broken limit, or all marks alike."""

    clause: Citation
    limit: tuple[Limit, ...] = Field(default=(), description="各条限制；违反一条就无效")
    all_alike: Literal["void", "valid"] = Field(
        default="valid", description="全部打一样的分：void 无效，valid 有效"
    )

    def faults(self, marks: Sequence[Fraction | int]) -> tuple[str, ...]:
        """Why a paper is void, each reason in words; none for a valid paper."""
        reasons = [reason for limit in self.limit if (reason := limit.broken(marks))]
        if self.all_alike == "void" and len(marks) > 1 and len(set(marks)) == 1:
            reasons.append(f"{len(marks)} 个分数都是 {plain(marks[0])}")
        return tuple(reasons)


def marked(ballots: Ballots, rule: Marks) -> Fraction | Doubtful:
    """The mean worth of the valid papers, exact."""
    figures = figures_of(ballots, rule)
    if isinstance(figures, Doubtful):
        return figures
    valid = figures.bases["valid"]
    if valid is None:
        return doubtful("missing", ("有效",), "没有有效票数，算不出得分")
    if not valid:
        return doubtful("no-base", ("有效",), "有效 0，没有得分")
    return worth(ballots, rule) / valid


def worth(ballots: Ballots, rule: Marks) -> Fraction:
    """What all marks are worth together, in points."""
    return sum((rule.worth[mark] * (number or 0) for mark, number in ballots.marks.items()), Fraction(0))


def trimmed(marks: Sequence[Fraction | int], rule: Trim) -> Fraction | Doubtful:
    """The mean of raters' marks, without the best and the worst where there are enough of them."""
    if not marks:
        return doubtful("no-base", ("分数",), "没有分数")
    left = sorted(marks)
    if len(left) > rule.over:
        left = left[rule.drop : -rule.drop]
    return Fraction(sum(left, Fraction(0)), len(left))


def figures_of(ballots: Ballots, rule: Marks) -> BallotFigures | Doubtful:
    """The figures of papers, or a doubt where a mark is not known to the rule or its number is not given."""
    strange = tuple(mark for mark in ballots.marks if mark not in rule.worth)
    if strange:
        return doubtful("unknown", strange, "“{}”没有折算的分值", "、".join(strange))
    blank = tuple(mark for mark in rule.worth if ballots.marks.get(mark) is None)
    if blank:
        return doubtful("missing", blank, "没有“{}”的票数，算不出得分", "、".join(blank))
    return sound(ballots, rule.counting)
