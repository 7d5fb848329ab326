"""What a month's books owe, by the oracles: of subsidies and of pay in office, by person, benefit and month, in fen.

Imports nothing of the package but through tests/compared, whose second opinion asks the oracle alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.compared.subsidies import DEFAULT, second_opinion
from tests.oracle import graduates, pay, pension
from tests.oracle import subsidies as oracle
from tests.oracle.persons import YM, Person
from tests.programmes.people import HARDSHIP
from tests.simulated.world import START, Cadre, Elder, Graduate

Dues = dict[tuple[str, YM], int]
"""Fen by benefit, or component, and month."""


def months_until(now: YM) -> list[YM]:
    return [
        (year, month) for year in range(START, now[0] + 1) for month in range(1, 13) if (year, month) <= now
    ]


@dataclass
class Subsidies:
    """rates: from which month on how many yuan a member in hardship gets. known: what was found, while the row stays."""

    rates: list[tuple[YM, int]] = field(default_factory=lambda: [((START, 1), 50)])
    known: dict[int, tuple[Person, dict[YM, dict[str, int]]]] = field(default_factory=dict)

    def document(self, since: YM, yuan: int) -> None:
        """A new document is in force from a month on, which may lie in the past."""
        self.rates.append((since, yuan))
        self.known.clear()

    def opinion(self, who: Person, month: YM) -> dict[str, Fraction]:
        owed = oracle.default(who, month)
        if owed[HARDSHIP]:
            owed = owed | {HARDSHIP: Fraction([yuan for since, yuan in self.rates if since <= month][-1])}
        return owed

    def owed(self, n: int, elder: Elder, now: YM) -> Dues | None:
        """What the oracle says of all months until now; None when nobody can tell."""
        if elder.remark:
            return None
        says, known = self.known.get(n, (None, {}))
        if says != elder.says:
            known = {}
        new = [month for month in months_until(now) if month not in known]
        if any(not month for stay in elder.says.stays for (_, month) in (stay.start, stay.end or stay.start)):
            new, known = months_until(now), {}
        due = second_opinion(elder.says, new, replace(DEFAULT, opinion=self.opinion)) if new else {}
        if due is None:
            return None
        known |= {month: {} for month in new}
        for (benefit, month), yuan in due.items():
            known[month][benefit] = int(yuan * 100)
        self.known[n] = elder.says, known
        return {(benefit, month): fen for month, sums in known.items() for benefit, fen in sums.items()}


@dataclass
class Pay:
    """documents: in force one after the other. stars: by year and branch, of the organisations that were rated."""

    documents: list[pay.Rules]
    percent_of: Sequence[tuple[int, int]]
    stars: dict[int, Mapping[tuple[str, str], int]] = field(default_factory=dict)
    known: dict[tuple[Any, ...], dict[YM, Dues]] = field(default_factory=dict)

    def owed(self, cadre: Cadre, now: YM) -> Dues:
        key = (cadre.who.township, cadre.who.village, cadre.rows, len(self.documents))
        known = self.known.setdefault(key, {})
        for month in months_until(now):
            if month not in known:
                who = pay.Person(cadre.rows, grade=self.grade(cadre, month[0] - 1))
                known[month] = pay.due(who, self.documents, [month])
        return {what: fen for month in known.values() for what, fen in month.items()}

    def grade(self, cadre: Cadre, year: int) -> Fraction | None:
        stars = self.stars.get(year, {}).get((cadre.who.township, f"{cadre.who.village}党支部"))
        if stars is None:
            return None
        return next(Fraction(percent, 100) for least, percent in self.percent_of if stars >= least)


def rules(since: date, base: int, midmonth: str, by_days: bool) -> pay.Rules:
    """A document on pay: so many yuan a month, deputies 70 %, and performance by the stars."""
    chiefs, deputies = ("书记", "主任"), ("副书记", "副主任", "委员", "会计", "文书")
    return pay.Rules(
        since,
        dict.fromkeys(chiefs, Fraction(1)) | dict.fromkeys(deputies, Fraction(7, 10)),
        (pay.Part(pay.BASE, "flat", (base,)),),
        midmonth,
        by_days,
        suspended_base=True,
        dual=Fraction(1),
        allowance=Fraction(0),
        performance=pay.Part(pay.PERFORMANCE, "flat", (2268,), yearly=True),
    )


PENSION = pension.Rule(
    ("村", "县", "自治区"),
    (16, 4, 14, 6),
    village="县",
    county="县",
    continues=True,
    sanctions=True,
    waits=True,
)
"""The default document on pensions, but for the base of the year."""


def pension_of(cadre: Cadre, year: int, base: int, income: bool) -> int:
    """What all others pay of a year for somebody in office, in fen."""
    none = ("died", "disciplined", "sentenced", "insured_since", "paid")
    person: dict[str, Any] = dict.fromkeys(none) | {
        "born": cadre.who.born, "started": cadre.rows[0].start, "ended": cadre.rows[-1].end, "continued": False,
        "insurance": "城乡居民", "honours": [], "village_honours": [], "income": income,
    }  # fmt: skip
    months = [(year, month) for month in range(1, 13)]
    rule = replace(PENSION, base=Fraction(base))
    return int(sum(pension.borne(person, months, date(year, 12, 31), rule)["sums"][1:]))


def allowance_of(one: Graduate, year: int) -> int:
    """Allowance and settling-in of a year of a graduate, in fen."""
    months = [(year, month) for month in range(1, 13)]
    return sum(map(sum, graduates.paid(one.contracts, months, date(year, 12, 31))))
