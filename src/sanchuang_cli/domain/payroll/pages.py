"""The 花名册 of each benefit: one line a person, by township, as the finance bureau gets it."""

from collections.abc import Callable
from typing import Any

from sanchuang_cli.domain.entitlement.policy import Benefit, Entitlements
from sanchuang_cli.domain.payroll.assessment import Assessment
from sanchuang_cli.domain.payroll.layouts import BENEFIT, NUMBER, REACHED, SERVICE, Shown
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.table import Column, Table

_OF_SERVICE = frozenset(shown.column.name for shown in SERVICE)


def _layout(assessment: Assessment, benefit: Benefit, edition: Entitlements) -> tuple[Shown, ...]:
    """The columns of a benefit's page: its layout, without what the benefit does not go by, and before what is paid
    those of the document's own that are filled."""
    found = assessment.lines[benefit.name]
    filled = {name for line in found for name, value in line.decision.record.more.items() if value}
    own = tuple(
        Shown(Column(extra.heading, extra.heading, extra.field.kind, private=True), _extra(extra.heading))
        for extra in edition.column
        if extra.page == benefit.page and extra.heading in filled
    )
    idle = (frozenset() if benefit.service else _OF_SERVICE) | (
        frozenset() if benefit.age else {REACHED.column.name}
    )
    usual = [shown for shown in assessment.scheme.layouts[benefit.page] if shown.column.name not in idle]
    at = usual.index(BENEFIT)
    return (*usual[:at], *own, *usual[at:])


def _extra(heading: str) -> Callable[[Line], Any]:
    def of(line: Line) -> Any:
        value = line.decision.record.more.get(heading)
        return str(value) if isinstance(value, VagueDate) else value

    return of


def roster_page(assessment: Assessment, benefit: Benefit) -> Table:
    """发放花名册 of one benefit."""
    found = assessment.lines[benefit.name]
    edition = assessment.policy.on(assessment.period.last)
    layout = _layout(assessment, benefit, edition)
    columns = ([shown.of(line) for line in found] for shown in layout)
    rows = list(zip(range(1, len(found) + 1), *columns, strict=True))
    paid = sorted({payment.month for line in found for payment in line.payments})
    amounts = (benefit.amount_in_force(Month.at(at).first) for at in paid)
    marks = dict.fromkeys(amount.mark for amount in amounts if amount and amount.mark)
    return Table(
        name=f"{benefit.name}花名册",
        title=f"{assessment.period.title}{benefit.name}发放花名册",
        columns=(NUMBER, *(assessment.scheme.headed(shown.column) for shown in layout)),
        rows=rows,
        group="township",
        grand_total=True,
        unit="元",
        notes=(
            f"依据：{benefit.document or edition.document}，{benefit.clause}。",
            *(f"标准注明：{mark}。" for mark in marks),
            *(
                ("扣发：因暂停未发或抵扣以前所领的，已从本期金额中减去。",)
                if any(line.withheld for line in found)
                else ()
            ),
        ),
        signed=True,
    )
