"""Decides whether a new identity number is a new person. The ledger and a run with --previous both ask here. Text in, text
out.
"""

from collections.abc import Container
from typing import Literal

from sanchuang_cli.domain.identity import birth, is_well_formed

Doubt = Literal["", "known-birth", "known-account", "known-home"]
"""known-home is said where the money is known: of a namesake from the same village who vanished and was paid for the same
month."""


def born(number: str) -> str:
    """The birth date in a number, "" where there is none."""
    day = birth(number) if is_well_formed(number) else None
    return day.isoformat() if day else ""


def another_number(
    name: str, number: str, account: str, births: Container[tuple[str, str]], accounts: Container[str]
) -> Doubt:
    """Why a number that is not known may be another one of somebody who is, "" where nothing says so. births: the names
    and birth dates of those who are known, accounts: where their money went."""
    if (name, born(number)) in births:
        return "known-birth"
    return "known-account" if account and account in accounts else ""
