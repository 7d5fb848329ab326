"""Commands as they are typed: whole, with the ledger they are about, and quoted as this system's shell wants it."""

import os
import re
import shlex
import subprocess
from pathlib import Path

from sanchuang_cli.ledger.approving import signed_only
from sanchuang_cli.ledger.book import Ledger

LEDGER = "SANCHUANG_LEDGER"
_PLAIN = re.compile(r"[\w./:=,@%+-]+")


def typed(*words: object) -> str:
    """sanchuang batch approve 1 --ledger '/srv/某 县/台账.db'."""
    said = ["sanchuang", *map(str, words)]
    return subprocess.list2cmdline(said) if os.name == "nt" else " ".join(map(_quoted, said))


def _quoted(word: str) -> str:
    """As the shell wants it; Chinese needs no quotes."""
    return word if _PLAIN.fullmatch(word) else shlex.quote(word)


def of_ledger(path: Path) -> tuple[object, ...]:
    """The words that name a ledger: none, where the environment names it."""
    return () if os.environ.get(LEDGER) == str(path) else ("--ledger", path)


def approving(ledger: Ledger) -> str:
    """The next step towards an approval: where signatures are asked for, the paper that is signed. Who approves is asked
    for then and there."""
    return "paper" if signed_only(ledger) else "approve"
