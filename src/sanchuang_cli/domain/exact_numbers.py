"""Rounds exact numbers as a policy says, and puts them into text as people write them. Numbers in, numbers or text out.

Where digits are cut off, nothing is rounded up: a number below 90 is never shown as 90.00. Shares of votes, reviews and scores of
an appraisal are printed half up, as such results are published, with what was counted beside them.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

SCORE_PLACES = 2
"""Decimals that a score is shown with."""
PERCENT_PLACES = 3
"""Of the proportion: a percentage shows one decimal."""
Rounding = Literal["down", "half_up", "up"]
"""How a policy has a number made whole."""


def plain(number: int | Fraction) -> str:
    """80, 79.5, -3; 1/3 where no decimal is exact."""
    if isinstance(number, int):
        return str(int(number))
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == number else str(number)


def percent(share: Fraction) -> str:
    """A share as 30%, 62.5%; as 1/3 where no decimal is exact."""
    text = plain(share * 100)
    return str(share) if "/" in text else f"{text}%"


def operand(number: int | Fraction) -> str:
    """An exact number in a line of arithmetic: a decimal where it ends, else a fraction in brackets."""
    text = plain(number).replace("-", "−")
    return f"({text})" if "/" in text else text


def cut(exact: Fraction | int, places: int = SCORE_PLACES) -> Decimal:
    """`exact` to so many decimals, the rest dropped (towards zero)."""
    top, bottom = exact.as_integer_ratio()
    whole = abs(top) * 10**places // bottom
    sign = "-" if exact < 0 and whole else ""
    return Decimal(f"{sign}{whole}E-{places}")  # not by scaleb, which rounds to the context's 28 digits


def summed(numbers: Iterable[Fraction | int]) -> Fraction:
    """Their exact sum, brought to lowest terms once and not at every step."""
    tops: defaultdict[int, int] = defaultdict(int)
    for number in numbers:
        top, bottom = number.as_integer_ratio()
        tops[bottom] += top
    whole, under = 0, 1
    for bottom, top in tops.items():
        whole, under = whole * bottom + top * under, under * bottom
    return Fraction(whole, under)


def half_up(exact: Fraction | int, places: int = SCORE_PLACES) -> Decimal:
    """`exact` to so many decimals, half of the last place up. For print only: compare the exact number."""
    return Decimal(f"{whole(exact * 10**places, 'half_up')}E-{places}")


def whole(exact: Fraction | int, rounding: Rounding) -> int:
    """A whole number of `exact`: the next below, the nearest (half up), or the next above."""
    if rounding == "half_up":
        return floor(exact + Fraction(1, 2))
    return floor(exact) if rounding == "down" else ceil(exact)
