"""发放清册: whoever is paid by hand signs for it, a line a person, village by village; one list for each township."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.outcome import Payee
from sanchuang_cli.page import Col, Page
from sanchuang_cli.table import Table

NAME = "发放清册"
_NOTES = (
    "领款人当面点清后签字或按手印；代领的，由代领人签字，并在备注栏写明代领人姓名、与领款人的关系和证件。",
    "发放人：　　　　　　　　　　监督人：　　　　　　　　　　发放日期：　　　　年　　月　　日",
)


class Receipt(NamedTuple):
    """What one payee gets by hand. items: what it is, months: for which."""

    payee: Payee
    items: tuple[str, ...]
    months: tuple[int, ...]
    fen: int


def receipts(whole: Whole, matter: str, sums: Iterable[Receipt]) -> Iterator[tuple[str, Table]]:
    """The lists of the townships, in the order of pages. matter: what is paid, as titles have it."""
    rank = whole.at.occasion.rank
    found = sorted(
        sums, key=lambda one: (*rank(one.payee.township), *one.payee[5:6], one.payee.name, one.payee.key)
    )
    for township, own in groupby(found, key=attrgetter("payee.township")):
        page = _page(f"{matter}{NAME}（{township or '乡镇未填'}）", list(own))
        for table in page.tables(whole, PAPER):
            yield township, table


def _page(title: str, own: list[Receipt]) -> Page:
    return Page(
        NAME,
        title,
        (
            Col("village", of=lambda one: one.payee.village or None),
            Col("name", of=attrgetter("payee.name")),
            Col("identity", of=attrgetter("payee.key")),
            Col("items", "项目", of=lambda one: "、".join(one.items), wide=True),
            Col("months", "发放月份", of=lambda one: months_text(one.months)),
            Col("amount", "金额", Kind.MONEY, of=attrgetter("fen"), total=True),
            Col("received", "领款人签字（手印）", of=lambda one: None, signed=True),
            Col("remarks", "备注", of=lambda one: None, by_hand=True),
        ),
        rows=lambda whole: own,
        who=False,
        group="village",
        unit="元",
        notes=_NOTES,
    )
