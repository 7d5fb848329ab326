"""`ledger reconcile`: a bank's statement held against the ledger, and what came of it, the answer first."""

from datetime import date
from pathlib import Path

from rich.text import Text

from sanchuang_cli.cli.known import Passwords
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger.book import opened
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
    ledger: Path, books: list[str], period: str, out: Path | None, days: int, columns: Path | None
) -> bool:
    """Whether everything agrees. Raises UserError."""
    if out and (out.is_dir() or out.suffix.lower() != ".xlsx"):
        raise UserError(f"--out {out} 应是以 .xlsx 结尾的文件名，如 对账.xlsx。")
    book, given = opened(ledger), paths.books(books)
    wanted = {"statement": Wanted(StatementRow, "银行对账单")}
    pinned = COLUMNS_OF_BANKS | (pinned_columns(columns) if columns else {})
    reading = read(given, wanted, pinned=pinned, passwords=Passwords(None))
    of_bank = statement(reading.rosters["statement"], reading.findings)
    of = reconcile(book, of_bank, Period.parse(period), days)
    if not of.groups and not of.others:
        raise UserError(f"{of.period.title}台账没有发放，对账单里也没有收付，没有可对的。请核对 --period。")
    made = pages(of, reading.books, ledger.name)
    saved = None
    if out:
        caution = f"另有 {of_bank.lost} 行对账单读不出，未列入" if of_bank.lost else ""
        saved = files.save(
            out, lambda path: workbook.write(path, made, on=date.today(), caution=caution), given
        )
    _tell(of, saved)
    return of.is_clear


def _tell(of: Reconciliation, saved: files.Saved | None) -> None:
    screen = terminal.console()
    for number, line in enumerate(_answer(of)):
        drawing.tell(screen, Text(line, style="" if number else "bold"))
    drawing.draw(screen, outcome_page(of))
    told = [f"{one.severity.label} {one.place}：{one.message}" for one in of.statement.findings]
    more = [f"……还有 {len(told) - _SHOWN} 条，见工作簿的“对账单疑点”页"] if len(told) > _SHOWN else []
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
    wrong = [f"{len(of.open)} 项没有对上"] * bool(of.open)
    wrong += [f"{of.statement.lost} 行读不出"] * bool(of.statement.lost)
    wrong += ["对账单可能缺行"] * of.statement.is_broken
    sheets = of.statement.sheets
    span = f"，自 {min(one.first for one in sheets)} 至 {max(one.last for one in sheets)}" if sheets else ""
    return [
        f"{titled(of)}：{'，'.join(wrong) or '全部对上'}。",
        f"差额 {said['difference']}：时间差 {said['timing']}，未达 {said['open']}",
        f"台账 {sums['count']} 笔：发放 {said['booked']}，退回 {said['back']}",
        f"对账单 {len(sheets)} 份{span}",
        f"银行 {sums['lines']} 笔：支出 {said['paid']}，退回 {said['received']}；"
        f"另有手续费、利息、拨入 {len(of.others)} 笔",
        *page.notes[1:],
    ]
