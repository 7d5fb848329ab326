"""The 花名册 of each benefit: one line a person, by township, as the finance bureau gets it."""

from collections.abc import Callable, Iterator
from typing import Any

from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.payroll.layouts import BENEFIT, REACHED, SERVICE
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.page import Col, Page, cols
from sanchuang_cli.period import Month, VagueDate


def roster_page(payroll: Payroll, benefit: Benefit) -> Page:
    """发放花名册 of one benefit."""
    found = payroll.lines[benefit.name]
    return Page(
        f"{benefit.name}花名册",
        f"{benefit.name}发放花名册",
        [payroll.scheme.headed(column) for column in _layout(payroll, benefit)],
        rows=lambda whole: found,
        who=False,
        group="township",
        unit="元",
        notes=tuple(_notes(payroll, benefit)),
    )


def _layout(payroll: Payroll, benefit: Benefit) -> list[Col]:
    """The columns of a benefit's page: its layout, without what the benefit does not go by, and before what is paid
    those of the document's own that are filled."""
    idle = (*(() if benefit.service else SERVICE), *(() if benefit.age else (REACHED,)))
    usual = [one for one in cols(payroll.scheme.layouts[benefit.page]) if one not in idle]
    at = usual.index(BENEFIT)
    return [*usual[:at], *_own(payroll, benefit), *usual[at:]]


def _own(payroll: Payroll, benefit: Benefit) -> Iterator[Col]:
    found = payroll.lines[benefit.name]
    filled = {name for line in found for name, value in line.record.more.items() if value}
    for extra in payroll.at.policy.column:
        head = extra.heading
        if extra.page == benefit.page and head in filled:
            yield Col(head, head, extra.field.kind, _extra(head), private=True)


def _extra(heading: str) -> Callable[[Line], Any]:
    def of(line: Line) -> Any:
        value = line.record.more.get(heading)
        return str(value) if isinstance(value, VagueDate) else value

    return of


def _notes(payroll: Payroll, benefit: Benefit) -> Iterator[str]:
    found = payroll.lines[benefit.name]
    yield f"依据：{benefit.document or payroll.at.policy.document}，{benefit.clause}。"
    paid = sorted({payment.month for line in found for payment in line.payments})
    amounts = (benefit.amount_in_force(Month.at(at).first) for at in paid)
    for mark in dict.fromkeys(amount.mark for amount in amounts if amount and amount.mark):
        yield f"标准注明：{mark}。"
    if any(line.withheld for line in found):
        yield "扣发：因暂停未发或抵扣以前所领的，已从本期金额中减去。"
