"""A second opinion on 结对帮扶, from the words of the document: every list there is, for a handful of people; for more, paths.

A list is worth a tuple: how many are helped, how many of last year's pairs there are, how many in a linked village, how many in
the same township, the weights with leaders, and less the squares of the loads. Tuples are compared from the left.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

Worth = tuple[int, ...]
Choice = tuple[int | None, ...]
NOTHING: Worth = (0, 0, 0, 0, 0, 0)


class Needy(NamedTuple):
    """Somebody in need. kin, kin_names: numbers and names in the cell of relatives. last: the number of last year's helper."""

    town: str
    village: str
    name: str
    number: str
    weight: int
    house: str = ""
    kin: frozenset[str] = frozenset()
    kin_names: frozenset[str] = frozenset()
    last: str = ""


class Aiding(NamedTuple):
    """A helper. quota: None where the row does not say it."""

    town: str
    villages: frozenset[str]
    name: str
    number: str
    unit: str
    leads: bool
    quota: int | None = None
    house: str = ""
    kin: frozenset[str] = frozenset()
    kin_names: frozenset[str] = frozenset()


def may(who: Needy, by: Aiding) -> bool:
    """Whether two may be paired."""
    if who.number == by.number or by.number in who.kin or who.number in by.kin:
        return False
    return not ((who.house and who.house == by.house) or by.name in who.kin_names or who.name in by.kin_names)


def places(people: Sequence[Needy], helpers: Sequence[Aiding]) -> list[int]:
    share = len(people) // len(helpers) + (len(people) % len(helpers) > 0)
    return [share if by.quota is None else by.quota for by in helpers]


def pair(who: Needy, by: Aiding) -> Worth:
    """What one pair is worth, but for the load."""
    own_village = who.village in by.villages and by.town in ("", who.town)
    return (
        1,
        int(who.last == by.number),
        int(own_village or who.town + who.village in by.villages),
        int(who.town == by.town),
        who.weight if by.leads else 0,
        0,
    )


def plus(one: Worth, other: Worth) -> Worth:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def less(one: Worth, other: Worth) -> Worth:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def worth(people: Sequence[Needy], helpers: Sequence[Aiding], chosen: Choice) -> Worth | None:
    """What a list is worth; None where it is not allowed."""
    most, total, loads = places(people, helpers), NOTHING, [0] * len(helpers)
    for who, at in zip(people, chosen, strict=True):
        if at is None:
            continue
        if not may(who, helpers[at]):
            return None
        loads[at] += 1
        total = plus(total, pair(who, helpers[at]))
    if any(load > place for load, place in zip(loads, most, strict=True)):
        return None
    return (*total[:5], -sum(load * load for load in loads))


def in_order(
    people: Sequence[Needy], helpers: Sequence[Aiding], towns: Sequence[str]
) -> tuple[list[Needy], list[Aiding]]:
    """People and helpers in the order in which the first list is sought."""
    return (
        sorted(people, key=lambda who: (towns.index(who.town), who.village, who.name, who.number)),
        sorted(helpers, key=lambda by: (by.unit, by.name, by.number)),
    )


def best(people: Sequence[Needy], helpers: Sequence[Aiding]) -> tuple[Worth, Choice]:
    """By trying every list: the greatest worth, and of the lists that have it the first."""
    found: tuple[Worth, Choice] | None = None
    for chosen in product((*range(len(helpers)), None), repeat=len(people)):  # the first list comes first
        value = worth(people, helpers, chosen)
        if value is not None and (found is None or value > found[0]):
            found = value, chosen
    assert found is not None
    return found


def greatest(people: Sequence[Needy], helpers: Sequence[Aiding], fixed: Choice = ()) -> Worth | None:
    """The greatest worth of any list that begins with `fixed`, by the most gainful paths, one person at a time; None where
    no list begins so."""
    most = places(people, helpers)
    chosen: list[int | None] = [*fixed, *[None] * (len(people) - len(fixed))]
    for at, helper in enumerate(fixed):
        if helper is not None and (not may(people[at], helpers[helper]) or most[helper] == 0):
            return None
    if any(fixed.count(helper) > most[helper] for helper in range(len(helpers))):
        return None
    while step := _path(people, helpers, chosen, most, len(fixed)):
        for at, helper in step:
            chosen[at] = helper
    return worth(people, helpers, tuple(chosen))


def _path(
    people: Sequence[Needy],
    helpers: Sequence[Aiding],
    chosen: Sequence[int | None],
    most: Sequence[int],
    free_from: int,
) -> list[tuple[int, int]]:
    """The moves that help one person more with the greatest gain; none where nobody more can be helped."""
    loads = [chosen.count(helper) for helper in range(len(helpers))]
    gain: dict[int, Worth] = {}
    way: dict[int, list[tuple[int, int]]] = {}

    def offer(helper: int, value: Worth, moves: list[tuple[int, int]]) -> bool:
        if helper in gain and gain[helper] >= value:
            return False
        gain[helper], way[helper] = value, moves
        return True

    for at in range(free_from, len(people)):
        if chosen[at] is None:
            for helper, by in enumerate(helpers):
                if may(people[at], by):
                    offer(helper, pair(people[at], by), [(at, helper)])
    changed = True
    while changed:
        changed = False
        for at, here, there in _moves(people, helpers, chosen, free_from):
            if here in gain and at not in [mover for mover, _ in way[here]]:
                more = less(pair(people[at], helpers[there]), pair(people[at], helpers[here]))
                changed |= offer(there, plus(gain[here], more), [*way[here], (at, there)])
    ends = [
        (plus(gain[helper], (0, 0, 0, 0, 0, -2 * loads[helper] - 1)), helper)
        for helper in gain
        if loads[helper] < most[helper]
    ]
    return way[max(ends)[1]] if ends else []


def _moves(
    people: Sequence[Needy], helpers: Sequence[Aiding], chosen: Sequence[int | None], free_from: int
) -> Iterator[tuple[int, int, int]]:
    for at in range(free_from, len(people)):
        here = chosen[at]
        if here is not None:
            for there, by in enumerate(helpers):
                if there != here and may(people[at], by):
                    yield at, here, there


def first(people: Sequence[Needy], helpers: Sequence[Aiding]) -> tuple[Worth, Choice]:
    """The same as `best`, person by person: each takes the first helper that leaves the greatest worth in reach."""
    value = greatest(people, helpers)
    fixed: Choice = ()
    for _ in people:
        options = (*range(len(helpers)), None)
        fixed = next(
            (*fixed, helper) for helper in options if greatest(people, helpers, (*fixed, helper)) == value
        )
    assert value is not None
    return value, fixed
