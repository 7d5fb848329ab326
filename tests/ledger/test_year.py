"""A year of twelve monthly runs over people to whom things happen, reconciled with the oracle after each: 0 fen apart.

Deaths that are told late, approvals that come late, tenure that is corrected, a new edition in July, 退票.
"""

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from sanchuang_cli.ledger import batches, sending
from sanchuang_cli.ledger.book import Ledger, create
from sanchuang_cli.ledger.settled import by_number
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programme import Occasion
from sanchuang_cli.programmes.subsidies.owed import entitled
from sanchuang_cli.programmes.subsidies.policy import Subsidies
from sanchuang_cli.programmes.subsidies.records import Member
from sanchuang_cli.roster.schema import Roster
from tests.counts import FULL
from tests.ledger import county, plain
from tests.ledger.county import CHECKER, MAKER, ON, account
from tests.oracle import subsidies as oracle
from tests.oracle.subsidies import YM, Person
from tests.programmes.people import HARDSHIP, document, of_editions
from tests.programmes.test_subsidies_oracle import as_member, person, second_opinion, stays

PEOPLE = 20_000 if FULL else 45
NEW_RATE = 60
"""Yuan of 生活困难党员补贴 from July on; 50 before."""


def editions() -> PolicyFile[Subsidies]:
    """The default policy, and from July another that pays the poor more."""
    before, after = document()["edition"][0], document()["edition"][0]
    after["effective"] = date(2026, 7, 1)
    (poor,) = [benefit for benefit in after["benefit"] if benefit["name"] == HARDSHIP]
    poor["amount"][0]["tier"][0]["rate"] = NEW_RATE
    return of_editions(before, after)


def opinion(who: Person, month: YM) -> dict[str, Fraction]:
    owed = oracle.default(who, month)
    if month >= (2026, 7) and owed.get(HARDSHIP):
        owed = owed | {HARDSHIP: Fraction(NEW_RATE)}
    return owed


class County:
    """known: what the roster says of each person, by number. accounts: where their money goes."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.known: dict[int, Person] = {}
        self.waiting: dict[int, Person] = {}
        self.cards: dict[int, int] = {}
        taken = set()
        for i in range(PEOPLE):
            who = person(self.dice, 2026)
            if (who.born, i % 499) not in taken:
                taken.add((who.born, i % 499))
                late = self.dice.random() < 0.15
                (self.waiting if late else self.known)[i] = who

    def live_through(self, month: int) -> None:
        """What happens in a month, and what is only now told of months before."""
        dice = self.dice
        for i in list(self.waiting):
            if dice.random() < 0.2:
                self.known[i] = replace(self.waiting.pop(i), approved_on=(2026, dice.randint(1, month)))
        for i, who in self.known.items():
            luck = dice.random()
            if luck < 0.03:
                self.known[i] = replace(who, died_on=(2026, dice.randint(max(1, month - 3), month)))
            elif luck < 0.06:
                self.known[i] = replace(who, stays=stays(dice))
            elif luck < 0.07:
                self.known[i] = replace(who, died_on=None)

    def members(self) -> dict[int, Member]:
        return {
            i: as_member(who, i % 499).model_copy(update={"account": account(i, self.cards.get(i, 0))})
            for i, who in self.known.items()
        }


def paid_by_month(ledger: Ledger) -> dict[str, dict[YM, int]]:
    found: dict[str, dict[YM, int]] = {}
    for (number, month), fen in county.paid_in_all(ledger).items():
        found.setdefault(number, {})[int(month[:4]), int(month[5:])] = fen
    return found


def month_of_work(
    ledger: Ledger, place: Path, people: County, policy: PolicyFile[Subsidies], month: int
) -> int:
    """One monthly run, with whatever comes back from the bank; how many payments came back."""
    period = Period(Month(2026, month), 1)
    rosters = {"members": Roster(tuple(people.members().values())), "spells": Roster(())}
    with ledger.reading() as connection:
        known = by_number(connection, "subsidies")
    whole = entitled(rosters, policy, Occasion(ledger.open_period(period), period.last), known)
    made = batches.propose(ledger, replace(county.run(str(period)), policy=policy), whole, MAKER)
    came_back = 0
    for purpose, number in made.batches.items():
        batches.approve(ledger, number, CHECKER)
        if purpose == "recovery":
            sending.recovered(ledger, number, MAKER)
            continue
        files, _ = sending.send(ledger, number, plain.CSV, place / str(number), MAKER, ON)
        back = [
            (name, card, fen) for card, name, fen in plain.transfers(files) if people.dice.random() < 0.05
        ]
        again = county.returned(ledger, number, back).reissue if back else 0
        if again:
            came_back += len(back)
            batches.approve(ledger, again, CHECKER)
            sending.send(ledger, again, plain.CSV, place / str(again), MAKER, ON)
            batches.confirm(ledger, again, MAKER)
        batches.confirm(ledger, number, MAKER)
    return came_back


def test_after_every_month_of_a_year_everybody_was_paid_what_the_oracle_says(tmp_path: Path) -> None:
    policy, people = editions(), County(1)
    ledger = create(tmp_path / "county.db", Month(2025, 12), None)
    before: dict[str, dict[YM, int]] = {}
    came_back = doubtful = 0
    for month in range(1, 13):
        people.live_through(month)
        came_back += month_of_work(ledger, tmp_path, people, policy, month)
        months: list[YM] = [(2026, m) for m in range(1, month + 1)]
        paid = paid_by_month(ledger)
        for i, record in people.members().items():
            expected = second_opinion(people.known[i], months, opinion)
            if expected is None:
                doubtful += 1
                assert paid.get(record.identity, {}) == before.get(record.identity, {}), (
                    "a doubtful person was touched"
                )
                continue
            owed: dict[YM, int] = {}
            for (_, at), yuan in expected.items():
                owed[at] = owed.get(at, 0) + int(yuan * 100)
            assert paid.get(record.identity, {}) == owed, (month, people.known[i])
        before = paid
    county.sound(ledger)
    assert came_back and doubtful and sum(map(len, before.values())) > PEOPLE
