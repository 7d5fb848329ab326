"""民主评议党员: what the votes and the branch's committee say of each member, the cap on the best grade, pledges and points.

Nobody's grade is inferred from votes, and nothing says who cast which paper.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sanchuang_cli import deadlines
from sanchuang_cli.comparing import Last
from sanchuang_cli.contrast import Compares
from sanchuang_cli.deadlines import DueDay, days_left
from sanchuang_cli.domain.exact_numbers import PERCENT_PLACES, half_up
from sanchuang_cli.domain.reviews.counting import STAGES
from sanchuang_cli.domain.reviews.grading import (
    DOUBTS,
    PARTS,
    PENDING,
    SETTLED,
    UNGRADED,
    Review,
    ReviewedBranch,
    capped_by_branch,
    judge,
)
from sanchuang_cli.domain.reviews.policy import ReviewPolicy, of_votes
from sanchuang_cli.domain.reviews.rosters import BallotSheet, Pledge, PointsRow, Reviewed, served
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, Post
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.record import Wanted
from sanchuang_cli.summary import Measure, Summary
from sanchuang_cli.usual_pages import TOWNSHIPS

GRADED = (SETTLED, PENDING)
COMMITTEE = Col("committee", "支委评定", of=lambda one: one.record.grade or None)


def _votes(mark: str, one: Any) -> int | None:
    votes: int | None = one.votes.marks[mark]
    return votes


def votes(whole: Whole) -> Cols:
    """The sheet of sums as counties have it: the votes for each grade, the share of the best, and what the committee says."""
    grades = whole.at.policy.grades
    return (
        *(Col(of_votes(mark), kind=Kind.COUNT, title=of_votes(mark), of=partial(_votes, mark), if_any=mark in grades.tolerated) for mark in grades.marks),
        Col("valid", "有效票", Kind.COUNT, attrgetter("votes.valid")), Col("share", f"{grades.best}率", Kind.PERCENT, lambda one: Fraction(half_up(one.votes.share.exact, PERCENT_PLACES))),
        COMMITTEE, Col("grade", "等次", Kind.TEXT, lambda one: one.grade or one.part),
        Col("given_out", detail=True), Col("back", "收回票", Kind.COUNT, attrgetter("votes.figures.back"), detail=True),
        Col("rate", "兑现率", of=attrgetter("pledged.rate"), detail=True),
    )  # fmt: skip


def waiting(whole: Whole) -> list[Review]:
    """Those without a settled grade; in a branch that has too many of the best one, by their share of votes."""
    rank = whole.at.occasion.rank
    return sorted(
        whole.of((PENDING,)), key=lambda one: (rank(one.record.township), one.record.branch, one.place or 0)
    )


def disposals(whole: Whole) -> Cols:
    """What must follow the worst grade, and room for what the branch decides."""
    rule, unknown = whole.at.policy.disposal, "" if whole.at.before is not None else "没有上期结果"
    return (
        Col("last", of=lambda one: one.last or unknown or None), Col("paper", "应交材料", of=lambda one: rule.paper, wide=True),
        Col("due", "最迟", of=lambda one: str(one.due)), "handed",
        Col("again", "建议", of=lambda one: rule.again if one.again else None, wide=True),
    )  # fmt: skip


def papers_due(whole: Whole) -> list[DueDay]:
    """The paper that must follow each worst grade and is not there yet, the earliest first."""
    rule, on = whole.at.policy.disposal, whole.at.occasion.on
    due = [(one.due, one.record) for one in whole.of() if one.due and not one.record.handed]
    return [
        DueDay(
            record=who, what=rule.paper, latest=day, left=days_left(day, on), responsible=rule.by, basis=rule.clause,
            state="逾期未交" if day.latest < on else "待交", note="" if who.decided else "没有填评定日期，从判定日起算",
        )
        for day, who in sorted(due, key=itemgetter(0))
    ]  # fmt: skip


class PledgeLine(NamedTuple):
    """A pledge and whose it is; of nobody on the list, the pledge itself."""

    record: Any
    pledge: Pledge


def pledge_lines(whole: Whole) -> list[PledgeLine]:
    """All pledges in the order of pages, also those that name nobody on the list."""
    at = whole.at
    lines = {id(one.row): PledgeLine(one, one) for one in at.ready.strange["pledges"]}
    for who in at.rosters["reviewed"].records:
        lines |= {id(one.row): PledgeLine(who, one) for one in at.ready.pledges.get(id(who.row), ())}
    order = attrgetter("record.branch", "record.name", "pledge.row.line")
    return sorted(lines.values(), key=lambda one: (at.occasion.rank(one.record.township), order(one)))


def _day(stage: str, line: PledgeLine) -> str | None:
    day = getattr(line.pledge, stage)
    return str(day) if day else None


def _graded(grade: str, one: Review) -> bool:
    return one.grade == grade


def _many(test: Callable[[Review], Any], branch: ReviewedBranch) -> int:
    return sum(bool(test(one)) for one in branch.reviews)


def _aside(branch: ReviewedBranch) -> int:
    return branch.full - _many(lambda one: one.part in GRADED, branch)


def counted_apart(whole: Whole) -> tuple[str, ...]:
    """The note on why fewer wait here than are set aside, where it is so."""
    many = whole.tally.set_aside - sum(map(_aside, whole.more))
    said = f"“待核实”一栏只数正式党员，一人几行的只数一次；待核实名单比这一栏的合计多 {many} 行，是别的人员和重复的行。"
    return (said,) if many > 0 else ()


def branches(whole: Whole) -> Cols:
    """Each branch by grade, with the cap and how far its members kept what they promised."""
    policy = whole.at.policy
    count = partial(Col, kind=Kind.COUNT, total=True)
    return (
        Col("township", of=attrgetter("township")), Col("branch", of=attrgetter("branch")), count("full", "正式党员", of=attrgetter("full")),
        count("most", f"{policy.best}名额", of=attrgetter("most")), count("named", f"评定{policy.best}", of=attrgetter("named")),
        *(count(f"grade{i}", grade, of=partial(_many, partial(_graded, grade)), if_any=grade in policy.grades.tolerated) for i, grade in enumerate(policy.grades.marks)),
        count("pending", PENDING, of=partial(_many, lambda one: one.part == PENDING)),
        count("aside", "待核实", of=_aside, if_any=True),
        count("ungraded", UNGRADED, of=partial(_many, lambda one: one.part == UNGRADED)),
        count("made", "承诺", of=attrgetter("pledged.made")), count("kept", "兑现", of=attrgetter("pledged.kept")),
        Col("rate", "兑现率", of=attrgetter("pledged.rate")),
    )  # fmt: skip


def measures(whole: Whole) -> list[Measure]:
    """Members by grade; those who wait and those who are not graded beside them."""
    grades = whole.at.policy.grades.marks
    return [
        Measure("reviewed", "评定对象", of=GRADED),
        *(Measure(f"grade{i}", grade, when=partial(_graded, grade)) for i, grade in enumerate(grades)),
        Measure("pending", PENDING, of=(PENDING,)),
        Measure("ungraded", UNGRADED, of=(UNGRADED,)),
    ]


GRADE = Col("grade", "等次", Kind.TEXT, of=attrgetter("grade"))
PENDING_COLUMNS = (
    COMMITTEE, Col("place", "名次", Kind.COUNT, attrgetter("place")), Col("line", "名额", of=lambda one: one.line or None),
    Col("why", "原因", of=lambda one: "；".join(why.said for why in one.reasons if why.holds is False), wide=True),
)  # fmt: skip
POINTS = (
    Col("points", "积分", Kind.SCORE, lambda one: one.points.sum if one.points else None), Col("proposal", "积分建议", wide=True),
    Col("items", "各项", of=lambda one: one.points.said if one.points else None, wide=True),
    Col("score", "按比例得分", Kind.SCORE, lambda one: Fraction(half_up(one.scored.points)) if one.scored else None, if_any=True),
    Col("over", "超过满额", of=lambda one: "、".join(one.scored.over) if one.scored else None),
    Col("short", "不足最低数", of=lambda one: "、".join(one.scored.short) if one.scored else None),
)  # fmt: skip
BORN = Col("born", "出生日期", Kind.DATE, lambda one: one.record.identity and one.record.born, private=True)
REGISTER = Page("等次名册", "民主评议党员等次名册", ("identity", GRADE, Col("last", if_any=True)), (SETTLED,))
STAGE_COLUMNS = tuple(
    Col(stage, title, of=partial(_day, stage)) for stage, title in zip(STAGES, ("提诺", "审诺", "公诺", "践诺", "评诺"), strict=True)
)  # fmt: skip
PROGRAMME = Programme(
    name="reviews",
    policy=ReviewPolicy,
    default_period=lambda today: Period.year(today.year - 1),
    mains={
        "reviewed": Main(
            Wanted(Reviewed, "民主评议汇总", whole=True, once=("identity",), or_once=("township", "branch", "name")),
            each(judge),
            PARTS,
        )
    },
    serving={
        "papers": Wanted(BallotSheet, "评议票", optional=True),
        "pledges": Wanted(Pledge, "承诺台账", optional=True, once=("township", "branch", "name", "what")),
        "points": Wanted(PointsRow, "积分表", optional=True),
    },
    looks_itself=("papers",),
    policy_columns=lambda edition: {"reviewed": tuple(edition.columns())},
    previous=Last(REGISTER, ("identity",), ("grade",), ("township", "branch", "name")),
    doubts=DOUBTS,
    ready=served,
    together=capped_by_branch,
    who=("township", "branch", "name"),
    pages=(
        Page("测评汇总", "民主评议党员测评汇总表", votes, GRADED),
        REGISTER,
        Page(PENDING, "民主评议党员待定名单", PENDING_COLUMNS, rows=waiting, blank=("支部决定",)),
        Page("支部汇总", "民主评议党员支部汇总表", branches, rows=attrgetter("more"), who=False, group="township", notes=counted_apart),
        Page("不合格处置表", "不合格党员处置表", disposals, when=attrgetter("due"), blank=("支部大会决定", "决定日期")),
        Page("积分", "党员积分表", POINTS, when=lambda one: one.points or one.scored, only_if_any=True),
        Page("承诺台账", "党员承诺践诺台账", (Col("what", "内容", of=attrgetter("pledge.what"), wide=True), *STAGE_COLUMNS), rows=pledge_lines, only_if_any=True),
        deadlines.page("不合格党员处置期限", papers_due),
        Summary(TOWNSHIPS, "民主评议党员分乡镇汇总表", ("township",), measures),
    ),
    notices=(Post("评议公示", "民主评议优秀党员", (SETTLED,), (BORN,), attrgetter("cap.clause"), ("born",), when=attrgetter("best")),),
    explains=Explains(lambda one, whole: f"{one.part}{'：' * bool(one.grade)}{one.grade}", about=("township", "branch")),
    compares=Compares(grade=attrgetter("grade")),
)  # fmt: skip
