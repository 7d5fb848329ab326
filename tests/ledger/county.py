"""A small made-up county for the tests of the ledger: people, what is due to them, and the steps of a batch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sanchuang_cli.domain.identity import luhn_digit
from sanchuang_cli.finding import Place
from sanchuang_cli.ledger import batches, file, proof, restoring, return_list, returns, sending
from sanchuang_cli.ledger.address import LedgerFile, LedgerPlace
from sanchuang_cli.ledger.batches import Proposed
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.databases import kept_file
from sanchuang_cli.ledger.entries import posted
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.payee_ids import Register
from sanchuang_cli.ledger.tables import metadata
from sanchuang_cli.outcome import Claimant, Due, Entitled, Occasion, Outcome, Payee
from sanchuang_cli.period import Month, Period
from sanchuang_cli.policy import Policy, PolicyFile
from sanchuang_cli.record import Row, Source
from sanchuang_cli.report.banklayout import layouts
from sanchuang_cli.report.run import Run
from sanchuang_cli.tally import Input, Tally
from tests.programmes.people import identity

MAKER = Deed("张三", "", "2026-08-01T09:00:00", "1001 zhangsan")
CHECKER = Deed("李四", "同意", "2026-08-01T10:00:00", "1002 lisi")
ON = date(2026, 8, 1)
BENEFIT = "补贴"
POLICY = PolicyFile(
    "县.toml", "0" * 64, (Policy(title="办法", document="县字1号", effective=date(2020, 1, 1)),)
)

Dues = Mapping[str, int]
"""Fen by month."""


def number(who: int) -> str:
    return identity(f"{1930 + who % 40}-03-15", "男", who + 1)


def in_parts(plain: Claimant) -> Claimant:
    """The same due in two components, 基本 and 绩效."""
    pairs = [(due._replace(component="基本", fen=due.fen - due.fen // 3), due) for due in plain.due]
    parts = (
        part for basic, due in pairs for part in (basic, due._replace(component="绩效", fen=due.fen // 3))
    )
    return plain._replace(due=tuple(part for part in parts if part.fen))


def account(who: int, change: int = 0) -> str:
    body = f"621700{change:04d}{who:08d}"
    return body + luhn_digit(body)


def claimant(who: int, due: Dues, *, edition: str = "2020-01-01", **facts: str) -> Claimant:
    """Person `who`; `facts` are other fields of Payee."""
    plain: dict[str, Any] = {
        "key": number(who),
        "name": f"村民{who}",
        "account": account(who),
        "bank": "",
        "township": "青禾镇",
        "village": "河西村",
    } | facts
    dues = tuple(
        Due(BENEFIT, "", Month(int(at[:4]), int(at[5:])), fen, edition)
        for at, fen in sorted(due.items())
        if fen
    )
    return Claimant(Payee(**plain, place=Place("名册.xlsx", "Sheet1", who + 4)), dues)


def entitled(*people: Claimant, deduct: bool = False) -> Entitled:
    return Entitled(people, (), deduct)


def run(period: str, sha256: str = "1" * 64) -> Run:
    when = Period.parse(period)
    inputs = (Input("名册.xlsx", sha256, 1, 0),)
    return Run(
        "subsidies", "生活补贴", Occasion(when, when.last), POLICY, inputs, Outcome((), (), Tally(0, (), 0))
    )


def new_place(folder: Path) -> LedgerPlace:
    """Where a ledger is made; `conftest.database` puts it on a server instead."""
    return LedgerFile(folder / "county.db")


def new(folder: Path, paid_through: str = "2026-06") -> Ledger:
    return new_at(new_place(folder), paid_through)


def new_at(place: LedgerPlace, paid_through: str = "2026-06") -> Ledger:
    return file.create(place, Period.parse(paid_through).start, None, MAKER)


def content(ledger: Ledger) -> object:
    """All that a ledger has: the bytes of its file, or every row of every table of the server's database."""
    if ledger.place.file:
        return ledger.place.file.read_bytes()
    with ledger.reading() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for name, table in (metadata.tables | {"kept_file": kept_file}).items()
        }


def propose(ledger: Ledger, period: str, entitled_now: Entitled) -> Proposed:
    return batches.propose(ledger, run(period), entitled_now, MAKER)


def send(ledger: Ledger, batch: int, out: Path) -> list[Path]:
    """Approve and send."""
    batches.approve(ledger, batch, CHECKER)
    return sent(ledger, batch, out)


def sent(ledger: Ledger, batch: int, out: Path) -> list[Path]:
    return sending.send(ledger, batch, layouts("generic").on(ON), out, MAKER, ON)[0]


def returned(
    ledger: Ledger, batch: int, rows: Sequence[tuple[str, str, int]], new_account: str = ""
) -> returns.ReturnedPayments:
    """The bank's list: (name, account, fen)."""
    return returns.take_back(ledger, batch, _bank_list(rows, "账户已销户", new_account), MAKER)


def arrived(ledger: Ledger, batch: int, rows: Sequence[tuple[str, str, int]]) -> restoring.Restored:
    """The list of what was booked as returned by mistake."""
    return restoring.restore(
        ledger, batch, _bank_list(rows, file="到账.xlsx"), replace(MAKER, note="银行到账证明")
    )


def _bank_list(
    rows: Sequence[tuple[str, str, int]], reason: str = "", new_account: str = "", file: str = "退票.xlsx"
) -> list[return_list.ReturnRow]:
    return [
        return_list.ReturnRow(
            row=Row(Source(file, "Sheet1", {}), i + 2, ()),
            name=name,
            account=card,
            amount=fen,
            reason=reason,
            new_account=new_account,
        )
        for i, (name, card, fen) in enumerate(rows)
    ]


def paid(ledger: Ledger) -> dict[tuple[str, str], int]:
    """Fen by the person's identity number and month, of everybody under each of their numbers."""
    with ledger.reading() as connection:
        sums = posted(connection, "subsidies")
        register = Register(connection)
    paid_by_key: dict[tuple[str, str], int] = {}
    for number, who in register.by_number.items():
        for key, total in sums.items():
            if key.person == who and total.fen:
                paid_by_key[number, key.month] = paid_by_key.get((number, key.month), 0) + total.fen
    return paid_by_key


def paid_in_all(ledger: Ledger) -> dict[tuple[str, str], int]:
    """As `paid`, of all benefits together, for a ledger of many people."""
    with ledger.reading() as connection:
        sums = posted(connection, "subsidies")
        register = Register(connection)
    numbers = {who: number for number, who in register.by_number.items()}
    in_all: dict[tuple[str, str], int] = {}
    for key, total in sums.items():
        if total.fen:
            at = numbers[key.person], key.month
            in_all[at] = in_all.get(at, 0) + total.fen
    return in_all


def sound(ledger: Ledger) -> None:
    assert proof.troubles(ledger) == []
