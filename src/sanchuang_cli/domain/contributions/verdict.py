"""Declares what came of one insured person: what is borne month by month, what is due, and what was paid in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sanchuang_cli.domain.contributions.grounds import ReliefSpan
from sanchuang_cli.domain.contributions.policy import PensionPolicy
from sanchuang_cli.domain.contributions.reckoning import Borne
from sanchuang_cli.domain.contributions.records import ContributionReceipt, Insured
from sanchuang_cli.judging import Verdict
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month
from sanchuang_cli.record import Row

BENEFIT = "养老保险补贴"
HELPED, ALONE, WAITING, NONE = PARTS = ("补贴", "自费", "待缴费", "不补")


class ContributionMonth(NamedTuple):
    """A month that counts. year: what is borne of twelve such months. due: by payer. alone: the person bears all. waits: until
    the person has paid in what is the person's own."""

    month: Month
    edition: PensionPolicy
    year: Borne
    borne: Borne
    due: tuple[Due, ...]
    alone: bool
    relief: ReliefSpan | None
    waits: bool = False


def twelve_months(
    edition: PensionPolicy, year: int, borne: Borne, alone: bool, relief: ReliefSpan | None
) -> tuple[ContributionMonth, ...]:
    """The months of a calendar year of which so much is borne. What is borne alone is the parts of a month that several share,
    so that a year of months of both kinds comes to the fen of a year of either."""
    names, since = edition.sharing.names, edition.effective.isoformat()
    year_of = borne.alone() if alone else borne
    months = []
    for month in (Month(year, number) for number in range(1, 13)):
        part = borne.of_month(month).alone() if alone else borne.of_month(month)
        by_payer = zip(names, part.payers, strict=True)
        due = tuple(Due(BENEFIT, name, month, fen, since) for name, fen in by_payer if fen)
        months.append(ContributionMonth(month, edition, year_of, part, due, alone, relief))
    return tuple(months)


class PaidUp(NamedTuple):
    """What somebody had to pay in, and did. late: days, and what they cost. refunded: receipts of a day after death, which
    count for nothing. waiting: further receipts that may be somebody's and that nobody may use."""

    due: int
    receipts: tuple[ContributionReceipt, ...] = ()
    refunded: tuple[ContributionReceipt, ...] = ()
    days_late: int = 0
    fee: int = 0
    waiting: tuple[Row, ...] = ()

    @property
    def paid(self) -> int:
        return sum(receipt.amount for receipt in self.receipts)

    @property
    def lacking(self) -> int:
        """Below nought where more was paid."""
        return self.due - self.paid

    @property
    def tickets(self) -> str:
        return "、".join(receipt.ticket for receipt in (*self.receipts, *self.refunded))

    @property
    def told(self) -> str:
        """The tickets, and how many more receipts wait."""
        more = f"另有 {len(self.waiting)} 张待核实" if self.waiting else ""
        return "；".join(filter(None, (self.tickets, more)))


class Pension(Verdict[Insured], frozen=True, kw_only=True, eq=False):
    """The result of one person. months: of the period, those that count. due: what of them does not wait. paid_up: None where
    there are no receipts at all. to_go: months that can still be paid; lacks: how many will be missing then, None where nobody
    knows or it does not matter."""

    months: tuple[ContributionMonth, ...] = ()
    due: tuple[Due, ...] = ()
    paid_up: PaidUp | None = None
    to_go: int = 0
    lacks: int | None = None

    @property
    def own(self) -> int:
        return sum(one.borne.own for one in self.months)

    @property
    def released(self) -> Mapping[str, int]:
        """Fen by payer of what does not wait."""
        sums: dict[str, int] = {}
        for due in self.due:
            sums[due.component] = sums.get(due.component, 0) + due.fen
        return sums

    @property
    def subsidy(self) -> int:
        return sum(due.fen for due in self.due)

    @property
    def waiting(self) -> int:
        return sum(one.borne.subsidy for one in self.months if one.waits)

    @property
    def whole(self) -> int:
        return self.own + self.subsidy + self.waiting

    @property
    def helped(self) -> int:
        """How many months are helped, whether or not they wait."""
        return sum(not one.alone for one in self.months)

    @property
    def alone(self) -> int:
        return len(self.months) - self.helped

    @property
    def waits(self) -> Iterator[tuple[str, Month, str]]:
        """What the ledger leaves alone."""
        waiting = (one for one in self.months if one.waits)
        return ((BENEFIT, one.month, name) for one in waiting for name in one.edition.sharing.names)


def part_of(months: Sequence[ContributionMonth]) -> str:
    """Any month that is helped makes it 补贴."""
    helped = [one for one in months if not one.alone]
    if any(not one.waits for one in helped):
        return HELPED
    return WAITING if helped else ALONE if months else NONE


def due_of(months: Sequence[ContributionMonth]) -> tuple[Due, ...]:
    """What each payer has to pay for the months that do not wait."""
    return tuple([due for one in months if not one.waits for due in one.due])
