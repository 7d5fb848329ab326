"""Amounts and dates in words: the cases of the rules for filling in bills, and that no amount loses its value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.money import in_words
from sanchuang_cli.period import bill_date


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        pytest.param(140950, "壹仟肆佰零玖元伍角", id="F-01"),
        pytest.param(600714, "陆仟零柒元壹角肆分", id="F-02"),
        pytest.param(168032, "壹仟陆佰捌拾元叁角贰分", id="F-03"),
        pytest.param(10700053, "壹拾万零柒仟元伍角叁分", id="F-04"),
        pytest.param(1640902, "壹万陆仟肆佰零玖元零贰分", id="F-05"),
        pytest.param(32504, "叁佰贰拾伍元零肆分", id="F-06"),
        pytest.param(1000, "壹拾元整", id="F-07-10"),
        pytest.param(102000, "壹仟零贰拾元整", id="F-07-1020"),
        pytest.param(2001000, "贰万零壹拾元整", id="F-07-20010"),
        pytest.param(10000500, "壹拾万零伍元整", id="F-07-100005"),
        pytest.param(10005000000, "壹亿零伍万元整", id="F-08"),
        pytest.param(10000000500, "壹亿零伍元整", id="an-empty-section-between"),
        pytest.param(69030000, "陆拾玖万零叁佰元整", id="F-09-690300"),
        pytest.param(255237000, "贰佰伍拾伍万贰仟叁佰柒拾元整", id="F-09-2552370"),
        pytest.param(39100000, "叁拾玖万壹仟元整", id="F-09-391000"),
        pytest.param(5, "伍分", id="F-10-0.05"),
        pytest.param(50, "伍角", id="F-10-0.50"),
        pytest.param(0, "零元整", id="F-10-0"),
        pytest.param(-3500, "负叁拾伍元整", id="F-10-minus-35"),
        pytest.param(100_000_000_000_000, "壹万亿元整", id="a-million-million"),
        pytest.param(1_234_500_000_000_000, "壹拾贰万叁仟肆佰伍拾亿元整", id="above-a-million-million"),
    ],
)
def test_F_01_to_F_10_an_amount_in_words_has_one_canonical_form(fen: int, words: str) -> None:
    assert in_words(fen) == f"人民币{words}"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2012, 1, 15), "贰零壹贰年零壹月壹拾伍日"),
        (date(2012, 10, 20), "贰零壹贰年零壹拾月零贰拾日"),
        (date(2026, 12, 1), "贰零贰陆年壹拾贰月零壹日"),
        (date(2026, 3, 31), "贰零贰陆年叁月叁拾壹日"),
        (date(2000, 11, 30), "贰零零零年壹拾壹月零叁拾日"),
    ],
)
def test_F_11_a_bill_date_leaves_no_room_for_a_figure_in_front(day: date, words: str) -> None:
    assert bill_date(day) == words


DIGITS = {word: figure for figure, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def _read_aloud(words: str) -> int:
    """An amount in words back as fen, by the grammar of Chinese numerals and nothing that in_words knows."""
    words = words.removeprefix("人民币").removesuffix("整")
    sign = -1 if words.startswith("负") else 1
    whole, _, cents = words.removeprefix("负").rpartition("元")
    fen, figure = 0, 0
    for word in cents:
        if word in DIGITS:
            figure = DIGITS[word]
        else:
            fen += figure * (10 if word == "角" else 1)
    return sign * (fen + 100 * _number(whole))


def _number(words: str) -> int:
    if "亿" in words:
        above, _, below = words.rpartition("亿")
        return _number(above) * 10**8 + _number(below)
    if "万" in words:
        above, _, below = words.partition("万")
        return _number(above) * 10**4 + _number(below)
    total = figure = 0
    for word in words:
        if word in DIGITS:
            figure = DIGITS[word]
        else:
            total, figure = total + figure * PLACES[word], 0
    return total + figure


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_an_amount_in_words_reads_back_as_itself(fen: int) -> None:
    assert _read_aloud(in_words(fen)) == fen


@given(st.integers(0, 10**18 - 1))
def test_words_never_hold_two_zeros_in_a_row_nor_end_in_one(fen: int) -> None:
    words = in_words(fen).removeprefix("人民币")
    assert "零零" not in words
    assert words == "零元整" or "零元" not in words
    assert words.endswith("整") == (fen % 100 == 0)


def test_an_amount_too_large_for_words_is_refused() -> None:
    with pytest.raises(ValueError, match="没有大写"):
        in_words(10**18)
