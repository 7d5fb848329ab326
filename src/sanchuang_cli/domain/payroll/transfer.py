"""Makes what leaves the county: the lists that the bank pays from, and the notices (公示) on the village board.

It makes tables from a payroll. The bank's lists have everybody with a valid account. A notice has no identity number,
account, phone number or cause of hardship.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sanchuang_cli.domain.entitlement.policy import Benefit
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.entitlement.tariff import UNTIERED
from sanchuang_cli.domain.payroll.layouts import AMOUNT, BORN, SEX, STANDARD, TIER
from sanchuang_cli.domain.payroll.lines import PaymentLine
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.payroll.wording import EACH, basis_text
from sanchuang_cli.domain.pays import Sent, bank_list, person
from sanchuang_cli.domain.people import PAPER
from sanchuang_cli.judging import Whole
from sanchuang_cli.kind import Kind
from sanchuang_cli.money import yuan
from sanchuang_cli.page import Col, Page
from sanchuang_cli.period import Month
from sanchuang_cli.posting import Notice
from sanchuang_cli.table import Table

_MOST_TIERS = 12
"""More tiers than these would fill a page; a notice then gives the lowest and the highest sum instead."""


def payments(whole: Whole) -> tuple[Table, ...]:
    """A list for each benefit that is paid, with a line for each person whom the bank can pay."""
    payroll: Payroll = whole.more
    tables = [
        bank_list(name, (Sent(person(line.record), line.fen) for line in lines), whole)
        for name, lines in payroll.lines.items()
        if lines
    ]
    sent = sum(row[table.index("amount")] for table in tables for row in table.rows)
    kept_back = sum(decision.fen for decision in payroll.without_account)
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
            basis=tuple(dict.fromkeys(basis_text(one, own.document) for one, own in payroll.ruled(benefit))),
            what=f"{period}{benefit.name}发放对象和金额",
            standard=standard_in_sums(benefit, payroll.lines[benefit.name]) + _before(payroll, benefit),
            period=period,
            table=table,
            posting=edition.notice,
            apart=("village", "born"),
        )
        for benefit in payroll.benefits
        for table in _posted(payroll, benefit).tables(whole, PAPER)
    )


def _before(payroll: Payroll, benefit: Benefit) -> str:
    """What months of the period were paid by an edition before the last, in sums; "" where it rules them all."""
    *earlier, _ = payroll.ruled(benefit)
    told, editions = [], payroll.at.editions
    for edition, own in earlier:
        paid = [
            payment
            for line in payroll.lines[benefit.name]
            for payment in line.payments
            if not payment.arrears and editions.on(Month.at(payment.month).first) is edition
        ]
        if paid:
            months, sums = sorted({one.month for one in paid}), _sums({one.fen for one in paid})
            told.append(
                f"{months_text(months)}按{basis_text(edition, own.document)}{own.clause}，每月{sums}。"
            )
    return "".join(told)


def standard_in_sums(benefit: Benefit, lines: Sequence[PaymentLine]) -> str:
    """The clauses, and what they pay: the sum of each tier that has people in it, or its lowest and highest sum."""
    tiers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for standard in (line.standard for line in lines if line.standard):
        label = "每人" if standard.label == UNTIERED else standard.label.replace(" ", "")
        tiers[label, EACH[standard.per]].add(standard.fen)
    if len(tiers) > _MOST_TIERS:
        tiers = _without_tiers(tiers)
    # Tiers with the same sum share a phrase; the highest sums come first.
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (label, per), fen in sorted(tiers.items(), key=lambda tier: (-max(tier[1]), tier[0])):
        alike[per, _sums(fen)].append(label)
    phrases = "；".join(f"{'、'.join(labels)}{per}{sums}" for (per, sums), labels in alike.items())
    clauses = f"{benefit.clause}，标准见{'、'.join(_tables(benefit, lines))}"
    return f"{clauses}：{phrases}。" if phrases else f"{clauses}。"


def _tables(benefit: Benefit, lines: Sequence[PaymentLine]) -> list[str]:
    """The clauses of the tables by which the months of the lines were priced; of the newest where there are no lines."""
    months = {payment.month for line in lines for payment in line.payments}
    used = [amount for month in months if (amount := benefit.amount_in_force(Month.at(month).first))]
    clauses = dict.fromkeys(amount.clause for amount in benefit.amount if amount in used)
    return list(clauses) or [benefit.amount[-1].clause]


def _without_tiers(tiers: Mapping[tuple[str, str], set[int]]) -> dict[tuple[str, str], set[int]]:
    """All sums of one unit as one tier, 各档."""
    merged: dict[tuple[str, str], set[int]] = defaultdict(set)
    for (_, per), fen in tiers.items():
        merged["各档", per] |= fen
    return merged


def _sums(fen: Collection[int]) -> str:
    lowest, highest = (f"{yuan(limit):,.2f}".removesuffix(".00") for limit in (min(fen), max(fen)))
    return f"{lowest}元" if lowest == highest else f"{lowest}元至{highest}元"


def _cause(lines: Sequence[PaymentLine]) -> tuple[Col, ...]:
    """The cause of hardship, where somebody has one: never printed, so that nothing printed may tell it."""
    has_one = any(getattr(line.record, "cause", "") for line in lines)
    cause = Col("cause", "困难情况", of=lambda line: getattr(line.record, "cause", "") or None, private=True)
    return (cause,) if has_one else ()


def _posted(payroll: Payroll, benefit: Benefit) -> Page:
    """The people who are paid a benefit; no page where there are none."""
    return Page(
        "公示名单",
        f"{benefit.name}发放名单",
        (
            *("township", "village", "name"),
            *(SEX, BORN, *_cause(payroll.lines[benefit.name]), TIER, payroll.scheme.headed(STANDARD)),
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
