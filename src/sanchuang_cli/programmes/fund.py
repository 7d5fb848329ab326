"""党员创业扶助基金: who may be lent how much, what became of the loans, and what interest is borne for the borrowers.

Applications are judged by their own row, then with the loans of the household and the pool; loans by their events.
"""

import operator
from dataclasses import replace
from functools import partial
from itertools import chain
from operator import attrgetter, itemgetter
from typing import Any

from sanchuang_cli import deadlines
from sanchuang_cli.comparing import Last
from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.loans import applying, lending
from sanchuang_cli.domain.loans.applying import APPROVED, REFUSED, WAITING
from sanchuang_cli.domain.loans.doubts import DOUBTS
from sanchuang_cli.domain.loans.events import read_events
from sanchuang_cli.domain.loans.forms import form
from sanchuang_cli.domain.loans.granting import score_columns
from sanchuang_cli.domain.loans.lending import OUT, OVERDUE, Lending, LoanDeadline
from sanchuang_cli.domain.loans.policy import LoanPolicy
from sanchuang_cli.domain.loans.pool import PoolLine
from sanchuang_cli.domain.loans.rosters import Applicant, Loan, LoanEvent
from sanchuang_cli.domain.payroll.borne import payer_measures
from sanchuang_cli.domain.payroll.of_pays import papers_of
from sanchuang_cli.domain.pays import Pays
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.front import Figure, Figures, having
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import ITEM
from sanchuang_cli.page import Col, Page, Post
from sanchuang_cli.papers import Papers, WrittenFor
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Wanted
from sanchuang_cli.summary import Measure, Summary
from sanchuang_cli.usual_pages import TOWNSHIPS


def item(loan: Loan) -> str:
    """The component under which the ledger books a loan."""
    return f"{ITEM}{narrow(loan.loan_number)}"


PAYS = Pays(attrgetter("due"), of="loans", item=item)
_RECEIPTS = papers_of(PAYS)


def papers(whole: Whole, whom: WrittenFor) -> Papers:
    """审批表 of those proposed, or of those chosen; and for the subsidy what everything has that pays."""
    forms = [
        form(one.record, whole.at.policy, one.reasons, one.outcome)
        for one in whole.of()
        if whom.chosen(one.record.row.line, partial(operator.eq, one.part, APPROVED))
    ]
    return replace(_RECEIPTS(whole, whom), forms=tuple(forms))


def due_days(whole: Whole) -> list[LoanDeadline]:
    """What is to be paid by when, the earliest first."""
    every = chain.from_iterable(loan.deadlines for loan in whole.of((OUT, OVERDUE), "loans"))
    return sorted(every, key=attrgetter("latest"))


def pool_lines(whole: Whole) -> list[PoolLine]:
    """The lines of 资金池表, with what is proposed in this run."""
    approved = whole.of((APPROVED,))
    lines: list[PoolLine] = whole.more.lines(sum(one.granted for one in approved), len(approved))
    return lines


def _rate(item: Any) -> str:
    """As a contract writes it: a percentage on a page has one decimal, and a rate of a loan more."""
    return f"{plain(item.record.rate * 100)}%"


SEX = Col("sex", "性别", of=attrgetter("record.sex"))
PRINCIPAL = Col("principal", total=True)
RATE = Col("rate", "年利率", Kind.TEXT, _rate)
BALANCE = Col("balance", "余额", Kind.MONEY, attrgetter("account.balance"), total=True)
REVIEWED = Page(
    "评审表",
    "创业扶助贷款评审表",
    (
        "project", Col("score", "总分", Kind.SCORE), "households", Col("place", "名次", Kind.COUNT), Col("asked", total=True),
        Col("granted", "拟批额", Kind.MONEY, total=True), "months", Col("part", "结果"), Col("why", "说明", wide=True),
    ),
    (APPROVED, WAITING),
    group="township",
    unit="元",
    notes=attrgetter("left_out"),
)  # fmt: skip
NOT_MET = Page(
    "不符合名单",
    "不符合条件的申请",
    (
        "project",
        "asked",
        Col("failed", "不符合的条件，还差什么", of=lambda one: "；".join(f"{reason.what}：{reason.said}" for reason in one.failed), wide=True, private=True),
        Col("basis", "依据", of=lambda one: "；".join(dict.fromkeys(reason.basis for reason in one.failed)), wide=True),
    ),
    (REFUSED,),
    unit="元",
)  # fmt: skip
LEDGER = Page(
    "贷款台账",
    "创业扶助贷款台账",
    (
        "loan_number", Col("identity", detail=True), Col("branch", if_any=True), Col("project", detail=True), Col("asked", detail=True, if_any=True),
        Col("approved", detail=True, if_any=True), PRINCIPAL, Col("lent", "发放日"), Col("months", detail=True),
        Col("due_day", "到期日", Kind.DATE, attrgetter("account.due")), RATE,
        Col("share", "贴息比例", Kind.PERCENT, lambda one: one.subsidised.share if one.subsidised else None, detail=True),
        Col("owed", "应贴息", Kind.MONEY, total=True),
        Col("accrued", "应计利息", Kind.MONEY, total=True, detail=True),
        Col("interest_paid", "已付利息", Kind.MONEY, attrgetter("account.interest_paid"), total=True, detail=True),
        Col("guarantor", private=True, detail=True),
        Col("repaid", "已还本金", Kind.MONEY, attrgetter("account.repaid"), total=True),
        Col("written_off", "核销", Kind.MONEY, attrgetter("account.written_off"), total=True, if_any=True), BALANCE,
        Col("overdue", "逾期天数", Kind.COUNT), Col("grade", "五级分类"), Col("part", "状态"),
    ),
    lending.PARTS,
    roster="loans",
    group="township",
    unit="元",
)  # fmt: skip
SUBSIDY = Page(
    "贴息发放表",
    "创业扶助贷款贴息发放表",
    (
        "loan_number", "identity", Col("principal"), RATE,
        Col("from", "计息起", Kind.DATE, lambda one: one.span[0] if one.span else None),
        Col("to", "计息止", Kind.DATE, lambda one: one.span[1] if one.span else None), Col("days", "天数", Kind.COUNT),
        Col("interest", "应付利息", Kind.MONEY, total=True), Col("owed", "应贴", Kind.MONEY, total=True),
        Col("before", "以前各期", Kind.MONEY, total=True), Col("subsidy", "本期贴", Kind.MONEY, total=True, formula="owed - before"),
        Col("bank", detail=True), Col("account", detail=True, of=attrgetter("record.account")),
    ),
    roster="loans",
    when=attrgetter("subsidy"),
    group="township",
    unit="元",
    notes=("“以前各期”是本期以前应贴的合计；实际已发多少，以台账（ledger）为准。",),
)  # fmt: skip
DUE = replace(
    deadlines.page(
        "创业扶助贷款到期与逾期",
        due_days,
        (
            Col("balance", "余额", Kind.MONEY, attrgetter("verdict.account.balance")),
            Col("grade", "五级分类", of=attrgetter("verdict.grade")), Col("call", "代偿", Kind.MONEY, attrgetter("verdict.call"), if_any=True),
            Col("guarantor"), Col("identity", detail=True),
        ),
    ),
    roster="loans",
    unit="元",
)  # fmt: skip
POOL = Page(
    "资金池表",
    "创业扶助基金资金池表",
    (
        Col("line", "行次", of=attrgetter("line")), Col("item", "项目", of=attrgetter("item")),
        Col("many", "笔数", Kind.COUNT, attrgetter("many")), Col("fen", "金额", Kind.MONEY, attrgetter("fen")),
        Col("how", "算法", of=attrgetter("how"), wide=True),
    ),
    rows=pool_lines,
    who=False,
    number=False,
    unit="元",
)  # fmt: skip
PLAN = Page(
    "还款计划",
    "创业扶助贷款还款计划",
    (
        "loan_number", Col("day", "日期", Kind.DATE, attrgetter("day")),
        Col("principal", "还本", Kind.MONEY, attrgetter("principal")), Col("interest", "付息", Kind.MONEY, attrgetter("interest")),
    ),
    roster="loans",
    rows=lambda whole: list(chain.from_iterable(loan.planned for loan in whole.of((OUT, OVERDUE), "loans"))),
    unit="元",
    detail=True,
)  # fmt: skip


def front(whole: Whole) -> tuple[Figures, ...]:
    """What the first page says: what is proposed, what is out, what is subsidised, and what falls due."""
    balance, windows = itemgetter("balance"), ("逾期", *(f"{days}天内" for days in lending.WINDOWS))
    proposed = having("part", APPROVED, fen=itemgetter("granted"))
    return (
        Figures("本次评审", (REVIEWED.name,), (proposed, having("part", WAITING))),
        Figures(
            "贷款余额", (LEDGER.name,), tuple(having("part", part, fen=balance) for part in (OUT, OVERDUE))
        ),
        Figures("贴息", (SUBSIDY.name,), (Figure("本期贴", fen=itemgetter("subsidy")),)),
        Figures("到期", (DUE.name,), tuple(having("state", window) for window in windows)),
    )


def measures(whole: Whole) -> list[Measure]:
    """The columns of the summary of loans: how many, what is out, and what each payer bears."""
    rules = (edition.subsidy.funding for edition in whole.at.editions.editions if edition.subsidy)
    return [
        *(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(lending.PARTS)),
        Measure("balance", "余额", sum=attrgetter("account.balance"), kind=Kind.MONEY),
        Measure("subsidy", "本期贴息", sum=attrgetter("subsidy"), kind=Kind.MONEY),
        *payer_measures(rules, _borne, "贴息分担"),
    ]


def _borne(payer: str, one: Lending) -> int:
    return one.shares.get(payer, 0)


GRANTED = (
    *(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(applying.PARTS)),
    Measure("granted", "拟批金额", of=(APPROVED,), sum=attrgetter("granted"), kind=Kind.MONEY),
)
APPLIED, LENT = (
    Wanted(Applicant, "申请表", whole=True, optional=True, once=("identity", "day")),
    Wanted(Loan, "贷款台账", whole=True, optional=True, once=("loan_number",)),
)
PROGRAMME = Programme(
    name="fund",
    policy=LoanPolicy,
    default_period=lambda today: Period.year(today.year),
    mains={
        "applications": Main(APPLIED, each(applying.judge), applying.PARTS),
        "loans": Main(LENT, PAYS.judged(lending.judge), lending.PARTS),
    },
    serving={"events": Wanted(LoanEvent, "贷款事件", optional=True, once=("loan_number", "day", "kind", "of_day", "of_kind"))},
    policy_columns=lambda edition: {"applications": score_columns(edition.scores)},
    doubts=DOUBTS,
    ready=read_events,
    together=PAYS.together(applying.together),
    previous=Last(LEDGER, key=("loan_number",), watched=("balance", "part")),
    front=front,
    pages=(
        REVIEWED, NOT_MET, LEDGER, SUBSIDY, DUE, POOL, PLAN,
        Summary(TOWNSHIPS, "创业扶助贷款申请分乡镇汇总表", ("township",), GRANTED, unit="元"),
        Summary(f"{TOWNSHIPS}（{LENT.title}）", "创业扶助贷款分乡镇汇总表", ("township",), measures, roster="loans", unit="元"),
    ),
    notices=(
        Post("创业扶助贷款公示", "党员创业扶助贷款拟批情况", (APPROVED,), (SEX, "project", Col("granted", "拟批额", Kind.MONEY)), attrgetter("limit.clause"), title="党员创业扶助贷款拟批名单"),
        Post("创业贷款贴息公示", "党员创业扶助贷款贴息", (), (SEX, "project", Col("subsidy", "贴息金额", Kind.MONEY)), lambda policy: policy.subsidy.clause if policy.subsidy else "", when=attrgetter("subsidy"), roster="loans"),
    ),
    payments=PAYS.payments,
    papers=papers,
    owes=PAYS.owes,
    judges_a_day=True,
)  # fmt: skip
