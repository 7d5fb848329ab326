"""Works out interest on a loan, and its subsidy, as cumulative sums of fen; and the days on which it is to be paid.

The day of lending bears interest, the day of repayment does not, and the day up to which is counted does.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import count, pairwise
from typing import NamedTuple

from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.domain.loans.account import Account
from sanchuang_cli.domain.loans.daycount import DayCount, place
from sanchuang_cli.domain.months import months_after

DAY = timedelta(days=1)


class Bearing(NamedTuple):
    """How a balance bears. rate: of a year. principal_most: of the balance, at most so many fen. share: of the interest.
    until: the first day that bears nothing. most: fen in all, at most."""

    rate: Fraction
    day_count: DayCount
    principal_most: int | None = None
    share: Fraction = Fraction(1)
    until: date | None = None
    most: int | None = None


def earned(account: Account, bearing: Bearing, through: date) -> int:
    """Fen from the day of lending to the end of the day `through`, half up."""
    end = min(through + DAY, bearing.until or date.max)
    total = Fraction(0)
    for (first, balance), (last, _) in pairwise((*account.balances, (date.max, 0))):
        last = min(last, end)
        if first < last and balance:
            term = account.terms.term
            years = place(bearing.day_count, last, term) - place(bearing.day_count, first, term)
            most = bearing.principal_most
            total += years * (balance if most is None else min(balance, most))
    fen = whole(total * bearing.rate * bearing.share, "half_up")
    return fen if bearing.most is None else min(fen, bearing.most)


def between(account: Account, bearing: Bearing, first: date, last: date) -> int:
    """Fen of the days from `first` to `last`, both counted; nothing where the last lies before the first."""
    return earned(account, bearing, last) - earned(account, bearing, first - DAY) if first <= last else 0


class Instalment(NamedTuple):
    """What is to be paid on a day. principal, interest: fen."""

    day: date
    principal: int
    interest: int


def schedule(account: Account, bearing: Bearing, every: int) -> list[Instalment]:
    """When interest falls due every so many months (0: with the principal alone), and the principal at the end, with what is
    out now. The interest up to the day of an instalment, without it, is part of it."""
    if account.ended:
        return []
    days = [*_instalments(account, every), account.due]
    sums = [0, *(earned(account, bearing, day - DAY) for day in days)]
    return [
        Instalment(day, account.balance if day == account.due else 0, after - before)
        for day, (before, after) in zip(days, pairwise(sums), strict=True)
    ]


def _instalments(account: Account, every: int) -> Iterator[date]:
    """The days before the last one, each counted from the day of lending."""
    for number in count(1) if every else ():
        day = months_after(account.terms.term.lent, number * every)
        if day >= account.due:
            return
        yield day
