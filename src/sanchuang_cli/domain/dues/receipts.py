"""Puts what people paid in to the months for which they paid.

Rows in, fen by month out. A receipt never moves what another has settled; what is too much stays where it was paid.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

from sanchuang_cli.domain.beside import Entry
from sanchuang_cli.domain.words import by_number
from sanchuang_cli.kind import Kind
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.record import Field


class PaymentReceipt(Entry, frozen=True, kw_only=True):
    """A row of receipts: what somebody paid on a day, for a month or for the oldest that is open."""

    ticket: Annotated[str, Field("票号", required=True, aliases=("收据号", "凭证号"))]
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    branch: Annotated[str, Field("支部", aliases=("党支部",))] = ""
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY)] = ""
    day: Annotated[VagueDate, Field("交纳日期", Kind.DATE, True, ("缴纳日期", "交费日期", "缴费日期"))]
    amount: Annotated[int, Field("交纳金额", Kind.MONEY, True, ("金额", "缴纳金额"))]
    month: Annotated[VagueDate | None, Field("所属月", Kind.DATE, aliases=("所属月份",), ahead=True)] = None
    by: Annotated[str, Field("代交人", idle=True)] = ""

    @property
    def of(self) -> Month | None:
        """The month for which it says that it is, or else in which it was paid; None where that is only known to a year."""
        return (self.month or self.day).month

    @property
    def of_what(self) -> str:
        """That date, as a message names it."""
        return f"所属月是 {self.month}" if self.month else f"交纳日期是 {self.day}，没有写所属月"

    @property
    def cited(self) -> tuple[str, ...]:
        """What an explanation cites of it."""
        return "ticket", "day", "amount", "month"

    @property
    def called(self) -> str:
        """How a message names the receipt."""
        return f"票号 {self.ticket}（{self.name}）"


Settling = tuple[PaymentReceipt, Month, int]
"""What of a receipt counts for a month, in fen."""


class PaidIn(NamedTuple):
    """What one payer paid. months: fen by the month for which it counts. late: receipts that settle what had been open
    before the month of payment, each with for how many months. parts: for which months each receipt counts."""

    months: Mapping[Month, int]
    late: Sequence[tuple[PaymentReceipt, int]] = ()
    parts: Sequence[Settling] = ()

    @property
    def fen(self) -> int:
        """The sum of all months."""
        return sum(self.months.values())


def settled(owed: Mapping[Month, int], receipts: Sequence[PaymentReceipt], through: Month) -> PaidIn:
    """Receipts by day and number, each for its own month or for the oldest that is open; what is over counts for the month
    in which it was paid, or the last that was settled where that is earlier. through: the last month that may be owed
    yet; what is paid in a later one is for that."""
    paid: dict[Month, int] = defaultdict(int)
    late, parts = [], list[Settling]()
    for receipt in sorted(receipts, key=lambda receipt: (receipt.day.earliest, by_number(receipt.ticket))):
        now = Month.of(receipt.day.earliest)
        open_before = [month for month, fen in owed.items() if month < now and paid[month] < fen]
        if open_before:
            late.append((receipt, len(open_before)))
        own = [(receipt.of, receipt.amount)] if receipt.month and receipt.of else ()
        for month, fen in own or _oldest_first(owed, paid, receipt.amount, now, through):
            paid[month] += fen
            parts.append((receipt, month, fen))
    return PaidIn(dict(paid), late, parts)


def _oldest_first(
    owed: Mapping[Month, int], paid: Mapping[Month, int], fen: int, now: Month, through: Month
) -> Iterator[tuple[Month, int]]:
    month = now
    for month in sorted(owed):
        part = min(fen, max(0, owed[month] - paid.get(month, 0)))
        fen -= part
        if part:
            yield month, part
        if not fen:
            return
    yield now if now > through else min(month, now), fen
