"""Records every use of --unmask, in the ledger or in a file: who showed which columns, of which workbooks, and why. It has
no personal data.

With --ledger the record is in the ledger. Without it the record is a line of a file in the current folder. Each line has a
hash over itself and the hash of the line before, so that a changed or removed line is noticed.
"""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from sanchuang_cli.cli import login
from sanchuang_cli.cli.asked import Asked
from sanchuang_cli.finding import UserError, reason
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.report.run import Run

NAME = "不遮盖记录.jsonl"
_OWNER_ONLY = 0o600


def noted(run: Run, asked: Asked, *, always: bool = False) -> None:
    """Write the record. always: also where nothing is unmasked, if there is a ledger; who looked a person up is known then. Called before anything is shown. Raises UserError where it cannot be written, so that nothing is shown."""
    if not asked.unmask and not (always and asked.ledger):
        return
    facts = {
        "programme": run.name,
        "period": str(run.occasion.period),
        "columns": sorted(asked.unmasked),
        "inputs": [[book.file, book.sha256] for book in run.inputs],
        "reason": asked.reason.strip(),
    }
    if asked.ledger:
        _in_the_ledger(asked.ledger, facts)
    else:
        _in_a_file(Path(NAME), facts)


def _in_the_ledger(place: LedgerPlace, facts: dict[str, Any]) -> None:
    from sanchuang_cli.cli.spoken import said
    from sanchuang_cli.ledger import chain
    from sanchuang_cli.ledger.file import opened

    with opened(place).writing() as connection:
        chain.add(
            connection, chain.Done(chain.UNMASKED, more=facts), said(None, facts["reason"], has_by=False)
        )


def _in_a_file(path: Path, facts: dict[str, Any]) -> None:
    try:
        add_line(path, facts)
    except OSError as trouble:
        raise UserError(
            f"--unmask 要留下记录，{path} 写不进去（{reason(trouble)}），什么都没有显示。请换一个可以写的文件夹运行。"
        ) from None


def add_line(path: Path, facts: dict[str, Any]) -> None:
    """Add facts to a file of sealed lines, with the time and the login. It is on the disk when this returns. Raises OSError."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    entry = {"at": datetime.now().isoformat(timespec="seconds"), "login": login.current(), **facts}
    line = json.dumps(entry | {"hash": sealed(lines[-1] if lines else "", entry)}, ensure_ascii=False)
    # O_APPEND: two runs at once must not overwrite each other's line.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def sealed(before: str, entry: dict[str, Any]) -> str:
    """The hash of an entry together with the line before it."""
    return hashlib.sha256(f"{before}\n{json.dumps(entry, ensure_ascii=False)}".encode()).hexdigest()


def broken(path: Path) -> int:
    """The number of the first line whose hash is wrong, 0 where all are right."""
    before = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            seal = entry.pop("hash")
        except (ValueError, AttributeError, KeyError):
            return number
        if seal != sealed(before, entry):
            return number
        before = line
    return 0
