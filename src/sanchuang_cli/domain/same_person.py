"""Decides whether a new identity number is a new person, for the ledger and a run with --previous. Text in, text out."""

from collections import defaultdict
from collections.abc import Container
from typing import Generic, Literal, TypeVar

from sanchuang_cli.domain import words
from sanchuang_cli.domain.identity import birth, is_well_formed

T = TypeVar("T")
Doubt = Literal["", "known-birth", "known-account", "known-home"]
"""known-home is said where the money is known: of a namesake who may be from the same village, vanished and was paid for the
same month."""


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


class Homes(Generic[T]):
    """Somebody by name and home, to find namesakes who may be the same person. A township or a village that one side does not
    say may be the one that the other says.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, list[tuple[str, str, T]]] = defaultdict(list)

    def add(self, name: str, township: str, village: str, who: T) -> None:
        """Remember somebody."""
        self._by_name[name].append((words.narrow(township), words.village(village), who))

    def namesakes(self, name: str, township: str, village: str) -> list[T]:
        """Whoever of that name may live there, in the order in which they were added."""
        return [
            who
            for own_township, own_village, who in self._by_name.get(name, ())
            if _may_be(own_township, words.narrow(township)) and _may_be(own_village, words.village(village))
        ]


def _may_be(one: str, other: str) -> bool:
    return one == other or not one or not other
