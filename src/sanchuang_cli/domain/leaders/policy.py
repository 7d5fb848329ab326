"""Declares what documents on village secretaries say: terms and vacancies, when a change is proposed, who may follow, how
they elect.
"""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field as Setting
from pydantic import model_validator

from sanchuang_cli.domain.ballots.rounds import Elections
from sanchuang_cli.domain.leaders.gates import Gate
from sanchuang_cli.domain.leaders.records import VACATED, Nominee
from sanchuang_cli.domain.leaders.requirements import (
    AgeLimit,
    FileParts,
    JointReview,
    Requirement,
    policy_fields,
)
from sanchuang_cli.domain.process import in_roster as steps
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.rating import triggers
from sanchuang_cli.join import FromResult
from sanchuang_cli.kind import Kind
from sanchuang_cli.policy import Citation, Number, Policy, Rule
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field

BEGAN, ENDS, EXTENDED, ELECTS, FILLED = "本届起", "届满", "延期至", "换届选举", "配齐书记"
POSTED, OVER, FILED = "公示起", "公示止", "备案日期"
LISTED = "整顿名单"
"""The column that says 是 of a village on the list of the weak; where rate's result is given, that says it."""
NO_COLUMNS = dict.fromkeys((ENDS, ELECTS, FILLED))
"""Steps whose day no column says: the end of a term is worked out, and the other two are still to be done."""

Trigger = Annotated[
    triggers.Flagged | triggers.AllFlagged | triggers.MonthsOver | triggers.AtLeast | triggers.SatisfactionBelow
    | triggers.Graded | triggers.StarsBelow,
    Setting(discriminator="test"),
]  # fmt: skip


def _without(process: Process, *needed: str) -> str:
    """What is said of a process that lacks steps by which rows are judged, "" where it has them."""
    there = {node.name for node in process.nodes}
    lacks = [name for name in needed if name not in there]
    return f"process 缺这几个步骤：{'、'.join(lacks)}（名称不能改，照默认政策写）" if lacks else ""


class Coded(Rule, title="一个代码"):
    """A word of a column with the code under which it is filed."""

    synonyms = ("code", "also")

    name: str = Setting(description="名称")
    code: str = Setting(description="备案用的代码")
    also: tuple[str, ...] = Setting(default=(), description="名册里同样意思的写法")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Candidacy(Rule, title="拟任人选"):
    """Who may be put forward, and what must be there before that."""

    clause: Citation
    sources: tuple[Coded, ...] = Setting(min_length=1, description="来源类别和代码")
    age: AgeLimit | None = Setting(default=None, description="年龄；不写时不问")
    requirements: tuple[Requirement, ...] = Setting(default=(), description="按名册栏目看的条件，一条一节")
    review: JointReview | None = Setting(default=None, description="联审意见；不写时不问")
    process: Process = Setting(description="公示等步骤：“公示起”“公示止”等")
    valid_months: Number | None = Setting(
        default=None, description="联审意见、公示在判定日以前几个月以内的才作数；不写时不看"
    )
    gates: tuple[Gate, ...] = Setting(
        default=(), description="名额和结构要求，只看齐备的人选；不符合的只提示"
    )
    order: tuple[str, ...] = Setting(
        default=(), description="同村几名人选按哪几栏分数排名次，先看第一栏；不写时不排名次"
    )

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if wrong := _without(self.process, POSTED, OVER):
            raise ValueError(wrong)
        asked = [(one.name, source) for one in self.requirements for source in one.sources or ("",)]
        twice = {
            name
            for name, source in asked
            if asked.count((name, source)) > 1 or ((name, "") in asked and source)
        }
        if twice:
            raise ValueError(f"条件“{'、'.join(sorted(twice))}”对同样的人写了两次，请改成不同的名称")
        return self


class LeaderPolicy(Policy, title="村党组织书记管理规定（一版）"):
    """One edition. What it does not say is not asked."""

    process: Process = Setting(description="任期、延期、换届、出缺：各步骤和期限")
    triggers: tuple[Trigger, ...] = Setting(default=(), description="建议调整的情形；符合一条就建议")
    result: FromResult = Setting(default=FromResult(), description="星级评定结果须怎样才用")
    removals: tuple[Coded, ...] = Setting(default=(), description="免职原因和代码")
    candidates: Candidacy = Setting(description="拟任人选的条件")
    elections: Elections | None = Setting(default=None, description="选举；不写时不看选举")
    file: FileParts | None = Setting(default=None, description="书记档案要有哪些部分；不写时不看")
    notice: Posting | None = Setting(default=None, description="拟任人选怎样公示；不写时不出公示")

    @model_validator(mode="after")
    def _has_its_steps(self) -> Self:
        if wrong := _without(self.process, BEGAN, ENDS, EXTENDED, ELECTS, VACATED, FILLED):
            raise ValueError(wrong)
        return self


def policy_columns(edition: LeaderPolicy) -> Mapping[str, tuple[Field, ...]]:
    """The columns that an edition adds to each roster, in its order; one that a step and a situation share is the step's."""
    rule = edition.candidates
    parts = edition.file.fields if edition.file else ()
    asked = [
        *steps.columns(edition.process, NO_COLUMNS, BEGAN),
        *(field for trigger in edition.triggers for field in trigger.columns()),
        _words("免职原因", "removed_why", edition.removals, required=False),
        *parts,
    ]
    own: dict[str, Field] = {}
    for field in asked:
        own.setdefault(field.name, field)
    return {
        "secretaries": tuple(own.values()),
        "candidates": (
            _words("来源类别", "source", rule.sources, required=True),
            *policy_fields(Nominee, rule.requirements),
            *(rule.review.fields if rule.review else ()),
            *steps.columns(rule.process, {}),
            *(Field(column, Kind.SCORE, name=column) for column in rule.order),
            *parts,
        ),
        "elections": edition.elections.fields if edition.elections else (),
    }


def _words(heading: str, name: str, words: tuple[Coded, ...], *, required: bool) -> Field:
    choices = {word.name: (word.code, *word.also) for word in words}
    return Field(heading, Kind.CHOICE if words else Kind.TEXT, required, choices=choices, name=name)
