"""Decides whether a new identity number is a new person. The ledger and a run with --previous both ask here. Text in, text
out.
"""

from collections import defaultdict
from collections.abc import Container
from typing import Generic, Literal, NamedTuple, Self, TypeVar

from sanchuang_cli.domain.identity import birth, is_well_formed
from sanchuang_cli.domain.words import narrow, village

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


class Home(NamedTuple):
    """Where somebody lives, the same however it is written (see words.village); "" is not said."""

    township: str
    village: str

    @classmethod
    def of(cls, township: str, of_village: str) -> Self:
        """From the cells."""
        return cls(narrow(township), village(of_village))

    def may_be(self, other: Self) -> bool:
        """Whether two may be one: what one side does not say may be what the other says."""
        return all(one == another or not one or not another for one, another in zip(self, other, strict=True))


class Homes(Generic[T]):
    """Somebody by name and home, to find namesakes who may be the same person. A township or a village that one side does not
    say may be the one that the other says.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, list[tuple[Home, T]]] = defaultdict(list)

    def add(self, name: str, township: str, village: str, who: T) -> None:
        """Remember somebody."""
        self._by_name[name].append((Home.of(township, village), who))

    def namesakes(self, name: str, township: str, village: str) -> list[T]:
        """Whoever of that name may live there, in the order in which they were added."""
        asked = Home.of(township, village)
        return [who for own, who in self._by_name.get(name, ()) if own.may_be(asked)]
