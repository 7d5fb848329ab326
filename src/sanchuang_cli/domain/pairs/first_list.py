"""Of all lists of pairs that are worth the same, the first: by the prices (potentials) of one of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, the lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class FirstList:
    """The first of all lists that are worth as much as a given one, of which none is worth more: people in their order take
    the first helper that some such list leaves to them. Where a move loses nothing by the prices of the helpers, the list is
    worth as much as before.

    at: the helper of each, by position; the one after the last is nobody. worth: of each person, what each helper is worth,
    None where that pair is barred. places: how many each helper takes. step: what the nth person of a helper costs is
    2n − 1 of it.
    """

    def __init__(
        self, at: list[int], worth: Sequence[Sequence[int | None]], places: Sequence[int], step: int
    ) -> None:
        self.at, self.worth, self.places, self.step = at, worth, places, step
        self.nobody = len(places)
        self.members: list[set[int]] = [set() for _ in range(self.nobody + 1)]
        for person, aide in enumerate(at):
            self.members[aide].add(person)
        self.load = [len(members) for members in self.members]
        self.price = self._prices()
        self.free = [self._free(person) for person in range(len(at))]
        self.leaving = [self._leaving(aide) for aide in range(self.nobody + 1)]

    def _slot(self, aide: int, load: int) -> int:
        """What it costs that a helper's load goes from `load` to one more."""
        return 0 if aide == self.nobody else self.step * (2 * load + 1)

    def _has_room(self, aide: int) -> bool:
        return aide == self.nobody or self.load[aide] < self.places[aide]

    @cached_property
    def _moving(self) -> list[dict[int, int]]:
        """By two helpers, the least that is lost when one person moves from the first to the second."""
        costs: list[dict[int, int]] = [{} for _ in self.members]
        for person, here in enumerate(self.at):
            now, least = self.worth[person][here] or 0, costs[here]
            for there, worth in enumerate(self.worth[person]):
                if worth is not None and now - worth < least.get(there, now - worth + 1):
                    least[there] = now - worth
        return costs

    def _prices(self) -> list[int]:
        """A price for each helper, and last for a place that is free, by which no move gains anything (Bellman and Ford)."""
        spare = len(self.members)
        costs = [dict(moves) for moves in self._moving]
        for aide, moves in enumerate(costs):
            if self._has_room(aide):
                moves[spare] = self._slot(aide, self.load[aide])
        costs.append({at: -self._slot(at, load - 1) for at, load in enumerate(self.load) if load})
        price, changed = [0] * len(costs), True
        while changed:
            changed = False
            for here, moves in enumerate(costs):
                base = price[here]
                for there, cost in moves.items():
                    if base + cost < price[there]:
                        price[there], changed = base + cost, True
        return price

    def _free(self, person: int) -> int:
        """The helpers, as bits, to whom somebody can move without loss."""
        here = self.at[person]
        level = (self.worth[person][here] or 0) + self.price[here]
        return sum(
            1 << there
            for there, worth in enumerate(self.worth[person])
            if worth is not None and level - worth == self.price[there]
        )

    def _leaving(self, aide: int) -> int:
        free = 0
        for person in self.members[aide]:
            free |= self.free[person]
        return free

    def found(self) -> list[int]:
        """The helper of each."""
        for person, free in enumerate(self.free):
            here = self.at[person]
            self.members[here].remove(person)
            self.leaving[here] = self._leaving(here)
            if free & -free != 1 << here:
                after = self._ways_to(here)
                there = next(bits(free & sum(1 << at for at in after if at < len(self.members))))
                self._shift(there, here, after)
                self.at[person] = there
        return self.at

    def _ways_to(self, here: int) -> dict[int, int]:
        """From every helper at whom there may be one more once there is one less `here`: which one is next on the way."""
        spare, after, reached, grown = len(self.members), {here: here}, 1 << here, True
        while grown:
            grown = False
            for aide in range(spare):
                if aide in after:
                    continue
                if way := self.leaving[aide] & reached:
                    after[aide] = next(bits(way))
                elif spare in after and self._may_grow(aide):
                    after[aide] = spare
                else:
                    continue
                reached, grown = reached | 1 << aide, True
            if spare not in after and (less := [aide for aide in after if self._may_shrink(aide)]):
                after[spare], grown = less[0], True
        return after

    def _may_grow(self, aide: int) -> bool:
        slot = self._slot(aide, self.load[aide])
        return self._has_room(aide) and self.price[aide] + slot == self.price[-1]

    def _may_shrink(self, aide: int) -> bool:
        load = self.load[aide]
        return load > 0 and self.price[-1] - self._slot(aide, load - 1) == self.price[aide]

    def _shift(self, there: int, here: int, after: dict[int, int]) -> None:
        """Move one person on along the way, so that there is room `there` for who comes from `here`."""
        spare, at = len(self.members), there
        while at != here:
            following = after[at]
            if spare in (at, following):
                self._count(at, following)
            else:
                mover = min(person for person in self.members[at] if self.free[person] >> following & 1)
                self.members[at].remove(mover)
                self.members[following].add(mover)
                self.at[mover] = following
            self._look_again((at, following))
            at = following

    def _count(self, at: int, following: int) -> None:
        if at < len(self.members):
            self.load[at] += 1
        else:
            self.load[following] -= 1

    def _look_again(self, aides: Iterable[int]) -> None:
        for aide in aides:
            if aide < len(self.members):
                self.leaving[aide] = self._leaving(aide)
