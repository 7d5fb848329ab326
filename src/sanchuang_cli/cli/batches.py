"""The changes of a batch, from the words on the command line to what is said of them."""

from datetime import date
from pathlib import Path

import typer
from rich.text import Text

from sanchuang_cli.cli.accounts import proposed
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.profile import bank_format, printing
from sanchuang_cli.cli.spoken import said
from sanchuang_cli.cli.typed import approving, of_ledger, typed
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.ledger.batches import paper_to_sign
from sanchuang_cli.ledger.book import opened
from sanchuang_cli.ledger.owed import Comparison
from sanchuang_cli.ledger.pages import CURRENT, PURPOSES, RECOVERY, REISSUE, late_only, never_yet
from sanchuang_cli.ledger.returns import ReturnRow, take_back
from sanchuang_cli.ledger.sending import send
from sanchuang_cli.money import yuan
from sanchuang_cli.programmes import listed
from sanchuang_cli.record import Wanted
from sanchuang_cli.report import drawing, files, terminal
from sanchuang_cli.report.banklayout import layouts
from sanchuang_cli.roster.read import read


def perform_propose(asked: Asked) -> bool:
    """Propose and say what came of it. True when somebody was set aside, by the rules or by the ledger, or a row of a
    list could not be used."""
    assert asked.ledger, "a batch is proposed in a ledger"
    _refuse_no_workbook(asked.out)
    screen = terminal.console(quiet=asked.quiet)
    run, made = proposed(listed(asked.programme), asked, said(asked.maker, asked.note))
    terminal.show(screen, run, None)
    for purpose, number in made.batches.items():
        lines = _told(purpose, number, made.comparison) + _paper(asked.ledger, purpose, number, asked.out)
        for line in lines:
            drawing.tell(screen, Text(line))
    if not made.batches:
        screen.print("没有变动：空批次，台账没有改动。")
    doubtful = any(one.severity is Severity.ERROR for one in made.comparison.findings)
    return doubtful or bool(run.outcome.tally.set_aside or run.count(Severity.ERROR))


def _refuse_no_workbook(out: Path | None) -> None:
    if out and (out.is_dir() or out.suffix.lower() != ".xlsx"):
        raise UserError(f"--out {out} 应是以 .xlsx 结尾的文件名，如 签字稿.xlsx。什么都没有提请。")
    if out and not out.parent.is_dir():
        raise UserError(f"--out 的文件夹 {out.parent} 不存在，什么都没有提请。请先建好，或换一个地方。")


def _told(purpose: str, number: int, found: Comparison) -> list[str]:
    """What a new batch comes to, and what is odd about its arrears."""
    changes = found.claim if purpose == RECOVERY else found.pay
    people = {change.payee.key for change in changes}
    fen = sum(change.fen for change in changes)
    current = sum(change.fen for change in changes if change.fen > 0 and change.reason == CURRENT)
    parts = (
        "" if purpose == RECOVERY else f"（本期 {yuan(current):,.2f}，补发和抵扣 {yuan(fen - current):,.2f}）"
    )
    odd = never_yet((change.month, change.fen, change.reason) for change in changes)
    told = f"批次 {number}：{PURPOSES[purpose]} {len(people)} 人，{yuan(abs(fen)):,.2f} 元{parts}，已提请。"
    now = {change.payee.key for change in changes if change.reason == CURRENT}
    late = late_only(len(now), len(people)) if purpose != RECOVERY else ""
    return [told, *(f"  {line}" for line in (late, odd) if line)]


def _paper(path: Path, purpose: str, number: int, out: Path | None) -> list[str]:
    """Where the paper to sign is, and what comes next."""
    ledger = opened(path)
    copy = paper_to_sign(ledger, number)
    instead, where = "", f"{copy}（台账的副本，只打印，不要改动）"
    if out:
        target = out.with_stem(f"{out.stem}-{PURPOSES[RECOVERY]}") if purpose == RECOVERY else out
        try:
            saved = files.save(target, lambda to: to.write_bytes(copy.read_bytes()), marked=False)
            instead, where = saved.instead, str(saved.path)
        except (
            UserError
        ) as trouble:  # it is proposed all the same, and what was proposed is beside the ledger
            instead = str(trouble)
    command = typed("batch", approving(ledger), number, *of_ledger(path))
    told = [instead, f"要签字的工作簿：{where}", f"签字以后审批：{command}"]
    return [f"  {line}" for line in told if line]


def perform_send(path: Path, number: int, out: Path, layout: str | None, by: str | None, note: str) -> None:
    """Send, and say where the bank's files are. Raises UserError, before anything is booked where it can be told."""
    if out.exists() and not out.is_dir():
        raise UserError(f"--bank 后面要写文件夹，{out} 是文件。还没有记账；请换一个名字再运行。")
    today = date.today()
    form = layouts(bank_format(layout, None, path)).on(today)
    written, again = send(opened(path), number, form, out, said(by, note), today, printing(None, path))
    first = "早已送银行，没有再记账；同样的文件" if again else "已送银行并记账"
    typer.echo(f"批次 {number}：{first}：{'、'.join(map(str, written)) or '全部抵扣，没有要付的'}", err=True)


def _is_unread(finding: Finding) -> bool:
    """Whether a cell was lost; an account that only fails its check digit was read."""
    lost = finding.code.startswith("account.") and finding.code != "account.luhn"
    return finding.severity is Severity.ERROR or lost


def perform_return(path: Path, number: int, file: Path, by: str | None, note: str) -> None:
    """Take the bank's list, and say what is to be done next. Raises UserError."""
    ledger = opened(path)
    reading = read([file], {"returns": Wanted(ReturnRow, "退票名单")})
    roster = reading.rosters["returns"]
    wrong = [f"{f.place}：{f.message}" for f in reading.findings if _is_unread(f)]
    if wrong:
        raise UserError("\n  ".join([f"退票名单有 {len(wrong)} 处读不出，什么都没有登记：", *wrong]))
    made = take_back(
        ledger, number, roster.records, said(by, note, reading.books[0].sha256), printing(None, path)
    )
    if not made.persons:
        typer.echo(f"这份退票名单的 {made.before} 笔都登记过了，台账没有改动。", err=True)
        return
    typer.echo(f"退票 {made.persons} 笔，合计 {yuan(made.fen)} 元，已记账。", err=True)
    if made.reissue:
        told = [f"批次 {made.reissue}：退票重发，已提请。", *_paper(path, REISSUE, made.reissue, None)]
        typer.echo("\n".join(told), err=True)
    if made.waiting:
        typer.echo(
            f"其中 {made.waiting} 人另有未了结的批次，不在重发里；那个批次了结后，再提请时作补发。", err=True
        )
    if made.same_account:
        typer.echo(
            f"其中 {made.same_account} 笔没有写新账号，仍用原账号；账号不对的请先取消批次 {made.reissue}，改好名册再提请。",
            err=True,
        )
