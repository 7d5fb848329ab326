"""Compares rows with each other and gives findings: one person on two rows, one account of two people; and missing details.

It reads decisions and returns findings; no decision is changed here. An error among the findings sets its row aside.
"""

from collections.abc import Iterator, Sequence, Set
from operator import attrgetter
from typing import Any

from msgspec.structs import asdict

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.contradictions import repeated, shared
from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.spell_sheet import in_time
from sanchuang_cli.domain.payroll import doubts
from sanchuang_cli.domain.payroll.sure_payees import PaidRow, namesakes
from sanchuang_cli.domain.pays import person
from sanchuang_cli.domain.people import Member
from sanchuang_cli.domain.words import narrow
from sanchuang_cli.doubles import differing_headings
from sanchuang_cli.finding import Severity
from sanchuang_cli.judging import Told
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.money import yuan


def place(record: Member) -> tuple[Any, ...]:
    """The sort key of a person on a page, independent of the order of the rows read."""
    row = record.row
    who = record.township, record.village, record.name, record.identity
    return *who, row.source.book, row.source.sheet, row.number


def doubles(decisions: Sequence[Decision], aside: Set[int]) -> tuple[list[Decision], list[Told]]:
    """The decisions that are merged into another of the same person, and the findings on all such rows.

    Rows with one identity number are all errors when they differ in anything that bears on the money, or when one of them
    is set aside. aside: the ids of the rows that are set aside.
    """
    merged: list[Decision] = []
    findings: list[Told] = []
    for rows in repeated(decisions, attrgetter("record.identity")):
        rows.sort(key=lambda row: (not row.record.bank, _content(row), place(row.record)))
        agree = not _differing(rows) and not any(id(row.record.row) in aside for row in rows)
        merged += rows[1:] if agree else []
        findings += _double_findings(rows, agree)
    return merged, findings


def _content(decision: Decision) -> str:
    """All values of a row without its place, for an order that does not depend on the books read."""
    return repr(sorted(item for item in asdict(decision.record).items() if item[0] != "row"))


def _differing(rows: Sequence[Decision]) -> list[str]:
    """What the rows differ in that bears on the money. A bank that a row does not say may be the one of another."""
    by_item = zip(_BEARING, zip(*map(_bearing, rows), strict=True), strict=True)
    banks = {narrow(row.record.bank) for row in rows} - {""}
    return [
        *(item for item, values in by_item if len(set(values)) > 1),
        *(["开户行"] if len(banks) > 1 else []),
    ]


_BEARING = ("姓名", "银行账号", "应发金额", "任职经历")


def _double_findings(rows: list[Decision], agree: bool) -> Iterator[Told]:
    severity, what = Severity.WARNING, differing_headings([row.record for row in rows])
    then = f"除{what}外各处一致，只发一份" if what else "各处一致，只发一份"
    if not agree:
        severity = Severity.ERROR
        differing = "、".join(_differing(rows))
        which = f"（{differing}）" if differing else ""
        then = f"各处对金额有影响的内容不一致{which}，都不发放、待核实"
    mend = "" if agree else "核对证件：同一人的只留正确的一行，不同的人改正号码。"
    for row in rows:
        others = "；".join(str(other.record.row.place("identity")) for other in rows if other is not row)
        message = f"身份证号 {mask(Kind.IDENTITY, row.record.identity)} 还出现在 {others}：{then}"
        yield doubts.on_person(row, "duplicate", "identity", message, severity, mend)


def _bearing(decision: Decision) -> tuple[object, ...]:
    """What bears on the money, in the order of _BEARING. Spells count too: two rows with different spells may pay the
    same sum, while the person served both and may be due more."""
    record = decision.record
    return (
        record.name,
        record.account,
        tuple(sorted(decision.payments)),
        tuple(sorted(record.spells, key=in_time)),
    )


def shared_accounts(decisions: Sequence[Decision]) -> Iterator[Told]:
    """One account under two names, or under two identity numbers: none of these people is paid, since one of them may be paid
    twice. Somebody whom no benefit concerns gets no finding, but the name and the number count."""
    for rows in shared(decisions, attrgetter("record.account"), attrgetter("record.name", "record.identity")):
        for row in rows:
            if not row.verdicts:
                continue
            others = "；".join(str(other.record.row.place("account")) for other in rows if other is not row)
            whose = "别人名下" if len({one.record.name for one in rows}) > 1 else "另一个身份证号名下"
            message = (
                f"银行账号 {mask(Kind.ACCOUNT, row.record.account)} 还写在{whose}：{others}；都不发放、待核实"
            )
            yield doubts.on_person(row, "shared-account", "account", message)


def two_numbers(decisions: Sequence[Decision]) -> Iterator[Told]:
    """One person under two numbers: nobody of that name and birth date in that village is paid."""
    # of a whole county few have a namesake born on that day, and only their payees are looked at
    alike = repeated(decisions, lambda decision: (decision.record.name, decision.record.identity[_BORN]))
    rows = [PaidRow(one.record, person(one.record), bool(one.payments)) for own in alike for one in own]
    return namesakes(rows)


_BORN = slice(6, 14)
"""Where a number says the birth date."""


def flawed_accounts(paid: Sequence[Decision]) -> Iterator[Told]:
    """A warning for everybody who is paid and whom the bank cannot pay."""
    for decision in paid:
        if flawed := flaw(decision.record.account):
            message = f"{flawed}，留在花名册上，不进银行代发文件"
            yield doubts.on_person(decision, "account", "account", message)


def to_heirs(paid: Sequence[Decision]) -> Iterator[Told]:
    """A warning for everybody dead to whom months before the period are paid."""
    for decision in paid:
        late = sum(payment.fen for payment in decision.payments if payment.arrears)
        if late and decision.record.died_on:
            said = f"{decision.record.died_on} 身故，补发身故以前的 {yuan(late)} 元，发到本人账户"
            yield doubts.on_person(decision, "to-heirs", "died_on", said)


def without_township(paid: Sequence[Decision]) -> Iterator[Told]:
    """A warning for everybody who is paid and has no township."""
    for decision in paid:
        if not decision.record.township:
            message = "没有填写乡镇，在花名册和汇总表上单独成一组"
            yield doubts.on_person(decision, "no-township", "township", message)
