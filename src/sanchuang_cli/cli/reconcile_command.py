"""Carries out `ledger reconcile`: reads a bank statement and the ledger, prints how they agree, and writes a workbook for
--out.

The ledger is only read.
"""

from datetime import date
from pathlib import Path

from rich.text import Text

from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.reconciliation import Reconciliation, reconcile
from sanchuang_cli.ledger.reconciliation_pages import months_page, outcome_page, pages, titled
from sanchuang_cli.ledger.statement import COLUMNS_OF_BANKS, StatementRow, statement
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Period
from sanchuang_cli.record import Wanted
from sanchuang_cli.report import drawing, files, terminal, workbook
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.columns.matching import pinned_columns
from sanchuang_cli.roster.read import read

_SHOWN = 10


def perform_reconcile(
    ledger: LedgerPlace, books: list[str], period: str, out: Path | None, days: int, columns: Path | None
) -> bool:
    """Compare, show the differences, and say whether everything agrees. Raises UserError."""
    if out and (out.is_dir() or out.suffix.lower() != ".xlsx"):
        raise UserError(f"--out {out} 应是以 .xlsx 结尾的文件名，如 对账.xlsx。")
    book, given = opened(ledger), paths.books(books)
    wanted = {"statement": Wanted(StatementRow, "银行对账单")}
    pinned = COLUMNS_OF_BANKS | (pinned_columns(columns) if columns else {})
    reading = read(given, wanted, pinned=pinned, passwords=Passwords(None))
    of_bank = statement(reading.rosters["statement"], reading.findings)
    reconciliation = reconcile(book, of_bank, Period.parse(period), days)
    if not reconciliation.groups and not reconciliation.others:
        raise UserError(
            f"{reconciliation.period.title}台账没有发放，对账单里也没有收付，没有可对的。请核对 --period。"
        )
    made = pages(reconciliation, reading.books, ledger.name)
    saved = None
    if out:
        caution = f"另有 {of_bank.lost} 行对账单读不出，未列入" if of_bank.lost else ""
        saved = files.save(
            out, lambda path: workbook.write(path, made, on=date.today(), caution=caution), given
        )
    _tell(reconciliation, saved)
    return reconciliation.is_clear


def _tell(reconciliation: Reconciliation, saved: files.Saved | None) -> None:
    console = terminal.console()
    for number, line in enumerate(_answer(reconciliation)):
        drawing.tell(console, Text(line, style="" if number else "bold"))
    drawing.draw(console, outcome_page(reconciliation))
    findings = [
        f"{finding.severity.label} {finding.place}：{finding.message}"
        for finding in reconciliation.statement.findings
    ]
    more = [f"……还有 {len(findings) - _SHOWN} 条，见工作簿的“对账单疑点”页"] if len(findings) > _SHOWN else []
    for line in (*findings[:_SHOWN], *more):
        drawing.tell(console, Text(line, style="yellow"))
    if saved:
        terminal.tell_instead(saved)
        console.print(Text(f"工作簿：{saved.path}", "bold"), soft_wrap=True)


def _answer(reconciliation: Reconciliation) -> list[str]:
    """The first lines: whether both agree, the total of each side, and what the difference consists of."""
    page = months_page(reconciliation)
    sums = {
        column.name: sum(row[at] for row in page.rows)
        for at, column in enumerate(page.columns)
        if column.total
    }
    amounts = {name: f"{yuan(fen):,.2f} 元" for name, fen in sums.items()}
    wrong = [f"{len(reconciliation.open)} 项没有对上"] * bool(reconciliation.open)
    wrong += [f"{reconciliation.statement.lost} 行读不出"] * bool(reconciliation.statement.lost)
    wrong += ["对账单可能缺行"] * reconciliation.statement.is_broken
    sheets = reconciliation.statement.sheets
    span = (
        f"，自 {min(sheet.first for sheet in sheets)} 至 {max(sheet.last for sheet in sheets)}"
        if sheets
        else ""
    )
    return [
        f"{titled(reconciliation)}：{'，'.join(wrong) or '全部对上'}。",
        f"差额 {amounts['difference']}：时间差 {amounts['timing']}，未达 {amounts['open']}",
        f"台账 {sums['count']} 笔：发放 {amounts['booked']}，退回 {amounts['back']}",
        f"对账单 {len(sheets)} 份{span}",
        f"银行 {sums['lines']} 笔：支出 {amounts['paid']}，退回 {amounts['received']}；"
        f"另有手续费、利息、拨入 {len(reconciliation.others)} 笔",
        *page.notes[1:],
    ]
