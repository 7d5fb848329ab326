"""Money is whole fen inside and Decimal at the edges; a whole is split so that its parts sum to it."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def fen(yuan: Decimal | Fraction | int) -> int:
    """Yuan as fen. Raises ValueError when the amount is no whole number of fen: nothing is rounded here."""
    exact = Fraction(yuan) * 100
    if exact.denominator != 1:
        raise ValueError(f"{yuan} 元不是整分")
    return exact.numerator


def yuan(fen: int) -> Decimal:
    """Fen as yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def shares(whole: int, weights: Sequence[Fraction | int]) -> list[int]:
    """`whole` split in proportion to non-negative `weights` by largest remainder; ties go to the earlier part.

    The parts always sum to `whole`. All weights zero: everything stays zero unless `whole` is not, which is an error.
    """
    total = sum(Fraction(w) for w in weights)
    if total == 0:
        if whole:
            raise ValueError("nothing to split by: all weights are zero")
        return [0] * len(weights)
    exact = [Fraction(w) * whole / total for w in weights]
    parts = [part.numerator // part.denominator for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: whole - sum(parts)]:
        parts[i] += 1
    return parts
