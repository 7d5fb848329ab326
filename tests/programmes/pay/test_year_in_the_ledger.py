"""Twelve months of cadres through the ledger: what was paid is what was owed, month by month, to the fen.

People join and leave and are reported late, July brings a raise that is known in September, grades come late and are
corrected, the bank sends money back. What is owed is worked out by the oracle; what was paid too much goes down by no
more than a fifth of what falls due, and all at once for whoever has left.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from sanchuang_cli.ledger import batches, sending
from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.tables import batch
from sanchuang_cli.outcome import Occasion
from sanchuang_cli.period import Month, Period, VagueDate
from sanchuang_cli.policy import PolicyFile
from sanchuang_cli.programmes.pay import PROGRAMME
from sanchuang_cli.record import Roster
from tests.counts import FULL
from tests.ledger import county, plain
from tests.ledger.county import CHECKER, MAKER, ON
from tests.oracle import pay as oracle
from tests.programmes.cadres import account, appraisal, cadre, identity, shipped, with_policy

PEOPLE = 3000 if FULL else 60
YEAR = 2026
GRADES = {"优秀": 140, "良好": 100, "一般": 70, "X": 0}
RAISED = 2345
Key = tuple[int, str, str]
"""Person, component, month."""


@dataclass(frozen=True)
class Life:
    """What happens to a cadre, and from which month of the year the roster says so. grades: by the month in which each is
    known, the last one counts."""

    start: date
    heard: int
    end: date | None
    end_heard: int
    rests: tuple[date, date] | None
    rest_heard: int
    grades: Mapping[int, str]
    post: str

    def known(self, month: int) -> oracle.Person | None:
        """What the roster of a month says; None where it does not have the person yet."""
        if month < self.heard:
            return None
        graded = [grade for at, grade in self.grades.items() if at <= month]
        row = oracle.Row(
            (self.post,),
            self.start,
            self.end if month >= self.end_heard else None,
            self.rests if month >= self.rest_heard else None,
        )
        grade = Fraction(GRADES[graded[-1]], 100) if graded else None
        return oracle.Person((row,), grade=grade)


def life(dice: Random) -> Life:
    joins = dice.random() < 0.15
    start = date(YEAR, 1, 1) + timedelta(days=dice.randrange(300)) if joins else date(2021, 1, 10)
    leaves = dice.random() < 0.2
    end = (
        start + timedelta(days=dice.randrange(330))
        if joins
        else date(YEAR, 1, 5) + timedelta(days=dice.randrange(330))
    )
    rests = dice.random() < 0.1
    first = date(YEAR, dice.randint(2, 6), 1)
    grades = {dice.choice((1, 2, 2, 2, 3, 4)): dice.choice(tuple(GRADES))}
    if dice.random() < 0.25:
        grades[dice.randint(5, 9)] = dice.choice(tuple(GRADES))
    return Life(
        start,
        start.month + dice.choice((0, 0, 1, 2)) if joins else 1,
        end if leaves else None,
        (end.month if end.year == YEAR else 13) + dice.choice((0, 0, 1, 3)),
        (first, first + timedelta(days=75)) if rests else None,
        first.month + dice.choice((0, 2)),
        {} if joins else grades,
        dice.choice(("书记", "副主任", "会计")),
    )


def editions(month: int) -> PolicyFile[Any]:
    """The documents that are known in a month: the raise of July comes in September."""
    first = shipped().editions[0]
    posts = [post.model_dump() | {"sole": False} for post in first.posts]
    plain_ = with_policy(posts=posts).editions[0]
    part = plain_.parts[0].model_dump() | {"yuan": RAISED}
    later = with_policy(posts=posts, parts=[part], effective=date(YEAR, 7, 1)).editions[0]
    return PolicyFile("县.toml", "0" * 64, (plain_, later) if month >= 9 else (plain_,))


def documents(month: int) -> tuple[oracle.Rules, ...]:
    """The same for the oracle."""
    percent = {"书记": Fraction(1), "副主任": Fraction(7, 10), "会计": Fraction(7, 10)}
    performance = oracle.Part(oracle.PERFORMANCE, "flat", (15456,), True)

    def of(since: date, yuan: int) -> oracle.Rules:
        base = oracle.Part(oracle.BASE, "flat", (yuan,))
        return oracle.Rules(
            since, percent, (base,), "whole", False, True, Fraction(1), Fraction(0), performance
        )

    first = of(date(2012, 1, 1), 2000)
    return (first, of(date(YEAR, 7, 1), RAISED)) if month >= 9 else (first,)


def rosters(lives: Mapping[int, Life], month: int) -> dict[str, Roster[Any]]:
    cadres, graded = [], []
    for at, one in lives.items():
        if who := one.known(month):
            (row,) = who.rows
            rest: dict[str, Any] = (
                {
                    "suspended_from": VagueDate.on(row.suspended[0]),
                    "suspended_to": VagueDate.on(row.suspended[1]),
                }
                if row.suspended and row.suspended[1]
                else {}
            )
            end = VagueDate.on(row.end) if row.end else None
            cadres.append(cadre(at, post=one.post, started=VagueDate.on(row.start), ended=end, **rest))
            if who.grade is not None:
                name = {Fraction(percent, 100): name for name, percent in GRADES.items()}[who.grade]
                graded.append(appraisal(at, name, YEAR - 1, line=at))
    return {
        "cadres": Roster(tuple(cadres)),
        "villages": Roster(()),
        "appraisals": Roster(tuple(graded)),
        "unclaimed": Roster(()),
    }


def owed(lives: Mapping[int, Life], month: int) -> dict[Key, int]:
    """What is due by all that is known in a month, for the months of the year so far."""
    months = [(YEAR, number) for number in range(1, month + 1)]
    return {
        (at, component, f"{of[0]}-{of[1]:02}"): fen
        for at, one in lives.items()
        if (who := one.known(month))
        for (component, of), fen in oracle.due(who, documents(month), months).items()
    }


def paid(ledger: Ledger, numbers: Mapping[str, int]) -> dict[Key, int]:
    with ledger.reading() as connection:
        sums, register = posted(connection, "pay"), Register(connection)
    who = {person: numbers[number] for number, person in register.by_number.items()}
    return {
        (who[key.person], key.component, key.month): total.fen for key, total in sums.items() if total.fen
    }


def all_of(ledger: Ledger, *states: str) -> list[int]:
    with ledger.reading() as connection:
        return [
            number for (number,) in connection.execute(select(batch.c.id).where(batch.c.state.in_(states)))
        ]


def a_month_of_the_office(
    ledger: Ledger, lives: Mapping[int, Life], month: int, folder: Path, dice: Random
) -> None:
    """Proposed, approved, sent, some of it sent back by the bank and paid again, and closed."""
    period = Period(Month(YEAR, month), 1)
    asked = Occasion(ledger.open_period(period), period.last)
    entitled = PROGRAMME.entitled(rosters(lives, month), editions(month), asked, {})
    run = replace(county.run(str(period), f"{month:064x}"), name="pay", title="在职报酬")
    batches.propose(ledger, run, entitled, MAKER)
    back = True
    while numbers := all_of(ledger, "proposed"):
        for number in numbers:
            batches.approve(ledger, number, CHECKER)
            with ledger.reading() as connection:
                purpose = batches.batch_numbered(connection, number).purpose
            if purpose == "recovery":
                sending.recovered(ledger, number, MAKER)
                continue
            files, _ = sending.send(ledger, number, plain.CSV, folder / f"out{number}", MAKER, ON)
            transfers = plain.transfers(files)
            if back:
                sent_back = dice.sample(transfers, min(2, len(transfers)))
                county.returned(ledger, number, [(name, card, fen) for card, name, fen in sent_back])
                back = False
    for number in all_of(ledger, "sent", "returned"):
        batches.confirm(ledger, number, MAKER)


def expected(before: Mapping[Key, int], due: Mapping[Key, int], month: int) -> Counter[int]:
    """By person what the ledger should show in all after a month, from what it showed before and what is due by now."""
    people = {key[0] for key in (*before, *due)}
    after = Counter[int]()
    for at in people:
        keys = {key for key in (*before, *due) if key[0] == at}
        gains = sum(max(0, due.get(key, 0) - before.get(key, 0)) for key in keys)
        excess = sum(max(0, before.get(key, 0) - due.get(key, 0)) for key in keys)
        stays = any(key[0] == at and key[2] == f"{YEAR}-{month:02}" for key in due)
        taken = min(excess, gains // 5) if gains else 0 if stays else excess
        after[at] = sum(before.get(key, 0) for key in keys) + gains - taken
    return after


def test_paid_is_owed_in_each_of_twelve_months(tmp_path: Path) -> None:
    dice = Random(20260101)
    lives = {at: life(dice) for at in range(1, PEOPLE + 1)}
    numbers = {identity(at): at for at in lives}
    assert len(numbers) == PEOPLE and account(1) != account(2)
    overpaid = 0
    with plain.workbooks():
        ledger = county.new(tmp_path, f"{YEAR - 1}-12")
        shown: dict[Key, int] = {}
        for month in range(1, 13):
            due = owed(lives, month)
            after = expected(shown, due, month)
            a_month_of_the_office(ledger, lives, month, tmp_path, dice)
            shown = paid(ledger, numbers)
            sums = Counter[int]()
            for key, fen in shown.items():
                sums[key[0]] += fen
            assert +sums == +after, month
            short = {key: (shown.get(key, 0), fen) for key, fen in due.items() if shown.get(key, 0) < fen}
            assert not short, (month, short)
            overpaid += sum(fen - due.get(key, 0) for key, fen in shown.items())
        county.sound(ledger)
    assert sum(shown.values()) > PEOPLE * 10_000_00 / 2
    assert overpaid, "nobody was overpaid: the year says nothing about instalments"
