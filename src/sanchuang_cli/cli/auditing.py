"""`check` and `merge`, from the words on the command line to what is written. Exit codes as in cli/app.py."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from sanchuang_cli.cli.known import Known, Passwords, known
from sanchuang_cli.finding import Finding, Severity, UserError
from sanchuang_cli.report import checked, files, terminal, workbook
from sanchuang_cli.roster import paths
from sanchuang_cli.roster.checks.audit import Audit, audit, texts
from sanchuang_cli.roster.columns.matching import pinned_columns
from sanchuang_cli.roster.returns.merging import merged
from sanchuang_cli.roster.returns.returning import Returned, returned


@dataclass(frozen=True)
class Asked:
    """What `check` and `merge` have in common, as it stood on the command line."""

    books: list[str]
    roster: str | None
    policy: str | None
    columns: Path | None
    password_file: Path | None


def check(asked: Asked, folder: Path | None, as_json: bool) -> bool:
    """Check the books, show what is wrong, return copies to `folder`. True when rows or files were set aside."""
    rosters = known(asked.roster, asked.policy)
    opened_by = Passwords(asked.password_file)
    found = audited(asked, rosters, opened_by)
    quotes = texts(found, rosters.all)
    copies = returned(found, quotes, folder, opened_by) if folder else []
    if as_json:
        plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
        sys.stdout.write(json.dumps(document(found, quotes, copies), ensure_ascii=plain, indent=2) + "\n")
    else:
        screen = Console(highlight=False, soft_wrap=True)
        checked.show(screen, found.findings, [(f.name, f.tally, f.error) for f in found.files])
    tell(found, copies, folder)
    return unfinished(found)


def audited(asked: Asked, rosters: Known, opened_by: Sequence[str]) -> Audit:
    """Raises UserError when not one of the books could be read."""
    found = audit(
        paths.books(asked.books, files.is_ours),
        rosters.wanted,
        rosters.beside,
        pinned=pinned_columns(asked.columns) if asked.columns else {},
        passwords=opened_by,
    )
    if all(file.error for file in found.files):
        raise UserError("\n".join(file.error for file in found.files))
    return found


def unfinished(found: Audit) -> bool:
    return bool(found.tally.set_aside) or any(file.error for file in found.files)


def tell(found: Audit, copies: list[Returned], folder: Path | None) -> None:
    """The last lines, on stderr: counts, where every row went, where the copies are and what they lack."""
    screen = terminal.console()
    unread = sum(bool(file.error) for file in found.files)
    screen.print(
        f"疑点：{checked.summary(found.findings)}" + (f"；{unread} 个文件没有读取" if unread else "")
    )
    screen.print(f"守恒：{found.tally}", style="bold")
    for copy in copies:
        screen.print(f"退回修改：{copy.saved.path}（{copy.marked} 处）", style="bold", soft_wrap=True)
        for note in (copy.saved.instead, *copy.notes):
            if note:
                screen.print(f"  {note}", style="yellow", soft_wrap=True)
    if folder and not copies:
        screen.print("没有要退回修改的。")


def document(found: Audit, quotes: dict[Finding, str], copies: list[Returned]) -> dict[str, Any]:
    """What `check --json` prints. Numbers are masked; row and column are null for a whole sheet or row."""
    by_name = {copy.name: copy for copy in copies}
    return {
        "files": [
            {
                "file": file.name,
                "sha256": file.book.sha256 if file.book else None,
                "error": file.error or None,
                "read": file.tally.read,
                "used": file.tally.used,
                "set_aside": file.tally.set_aside,
                "conservation": str(file.tally),
                "returned": str(by_name[file.name].saved.path) if file.name in by_name else None,
                "differences": list(by_name[file.name].notes) if file.name in by_name else [],
            }
            for file in found.files
        ],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity.value,
                "file": f.place.book,
                "sheet": f.place.sheet,
                "row": f.place.row or None,
                "column": f.place.column or None,
                "cell": f.place.cell or None,
                "heading": f.place.heading,
                "text": quotes.get(f),
                "message": f.message,
                "basis": f.basis,
                "mend": f.mend,
            }
            for f in found.findings
        ],
        "summary": {
            "read": found.tally.read,
            "used": found.tally.used,
            "set_aside": found.tally.set_aside,
            "conservation": str(found.tally),
            **{f"{s.value}s": sum(f.severity is s for f in found.findings) for s in Severity},
        },
    }


def merge(asked: Asked, out: Path) -> bool:
    """Write the books as one roster. True when rows or files were set aside."""
    rosters = known(asked.roster, asked.policy)
    ((name, one),) = rosters.wanted.items()
    whole = audited(asked, rosters, Passwords(asked.password_file))
    found, tables = whole.only(name), merged(whole, name, one, rosters.beside)

    def write(target: Path) -> None:
        workbook.write(target, tables, on=date.today())

    saved = files.save(out, write, [file.path for file in found.files])
    tell(found, [], None)
    screen = terminal.console()
    for file in found.files:
        screen.print(f"  {file.name}：{file.error or file.tally}", soft_wrap=True)
    others = [table for table in tables if table.name in {other.title for other in rosters.beside.values()}]
    also = "".join(f"；另有{table.name} {len(table.rows)} 行" for table in others)
    for line in (saved.instead, f"合并名册：{saved.path}{also}"):
        if line:
            screen.print(line, style="bold", soft_wrap=True)
    return unfinished(found)
