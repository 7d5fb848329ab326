"""Batches: proposed → approved → sent → paid, with returned and cancelled. Each change of state is one transaction.

Promise: what is sent is what was approved, line by line, and whoever approves did not propose.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, select

from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.ledger import chain, pages
from sanchuang_cli.ledger.approving import paper_of, refuse_other, sources
from sanchuang_cli.ledger.authority import Act
from sanchuang_cli.ledger.book import Ledger
from sanchuang_cli.ledger.chain import Done, Link, Said, Values, plain_json
from sanchuang_cli.ledger.history import APPROVED, BACK, CANCELLED, PROPOSED, SENT, SETTLED, History
from sanchuang_cli.ledger.kept import keep, kept
from sanchuang_cli.ledger.owed import Change, Comparison, compared
from sanchuang_cli.ledger.pages import PAYMENT, PURPOSES, RECOVERY, Line
from sanchuang_cli.ledger.paper import Lines, Signed
from sanchuang_cli.ledger.persons import Register
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
GONE = (SENT, SETTLED, BACK)


@dataclass(frozen=True)
class Proposed:
    """batches: the new batches by purpose; none when nothing is owed."""

    batches: dict[str, int]
    comparison: Comparison


@dataclass(frozen=True)
class Draft:
    """A batch before it has a number. results: digests of the workbooks that say what it pays."""

    purpose: str
    programme: str
    period: str
    title: str
    run: "OfRun"
    lines: Sequence[Line]
    findings: Sequence[Finding] = ()
    origin: int | None = None
    results: Sequence[str] = ()
    printing: Printing = AS_EVER


class OfRun(NamedTuple):
    """The row of a run, and whether no record has it yet."""

    row: dict[str, str]
    is_new: bool


def propose(
    ledger: Ledger,
    made: Run,
    entitled: Entitled,
    said: Said,
    results: Callable[[Comparison], Sequence[str]] = lambda found: (),
) -> Proposed:
    """Reserve what is owed in new batches: one to pay, one to ask back. Nothing owed, nothing written. results: digests
    of the workbooks that are approved with them."""
    months = ledger.open_period(made.occasion.period)
    with ledger.writing() as connection:
        found = compared(connection, made.name, entitled, made.occasion.period, months)
        parts = {PAYMENT: found.pay, RECOVERY: found.claim}
        if not any(parts.values()):
            return Proposed({}, found)
        register, of_run = Register(connection), run_of(connection, made)
        numbers, digests = {}, results(found)
        for purpose, changes in parts.items():
            if changes:
                lines = [_line(register, change) for change in changes]
                title = f"{made.occasion.period.title}{made.title}{PURPOSES[purpose]}"
                period = str(made.occasion.period)
                draft = Draft(
                    purpose,
                    made.name,
                    period,
                    title,
                    of_run,
                    lines,
                    found.findings,
                    results=digests,
                    printing=made.printing,
                )
                numbers[purpose] = opened(ledger, connection, draft, said, register)
                of_run = OfRun(of_run.row, is_new=False)
        remember(connection, made.name, found.settled)
        return Proposed(numbers, found)


def _line(register: Register, change: Change) -> Line:
    one = change.payee
    who = (one.key, one.name, one.account, one.bank, one.township, one.village)
    what = (change.benefit, change.month, change.component, change.kind, change.fen, change.reason)
    return Line(register.enrolled(one), *who, *what, change.edition, str(one.place))


def run_of(connection: Connection, made: Run) -> OfRun:
    """A run, whose id is the hash of what it was made from."""
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
    """A run that an earlier batch was made from."""
    return OfRun(dict(connection.execute(select(run).where(run.c.id == name)).mappings().one()), is_new=False)


def opened(ledger: Ledger, connection: Connection, draft: Draft, said: Said, register: Register) -> int:
    """The number of a new batch, its keys reserved and its workbook kept; with it goes what `register` holds new."""
    number = int(connection.execute(select(func.coalesce(func.max(batch.c.id), 0))).scalar_one()) + 1
    name, digest = _copied(ledger, connection, draft, number, said)
    values = {
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
    people, changed = register.taken()
    of_run = {"run": [draft.run.row]} if draft.run.is_new else {}
    more = {"results": list(draft.results)} if draft.results else {}
    done = Done(PROPOSED, number, {"batch": [values], **of_run, **people}, changed, more)
    chain.add(connection, done, said)
    of_batch = {"batch": number, "programme": draft.programme}
    rows = [{**of_batch, "position": i, **one._asdict()} for i, one in enumerate(draft.lines, 1)]
    connection.execute(insert(line), rows)
    connection.execute(insert(held), [{**{n: row[n] for n in KEY}, "batch": number} for row in rows])
    forget_touched(connection, line, line.c.batch == number)
    return number


def _copied(ledger: Ledger, connection: Connection, draft: Draft, number: int, said: Said) -> tuple[str, str]:
    """The batch's workbook, kept beside the ledger: its name and hash."""
    title = f"{draft.title}（批次 {number}）"
    more = sources(History.of(connection))
    tables = [
        pages.sums_page(draft.purpose, title, draft.lines),
        pages.list_page(draft.purpose, title, draft.lines),
        pages.lines_page(title, draft.lines),
        pages.findings_page(title, draft.findings),
        pages.sources_page(title, number, draft.run.row, draft.origin, more),
    ]

    def write(path: Path) -> None:
        workbook.write(path, tables, on=_day(said.at), printing=draft.printing)

    return keep(ledger.folder, f"{number:06d}", ".xlsx", write)


def _day(at: str) -> date:
    return datetime.fromisoformat(at).date()


def _digest(lines: Iterable[Line]) -> str:
    return hashlib.sha256(plain_json([list(one) for one in lines]).encode()).hexdigest()


def noted(
    connection: Connection,
    number: int,
    state: str,
    said: Said,
    more: Values | None = None,
    columns: Values | None = None,
) -> None:
    """Write down that batch `number` has come to `state`. columns: others of the batch that change with it."""
    row = {"id": number, "state": state, **(columns or {})}
    chain.add(connection, Done(state, number, changed={"batch": [row]}, more=more or {}), said)


def found(connection: Connection, number: int) -> Row[Any]:
    """The batch. Raises UserError."""
    row = connection.execute(select(batch).where(batch.c.id == number)).first()
    if row is None:
        raise UserError(f"没有批次 {number}。用 sanchuang batch list 看有哪些。")
    return row


def lines_of(connection: Connection, number: int) -> list[Line]:
    """A batch's lines as they were proposed."""
    columns = [line.c[name] for name in Line._fields]
    rows = connection.execute(select(*columns).where(line.c.batch == number).order_by(line.c.position))
    return [Line(*row) for row in rows]


def checked_lines(ledger: Ledger, connection: Connection, one: Row[Any]) -> list[Line]:
    """The lines, when they and the kept workbook are what was proposed. Raises UserError."""
    kept(ledger.folder, one.copy, one.copy_sha256)
    lines = lines_of(connection, one.id)
    stand = select(line.c.position, line.c.programme).where(line.c.batch == one.id).order_by(line.c.position)
    places = [(i, one.programme) for i in range(1, len(lines) + 1)]
    if _digest(lines) != one.lines_sha256 or [tuple(row) for row in connection.execute(stand)] != places:
        raise UserError(f"批次 {one.id} 的明细与提请时不同，不能继续。请运行 sanchuang ledger verify。")
    return lines


def paper_to_sign(ledger: Ledger, number: int) -> Path:
    """The workbook that is printed and signed: the batch's copy, as it was proposed. Raises UserError."""
    with ledger.reading() as connection:
        one = found(connection, number)
        return kept(ledger.folder, one.copy, one.copy_sha256)


def in_the_chain(connection: Connection, one: Row[Any]) -> History:
    """The chain, when the batch is what it says. Raises UserError."""
    history = History.of(connection)
    history.checked(one)
    return history


def paper(ledger: Ledger, number: int) -> Lines:
    """What is signed to approve a batch. Raises UserError."""
    with ledger.reading() as connection:
        one = found(connection, number)
        refuse_unless(one, PROPOSED, then="审批")
        lines = checked_lines(ledger, connection, one)
        return paper_of(in_the_chain(connection, one), one, lines)


def approve(ledger: Ledger, number: int, said: Said, signed: Signed | None = None) -> Row[Any]:
    """A second person's approval, with a signature where the ledger asks for one. Raises UserError."""
    with ledger.writing() as connection:
        one = found(connection, number)
        refuse_unless(one, PROPOSED, then="审批")
        lines = checked_lines(ledger, connection, one)
        history = in_the_chain(connection, one)
        if signed:
            refuse_other(signed, paper_of(history, one, lines))
        if why := history.why_not(number, Act(said.who, said.login, signed)):
            raise UserError(why)
        more = {"signed": signed.as_json()} if signed else {}
        noted(connection, number, APPROVED, said, more)
    return one


def cancel(ledger: Ledger, number: int, said: Said) -> None:
    """Free the batch's keys; its lines and its workbook stay as a trace. Raises UserError."""
    with ledger.writing() as connection:
        one = found(connection, number)
        refuse_unless(one, *OPEN, then="取消")
        in_the_chain(connection, one)
        release(connection, number)
        noted(connection, number, CANCELLED, said)


def confirm(ledger: Ledger, number: int, said: Said) -> None:
    """The bank has told all: what did not come back is paid, and from now on can be asked back. Raises UserError."""
    with ledger.writing() as connection:
        one = found(connection, number)
        refuse_unless(one, SENT, BACK, then="登记为已发放")
        in_the_chain(connection, one)
        noted(connection, number, SETTLED, said)


def release(connection: Connection, number: int) -> None:
    connection.execute(delete(held).where(held.c.batch == number))


def state_of(purpose: str, state: str) -> str:
    """A state as it is shown: what a 追缴 batch asked back is not paid but recovered."""
    return _RECOVERED if (purpose, state) == (RECOVERY, SETTLED) else STATES[state]


def refuse_unless(one: Row[Any], *states: str, then: str) -> None:
    if one.state not in states:
        wanted = "、".join(STATES[state] for state in states)
        raise UserError(
            f"批次 {one.id} {state_of(one.purpose, one.state)}，不能{then}；只有{wanted}的批次才能。"
        )


def events(connection: Connection, number: int) -> list[Link]:
    """All that was done with a batch, oldest first."""
    return chain.of_batch(connection, number)
