"""Makes 报酬条: what one person gets, a line for each component and month, with the arithmetic. A page of details."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sanchuang_cli.domain.exact_numbers import operand, plain
from sanchuang_cli.domain.wages.verdict import COMPONENTS, MonthPay, Wage, YearPay
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Lines


class SlipLine(NamedTuple):
    """A line of somebody's slip. fen: what is paid."""

    township: str
    village: str
    name: str
    identity: str
    month: str
    item: str
    said: str
    fen: int


def _made(whole: Whole) -> Callable[[Wage], Sequence[tuple[Any, ...]]]:
    return lambda wage: (
        [line for month in wage.months for line in _of_month(wage, month)]
        + [
            _line(wage, str(year.paid), year.component, _yearly(year), year.fen)
            for year in wage.years
            if year.fen
        ]
    )


def _of_month(wage: Wage, month: MonthPay) -> list[SlipLine]:
    rests = "（整月停职）" if month.suspended else ""
    return [
        _line(wage, str(month.month), item, month.arithmetic(item) + rests, fen)
        for item, fen in month.fen.items()
        if fen
    ]


def _line(wage: Wage, month: str, item: str, said: str, fen: int) -> SlipLine:
    record = wage.record
    return SlipLine(
        record.township, record.village, record.name, record.identity, month, COMPONENTS[item], said, fen
    )


def _yearly(year: YearPay) -> str:
    known = year.coefficient
    return f"{year.year} 年计 {plain(year.served)} 个月，基数 {operand(year.basis)} 元，{known.said}".rstrip(
        "，"
    )


PAGE = Lines(
    "报酬条",
    "村干部报酬条",
    SlipLine,
    (
        *("township", "village", "name", "identity"),
        Col("month", "月份"),
        Col("item", "项目"),
        Col("said", "怎样算的", wide=True),
        Col("fen", "金额", Kind.MONEY, total=True),
    ),
    _made,
    detail=True,
)
