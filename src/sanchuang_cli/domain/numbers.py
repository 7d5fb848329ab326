"""Exact numbers as people write them."""

from decimal import Decimal
from fractions import Fraction


def plain(number: int | Fraction) -> str:
    """80, 79.5, -3; 1/3 where no decimal is exact."""
    number = Fraction(number)
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == number else str(number)
