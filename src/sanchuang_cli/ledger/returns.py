"""退票: what the bank could not pay comes back, to the fen, and waits in a batch to be sent again.

Promise: a list that is given twice changes nothing the second time; one row that fits nothing, and nothing is posted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import Connection, Row, select

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.batches import (
    Draft,
    checked_lines,
    found,
    in_the_chain,
    known_run,
    opened,
    refuse_unless,
)
from sanchuang_cli.ledger.book import Ledger
from sanchuang_cli.ledger.chain import Done, Said, add
from sanchuang_cli.ledger.entries import REISSUED, RETURNED, Key, Posting, post
from sanchuang_cli.ledger.history import BACK, SENT
from sanchuang_cli.ledger.pages import PURPOSES, REISSUE, Line, by_person
from sanchuang_cli.ledger.persons import Register, Rows
from sanchuang_cli.ledger.tables import entry, held, person
from sanchuang_cli.money import yuan
from sanchuang_cli.record import Field, Record
from sanchuang_cli.report.printing import AS_EVER, Printing


class ReturnRow(Record, frozen=True, kw_only=True):
    """A row of the bank's list."""

    name: Annotated[str, Field("户名", Kind.NAME, aliases=("姓名", "收款账号名称", "收款人"))] = ""
    account: Annotated[
        str, Field("账号", Kind.ACCOUNT, required=True, aliases=("收款账号", "银行账号", "收款人账号"))
    ]
    amount: Annotated[int, Field("金额", Kind.MONEY, required=True, aliases=("退票金额", "交易金额"))]
    reason: Annotated[str, Field("退票原因", aliases=("失败原因", "原因"))] = ""
    new_account: Annotated[str, Field("新账号", Kind.ACCOUNT, aliases=("更正账号",))] = ""


@dataclass(frozen=True)
class Returned:
    """persons: whose money came back now. before: rows that an earlier list had. reissue: the new batch, 0 if none.
    waiting: persons of whom another open batch has reserved a month; they are not in `reissue`, and stay owed."""

    persons: int
    fen: int
    before: int
    reissue: int
    same_account: int
    waiting: int


def take_back(
    ledger: Ledger, number: int, rows: Sequence[ReturnRow], said: Said, printing: Printing = AS_EVER
) -> Returned:
    """Post what came back of batch `number` and open its 退票重发 batch. Raises UserError."""
    with ledger.writing() as connection:
        one = found(connection, number)
        refuse_unless(one, SENT, BACK, then="登记退票")
        in_the_chain(connection, one)
        lines = checked_lines(ledger, connection, one)
        done = _already(connection, number)
        matched = _matched(by_person(lines), rows)
        new = [(own, row) for own, row in matched if own[0].person not in done]
        before = len(matched) - len(new)
        if not new:
            return Returned(0, 0, before, 0, 0, 0)
        back = [_returned(one.programme, line) for own, _ in new for line in own]
        last, register = post(connection, number, one.run, back), Register(connection)
        accounts = _new_accounts(register, new)
        state = {"batch": [{"id": number, "state": BACK}]}
        add(connection, Done(BACK, number, accounts, state, last), said)
        free = _free(connection, one.programme, new)
        again = [_again(line, row, who) for who, (own, row) in free.items() for line in own]
        of_run = known_run(connection, one.run)
        of_batch = (REISSUE, one.programme, one.period, _title(one), of_run)
        draft = Draft(*of_batch, again, origin=number, printing=printing)
        reissue = opened(ledger, connection, draft, said, register) if again else 0
        kept_account = sum(not row.new_account for _, row in free.values())
        fen = -sum(posting.fen for posting in back)
        return Returned(len(new), fen, before, reissue, kept_account, len(new) - len(free))


def _new_accounts(register: Register, new: Sequence[tuple[list[Line], ReturnRow]]) -> Rows:
    """The bank's list is the first to name somebody's new account."""
    for own, row in new:
        register.uses(register.by_number[own[0].identity], row.new_account)
    return register.taken()[0]


def _free(
    connection: Connection, programme: str, new: Sequence[tuple[list[Line], ReturnRow]]
) -> dict[str, tuple[list[Line], ReturnRow]]:
    """By the person they are today: those of whom no other open batch is about to pay one of these months."""
    same: dict[str, str] = {row.id: row.same_as for row in connection.execute(select(person))}
    taken = {
        tuple(row)
        for row in connection.execute(
            select(held.c.person, held.c.benefit, held.c.month, held.c.component).where(
                held.c.programme == programme
            )
        )
    }
    found_: dict[str, tuple[list[Line], ReturnRow]] = {}
    for own, row in new:
        who = same[own[0].person]
        reserved = any((who, line.benefit, line.month, line.component) in taken for line in own)
        if not reserved and who not in found_:
            found_[who] = own, row
    return found_


def _title(one: Row[Any]) -> str:
    return f"{str(one.title).removesuffix(PURPOSES[REISSUE])}{PURPOSES[REISSUE]}"


def _already(connection: Connection, number: int) -> set[str]:
    rows = select(entry.c.person).where(entry.c.batch == number, entry.c.kind == RETURNED).distinct()
    return {who for (who,) in connection.execute(rows)}


def _matched(groups: list[list[Line]], rows: Sequence[ReturnRow]) -> list[tuple[list[Line], ReturnRow]]:
    """Each row with the person it is about: by account and amount, and by name where that is not enough."""
    transfers: dict[tuple[str, int], list[list[Line]]] = {}
    for own in groups:
        transfers.setdefault((own[0].account, sum(line.fen for line in own)), []).append(own)
    wrong, found_rows, seen = [], [], set()
    for row in rows:
        fits = transfers.get((row.account, row.amount), [])
        if len(fits) > 1:
            fits = [own for own in fits if own[0].name == row.name]
        what = f"{row.row.place()}：{row.name} {mask(Kind.ACCOUNT, row.account)} {yuan(row.amount)} 元"
        if len(fits) != 1:
            wrong.append(f"{what}，{'批次里没有这一笔' if not fits else '批次里有几笔都像它'}")
        elif row.name and not _fits(row.name, fits[0][0].name):
            wrong.append(f"{what}，这个账号的户名是{fits[0][0].name}")
        elif fits[0][0].person in seen:
            wrong.append(f"{what}，名单里写了两次")
        elif row.new_account and (why := flaw(row.new_account)):
            wrong.append(f"{what}，新账号：{why}")
        else:
            seen.add(fits[0][0].person)
            found_rows.append((fits[0], row))
    if wrong:
        raise UserError("\n  ".join([f"退票名单有 {len(wrong)} 行对不上，什么都没有登记：", *wrong]))
    return found_rows


def _fits(written: str, name: str) -> bool:
    """Whether a name is the one written, in which a bank may have starred characters."""
    return len(written) == len(name) and all(a in (b, "*") for a, b in zip(written, name, strict=True))


def _returned(programme: str, line: Line) -> Posting:
    key = Key(line.person, programme, line.benefit, line.month, line.component)
    return Posting(key, RETURNED, -line.fen, line.edition, line.place)


def _again(line: Line, row: ReturnRow, who: str) -> Line:
    reason = f"退票重发：{row.reason}" if row.reason else "退票重发"
    return line._replace(person=who, kind=REISSUED, account=row.new_account or line.account, reason=reason)
