"""What the first page says of a payroll: how much for how many, for what, how much of it is made good, and what changed."""

from collections.abc import Iterator
from operator import itemgetter

from sanchuang_cli.domain.payroll.changes import CHANGES
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
        yield _compared(payroll.before.period.title)


def _total(payroll: Payroll) -> Iterator[Figure]:
    """What is paid; where any of it is made good, what of it falls to the period and what to earlier months."""
    yield Figure("合计", fen=_AMOUNT)
    if any(line.arrears for lines in payroll.lines.values() for line in lines):
        yield Figure("其中：本期应发", _of_the_period, fen=_of_the_period)
        yield Figure("其中：补发", _ARREARS, fen=_ARREARS)


def _of_the_period(line: Line) -> int:
    fen: int = line["amount"] - line["arrears"]
    return fen


def _compared(title: str) -> Figures:
    pages = ("新增停发变更",)
    changes = (having("change", said, fen=lambda line: line["now"] - line["before"]) for said in CHANGES)
    return Figures(
        f"与{title}比",
        pages,
        (*changes, Figure("上期多发、应收回", itemgetter("owed_back"), fen=itemgetter("owed_back"))),
    )
