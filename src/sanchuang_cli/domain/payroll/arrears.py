"""Compares a run with the last period's result and gives findings: people who vanished or changed their number, and arrears.

It reads decisions and the last result and returns findings. It is the only place where an earlier payment can set a row
aside.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from sanchuang_cli.domain.entitlement.decisions import Decision, Payment
from sanchuang_cli.domain.entitlement.prior import Prior
from sanchuang_cli.domain.entitlement.row_troubles import finding
from sanchuang_cli.domain.entitlement.rulebook import months_text
from sanchuang_cli.domain.payroll import doubts
from sanchuang_cli.domain.payroll.scheme import Scheme
from sanchuang_cli.domain.people import Paid
from sanchuang_cli.domain.same_person import Homes
from sanchuang_cli.finding import Place, Severity
from sanchuang_cli.judging import Told
from sanchuang_cli.money import yuan

_ANOTHER = {
    "known-birth": ("identity", "上期结果里有姓名、出生日期都相同的另一个号码"),
    "known-account": ("account", "上期结果里这个银行账号属于另一个身份证号"),
    "known-home": (
        "name",
        "上期结果里同村（或没写村）有同名的人，号码不同，本期名册里没有，其中有的月份已发给那个号码",
    ),
}


def set_apart(decisions: Sequence[Decision], before: Prior, here: Container[str]) -> Iterator[Told]:
    """People who may be in the last result under another number. They are not paid, so that nobody is paid twice.

    here: every number on the roster."""
    gone: Homes[Paid] = Homes()
    for identity, lines in before.shown.items():
        for line in lines if identity not in here else ():
            gone.add(line.name, line.township, line.village, line)
    for decision in decisions:
        if not decision.payments:
            continue
        record = decision.record
        doubt, place = before.of_another(record.name, record.identity, record.account)
        if not doubt and record.identity not in before.people:
            namesakes = gone.namesakes(record.name, record.township, record.village)
            place = next(
                (line.row.place("name") for line in namesakes if _meets(decision, line, before)), None
            )
            doubt = "known-home" if place else ""
        if not doubt:
            continue
        column, seen = _ANOTHER[doubt]
        yield doubts.on_person(decision, doubt, column, f"{seen}（{place}），不发放、待核实")


def _meets(decision: Decision, line: Paid, before: Prior) -> bool:
    """Whether somebody is paid for a month of a benefit for which the last period paid whom the line names."""
    return any(
        before.paid.get((line.identity, payment.benefit), {}).get(payment.month)
        for payment in decision.payments
    )


def findings_on_arrears(
    decisions: Sequence[Decision], before: Prior, policy: str, scheme: Scheme
) -> Iterator[Told]:
    """Who is paid arrears for the last period and why, and what newer editions would add for that period."""
    risen = [decision.risen for decision in decisions if decision.risen]
    for decision in decisions:
        yield from _made_good(decision, before)
        yield from _unclear(decision)
    if risen:
        message = (
            f"上期（{before.period.title}）以后增加或改动过的政策使 {len(risen)} 人那一期的应发多出 {yuan(sum(risen))} 元，"
            "--previous 不补发"
        )
        mend = f"要补发新标准的差额，请用台账：sanchuang {scheme.name} … --ledger 台账，再用 batch propose 提请。"
        yield Told(doubts.DOUBTS.at("risen", Place(policy), message, mend=mend))


def absent(decisions: Sequence[Decision], before: Prior) -> Iterator[Told]:
    """People whom the last period paid and whose number is on no row of this roster."""
    paid: dict[str, int] = defaultdict(int)
    for (identity, _), months in before.paid.items():
        paid[identity] += sum(months.values())
    here = {decision.record.identity for decision in decisions}
    for identity, (*_, line) in before.shown.items():
        if identity not in here and paid[identity]:
            message = f"{line.name}：上期发放 {yuan(paid[identity])} 元，本期名册里没有这个号码"
            yield Told(replace(doubts.DOUBTS.at("absent", line.row.place("name"), message), vanished=True))


def _made_good(decision: Decision, before: Prior) -> Iterator[Told]:
    """A finding for each benefit of which months of the last period are paid now."""
    by_benefit: dict[str, list[Payment]] = {}
    for payment in decision.payments:
        if payment.month in before.months:
            by_benefit.setdefault(payment.benefit, []).append(payment)
    for benefit, payments in by_benefit.items():
        why = decision.made_good[benefit]
        months = months_text(sorted(payment.month for payment in payments))
        fen = sum(payment.fen for payment in payments)
        message = f"补发{benefit} {months} {yuan(fen)} 元：{why}"
        yield doubts.on_person(decision, "made-good", "name", message)


def _unclear(decision: Decision) -> Iterator[Told]:
    """What the editions known at that time cannot decide, although those of this period can: no arrears are paid for it."""
    for trouble in dict.fromkeys(decision.unclear):
        message = f"按上期的政策认定不了，上期的没有补发：{trouble.message}"
        warning = finding(decision.record, trouble._replace(message=message), Severity.WARNING)
        yield Told(warning, decision.record.row)
