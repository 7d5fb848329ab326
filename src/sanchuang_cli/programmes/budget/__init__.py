"""经费预算: what villages and other bodies are granted for the year, what was paid out, and what they spent of it."""

from operator import attrgetter

from sanchuang_cli.comparing import Last
from sanchuang_cli.domain.grants import base_pay
from sanchuang_cli.domain.grants.granting import GRANTED, elapsed
from sanchuang_cli.domain.grants.granting import PARTS as BODY_PARTS
from sanchuang_cli.domain.grants.pages import OPEN, VOUCHERS_LISTED, WAITING, not_of_any, published
from sanchuang_cli.domain.grants.spending import PARTS as VOUCHER_PARTS
from sanchuang_cli.domain.grants.spending import PAYMENTS, VOUCHERS
from sanchuang_cli.domain.grants.spending import judge as judge_voucher
from sanchuang_cli.domain.grants.standards import columns
from sanchuang_cli.domain.payroll.of_pays import papers_of
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, Post, money, moneys
from sanchuang_cli.period import Period
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.programmes.budget.judging import DOUBTS, PAYS, TO_BANK, judge, ready, together
from sanchuang_cli.programmes.budget.policy import BudgetPolicy, FundedBody
from sanchuang_cli.record import Wanted
from sanchuang_cli.summary import Measure, Summary


def _granted(whole: Whole) -> Cols:
    """What a body is, what its standard is made of, and who bears it."""
    policy = whole.at.policy
    names = [each.name for each in (*policy.standards, *policy.pots)]
    made_of, borne = moneys("标准", names, "by_name", if_any=True), moneys("分担", policy.payers, "borne")
    pay = (money("base_pay", "基本报酬（另列）"),) if whole.at.partners.get(base_pay.JOIN.name) else ()
    return (TYPE, "population", "members", *pay, *made_of, STANDARD, *borne)


def _public(whole: Whole) -> Cols:
    """What a body has, what it spent for each permitted use, and what of the rest is promised."""
    rule = whole.at.policy.spending
    spent = moneys("支出", rule.uses if rule else (), "vouchers.spent")
    return (STANDARD, CARRIED, PAID, *spent, PROMISED, LEFT, *WAITING)


STANDARD, PAID, LEFT = money("standard", "核定标准"), money("paid", "已拨"), money("left", "结余")
CARRIED, USED = money("carried", "上年结转", if_any=True), money("used", "已用", "vouchers.used")
PROMISED = money("promised", "已承诺", "vouchers.promised", if_any=True)
USES = Col("uses", "用途", of=attrgetter("vouchers.said"), wide=True)
TYPE = Col("type", of=attrgetter("type"))
BUDGETED = Page(
    "年度预算表", "经费年度预算表", _granted, (GRANTED,), notes=lambda whole: base_pay.note(whole.at), group="township", unit="元"
)  # fmt: skip
PROGRESS = Page(
    "拨付进度",
    "经费拨付和使用进度表",
    (
        *(STANDARD, CARRIED, PAID, Col("paid_share", "拨付率", Kind.PERCENT)),
        money("asked", "申请中", "vouchers.asked", if_any=True),
        PROMISED,
        *(USED, Col("used_share", "使用率", Kind.PERCENT), LEFT, *WAITING),
    ),
    (GRANTED,),
    notes=lambda whole: (*elapsed(whole), *not_of_any(whole)),
    group="township",
    unit="元",
)
PUBLIC = Page("公开表", "经费拨付使用公开表", _public, (GRANTED,), unit="元", notes=not_of_any, signed=False)
OUTSIDE = Page(
    "两类组织表",
    "非公企业和社会组织党组织经费表",
    (
        *(TYPE, "members", STANDARD, "payroll", "overhead"),
        *(money("deductible", "管理费可列支"), money("beyond", "超出限额")),
    ),
    when=lambda budget: budget.record.overhead is not None,
    unit="元",
    only_if_any=True,
)
SUMS = (STANDARD, PAID, USED, LEFT)
SUMMED = (
    Measure("granted", "核定个数", of=(GRANTED,)),
    *(Measure(sum.name, sum.title, sum=sum.of, kind=Kind.MONEY) for sum in SUMS),
    OPEN,
)
ROSTER = Wanted(FundedBody, "村（社区）基本情况", whole=True, once=("township", "name"))
BASIS = attrgetter("document")
PROGRAMME = Programme(
    name="budget",
    policy=BudgetPolicy,
    default_period=lambda today: Period.year(today.year),
    mains={
        "bodies": Main(ROSTER, PAYS.judged(judge), BODY_PARTS),
        "vouchers": Main(VOUCHERS, each(judge_voucher), VOUCHER_PARTS),
    },
    serving={"payments": PAYMENTS},
    policy_columns=lambda edition: {
        "bodies": columns((*edition.standards, *edition.pots), FundedBody.declared())
    },
    previous=Last(PROGRESS, key=("township", "name")),
    doubts=DOUBTS,
    ready=ready,
    together=PAYS.together(together),
    who=("township", "name"),
    pages=(
        BUDGETED,
        PROGRESS,
        VOUCHERS_LISTED,
        OUTSIDE,
        PUBLIC,
        Summary("分乡镇汇总表", "经费分乡镇汇总表", ("township",), SUMMED, unit="元"),
    ),
    notices=(
        Post(
            "经费公开",
            "经费拨付使用情况",
            (GRANTED,),
            (published(STANDARD, CARRIED, PAID, USED, USES, PROMISED, LEFT),),
            BASIS,
            when=attrgetter("final"),
            counted="个村（社区）、组织",
            notes=not_of_any,
        ),
    ),
    payments=TO_BANK.payments,
    papers=papers_of(TO_BANK),
    owes=PAYS.owes,
    joins=(base_pay.JOIN,),
)
