"""Compares receipts with what people had to pay in: what is lacking, how late it was, by when it is due, and which months
wait for it."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate

from sanchuang_cli.deadlines import DueDay
from sanchuang_cli.domain.contributions.policy import LateFee, PensionPolicy
from sanchuang_cli.domain.contributions.records import ContributionReceipt, Insured
from sanchuang_cli.domain.contributions.verdict import ContributionMonth, PaidUp
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.judging import At, Whole
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month, VagueDate

_THOUSAND = 1000


def paid_in(who: Insured, months: Sequence[ContributionMonth], at: At[PensionPolicy]) -> PaidUp | None:
    """What somebody had to pay in by the end of the period, or by the day where that is later, and did."""
    if not at.ready.given:
        return None
    upto = max(Month.of(at.occasion.on), Month.of(at.occasion.period.last))
    due = sum(one.borne.own for one in months if one.month <= upto)
    own: Sequence[ContributionReceipt] = at.ready.receipts.get(who.identity, ())
    refunded = tuple(one for one in own if who.died and one.day and one.day.earliest > who.died.latest)
    paid_up = PaidUp(due, tuple(one for one in own if one not in refunded), refunded)
    days, fee = _late(paid_up, at)
    waiting = {id(row): row for key in (who.identity, who.name) for row in at.ready.waiting.get(key, ())}
    return paid_up._replace(days_late=days, fee=fee, waiting=tuple(waiting.values()))


def held_back(
    months: Sequence[ContributionMonth], paid_up: PaidUp | None, at: At[PensionPolicy]
) -> list[ContributionMonth]:
    """The months, of which one that others help to pay waits, where its edition says so, until all is paid in that was the
    person's own by then, and by the day. So a month comes to the same, whatever the period of the run."""
    if paid_up is None or not any(edition.receipts for edition in at.ready.editions):
        return list(months)
    paid, on = paid_up.paid, Month.of(at.occasion.on)
    by_the_day = sum(one.borne.own for one in months if one.month <= on)
    upto = accumulate(one.borne.own for one in months)
    return [
        one
        if one.alone or not one.edition.receipts or max(own, by_the_day) <= paid
        else one._replace(waits=True)
        for one, own in zip(months, upto, strict=True)
    ]


def _late(paid_up: PaidUp, at: At[PensionPolicy]) -> tuple[int, int]:
    """The most days that anything was late, and what all of them cost, rounded once."""
    rule = at.policy.late
    if rule is None:
        return 0, 0
    limit = _limit(rule, at)
    late = [(one.amount, (one.day.earliest - limit).days) for one in paid_up.receipts if one.day]
    late += [(paid_up.lacking, (at.occasion.on - limit).days)]
    late = [(fen, days) for fen, days in late if fen > 0 and days > 0]
    fee = sum((fen * days * rule.permille / _THOUSAND for fen, days in late), Fraction(0))
    return max((days for _, days in late), default=0), whole(fee, "half_up")


def _limit(rule: LateFee, at: At[PensionPolicy]) -> date:
    """The day by which all of the year must be paid in."""
    return date(at.occasion.period.start.year, rule.month, rule.day)


def unpaid_days(whole: Whole) -> list[DueDay]:
    """A day for everybody alive who has not paid in what was the person's own, where the document has one."""
    rule, on = whole.at.policy.late, whole.at.occasion.on
    owing = [(one.record, one.paid_up.lacking) for one in whole.of() if one.paid_up and not one.record.died]
    return [
        DueDay(
            who, "缴个人部分", latest=VagueDate.on(limit), left=(limit - on).days, responsible="本人",
            state="逾期" if limit < on else "待缴", basis=rule.clause, note=f"还差 {yuan(lacking)} 元",
        )
        for who, lacking in owing
        if rule and lacking > 0 and (limit := _limit(rule, whole.at))
    ]  # fmt: skip
