"""Declares what a document on reviewing members says."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.ballots.bars import Cap
from sanchuang_cli.domain.ballots.counts import Counting
from sanchuang_cli.domain.ballots.points import Item, Ratios
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Exact, Number, Policy, Rule
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field


class Members(Rule, title="评定对象"):
    """Who is graded, and who only votes."""

    clause: Citation
    full: tuple[str, ...] = Setting(min_length=1, description="评定等次的人员类别，如“正式党员”")
    others: tuple[str, ...] = Setting(description="只参加评议、不评定等次的人员类别，如“预备党员”")


class ReviewGrades(Rule, title="评议等次"):
    """The grades of one time, and those of another time that a branch may still write."""

    clause: Citation
    names: tuple[str, ...] = Setting(min_length=2, description="各等次，从好到差")
    best: str = Setting(description="有名额、要公示的等次，如“优秀”")
    worst: str = Setting(description="要处置的等次，如“不合格”")
    tolerated: tuple[str, ...] = Setting(default=(), description="本版没有、写了也照样认可的等次；给出提示")
    may_be_blank: tuple[str, ...] = Setting(
        default=(), description="哪些等次的票可以没有这一栏，或在各票之和等于收回票时空着"
    )

    @property
    def marks(self) -> tuple[str, ...]:
        """All that may stand on a paper and be somebody's grade."""
        return (*self.names, *self.tolerated)

    @model_validator(mode="after")
    def _known(self) -> Self:
        named = {self.best, self.worst} - {*self.names} | {*self.may_be_blank} - {*self.marks}
        if named or len({*self.marks}) < len(self.marks):
            strange = "、".join(sorted(named)) or "等次"
            raise ValueError(f"best、worst、may_be_blank 应是 names 里的等次，等次不重复：“{strange}”不是")
        return self


class Measured(Rule, title="民主测评"):
    """How the votes are counted; nobody's grade follows from them."""

    clause: Citation
    base: Literal["valid", "returned", "given_out"] = Setting(
        default="valid", description="优秀率占谁的：valid 有效票，returned 收回票，given_out 发出票"
    )
    low: Exact = Setting(ge=0, le=1, description="评定为最好等次而优秀率低于多少的，给出提示")
    counting: Counting = Setting(
        default=Counting(abstained="apart"), description="怎样计票；不写时弃权票另计，不算有效票"
    )


class Disposal(Rule, title="不合格的处置"):
    """The paper that must follow the worst grade, and what is proposed the second year running."""

    clause: Citation
    paper: str = Setting(description="要交的材料，印在处置表和期限上")
    days: Number = Setting(description="评定以后几天以内交，自然日，含最后一天")
    by: str = Setting(description="由谁交，如“党支部”")
    again: str = Setting(description="连续两年的建议怎样写；只是建议，由党组织决定")


class PointsLevel(Rule, title="积分一档"):
    """What is proposed to whoever has so many points."""

    at_least: Exact = Setting(description="积分不低于多少")
    says: str = Setting(description="建议怎样写；只是建议，不定等次")


class Points(Rule, title="积分"):
    """Items with their caps, and what is proposed by the sum."""

    clause: Citation
    items: tuple[Item, ...] = Setting(default=(), description="各个项目；不写时每次几分、上限都看积分表")
    levels: tuple[PointsLevel, ...] = Setting(default=(), description="各档建议，取够得着的最高一档")

    def proposal(self, points: Fraction | None) -> str:
        """What is proposed to whoever has so many points, "" where nothing is."""
        reached = [level for level in self.levels if points is not None and points >= level.at_least]
        return max(reached, key=lambda level: level.at_least).says if reached else ""


class ReviewRatios(Ratios, title="评议的按比例计分"):
    """Components by ratio, of which one may be the votes for the best grade out of the valid ones."""

    votes: str = Setting(default="", description="哪一项是民主测评：最好等次的票 ÷ 有效票；没有就不写")

    @property
    def others(self) -> tuple[str, ...]:
        """The components that are columns of the roster."""
        return tuple(part.name for part in self.part if part.name != self.votes)

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        names = {part.name for part in self.part}
        bare = [part.name for part in self.part if part.full is None and part.name != self.votes]
        if bare or len(names) < len(self.part) or (self.votes and self.votes not in names):
            raise ValueError("各项不重名，votes 应是其中一项；其余各项都要写 full（达到多少得满分）")
        return self


class ReviewPolicy(Policy, title="民主评议党员办法（一版）"):
    """One edition."""

    members: Members = Setting(description="给谁评定等次")
    grades: ReviewGrades = Setting(description="有哪些等次")
    votes: Measured = Setting(description="民主测评怎样计票")
    cap: Cap = Setting(description="最好等次每个支部至多多少")
    disposal: Disposal = Setting(description="最差等次以后要交什么")
    pledges_clause: Citation
    points: Points = Setting(description="积分怎样算")
    ratios: ReviewRatios | None = Setting(default=None, description="按比例计分的办法；不写时不算")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @property
    def best(self) -> str:
        """The name of the best grade."""
        return self.grades.best

    def columns(self) -> Iterator[Field]:
        """The columns of the roster whose words or headings the document says."""
        kinds, marks = (*self.members.full, *self.members.others), self.grades.marks
        yield _choice("人员类别", "category", kinds, ("党员类别", "类别"), required=True)
        yield _choice("支委评定", "grade", marks, ("支委会评定", "支部评定", "组织评定"))
        for mark in marks:
            example = "11" if mark == self.best else "0"
            yield Field(
                of_votes(mark), Kind.COUNT, False, (mark, f"{mark}票数"), example=example, name=of_votes(mark)
            )
        for name in self.ratios.others if self.ratios else ():
            yield Field(name, Kind.SCORE, name=name)


def _choice(
    heading: str, name: str, words: tuple[str, ...], aliases: tuple[str, ...], *, required: bool = False
) -> Field:
    return Field(heading, Kind.CHOICE, required, aliases, dict.fromkeys(words, ()), name=name)


def of_votes(mark: str) -> str:
    """The heading of the column with the votes for a grade."""
    return f"{mark}票"
