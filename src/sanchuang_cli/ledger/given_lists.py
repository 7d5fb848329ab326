"""Looks at a bank's list before anything of it is booked: whether it is one of the batch that it was given for, and what somebody must
look into. Reads only.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.batches import (
    GONE,
    batch_numbered,
    events,
    in_the_chain,
    lines_of,
    names_of_copies,
    refuse_unless,
)
from sanchuang_cli.ledger.chain import NOT_BACK, Link
from sanchuang_cli.ledger.entries import NEVER_BACK, Turns, first_ids
from sanchuang_cli.ledger.history import BACK, CANCELLED, SENT
from sanchuang_cli.ledger.pages import PAYMENT, PURPOSES, REISSUE, LedgerLine
from sanchuang_cli.ledger.return_list import ReturnRow
from sanchuang_cli.ledger.statement import batches_in
from sanchuang_cli.ledger.tables import batch, chain
from sanchuang_cli.record import shown

Returned = tuple[list[LedgerLine], ReturnRow]
"""The lines of a person, and the bank's row about them."""

_DAY = re.compile(r"(20\d{2})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})")
_OF_DAYS = re.compile("^(?:交易|退票|退汇|退回|处理|入账|记账|付款|支付|发放|代发|银行)?(?:日期|时间)$")
_BEFORE = timedelta(days=1)
"""A file may go to the bank a day before this is booked."""


def returning(connection: Connection, number: int) -> Row[Any]:
    """A batch whose payments may come back. Raises UserError for one that nothing was sent of."""
    batch_row = batch_numbered(connection, number)
    if batch_row.purpose not in (PAYMENT, REISSUE):
        raise UserError(
            f"批次 {number} 是{PURPOSES[batch_row.purpose]}，没有送银行，不会有退票。请核对批次号。"
        )
    refuse_unless(batch_row, *GONE, then="登记退票")
    in_the_chain(connection, batch_row)
    return batch_row


def refuse_own(connection: Connection, file_sha256: str) -> None:
    """Raises UserError where the file is one that the ledger wrote for the bank or for signing: it says what was to be paid,
    and nothing of what came back."""
    for batch_row in connection.execute(select(batch)) if file_sha256 else ():
        for name, digest in names_of_copies(batch_row):
            if digest == file_sha256:
                raise UserError(
                    f"这是批次 {batch_row.id} 自己的文件（{name}），写的是要付的，不是银行给的退票名单，什么都没有登记。"
                    "请用银行给的名单。"
                )


def refuse_of_another(
    connection: Connection, number: int, file_sha256: str, rows: Sequence[ReturnRow]
) -> None:
    """Raises UserError where a list is of another batch: it was registered for that one, or rows of it name that one, or a day before
    this one was sent."""
    lists = select(chain).where(chain.c.what.in_((BACK, NOT_BACK)), chain.c.batch != number)
    given = set[int | None]()
    for link in (Link(*row) for row in connection.execute(lists.order_by(chain.c.id))):
        if link.what == NOT_BACK:
            given.discard(link.batch)  # it may have been given for that one by mistake
        if file_sha256 and link.more.get("file_sha256") == file_sha256:
            given.add(link.batch)
    if given:
        raise UserError(
            f"这份名单已经登记过，是批次 {'、'.join(map(str, given))} 的，什么都没有登记。请核对批次号，用批次 {number} 的名单。"
        )
    sent = max(link.at for link in events(connection, number) if link.what == SENT)
    first = datetime.fromisoformat(sent).date() - _BEFORE
    others = {one.id for one in connection.execute(select(batch.c.id)) if one.id != number}
    wrong = [f"{row.row.place()}：{why}" for row in rows if (why := _of_another(row, number, others, first))]
    if wrong:
        raise UserError(
            "\n  ".join([f"名单有 {len(wrong)} 行不是批次 {number} 的，什么都没有登记：", *wrong])
        )


def _of_another(row: ReturnRow, number: int, others: Set[int], first: date) -> str:
    """Why a row cannot be about a batch that went to the bank on the day `first` or after, in Chinese; "" when it can. others: the
    numbers of the other batches."""
    for column, cell in enumerate(row.row.cells, 1):
        text = shown(cell)
        named = batches_in(text)
        if number not in named and (other := max(named & others, default=0)):
            return f"写的是批次 {other}（“{text}”），请用 sanchuang batch return {other} 登记"
        if _OF_DAYS.search(row.row.at(column).heading) and (day := _day(text)) and day < first:
            return f"日期 {day} 在批次 {number} 送银行以前"
    return ""


def _day(text: str) -> date | None:
    if found := _DAY.match(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return None
    return None


def doubts_of(
    connection: Connection,
    number: int,
    turns: Mapping[str, Turns],
    back: Sequence[Returned],
    arrived: Sequence[Returned],
) -> Iterator[str]:
    """What of a list somebody must look into: payments that arrived and are booked as returned; returns that were booked before and sent
    again; and new accounts that come too late."""
    if undone := [one for one, _ in arrived if turns.get(one[0].person, NEVER_BACK).is_back]:
        yield (
            f"名单写明成功的有 {len(undone)} 笔（如 {undone[0][0].name}）早先登记为退票。请向银行核实；"
            f"钱已到账的，用 sanchuang batch arrived {number} 名单 --note 依据 撤销。"
        )
    before = [one for one in back if turns.get(one[0][0].person, NEVER_BACK).is_back]
    first = first_ids(connection) if before else {}
    of_batch = select(batch).where(batch.c.origin == number, batch.c.state != CANCELLED)
    again = list(connection.execute(of_batch)) if before else []
    late = {first[lines[0].person]: row.new_account for lines, row in before if row.new_account}
    unsent = set(late)
    for other in again:
        accounts = {first[line.person]: line.account for line in lines_of(connection, other.id)}
        unsent -= accounts.keys()
        if other.state in GONE and any(first[lines[0].person] in accounts for lines, _ in before):
            yield (
                f"其中有的已在批次 {other.id} 重发；重发的又退回来的，用 sanchuang batch return {other.id} 登记。"
            )
        elif unused := [who for who, account in late.items() if accounts.get(who, account) != account]:
            yield (
                f"名单上 {len(unused)} 个新账号没有用上，批次 {other.id} 仍发到原账号。请先用 sanchuang batch cancel {other.id} --note 原因 取消，"
                "改好名册的账号再提请。"
            )
    if unsent:
        yield f"名单上 {len(unsent)} 个新账号没有用上，登记退票时名单里没有。请改好名册的账号再提请。"
