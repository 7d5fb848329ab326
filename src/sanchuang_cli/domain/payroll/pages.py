"""Makes the 花名册 of a benefit: one row for each person who is paid, by township, for the finance bureau."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.payroll.layouts import BENEFIT, REACHED, SERVICE
from sanchuang_cli.domain.payroll.lines import PaymentLine
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.page import Col, Page, cols
from sanchuang_cli.period import Month, VagueDate


def roster_page(payroll: Payroll, benefit: Benefit) -> Page:
    """发放花名册 of one benefit."""
    return Page(
        f"{benefit.name}花名册",
        f"{benefit.name}发放花名册",
        [payroll.scheme.headed(column) for column in _layout(payroll, benefit)],
        rows=lambda whole: payroll.lines[benefit.name],
        who=False,
        group="township",
        unit="元",
        notes=tuple(_notes(payroll, benefit)),
    )


def _layout(payroll: Payroll, benefit: Benefit) -> list[Col]:
    """The columns of a benefit's page: its layout without service or age where the benefit does not depend on them.
    Columns that the policy adds to the roster stand before the money, if anybody has something in them."""
    idle = (*(() if benefit.service else SERVICE), *(() if benefit.age else (REACHED,)))
    usual = [column for column in cols(payroll.scheme.layouts[benefit.page]) if column not in idle]
    at = usual.index(BENEFIT)
    return [*usual[:at], *_extras(payroll, benefit), *usual[at:]]


def _extras(payroll: Payroll, benefit: Benefit) -> Iterator[Col]:
    lines = payroll.lines[benefit.name]
    filled = {name for line in lines for name, value in line.record.more.items() if value}
    for extra in payroll.at.policy.column:
        if extra.page == benefit.page and extra.heading in filled:
            yield Col(
                extra.heading, extra.heading, extra.field.kind, partial(_extra, extra.heading), private=True
            )


def _extra(heading: str, line: PaymentLine) -> Any:
    value = line.record.more.get(heading)
    return str(value) if isinstance(value, VagueDate) else value


def _notes(payroll: Payroll, benefit: Benefit) -> Iterator[str]:
    lines = payroll.lines[benefit.name]
    ruled = payroll.ruled(benefit)
    yield from dict.fromkeys(
        f"依据：{one.document or edition.document}，{one.clause}。" for edition, one in ruled
    )
    paid = sorted({payment.month for line in lines for payment in line.payments})
    amounts = (benefit.amount_in_force(Month.at(at).first) for at in paid)
    for mark in dict.fromkeys(amount.mark for amount in amounts if amount and amount.mark):
        yield f"标准注明：{mark}。"
    if any(line.withheld for line in lines):
        yield "扣发：因暂停未发或抵扣以前所领的，已从本期金额中减去。"
