"""The best that a list can come to is what trying every list finds."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.domain.ballots.structure import choices

PEOPLE = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=4)
GROUPS = st.lists(
    PEOPLE.flatmap(lambda people: st.tuples(st.just(people), st.integers(0, len(people)))), max_size=3
)


@given(GROUPS)
def test_by_trying_every_list(groups: list[tuple[list[tuple[bool, bool]], int]]) -> None:
    best: dict[int, int] = {}
    for lists in product(*(combinations(people, many) for people, many in groups)):
        chosen = [one for part in lists for one in part]
        limited = sum(is_limited for _, is_limited in chosen)
        best[limited] = max(best.get(limited, 0), sum(wanted for wanted, _ in chosen))
    assert choices(groups) == best


def test_nobody_to_choose_is_a_list_of_nobody() -> None:
    assert choices([]) == {0: 0}
