"""Whose a row of a log is: receipts and attendance name people by number, or by branch and name.

Rows in, rows by person out. A row that might be several people's is nobody's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from sanchuang_cli.record import Row


class NamesSomebody(Protocol):
    """A record that says who it is about. identity: "" where the row has no number; branch: likewise."""

    @property
    def row(self) -> Row: ...
    @property
    def identity(self) -> str: ...
    @property
    def branch(self) -> str: ...
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=NamesSomebody)
People = Sequence[NamesSomebody]


def by_person(
    log: Iterable[T], people: Iterable[NamesSomebody]
) -> tuple[Mapping[int, Sequence[T]], Sequence[T]]:
    """Rows by the row (its id) of whoever they name, and those that are nobody's or might be several people's. A number
    says who it is; without one, branch and name do where only one person has them. Whoever is listed twice under one number
    is one person, and has the rows under both lines."""
    numbers: dict[str, list[NamesSomebody]] = defaultdict(list)
    names: dict[tuple[str, str], list[NamesSomebody]] = defaultdict(list)
    for person in people:
        numbers[person.identity].append(person)
        for branch in ("", person.branch):
            names[branch, person.name].append(person)
    named: dict[int, list[T]] = defaultdict(list)
    strange = []
    for each in log:
        meant = numbers.get(each.identity, ()) if each.identity else names.get((each.branch, each.name), ())
        for person in meant if _one_person(meant) else ():
            named[id(person.row)].append(each)
        if not _one_person(meant):
            strange.append(each)
    return named, strange


def _one_person(meant: People) -> bool:
    return len(meant) == 1 or (bool(meant) and all(one.identity == meant[0].identity != "" for one in meant))
