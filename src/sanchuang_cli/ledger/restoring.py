"""Takes back a return that was booked by mistake (撤销退票): the payment had arrived.

Nothing is deleted. Each entry of the return gets a counter-entry, and a record of the chain says who did it and why. The
payment counts as made again, and may come back another time.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.batches import checked_lines
from sanchuang_cli.ledger.chain import NOT_BACK, Deed, Done, add
from sanchuang_cli.ledger.entries import ARRIVED, NEVER_BACK, NewEntry, first_ids, nth, post, turns_of
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.given_lists import refuse_of_another, refuse_own, returning
from sanchuang_cli.ledger.pages import LedgerLine, by_person
from sanchuang_cli.ledger.return_list import ReturnRow, sorted_out
from sanchuang_cli.ledger.returns import fitted
from sanchuang_cli.ledger.tables import held


class Restored(NamedTuple):
    """What was taken back. persons, fen: of the returns that were wrong. before: rows that do not count as returned anyway.
    failed: rows that say that the payment did come back; they are left as they are."""

    persons: int
    fen: int
    before: int
    failed: int


def restore(ledger: Ledger, number: int, rows: Sequence[ReturnRow], deed: Deed) -> Restored:
    """Take back returns of batch `number`, of the rows that say that the payment arrived.

    Raises UserError, also where an open batch is about to pay the same again.
    """
    if not deed.note.strip():
        raise UserError("请用 --note 写明依据，如银行的到账证明。")
    with ledger.writing() as connection:
        batch_row = returning(connection, number)
        lines = checked_lines(ledger, connection, batch_row)
        refuse_own(connection, deed.file_sha256)
        refuse_of_another(connection, number, deed.file_sha256, rows)
        told = sorted_out(rows)
        if not told.arrived:
            raise UserError(
                "名单里没有一笔写明成功、到账，没有撤销。请用银行写明处理结果的名单，或在处理结果一列写“成功”。"
            )
        turns = turns_of(connection, number)
        matched = [of_person for of_person, _ in fitted(by_person(lines), told.arrived)]
        wrong = [one for one in matched if turns.get(one[0].person, NEVER_BACK).is_back]
        before = len(matched) - len(wrong)
        if not wrong:
            return Restored(0, 0, before, len(told.back))
        _refuse_reserved(connection, batch_row.programme, wrong)
        again = [
            NewEntry(
                line.key(batch_row.programme),
                nth(ARRIVED, turns[line.person].returned),
                line.fen,
                line.edition,
                line.place,
            )
            for of_person in wrong
            for line in of_person
        ]
        last = post(connection, number, batch_row.run, again)
        add(connection, Done(NOT_BACK, number, more=last), deed)
        return Restored(len(wrong), sum(one.fen for one in again), before, len(told.back))


def _refuse_reserved(connection: Connection, programme: str, wrong: Sequence[Sequence[LedgerLine]]) -> None:
    """Raises UserError where an open batch has reserved one of the keys: it was made when the money counted as returned."""
    same = first_ids(connection)
    taken = {
        (same[row.person], row.benefit, row.month, row.component): row.batch
        for row in connection.execute(select(held).where(held.c.programme == programme))
    }
    keys = ((same[one.person], one.benefit, one.month, one.component) for of in wrong for one in of)
    if batches := sorted({taken[key] for key in keys if key in taken}):
        numbers = "、".join(map(str, batches))
        raise UserError(
            f"批次 {numbers} 还要付其中的钱，没有撤销。请先取消：sanchuang batch cancel {batches[0]} --note 原因，再撤销；"
            "真退回来的，下次提请时作补发。"
        )
