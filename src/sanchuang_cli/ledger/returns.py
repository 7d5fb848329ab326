"""Writes to the ledger what the bank could not pay (退票), and opens a batch that sends it again.

Promise: a list that is given twice changes nothing the second time. If one row of it fits no payment, nothing is posted.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import Connection, Row, select

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.batches import (
    Draft,
    batch_numbered,
    checked_lines,
    in_the_chain,
    known_run,
    opened,
    refuse_unless,
)
from sanchuang_cli.ledger.chain import Deed, Done, add
from sanchuang_cli.ledger.entries import REISSUED, RETURNED, NewEntry, post
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import BACK, SENT, SETTLED
from sanchuang_cli.ledger.pages import PAYMENT, PURPOSES, REISSUE, LedgerLine, by_person
from sanchuang_cli.ledger.payee_ids import Register, Rows
from sanchuang_cli.ledger.tables import entry, held, person
from sanchuang_cli.money import yuan
from sanchuang_cli.record import Field, Record
from sanchuang_cli.report.printing import AS_EVER, Printing


class ReturnRow(Record, frozen=True, kw_only=True):
    """A row of the bank's list of returned payments."""

    name: Annotated[str, Field("户名", Kind.NAME, aliases=("姓名", "收款账号名称", "收款人"))] = ""
    account: Annotated[
        str, Field("账号", Kind.ACCOUNT, required=True, aliases=("收款账号", "银行账号", "收款人账号"))
    ]
    amount: Annotated[int, Field("金额", Kind.MONEY, required=True, aliases=("退票金额", "交易金额"))]
    reason: Annotated[str, Field("退票原因", aliases=("失败原因", "原因"))] = ""
    new_account: Annotated[str, Field("新账号", Kind.ACCOUNT, aliases=("更正账号",))] = ""


@dataclass(frozen=True)
class ReturnedPayments:
    """What a list of returned payments did.

    persons: how many people's money came back. before: rows that an earlier list had. reissue: the new batch, 0 if none.
    same_account: people without a new account. waiting: people of whom another open batch has reserved a month; they are
    not in `reissue`, and their months stay owed.
    """

    persons: int
    fen: int
    before: int
    reissue: int
    same_account: int
    waiting: int


def take_back(
    ledger: Ledger, number: int, rows: Sequence[ReturnRow], deed: Deed, printing: Printing = AS_EVER
) -> ReturnedPayments:
    """Post what came back of batch `number` and open the batch that sends it again. Raises UserError."""
    with ledger.writing() as connection:
        batch_row = batch_numbered(connection, number)
        late = (SETTLED,) if batch_row.purpose in (PAYMENT, REISSUE) else ()
        refuse_unless(batch_row, SENT, BACK, *late, then="登记退票")
        in_the_chain(connection, batch_row)
        lines = checked_lines(ledger, connection, batch_row)
        done = _already(connection, number)
        matched = _matched(by_person(lines), rows)
        new = [(of_person, row) for of_person, row in matched if of_person[0].person not in done]
        before = len(matched) - len(new)
        if not new:
            return ReturnedPayments(0, 0, before, 0, 0, 0)
        back = [_returned(batch_row.programme, line) for of_person, _ in new for line in of_person]
        last, register = post(connection, number, batch_row.run, back), Register(connection)
        accounts = _new_accounts(register, new)
        state = {"batch": [{"id": number, "state": BACK}]}
        add(connection, Done(BACK, number, accounts, state, last), deed)
        free = _free(connection, batch_row.programme, new)
        again = [_again(line, row, who) for who, (of_person, row) in free.items() for line in of_person]
        of_run = known_run(connection, batch_row.run)
        of_batch = (REISSUE, batch_row.programme, batch_row.period, _title(batch_row), of_run)
        draft = Draft(*of_batch, again, origin=number, printing=printing)
        reissue = opened(ledger, connection, draft, deed, register) if again else 0
        kept_account = sum(not row.new_account for _, row in free.values())
        fen = -sum(posting.fen for posting in back)
        return ReturnedPayments(len(new), fen, before, reissue, kept_account, len(new) - len(free))


def _new_accounts(register: Register, new: Sequence[tuple[list[LedgerLine], ReturnRow]]) -> Rows:
    """Remember the new accounts that the bank's list names. Gives the new rows."""
    for of_person, row in new:
        register.uses(register.by_number[of_person[0].identity], row.new_account)
    return register.taken()[0]


def _free(
    connection: Connection, programme: str, new: Sequence[tuple[list[LedgerLine], ReturnRow]]
) -> dict[str, tuple[list[LedgerLine], ReturnRow]]:
    """Those of whom no other open batch has reserved one of these months, by the id that they have today."""
    same: dict[str, str] = {row.id: row.same_as for row in connection.execute(select(person))}
    taken = {
        tuple(row)
        for row in connection.execute(
            select(held.c.person, held.c.benefit, held.c.month, held.c.component).where(
                held.c.programme == programme
            )
        )
    }
    free: dict[str, tuple[list[LedgerLine], ReturnRow]] = {}
    for of_person, row in new:
        who = same[of_person[0].person]
        reserved = any((who, line.benefit, line.month, line.component) in taken for line in of_person)
        if not reserved and who not in free:
            free[who] = of_person, row
    return free


def _title(batch_row: Row[Any]) -> str:
    return f"{str(batch_row.title).removesuffix(PURPOSES[REISSUE])}{PURPOSES[REISSUE]}"


def _already(connection: Connection, number: int) -> set[str]:
    rows = select(entry.c.person).where(entry.c.batch == number, entry.c.kind == RETURNED).distinct()
    return {who for (who,) in connection.execute(rows)}


def _matched(
    groups: list[list[LedgerLine]], rows: Sequence[ReturnRow]
) -> list[tuple[list[LedgerLine], ReturnRow]]:
    """Each row with the lines of its person, found by account and amount, and by name when several fit.

    Raises UserError that names every row that fits nobody.
    """
    transfers: dict[tuple[str, int], list[list[LedgerLine]]] = {}
    for of_person in groups:
        transfers.setdefault((of_person[0].account, sum(line.fen for line in of_person)), []).append(
            of_person
        )
    wrong, matched = list[str](), list[tuple[list[LedgerLine], ReturnRow]]()
    seen: set[str] = set()
    for row in rows:
        like = transfers.get((row.account, row.amount), [])
        fits = [one for one in like if not row.name or _fits(row.name, one[0].name)]
        if why := _why_not(row, like, fits, seen) if like else _nearly(row, groups):
            what = f"{row.name} {mask(Kind.ACCOUNT, row.account)} {yuan(row.amount)} 元"
            wrong.append(f"{row.row.place()}：{what}，{why}")
        else:
            seen.add(fits[0][0].person)
            matched.append((fits[0], row))
    if wrong:
        raise UserError("\n  ".join([f"退票名单有 {len(wrong)} 行对不上，什么都没有登记：", *wrong]))
    return matched


def _why_not(
    row: ReturnRow, like: Sequence[list[LedgerLine]], fits: Sequence[list[LedgerLine]], seen: Container[str]
) -> str:
    """Why a row cannot be posted, in Chinese; "" when it can. like: the payments of its account and amount; fits: those of its
    name. seen: persons of other rows."""
    if not fits:
        return f"这个账号的户名是{'、'.join(dict.fromkeys(one[0].name for one in like))}"
    if len(fits) > 1:
        return "批次里有几笔都像它"
    payee = fits[0][0]
    if payee.person in seen:
        return "名单里写了两次"
    why = flaw(row.new_account) if row.new_account else ""
    return f"新账号：{why}" if why else ""


def _nearly(row: ReturnRow, groups: Sequence[list[LedgerLine]]) -> str:
    """What of a row differs that fits no payment: the amount of its account, or the account of its name and amount."""
    paid = [(lines[0], sum(line.fen for line in lines)) for lines in groups]
    sums = dict.fromkeys(f"{yuan(fen)}" for payee, fen in paid if payee.account == row.account)
    if sums:
        return f"金额不同：批次里付到这个账号的是 {'、'.join(sums)} 元"
    if row.name and any(payee.name == row.name and fen == row.amount for payee, fen in paid):
        return "账号不同：批次里有这个户名、这个金额，付到别的账号"
    return "批次里没有这一笔"


def _fits(written: str, name: str) -> bool:
    """Whether a name is the written one; a bank may have put asterisks for some of its characters."""
    return len(written) == len(name) and all(a in (b, "*") for a, b in zip(written, name, strict=True))


def _returned(programme: str, line: LedgerLine) -> NewEntry:
    return NewEntry(line.key(programme), RETURNED, -line.fen, line.edition, line.place)


def _again(line: LedgerLine, row: ReturnRow, who: str) -> LedgerLine:
    reason = f"退票重发：{row.reason}" if row.reason else "退票重发"
    return line._replace(person=who, kind=REISSUED, account=row.new_account or line.account, reason=reason)
