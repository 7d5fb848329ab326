"""新增、停发、变更 against the last period's pages, and what was paid for months that were not due."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.prior import Prior
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.payroll.layouts import BENEFIT, money
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.people import WHO, Member, Paid
from sanchuang_cli.page import Col, Page

CHANGES = ("新增", "停发", "变更")

Key = tuple[str, str]


class Change(NamedTuple):
    """What is paid otherwise than in the last period, to whom, and why. before, now: fen. months: that were paid and were
    not due, owed_back: the fen of those."""

    change: str
    record: Member | Paid
    benefit: str
    before: int
    now: int
    reason: str
    months: str
    owed_back: int

    @property
    def order(self) -> tuple[object, ...]:
        who = self.record
        return CHANGES.index(self.change), who.township, who.village, who.name, who.identity, self.benefit


def change_page(payroll: Payroll) -> Page:
    """新增停发变更表."""
    changes = sorted(_changes(payroll), key=lambda change: change.order)
    return Page(
        "新增停发变更",
        f"{payroll.scheme.matter}新增、停发、变更表",
        (
            Col("change", "变动"),
            *WHO,
            payroll.scheme.headed(BENEFIT),
            money("before", "上期金额"),
            money("now", "本期金额"),
            Col("reason", "原因", of=attrgetter("reason"), wide=True, private=True),
            Col("months", "多发月份"),
            money("owed_back", "应收回"),
        ),
        rows=lambda whole: changes,
        who=False,
        group="change",
        unit="元",
    )


def _changes(payroll: Payroll) -> Iterator[Change]:
    before: dict[Key, list[Paid]] = defaultdict(list)
    for last in payroll.previous or ():
        before[last.identity, last.benefit].append(last)
    now = {(line.record.identity, name): line for name, own in payroll.lines.items() for line in own}
    known = {one.record.identity: one for one in payroll.standing if one.payments or one.verdicts}
    for key in before.keys() | now.keys():
        paid, line, decision = before.get(key, []), now.get(key), known.get(key[0])
        months, fen = _overpaid(payroll.before, key, decision)
        what, reason = _changed(key[1], paid, line, decision, fen)
        if reason:
            record = line.record if line else paid[-1]
            was, due = sum(one.amount for one in paid), line.fen if line else 0
            yield Change(what, record, key[1], was, due, reason, months, fen)


def _changed(
    benefit: str, before: Sequence[Paid], line: Line | None, decision: Decision | None, over: int
) -> tuple[str, str]:
    """What changed, and why; "" where nothing did."""
    if line is None:
        return "停发", _why_stopped(benefit, decision)
    if not before:
        months = months_text([payment.month for payment in line.payments])
        return "新增", f"发放月份 {months}" + ("，含补发" if line.arrears else "")
    return "变更", "；".join(_otherwise(before[-1], line, over))


def _otherwise(last: Paid, line: Line, over: int) -> Iterator[str]:
    """What is otherwise for somebody who was paid and is. over: fen that were not due."""
    standard = line.standard.fen if line.standard else None
    if last.standard is not None and standard is not None and last.standard != standard:
        yield f"标准由 {last.standard / 100:.2f} 元变为 {standard / 100:.2f} 元"
    if last.account and last.account != line.record.account:
        yield "银行账号变更"
    if line.state in ("停发", "死亡"):
        why = next(f"{clause.name}：{clause.said}" for clause in line.over)
        yield f"{why}；本期发至 {months_text([max(p.month for p in line.payments)])}"
    if over:
        yield "上期有多发的月份"


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
