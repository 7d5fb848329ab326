"""What a list of names can look like at best: as many as can be of those wanted beside as few as can be of those limited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


def choices(groups: Iterable[tuple[Sequence[tuple[bool, bool]], int]]) -> Mapping[int, int]:
    """By the number of limited people on the list, the most wanted ones that it can have.

    groups: who may be chosen of each group, as (wanted, limited), and how many of them are. A number that no choice can
    come to is not there.
    """
    best = {0: 0}
    for people, many in groups:
        limited = sorted((wanted for wanted, is_limited in people if is_limited), reverse=True)
        others = sorted((wanted for wanted, is_limited in people if not is_limited), reverse=True)
        joint: defaultdict[int, int] = defaultdict(int)
        for here in range(max(0, many - len(others)), min(many, len(limited)) + 1):
            wanted = sum(limited[:here]) + sum(others[: many - here])
            for before, most in best.items():
                joint[before + here] = max(joint[before + here], most + wanted)
        best = dict(joint)
    return best
