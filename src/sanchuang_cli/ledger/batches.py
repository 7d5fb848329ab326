"""Moves batches through their states, in the ledger: proposed, approved, sent, paid; or returned, or cancelled.

Each change of state is one transaction: it writes a record of the chain, the tables, and the workbook beside the ledger.
Promise: what is sent is what was approved, line by line, and nobody approves what they proposed themselves.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, select

from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.ledger import chain, databases, pages
from sanchuang_cli.ledger.approval_paper import Lines, Signed
from sanchuang_cli.ledger.approving import paper_of, refuse_other, sources
from sanchuang_cli.ledger.authority import Act
from sanchuang_cli.ledger.chain import Deed, Done, Link, Values, plain_json
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import APPROVED, BACK, CANCELLED, PROPOSED, SENT, SETTLED, LedgerHistory
from sanchuang_cli.ledger.owed import BatchChange, Comparison, compared
from sanchuang_cli.ledger.pages import PAYMENT, PURPOSES, RECOVERY, LedgerLine
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.settled import forget_touched, remember
from sanchuang_cli.ledger.tables import KEY, batch, held, line, run
from sanchuang_cli.outcome import Entitled
from sanchuang_cli.report import workbook
from sanchuang_cli.report.printing import AS_EVER, Printing
from sanchuang_cli.report.run import Run

STATES = {
    PROPOSED: "已提请",
    APPROVED: "已审批",
    SENT: "已送银行",
    SETTLED: "已发放",
    BACK: "有退票",
    CANCELLED: "已取消",
}
_RECOVERED = "已收回"
OPEN = (PROPOSED, APPROVED)
"""States in which a batch reserves its keys."""
GONE = (SENT, SETTLED, BACK)
"""States of a batch whose files have gone to the bank."""


@dataclass(frozen=True)
class Proposed:
    """What a proposal did. batches: the number of each new batch by purpose; empty when nothing is owed."""

    batches: dict[str, int]
    comparison: Comparison


@dataclass(frozen=True)
class Draft:
    """A batch before it has a number. origin: the batch whose returned payments it sends again. results: the digests of
    the workbooks that say what it pays."""

    purpose: str
    programme: str
    period: str
    title: str
    run: "OfRun"
    lines: Sequence[LedgerLine]
    findings: Sequence[Finding] = ()
    origin: int | None = None
    results: Sequence[str] = ()
    printing: Printing = AS_EVER


class OfRun(NamedTuple):
    """The row of a run. is_new: no record of the chain has it yet."""

    row: dict[str, str]
    is_new: bool


def propose(
    ledger: Ledger,
    made: Run,
    entitled: Entitled,
    deed: Deed,
    results: Callable[[Comparison], Sequence[str]] = lambda comparison: (),
) -> Proposed:
    """Reserve what is owed in new batches, one to pay and one to ask back. When nothing is owed, nothing is written.

    results: gives the digests of the workbooks that are approved with the batches.
    """
    months = ledger.open_period(made.occasion.period)
    with ledger.writing() as connection:
        comparison = compared(connection, made, entitled, months)
        parts = {PAYMENT: comparison.pay, RECOVERY: comparison.claim}
        if not any(parts.values()):
            return Proposed({}, comparison)
        register, of_run = Register(connection), run_of(connection, made)
        numbers, digests = {}, results(comparison)
        for purpose, changes in parts.items():
            if changes:
                draft = _draft(made, purpose, of_run, [_line(register, change) for change in changes])
                draft = replace(draft, findings=comparison.findings, results=digests)
                numbers[purpose] = opened(ledger, connection, draft, deed, register)
                of_run = OfRun(of_run.row, is_new=False)  # the first batch has written it
        remember(connection, made.name, comparison.settled)
        return Proposed(numbers, comparison)


def _draft(made: Run, purpose: str, of_run: OfRun, lines: Sequence[LedgerLine]) -> Draft:
    period = made.occasion.period
    title = f"{period.title}{made.title}{PURPOSES[purpose]}"
    return Draft(purpose, made.name, str(period), title, of_run, lines, printing=made.printing)


def _line(register: Register, change: BatchChange) -> LedgerLine:
    payee = change.payee
    who = (payee.key, payee.name, payee.account, payee.bank, payee.township, payee.village)
    what = (change.benefit, change.month, change.component, change.kind, change.fen, change.reason)
    return LedgerLine(register.enrolled(payee), *who, *what, change.edition, str(payee.place))


def run_of(connection: Connection, made: Run) -> OfRun:
    """The run's row. Its id is the hash of the policy and the inputs, so a repeated run is the same run."""
    values = {
        "programme": made.name,
        "period": str(made.occasion.period),
        "policy": made.policy.name,
        "policy_sha256": made.policy.sha256,
        "documents": plain_json({str(e.effective): e.document for e in made.policy.editions}),
        "inputs": plain_json(sorted((book.file, book.sha256) for book in made.inputs)),
    }
    name = hashlib.sha256(plain_json(values).encode()).hexdigest()
    known = connection.execute(select(run.c.id).where(run.c.id == name)).first()
    return OfRun({"id": name, **values}, known is None)


def known_run(connection: Connection, name: str) -> OfRun:
    """The run of an earlier batch."""
    return OfRun(dict(connection.execute(select(run).where(run.c.id == name)).mappings().one()), is_new=False)


def opened(ledger: Ledger, connection: Connection, draft: Draft, deed: Deed, register: Register) -> int:
    """Open a batch: keep its workbook, reserve its keys, and write what `register` learnt about payees. Gives its number."""
    number = int(connection.execute(select(func.coalesce(func.max(batch.c.id), 0))).scalar_one()) + 1
    copy = _copied(ledger, connection, draft, number, deed)
    people, changed = register.taken()
    of_run = {"run": [draft.run.row]} if draft.run.is_new else {}
    new = {"batch": [_batch_row(draft, number, copy)], **of_run, **people}
    more = {"results": list(draft.results)} if draft.results else {}
    chain.add(connection, Done(PROPOSED, number, new, changed, more), deed)
    of_batch = {"batch": number, "programme": draft.programme}
    rows = [{**of_batch, "position": i, **planned._asdict()} for i, planned in enumerate(draft.lines, 1)]
    connection.execute(insert(line), rows)
    connection.execute(insert(held), [{**{n: row[n] for n in KEY}, "batch": number} for row in rows])
    forget_touched(connection, line, line.c.batch == number)
    return number


def _batch_row(draft: Draft, number: int, copy: tuple[str, str]) -> dict[str, Any]:
    name, digest = copy
    return {
        "id": number,
        "purpose": draft.purpose,
        "programme": draft.programme,
        "period": draft.period,
        "title": draft.title,
        "state": PROPOSED,
        "run": draft.run.row["id"],
        "origin": draft.origin,
        "copy": name,
        "copy_sha256": digest,
        "lines_sha256": _digest(draft.lines),
        "bank": "",
    }


def _copied(ledger: Ledger, connection: Connection, draft: Draft, number: int, deed: Deed) -> tuple[str, str]:
    """Write the workbook that is signed and keep it beside the ledger. Gives its name and hash."""
    title = f"{draft.title}（批次 {number}）"
    more = sources(LedgerHistory.of(connection))
    tables = [
        pages.sums_page(draft.purpose, title, draft.lines),
        pages.list_page(draft.purpose, title, draft.lines),
        pages.lines_page(title, draft.lines),
        pages.findings_page(title, draft.findings),
        pages.sources_page(title, number, draft.run.row, draft.origin, more),
    ]

    def write(path: Path) -> None:
        workbook.write(path, tables, on=_day(deed.at), printing=draft.printing)

    return ledger.copies.keep(connection, f"{number:06d}", ".xlsx", write)


def _day(at: str) -> date:
    return datetime.fromisoformat(at).date()


def _digest(lines: Iterable[LedgerLine]) -> str:
    return hashlib.sha256(plain_json([list(fields) for fields in lines]).encode()).hexdigest()


def noted(
    connection: Connection,
    number: int,
    state: str,
    deed: Deed,
    more: Values | None = None,
    columns: Values | None = None,
) -> None:
    """Record that batch `number` is in `state` now. columns: further columns of the batch that change with it."""
    row = {"id": number, "state": state, **(columns or {})}
    chain.add(connection, Done(state, number, changed={"batch": [row]}, more=more or {}), deed)


def names_of_copies(batch_row: Row[Any]) -> list[tuple[str, str]]:
    """The workbook of a batch and the bank's files, each with its hash, by their names among the copies."""
    record = json.loads(batch_row.bank) if batch_row.bank else {}
    of_bank = [(f"{record['folder']}/{name}", digest) for name, digest in record.get("files", ())]
    return [(batch_row.copy, batch_row.copy_sha256), *of_bank]


def batch_numbered(connection: Connection, number: int) -> Row[Any]:
    """The row of a batch. Raises UserError when there is no such batch."""
    row = connection.execute(select(batch).where(batch.c.id == number)).first()
    if row is None:
        raise UserError(f"没有批次 {number}。用 sanchuang batch list 看有哪些。")
    return row


def lines_of(connection: Connection, number: int) -> list[LedgerLine]:
    """The lines of a batch as they were proposed."""
    columns = [line.c[name] for name in LedgerLine._fields]
    rows = connection.execute(select(*columns).where(line.c.batch == number).order_by(line.c.position))
    return [LedgerLine(*row) for row in rows]


def checked_lines(ledger: Ledger, connection: Connection, batch_row: Row[Any]) -> list[LedgerLine]:
    """The lines of a batch. Raises UserError when they or the kept workbook are not what was proposed."""
    ledger.copies.kept(connection, batch_row.copy, batch_row.copy_sha256)
    lines = lines_of(connection, batch_row.id)
    stand = (
        select(line.c.position, line.c.programme)
        .where(line.c.batch == batch_row.id)
        .order_by(line.c.position)
    )
    places = [(i, batch_row.programme) for i in range(1, len(lines) + 1)]
    if (
        _digest(lines) != batch_row.lines_sha256
        or [tuple(row) for row in connection.execute(stand)] != places
    ):
        raise UserError(f"批次 {batch_row.id} 的明细与提请时不同，不能继续。请运行 sanchuang ledger verify。")
    return lines


def paper_to_sign(ledger: Ledger, number: int) -> Path:
    """The workbook that is printed and signed: the batch's copy, as it was proposed. Raises UserError."""
    with ledger.reading() as connection:
        batch_row = batch_numbered(connection, number)
        return ledger.copies.kept(connection, batch_row.copy, batch_row.copy_sha256)


def in_the_chain(connection: Connection, batch_row: Row[Any]) -> LedgerHistory:
    """The chain. Raises UserError when the batch is not what the chain says of it."""
    history = LedgerHistory.of(connection)
    history.checked(batch_row)
    return history


def paper(ledger: Ledger, number: int) -> Lines:
    """The paper that is signed to approve a batch. Raises UserError."""
    with ledger.reading() as connection:
        batch_row = batch_numbered(connection, number)
        refuse_unless(batch_row, PROPOSED, then="审批")
        lines = checked_lines(ledger, connection, batch_row)
        return paper_of(in_the_chain(connection, batch_row), batch_row, lines)


def approve(ledger: Ledger, number: int, deed: Deed, signed: Signed | None = None) -> Row[Any]:
    """Approve a batch as a second person, with a signature where the ledger asks for one. Raises UserError."""
    with ledger.writing() as connection:
        batch_row = batch_numbered(connection, number)
        refuse_unless(batch_row, PROPOSED, then="审批")
        lines = checked_lines(ledger, connection, batch_row)
        history = in_the_chain(connection, batch_row)
        if signed:
            refuse_other(signed, paper_of(history, batch_row, lines))
        if why := history.why_not(number, Act(deed.who, databases.login(connection, deed.login), signed)):
            raise UserError(why)
        more = {"signed": signed.as_json()} if signed else {}
        noted(connection, number, APPROVED, deed, more)
    return batch_row


def cancel(ledger: Ledger, number: int, deed: Deed) -> None:
    """Cancel a batch and free its keys. Its lines and its workbook stay as a trace. Raises UserError."""
    with ledger.writing() as connection:
        batch_row = batch_numbered(connection, number)
        refuse_unless(batch_row, *OPEN, then="取消")
        in_the_chain(connection, batch_row)
        release(connection, number)
        noted(connection, number, CANCELLED, deed)


def confirm(ledger: Ledger, number: int, deed: Deed) -> None:
    """Close a batch: no more payments will come back, and from now on they can be asked back. Raises UserError."""
    with ledger.writing() as connection:
        batch_row = batch_numbered(connection, number)
        refuse_unless(batch_row, SENT, BACK, then="登记为已发放")
        in_the_chain(connection, batch_row)
        noted(connection, number, SETTLED, deed)


def release(connection: Connection, number: int) -> None:
    """Free the keys that a batch has reserved."""
    connection.execute(delete(held).where(held.c.batch == number))


def state_of(purpose: str, state: str) -> str:
    """A state in Chinese. A 追缴 batch is never 已发放 (paid) but 已收回 (recovered)."""
    return _RECOVERED if (purpose, state) == (RECOVERY, SETTLED) else STATES[state]


def refuse_unless(batch_row: Row[Any], *states: str, then: str) -> None:
    """Raises UserError when the batch is in none of the states. then: what was to be done, for the message."""
    if batch_row.state not in states:
        wanted = "、".join(STATES[state] for state in states)
        raise UserError(
            f"批次 {batch_row.id} {state_of(batch_row.purpose, batch_row.state)}，不能{then}；只有{wanted}的批次才能。"
        )


def events(connection: Connection, number: int) -> list[Link]:
    """All that was done with a batch, oldest first."""
    return chain.of_batch(connection, number)
