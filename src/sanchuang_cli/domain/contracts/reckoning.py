"""Works out what one contract comes to in a period: where it stands, what is due month by month, and what is given back."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sanchuang_cli.domain.contracts.policy import Allowance, GraduatePolicy
from sanchuang_cli.domain.contracts.records import Graduate
from sanchuang_cli.domain.exact_numbers import whole
from sanchuang_cli.domain.months import effect, number, part_of_year
from sanchuang_cli.judging import At
from sanchuang_cli.money import fen
from sanchuang_cli.outcome import Due
from sanchuang_cli.period import Month, VagueDate
from sanchuang_cli.policy import Exact

SERVING, LEFT, OVER, NOT_YET = PARTS = ("在岗", "离岗", "期满", "未到岗")
BENEFIT, ALLOWANCE, SETTLING = "大学生村官", "生活补贴", "安家费"
_WHOLE = 100


class ContractStanding(NamedTuple):
    """How a contract stands among those of the same person. term: which one it is. since: the first day of the service that
    it belongs to, None where that did not begin with the first contract. before: the last day of the contract before.
    renewed: whether the next one follows without a gap."""

    term: int = 1
    since: VagueDate | None = None
    before: VagueDate | None = None
    renewed: bool = False


class Reckoned(NamedTuple):
    """What a contract comes to on days that are known exactly. back: fen of settling-in to give back; nth, percent: of the
    month of leaving, () where nobody left by the end of the period; before: whether that was before the period. wrong: the code of what is not known."""

    part: str
    due: tuple[Due, ...] = ()
    back: int = 0
    nth: tuple[int, ...] = ()
    percent: Exact = Fraction(0)
    before: bool = False
    wrong: str = ""


class ContractDays(NamedTuple):
    """The days of a contract, each known exactly; see Graduate and Standing."""

    started: date
    ended: date
    left: date | None
    since: date | None
    before: date | None

    def pays(self, month: Month, rule: Allowance) -> bool:
        """Whether the allowance is paid for a month: one that two contracts share counts for the former."""
        stops = effect(number(self.left or self.ended), rule.stops)
        after = effect(number(self.before), rule.stops) if self.before else month
        return max(effect(number(self.started), rule.starts), after) <= month < stops

    def part(self, on: date) -> str:
        """Where the contract stands on a day: one of 在岗, 离岗, 期满 and 未到岗."""
        if self.left:
            return LEFT
        return NOT_YET if self.started > on else OVER if self.ended < on else SERVING


def reckoned(
    days: ContractDays, who: Graduate, standing: ContractStanding, at: At[GraduatePolicy]
) -> Reckoned:
    """What falls to the months of the period, each by the edition in force on its first day."""
    part, due = days.part(at.occasion.on), list[Due]()
    for month in at.occasion.period.each_month() if part != NOT_YET else ():
        edition = at.editions.on(month.first)
        known, settling = edition.allowance.of(who.county_class), edition.settling_in
        since = edition.effective.isoformat()
        if days.pays(month, edition.allowance):
            if known is None or known.yearly is None:
                return Reckoned(part, wrong="no-figure")
            due.append(Due(BENEFIT, ALLOWANCE, month, part_of_year(fen(known.yearly), month), since))
        if settling and standing.term == 1 and month == number(days.started):
            due.append(Due(BENEFIT, SETTLING, month, fen(settling.amount), since))
    return _given_back(days, who, standing, at)._replace(part=part, due=tuple(due))


def _given_back(
    days: ContractDays, who: Graduate, standing: ContractStanding, at: At[GraduatePolicy]
) -> Reckoned:
    """What is given back of settling-in by whoever left in the period, or before it."""
    period = at.occasion.period
    if not days.left or not days.since or standing.renewed or Month.of(days.left).first > period.last:
        return Reckoned(LEFT)
    before = days.left < period.first
    nth, then = number(days.left) - number(days.since) + 1, Month.of(days.since).first
    edition = at.editions.in_force(Month.of(days.left).first)
    rule = edition.settling_in if edition else None
    percent = rule.back(nth, who.reason) if rule else Fraction(0)
    paid = who.settled
    if paid is None and at.editions.editions[0].effective <= then:
        settling = at.editions.on(then).settling_in
        paid = fen(settling.amount) if settling else 0
    if percent and paid is None:
        return Reckoned(LEFT) if before else Reckoned(LEFT, wrong="settled-unknown")
    back = whole((paid or 0) * percent / _WHOLE, "half_up")
    return Reckoned(LEFT, back=back, nth=(nth,), percent=percent, before=before)
