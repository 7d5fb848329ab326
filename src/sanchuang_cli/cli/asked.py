"""What was asked for, before anything of it is done."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Asked:
    """What was asked for, as it stood on the command line."""

    books: list[str]
    period: str | None
    on: str | None
    policy: str | None
    previous: str | None
    out: Path | None
    json: bool
    unmask: frozenset[str]
    quiet: bool
    strict: bool
    columns: Path | None
    password_file: Path | None
    encrypt: bool = False
    html: Path | None = None
    notice: Path | None = None
    notice_from: str | None = None
    reason: str = ""
    bank: Path | None = None
    bank_format: str = "generic"
    screen: tuple[str, ...] = ()
    by: str = ""
    ledger: Path | None = None
