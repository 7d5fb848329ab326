"""What a count is counted in and what a sum is for: by the heading of its field and of its column, and by the cell."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field
from sanchuang_cli.roster.cells.measures import WORDS, measure, per, unit_of
from tests.roster.parsing import read_cell

COUNTED = {
    "期限月": ("个月", "月"), "已缴月数": ("个月", "月"), "展期月数": ("个月", "月"), "年度": ("年", "年度"),
    "带动户数": ("户",), "新批支部数": ("个", "家", "项"), "党员数": ("人", "名", "位", "口", "个"), "人口": ("人", "名", "位", "口", "个"),
    "应到": ("人", "名", "位", "口", "个"), "培训天数": ("天", "日"), "连续未发展党员年数": ("年",),
    "民主测评/收回票": ("票", "张", "份", "人", "名", "位", "口", "个"),
    "期次": ("次", "人次", "场", "期", "轮", "届", "份"),
}  # fmt: skip
"""What columns of rosters count, as their headings say it."""
TIMES = {"年", "年度", "月", "个月", "天", "日", "岁", "周岁", "小时", "学时", "课时"}


@given(st.integers(0, 3000), st.sampled_from(sorted(COUNTED)), st.sampled_from(sorted(WORDS)))
def test_a_count_carries_the_measure_words_of_its_column_and_no_others(
    number: int, heading: str, word: str
) -> None:
    read = read_cell(Field(heading, Kind.COUNT), f"{number}{word}")
    if word in COUNTED[heading]:
        assert read[:2] == (number, ())
    elif word == "年" and "个月" in COUNTED[heading] and number < 100:
        assert read[:2] == (12 * number, ("count.years",))
    else:
        assert read[:2] == (None, ("count.other-measure",))


@given(st.integers(0, 3000), st.sampled_from(["数量", "群众信访件数", "优秀"]))
def test_a_column_that_does_not_say_what_it_counts_never_counts_a_time(number: int, heading: str) -> None:
    field = Field(heading, Kind.COUNT)
    assert all(read_cell(field, f"{number}{word}").value is None for word in TIMES)
    assert all(read_cell(field, f"{number}{word}").value == number for word in "个件项份")


@given(st.integers(0, 99), st.sampled_from(["期限月", "带动户数", "党员数"]), st.sampled_from(sorted(WORDS)))
def test_a_bare_number_is_counted_in_what_the_heading_of_its_column_says(
    number: int, heading: str, word: str
) -> None:
    read = read_cell(Field(heading, Kind.COUNT), float(number), unit=word)
    in_years = word == "年" and heading == "期限月"
    told = word in COUNTED[heading] or in_years
    assert read.value == (number * (12 if in_years else 1) if told else None)


@pytest.mark.parametrize(
    ("heading", "word"),
    [("期限（年）", "年"), ("人口（万人）", "万人"), ("展期(月)", "月"), ("带动户数（单位：户）", "户"), ("党员数", ""),
     ("次数（次/年）", "次"), ("党员数（含预备）", "")],
)  # fmt: skip
def test_the_measure_word_in_the_brackets_of_a_heading_is_found(heading: str, word: str) -> None:
    assert measure(heading) == word


PERS = {
    "元/年": "年",
    "/月": "月",
    "元每人": "人",
    "元/季度": "季",
    "每人每月": "月",
    "/半年": "半年",
    "元/户": "户",
    "": "",
}
"""What may stand behind an amount, and for what the amount then is."""


@given(
    st.integers(1, 10**7),
    st.sampled_from(sorted(PERS)),
    st.sampled_from([("党费基数", "月"), ("家庭年人均收入", "年"), ("金额", "")]),
    st.sampled_from(["", "元/年", "/月", "/人"]),
)
def test_an_amount_is_read_only_for_what_its_field_or_its_column_is(
    fen: int, behind: str, field: tuple[str, str], unit: str
) -> None:
    """A field that says it is for something wants that; one that does not wants what the column's heading says."""
    heading, of_field = field
    of_column = unit.partition("/")[2]
    money = Field(heading, Kind.MONEY, note="元/月" if of_field == "月" else "")
    read = read_cell(money, f"{fen / 100:.2f}{behind}", unit=unit)
    said = PERS[behind] or of_column
    if said in ("", of_field or of_column):
        assert read[:2] == (fen, ())
    else:
        assert read[:2] == (None, ("money.per",))


@pytest.mark.parametrize("unit", ["元/年", "/年"])
def test_a_column_of_another_time_than_its_field_s_is_not_read_and_its_zeros_are(unit: str) -> None:
    monthly = Field("党费基数", Kind.MONEY, note="元/月")
    assert read_cell(monthly, 48_000.0, unit=unit)[:2] == (None, ("money.per",))
    assert read_cell(monthly, "4000/月", unit=unit)[:2] == (400_000, ())
    assert [read_cell(monthly, zero, unit=unit)[:2] for zero in (0.0, "0/年", "无")] == [
        (0, ()),
        (0, ()),
        (None, ()),
    ]


@pytest.mark.parametrize(
    ("heading", "called", "time"),
    [("收入（元/年）", False, "年"), ("补贴标准（元/月）", False, "月"), ("每月金额", False, "月"), ("金额（元）", True, ""),
     ("慰问金（元/人）", False, "人"), ("家庭年人均收入", True, "年"), ("家庭年人均收入", False, ""), ("月标准", True, "月"),
     ("1月", True, ""), ("2026年金额", True, ""), ("月数", True, ""), ("元/年；按档次补贴的才填", False, "年")],
)  # fmt: skip
def test_headings_and_notes_say_what_a_sum_is_for(heading: str, called: bool, time: str) -> None:
    assert per(heading, called) == time


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("发放情况/金额", "元"), ("基数/党费基数（元）", "元"), ("收入（万元/年）", "万元/年"), ("慰问金（元/人）", "元/人"),
     ("补贴标准/月", "元/月"), ("金额", "元"), ("党费基数/年初核定", "元"), ("各月/一月", "元"),
     ("每月金额", "元/月")],
)  # fmt: skip
def test_a_heading_in_two_levels_says_no_more_of_its_sums_than_its_words(heading: str, unit: str) -> None:
    assert unit_of(Kind.MONEY, heading, "元") == unit


@given(
    st.integers(1, 99),
    st.integers(0, 11),
    st.sampled_from(["{}年{}个月", "{}年零{}个月", "{} 年 {} 月", "{}年又{}个月"]),
)
def test_years_and_months_are_so_many_months(years: int, months: int, shape: str) -> None:
    read = read_cell(Field("已缴月数", Kind.COUNT), shape.format(years, months))
    assert (read.value, read.codes) == (12 * years + months, ("count.years",))
    assert read_cell(Field("已缴月数", Kind.COUNT), f"{years}年半").value == 12 * years + 6
    assert read_cell(Field("人数", Kind.COUNT), shape.format(years, months)).value is None


@pytest.mark.parametrize(
    "cell", ["18年13个月", "100年1个月", "18.5年2个月", "18年9个月多", "18年9个月（待核）", "约18年9个月"]
)
def test_what_is_no_sum_of_years_and_months_is_not_read(cell: str) -> None:
    assert read_cell(Field("已缴月数", Kind.COUNT), cell).value is None


@pytest.mark.parametrize("cell", ["2袋", "2箱", "2份", "两桶", "2 套"])
def test_goods_are_counted_in_what_they_come_in(cell: str) -> None:
    assert read_cell(Field("数量", Kind.COUNT), cell)[:2] == (2, ())
    assert read_cell(Field("数量", Kind.COUNT), "2年").value is None


@pytest.mark.parametrize("cell", ["3.6%/年", "年3.6%", "年利率3.6%", "3.6%每年"])
def test_a_rate_by_the_year_may_say_so(cell: str) -> None:
    assert read_cell(Field("年利率", Kind.PERCENT), cell)[:2] == (Fraction(36, 1000), ())
    assert read_cell(Field("比例", Kind.PERCENT), cell).value is None


def test_a_w_is_ten_thousand() -> None:
    for cell in ("5W", "5w", "5W元", "5万"):
        assert read_cell(Field("本金", Kind.MONEY), cell).value == 50_000_00
    assert read_cell(Field("本金", Kind.MONEY), "5W5").value is None
