"""Owed = entitled − posted − held in open batches: what this period pays, makes good, or asks back.

Pure of any writing. A key that an open batch has reserved is left to that batch, whatever has changed since.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.finding import Finding, Place, Severity
from sanchuang_cli.ledger.entries import PAID, RECOVERED, Key, Sum, posted
from sanchuang_cli.ledger.persons import Register
from sanchuang_cli.ledger.tables import KEY, batch, entry, held, line, person
from sanchuang_cli.period import Month, Period
from sanchuang_cli.programme import Claimant, Entitled

CURRENT, LATE, RAISED, REPAID, CORRECTED, NEW_STANDARD = (
    "本期",
    "补发：迟报或迟批",
    "补发：更正后应多发",
    "补发：退票或追回后应发",
    "更正后应少发",
    "补发：新标准",
)


class Change(NamedTuple):
    """One key's line in a batch. fen: to be posted; below zero it is taken back."""

    claimant: Claimant
    benefit: str
    month: str
    component: str
    kind: str
    fen: int
    reason: str
    edition: str


@dataclass(frozen=True)
class Comparison:
    """pay: for the bank, with what is deducted. claim: to be asked back. unchanged: keys that are as they should be.
    waiting: keys that open batches have reserved."""

    pay: tuple[Change, ...]
    claim: tuple[Change, ...]
    unchanged: int
    waiting: int
    findings: tuple[Finding, ...]


class _Known(NamedTuple):
    """What the ledger holds for the months looked at."""

    posted: dict[Key, Sum]
    held: dict[Key, tuple[int, int]]
    unsettled: dict[Key, int]


def compared(
    connection: Connection, programme: str, entitled: Entitled, asked: Period, months: Period
) -> Comparison:
    """What is owed in `months`, the open ones up to the end of the period `asked`."""
    register = Register(connection)
    first, last = str(months.start), str(Month.of(months.last))
    known = _Known(
        posted(connection, programme, first, last),
        _held(connection, programme, first, last),
        _unsettled(connection, programme),
    )
    doubts = register.doubts(entitled.claimants)
    findings = list(doubts.values())
    pay: list[Change] = []
    claim: list[Change] = []
    unchanged = waiting = 0
    months_of = defaultdict(set)
    for key in (*known.posted, *known.held):
        months_of[key.person].add(key)
    seen = {register.by_number.get(entitled.claimants[i].identity, "") for i in doubts}
    for i, claimant in enumerate(entitled.claimants):
        if i in doubts:
            continue
        who = register.by_number.get(claimant.identity, "")
        seen.add(who)
        changes, same, reserved, odd = _of_person(
            who, claimant, months_of[who], known, (programme, str(asked.start))
        )
        unchanged, waiting = unchanged + same, waiting + reserved
        findings += odd
        own, back = _settled(changes, entitled.deduct)
        if own and (why := flaw(claimant.account)):
            findings.append(_unreachable(claimant, why))
            own = []
        pay += own
        claim += back
    findings += _absent(register, known, seen)
    return Comparison(tuple(pay), tuple(claim), unchanged, waiting, tuple(findings))


def _of_person(
    who: str, claimant: Claimant, ledger_keys: Iterable[Key], known: _Known, run: tuple[str, str]
) -> tuple[list[Change], int, int, list[Finding]]:
    """What changes for one person, how many keys do not, how many are reserved, and what is odd."""
    programme, start = run
    due = {(one.benefit, str(one.month), one.component): one for one in claimant.due}
    keys = {(key.benefit, key.month, key.component) for key in ledger_keys} | set(due)
    changes: list[Change] = []
    odd: list[Finding] = []
    same = reserved = 0
    for what in sorted(keys, key=lambda key: (key[1], key[0], key[2])):
        benefit, month, component = what
        key = Key(who, programme, benefit, month, component)
        before, one = known.posted.get(key), due.get(what)
        owed = (one.fen if one else 0) - (before.fen if before else 0)
        if key in known.held:
            reserved += 1
            fen, batch = known.held[key]
            if owed != fen:
                odd.append(_stale(claimant, benefit, month, batch))
            continue
        if owed == 0:
            same += 1
            continue
        if owed < 0 and key in known.unsettled:
            reserved += 1
            odd.append(_too_early(claimant, benefit, month, known.unsettled[key]))
            continue
        kind = PAID if owed > 0 else RECOVERED
        edition = one.edition if one else before.edition if before else ""
        reason = _reason(owed, month, start, before, edition)
        changes.append(Change(claimant, benefit, month, component, kind, owed, reason, edition))
    return changes, same, reserved, odd


def _reason(owed: int, month: str, start: str, before: Sum | None, edition: str) -> str:
    if owed < 0:
        return CORRECTED
    if before is None:
        return CURRENT if month >= start else LATE
    if before.fen == 0:
        return REPAID
    return NEW_STANDARD if edition != before.edition else RAISED


def _settled(changes: list[Change], deduct: bool) -> tuple[list[Change], list[Change]]:
    """What goes into the payment and what is asked back. Deductions never take more than is paid; where nothing is
    paid there is nothing to deduct from, and it is asked back."""
    gains = [change for change in changes if change.fen > 0]
    losses = [change for change in changes if change.fen < 0]
    if not deduct or not gains:
        return gains, losses
    left = sum(change.fen for change in gains)
    taken = []
    for loss in losses:
        part = min(-loss.fen, left)
        if part:
            taken.append(loss._replace(fen=-part, reason=f"抵扣：{loss.reason}"))
            left -= part
    return gains + taken, []


def _held(connection: Connection, programme: str, first: str, last: str) -> dict[Key, tuple[int, int]]:
    """Reserved keys with what their batch is going to post, and the batch."""
    of_line = [line.c[name] == held.c[name] for name in KEY]
    found = (
        select(person.c.same_as, held.c.benefit, held.c.month, held.c.component, line.c.fen, held.c.batch)
        .join(person, person.c.id == held.c.person)
        .join(
            line,
            (line.c.batch == held.c.batch) & of_line[0] & of_line[1] & of_line[2] & of_line[3] & of_line[4],
        )
        .where(held.c.programme == programme, held.c.month.between(first, last))
    )
    return {
        Key(who, programme, benefit, month, component): (fen, batch)
        for who, benefit, month, component, fen, batch in connection.execute(found)
    }


def _unsettled(connection: Connection, programme: str) -> dict[Key, int]:
    """Keys of batches of which the bank may still send something back, so that nothing is asked back for them."""
    columns = (person.c.same_as, *(entry.c[name] for name in KEY[1:]), func.max(entry.c.batch))
    found = (
        select(*columns)
        .join(person, person.c.id == entry.c.person)
        .join(batch, batch.c.id == entry.c.batch)
        .where(batch.c.state.in_(("sent", "returned")), entry.c.programme == programme)
        .group_by(*columns[:-1])
    )
    return {Key(*row[:-1]): row[-1] for row in connection.execute(found)}


def _too_early(claimant: Claimant, benefit: str, month: str, batch: int) -> Finding:
    return Finding(
        "ledger.unsettled",
        Severity.WARNING,
        f"{claimant.name}：{benefit} {month} 多发了，但批次 {batch} 的银行结果还没有登记，暂不追缴",
        claimant.place,
        mend=f"银行结果出来后，用 sanchuang batch return 登记退票，再用 sanchuang batch paid {batch} 了结。",
    )


def _stale(claimant: Claimant, benefit: str, month: str, batch: int) -> Finding:
    return Finding(
        "ledger.reserved",
        Severity.WARNING,
        f"{claimant.name}：{benefit} {month} 已在批次 {batch} 里，现在算得的数不同；该批次了结后再比较",
        claimant.place,
        mend=f"批次 {batch} 不对的，先用 sanchuang batch cancel 取消，再重新提请；对的，照常送出。",
    )


def _unreachable(claimant: Claimant, why: str) -> Finding:
    return Finding(
        "ledger.account",
        Severity.WARNING,
        f"{claimant.name}：{why}，不列入批次；应发的留在台账上，账号补好后作补发",
        claimant.place,
        "银行代发须有有效账号",
        "请补填或改正账号。",
    )


def _absent(register: Register, known: _Known, seen: set[str]) -> Iterator[Finding]:
    """People who were paid for an open month and of whom this run says nothing: nothing is asked back from them."""
    paid: dict[str, int] = defaultdict(int)
    for key, one in known.posted.items():
        paid[key.person] += one.fen
    for who, fen in sorted(paid.items()):
        if fen and who not in seen:
            name, _, _, _, township, village = register.facts[who]
            yield Finding(
                "ledger.absent",
                Severity.WARNING,
                f"{township}{village} {name}：台账上已有发放，本次名册里没有，或因疑点没有认定；没有重算，也不追缴",
                Place("台账"),
                mend="离世、迁出的请在名册里保留一行并填明日期；有疑点的请先改正。",
            )
