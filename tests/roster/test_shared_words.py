"""Words that stand in many cells are kept once: no cell is changed by it, nor taken for one of another type."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sanchuang_cli.roster.books.calamine import _rows

cells = st.sampled_from(["", "甲", "乙村", "1", 1, 1.0, True, date(2026, 1, 1)]) | st.text(max_size=3)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=30), st.integers(0, 2))
def test_rows_are_as_they_were_with_blanks_before_them(rows: list[list[Any]], margin: int) -> None:
    given_back = list(_rows(rows, margin))
    assert given_back == [(*[""] * margin, *row) for row in rows]
    assert [list(map(type, row[margin:])) for row in given_back] == [list(map(type, row)) for row in rows]


def test_a_word_of_many_cells_is_kept_once() -> None:
    rows = [["".join(("青禾", "镇")), n] for n in range(50)]
    assert len({id(row[0]) for row in _rows(rows, 0)}) == 1
