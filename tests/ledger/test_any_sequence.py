"""Runs, corrections, returns and crashes in any order: in the end everybody has got what they are owed.

The model knows nothing of the ledger's tables: it keeps what is due, and what the bank moved.
"""

import os
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, func, select
from sqlalchemy.engine import Connection

from sanchuang_cli.domain.payees import organisation
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import batches, sending
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.entries import IS_OF_RETURNS
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.settled import by_number
from sanchuang_cli.ledger.tables import batch, entry, line
from sanchuang_cli.outcome import Claimant, Entitled, Settled
from sanchuang_cli.period import Month
from tests import postgres
from tests.counts import FULL
from tests.ledger import county, plain
from tests.ledger.county import CHECKER, MAKER, ON
from tests.programmes.people import identity

PEOPLE, FIRST = range(5), 7
IN_PARTS, ORGANISATIONS = (2, 4), (3, 4)
"""Who is paid in two components, and who is no person."""


STEPS = [
    "it_proposes",
    "it_approves",
    "it_sends_or_gets_money_back",
    "it_cancels",
    "it_confirms",
    "the_bank_sends_something_back",
]
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
"""No shrinking: a step takes milliseconds of disk, and the shortest example would take minutes to find."""


def number_of(who: int, change: int) -> str:
    """Another number of a person, of the same birthday; another code of an organisation."""
    if who in ORGANISATIONS:
        return organisation(county=f"{who:02d}{change:04d}")
    return identity(f"{1930 + who}-03-15", "男", 100 + change)


class PowerCut(Exception):
    """What the test throws in the middle of a transaction."""


class Payments(RuleBasedStateMachine):
    """due: fen by person and month. moved: fen that the bank has moved to each person, net."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.stack.enter_context(plain.workbooks())
        self.ledger = county.new_at(self.place())
        self.month = FIRST
        self.due = {who: {"2026-07": 100_00} for who in PEOPLE}
        self.numbers = {who: number_of(who, 0) for who in PEOPLE}
        self.cards = {who: county.account(who) for who in PEOPLE}
        self.owner = {card: who for who, card in self.cards.items()}
        self.changes = 0
        self.moved: Counter[int] = Counter()
        self.sent: dict[int, dict[int, int]] = {}
        self.deduct = False
        self.versions: Counter[int] = Counter()
        self.no_papers: dict[int, str] = {}
        self.left_out: set[int] = set()

    def place(self) -> LedgerPlace:
        """Where the ledger is made."""
        return county.new_place(self.folder)

    @initialize(deduct=st.booleans())
    def policy(self, deduct: bool) -> None:
        self.deduct = deduct

    def teardown(self) -> None:
        try:
            self.settle()
        finally:
            self.stack.close()

    # ---------------------------------------------------------------- the world changes

    @rule()
    @precondition(lambda self: self.month < 12)
    def a_month_passes(self) -> None:
        self.month += 1
        for months in self.due.values():
            months[f"2026-{self.month:02d}"] = list(months.values())[-1]

    @rule(
        who=st.sampled_from(PEOPLE), fen=st.sampled_from([0, 50_00, 100_00, 130_01]), back=st.integers(0, 3)
    )
    def a_month_is_corrected(self, who: int, fen: int, back: int) -> None:
        self.due[who][f"2026-{max(FIRST, self.month - back):02d}"] = fen
        self.versions[who] += 1

    @rule(who=st.sampled_from(PEOPLE), back=st.integers(0, 3))
    def somebody_died_some_months_ago(self, who: int, back: int) -> None:
        for month in range(max(FIRST, self.month - back), self.month + 1):
            self.due[who][f"2026-{month:02d}"] = 0
        self.versions[who] += 1

    @rule(who=st.sampled_from(PEOPLE))
    def somebody_has_a_new_account(self, who: int) -> None:
        self.changes += 1
        self.cards[who] = county.account(who, self.changes)
        self.owner[self.cards[who]] = who

    @rule(who=st.sampled_from(PEOPLE), papers=st.booleans())
    def a_number_is_corrected(self, who: int, papers: bool) -> None:
        """The roster has it at once; the office may learn only later that both numbers are one person's."""
        self.changes += 1
        new = number_of(who, self.changes)
        if self.is_known(self.numbers[who]):
            self.no_papers[who] = self.numbers[who]
        self.numbers[who] = new
        if papers:
            self.papers_come(who)

    @rule(who=st.sampled_from(PEOPLE))
    def papers_come(self, who: int) -> None:
        if who in self.no_papers:
            with self.ledger.writing() as connection:
                Register(connection).join(
                    self.no_papers.pop(who), self.numbers[who], replace(MAKER, note="换证")
                )

    @rule(who=st.sampled_from(PEOPLE))
    def the_roster_leaves_somebody_out_or_has_them_again(self, who: int) -> None:
        self.left_out ^= {who}

    def is_known(self, number: str) -> bool:
        with self.ledger.reading() as connection:
            return number in Register(connection).by_number

    def number_on_the_ledger(self, who: int) -> str:
        return self.no_papers.get(who, self.numbers[who])

    # ---------------------------------------------------------------- the office works

    def entitled(self) -> Entitled:
        """As a programme would say it: of whoever is settled and says the same as then, only the months since."""
        with self.ledger.reading() as connection:
            settled = by_number(connection, "subsidies")
        listed = (who for who in PEOPLE if who not in self.left_out)
        people = [self.claimant(who, settled.get(self.numbers[who])) for who in listed]
        firm = Month(2026, self.month)
        return replace(county.entitled(*people, deduct=self.deduct), firm=firm)

    def claimant(self, who: int, settled: Settled | None) -> Claimant:
        sign = f"{self.numbers[who]} {self.versions[who]}"
        facts = {"key": self.numbers[who], "account": self.cards[who]}
        since = settled.through.plus(1) if settled and settled.sign == sign else None
        due = {month: fen for month, fen in self.due[who].items() if not since or month >= str(since)}
        plain = county.claimant(who, due, **facts)._replace(since=since, sign=sign)
        return county.in_parts(plain) if who in IN_PARTS else plain

    @rule()
    def it_proposes(self) -> None:
        county.propose(self.ledger, f"2026-{self.month:02d}", self.entitled())

    @rule(at=st.integers(0, 9))
    def it_approves(self, at: int) -> None:
        if number := self.one_of(at, "proposed"):
            batches.approve(self.ledger, number, CHECKER)

    @rule(at=st.integers(0, 9))
    def it_cancels(self, at: int) -> None:
        if number := self.one_of(at, "proposed", "approved"):
            batches.cancel(self.ledger, number, MAKER)

    @rule(at=st.integers(0, 9))
    def it_sends_or_gets_money_back(self, at: int) -> None:
        if number := self.one_of(at, "approved"):
            self.finish(number)

    @rule(at=st.integers(0, 9))
    def it_confirms(self, at: int) -> None:
        if number := self.one_of(at, "sent", "returned"):
            batches.confirm(self.ledger, number, MAKER)

    @rule()
    def all_that_is_owed_is_paid_at_once(self) -> None:
        self.it_proposes()
        for number in self.all_of("proposed"):
            batches.approve(self.ledger, number, CHECKER)
        for number in self.all_of("approved"):
            self.finish(number)
        for number in self.all_of("sent", "returned"):
            batches.confirm(self.ledger, number, MAKER)

    @rule(at=st.integers(0, 99), again=st.booleans())
    def the_bank_sends_back(self, at: int, again: bool = True) -> None:
        """However late: what was deducted or asked back of it meanwhile is owed again."""
        number, who, fen = self.transfer(at)
        if not number:
            return
        row = self.row_of(number, who)
        try:
            made = county.returned(self.ledger, number, [row], self.cards[who])
        except UserError as refusal:
            assert "请先取消批次" in str(refusal)  # which is about to take the same money
            return
        if made.persons:
            self.moved[who] -= fen
        if again:
            assert county.returned(self.ledger, number, [row]).persons == 0

    @rule(at=st.integers(0, 99))
    def it_had_arrived(self, at: int) -> None:
        """A return was booked by mistake."""
        number, who, _ = self.transfer(at)
        if not number:
            return
        try:
            made = county.arrived(self.ledger, number, [self.row_of(number, who)])
        except UserError as refusal:
            assert "请先取消" in str(refusal)
            return
        self.moved[who] += made.fen

    def transfer(self, at: int) -> tuple[int, int, int]:
        """Batch, person and fen of something that the bank paid; noughts where it has paid nothing yet."""
        sent = [(number, who, fen) for number, of in sorted(self.sent.items()) for who, fen in of.items()]
        return sent[at % len(sent)] if sent else (0, 0, 0)

    def the_bank_sends_something_back(self, at: int) -> None:
        self.the_bank_sends_back(at, at % 2 == 0)

    @rule(cut=st.integers(1, 30), what=st.sampled_from(STEPS), at=st.integers(0, 9))
    def the_power_is_cut(self, cut: int, what: str, at: int) -> None:
        """The step does not happen, unless it was over before the cut; then it did."""
        step = getattr(self, what)
        counted = 0

        def fails(*statement: object) -> None:
            nonlocal counted
            counted += 1
            if counted == cut:
                raise PowerCut

        event.listen(Connection, "before_cursor_execute", fails)
        try:
            step() if what == "it_proposes" else step(at)
        except PowerCut:
            pass
        finally:
            event.remove(Connection, "before_cursor_execute", fails)

    # ---------------------------------------------------------------- what must hold

    @invariant()
    def entries_are_what_the_bank_moved(self) -> None:
        sums: Counter[int] = Counter()
        for (number, _), fen in county.paid(self.ledger).items():
            who = next((who for who in PEOPLE if self.number_on_the_ledger(who) == number), None)
            if who is not None:
                sums[who] += fen
        assert {who: fen for who, fen in sums.items() if fen} == {
            who: fen for who, fen in self.moved.items() if fen
        }

    @invariant()
    def the_ledger_is_sound(self) -> None:
        county.sound(self.ledger)

    def settle(self) -> None:
        """Everything open is finished; then the months are run until nothing changes."""
        self.left_out.clear()
        for who in PEOPLE:
            self.papers_come(who)
        before: object = None
        for _ in range(30):
            if before == (before := county.content(self.ledger)):
                break
            self.all_that_is_owed_is_paid_at_once()
        paid = county.paid(self.ledger)
        for who in PEOPLE:
            for month, fen in self.due[who].items():
                assert paid.get((self.numbers[who], month), 0) == fen
        self.all_sums_are_one()
        before = county.content(self.ledger)
        county.propose(self.ledger, f"2026-{self.month:02d}", self.entitled())
        assert county.content(self.ledger) == before

    # ---------------------------------------------------------------- hands

    def all_sums_are_one(self) -> None:
        """Σ entries = Σ batches = Σ bank's files, with what came back and what was asked back taken off."""
        with self.ledger.reading() as connection:
            entries = connection.execute(select(func.sum(entry.c.fen))).scalar() or 0
            back = connection.execute(select(func.sum(entry.c.fen)).where(IS_OF_RETURNS)).scalar() or 0
            done = select(func.sum(line.c.fen)).join(batch, batch.c.id == line.c.batch)
            lines = (
                connection.execute(done.where(batch.c.state.in_(("sent", "paid", "returned")))).scalar() or 0
            )
            claims = (
                connection.execute(
                    done.where(batch.c.purpose == "recovery", batch.c.state == "paid")
                ).scalar()
                or 0
            )
        files = [path for folder in self.folder.glob("out*") for path in folder.iterdir()]
        bank = sum(fen for _, _, fen in plain.transfers(files))
        assert entries == lines + back == bank + claims + back == sum(self.moved.values())

    def finish(self, number: int) -> None:
        """Send a batch to the bank, or take what a 追缴 batch brings in."""
        with self.ledger.reading() as connection:
            batch_row = batches.batch_numbered(connection, number)
            lines = batches.lines_of(connection, number)
        if batch_row.purpose == "recovery":
            sending.recovered(self.ledger, number, MAKER)
            for line in lines:
                self.moved[self.owner[line.account]] += line.fen
            return
        files, again = sending.send(self.ledger, number, plain.CSV, self.folder / f"out{number}", MAKER, ON)
        assert not again
        self.sent[number] = {}
        for card, _, fen in plain.transfers(files):
            self.moved[self.owner[card]] += fen
            self.sent[number][self.owner[card]] = fen
        with self.ledger.reading() as connection:
            posted = connection.execute(select(func.sum(entry.c.fen)).where(entry.c.batch == number)).scalar()
        assert posted == sum(self.sent[number].values())

    def row_of(self, number: int, who: int) -> tuple[str, str, int]:
        files = list((self.folder / f"out{number}").iterdir())
        card, name, fen = next(t for t in plain.transfers(files) if self.owner[t[0]] == who)
        return name, card, fen

    def all_of(self, *states: str) -> list[int]:
        with self.ledger.reading() as connection:
            return [n for (n,) in connection.execute(select(batch.c.id).where(batch.c.state.in_(states)))]

    def one_of(self, at: int, *states: str) -> int:
        numbers = self.all_of(*states)
        return numbers[at % len(numbers)] if numbers else 0


TestAnySequence = Payments.TestCase
TestAnySequence.settings = settings(
    max_examples=500 if FULL else 12, stateful_step_count=40 if FULL else 25, deadline=None, phases=PHASES
)


class OnAServer(Payments):
    """The same with the ledger in a database."""

    def place(self) -> LedgerPlace:
        cluster = postgres.cluster()
        self.stack.enter_context(patch.dict(os.environ, {"HOME": str(self.folder)}))
        self.stack.enter_context(patch("sanchuang_cli.ledger.databases.login", lambda _, own: own))
        return cluster.server(cluster.database())


@pytest.mark.installed
def test_any_sequence_on_a_server() -> None:
    postgres.cluster()  # skips where there is none
    some = settings(
        max_examples=100 if FULL else 4,
        stateful_step_count=40 if FULL else 20,
        deadline=None,
        phases=PHASES,
    )
    run_state_machine_as_test(OnAServer, settings=some)
