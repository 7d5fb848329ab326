"""Declares the option --ledger, for all commands that have it: a file, or the address of a database. Nothing is opened here."""

import os
from typing import Annotated, Any

import typer

from sanchuang_cli.ledger.address import LedgerPlace, placed

LEDGER = "SANCHUANG_LEDGER"
"""The environment variable that names the ledger if no option does."""


def ledger_option(said: str, **more: Any) -> Any:
    """The option, with its help."""
    return typer.Option("--ledger", help=said, parser=placed, **more)


LedgerOption = Annotated[
    LedgerPlace, ledger_option("台账文件，或数据库地址（postgresql://…）。", envvar=LEDGER)
]


def named_by_the_environment() -> LedgerPlace | None:
    """The place that the environment names, None where it names none. Raises UserError for an address that cannot be used."""
    words = os.environ.get(LEDGER)
    return placed(words) if words else None
