"""党员教育培训学时: what each member studied in a year beside what is asked, branch by branch, and what would still be enough."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import Any

from sanchuang_cli import deadlines
from sanchuang_cli.comparing import Last
from sanchuang_cli.contrast import Compares
from sanchuang_cli.domain.exact_numbers import cut
from sanchuang_cli.domain.study.attendance import Attendance
from sanchuang_cli.domain.study.branches import BranchStanding, standings, waiting
from sanchuang_cli.domain.study.due import due, is_over
from sanchuang_cli.domain.study.judging import DOUBTS, SHEETS, TRAINEES, judge, ready
from sanchuang_cli.domain.study.policy import StudyPolicy
from sanchuang_cli.domain.study.records import MET, PARTS, SHORT, Trainee, Training
from sanchuang_cli.domain.study.shortfall import REQUIRED, TOTAL, lacking, reviewed
from sanchuang_cli.finding import ALL
from sanchuang_cli.front import Figure, Figures, having
from sanchuang_cli.judging import Company, Joint, Told, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page
from sanchuang_cli.period import Period
from sanchuang_cli.posting import Notice
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.record import Field, Record, Wanted
from sanchuang_cli.summary import Measure, Summary
from sanchuang_cli.usual_pages import TOWNSHIPS

_SOON = 90


def together(company: Company) -> Joint:
    """What is odd in the sheets, and the branches beside each other."""
    at, told = company.at, [*company.at.ready.told]
    if at.policy.carried and at.before is None:
        said = "没有给出上年的结果，上年结转的学时没有算入"
        told.append(Told(at.doubts.at("not-carried", ALL, said, at.policy.carried.clause)))
    return Joint(told=told, more=standings(company.standing(TRAINEES), waiting(company, TRAINEES), at.policy))


def worded(record: type[Record], words: dict[str, Any]) -> tuple[Field, ...]:
    """The columns of a roster whose words are the policy's."""
    asked = (field for field in record.declared() if words.get(field.name))
    return tuple(replace(field, choices=words[field.name]) for field in asked)


def columns(edition: StudyPolicy) -> dict[str, tuple[Field, ...]]:
    """The words that an edition has for kinds, roles, grades, methods and units."""
    grades = edition.review.grades if edition.review else ()
    lists: dict[str, Sequence[Any]] = {
        "kind": edition.kinds, "role": edition.roles, "review": grades, "method": edition.methods
    }  # fmt: skip
    words: dict[str, Any] = {name: {each.name: each.aliases for each in of} for name, of in lists.items()}
    words["unit"] = edition.hours.choices
    return {TRAINEES: worded(Trainee, words), SHEETS: worded(Attendance, words)}


def registered(whole: Whole) -> Cols:
    """The class, what is asked, and the hours by method."""
    methods = (
        Col(f"hours{i}", name, Kind.SCORE, partial(_by_method, name), if_any=True)
        for i, name in enumerate(whole.at.policy.by_method)
    )
    return ("kind", "role", REQUIRED, *methods)


def _by_method(name: str, one: Training) -> Any:
    return one.hours.get(name, 0)


def so_far(whole: Whole) -> tuple[str, ...]:
    """The note that the year is not over, where it is not."""
    said = f"到 {whole.at.occasion.on}，{whole.title}还没有结束：学时、名次只到这一天，不提问责建议。"
    return (*whole.left_out, *(() if is_over(whole) else (said,)))


def overall(whole: Whole) -> tuple[str, ...]:
    """The note with the county's own rate."""
    met, asked = len(whole.of((MET,))), len(whole.of((MET, SHORT)))
    rate = f"{cut(Fraction(100 * met, asked), 1)}%" if asked else "—"
    return (f"全部名册的完成率：达标 {met} ÷ 应考核 {asked} = {rate}。",)


def front(whole: Whole) -> Iterator[Figures]:
    """For the first page: parts, what is proposed for branches, and what is overdue or near."""
    yield Figures("合计", (TOWNSHIPS,))
    words = dict.fromkeys(each.proposal for each in whole.at.policy.accountability)
    yield Figures("问责建议", (PROPOSED.name,), tuple(having("proposal", word) for word in words))
    near = Figure(f"{_SOON} 天以内到期", lambda line: 0 <= line["left"] <= _SOON)
    yield Figures("期限", (deadlines.NAME,), (Figure("逾期", lambda line: line["left"] < 0), near))


def in_order(whole: Whole) -> list[BranchStanding]:
    """The branches that have a rate, as the county has its townships."""
    rank = whole.at.occasion.rank
    return sorted((one for one in whole.more if one.asked), key=lambda one: (rank(one.township), one.branch))


def is_reviewed(one: Training) -> bool:
    """Whether there is anything to say of somebody's report, grade or tests."""
    return bool(one.record.reported or one.record.review or one.tests)


def notices(whole: Whole) -> Iterator[Notice]:
    """Branches and their rates; nobody's hours."""
    policy = whole.at.policy
    for table in POSTED.tables(whole, PROGRAMME.paper) if policy.notice else ():
        yield Notice(
            name="教育培训完成率公示",
            title=f"关于{whole.title}党员教育培训完成情况的公示",
            basis=(f"《{policy.title}》（{policy.document}）",),
            what=f"{whole.title}党员教育培训完成情况",
            standard="、".join(dict.fromkeys(each.clause for each in policy.standards)),
            period=whole.title,
            table=table,
            posting=policy.notice,
            counted="个支部",
        )


def _of(name: str, title: str, kind: Kind = Kind.TEXT, path: str = "", **more: Any) -> Col:
    return Col(name, title, kind, attrgetter(path or name), **more)


BRANCH = (_of("township", "乡镇"), _of("branch", "支部"))
RATE, PLACE = _of("rate", "完成率", Kind.PERCENT), _of("place", "名次", Kind.COUNT)
ASKED, OPEN = _of("asked", "应考核", Kind.COUNT, total=True), _of("waiting", "待核实", Kind.COUNT, total=True)

STRANGE: Cols = (
    *(BRANCH[0], "branch", "name", _of("days", "日期", path="record.days")),
    *(
        _of(name, title, path=f"record.{name}")
        for name, title in (("course", "培训名称"), ("method", "方式"))
    ),
    *(_of("amount", "数量", Kind.SCORE, "record.amount"), _of("unit", "单位", path="record.unit")),
    *(_of("hours", "折学时", Kind.SCORE), _of("why", "原因", wide=True)),
    Col("place", "出处", of=lambda strange: str(strange.record.row.place()), wide=True),
)
TESTED: Cols = (
    *(_of("course", "考试", path="row.course"), _of("days", "日期", path="row.days")),
    *(_of("score", "成绩", Kind.SCORE), Col("grade", "等次", of=lambda test: test.grade and test.grade.name)),
)


def _counted(part: str) -> Col:
    return Col(part, part, Kind.COUNT, lambda branch: branch.parts.get(part, 0), total=True)


REGISTER = Page(
    "学时登记册",
    "党员教育培训学时登记册",
    (
        registered,
        Col("carried", "上年结转", Kind.SCORE, if_any=True),
        TOTAL,
        Col("part", "达标情况"),
        Col("waiting", "有错未计", Kind.COUNT, if_any=True),
        Col("over", "结转下年", Kind.SCORE, if_any=True),
        Col("ever", "累计学时", Kind.SCORE),
        Col(
            "last_course",
            "最近集中培训",
            Kind.DATE,
            lambda one: one.last_course and one.last_course.latest,
            detail=True,
        ),
        Col("identity", detail=True),
    ),
)
PROPOSED = Page(
    "问责建议",
    "支部教育培训问责建议（供研究，不作结论）",
    (
        *BRANCH,
        ASKED,
        _counted(MET),
        _counted(SHORT),
        OPEN,
        RATE,
        PLACE,
        _of("proposal", "建议", path="proposal.proposal"),
        _of("basis", "依据", path="proposal.clause", wide=True),
    ),
    rows=lambda whole: [branch for branch in whole.more if branch.proposal and is_over(whole)],
    who=False,
    blank=("研究意见",),
    notes=so_far,
    only_if_any=True,
)
POSTED = Page(
    "公示名单",
    "党员教育培训完成率",
    (*BRANCH, replace(ASKED, private=True), RATE),
    rows=in_order,
    who=False,
    signed=False,
    only_if_any=True,
)
PROGRAMME = Programme(
    name="training",
    policy=StudyPolicy,
    default_period=lambda today: Period.year(today.year - 1),
    mains={TRAINEES: Main(Wanted(Trainee, "党员名册", whole=True, once=("identity",)), each(judge), PARTS)},
    serving={SHEETS: Wanted(Attendance, "学时登记")},
    policy_columns=columns,
    previous=Last(REGISTER, key=("identity",), watched=("part",)),
    doubts=DOUBTS,
    ready=ready,
    together=together,
    who=("township", "branch", "name"),
    pages=(
        REGISTER,
        Page("未达标名单", "教育培训未达标党员名单", lacking, (SHORT,), notes=so_far, blank=("补学安排",)),
        Page(
            "支部完成率",
            "支部教育培训完成率",
            (*BRANCH, *map(_counted, PARTS), OPEN, RATE, PLACE, _of("tie", "并列", wide=True)),
            rows=attrgetter("more"),
            who=False,
            notes=so_far,
        ),
        Page(
            "考试成绩",
            "教育培训考试成绩",
            TESTED,
            rows=lambda whole: [test for one in whole.of() for test in one.tests],
            only_if_any=True,
        ),
        Page("述学评学考学", "述学评学考学情况", reviewed, when=is_reviewed, only_if_any=True),
        PROPOSED,
        deadlines.page("教育培训到期提醒", due),
        Page(
            "名册外学时",
            "名册以外的学时登记（没有计入）",
            STRANGE,
            rows=attrgetter("at.ready.strange"),
            who=False,
            only_if_any=True,
        ),
        Summary(
            TOWNSHIPS,
            "教育培训分乡镇汇总表",
            ("township",),
            (
                Measure("people", "党员数"),
                *(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(PARTS)),
                Measure(
                    "rate",
                    "完成率",
                    (MET, SHORT),
                    mean=lambda one: Fraction(one.part == MET),
                    kind=Kind.PERCENT,
                ),
            ),
            notes=overall,
        ),
    ),
    front=front,
    notices=notices,
    compares=Compares(grade=lambda one: f"{cut(one.total)} 学时"),
    explains=Explains(about=("township", "branch")),
)
