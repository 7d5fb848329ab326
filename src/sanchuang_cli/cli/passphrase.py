"""Asks for the password of an approver's private key, or reads it from a file.

It is never taken from the environment: programs that run unattended inherit that, and they must not approve.
"""

import sys
from getpass import getpass
from pathlib import Path

import typer

from sanchuang_cli.cli.known_rosters import passwords
from sanchuang_cli.finding import UserError


def passphrase(file: Path | None) -> str:
    """The password of an existing key. Raises UserError where nobody can type it."""
    return _of_file(file) if file else _typed("私钥的密码：")


def new_passphrase(file: Path | None) -> str:
    """The password for a new key, typed twice. Raises UserError where the two differ."""
    if file:
        return _of_file(file)
    given = _typed("私钥的密码：")
    if given != _typed("再输一次："):
        raise UserError("两次输入的密码不一样，什么都没有写出。请重新运行。")
    return given


def _of_file(file: Path) -> str:
    return next(iter(passwords(file)), "")


def _typed(asked: str) -> str:
    if not sys.stdin.isatty():
        raise UserError("私钥要有密码：请在终端里运行并当场输入，或用 --password-file 给出写有密码的文件。")
    try:
        return getpass(asked)
    except EOFError:
        raise typer.Abort from None
