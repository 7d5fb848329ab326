"""Writes to the ledger a list of what was paid before it began (期初), as the entries of one batch."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

from sqlalchemy import Connection, select

from sanchuang_cli.domain.account import flaw
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import Kind
from sanchuang_cli.ledger.batches import Draft, OfRun, noted, opened, release
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.entries import OPENING, NewEntry, post, posted
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.held import reserved
from sanchuang_cli.ledger.history import SETTLED
from sanchuang_cli.ledger.pages import IMPORT, LedgerLine
from sanchuang_cli.ledger.payee_ids import Register, normal
from sanchuang_cli.ledger.tables import run
from sanchuang_cli.outcome import Payee
from sanchuang_cli.period import Month
from sanchuang_cli.record import Field, Record


class PaidRow(Record, frozen=True, kw_only=True):
    """A line of a paid list, such as a 发放花名册 that this tool wrote."""

    township: Annotated[str, Field("乡镇", Kind.NAME)] = ""
    village: Annotated[str, Field("村", Kind.NAME)] = ""
    name: Annotated[str, Field("姓名", Kind.NAME, required=True)]
    identity: Annotated[str, Field("身份证号", Kind.IDENTITY, required=True)]
    benefit: Annotated[str, Field("补贴项目", required=True)]
    component: Annotated[str, Field("组成")] = ""
    months: Annotated[str, Field("发放月份", required=True)]
    bank: Annotated[str, Field("开户行")] = ""
    account: Annotated[str, Field("银行账号", Kind.ACCOUNT)] = ""
    amount: Annotated[int, Field("本期金额", Kind.MONEY, required=True, aliases=("金额", "发放金额"))]


class TakenOver(NamedTuple):
    """What a list became. number: of the batch that stands for it. rows: how many were booked. left: those that the bank cannot
    have paid, because they have no valid account."""

    number: int
    rows: int
    left: list[PaidRow]


def take_over(
    ledger: Ledger,
    programme: str,
    rows: Sequence[PaidRow],
    inputs: str,
    deed: Deed,
    *,
    paid_outside: bool = False,
) -> TakenOver:
    """Write the list into the ledger.

    inputs: JSON of its files with hashes. paid_outside: somebody says, with a document, that months which the ledger keeps itself
    were paid outside it: a list of what is to be paid looks the same. Raises UserError, and then nothing was written.
    """
    if paid_outside and not deed.note.strip():
        raise UserError("请用 --note 写明在台账以外发放的依据，如银行回单。")
    # The id of the run follows from the files, so that the same list cannot be taken over twice.
    digest = hashlib.sha256(f"{programme}\n{inputs}".encode()).hexdigest()
    since = ledger.settled().plus(1)
    with ledger.writing() as connection:
        if connection.execute(select(run.c.id).where(run.c.id == digest)).first():
            raise UserError("这份名册已经导入过，台账没有改动。")
        register = Register(connection)
        left = [row for row in rows if _is_without_account(row)]
        lines = _lines(register, [row for row in rows if not _is_without_account(row)])
        if not lines:
            raise UserError(f"名册里 {len(left)} 行都没有有效账户，不当作已发放，什么都没有导入。")
        if not paid_outside:
            _refuse_own_months(lines, since)
        _refuse_known(connection, programme, lines)
        facts = {
            "programme": programme,
            "period": "期初",
            "policy": "期初",
            "policy_sha256": "",
            "documents": "{}",
        }
        of_run = OfRun({"id": digest, **facts, "inputs": inputs}, is_new=True)
        draft = Draft(IMPORT, programme, "期初", "期初已发", of_run, lines)
        number = opened(ledger, connection, draft, deed, register)
        postings = [NewEntry(line.key(programme), OPENING, line.fen, "", line.place) for line in lines]
        last = post(connection, number, digest, postings)
        release(connection, number)
        noted(connection, number, SETTLED, replace(deed, file_sha256=digest), last)
        return TakenOver(number, len(rows) - len(left), left)


def _is_without_account(row: PaidRow) -> bool:
    """Whether the list has accounts, and this row none that money can be sent to. One with asterisks was only not shown."""
    starred = "*" in row.row.written("account").replace("＊", "*")
    return "account" in row.row.source.columns and not starred and bool(flaw(row.account))


def _refuse_own_months(lines: Sequence[LedgerLine], since: Month) -> None:
    """Raises UserError where the list has months that the ledger keeps itself."""
    own = [line for line in lines if line.month >= str(since)]
    if own:
        raise UserError(
            f"有 {len(own)} 项是 {since} 起的（如 {own[0].place} {own[0].name} {own[0].month}）：这些月份由台账自己发放，"
            "名册上写的未必已经发了，什么都没有导入。还没有发的用 sanchuang batch propose 提请；"
            "确已在台账以外发放的，加上 --paid-outside，并用 --note 写明依据（如银行回单）。"
        )


def _lines(register: Register, rows: Sequence[PaidRow]) -> list[LedgerLine]:
    """A line for each month of each row. Raises UserError that names every row that cannot be taken over."""
    wrong: list[str] = []
    lines: dict[tuple[str, str, str, str], LedgerLine] = {}
    payees = [
        Payee(normal(r.identity), r.name, r.account, r.bank, r.township, r.village, r.row.place())
        for r in rows
    ]
    newest = {payee.key: payee for payee in payees}  # a person's last row says what is known of them
    for row, payee in zip(rows, payees, strict=True):
        try:
            months, fen = _shares(row)
        except ValueError as trouble:
            wrong.append(str(trouble))
            continue
        who = register.enrolled(newest[payee.key])
        for month in map(str, months):
            key = (who, row.benefit, row.component, month)
            if key in lines:
                wrong.append(f"{row.row.place()}：同一个人同一项补贴的 {month} 写了两次")
            lines[key] = _line(who, payee.key, row, month, fen)
    if wrong:
        raise UserError("\n  ".join([f"有 {len(wrong)} 行不能导入，什么都没有记：", *wrong]))
    return list(lines.values())


def _shares(row: PaidRow) -> tuple[list[Month], int]:
    """The months of a row, and the fen of each of them. Raises ValueError with a message for the clerk."""
    try:
        months = months_in(row.months)
    except ValueError:
        place = row.row.place("months")
        raise ValueError(f"{place}：发放月份“{row.months}”看不懂，应写成 2026-01至2026-03") from None
    fen, rest = divmod(row.amount, len(months))
    if rest or row.amount <= 0:
        place = row.row.place("amount")
        raise ValueError(f"{place}：金额不能平均分到 {len(months)} 个月，请按月拆成几行")
    return months, fen


def _line(who: str, number: str, row: PaidRow, month: str, fen: int) -> LedgerLine:
    payee = (who, number, row.name, row.account, row.bank, row.township, row.village)
    paid = (row.benefit, month, row.component, OPENING, fen)
    return LedgerLine(*payee, *paid, "期初", "", str(row.row.place()))


def months_in(text: str) -> list[Month]:
    """The months of a text such as 2026-01至2026-03、2026-05. Raises ValueError."""
    months: list[Month] = []
    for span in filter(None, text.replace("，", "、").split("、")):
        first, _, last = span.strip().partition("至")
        start = _month(first)
        end = _month(last) if last else start
        if end < start:
            raise ValueError(text)
        months += [start.plus(n) for n in range(end - start + 1)]
    if not months:
        raise ValueError(text)
    return months


def _month(text: str) -> Month:
    year, _, month = text.strip().partition("-")
    at = Month(int(year), int(month))
    at.first  # noqa: B018 - a month of a year that is none raises ValueError
    return at


def _refuse_known(connection: Connection, programme: str, lines: Sequence[LedgerLine]) -> None:
    """Raises UserError where a key was paid already, or an open batch is about to pay it."""
    known = posted(connection, programme)
    _refuse_twice([line for line in lines if line.key(programme) in known], "", "")
    months = [line.month for line in lines]
    held = reserved(connection, programme, min(months), max(months))
    taken = [line for line in lines if line.key(programme) in held]
    numbers = sorted({held[line.key(programme)].batch for line in taken})
    called = f"未了结的批次 {'、'.join(map(str, numbers))} 里"
    mend = f"请先取消：sanchuang batch cancel {numbers[0] if numbers else ''} --note 原因，再导入。"
    _refuse_twice(taken, called, mend)


def _refuse_twice(twice: Sequence[LedgerLine], where: str, mend: str) -> None:
    if twice:
        first = twice[0]
        raise UserError(
            f"有 {len(twice)} 项{where or '台账上'}已经有了（如 {first.place} {first.name} {first.benefit} {first.month}），什么都没有导入。{mend}"
        )
