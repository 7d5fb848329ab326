"""Declares what documents on admitting members say, and judges one person by it; nothing that is wrong moves anybody."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field as Setting

from sanchuang_cli.domain.age import full_years
from sanchuang_cli.domain.ballots.in_roster import ENTITLED
from sanchuang_cli.domain.ballots.voting import Vote
from sanchuang_cli.domain.people import MEMBERSHIP, Person
from sanchuang_cli.domain.process.amounts import EnoughTime, beyond_days
from sanchuang_cli.domain.process.announcing import Announced
from sanchuang_cli.domain.process.in_roster import after_end, dated, impossible
from sanchuang_cli.domain.process.meetings import Meeting, NotCounted, is_carried
from sanchuang_cli.domain.process.national import laxer, meanwhile, shorter_notice
from sanchuang_cli.domain.process.nodes import Process
from sanchuang_cli.domain.process.structure import Structure
from sanchuang_cli.domain.process.telling import Steps, StepTrouble, reasons, troubles, unpublished
from sanchuang_cli.domain.process.verdict import Why, reached
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.judging import At, Odd, Verdict
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.policy import Policy, shipped
from sanchuang_cli.posting import Posting
from sanchuang_cli.record import Field

APPLICANT, ACTIVIST, TARGET, PROBATIONER, MEMBER, ENDED = PARTS = (
    "申请人", "积极分子", "发展对象", "预备党员", "正式党员", "已终止",
)  # fmt: skip
STAGES = ((MEMBER, "转正审批"), (PROBATIONER, "党委审批"), (TARGET, TARGET), (ACTIVIST, ACTIVIST))
REGISTER, APPROVED, ENDS = "register", "党委审批", "预备期止"
ADMITS, CONFIRMS = MEETINGS = Meeting("支部大会"), Meeting("转正大会", "转正")
POSTED_UNTIL, ARCHIVED = "公示止", "归档"
POSTS = {post.kind: post for post in (
    Announced("发展对象", "拟列为发展对象人选", ACTIVIST, TARGET),
    Announced("接收", "拟接收为中共预备党员人选", TARGET, ADMITS.step),
    Announced("转正", "拟转为中共正式党员人选", PROBATIONER, CONFIRMS.step),
)}  # fmt: skip
CELLS = {"出生": "identity"}
"""Where a step is read whose day is no column's own to say."""


class DevelopmentPolicy(Policy, title="发展党员规定（一版）"):
    """One edition. training, vote: None where the rules of that time say nothing of them."""

    published: date | None = Setting(default=None, description="公布日期，晚于施行日期的才写")
    process: Process = Setting(description="各个步骤和期限")
    training: EnoughTime | None = Setting(default=None, description="集中培训不少于多少；不写时不看")
    vote: Vote | None = Setting(default=None, description="接收和转正的表决；不写时不看")
    not_counted: NotCounted = Setting(description="哪些正式党员可以不计入应到")
    structure: Structure = Setting(description="新发展党员怎样分，多年未发展的支部怎样算")
    notice: Posting | None = Setting(default=None, description="怎样公示；不写时不出公示")

    @classmethod
    def at_odds(cls, editions: Sequence[Self]) -> list[str]:
        """Where a county's editions ask less than the national ones in force at the same time, which are those shipped."""
        floors = shipped(cls, "development")
        wrong = laxer(*([(one.effective, one.process) for one in many] for many in (editions, floors)))
        for edition, floor in meanwhile(editions, floors):
            if floor.training and not (edition.training and edition.training.at_least(floor.training)):
                wrong.append(f"training（集中培训）低于全国规定：{floor.training}（{floor.training.clause}）")
            if floor.vote and not (edition.vote and edition.vote.asks_at_least(floor.vote)):
                wrong.append(f"vote（表决）低于全国规定：到会和赞成都应{floor.vote}（{floor.vote.clause}）")
            wrong += shorter_notice(edition.notice, floor.process, POSTED_UNTIL)
        return list(dict.fromkeys(wrong))


class Candidate(Person, frozen=True, kw_only=True):
    """A row of the register, from the application on. The days of the steps and the votes are columns of the policy."""

    heeds = MEMBERSHIP | {Matter.WITHDRAWN, Matter.REFUSED, Matter.DISCIPLINED}
    village: Annotated[str, Field("村", asked=False)] = ""
    branch: Annotated[str, Field("支部", required=True, aliases=("所在党支部",), example="示例村党支部")]
    nation: Annotated[str, Field("民族")] = ""
    education: Annotated[str, Field("学历")] = ""
    occupation: Annotated[str, Field("职业", aliases=("单位职务",))] = ""
    contacts: Annotated[str, Field("联系人", idle=True)] = ""
    introducers: Annotated[str, Field("介绍人", idle=True)] = ""
    days: Annotated[Fraction | None, Field("培训天数", Kind.SCORE)] = None
    hours: Annotated[Fraction | None, Field("培训学时", Kind.SCORE)] = None
    members: Annotated[int | None, Field("正式党员数", Kind.COUNT, note="支部大会当日")] = None
    excluded: Annotated[int | None, Field("不计入应到", Kind.COUNT, note="几人")] = None
    excluded_why: Annotated[str, Field("不计入原因")] = ""
    ended: Annotated[VagueDate | None, Field("终止日期", Kind.DATE, note="终止培养、取消资格的填")] = None
    posting: Annotated[str, Field("拟公示", Kind.CHOICE, choices=dict.fromkeys(POSTS, ()))] = ""
    delay: Annotated[str, Field("延迟原因", idle=True)] = ""


class Admission(Verdict[Candidate], frozen=True, kw_only=True, eq=False):
    """What came of one row. full: the day of full membership, None where there is none or it is in doubt; years: since then.
    admitted: the day of the meeting, where the admission was approved. carried: the meetings that were held and whose vote
    carried. not_posted: why the notice that the register asks for is not of this person."""

    steps: Steps
    troubles: tuple[StepTrouble, ...]
    full: VagueDate | None
    years: int | None
    admitted: VagueDate | None
    carried: frozenset[str]
    not_posted: tuple[StepTrouble, ...]


def judge(who: Candidate, at: At[DevelopmentPolicy], odd: Odd) -> Admission | None:
    """Steps by their limits, then training and votes, each by the rules of its own day."""
    on, edition = at.occasion.on, at.policy
    impossible(who, edition.process, who.born, on, odd)
    after_end(who, edition.process, who.ended, {ARCHIVED}, odd)
    votes = [(meeting, meeting.outcome(who, _rules(who, at, meeting.step).vote, odd)) for meeting in MEETINGS]
    if odd.grave:
        return None
    until = min(on, who.ended.latest) if who.ended else on
    steps = _steps(who, at, until)
    wrong, why = [*troubles(steps)], [*reasons(steps, CELLS)]
    if rule := _rules(who, at, "培训止", "预审", ADMITS.step).training:
        done = bool(who.more.get("培训止")) and "days" in who.row.source.columns
        wrong += rule.troubles("集中培训", "days", who.days, who.hours, done)
        why += rule.reasons("集中培训", ("days", "hours"), who.days, who.hours)
    wrong += beyond_days("集中培训", who.days, who.hours, who.more.get("培训起"), who.more.get("培训止"))
    for one in at.editions.editions:
        wrong += unpublished(steps, one.effective, one.published, one.title)
    entitled, out = who.more.get(ENTITLED), who.excluded or 0
    wrong += edition.not_counted.troubles(ADMITS.step, entitled, who.members, out, who.excluded_why)
    for meeting, outcome in votes:
        wrong += meeting.troubles(who, outcome)
        why += meeting.reasons(outcome)
    carried = {meeting.step for meeting, outcome in votes if steps[meeting.step].done and is_carried(outcome)}
    full = _full(steps) if (part := _part(who, steps)) == MEMBER else None
    return Admission(
        record=who,
        part=part,
        reasons=tuple(why),
        steps=steps,
        troubles=tuple(wrong),
        full=full,
        years=full_years(full.latest, on) if full and full.exact and full.latest <= on else None,
        admitted=steps[ADMITS.step].day if steps[APPROVED].done or part == MEMBER else None,
        carried=frozenset(carried),
        not_posted=tuple(_not_posted(who, at, part, until, wrong)),
    )


def _steps(who: Candidate, at: At[DevelopmentPolicy], until: date, *asked: str) -> Steps:
    """The steps of a row. asked: steps that are looked at though the register has no column for them."""
    known = {
        "出生": VagueDate.on(who.born),
        **{one: None for one in asked if one not in who.row.source.columns},
    }
    steps: Steps = at.ready.judged(dated(who, at.policy.process, known), until)
    return steps


def _not_posted(
    who: Candidate, at: At[DevelopmentPolicy], part: str, until: date, wrong: Sequence[StepTrouble]
) -> Iterator[StepTrouble]:
    """Why the notice that the register asks for is not of this person."""
    if post := POSTS.get(who.posting):
        yield from post.amiss(part, _steps(who, at, until, post.before), wrong, POSTED_UNTIL, "posting")


def posted_by(post: Announced, policy: DevelopmentPolicy) -> str:
    """The clause of a notice: the article on notices is about the first one; the others go by the article of what they precede."""
    clauses = {node.name: node.clause for node in policy.process.nodes}
    known = policy.notice.clause if policy.notice else ""
    return known if post.before == TARGET else clauses.get(post.before, known)


def _rules(who: Candidate, at: At[DevelopmentPolicy], *steps: str) -> DevelopmentPolicy:
    """The rules of the day of the first of these steps that was done; of the day of judgement where none was."""
    done: list[VagueDate] = [who.more[step] for step in steps if who.more.get(step)]
    day = done[0].latest if done else at.occasion.on
    return at.editions.on(max(day, at.editions.editions[0].effective))


def _exempt(steps: Steps) -> bool:
    """Whether somebody was admitted while there was no probation."""
    return steps[ENDS].why is Why.EXEMPT


def _part(who: Candidate, steps: Steps) -> str:
    """By the last stage that the register says was reached; members at once, while there was no probation."""
    if who.ended:
        return ENDED
    whole = _exempt(steps) and any(steps[step].done for step in (APPROVED, CONFIRMS.step, "归档"))
    return MEMBER if whole else reached(steps, STAGES, APPLICANT)


def _full(steps: Steps) -> VagueDate | None:
    """From the end of probation, whenever that was approved; nobody knows where the day stated is not as the rules have it."""
    ends = steps[ADMITS.step] if _exempt(steps) else steps[ENDS]
    doubtful = not _exempt(steps) and any(check.severity for check in ends.checks)
    return None if doubtful else ends.day
