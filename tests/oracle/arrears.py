"""What the last period's result leaves to be made good, from the guide's words alone.

For each month of that period and each benefit: what was due by the documents known then, less what the result shows,
never below nothing. A month outside the period is never made good. What a document that came later would owe for the
period is the ledger's affair.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from tests.oracle.people import later, ym
from tests.oracle.persons import YM, Person

Owed = Mapping[tuple[str, YM], Fraction]


@dataclass(frozen=True)
class Two:
    """Two periods, one right after the other, and the month from which a second document is in force; it was known
    when the last period was paid, or came later."""

    before: tuple[YM, ...]
    asked: tuple[YM, ...]
    since: YM
    known: bool

    def ruling(self, month: YM, *, then: bool) -> int:
        """Which document rules a month: 0 the first, 1 the second. then: as it was known when the last was paid."""
        return int(month >= self.since and (self.known or not then))


def two(dice: Random) -> Two:
    start = dice.choice(((2025, 7), (2026, 1), (2026, 4)))
    before = [later(start, -n) for n in range(dice.choice((1, 3, 6, 12)), 0, -1)]
    asked = [later(start, n) for n in range(dice.choice((1, 3)))]
    since = later(before[0], dice.randint(-2, len(before) + len(asked)))
    return Two(tuple(before), tuple(asked), since, dice.random() < 0.5)


def made_good(due: Owed, shown: Owed, before: Sequence[YM]) -> dict[tuple[str, YM], Fraction]:
    rest = {key: yuan - shown.get(key, Fraction(0)) for key, yuan in due.items() if key[1] in before}
    return {key: yuan for key, yuan in rest.items() if yuan > 0}


def as_known_then(dice: Random, who: Person) -> Person | None:
    """The person as the roster of the last period had them: as today, not at all, or with something else written."""
    chance = dice.random()
    if chance < 0.2:
        return None
    if chance < 0.6:
        return who
    year = max(2024, min(2026, who.born.year + 60))
    return replace(
        who,
        died_on=ym(dice, 2025, 2026) if dice.random() < 0.3 else None,
        suspended_from=ym(dice, 2025, 2026) if dice.random() < 0.3 else None,
        approved_on=ym(dice, year - 1, year) if dice.random() < 0.3 else None,
        stays=who.stays[: dice.randint(0, len(who.stays))],
    )


def shown(dice: Random, paid: Owed) -> Iterator[tuple[tuple[str, YM], Fraction]]:
    """What the result shows of it: nearly all of it as it was, some of it not, or in part, or too much."""
    for key, yuan in sorted(paid.items()):
        chance = dice.random()
        if chance < 0.8:
            yield key, yuan
        elif chance < 0.9:
            yield key, Fraction(int(yuan * dice.randint(1, 150)) + 1, 100)
