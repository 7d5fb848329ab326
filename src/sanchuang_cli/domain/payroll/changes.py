"""新增、停发、变更 against the last period's pages, and what was paid for months that were not due."""

from collections import defaultdict
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.prior import Prior
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.payroll.assessment import Assessment
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.domain.payroll.scheme import ITEM
from sanchuang_cli.domain.people import Paid
from sanchuang_cli.kind import Kind
from sanchuang_cli.table import Column, Table

_ORDER = ("新增", "停发", "变更")
_COLUMNS = (
    Column("number", "序号", Kind.COUNT),
    Column("change", "变动"),
    Column("township", "乡镇"),
    Column("village", "村"),
    Column("name", "姓名", Kind.NAME),
    Column("identity", "身份证号", Kind.IDENTITY),
    ITEM,
    Column("before", "上期金额", Kind.MONEY, total=True),
    Column("now", "本期金额", Kind.MONEY, total=True),
    Column("reason", "原因", wide=True, private=True),
    Column("months", "多发月份"),
    Column("owed_back", "应收回", Kind.MONEY, total=True),
)

Key = tuple[str, str]


class _Change(NamedTuple):
    what: str
    reason: str
    months: str = ""
    owed_back: int = 0


def change_page(assessment: Assessment) -> Table | None:
    """新增停发变更表; None without --previous."""
    if assessment.previous is None:
        return None
    before: dict[Key, list[Paid]] = defaultdict(list)
    for paid in assessment.previous:
        before[paid.identity, paid.benefit].append(paid)
    now = {
        (line.decision.record.identity, benefit.name): line
        for benefit in assessment.benefits
        for line in assessment.lines[benefit.name]
    }
    refused = {d.record.identity: d for d in (*assessment.refused, *assessment.paid)}
    rows = []
    for key in before.keys() | now.keys():
        decision = refused.get(key[0])
        over = _overpaid(assessment.before, key, decision)
        change = _change(key[1], before.get(key, []), now.get(key), decision, over)
        if change:
            rows.append(_row(change, key, before.get(key, []), now.get(key)))
    rows.sort(key=lambda row: (_ORDER.index(str(row[0])), *(str(cell or "") for cell in row[1:6])))
    return Table(
        "新增停发变更",
        f"{assessment.title}新增、停发、变更表",
        tuple(assessment.scheme.headed(column) for column in _COLUMNS),
        [(number, *row) for number, row in enumerate(rows, 1)],
        group="change",
        grand_total=True,
        unit="元",
        signed=True,
    )


def _change(
    benefit: str, before: list[Paid], line: Line | None, decision: Decision | None, owed: tuple[str, int]
) -> _Change | None:
    over_months, over = owed
    if line is None:
        return _Change("停发", _why_stopped(benefit, decision), over_months, over)
    if not before:
        months = months_text([p.month for p in line.payments])
        return _Change("新增", f"发放月份 {months}" + ("，含补发" if line.arrears else ""))
    told = []
    last = before[-1]
    standard = line.standard.fen if line.standard else None
    if last.standard is not None and standard is not None and last.standard != standard:
        told.append(f"标准由 {last.standard / 100:.2f} 元变为 {standard / 100:.2f} 元")
    if last.account and last.account != line.decision.record.account:
        told.append("银行账号变更")
    if line.state in ("停发", "死亡"):
        why = next(f"{clause.name}：{clause.said}" for clause in line.over)
        told.append(f"{why}；本期发至 {months_text([max(p.month for p in line.payments)])}")
    if over:
        told.append("上期有多发的月份")
    return _Change("变更", "；".join(told), over_months, over) if told else None


def _why_stopped(benefit: str, decision: Decision | None) -> str:
    if decision is None:
        return "本期名册里没有，或待核实"
    failing = decision.refused().get(benefit)
    return f"{failing[0].name}：{failing[0].said}" if failing else "本期未申请"


def _overpaid(prior: Prior | None, key: Key, decision: Decision | None) -> tuple[str, int]:
    """Months of the last period that were paid and, as is known now, were not due; and by how much."""
    if prior is None or decision is None or key[1] not in decision.prior:
        return "", 0
    due = decision.prior[key[1]]
    undue = {at: fen for at, fen in prior.paid.get(key, {}).items() if at not in due}
    return months_text(sorted(undue)), sum(undue.values())


def _row(change: _Change, key: Key, before: list[Paid], line: Line | None) -> tuple[object, ...]:
    record = line.decision.record if line else before[-1]
    return (
        change.what,
        record.township or None,
        record.village or None,
        record.name,
        key[0],
        key[1],
        sum(paid.amount for paid in before),
        line.fen if line else 0,
        change.reason,
        change.months or None,
        change.owed_back,
    )
