"""Prints the tables of `ledger`, `batch` and `policy` on standard output, and says who acts and when.

Numbers of persons are masked in every table.
"""

import sys
from datetime import datetime

import typer

from sanchuang_cli.cli import login
from sanchuang_cli.finding import UserError
from sanchuang_cli.kind import hidden
from sanchuang_cli.ledger.authority import plain_name
from sanchuang_cli.ledger.chain import Deed
from sanchuang_cli.report import shown
from sanchuang_cli.table import Table


def say(table: Table) -> None:
    """Print a table: drawn on a terminal; into a file or another program as lines with tabs, the headings first."""
    if on_a_terminal():
        _drawn(table)
        return
    typer.echo("\t".join(column.title for column in table.columns))
    for row in table.rows:
        cells = (
            hidden(column.kind, shown.text(column.kind, value))
            for column, value in zip(table.columns, row, strict=True)
        )
        typer.echo("\t".join(cells))


def on_a_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def _drawn(table: Table) -> None:
    from rich.console import Console

    from sanchuang_cli.report import drawing

    drawing.draw(Console(highlight=False), table)


def said(who: str | None, note: str = "", file_sha256: str = "", *, has_by: bool = True) -> Deed:
    """Who acts, at what time and under which login. who: the name of --by, None for the name of the login. has_by: whether the
    command has --by; where it has not, a login without a name is called by its number.

    Raises UserError for an empty name.
    """
    name = login.name() if who is None else " ".join(who.split())
    if not name and not has_by:
        name = f"登录号 {login.current()}".strip()
    if not plain_name(name):
        raise UserError("请用 --by 写明经办人的姓名，不能空着。")
    return Deed(name, note, datetime.now().isoformat(timespec="seconds"), login.current(), file_sha256)
