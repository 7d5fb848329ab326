"""Finds what the loans of a household mean for an application: what is out, what is late, which loan it would be, and how
much.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sanchuang_cli.domain.identity import as_written, is_well_formed
from sanchuang_cli.domain.loans.lending import NOT_LENT, Lending
from sanchuang_cli.domain.loans.policy import LoanPolicy
from sanchuang_cli.domain.loans.rosters import Applicant, Loan
from sanchuang_cli.judging import Company, Reason
from sanchuang_cli.money import yuan
from sanchuang_cli.record import Row


class LoanAside(NamedTuple):
    """A loan that is set aside. principal: fen, None where the row could not be read."""

    identity: str
    name: str
    principal: int | None
    row: Row

    @property
    def mark(self) -> str:
        """By what it is known whose the loan is or may be: the number, or the name where that is none."""
        return self.identity if is_well_formed(self.identity) else self.name


def people(who: Applicant) -> frozenset[str]:
    """The numbers of whoever an application is of: of a household one has a loan."""
    return frozenset(filter(None, (who.identity, who.spouse)))


class Borrowers:
    """All loans by whose they are, and those that are set aside."""

    def __init__(self, company: Company, loans: Sequence[Lending]) -> None:
        self._by_person: dict[str, list[Lending]] = {}
        for loan in loans:
            if loan.part != NOT_LENT:
                self._by_person.setdefault(loan.record.identity, []).append(loan)
        counted = {id(loan.record.row) for loan in loans} | {id(row) for row in company.merged}
        records = [judged.record for judged in company.judged["loans"]]
        unread = company.at.rosters["loans"].set_aside
        self.aside = [
            *(LoanAside(one.identity, one.name, one.principal, one.row) for one in records if id(one.row) not in counted),
            *(LoanAside(as_written(row.written("identity")), row.written("name"), None, row) for row in unread),
        ]  # fmt: skip
        self._first: dict[str, int] = {}
        for at, aside in enumerate(self.aside):
            self._first.setdefault(aside.mark, at)

    def doubtful(self, who: Applicant) -> str:
        """Where the first loan stands that is set aside and may be the applicant's or the spouse's; "" where there is none."""
        found = [self._first[mark] for mark in (*people(who), who.name) if mark in self._first]
        return str(self.aside[min(found)].row.place()) if found else ""

    def limit(self, who: Applicant, policy: LoanPolicy) -> int | None:
        """Fen that may be lent at most; None where the policy does not say."""
        return policy.limit.of(len(self._own(who)), who.households)

    def reasons(self, who: Applicant, policy: LoanPolicy) -> Iterator[Reason]:
        """The conditions that look at loans."""
        conditions = policy.conditions
        household = [loan for person in sorted(people(who)) for loan in self._by_person.get(person, ())]
        since = [loan for loan in self._own(who) if loan.record.lent.earliest >= who.day.earliest]
        if since:
            said = f"申请以后已经发放（{_numbers(since)}）"
            yield Reason("没有发放过", said, "一份申请发放一次", False, ("day",), _rows(since))
        if conditions.open_loans:
            out, most = [loan for loan in household if loan.account.balance], conditions.open_loans.most
            said = f"本人和配偶名下未还清的 {len(out)} 笔{_numbers(out, '（{}）')}，至多 {most} 笔"
            said += f"，须先还清 {len(out) - most} 笔" if len(out) > most else ""
            clause = conditions.open_loans.clause
            yield Reason("名下贷款", said, clause, len(out) <= most, ("identity", "spouse"), _rows(out))
        if conditions.freeze:
            days = conditions.freeze.days
            late = [loan for loan in household if loan.overdue >= days or loan.account.written_off]
            said = f"逾期满 {days} 天或核销的 {len(late)} 笔{_numbers(late, '（{}）')}"
            yield Reason(
                "停贷", said, conditions.freeze.clause, not late, ("identity", "spouse"), _rows(late)
            )
        yield self._limit(who, policy)

    def _limit(self, who: Applicant, policy: LoanPolicy) -> Reason:
        limit, rule = self.limit(who, policy), policy.limit
        if limit is None:
            return Reason("限额", "政策没有填（limit.most）", rule.clause)
        said = f"第 {len(self._own(who)) + 1} 笔至多 {yuan(limit)} 元，申请 {yuan(who.asked)} 元"
        refused = not min(limit, who.asked) or (rule.over == "refuse" and who.asked > limit)
        return Reason("限额", said, rule.clause, not refused, ("asked", "households"))

    def _own(self, who: Applicant) -> list[Lending]:
        return self._by_person.get(who.identity, [])


def _numbers(loans: Sequence[Lending], frame: str = "{}") -> str:
    return frame.format("、".join(f"编号 {loan.record.loan_number}" for loan in loans)) if loans else ""


def _rows(loans: Sequence[Lending]) -> tuple[Loan, ...]:
    return tuple(loan.record for loan in loans)
