"""What rows say of one another, and what is told of those who are paid: doubles, shared accounts, flawed ones.

Nothing here writes to a decision: a row against which an error is found is set aside by that.
"""

from collections.abc import Iterator, Sequence, Set
from typing import Any

from msgspec.structs import asdict

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.contradictions import repeated, shared
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.spell_sheet import in_time
from sanchuang_cli.domain.payroll import doubts
from sanchuang_cli.domain.people import Member
from sanchuang_cli.finding import Severity
from sanchuang_cli.judging import Told
from sanchuang_cli.kind import Kind, mask


def place(record: Member) -> tuple[Any, ...]:
    """Where somebody stands among those of a page, whatever the order of the rows."""
    row = record.row
    who = record.township, record.village, record.name, record.identity
    return *who, row.source.book, row.source.sheet, row.number


def doubles(decisions: Sequence[Decision], aside: Set[int]) -> tuple[list[Decision], list[Told]]:
    """Those that are merged into another of the same person, and what is odd. Rows with one identity number that
    disagree on the money, or of which one is among `aside`, are all in error."""
    merged: list[Decision] = []
    found: list[Told] = []
    for rows in repeated(decisions, lambda decision: decision.record.identity):
        rows.sort(key=lambda row: (_content(row), place(row.record)))
        agree = len({_bearing(row) for row in rows}) == 1 and not any(
            id(row.record.row) in aside for row in rows
        )
        merged += rows[1:] if agree else []
        found += _double_findings(rows, agree)
    return merged, found


def _content(decision: Decision) -> str:
    """What a row says, wherever it stands."""
    return repr(sorted(item for item in asdict(decision.record).items() if item[0] != "row"))


def _double_findings(rows: list[Decision], agree: bool) -> Iterator[Told]:
    severity = Severity.WARNING if agree else Severity.ERROR
    apart = "、".join(
        what
        for what, said in zip(
            ("姓名", "银行账号", "应发金额", "任职经历"), zip(*map(_bearing, rows), strict=True), strict=True
        )
        if len(set(said)) > 1
    )
    then = (
        "各处一致，只发一份"
        if agree
        else f"各处对金额有影响的内容不一致{f'（{apart}）' if apart else ''}，都不发放、待核实"
    )
    for row in rows:
        others = "；".join(str(other.record.row.place("identity")) for other in rows if other is not row)
        message = f"身份证号 {mask(Kind.IDENTITY, row.record.identity)} 还出现在 {others}：{then}"
        yield doubts.of(row, "duplicate", "identity", message, severity)


def _bearing(decision: Decision) -> tuple[object, ...]:
    """All that bears on the money: who, where to, what; and the spells, which may pay alike and be worth more together."""
    record = decision.record
    return (
        record.name,
        record.account,
        tuple(sorted(decision.payments)),
        tuple(sorted(record.spells, key=in_time)),
    )


def shared_accounts(decisions: Sequence[Decision]) -> Iterator[Told]:
    """One account under two names: none of them is paid. Who is concerned by no benefit is no payee, but a name all the
    same."""
    for rows in shared(decisions, lambda one: one.record.account, lambda one: one.record.name):
        for row in rows:
            if not row.verdicts:
                continue
            others = "；".join(str(other.record.row.place("account")) for other in rows if other is not row)
            message = f"银行账号 {mask(Kind.ACCOUNT, row.record.account)} 还写在别人名下：{others}；都不发放、待核实"
            yield doubts.of(row, "shared-account", "account", message)


def flawed_accounts(decisions: Sequence[Decision]) -> Iterator[Told]:
    for decision in decisions:
        flawed = flaw(decision.record.account) if decision.payments else ""
        if flawed:
            message = f"{flawed}，留在花名册上，不进银行代发文件"
            yield doubts.of(decision, "account", "account", message)


def without_township(decisions: Sequence[Decision]) -> Iterator[Told]:
    for decision in decisions:
        if decision.payments and not decision.record.township:
            message = "没有填写乡镇，在花名册和汇总表上单独成一组"
            yield doubts.of(decision, "no-township", "township", message)
