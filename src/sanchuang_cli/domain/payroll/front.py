"""What the first page says of a payroll: how much for how many, for what, how much of it is made good, and what changed."""

from collections.abc import Iterator
from operator import itemgetter

from sanchuang_cli.domain.payroll.changes import CHANGES
from sanchuang_cli.domain.payroll.changes import NAME as LISTED
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.front import Figure, Figures, Line, having
from sanchuang_cli.judging import Whole

_AMOUNT, _ARREARS = itemgetter("amount"), itemgetter("arrears")


def front(whole: Whole) -> Iterator[Figures]:
    """People and money, over all that is paid and of each benefit; against the last period, where it was given."""
    payroll: Payroll = whole.more
    pages = {benefit.name: f"{benefit.name}花名册" for benefit in payroll.benefits}
    yield Figures("本期发放", tuple(pages.values()), tuple(_total(payroll)), once="identity")
    for name, page in pages.items():
        yield Figures(f"按{payroll.scheme.noun}项目", (page,), (Figure(name, fen=_AMOUNT),), once="identity")
    yield Figures("无有效账户", ("无有效账户名单",), (Figure("留在花名册上，另行发放", fen=_AMOUNT),))
    if payroll.before:
        yield from _compared(payroll.before.period.title)


def _total(payroll: Payroll) -> Iterator[Figure]:
    """What is paid; where any of it is made good, what of it falls to the period and what to earlier months."""
    yield Figure("合计", fen=_AMOUNT)
    if any(line.arrears for lines in payroll.lines.values() for line in lines):
        yield Figure("其中：本期应发", _of_the_period, fen=_of_the_period)
        yield Figure("其中：补发", _ARREARS, fen=_ARREARS)


def _of_the_period(line: Line) -> int:
    fen: int = line["amount"] - line["arrears"]
    return fen


def _compared(title: str) -> Iterator[Figures]:
    """By how much more or less than in the period of that title, what of it comes of whoever is new, stopped, or paid
    otherwise, and what of the rest; and what is asked back."""
    block, both = f"比{title}增减", "两期对比"
    yield Figures(block, (both,), (Figure("合计", many="people_change", fen=_more),))
    yield Figures(block, (LISTED,), tuple(having("change", said, fen=_more) for said in CHANGES))
    yield Figures(block, (both, LISTED), (Figure("其他，如发放的月数不同", many=None, fen=_rest),))
    yield Figures(LISTED, (LISTED,), (Figure("上期多发、应收回", _owed_back, fen=_owed_back),))


def _owed_back(line: Line) -> int | None:
    """What is asked back; the page has the column only where somebody was paid too much."""
    fen: int | None = line.get("owed_back")
    return fen


def _more(line: Line) -> int:
    fen: int = line["now"] - line["before"]
    return fen


def _rest(line: Line) -> int:
    """Of the townships' differences what no line of changes says."""
    return -_more(line) if "reason" in line else _more(line)
