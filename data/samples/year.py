"""望川县 through 2026: what its townships report at the end of each month, and whose money the bank sends back.

`python data/samples/year.py FOLDER [PEOPLE] [SEED]` writes the twelve rosters. Seeded: the same words, the same year.
People die and are told of late, approvals come late, tenure is corrected, dates are known only to the year until
somebody has looked, identity numbers and accounts were wrong, people move away, and some who were dead were not.
"""

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import members
from county import TOWNSHIPS
from members import CLERKS, Clerk
from people import NO_BANK, People, Person, identity, later, luhn

YEAR, MONTHS = 2026, range(1, 13)
SEED = 20260101
# Cadres, members in hardship, and members whom nothing concerns, of twenty.
_SHARES = (8, 6, 6)
_WAITING = 0.06
"""Who is entitled when the year begins and not yet on a roster."""
_FULL_CLERKS = (CLERKS[0], CLERKS[5], CLERKS[6])
"""Those whose forms have a column for everything that happens here."""

Change = Callable[["Year", int, Person], Person]


class Year:
    """reported: the roster as it stands, by a number that stays a person's own. counts: how often what has happened.
    corrected: old and new identity numbers of this month, for which there are no papers yet. own_accounts: new ones that
    people told of, which a bank may not have seen."""

    def __init__(self, people: int, seed: int = SEED) -> None:
        self.random = Random(f"year {seed}")  # a stream of its own: People count on from SEED
        self.counts: Counter[str] = Counter()
        self.corrected: dict[int, tuple[str, str]] = {}
        self.place: dict[int, int] = {}
        self._numbers: set[str] = set()
        self._names: set[tuple[str, date]] = set()
        self.own_accounts: set[str] = set()
        self._unclear: dict[int, tuple[int, Person]] = {}
        everybody = dict(enumerate(self._everybody(people)))
        late = {n for n in everybody if self.random.random() < _WAITING}
        self._waiting = {n: everybody[n] for n in late}
        self.reported = {n: person for n, person in everybody.items() if n not in late}

    def _everybody(self, people: int) -> Iterator[Person]:
        """Nobody shares a number, or name and birthday, with anybody: who is who is not the matter here."""
        number = 0
        for township in range(len(TOWNSHIPS)):
            own = People(SEED, township)
            for person in own.some(*(people * share // 20 // len(TOWNSHIPS) for share in _SHARES)):
                if self._is_new(person):
                    self.place[number] = township
                    number += 1
                    yield person

    def _is_new(self, person: Person) -> bool:
        if person.identity in self._numbers or (person.name, person.born) in self._names:
            return False
        self._numbers.add(person.identity)
        self._names.add((person.name, person.born))
        return True

    def live_through(self, month: int) -> None:
        """What happens in a month, and what is only now told of months before."""
        self.corrected = {}
        for n, (since, person) in list(self._unclear.items()):
            if month - since > 1 and n in self.reported:
                self.reported[n] = replace(self.reported[n], spells=person.spells, cells={})
                del self._unclear[n]
        for what, (share, change) in _EVENTS.items():
            source = self._waiting if change is approved else self.reported
            free = [n for n in source if n not in self.corrected and n not in self._unclear]
            for n in self.random.sample(free, min(len(free), max(1, round(len(free) * share)))):
                before = source[n]
                after = change(self, month, before)
                if after is before:
                    continue
                self.counts[what] += 1
                if change is approved:
                    del self._waiting[n]
                elif change is known_to_the_year:
                    self._unclear[n] = month, before
                elif after.identity != before.identity:
                    self.corrected[n] = before.identity, after.identity
                self.reported[n] = after

    def comes_back(self, paid: Collection[str]) -> dict[str, str]:
        """Whom of those `paid` the bank could not pay, by identity number: the new account, "" where the old one is to
        be tried again."""
        found = {}
        for n, person in list(self.reported.items()):
            if person.identity in paid and self.random.random() < 0.03:
                new = self.random.random() < 0.5
                found[person.identity] = self.new_account() if new else ""
                if new:
                    self.reported[n] = replace(person, account=found[person.identity])
        return found

    def new_account(self) -> str:
        return luhn(f"{NO_BANK}{self.random.randrange(10**12):012d}")

    def book(self) -> bytes:
        """The roster as a workbook, one sheet a township, each as its clerk writes."""
        sheets: dict[str, list[Person]] = {township: [] for township in TOWNSHIPS}
        for n, person in self.reported.items():
            sheets[TOWNSHIPS[self.place[n]]].append(person)
        clerks: list[Clerk] = [_FULL_CLERKS[i % len(_FULL_CLERKS)] for i in range(len(TOWNSHIPS))]
        return members.book(sheets, clerks)


def died(year: Year, month: int, person: Person) -> Person:
    if person.died_on:
        return person
    told_late = year.random.choice((0, 0, 1, 2, 3))
    day = date(YEAR, max(1, month - told_late), year.random.randrange(1, 29))
    return replace(person, died_on=day, health="死亡")


def was_not_dead(year: Year, month: int, person: Person) -> Person:
    return replace(person, died_on=None, health="健在") if person.died_on else person


def approved(year: Year, month: int, person: Person) -> Person:
    return replace(person, approved_on=(YEAR, year.random.randrange(1, month + 1)))


def tenure_corrected(year: Year, month: int, person: Person) -> Person:
    if not person.spells:
        return person
    *before, (start, end, post) = person.spells
    assert end
    moved = later(end, year.random.choice((-36, -24, -12, 12, 24, 60)))
    if not start < moved <= (YEAR - 1, 12):
        return person
    return replace(person, spells=(*before, (start, moved, post)), left=moved)


def known_to_the_year(year: Year, month: int, person: Person) -> Person:
    """Only the years of the one spell are known: months of 0."""
    if len(person.spells) != 1 or person.died_on:
        return person
    ((start, end, post),) = person.spells
    assert end
    if start[0] == end[0]:
        return person
    written = f"{start[0]}年—{end[0]}年 {post}"
    return replace(person, spells=(((start[0], 0), (end[0], 0), post),), cells={"spells": written})


def number_corrected(year: Year, month: int, person: Person) -> Person:
    """A digit of the serial number was wrong, or the birthday; not together with an account that nobody knows."""
    off = 0 if person.account in year.own_accounts else year.random.choice((0, 0, 10, -300))
    born = person.born + timedelta(days=off)
    number = identity(born, person.sex, year.random.randrange(500))
    after = replace(person, born=born, identity=number)
    if number in year._numbers or (born != person.born and (person.name, born) in year._names):
        return person
    year._numbers.add(number)
    year._names.add((person.name, born))
    return after


def account_changed(year: Year, month: int, person: Person) -> Person:
    account = year.new_account()
    year.own_accounts.add(account)
    return replace(person, account=account)


def moved_away(year: Year, month: int, person: Person) -> Person:
    if person.moved_on:
        return person
    day = date(YEAR, max(1, month - year.random.choice((0, 1))), year.random.randrange(1, 29))
    return replace(person, household="迁出", moved_on=day)


def paused(year: Year, month: int, person: Person) -> Person:
    return person if person.paused else replace(person, paused=((YEAR, month), None))


_EVENTS: dict[str, tuple[float, Change]] = {
    "died": (0.006, died),
    "was not dead": (0.004, was_not_dead),
    "approved late": (0.15, approved),
    "tenure corrected": (0.01, tenure_corrected),
    "known to the year": (0.01, known_to_the_year),
    "number corrected": (0.004, number_corrected),
    "account changed": (0.004, account_changed),
    "moved away": (0.002, moved_away),
    "paused": (0.001, paused),
}


def main() -> None:
    folder, *rest = sys.argv[1:]
    year = Year(*map(int, rest or ["20000"]))
    Path(folder).mkdir(parents=True, exist_ok=True)
    for month in MONTHS:
        year.live_through(month)
        (Path(folder) / f"{YEAR}-{month:02d}.xlsx").write_bytes(year.book())
        year.comes_back({person.identity for person in year.reported.values()})


if __name__ == "__main__":
    main()
