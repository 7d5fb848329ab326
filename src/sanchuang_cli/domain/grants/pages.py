"""What stands on pages about vouchers: the list of them in their order, and how many are missing from a sum because they wait."""

from collections.abc import Callable

from sanchuang_cli.domain.grants.granting import GRANTED
from sanchuang_cli.domain.grants.spending import PARTS
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Cols, Page, money
from sanchuang_cli.summary import Measure

WAITING = (
    Col("vouchers_wait", "待核实凭证", Kind.COUNT, if_any=True),
    Col("payments_wait", "待核实拨付", Kind.COUNT, if_any=True),
)
"""They have no total: a row that does not say whose it is waits for each that it may be of."""
OPEN = Measure("open", "结余未算定", when=lambda grant: not grant.final)
IN_TURN = Col("total", "累计", of=lambda spent: spent.reasons[-1].said, wide=True, detail=True)
VOUCHERS_LISTED = Page(
    "使用明细",
    "经费使用明细表",
    (
        *("voucher", "day", "use", "state", Col("part", "列支情况"), money("spent", "金额")),
        *(money("waiting", "申请或承诺", if_any=True), IN_TURN),
    ),
    PARTS,
    "vouchers",
    group="township",
    unit="元",
    only_if_any=True,
)


def published(*columns: Col) -> Callable[[Whole], Cols]:
    """The columns of a notice, on which all are printed: those marked `if_any` only where a grant has something in it."""

    def said(whole: Whole) -> Cols:
        grants = whole.of((GRANTED,))
        return tuple(one for one in columns if not one.if_any or any(map(one.of or bool, grants)))

    return said


def not_of_any(whole: Whole) -> tuple[str, ...]:
    """The note that says how many rows wait and are of nobody on the page."""
    return tuple(filter(None, (whole.more,)))
