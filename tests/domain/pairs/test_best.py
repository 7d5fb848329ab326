"""The solver by itself: bounds that no list can pass, at sizes that nobody can try out, and within a minute."""

import time
from collections.abc import Sequence
from itertools import product
from random import Random

import pytest

from sanchuang_cli.domain.pairs.best import Aide, Aided, Pairs
from tests.counts import FULL

CASES = 60 if FULL else 12
"""Of small counties by each seed."""
AIMS = ("kept", "linked", "township", "leaders", "balance")
PEOPLE, HELPERS, MOST = (2_000, 500, 60) if FULL else (300, 75, 10)


def county(dice: Random, related: float, places: tuple[int, ...]) -> tuple[list[Aided], list[Aide]]:
    towns, villages = [f"镇{n}" for n in range(12)], [f"村{n}" for n in range(15)]
    aided = [
        Aided(
            dice.choice(towns),
            dice.choice(villages),
            dice.choice((1, 1, 2, 3)),
            dice.randrange(HELPERS) if dice.random() < 0.7 else None,
            frozenset({dice.randrange(HELPERS)}) if dice.random() < related else frozenset(),
        )
        for _ in range(PEOPLE)
    ]
    aides = [
        Aide(
            dice.choice((*towns, "")),
            frozenset(dice.sample(villages, dice.randrange(3))),
            dice.random() < 0.2,
            dice.choice(places),
        )
        for _ in range(HELPERS)
    ]
    return aided, aides


def check(aided: list[Aided], aides: list[Aide], chosen: list[int | None]) -> None:
    """That a list is allowed, and that no aim could be met better than it is where aims do not stand in each other's way."""
    loads = [chosen.count(at) for at in range(len(aides))]
    assert all(load <= aide.places for load, aide in zip(loads, aides, strict=True))
    assert not any(at in who.barred for who, at in zip(aided, chosen, strict=True))
    helped = len(aided) - chosen.count(None)
    assert helped <= min(len(aided), sum(aide.places for aide in aides))
    kept = sum(who.last is not None and who.last == at for who, at in zip(aided, chosen, strict=True))
    wanted = [who.last for who in aided if who.last not in who.barred]
    most = sum(min(aide.places, wanted.count(at)) for at, aide in enumerate(aides))
    assert kept == most, (
        "with places for everybody, or one of them barred at most, as many as there are places"
    )


def test_a_large_county_keeps_as_many_pairs_as_its_places_allow_and_takes_less_than_a_minute() -> None:
    for related, places in ((0.05, (4,)), (0.6, (3, 5)), (0.0, (2, 3))):
        aided, aides = county(Random(PEOPLE), related, places)
        begun = time.process_time()
        chosen = Pairs(aided, aides, AIMS).best()
        assert time.process_time() - begun < MOST
        check(aided, aides, chosen)
        assert len(aided) - chosen.count(None) == min(len(aided), sum(aide.places for aide in aides))


def test_the_same_county_gives_the_same_list_twice() -> None:
    aided, aides = county(Random(7), 0.1, (1, 4, 9))
    few = aided[:80]
    assert Pairs(few, aides, AIMS).best() == Pairs(few, aides, AIMS).best()


def test_without_people_or_helpers_nobody_is_paired() -> None:
    somebody, helper = Aided("镇", "村", 1), Aide("镇", frozenset(), False, 1)
    assert Pairs([], [helper], AIMS).best() == []
    assert Pairs([somebody], [], AIMS).best() == [None]
    assert Pairs([somebody], [helper._replace(places=0)], AIMS).best() == [None]


def test_a_township_among_the_words_for_villages_links_none() -> None:
    pairs = Pairs([Aided("甲镇", "东村", 1)], [Aide("", frozenset({"甲镇"}), False, 1)], AIMS)
    assert pairs.best() == [0]
    assert not pairs.aides[0].linked("甲镇", "")
    assert pairs.aides[0]._replace(villages=frozenset({"甲镇东村"})).linked("甲镇", "东村")


def test_one_more_place_helps_only_with_helpers_who_can_be_reached() -> None:
    aided = [
        Aided("镇", "村", 1, None, frozenset({1, 2})),
        Aided("镇", "村", 1, None, frozenset({1, 2})),
        Aided("镇", "村", 1, None, frozenset({2})),
    ]
    aides = [
        Aide("镇", frozenset(), False, 1),
        Aide("镇", frozenset(), False, 1),
        Aide("镇", frozenset(), False, 1),
    ]
    pairs = Pairs(aided, aides, AIMS)
    chosen = pairs.best()
    assert chosen == [0, None, 1]
    assert pairs.reachable(1, chosen) == [0]


def test_whoever_is_left_is_told_whom_one_more_place_would_take_without_asking_everybody_each_time() -> None:
    """With everybody looked at anew for each, a county's 300 took half a minute."""
    dice, people, helpers = Random(7), 1_500, 300
    aided = [Aided("镇", "", 1, None, frozenset({dice.randrange(helpers)})) for _ in range(people)]
    pairs = Pairs(aided, [Aide("", frozenset(), False, 4)] * helpers, AIMS)
    found: list[int | None] = [at % helpers if at < 4 * helpers else None for at in range(people)]
    begun = time.process_time()
    reached = [pairs.reachable(at, found) for at in range(4 * helpers, people)]
    assert time.process_time() - begun < 5
    assert all(helps == list(range(helpers)) for helps in reached)


def first_of_the_best(aided: Sequence[Aided], aides: Sequence[Aide], aims: Sequence[str]) -> list[int | None]:
    """By trying all lists in their order, nobody last."""

    def worth(chosen: Sequence[int | None]) -> tuple[int, ...]:
        pairs = [(who, at, aides[at]) for who, at in zip(aided, chosen, strict=True) if at is not None]
        of = {
            "kept": sum(who.last == at for who, at, _ in pairs),
            "linked": sum(
                who.village in aide.villages and aide.township in ("", who.township) for who, _, aide in pairs
            ),
            "township": sum(who.township == aide.township for who, _, aide in pairs),
            "leaders": sum(who.weight for who, _, aide in pairs if aide.leads),
            "balance": -sum(chosen.count(at) ** 2 for at in range(len(aides))),
        }
        return len(pairs), *(of[aim] for aim in aims)

    there: list[int | None] = [at for at, aide in enumerate(aides) if aide.places]
    allowed = [
        list(chosen)
        for chosen in product([*there, None], repeat=len(aided))
        if not any(at in who.barred for who, at in zip(aided, chosen, strict=True))
        and all(chosen.count(at) <= aides[at].places for at in there if at is not None)
    ]
    best = max(map(worth, allowed))
    return next(chosen for chosen in allowed if worth(chosen) == best)


@pytest.mark.parametrize("seed", range(20))
def test_of_all_lists_the_best_is_found_and_of_equally_good_ones_the_first(seed: int) -> None:
    """Most helpers have no place, so that all lists can be tried although there are many helpers."""
    dice = Random(seed)
    for _ in range(CASES):
        full = dice.choice((0, 0, 27, 60))
        places = [*(dice.choice((1, 1, 2, 3)) for _ in range(3)), *[0] * full]
        dice.shuffle(places)
        aides = [
            Aide(
                dice.choice(("甲镇", "乙镇", "")),
                frozenset(dice.sample("子丑寅", dice.randrange(3))),
                dice.random() < 0.4,
                many,
            )
            for many in places
        ]
        barring = dice.choice((0.0, 0.3, 0.6))
        aided = [
            Aided(
                dice.choice(("甲镇", "乙镇")), dice.choice("子丑寅"), dice.choice((1, 2, 3)),
                dice.choice((None, dice.randrange(len(aides)))),
                frozenset(at for at in range(len(aides)) if dice.random() < barring),
            )
            for _ in range(4)
        ]  # fmt: skip
        aims = dice.sample(AIMS, dice.randrange(1, 6))
        assert Pairs(aided, aides, aims).best() == first_of_the_best(aided, aides, aims), (aided, aides, aims)


@pytest.mark.parametrize("seed", range(10))
def test_one_more_place_would_help_just_where_all_others_can_stay_helped(seed: int) -> None:
    dice = Random(seed)
    for _ in range(CASES):
        aides = [Aide("镇", frozenset(), False, dice.choice((0, 1, 2))) for _ in range(3)]
        aided = [
            Aided("镇", "村", 1, None, frozenset(at for at in range(3) if dice.random() < 0.4))
            for _ in range(5)
        ]
        pairs = Pairs(aided, aides, AIMS)
        chosen = pairs.best()
        for person in (at for at, helper in enumerate(chosen) if helper is None):
            together = [who for who, at in zip(aided, chosen, strict=True) if at is not None] + [
                aided[person]
            ]
            wider = [[aide.places + (at == more) for at, aide in enumerate(aides)] for more in range(3)]
            helpful = [more for more in range(3) if _all_helped(together, wider[more])]
            assert pairs.reachable(person, chosen) == helpful


def _all_helped(people: Sequence[Aided], places: Sequence[int]) -> bool:
    return any(
        not any(at in who.barred for who, at in zip(people, chosen, strict=True))
        and all(chosen.count(at) <= many for at, many in enumerate(places))
        for chosen in product(range(len(places)), repeat=len(people))
    )
