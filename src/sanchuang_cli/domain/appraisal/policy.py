"""Declares what a document on 述评考 says: the four parts and their weights, grades and their cap, places, proposals, problems."""

from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.appraisal.yearly import Yearly
from sanchuang_cli.domain.ballots.bars import Cap
from sanchuang_cli.domain.ballots.groups import Weights
from sanchuang_cli.domain.ballots.places import Placing
from sanchuang_cli.domain.ballots.raters import BallotSheet, Marks, Trim
from sanchuang_cli.domain.exact_numbers import half_up, plain
from sanchuang_cli.domain.months import months_after
from sanchuang_cli.domain.rating.steps import Grades
from sanchuang_cli.domain.rating.types import OrganisationType
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Period
from sanchuang_cli.policy import Citation, Count, Exact, NotNegative, Policy, Rule
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field

DAILY, REPORT, POLL, YEARLY = PARTS_OF_SCORE = ("日常", "述职", "测评", "年度考核")
"""What a composite may be made of: 联检, 联述, 联评 and 联考."""
FEWEST = 5
"""The fewest ballots that may be shown: fewer say who cast what."""
_WHOLE = 100


class Composite(Weights, title="综合得分"):
    """How the parts are put together."""

    rounded: bool = Setting(
        default=True,
        description="true：综合得分先四舍五入到两位小数，再定等次、排名次；false：按未取整的数比",
    )

    def score(self, exact: Fraction) -> Fraction:
        """The score that is compared."""
        return Fraction(half_up(exact)) if self.rounded else exact


class Reports(Rule, title="联述"):
    """By when the secretary reports."""

    decides = False

    clause: Citation
    months: Count = Setting(description="期末以后几个月内述职；过了只提示，不扣分")

    def limit(self, period: Period) -> date:
        """The last day on which a report is in time."""
        return months_after(period.last, self.months)


class RaterPapers(Rule, title="评分表"):
    """Raters who give each unit points, in place of ballots that bear grades."""

    clause: Citation
    full: Exact = Setting(default=Fraction(_WHOLE), gt=0, description="一个评分至多几分")
    sheet: BallotSheet | None = Setting(default=None, description="怎样的评分表作废；不写时都有效")
    trim: Trim | None = Setting(default=None, description="去掉最高分、最低分；不写时不去")


class Poll(Rule, title="联评"):
    """Who casts ballots, and what they are worth."""

    groups: Weights = Setting(description="各组、权重，和票太少时并入哪一组；merge_below 不小于 5")
    marks: Marks | None = Setting(default=None, description="分等次的测评票怎样折算；和 papers 只写一个")
    papers: RaterPapers | None = Setting(default=None, description="打分的评分表怎样算；和 marks 只写一个")

    @model_validator(mode="after")
    def _secret(self) -> Self:
        if (self.marks is None) == (self.papers is None):
            raise ValueError("marks（测评票）和 papers（评分表）写一个，只写一个")
        if self.groups.merge_below < FEWEST:
            raise ValueError(f"groups 的 merge_below 不小于 {FEWEST}：票更少的组单独列出，就看得出是谁投的")
        return self

    @property
    def words(self) -> tuple[str, ...]:
        """The grades on ballots; none where raters give points."""
        return tuple(self.marks.worth) if self.marks else ()


class InspectionItem(Rule, title="检查项目"):
    """An item, and the offices that check it."""

    name: str = Setting(description="项目名称")
    points: NotNegative = Setting(description="满分几分")
    offices: dict[str, NotNegative] = Setting(
        default_factory=dict, description="各科室管几分，合起来是满分；不分科室的不写"
    )

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(self.offices.values(), Fraction(0))
        if self.offices and total != self.points:
            raise ValueError(
                f"项目“{self.name}”各科室合计 {plain(total)} 分，满分写的是 {plain(self.points)} 分"
            )
        return self


class Inspection(Rule, title="联检"):
    """Inspections that take points off items, never below nought."""

    clause: Citation
    full: Exact = Setting(
        default=Fraction(_WHOLE), gt=0, description="各项目满分合计几分；折成百分计入综合得分"
    )
    ways: tuple[str, ...] = Setting(default=(), description="方式，如 看、比、促；不写时不看这一栏")
    items: tuple[InspectionItem, ...] = Setting(default=(), description="各项目；不写时照表上的满分")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = sum((item.points for item in self.items), Fraction(0))
        if self.items and total != self.full:
            raise ValueError(f"各项目满分合计 {plain(total)} 分，full 写的是 {plain(self.full)} 分")
        return self


class Ranking(Placing, title="名次"):
    """Places within a type, and the points for them if there are any."""

    points: tuple[Exact, ...] = Setting(default=(), description="各名次的分值，从第一名起；不写时不计名次分")


class ProposalRule(Rule, title="提出建议"):
    """What is proposed where the grades of this year, or of this and last year, are among those named."""

    name: str = Setting(description="建议什么，如“约谈”")
    clause: Citation
    grades: tuple[str, ...] = Setting(min_length=1, description="哪些等次")
    years: Literal[1, 2] = Setting(default=1, description="连续几年（含本年）都是这些等次")


class Problems(Rule, title="问题清单"):
    """The ledger of problems: what was promised, who answers for it, what was done."""

    decides = False

    clause: Citation


class AppraisePolicy(Policy, title="述评考办法（一版）"):
    """What a document on 述评考 says of a year."""

    types: tuple[OrganisationType, ...] = Setting(
        min_length=1, description="单位的类型；名额、名次各类型里排"
    )
    composite: Composite = Setting(description="综合得分由哪些部分组成，各占多少")
    reports: Reports | None = Setting(default=None, description="联述；不写时没有这一部分")
    poll: Poll | None = Setting(default=None, description="联评；不写时没有这一部分")
    inspection: Inspection | None = Setting(default=None, description="联检；不写时没有这一部分")
    yearly: Yearly | None = Setting(default=None, description="联考；不写时没有这一部分")
    grades: Grades = Setting(description="各等次的分数线，和重大事故最高定为哪一等")
    quota: Cap | None = Setting(
        default=None, description="最好一等在各类型里的名额；超出的定为下一等；不写时不限"
    )
    ranking: Ranking = Setting(description="名次怎样排")
    proposals: tuple[ProposalRule, ...] = Setting(default=(), description="什么情形提出什么建议；由人定")
    problems: Problems | None = Setting(default=None, description="问题清单；不写时不列")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @property
    def parts(self) -> dict[str, bool]:
        """Which parts the document has."""
        blocks = (self.inspection, self.reports, self.poll, self.yearly)
        return {name: block is not None for name, block in zip(PARTS_OF_SCORE, blocks, strict=True)}

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that it has not."""
        return tuple(name for name, there in self.parts.items() if not there)

    def ballot_columns(self) -> tuple[Field, ...]:
        """A column of the ballots for each grade that they may bear."""
        words = self.poll.words if self.poll else ()
        return tuple(
            Field(word, Kind.COUNT, aliases=(f"{word}票",), name=word, withheld="row") for word in words
        )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        has = [name for name, there in self.parts.items() if there]
        names, grades = self.composite.names, self.grades.names()
        wrong = (
            []
            if set(names) == set(has)
            else [f"composite 的各部分应是写了的 {'、'.join(has)}，现为 {'、'.join(names)}"]
        )
        if self.grades.by == "stars" or self.grades.gate is not None:
            wrong.append("grades 按综合得分定等次，不写 by 和 gate")
        wrong += self._unknown_types()
        unknown = sorted({word for rule in self.proposals for word in rule.grades} - set(grades))
        if unknown:
            wrong.append(f"proposals 的等次“{'、'.join(unknown)}”不在 grades 的 bands 之内")
        if wrong:
            raise ValueError("；".join(wrong))
        return self

    def _unknown_types(self) -> list[str]:
        """What is wrong with the types that the yearly figures name."""
        known = {kind.name for kind in self.types}
        named = {word for rule in (self.yearly.taken.values() if self.yearly else ()) for word in rule.types}
        unknown = sorted(named - known)
        return [f"yearly 里的类型“{'、'.join(unknown)}”不在 types 之内"] if unknown else []
