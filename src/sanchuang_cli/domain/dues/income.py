"""Dues as income: what a result of `dues` says was received, handed up and returned, line by line.

Pages of the result in, lines for the ledger out. Where a member has receipts, they say what he paid; else the columns of months.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

from sanchuang_cli.finding import Place
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month
from sanchuang_cli.record import Field, Record, Roster, Wanted

RECEIVED, GIFT, HANDED_UP, RETURNED = "received", "gift", "handed-up", "returned"
TITLES = {RECEIVED: "收讫", GIFT: "自愿多交", HANDED_UP: "上缴", RETURNED: "返还"}
_QUARTERS = {f"第{word}季度": number for number, word in enumerate("一二三四", 1)}
_HEADS = {f"实交/{number}月": number for number in range(1, 13)}


class IncomeLine(NamedTuple):
    """A line of a result. name, identity: of who paid, "" for what a committee handed up or a branch got back. month: a month,
    a quarter (2026Q1) or a year. branch: to whom, of what was handed up. ticket: of the receipt, "" where there is none."""

    kind: str
    township: str
    branch: str
    name: str
    identity: str
    month: str
    ticket: str
    fen: int
    place: Place

    @property
    def called(self) -> str:
        """Whose it is, for a message."""
        return " ".join(filter(None, (self.township, self.branch, self.name)))


class ResultLine(Record, frozen=True, kw_only=True):
    """A line of one of the pages; which of the columns it has depends on the page."""

    township: Annotated[str, Field("上级党组织", required=True)]
    branch: Annotated[str, Field("支部")] = ""
    name: Annotated[str, Field("姓名")] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""

    def line(self, kind: str, month: str, fen: int, column: str, ticket: str = "") -> IncomeLine:
        who = (self.township, self.branch, self.name, self.identity)
        return IncomeLine(kind, *who, month, ticket, fen, self.row.place(column))


class ReceiptLine(ResultLine, frozen=True, kw_only=True):
    """A line of 收据登记."""

    ticket: Annotated[str, Field("票号", required=True)]
    month: Annotated[str, Field("计入月份", required=True)]
    fen: Annotated[int, Field("金额", Kind.MONEY, required=True)]


class QuarterLine(ResultLine, frozen=True, kw_only=True):
    """A line of 季度上缴单; its branch is to whom it is handed up."""

    quarter: Annotated[str, Field("季度", required=True)]
    branch: Annotated[str, Field("上缴给", required=True)]
    fen: Annotated[int, Field("上缴", Kind.MONEY, required=True)]


class ReturnedLine(ResultLine, frozen=True, kw_only=True):
    """A line of 返还台账."""

    fen: Annotated[int, Field("返还", Kind.MONEY, required=True)]


class GiftLine(ResultLine, frozen=True, kw_only=True):
    """A line of 大额党费."""

    fen: Annotated[int, Field("金额", Kind.MONEY, required=True)]


READS: Mapping[str, Wanted[Any]] = {
    "members": Wanted(
        ResultLine,
        "党费收缴表",
        tuple(Field(head, Kind.MONEY, name=head) for head in _HEADS),
        sheet="党费收缴表",
    ),
    "receipts": Wanted(ReceiptLine, "收据登记", sheet="收据登记"),
    "quarters": Wanted(QuarterLine, "季度上缴单", sheet="季度上缴单"),
    "returned": Wanted(ReturnedLine, "返还台账", sheet="返还台账"),
    "gifts": Wanted(GiftLine, "大额党费", sheet="大额党费"),
}


def lines(pages: Mapping[str, Roster[Any]], year: int, on: date) -> Iterator[IncomeLine]:
    """All that a result of a year says; for each member a line of nought too, which says that the result is about him. on: its
    day of judgement; what is handed up for a quarter counts when that is over."""
    receipts = pages["receipts"].records
    known = {_who(line) for line in receipts}
    for line in receipts:
        yield line.line(RECEIVED, line.month, line.fen, "fen", line.ticket)
    for line in pages["members"].records:
        yield line.line(RECEIVED, str(year), 0, "name")
        for head, number in _HEADS.items():
            if _who(line) not in known and (fen := line.more.get(head)):
                yield line.line(RECEIVED, str(Month(year, number)), fen, head)
    for line in pages["quarters"].records:
        number = _QUARTERS[line.quarter]
        if line.fen and Month(year, 3 * number).last <= on:
            yield line.line(HANDED_UP, f"{year}Q{number}", line.fen, "fen")
    for kind, page in ((RETURNED, "returned"), (GIFT, "gifts")):
        for line in pages[page].records:
            yield line.line(kind, str(year), line.fen, "fen")


def _who(line: ResultLine) -> tuple[str, ...]:
    return (line.identity,) if line.identity else (line.township, line.branch, line.name)
