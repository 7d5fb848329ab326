"""不胜任书记调整: terms and vacancies, whose change is proposed and why, who may follow, and what elections came to.

What documents say is worked out by domain.leaders; here is what is read and what stands on pages. It decides nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from sanchuang_cli import deadlines
from sanchuang_cli.comparing import Last
from sanchuang_cli.contrast import Compares
from sanchuang_cli.domain.ballots import rounds as elections
from sanchuang_cli.domain.ballots.round_rows import ROSTERS
from sanchuang_cli.domain.ballots.rounds import RoundLine
from sanchuang_cli.domain.leaders import nominations, tenures
from sanchuang_cli.domain.leaders import policy as rules
from sanchuang_cli.domain.leaders.doubts import DOUBTS
from sanchuang_cli.domain.leaders.lines import Filing, due, filings, hits
from sanchuang_cli.domain.leaders.nominations import LACKING, READY, Nomination
from sanchuang_cli.domain.leaders.policy import Coded, LeaderPolicy
from sanchuang_cli.domain.leaders.records import NOMINEES, ROSTER
from sanchuang_cli.domain.leaders.tenures import (
    GRADE,
    IN_OFFICE,
    PROPOSED,
    STARS,
    VACANT,
    WEAK,
    Tenure,
)
from sanchuang_cli.domain.leaders.together import CANDIDATES, SECRETARIES, ready, together
from sanchuang_cli.front import Figure, Figures, having
from sanchuang_cli.join import Join
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, Post, plain
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.record import Field
from sanchuang_cli.summary import Measure, Summary
from sanchuang_cli.usual_pages import TOWNSHIPS

SOON = 90
"""Days within which a deadline is shown as near on the first page."""


def rated(name: str, page: str, column: Field) -> Join:
    """A column of rate's result, where that is given."""
    return Join(
        name, "rate", page, on={"township": "乡镇", "branch": "党组织名称"}, column=column,
        must=attrgetter("result.must"), optional=True,
    )  # fmt: skip


def coded(words: Iterable[Coded], of: Callable[[Any], str]) -> Callable[[Any], str]:
    """A word of a roster with the code under which it is filed."""
    known = {one.name: str(one) for one in words}

    def code(item: Any) -> str:
        return known.get(of(item), of(item))

    return code


def filing(whole: Whole) -> Cols:
    """The columns of 调整备案表, in the order in which documents have them."""
    review = whole.at.policy.candidates.review
    bodies = [f"{body}意见" for body in review.bodies] if review else []

    def said(item: Filing) -> str:
        return "；".join(f"{name} {item.nomination.checks[name].said}" for name in bodies)

    def old(item: Filing) -> Any:
        return item.before.record if item.before else None

    def held(item: Filing) -> str:
        who = old(item)
        return f"{who.started or ''}—{who.vacated or ''}" if who and (who.started or who.vacated) else ""

    return (
        Col("township", "乡镇"), Col("village", "村"),
        Col("old", "原书记", of=lambda item: getattr(old(item), "name", "")), Col("held", "任职起止", of=held),
        Col("removed_why", "免职原因", of=coded(whole.at.policy.removals, lambda item: getattr(old(item), "removed_why", ""))),
        Col("name", "拟任人选"), Col("source", "来源类别", of=coded(whole.at.policy.candidates.sources, attrgetter("record.source"))),
        Col("unit", "原单位职务"), SEX, BORN, Col("education", "学历"), Col("joined", "入党时间"),
        Col("township_said", "乡镇党委意见", wide=True), Col("review", "联审意见", of=said, wide=True),
        Col("filed", "县委组织部备案日期", of=of_record(rules.FILED)), Col("identity", detail=True),
    )  # fmt: skip


def matrix(whole: Whole) -> Cols:
    """A column for each condition and each opinion, with what is missing."""
    rule = whole.at.policy.candidates
    names = ["年龄"] * bool(rule.age) + list(dict.fromkeys(one.name for one in rule.requirements))
    names += [f"{body}意见" for body in rule.review.bodies] if rule.review else []
    return (
        Col("part", "结果"), Col("source"), SEX, Col("age", "周岁", Kind.COUNT), Col("place", "名次", Kind.COUNT, if_any=True),
        *(Col(f"check{i}", name, of=partial(_checked, name=name)) for i, name in enumerate(names)),
        Col("notice", nominations.NOTICE, of=partial(_checked, name=nominations.NOTICE)),
        Col("missing", "不符合的，缺什么", wide=True, private=True), Col("identity", detail=True),
    )  # fmt: skip


def _checked(one: Nomination, name: str) -> str:
    """What came of a condition, in a word; of an opinion, what was said and when."""
    check = one.checks.get(name)
    if check is None:
        return "不问"
    if name.endswith("意见"):
        return check.said
    return {True: "符合", False: "不符合", None: nominations.shortly(check)}[check.holds]


def of_record(name: str) -> Callable[[Any], Any]:
    """What a column of the policy says."""
    return lambda item: plain(item.record.more.get(name))


def parts_there(whole: Whole) -> Cols:
    """Which parts of a file are there."""
    words: Mapping[bool | None, str] = {True: "有", False: "缺", None: "未填"}

    def there(column: str, one: Tenure) -> str:
        return words[one.record.more.get(column)]

    fields = whole.at.policy.file.fields if whole.at.policy.file else ()
    return tuple(Col(one.name, one.name.removeprefix("档案/"), of=partial(there, one.name)) for one in fields)


def with_files(whole: Whole) -> list[Tenure]:
    """Those in office of whom the roster says what their files have."""
    asked = {one.name for one in whole.at.policy.file.fields} if whole.at.policy.file else set()
    return [
        one
        for one in whole.of((IN_OFFICE, PROPOSED))
        if not one.gone and asked & set(one.record.row.source.columns)
    ]


def front(whole: Whole) -> Iterator[Figures]:
    """What the first page says: who is proposed, who is ready, what was elected, and what is overdue or near."""
    yield Figures("合计", (TOWNSHIPS,))
    yield Figures(NOMINEES.title, (MATRIX.name,), tuple(having("part", part) for part in nominations.PARTS))
    fates = (
        elections.ELECTED,
        elections.AGAIN,
        elections.BELOW,
        elections.INVALID,
        elections.REVOKED,
        elections.WAITS,
    )
    yield Figures("选举（人次）", (ELECTED.name,), tuple(having("fate", fate) for fate in fates))
    near = Figure(f"{SOON} 天以内到期", lambda line: 0 <= line["left"] <= SOON)
    yield Figures("期限", (deadlines.NAME,), (Figure("逾期未办", lambda line: line["left"] < 0), near))


def _of_round(name: str, title: str, kind: Kind = Kind.COUNT) -> Col:
    def of(line: RoundLine) -> Any:
        return getattr(line.result.row, name) if line.result.row else None

    return Col(name, title, kind, of)


SEX = Col("sex", "性别", of=lambda item: item.record.sex if item.record.identity else None)
BORN = Col("born", "出生年月", of=lambda item: f"{item.record.born:%Y-%m}")
PROPOSALS = Page(
    "调整建议表",
    "村党组织书记调整建议表",
    (
        Col("part", "情况", of=lambda hit: VACANT if hit.tenure.gone else IN_OFFICE), Col("what", "情形", of=attrgetter("reason.what"), wide=True, private=True),
        Col("said", "表上怎样写", of=attrgetter("reason.said"), wide=True, private=True), Col("basis", "依据", of=attrgetter("reason.basis"), wide=True),
        Col("cells", "单元格", of=attrgetter("cells"), wide=True, private=True),
    ),
    rows=hits,
    blank=("乡镇党委意见",),
    notes=("本表只按政策所列情形提出建议，不作决定；是否调整由党委研究。",),
)  # fmt: skip
FILED = Page("调整备案表", "村党组织书记调整备案表", filing, rows=filings, roster=CANDIDATES, who=False)
TERMS = Page(
    "任期一览",
    "村党组织书记任期一览",
    (
        Col("part", "情况"), Col("both", "一肩挑", of=lambda one: {True: "是", False: "否"}.get(one.record.both)), SEX, Col("age", "年龄", Kind.COUNT),
        Col("started", "任现职时间"), Col("served", "任职年限"), Col("began", "本届起", of=of_record(rules.BEGAN)), Col("ends", "届满"),
        Col("until", "延期至"), Col("left", "剩余天", Kind.COUNT), Col("vacated", "出缺日期", of=lambda one: plain(one.record.vacated) if one.gone else None),
        Col("elected", "选举", wide=True, detail=True), Col("identity", detail=True),
    ),
    (IN_OFFICE, VACANT, PROPOSED),
)  # fmt: skip
MATRIX = Page(
    "人选条件对照", "拟任人选条件对照", matrix, nominations.PARTS, CANDIDATES,
    notes=("名次只按政策写明的分数排；政策没有写的，不排名次。",),
)  # fmt: skip
ELECTED = Page(
    "选举结果报告单",
    "村党组织选举结果报告单",
    (
        *(Col(name, title, of=attrgetter(f"result.key.{name}")) for name, title in (("township", "乡镇"), ("village", "村"), ("meeting", "会议"))),
        Col("round", "轮次", Kind.COUNT, attrgetter("result.key.round")), _of_round("day", "选举日期", Kind.TEXT),
        *(_of_round(name, title) for name, title in (("entitled", "应到"), ("present", "实到"), ("given", "发出"), ("returned", "收回"), ("valid", "有效"), ("seats", "应选"))),
        Col("candidate", "候选人", of=attrgetter("candidate")), Col("votes", "得票", Kind.COUNT, attrgetter("votes")),
        Col("fate", "结果", of=attrgetter("fate")), Col("why", "说明", of=attrgetter("why"), wide=True),
        Col("left", "名额", of=attrgetter("seats"), wide=True), Col("basis", "依据", of=lambda line: line.result.rule.clause, detail=True),
    ),
    rows=lambda whole: elections.lines(whole.more.rounds, whole.at.occasion.rank),
    who=False,
)  # fmt: skip
GATES = Page(
    "名额和结构",
    "拟任人选名额和结构",
    (
        Col("name", "要求", of=attrgetter("gate.name")), Col("group", "范围", of=attrgetter("group")), Col("of", "齐备人选", Kind.COUNT, attrgetter("of")),
        Col("many", "其中", Kind.COUNT, attrgetter("many")), Col("asked", "规定", of=attrgetter("asked"), wide=True),
        Col("wrong", "差多少", of=attrgetter("wrong")), Col("basis", "依据", of=attrgetter("gate.clause"), wide=True),
    ),
    rows=attrgetter("more.gates"),
    who=False,
    only_if_any=True,
)  # fmt: skip
FILES = Page("档案情况", "村党组织书记档案情况", parts_there, rows=with_files, only_if_any=True)
BOTH = Measure(
    "both", "一肩挑", (IN_OFFICE, PROPOSED), when=lambda one: bool(one.record.both) and not one.gone
)
MEASURES = (*(Measure(f"part{i}", part, (part,)) for i, part in enumerate(tenures.PARTS)), BOTH)
BY_TOWNSHIP = Summary(TOWNSHIPS, "村党组织书记分乡镇汇总表", ("township",), MEASURES)
PROGRAMME = Programme(
    name="secretaries",
    policy=LeaderPolicy,
    default_period=lambda today: Period.year(today.year),
    mains={
        SECRETARIES: Main(ROSTER, each(tenures.judge), tenures.PARTS),
        CANDIDATES: Main(NOMINEES, each(nominations.judge), nominations.PARTS),
    },
    serving=ROSTERS,
    policy_columns=rules.policy_columns,
    previous=Last(TERMS, key=("township", "village"), watched=("name", "part", "ends", "until")),
    doubts=DOUBTS,
    ready=ready,
    together=together,
    pages=(
        PROPOSALS, FILED, TERMS, MATRIX, GATES, ELECTED, deadlines.page("村党组织书记期限", due), FILES,
        BY_TOWNSHIP,
    ),
    front=front,
    terminal_pages=(BY_TOWNSHIP, PROPOSALS),
    notices=(
        Post("拟任人选公示", "村党组织书记拟任人选", (READY, LACKING), (SEX, BORN, "post"), attrgetter("candidates.clause"), when=attrgetter("to_post"), roster=CANDIDATES),
    ),
    explains=Explains(outcome=lambda verdict, whole: verdict.part),
    compares=Compares(lists=lambda whole: ((one, hit._replace(what="调整建议", said=f"{hit.what}，{hit.said}")) for one in whole.of() for hit in one.hits)),
    joins=(
        rated(GRADE, "分类定级汇总表", Field("本年等次")), rated(STARS, "分类定级汇总表", Field("星级", Kind.STARS)),
        rated(WEAK, "后进整顿台账", Field("列入情形")),
    ),
    judges_a_day=True,
)  # fmt: skip
