"""Declares the figures of a payroll on the first page: people and money by benefit, arrears, and changes since the last
period.

It declares which pages the figures are taken from; the first page itself is made elsewhere.
"""

from collections.abc import Iterator
from operator import itemgetter

from sanchuang_cli.domain.payroll.change_pages import NAME as CHANGE_PAGE
from sanchuang_cli.domain.payroll.changes import CHANGES
from sanchuang_cli.domain.payroll.figures import COMPARISON
from sanchuang_cli.domain.payroll.summary import WITHOUT_ACCOUNT
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.front import Figure, Figures, Line, having
from sanchuang_cli.judging import Whole

_AMOUNT, _ARREARS = itemgetter("amount"), itemgetter("arrears")


def front(whole: Whole) -> Iterator[Figures]:
    """People and money, in all and by benefit; and compared with the last period, where its result was given."""
    payroll: Payroll = whole.more
    pages = {benefit.name: f"{benefit.name}花名册" for benefit in payroll.benefits}
    yield Figures("本期发放", tuple(pages.values()), tuple(_total(payroll)), once="identity")
    for name, page in pages.items():
        yield Figures(f"按{payroll.scheme.noun}项目", (page,), (Figure(name, fen=_AMOUNT),), once="identity")
    yield Figures("无有效账户", (WITHOUT_ACCOUNT,), (Figure("留在花名册上，另行发放", fen=_AMOUNT),))
    if payroll.before:
        yield from _compared(payroll.before.period.title)


def _total(payroll: Payroll) -> Iterator[Figure]:
    """The whole sum; where it has arrears, also the parts for the period and for earlier months."""
    yield Figure("合计", fen=_AMOUNT)
    if any(line.arrears for lines in payroll.lines.values() for line in lines):
        yield Figure("其中：本期应发", _of_the_period, fen=_of_the_period)
        yield Figure("其中：补发", _ARREARS, fen=_ARREARS)


def _of_the_period(line: Line) -> int:
    fen: int = line["amount"] - line["arrears"]
    return fen


def _compared(title: str) -> Iterator[Figures]:
    """The difference from the last period, the part of each kind of change, the rest, and what is asked back. title: of the
    last period."""
    block = f"比{title}增减"
    yield Figures(block, (COMPARISON,), (Figure("合计", many="people_change", fen=_more),))
    yield Figures(block, (CHANGE_PAGE,), tuple(having("change", kind, fen=_more) for kind in CHANGES))
    yield Figures(block, (COMPARISON, CHANGE_PAGE), (Figure("其他，如发放的月数不同", many=None, fen=_rest),))
    yield Figures(CHANGE_PAGE, (CHANGE_PAGE,), (Figure("上期多发、应收回", _owed_back, fen=_owed_back),))


def _more(line: Line) -> int:
    fen: int = line["now"] - line["before"]
    return fen


def _owed_back(line: Line) -> int:
    """The page has this column only where something is asked back."""
    fen: int = line.get("owed_back", 0)
    return fen


def _rest(line: Line) -> int:
    """The part of the difference between townships that no line of changes explains."""
    return -_more(line) if "reason" in line else _more(line)
