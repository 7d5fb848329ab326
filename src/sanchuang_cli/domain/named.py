"""Finds whose the rows of a second list are, by number or by name: rows that name somebody in, the same rows by person out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sanchuang_cli.domain.identity import as_written
from sanchuang_cli.record import Row

T = TypeVar("T")


def another_name(row: Any, person: Any) -> bool:
    """Whether a row that gives somebody's number writes another name beside it: nobody knows which of the two it means."""
    return bool(row.name) and row.name != person.name


def by_person(
    rows: Collection[T], people: Iterable[Any], *, alike: bool = False
) -> tuple[Mapping[int, Sequence[T]], Sequence[T]]:
    """Rows by the row (its id) of the person they name, and those that are nobody's or might be several people's.

    A number says who it is; without one, the name does where only one person has it in the township and branch that the row
    names. Whoever stands in the roster twice has the rows both times. alike: a row that writes another name beside a number
    is nobody's; otherwise whoever asks looks at the names.
    """
    known: dict[Any, list[Any]] = defaultdict(list)
    for person in people if rows else ():
        places = {(town, branch) for town in ("", person.township) for branch in ("", person.branch)}
        for key in (*((*place, person.name) for place in places), *filter(None, (person.identity,))):
            known[key].append(person)
    found: dict[int, list[T]] = defaultdict(list)
    strange = []
    for row in rows:
        meant = [one for one in known.get(_key(row), []) if not (alike and another_name(row, one))]
        if len({person.identity or id(person) for person in meant}) == 1:
            for person in meant:
                found[id(person.row)].append(row)
        else:
            strange.append(row)
    return found, strange


def named_in(row: Row) -> str:
    """Whom a row names that nobody could use: the number, however it is typed, or branch and name where there is none."""
    number = "" if "identity" in row.unread else as_written(row.written("identity"))
    return number or f"{row.written('branch')}/{row.written('name')}"


def _key(row: Any) -> Any:
    place = getattr(row, "township", ""), row.branch
    return getattr(row, "identity", "") or (*place, row.name)
