"""Makes 发放清册: the lists that people sign who are paid by hand, one list for each township."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.payroll.layouts import money
from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.judging import Whole
from sanchuang_cli.outcome import Payee
from sanchuang_cli.page import Col, Page
from sanchuang_cli.table import Table

NAME = "发放清册"
_NOTES = (
    "领款人当面点清后签字或按手印；代领的，由代领人签字，并在备注栏写明代领人姓名、与领款人的关系和证件。",
    "发放人：　　　　　　　　　　监督人：　　　　　　　　　　发放日期：　　　　年　　月　　日",
)


class Receipt(NamedTuple):
    """What one payee gets by hand, in fen. items: the names of what is paid."""

    payee: Payee
    items: tuple[str, ...]
    months: tuple[int, ...]
    fen: int


def receipts(whole: Whole, matter: str, sums: Iterable[Receipt]) -> Iterator[tuple[str, Table]]:
    """The lists by township, in the order of pages. matter: what is paid, as in titles."""
    rank = whole.at.occasion.rank

    def order(receipt: Receipt) -> tuple[object, ...]:
        payee = receipt.payee
        return *rank(payee.township), payee.village, payee.name, payee.key

    for township, of_township in groupby(sorted(sums, key=order), key=attrgetter("payee.township")):
        page = _page(f"{matter}{NAME}（{township or '乡镇未填'}）", list(of_township))
        for table in page.tables(whole, PAPER):
            yield township, table


def _page(title: str, rows: list[Receipt]) -> Page:
    return Page(
        NAME,
        title,
        (
            Col("village", of=lambda receipt: receipt.payee.village or None),
            Col("name", of=attrgetter("payee.name")),
            Col("identity", of=attrgetter("payee.key")),
            Col("items", "项目", of=lambda receipt: "、".join(receipt.items), wide=True),
            Col("months", "发放月份", of=lambda receipt: months_text(receipt.months)),
            money("amount", "金额", of=attrgetter("fen")),
            Col("received", "领款人签字（手印）", of=lambda receipt: None, signed=True),
            Col("remarks", "备注", of=lambda receipt: None, by_hand=True),
        ),
        rows=lambda whole: rows,
        who=False,
        group="village",
        unit="元",
        notes=_NOTES,
    )
