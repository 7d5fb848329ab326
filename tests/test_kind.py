"""What may be shown of a number: never the whole of it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanchuang_cli.kind import MASKED, Kind, hidden, mask, without_numbers


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (Kind.IDENTITY, "230299195308151014", "230299************"),
        (Kind.IDENTITY, "230299530815101", "230299************"),
        (Kind.ACCOUNT, "9999990000000000001", "***************0001"),
        (Kind.PHONE, "10000001234", "100****1234"),
        (Kind.TEXT, "青禾镇", "青禾镇"),
    ],
)
def test_masks(kind: Kind, text: str, shown: str) -> None:
    assert mask(kind, text) == shown


@given(st.sampled_from(sorted(MASKED)), st.text("0123456789X", min_size=1, max_size=40))
def test_at_least_four_characters_are_always_hidden(kind: Kind, text: str) -> None:
    shown = mask(kind, text)
    assert shown.count("*") >= min(4, len(text))
    assert kind is Kind.IDENTITY or len(shown) in (len(text), 18)


MINE = "230299195308151014"


@pytest.mark.parametrize("kind", [Kind.ACCOUNT, Kind.PHONE, Kind.TEXT, Kind.NAME, Kind.CHOICE, Kind.MONEY])
@pytest.mark.parametrize("text", [MINE, "23029919530815101X", "230299 19530815 1014", "230299-19530815-1014"])
def test_an_identity_number_is_one_in_whatever_column_it_stands(kind: Kind, text: str) -> None:
    assert hidden(kind, text) == "230299************"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"王刚{MINE}已换证", "王刚230299************已换证"),
        ("原表写的是230299********1014", "原表写的是230299************"),
        ("原表写的是2302＊＊＊＊＊＊＊＊＊＊1014", "原表写的是2302＊＊************"),
        ("电话138****5678", "电话138****5678"),
        ("尾数＊＊＊＊", "尾数＊＊＊＊"),
        (f"13900001111 {MINE}", "139000************"),
        ("旧号230299530815101", "旧号230299************"),
        ("卡6217000000000000001", "卡***************0001"),
        ("电话13900001111", "电话139****1111"),
        ("1998-6-1-2001-5-31任职", "1998-6-1-2001-5-31任职"),
        ("见https://a.cn/20260101123456", "见https://a.cn/20260101123456"),
        (f"见https://a.cn/{MINE}", "见https:************"),
        ("b2" * 32, "b2" * 32),
    ],
)
def test_numbers_that_stray_into_a_text_are_masked(text: str, shown: str) -> None:
    assert without_numbers(text).startswith(shown[:12])
    assert MINE[-4:] not in without_numbers(text)
    assert "https" in text or without_numbers(text) == shown


@example("0000000·000X000")
@example("000000000000000*")
@given(st.text("0123456789X -*＊·王", max_size=40))
def test_what_was_masked_once_stays_as_it_is_and_no_later_digit_of_a_number_is_shown(around: str) -> None:
    shown = without_numbers(f"{around}王{MINE}王{around}")
    assert MINE[6:] not in shown
    assert without_numbers(shown) == shown
