"""述评考（四联）: what each unit's report, ballots, inspections and yearly figures come to; grades, places, and its problems."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import Any

from sanchuang_cli import deadlines
from sanchuang_cli.comparing import Last
from sanchuang_cli.contrast import Compares
from sanchuang_cli.domain.appraisal import yearly
from sanchuang_cli.domain.appraisal.judging import (
    APPRAISED,
    COMPOSITE,
    DOUBTS,
    LACKING,
    PARTS,
    PROPOSED,
    UNDECIDED,
    UnitAppraisal,
    judge,
    ready,
)
from sanchuang_cli.domain.appraisal.policy import DAILY, POLL, REPORT, YEARLY, AppraisePolicy
from sanchuang_cli.domain.appraisal.problems import (
    CLOSED,
    LEDGER,
    OVERDUE,
    open_days,
    problem_lines,
)
from sanchuang_cli.domain.appraisal.rosters import (
    AppraisedUnit,
    GroupBallots,
    InspectionRow,
    Problem,
    RaterMark,
)
from sanchuang_cli.domain.appraisal.sheets import BALLOTS, ITEMS, PAPERS, PROBLEMS, SHEETS, UNITS
from sanchuang_cli.domain.appraisal.together import together
from sanchuang_cli.domain.exact_numbers import half_up
from sanchuang_cli.judging import Reason, Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, Post, plain
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.record import Wanted
from sanchuang_cli.summary import Measure, Summary

BOTH = (APPRAISED, LACKING)


def _printed(score: Fraction | None) -> Fraction | None:
    """A score as documents have it, with two decimals, half up."""
    return None if score is None else Fraction(half_up(score))


def _part(name: str, title: str) -> Col:
    return Col(f"score-{name}", title, Kind.SCORE, lambda made: _printed(made.scores.get(name)))


def _mark(word: str, made: UnitAppraisal) -> int | None:
    return made.poll.marks.get(word) if made.poll else None


def _papers(name: str) -> Callable[[UnitAppraisal], int | None]:
    return lambda made: getattr(made.poll, name) if made.poll else None


TYPE = Col("type", "类型", of=attrgetter("type"))
TOTAL = Col("total", "综合得分", Kind.SCORE, lambda made: _printed(made.total))
PLACE, GRADE = Col("place", "名次", Kind.COUNT), Col("grade", "等次")
LAST_GRADE = Col("last", "上年等次")
PROPOSALS = Col("proposals", PROPOSED, of=lambda made: "、".join(made.proposals))


def _measured(whole: Whole) -> Cols:
    """Ballots by grade, then each part, then the whole."""
    policy = whole.at.policy
    words = policy.poll.words if policy.poll else ()
    papers = (("given_out", "发出"), ("returned", "收回")) if words else ()
    titles = {POLL: "测评折算"}
    return (
        TYPE,
        *(Col(name, f"票数/{title}", Kind.COUNT, _papers(name)) for name, title in papers),
        *((Col("valid", "票数/有效", Kind.COUNT, _papers("valid")),) if policy.poll else ()),
        *(Col(f"mark-{word}", f"票数/{word}", Kind.COUNT, partial(_mark, word)) for word in words),
        *(_part(name, titles.get(name, name)) for name in (POLL, DAILY, REPORT, YEARLY) if policy.parts[name]),
        TOTAL,
        PLACE,
        GRADE,
        *((Col("counts", "计入干部考核", Kind.SCORE, partial(_counts, policy.yearly.share), detail=True),) if policy.yearly else ()),
    )  # fmt: skip


def _counts(share: Fraction, made: Any) -> Fraction | None:
    """What party-building counts for in the yearly assessment of cadres."""
    return _printed(made.total * share)


def _said(whole: Whole) -> Iterator[str]:
    """How the score is made up, which parts the document does not have, and who is left out."""
    policy = whole.at.policy
    yield policy.composite.clause
    if policy.missing:
        yield f"本办法没有这些部分：{'、'.join(policy.missing)}。"
    if sources := [rule.source for name, rule in _rules(whole).items() if name not in whole.at.rosters]:
        yield f"联考要看{'、'.join(sources)}，没有给出结果，年度考核得分算不出来。"
    if policy.poll:
        yield f"有效票不足 {policy.poll.groups.merge_below} 张的组与别的组合并计算，不单独列出。"
    yield from whole.left_out


def _rules(whole: Whole) -> Mapping[str, yearly.Counted]:
    """What the yearly figures take from results, by the name of the join."""
    return whole.at.policy.yearly.taken if whole.at.policy.yearly else {}


def _from_results(whole: Whole) -> tuple[str, ...]:
    """By which clause each figure of the yearly ones counts, and out of which result."""
    origins = {name: whole.at.rosters[name].origin for name in _rules(whole) if name in whole.at.rosters}
    return tuple(
        f"{rule.source}：{rule.clause}；{f'取自 {origin.book}' if (origin := origins.get(name)) else '没有给出结果，算不出来'}。"
        for name, rule in _rules(whole).items()
    )


def _word(*names: str) -> Callable[[UnitAppraisal], Any]:
    """What the result that was joined says of a unit."""
    return lambda made: made.yearly.word(*names) if made.yearly else None


def _by_place(whole: Whole) -> list[UnitAppraisal]:
    kinds = [kind.name for kind in whole.at.policy.types]
    return sorted(whole.of((APPRAISED,)), key=lambda made: (kinds.index(made.type), made.place))


def _due_said(whole: Whole) -> tuple[str, ...]:
    rule = whole.at.policy.reports
    return (f"最迟 {rule.limit(whole.at.occasion.period)} 述职。",) if rule else ("本办法没有联述。",)


def _clauses(made: UnitAppraisal) -> str:
    return "；".join(reason.basis for reason in made.reasons if reason.what == PROPOSED)


def _without_groups(made: UnitAppraisal) -> list[Reason]:
    """The reasons, of the ballots and the whole only the score: two documents that merge groups otherwise, side by side, would tell what a
    small group cast."""
    return [
        reason._replace(said=reason.said.rpartition(" = ")[2]) if reason.what in (POLL, COMPOSITE) else reason
        for reason in made.reasons
    ]


def _proposed(whole: Whole) -> Iterator[tuple[UnitAppraisal, Reason]]:
    return ((made, reason) for made in whole.of() for reason in made.reasons if reason.what == PROPOSED)


def outcome(made: UnitAppraisal, whole: Whole) -> str:
    """In a few words what came of a unit."""
    if made.part != APPRAISED:
        return made.part
    return f"{made.part}：{half_up(made.total or 0)} 分，第 {made.place} 名，{made.grade}"


def _has(word: str, made: UnitAppraisal) -> bool:
    return made.grade == word


def _problems(state: str, made: UnitAppraisal) -> int:
    return sum(not state or line.state == state for line in made.problems)


def _promised(state: str, made: UnitAppraisal) -> int:
    """Problems that were promised before the period, in a state, in any by default."""
    return sum(not line.fresh and state in ("", line.state) for line in made.problems)


def measures(whole: Whole) -> list[Measure]:
    """How many units are in each part, have each grade, are proposed for something; and their problems."""
    policy = whole.at.policy
    states = (("problems", "问题", ""), ("closed", CLOSED, CLOSED), ("overdue", OVERDUE, OVERDUE))
    return [
        *(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(PARTS)),
        *(
            Measure(f"grade{i}", f"等次/{word}", when=partial(_has, word))
            for i, word in enumerate((*policy.grades.names(), UNDECIDED))
        ),
        Measure("proposed", "提出建议", when=attrgetter("proposals")),
        *(
            Measure(name, title, sum=partial(_problems, state))
            for name, title, state in (states if policy.problems else ())
        ),
    ]


def _problem(name: str, title: str, kind: Kind = Kind.TEXT, **more: Any) -> Col:
    """A column of a problem, by the name of its field."""
    return Col(name, title, kind, lambda line: plain(getattr(line.problem, name)), **more)


def _ledger(name: str, title: str, *columns: Col) -> Page:
    """One of the three lists of problems."""
    return Page(
        name,
        title,
        (PROBLEM, *columns),
        rows=problem_lines,
        notes=("待核实的单位，问题也列在内；没有写提出日期的，按上年承诺计。",),
        only_if_any=True,
    )


PROBLEM = _problem("problem", "问题", wide=True)
OF_PROBLEMS = (
    Col("problems", "问题/合计", Kind.COUNT, partial(_problems, ""), total=True),
    Col("promised", "问题/上年承诺", Kind.COUNT, partial(_promised, ""), total=True),
    Col("settled", "问题/其中已销号", Kind.COUNT, partial(_promised, CLOSED), total=True),
    Col("overdue", "问题/逾期", Kind.COUNT, partial(_problems, OVERDUE), total=True),
)
STATE = Col("state", "状态", of=attrgetter("state"))
MEASURED = Page(
    "测评汇总表", "述职评议考核汇总表", _measured, (APPRAISED,), notes=lambda whole: tuple(_said(whole))
)
CIRCULAR = Page(
    "通报",
    "述职评议考核情况通报",
    (
        TYPE, TOTAL, PLACE, GRADE,
        lambda whole: OF_PROBLEMS if whole.at.policy.problems else (),
    ),
    (APPRAISED,),
    signed=False,
    notes=attrgetter("left_out"),
)  # fmt: skip
PROGRAMME = Programme(
    name="appraise",
    policy=AppraisePolicy,
    default_period=lambda today: Period.year(today.year - 1),
    mains={UNITS: Main(Wanted(AppraisedUnit, "述评考汇总", whole=True, once=("township", "name")), each(judge), PARTS)},
    serving={
        BALLOTS: Wanted(GroupBallots, SHEETS[BALLOTS], optional=True, once=("township", "unit", "group")),
        PAPERS: Wanted(RaterMark, SHEETS[PAPERS], optional=True),
        ITEMS: Wanted(InspectionRow, SHEETS[ITEMS], optional=True, once=("township", "unit", "item", "serial")),
        PROBLEMS: Wanted(Problem, SHEETS[PROBLEMS], optional=True, once=("township", "unit", "problem")),
    },
    looks_itself=(PAPERS,),
    policy_columns=lambda edition: {BALLOTS: edition.ballot_columns()},
    previous=Last(CIRCULAR, key=("township", "name"), watched=("grade", "place")),
    doubts=DOUBTS,
    ready=ready,
    together=together,
    who=("township", "name"),
    pages=(
        Page("述职报告目录", "述职报告目录", (TYPE, "secretary", "report", "reported", Col("late", "迟交天", Kind.COUNT, if_any=True), _part(REPORT, "述职得分")), BOTH, notes=_due_said),
        MEASURED,
        Page("排名", "综合得分排名", (TYPE, PLACE, "secretary", TOTAL, GRADE, LAST_GRADE, Col("points", "名次分", Kind.SCORE, lambda made: _printed(made.points), if_any=True), PROPOSALS), rows=_by_place, notes=attrgetter("left_out")),
        Page("缺项名单", "缺项待评名单", (TYPE, "secretary", Col("lacking", "缺哪一部分", of=lambda made: "、".join(made.lacking))), rows=lambda whole: whole.of((LACKING,)), only_if_any=True),
        Page("约谈调整建议", "约谈、调整建议", (TYPE, "secretary", GRADE, LAST_GRADE, PROPOSALS, Col("basis", "依据", of=_clauses, wide=True)), (APPRAISED,), when=attrgetter("proposals"), only_if_any=True, blank=("研究决定",)),
        _ledger("问题清单", "问题清单", _problem("raised", "提出日期"), STATE),
        _ledger("责任清单", "责任清单", Col("secretary", "书记", of=attrgetter("record.secretary")), _problem("responsible", "责任人"), _problem("due", "时限")),
        _ledger(LEDGER, "整改清单", _problem("measure", "整改措施", wide=True), _problem("due", "时限"), _problem("closed", "销号"), STATE, Col("late", "逾期天", Kind.COUNT, attrgetter("late"), if_any=True)),
        deadlines.page("述职、整改期限", open_days, ("type",)),
        CIRCULAR,
        Page("分组测评", "分组测评折算表", (Col("group", "组", of=attrgetter("called"), wide=True), Col("valid", "有效票", Kind.COUNT, attrgetter("valid")), Col("score", "得分", Kind.SCORE, lambda pool: _printed(pool.score)), Col("weight", "权重", Kind.PERCENT, attrgetter("weight"))), rows=lambda whole: [pool for made in whole.of((APPRAISED,)) if made.poll for pool in made.poll.pools], only_if_any=True, detail=True),
        Page("检查得分表", "检查得分表", (Col("item", "项目", of=attrgetter("item")), Col("way", "方式", of=attrgetter("way")), Col("full", "满分", Kind.SCORE, attrgetter("full")), Col("lost", "扣分", Kind.SCORE, attrgetter("lost")), Col("got", "得分", Kind.SCORE, attrgetter("got"))), rows=lambda whole: [item for made in whole.of(BOTH) for item in made.items], only_if_any=True, detail=True),
        Page("年度考核得分表", "年度考核得分表", (TYPE, "secretary", Col("own", "名册得分", Kind.SCORE, lambda made: made.record.yearly if made.yearly.own else None, if_any=True), Col("stars", "星级", Kind.STARS, _word(yearly.STARS), if_any=True), Col("star-score", "星级评定得分", Kind.SCORE, _word(yearly.SCORE), if_any=True), Col("review", "书记民主评议", of=_word(yearly.REVIEW), if_any=True), Col("honors", "表彰", of=_word(yearly.HONORS), if_any=True), Col("extra", "加分", Kind.SCORE, lambda made: made.yearly.extra or None, if_any=True), Col("yearly", YEARLY, Kind.SCORE, lambda made: _printed(made.yearly.score)), Col("how", "算式", of=attrgetter("yearly.how"), wide=True)), BOTH, when=attrgetter("yearly"), only_if_any=True, notes=_from_results),
        Summary("分类型汇总表", "述评考分类型汇总表", (TYPE,), measures),
        Summary("分乡镇汇总表", "述评考分乡镇汇总表", ("township",), measures),
    ),
    notices=(Post("述评考公示", "述职评议考核等次", (APPRAISED,), (GRADE,), attrgetter("grades.clause"), when=attrgetter("decided"), counted="个单位"),),
    explains=Explains(outcome, about=("township", "secretary"), aside="不评"),
    compares=Compares(grade=attrgetter("grade"), tier=lambda made: made.grade or made.part, lists=_proposed, reasons=_without_groups),
    joins=yearly.JOINS,
)  # fmt: skip
