"""What leaves the county: the lists the bank pays from, and the notices on the village board.

The bank's lists have everybody with a valid account; a notice has no identity number, account, phone or cause.
"""

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.payroll.assessment import Assessment
from sanchuang_cli.domain.payroll.lines import Line, payee
from sanchuang_cli.domain.payroll.scheme import RATE
from sanchuang_cli.kind import Kind
from sanchuang_cli.posting import Notice
from sanchuang_cli.table import Column, Table, Value


def payments(assessment: Assessment) -> tuple[Table, ...]:
    """For each benefit, one line a person who can be paid through the bank."""
    tables = [_payments(assessment, benefit) for benefit in assessment.benefits]
    sent = sum(row[table.index("amount")] for table in tables for row in table.rows)
    kept_back = sum(decision.fen for decision in assessment.paid if flaw(decision.record.account))
    assert sent + kept_back == assessment.fen, "the bank's lists do not add up"
    return tuple(table for table in tables if table.rows)


def _payments(assessment: Assessment, benefit: Benefit) -> Table:
    columns = (
        Column("township", "乡镇"),
        Column("village", "村"),
        Column("name", "户名", Kind.NAME),
        Column("identity", "身份证号", Kind.IDENTITY),
        Column("bank", "开户行"),
        Column("account", "账号", Kind.ACCOUNT),
        Column("amount", "金额", Kind.MONEY, total=True),
    )
    paid = ((payee(line.decision.record), line.fen) for line in assessment.lines[benefit.name])
    rows = [
        (p.township or None, p.village or None, p.name, p.key, p.bank or None, p.account, fen)
        for p, fen in paid
        if not flaw(p.account)
    ]
    title = f"{assessment.period.title}{benefit.name}银行代发名单"
    return Table(benefit.name, title, columns, rows, grand_total=True, unit="元")


def notices(assessment: Assessment) -> tuple[Notice, ...]:
    """公示 of each benefit that is paid; none where the policy does not say how results are posted."""
    edition = assessment.policy.on(assessment.period.last)
    if edition.notice is None:
        return ()
    period = assessment.period.title
    return tuple(
        Notice(
            name=f"{benefit.name}公示",
            title=f"关于{period}{benefit.name}的公示",
            basis=(f"《{edition.title}》（{benefit.document or edition.document}）",),
            what=f"{period}{benefit.name}发放对象和金额",
            standard=f"{benefit.clause}，标准见{benefit.amount[-1].clause}。",
            period=period,
            table=_posted(assessment, benefit, found),
            posting=edition.notice,
            apart=("village", "born"),
        )
        for benefit in assessment.benefits
        if (found := assessment.lines[benefit.name])
    )


def _posted(assessment: Assessment, benefit: Benefit, found: list[Line]) -> Table:
    columns = (
        Column("number", "序号", Kind.COUNT),
        Column("township", "乡镇"),
        Column("village", "村"),
        Column("name", "姓名", Kind.NAME),
        Column("sex", "性别"),
        Column("born", "出生日期", Kind.DATE, private=True),
        Column("tier", "档次"),
        assessment.scheme.headed(RATE),
        Column("months", "发放月数", Kind.COUNT),
        Column("amount", "金额", Kind.MONEY, total=True),
    )
    rows = [(number, *_line(line)) for number, line in enumerate(found, 1)]
    title = f"{assessment.period.title}{benefit.name}发放名单"
    return Table("公示名单", title, columns, rows, group="township", grand_total=True, unit="元")


def _line(line: Line) -> tuple[Value, ...]:
    record = line.decision.record
    where = record.township or None, record.village or None, record.name
    of_standard = (line.standard.label, line.standard.fen) if line.standard else (None, None)
    return *where, line.born.sex, line.born.day, *of_standard, len(line.payments), line.fen
