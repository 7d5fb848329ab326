"""A second opinion on votes, elections, raters and places: plain Python from the words of the rules.

Where they leave a corner open, this is the reading it takes:

- Figures are possible when whole numbers of at least nought can be put in for those that are not given, so that everyone
  present should have come, each present gets one paper at the most, what is returned was given out, what is valid was
  returned, the papers of all kinds make what was returned, and members who wrote are not among those present.
- A tie across the last place: nobody of the tie has it.
- A group too small to be shown goes with its papers and its weight to the one it names or else the next, in the order of
  the document, the last to the one before; and again, until no group is too small.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

Known = Mapping[str, int | None]
STEPS = ("entitled", "present", "given_out", "returned", "valid")


def candidates(known: Known) -> list[int]:
    """Numbers worth trying for a figure that is not given: up to more than all that are."""
    return list(range(sum(n or 0 for n in known.values()) + 1))


def possible(known: Known, good: Sequence[str], bad: Sequence[str]) -> bool:
    """Whether the figures can all be true. good, bad: kinds of papers that are valid and that are not."""
    sure_good, sure_bad = (sum(known[kind] or 0 for kind in kinds) for kinds in (good, bad))
    open_good, open_bad = (any(known[kind] is None for kind in kinds) for kinds in (good, bad))
    choices = [candidates(known) if known[step] is None else [known[step] or 0] for step in STEPS]
    for valid in choices[4]:
        if not (valid >= sure_good if open_good else valid == sure_good):
            continue
        for returned in choices[3]:
            void = returned - valid
            if void < 0 or not (void >= sure_bad if open_bad else void == sure_bad):
                continue
            for entitled, present, given in product(*choices[:3]):
                if entitled >= present >= given >= returned and present + (known["written"] or 0) <= entitled:
                    return True
    return False


def carries(votes: int, of: int, over: bool, top: int, bottom: int) -> bool:
    """Whether `votes` are more than (over), or at least, top/bottom of `of`: whole numbers only."""
    left, right = votes * bottom, of * top
    return left > right if over else left >= right


def elected(votes: Mapping[str, int], seats: int, present: int) -> dict[str, str]:
    """Each candidate's fate by the rule of more than half of those present."""
    fates = {}
    for name, number in votes.items():
        better = sum(other > number for other in votes.values())
        level = sum(other == number for other in votes.values())
        if 2 * number <= present:
            fates[name] = "below"
        elif better >= seats:
            fates[name] = "beyond"
        else:
            fates[name] = "elected" if better + level <= seats else "again"
    return fates


def place(scores: Sequence[int], mine: int, ties: str) -> Fraction:
    """The place of a score among others, by counting those above it."""
    if ties == "dense":
        return Fraction(1 + len({score for score in scores if score > mine}))
    above = sum(score > mine for score in scores)
    level = sum(score == mine for score in scores)
    return Fraction(above + 1) if ties == "skip" else Fraction(2 * above + 1 + level, 2)


def placed_points(scores: Sequence[int], mine: int, ties: str, points: Sequence[int]) -> Fraction:
    """Points for a place; with "mean" those of all places that the tie takes up, shared alike."""
    if ties != "mean":
        return Fraction(points[int(place(scores, mine, ties)) - 1])
    above = sum(score > mine for score in scores)
    level = sum(score == mine for score in scores)
    return Fraction(sum(points[above + i] for i in range(level)), level)


Group = tuple[str, Fraction, list[int], str]
"""Name, weight, papers by mark, and the group it names to be merged into."""


def merged(groups: Sequence[Group], least: int) -> list[tuple[list[str], Fraction, list[int]]] | None:
    """Groups that have papers, none of them with fewer than `least`; None where all of them together have fewer."""
    rows = [([name], weight, papers) for name, weight, papers, _ in groups if sum(papers)]
    wishes = {name: into for name, _, _, into in groups}
    while True:
        at = next((i for i, row in enumerate(rows) if sum(row[2]) < least), -1)
        if at < 0:
            return rows
        if len(rows) == 1:
            return None
        wish = wishes[rows[at][0][-1]]
        wished = [i for i, row in enumerate(rows) if i != at and wish in row[0]]
        to = wished[0] if wished else (at + 1 if at + 1 < len(rows) else at - 1)
        names, weight, papers = rows[at]
        rows[to] = (
            names + rows[to][0],
            weight + rows[to][1],
            [a + b for a, b in zip(papers, rows[to][2], strict=True)],
        )
        del rows[at]


def composed(groups: Sequence[Group], worth: Sequence[int], least: int, absent: str) -> Fraction | None:
    """The score of all groups; None where nobody can tell."""
    rows = merged(groups, least)
    lacking = sum((weight for _, weight, papers, _ in groups if not sum(papers)), Fraction(0))
    if not rows or (absent == "refuse" and any(not sum(papers) for _, _, papers, _ in groups)):
        return None
    total = Fraction(0)
    for _, weight, papers in rows:
        mean = Fraction(sum(w * n for w, n in zip(worth, papers, strict=True)), sum(papers))
        total += weight * mean
    return total / (1 - lacking) if absent == "renormalise" else total


def trimmed(marks: Sequence[int], over: int, drop: int) -> Fraction:
    left = list(marks)
    if len(left) > over:
        for _ in range(drop):
            left.remove(max(left))
            left.remove(min(left))
    return Fraction(sum(left), len(left))
