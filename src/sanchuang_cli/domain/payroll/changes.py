"""Works out what changed since the last period: who is paid differently, why, and what was paid for months that were not
due.

It compares a payroll with the lines of the last period and changes neither. For each benefit, the last sum and the changes
of each kind come to the sum of this period, to the fen.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from sanchuang_cli.domain.entitlement.decisions import Decision
from sanchuang_cli.domain.entitlement.prior import Key
from sanchuang_cli.domain.entitlement.rulebook import months_in, months_text
from sanchuang_cli.domain.months import EVER
from sanchuang_cli.domain.payroll.doubts import errors_by_row
from sanchuang_cli.domain.payroll.lines import PaymentLine, of_death
from sanchuang_cli.domain.payroll.together import Payroll
from sanchuang_cli.domain.people import Member, Paid
from sanchuang_cli.domain.verdict import Clause
from sanchuang_cli.judging import Whole
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Month
from sanchuang_cli.record import Row

NEW, STOPPED, DEAD, WAITING, ENDING, OTHERWISE, MOVED, ALIKE = CHANGES = (
    "新增",
    "停发",
    "死亡",
    "待核实",
    "本期止发",
    "变动",
    "迁移",
    "变更",
)
"""The kinds of change, in the order of the page. ENDING is paid for the last time. MOVED and ALIKE are paid the same sum."""
GONE = (STOPPED, DEAD, WAITING)
"""The kinds in which nothing is paid any more."""


class ChangeReason(NamedTuple):
    """The kind of a change and the reason for it. said: the reason, "" where nothing changed. since: the first month."""

    change: str
    said: str
    basis: str = ""
    since: int | None = None

    @property
    def text(self) -> str:
        """The reason with its basis."""
        return f"{self.said}（{self.basis}）" if self.basis else self.said


class Over(NamedTuple):
    """Months for which too much was paid, and by how many fen in all."""

    months: Sequence[int] = ()
    fen: int = 0

    @classmethod
    def of(cls, by_month: Mapping[int, int]) -> "Over":
        """From the fen of each month; months of zero or less are left out."""
        months = sorted(at for at, fen in by_month.items() if fen > 0)
        return cls(months, sum(by_month[at] for at in months))

    @property
    def text(self) -> str | None:
        """2026-01至2026-03（3个月）; None where nothing was overpaid."""
        return f"{months_text(self.months)}（{len(self.months)}个月）" if self.months else None


class PaymentChange(NamedTuple):
    """One person and benefit that is paid differently from the last period. before, current: fen."""

    why: ChangeReason
    record: Member | Paid
    benefit: str
    before: int
    current: int
    over: Over

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key on the page."""
        who = self.record
        return CHANGES.index(self.why.change), who.township, who.village, who.name, who.identity, self.benefit

    @property
    def more(self) -> int:
        """The difference in fen, below zero where less is paid."""
        return self.current - self.before

    @property
    def since(self) -> str | None:
        """The first month of the change, as 2026-04."""
        return str(Month.at(self.why.since)) if self.why.since else None


class Balance(NamedTuple):
    """How the last sum of a benefit becomes this one. before, current: fen. by: the changes by their kind."""

    benefit: str
    people_before: int
    before: int
    by: Mapping[str, Sequence[PaymentChange]]
    people: int
    current: int

    def count(self, *kinds: str) -> int:
        """How many people have a change of these kinds."""
        return sum(len(self.by.get(kind, ())) for kind in kinds)

    def fen(self, *kinds: str) -> int:
        """What the changes of these kinds add, below zero where they take away."""
        return sum(change.more for kind in kinds for change in self.by.get(kind, ()))

    @property
    def adds_up(self) -> bool:
        """Whether the changes explain both the people and the sum of this period."""
        people = self.people_before + self.count(NEW) - self.count(*GONE)
        return (people, self.before + self.fen(*CHANGES)) == (self.people, self.current)


class Compared:
    """A period compared with the last one, whose result must have been given."""

    def __init__(self, whole: Whole) -> None:
        self.payroll: Payroll = whole.more
        self._errors = errors_by_row(whole.findings)
        prior = self.payroll.before
        assert prior, "there is nothing to compare with"
        self._prior, self.period = prior, prior.period.title
        self._start = whole.at.occasion.period.start
        self._decisions = {
            decision.record.identity: decision
            for decision in self.payroll.standing
            if decision.payments or decision.verdicts
        }
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for record in whole.at.rosters["members"].records:
            self._rows[record.identity].append(record.row)
        self._paid: dict[Key, list[Paid]] = defaultdict(list)
        for line in self.payroll.previous or ():
            self._paid[line.identity, line.benefit].append(line)

    @cached_property
    def changes(self) -> list[PaymentChange]:
        """All changes, in the order of the page."""
        changes = [self._change(key) for key in self._paid.keys() | self.payroll.line_by_key.keys()]
        return sorted(filter(None, changes), key=lambda change: change.order)

    @cached_property
    def balances(self) -> list[Balance]:
        """One for each benefit that is paid now or was paid in the last period."""
        before = sorted(benefit for _, benefit in self._paid)
        balances = [self._balance(name) for name in dict.fromkeys([*self.payroll.lines, *before])]
        assert all(balance.adds_up for balance in balances), "the changes do not explain the sums"
        return balances

    def _balance(self, benefit: str) -> Balance:
        by_kind: dict[str, list[PaymentChange]] = defaultdict(list)
        for change in self.changes:
            if change.benefit == benefit:
                by_kind[change.why.change].append(change)
        before = [
            sum(paid.amount for paid in own) for (_, name), own in self._paid.items() if name == benefit
        ]
        lines = self.payroll.lines.get(benefit, ())
        now = sum(line.fen for line in lines)
        return Balance(benefit, len(before), sum(before), by_kind, len(lines), now)

    def _change(self, key: Key) -> PaymentChange | None:
        paid, line = self._paid.get(key, []), self.payroll.line_by_key.get(key)
        before, now = sum(last.amount for last in paid), line.fen if line else 0
        over = self._over(key)
        if line is None:
            why = self._gone(key)
        elif not paid:
            why = _joined(line)
        else:
            why = _otherwise(paid, line, over, now - before)
        if not why.said:
            return None
        return PaymentChange(why, line.record if line else paid[-1], key[1], before, now, over)

    def _gone(self, key: Key) -> ChangeReason:
        """Why a benefit is no longer paid to somebody."""
        identity, benefit = key
        decision = self._decisions.get(identity)
        if decision is None:
            return self._not_judged(identity)
        failing = decision.refused().get(benefit)
        if not failing:
            return ChangeReason(STOPPED, "本期不再属于这一项的对象", since=self._start)
        # A death explains every other condition that fails, so that it is named first.
        dead = [clause for clause in failing if of_death([clause])]
        first = (dead or failing)[0]
        return ChangeReason(DEAD if dead else STOPPED, first.sentence, first.citation, self._ends(first))

    def _ends(self, clause: Clause) -> int:
        """The first month in which a clause no longer holds. For one that never did, the first month of this period."""
        return clause.last + 1 if EVER < clause.last < self._start else self._start

    def _not_judged(self, identity: str) -> ChangeReason:
        """For somebody who is on no roster, whom no benefit concerns any more, or whose row is set aside."""
        rows = self._rows.get(identity)
        if rows is None:
            return ChangeReason(STOPPED, "本期名册里没有这个号码（或号码没有读成）", since=self._start)
        errors = [error for row in rows for error in self._errors.get(row.line, ())]
        if not errors:
            return ChangeReason(STOPPED, "本期不再属于任何一项的对象", since=self._start)
        return ChangeReason(WAITING, errors[0].message, errors[0].basis, self._start)

    def _over(self, key: Key) -> Over:
        """What the last period paid and, as is known now, was not due."""
        identity, benefit = key
        decision: Decision | None = self._decisions.get(identity)
        if decision is None or benefit not in decision.prior:
            return Over()
        due = decision.prior[benefit]
        return Over.of({at: fen - due.get(at, 0) for at, fen in self._prior.paid.get(key, {}).items()})


def _joined(line: PaymentLine) -> ChangeReason:
    """For somebody who was not paid in the last period."""
    months = [payment.month for payment in line.payments]
    arrears = f"，含补发 {yuan(line.arrears)} 元" if line.arrears else ""
    said = f"发放月份 {months_text(months)}{arrears}"
    return ChangeReason(NEW, said, line.verdict.benefit.clause, min(months))


def _otherwise(paid: Sequence[Paid], line: PaymentLine, over: Over, more: int) -> ChangeReason:
    """For somebody who was paid and still is. more: fen. The reason is "" where nothing is different."""
    last, record = paid[-1], line.record
    moved = _moved(last, record)
    overpaid = f"上期多发 {yuan(over.fen)} 元" if over.fen else ""
    reasons = list(filter(None, (moved, _other_account(last, record), overpaid)))
    if line.over:
        ends = min(line.over, key=lambda clause: clause.last)
        until = months_text([max(payment.month for payment in line.payments)])
        said = "；".join([f"{ends.sentence}；本期发至 {until}", *reasons])
        return ChangeReason(ENDING, said, ends.citation, ends.last + 1)
    reasons = [*_of_the_sum(paid, line, more), *reasons]
    change = OTHERWISE if more else MOVED if moved else ALIKE
    return ChangeReason(change, "；".join(reasons), line.verdict.benefit.clause if reasons else "")


def _of_the_sum(paid: Sequence[Paid], line: PaymentLine, more: int) -> list[str]:
    """Why the sum is different; where no reason is known, only that it is."""
    reasons = []
    standard, last = line.standard.fen if line.standard else None, paid[-1].standard
    if last is not None and standard is not None and last != standard:
        reasons.append(f"标准由 {yuan(last)} 元变为 {yuan(standard)} 元")
    before, now = sum(len(months_in(own.months)) for own in paid), len(line.payments)
    if more and before != now:
        reasons.append(f"上期发 {before} 个月，本期发 {now} 个月")
    if more and line.arrears:
        reasons.append(f"含补发 {yuan(line.arrears)} 元")
    if more and line.withheld:
        reasons.append(f"扣发 {yuan(line.withheld)} 元")
    if more and not reasons:
        reasons.append(f"金额{'增加' if more > 0 else '减少'} {yuan(abs(more))} 元")
    return reasons


def _moved(last: Paid, record: Member) -> str:
    """From where to where somebody moved; "" where nobody did, or where it is not known."""
    was, here = f"{last.township}{last.village}", f"{record.township}{record.village}"
    return f"由{was}转到{here}" if was and here != was else ""


def _other_account(last: Paid, record: Member) -> str:
    return "银行账号变更" if last.account and last.account != record.account else ""
