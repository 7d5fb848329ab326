"""Makes the pages that say why a row comes to its sums: the conditions, then each figure with its arithmetic, its clause and
the cells it read.
"""

from collections.abc import Iterator
from fractions import Fraction

from sanchuang_cli.domain.exact_numbers import operand, plain
from sanchuang_cli.domain.wages.verdict import BASE, COMPONENTS, DUAL, MonthPay, PayPiece, Wage, YearPay
from sanchuang_cli.explaining import explanation
from sanchuang_cli.judging import Reason, Whole
from sanchuang_cli.money import yuan
from sanchuang_cli.table import Table


def pages(wage: Wage, whole: Whole) -> tuple[Table, ...]:
    """The explanation of one row."""
    return (explanation(wage.record, (*wage.reasons, *figures(wage)), wage.part),)


def outcome(wage: Wage, whole: Whole) -> str:
    """What came of a row, in a word or two."""
    return f"{wage.part} {yuan(wage.fen)} 元" if wage.fen else wage.part


def figures(wage: Wage) -> Iterator[Reason]:
    """Every sum of a row."""
    for month in wage.months:
        for piece in month.pieces:
            yield from _standards(month, piece)
        yield from _paid(month)
    for year in wage.years:
        yield from _yearly(year)


def _standards(month: MonthPay, piece: PayPiece) -> Iterator[Reason]:
    for standard in piece.standards.standards:
        amount = standard.sum
        reads = tuple(dict.fromkeys(amount.reads))
        what = f"{month.month} {COMPONENTS[standard.item]}标准"
        said = amount.said if len(month.pieces) == 1 else f"{piece.edition.effective} 起的一版：{amount.said}"
        yield Reason(what, said, standard.clause, None, reads, amount.rests_on)


def _paid(month: MonthPay) -> Iterator[Reason]:
    """What is paid of the month's standards."""
    rule, runs = month.edition.months, month.stretch.runs
    held = "、".join(f"{first} 日至 {last} 日" for first, last in runs)
    days = f"{held}在任，计 {plain(month.share)} 个月"
    for item, fen in month.fen.items():
        cut = len(month.pieces) > 1 or (item == DUAL and month.share != 1)
        how = f"{month.arithmetic(item)} = " if cut else ""
        said, clause = f"{days}：{how}{yuan(fen)} 元", rule.clause
        if item == DUAL and (dual := month.edition.dual):
            part = "" if month.twice == 1 else f"，同时任两职的日子占 {plain(month.twice)}"
            said, clause = f"兼职按 {plain(dual.percent)}%{part}，另加 {how}{yuan(fen)} 元", dual.clause
        yield Reason(f"{month.month} {COMPONENTS[item]}", said, clause, None, ("started", "ended"))
    if month.suspended:
        clause = month.edition.suspension.clause
        said = "整月停职，" + ("只发基本报酬" if BASE in month.fen else "不发")
        yield Reason(f"{month.month} 停职", said, clause, None, ("suspended_from", "suspended_to"))


def _yearly(year: YearPay) -> Iterator[Reason]:
    title = f"{year.year} 年{COMPONENTS[year.component]}"
    for basis in {month.basis.said: month.basis for month in year.months}.values():
        months = sum((month.share for month in year.months if month.basis.said == basis.said), Fraction(0))
        said = f"{basis.said}，计 {plain(months)} 个月"
        yield Reason(f"{title}基数", said, year.clause, None, basis.reads, basis.rests_on)
    known = year.coefficient
    if known.said:
        yield Reason(f"{title}系数", known.said, year.clause, None, ("identity",), known.rests_on)
    if known.value is None:
        yield Reason(title, "等着，不发", year.clause)
        return
    said = f"{operand(year.basis)} × {operand(known.value)} = {yuan(year.fen)} 元，{year.paid} 发"
    if year.cut:
        said = f"本村合计超过限额，按比例减为 {yuan(year.fen)} 元，{year.paid} 发"
    yield Reason(title, said, year.clause)
