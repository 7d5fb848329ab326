"""Works out what became of a loan by the end of a day, from its events in the order of days, or says what is wrong with
them.

All events of a day count as at its end and together, so that their order in the list means nothing. What was reversed has
never been.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from sanchuang_cli.domain.loans.daycount import LoanTerm
from sanchuang_cli.money import yuan

REPAID, INTEREST_PAID, EXTENDED, SETTLED, WRITTEN_OFF, REVERSED = KINDS = (
    "还本",
    "付息",
    "展期",
    "结清",
    "核销",
    "冲正",
)
FaultCode = Literal[
    "before-lent", "after-end", "over-balance", "extended-late", "incomplete", "settled-differs", "reversal"
]


class LoanTerms(NamedTuple):
    """A loan as it was lent. principal: fen. rate: of a year."""

    principal: int
    rate: Fraction
    term: LoanTerm


class AccountEvent(Struct, frozen=True):
    """Something that happened to a loan, one of KINDS. fen: 还本, 付息, 核销 and 结清; the last two may leave it open. months:
    of 展期. of_day, of_kind: what 冲正 reverses. source: where it was written, for whoever reads it."""

    day: date
    kind: str
    fen: int | None = None
    months: int | None = None
    of_day: date | None = None
    of_kind: str = ""
    source: Any = None

    def __str__(self) -> str:
        return f"{self.day} {self.kind}" + ("" if self.fen is None else f" {yuan(self.fen)} 元")


class Fault(NamedTuple):
    """What is wrong with an event."""

    code: FaultCode
    event: AccountEvent
    said: str


class Account(Struct, frozen=True):
    """A loan at the end of a day. balances: the principal that is out from the end of a day on, the day of lending first.
    extended: months. repaid, written_off, interest_paid: fen."""

    terms: LoanTerms
    balances: tuple[tuple[date, int], ...]
    extended: int = 0
    repaid: int = 0
    written_off: int = 0
    interest_paid: int = 0

    @property
    def first_due(self) -> date:
        """The day on which the loan was due when it was lent."""
        return self.terms.term.due

    @property
    def due(self) -> date:
        """The day on which it is due with what it was extended by, counted from the day of lending."""
        return self.terms.term.longer(self.extended).due

    @property
    def balance(self) -> int:
        """The principal that is out at the end of the day, in fen."""
        return self.balances[-1][1]

    @property
    def ended(self) -> date | None:
        """The day on which nothing was left; None while something is out."""
        return None if self.balance else self.balances[-1][0]

    @property
    def on_time(self) -> bool:
        """Whether all of it came back by the day on which it was first due."""
        return self.ended is not None and self.ended <= self.first_due and not self.written_off

    def overdue(self, on: date) -> int:
        """Days after the day on which it is due; nought on that day, and where nothing is out."""
        return max(0, (on - self.due).days) if self.balance else 0


def replayed(terms: LoanTerms, events: Iterable[AccountEvent], on: date) -> Account | tuple[Fault, ...]:
    """The loan at the end of the day `on`, or what is wrong with its events up to then: after a day that is wrong, no other
    one can be judged. Before it is lent, nothing is out."""
    happened = [event for event in events if event.day <= on]
    standing, faults = _unreversed(happened)
    lent = terms.term.lent
    early = [event for event in standing if event.day < lent]
    faults += [Fault("before-lent", event, f"早于发放日 {lent}") for event in early]
    account = Account(terms, ((lent, terms.principal if lent <= on else 0),))
    for _, of_day in groupby(sorted(standing, key=attrgetter("day")), attrgetter("day")):
        day = list(of_day)
        if faults := faults or list(_wrong(account, day)):
            return tuple(faults)
        account = _after(account, day)
    return tuple(faults) or account


def _unreversed(events: Sequence[AccountEvent]) -> tuple[list[AccountEvent], list[Fault]]:
    """The events that stand, and the reversals that do not name exactly one event, or one that was reversed before."""
    every = [event for event in events if event.kind != REVERSED]
    standing, faults = list(every), []
    for reversal in (event for event in events if event.kind == REVERSED):
        meant = [event for event in every if _names(reversal, event)]
        left = [event for event in meant if event in standing]
        if len({(event.kind, event.fen, event.months) for event in meant}) > 1:
            faults.append(Fault("reversal", reversal, "要冲正的事件不止一个，请填原事件"))
        elif left:
            standing.remove(left[0])
        else:
            faults.append(Fault("reversal", reversal, f"要冲正的事件{'已经冲正过' if meant else '找不到'}"))
    return standing, faults


def _names(reversal: AccountEvent, event: AccountEvent) -> bool:
    alike = reversal.of_kind in ("", event.kind) and reversal.fen in (None, event.fen)
    return alike and event.day == reversal.of_day and event.day <= reversal.day


def _sum(events: Iterable[AccountEvent], kind: str) -> int:
    return sum(event.fen or 0 for event in events if event.kind == kind)


def _left(account: Account, day: Sequence[AccountEvent]) -> int:
    """The balance after what the events of a day say in figures, before 结清 or an open 核销 takes the rest."""
    return account.balance - _sum(day, REPAID) - _sum(day, WRITTEN_OFF)


def _takers(day: Sequence[AccountEvent]) -> list[AccountEvent]:
    """The events that take all that is left."""
    return [event for event in day if event.kind == SETTLED or (event.kind, event.fen) == (WRITTEN_OFF, None)]


def _wrong(account: Account, day: Sequence[AccountEvent]) -> Iterator[Fault]:
    """What is wrong with the events of one day."""
    left, takers = _left(account, day), _takers(day)
    for event in day:
        if (event.kind in (REPAID, INTEREST_PAID) and not event.fen) or (event.kind, event.fen) == (
            WRITTEN_OFF,
            0,
        ):
            yield Fault("incomplete", event, "没有填金额")
        if event.kind == EXTENDED and not event.months:
            yield Fault("incomplete", event, "没有填展期月数")
        if event.kind != INTEREST_PAID and not account.balance:
            yield Fault("after-end", event, f"在 {account.ended} 结清或核销以后")
        elif event.kind == EXTENDED and event.day > account.due:
            yield Fault("extended-late", event, f"在到期日 {account.due} 以后")
        elif event.kind in (REPAID, WRITTEN_OFF) and left < 0:
            yield Fault("over-balance", event, f"当天合计超过余额 {yuan(account.balance)} 元")
        elif event.kind == SETTLED and event.fen not in (None, left):
            yield Fault("settled-differs", event, f"余额是 {yuan(left)} 元")
    if len(takers) > 1:
        yield Fault("settled-differs", takers[-1], "同一天又结清、又核销余下的，说不准哪一样")


def _after(account: Account, day: Sequence[AccountEvent]) -> Account:
    """The loan after the events of one day, which are all right."""
    left, takers = _left(account, day), _takers(day)
    rest = left if takers else 0
    written_off = _sum(day, WRITTEN_OFF) + (rest if takers and takers[0].kind == WRITTEN_OFF else 0)
    balance = left - rest
    at = day[0].day
    before = account.balances[:-1] if account.balances[-1][0] == at else account.balances
    return Account(
        account.terms,
        account.balances if balance == account.balance else (*before, (at, balance)),
        account.extended + sum(event.months or 0 for event in day if event.kind == EXTENDED),
        account.repaid + account.balance - balance - written_off,
        account.written_off + written_off,
        account.interest_paid + _sum(day, INTEREST_PAID),
    )
