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


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_SECTIONS = ("", "万", "亿", "万")


def in_words(fen: int) -> str:
    """人民币大写 of an amount, in the one canonical form of the rules for filling in bills (1997).

    整 follows 元 and never 角 or 分; zeros in a row are one 零; no 零 stands between 元 and 角, one stands
    between 元 and 分. Raises ValueError from 10^16 yuan on, for which the rules have no words.
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
    """The 万 or 亿 that closes a section of four digits; 亿 also closes a section of 万亿 above an empty one."""
    filled = number // 10_000**section % 10_000
    return _SECTIONS[section] if filled or section == 2 else ""
