"""Declares the programme 大学生村官: its roster of contracts, the pages on the allowance, on 安家费 and what of it is paid back,
and on contracts that end soon and may be renewed.

What a document says is worked out by domain.contracts; this programme says what stands on paper.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter

from sanchuang_cli import deadlines
from sanchuang_cli.comparing import Last
from sanchuang_cli.deadlines import DueDay, days_left
from sanchuang_cli.domain.contracts.judging import DOUBTS, Contract, judge, proposal
from sanchuang_cli.domain.contracts.policy import GraduatePolicy
from sanchuang_cli.domain.contracts.reckoning import ALLOWANCE, PARTS, SERVING, SETTLING
from sanchuang_cli.domain.contracts.records import Graduate
from sanchuang_cli.domain.contracts.together import together
from sanchuang_cli.domain.payroll.borne import of_dues
from sanchuang_cli.domain.payroll.of_pays import papers_of
from sanchuang_cli.domain.payroll.wording import months_ruled
from sanchuang_cli.domain.pays import Pays
from sanchuang_cli.front import Figures, having
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Page, Post, money
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Wanted
from sanchuang_cli.summary import Measure, Summary

_WHOLE = 100
BOTH = (ALLOWANCE, SETTLING)


def ends(whole: Whole) -> list[DueDay]:
    """The contracts that nothing follows, the next to end first; those beyond the last window too, because a later day may
    be asked about this result."""
    rule, on = whole.at.policy.renewal, whole.at.occasion.on
    unrenewed = [
        DueDay(one.record, "合同期满", latest=one.record.ended, left=days_left(one.record.ended, on), responsible=rule.responsible, state=one.window, basis=rule.clause, note=proposal(one.record, rule) if one.window else "")
        for one in whole.of((SERVING,)) if not one.standing.renewed
    ]  # fmt: skip
    return sorted(unrenewed, key=attrgetter("latest"))


def measures(whole: Whole) -> list[Measure]:
    """The columns of the summary: contracts by part, sums, and what each payer bears."""
    sums = (
        ("allowance", ALLOWANCE, (ALLOWANCE,)),
        ("settling", SETTLING, (SETTLING,)),
        ("fen", "金额", BOTH),
    )
    return [
        *(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(PARTS)),
        *(Measure(name, title, sum=_sum(*of), kind=Kind.MONEY) for name, title, of in sums),
        *of_dues(whole),
        Measure("back", "应退安家费", sum=attrgetter("back"), kind=Kind.MONEY),
    ]


def _sum(*components: str) -> Callable[[Contract], int]:
    return lambda one: one.of(*components)


def _nth(one: Contract) -> int | None:
    """The month of leaving where it is one and the same on every day that a vague date may mean."""
    return one.reckoned.nth[0] if len(one.reckoned.nth) == 1 else None


def front(whole: Whole) -> Iterator[Figures]:
    """What the first page says: the sums, and how many contracts end soon."""
    yield Figures("合计", ("分乡镇汇总表",))
    windows = dict.fromkeys(deadline.state for deadline in ends(whole) if deadline.state)
    yield Figures("到期提醒", (deadlines.NAME,), tuple(having("state", window) for window in windows))


PAYS = Pays(attrgetter("due"), waits=attrgetter("waits"))
SEX = Col("sex", "性别", of=attrgetter("record.sex"))
BORN = Col("born", "出生年月", of=lambda one: f"{one.record.born:%Y-%m}", private=True)
TERM = Col("term", "期次", Kind.COUNT, attrgetter("standing.term"))
BACK = money("back", "应退安家费", if_any=True)
LEDGER = Page(
    "合同台账",
    "大学生村官合同台账",
    (
        "identity", SEX, BORN, Col("education", detail=True), "county_class", "started", "ended", TERM, Col("left", if_any=True),
        Col("months", "本期月数", Kind.COUNT), Col("allowance", ALLOWANCE, Kind.MONEY, _sum(ALLOWANCE), total=True),
        Col("settling", SETTLING, Kind.MONEY, _sum(SETTLING), total=True, if_any=True), BACK, Col("part", "状态"),
        Col("bank", detail=True), Col("account", detail=True),
    ),
    group="township",
    unit="元",
)  # fmt: skip
PROGRAMME = Programme(
    name="graduates",
    policy=GraduatePolicy,
    default_period=lambda today: Period(Month.of(today).plus(-1), 1),
    mains={"contracts": Main(Wanted(Graduate, "大学生村官合同台账", whole=True, once=("identity", "started")), PAYS.judged(judge), PARTS)},
    by_month=True,
    doubts=DOUBTS,
    together=PAYS.together(together),
    previous=Last(LEDGER, key=("identity", "started"), watched=("part", "allowance")),
    pages=(
        LEDGER,
        deadlines.page("大学生村官合同到期提醒", ends, ("identity", "started")),
        Page("变更表", "大学生村官变更表", (Col("change", "变更"), "started", "ended", TERM, "left", "reason"), when=attrgetter("change")),
        Page(
            "应退安家费", "大学生村官应退安家费名单",
            ("started", "left", "reason", Col("nth", "第几个月", Kind.COUNT, _nth), Col("percent", "退回比例", Kind.PERCENT, lambda one: one.reckoned.percent / _WHOLE), BACK),
            when=attrgetter("back"), group="township", unit="元", only_if_any=True, blank=("已退日期",), notes=("应退的另行收回，不从生活补贴里扣。",),
        ),
        Summary("分乡镇汇总表", "大学生村官分乡镇汇总表", ("township",), measures, unit="元"),
    ),
    front=front,
    notices=(Post("大学生村官公示", "大学生村官在岗情况", (SERVING,), (SEX, BORN, "started", "ended"), attrgetter("allowance.clause"), ("born",), editions=months_ruled),),
    payments=PAYS.payments,
    papers=papers_of(PAYS),
    compares=PAYS.compares,
    owes=PAYS.owes,
)  # fmt: skip
