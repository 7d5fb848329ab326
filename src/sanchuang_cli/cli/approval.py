"""Carries out `batch approve`, `batch paper` and `batch sign` (审批): reads signatures, writes approval papers, and writes to
the ledger.
"""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import typer

from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.cli.given_result import SAVE_PLAIN, need_workbook, result_at
from sanchuang_cli.cli.passphrase import passphrase
from sanchuang_cli.cli.spoken import said
from sanchuang_cli.finding import UserError
from sanchuang_cli.ledger import approval_paper, batches, signing
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.approval_paper import Lines, Signed
from sanchuang_cli.ledger.approving import name_of
from sanchuang_cli.ledger.differences import differences
from sanchuang_cli.ledger.file import Ledger, opened
from sanchuang_cli.ledger.kept import hash_of, kept
from sanchuang_cli.ledger.pages import RECOVERY
from sanchuang_cli.ledger.unpaid_results import Stated
from sanchuang_cli.report import files


def perform_approve(asked: Asked) -> None:
    """Approve a batch. Raises UserError where the signed workbook differs from the copy in the ledger's folder."""
    assert asked.ledger, "--ledger is required"
    ledger, number = opened(asked.ledger), asked.number
    if asked.check:
        _compare(ledger, number, asked.check)
    signed = signature(asked, lambda: batches.paper(ledger, number))
    batch = batches.approve(ledger, number, said(approver(ledger, asked, signed), asked.note), signed)
    then = (
        f"钱收回后：sanchuang batch recovered {number}"
        if batch.purpose == RECOVERY
        else f"送银行：sanchuang batch send {number} --bank 文件夹"
    )
    typer.echo(f"批次 {number}：已审批。{then}", err=True)


def _compare(ledger: Ledger, number: int, check: Path) -> None:
    with ledger.reading() as connection:
        batch = batches.batch_numbered(connection, number)
    wrong = differences(kept(ledger.folder, batch.copy, batch.copy_sha256), check)
    if wrong:
        lines = [f"{check.name} 与提请时的副本有 {len(wrong)} 格不同，没有审批：", *wrong]
        raise UserError("\n  ".join(lines))


def approver(ledger: Ledger, asked: Asked, signed: Signed | None) -> str:
    """The approver's name: the one that was typed, the one under which the key is registered, or the answer to a question.

    Raises UserError where there is none and nobody can be asked.
    """
    who = asked.maker if asked.maker is not None or not signed else name_of(ledger, signed.key)
    if who is not None:
        return who
    if not somebody_is_there():
        raise UserError("请用 --by 写明审批人的姓名。")
    return str(typer.prompt("审批人姓名", err=True))


def somebody_is_there() -> bool:
    """Whether this is typed by somebody who can be asked."""
    return sys.stdin.isatty()


def signature(asked: Asked, paper_of: Callable[[], Lines]) -> Signed | None:
    """The signature of --signature, or one made now with --key; None without both options. Raises UserError."""
    if asked.signature and asked.key:
        raise UserError("--signature 和 --key 只用一个：签过名的交 --signature，当场签的用 --key。")
    if asked.signature:
        return approval_paper.read_signed(asked.signature)
    if asked.key:
        lines = paper_of()
        _show(lines)
        return _under(lines, asked.key, asked.password_file)
    return None


def perform_paper(place: LedgerPlace, number: int, out: Path | None) -> None:
    """Write the approval paper of a batch and say what to do with it. Raises UserError."""
    lines = batches.paper(opened(place), number)
    written(lines, out or Path(f"审批单-{number}.txt"), f"sanchuang batch approve {number}")


def written(lines: Lines, out: Path, approve: str) -> None:
    """Write an approval paper and say what to do with it. approve: the command that takes the signed paper. Raises UserError."""
    _show(lines)
    where = _saved(out, approval_paper.text(lines))
    typer.echo(
        f"审批单：{where}。签名：sanchuang batch sign {where.name} --key 私钥文件；"
        f"收签名：{approve} --signature 签过名的审批单",
        err=True,
    )


def perform_sign(
    file: Path, key: Path, out: Path | None, workbook: Path | None, password_file: Path | None
) -> None:
    """Sign an approval paper and say where the signed copy is. Raises UserError."""
    lines = approval_paper.unsigned(file)
    _show(lines)
    if workbook and not _is_of(workbook, lines):
        raise UserError(f"{workbook} 不是审批单上的那个工作簿，没有签名。")
    signed = _under(lines, key, password_file)
    where = _saved(out or file.with_name(f"{file.stem}-已签名.txt"), approval_paper.text(lines, signed))
    typer.echo(f"签过名的审批单：{where}（公钥指纹 {signing.fingerprint(signed.key)}）", err=True)


def _is_of(workbook: Path, lines: Lines) -> bool:
    """Whether the paper is about this workbook.

    The copy of a batch is compared by its bytes, since nobody may change it. A result is compared by its values, since
    saving it again in a spreadsheet program changes the bytes and no value.
    """
    need_workbook(workbook, "，没有签名")
    if digest := approval_paper.value(lines, approval_paper.RESULT):
        return Stated.of(result_at(workbook, "要审批的结果工作簿", SAVE_PLAIN)).digest == digest
    return hash_of(workbook) == approval_paper.value(lines, approval_paper.COPY)


def _under(lines: Lines, key: Path, password_file: Path | None) -> Signed:
    opened_key = signing.private(key, passphrase(password_file))
    return Signed(
        lines, signing.public_of(opened_key), signing.signature(opened_key, approval_paper.plain(lines))
    )


def _show(lines: Lines) -> None:
    typer.echo(approval_paper.text(lines), err=True)


def _saved(target: Path, text: str) -> Path:
    saved = files.save(target, partial(_write, text))
    if saved.instead:
        typer.echo(saved.instead, err=True)
    return saved.path


def _write(text: str, path: Path) -> None:
    path.write_text(text, "utf-8")
