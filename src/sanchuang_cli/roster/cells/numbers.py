"""Reads counts, scores, percentages, stars and money from cells.

Works on one cell at a time. Nothing is rounded: money that is not whole fen is refused.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from sanchuang_cli.domain.exact_numbers import plain
from sanchuang_cli.domain.words import ABSENT, NOTHING, narrow
from sanchuang_cli.money import fen
from sanchuang_cli.record import Cell, shown
from sanchuang_cli.roster.cells.measures import MONTHS, WORDS, YEARS, per_in_cell
from sanchuang_cli.roster.cells.numerals import CHINESE_DIGITS, decimal, decimal_in
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed, Parser, Undecided, doubtful, unread

_COUNTED = re.compile(r"(?P<number>.*[\d零〇一二两三四五六七八九十百千万亿])(?P<word>\D{1,2}?)")
_YEARS_AND_MONTHS = re.compile(r"(?P<years>[^年.]+)年(?:(?P<half>半)|[零又]?(?P<months>[^月个年.]+)个?月)")
_A_YEAR = 12
_CLEAN_COUNT = 1e9
_LIFETIME = 100


def count_parser(words: Sequence[str], of_column: str = "") -> Parser:
    """The parser for whole numbers that are not negative. words: the measure words that one may carry: 12人.

    of_column: the measure word of the heading, which a number without one has. Years in a column of months are
    twelve times as many; any other word that is not among `words` leaves the cell unread.
    """
    clean = not of_column or of_column in words

    def count(cell: Cell) -> Any:
        if clean and type(cell) is float and 0 <= cell < _CLEAN_COUNT and cell.is_integer():
            return int(cell)
        number, word = decimal(cell), ""
        if number is None and isinstance(cell, str) and tuple(words) == MONTHS and (months := _years(cell)):
            return doubtful(months, "count.years", f"写的是年，按 {months} 个月读取")
        if number is None and isinstance(cell, str) and (counted := _COUNTED.fullmatch(narrow(cell))):
            word = counted["word"]
            number = decimal_in(counted["number"]) if word in WORDS else None
        if number is None or number != int(number):
            return unread("count.unreadable", "不是整数")
        if number < 0:
            return unread("count.unreadable", "是负数")
        said = word or of_column
        if not said or said in words:
            return int(number)
        if said == YEARS and tuple(words) == MONTHS and number < _LIFETIME:
            months = 12 * int(number)
            return doubtful(months, "count.years", f"写的是年，按 {months} 个月读取") if word else months
        where = "写的单位是" if word else "所在列标题写的单位是"
        return unread("count.other-measure", f"{where}“{said}”，这一项不按“{said}”数")

    return count


def _years(written: str) -> int:
    """The months of 18年9个月 or 1年半; 0 for any other text."""
    match = _YEARS_AND_MONTHS.fullmatch(narrow(written))
    years = decimal_in(match["years"]) if match else None
    months = 6 if match and match["half"] else decimal_in(match["months"]) if match else None
    if years is None or months is None or years >= _LIFETIME or months >= _A_YEAR:
        return 0
    return int(_A_YEAR * years + months)


def score_parser(maximum: int | Fraction | None) -> Parser:
    """The parser for scores, as exact fractions. If there is a maximum, a score above it or below 0 is an error."""
    most = maximum if maximum is None or maximum != int(maximum) else int(maximum)

    def score(cell: Cell) -> Any:
        number = decimal(cell)
        if number is None and isinstance(cell, str):
            number = decimal_in(narrow(cell).removesuffix("分"))
        if number is None and isinstance(cell, str) and any(word in cell for word in ABSENT):
            return unread("score.absent", "不是数字，像是说没有参加")
        if number is None:
            return unread("score.unreadable", "不是数字")
        # a fraction is compared more slowly, and a full score is nearly always whole
        if most is not None and not 0 <= (number if isinstance(most, int) else Fraction(number)) <= most:
            return unread("score.out-of-range", f"超过满分 {plain(most)} 分" if number > 0 else "低于 0 分")
        return Fraction(number)

    return score


def percent_parser(column: Sequence[Cell], yearly: bool = False) -> Parser:
    """The parser for percentages: Fraction(93, 100) for 93%. yearly: of a rate by the year, which a cell may say too.

    A number up to 1 without a percent sign is decided by the other cells of the column, and then by its number format. A 1
    is 100% among shares (0.93) alone, or where it is shown so; otherwise it may as well be 1%, and is not understood.
    """
    points = cache(lambda: _has(column, lambda number: number > 1))
    shares = cache(lambda: _has(column, lambda number: 0 < number < 1))

    def percent(cell: Cell) -> Any:
        text = narrow(cell) if isinstance(cell, str) else ""
        if yearly and (said := _BY_YEAR.fullmatch(text)):
            text = said["before"] or said["behind"]
        for sign, size in (("%", 100), ("‰", 1000)):
            if text.endswith(sign):
                number = decimal_in(text[:-1])
                return _percentage(None if number is None else Fraction(number) / size)
        if text.startswith("百分之"):
            number = decimal_in(text[3:])
            return _percentage(None if number is None else Fraction(number) / 100)
        number = decimal(cell)
        if number is None or number < 0 or number > 1:
            return _percentage(None if number is None else Fraction(number) / 100)
        if number == 0 or (not points() and (number < 1 or shares())):
            return Fraction(number)
        return Undecided(lambda number_format: _among_points(Fraction(number), number_format))

    return percent


_BY_YEAR = re.compile("年(?:利率)?(?P<before>[^年]+[%‰])|(?P<behind>[^年]+[%‰])[/每]年")


def _percentage(value: Fraction | None) -> Any:
    """The value if it is between 0 and 1, else the trouble."""
    if value is None:
        return unread("percent.unreadable", "不是百分数")
    if value > 1:
        return unread("percent.over-100", "超过 100%")
    return unread("percent.unreadable", "是负数") if value < 0 else value


def _among_points(number: Fraction, number_format: str) -> Any:
    """A number from 0 to 1 that the column does not explain: a share, but a 1 is 100% only where it is shown so."""
    if "%" in number_format:
        return number
    if number == 1:
        return unread("percent.one", "没有写百分号，看不出是 1% 还是 100%")
    return doubtful(number, "percent.ambiguous", f"没有写百分号，按 {float(number * 100):g}% 读取")


def _has(column: Sequence[Cell], such: Callable[[Any], bool]) -> bool:
    """Whether the column has such a number: above 1 where it writes 93 for 93%, below where it writes 0.93."""
    return any(isinstance(cell, int | float) and such(cell) for cell in column) or any(
        (number := decimal(cell)) is not None and such(number) for cell in column if isinstance(cell, str)
    )


MOST_STARS = 20
"""No document gives more stars than this; how many one gives is for its policy to say."""
_STARS = re.compile(
    r"(?P<number>\d{1,2}|[零〇一二两三四五六七八九]|二?十[一二三四五六七八九]?)"
    r"(?:颗|个)?(?:星|★|\*)?级?(?:党组织|党支部|支部|党委|村|社区)?"
)
_SIGNS = re.compile(rf"(?P<full>[★⭐*]{{1,{MOST_STARS}}})☆{{0,{MOST_STARS}}}")
_EMPTY_SIGNS = re.compile(rf"☆{{5,{MOST_STARS}}}")
_NO_STARS = NOTHING | {"无星", "无星级", "未评", "未评定", "未评星", "不评", "未定星", "不定星"}


def stars_parser(most: int | Fraction | None) -> Parser:
    """The parser for numbers of stars, 0 to `most`; 无 and 未评 are 0."""

    def stars(cell: Cell) -> Any:
        text = narrow(cell) if isinstance(cell, str) else narrow(shown(cell))
        if text in _NO_STARS or _EMPTY_SIGNS.fullmatch(text):
            return 0
        if signs := _SIGNS.fullmatch(text):
            return _so_many(len(signs["full"]))
        if match := _STARS.fullmatch(text.removesuffix(".0")):
            number = decimal_in(match["number"])
            return _so_many(-1 if number is None else int(number))
        return unread("stars.unreadable", "不是星级")

    def _so_many(number: int) -> Any:
        if 0 <= number <= (MOST_STARS if most is None else most):
            return number
        return unread("stars.unreadable", "不是星级" if most is None else f"超过政策的最高星级 {most} 星")

    return stars


_SCALES = {"分": 1, "角": 10, "元": 100, "块": 100, "百元": 10_000, "千元": 100_000, "万元": 1_000_000, "万": 1_000_000, "亿元": 10**10}  # fmt: skip
_MONEY = re.compile(
    r"(?:人民币|RMB|CNY|¥|￥|\$)*(?P<number>[^元块]*?)(?P<unit>亿元|万元|(?<=\d)千元|(?<=\d)百元|元|块)?(?:整|正|钱)?"
    rf"(?P<per>[/每][^\d{CHINESE_DIGITS}]{{1,4}})?",
    re.IGNORECASE,
)
"""What is behind / or 每 is words: with another number in it the cell says two."""
_IN_WORDS = re.compile(
    r"(?:人民币|¥)?(?P<yuan>[^元角分]+[元圆])?(?:零?(?P<jiao>[^元角分零])角)?(?:零?(?P<fen>[^元角分零])分)?(?:整|正)?"
)
_W = re.compile("(?<=\\d)[wW](?=元?$)")
"""5W is 5万."""
_NOISE = Fraction(1, 10_000)  # of a fen: nobody types so little, but sums of floats leave it


def money_parser(unit: str = "", of_field: str = "") -> Parser:
    """The parser for money, in fen. unit: the unit of numbers without one, "" for 元; behind / what each is for (元/月).

    of_field: what the field's sums are for, "" where it does not say. A sum for anything else is not read: 48000/年
    is no month's income, and where neither field nor column says 年, it is not known to be a year's.
    """
    unit, _, of_column = unit.partition("/")
    scale, own = _scale(unit), of_field or of_column

    def money(cell: Cell) -> Any:
        read = amount_of(cell)
        said = (per_in_cell(narrow(cell)) if isinstance(cell, str) else "") or of_column
        if said in ("", own) or not (read.value if isinstance(read, Parsed) else read):
            return read
        return unread("money.per", f"是每{said}的数，本项{f'是每{own}的' if own else '没有写明每多久'}")

    def amount_of(cell: Cell) -> Any:
        # The common case, much faster than Fraction: the float is exactly what a number of fen would give.
        if scale == 100 and type(cell) is float and abs(cell) < 1e13:
            amount = round(cell * 100)
            if amount / 100 == cell:
                return amount
        number = decimal(cell)
        if number is not None and not (isinstance(cell, str) and cell.rstrip().endswith(("万", "亿"))):
            return _in_fen(Fraction(number) * scale, noisy=isinstance(cell, float) and float(number) != cell)
        if isinstance(cell, str):
            return _written_money(narrow(cell), unit)
        return unread("money.unreadable", "不是金额")

    return money


def _scale(unit: str) -> int:
    return _SCALES.get(unit, _SCALES["元"])


def _in_fen(exact: Fraction, noisy: bool = False) -> Any:
    """The amount in whole fen, or no value. A very small rest, as sums of floats leave it, is dropped with a warning."""
    amount = round(exact)
    if exact == amount and not noisy:
        return amount
    if abs(exact - amount) < _NOISE:
        return doubtful(amount, "money.float-noise", f"有计算尾差，按 {Decimal(amount).scaleb(-2)} 元读取")
    return unread("money.not-whole-fen", "不是整分")


def _written_money(text: str, unit: str) -> Any:
    """The money in a text with a unit (1.2万元), in words (壹仟元整), or with /年 after it; in brackets it is negative."""
    scale = _scale(unit)
    text = _W.sub("万", text)
    if text.startswith("(") and text.endswith(")"):
        read = _written_money(text[1:-1], unit)
        value, troubles = (read.value, read.troubles) if isinstance(read, Parsed) else (read, ())
        return read if value is None else (Parsed(-value, troubles) if troubles else -value)
    match = _MONEY.fullmatch(text)
    number = decimal_in(match["number"]) if match and match["number"] else None
    if not match or number is None:
        return _money_in_words(text)
    size = _SCALES[match["unit"]] if match["unit"] else (100 if match["number"][-1] in "万亿" else scale)
    read = _in_fen(Fraction(number) * size)
    if isinstance(read, Parsed):
        return read
    troubles = ()
    if unit and size != scale and match["unit"] and match["number"].isascii():
        troubles += (CellTrouble("money.unit-differs", f"写的是{match['unit']}，本列的单位是{unit}"),)
    return Parsed(read, troubles) if troubles else read


def _money_in_words(text: str) -> Any:
    """The money written in words: 壹仟贰佰元整, 叁拾伍元零肆分."""
    negative, text = text.startswith("负"), text.removeprefix("负")
    match = _IN_WORDS.fullmatch(text)
    if not match or not any(match.groupdict().values()):
        return unread("money.unreadable", "不是金额")
    numbers = [decimal_in((match[part] or "零").rstrip("元圆")) for part in ("yuan", "jiao", "fen")]
    if any(number is None for number in numbers):
        return unread("money.unreadable", "不是金额")
    yuan, jiao, cents = (number or Decimal(0) for number in numbers)
    total = fen(yuan) + int(jiao) * 10 + int(cents)
    return -total if negative else total
