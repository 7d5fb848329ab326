"""Handles money: whole fen inside the program, Decimal where it is read and written. It may use no other
module.

A sum that is split always has parts that add up to it.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def fen(yuan: Decimal | Fraction | int) -> int:
    """Convert yuan to fen. Raises ValueError if the amount is not a whole number of fen: nothing is rounded
    here."""
    exact = Fraction(yuan) * 100
    if exact.denominator != 1:
        raise ValueError(f"{yuan} 元不是整分")
    return exact.numerator


def yuan(fen: int) -> Decimal:
    """Convert fen to yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def shares(whole: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Split `whole` in proportion to non-negative `weights` by the largest remainder. In a tie the earlier
    part gets more.

    The parts always add up to `whole`. If all weights are zero, all parts are zero; if `whole` is not zero
    then, that is an error.
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


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿", "万")


def in_words(fen: int) -> str:
    """Write an amount in 人民币大写, in the one correct form of the rules for filling in bills (1997).

    整 follows 元 and never 角 or 分. Zeros in a row are one 零. There is no 零 between 元 and 角, and there
    is one between 元 and 分. Raises ValueError from 10^16 yuan on, because the rules have no words for it.
    """
    whole, cents = divmod(abs(fen), 100)
    if whole >= 10**16:
        raise ValueError(f"{whole} 元太大，没有大写的写法")
    jiao, rest = divmod(cents, 10)
    words = f"{_integer_in_words(whole)}元" if whole else ""
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif whole and rest:
        words += "零"
    if rest:
        words += f"{_DIGITS[rest]}分"
    if not cents:
        words = (words or "零元") + "整"
    return f"人民币{'负' if fen < 0 else ''}{words}"


def _integer_in_words(number: int) -> str:
    words, after_zero = "", False
    digits = str(number)
    for i, digit in enumerate(map(int, digits)):
        section, place = divmod(len(digits) - 1 - i, 4)
        if digit:
            words += ("零" if after_zero else "") + _DIGITS[digit] + _PLACES[place]
        after_zero = not digit
        if place == 0:
            words += _section_word(number, section)
    return words


def _section_word(number: int, section: int) -> str:
    """Return the 万 or 亿 at the end of a section of four digits. 亿 also ends a section of 万亿 if the one
    below is empty."""
    filled = number // 10_000**section % 10_000
    return _SECTIONS[section] if filled or section == 2 else ""
