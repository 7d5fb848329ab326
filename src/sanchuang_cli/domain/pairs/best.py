"""The best pairs by several aims, each of which counts only where those before it are equal; and of equally good ones the first
list. All numbers are whole, so the result is exact and the same on every machine.

The value of a pair is one number whose upper digits are the earlier aims. networkx finds a flow of the greatest value, and first_list
the first of all lists that are worth as much.
"""

from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from sanchuang_cli.domain.pairs.first_list import FirstList, bits

COVER, KEPT, LINKED, TOWNSHIP, LEADERS, BALANCE = (
    "cover",
    "kept",
    "linked",
    "township",
    "leaders",
    "balance",
)


class Aided(NamedTuple):
    """Somebody to be helped. last: the helper of last year, by position. barred: the helpers that may not help."""

    township: str
    village: str
    weight: int
    last: int | None = None
    barred: frozenset[int] = frozenset()


class Aide(NamedTuple):
    """Somebody who helps at most `places` people. villages: those that are linked to him."""

    township: str
    villages: frozenset[str]
    leads: bool
    places: int

    def linked(self, township: str, village: str) -> bool:
        """Whether a village is one of his: by its name, or by that of its township and its own."""
        by_name = village in self.villages and self.township in ("", township)
        return bool(village) and (by_name or township + village in self.villages)

    def within(self, township: str | None = None, village: str | None = None) -> bool:
        """Whether he is of the county, of a township, or linked to a village."""
        if township is None:
            return True
        return self.township == township if village is None else self.linked(township, village)


class _Scope(NamedTuple):
    """Helpers who are worth the same to people of one weight, for being of the county, of a township, or linked to a village.
    part: only so many of them, from this one on."""

    weight: int
    where: tuple[str, ...]
    part: int | None = None


class Pairs:
    """Who may be paired with whom, and how much each aim is worth.

    aided, aides: in the order in which the first list is sought. aims: what counts after the number of people helped.
    """

    def __init__(self, aided: Sequence[Aided], aides: Sequence[Aide], aims: Sequence[str]) -> None:
        self.aided, self.aides = aided, aides
        self.unit = self._units(aims)
        self.nobody = len(aides)
        self._alike: dict[Hashable, list[int]] = {}
        self._within: dict[tuple[str, ...], list[int]] = {}
        self._moves: tuple[Sequence[int | None], dict[int | None, int]] = (), {}

    def _units(self, aims: Sequence[str]) -> dict[str, int]:
        """What one of each aim is worth: more than all that the aims after it can be worth together."""
        people = len(self.aided)
        heaviest = max((person.weight for person in self.aided), default=0)
        most = {LEADERS: heaviest * people, BALANCE: people * people}
        unit, units = 1, dict.fromkeys((KEPT, LINKED, TOWNSHIP, LEADERS, BALANCE), 0)
        for aim in (*reversed(aims), COVER):
            units[aim] = unit
            unit *= most.get(aim, people) + 1
        return units

    def values(self, person: int) -> list[int | None]:
        """What each helper is worth to somebody, the helper nobody last; None where a pair is barred."""
        who = self.aided[person]
        if who[:3] not in self._alike:
            self._alike[who[:3]] = [self._worth(who, aide) for aide in self.aides]
        common = self._alike[who[:3]]
        if who.last is None and not who.barred:
            return [*common, 0]
        own: list[int | None] = [*common, 0]
        if who.last is not None:
            own[who.last] = common[who.last] + self.unit[KEPT]
        for barred in who.barred:
            own[barred] = None
        return own

    def _worth(self, who: Aided, aide: Aide) -> int:
        return (
            self.unit[COVER]
            + self.unit[LINKED] * aide.linked(who.township, who.village)
            + self.unit[TOWNSHIP] * (aide.township == who.township)
            + self.unit[LEADERS] * who.weight * aide.leads
        )

    def best(self) -> list[int | None]:
        """The helper of each, by position; None for whoever gets none."""
        if not self.aided or not self.aides:
            return [None] * len(self.aided)
        worth = [self.values(person) for person in range(len(self.aided))]
        places = [aide.places for aide in self.aides]
        found = FirstList(self._flow(), worth, places, self.unit[BALANCE]).found()
        return [None if aide == self.nobody else aide for aide in found]

    def _flow(self) -> list[int]:
        """A list of the greatest value. People reach the helpers by what these have in common: a village, a township, the
        county; so that there are thousands of arcs and not a million."""
        import networkx  # takes a fifth of a second: only where there is something to pair

        graph, people = networkx.MultiDiGraph(), len(self.aided)
        for start, end, most, worth in self._arcs():
            graph.add_edge(start, end, capacity=most, weight=-worth)
        graph.add_edge(_ALL, _NONE, capacity=people, weight=0)
        graph.add_edge(_NONE, _ALL, capacity=people, weight=0)
        _, flow = networkx.network_simplex(graph)
        sent = {
            start: [end for end, arcs in ends.items() for _ in range(sum(arcs.values()))]
            for start, ends in flow.items()
        }
        return [self._reached(person, sent) for person in range(people)]

    def _reached(self, person: int, sent: dict[Any, list[Any]]) -> int:
        """The helper at the end of somebody's way."""
        ends = sent.get((_PERSON, person))
        if not ends:
            return self.nobody
        at = ends[0]
        while isinstance(at, _Scope):
            at = sent[at].pop()
        helper: int = at[1]
        return helper

    def _arcs(self) -> Iterator[tuple[Any, Any, int, int]]:
        """Start, end, capacity and value of each arc."""
        people, seen = len(self.aided), dict[_Scope, None]()
        for person in range(people):
            yield _ALL, (_PERSON, person), 1, 0
            for end, worth in self._ways(person):
                seen |= {end: None} if isinstance(end, _Scope) else {}
                yield (_PERSON, person), end, 1, worth
        wholes = [scope for scope in seen if scope.part is None]
        for whole in wholes:
            for scope in self._parts(whole):
                seen[scope] = None
                yield whole, scope, people, 0
        for scope in seen:
            for aide in self._members(scope) if scope.part is not None else ():
                yield scope, (_AIDE, aide), people, self._of_scope(scope, aide)
        for aide, one_of in enumerate(self.aides):
            for nth in range(1, min(one_of.places, people) + 1):
                yield (_AIDE, aide), _NONE, 1, self.unit[BALANCE] * (1 - 2 * nth)

    def _ways(self, person: int) -> Iterator[tuple[Any, int]]:
        """Where somebody's arcs go, and what they are worth: to whole scopes, and where helpers in one are barred, to its other
        parts and to the helpers beside the barred ones."""
        who, values = self.aided[person], self.values(person)
        direct = set[int]() if who.last is None else {who.last}
        for where in ((), (who.township,), (who.township, who.village)):
            whole = _Scope(who.weight, where)
            split = not who.barred.isdisjoint(self._members(whole))
            for scope in self._parts(whole) if split else [whole]:
                members = self._members(scope)
                if who.barred.isdisjoint(members):
                    yield scope, 0
                else:
                    direct |= set(members)
        for aide in sorted(direct - who.barred):
            yield (_AIDE, aide), values[aide] or 0

    def _members(self, scope: "_Scope") -> list[int]:
        """The helpers of a scope, or of one part of it."""
        where = scope.where
        if where not in self._within:
            self._within[where] = [at for at, aide in enumerate(self.aides) if aide.within(*where)]
        members, part = self._within[where], scope.part
        return members if part is None else members[part : part + _PART]

    def _parts(self, whole: "_Scope") -> list["_Scope"]:
        return [whole._replace(part=start) for start in range(0, len(self._members(whole)), _PART)]

    def _of_scope(self, scope: "_Scope", aide: int) -> int:
        """What a pair is worth for being of a scope."""
        if not scope.where:
            return self.unit[COVER] + self.unit[LEADERS] * scope.weight * self.aides[aide].leads
        township, *village = scope.where
        return self._worth(Aided(township, "".join(village), scope.weight), self.aides[aide])

    def reachable(self, person: int, found: Sequence[int | None]) -> list[int]:
        """The helpers of whom one more place would let somebody be helped who has none, others moving up."""
        through = self._through(found)
        reached, looked_at = self._allowed(person), 0
        while more := reached & ~looked_at:
            looked_at |= more
            for aide in bits(more):
                reached |= through.get(aide, 0)
        return list(bits(reached))

    def _through(self, found: Sequence[int | None]) -> dict[int | None, int]:
        """By helper, as bits, the helpers of whom somebody whom he helps might have one instead. Worked out once for a list,
        which does not change."""
        if self._moves[0] is not found:
            through: dict[int | None, int] = {}
            for person, aide in enumerate(found):
                through[aide] = through.get(aide, 0) | self._allowed(person)
            self._moves = found, through
        return self._moves[1]

    def _allowed(self, person: int) -> int:
        """The helpers of somebody who are not barred, as bits."""
        return ((1 << self.nobody) - 1) & ~sum(1 << at for at in self.aided[person].barred)


_PERSON, _AIDE, _ALL, _NONE = "person", "aide", "all", "none"
_PART = 25
"""Helpers in a part of a scope: about the root of their number in a county, so that arcs are few."""
