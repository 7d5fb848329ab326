"""The password of an approver's private key: typed, or from a file. Never from the environment, which jobs inherit."""

import sys
from getpass import getpass
from pathlib import Path

import typer

from sanchuang_cli.cli.known import passwords
from sanchuang_cli.finding import UserError


def passphrase(file: Path | None) -> str:
    """The password of a key that there is. Raises UserError."""
    return _of_file(file) if file else _typed("私钥的密码：")


def new_passphrase(file: Path | None) -> str:
    """The password of a key that is being made, typed twice. Raises UserError."""
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
