"""Writes to the ledger what the bank could not pay (退票), and opens a batch that sends it again.

Promise: a list that is given twice changes nothing the second time. If one row of it fits no payment, nothing is posted.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.kind import Kind, mask
from sanchuang_cli.ledger.batches import Draft, checked_lines, known_run, opened
from sanchuang_cli.ledger.chain import Deed, Done, add
from sanchuang_cli.ledger.entries import (
    NEVER_BACK,
    REISSUED,
    RETURNED,
    Key,
    NewEntry,
    Turns,
    first_ids,
    nth,
    post,
    posted,
    turns_of,
)
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.given_lists import Returned, doubts_of, refuse_of_another, refuse_own, returning
from sanchuang_cli.ledger.held import Reserved, reserved
from sanchuang_cli.ledger.history import BACK
from sanchuang_cli.ledger.pages import PURPOSES, REISSUE, LedgerLine, by_person, called
from sanchuang_cli.ledger.payee_ids import Register, Rows
from sanchuang_cli.ledger.return_list import ReturnRow, Sorted, sorted_out
from sanchuang_cli.money import yuan
from sanchuang_cli.report.printing import AS_EVER, Printing


@dataclass(frozen=True)
class ReturnedPayments:
    """What a list of returned payments did.

    persons: how many people's money came back. before: rows that an earlier list had. arrived: rows that say that the payment
    succeeded. reissue: the new batch, 0 if none. same_account: people without a new account. waiting: people who are not in
    `reissue`, see `_free`; their months stay owed. owed_again: fen that had been deducted or asked back of what came back.
    doubts: what else of the list somebody must look into, in Chinese.
    """

    persons: int
    fen: int
    before: int
    arrived: int = 0
    reissue: int = 0
    same_account: int = 0
    waiting: int = 0
    owed_again: int = 0
    doubts: tuple[str, ...] = ()


class _Stands(NamedTuple):
    """How the keys stand of which money came back, with it taken off. first: the id that each id counts as. sums, back: fen
    by key, in all and of what came back. held: what open batches have reserved."""

    programme: str
    first: Mapping[str, str]
    sums: Mapping[Key, int]
    back: Mapping[Key, int]
    held: Mapping[Key, Reserved]

    def key(self, line: LedgerLine) -> Key:
        """The key of a line as it is known today."""
        return line.key(self.programme)._replace(person=self.first[line.person])

    def keeps_back(self, line: LedgerLine) -> bool:
        """Whether a line must not be sent again: another open batch has reserved its key, or it takes more than was paid."""
        key = self.key(line)
        return key in self.held or (line.fen < 0 and self.sums[key] + line.fen < 0)

    def owed_again(self, lines: Iterable[LedgerLine]) -> int:
        """The fen that were deducted or asked back of what came back now, though it never was paid."""
        keys = dict.fromkeys(map(self.key, lines))
        return sum(max(0, min(self.back[key], -self.sums[key])) for key in keys)


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
        refuse_of_another(connection, number, deed.file_sha256, rows)
        told, turns = sorted_out(rows, all_returned=all_returned), turns_of(connection, number)
        register = Register(connection)
        matched, well = _matched(by_person(lines), told, register)
        new = [one for one in matched if not turns.get(one[0][0].person, NEVER_BACK).is_back]
        before, arrived = len(matched) - len(new), len(told.arrived)
        doubts = tuple(doubts_of(connection, number, turns, matched, well))
        if not new:
            return ReturnedPayments(0, 0, before, arrived, doubts=doubts)
        if not all_returned:
            _refuse_whole_batch(number, lines, told, new, turns)
        back = [_returned(batch_row, line, turns) for of_person, _ in new for line in of_person]
        stands = _standing(connection, batch_row.programme, back)
        _refuse_about_to_be_taken(stands, new)
        last = post(connection, number, batch_row.run, back)
        state = {"batch": [{"id": number, "state": BACK}]}
        add(connection, Done(BACK, number, _new_accounts(register, new), state, last), deed)
        free = _free(stands, new)
        draft = _sent_again(connection, batch_row, free, stands, printing)
        return ReturnedPayments(
            persons=len(new),
            fen=sum(stands.back.values()),
            before=before,
            arrived=arrived,
            reissue=opened(ledger, connection, draft, deed, register) if draft.lines else 0,
            same_account=sum(not row.new_account for _, row in free),
            waiting=len(new) - len(free),
            owed_again=stands.owed_again(line for of_person, _ in new for line in of_person),
            doubts=doubts,
        )


def _matched(
    groups: list[list[LedgerLine]], told: Sorted, register: Register
) -> tuple[list[Returned], list[Returned]]:
    """The rows that say that money came back, and those that say that it arrived, each with the payment. Raises UserError."""
    others = Counter(row.new_account for row in told.back if row.new_account)
    may_go_to = partial(_why_not_to, register=register, others=others)
    matched = fitted(groups, [*told.back, *told.arrived], may_go_to)
    return matched[: len(told.back)], matched[len(told.back) :]


def _sent_again(
    connection: Connection,
    batch_row: Row[Any],
    free: Sequence[Returned],
    stands: _Stands,
    printing: Printing,
) -> Draft:
    """The batch that pays again what came back of another."""
    again = [_again(line, row, stands.first[line.person]) for of_person, row in free for line in of_person]
    told = [_told_of(of_person[0], row) for of_person, row in free if row.new_account]
    told += [_told_of_owed(*one, fen) for one in free if (fen := stands.owed_again(one[0]))]
    of_run = known_run(connection, batch_row.run)
    of_batch = (REISSUE, batch_row.programme, batch_row.period, _title(batch_row), of_run)
    return Draft(*of_batch, again, told, origin=batch_row.id, printing=printing)


def _refuse_whole_batch(
    number: int,
    lines: Sequence[LedgerLine],
    told: Sorted,
    new: Sequence[Returned],
    turns: Mapping[str, Turns],
) -> None:
    """Raises UserError where rows that give no results and no reasons make more than half of the batch's payments come back, with
    what earlier lists had."""
    without = set(map(id, told.silent))
    payments, silent = len(by_person(lines)), sum(id(row) in without for _, row in new)
    earlier = sum(one.is_back for one in turns.values())
    if silent and 2 * (silent + earlier) > payments:
        before = f"早先登记了 {earlier} 笔退票，" if earlier else ""
        raise UserError(
            f"批次 {number} 共 {payments} 笔，{before}名单里有 {silent} 笔没有写处理结果、也没有写退票原因，"
            "多半是整批的清单，不是退票名单，什么都没有登记。请用写明处理结果或退票原因的名单；确实都退回来了的，加上 --all-returned。"
        )


def _standing(connection: Connection, programme: str, back: Sequence[NewEntry]) -> _Stands:
    """How the keys will stand when this is posted."""
    first, months = first_ids(connection), [posting.key.month for posting in back]
    came: Counter[Key] = Counter()
    for posting in back:
        came[posting.key._replace(person=first[posting.key.person])] -= posting.fen
    paid = posted(connection, programme, min(months), max(months))
    sums = {key: paid[key].fen - fen for key, fen in came.items()}
    return _Stands(programme, first, sums, came, reserved(connection, programme, min(months), max(months)))


def _refuse_about_to_be_taken(stands: _Stands, new: Sequence[Returned]) -> None:
    """Raises UserError where an open batch is about to deduct or ask back some of the money."""
    wrong: dict[str, int] = {}
    for line in (line for of_person, _ in new for line in of_person):
        there = stands.held.get(stands.key(line))
        if there and there.fen < 0 and stands.sums[stands.key(line)] + there.fen < 0:
            wrong[f"{line.name} {called(line.benefit, line.component)} {line.month}"] = there.batch
    if wrong:
        raise UserError(
            f"有 {len(wrong)} 项（如 {next(iter(wrong))}）正要追缴、抵扣，再记退票就多扣了，什么都没有登记。"
            f"请先取消批次 {'、'.join(map(str, sorted(set(wrong.values()))))}，再登记退票；"
            "不便取消的，等它送银行、登记收回以后再登记，多扣的补还本人。"
        )


def _new_accounts(register: Register, new: Sequence[tuple[list[LedgerLine], ReturnRow]]) -> Rows:
    """Remember the new accounts that the bank's list names. Gives the new rows."""
    for of_person, row in new:
        register.uses(register.by_number[of_person[0].identity], row.new_account)
    return register.taken()[0]


def _free(stands: _Stands, new: Sequence[Returned]) -> list[Returned]:
    """Those whose payment can be sent again as it was, one for each person."""
    free: dict[str, Returned] = {}
    for of_person, row in new:
        if not any(map(stands.keeps_back, of_person)):
            free.setdefault(stands.first[of_person[0].person], (of_person, row))
    return list(free.values())


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


def _told_of_owed(of_person: list[LedgerLine], row: ReturnRow, fen: int) -> Finding:
    """The finding on a deduction from what the person, as it turns out, never got."""
    return Finding(
        "ledger.owed-again",
        Severity.WARNING,
        f"{of_person[0].name}：退回来的款里，有的早先已经抵扣、追缴，等于多扣了 {yuan(fen)} 元；这次重发一并补还本人",
        row.row.place("amount"),
        "没有发成的，扣了的要补还本人",
        "请核对以前的抵扣、追缴；款其实到账了的，用 sanchuang batch arrived 撤销这笔退票。",
    )
