"""报酬: what village cadres in office are paid for a month, performance for a year, what changed since last month and why.

What a document says is worked out by domain.wages; this programme says which rosters it reads and what stands on paper.
"""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from operator import attrgetter, itemgetter
from typing import Any

from sanchuang_cli.comparing import Last
from sanchuang_cli.domain.payroll.borne import of_dues
from sanchuang_cli.domain.payroll.of_pays import papers_of
from sanchuang_cli.domain.pays import DOUBTS as PAYING
from sanchuang_cli.domain.pays import Pays
from sanchuang_cli.domain.people import ScreenedPerson
from sanchuang_cli.domain.wages import changes, explain, slips
from sanchuang_cli.domain.wages.doubts import DOUBTS
from sanchuang_cli.domain.wages.grounds import ready, ruling
from sanchuang_cli.domain.wages.judging import judge
from sanchuang_cli.domain.wages.policy import Wages
from sanchuang_cli.domain.wages.records import Appraisal, Cadre, UnclaimedCard, Village
from sanchuang_cli.domain.wages.together import together
from sanchuang_cli.domain.wages.verdict import BASE_ONLY, COMPONENTS, PAID, PARTS, Wage
from sanchuang_cli.finding import Doubts
from sanchuang_cli.front import Figures, having
from sanchuang_cli.join import Join
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import fen
from sanchuang_cli.outcome import Instalments
from sanchuang_cli.page import Col, Page, Post
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programme import Explains, Main, Programme
from sanchuang_cli.record import Asks, Field, Wanted
from sanchuang_cli.summary import Measure, Summary

_WHOLE = 100


def last_month(today: date) -> Period:
    """The month before the one of `today`."""
    return Period(Month.of(today).plus(-1), 1)


STARS = Join(
    "stars",
    "rate",
    "分类定级汇总表",
    on={"township": "乡镇", "branch": "党组织名称"},
    column=Field("星级", Kind.STARS),
    wanted=lambda edition: bool(edition.performance and edition.performance.stars),
    must=lambda edition: edition.performance.result.must if edition.performance else None,
    of=lambda period: Period.year(period.start.year - 1),
)


def instalments(edition: Wages) -> Instalments:
    """How much is taken at a time of what was overpaid."""
    return Instalments(edition.clawback.percent / Fraction(_WHOLE), fen(edition.clawback.leave))


PAYS = Pays(
    attrgetter("due"),
    deduct=True,
    instalments=instalments,
    waits=attrgetter("waits"),
    barred=attrgetter("barred"),
)


def _component(name: str) -> Callable[[Wage], int]:
    return lambda wage: wage.component(name)


def money(name: str, title: str, of: Callable[[Any], int], if_any: bool = False) -> Col:
    """A column of sums in fen, with a total."""
    return Col(name, title, Kind.MONEY, of, total=True, if_any=if_any)


def _village(wage: Wage) -> str | None:
    """The class of the village, where the standard goes by it."""
    rows = (
        row
        for month in wage.months
        for standard in month.pieces[0].standards.standards
        for row in standard.sum.rests_on
    )
    return next((row.kind or None for row in rows if isinstance(row, Village)), None)


def _stated(wage: Wage) -> str | None:
    """What waits."""
    return "、".join(f"{component}待定" for _, _, component in wage.waits) or None


def _editions(whole: Whole) -> list[Wages]:
    return ruling(whole.at.occasion.period, whole.at.editions)


def _clauses(edition: Wages) -> str:
    """By what sums were decided."""
    blocks = (*edition.parts, edition.performance, edition.reward)
    return "；".join(block.clause for block in blocks if block)


def _bases(whole: Whole) -> tuple[str, ...]:
    """The documents by which the period is paid; of several, what each says and since when."""
    editions = _editions(whole)
    since = (f"自 {one.effective} 起：{_clauses(one)}。" if len(editions) > 1 else "" for one in editions)
    told = zip(editions, since, strict=True)
    return tuple(f"依据：{one.title}。{one.document}。{said}" for one, said in told)


IDENTITY, POST, STARTED = "identity", Col("post", "名册所写职务", detail=True), Col("started", "任职时间")
POST_PAID = Col("post_paid", "职务", of=attrgetter("post"))
ITEMS = tuple(
    money(name, title, _component(name), if_any=name != "base") for name, title in COMPONENTS.items()
)
FEN = money("fen", "应发合计", attrgetter("fen"))
ROLL = Page(
    "报酬发放表",
    "村干部报酬发放表",
    (
        *(IDENTITY, POST_PAID, POST, STARTED, Col("class", "村类型", of=_village, if_any=True)),
        *ITEMS,
        money("withheld", "另：扣发", attrgetter("withheld"), if_any=True),
        *(FEN, Col("part", "部分"), Col("waits", "待定", of=_stated, if_any=True)),
        *(Col("bank", detail=True), "account"),
        Col("signed", "签字", of=lambda wage: None, signed=True),
    ),
    (PAID, BASE_ONLY),
    group="township",
    unit="元",
    notes=_bases,
)
PERFORMED = Page(
    "绩效考核兑现表",
    "村干部绩效考核兑现表",
    (
        *(
            POST_PAID,
            Col("year", "年度", Kind.COUNT, attrgetter("performance.year")),
            Col("score", "考核得分", Kind.SCORE, attrgetter("performance.coefficient.score"), if_any=True),
        ),
        Col("grade", "等次", of=attrgetter("performance.coefficient.grade")),
        Col("stars", "星级", Kind.STARS, attrgetter("performance.coefficient.stars"), if_any=True),
        Col("coefficient", "系数", Kind.PERCENT, attrgetter("performance.coefficient.value")),
        Col("served", "月数", Kind.SCORE, attrgetter("performance.served")),
        money("basis", "绩效基数", lambda wage: int(wage.performance.basis * _WHOLE + Fraction(1, 2))),
        money("due", "应发", attrgetter("performance.fen")),
        Col("known", "说明", of=attrgetter("performance.coefficient.said"), wide=True, private=True),
    ),
    PARTS,
    when=attrgetter("performance"),
    group="township",
    unit="元",
    only_if_any=True,
)
GRADES = Page(
    "考核等次分布",
    "村干部考核等次分布",
    (
        Col("year", "年度", Kind.COUNT, attrgetter("year")),
        Col("grades", "等次", of=attrgetter("grades")),
        Col("people", "人数", Kind.COUNT, attrgetter("people")),
        Col("graded", "已考核人数", Kind.COUNT, attrgetter("graded")),
        Col(
            "share",
            "占比",
            Kind.PERCENT,
            lambda count: Fraction(count.people, count.graded) if count.graded else None,
        ),
        Col("most", "至多", Kind.COUNT, attrgetter("most")),
        Col("over", "超出", Kind.COUNT, attrgetter("over")),
    ),
    rows=lambda whole: whole.more.grades,
    who=False,
    only_if_any=True,
)


def measures(whole: Whole) -> list[Measure]:
    """The columns of the summary: numbers of people, each component, and what each payer bears."""
    present = {due.component for wage in whole.of() for due in wage.due}
    return [
        *(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(PARTS)),
        Measure("fen", "金额", sum=attrgetter("fen"), kind=Kind.MONEY),
        *(
            Measure(name, title, sum=_component(name), kind=Kind.MONEY)
            for name, title in COMPONENTS.items()
            if title in present
        ),
        *of_dues(whole),
    ]


def front(whole: Whole) -> Iterator[Figures]:
    """What the first page says: the sums, and by which reasons they differ from last month's."""
    yield Figures("合计", ("分乡镇汇总表",))
    yield Figures(
        "与上月比",
        (changes.PAGE.name,),
        tuple(having("reason", reason, fen=itemgetter("more")) for reason in changes.REASONS),
    )


def _asks(edition: Wages) -> dict[str, dict[str, Asks]]:
    """The columns of a blank roster that the edition looks at."""
    fields = {field.name: Asks() for field in Cadre.declared() if field.asked}
    fields["post"] = Asks(tuple(post.name for post in edition.posts))
    fields |= {name: Asks(rare=True) for name in ("suspended_from", "suspended_to")}
    fields |= {f"{since}_since": Asks() for since in edition.counted_since}
    if STARS.wanted(edition):
        fields["branch"] = Asks()
    return {"cadres": fields}


POSTED = (
    Col("sex", "性别", of=attrgetter("record.sex")),
    POST_PAID,
    FEN,
    Col("born", "出生日期", Kind.DATE, attrgetter("record.born"), private=True),
)
PROGRAMME = Programme(
    name="pay",
    policy=Wages,
    default_period=last_month,
    mains={
        "cadres": Main(
            Wanted(Cadre, "在职村干部花名册", whole=True, once=("identity", "post", "started")),
            PAYS.judged(judge),
            PARTS,
        )
    },
    serving={
        "villages": Wanted(Village, "村情表", optional=True, once=("township", "village")),
        "appraisals": Wanted(Appraisal, "年度考核", optional=True, once=("identity", "year")),
        "unclaimed": Wanted(UnclaimedCard, "未领卡名单", optional=True),
    },
    previous=Last(ROLL, key=("identity", "post", "started")),
    screen=Wanted(ScreenedPerson, "核查名单", optional=True),
    asks=_asks,
    by_month=True,
    doubts=Doubts({**PAYING, **DOUBTS}),
    ready=ready,
    together=PAYS.together(together),
    pages=(
        changes.PAGE,
        ROLL,
        PERFORMED,
        GRADES,
        Summary("分乡镇汇总表", "村干部报酬分乡镇汇总表", ("township",), measures, unit="元"),
        slips.PAGE,
    ),
    front=front,
    notices=(
        Post(
            "村干部报酬公示",
            "村干部报酬",
            (PAID, BASE_ONLY),
            POSTED,
            _clauses,
            ("born",),
            editions=_editions,
        ),
    ),
    payments=PAYS.payments,
    papers=papers_of(PAYS),
    explains=Explains(explain.outcome, explain.pages, aside="不发放"),
    owes=PAYS.owes,
    joins=(STARS,),
)
