"""走访慰问、连五心: the log of visits beside the pairs, what falls due, and what is given before a holiday.

What a document says is worked out by domain.visiting; this programme says what stands on paper.
"""

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import Any

from sanchuang_cli import deadlines
from sanchuang_cli.deadlines import DueDay
from sanchuang_cli.domain.payroll.of_pays import papers_of
from sanchuang_cli.domain.pays import Pays
from sanchuang_cli.domain.visiting.doubts import DOUBTS
from sanchuang_cli.domain.visiting.giving import (
    GIVEN,
    OF_RECIPIENTS,
    WAITING,
    by_item,
    by_source,
    judge_recipient,
)
from sanchuang_cli.domain.visiting.log import (
    COUNTED,
    DOUBLE,
    OF_VISITS,
    OUTSIDE,
    PairVisits,
    due_days,
    judge_visit,
)
from sanchuang_cli.domain.visiting.policy import VisitPolicy
from sanchuang_cli.domain.visiting.records import Recipient, Supply, Visit
from sanchuang_cli.domain.visiting.together import PAIRED, RECIPIENTS, SUPPLIES, VISITS, together
from sanchuang_cli.front import Figure, Figures, having
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, Post, money
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Wanted
from sanchuang_cli.summary import Measure, Summary
from sanchuang_cli.usual_pages import TOWNSHIPS


def due(whole: Whole) -> list[DueDay]:
    """What is still to be done for the pairs, the next first."""
    made = due_days(whole.more.pairs, whole.at.policy, whole.at.occasion)
    return sorted(made, key=attrgetter("latest"))


def _late(one: PairVisits) -> str:
    """The visits that came after their day."""
    return "；".join(f"{late.day} 应于 {late.due} 前，晚 {late.days} 天" for late in one.late)


def front(whole: Whole) -> Iterator[Figures]:
    """What the first page says: visits, pairs that are late, what was given, and from which source."""
    yield Figures("走访", (LOG.name,), tuple(having("part", part) for part in OF_VISITS))
    yield Figures(
        "结对走访",
        (OF_PAIRS.name,),
        (
            Figure("结对"),
            Figure("逾期", lambda line: line["over"]),
            Figure("没有去过", lambda line: not line["last"]),
        ),
    )
    yield Figures(
        "慰问", (GIFTS.name,), (having("part", GIVEN, fen=itemgetter("fen")), having("part", WAITING))
    )
    yield Figures("资金来源", (SOURCES.name,))


def measures(whole: Whole) -> list[Measure]:
    """The columns of the summary of visits: by way, by kind, and what does not count."""
    editions = whole.at.editions.during(whole.at.occasion.period)
    kinds = dict.fromkeys(kind.name for edition in editions for kind in edition.visiting.kinds)
    return [
        *(
            Measure(f"way{i}", way, of=(COUNTED,), when=_has("way", way))
            for i, way in enumerate(("走访", "联系"))
        ),
        *(Measure(f"kind{i}", kind, of=(COUNTED,), when=_has("kind", kind)) for i, kind in enumerate(kinds)),
        *(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate((DOUBLE, OUTSIDE))),
    ]


def _has(name: str, value: str) -> Any:
    return lambda visit: getattr(visit, name) == value


PAYS = Pays(attrgetter("due"), of=RECIPIENTS, yearly=True)
FEN = money("fen", "慰问金")
HOLIDAY = Col("holiday", "节日", of=attrgetter("holiday"))
PIECES = Col("quantity", "数量", Kind.COUNT, lambda gift: gift.pieces or None)
LOG = Page(
    "连五心记录",
    "连五心走访记录",
    (
        "township", Col("day", "日期", Kind.DATE, attrgetter("day")), "visitor", "village", "name",
        Col("kind", "五心类型", of=attrgetter("kind")), Col("way", "方式", of=attrgetter("way")),
        Col("what", wide=True, private=True), Col("result", wide=True, private=True), Col("part", "情况"), Col("helper", "结对帮扶人", detail=True),
    ),
    OF_VISITS,
    who=False,
)  # fmt: skip
OF_PAIRS = Page(
    "结对走访情况",
    "结对走访情况表",
    (
        *(Col(name, title, of=attrgetter(f"pair.{name}")) for name, title in (("township", "乡镇"), ("village", "村"), ("name", "对象"), ("helper", "帮扶人"))),
        Col("visits", "走访", Kind.COUNT, attrgetter("visits")), Col("contacts", "联系", Kind.COUNT, attrgetter("contacts")),
        Col("last", "最近", Kind.DATE, attrgetter("last")), Col("due", "最迟", Kind.DATE, attrgetter("due")),
        Col("over", "逾期天数", Kind.COUNT, attrgetter("over")), Col("never", "不再走访", of=lambda one: "是" if one.never else None, if_any=True),
        Col("late", "晚了的", of=_late, wide=True, detail=True), Col("since", "结对日期", Kind.DATE, attrgetter("pair.since"), detail=True),
    ),
    rows=lambda whole: whole.more.pairs,
    who=False,
    only_if_any=True,
)  # fmt: skip
NUMBER = Col("identity", "身份证号", Kind.IDENTITY, attrgetter("record.identity"), detail=True)
DUE = replace(deadlines.page("结对走访期限", due, (NUMBER,)), only_if_any=True)
GIFTS = Page(
    "慰问发放表",
    "走访慰问发放表",
    (
        Col("branch", detail=True), "identity", HOLIDAY, Col("category", "类别", of=attrgetter("category")),
        Col("cause", private=True, detail=True, if_any=True), FEN, "item", PIECES,
        "source", "visitor", "day", Col("part", "情况"), Col("signed", "签收", of=lambda gift: None, signed=True),
        Col("bank", detail=True), Col("account", detail=True),
    ),
    (GIVEN, WAITING),
    RECIPIENTS,
    group="township",
    unit="元",
)  # fmt: skip
MISSED = Page(
    "未慰问名单",
    "还没有慰问的名单",
    (Col("category", "类别", of=attrgetter("category")), Col("must", "必访", of=lambda gift: "是" if gift.must else None), money("standard", "标准")),
    roster=RECIPIENTS,
    when=lambda gift: gift.part == WAITING,
    unit="元",
    only_if_any=True,
    blank=("慰问安排",),
)  # fmt: skip
SOURCES = Page(
    "资金来源表",
    "慰问资金来源和发放表",
    (
        Col("source", "来源", of=attrgetter("source")), money("got", "到位"), Col("people", "发放人数", Kind.COUNT, attrgetter("people"), total=True),
        money("handed", "发放"), money("left", "结余"), money("goods", "物资折款", if_any=True),
    ),
    rows=lambda whole: by_source(whole.of((), RECIPIENTS), whole.at.rosters[SUPPLIES].records),
    who=False,
    unit="元",
    only_if_any=True,
)  # fmt: skip
ITEMS = Page(
    "物资收发表",
    "慰问物资收发表",
    (
        Col("item", "品名", of=attrgetter("item")),
        *(Col(name, title, Kind.COUNT, attrgetter(name)) for name, title in (("bought", "购置"), ("people", "发放人数"), ("handed", "发放"), ("left", "结余"))),
    ),
    rows=lambda whole: by_item(whole.of((), RECIPIENTS), whole.at.rosters[SUPPLIES].records),
    who=False,
    only_if_any=True,
)  # fmt: skip
POTS = Page(
    "资金分配表",
    "慰问资金分配到乡镇",
    (
        *(Col(name, title, of=attrgetter(name)) for name, title in (("holiday", "节日"), ("township", "乡镇"))),
        Col("heads", "人数", Kind.COUNT, attrgetter("heads"), total=True), money("by_standard", "按标准需要"), money("fen", "分配"),
    ),
    rows=lambda whole: whole.more.pots,
    who=False,
    unit="元",
    only_if_any=True,
)  # fmt: skip


def goods(whole: Whole) -> Cols:
    """The columns of goods on the notice, where any were given."""
    return ("item", PIECES) if any(gift.record.item for gift in whole.of((GIVEN,), RECIPIENTS)) else ()


LOGGED, LISTED = (
    Wanted(Visit, "走访记录", whole=True, optional=True),
    Wanted(Recipient, "慰问对象", whole=True, optional=True, once=("identity", "holiday")),
)
PROGRAMME = Programme(
    name="visits",
    policy=VisitPolicy,
    default_period=lambda today: Period.year(today.year),
    mains={
        VISITS: Main(LOGGED, each(judge_visit), OF_VISITS, order=attrgetter("day", "visitor", "village", "name", "row.line")),
        RECIPIENTS: Main(LISTED, PAYS.judged(judge_recipient), OF_RECIPIENTS),
    },
    serving={SUPPLIES: Wanted(Supply, "资金与物资", optional=True)},
    doubts=DOUBTS,
    together=PAYS.together(together),
    pages=(
        LOG, OF_PAIRS,
        DUE, GIFTS, MISSED, SOURCES, ITEMS, POTS,
        Summary(TOWNSHIPS, "走访分乡镇汇总表", ("township",), measures),
        Summary(
            f"{TOWNSHIPS}（{LISTED.title}）", "慰问分乡镇汇总表", ("township",),
            (*(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(OF_RECIPIENTS)), Measure("fen", "慰问金", of=(GIVEN,), sum=attrgetter("fen"), kind=Kind.MONEY)),
            roster=RECIPIENTS, unit="元",
        ),
    ),
    front=front,
    notices=(
        Post("走访慰问公示", "走访慰问", (GIVEN,), (HOLIDAY, FEN, goods), attrgetter("giving.clause"), when=lambda gift: gift.fen or gift.record.item, roster=RECIPIENTS),
    ),
    payments=PAYS.payments,
    papers=papers_of(PAYS),
    owes=PAYS.owes,
    joins=(PAIRED,),
    by_day=True,
)  # fmt: skip
