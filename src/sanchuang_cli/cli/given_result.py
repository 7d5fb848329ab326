"""Opens a result that a command is given by name, and says in the command's own words why it cannot."""

from pathlib import Path

from sanchuang_cli.cli.known_rosters import Passwords
from sanchuang_cli.finding import UserError
from sanchuang_cli.roster.books.encryption import PasswordNeededError
from sanchuang_cli.roster.results import Result, opened


def need_workbook(path: Path, then: str = "") -> None:
    """Raise UserError where there is no file of this name. then: what was not done."""
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，不是工作簿{then}。请写出其中那一个文件的名字。")
    if not path.is_file():
        raise UserError(f"没有工作簿 {path}{then}。请核对文件名。")


def result_at(path: Path, wanted: str, mend: str, password_file: Path | None = None) -> Result:
    """The result at `path`. wanted: what it should be. mend: what to do where it has a password that nobody gave. Raises
    UserError."""
    need_workbook(path)
    try:
        return opened(path, path.name, Passwords(password_file), wanted)
    except PasswordNeededError:
        raise UserError(f"{path.name}：结果加了密码，打不开。{mend}") from None


SAVE_PLAIN = "请用 WPS 或 Excel 打开，另存一份没有密码的（数不变就是同一个结果），再用那一份。"
"""What to do for a command that takes no password of a workbook."""
GIVE_PASSWORD = "请用 --password-file 给出写有密码的文件，并核对里面的密码。"  # noqa: S105 - a sentence, no password
