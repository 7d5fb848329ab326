"""养老保险补贴: what each payer bears of the pension insurance of village cadres, what was paid in, who will miss fifteen years.

What a document says is worked out by domain.contributions; this programme says what stands on paper.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli import deadlines
from sanchuang_cli.comparing import Last
from sanchuang_cli.domain.contributions.grounds import ready
from sanchuang_cli.domain.contributions.judging import DOUBTS, back_pay_start, judge
from sanchuang_cli.domain.contributions.paid_in import unpaid_days
from sanchuang_cli.domain.contributions.policy import PensionPolicy
from sanchuang_cli.domain.contributions.reasons import OWN
from sanchuang_cli.domain.contributions.records import ContributionReceipt, Honour, Insured, VillageIncome
from sanchuang_cli.domain.contributions.together import together
from sanchuang_cli.domain.contributions.verdict import ALONE, HELPED, PARTS, WAITING, PaidUp, Pension
from sanchuang_cli.domain.months import number
from sanchuang_cli.domain.payroll.of_pays import papers_of
from sanchuang_cli.domain.payroll.wording import months_ruled
from sanchuang_cli.domain.pays import Pays
from sanchuang_cli.domain.people import ScreenedPerson
from sanchuang_cli.front import Figure, Figures, having
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, Post, money, moneys
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Asks, Wanted
from sanchuang_cli.summary import Measure, Summary

PAYS = Pays(attrgetter("due"), waits=attrgetter("waits"), yearly=True)


def payers(whole: Whole) -> tuple[str, ...]:
    """Everybody who helps to pay in the period, in the order of the documents."""
    editions = whole.at.editions.during(whole.at.occasion.period)
    return tuple(dict.fromkeys(name for edition in editions for name in edition.sharing.names))


class PaidLine(NamedTuple):
    """A line of 缴费核对: a person with what was to be paid and was, or receipts that are nobody's."""

    township: str
    village: str
    name: str
    tickets: str
    due: int
    paid: int
    days_late: int
    fee: int
    state: str

    @property
    def lacking(self) -> int:
        return self.due - self.paid


STATES = SHORT, MISSING, NOBODY, OVER, SETTLED = ("欠缴", "没有凭证", "名册上没有此人", "多缴", "缴清")
"""How a line stands, in the order of the page: what somebody must do something about first."""


def paid_lines(whole: Whole) -> list[PaidLine]:
    """Everybody who has to pay or did, and receipts that are nobody's: by how they stand, then in the order of pages."""
    people = [
        _paid_line(one.record, one.paid_up) for one in whole.of() if one.paid_up and any(one.paid_up[:3])
    ]
    strange = (PaidLine("", "", "", one.ticket, 0, one.amount, 0, 0, NOBODY) for one in whole.more)
    return sorted((*people, *strange), key=lambda line: STATES.index(line.state))


def _paid_line(who: Insured, paid: PaidUp) -> PaidLine:
    state = SETTLED if not paid.lacking else OVER if paid.lacking < 0 else SHORT if paid.receipts else MISSING
    return PaidLine(
        who.township,
        who.village,
        who.name,
        paid.told,
        paid.due,
        paid.paid,
        paid.days_late,
        paid.fee,
        state,
    )


def _of_other_years(whole: Whole) -> tuple[str, ...]:
    """What the page does not count, receipts of other years too."""
    used = sum(map(len, whole.at.ready.receipts.values())) + len(whole.at.ready.misnamed)
    others = len(whole.at.rosters["receipts"].records) - used
    said = "身故以后缴的不算实缴，见“身故应退”。滞纳金只作提示，不计入任何金额。"
    return (said, f"另有 {others} 张凭证写的是别的年度，没有计入。") if others else (said,)


def _after_death(one: Pension) -> int:
    return sum(receipt.amount for receipt in one.paid_up.refunded) if one.paid_up else 0


def _too_much(one: Pension) -> int:
    return max(0, -one.paid_up.lacking) if one.paid_up else 0


def _to_refund(one: Pension) -> int:
    return _after_death(one) + _too_much(one) if one.record.died else 0


def _by_payer(whole: Whole) -> Cols:
    return moneys("分担", payers(whole), "released")


def _back_pay(whole: Whole) -> Cols:
    """From when months may be paid for later, where the document lets them."""

    def since(one: Pension) -> str:
        start = max(back_pay_start(one.record, whole.at.policy), number(one.record.started.latest))
        return str(Month.at(start))

    return (Col("back_pay", "可补缴起", of=since),) if whole.at.policy.back_pay else ()


def _unknown(whole: Whole) -> tuple[str, ...]:
    count = sum(one.record.months_paid is None for one in whole.of((HELPED, WAITING, ALONE)))
    return (f"另有 {count} 人没有填已缴月数，缴不缴得满不知道。",) if count else ()


def measures(whole: Whole) -> list[Measure]:
    """The columns of the summary: people by part, and what each payer bears."""
    return [
        *(Measure(f"part{i}", part, of=(part,)) for i, part in enumerate(PARTS)),
        Measure("subsidy", "补贴合计", sum=attrgetter("subsidy"), kind=Kind.MONEY),
        *(
            Measure(f"payer{i}", f"分担/{name}", sum=partial(_released, name), kind=Kind.MONEY)
            for i, name in enumerate(payers(whole))
        ),
        Measure("own", OWN, sum=attrgetter("own"), kind=Kind.MONEY),
        Measure("waiting", "待缴费补贴", sum=attrgetter("waiting"), kind=Kind.MONEY),
        Measure("whole", "合计", sum=attrgetter("whole"), kind=Kind.MONEY),
    ]


def _released(payer: str, one: Pension) -> int | None:
    return one.released.get(payer)


def front(whole: Whole) -> Iterator[Figures]:
    """What the first page says: the sums, who paid, who will miss fifteen years."""
    yield Figures("合计", ("分乡镇汇总表",))
    yield Figures(CHECKED.name, (CHECKED.name,), tuple(having("state", state) for state in STATES))
    yield Figures(WARNED.name, (WARNED.name,), (Figure("到龄缴不满的"),))


def _asks(edition: PensionPolicy) -> dict[str, dict[str, Asks]]:
    """The columns of a blank roster that the edition looks at."""
    unasked = {"grade": not edition.sharing.grades, "insured_since": not edition.back_pay}
    fields = {one.name: Asks() for one in Insured.declared() if one.asked and not unasked.get(one.name)}
    return {"insured": fields | {name: Asks(rare=True) for name in ("disciplined", "sentenced", "continued")}}


def _line(name: str, title: str, kind: Kind = Kind.TEXT, **how: Any) -> Col:
    return Col(name, title, kind, attrgetter(name), **how)


def _tickets(one: Pension) -> str | None:
    return one.paid_up.tickets or None if one.paid_up else None


SEX = Col("sex", "性别", of=attrgetter("record.sex"))
BORN = Col("born", "出生日期", Kind.DATE, attrgetter("record.born"), private=True)
ROLL = Page(
    "参保补贴人员名册",
    "村干部养老保险参保补贴人员名册",
    (
        "identity", "post", Col("started", "任职时间", detail=True), Col("insurance", detail=True), Col("grade", if_any=True),
        Col("helped", "补贴月数", Kind.COUNT), Col("alone", "自费月数", Kind.COUNT, if_any=True),
        money("own", OWN), _by_payer, money("subsidy", "补贴合计"), money("waiting", "待缴费补贴", if_any=True),
        money("whole", "合计"), Col("part", "部分", detail=True), Col("tickets", "凭证号", of=_tickets, detail=True),
        Col("bank", detail=True), Col("account", detail=True),
    ),
    (HELPED, WAITING, ALONE),
    group="township",
    unit="元",
)  # fmt: skip
CHECKED = Page(
    "缴费核对",
    "村干部养老保险缴费核对表",
    (
        _line("township", "乡镇"), _line("village", "村"), _line("name", "姓名"), _line("tickets", "凭证号"),
        money("due", "应缴"), money("paid", "实缴"), _line("lacking", "差额", Kind.MONEY), _line("state", "情况"),
        _line("days_late", "逾期天数", Kind.COUNT, if_any=True), _line("fee", "滞纳金（只提示）", Kind.MONEY, if_any=True),
    ),
    rows=paid_lines,
    who=False,
    unit="元",
    only_if_any=True,
    notes=_of_other_years,
)  # fmt: skip
WARNED = Page(
    "满十五年预警",
    "到龄时缴费不满规定月数人员名单",
    (
        SEX, BORN, "months_paid", Col("to_go", "可缴月数", Kind.COUNT), Col("lacks", "差月数", Kind.COUNT), _back_pay, Col("part", "部分"),
    ),
    when=lambda one: (one.lacks or 0) > 0,
    notes=_unknown,
)  # fmt: skip
REFUNDED = Page(
    "身故应退",
    "身故人员应退养老保险费名单",
    (
        "died", Col("after_death", "身故后所缴", Kind.MONEY, _after_death, total=True),
        Col("too_much", "身故前多缴", Kind.MONEY, _too_much, total=True), Col("refund", "应退", Kind.MONEY, _to_refund, total=True),
    ),
    when=_to_refund,
    unit="元",
    only_if_any=True,
    blank=("已退日期",),
    notes=("应退的另行退还，不从补贴里抵。",),
)  # fmt: skip
PROGRAMME = Programme(
    name="pension",
    policy=PensionPolicy,
    default_period=lambda today: Period.year(today.year - 1),
    mains={"insured": Main(Wanted(Insured, "参保补贴人员名册", whole=True, once=("identity",)), PAYS.judged(judge), PARTS)},
    serving={
        "villages": Wanted(VillageIncome, "村情表", optional=True, once=("township", "village")),
        "honours": Wanted(Honour, "荣誉", optional=True, once=("honoured", "level", "day")),
        "receipts": Wanted(ContributionReceipt, "缴费凭证", optional=True, once=("ticket",)),
    },
    asks=_asks,
    by_month=True,
    doubts=DOUBTS,
    ready=ready,
    together=PAYS.together(together),
    previous=Last(ROLL, key=("identity",), watched=("part", "subsidy")),
    screen=Wanted(ScreenedPerson, "核查名单", optional=True),
    pages=(
        ROLL, CHECKED, replace(deadlines.page("养老保险缴费期限", unpaid_days), only_if_any=True), WARNED, REFUNDED,
        Summary("分乡镇汇总表", "村干部养老保险补贴分乡镇分承担方汇总表", ("township",), measures, unit="元"),
    ),
    front=front,
    notices=(
        Post("养老保险补贴公示", "村干部养老保险补贴", (HELPED,), (SEX, "post", money("subsidy", "财政补贴"), BORN), attrgetter("sharing.clause"), ("born",), editions=months_ruled),
    ),
    payments=PAYS.payments,
    papers=papers_of(PAYS),
    compares=PAYS.compares,
    owes=PAYS.owes,
)  # fmt: skip
