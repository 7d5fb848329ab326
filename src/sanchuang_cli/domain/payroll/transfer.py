"""What leaves the county: the lists the bank pays from, and the notices on the village board.

The bank's lists have everybody with a valid account; a notice has no identity number, account, phone or cause.
"""

from dataclasses import replace

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.payroll.layouts import AMOUNT, BORN, SEX, STANDARD, TIER
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.pays import Sent, bank_list, person
from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.page import Col, Page
from sanchuang_cli.posting import Notice
from sanchuang_cli.table import Table


def payments(whole: Whole) -> tuple[Table, ...]:
    """For each benefit that is paid, one line a person who can be paid through the bank."""
    payroll: Payroll = whole.more
    tables = [
        bank_list(name, (Sent(person(line.record), line.fen) for line in lines), whole)
        for name, lines in payroll.lines.items()
        if lines
    ]
    sent = sum(row[table.index("amount")] for table in tables for row in table.rows)
    kept_back = sum(decision.fen for decision in payroll.paid if flaw(decision.record.account))
    assert sent + kept_back == payroll.fen, "the bank's lists do not add up"
    return tuple(tables)


def notices(whole: Whole) -> tuple[Notice, ...]:
    """公示 of each benefit that is paid; none where the policy does not say how results are posted."""
    payroll: Payroll = whole.more
    edition, period = whole.at.policy, whole.title
    if edition.notice is None:
        return ()
    return tuple(
        Notice(
            name=f"{benefit.name}公示",
            title=f"关于{period}{benefit.name}的公示",
            basis=(f"《{edition.title}》（{benefit.document or edition.document}）",),
            what=f"{period}{benefit.name}发放对象和金额",
            standard=f"{benefit.clause}，标准见{benefit.amount[-1].clause}。",
            period=period,
            table=table,
            posting=edition.notice,
            apart=("village", "born"),
        )
        for benefit in payroll.benefits
        for table in _posted(payroll, benefit).tables(whole, PAPER)
    )


def _posted(payroll: Payroll, benefit: Benefit) -> Page:
    """Who is paid a benefit; no page where nobody is."""
    return Page(
        "公示名单",
        f"{benefit.name}发放名单",
        (
            *("township", "village", "name"),
            *(SEX, BORN, TIER, payroll.scheme.headed(STANDARD)),
            Col("months", "发放月数", Kind.COUNT, of=lambda line: len(line.payments)),
            replace(AMOUNT, title="金额"),
        ),
        rows=lambda whole: payroll.lines[benefit.name],
        who=False,
        group="township",
        unit="元",
        signed=False,
        only_if_any=True,
    )
