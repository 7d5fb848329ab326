"""Carries out `batch propose`, `batch send`, `batch return` and `batch arrived`: reads books, writes to the ledger and the files that belong
to it, and prints what was done.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import typer
from rich.text import Text

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.profile import bank_format, printing
from sanchuang_cli.cli.spoken import said
from sanchuang_cli.cli.typed import approving, of_ledger, typed
from sanchuang_cli.cli.with_ledger import proposed
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.batches import paper_to_sign
from sanchuang_cli.ledger.file import opened
from sanchuang_cli.ledger.owed import Comparison
from sanchuang_cli.ledger.pages import CURRENT, PURPOSES, RECOVERY, REISSUE, late_only, never_yet
from sanchuang_cli.ledger.restoring import restore
from sanchuang_cli.ledger.return_list import ReturnRow
from sanchuang_cli.ledger.returns import ReturnedPayments, take_back
from sanchuang_cli.ledger.sending import send
from sanchuang_cli.money import yuan
from sanchuang_cli.programmes import listed
from sanchuang_cli.record import Wanted
from sanchuang_cli.report import drawing, files, terminal
from sanchuang_cli.report.banklayout import layouts
from sanchuang_cli.roster.columns.matching import pinned_columns
from sanchuang_cli.roster.read import read


def perform_propose(asked: Asked) -> bool:
    """Propose the batches and print them.

    Gives True where somebody was set aside, by the rules or by the ledger, or a row of a list could not be used.
    """
    assert asked.ledger, "a batch is proposed in a ledger"
    _refuse_no_workbook(asked.out)
    console = terminal.console(quiet=asked.quiet)
    run, made = proposed(listed(asked.programme), asked, said(asked.maker, asked.note))
    terminal.show(console, run, None)
    for purpose, number in made.batches.items():
        lines = _new_batch_lines(purpose, number, made.comparison) + _paper(
            asked.ledger, purpose, number, asked.out
        )
        for line in lines:
            drawing.tell(console, Text(line))
    if not made.batches:
        console.print("没有变动：空批次，台账没有改动。")
    doubtful = any(finding.severity is Severity.ERROR for finding in made.comparison.findings)
    return doubtful or bool(run.outcome.tally.set_aside or run.count(Severity.ERROR))


def _refuse_no_workbook(out: Path | None) -> None:
    """Raises UserError where --out is no workbook that can be written. Asked first, so that nothing is proposed then."""
    if out and (out.is_dir() or out.suffix.lower() != ".xlsx"):
        raise UserError(f"--out {out} 应是以 .xlsx 结尾的文件名，如 签字稿.xlsx。什么都没有提请。")
    if out and not out.parent.is_dir():
        raise UserError(f"--out 的文件夹 {out.parent} 不存在，什么都没有提请。请先建好，或换一个地方。")


def _new_batch_lines(purpose: str, number: int, comparison: Comparison) -> list[str]:
    """The lines on a new batch: people and money, and what is unusual about its arrears."""
    changes = comparison.claim if purpose == RECOVERY else comparison.pay
    people = {change.payee.key for change in changes}
    fen = sum(change.fen for change in changes)
    current = sum(change.fen for change in changes if change.fen > 0 and change.reason == CURRENT)
    parts = (
        "" if purpose == RECOVERY else f"（本期 {yuan(current):,.2f}，补发和抵扣 {yuan(fen - current):,.2f}）"
    )
    unusual = never_yet((change.month, change.fen, change.reason) for change in changes)
    summary = (
        f"批次 {number}：{PURPOSES[purpose]} {len(people)} 人，{yuan(abs(fen)):,.2f} 元{parts}，已提请。"
    )
    now = {change.payee.key for change in changes if change.reason == CURRENT}
    late = late_only(len(now), len(people)) if purpose != RECOVERY else ""
    return [summary, *(f"  {line}" for line in (late, unusual) if line)]


def _paper(place: LedgerPlace, purpose: str, number: int, out: Path | None) -> list[str]:
    """The lines that say where the workbook to sign is, and which command comes next."""
    ledger = opened(place)
    copy = paper_to_sign(ledger, number)
    instead, where = "", f"{copy}（台账的副本，只打印，不要改动）"
    if out:
        target = out.with_stem(f"{out.stem}-{PURPOSES[RECOVERY]}") if purpose == RECOVERY else out
        try:
            saved = files.save(target, lambda to: to.write_bytes(copy.read_bytes()), marked=False)
            instead, where = saved.instead, str(saved.path)
            _read_by_those_of(place, saved.path)
        except UserError as trouble:
            # The batch is proposed already, and its workbook is in the ledger's folder: no reason to end with an error.
            instead = str(trouble)
    command = typed("batch", approving(ledger), number, *of_ledger(place))
    lines = [instead, f"要签字的工作簿：{where}", f"签字以后审批：{command}"]
    return [f"  {line}" for line in lines if line]


def _read_by_those_of(place: LedgerPlace, path: Path) -> None:
    """Let the other login read the workbook that it is to approve, where both share the ledger by their group: whoever may
    write the ledger may read its copies as well."""
    of, own = (place.file.stat() if place.file else None), path.stat()
    if os.name != "nt" and of and of.st_mode & stat.S_IWGRP and of.st_gid == own.st_gid:
        path.chmod(stat.S_IMODE(own.st_mode) | stat.S_IRGRP)


def perform_send(
    place: LedgerPlace, number: int, out: Path, layout: str | None, by: str | None, note: str
) -> None:
    """Write the bank's files, book them as sent, and say where they are. Raises UserError, if possible before booking."""
    if out.exists() and not out.is_dir():
        raise UserError(f"--bank 后面要写文件夹，{out} 是文件。还没有记账；请换一个名字再运行。")
    today = date.today()
    form = layouts(bank_format(layout, None, place.file)).on(today)
    written, again = send(opened(place), number, form, out, said(by, note), today, printing(None, place.file))
    first = "早已送银行，没有再记账；同样的文件" if again else "已送银行并记账"
    typer.echo(f"批次 {number}：{first}：{'、'.join(map(str, written)) or '全部抵扣，没有要付的'}", err=True)


def _is_unread(finding: Finding) -> bool:
    """Whether a cell could not be read. An account that only fails its check digit was read."""
    lost = finding.code.startswith("account.") and finding.code != "account.luhn"
    return finding.severity is Severity.ERROR or lost


def perform_return(
    place: LedgerPlace, number: int, given: "GivenList", by: str | None, note: str, *, all_returned: bool
) -> None:
    """Book what the bank returned, and say what to do next. Raises UserError."""
    ledger = opened(place)
    rows, digest = given
    deed, printed = said(by, note, digest), printing(None, place.file)
    made = take_back(ledger, number, rows, deed, printed, all_returned=all_returned)
    if made.arrived:
        typer.echo(f"名单里有 {made.arrived} 笔写明成功，不是退票，没有登记。", err=True)
    for line in made.doubts:
        typer.echo(line, err=True)
    if not made.persons:
        before = f"{made.before} 笔退票都登记过了" if made.before else "没有退票"
        typer.echo(f"这份名单{'的 ' if made.before else ''}{before}，台账没有改动。", err=True)
        return
    typer.echo(f"退票 {made.persons} 笔，合计 {yuan(made.fen)} 元，已记账。", err=True)
    if made.reissue:
        lines = [f"批次 {made.reissue}：退票重发，已提请。", *_paper(place, REISSUE, made.reissue, None)]
        typer.echo("\n".join(lines), err=True)
    for line in _still_open(made):
        typer.echo(line, err=True)


def perform_arrived(place: LedgerPlace, number: int, given: "GivenList", by: str | None, note: str) -> None:
    """Take back returns that were booked by mistake, and say what was left. Raises UserError."""
    ledger = opened(place)
    rows, digest = given
    made = restore(ledger, number, rows, said(by, note, digest))
    first = (
        f"撤销退票 {made.persons} 笔，合计 {yuan(made.fen)} 元：钱已到账，不再补发。"
        if made.persons
        else "没有可撤销的，台账没有改动。"
    )
    lines = [first]
    if made.before:
        lines.append(f"{made.before} 笔本来就没有记作退票。")
    if made.failed:
        lines.append(f"{made.failed} 笔名单写明失败，仍是退票。")
    typer.echo("\n".join(lines), err=True)


class GivenList(NamedTuple):
    """The rows of a bank's list, and the digest of its file."""

    rows: Sequence[ReturnRow]
    digest: str


def return_list(file: Path, columns: Path | None) -> GivenList:
    """A bank's list. Raises UserError where anything of it cannot be read."""
    pinned = pinned_columns(columns) if columns else {}
    reading = read([file], {"returns": Wanted(ReturnRow, "退票名单")}, pinned=pinned)
    wrong = [f"{f.place}：{f.message}" for f in reading.findings if _is_unread(f)]
    if wrong:
        raise UserError("\n  ".join([f"退票名单有 {len(wrong)} 处读不出，什么都没有登记：", *wrong]))
    return GivenList(reading.rosters["returns"].records, reading.books[0].sha256)


def _still_open(made: ReturnedPayments) -> Iterator[str]:
    """The lines on returned payments that are not settled by the new batch alone."""
    if made.waiting:
        yield f"其中 {made.waiting} 人不在重发里：另有未了结的批次，或要抵扣的那笔也退了票；以后再提请时作补发。"
    if made.owed_again:
        yield f"退回来的款里有 {yuan(made.owed_again)} 元早先已经抵扣、追缴，等于多扣，又成了应发本人的，随重发或以后的补发补还。"
    if made.same_account:
        yield (
            f"其中 {made.same_account} 笔没有写新账号，仍用原账号；"
            f"账号不对的请先取消批次 {made.reissue}，改好名册再提请。"
        )
