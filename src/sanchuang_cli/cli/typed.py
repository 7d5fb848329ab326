"""Composes the text of commands that a person can type or copy, complete and quoted for the shell of this system; nothing is
run.
"""

import os
import re
import shlex
import subprocess

from sanchuang_cli.cli.ledger_option import LEDGER
from sanchuang_cli.ledger.address import LedgerPlace
from sanchuang_cli.ledger.approving import signed_only
from sanchuang_cli.ledger.file import Ledger

_PLAIN = re.compile(r"[\w./:=,@%+-]+")


def typed(*words: object) -> str:
    """The command, such as: sanchuang batch approve 1 --ledger '/srv/某 县/台账.db'."""
    command = ["sanchuang", *map(str, words)]
    return subprocess.list2cmdline(command) if os.name == "nt" else " ".join(map(_quoted, command))


def _quoted(word: str) -> str:
    """The word with quotes where the shell needs them. Chinese needs none."""
    return word if _PLAIN.fullmatch(word) else shlex.quote(word)


def of_ledger(place: LedgerPlace) -> tuple[object, ...]:
    """The words that name a ledger; none where SANCHUANG_LEDGER names the same one."""
    return (
        ()
        if os.environ.get(LEDGER) == str(place)
        else ("--ledger", place if place.file else place.for_others())
    )


def approving(ledger: Ledger) -> str:
    """The next command towards an approval: `paper` where the ledger demands signatures, else `approve`.

    The approver's name is not part of it, since that command asks for it.
    """
    return "paper" if signed_only(ledger) else "approve"
