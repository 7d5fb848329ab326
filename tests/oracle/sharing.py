"""A second opinion on sharing out: plain Python from the words of each method, one unit at a time.

Where they leave a corner open, this is the reading it takes:

- A part without a weight gets nothing, but for a minimum.
- A minimum is given to all who would get less, and the others share what is left anew, until nobody gets less. By D'Hondt
  that is the same as beginning with the minimum and going on from there.
- Asked about a tie, nobody of the tie gets the last ones.
"""

from collections.abc import Sequence
from fractions import Fraction


def largest_remainder(whole: int, weights: Sequence[int], tie: str) -> tuple[list[int], set[int]]:
    """The parts, and who is tied for what they leave."""
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    rests = [whole * weight % total for weight in weights]
    left = whole - sum(parts)
    return _hand_out(parts, rests, left, weights, tie)


def _hand_out(
    parts: list[int], claims: list[int], left: int, weights: Sequence[int], tie: str
) -> tuple[list[int], set[int]]:
    claims = list(claims)
    while left:
        best = max(claims)
        ones = [i for i, claim in enumerate(claims) if claim == best]
        if tie == "ask" and len(ones) > left:
            return parts, set(ones)
        if tie == "larger_weight":
            ones = [i for i in ones if weights[i] == max(weights[j] for j in ones)]
        parts[ones[0]] += 1
        claims[ones[0]] = -1
        left -= 1
    return parts, set()


def dhondt(whole: int, weights: Sequence[int], tie: str, minimum: int = 0) -> tuple[list[int], set[int]]:
    """Seat by seat to the highest weight ÷ (seats + 1)."""
    parts = [minimum] * len(weights)
    left = whole - sum(parts)
    while left:
        claims = [Fraction(weight, have + 1) for weight, have in zip(weights, parts, strict=True)]
        ones = [i for i, claim in enumerate(claims) if claim == max(claims)]
        if tie == "ask" and len(ones) > left:
            return parts, set(ones)
        if tie == "larger_weight":
            ones = [i for i in ones if weights[i] == max(weights[j] for j in ones)]
        parts[ones[0]] += 1
        left -= 1
    return parts, set()


def floor_first(whole: int, weights: Sequence[int]) -> list[int]:
    parts = [whole * weight // sum(weights) for weight in weights]
    left = whole - sum(parts)
    for i, weight in enumerate(weights):
        if left and weight:
            parts[i] += 1
            left -= 1
    return parts


def half_up(whole: int, weights: Sequence[int]) -> list[int] | None:
    """Each part by itself; None where they do not make the whole."""
    total = sum(weights)
    parts = [(2 * whole * weight + total) // (2 * total) for weight in weights]
    return parts if sum(parts) == whole else None


def cumulative(whole: int, weights: Sequence[int]) -> list[int]:
    parts: list[int] = []
    for i in range(len(weights)):
        parts.append(whole * sum(weights[: i + 1]) // sum(weights) - sum(parts))
    return parts


def with_minimum(whole: int, weights: Sequence[int], tie: str, minimum: int) -> list[int]:
    """Largest remainder with a minimum, by asking again without those who would have too little."""
    poor: set[int] = set()
    while True:
        rich = [i for i in range(len(weights)) if i not in poor]
        parts, _ = largest_remainder(whole - minimum * len(poor), [weights[i] for i in rich], tie)
        more = {i for i, part in zip(rich, parts, strict=True) if part < minimum}
        if not more:
            found = dict(zip(rich, parts, strict=True))
            return [found.get(i, minimum) for i in range(len(weights))]
        poor |= more
