"""送银行: the bank's files of an approved batch and its entries, in one transaction, once.

Promise: nothing is sent but what was approved in the chain, by whoever may; the files that stand outside were kept first and are those that were posted; sending again gives the same.
"""

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path

from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger.batches import (
    GONE,
    checked_lines,
    found,
    in_the_chain,
    noted,
    refuse_unless,
    release,
)
from sanchuang_cli.ledger.book import Ledger
from sanchuang_cli.ledger.chain import Said
from sanchuang_cli.ledger.entries import Key, Posting, post
from sanchuang_cli.ledger.history import APPROVED, SENT, SETTLED
from sanchuang_cli.ledger.kept import hash_of, kept, on_disk, read_by_group, shared_folder
from sanchuang_cli.ledger.pages import RECOVERY, Line, bank_page
from sanchuang_cli.report import bank, files
from sanchuang_cli.report.banklayout import Layout
from sanchuang_cli.report.printing import AS_EVER, Printing


def send(
    ledger: Ledger,
    number: int,
    layout: Layout,
    out: Path,
    said: Said,
    on: date,
    printing: Printing = AS_EVER,
) -> tuple[list[Path], bool]:
    """The bank's files in the folder `out`, and whether the batch had been sent before. Raises UserError."""
    with ledger.writing() as connection:
        one = found(connection, number)
        if one.purpose == RECOVERY:
            raise UserError(
                f"批次 {number} 是追缴，不送银行。收到退款后用 sanchuang batch recovered {number} 登记。"
            )
        again = one.state in GONE
        if not again:
            refuse_unless(one, APPROVED, then="送银行")
            in_the_chain(connection, one)
            lines = checked_lines(ledger, connection, one)
            title = bank_title(one.title, number)
            record = _kept_files(ledger.folder, number, title, lines, layout, on, printing)
            last = post(connection, number, one.run, postings(one.programme, lines))
            release(connection, number)
            noted(connection, number, SENT, said, last, {"bank": json.dumps(record)})
        else:
            in_the_chain(connection, one)
            record = json.loads(one.bank)
    return _published(ledger.folder, record, out), again


def recovered(ledger: Ledger, number: int, said: Said) -> None:
    """The money of a 追缴 batch has come back: its entries. Raises UserError."""
    with ledger.writing() as connection:
        one = found(connection, number)
        if one.purpose != RECOVERY:
            raise UserError(f"批次 {number} 不是追缴批次，用 sanchuang batch send 送银行。")
        refuse_unless(one, APPROVED, then="登记收回")
        in_the_chain(connection, one)
        lines = checked_lines(ledger, connection, one)
        last = post(connection, number, one.run, postings(one.programme, lines))
        release(connection, number)
        noted(connection, number, SETTLED, said, last)


def bank_title(title: str, number: int) -> str:
    return f"{title}批次{number}"


def postings(programme: str, lines: list[Line]) -> list[Posting]:
    """The entries that a batch's lines become."""
    return [
        Posting(
            Key(line.person, programme, line.benefit, line.month, line.component),
            line.kind,
            line.fen,
            line.edition,
            line.place,
        )
        for line in lines
    ]


def _kept_files(
    folder: Path, number: int, title: str, lines: list[Line], layout: Layout, on: date, printing: Printing
) -> dict[str, object]:
    """The bank's files in a folder of the batch's own; what a killed run left there is thrown away first."""
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
    for one in saved:
        read_by_group(one.path)
    for path in (*(one.path for one in saved), place, folder):
        on_disk(path)
    return {"folder": name, "files": [[one.path.name, hash_of(one.path)] for one in saved]}


def _published(folder: Path, record: dict[str, object], out: Path) -> list[Path]:
    """The kept files, where they were asked for. Raises UserError."""
    place = folder / str(record["folder"])
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, digest in record["files"]:  # type: ignore[attr-defined]
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
