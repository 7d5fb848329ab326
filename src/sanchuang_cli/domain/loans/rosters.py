"""Declares the three rosters of a fund: applications, loans, and what happened to the loans."""

from collections.abc import Collection
from fractions import Fraction
from typing import Annotated

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.loans.account import (
    EXTENDED,
    INTEREST_PAID,
    KINDS,
    REPAID,
    REVERSED,
    SETTLED,
    WRITTEN_OFF,
    AccountEvent,
)
from sanchuang_cli.domain.people import Day, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.domain.words import SINGLE
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field

_MONTHS = ("期限(月)", "期限（月）", "贷款期限", "借款期限", "期限", "贷款期限(月)")
_WORDS = {
    REPAID: ("还款", "归还本金", "部分还本", "提前还本", "部分还款", "提前还款"),
    INTEREST_PAID: ("还息", "结息", "付利息"),
    EXTENDED: ("延期",),
    SETTLED: ("还清", "全部还清", "结清贷款"),
    WRITTEN_OFF: ("呆账核销", "坏账核销"),
    REVERSED: ("冲销", "更正冲回"),
}
OTHER_SUBSIDY = Field("其他贴息", Kind.FLAG, aliases=("享受其他贴息", "是否享受其他贴息", "其他贴息情况"))


class Applicant(Person, frozen=True, kw_only=True):
    """An application. Its scores are columns that the policy names."""

    heeds = frozenset({Matter.OUT_OF_PARTY, Matter.WITHDRAWN, Matter.REFUSED})
    name: Annotated[str, Field("姓名", Kind.NAME, required=True, aliases=("申请人姓名", "申请人"))]
    day: Annotated[VagueDate, Field("申请日期", Kind.DATE, True, ("申请时间",))]
    category: Annotated[
        str, Field("人员类别", required=True, aliases=("党员类别", "申请人类别"), example="正式党员")
    ]
    project: Annotated[
        str, Field("项目", required=True, aliases=("创业项目", "项目名称"), example="肉牛养殖")
    ]
    total: Annotated[int, Field("总投资", Kind.MONEY, True, ("项目总投资", "投资总额"))]
    own: Annotated[int, Field("自有资金", Kind.MONEY, True, ("自筹资金",))]
    asked: Annotated[int, Field("申请额", Kind.MONEY, True, ("申请金额", "申请贷款", "申请贷款额"))]
    months: Annotated[int, Field("期限月", Kind.COUNT, True, ("申请期限", *_MONTHS))]
    opened: Annotated[VagueDate, Field("开办日期", Kind.DATE, True, ("开办时间", "项目开办日期", "创办时间"))]
    households: Annotated[int, Field("带动户数", Kind.COUNT, True, ("带动农户", "带动农户数"))]
    credit: Annotated[
        str, Field("信用", required=True, aliases=("信用状况", "信用情况", "征信情况"), example="良好")
    ]
    spouse: Annotated[
        str,
        Field("配偶身份证号", Kind.IDENTITY, aliases=("配偶身份证号码",), none=SINGLE, note="没有配偶的留空"),
    ] = ""
    other: Annotated[bool | None, OTHER_SUBSIDY] = None
    score_note: Annotated[
        str, Field("评分理由", aliases=("评分说明", "打分理由"), idle=True, note="各项为什么得这些分")
    ] = ""


class Loan(Person, frozen=True, kw_only=True):
    """A loan as it was lent; its balance follows from the events."""

    heeds = frozenset({Matter.UNDONE})
    loan_number: Annotated[
        str, Field("编号", required=True, aliases=("贷款编号", "合同编号", "合同号"), example="2026-001")
    ]
    name: Annotated[str, Field("姓名", Kind.NAME, required=True, aliases=("借款人姓名", "借款人", "贷款人"))]
    township: Annotated[str, Field("乡镇", from_sender=True)] = ""
    village: Annotated[str, Field("村")] = ""
    branch: Annotated[str, Field("支部", aliases=("所在党支部",), asked=False)] = ""
    project: Annotated[str, Field("项目", aliases=("创业项目", "项目名称"))] = ""
    asked: Annotated[int | None, Field("申请额", Kind.MONEY, aliases=("申请金额",), asked=False)] = None
    approved: Annotated[
        int | None, Field("批准额", Kind.MONEY, aliases=("批准金额", "审批金额"), asked=False)
    ] = None
    principal: Annotated[
        int, Field("本金", Kind.MONEY, True, ("贷款本金", "贷款金额", "借款金额", "发放金额"))
    ]
    lent: Annotated[
        VagueDate,
        Field("发放日", Kind.DATE, True, ("发放日期", "放款日", "放款日期", "贷款日期"), ahead=True),
    ]
    months: Annotated[int, Field("期限月", Kind.COUNT, True, _MONTHS)]
    rate: Annotated[
        Fraction | None,
        Field(
            "年利率",
            Kind.PERCENT,
            headed=True,
            aliases=("利率", "贷款利率", "执行利率", "年利率(%)"),
            example="4.35%",
        ),
    ] = None
    guarantor: Annotated[str, Field("担保人", aliases=("担保人姓名", "担保方式"), idle=True)] = ""
    other: Annotated[bool | None, OTHER_SUBSIDY] = None
    bank: Annotated[str, Field("开户行", idle=True, heard=True)] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""


class LoanEvent(Entry, frozen=True, kw_only=True):
    """Something that happened to a loan. A mistake is reversed by a further row, never written over."""

    loan_number: Annotated[str, Field("编号", required=True, aliases=("贷款编号", "合同编号", "合同号"))]
    day: Annotated[VagueDate, Field("日期", Kind.DATE, True, ("事件日期", "发生日期"), ahead=True)]
    kind: Annotated[str, Field("事件", Kind.CHOICE, True, ("事件类型", "业务类型"), choices=_WORDS)]
    amount: Annotated[int | None, Field("金额", Kind.MONEY, note="只填本金；付息的填利息")] = None
    months: Annotated[int | None, Field("展期月数", Kind.COUNT, aliases=("展期(月)", "展期期限"))] = None
    of_day: Annotated[
        Day,
        Field(
            "原事件日期",
            Kind.DATE,
            aliases=("冲正日期", "原日期"),
            note="冲正的，填被冲正那件事的日期",
            ahead=True,
        ),
    ] = None
    of_kind: Annotated[
        str, Field("原事件", Kind.CHOICE, choices={kind: _WORDS[kind] for kind in KINDS[:-1]})
    ] = ""

    @property
    def hears(self) -> Collection[Matter]:
        """What is heard of it; of one that reverses another it is said that a sum came back."""
        return (Matter.VOID,) if self.kind == REVERSED else super().hears

    @property
    def event(self) -> AccountEvent:
        """What it says, where its days are known."""
        of_day = self.of_day.earliest if self.of_day else None
        return AccountEvent(
            self.day.earliest, self.kind, self.amount, self.months, of_day, self.of_kind, self
        )
