"""Tables on stdout as tab-separated lines, numbers masked: what `ledger` and `batch` answer with."""

from datetime import datetime

import typer

from sanchuang_cli.cli import login
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import hidden
from sanchuang_cli.ledger.authority import plain_name
from sanchuang_cli.ledger.chain import Said
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
    """Who acts, now and under which login: the name that was given, or the login's where none was. Raises UserError for
    a name with nothing in it."""
    name = login.name() if who is None else " ".join(who.split())
    if not plain_name(name):
        raise UserError("请用 --by 写明经办人的姓名，不能空着。")
    return Said(name, note, datetime.now().isoformat(timespec="seconds"), login.current(), file_sha256)
