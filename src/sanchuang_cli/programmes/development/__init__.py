"""发展党员: every step of admitting members by the rules of its day; what is late, early or missing, and what is next by when.

judging.py has what documents say and what came of one person; here is what stands on pages and papers.
"""

from dataclasses import replace
from functools import partial
from operator import attrgetter

from sanchuang_cli.domain.ballots import in_roster as votes
from sanchuang_cli.domain.process import in_roster as steps
from sanchuang_cli.domain.process.amounts import AMOUNT_DOUBTS
from sanchuang_cli.domain.process.announcing import POSTING_DOUBTS
from sanchuang_cli.domain.process.meetings import VOTE_DOUBTS
from sanchuang_cli.domain.process.pages import (
    calendar_page,
    day_column,
    day_columns,
    front,
    next_page,
    troubles_page,
)
from sanchuang_cli.domain.process.papers import Reply, StepPapers
from sanchuang_cli.domain.process.plans import Plans, UnitPlan
from sanchuang_cli.domain.process.structure import measures, shares
from sanchuang_cli.domain.process.telling import STEP_DOUBTS
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.finding import Doubts
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, Post
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.programmes.development import judging as own
from sanchuang_cli.record import Wanted
from sanchuang_cli.summary import Summary


def register(whole: Whole) -> Cols:
    """The register as documents have it, with the steps of the policy in its order; what few need on paper at the right."""
    printed = ("申请", own.ACTIVIST, own.TARGET, own.ADMITS.step, "党委审批", "预备期止", "转正审批")
    about = ("education", "occupation", "contacts", "introducers")
    return (
        Col("part", "阶段"), SEX, Col("nation", detail=True), BORN, *(Col(name, detail=True) for name in about),
        *day_columns(whole.at.policy.process, own.CELLS, printed), Col("days", detail=True), Col("hours", detail=True),
        *(col for _, of in own.MEETINGS for col in votes.shown(of)), Col("full", "转正时间"), Col("years", "党龄", Kind.COUNT),
        Col("wrong", "存在问题", Kind.COUNT, of=lambda one: len(one.troubles)), Col("identity", detail=True),
    )  # fmt: skip


def posted(one: own.Admission, kind: str) -> bool:
    """Whether the register says that somebody is to be posted so, and nothing speaks against it."""
    return one.record.posting == kind and not one.not_posted


SEX = Col("sex", "性别", of=attrgetter("record.sex"))
BORN = Col("born", "出生年月", of=lambda one: f"{one.record.born:%Y-%m}", private=True)
DELAY = Col("delay", "延迟原因", of=attrgetter("record.delay"), wide=True, private=True)
POSTED = (SEX, replace(BORN, private=False), "occupation", day_column("申请"), day_column(own.ACTIVIST))
OPEN = own.PARTS[:-1]
PLANS = Plans(
    attrgetter("admitted"), attrgetter("structure.idle_years"), (own.TARGET, own.ACTIVIST), own.REGISTER
)
TO_FULL = "同意名单所列 {} 名同志按期转为中共正式党员，党龄从预备期满之日算起"
REPLIES = (
    Reply("党委审批", own.ADMITS, "接收{}同志为中共预备党员", "同意接收名单所列 {} 名同志为中共预备党员，预备期从支部大会通过之日算起"),
    Reply("转正审批", own.CONFIRMS, "{}同志转为中共正式党员", TO_FULL),
)  # fmt: skip
PAPERS = StepPapers(
    "预审", "发展对象预审表", ("党支部意见", "乡镇党委审查意见", "县委组织部意见"), "票决结果报告单", own.MEETINGS, REPLIES,
    ("name", SEX, "nation", BORN, "education", "occupation", "branch", "contacts", "introducers"), attrgetter("branch"), lambda who: f"中共{who.township}委员会", OPEN[2:],
)  # fmt: skip
PROGRAMME = Programme(
    name="development",
    policy=own.DevelopmentPolicy,
    default_period=lambda today: Period.year(today.year),
    mains={own.REGISTER: Main(Wanted(own.Candidate, "发展党员台账", whole=True, once=("identity",)), each(own.judge), own.PARTS)},
    serving={"plans": Wanted(UnitPlan, "支部年度计划", optional=True, once=("township", "branch"))},
    policy_columns=lambda edition: {
        own.REGISTER: (*steps.columns(edition.process, own.CELLS, "申请"), *(f for step, of in own.MEETINGS for f in votes.columns(of, step)))
    },
    doubts=Doubts({**STEP_DOUBTS, **VOTE_DOUBTS, **AMOUNT_DOUBTS, **POSTING_DOUBTS}),
    ready=lambda at: Timetable([(one.effective, one.process) for one in at.editions.editions]),
    together=lambda company: steps.told_together(company, own.REGISTER, company.at.policy.process, own.CELLS, attrgetter("not_posted"), own.MEETINGS),
    who=("township", "branch", "name"),
    pages=(
        Page("发展党员台账", "发展党员台账", register),
        next_page("发展党员下一步与最迟日", OPEN),
        troubles_page("发展党员存在问题", (DELAY,)),
        calendar_page("发展党员支部日历", OPEN, ("branch",)),
        PLANS.against_plan("计划完成情况", "发展党员计划完成情况", "已发展"),
        Summary("结构分析", "新发展党员结构分析", ("township",), measures, notes=shares),
        PLANS.idle("两年未发展支部", "多年未发展党员的支部", "最近一次发展"),
    ),
    notices=tuple(
        Post(f"{kind}公示", post.matter, own.PARTS, POSTED, partial(own.posted_by, post), when=partial(posted, kind=kind))
        for kind, post in own.POSTS.items()
    ),
    front=front,
    papers=PAPERS,
    explains=Explains(about=("township", "branch")),
    judges_a_day=True,
)  # fmt: skip
