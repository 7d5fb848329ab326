"""年度对账: the ledger's transfers of a period held against a bank's statement. It reads, and changes nothing."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from sanchuang_cli.ledger.batches import GONE, checked_lines, events, in_the_chain
from sanchuang_cli.ledger.book import Ledger
from sanchuang_cli.ledger.chain import head
from sanchuang_cli.ledger.entries import RETURNED, of_batch
from sanchuang_cli.ledger.history import APPROVED, BACK, SENT, SETTLED
from sanchuang_cli.ledger.pages import IMPORT, RECOVERY, Line, by_person
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
"""A file may be sent to the bank the day before the ledger is told."""


class TransferFacts(NamedTuple):
    """Whom a transfer of the ledger is to, and for what: fen by benefit; what comes back stands as it was sent."""

    list: str
    name: str
    township: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Reconciliation:
    """groups: those with anything in the period. facts: by the number of a transfer; lines: by that of a movement. others:
    lines that are no payments, with what they are. head: of the ledger's chain. since: from which month the ledger pays."""

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
        """What does not agree, and is to be cleared up."""
        return [one for one in self.groups if not one.outcome.agrees]

    @property
    def is_clear(self) -> bool:
        return not (self.open or self.statement.lost or self.statement.is_broken)

    def within(self, item: BookedTransfer | BankMovement | StatementLine) -> bool:
        return self.period.first <= item.day <= self.period.last

    def effects(self, one: Reconciled) -> dict[Month, int]:
        """By month of the period, what a group adds to the ledger's sum less the bank's."""
        found: dict[Month, int] = defaultdict(int)
        for item in one.items:
            if self.within(item):
                sign = (1 if item.way == OUT else -1) * (1 if isinstance(item, BookedTransfer) else -1)
                found[Month.of(item.day)] += sign * item.fen
        return found


def reconcile(ledger: Ledger, given: Statement, period: Period, days: int) -> Reconciliation:
    """Hold the ledger's transfers against the statement. days: within which the bank moves what was sent. Raises UserError
    where a batch is not what the chain says."""
    facts: dict[int, TransferFacts] = {}
    with ledger.reading() as connection:
        booked = list(_booked(ledger, connection, days, facts))
        end = head(connection)
    payees = Payees(
        ((one.account, facts[one.id].name) for one in booked),
        ((one.way, one.account, one.fen) for one in booked),
    )
    spans: dict[int, tuple[date, date]] = {}
    for one in booked:
        first, last = spans.get(one.batch, (one.first, one.last))
        spans[one.batch] = min(first, one.first), max(last, one.last)
    lines, moved, others = {}, [], []
    for number, line in enumerate(given.lines):
        account = payees.account_of(line)
        if not account and (what := other(line)):
            others += [(what, line)] * (period.first <= line.day <= period.last)
            continue
        lines[number] = line
        named = [
            one for one in batches_named(line) if one in spans and spans[one][0] <= line.day <= spans[one][1]
        ]
        shared = not account and may_be_a_list(line)
        moved.append(
            BankMovement(
                number, line.way, account, line.fen, line.day, shared, named[0] if len(named) == 1 else 0
            )
        )
    near = [one for one in booked if one.first <= period.last and one.last >= period.first]
    groups = tuple(one for one in reconciled(near, moved) if _touches(one, period))
    since = ledger.settled().plus(1)
    return Reconciliation(period, days, given, groups, facts, lines, tuple(others), end, since)


def _touches(one: Reconciled, period: Period) -> bool:
    return any(period.first <= item.day <= period.last for item in one.items)


class _BatchList(NamedTuple):
    """What a batch sent, or had back at one time. first: the day from which the bank may show it; day: it was booked."""

    way: str
    title: str
    first: date
    day: date
    people: list[list[Line]]


def _booked(
    ledger: Ledger, connection: Connection, days: int, facts: dict[int, TransferFacts]
) -> Iterator[BookedTransfer]:
    """What every batch sent and had back, numbered; facts: are filled in by these numbers."""
    rows = connection.execute(select(batch).where(batch.c.state.in_(GONE), batch.c.purpose != IMPORT))
    history = None
    for one in sorted(rows, key=lambda row: int(row.id)):
        history = history or in_the_chain(connection, one)
        history.checked(one)
        sent: dict[str, int] = {}
        for sheet in _lists(connection, one, by_person(checked_lines(ledger, connection, one))):
            key = len(facts)  # no other list begins at this number
            for own in sheet.people:
                if fen := abs(sum(line.fen for line in own)):
                    number, who = len(facts), own[0]
                    facts[number] = _facts(sheet.title, own)
                    undoes = sent.get(who.person) if sheet.way == IN else None
                    sent.setdefault(who.person, number)
                    span = sheet.day, sheet.first - _BEFORE, sheet.day + timedelta(days)
                    yield BookedTransfer(number, sheet.way, who.account, fen, *span, one.id, key, undoes)


def _lists(connection: Connection, one: Row[Any], people: list[list[Line]]) -> Iterator[_BatchList]:
    links = events(connection, one.id)
    days = {link.what: datetime.fromisoformat(link.at).date() for link in links}
    called_so = f"批次 {one.id}"
    if one.purpose == RECOVERY:
        yield _BatchList(IN, f"{called_so} 追回", days[APPROVED], days[SETTLED], people)
        return
    yield _BatchList(OUT, called_so, days[SENT], days[SENT], people)
    returned = [row for row in of_batch(connection, one.id) if row.kind == RETURNED]
    for link in [link for link in links if link.what == BACK]:
        last = link.more.get("entries", math.inf)  # a link that an upgrade took over does not say
        who = {row.person for row in returned if row.id <= last}
        returned = [row for row in returned if row.id > last]
        own = [lines for lines in people if lines[0].person in who]
        day = datetime.fromisoformat(link.at).date()
        yield _BatchList(IN, f"{called_so} 退票", days[SENT], day, own)


def _facts(title: str, own: Sequence[Line]) -> TransferFacts:
    parts: dict[str, int] = defaultdict(int)
    for line in own:
        parts[line.benefit] += line.fen
    sign = 1 if sum(parts.values()) > 0 else -1
    return TransferFacts(
        title, own[0].name, own[0].township, tuple((what, sign * fen) for what, fen in parts.items())
    )
