"""Money, counts, scores, percentages and stars in the shapes clerks write, and money that is no whole fen."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.kind import Kind
from sanchuang_cli.record import Field
from sanchuang_cli.roster.cells.numerals import chinese_integer, decimal
from tests.roster.parsing import read_cell

FORMAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
PLAIN = ("零一二三四五六七八九", "十百千")


def spelled(number: int, style: tuple[str, str] = FORMAL) -> str:
    """A numeral below 亿, place by place, a run of zeros written once: it shares nothing with the parser."""
    figures, units = style
    written, zeros = "", False
    for place in range(7, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += (figures[0] if zeros else "") + figures[digit] + ["", *units][place % 4]
            zeros = False
        elif written:
            zeros = True
        if place == 4 and written:
            written += "万"
    return written or figures[0]


@given(st.integers(0, 99_999_999), st.sampled_from([FORMAL, PLAIN]))
def test_chinese_numerals_are_read_back(number: int, style: tuple[str, str]) -> None:
    assert chinese_integer(spelled(number, style)) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [("十二", 12), ("二十", 20), ("一百一十", 110), ("两千", 2000), ("廿三", 23), ("一亿零三", 100_000_003),
     ("二〇一二", 2012), ("一百十二", 112), ("壹佰零伍", 105), ("十万", 100_000)], ids=repr)  # fmt: skip
def test_chinese_numerals_of_daily_use(written: str, number: int) -> None:
    assert chinese_integer(written) == number


@pytest.mark.parametrize(
    "written",
    ["一千二", "三万五", "百", "一十百", "十十", "千一百", "", "万", "一二百", "零零五百"],
    ids=repr,
)
def test_numerals_that_can_be_taken_in_two_ways_are_not_taken(written: str) -> None:
    assert chinese_integer(written) is None


@pytest.mark.parametrize("written", ["七八", "两三", "三四", "一二", "八九"])
def test_two_digits_that_follow_each_other_are_about_so_many_and_no_number(written: str) -> None:
    """Of a date they stay digits: 八九年 is 1989."""
    for cell in (written, f"{written}个", f"负{written}", f"({written})"):
        assert read_cell(Kind.COUNT, cell).value is None and decimal(cell) is None, cell
    assert chinese_integer(written) is not None
    assert [read_cell(Kind.COUNT, word).value for word in ("九八", "七七", "二〇", "十二")] == [
        98,
        77,
        20,
        12,
    ]


def _yuan(fen: int) -> str:
    return f"{Decimal(fen).scaleb(-2):.2f}"


def _grouped(fen: int) -> str:
    return f"{Decimal(fen).scaleb(-2):,.2f}"


def _in_words(fen: int) -> str:
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    words = f"{spelled(yuan)}元" if yuan or not rest else ""
    words += f"{FORMAL[0][jiao]}角" if jiao else ("零" if yuan and cents else "")
    return words + (f"{FORMAL[0][cents]}分" if cents else "整")


MONEY_SHAPES: tuple[Callable[[int], object], ...] = (
    lambda fen: fen / 100,
    lambda fen: _yuan(fen),
    lambda fen: _grouped(fen),
    lambda fen: "￥" + _grouped(fen),
    lambda fen: "¥ " + _yuan(fen),
    lambda fen: _yuan(fen) + "元",
    lambda fen: "人民币" + _yuan(fen) + "元整",
    lambda fen: "".join(chr(ord(c) + 0xFEE0) for c in _yuan(fen)),
    lambda fen: f"{Decimal(fen).scaleb(-6)}万" if fen >= 100 else _yuan(fen),
    lambda fen: _in_words(fen),
    lambda fen: "人民币" + _in_words(fen),
)


@given(st.integers(0, 99_999_999_99), st.sampled_from(MONEY_SHAPES))
def test_money_in_any_shape_is_read_back_to_the_fen(fen: int, shape: Callable[[int], object]) -> None:
    read = read_cell(Kind.MONEY, shape(fen))
    assert (read.value, read.codes) == (fen, ())


@given(st.integers(1, 99_999_999_99))
def test_brackets_and_minus_signs_are_refunds(fen: int) -> None:
    for cell in (
        f"({_yuan(fen)})",
        f"（{_grouped(fen)}）",
        f"-{_yuan(fen)}",
        f"负{_yuan(fen)}",
        -fen / 100,
        f"({_yuan(fen)}元)",
    ):
        assert read_cell(Kind.MONEY, cell).value == -fen


@given(st.integers(0, 10**12), st.integers(1, 9))
def test_an_amount_that_is_no_whole_fen_is_refused_never_rounded(fen: int, tenth: int) -> None:
    read = read_cell(Kind.MONEY, f"{_yuan(fen)}{tenth}")
    assert (read.value, read.codes) == (None, ("money.not-whole-fen",))


def test_the_number_1200_005_is_refused() -> None:
    assert read_cell(Kind.MONEY, 1200.005).codes == ("money.not-whole-fen",)


@pytest.mark.parametrize("cell", [1200.1000000000001, 1200.0999999999997, 1200.1 + 1e-9], ids=repr)
def test_what_a_sum_of_floats_leaves_behind_is_dropped_with_a_warning(cell: float) -> None:
    read = read_cell(Kind.MONEY, cell)
    assert (read.value, read.codes) == (120_010, ("money.float-noise",))


def test_the_printed_amounts_in_words_are_understood() -> None:
    printed = {
        "壹仟肆佰零玖元伍角": 140_950,
        "陆仟零柒元壹角肆分": 600_714,
        "壹仟陆佰捌拾元零叁角贰分": 168_032,
        "壹仟陆佰捌拾元叁角贰分": 168_032,
        "壹拾万柒仟元零伍角叁分": 10_700_053,
        "壹拾万零柒仟元伍角叁分": 10_700_053,
        "壹万陆仟肆佰零玖元零贰分": 1_640_902,
        "叁佰贰拾伍元零肆分": 32_504,
        "人民币陆拾玖万零叁佰元整": 69_030_000,
        "伍分": 5,
        "零元整": 0,
        "负叁拾伍元整": -3_500,
    }
    assert {words: read_cell(Kind.MONEY, words).value for words in printed} == printed


@pytest.mark.parametrize(
    ("cell", "fen"),
    [(1.2, 1_200_000), ("1.2", 1_200_000), ("1.2万", 1_200_000), ("1.2万元", 1_200_000), (0.005, 5_000)],
    ids=repr,
)
def test_a_column_in_ten_thousands_is_scaled(cell: object, fen: int) -> None:
    assert read_cell(Kind.MONEY, cell, unit="万元")[:2] == (fen, ())


def test_a_cell_s_own_unit_counts_and_is_told_where_the_column_s_differs() -> None:
    assert read_cell(Kind.MONEY, "12000元", unit="万元")[:2] == (1_200_000, ("money.unit-differs",))
    assert read_cell(Kind.MONEY, "1.2万元")[:2] == (1_200_000, ())
    assert read_cell(Kind.MONEY, "5百元")[:2] == (50_000, ())
    assert read_cell(Kind.MONEY, "二百元", unit="元")[:2] == (20_000, ())


@pytest.mark.parametrize(
    "cell", ["1,20", "1,2345", "abc", "一千二", "12元5", True, float("nan"), float("inf"), "5元角"], ids=repr
)
def test_what_is_no_amount_is_never_zero(cell: object) -> None:
    assert read_cell(Kind.MONEY, cell)[:2] == (None, ("money.unreadable",))


@given(
    st.integers(1, 9999),
    st.integers(1, 9999),
    st.sampled_from(
        ["/", "元/", "每", "每人", " ", "\n", "  ", "、", "-", "~", "+", "；", "元", "元，", "至", "或"]
    ),
    st.sampled_from(["", "元"]),
)
def test_two_numbers_in_a_cell_are_no_amount(first: int, second: int, between: str, unit: str) -> None:
    for one, other in ((str(first), str(second)), (spelled(first, PLAIN), spelled(second, PLAIN))):
        cell = f"{one}{between}{other}{unit}"
        if between.strip() or one.isdigit():
            assert read_cell(Kind.MONEY, cell)[:2] == (None, ("money.unreadable",)), cell


@pytest.mark.parametrize("cell", ["800/3个月", "1700/2", "800元/一年", "170每人200"])
def test_an_amount_per_several_is_no_amount(cell: str) -> None:
    assert read_cell(Kind.MONEY, cell)[:2] == (None, ("money.unreadable",))


@pytest.mark.parametrize("cell", ["170 200", "85\n90", "3/5", "12、34"], ids=repr)
@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.SCORE, Kind.PERCENT])
def test_two_numbers_in_a_cell_are_no_count_score_or_percentage(kind: Kind, cell: str) -> None:
    assert read_cell(kind, cell)[:2] == (None, (f"{kind.name.lower()}.unreadable",))


@pytest.mark.parametrize("cell", [12.0, 12, "12", "12人", "１２", "十二", " 12 名", "12.0"], ids=repr)
def test_counts(cell: object) -> None:
    assert read_cell(Kind.COUNT, cell)[:2] == (12, ())


@pytest.mark.parametrize("cell", [12.5, -1.0, "约12", "abc", True, "-3"], ids=repr)
def test_what_is_no_count_gives_no_value(cell: object) -> None:
    assert read_cell(Kind.COUNT, cell)[:2] == (None, ("count.unreadable",))


@given(st.integers(0, 10_000))
def test_scores_are_exact(hundredths: int) -> None:
    field = Field("得分", Kind.SCORE, maximum=100)
    expected = Fraction(hundredths, 100)
    for cell in (hundredths / 100, f"{hundredths / 100:.2f}", f"{hundredths / 100:.2f}分"):
        assert read_cell(field, cell)[:2] == (expected, ())


def test_a_score_over_the_maximum_is_an_error_and_the_maximum_is_not() -> None:
    field = Field("得分", Kind.SCORE, maximum=15)
    over = read_cell(field, 15.5)
    assert over.codes == ("score.out-of-range",)
    assert over.findings[0].severity == "error"
    assert read_cell(field, 15.0)[:2] == (15, ())


@pytest.mark.parametrize(
    "cell", ["93%", "93％", "93.0%", 93.0, 93, "93", "百分之九十三", " 93 %", 0.93, "0.93"], ids=repr
)
def test_percentages(cell: object) -> None:
    assert read_cell(Kind.PERCENT, cell)[:2] == (Fraction(93, 100), ())


def test_one_is_a_hundred_percent_by_its_format_or_among_shares() -> None:
    assert read_cell(Kind.PERCENT, 1.0, column=[93.0, 1.0], number_format="0%")[:2] == (1, ())
    assert read_cell(Kind.PERCENT, 1.0, column=[0.93, 1.0])[:2] == (1, ())


@pytest.mark.parametrize(
    "column", [[93.0, 1.0], [1.0], [1.0, 1.0, None], [0.0, 1.0], ["九成", "1"], [0.93, 95.0, 1.0]], ids=repr
)
def test_a_one_that_neither_its_format_nor_shares_alone_explain_is_not_understood(column: list[Any]) -> None:
    """It may be 1% or 100%: nobody's secretary is changed on it."""
    for cell in (1.0, 1, "1"):
        read = read_cell(Kind.PERCENT, cell, column=column, number_format="General")
        assert (read.value, read.codes) == (None, ("percent.one",))
    assert read_cell(Kind.PERCENT, 1.0, column=column, number_format="0.00%")[:2] == (1, ())


def test_a_share_among_numbers_of_percent_is_read_with_a_warning() -> None:
    read = read_cell(Kind.PERCENT, 0.5, column=[93.0, 0.5], number_format="General")
    assert (read.value, read.codes) == (Fraction(1, 2), ("percent.ambiguous",))


@pytest.mark.parametrize("cell", ["101%", 120.0, "930%"], ids=repr)
def test_more_than_a_hundred_percent_is_an_error(cell: object) -> None:
    read = read_cell(Kind.PERCENT, cell)
    assert read.codes == ("percent.over-100",)
    assert read.findings[0].severity == "error"


@pytest.mark.parametrize(
    "cell", [4.0, 4, "4", "四星", "四星级", "4★", "★★★★", "★★★★☆", "四星级党组织", "４星", "4.0"], ids=repr
)
def test_stars(cell: object) -> None:
    assert read_cell(Kind.STARS, cell)[:2] == (4, ())


@pytest.mark.parametrize(
    ("cell", "stars"),
    [(9.0, 9), ("九星", 9), ("十星级支部", 10), ("10", 10), ("★★★★★★★☆☆", 7), ("十二星", 12), ("二十星", 20)],
    ids=repr,
)
def test_there_may_be_more_than_five_stars(cell: object, stars: int) -> None:
    assert read_cell(Kind.STARS, cell)[:2] == (stars, ())


@pytest.mark.parametrize("cell", ["☆☆☆☆☆", "☆" * 9], ids=repr)
def test_empty_signs_are_no_stars(cell: object) -> None:
    assert read_cell(Kind.STARS, cell)[:2] == (0, ())


@pytest.mark.parametrize("cell", [6.0, "六星", "★★★★★★", "十星"], ids=repr)
def test_more_stars_than_a_policy_gives_are_no_stars(cell: object) -> None:
    five = Field("标题", Kind.STARS, maximum=5)
    assert read_cell(five, cell)[:2] == (None, ("stars.unreadable",))
    assert read_cell(five, "五星")[:2] == (5, ())


@pytest.mark.parametrize("cell", ["无", "未评", 0.0, "0", "无星级"], ids=repr)
def test_no_stars_is_nought_not_blank(cell: object) -> None:
    assert read_cell(Kind.STARS, cell)[:2] == (0, ())


@pytest.mark.parametrize("cell", [21.0, "二十一星", "好", 4.5, -1.0, "一二星"], ids=repr)
def test_what_is_no_star_count_gives_no_value(cell: object) -> None:
    assert read_cell(Kind.STARS, cell)[:2] == (None, ("stars.unreadable",))


def test_a_cell_for_a_number_that_says_somebody_was_absent_is_told_so_with_what_to_do() -> None:
    (found,) = read_cell(Field("数量", Kind.SCORE, required=True), "病假").findings
    assert found.message == "数量“病假”不是数字，像是说没有参加"
    assert found.mend.startswith("登记培训、考试的，没有参加就删去这一行")
