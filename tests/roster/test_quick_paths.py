"""Shortcuts for what nearly every cell holds say the same as the long way round."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from sanchuang_cli.period import VagueDate
from sanchuang_cli.roster.books.xlsx import NumberFormats
from sanchuang_cli.roster.cells.dates import _any_date, clean_day
from sanchuang_cli.roster.cells.spells import _any_stretch, _clean_stretch

MONTHS = st.tuples(st.integers(1900, 2030), st.integers(0, 13)).map(lambda month: f"{month[0]}.{month[1]}")
POSTS = st.one_of(
    st.sampled_from(["", "书记", "任主任", "村长", "三队队长", "月", "至今"]),
    st.text("书记任年月至兼", max_size=4),
)


@given(MONTHS, st.sampled_from("—–-"), MONTHS, st.sampled_from(["", " ", "\u3000"]), POSTS)
@example("1900.1", "—", "1900.1", " ", "月")
def test_a_clean_term_of_office_is_read_as_any_other_would_be(
    start: str, dash: str, end: str, gap: str, post: str
) -> None:
    written = f"{start}{dash}{end}{gap}{post}"
    quick = _clean_stretch(written)
    assert quick is None or (quick, ()) == _any_stretch(written)


def test_the_commonest_way_of_writing_a_term_takes_the_short_way() -> None:
    assert (_clean_stretch("1984.5—1995.4 书记"), ()) == _any_stretch("1984.5—1995.4 书记")


@given(
    st.integers(1840, 2110),
    st.sampled_from("-./年"),
    st.integers(0, 13),
    st.sampled_from("-./月"),
    st.integers(0, 32),
    st.sampled_from(["", "日", "号", " "]),
)
def test_aclean_day_is_read_as_any_other_would_be(
    year: int, first: str, month: int, second: str, day: int, end: str
) -> None:
    written = f"{year}{first}{month}{second}{day}{end}"
    quick = clean_day(written)
    assert quick is None or quick == _any_date(written, date1904=False)


@pytest.mark.parametrize("written", ["1990.1.5", "1990-01-05", "1990/1/5", "1990年1月5日"])
def test_the_commonest_ways_of_writing_a_day_take_the_short_way(written: str) -> None:
    assert clean_day(written) == _any_date(written, date1904=False) == VagueDate.on(date(1990, 1, 5))


@pytest.mark.parametrize("built_in", [27, 36, 50, 57])
def test_formats_of_chinese_programs_that_show_only_the_month_are_known(built_in: int) -> None:
    """Excel and WPS in Chinese write 1985年6月 as built-in format 57 and do not spell it out."""
    content = _with_format(built_in)
    assert NumberFormats(content, "xl/worksheets/sheet1.xml")(1, 1) == 'yyyy"年"m"月"'


def test_attributes_in_another_order_are_found_too() -> None:
    content = _with_format(57, lambda xml: xml.replace(b'<c r="A1" s="1">', b'<c s="1" r="A1">'))
    assert NumberFormats(content, "xl/worksheets/sheet1.xml")(1, 1) == 'yyyy"年"m"月"'


def _with_format(built_in: int, change=lambda xml: xml) -> bytes:  # type: ignore[no-untyped-def]
    made = BytesIO()
    with Workbook(made) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        book.add_worksheet().write_datetime(0, 0, date(1985, 6, 1), book.add_format({"num_format": built_in}))
    packed = BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if Path(name).name == "sheet1.xml" else part)
    return packed.getvalue()
