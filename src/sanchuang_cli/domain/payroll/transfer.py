"""What leaves the county: the lists the bank pays from, and the notices on the village board.

The bank's lists have everybody with a valid account; a notice has no identity number, account, phone or cause.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.entitlement.tariff import UNTIERED
from sanchuang_cli.domain.payroll.layouts import AMOUNT, BORN, SEX, STANDARD, TIER
from sanchuang_cli.domain.payroll.lines import Line
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.pays import Sent, bank_list, person
from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.page import Col, Page
from sanchuang_cli.posting import Notice
from sanchuang_cli.table import Table

_MOST_TIERS = 12
"""That a notice tells one by one."""
_PER = {"month": "每月", "year": "每年", "once": "一次性"}


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
            standard=standard_in_sums(benefit, payroll.lines[benefit.name]),
            period=period,
            table=table,
            posting=edition.notice,
            apart=("village", "born"),
        )
        for benefit in payroll.benefits
        for table in _posted(payroll, benefit).tables(whole, PAPER)
    )


def standard_in_sums(benefit: Benefit, lines: Sequence[Line]) -> str:
    """The clauses, and what is paid by them: of each tier that somebody is in, the sum, or from which to which it goes."""
    clauses = f"{benefit.clause}，标准见{benefit.amount[-1].clause}"
    tiers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in (line.standard for line in lines if line.standard):
        label = "每人" if one.label == UNTIERED else one.label.replace(" ", "")
        tiers[label, _PER[one.per]].add(one.fen)
    if len(tiers) > _MOST_TIERS:
        tiers = {
            ("各档", per): set.union(*(tiers[key] for key in tiers if key[1] == per)) for _, per in tiers
        }
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (label, per), fen in sorted(tiers.items(), key=lambda tier: (-max(tier[1]), tier[0])):
        alike[per, _sums(fen)].append(label)
    told = [f"{'、'.join(labels)}{per}{sums}" for (per, sums), labels in alike.items()]
    return f"{clauses}{'：' * bool(told)}{'；'.join(told)}。"


def _sums(fen: Collection[int]) -> str:
    least, most = (f"{yuan(one):,.2f}".removesuffix(".00") for one in (min(fen), max(fen)))
    return f"{least}元" if least == most else f"{least}元至{most}元"


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
