"""Makes the lines and columns that explain why two figures on the pages differ: people and payments, refusals, bank and
roster.

Each reads a payroll and returns one line of arithmetic that a reader can check by hand, or "" where nothing differs.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sanchuang_cli.domain.payroll.layouts import counted
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.payroll.wording import in_yuan
from sanchuang_cli.page import Col

_MORE = "repeated"


def of_people(payroll: Payroll) -> str:
    """257 + 253 + 8 = 518 人次，518 - 1 = 517 人: why the benefits together have more people than are paid."""
    counts, heads = [len(lines) for lines in payroll.lines.values() if lines], len(payroll.paid)
    lines = sum(counts)
    if lines == heads:
        return ""
    noun, more = payroll.scheme.noun, lines - heads
    return f"人数：{' + '.join(map(str, counts))} = {lines} 人次；一人领几项{noun}，多计 {more} 人次：{lines} - {more} = {heads} 人。"


def repeated(
    counts: Sequence[Counter[Any]], heads: Counter[Any], key: Callable[[Any], Any]
) -> tuple[Col, ...]:
    """减：一人多项重计, a column of how many people a row counts too often. No column where nobody has several benefits.

    counts: the people of each benefit, by the key of a row. heads: all people, each counted once. key: of a row.
    """
    more = sum(counts, Counter[Any]()) - heads
    return (counted(_MORE, "减：一人多项重计", lambda row: more[key(row)]),) if more else ()


def formula(benefits: int, more: Sequence[Col]) -> str:
    """How 人数 follows from the columns people0, people1 … of the benefits; "" where nobody has several benefits."""
    return " + ".join(f"people{i}" for i in range(benefits)) + f" - {_MORE}" if more else ""


def of_refusals(payroll: Payroll) -> str:
    """105 项 - 2 项 - 1 人 = 102 人: why there are more refusals than people who are paid nothing."""
    of_person = Counter(id(refusal.record) for refusal in payroll.refusals)
    paid = {id(decision.record) for decision in payroll.paid}
    items, heads, also = of_person.total(), len(of_person), len(of_person.keys() & paid)
    if items == heads - also:
        return ""
    several = f" - 一人几项多计的 {items - heads} 项" if items > heads else ""
    beside = f" - 另有{payroll.scheme.noun}在发的 {also} 人" if also else ""
    return f"不予发放：{items} 项{several}{beside} = {heads - also} 人。"


def of_accounts(payroll: Payroll) -> str:
    """花名册 517 人 = 银行代发 513 人 + 无有效账户 4 人, with the sums; "" where the bank can pay everybody."""
    without = payroll.without_account
    if not without:
        return ""
    heads, fen = len(without), sum(decision.fen for decision in without)
    sent = _sum("银行代发", len(payroll.paid) - heads, payroll.fen - fen)
    return f"{_sum('花名册', len(payroll.paid), payroll.fen)} = {sent} + {_sum('无有效账户', heads, fen)}。"


def _sum(what: str, heads: int, fen: int) -> str:
    return f"{what} {heads} 人 {in_yuan(fen)}"
