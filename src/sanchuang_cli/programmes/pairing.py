"""结对帮扶: which helper each member in need has and why, what became of last year's pairs, who has none and what would help.

Who is best paired with whom is worked out by domain.pairs; this programme says what stands on paper.
"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from sanchuang_cli.comparing import Last
from sanchuang_cli.contrast import Compares
from sanchuang_cli.domain.pairs.policy import PairingPolicy
from sanchuang_cli.domain.pairs.records import Helper, MemberInNeed
from sanchuang_cli.domain.pairs.together import HELPERS, MEMBERS, together
from sanchuang_cli.domain.pairs.verdict import (
    BUSY,
    CHANGES,
    DOUBTS,
    KEPT,
    OF_HELPERS,
    OF_MEMBERS,
    PAIRED,
    UNPAIRED,
    Paired,
    Task,
    judge_helper,
    judge_member,
)
from sanchuang_cli.front import Figures, having
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Page, Post
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Wanted
from sanchuang_cli.summary import Measure, Summary
from sanchuang_cli.usual_pages import TOWNSHIPS


def _of_helper(name: str) -> Any:
    """A field of the helper; nothing for whoever has none."""

    def of(member: Paired) -> Any:
        return getattr(member.helper, name) or None if member.helper else None

    return of


def _people(task: Task) -> str:
    """Whom a helper helps, each with the village and the degree."""
    return "；".join(f"{who.township}{who.village} {who.name}（{who.hardship}）" for who in task.people)


def _villages(task: Task) -> str:
    return "、".join(dict.fromkeys(f"{who.township}{who.village}" for who in task.people))


def front(whole: Whole) -> Iterator[Figures]:
    """What the first page says: who has a helper, and what became of last year's pairs."""
    both = (PAIRS.name, LACKING.name)
    yield Figures("结对", both, tuple(having("part", part) for part in OF_MEMBERS))
    yield Figures("与上年比", both, tuple(having("change", said) for said in CHANGES))


def moved(whole: Whole) -> list[Paired]:
    """Who has another helper than before, or none any more; nobody where no former pair is known."""
    members = whole.of()
    known = any(member.before for member in members)
    return [member for member in members if known and member.change not in ("", KEPT)]


def measures(whole: Whole) -> list[Measure]:
    """The columns of the summary: people by degree of hardship, with and without a helper, and last year's pairs kept."""
    rule = whole.at.policy.hardship

    def of_degree(name: str) -> Any:
        return lambda member: rule.of(member.record.hardship).name == name

    return [
        *(Measure(f"degree{i}", one.name, when=of_degree(one.name)) for i, one in enumerate(rule.degrees)),
        Measure("paired", PAIRED, of=(PAIRED,)),
        Measure("unpaired", UNPAIRED, of=(UNPAIRED,)),
        Measure("kept", KEPT, when=lambda member: member.change == KEPT),
        Measure("moved", "上年结对没有保留", when=attrgetter("moved")),
    ]


HARDSHIP, PART = Col("hardship"), Col("part", "情况")
CHANGE = Col("change", "与上年比", detail=True)
HELPER = Col("helper", "帮扶人", of=_of_helper("name"))
UNIT, POST = Col("unit", "帮扶单位", of=_of_helper("unit")), Col("post", "帮扶人职务", of=_of_helper("post"))
SINCE = Col("since", "结对日期", of=attrgetter("since"))
LOAD = Col("load", "人数", Kind.COUNT, attrgetter("load"), total=True)
PAIRS = Page(
    "结对帮扶一览表",
    "困难党员结对帮扶一览表",
    (
        HARDSHIP, HELPER, UNIT, POST, SINCE,
        *(Col(head, head, by_hand=True, of=lambda member: None) for head in ("帮扶措施", "走访次数", "办实事", "满意度")),
        Col("why", "结对理由", of=attrgetter("why"), detail=True), Col("branch", detail=True), Col("identity", detail=True),
        Col("helper_identity", "帮扶人身份证号", Kind.IDENTITY, _of_helper("identity"), detail=True),
        Col("phone", "帮扶人电话", Kind.PHONE, _of_helper("phone"), detail=True), CHANGE,
        Col("part", "情况", detail=True),
    ),
    (PAIRED,),
    notes=attrgetter("left_out"),
)  # fmt: skip
LACKING = Page(
    "未结对名单",
    "未结对的困难党员名单",
    (HARDSHIP, PART, CHANGE, Col("helps", "怎样能结上", wide=True)),
    (UNPAIRED,),
    blank=("处理意见",),
)
TASKS = Page(
    "帮扶任务表",
    "结对帮扶任务表",
    (
        "unit", "post", Col("places", "名额", Kind.COUNT, total=True), LOAD, Col("people", "困难党员", of=_people, wide=True),
        PART, Col("signed", "签字", of=lambda task: None, signed=True),
    ),
    OF_HELPERS,
    HELPERS,
)  # fmt: skip
MOVED = Page(
    "变动表",
    "结对帮扶变动表",
    (
        Col("change", "变动"),
        Col("before", "原帮扶人", of=attrgetter("before")),
        HELPER,
        UNIT,
        Col("moved", "原结对没有保留的原因", of=attrgetter("moved"), wide=True),
    ),
    rows=moved,
)
POSTED = ("unit", Col("villages", "结对村", of=_villages, wide=True), LOAD)
PROGRAMME = Programme(
    name="pairing",
    policy=PairingPolicy,
    default_period=lambda today: Period.year(today.year),
    mains={
        MEMBERS: Main(Wanted(MemberInNeed, "困难党员名册", whole=True, once=("identity",)), each(judge_member), OF_MEMBERS),
        HELPERS: Main(
            Wanted(Helper, "帮扶人名册", whole=True, once=("identity",)), each(judge_helper), OF_HELPERS,
            order=attrgetter("unit", "name", "identity"),
        ),
    },
    doubts=DOUBTS,
    together=together,
    previous=Last(PAIRS, key=("identity",), again=True),
    compares=Compares(grade=lambda one: one.helper.name if isinstance(one, Paired) and one.helper else ""),
    pages=(PAIRS, LACKING, TASKS, MOVED, Summary(TOWNSHIPS, "结对帮扶分乡镇汇总表", ("township",), measures)),
    front=front,
    notices=(Post("结对帮扶公示", "困难党员结对帮扶", (BUSY,), POSTED, attrgetter("aims.clause"), title="结对帮扶人名单", counted="名帮扶人", roster=HELPERS),),
)  # fmt: skip
