"""Writes to the ledger what the bank could not pay (退票), and opens a batch that sends it again.

Promise: a list that is given twice changes nothing the second time. If one row of it fits no payment, nothing is posted.
"""

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, select

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.batches import (
    GONE,
    Draft,
    batch_numbered,
    checked_lines,
    in_the_chain,
    known_run,
    names_of_copies,
    opened,
    refuse_unless,
)
from sanchuang_cli.ledger.chain import Deed, Done, add
from sanchuang_cli.ledger.entries import (
    NEVER_BACK,
    REISSUED,
    RETURNED,
    NewEntry,
    Turns,
    nth,
    post,
    posted,
    turns_of,
)
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.held import reserved
from sanchuang_cli.ledger.history import BACK
from sanchuang_cli.ledger.pages import PAYMENT, PURPOSES, REISSUE, LedgerLine, by_person, called
from sanchuang_cli.ledger.payee_ids import Register, Rows
from sanchuang_cli.ledger.return_list import ReturnRow, sorted_out
from sanchuang_cli.ledger.tables import batch, held, person
from sanchuang_cli.money import yuan
from sanchuang_cli.report.printing import AS_EVER, Printing


@dataclass(frozen=True)
class ReturnedPayments:
    """What a list of returned payments did.

    persons: how many people's money came back. before: rows that an earlier list had. arrived: rows that say that the payment
    succeeded. reissue: the new batch, 0 if none. same_account: people without a new account. waiting: people of whom another
    open batch has reserved a month; they are not in `reissue`, and their months stay owed.
    """

    persons: int
    fen: int
    before: int
    arrived: int = 0
    reissue: int = 0
    same_account: int = 0
    waiting: int = 0


def take_back(
    ledger: Ledger,
    number: int,
    rows: Sequence[ReturnRow],
    deed: Deed,
    printing: Printing = AS_EVER,
    *,
    all_returned: bool = False,
) -> ReturnedPayments:
    """Post what came back of batch `number` and open the batch that sends it again. Raises UserError.

    all_returned: somebody says that every row came back, although the list gives no results and no reasons. A payment may
    come back after its batch was closed: the batch is open again until it is closed anew.
    """
    with ledger.writing() as connection:
        batch_row = returning(connection, number)
        lines = checked_lines(ledger, connection, batch_row)
        refuse_own(connection, deed.file_sha256)
        told = sorted_out(rows)
        groups, turns = by_person(lines), turns_of(connection, number)
        register = Register(connection)
        matched = fitted(
            groups, told.back, partial(_why_not_to, register=register, others=_others(told.back))
        )
        new = [
            (of_person, row)
            for of_person, row in matched
            if not turns.get(of_person[0].person, NEVER_BACK).is_back
        ]
        before, arrived = len(matched) - len(new), len(told.arrived)
        if not new:
            return ReturnedPayments(0, 0, before, arrived)
        if not all_returned:
            silent = set(map(id, told.silent))
            _refuse_whole_batch(number, len(groups), sum(id(row) in silent for _, row in new))
        back = [_returned(batch_row, line, turns) for of_person, _ in new for line in of_person]
        _refuse_taken_already(connection, batch_row.programme, back, new)
        last = post(connection, number, batch_row.run, back)
        accounts = _new_accounts(register, new)
        state = {"batch": [{"id": number, "state": BACK}]}
        add(connection, Done(BACK, number, accounts, state, last), deed)
        free = _free(connection, batch_row.programme, new)
        draft = _sent_again(connection, batch_row, free, printing)
        reissue = opened(ledger, connection, draft, deed, register) if draft.lines else 0
        kept_account = sum(not row.new_account for _, row in free.values())
        fen = -sum(posting.fen for posting in back)
        return ReturnedPayments(len(new), fen, before, arrived, reissue, kept_account, len(new) - len(free))


def _sent_again(
    connection: Connection,
    batch_row: Row[Any],
    free: Mapping[str, tuple[list[LedgerLine], ReturnRow]],
    printing: Printing,
) -> Draft:
    """The batch that pays again what came back of another."""
    again = [_again(line, row, who) for who, (of_person, row) in free.items() for line in of_person]
    changed = [_told_of(of_person[0], row) for of_person, row in free.values() if row.new_account]
    of_run = known_run(connection, batch_row.run)
    of_batch = (REISSUE, batch_row.programme, batch_row.period, _title(batch_row), of_run)
    return Draft(*of_batch, again, changed, origin=batch_row.id, printing=printing)


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


def _refuse_whole_batch(number: int, payments: int, silent: int) -> None:
    """Raises UserError where a list that gives no results and no reasons has more than half of the batch's payments."""
    if 2 * silent > payments:
        raise UserError(
            f"批次 {number} 共 {payments} 笔，名单里有 {silent} 笔没有写处理结果、也没有写退票原因，"
            "多半是整批的清单，不是退票名单，什么都没有登记。请用写明处理结果或退票原因的名单；确实都退回来了的，加上 --all-returned。"
        )


def _refuse_taken_already(
    connection: Connection,
    programme: str,
    back: Sequence[NewEntry],
    new: Sequence[tuple[list[LedgerLine], ReturnRow]],
) -> None:
    """Raises UserError where some of the money was already deducted or asked back, or is about to be: it cannot come back twice."""
    same: dict[str, str] = {row.id: row.same_as for row in connection.execute(select(person))}
    months = [posting.key.month for posting in back]
    paid = posted(connection, programme, min(months), max(months))
    held_now = reserved(connection, programme, min(months), max(months))
    name_of = {of_person[0].person: of_person[0].name for of_person, _ in new}
    wrong, open_now = list[str](), set[int]()
    for posting in back:
        key = posting.key._replace(person=same[posting.key.person])
        there = held_now.get(key)
        claim = min(there.fen, 0) if there else 0
        if paid[key].fen + claim + posting.fen < 0:
            wrong.append(f"{name_of[posting.key.person]} {called(key.benefit, key.component)} {key.month}")
            open_now |= {there.batch} if there and claim else set()
    if wrong:
        mend = (
            f"请先取消批次 {'、'.join(map(str, sorted(open_now)))}，再登记退票。"
            if open_now
            else "请查明那笔追缴或抵扣，按县里的办法另行补付。"
        )
        what = f"有 {len(wrong)} 项（如 {wrong[0]}）已经追缴、抵扣，或正在追缴，再记退票就成了倒欠，什么都没有登记。"
        raise UserError(what + mend)


def _others(rows: Sequence[ReturnRow]) -> Counter[str]:
    """How many rows name each new account."""
    return Counter(row.new_account for row in rows if row.new_account)


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


def fitted(
    groups: list[list[LedgerLine]],
    rows: Sequence[ReturnRow],
    more: Callable[[list[LedgerLine], ReturnRow], str] = lambda of_person, row: "",
) -> list[tuple[list[LedgerLine], ReturnRow]]:
    """Each row with the lines of its person, found by account and amount, and by name when several fit. more: says why a row
    that fits cannot be used all the same, in Chinese; "" when it can.

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
        why = _why_not(row, like, fits, seen) if like else _nearly(row, groups)
        if why or (why := more(fits[0], row)):
            what = f"{row.name} {mask(Kind.ACCOUNT, row.account)} {yuan(row.amount)} 元"
            wrong.append(f"{row.row.place()}：{what}，{why}")
        else:
            seen.add(fits[0][0].person)
            matched.append((fits[0], row))
    if wrong:
        raise UserError("\n  ".join([f"名单有 {len(wrong)} 行对不上，什么都没有登记：", *wrong]))
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
    return "名单里写了两次" if fits[0][0].person in seen else ""


def _why_not_to(
    of_person: list[LedgerLine], row: ReturnRow, register: Register, others: Mapping[str, int]
) -> str:
    """Why the money cannot be sent to the new account, in Chinese; "" when it can. others: how many rows name each new account.

    An account is judged as where somebody is new to the ledger: no two persons have one, and no person has an organisation's.
    """
    account = row.new_account
    if not account:
        return ""
    if why := flaw(account):
        return f"新账号：{why}"
    number = of_person[0].identity
    if others[account] > 1:
        return "新账号：名单里有几行写的是同一个"
    if register.is_of_another(account, number):
        return "新账号：台账上属于另一个收款人。请核实；核实以前可以不写新账号，仍用原账号"
    return ""


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


def _returned(batch_row: Row[Any], line: LedgerLine, turns: Mapping[str, Turns]) -> NewEntry:
    kind = nth(RETURNED, turns.get(line.person, NEVER_BACK).returned + 1)
    return NewEntry(line.key(batch_row.programme), kind, -line.fen, line.edition, line.place)


def _again(line: LedgerLine, row: ReturnRow, who: str) -> LedgerLine:
    reason = f"退票重发：{row.reason}" if row.reason else "退票重发"
    reason += "，改用新账号" if row.new_account else ""
    return line._replace(person=who, kind=REISSUED, account=row.new_account or line.account, reason=reason)


def _told_of(payee: LedgerLine, row: ReturnRow) -> Finding:
    """The finding on an account that the bank's list has changed. Whoever approves the batch sees it there."""
    old, new = (mask(Kind.ACCOUNT, account) for account in (payee.account, row.new_account))
    return Finding(
        "ledger.new-account",
        Severity.WARNING,
        f"{payee.name}：退票名单写了新账号，重发到 {new}，原来是 {old}",
        row.row.place("new_account"),
        "付给谁的账号变了，审批前要核实",
        "请与收款人核实；不对的取消这个批次。",
    )
