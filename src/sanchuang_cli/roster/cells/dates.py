"""Reads dates from cells, exactly as precise as they are written: a month stays a month, a doubtful date is an interval.

Works on one cell at a time, with its column for comparison. A text is a date only if all of it is one. A number is a day
number of the sheet's date system, or stands for a date as 1985.06 or 198506 do.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sanchuang_cli.domain.words import STILL, narrow
from sanchuang_cli.period import VagueDate
from sanchuang_cli.record import Cell
from sanchuang_cli.roster.cells.beside_dates import is_harmless
from sanchuang_cli.roster.cells.numerals import CHINESE_DIGITS, chinese_integer
from sanchuang_cli.roster.cells.troubles import CellTrouble, Parsed, Parser, Undecided, doubtful, unread

_UNKNOWN = frozenset({"不详", "不清", "不清楚", "不明", "未知", "记不清", "无法查证", "待查", "?", "??"})

_YEARS = (1850, 2100)
_SERIALS = (2_200, 73_050)  # the days from 1906 to 2099 in the system that counts from 1900
_PIVOT = 30  # a two-digit year from 30 on is 19xx, one below is 20xx

_Y, _SEP = r"(?P<year>\d{4}|\d{2})", r"[年./\-_、,]"
_DATE = re.compile(
    rf"{_Y}{_SEP}(?P<month>\d{{1,2}})(?:[月./\-_、,](?P<day>\d{{1,2}})[日号]?|月份?)?[.。]?", re.ASCII
)
_YEAR = re.compile(r"(?P<year>\d{4}|\d{2}(?=年))年?", re.ASCII)
_DIGITS = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?|(?P<short>\d{2})(?P<m2>\d{2})(?P<d2>\d{2})", re.ASCII
)
# Nearly every cell is written like this, so this is tried first.
_CLEAN = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # of a number format
_TIME = re.compile(r"(?<=\d)T?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(AM|PM|Z)?$")
_NUMERAL = re.compile(f"[{CHINESE_DIGITS}]+")
_DECADE = re.compile(
    r"(?:(?P<century>19|20|20世纪|上世纪|二十世纪|21世纪|二十一世纪)?(?P<decade>\d0)|(?P<full>\d{3}0))年?代(?:初期?|中期?|末期?|后期|前期)?"
)
_ABOUT = re.compile(
    r"(?:大约|大概|约|应为|可能是?)(?P<a>.+)|(?P<b>.+?)(?:左右|前后|上下|\?|\((?:大?约|大概|左右)\))"
)
_PART = re.compile(r"(?P<year>\d{4})年?(?P<part>上半年|下半年|年初|初|年底|底|年末|末|[春夏秋冬][天季]?)")
_PART_OF_MONTH = re.compile(r"(?P<month>\d.*月)(?:份?[初底末]|[上中下]旬)")
_REPUBLIC = re.compile(r"民国(?P<year>\d{1,2}|元)年(?P<rest>.*)")
_DAYS_OF_LUNAR = f"[{CHINESE_DIGITS}\\d年月日号闰正冬腊初廿卅./\\-]+"
_LUNAR = re.compile(
    rf"(?:农历|阴历|旧历)(?P<a>{_DAYS_OF_LUNAR})|(?P<b>{_DAYS_OF_LUNAR})\((?:农历|阴历|旧历)\)|(?P<c>\d{{4}}年?闰{_DAYS_OF_LUNAR})"
)
_BETWEEN = re.compile(r"(?P<first>[^至]+)至(?P<last>[^至]+)之间")
"""As this program prints a day of which only the time between two days is known."""
_REMARK = re.compile(
    r"(?P<date>\d(?:[\d月日号份./\-]|年(?!龄|老))*)(?:\((?P<said>[^()]*)\)|(?P<behind>[^\d()]+))"
)


_on = lru_cache(maxsize=65_536)(VagueDate.on)
"""The same days stand in many cells, so each is made only once."""


def date_parser(column: Sequence[Cell], date1904: bool = False, heading: str = "") -> Parser:
    """The parser for the dates of one column, which its field calls by `heading`.

    The other cells of the column show whether 1990.1 is January or October, and whether its dates stand for whole months.
    """
    two_digits = cache(lambda: _writes_two_digits(column))
    months = cache(lambda: all(cell.day == 1 for cell in column if isinstance(cell, date)))

    def parsed(cell: Cell) -> Any:
        if isinstance(cell, str):
            return text_as_date(cell, date1904, heading)
        if isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            if day.day == 1 and months():
                return Undecided(lambda number_format: _as_shown(day, number_format))
            return _on(day)
        if isinstance(cell, bool):
            return unread("date.unreadable", "不是日期")
        if isinstance(cell, int | float):
            return _number(float(cell), two_digits, date1904)
        return unread("date.unreadable", "不是日期")

    return parsed


def _as_shown(first: date, number_format: str) -> VagueDate:
    """The month of a first day, if its number format shows no day: the program made the day when somebody typed 1985-6."""
    parts = _LITERAL.sub("", number_format).lower()
    if "d" in parts or "y" not in parts:
        return VagueDate.on(first)
    return VagueDate.within(first.year, first.month if "m" in parts else 0)


def text_as_date(text: str, date1904: bool = False, heading: str = "") -> Any:
    """The date in a text: a VagueDate, or Parsed if something is odd about it. None for 至今: there is no date yet."""
    return clean_day(text) or _any_date(text, date1904, heading)


def _any_date(text: str, date1904: bool, heading: str = "") -> Any:
    """The date in a text, in whatever way it is written."""
    text = narrow(text).strip("。;,")
    if text in STILL:
        return None
    if text in _UNKNOWN:
        return unread("date.unreadable", "没有写明日期")
    text = with_arabic_digits(_TIME.sub("", text))
    if (plain := _plain(text)) is not None:
        return plain
    if re.fullmatch(r"\d{4,5}(\.\d+)?", text) and _SERIALS[0] <= float(text) <= _SERIALS[1]:
        return _serial(float(text), date1904)
    return _uncertain(text) or _with_words(text, heading) or unread("date.unreadable", "看不出是哪一天")


def clean_day(text: str) -> VagueDate | None:
    """The same as _any_date for the most common ways of writing a day, five times as fast; None for any other text."""
    match = _CLEAN.fullmatch(text)
    if not match:
        return None
    year, month, day = map(int, match.groups())
    try:
        return _on(date(year, month, day)) if _YEARS[0] <= year < _YEARS[1] else None
    except ValueError:
        return None


def with_arabic_digits(text: str) -> str:
    """The text with Chinese numerals as digits: 2012年6月 for 二〇一二年六月."""

    def digits(numeral: re.Match[str]) -> str:
        value = chinese_integer(numeral[0])
        return numeral[0] if value is None else str(value)

    return _NUMERAL.sub(digits, text)


def _plain(text: str) -> Any:
    """The date in a text of digits and separators, None for a text of another shape."""
    if match := _DATE.fullmatch(text):
        return _resolved(match["year"], int(match["month"]), match["day"])
    if match := _DIGITS.fullmatch(text):
        if match["year"]:
            if _YEARS[0] <= int(match["year"]) < _YEARS[1] and (
                match["day"] or 1 <= int(match["month"]) <= 12
            ):
                return _resolved(match["year"], int(match["month"]), match["day"])
            if match["day"]:
                return unread("date.impossible", "没有这一天")
        return _resolved(text[:2], int(text[2:4]), text[4:6])
    match = _YEAR.fullmatch(text)
    if match and (len(match["year"]) == 2 or _YEARS[0] <= int(match["year"]) < _YEARS[1]):
        return _resolved(match["year"], None, None)
    return None


def _resolved(year: str, month: int | None, day: str | None) -> Any:
    """The date of these parts, as exact as they are. Impossible parts give no value."""
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= _PIVOT else 2000)
    if month is None:
        value = VagueDate.within(full)
    elif not 1 <= month <= 12:
        return unread("date.impossible", f"没有{month}月")
    elif not day:
        value = VagueDate.within(full, month)
    else:
        try:
            value = VagueDate.on(date(full, month, int(day)))
        except ValueError:
            return unread("date.impossible", f"：{full}年{month}月没有{int(day)}日")
    if not _YEARS[0] <= full < _YEARS[1]:
        return unread("date.impossible", f"：年份{full}不可能")
    if len(year) == 2:
        return doubtful(value, "date.two-digit-year", f"年份只有两位，按{full}年读取")
    return value


def _uncertain(text: str) -> Any:
    """What an uncertain date leaves open: 约1978, 70年代, 1985年底, 民国三十六年, a date of the 农历, or two days with 之间.

    None for a text of another shape.
    """
    if match := _DECADE.fullmatch(text):
        century = 20 if match["century"] in ("20", "21世纪") else 19
        first = int(match["full"]) if match["full"] else century * 100 + int(match["decade"])
        value = VagueDate(date(first, 1, 1), date(first + 9, 12, 31))
        return doubtful(value, "date.approximate", f"只有年代，按{value}计算")
    if match := _BETWEEN.fullmatch(text):
        return _between(clean_day(match["first"]), clean_day(match["last"]))
    if match := _LUNAR.fullmatch(text):
        year = re.match(r"\d{4}", match["a"] or match["b"] or match["c"])
        if year:
            value = VagueDate(date(int(year[0]), 1, 1), date(int(year[0]) + 1, 2, 28))
            return doubtful(value, "date.other-calendar", f"是农历，按{value}计算")
    if match := _REPUBLIC.fullmatch(text):
        year_number = 1 if match["year"] == "元" else int(match["year"])
        return _explained(
            f"{1911 + year_number}年{match['rest']}", "date.other-calendar", "是民国纪年，按{}读取"
        )
    if match := _PART.fullmatch(text):
        return _explained(match["year"], "date.approximate", "没有写明月份，按{}计算")
    if match := _PART_OF_MONTH.fullmatch(text):
        return _explained(match["month"], "date.approximate", "没有写明哪一天，按{}计算")
    if match := _ABOUT.fullmatch(text):
        return _about(text_as_date(match["a"] or match["b"]))
    return None


def _with_words(text: str, heading: str) -> Parsed | None:
    """The date in front of words that leave it as it is; no date where brackets say anything else. None for another shape."""
    match = _REMARK.fullmatch(text)
    if not match:
        return None
    if is_harmless(match["said"] or match["behind"] or "", heading):
        return _explained(match["date"], "date.remark", "带有说明，按{}读取")
    return None if match["behind"] else unread("date.other-words", "括号里另有说法，是不是这一天说不准")


def _between(first: VagueDate | None, last: VagueDate | None) -> Any:
    """The time from one exact day to a later one; None where one of them is no day."""
    if first is None or last is None:
        return None
    if first > last:
        return unread("date.impossible", "前一天晚于后一天")
    return VagueDate(first.earliest, last.latest)


def _explained(text: str, code: str, what: str) -> Parsed | None:
    """The plain date in a text, with a trouble that says how it was read; None if there is no plain date."""
    value, troubles = _parts(_plain(text))
    return value and Parsed(value, (*troubles, CellTrouble(code, what.format(value))))


def _about(read: Any) -> Parsed | None:
    """The interval around an approximate date: half a year on each side of a month or day, one year on each side of a year."""
    value, troubles = _parts(read)
    if value is None:
        return None
    slack = timedelta(days=183 if value.month else 365)
    wide = VagueDate((value.earliest - slack).replace(day=1), _month_end(value.latest + slack))
    return Parsed(wide, (*troubles, CellTrouble("date.approximate", f"只是大概，按{wide}计算")))


def _month_end(day: date) -> date:
    return VagueDate.within(day.year, day.month).latest


def _parts(read: Any) -> tuple[VagueDate | None, tuple[CellTrouble, ...]]:
    """The value and the troubles of what was read; a clean value has no troubles."""
    return (read.value, read.troubles) if isinstance(read, Parsed) else (read, ())


def _number(number: float, two_digits: Callable[[], bool], date1904: bool) -> Any:
    """The date that a number stands for: 1985.06, 1985, 198506, 19850601, 850601, or a day number.

    1990.1 may be 1990.10 without its zero: the other cells of the column decide, and if they do not, its number format.
    """
    integer, text = int(number) if number == number and abs(number) < 1e9 else -1, f"{number:.15g}"
    if number == integer:
        if _SERIALS[0] <= integer <= _SERIALS[1]:
            return _serial(number, date1904)
        return _plain(text) or unread("date.unreadable", "这个数字看不出是哪一天")
    fraction = text.partition(".")[2]
    if _YEARS[0] <= integer < _YEARS[1] or _PIVOT <= integer < 100:
        if fraction == "1":
            if two_digits():
                return _resolved(str(integer), 10, None)
            return Undecided(lambda number_format: _october(str(integer), number_format))
        if len(fraction) <= 2:
            return _resolved(str(integer), int(fraction), None)
        if len(fraction) in (3, 4):
            return _resolved(str(integer), int(fraction[:2]), fraction[2:].ljust(2, "0"))
    if _SERIALS[0] <= number <= _SERIALS[1]:
        return _serial(number, date1904)
    return unread("date.unreadable", "这个数字看不出是哪一天")


def _serial(number: float, date1904: bool) -> Parsed:
    """The date of a day number in the sheet's date system, without the time of day."""
    day = (date(1904, 1, 1) if date1904 else date(1899, 12, 30)) + timedelta(days=int(number))
    return doubtful(VagueDate.on(day), "date.serial", f"是日期序号，即{day.isoformat()}")


def _october(year: str, number_format: str) -> Any:
    """The month of 1990.1: October if it is shown as 1990.10; otherwise nobody can tell, and it is the interval of both."""
    if re.match(r"0\.00(?!0)|[#0]+\.00(?!0)", number_format):
        return _resolved(year, 10, None)
    readings = _resolved(year, 1, None), _resolved(year, 10, None)
    (first, troubles), (last, _) = _parts(readings[0]), _parts(readings[1])
    assert first and last
    wide = VagueDate(first.earliest, last.latest)
    return Parsed(
        wide, (*troubles, CellTrouble("date.october-or-january", "看不出是1月还是10月，按1月至10月之间计算"))
    )


def _writes_two_digits(column: Sequence[Cell]) -> bool:
    """Whether the other numbers of the column have months of two digits: 1976.05, and never 1976.5."""
    fractions = [
        f"{cell:.15g}".partition(".")[2]
        for cell in column
        if isinstance(cell, float) and _YEARS[0] <= cell < _YEARS[1] and not cell.is_integer()
    ]
    # A 1 alone may be a 10 that lost its zero, so it decides nothing.
    one_digit = any(len(fraction) == 1 and fraction != "1" for fraction in fractions)
    return any(fraction.startswith("0") for fraction in fractions) and not one_digit
