"""党费: what each member owes and paid month by month, what goes up and what comes back."""

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from sanchuang_cli.comparing import Last
from sanchuang_cli.domain.dues.judging import (
    DOUBTS,
    EARLY,
    FREE,
    OVER,
    OWING,
    PAID,
    PARTS,
    Dues,
    judge,
    ready,
    so_far,
    together,
)
from sanchuang_cli.domain.dues.payer import MONTHS, Payer, asks
from sanchuang_cli.domain.dues.policy import QUARTERS, DuesPolicy, Pay
from sanchuang_cli.domain.dues.receipts import PaymentReceipt
from sanchuang_cli.domain.dues.upward import branches, levels, quarters
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.judging import Whole, each
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.page import Col, Cols, Page, by_each, money, moneys
from sanchuang_cli.period import Month, Period
from sanchuang_cli.posting import Notice
from sanchuang_cli.programme import Main, Programme
from sanchuang_cli.record import Field, Wanted
from sanchuang_cli.summary import Measure, Summary


def _month(number: int, dues: Dues) -> int | None:
    return next((fen for month, fen in dues.paid.items() if month.month == number), None)


def _latest(name: str, dues: Dues) -> Any:
    return getattr(dues.latest, name) if dues.latest else None


def _by_month(name: str, dues: Dues) -> str:
    return "、".join(f"{month.month}月 {yuan(fen)}" for month, fen in getattr(dues, name).items())


BASE = Col("base", "党费基数", Kind.MONEY, lambda dues: _fen(_latest("base", dues)))


def _fen(exact: Fraction | None) -> int | None:
    return None if exact is None else whole(exact, "half_up")


RATE = Col(
    "percent",
    "比例",
    Kind.PERCENT,
    lambda dues: None if (rate := _latest("percent", dues)) is None else rate / 100,
)
OPEN = Col("open", "欠交月份", of=partial(_by_month, "open"), wide=True)
BEYOND = Col("beyond", "多交月份", of=partial(_by_month, "beyond"), wide=True, if_any=True)
DUE, GOT = money("due", "应交"), money("got", "实交")
LACKING, MORE = money("lacking", "欠交"), money("over", "多交", if_any=True)
PAID_BY_MONTH = tuple(
    Col(f"paid{n}", f"实交/{n}月", Kind.MONEY, partial(_month, n), total=True, detail=True) for n in MONTHS
)
LISTED = Page(
    "党费收缴表",
    "党费收缴登记表",
    (
        "identity",
        "category",
        BASE,
        RATE,
        money("monthly", "月应交"),
        DUE,
        GOT,
        LACKING,
        MORE,
        Col("part", "情况"),
        *PAID_BY_MONTH,
    ),
    group="branch",
    unit="元",
)


def _of_branch(run: Whole) -> Cols:
    """A branch's sums; what goes up by level, where there is more than one."""
    to = levels(run.at)
    up = moneys("上缴", to, "up") if len(to) > 1 else (money("up", "上缴", "handed_up"),)
    return (
        *(
            Col("township", "上级党组织", of=attrgetter("township")),
            Col("branch", "支部", of=attrgetter("branch")),
        ),
        Col("people", "党员数", Kind.COUNT, attrgetter("people"), total=True),
        *(money("due", "应交"), money("got", "实交"), *up, money("back", "返还", if_any=True)),
    )


BRANCHES = Page(
    "年度公示",
    "党费收缴使用情况",
    _of_branch,
    rows=branches,
    who=False,
    group="township",
    unit="元",
    signed=False,
)
QUARTERLY = Page(
    "季度上缴单",
    "党费上缴单",
    (
        *(
            Col(name, title, of=attrgetter(name))
            for name, title in (("township", "上级党组织"), ("quarter", "季度"), ("to", "上缴给"))
        ),
        *(money("got", "实收"), money("up", "上缴")),
    ),
    rows=lambda run: list(quarters(run)),
    who=False,
    group="township",
    unit="元",
    only_if_any=True,
)


class Receipted(NamedTuple):
    """A line of the register of receipts: who paid, and what of which receipt counts for which month."""

    record: Payer
    receipt: PaymentReceipt
    month: Month
    fen: int


RECEIPTS = Page(
    "收据登记",
    "党费收据登记表",
    (
        *("identity", Col("ticket", "票号", of=attrgetter("receipt.ticket"))),
        Col("day", "交纳日期", Kind.DATE, attrgetter("receipt.day")),
        *(Col("month", "计入月份", of=lambda line: str(line.month)), money("fen", "金额")),
        Col("by", "代交人", of=attrgetter("receipt.by"), if_any=True),
    ),
    rows=lambda run: [Receipted(dues.record, *part) for dues in run.of() for part in dues.receipts],
    group="branch",
    unit="元",
    only_if_any=True,
)

MEASURES = (
    Measure("people", "党员数"),
    *(
        Measure(part, title, of=(title,))
        for part, title in (
            ("settled", PAID),
            ("owing", OWING),
            ("beyond", OVER),
            ("free", FREE),
            ("early", EARLY),
        )
    ),
    *(
        Measure(name, title, sum=attrgetter(name), kind=Kind.MONEY)
        for name, title in (("due", "应交"), ("got", "实交"), ("lacking", "欠交金额"), ("over", "多交金额"))
    ),
)


def _public(run: Whole) -> Iterator[Notice]:
    """Branches and their sums; nobody's dues."""
    held = so_far(run.at)
    if not (posting := held[-1].notice):
        return
    for table in BRANCHES.tables(run, PROGRAMME.paper):
        yield Notice(
            name="党费公示",
            title=f"关于{run.title}党费收缴情况的公示",
            basis=tuple(dict.fromkeys(f"《{one.title}》（{one.document}）" for one in held)),
            what=f"{run.title}党费收缴情况",
            standard=by_each(
                held, lambda one: "、".join(dict.fromkeys(each.clause for each in one.categories))
            ),
            period=run.title,
            table=table,
            posting=posting,
            counted="个支部",
        )


def _gift(dues: Dues) -> int:
    return dues.record.gift or 0


GIFTS = (
    Col("gift", "金额", Kind.MONEY, _gift, total=True),
    Col("day", "日期", Kind.DATE, attrgetter("record.gift_day"), if_any=True),
    Col("to", "上缴", of=lambda dues: dues.gift_to or "留本级"),
)
"""A gift, and to whom it goes: up, where it is large; otherwise it stays with the committee."""


def _audited(dues: Dues) -> bool:
    return dues.last.get("base") is not None and dues.latest is not None and dues.latest.base is not None


PROGRAMME = Programme(
    name="dues",
    policy=DuesPolicy,
    default_period=lambda today: Period.year(Month.of(today).plus(-1).year),
    mains={
        "payers": Main(
            Wanted(
                Payer,
                "党费收缴名册",
                tuple(
                    Field(name, Kind.MONEY, name=name) for name in (*QUARTERS, *(f"{n}月" for n in MONTHS))
                ),
                whole=True,
                once=("identity",),
                or_once=("township", "branch", "name"),
            ),
            each(judge),
            PARTS,
        )
    },
    serving={
        "receipts": Wanted(PaymentReceipt, "党费收据", optional=True, once=("ticket",)),
        "pay": Wanted(Pay, "工资表", optional=True, once=("identity", "since")),
    },
    policy_columns=lambda edition: {"pay": edition.pay_columns()},
    asks=asks,
    previous=Last(LISTED, key=("identity",), or_key=("township", "branch", "name")),
    by_month=True,
    doubts=DOUBTS,
    ready=ready,
    together=together,
    who=("township", "branch", "name"),
    pages=(
        LISTED,
        Page(
            "补缴明细",
            "党费欠交、多交明细表",
            (OPEN, LACKING, BEYOND, MORE),
            (OWING, OVER),
            unit="元",
            blank=("补缴日期",),
        ),
        Page(
            "六个月未交",
            "连续未交党费谈话名单",
            (OPEN, LACKING),
            when=attrgetter("silent"),
            unit="元",
            only_if_any=True,
            blank=("谈话人", "谈话日期", "情况"),
        ),
        Page(
            "基数核查",
            "党费基数核查表",
            (Col("before", "上年基数", Kind.MONEY, lambda dues: dues.last.get("base")), BASE, RATE),
            when=_audited,
            unit="元",
            only_if_any=True,
        ),
        RECEIPTS,
        QUARTERLY,
        Page(
            "返还台账",
            "党费返还台账",
            _of_branch,
            rows=lambda run: [one for one in branches(run) if one.back],
            who=False,
            unit="元",
            only_if_any=True,
        ),
        Page(
            "大额党费",
            "自愿多交党费登记表",
            GIFTS,
            when=_gift,
            unit="元",
            only_if_any=True,
        ),
        BRANCHES,
        Summary("分乡镇汇总表", "党费收缴汇总表", ("township",), MEASURES, unit="元"),
    ),
    notices=_public,
)
