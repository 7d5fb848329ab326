"""The truth about the simulated county, and what its clerks have been told of it: people, cadres in office, organisations.

Nothing here knows the package. What is owed is worked out from what a month's books say (`owed.py`), so a person is kept
as the oracles read one.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from tests.oracle import fund, pay
from tests.oracle.persons import YM, Person, Stay
from tests.oracle.rate_settings import GOODS
from tests.simulated.people import TOWNSHIPS, VILLAGES, Registry, Somebody

START = 2014
ELECTIONS = (2014, 2017, 2020, 2023)
"""In December of these years villages elect; who is elected begins on 1 January."""
FLAGS = ("书记不胜任", "组织生活制度形同虚设", "群体性事件或信访集中")


@dataclass(frozen=True)
class Elder:
    """Somebody on the roster of subsidies. says: as the row says it. remark: what only 备注 says."""

    who: Somebody
    says: Person
    remark: str = ""


@dataclass(frozen=True)
class Cadre:
    """Somebody in office. rows: one a time in a post."""

    who: Somebody
    rows: tuple[pay.Row, ...]
    remark: str = ""


@dataclass(frozen=True)
class Graduate:
    """A graduate in a village. contracts: as the oracle of graduates reads them, one after the other."""

    who: Somebody
    contracts: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Loan:
    """A loan of the fund. n: the borrower. terms: with what happened to it, as the oracle reads them. other: whether its
    interest is subsidised from elsewhere."""

    n: int
    who: Somebody
    terms: fund.Loan
    other: bool = False


@dataclass(frozen=True)
class Gift:
    """What somebody is given before the Spring Festival of the year. by_card: to the account. day: of the visit, None before it.
    stated: fen that the list says, None where it leaves it to the document."""

    who: Somebody
    classes: tuple[str, ...]
    by_card: bool
    day: date | None = None
    stated: int | None = None


@dataclass
class World:
    """year, month: the month whose books are written. corrected: by person the old number and the new one of which there
    are no papers yet. waiting: entitled, and on no roster yet. loans: by number, all that there ever were. gifts: of this year."""

    dice: Random
    size: int
    year: int = START
    month: int = 0
    elders: dict[int, Elder] = field(default_factory=dict)
    cadres: dict[int, Cadre] = field(default_factory=dict)
    waiting: dict[int, Elder] = field(default_factory=dict)
    organisations: list[dict[str, Any]] = field(default_factory=list)
    graduates: dict[int, Graduate] = field(default_factory=dict)
    loans: dict[str, Loan] = field(default_factory=dict)
    gifts: dict[int, Gift] = field(default_factory=dict)
    corrected: dict[int, tuple[str, str]] = field(default_factory=dict)
    unclear: dict[int, tuple[int, Elder]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    last: int = 0

    def __post_init__(self) -> None:
        self.registry = Registry(self.dice)
        for at in range(max(4, self.size // 10)):
            self._found_organisation(at)
        for place in self.organisations:
            for post in ("书记", self.dice.choice(("主任", "会计", "副书记", "委员"))):
                self.takes_office(place, post, date(START - 2, 1, 10))
        for _ in range(max(2, self.size // 30)):
            self.hires_a_graduate(date(START, 1, 1))
        for _ in range(self.size - len(self.cadres) - len(self.graduates)):
            n, elder = self.born_elder()
            (self.waiting if self.dice.random() < 0.08 else self.elders)[n] = elder

    @property
    def now(self) -> YM:
        return self.year, self.month

    @property
    def count(self) -> int:
        """Months since the county began, the first is 1."""
        return (self.year - START) * 12 + self.month

    def _found_organisation(self, at: int) -> None:
        township, village = TOWNSHIPS[at % len(TOWNSHIPS)], VILLAGES[at % len(VILLAGES)]
        more = (
            "" if at < len(VILLAGES) else "上下东西南北中新老大小"[at // len(VILLAGES) % 11] * (at // 440 + 1)
        )
        organisation = {
            "key": f"{at:06d}",
            "township": township,
            "village": f"{more}{village}村",
            "name": f"{more}{village}村党支部",
            "type": "村",
            "founded": date(1995, 7, 1),
            "secretary": None,
            "stars_last_year": self.dice.choice((None, 2, 3, 4)),
            "income": self.dice.random() < 0.7,
            "poor": self.dice.random() < 0.2,
            "account": self.registry.account(-1 - at),
        }
        self.organisations.append(organisation)

    def next(self) -> int:
        self.last += 1
        return self.last

    def somebody(self, n: int, born: date, sex: str, place: dict[str, Any] | None = None) -> Somebody:
        home = place or self.dice.choice(self.organisations)
        registry = self.registry
        return Somebody(
            registry.name(sex),
            sex,
            born,
            registry.number(born, sex),
            registry.account(n),
            home["township"],
            home["village"],
        )

    def who(self, n: int) -> Somebody | None:
        """Whoever has this number, as the rosters say it now; None where they have nobody."""
        found = next((held[n] for held in self._rosters() if n in held), None)
        return found.who if found else None

    def _rosters(self) -> tuple[dict[int, Any], ...]:
        return self.elders, self.cadres, self.waiting, self.graduates

    def has_another_account(self, n: int, card: str) -> None:
        """Somebody gives another account, which all lists have from now on."""
        for held in self._rosters():
            if n in held:
                held[n] = replace(held[n], who=replace(held[n].who, account=card))
        for number, loan in self.loans.items():
            if loan.n == n:
                self.loans[number] = replace(loan, who=replace(loan.who, account=card))
        if n in self.gifts:
            self.gifts[n] = replace(self.gifts[n], who=replace(self.gifts[n].who, account=card))

    def takes_office(self, place: dict[str, Any], post: str, since: date) -> int:
        n, sex = self.next(), self.dice.choice("男男男女")
        born = self.registry.day(since.year - 58, since.year - 30)
        self.cadres[n] = Cadre(self.somebody(n, born, sex, place), (pay.Row((post,), since),))
        return n

    def hires_a_graduate(self, since: date) -> None:
        n, sex = self.next(), self.dice.choice("男女")
        start = since + timedelta(days=self.dice.randrange(300))
        contract = {"start": start, "end": start + timedelta(days=3 * 365), "left": None, "reason": ""}
        born = self.registry.day(since.year - 27, since.year - 23)
        self.graduates[n] = Graduate(self.somebody(n, born, sex), (contract,))

    def born_elder(self) -> tuple[int, Elder]:
        """A former cadre, a member in hardship, one of before 1949, or a member whom nothing concerns."""
        n, dice, sex = self.next(), self.dice, self.dice.choice("男男女")
        kind = dice.choices(("cadre", "poor", "old", "plain"), (10, 6, 1, 3))[0]
        born = self.registry.day(1925, 1931) if kind == "old" else self.registry.day(1935, 1965)
        says = Person(born=born, sex=sex)
        if kind == "cadre":
            says = self._served(says)
        elif kind == "poor":
            says = replace(
                says,
                hardship=True,
                rural="农村",
                ledger_on=(dice.randrange(2008, 2014), dice.randrange(1, 13)),
            )
        elif kind == "old":
            joined = date(
                dice.randrange(max(born.year + 18, 1944), 1950), dice.randrange(1, 13), dice.randrange(1, 29)
            )
            says = replace(says, joined=joined, veteran=dice.random() < 0.1, retired=dice.random() < 0.1)
        return n, Elder(self.somebody(n, born, sex), says)

    def _served(self, says: Person) -> Person:
        dice, stays = self.dice, []
        at = (says.born.year + dice.randrange(22, 32)) * 12 + dice.randrange(12)
        for _ in range(dice.choice((1, 1, 2, 3))):
            months = dice.choice((36, 71, 72, 107, 108, 119, 120, 180, 240, dice.randrange(24, 260)))
            end = min(at + months - 1, START * 12 - 3)
            if end <= at:
                break
            stays.append(Stay(_month(at), _month(end), dice.choice(("书记", "主任", "会计"))))
            at = end + dice.choice((1, 1, 13, 30))
        if not stays:
            stays = [Stay((1990, 3), (2001, 2), "书记")]
        reason = dice.choices(("换届落选", "到龄离任", "", "免职", "罢免"), (10, 10, 4, 1, 1))[0]
        return replace(says, stays=tuple(stays), post=stays[-1].post, reason=reason, left=stays[-1].end)

    def judged(self) -> list[dict[str, Any]]:
        """What the townships write of their organisations at the end of the year, as the oracle of rate reads it."""
        dice, found = self.dice, []
        for one in self.organisations:
            level = dice.choice((95, 88, 85, 82, 80, 76, 60))
            valid = dice.randrange(20, 90)
            low = 0 if dice.random() < 0.05 else valid * 9 // 10
            found.append(
                one
                | {
                    "scores": {
                        good: Fraction(min(100, max(0, level + dice.randrange(-6, 7)))) for good in GOODS
                    },
                    "flags": {},
                    "criteria": {flag: dice.random() < 0.01 for flag in FLAGS},
                    "valid_votes": valid,
                    "satisfied_votes": dice.randrange(low, valid + 1),
                    "stated_satisfaction": None,
                    "veto": dice.random() < 0.06,
                    "honour": dice.choice((None,) * 12 + ("省级", "市级", "县级")),
                    "vacant_since": None,
                    "years_without_candidates": dice.choice((0, 0, 0, 1, 2)),
                    "unread": frozenset(),
                }
            )
            if dice.random() < 0.03:
                found[-1]["scores"][dice.choice(GOODS)] = None
        return found


def _month(count: int) -> YM:
    return count // 12, count % 12 + 1
