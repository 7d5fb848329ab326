"""Sends an approved batch to the bank (送银行): writes the bank's files and posts the entries, in one transaction, once.

Promise: nothing is sent that was not approved by the rules in the chain. The files are kept beside the ledger first, and
copied out after the entries are posted; sending again copies the same files.
"""

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger.batches import (
    GONE,
    batch_numbered,
    checked_lines,
    in_the_chain,
    noted,
    refuse_unless,
    release,
)
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.ledger.entries import NewEntry, post
from sanchuang_cli.ledger.file import Ledger
from sanchuang_cli.ledger.history import APPROVED, SENT, SETTLED
from sanchuang_cli.ledger.kept import hash_of, kept, on_disk, read_by_group, shared_folder
from sanchuang_cli.ledger.pages import RECOVERY, LedgerLine, bank_page
from sanchuang_cli.report import bank, files
from sanchuang_cli.report.banklayout import BankLayout
from sanchuang_cli.report.printing import AS_EVER, Printing


def send(
    ledger: Ledger,
    number: int,
    layout: BankLayout,
    out: Path,
    deed: Deed,
    on: date,
    printing: Printing = AS_EVER,
) -> tuple[list[Path], bool]:
    """Send a batch. Gives the bank's files in the folder `out`, and whether it had been sent before. Raises UserError."""
    with ledger.writing() as connection:
        batch_row = batch_numbered(connection, number)
        if batch_row.purpose == RECOVERY:
            raise UserError(
                f"批次 {number} 是追缴，不送银行。收到退款后用 sanchuang batch recovered {number} 登记。"
            )
        again = batch_row.state in GONE
        if not again:
            refuse_unless(batch_row, APPROVED, then="送银行")
        in_the_chain(connection, batch_row)
        if again:
            record = json.loads(batch_row.bank)
        else:
            lines = checked_lines(ledger, connection, batch_row)
            title = bank_title(batch_row.title, number)
            record = _kept_files(ledger.folder, number, title, lines, layout, on, printing)
            ledger.copies.stored(connection, _names(record))
            last = post(connection, number, batch_row.run, postings(batch_row.programme, lines))
            release(connection, number)
            noted(connection, number, SENT, deed, last, {"bank": json.dumps(record)})
        for name, (_, digest) in zip(_names(record), record["files"], strict=True):
            ledger.copies.kept(connection, name, digest)
    # Only now: a file that stands outside must be one that was posted.
    return _published(ledger.folder, record, out), again


def recovered(ledger: Ledger, number: int, deed: Deed) -> None:
    """Post the entries of a 追缴 batch whose money has come back. Raises UserError."""
    with ledger.writing() as connection:
        batch_row = batch_numbered(connection, number)
        if batch_row.purpose != RECOVERY:
            raise UserError(f"批次 {number} 不是追缴批次，用 sanchuang batch send 送银行。")
        refuse_unless(batch_row, APPROVED, then="登记收回")
        in_the_chain(connection, batch_row)
        lines = checked_lines(ledger, connection, batch_row)
        last = post(connection, number, batch_row.run, postings(batch_row.programme, lines))
        release(connection, number)
        noted(connection, number, SETTLED, deed, last)


def bank_title(title: str, number: int) -> str:
    """The title of the bank's files."""
    return f"{title}批次{number}"


def postings(programme: str, lines: list[LedgerLine]) -> list[NewEntry]:
    """The entries that a batch's lines become."""
    return [NewEntry(line.key(programme), line.kind, line.fen, line.edition, line.place) for line in lines]


def _kept_files(
    folder: Path,
    number: int,
    title: str,
    lines: list[LedgerLine],
    layout: BankLayout,
    on: date,
    printing: Printing,
) -> dict[str, Any]:
    """Write the bank's files into the batch's own folder. What a killed run left there is deleted first."""
    name = f"{number:06d}-bank"
    place = folder / name
    if place.exists():
        shutil.rmtree(place)
    shared_folder(place, like=folder)
    table = bank_page(title, lines)
    saved = (
        bank.write(place, [table], layout, on=on, title=title, source="批次清单", printing=printing)
        if table
        else []
    )
    for saved_file in saved:
        read_by_group(saved_file.path)
    for path in (*(saved_file.path for saved_file in saved), place, folder):
        on_disk(path)
    return {
        "folder": name,
        "files": [[saved_file.path.name, hash_of(saved_file.path)] for saved_file in saved],
    }


def _names(record: dict[str, Any]) -> list[str]:
    """The names of the bank's files among the copies."""
    return [f"{record['folder']}/{name}" for name, _ in record["files"]]


def _published(folder: Path, record: dict[str, Any], out: Path) -> list[Path]:
    """Copy the kept files to where they were asked for. Raises UserError."""
    place = folder / record["folder"]
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, digest in record["files"]:
            content = kept(place, name, digest).read_bytes()
            written.append(files.save(out / name, partial(_write, content)).path)
    except OSError as trouble:
        why = f"{trouble.filename or out}：{reason(trouble)}"
        raise UserError(
            f"批次已记账，但银行文件没有写全，{why}。请再运行一次 batch send，给出同样的文件，不再记账。"
        ) from trouble
    return written


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)
