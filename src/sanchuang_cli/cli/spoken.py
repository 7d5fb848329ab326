"""Tables on stdout as tab-separated lines, numbers masked: what `ledger` and `batch` answer with."""

import getpass
from datetime import datetime

import typer

from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import hidden
from sanchuang_cli.ledger.batches import Said
from sanchuang_cli.report import shown
from sanchuang_cli.table import Table


def say(table: Table) -> None:
    """One line a row, headings first."""
    typer.echo("\t".join(column.title for column in table.columns))
    for row in table.rows:
        cells = (
            hidden(column.kind, shown.text(column.kind, value))
            for column, value in zip(table.columns, row, strict=True)
        )
        typer.echo("\t".join(cells))


def said(who: str | None, note: str = "", file_sha256: str = "") -> Said:
    """Who acts, now: the name that was given, or the user's. Raises UserError where there is neither."""
    try:
        name = (who or getpass.getuser()).strip()
    except (OSError, KeyError, ImportError):
        name = ""
    if not name:
        raise UserError("请用 --by 写明经办人的姓名。")
    return Said(name, note, datetime.now().isoformat(timespec="seconds"), file_sha256)
