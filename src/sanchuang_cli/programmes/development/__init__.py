"""发展党员: every step of admitting members by the rules of its day; what is late, early or missing, and what is next by when.

judging.py has what documents say and what came of one person; here is what stands on pages and papers.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import attrgetter

from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.ballots import in_roster as votes
from sanchuang_cli.domain.exact_numbers import half_up
from sanchuang_cli.domain.process import in_roster as steps
from sanchuang_cli.domain.process.amounts import AMOUNT_DOUBTS
from sanchuang_cli.domain.process.meetings import VOTE_DOUBTS
from sanchuang_cli.domain.process.pages import (
    calendar_page,
    day_column,
    day_columns,
    next_page,
    troubles_page,
)
from sanchuang_cli.domain.process.papers import Facts, Reply, StepPapers
from sanchuang_cli.domain.process.plans import Plans, UnitPlan, within
from sanchuang_cli.domain.process.telling import STEP_DOUBTS
from sanchuang_cli.domain.process.timetable import Timetable
from sanchuang_cli.finding import Doubts
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Measure, Page, Post, Summary
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.programmes.development.judging import (
    ACTIVIST,
    ADMITS,
    CELLS,
    CONFIRMS,
    MEETINGS,
    PARTS,
    REGISTER,
    TARGET,
    Admission,
    Candidate,
    DevelopmentPolicy,
    judge,
    together,
)  # fmt: skip
from sanchuang_cli.record import Wanted


def measures(whole: Whole) -> list[Measure]:
    """Who was admitted in the period, by age, sex, nation, schooling and work; and of whom the register does not say it."""
    rule, period = whole.at.policy.structure, whole.at.occasion.period
    schooling, work = rule.college + rule.below, rule.farmers + rule.others
    tests: Mapping[str, Callable[[Candidate], bool]] = {
        "女": lambda who: who.sex == "女",
        "少数民族": lambda who: who.nation not in ("", rule.majority),
        "大专以上": lambda who: who.education in rule.college,
        "农牧渔民": lambda who: who.occupation in rule.farmers,
        "情况不详": lambda who: (
            not who.nation or who.education not in schooling or who.occupation not in work
        ),
    }

    def young(one: Admission) -> bool:
        day = one.admitted
        return day is not None and full_years(one.record.born, day.latest) <= rule.at_most

    def count(title: str, test: Callable[[Admission], bool]) -> Measure:
        return Measure(title, title, when=lambda one: within(one.admitted, period) and test(one))

    by_record = (count(title, lambda one, of=of: of(one.record)) for title, of in tests.items())  # type: ignore[misc]
    return [count("新发展党员", lambda one: True), count(f"{rule.at_most}岁及以下", young), *by_record]


def shares(whole: Whole) -> tuple[str, ...]:
    """The figures as shares of all who were admitted, half up to one decimal."""
    every, *some = [(one.title, one(whole.of())) for one in measures(whole)]
    said = (f"{title} {half_up(Fraction(100 * count, every[1]), 1)}%" for title, count in some if every[1])
    return (f"占新发展党员：{'，'.join(said)}。",) if every[1] else ()


def register(whole: Whole) -> Cols:
    """The register as documents have it, with the steps of the policy in its order; what few need on paper at the right."""
    printed = ("申请", ACTIVIST, TARGET, ADMITS.step, "党委审批", "预备期止", "转正审批")
    rest = ("nation", "education", "occupation", "contacts", "introducers", "days", "hours", "identity")
    return (
        Col("part", "阶段"), SEX, BORN, *day_columns(whole.at.policy.process, CELLS, printed), Col("full", "转正时间"),
        Col("years", "党龄", Kind.COUNT), Col("wrong", "问题", Kind.COUNT, of=lambda one: len(one.troubles)),
        *(Col(name, detail=True) for name in rest), *(col for _, of in MEETINGS for col in votes.shown(of)),
    )  # fmt: skip


def person(one: Admission) -> Facts:
    """What papers say of somebody."""
    who = one.record
    return (
        ("姓名", who.name), ("性别", who.sex), ("民族", who.nation), ("出生年月", f"{who.born:%Y-%m}"), ("学历", who.education),
        ("职业", who.occupation), ("所在支部", who.branch), ("培养联系人", who.contacts), ("入党介绍人", who.introducers),
    )  # fmt: skip


SEX = Col("sex", "性别", of=attrgetter("record.sex"))
BORN = Col("born", "出生年月", of=lambda one: f"{one.record.born:%Y-%m}")
DELAY = Col("delay", "延迟原因", of=attrgetter("record.delay"), wide=True)
POSTED = (SEX, BORN, "occupation", day_column("申请"), day_column(ACTIVIST))
OPEN = PARTS[:-1]
PLANS = Plans(attrgetter("admitted"), attrgetter("structure.idle_years"), (TARGET, ACTIVIST), REGISTER)
TO_FULL = "同意名单所列 {} 名同志按期转为中共正式党员，党龄从预备期满之日算起"
REPLIES = (
    Reply("党委审批", ADMITS, "接收{}同志为中共预备党员", "同意接收名单所列 {} 名同志为中共预备党员，预备期从支部大会通过之日算起"),
    Reply("转正审批", CONFIRMS, "{}同志转为中共正式党员", TO_FULL),
)  # fmt: skip
PAPERS = StepPapers(
    "预审", "发展对象预审表", ("党支部意见", "乡镇党委审查意见", "县委组织部意见"), "票决结果报告单", MEETINGS, REPLIES,
    person, attrgetter("branch"), lambda who: f"中共{who.township}委员会", OPEN[2:],
)  # fmt: skip
POSTS = {
    "发展对象": "拟列为发展对象人选",
    "接收": "拟接收为中共预备党员人选",
    "转正": "拟转为中共正式党员人选",
}
PROGRAMME = Programme(
    name="development",
    policy=DevelopmentPolicy,
    default_period=lambda today: Period.year(today.year),
    mains={REGISTER: Main(Wanted(Candidate, "发展党员台账", whole=True, once=("identity",)), each(judge), PARTS)},
    serving={"plans": Wanted(UnitPlan, "支部年度计划", optional=True, once=("township", "branch"))},
    policy_columns=lambda edition: {
        REGISTER: (*steps.columns(edition.process, CELLS, "申请"), *(f for _, of in MEETINGS for f in votes.columns(of)))
    },
    doubts=Doubts({**STEP_DOUBTS, **VOTE_DOUBTS, **AMOUNT_DOUBTS}),
    ready=lambda at: Timetable([(one.effective, one.process) for one in at.editions.editions]),
    together=together,
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
        Post(f"{kind}公示", what, PARTS, POSTED, attrgetter("notice.clause"), when=lambda one, kind=kind: one.record.posting == kind)
        for kind, what in POSTS.items()
    ),
    papers=PAPERS,
    explains=Explains(about=("township", "branch")),
    judges_a_day=True,
)  # fmt: skip
