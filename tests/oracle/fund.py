"""A second opinion on 创业扶助基金, written from the documents and not from the programme: it shares no code with it.

A loan is walked day by day: what is out at the end of a day bears that day's interest. Who is lent to is found by trying.
"""

from calendar import isleap, monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from math import floor

DAY = timedelta(days=1)


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def rounded(exact: Fraction) -> int:
    """Half up."""
    return floor(exact + Fraction(1, 2))


@dataclass(frozen=True)
class Happening:
    """An event. which: for a reversal, the day and the kind of what it takes back."""

    day: date
    kind: str
    fen: int | None = None
    months: int | None = None
    which: tuple[date, str] | None = None


@dataclass(frozen=True)
class Rules:
    """rates are of a year. ladder: days and class. call: days and share, None where nobody guarantees."""

    count: str = "365"
    base: Fraction = Fraction(3, 100)
    subsidy: bool = True
    share: Fraction = Fraction(1)
    largest: int | None = 50_000_00
    rate_cap: Fraction | None = Fraction(1)
    longest: int | None = 24
    at_most: int | None = None
    on_time_only: bool = False
    ladder: tuple[tuple[int, str], ...] = ((1, "关注"), (30, "次级"), (60, "可疑"), (90, "损失"))
    call: tuple[int, Fraction] | None = None
    every: int = 3


@dataclass(frozen=True)
class Loan:
    principal: int
    lent: date
    months: int
    rate: Fraction
    happenings: tuple[Happening, ...] = ()


@dataclass
class Standing:
    """How a loan stands at the end of a day. borne: by day, the balances since the beginning, each times its day's weight, all
    of them and as far as they are subsidised; over `under`. rate, subsidised_rate: what these are multiplied by. paid_from:
    the first day by which any subsidy is paid at all, None where there is none."""

    part: str
    balance: int
    due: date
    overdue: int
    grade: str
    repaid: int
    lost: int
    call: int
    next_interest: date | None = None
    borne: dict[date, tuple[int, int]] = field(default_factory=dict)
    under: int = 1
    rate: Fraction = Fraction(0)
    subsidised_rate: Fraction = Fraction(0)
    at_most: int | None = None
    paid_from: date | None = None

    def interest(self, day: date) -> int:
        """Fen from the beginning to the end of a day."""
        return rounded(Fraction(self.borne[day][0], self.under) * self.rate) if day in self.borne else 0

    def subsidy(self, day: date) -> int:
        """The same that is paid for the borrower."""
        if day not in self.borne or self.paid_from is None or day < self.paid_from:
            return 0
        fen = rounded(Fraction(self.borne[day][1], self.under) * self.subsidised_rate)
        return fen if self.at_most is None else min(fen, self.at_most)


def weight(loan: Loan, count: str, day: date) -> tuple[int, int]:
    """The part of a year that a day is, as a numerator over a denominator that is the same for all days of the loan."""
    if count == "365":
        return 1, 365
    if count == "360":
        return 1, 360
    if count == "actual":
        return (365 if isleap(day.year) else 366), 365 * 366
    if count == "30/360":
        last = monthrange(day.year, day.month)[1]
        if last < 30 and day.day == last:
            return 31 - last, 360
        return (0 if last == 31 and day.day == 30 else 1), 360
    return loan.months, 12 * (later(loan.lent, loan.months) - loan.lent).days


def taken_back(loan: Loan, on: date) -> list[Happening] | None:
    """What happened up to a day without what was reversed; None where a reversal names nothing, or too much."""
    past = [one for one in loan.happenings if one.day <= on]
    real = [one for one in past if one.kind != "冲正"]
    gone: list[Happening] = []
    for one in past:
        if one.kind != "冲正":
            continue
        assert one.which is not None
        day, kind = one.which
        meant = [
            other
            for other in real
            if other.day == day <= one.day
            and kind in ("", other.kind)
            and (one.fen is None or one.fen == other.fen)
        ]
        if len(meant) != 1 or any(meant[0] is other for other in gone):
            return None
        gone.append(meant[0])
    return [one for one in real if not any(one is other for other in gone)]


def walked(loan: Loan, rules: Rules, on: date) -> Standing | None:
    """Day by day to the end of a day; None where what is said to have happened cannot be."""
    real = taken_back(loan, on)
    if real is None or any(one.day < loan.lent for one in real):
        return None
    first_due = due = later(loan.lent, loan.months)
    extended = repaid = lost = 0
    balance, ended = loan.principal, None
    until = min(first_due, later(loan.lent, rules.longest)) if rules.longest else first_due
    rate = loan.rate if rules.rate_cap is None else min(loan.rate, rules.base * rules.rate_cap)
    top = top_subsidised = under = 0
    found = Standing("", 0, due, 0, "", 0, 0, 0)
    happened = {day: [one for one in real if one.day == day] for day in {one.day for one in real}}
    day = loan.lent
    while day <= on:
        if today := happened.get(day):
            changed = one_day(today, balance, due, day)
            if changed is None:
                return None
            back, gone, more = changed
            repaid, lost, extended = repaid + back, lost + gone, extended + more
            balance -= back + gone
            due = later(loan.lent, loan.months + extended)
            if not balance and ended is None:
                ended = day
        part, under = weight(loan, rules.count, day)
        top += balance * part
        if day < until:
            top_subsidised += (balance if rules.largest is None else min(balance, rules.largest)) * part
        found.borne[day] = top, top_subsidised
        day += DAY
    found.under, found.rate, found.subsidised_rate, found.at_most = (
        under,
        loan.rate,
        rate * rules.share,
        rules.at_most,
    )
    on_time = ended is not None and ended <= first_due and not lost
    if rules.subsidy:
        found.paid_from = loan.lent if not rules.on_time_only else ended if on_time else None
    found.balance, found.due, found.repaid, found.lost = balance, due, repaid, lost
    found.overdue = max(0, (on - due).days) if balance else 0
    found.part = ("逾期" if found.overdue else "在贷") if balance else ("已核销" if lost else "已结清")
    reached = [name for days, name in rules.ladder if found.overdue >= days]
    found.grade = reached[-1] if reached else ("正常" if balance else "")
    found.call = called(loan, rules, found)
    found.next_interest = coming(loan, rules, found, on)
    return found


def one_day(today: Sequence[Happening], balance: int, due: date, day: date) -> tuple[int, int, int] | None:
    """What comes back, what is lost and by how many months the loan is extended; None where it cannot be."""
    kinds = [one.kind for one in today]
    if any(one.kind in ("还本", "付息") and not one.fen for one in today):
        return None
    if any(one.kind == "展期" and (not one.months or day > due) for one in today):
        return None
    if not balance and set(kinds) - {"付息"}:
        return None
    back = sum(one.fen or 0 for one in today if one.kind == "还本")
    gone = sum(one.fen or 0 for one in today if one.kind == "核销")
    rest = balance - back - gone
    if rest < 0:
        return None
    whole = [one for one in today if one.kind == "结清" or (one.kind == "核销" and one.fen is None)]
    if len(whole) > 1 or any(one.kind == "结清" and one.fen not in (None, rest) for one in whole):
        return None
    if whole:
        back, gone = (back + rest, gone) if whole[0].kind == "结清" else (back, gone + rest)
    return back, gone, sum(one.months or 0 for one in today if one.kind == "展期")


def called(loan: Loan, rules: Rules, found: Standing) -> int:
    """What the guarantor pays of the principal and the interest up to the day on which the loan was due."""
    if rules.call is None or not found.balance or found.overdue < rules.call[0]:
        return 0
    paid = sum(
        one.fen or 0
        for one in taken_back(loan, found.due + timedelta(found.overdue)) or ()
        if one.kind == "付息"
    )
    unpaid = max(0, found.interest(found.due - DAY) - paid)
    return rounded((found.balance + unpaid) * rules.call[1])


def coming(loan: Loan, rules: Rules, found: Standing, on: date) -> date | None:
    """The next day on which interest is to be paid, before the day on which the loan is due."""
    if not rules.every or not found.balance:
        return None
    day, number = loan.lent, 0
    while day < found.due:
        if number and day >= on:
            return day
        number += 1
        day = later(loan.lent, rules.every * number)
    return None


@dataclass(frozen=True)
class Asker:
    """An application that meets the conditions. better: greater is better."""

    better: tuple[int, ...]
    fen: int
    household: frozenset[str] = frozenset()


def lent_to(askers: Sequence[Asker], free: int) -> list[bool]:
    """Who is lent to, without limits of townships: ranks from the top, each taken whole or not at all, up to the first that
    does not fit; whoever shares a household with somebody above, or with somebody of the same rank, is passed over."""
    served: list[int] = []
    for rank in sorted({one.better for one in askers}, reverse=True):
        level = [at for at, one in enumerate(askers) if one.better == rank]
        above = frozenset().union(*(askers[at].household for at in served))
        level = [at for at in level if not askers[at].household & above]
        level = [
            at
            for at in level
            if not any(askers[at].household & askers[other].household for other in level if other != at)
        ]
        if list(accumulate((askers[at].fen for at in [*served, *level]), initial=0))[-1] > free:
            break
        served += level
    return [at in served for at in range(len(askers))]
