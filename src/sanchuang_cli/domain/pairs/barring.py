"""Who may not help whom: oneself, relatives either way by number or by name alone, whoever is of the same household."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sanchuang_cli.domain.pairs.policy import Avoidance
from sanchuang_cli.domain.pairs.records import Helper, MemberInNeed
from sanchuang_cli.domain.pairs.verdict import kin_of
from sanchuang_cli.domain.words import narrow

SAME, KIN, HOUSEHOLD, NAMED = "本人", "亲属", "同户", "亲属，只写姓名"


class Bar(NamedTuple):
    """Why two may not be paired. reads: the fields of the member's row that say so."""

    why: str
    reads: tuple[str, ...]


class Barring:
    """All helpers by what may bar them."""

    def __init__(self, rule: Avoidance, helpers: Sequence[Helper]) -> None:
        self._rule, self._helpers = rule, helpers
        self._by_number: dict[str, list[int]] = defaultdict(list)
        self._by_kin: dict[str, list[int]] = defaultdict(list)
        self._by_household: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._saying: list[tuple[int, tuple[str, ...]]] = []
        for at, helper in enumerate(helpers):
            kin = kin_of(helper)
            self._by_number[helper.identity].append(at)
            self._by_name[helper.name].append(at)
            self._by_household[narrow(helper.household)].append(at)
            for number in kin.numbers:
                self._by_kin[number].append(at)
            self._saying += [(at, kin.said)] if kin.said else []

    def of(self, who: MemberInNeed) -> dict[int, Bar]:
        """The helpers, by position, that may not help somebody, each with the gravest reason."""
        bars: dict[int, Bar] = {}
        for at, bar in self._all(who):
            bars.setdefault(at, bar)
        return bars

    def _all(self, who: MemberInNeed) -> Iterator[tuple[int, Bar]]:
        kin, household = kin_of(who), narrow(who.household)
        yield from ((at, Bar(SAME, ("identity",))) for at in self._by_number.get(who.identity, ()))
        for number in sorted(kin.numbers):
            yield from ((at, Bar(KIN, ("kin",))) for at in self._by_number.get(number, ()))
        yield from ((at, Bar(KIN, ("identity",))) for at in self._by_kin.get(who.identity, ()))
        if self._rule.household and household:
            yield from ((at, Bar(HOUSEHOLD, ("household",))) for at in self._by_household.get(household, ()))
        if self._rule.names:
            yield from self._by_words(who, kin.said)

    def _by_words(self, who: MemberInNeed, said: Sequence[str]) -> Iterator[tuple[int, Bar]]:
        """Whose name stands in the other's cell of relatives without a number beside it."""
        for name, helpers in self._by_name.items() if said else ():
            if any(name in words for words in said):
                yield from ((at, Bar(NAMED, ("kin",))) for at in helpers)
        for at, words_of in self._saying:
            if any(who.name in words for words in words_of):
                yield at, Bar(NAMED, ("name",))
