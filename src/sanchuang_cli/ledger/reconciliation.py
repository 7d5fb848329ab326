"""Compares the ledger's transfers of a period, which it only reads, with the lines of a bank's statement (年度对账)."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from sanchuang_cli.ledger.batches import GONE, checked_lines, events, in_the_chain
from sanchuang_cli.ledger.chain import head
from sanchuang_cli.ledger.entries import RETURNED, of_batch, parted, turns_of
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import APPROVED, BACK, SENT, SETTLED
from sanchuang_cli.ledger.pages import IMPORT, RECOVERY, LedgerLine, by_person
from sanchuang_cli.ledger.reconciling import (
    IN,
    OUT,
    BankMovement,
    BookedTransfer,
    Reconciled,
    reconciled,
)
from sanchuang_cli.ledger.statement import (
    Payees,
    Statement,
    StatementLine,
    batches_named,
    may_be_a_list,
    other,
)
from sanchuang_cli.ledger.tables import batch
from sanchuang_cli.period import Month, Period

_BEFORE = timedelta(days=1)
"""A file may go to the bank a day before this is booked."""


class TransferFacts(NamedTuple):
    """Whom a transfer is to and what for. parts: fen by benefit, of a returned transfer as they were sent."""

    list: str
    name: str
    township: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Reconciliation:
    """What a comparison found.

    groups: those with anything in the period. facts: by the id of a transfer. lines: by the id of a movement. others:
    lines that are no payments, with what they are. head: of the ledger's chain. since: the first month of the ledger.
    """

    period: Period
    days: int
    statement: Statement
    groups: tuple[Reconciled, ...]
    facts: dict[int, TransferFacts]
    lines: dict[int, StatementLine]
    others: tuple[tuple[str, StatementLine], ...]
    head: str
    since: Month

    @property
    def open(self) -> list[Reconciled]:
        """The groups that do not agree."""
        return [group for group in self.groups if not group.outcome.agrees]

    @property
    def is_clear(self) -> bool:
        """Whether everything agrees, and nothing of the statement is missing or unread."""
        return not (self.open or self.statement.lost or self.statement.is_broken)

    def within(self, item: BookedTransfer | BankMovement | StatementLine) -> bool:
        """Whether its day lies in the period."""
        return self.period.first <= item.day <= self.period.last

    def effects(self, group: Reconciled) -> dict[Month, int]:
        """What a group adds to the difference, ledger less bank, by month of the period."""
        effects: dict[Month, int] = defaultdict(int)
        for item in group.items:
            if self.within(item):
                sign = (1 if item.way == OUT else -1) * (1 if isinstance(item, BookedTransfer) else -1)
                effects[Month.of(item.day)] += sign * item.fen
        return effects


def reconcile(ledger: Ledger, given: Statement, period: Period, days: int) -> Reconciliation:
    """Compare the ledger's transfers with the statement. days: within which the bank moves what was sent.

    Raises UserError when a batch is not what the chain says.
    """
    facts: dict[int, TransferFacts] = {}
    with ledger.reading() as connection:
        booked = list(_booked(ledger, connection, days, facts))
        head_of_chain = head(connection)
    payees = Payees(
        ((transfer.account, facts[transfer.id].name) for transfer in booked),
        ((transfer.way, transfer.account, transfer.fen) for transfer in booked),
    )
    spans = _spans(booked)
    lines, moved, others = {}, [], []
    for number, line in enumerate(given.lines):
        account = payees.account_of(line)
        if not account and (what := other(line)):
            others += [(what, line)] * (period.first <= line.day <= period.last)
            continue
        lines[number] = line
        moved.append(_movement(number, line, account, spans))
    # Transfers near the period are matched, too: what was sent in December may be debited in January.
    near = [
        transfer for transfer in booked if transfer.first <= period.last and transfer.last >= period.first
    ]
    groups = tuple(group for group in reconciled(near, moved) if _touches(group, period))
    since = ledger.settled().plus(1)
    return Reconciliation(period, days, given, groups, facts, lines, tuple(others), head_of_chain, since)


def _spans(booked: Sequence[BookedTransfer]) -> dict[int, tuple[date, date]]:
    """The first and the last day on which the bank may show anything of a batch, by batch."""
    spans: dict[int, tuple[date, date]] = {}
    for transfer in booked:
        first, last = spans.get(transfer.batch, (transfer.first, transfer.last))
        spans[transfer.batch] = min(first, transfer.first), max(last, transfer.last)
    return spans


def _movement(
    id_: int, line: StatementLine, account: str, spans: dict[int, tuple[date, date]]
) -> BankMovement:
    """The movement of a statement's line. Of several batches that it names, those count that may be moved on its day.

    A line that names only batches which the ledger does not have, or not then, is for none of the others.
    """
    named = sorted(batches_named(line))
    then = [
        number for number in named if number in spans and spans[number][0] <= line.day <= spans[number][1]
    ]
    shared = not account and may_be_a_list(line)
    only_batch = then[0] if len(then) == 1 else named[0] if named and not then else 0
    return BankMovement(id_, line.way, account, line.fen, line.day, shared, only_batch)


def _touches(group: Reconciled, period: Period) -> bool:
    return any(period.first <= item.day <= period.last for item in group.items)


class _BatchList(NamedTuple):
    """What a batch sent, or what came back of it at one time. first: when the bank may show it first. day: when it was
    booked. people: the lines of each person."""

    way: str
    title: str
    first: date
    day: date
    people: list[list[LedgerLine]]


def _booked(
    ledger: Ledger, connection: Connection, days: int, facts: dict[int, TransferFacts]
) -> Iterator[BookedTransfer]:
    """Every transfer of every batch, numbered. facts: is filled by these numbers."""
    rows = connection.execute(select(batch).where(batch.c.state.in_(GONE), batch.c.purpose != IMPORT))
    history = None
    for batch_row in sorted(rows, key=lambda row: int(row.id)):
        history = history or in_the_chain(connection, batch_row)  # read once for all batches
        history.checked(batch_row)
        sent: dict[str, int] = {}
        for sheet in _lists(connection, batch_row, by_person(checked_lines(ledger, connection, batch_row))):
            key = len(facts)  # no other list begins at this number
            for lines in sheet.people:
                if fen := abs(sum(line.fen for line in lines)):
                    number, who = len(facts), lines[0]
                    facts[number] = _facts(sheet.title, lines)
                    undoes = sent.get(who.person) if sheet.way == IN else None
                    sent.setdefault(who.person, number)
                    span = sheet.day, sheet.first - _BEFORE, sheet.day + timedelta(days)
                    yield BookedTransfer(
                        number, sheet.way, who.account, fen, *span, batch_row.id, key, undoes
                    )


def _lists(
    connection: Connection, batch_row: Row[Any], people: list[list[LedgerLine]]
) -> Iterator[_BatchList]:
    links = events(connection, batch_row.id)
    days = {link.what: datetime.fromisoformat(link.at).date() for link in links}
    called_so = f"批次 {batch_row.id}"
    if batch_row.purpose == RECOVERY:
        yield _BatchList(IN, f"{called_so} 追回", days[APPROVED], days[SETTLED], people)
        return
    yield _BatchList(OUT, called_so, days[SENT], days[SENT], people)
    returned = _returned(connection, batch_row.id)
    for link in [link for link in links if link.what == BACK]:
        last = link.more.get("entries", math.inf)  # a link that an upgrade took over does not say
        who = {row.person for row in returned if row.id <= last}
        returned = [row for row in returned if row.id > last]
        persons_lines = [lines for lines in people if lines[0].person in who]
        day = datetime.fromisoformat(link.at).date()
        yield _BatchList(IN, f"{called_so} 退票", days[SENT], day, persons_lines)


def _returned(connection: Connection, number: int) -> list[Row[Any]]:
    """The entries of what came back of a batch. What was taken back again never was."""
    rows, turns = of_batch(connection, number), turns_of(connection, number)
    numbered = [(row, *parted(row.kind)) for row in rows]
    return [row for row, kind, turn in numbered if kind == RETURNED and turn > turns[row.person].arrived]


def _facts(title: str, lines: Sequence[LedgerLine]) -> TransferFacts:
    parts: dict[str, int] = defaultdict(int)
    for line in lines:
        parts[line.benefit] += line.fen
    sign = 1 if sum(parts.values()) > 0 else -1
    return TransferFacts(
        title, lines[0].name, lines[0].township, tuple((what, sign * fen) for what, fen in parts.items())
    )
