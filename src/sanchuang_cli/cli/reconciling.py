"""`ledger reconcile`: a bank's statement held against the ledger, and what came of it, the answer first."""

from datetime import date
from pathlib import Path

from rich.text import Text

from sanchuang_cli.cli.known import Passwords
from sanchuang_cli.finding import Finding, UserError
from sanchuang_cli.ledger.book import opened
from sanchuang_cli.ledger.reconciliation import Reconciliation, reconcile
from sanchuang_cli.ledger.reconciliation_pages import months_page, outcome_page, pages, titled
from sanchuang_cli.ledger.statement import StatementRow, statement
from sanchuang_cli.money import yuan
from sanchuang_cli.period import Period
from sanchuang_cli.record import Wanted
from sanchuang_cli.report import drawing, files, terminal, workbook
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.read import read

_OF_NO_WEIGHT = ("account.luhn", "date.serial")
"""What is odd in a roster, and in a bank's own file is not: accounts of companies, days as numbers."""
_SHOWN = 10


def perform_reconcile(ledger: Path, books: list[str], period: str, out: Path | None, days: int) -> bool:
    """Whether everything agrees. Raises UserError."""
    if out and (out.is_dir() or out.suffix.lower() != ".xlsx"):
        raise UserError(f"--out {out} 应是以 .xlsx 结尾的文件名，如 对账.xlsx。")
    book, given = opened(ledger), paths.books(books)
    reading = read(given, {"statement": Wanted(StatementRow, "银行对账单")}, passwords=Passwords(None))
    rows = reading.rosters["statement"]
    of_bank = statement(rows.records)
    of_bank.findings += filter(_is_odd, reading.findings)
    of_bank.lost += len(rows.set_aside)
    of = reconcile(book, of_bank, Period.parse(period), days)
    made = pages(of, reading.books, ledger.name)
    saved = None
    if out:
        caution = f"另有 {of_bank.lost} 行对账单读不出，未列入" if of_bank.lost else ""
        saved = files.save(
            out, lambda path: workbook.write(path, made, on=date.today(), caution=caution), given
        )
    _tell(of, saved)
    return of.is_clear


def _is_odd(one: Finding) -> bool:
    """A balance beside the bank's totals is none of them."""
    return one.code not in _OF_NO_WEIGHT and not (one.code == "totals.differ" and "余额" in one.place.heading)


def _tell(of: Reconciliation, saved: files.Saved | None) -> None:
    screen = terminal.console()
    for number, line in enumerate(_answer(of)):
        drawing.tell(screen, Text(line, style="" if number else "bold"))
    drawing.draw(screen, outcome_page(of))
    told = [f"{one.severity.label} {one.place}：{one.message}" for one in of.statement.findings]
    more = [f"……还有 {len(told) - _SHOWN} 条，见工作簿的“台账疑点”页"] if len(told) > _SHOWN else []
    for line in (*told[:_SHOWN], *more):
        drawing.tell(screen, Text(line, style="yellow"))
    if saved:
        terminal.tell_instead(saved)
        screen.print(Text(f"工作簿：{saved.path}", "bold"), soft_wrap=True)


def _answer(of: Reconciliation) -> list[str]:
    """Whether it agrees, what either side comes to, and of what the difference is made."""
    page = months_page(of)
    sums = {one.name: sum(row[at] for row in page.rows) for at, one in enumerate(page.columns) if one.total}
    said = {name: f"{yuan(fen):,.2f} 元" for name, fen in sums.items()}
    open_ = "全部对上" if of.is_clear else f"有 {len(of.open)} 项没有对上"
    lost = f"，{of.statement.lost} 行对账单读不出" if of.statement.lost else ""
    return [
        f"{titled(of)}：{open_}{lost}。",
        f"差额 {said['difference']}：时间差 {said['timing']}，未达 {said['open']}",
        f"台账 {sums['count']} 笔：发放 {said['booked']}，退回 {said['back']}",
        f"银行 {sums['lines']} 笔：支出 {said['paid']}，退回 {said['received']}；"
        f"另有手续费、利息、拨入 {len(of.others)} 笔",
        *page.notes[1:],
    ]
