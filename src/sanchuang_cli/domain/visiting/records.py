"""The rosters of visits: the log, those who are given something before a holiday, and money and goods; and a pair of a result."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.people import Day, Person
from sanchuang_cli.domain.remarks import Matter
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Field, Record

WAYS = {
    "走访": ("入户", "上门", "入户走访", "上门走访", "实地走访"),
    "联系": ("电话", "电话联系", "微信", "微信联系", "视频", "其他联系"),
}


class Visit(Entry, frozen=True, kw_only=True):
    """A row of the log: who visited or got in touch with whom."""

    township: Annotated[str, Field("乡镇", from_sender=True, example="示例镇")] = ""
    village: Annotated[str, Field("村", example="示例村")] = ""
    name: Annotated[str, Field("对象", Kind.NAME, True, ("走访对象", "被走访人", "慰问对象", "联系对象"))]
    day: Annotated[VagueDate, Field("日期", Kind.DATE, True, ("走访日期", "走访时间", "拍摄日期"))]
    visitor: Annotated[str, Field("走访人", Kind.NAME, True, ("帮扶人", "走访干部", "联系人"))]
    kind: Annotated[str, Field("五心类型", required=True, aliases=("类型", "走访类型"), example="交心")]
    way: Annotated[
        str, Field("方式", Kind.CHOICE, aliases=("走访方式",), choices=WAYS, note="空白是走访")
    ] = ""
    what: Annotated[str, Field("内容", aliases=("走访内容",), idle=True, heard=True)] = ""
    result: Annotated[str, Field("结果", aliases=("办理结果",), idle=True, heard=True)] = ""
    entered: Annotated[Day, Field("登记日期", Kind.DATE, asked=False)] = None
    never: Annotated[bool | None, Field("不再走访", Kind.FLAG, note="对方不愿再被走访的填是")] = None

    @property
    def hears(self) -> Collection[Matter]:
        """What is heard of it; nobody visits the dead."""
        return *super().hears, Matter.DEAD

    @property
    def called(self) -> str:
        return f"{self.visitor}走访{self.name}"


class Recipient(Person, frozen=True, kw_only=True):
    """A row of 慰问对象: somebody who is to be visited before a holiday, and what was given."""

    heeds = frozenset({Matter.REDUCED, Matter.UNDONE, Matter.OUT_OF_PARTY, Matter.WITHDRAWN})
    branch: Annotated[str, Field("支部", aliases=("所在党支部", "党支部"), idle=True, asked=False)] = ""
    category: Annotated[str, Field("类别", required=True, aliases=("慰问类别", "对象类别"), example="老党员")]
    joined: Annotated[Day, Field("入党日期", Kind.DATE, asked=False)] = None
    cause: Annotated[str, Field("致困原因", idle=True, asked=False)] = ""
    holiday: Annotated[str, Field("节日", aliases=("慰问节日",), note="空白是政策里的第一个")] = ""
    amount: Annotated[
        int | None, Field("慰问金", Kind.MONEY, aliases=("慰问金额",), headed=True, note="空白按标准")
    ] = None
    item: Annotated[str, Field("慰问品", aliases=("慰问物品",))] = ""
    quantity: Annotated[
        int | None, Field("数量", Kind.COUNT, aliases=("慰问品数量",), note="空白是 1 份")
    ] = None
    day: Annotated[Day, Field("日期", Kind.DATE, aliases=("慰问日期", "发放日期"), note="没有去的留空")] = (
        None
    )
    source: Annotated[str, Field("资金来源", aliases=("经费来源",))] = ""
    visitor: Annotated[str, Field("慰问人", Kind.NAME, idle=True)] = ""
    bank: Annotated[str, Field("开户行", idle=True, heard=True)] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT, note="打卡发放的才填")] = ""


class Supply(Entry, frozen=True, kw_only=True):
    """A row of 资金与物资: money of a source, or goods bought or given. left: the money that is said to be left."""

    source: Annotated[str, Field("来源", required=True, aliases=("经费来源", "资金来源"), example="县财政")]
    amount: Annotated[int | None, Field("金额", Kind.MONEY, note="到位的钱；有品名的填物资值多少")] = None
    item: Annotated[str, Field("品名", headed=True, aliases=("慰问品名", "物资名称"))] = ""
    quantity: Annotated[int | None, Field("数量", Kind.COUNT, aliases=("购置数量",))] = None
    left: Annotated[int | None, Field("结余", Kind.MONEY, aliases=("余额",))] = None

    @property
    def called(self) -> str:
        return f"{self.source}{self.item}"


class PairLine(Record, frozen=True, kw_only=True):
    """A pair of the result of pairing. since: the day of the pair."""

    township: str
    village: str
    name: str
    identity: str
    helper: str
    since: date
