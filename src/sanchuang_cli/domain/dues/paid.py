"""Finds what each member paid: whose a receipt is and whether it counts, and what the columns of months say.

A receipt that may be somebody's and cannot be counted sets his row aside: what he paid is not known. A sum counts in the year of
the month for which it is, and in no other.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from sanchuang_cli.domain.dues.owed import Owed
from sanchuang_cli.domain.dues.payer import Payer
from sanchuang_cli.domain.dues.policy import DuesPolicy
from sanchuang_cli.domain.dues.receipts import PaidIn, PaymentReceipt, settled
from sanchuang_cli.domain.named import another_name, by_person, named_in
from sanchuang_cli.judging import LARGEST, At, Odd
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month
from sanchuang_cli.record import Row


class Receipts(NamedTuple):
    """own: by the id of a payer's row. strange: those that are nobody's. waiting: those that nobody may use, by whom they
    name. elsewhere: those of another year alone, which count in none of this one."""

    own: Mapping[int, Sequence[PaymentReceipt]]
    strange: Sequence[PaymentReceipt]
    waiting: Mapping[str, Row]
    elsewhere: Sequence[PaymentReceipt]


def receipts(at: At[Any]) -> Receipts:
    """All receipts, each put to whose it is."""
    given = at.rosters["receipts"].records
    year = at.occasion.period.each_month()
    here, elsewhere = list[PaymentReceipt](), list[PaymentReceipt]()
    for each in given:
        of_year = each.month is None or any(month in year for month in each.month.months)
        (here if of_year else elsewhere).append(each)
    own, strange = by_person(here, at.rosters["payers"].records)
    waiting = {named_in(row): row for row in at.dropped.get("receipts", ())}
    return Receipts(own, strange, waiting, elsewhere)


def last_over(at: At[Any]) -> Month:
    """The last month that is over by the day of judgement."""
    return Month.of(at.occasion.on + timedelta(days=1)).plus(-1)


def paid(who: Payer, owed: Mapping[Month, Owed], at: At[DuesPolicy], odd: Odd) -> PaidIn:
    """By receipts where there are any, else by the columns of months; both must come to the same."""
    columns = _columns(who, at, odd)
    own = at.ready.receipts.own.get(id(who.row), ())
    _look_over(who, own, at, odd)
    if not own:
        return PaidIn(columns)
    by_month = {month: each.fen for month, each in owed.items()}
    over, on = last_over(at), Month.of(at.occasion.on)
    year_is_over = (
        over >= at.occasion.period.each_month()[-1]
    )  # then what is paid later is for no month of its own
    made = settled(by_month, own, on if year_is_over else over)
    if columns and sum(columns.values()) != made.fen:
        said = f"{who.name}：各月栏合计 {yuan(sum(columns.values()))} 元，收据合计 {yuan(made.fen)} 元"
        odd.add("paid-twice", "name", said)
    return made


def _columns(who: Payer, at: At[Any], odd: Odd) -> Mapping[Month, int]:
    """What stands in the columns of months. A sum in a month that has not begun was not paid in it."""
    months, on = at.occasion.period.each_month(), at.occasion.on
    filled = {month: fen for month in months if (fen := who.more.get(heading(month)))}
    for month, fen in filled.items():
        if not 0 <= fen <= LARGEST:
            odd.add("amount", heading(month), f"{who.name}：{heading(month)} {yuan(fen)} 元")
    if ahead := [heading(month) for month in filled if month.first > on]:
        said = f"{who.name}：{'、'.join(ahead)}栏填了金额，判定日 {on} 还没有到"
        odd.add("month-ahead", ahead[0], said)
    return filled


def heading(month: Month) -> str:
    """The column of a month."""
    return f"{month.month}月"


def _look_over(who: Payer, own: Sequence[PaymentReceipt], at: At[Any], odd: Odd) -> None:
    """What keeps a receipt of somebody, or one that may be his, from being counted."""
    waiting = at.ready.receipts.waiting
    for name in (who.identity, f"{who.branch}/{who.name}", f"/{who.name}"):
        if name in waiting:
            said = f"{who.name}：有一张收据（{waiting[name].place()}）待核实，交了多少说不准"
            odd.add("receipt-waits", "name", said)
    for receipt in own:
        ticket = f"票号 {receipt.ticket}（{receipt.row.place()}）"
        if another_name(receipt, who):
            odd.add("receipt-name", "name", f"{who.name}：{ticket}是这个身份证号，姓名写的是“{receipt.name}”")
        elif receipt.of is None:
            said = f"{who.name}：{ticket}的{receipt.of_what}，抵哪一个月说不准"
            odd.add("receipt-vague", "name", said)
        elif not receipt.month and receipt.day.earliest < at.occasion.period.first:
            said = f"{who.name}：{ticket}是 {receipt.day} 交的，没有写所属月，抵哪几个月说不准"
            odd.add("receipt-before", "name", said)
