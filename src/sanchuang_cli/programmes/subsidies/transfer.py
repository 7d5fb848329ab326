"""What leaves the county: the list the bank pays from, and the notice on the village board.

The bank list has everybody with a valid account once; the notice has no identity number, account, phone or cause.
"""

from collections import Counter
from typing import Any

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.kind import Kind
from sanchuang_cli.programmes.subsidies.assessment import Assessment
from sanchuang_cli.programmes.subsidies.pages import Line, lines
from sanchuang_cli.report.table import Column, Table


def bank_page(assessment: Assessment) -> Table:
    """One line a person: all that is due to one account."""
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("township", "乡镇", Kind.NAME),
        Column("village", "村", Kind.NAME),
        Column("name", "户名", Kind.NAME),
        Column("identity", "身份证号", Kind.IDENTITY),
        Column("bank", "开户行"),
        Column("account", "账号", Kind.ACCOUNT),
        Column("amount", "金额", Kind.MONEY, total=True),
        Column("purpose", "用途"),
    )
    rows: list[tuple[Any, ...]] = []
    for decision in assessment.paid:
        record = decision.record
        if flaw(record.account):
            continue
        purpose = "、".join(dict.fromkeys(payment.benefit for payment in decision.payments))
        where = record.township or None, record.village or None
        sent = record.bank or None, record.account, decision.fen, purpose
        rows.append((len(rows) + 1, *where, record.name, record.identity, *sent))
    kept_back = sum(d.fen for d in assessment.paid if flaw(d.record.account))
    assert sum(row[-2] for row in rows) + kept_back == assessment.fen, "the bank's list does not add up"
    return Table(
        "银行代发",
        f"{assessment.period.title}生活补贴银行代发名单",
        columns,
        rows,
        grand_total=True,
        unit="元",
    )


def notice_pages(assessment: Assessment) -> tuple[Table, ...]:
    """公示 of each benefit that is paid; people of one name in one village are told apart by their year of birth."""
    return tuple(
        _notice(assessment, benefit.name, benefit.clause, found)
        for benefit in assessment.benefits
        if (found := lines(assessment, benefit.name))
    )


def _notice(assessment: Assessment, benefit: str, clause: str, found: list[Line]) -> Table:
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("township", "乡镇", Kind.NAME),
        Column("village", "村", Kind.NAME),
        Column("name", "姓名", Kind.NAME),
        Column("sex", "性别"),
        Column("tier", "档次"),
        Column("standard", "补贴标准", Kind.MONEY),
        Column("count", "发放月数", Kind.COUNT),
        Column("amount", "金额", Kind.MONEY, total=True),
    )
    names = Counter(_whom(line) for line in found)
    rows: list[tuple[Any, ...]] = []
    for line in found:
        township, village, name = _whom(line)
        shown = f"{name}（{line.born.day.year}年生）" if names[township, village, name] > 1 else name
        standard = line.verdict.standards[max(line.verdict.standards)] if line.verdict.standards else None
        of_standard = (standard.label, standard.fen) if standard else (None, None)
        tail = len(line.payments), line.fen
        rows.append(
            (len(rows) + 1, township or None, village or None, shown, line.born.sex, *of_standard, *tail)
        )
    return Table(
        f"公示-{benefit}",
        f"{assessment.period.title}{benefit}公示",
        columns,
        rows,
        group="township",
        unit="元",
        notes=(f"依据：{assessment.policy.on(assessment.period.last).title}，{clause}。",),
    )


def _whom(line: Line) -> tuple[str, str, str]:
    record = line.decision.record
    return record.township, record.village, record.name
