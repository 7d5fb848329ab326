"""An independent opinion of 工作报告, written from its words: shares by decimals, decisions by striking off a list."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

TENTH = Decimal("0.1")


def share(part: int, of: int | None) -> str:
    """A percentage with one decimal, rounded as one learns it at school; a dash of nought or less; nothing beside nothing."""
    if of is None:
        return ""
    if of < 1:
        return "—"
    with localcontext() as context:
        context.prec = 60
        hundredth = (Decimal(part) * 100 / Decimal(of)).quantize(TENTH, rounding=ROUND_HALF_UP)
    return f"{abs(hundredth) if hundredth == 0 else hundredth}%"


def moved(now: int | None, before: int | None) -> tuple[int | None, str]:
    """The change and its percentage; neither where one of the two is not known."""
    if now is None or before is None:
        return None, ""
    change = -(before - now)
    return change, share(change, before)


def three(waiting: Sequence[tuple[str, int]], kinds: Sequence[str]) -> list[tuple[str, int]]:
    """Of kinds and numbers, the largest of each kind in turn, then whatever is largest among what is left."""
    left, picked = list(waiting), []
    for kind in kinds:
        of_kind = [each for each in left if each[0] == kind]
        if of_kind:
            largest = max(number for _, number in of_kind)
            picked.append((kind, largest))
            left.remove((kind, largest))
    while left and len(picked) < 3:
        largest = max(number for _, number in left)
        following = next(each for each in left if each[1] == largest)
        picked.append(following)
        left.remove(following)
    return picked[:3]
