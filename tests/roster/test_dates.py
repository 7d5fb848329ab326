"""Every shape a date is written in, and what must not be taken for a date."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.period import VagueDate
from tests.roster.parsing import read_cell

JUNE_1985 = VagueDate.within(1985, 6)
FIRST_OF_JUNE = VagueDate.on(date(1985, 6, 1))

days = st.dates(date(1930, 1, 1), date(2029, 12, 31))
_FIGURES = "〇一二三四五六七八九"


def _year_in_chinese(year: int) -> str:
    return "".join(_FIGURES[int(digit)] for digit in str(year))


def _small_in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return {0: "", 1: "十"}.get(tens, _FIGURES[tens] + "十") + (_FIGURES[ones] if ones else "")


DAY_SHAPES: tuple[Callable[[date], object], ...] = (
    lambda d: d,
    lambda d: datetime(d.year, d.month, d.day, 13, 5),
    lambda d: d.isoformat(),
    lambda d: f"{d.isoformat()} 00:00:00",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d:%Y%m%d}",
    lambda d: float(f"{d:%Y%m%d}"),
    lambda d: f"{_year_in_chinese(d.year)}年{_small_in_chinese(d.month)}月{_small_in_chinese(d.day)}日",
    lambda d: "".join(chr(ord(c) + 0xFEE0) for c in d.isoformat()),
    lambda d: f"'{d.year}-{d.month}-{d.day}",
)
MONTH_SHAPES: tuple[Callable[[date], object], ...] = (
    lambda d: f"{d.year}.{d.month:02d}",
    lambda d: f"{d.year}.{d.month}",
    lambda d: f"{d.year}-{d.month}",
    lambda d: f"{d.year}/{d.month:02d}",
    lambda d: f"{d.year}年{d.month}月",
    lambda d: f"{d.year}年{d.month:02d}月",
    lambda d: f"{d:%Y%m}",
    lambda d: float(f"{d:%Y%m}"),
    lambda d: f"{_year_in_chinese(d.year)}年{_small_in_chinese(d.month)}月",
    lambda d: f"{d.year}．{d.month}",
)


@given(days, st.sampled_from(DAY_SHAPES))
def test_a_day_in_any_shape_is_read_back(day: date, shape: Callable[[date], object]) -> None:
    read = read_cell(Kind.DATE, shape(day))
    assert (read.value, read.codes) == (VagueDate.on(day), ())


@given(days, st.sampled_from(MONTH_SHAPES))
def test_a_month_stays_a_month(day: date, shape: Callable[[date], object]) -> None:
    read = read_cell(Kind.DATE, shape(day))
    assert (read.value, read.codes) == (VagueDate.within(day.year, day.month), ())


@given(days, days)
def test_a_day_known_only_in_part_is_read_back_as_it_is_printed(one: date, other: date) -> None:
    day = VagueDate(min(one, other), max(one, other))
    read = read_cell(Kind.DATE, str(day))
    assert (read.value, read.codes) == (day, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-11-29至2026-10-31之间", "date.impossible"),
        ("2026-10-31至2026-11-31之间", "date.unreadable"),
        ("2026-10至2026-11之间", "date.unreadable"),
        ("2026-10-31至2026-11-29", "date.unreadable"),
    ],
)
def test_a_time_between_no_two_days_is_none(cell: str, code: str) -> None:
    read = read_cell(Kind.DATE, cell)
    assert (read.value, read.codes) == (None, (code,))


@given(days, st.booleans(), st.booleans())
def test_a_serial_is_read_by_its_date_system(day: date, date1904: bool, as_text: bool) -> None:
    serial = (day - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days
    read = read_cell(Kind.DATE, str(serial) if as_text else float(serial), date1904=date1904)
    assert (read.value, read.codes) == (VagueDate.on(day), ("date.serial",))


@pytest.mark.parametrize(
    ("serial", "day"),
    [
        (45200, date(2023, 10, 1)),
        (41062, date(2012, 6, 2)),
        (19586, date(1953, 8, 15)),
        (31199, date(1985, 6, 1)),
    ],
    ids=repr,
)
def test_X_01_serials_of_the_1900_system(serial: int, day: date) -> None:
    assert read_cell(Kind.DATE, float(serial)).value == VagueDate.on(day)


def test_X_03_45201_is_the_day_after() -> None:
    assert read_cell(Kind.DATE, 45201.0).value == VagueDate.on(date(2023, 10, 2))


@pytest.mark.parametrize("written", ["2008.6.31", "1976.13", "1976.00.00"], ids=repr)
def test_X_05_impossible_dates_are_refused_and_quoted_as_written(written: str) -> None:
    read = read_cell(Kind.DATE, written)
    assert (read.value, read.codes) == (None, ("date.impossible",))
    assert f"“{written}”" in read.findings[0].message


@pytest.mark.parametrize("cell", ["85.6", "85年6月", "八五年六月", "'85-06", 85.6], ids=repr)
def test_a_two_digit_year_is_resolved_with_a_warning(cell: object) -> None:
    read = read_cell(Kind.DATE, cell)
    assert (read.value, read.codes) == (JUNE_1985, ("date.two-digit-year",))


def test_two_digit_years_below_thirty_are_of_this_century() -> None:
    assert read_cell(Kind.DATE, "12.6").value == VagueDate.within(2012, 6)
    assert read_cell(Kind.DATE, "850601").value == FIRST_OF_JUNE


@pytest.mark.parametrize("cell", ["1985", "1985年", "一九八五年", 1985.0, 1985], ids=repr)
def test_a_year_alone_is_the_whole_year(cell: object) -> None:
    assert read_cell(Kind.DATE, cell).value == VagueDate.within(1985)


@pytest.mark.parametrize(
    ("cell", "earliest", "latest", "code"),
    [
        ("约1978", date(1977, 1, 1), date(1979, 12, 31), "date.approximate"),
        ("1978年左右", date(1977, 1, 1), date(1979, 12, 31), "date.approximate"),
        ("70年代", date(1970, 1, 1), date(1979, 12, 31), "date.approximate"),
        ("上世纪七十年代初", date(1970, 1, 1), date(1979, 12, 31), "date.approximate"),
        ("1980年代", date(1980, 1, 1), date(1989, 12, 31), "date.approximate"),
        ("1985年底", date(1985, 1, 1), date(1985, 12, 31), "date.approximate"),
        ("民国三十六年", date(1947, 1, 1), date(1947, 12, 31), "date.other-calendar"),
        ("农历1953年七月初六", date(1953, 1, 1), date(1954, 2, 28), "date.other-calendar"),
        ("1985.06（38岁）", date(1985, 6, 1), date(1985, 6, 30), "date.remark"),
    ],
    ids=repr,
)
def test_a_vague_date_is_the_interval_its_words_leave_open(
    cell: str, earliest: date, latest: date, code: str
) -> None:
    read = read_cell(Kind.DATE, cell)
    assert (read.value, read.codes) == (VagueDate(earliest, latest), (code,))


@pytest.mark.parametrize(
    "said", ["未到账", "拟", "暂定", "待核实", "作废", "误报", "不确定", "?", "因身体不好辞去职务"]
)
def test_a_date_that_brackets_take_back_is_not_read(said: str) -> None:
    for cell in (f"2026-03-01（{said}）", f"2026.3({said})"):
        assert read_cell(Kind.DATE, cell)[:2] == (None, ("date.other-words",))


@pytest.mark.parametrize("said", ["38岁", "换届", "享受待遇", "星期三"])
def test_a_date_with_other_words_in_brackets_is_read(said: str) -> None:
    assert read_cell(Kind.DATE, f"2026-03-01（{said}）")[:2] == (
        VagueDate.on(date(2026, 3, 1)),
        ("date.remark",),
    )


def test_a_month_given_as_about_reaches_half_a_year_to_either_side() -> None:
    value = read_cell(Kind.DATE, "约1978年6月").value
    assert value.earliest <= date(1978, 1, 1)
    assert value.latest >= date(1978, 12, 1)
    assert value.latest - value.earliest < timedelta(days=500)


@pytest.mark.parametrize(
    "cell", ["不详", "1976.7前", "1984.5—1995.4", "十二月", "Jun-85", "abc", True, 1e300], ids=repr
)
def test_what_is_no_date_gives_no_value(cell: object) -> None:
    read = read_cell(Kind.DATE, cell)
    assert (read.value, read.codes) == (None, ("date.unreadable",))


@pytest.mark.parametrize("cell", ["至今", "现任", "今", "在任"], ids=repr)
def test_still_in_office_is_no_date_and_no_trouble(cell: str) -> None:
    assert read_cell(Kind.DATE, cell)[:2] == (None, ())


class TestTheNumber1990Point1:
    """1990.10 typed into a number cell is stored as 1990.1."""

    def test_two_shown_decimals_make_it_october(self) -> None:
        read = read_cell(Kind.DATE, 1990.1, number_format="0.00")
        assert (read.value, read.codes) == (VagueDate.within(1990, 10), ())
        assert read_cell(Kind.DATE, 1990.1, number_format="0.00_ ").value == VagueDate.within(1990, 10)

    def test_neighbours_with_two_digit_months_make_it_october(self) -> None:
        read = read_cell(Kind.DATE, 1990.1, column=[1976.05, 1990.1, 1983.12])
        assert (read.value, read.codes) == (VagueDate.within(1990, 10), ())

    @pytest.mark.parametrize("column", [[1990.1], [1990.1, 1976.5], [1990.1, 1976.5, 1983.05]], ids=repr)
    def test_otherwise_it_is_an_interval_with_a_warning(self, column: list[float]) -> None:
        read = read_cell(Kind.DATE, 1990.1, column=column, number_format="General")
        assert read.value == VagueDate(date(1990, 1, 1), date(1990, 10, 31))
        assert read.codes == ("date.october-or-january",)

    def test_text_keeps_its_zero_and_so_is_never_doubtful(self) -> None:
        assert read_cell(Kind.DATE, "1990.1").value == VagueDate.within(1990, 1)
        assert read_cell(Kind.DATE, "1990.10").value == VagueDate.within(1990, 10)


@given(st.text(max_size=12) | st.floats() | st.integers())
def test_no_cell_makes_the_parser_fail(cell: object) -> None:
    value = read_cell(Kind.DATE, cell).value
    assert value is None or value.earliest <= value.latest


class TestTheFirstOfAMonth:
    """A spreadsheet program turns a typed 1985-6 into 1985-06-01, shown without its day."""

    @pytest.mark.parametrize(
        "shown", ['yyyy"年"m"月"', "mmm-yy", "yyyy\\-mm", '[$-804]yyyy"年"m"月";@', "yyyy.mm"]
    )
    def test_it_is_the_month_where_the_column_s_dates_show_no_day(self, shown: str) -> None:
        read = read_cell(Kind.DATE, date(1985, 6, 1), number_format=shown)
        assert (read.value, read.codes) == (JUNE_1985, ())

    @pytest.mark.parametrize("shown", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d/yy", "", "General"])
    def test_it_is_that_day_where_a_day_is_shown_or_nobody_knows(self, shown: str) -> None:
        assert read_cell(Kind.DATE, date(1985, 6, 1), number_format=shown).value == FIRST_OF_JUNE

    def test_it_is_that_day_among_other_days_of_the_column(self) -> None:
        column = [date(1985, 6, 1), datetime(1990, 3, 17)]
        assert read_cell(Kind.DATE, column[0], column=column, number_format="yyyy.mm").value == FIRST_OF_JUNE
