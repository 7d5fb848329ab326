"""How texts break into lines: what a row's height and a folded column's width are counted from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.report import shown
from sanchuang_cli.report.wrapping import PADDING, Wrapped, half, lines, shapes


@pytest.mark.parametrize(
    ("words", "fitting", "count"),
    [
        ("离任村干部生活补贴", 18, 1),
        ("离任村干部生活补贴", 10, 2),
        ("1998-11至2001-10 村会计\n2002-05至今 村主任", 24, 2),
        # the stars of a masked number cannot be parted, nor a quotation mark from what stands before it
        ("银行账号“***************0000”是数字格式", 24, 3),
        ("贾有财：银行账号***************4632还写在别人名下", 23, 3),
        ("a" * 50, 20, 3),
        ("", 20, 1),
    ],
)
def test_numbers_and_words_stay_together_and_chinese_breaks_anywhere(
    words: str, fitting: int, count: int
) -> None:
    assert lines(words, fitting + PADDING) == count


@given(st.text("字“”（），。a1* ", min_size=1, max_size=120), st.integers(4, 40))
def test_there_are_never_fewer_lines_than_the_width_needs(words: str, fitting: int) -> None:
    without_spaces = words.replace(" ", "")  # those at the end of a line take no room
    assert lines(words, fitting + PADDING) * fitting >= shown.width(without_spaces)


def test_what_follows_a_long_word_and_its_spaces_begins_a_line() -> None:
    assert lines("111“ 1", 5 + PADDING) == 2
    assert lines("1234567890     1", 5 + PADDING) == 3


@pytest.mark.parametrize(
    ("words", "width"),
    [
        ("离任村干部生活补贴", 10),
        ("农村信用合作联社", 8),
        ("2026-07至2026-09", 9),
        ("1945-09-03至1949-09-30入党", 14),
        ("230299195308151013", 18),
        ("书记\n主任 满15", 5),
    ],
)
def test_the_width_at_which_a_text_takes_two_lines(words: str, width: int) -> None:
    assert half(words) == width


TEXTS = st.lists(st.text("字𠮷“”（），。a170.* \n\0", max_size=40), max_size=6)


@given(TEXTS, st.integers(4, 40))
def test_a_text_takes_the_room_that_its_shape_takes(texts: list[str], fitting: int) -> None:
    for text, shape in zip(texts, shapes(texts), strict=True):
        assert lines(shape, fitting + PADDING) == lines(text, fitting + PADDING)
        assert (half(shape), shown.breadth(shape)) == (half(text), shown.breadth(text))


@given(st.text("字𠮷“”（），。a170.* \n", max_size=60), st.lists(st.floats(0, 60), min_size=2, max_size=5))
def test_a_text_that_is_asked_again_takes_as_many_lines_as_at_first(words: str, rooms: list[float]) -> None:
    wrapped = Wrapped(words)
    assert [wrapped.lines(room) for room in rooms] == [lines(words, room) for room in rooms]


def test_texts_that_differ_in_their_figures_alone_have_one_shape() -> None:
    assert shapes(["第12行 1985-06", "第90行 2026-11"]) == ["第00行 0000-00"] * 2


@given(st.text("字（），。 ", min_size=2, max_size=60))
def test_at_half_its_width_chinese_takes_two_lines(words: str) -> None:
    assert lines(words.strip() or "字", half(words.strip() or "字") + PADDING) <= 2


def test_a_narrow_line_holds_whole_characters_only() -> None:
    """Two narrow characters and a half hold one Chinese character: a heading of four takes four lines."""
    assert [lines("标准单位", room + PADDING) for room in (2, 2.5, 3.9, 4, 5.5, 8)] == [4, 4, 4, 2, 2, 1]
