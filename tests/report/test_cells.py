"""What a quick look at many texts says of each of them."""

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.report.cells import all_clean, clean, none_risky, risky

ODD = "\x00\t\n\r\x0b\x1f\x7f_x0041_<r></r>=+-@＝＠&字a1 \ud800\ufffe\uffff"
WORDS = st.lists(st.text(st.sampled_from(ODD), min_size=1, max_size=8), max_size=6)


@given(WORDS)
def test_texts_that_are_seen_to_be_clean_at_once_stay_as_they_are(words: list[str]) -> None:
    assert not all_clean(words) or list(map(clean, words)) == words


@given(st.sampled_from([16_382, 16_383, 16_384, 40_000]))
def test_a_text_that_may_be_cut_is_never_seen_to_be_clean(length: int) -> None:
    words = ["字" * length, "字"]
    assert all_clean(words) == (length < 16_383)
    assert not all_clean(words) or list(map(clean, words)) == words


def test_what_nearly_every_column_holds_is_seen_to_be_clean() -> None:
    assert all_clean(
        ["青禾镇", "230299195308151013", "1985-06至1995-04 村书记\n1998-01至今 村主任", "（无）"]
    )


@given(WORDS)
def test_that_no_text_is_risky_is_seen_at_once(words: list[str]) -> None:
    assert none_risky(words) == (not any(map(risky, words)))
