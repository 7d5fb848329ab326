"""Judges one unit by itself: its parts, its score, and the grade before other units are looked at."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple

from msgspec import structs

from sanchuang_cli.domain.appraisal.papers import NO_PAPERS, PaperMarks, read_papers
from sanchuang_cli.domain.appraisal.policy import (
    DAILY,
    POLL,
    REPORT,
    YEARLY,
    AppraisePolicy,
    Inspection,
    Poll,
)
from sanchuang_cli.domain.appraisal.problems import ProblemLine, lines_of
from sanchuang_cli.domain.appraisal.rosters import AppraisedUnit
from sanchuang_cli.domain.appraisal.scoring import (
    ItemScore,
    PollResult,
    daily_score,
    inspected,
    marked,
    polled,
)
from sanchuang_cli.domain.appraisal.sheets import BALLOTS, ITEMS, PAPERS, UnitSheets, read_sheets
from sanchuang_cli.domain.appraisal.yearly import YearlyFigure, reasons_of, yearly_figure
from sanchuang_cli.domain.ballots.groups import Composed, composed
from sanchuang_cli.domain.beside import said_beside
from sanchuang_cli.domain.doubtful import Doubtful
from sanchuang_cli.domain.exact_numbers import half_up, plain
from sanchuang_cli.domain.rating.types import type_of
from sanchuang_cli.domain.remarks import Matter, heard
from sanchuang_cli.domain.words import NOTHING
from sanchuang_cli.finding import Doubt, Doubts, Severity
from sanchuang_cli.judging import At, Odd, Reason, Verdict
from sanchuang_cli.record import Record

APPRAISED, LACKING, OUTSIDE = PARTS = ("已评", "缺项待评", "不参评")
UNDECIDED = "待定"
ACCIDENT = "重大事故"
COMPOSITE, PROPOSED = "综合", "建议"
"""What the reasons are called at which pages look."""
_E, _W = Severity.ERROR, Severity.WARNING
_FIX = "请改正这一行再重新运行；改正以前本单位待核实，没有评。"

DOUBTS = Doubts(
    {
        "listed-twice": Doubt(_E, "名册不重不漏", "请核实并只留一行，再重新运行；同一检查项目有几行扣分的，请填不同的序号。", "名册里重复列入"),
        "not-yet": Doubt(_E, "只据已经发生的认定", "请核对日期；述职在期末以后的，运行时用 --on 写述职以后的一天；还没有述职的请留空。", "日期在判定日以后"),
        "type-unknown": Doubt(_E, "", "请改成政策所列的类型，或在政策的 types 里加上这种写法。", "类型不在政策所列之内"),
        "grade-unknown": Doubt(_E, "", "请改成政策所列的等次；上年用的是另一版等次的，在政策文件里补上那一版；上年没有评的留空。", "上年等次不是政策的等次"),
        "last-differs": Doubt(_E, "上年等次以上年的结果为准", "请核实后改成一致；上年结果有误的，更正后重新给出。", "上年等次与上年结果不符"),
        "last-unknown": Doubt(_W, mend="请补填上年等次，或用 --previous 给出上年的结果。"),
        "daily-differs": Doubt(_E, "日常得分由检查扣分算出", "请核对检查扣分和日常得分，改成一致；本单位待核实，没有评。", "日常得分与检查扣分不符"),
        "yearly-differs": Doubt(_E, "年度考核得分以结果为准", "请核实后改正名册，或改正那份结果；本单位待核实，没有评。", "年度考核得分与结果不符"),
        "not-joined": Doubt(_W, mend="请核对两边的写法；那边确实漏了的，补上后重新做那份结果。年度考核得分等对上以后再算。"),
        "no-result": Doubt(_W, mend="请用 --result 给出那份结果，用 --ledger 给出审批它的台账，再重新运行。"),
        "honor-unused": Doubt(_W, "表彰只给名册里的单位加分", "请核对单位的写法；不参加述评考的，不用管。"),
        "sheet-wrong": Doubt(_E, "各表有错的不评", "请改正那一行，再重新运行。", "有关的表有错"),
        "sheet-waits": Doubt(_E, "各表有待核实的不评", "请先改正那一行，再重新运行。", "有关的表有一行待核实"),
        "ballots-wrong": Doubt(_E, "发出 ≥ 收回 ≥ 有效，有效等于各等次之和", _FIX, "测评票的数对不上"),
        "row-twice": Doubt(_E, "一组、一个项目的一个序号只一行", "请核实并只留一行；同一检查项目有几行扣分的，请填不同的序号。", "同一组或同一项目列了两行"),
        "group-unknown": Doubt(_E, "", "请改成政策所列的组，或在政策的 poll 的 groups 里加上。", "测评组不在政策所列之内"),
        "item-unknown": Doubt(_E, "", "请改成政策所列的项目，或在政策的 inspection 的 items 里加上。", "检查项目不在政策所列之内"),
        "item-differs": Doubt(_E, "同一项目的满分相同", _FIX, "同一项目的满分不同"),
        "way-unknown": Doubt(_E, "", "请改成政策所列的方式，或在政策的 inspection 的 ways 里加上。", "检查方式不在政策所列之内"),
        "office-unknown": Doubt(_E, "", "请改成政策所列的科室，或在政策的这一项里加上。", "科室不在政策所列之内"),
        "parts-differ": Doubt(_E, "各科室的分值合起来是项目的满分", _FIX, "科室分值合计不等于满分"),
        "full-differs": Doubt(_E, "各项目满分合起来是检查的满分", "请补齐各项目（没有扣分的填 0），或改正满分；本单位待核实，没有评。", "各项目满分合计不对"),
        "unit-unknown": Doubt(_E, "各表只列名册里的单位", "请核对单位名称；名册漏了的请补上，同名的请写明乡镇。本行什么也没有决定。", "名册里没有这个单位"),
        "sheet-unused": Doubt(_W, "只用政策所写的表", "确应使用的，请在政策里写上这一部分；不用的请不要给出。"),
        "papers-void": Doubt(_W, mend="作废的不计；请核对发出、收回的份数。"),
        "accident-said": Doubt(_E, "发生重大事故的要如实填写", "属实的，请把“重大事故”填为是；不属实的，请删改这一句。", "备注等处说发生过事故"),
        "late": Doubt(_W, mend="确属迟报的，按规定处理；日期填错的请改正。"),
        "undated": Doubt(_W, mend="请补填述职日期。"),
        "tied": Doubt(_W, mend="请组织研究决定由谁得这个名额；本工具不代为决定。"),
        "no-points": Doubt(_W, mend="请在政策的 ranking 的 points 里补上后面名次的分值。"),
        "closed-early": Doubt(_W, "销号不早于提出", "请核对提出日期和销号日期。"),
        "problem-gone": Doubt(_W, "上年没有销号的，本年接着列", "漏列的请补上；已经整改的，请列上并填销号日期。"),
    }
)  # fmt: skip


class AppraisalSheets(NamedTuple):
    """What is made once: the sheets by unit, and the marks of raters' papers."""

    sheets: UnitSheets
    papers: PaperMarks


class UnitAppraisal(Verdict[AppraisedUnit], frozen=True, kw_only=True, eq=False):
    """What came of one unit. scores: exact, by part; None where a part is missing. lacking: the parts that are missing and
    count. total: as it is compared. place, points, proposals: known when all units are."""

    type: str
    scores: Mapping[str, Fraction | None] = {}
    lacking: tuple[str, ...] = ()
    items: tuple[ItemScore, ...] = ()
    poll: PollResult | None = None
    yearly: YearlyFigure | None = None
    problems: tuple[ProblemLine, ...] = ()
    late: int | None = None
    total: Fraction | None = None
    grade: str = ""
    last: str = ""
    place: int | None = None
    points: Fraction | None = None
    proposals: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether it has a grade that is settled."""
        return self.grade not in ("", UNDECIDED)


def ready(at: At[AppraisePolicy]) -> AppraisalSheets:
    """The sheets by unit; papers where the policy has raters give points."""
    sheets, rule = read_sheets(at), at.policy.poll
    if rule is None or rule.papers is None or PAPERS not in at.rosters:
        return AppraisalSheets(sheets, NO_PAPERS)
    return AppraisalSheets(sheets, read_papers(at.rosters[PAPERS].records, rule, sheets))


def judge(unit: AppraisedUnit, at: At[AppraisePolicy], odd: Odd) -> UnitAppraisal | None:
    """The parts in turn, then the score and the grade."""
    policy, made = at.policy, at.ready
    kind = type_of(policy.types, unit.type)
    if not kind:
        known = "、".join(each.name for each in policy.types)
        odd.add(
            "type-unknown", "type", f"{unit.called}：类型“{unit.type}”，政策有 {known}", policy.ranking.clause
        )
    if unit.takes_part is False:
        outside = Reason("参评", "是否参评：否", policy.composite.clause, False, ("takes_part",))
        return None if odd.grave else UnitAppraisal(record=unit, part=OUTSIDE, type=kind, reasons=(outside,))
    waits = (*made.sheets.waits.get(id(unit.row), ()), *made.papers.waits.get(id(unit.row), ()))
    for said in dict.fromkeys(waits):
        odd.add("sheet-waits", "name", f"{unit.called}：{said}")
    _accident(unit, odd)
    last = _last_grade(unit, at, odd)
    items = _items(unit, at, odd)
    poll = _poll(unit, at, odd)
    late = _late(unit, at, odd)
    yearly = yearly_figure(unit, kind, at, odd)
    if odd.grave:
        return None
    scores = {
        DAILY: daily_score(items, policy.inspection) if items and policy.inspection else unit.daily,
        REPORT: unit.report_score,
        POLL: poll.composed.score if isinstance(poll, PollResult) else None,
        YEARLY: yearly.score if yearly else unit.yearly,
    }
    has = {name: scores[name] for name in policy.composite.names}
    together = composed(has, policy.composite)
    appraisal = UnitAppraisal(
        record=unit,
        part=LACKING,
        type=kind,
        scores=has,
        items=items,
        poll=poll if isinstance(poll, PollResult) else None,
        yearly=yearly,
        lacking=tuple(name for name in has if has[name] is None and policy.composite.of(name)),
        problems=tuple(lines_of(unit, at)),
        late=late,
        last=last,
    )
    reasons = [*_of_parts(appraisal, poll, at)]
    return _graded(appraisal, together, reasons, at)


def _accident(unit: AppraisedUnit, odd: Odd) -> None:
    """A remark that tells of an accident which is not filled in."""
    for beside in () if unit.accident else said_beside(unit.row, unit.name):
        if any(one.matter is Matter.ACCIDENT and not one.doubt for one in heard(beside.text, unit.name)):
            said = f"{unit.called}：{beside.where}“{beside.text}”，像是说发生过重大事故"
            odd.add("accident-said", "accident", said)


def _last_grade(unit: AppraisedUnit, at: At[AppraisePolicy], odd: Odd) -> str:
    """Last year's grade: as that year's result has it, otherwise as the roster has it, by the edition of that year or of this
    one; "" where nobody knows."""
    last_day = at.occasion.period.first - timedelta(days=1)
    ruling = (at.policy, at.editions.in_force(last_day) or at.policy)
    names = dict.fromkeys(name for edition in ruling for name in edition.grades.names())
    stated = "" if unit.last_grade in NOTHING else unit.last_grade
    before = str(at.of_last(unit).get("grade") or "").removeprefix(UNDECIDED)
    if stated and stated not in names and stated != before:
        said = f"{unit.called}：上年等次“{stated}”，政策有 {'、'.join(names)}"
        odd.add("grade-unknown", "last_grade", said, at.policy.grades.clause)
    elif stated and before and before != stated:
        said = f"{unit.called}：上年等次写的是“{stated}”，上年结果是“{before}”"
        odd.add("last-differs", "last_grade", said)
    return before or stated


def _items(unit: AppraisedUnit, at: At[AppraisePolicy], odd: Odd) -> tuple[ItemScore, ...]:
    rule = at.policy.inspection
    items = inspected(unit, at.ready.sheets.about(ITEMS, unit), rule, odd) if rule else ()
    if rule and items and not odd.grave and unit.daily not in (None, score := daily_score(items, rule)):
        said = f"{unit.called}：检查扣分算出 {plain(score)} 分，日常得分写的是 {plain(unit.daily or 0)} 分"
        odd.add("daily-differs", "daily", said, rule.clause)
    return items


def _poll(unit: AppraisedUnit, at: At[AppraisePolicy], odd: Odd) -> PollResult | Doubtful | None:
    rule = at.policy.poll
    if rule and rule.marks:
        return polled(unit, at.ready.sheets.about(BALLOTS, unit), rule, rule.marks, odd)
    return marked(unit, at.ready.papers.of.get(id(unit.row), {}), rule) if rule else None


def _late(unit: AppraisedUnit, at: At[AppraisePolicy], odd: Odd) -> int | None:
    """How many days after the limit the report was given; None where there is no limit or no report."""
    rule = at.policy.reports
    if rule is None or unit.reported is None:
        if rule and unit.report_score is not None:
            odd.add("undated", "reported", f"{unit.called}：有述职得分，没有填述职日期")
        return None
    limit = rule.limit(at.occasion.period)
    days = max(0, (unit.reported.earliest - limit).days)
    if days:
        said = f"{unit.called}：{unit.reported} 述职，最迟 {limit}，迟 {days} 天"
        odd.add("late", "reported", said, rule.clause)
    return days


def _of_parts(
    made: UnitAppraisal, poll: PollResult | Doubtful | None, at: At[AppraisePolicy]
) -> Iterator[Reason]:
    """A reason for each part that the document has."""
    policy, unit = at.policy, made.record
    if rule := policy.inspection:
        said = _daily_said(made, rule)
        yield _part(made, DAILY, rule.clause, said, ("daily",))._replace(rests_on=_deducted(made))
    if policy.reports:
        day = f"{unit.reported} 述职，" if unit.reported else ""
        yield _part(made, REPORT, policy.reports.clause, day, ("reported", "report_score"))
    if policy.poll:
        rows = poll.sheets if isinstance(poll, PollResult) else ()
        said = _poll_said(poll, policy.poll)
        yield _part(made, POLL, policy.poll.groups.clause, said, ())._replace(rests_on=rows)
    if policy.yearly:
        yield from reasons_of(made.yearly, bool(policy.composite.of(YEARLY))) if made.yearly else ()
        said = made.yearly.said if made.yearly else ""
        yield _part(made, YEARLY, policy.yearly.clause, said, ("yearly",))


def _part(made: UnitAppraisal, name: str, clause: str, said: str, reads: tuple[str, ...]) -> Reason:
    """A part with its score; one that is missing and counts is a condition that was not met."""
    score = made.scores[name]
    if score is not None:
        return Reason(name, f"{said}{shown(score)} 分", clause, None, reads)
    return Reason(name, f"{said}没有得分", clause, False if name in made.lacking else None, reads)


def _deducted(made: UnitAppraisal) -> tuple[Record, ...]:
    return tuple(row for item in made.items for row in item.cited)


def _daily_said(made: UnitAppraisal, rule: Inspection) -> str:
    if not made.items:
        return "没有检查扣分，照名册，" if made.record.daily is not None else ""
    lost = "；".join(str(item) for item in made.items if item.lost) or "没有扣分"
    return f"{len(made.items)} 项满分 {plain(rule.full)}，{lost}，"


def _poll_said(poll: PollResult | Doubtful | None, rule: Poll) -> str:
    """The groups as they were put together; nothing of one that is too small to be shown."""
    if poll is None or isinstance(poll, Doubtful):
        few = poll is not None and poll.doubts[0].code == "too-few"
        return f"各组有效票合起来不足 {rule.groups.merge_below} 张，不折算，" if few else "没有有效票，"
    groups = [
        f"{pool.called} {pool.valid} 张 {shown(pool.score)} 分，权重 {plain(pool.weight)}"
        for pool in poll.pools
    ]
    away = (
        f"；没有票的：{'、'.join(poll.composed.absent)}（{_ABSENT[rule.groups.absent]}）"
        if poll.composed.absent
        else ""
    )
    return f"{'；'.join(groups)}{away}；{poll.composed.step.expression} = "


_ABSENT = {"renormalise": "权重由其余各组分摊", "nought": "按零分", "refuse": "不下结论"}


def _graded(
    appraisal: UnitAppraisal, together: Composed | Doubtful, reasons: list[Reason], at: At[AppraisePolicy]
) -> UnitAppraisal:
    policy = at.policy
    if isinstance(together, Doubtful):
        lacking = Reason(COMPOSITE, f"{together}，不算综合得分", policy.composite.clause, False)
        return structs.replace(appraisal, reasons=(*reasons, lacking))
    total = policy.composite.score(together.score)
    steps = policy.grades.steps(total, None, None, ACCIDENT if appraisal.record.accident else "")
    graded = [Reason("等次", f"综合得分 {shown(total)} 分，属“{steps[0].result}”", steps[0].clause, None)]
    graded += [Reason("等次", step.why, step.clause, None, ("accident",)) for step in steps[1:]]
    said = f"{together.step.expression} = {shown(total)} 分"
    composite = Reason(COMPOSITE, said, policy.composite.clause, None)
    return structs.replace(
        appraisal, part=APPRAISED, total=total, grade=steps[-1].result, reasons=(*reasons, composite, *graded)
    )


def shown(score: Fraction) -> str:
    """A score as pages have it."""
    return str(half_up(score))
